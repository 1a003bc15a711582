/* Every step of every protocol, and what a hostile server may do at each: the cases are the product of both tables. */
#pragma once
#include "hostile-rows.h"

/* How far a well-behaved server has got: after this script it is its turn to speak, and the client waits. */
typedef struct {
  const char *name;
  PostwegProtocol protocol;
  PostwegSecurity security;
  const char *script;
  gboolean signs_in; /* the sign-in has begun */
  PostwegStage stage;
} Spot;

#define IMAP_CAPA_SEEN "TLS\nS: * OK ready\nC: CAPABILITY\n"
#define IMAP_AT_AUTH "TLS\n" IMAP_GREETING "C: AUTHENTICATE\n"
#define IMAP_AT_BOX IMAP_AT_AUTH "S: {tag} OK in\nC: EXAMINE\n"
#define POP3_AT_CAPA "TLS\nS: +OK ready\nC: CAPA\n"
#define POP3_AT_AUTH POP3_AT_CAPA "S: +OK\nS: SASL PLAIN\nS: UIDL\nS: .\nC: AUTH\n"
#define POP3_AT_STAT POP3_AT_AUTH "S: +OK in\nC: STAT\n"
#define SMTP_AT_EHLO "TLS\nS: 220 mail\nC: EHLO\n"
#define SMTP_AT_AUTH SMTP_AT_EHLO "S: 250-mail\nS: 250 AUTH PLAIN\nC: AUTH\n"
#define SMTP_AT_MAIL SMTP_AT_AUTH "S: 235 in\nC: MAIL FROM\n"
#define SMTP_AT_RCPT SMTP_AT_MAIL "S: 250 ok\nC: RCPT TO\n"

/* clang-format off */
static const Spot spots[] = {
  { "imap/connected", IMAP_UP, "", FALSE, POSTWEG_STAGE_GREETING },
  { "imap/starttls-asked", IMAP_UP, IMAP_ASKS, FALSE, POSTWEG_STAGE_STARTTLS },
  { "imap/starttls-granted", IMAP_UP, IMAP_ASKS "S: {tag} OK go\nWAIT 60\n", FALSE, POSTWEG_STAGE_TLS },
  { "imap/connected-for-tls", IMAPS, "", FALSE, POSTWEG_STAGE_TLS },
  { "imap/encrypted", IMAPS, "TLS\n", FALSE, POSTWEG_STAGE_GREETING },
  { "imap/capability", IMAPS, IMAP_CAPA_SEEN, FALSE, POSTWEG_STAGE_CAPABILITY },
  { "imap/sign-in", IMAPS, IMAP_AT_AUTH, TRUE, POSTWEG_STAGE_AUTH },
  { "imap/mailbox", IMAPS, IMAP_AT_BOX, TRUE, POSTWEG_STAGE_MAILBOX },
  { "pop3/connected", POP3_UP, "", FALSE, POSTWEG_STAGE_GREETING },
  { "pop3/starttls-asked", POP3_UP, POP3_ASKS, FALSE, POSTWEG_STAGE_STARTTLS },
  { "pop3/starttls-granted", POP3_UP, POP3_ASKS "S: +OK go\nWAIT 60\n", FALSE, POSTWEG_STAGE_TLS },
  { "pop3/connected-for-tls", POP3S, "", FALSE, POSTWEG_STAGE_TLS },
  { "pop3/encrypted", POP3S, "TLS\n", FALSE, POSTWEG_STAGE_GREETING },
  { "pop3/capability", POP3S, POP3_AT_CAPA, FALSE, POSTWEG_STAGE_CAPABILITY },
  { "pop3/sign-in", POP3S, POP3_AT_AUTH, TRUE, POSTWEG_STAGE_AUTH },
  { "pop3/mailbox", POP3S, POP3_AT_STAT, TRUE, POSTWEG_STAGE_MAILBOX },
  { "smtp/connected", SMTP_UP, "", FALSE, POSTWEG_STAGE_GREETING },
  { "smtp/starttls-asked", SMTP_UP, SMTP_ASKS, FALSE, POSTWEG_STAGE_STARTTLS },
  { "smtp/starttls-granted", SMTP_UP, SMTP_ASKS "S: 220 go\nWAIT 60\n", FALSE, POSTWEG_STAGE_TLS },
  { "smtp/connected-for-tls", SMTPS, "", FALSE, POSTWEG_STAGE_TLS },
  { "smtp/encrypted", SMTPS, "TLS\n", FALSE, POSTWEG_STAGE_GREETING },
  { "smtp/capability", SMTPS, SMTP_AT_EHLO, FALSE, POSTWEG_STAGE_CAPABILITY },
  { "smtp/sign-in", SMTPS, SMTP_AT_AUTH, TRUE, POSTWEG_STAGE_AUTH },
  { "smtp/sender", SMTPS, SMTP_AT_MAIL, TRUE, POSTWEG_STAGE_SENDER },
  { "smtp/recipient", SMTPS, SMTP_AT_RCPT, TRUE, POSTWEG_STAGE_RECIPIENT },
};

/* What comes instead of the next answer. Causes by stage: of the greeting and all others, of STARTTLS, of the handshake. */
typedef struct {
  const char *name;
  const char *script;
  const char *cause, *at_starttls, *at_tls;
  guint timeout_s; /* 0: it ends by itself */
  gboolean of_one; /* only of `protocol` */
  PostwegProtocol protocol;
} Fault;

#define ONLY(protocol) 0, TRUE, protocol

#define REFUSES_TLS "starttls-temporarily-unavailable"
#define NO_HANDSHAKE "tls-handshake-aborted|connection-dropped"
/* bytes that come with the reply stand behind it: that is an injection */
#define NO_TLS "tls-handshake-aborted|tls-on-plain-port|wrong-service-on-port|malformed-response|connection-dropped|starttls-injection"
#define LATE "server-slow|server-silent"

static const Fault faults[] = {
  { "closes", "CLOSE\n", "connection-dropped|connection-closed-after-login|too-many-login-attempts", REFUSES_TLS, NO_HANDSHAKE },
  { "cuts", "CUT\n", "connection-dropped|connection-closed-after-login|too-many-login-attempts", REFUSES_TLS, NO_HANDSHAKE },
  { "resets", "RESET\n", "connection-dropped|connection-closed-after-login|too-many-login-attempts", REFUSES_TLS, NO_HANDSHAKE },
  { "is-silent", "HANG\n", LATE "|auth-backend-failure", LATE "|" REFUSES_TLS, LATE, 3 },
  { "says-half-a-line", "S- \\x2a\nHANG\n", LATE "|auth-backend-failure", LATE "|" REFUSES_TLS, LATE "|" NO_TLS, 3 },
  { "drips", "DRIP 150 aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\nHANG\n", LATE "|" MALFORMED "|auth-backend-failure", LATE "|" MALFORMED "|" REFUSES_TLS, LATE "|" NO_TLS, 3 },
  { "line-without-end", "REPEAT 20000000 x\nHANG\n", MALFORMED, MALFORMED, NO_TLS },
  { "nul", "S- \\0ok\\0\\r\\n\nHANG\n", MALFORMED, MALFORMED, NO_TLS },
  { "bare-carriage-returns", "S- x\\rx\\rx\\r\\n\nHANG\n", MALFORMED, MALFORMED, NO_TLS },
  { "empty-line", "S:\nHANG\n", MALFORMED, MALFORMED, NO_TLS "|" LATE, 3 },
  { "eight-bit", "S: \\x80\\xff\\xc3\\x28\\xf0\\x9f\\x98\nHANG\n", MALFORMED, MALFORMED, NO_TLS },
  { "foreign-tag", "S: zzz9 OK signed in\nHANG\n", MALFORMED, MALFORMED, NO_TLS },
  { "untagged-without-end", "REPEAT 3000000 * OK more\\r\\n\nHANG\n", MALFORMED, MALFORMED, NO_TLS, ONLY (POSTWEG_IMAP) },
  { "reply-without-end", "REPEAT 3000000 250-more\\r\\n\nHANG\n", MALFORMED, MALFORMED, NO_TLS, ONLY (POSTWEG_SMTP) },
  { "list-without-end", "S: +OK\nREPEAT 3000000 more\\r\\n\nHANG\n", MALFORMED, INJECTION, NO_TLS, ONLY (POSTWEG_POP3) },
  { "web-page", "S: HTTP/1.1 200 OK\nS:\nS: <html>\nCLOSE\n", MALFORMED "|wrong-service-on-port|captive-portal", MALFORMED, NO_TLS "|captive-portal" },
};

/* One odd answer at each step of one protocol. */
typedef struct {
  PostwegProtocol protocol;
  const char *answer;
} Oddity;

static const Oddity oddities[] = {
  { POSTWEG_IMAP, "{tag} NO" }, { POSTWEG_IMAP, "{tag} BAD" }, { POSTWEG_IMAP, "{tag} NO [ALERT]" },
  { POSTWEG_IMAP, "{tag} BYE x" }, { POSTWEG_IMAP, "{tag} PREAUTH x" }, { POSTWEG_IMAP, "{tag}" }, { POSTWEG_IMAP, "{tag} " },
  { POSTWEG_IMAP, "* BYE go away" }, { POSTWEG_IMAP, "* PREAUTH hello" }, { POSTWEG_IMAP, "* NO" }, { POSTWEG_IMAP, "* BAD" },
  { POSTWEG_IMAP, "*" }, { POSTWEG_IMAP, "* " }, { POSTWEG_IMAP, "+" }, { POSTWEG_IMAP, "+ idling" }, { POSTWEG_IMAP, "+OK POP3" }, { POSTWEG_IMAP, "220 mail" },
  { POSTWEG_IMAP, "{tag} NO [UNAVAILABLE] x" }, { POSTWEG_IMAP, "{tag} NO [" }, { POSTWEG_IMAP, "{tag} NO []" }, { POSTWEG_IMAP, "{tag} NO [{}]" },
  { POSTWEG_POP3, "-ERR" }, { POSTWEG_POP3, "-ERR [SYS/TEMP]" }, { POSTWEG_POP3, "-ERR [" }, { POSTWEG_POP3, "-ERR []" }, { POSTWEG_POP3, "-ERRx" },
  { POSTWEG_POP3, "+" }, { POSTWEG_POP3, "+ x" }, { POSTWEG_POP3, "+OKx" }, { POSTWEG_POP3, "." }, { POSTWEG_POP3, "* OK" }, { POSTWEG_POP3, "220 mail" },
  { POSTWEG_SMTP, "199 x" }, { POSTWEG_SMTP, "300 x" }, { POSTWEG_SMTP, "334 x" }, { POSTWEG_SMTP, "354 x" },
  { POSTWEG_SMTP, "421 x" }, { POSTWEG_SMTP, "432 x" }, { POSTWEG_SMTP, "450 x" }, { POSTWEG_SMTP, "451 x" }, { POSTWEG_SMTP, "452 x" }, { POSTWEG_SMTP, "454 x" }, { POSTWEG_SMTP, "455 x" },
  { POSTWEG_SMTP, "500 x" }, { POSTWEG_SMTP, "501 x" }, { POSTWEG_SMTP, "502 x" }, { POSTWEG_SMTP, "503 x" }, { POSTWEG_SMTP, "504 x" }, { POSTWEG_SMTP, "521 x" }, { POSTWEG_SMTP, "530 x" }, { POSTWEG_SMTP, "534 x" }, { POSTWEG_SMTP, "535 x" }, { POSTWEG_SMTP, "538 x" },
  { POSTWEG_SMTP, "550 x" }, { POSTWEG_SMTP, "552 x" }, { POSTWEG_SMTP, "553 x" }, { POSTWEG_SMTP, "554 x" }, { POSTWEG_SMTP, "555 x" }, { POSTWEG_SMTP, "599 x" }, { POSTWEG_SMTP, "600 x" },
  { POSTWEG_SMTP, "25 x" }, { POSTWEG_SMTP, "250x" }, { POSTWEG_SMTP, "2500 x" }, { POSTWEG_SMTP, "550" }, { POSTWEG_SMTP, "550 5.999999999999999999.0" }, { POSTWEG_SMTP, "* OK" }, { POSTWEG_SMTP, "+OK" },
};
/* clang-format on */
