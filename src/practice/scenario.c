/* The scenarios as a table, and the parts that their scripts are made of. */
#include "practice/scenario.h"
#include <glib/gi18n-lib.h>
#include <string.h>

#define PAIR "AHlvdUBwcmFjdGljZS5leGFtcGxlAHByYWN0aWNl" /* NUL user NUL password (RFC 4616) */

/* IMAP: three mails, four folders, plenty of room. */
#define IMAP_HELLO                                                                                           \
  "TLS\nS: * OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN QUOTA SPECIAL-USE] Practice mailbox ready\nLOOP\n"
#define IMAP_SIGN_IN                                                                                         \
  "ON AUTHENTICATE PLAIN " PAIR "\nS: {tag} OK signed in\n"                                                  \
  "ON AUTHENTICATE\nS: {tag} NO [AUTHENTICATIONFAILED] Authentication failed.\n"
#define IMAP_FOLDERS                                                                                         \
  "ON LIST\nS: * LIST (\\\\HasNoChildren) \"/\" INBOX\nS: * LIST (\\\\HasNoChildren \\\\Sent) \"/\" Sent\n"  \
  "S: * LIST (\\\\HasNoChildren \\\\Trash) \"/\" Trash\nS: * LIST (\\\\HasNoChildren) \"/\" \"Open "         \
  "invoices\"\n"                                                                                             \
  "S: {tag} OK done\n"
#define IMAP_QUOTA(used)                                                                                     \
  "ON GETQUOTAROOT\nS: * QUOTAROOT INBOX \"\"\nS: * QUOTA \"\" (STORAGE " used " 102400)\nS: {tag} OK "      \
  "done\n"
#define IMAP_INBOX "ON EXAMINE\nS: * 3 EXISTS\nS: * 0 RECENT\nS: {tag} OK [READ-ONLY] opened\n"
#define IMAP_END "ON LOGOUT\nS: * BYE\nS: {tag} OK\nCLOSE\nON\nS: {tag} BAD this is a practice mailbox\nEND\n"
#define IMAP_BEHIND(rest) IMAP_HELLO IMAP_SIGN_IN rest IMAP_END
#define IMAP_GOOD IMAP_BEHIND (IMAP_INBOX IMAP_FOLDERS IMAP_QUOTA ("2048"))
#define IMAP_FULL IMAP_BEHIND (IMAP_INBOX IMAP_FOLDERS IMAP_QUOTA ("102400"))
#define IMAP_REFUSES(words) IMAP_HELLO "ON AUTHENTICATE\nS: {tag} NO " words "\n" IMAP_END

/* SMTP: takes senders and recipients, never a mail. */
#define SMTP_HELLO "TLS\nS: 220 practice ESMTP\nLOOP\n"
#define SMTP_OFFERS "ON EHLO\nS: 250-practice\nS: 250-SIZE 36700160\nS: 250-AUTH PLAIN\nS: 250 8BITMIME\n"
#define SMTP_SIGN_IN                                                                                         \
  "ON AUTH PLAIN " PAIR "\nS: 235 2.7.0 signed in\nON AUTH\nS: 535 5.7.8 Error: authentication failed\n"
#define SMTP_END                                                                                             \
  "ON MAIL FROM\nS: 250 2.1.0 Ok\nON RCPT TO\nS: 250 2.1.5 Ok\nON RSET\nS: 250 2.0.0 Ok\n"                   \
  "ON DATA\nS: 451 4.3.0 A practice mailbox sends nothing\nON QUIT\nS: 221 2.0.0 Bye\nCLOSE\nON\nS: 500 "    \
  "5.5.2 unknown\nEND\n"
#define SMTP_GOOD SMTP_HELLO SMTP_OFFERS SMTP_SIGN_IN SMTP_END
#define SMTP_BEHIND(branch) SMTP_HELLO SMTP_OFFERS SMTP_SIGN_IN branch SMTP_END
#define SMTP_REFUSES(words) SMTP_HELLO SMTP_OFFERS "ON AUTH\nS: " words "\n" SMTP_END
/* Nobody may send before he has signed in. */
#define SMTP_GUARDED                                                                                         \
  SMTP_HELLO SMTP_OFFERS                                                                                     \
      "ON AUTH PLAIN " PAIR "\nS: 235 2.7.0 signed in\nLEAVE\n"                                              \
      "ON MAIL FROM\nS: 530 5.7.0 Authentication required\nON RCPT TO\nS: 503 5.5.1 first a sender\n"        \
      "ON RSET\nS: 250 2.0.0 Ok\nON QUIT\nS: 221 2.0.0 Bye\nCLOSE\nON\nS: 500 5.5.2 "                        \
      "unknown\nEND\nLOOP\n" SMTP_OFFERS SMTP_END
/* Begins in plain text, as on port 587. */
#define SMTP_STARTTLS                                                                                        \
  "S: 220 practice ESMTP\nLOOP\nON EHLO\nS: 250-practice\nS: 250 STARTTLS\nON STARTTLS\nS: 220 2.0.0 "       \
  "go\nLEAVE\n"                                                                                              \
  "ON QUIT\nS: 221 2.0.0 Bye\nCLOSE\nON\nS: 530 5.7.0 Must issue a STARTTLS command first\nEND\n"            \
  "TLS\nLOOP\n" SMTP_OFFERS SMTP_SIGN_IN SMTP_END

#define WEB_PAGE                                                                                             \
  "C?\nS: HTTP/1.1 200 OK\nS: Content-Type: text/html\nS: \nS: <html><title>Welcome to the "                 \
  "hotel</title></html>\nCLOSE\n"

#define IMAP(script)                                                                                         \
  {                                                                                                          \
    POSTWEG_TLS, script                                                                                      \
  }
#define SMTP(script)                                                                                         \
  {                                                                                                          \
    POSTWEG_TLS, script                                                                                      \
  }
#define PAPER(script, paper)                                                                                 \
  {                                                                                                          \
    POSTWEG_TLS, script, POSTWEG_PAPER_##paper                                                               \
  }

/* clang-format off */
static const PostwegScenario scenarios[] = {
  { "works", N_ ("Everything works"), NULL, IMAP (IMAP_GOOD), SMTP (SMTP_GOOD) },

  { "sign-in-missing", N_ ("Receives but does not send: no sign-in for sending is set up"), "send-auth-missing", IMAP (IMAP_GOOD), { POSTWEG_TLS, SMTP_GUARDED, POSTWEG_PAPER_GOOD, POSTWEG_AUTH_NONE } },
  { "old-password", N_ ("Receives but does not send: an old password is stored for sending"), "outgoing-credentials-differ", IMAP (IMAP_GOOD), SMTP (SMTP_GOOD), "last-year" },
  { "sending-closed", N_ ("Receives but does not send: nobody answers at the outgoing server"), "connection-refused", IMAP (IMAP_GOOD), SMTP (NULL) },
  { "sending-encryption", N_ ("Receives but does not send: the wrong kind of encryption"), "tls-on-plain-port", IMAP (IMAP_GOOD), SMTP (SMTP_STARTTLS) },
  { "sending-switched-off", N_ ("Receives but does not send: the provider has switched sending off"), "smtp-auth-disabled", IMAP (IMAP_GOOD), SMTP (SMTP_REFUSES ("535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Mailbox.")) },
  { "foreign-sender", N_ ("Receives but does not send: the sender address is not yours"), "sender-not-owned", IMAP (IMAP_GOOD), SMTP (SMTP_BEHIND ("ON MAIL FROM\nS: 553 5.7.1 Sender address rejected: not owned by user\n")) },
  { "sending-blocked", N_ ("Receives but does not send: the provider suspects a burglary"), "sending-blocked-for-abuse", IMAP (IMAP_GOOD), SMTP (SMTP_BEHIND ("ON MAIL FROM\nS: 550 5.1.8 Access denied, bad outbound sender: sending from this account is blocked\n")) },
  { "sending-limit", N_ ("Receives but does not send: too many mails today"), "send-limit-reached", IMAP (IMAP_GOOD), SMTP (SMTP_BEHIND ("ON MAIL FROM\nS: 450 4.7.1 Daily sending limit exceeded\n")) },
  { "sending-certificate", N_ ("Receives but does not send: the outgoing server’s certificate has expired"), "cert-expired", IMAP (IMAP_GOOD), PAPER (SMTP_GOOD, EXPIRED) },

  { "receiving-off", N_ ("Sends but does not receive: IMAP is switched off"), "protocol-not-enabled", IMAP (IMAP_REFUSES ("[ALERT] IMAP access is disabled for this account. Enable it in the settings.")), SMTP (SMTP_GOOD) },
  { "receiving-full", N_ ("Works, but the mailbox is full"), "own-mailbox-full", IMAP (IMAP_FULL), SMTP (SMTP_GOOD) },

  { "wrong-password", N_ ("Nothing works: the password is wrong"), "wrong-credentials", IMAP (IMAP_REFUSES ("[AUTHENTICATIONFAILED] Authentication failed.")), SMTP (SMTP_REFUSES ("535 5.7.8 Error: authentication failed")) },
  { "app-password", N_ ("Nothing works: an app password is needed"), "app-password-required", IMAP (IMAP_REFUSES ("[ALERT] Application-specific password required")), SMTP (SMTP_REFUSES ("534 5.7.9 Application-specific password required")) },
  { "locked", N_ ("Nothing works: the account is locked"), "account-locked", IMAP (IMAP_REFUSES ("[CONTACTADMIN] This account is locked.")), SMTP (SMTP_REFUSES ("535 5.7.13 This account is locked.")) },
  { "expired-certificate", N_ ("Nothing works: the certificates have expired"), "cert-expired", PAPER (IMAP_GOOD, EXPIRED), PAPER (SMTP_GOOD, EXPIRED) },
  { "wrong-name", N_ ("Nothing works: the certificates are for another server"), "cert-name-mismatch", PAPER (IMAP_GOOD, OTHER_NAME), PAPER (SMTP_GOOD, OTHER_NAME) },
  { "hotel", N_ ("Nothing works: the network wants you to sign in on a web page first"), "captive-portal", IMAP (WEB_PAGE), SMTP (WEB_PAGE) },
};
/* clang-format on */

const PostwegScenario *
postweg_scenarios (guint *n_scenarios)
{
  *n_scenarios = G_N_ELEMENTS (scenarios);
  return scenarios;
}

const PostwegScenario *
postweg_scenario_by_name (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (scenarios); i++)
    if (strcmp (scenarios[i].name, name) == 0)
      return &scenarios[i];
  return NULL;
}
