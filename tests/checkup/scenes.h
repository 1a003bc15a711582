/* What healthy servers of several makers say: greetings, capabilities and habits as they are met in the wild, as scripts. */
#pragma once

/* The parts of a session behind the sign-in. Every branch may be asked in any order, and again. */
#define IMAP_FOLDERS(separator)                                                                              \
  "ON LIST\nS: * LIST (\\\\HasNoChildren) \"" separator "\" INBOX\nS: * LIST (\\\\HasNoChildren \\\\Sent) "  \
  "\"" separator "\" Sent\nS: {tag} OK done\n"
#define IMAP_MAILBOX(separator)                                                                              \
  "ON EXAMINE\nS: * 3 EXISTS\nS: * 0 RECENT\nS: {tag} OK [READ-ONLY] opened\n" IMAP_FOLDERS (separator)
#define IMAP_REST "ON LOGOUT\nS: * BYE\nS: {tag} OK\nCLOSE\nON\nS: {tag} BAD unknown\nEND\n"
#define IMAP_LOOP(sign_in) "LOOP\n" sign_in IMAP_MAILBOX ("/") IMAP_REST
#define IMAP_PLAIN_OK "ON AUTHENTICATE PLAIN\nS: {tag} OK signed in\n"
#define IMAP_LOGIN_OK "ON LOGIN\nS: {tag} OK signed in\n"
#define IMAP_GREETING "S: * OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN] ready\n"
#define IMAP_GOOD IMAP_GREETING IMAP_LOOP (IMAP_PLAIN_OK)

#define POP3_REST                                                                                            \
  "ON STAT\nS: +OK 3 4711\nON UIDL\nS: +OK 1 abc\nON QUIT\nS: +OK bye\nCLOSE\nON\nS: -ERR unknown\nEND\n"
#define POP3_CAPA(list) "ON CAPA\nS: +OK\n" list "S: .\n"
#define POP3_LOOP(sign_in) "LOOP\n" POP3_CAPA ("S: UIDL\nS: USER\nS: SASL PLAIN\n") sign_in POP3_REST
#define POP3_PLAIN_OK "ON AUTH PLAIN\nS: +OK signed in\n"
#define POP3_USER_OK "ON USER\nS: +OK\nON PASS\nS: +OK signed in\n"
#define POP3_GOOD "S: +OK ready\n" POP3_LOOP (POP3_PLAIN_OK)

#define SMTP_REST                                                                                            \
  "ON MAIL FROM\nS: 250 2.1.0 Ok\nON RCPT TO\nS: 250 2.1.5 Ok\nON RSET\nS: 250 2.0.0 Ok\nON QUIT\nS: 221 "   \
  "bye\nCLOSE\nON\nS: 500 unknown\nEND\n"
#define SMTP_EHLO(list) "ON EHLO\nS: 250-mail\n" list "S: 250 HELP\n"
#define SMTP_LOOP(sign_in) "LOOP\n" SMTP_EHLO ("S: 250-AUTH PLAIN LOGIN\n") sign_in SMTP_REST
#define SMTP_PLAIN_OK "ON AUTH PLAIN\nS: 235 2.7.0 signed in\n"
#define SMTP_GOOD "S: 220 mail ESMTP\n" SMTP_LOOP (SMTP_PLAIN_OK)

/* What comes before encryption on ports that begin in plain text. A client that leaves before TLS has seen enough. */
#define IMAP_TO_TLS(list)                                                                                    \
  "S: * OK ready\nLOOP\nON CAPABILITY\nS: * CAPABILITY " list "\nS: {tag} OK\nON STARTTLS\nS: {tag} OK "     \
  "go\nLEAVE\nON LOGOUT\nS: * BYE\nS: {tag} OK\nCLOSE\nON\nS: {tag} BAD first encrypt\nEND\nTLS\n"
#define POP3_TO_TLS(list)                                                                                    \
  "S: +OK ready\nLOOP\n" POP3_CAPA (list) "ON STLS\nS: +OK go\nLEAVE\nON QUIT\nS: +OK\nCLOSE\nON\nS: -ERR "  \
                                          "[AUTH] first encrypt\nEND\nTLS\n"
#define SMTP_TO_TLS(list)                                                                                    \
  "S: 220 mail ESMTP\nLOOP\n" SMTP_EHLO (list) "ON STARTTLS\nS: 220 2.0.0 go\nLEAVE\nON QUIT\nS: 221 "       \
                                               "bye\nCLOSE\nON\nS: 530 5.7.0 Must issue a STARTTLS command " \
                                               "first\nEND\nTLS\n"
#define IMAP_STARTTLS_GOOD                                                                                   \
  IMAP_TO_TLS ("IMAP4rev1 STARTTLS LOGINDISABLED")                                                           \
  "LOOP\nON CAPABILITY\nS: * CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN\nS: {tag} OK\n" IMAP_PLAIN_OK           \
      IMAP_MAILBOX ("/") IMAP_REST
#define POP3_STARTTLS_GOOD POP3_TO_TLS ("S: STLS\nS: UIDL\n") POP3_LOOP (POP3_PLAIN_OK)
#define SMTP_STARTTLS_GOOD SMTP_TO_TLS ("S: 250-STARTTLS\n") SMTP_LOOP (SMTP_PLAIN_OK)
