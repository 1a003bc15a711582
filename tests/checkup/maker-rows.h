/* Real servers of several makers, healthy and with one fault each: what each says in its own words, and what the answer has to be. */
#pragma once
#include "lab.h"
#include "model/server.h"

typedef struct {
  const char *host;
  LabPort port;
  PostwegSecurity security;
  PostwegAuth auth;
  const char *user;     /* NULL: the login of the row's user */
  const char *password; /* NULL: the user's own */
} Half;

/* What goes on at the same time. */
typedef enum {
  NOTHING,
  SIGNED_IN,   /* somebody else is signed in at the faulty server as the same user */
  CONNECTED,   /* somebody else is connected there */
  TESTED_ONCE, /* the same was tested just before, and worked */
} Meanwhile;

typedef struct {
  const char *name;
  const char *user;
  PostwegProtocol protocol;
  Half in, out;
  const char *verdict, *cause, *side, *who; /* cause NULL: no finding */
  gboolean mends;                           /* a mended account is offered, and works */
  const char *sender;                       /* NULL: the user's address */
  Meanwhile meanwhile;
} MakerRow;

#define PASSWORD POSTWEG_AUTH_PASSWORD, NULL, NULL
#define AT(host, port, security)                                                                             \
  {                                                                                                          \
    host, LAB_##port, POSTWEG_##security, PASSWORD                                                           \
  }
#define WRONG(host, port, security)                                                                          \
  {                                                                                                          \
    host, LAB_##port, POSTWEG_##security, POSTWEG_AUTH_PASSWORD, NULL, "other"                               \
  }
#define ENCRYPTED(host, port, security)                                                                      \
  {                                                                                                          \
    host, LAB_##port, POSTWEG_##security, POSTWEG_AUTH_ENCRYPTED, NULL, NULL                                 \
  }
#define NO_SIGN_IN(host, port, security)                                                                     \
  {                                                                                                          \
    host, LAB_##port, POSTWEG_##security, POSTWEG_AUTH_NONE, "", NULL                                        \
  }
#define DOVECOT AT (LAB_GUARDED_HOST, IMAPS, TLS)
#define DOVECOT_POP AT (LAB_GUARDED_HOST, POP3S, TLS)
#define POSTFIX AT (LAB_GUARDED_HOST, SMTPS, TLS)
#define EXIM LAB_EXIM_HOST
#define RECEIVES "receive-only"
#define SENDS "send-only"

/* clang-format off */
static const MakerRow dovecot_rows[] = {
  { "one-sign-in/imap", "alice", POSTWEG_IMAP, AT (LAB_ONE_HOST, IMAPS, TLS), POSTFIX, SENDS, "too-many-connections", "receive", "user", .meanwhile = SIGNED_IN },
  { "one-sign-in/pop3", "bob", POSTWEG_POP3, AT (LAB_ONE_HOST, POP3S, TLS), POSTFIX, SENDS, "too-many-connections", "receive", "user", .meanwhile = SIGNED_IN },
  { "in-use", "locked-up", POSTWEG_POP3, DOVECOT_POP, POSTFIX, SENDS, "mailbox-in-use", "receive", "user", .meanwhile = SIGNED_IN },
};

static const MakerRow exim_rows[] = {
  { "works/tls", "alice", POSTWEG_IMAP, DOVECOT, AT (EXIM, SMTPS, TLS), "works" },
  { "works/starttls", "bob", POSTWEG_POP3, DOVECOT_POP, AT (EXIM, SUBMISSION, STARTTLS), "works" },
  { "works/port-25", "bob", POSTWEG_IMAP, DOVECOT, AT (EXIM, SMTP, STARTTLS), "works" },
  { "works/special-password", "erwin", POSTWEG_IMAP, DOVECOT, AT (EXIM, SMTPS, TLS), "works" },
  { "works/other-login", "dora", POSTWEG_IMAP, DOVECOT, AT (EXIM, SUBMISSION, STARTTLS), "works" },
  { "wrong-password", "alice", POSTWEG_IMAP, WRONG (LAB_GUARDED_HOST, IMAPS, TLS), WRONG (EXIM, SMTPS, TLS), "nothing-works", "wrong-credentials", "both", "user" },
  { "wrong-password/starttls", "alice", POSTWEG_POP3, WRONG (LAB_GUARDED_HOST, POP3S, TLS), WRONG (EXIM, SUBMISSION, STARTTLS), "nothing-works", "wrong-credentials", "both", "user" },
  { "no-encryption", "alice", POSTWEG_IMAP, DOVECOT, AT (EXIM, SUBMISSION, PLAIN), RECEIVES, "tls-required", "send", "user", TRUE },
  { "tls-on-plain-port", "alice", POSTWEG_IMAP, DOVECOT, AT (EXIM, SUBMISSION, TLS), RECEIVES, "tls-on-plain-port", "send", "user", TRUE },
  { "plain-on-tls-port", "alice", POSTWEG_IMAP, DOVECOT, AT (EXIM, SMTPS, STARTTLS), RECEIVES, "plain-on-tls-port", "send", "user", TRUE },
  { "encrypted-password-wanted", "alice", POSTWEG_IMAP, DOVECOT, ENCRYPTED (EXIM, SMTPS, TLS), RECEIVES, "auth-mechanism-unsupported", "send", "user", TRUE },
  { "no-sign-in-offered", "alice", POSTWEG_IMAP, DOVECOT, AT (LAB_EXIM_NO_AUTH, SMTPS, TLS), RECEIVES, "auth-not-offered", "send", "user" },
  { "no-sign-in-offered/starttls", "alice", POSTWEG_IMAP, DOVECOT, AT (LAB_EXIM_NO_AUTH, SUBMISSION, STARTTLS), RECEIVES, "auth-not-offered", "send", "user" },
  { "relay/not-signed-in", "alice", POSTWEG_IMAP, DOVECOT, NO_SIGN_IN (EXIM, SUBMISSION, STARTTLS), RECEIVES, "send-auth-missing", "send", "user", TRUE, "alice@elsewhere.test" },
  { "relay/not-signed-in/tls", "alice", POSTWEG_IMAP, DOVECOT, NO_SIGN_IN (EXIM, SMTPS, TLS), RECEIVES, "send-auth-missing", "send", "user", TRUE, "alice@elsewhere.test" },
  { "relay/signed-in", "alice", POSTWEG_IMAP, DOVECOT, AT (LAB_EXIM_NO_RELAY, SMTPS, TLS), RECEIVES, "wrong-smtp-server", "send", "user", FALSE, "alice@elsewhere.test" },
  { "sender-verify", "alice", POSTWEG_IMAP, DOVECOT, AT (LAB_EXIM_VERIFIES, SMTPS, TLS), RECEIVES, "sender-address-invalid", "send", "user", FALSE, "alise@lab.test" },
  { "sender-verify/starttls", "alice", POSTWEG_IMAP, DOVECOT, AT (LAB_EXIM_VERIFIES, SUBMISSION, STARTTLS), RECEIVES, "sender-address-invalid", "send", "user", FALSE, "alice@elsewhere.test" },
  { "helo", "alice", POSTWEG_IMAP, DOVECOT, AT (LAB_EXIM_HELO, SMTPS, TLS), RECEIVES, "helo-rejected", "send", "user" },
  { "helo/starttls", "alice", POSTWEG_POP3, DOVECOT_POP, AT (LAB_EXIM_HELO, SUBMISSION, STARTTLS), RECEIVES, "helo-rejected", "send", "user" },
  { "key-missing/starttls", "alice", POSTWEG_IMAP, DOVECOT, AT (LAB_EXIM_NO_TLS, SUBMISSION, STARTTLS), RECEIVES, "starttls-temporarily-unavailable", "send", "provider" },
  { "key-missing/tls", "alice", POSTWEG_IMAP, DOVECOT, AT (LAB_EXIM_NO_TLS, SMTPS, TLS), RECEIVES, "connection-dropped", "send", "provider" },
  { "passwords-out-of-reach", "alice", POSTWEG_IMAP, DOVECOT, AT (LAB_EXIM_BLIND, SMTPS, TLS), RECEIVES, "auth-backend-failure", "send", "provider" },
  { "passwords-out-of-reach/starttls", "alice", POSTWEG_IMAP, DOVECOT, AT (LAB_EXIM_BLIND, SUBMISSION, STARTTLS), RECEIVES, "auth-backend-failure", "send", "provider" },
  { "maintenance", "alice", POSTWEG_IMAP, DOVECOT, AT (LAB_EXIM_AWAY, SMTPS, TLS), RECEIVES, "server-temporary-failure", "send", "provider" },
  { "maintenance/starttls", "alice", POSTWEG_IMAP, DOVECOT, AT (LAB_EXIM_AWAY, SUBMISSION, STARTTLS), RECEIVES, "server-temporary-failure", "send", "provider" },
  { "hourly-limit", "alice", POSTWEG_IMAP, DOVECOT, AT (LAB_EXIM_HASTE, SMTPS, TLS), RECEIVES, "send-limit-reached", "send", "user" },
  { "hourly-limit/starttls", "alice", POSTWEG_IMAP, DOVECOT, AT (LAB_EXIM_HASTE, SUBMISSION, STARTTLS), RECEIVES, "send-limit-reached", "send", "user" },
  { "crowded", "alice", POSTWEG_IMAP, DOVECOT, AT (LAB_EXIM_CROWDED, SUBMISSION, STARTTLS), RECEIVES, "too-many-connections", "send", "user", .meanwhile = CONNECTED },
  { "crowded/tls", "alice", POSTWEG_IMAP, DOVECOT, AT (LAB_EXIM_CROWDED_TLS, SMTPS, TLS), RECEIVES, "too-many-connections", "send", "user", .meanwhile = CONNECTED },
  { "certificate/expired", "alice", POSTWEG_IMAP, DOVECOT, AT (LAB_EXIM_EXPIRED, SMTPS, TLS), RECEIVES, "cert-expired", "send", "provider" },
  { "certificate/expired/starttls", "alice", POSTWEG_IMAP, DOVECOT, AT (LAB_EXIM_EXPIRED, SUBMISSION, STARTTLS), RECEIVES, "cert-expired", "send", "provider" },
  { "certificate/incomplete", "alice", POSTWEG_IMAP, DOVECOT, AT (LAB_EXIM_INCOMPLETE, SUBMISSION, STARTTLS), RECEIVES, "cert-chain-incomplete", "send", "provider" },
};
/* clang-format on */
/* clang-format off */
#define CYRUS LAB_CYRUS_HOST
static const MakerRow cyrus_rows[] = {
  { "works/imap", "alice", POSTWEG_IMAP, AT (CYRUS, IMAPS, TLS), POSTFIX, "works" },
  { "works/imap-starttls", "bob", POSTWEG_IMAP, AT (CYRUS, IMAP, STARTTLS), POSTFIX, "works" },
  { "works/pop3", "grey", POSTWEG_POP3, AT (CYRUS, POP3S, TLS), POSTFIX, "works" },
  { "works/pop3-stls", "plain", POSTWEG_POP3, AT (CYRUS, POP3, STARTTLS), POSTFIX, "works" },
  { "works/special-password", "erwin", POSTWEG_IMAP, AT (CYRUS, IMAPS, TLS), POSTFIX, "works" },
  { "works/special-password/pop3", "erwin", POSTWEG_POP3, AT (CYRUS, POP3S, TLS), POSTFIX, "works", .meanwhile = TESTED_ONCE },
  { "works/encrypted", "picky", POSTWEG_IMAP, ENCRYPTED (CYRUS, IMAPS, TLS), POSTFIX, "works" },
  { "works/encrypted/pop3", "bouncy", POSTWEG_POP3, ENCRYPTED (CYRUS, POP3, STARTTLS), POSTFIX, "works" },
  { "wrong-password/imap", "alice", POSTWEG_IMAP, WRONG (CYRUS, IMAPS, TLS), WRONG (LAB_GUARDED_HOST, SMTPS, TLS), "nothing-works", "wrong-credentials", "both", "user" },
  { "wrong-password/pop3", "alice", POSTWEG_POP3, WRONG (CYRUS, POP3, STARTTLS), WRONG (LAB_GUARDED_HOST, SMTPS, TLS), "nothing-works", "wrong-credentials", "both", "user" },
  { "no-encryption/imap", "alice", POSTWEG_IMAP, AT (CYRUS, IMAP, PLAIN), POSTFIX, SENDS, "tls-required", "receive", "user", TRUE },
  { "no-encryption/pop3", "alice", POSTWEG_POP3, AT (CYRUS, POP3, PLAIN), POSTFIX, SENDS, "tls-required", "receive", "user", TRUE },
  { "tls-on-plain-port/imap", "alice", POSTWEG_IMAP, AT (CYRUS, IMAP, TLS), POSTFIX, SENDS, "tls-on-plain-port", "receive", "user", TRUE },
  { "tls-on-plain-port/pop3", "alice", POSTWEG_POP3, AT (CYRUS, POP3, TLS), POSTFIX, SENDS, "tls-on-plain-port", "receive", "user", TRUE },
  { "plain-on-tls-port/imap", "alice", POSTWEG_IMAP, AT (CYRUS, IMAPS, STARTTLS), POSTFIX, SENDS, "plain-on-tls-port", "receive", "user", TRUE },
  { "plain-on-tls-port/pop3", "alice", POSTWEG_POP3, AT (CYRUS, POP3S, STARTTLS), POSTFIX, SENDS, "plain-on-tls-port", "receive", "user", TRUE },
  { "maintenance/imap", "alice", POSTWEG_IMAP, AT (LAB_CYRUS_AWAY, IMAPS, TLS), POSTFIX, SENDS, "server-temporary-failure", "receive", "provider" },
  { "maintenance/imap-starttls", "alice", POSTWEG_IMAP, AT (LAB_CYRUS_AWAY, IMAP, STARTTLS), POSTFIX, SENDS, "server-temporary-failure", "receive", "provider" },
  { "maintenance/pop3", "alice", POSTWEG_POP3, AT (LAB_CYRUS_AWAY, POP3S, TLS), POSTFIX, SENDS, "server-temporary-failure", "receive", "provider" },
  { "maintenance/pop3-stls", "alice", POSTWEG_POP3, AT (LAB_CYRUS_AWAY, POP3, STARTTLS), POSTFIX, SENDS, "server-temporary-failure", "receive", "provider" },
  { "login-delay", "junky", POSTWEG_POP3, AT (LAB_CYRUS_DELAY, POP3S, TLS), POSTFIX, SENDS, "pop-login-delay", "receive", "user", .meanwhile = TESTED_ONCE },
  { "login-delay/stls", "sorted", POSTWEG_POP3, AT (LAB_CYRUS_DELAY, POP3, STARTTLS), POSTFIX, SENDS, "pop-login-delay", "receive", "user", .meanwhile = TESTED_ONCE },
  { "one-sign-in", "twin", POSTWEG_IMAP, AT (LAB_CYRUS_ONE, IMAPS, TLS), POSTFIX, SENDS, "too-many-connections", "receive", "user", .meanwhile = SIGNED_IN },
  { "certificate/expired", "alice", POSTWEG_IMAP, AT (LAB_CYRUS_EXPIRED, IMAPS, TLS), POSTFIX, SENDS, "cert-expired", "receive", "provider" },
  { "certificate/expired/pop3-stls", "alice", POSTWEG_POP3, AT (LAB_CYRUS_EXPIRED, POP3, STARTTLS), POSTFIX, SENDS, "cert-expired", "receive", "provider" },
  { "certificate/incomplete", "alice", POSTWEG_POP3, AT (LAB_CYRUS_INCOMPLETE, POP3S, TLS), POSTFIX, SENDS, "cert-chain-incomplete", "receive", "provider" },
};
/* clang-format on */
/* clang-format off */
#define COURIER LAB_COURIER_HOST
static const MakerRow courier_rows[] = {
  { "works/imap", "alice", POSTWEG_IMAP, AT (COURIER, IMAPS, TLS), POSTFIX, "works" },
  { "works/imap-starttls", "bob", POSTWEG_IMAP, AT (COURIER, IMAP, STARTTLS), POSTFIX, "works" },
  { "works/pop3", "alice", POSTWEG_POP3, AT (COURIER, POP3S, TLS), POSTFIX, "works" },
  { "works/pop3-stls", "bob", POSTWEG_POP3, AT (COURIER, POP3, STARTTLS), POSTFIX, "works" },
  { "works/special-password", "erwin", POSTWEG_IMAP, AT (COURIER, IMAPS, TLS), POSTFIX, "works" },
  { "works/special-password/pop3", "erwin", POSTWEG_POP3, AT (COURIER, POP3S, TLS), POSTFIX, "works" },
  { "wrong-password/imap", "alice", POSTWEG_IMAP, WRONG (COURIER, IMAPS, TLS), WRONG (LAB_GUARDED_HOST, SMTPS, TLS), "nothing-works", "wrong-credentials", "both", "user" },
  { "wrong-password/pop3", "alice", POSTWEG_POP3, WRONG (COURIER, POP3, STARTTLS), WRONG (LAB_GUARDED_HOST, SMTPS, TLS), "nothing-works", "wrong-credentials", "both", "user" },
  { "no-encryption/imap", "alice", POSTWEG_IMAP, AT (COURIER, IMAP, PLAIN), POSTFIX, SENDS, "tls-required", "receive", "user", TRUE },
  { "no-encryption/pop3", "alice", POSTWEG_POP3, AT (COURIER, POP3, PLAIN), POSTFIX, SENDS, "tls-required", "receive", "user", TRUE },
  { "tls-on-plain-port/imap", "alice", POSTWEG_IMAP, AT (COURIER, IMAP, TLS), POSTFIX, SENDS, "tls-on-plain-port", "receive", "user", TRUE },
  { "tls-on-plain-port/pop3", "alice", POSTWEG_POP3, AT (COURIER, POP3, TLS), POSTFIX, SENDS, "tls-on-plain-port", "receive", "user", TRUE },
  { "plain-on-tls-port/imap", "alice", POSTWEG_IMAP, AT (COURIER, IMAPS, STARTTLS), POSTFIX, SENDS, "plain-on-tls-port", "receive", "user", TRUE },
  { "plain-on-tls-port/pop3", "alice", POSTWEG_POP3, AT (COURIER, POP3S, STARTTLS), POSTFIX, SENDS, "plain-on-tls-port", "receive", "user", TRUE },
  { "imap-switched-off", "carol", POSTWEG_IMAP, AT (COURIER, IMAPS, TLS), POSTFIX, SENDS, "protocol-not-enabled", "receive", "user" },
  { "pop-switched-off", "carol", POSTWEG_POP3, AT (COURIER, POP3S, TLS), POSTFIX, SENDS, "protocol-not-enabled", "receive", "user" },
  { "mailbox-gone/imap", "lost", POSTWEG_IMAP, AT (COURIER, IMAPS, TLS), POSTFIX, SENDS, "auth-backend-failure", "receive", "provider" },
  { "mailbox-gone/pop3", "lost", POSTWEG_POP3, AT (COURIER, POP3S, TLS), POSTFIX, SENDS, "auth-backend-failure", "receive", "provider" },
  { "mailbox-of-somebody-else/imap", "bouncy", POSTWEG_IMAP, AT (COURIER, IMAPS, TLS), POSTFIX, SENDS, "server-misconfigured", "receive", "provider" },
  { "full", "full", POSTWEG_IMAP, AT (COURIER, IMAPS, TLS), POSTFIX, "works-with-note", "own-mailbox-full", "receive", "user" },
  { "crowded", "alice", POSTWEG_IMAP, AT (LAB_COURIER_ONE, IMAP, STARTTLS), POSTFIX, SENDS, "connection-dropped", "receive", "provider", .meanwhile = CONNECTED },
  { "certificate/expired", "alice", POSTWEG_IMAP, AT (LAB_COURIER_EXPIRED, IMAPS, TLS), POSTFIX, SENDS, "cert-expired", "receive", "provider" },
  { "certificate/expired/stls", "alice", POSTWEG_POP3, AT (LAB_COURIER_EXPIRED, POP3, STARTTLS), POSTFIX, SENDS, "cert-expired", "receive", "provider" },
};
/* clang-format on */
