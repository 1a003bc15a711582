/* One thing wrong on one side each, by scripted servers; the other side is healthy. The texts are those of real servers. */
#pragma once
#include "checkup/checkup.h"
#include "scenes.h"

#define USER "anna@firm.example"
#define PASSWORD "Gr0sse Welle 7"
#define SENDER "anna@firm.example"

typedef struct {
  const char *name;
  PostwegProtocol protocol;
  PostwegSecurity security;
  const char *script;                /* NULL: nobody listens */
  const char *verdict, *cause, *who; /* of the answer */
  gboolean mends;                    /* a mended account is offered, and works */
  PostwegAuth auth;
  const char *user;     /* NULL: USER */
  const char *priority; /* of TLS at the server, or NULL */
  gboolean revoked;     /* the server staples that its certificate was revoked */
} ScriptRow;

#define IMAPS POSTWEG_IMAP, POSTWEG_TLS
#define IMAP_UP POSTWEG_IMAP, POSTWEG_STARTTLS
#define IMAP_CLEAR POSTWEG_IMAP, POSTWEG_PLAIN
#define POP3S POSTWEG_POP3, POSTWEG_TLS
#define POP3_UP POSTWEG_POP3, POSTWEG_STARTTLS
#define POP3_CLEAR POSTWEG_POP3, POSTWEG_PLAIN
#define SMTPS POSTWEG_SMTP, POSTWEG_TLS
#define SMTP_UP POSTWEG_SMTP, POSTWEG_STARTTLS
#define SMTP_CLEAR POSTWEG_SMTP, POSTWEG_PLAIN

#define ONLY_SEND "send-only"
#define ONLY_RECEIVE "receive-only"

/* A refusal at the sign-in, and at each question behind it. */
#define IMAP_NO(text) "TLS\n" IMAP_GREETING IMAP_LOOP ("ON AUTHENTICATE\nS: {tag} NO " text "\n")
#define IMAP_BEHIND(branch) "TLS\n" IMAP_GREETING IMAP_LOOP (IMAP_PLAIN_OK branch)
#define POP3_ERR(text) "TLS\nS: +OK ready\n" POP3_LOOP ("ON AUTH\nS: -ERR " text "\n")
#define SMTP_REFUSES(reply) "TLS\nS: 220 mail ESMTP\n" SMTP_LOOP ("ON AUTH\n" reply)
#define SMTP_BEHIND(branch) "TLS\nS: 220 mail ESMTP\n" SMTP_LOOP (SMTP_PLAIN_OK branch)
#define SMTP_OFFERS(list) "TLS\nS: 220 mail ESMTP\nLOOP\n" SMTP_EHLO (list) SMTP_REST
#define IMAP_OFFERS(list)                                                                                    \
  "TLS\nS: * OK [CAPABILITY IMAP4rev1 " list "] ready\nLOOP\n" IMAP_MAILBOX ("/") IMAP_REST
#define POP3_OFFERS(list) "TLS\nS: +OK ready\nLOOP\n" POP3_CAPA (list) POP3_REST
#define OLD_TLS "NORMAL:-VERS-ALL:+VERS-TLS1.1:+VERS-TLS1.0"

/* clang-format off */
static const ScriptRow script_rows[] = {
  /* connections */
  { "connection-refused/imap", IMAPS, NULL, ONLY_SEND, "connection-refused", "user" },
  { "connection-refused/pop3", POP3_UP, NULL, ONLY_SEND, "connection-refused", "user" },
  { "connection-refused/smtp", SMTPS, NULL, ONLY_RECEIVE, "connection-refused", "user" },
  { "connection-dropped/imap", IMAP_UP, "CLOSE\n", ONLY_SEND, "connection-dropped", "provider" },
  { "connection-dropped/imap-tls", IMAPS, "CLOSE\n", ONLY_SEND, "connection-dropped", "provider" },
  { "connection-dropped/pop3", POP3_UP, "RESET\n", ONLY_SEND, "connection-dropped", "provider" },
  { "connection-dropped/smtp", SMTP_UP, "RESET\n", ONLY_RECEIVE, "connection-dropped", "provider" },
  { "connection-dropped/smtp-tls", SMTPS, "RESET\n", ONLY_RECEIVE, "connection-dropped", "provider" },
  { "connection-dropped/after-greeting", SMTPS, "TLS\nS: 220 mail\nC: EHLO\nCLOSE\n", ONLY_RECEIVE, "connection-dropped", "provider" },
  { "closed-after-login/imap", IMAPS, "TLS\n" IMAP_GREETING "C: AUTHENTICATE\nS: {tag} OK\nCLOSE\n", ONLY_SEND, "connection-closed-after-login", "provider" },
  { "closed-after-login/pop3", POP3S, "TLS\nS: +OK\nC: CAPA\nS: +OK\nS: SASL PLAIN\nS: .\nC: AUTH\nS: +OK\nCUT\n", ONLY_SEND, "connection-closed-after-login", "provider" },
  /* other services */
  { "wrong-service/imap-is-smtp", IMAP_UP, "S: 220 mail ESMTP\nHANG\n", ONLY_SEND, "wrong-service-on-port", "user" },
  { "wrong-service/imap-is-pop3", IMAPS, "TLS\n" POP3_GOOD, ONLY_SEND, "wrong-service-on-port", "user" },
  { "wrong-service/pop3-is-imap", POP3S, "TLS\n" IMAP_GOOD, ONLY_SEND, "wrong-service-on-port", "user" },
  { "wrong-service/smtp-is-pop3", SMTP_UP, POP3_GOOD, ONLY_RECEIVE, "wrong-service-on-port", "user" },
  { "wrong-service/smtp-is-imap", SMTPS, "TLS\n" IMAP_GOOD, ONLY_RECEIVE, "wrong-service-on-port", "user" },
  { "wrong-service/tls-on-plain-pop3", SMTPS, POP3_GOOD, ONLY_RECEIVE, "wrong-service-on-port", "user" },
  { "wrong-service/web-server", SMTPS, "TLS\nS: HTTP/1.1 400 Bad Request\nCLOSE\n", ONLY_RECEIVE, "wrong-service-on-port", "user" },
  { "wrong-service/web-server-imap", IMAPS, "TLS\nS: HTTP/1.1 408 Request Timeout\nCLOSE\n", ONLY_SEND, "wrong-service-on-port", "user" },
  { "web-server-in-plain", SMTP_UP, "S: HTTP/1.1 400 Bad Request\nCLOSE\n", ONLY_RECEIVE, "wrong-service-on-port", "user" },
  { "ssh", IMAP_UP, "S: SSH-2.0-OpenSSH_9.2p1\nHANG\n", ONLY_SEND, "malformed-response", "provider" },
  /* encryption chosen wrongly */
  { "tls-on-plain-port/imap", IMAPS, IMAP_STARTTLS_GOOD, ONLY_SEND, "tls-on-plain-port", "user", TRUE },
  { "tls-on-plain-port/pop3", POP3S, POP3_STARTTLS_GOOD, ONLY_SEND, "tls-on-plain-port", "user", TRUE },
  { "tls-on-plain-port/smtp", SMTPS, SMTP_STARTTLS_GOOD, ONLY_RECEIVE, "tls-on-plain-port", "user", TRUE },
  { "tls-required/imap", IMAP_CLEAR, IMAP_STARTTLS_GOOD, ONLY_SEND, "tls-required", "user", TRUE },
  { "tls-required/pop3", POP3_CLEAR, POP3_STARTTLS_GOOD, ONLY_SEND, "tls-required", "user", TRUE },
  { "tls-required/smtp", SMTP_CLEAR, SMTP_STARTTLS_GOOD, ONLY_RECEIVE, "tls-required", "user", TRUE },
  { "tls-required/imap-by-reply", IMAP_CLEAR, IMAP_GREETING IMAP_LOOP ("ON AUTHENTICATE\nS: {tag} NO [PRIVACYREQUIRED] Plaintext authentication disallowed on non-secure (SSL/TLS) connections.\n"), ONLY_SEND, "tls-required", "user" },
  { "tls-required/pop3-by-reply", POP3_CLEAR, "S: +OK ready\n" POP3_LOOP ("ON AUTH\nS: -ERR [AUTH] Plaintext authentication disallowed on non-secure (SSL/TLS) connections.\n"), ONLY_SEND, "tls-required", "user" },
  { "tls-required/smtp-by-reply", SMTP_CLEAR, "S: 220 mail ESMTP\n" SMTP_LOOP ("ON AUTH\nS: 538 5.7.11 Encryption required for requested authentication mechanism\n"), ONLY_RECEIVE, "tls-required", "user" },
  { "tls-version/imap", IMAPS, "TLS\n" IMAP_GOOD, ONLY_SEND, "tls-version-mismatch", "provider", FALSE, 0, NULL, OLD_TLS },
  { "tls-version/pop3-starttls", POP3_UP, POP3_STARTTLS_GOOD, ONLY_SEND, "tls-version-mismatch", "provider", FALSE, 0, NULL, OLD_TLS },
  { "tls-version/smtp", SMTPS, "TLS\n" SMTP_GOOD, ONLY_RECEIVE, "tls-version-mismatch", "provider", FALSE, 0, NULL, OLD_TLS },
  { "tls-aborted/imap", IMAP_UP, "S: * OK [CAPABILITY IMAP4rev1 STARTTLS] ready\nC: STARTTLS\nS: {tag} OK go\nCLOSE\n", ONLY_SEND, "tls-handshake-aborted", "provider" },
  { "tls-aborted/pop3", POP3_UP, "S: +OK\nC: CAPA\nS: +OK\nS: STLS\nS: .\nC: STLS\nS: +OK go\nRESET\n", ONLY_SEND, "tls-handshake-aborted", "provider" },
  { "tls-aborted/smtp", SMTP_UP, "S: 220 mail\nC: EHLO\nS: 250-mail\nS: 250 STARTTLS\nC: STARTTLS\nS: 220 go\nCLOSE\n", ONLY_RECEIVE, "tls-handshake-aborted", "provider" },
  /* STARTTLS */
  { "starttls-not-offered/imap", IMAP_UP, IMAP_GOOD, ONLY_SEND, "starttls-not-offered", "user" },
  { "starttls-not-offered/pop3", POP3_UP, POP3_GOOD, ONLY_SEND, "starttls-not-offered", "user" },
  { "starttls-not-offered/smtp", SMTP_UP, SMTP_GOOD, ONLY_RECEIVE, "starttls-not-offered", "user" },
  { "starttls-not-offered/old-smtp", SMTP_UP, "S: 220 mail\nC: EHLO\nS: 502 5.5.1 what\nC: HELO\nS: 250 mail\nHANG\n", ONLY_RECEIVE, "starttls-not-offered", "user" },
  { "starttls-stripped/smtp", SMTP_UP, "S: 220 ****************\nC: EHLO\nS: 250-mail\nS: 250-XXXXXXXA\nS: 250 HELP\nHANG\n", ONLY_RECEIVE, "starttls-stripped", "network" },
  { "starttls-fails/smtp", SMTP_UP, "S: 220 mail\nC: EHLO\nS: 250-mail\nS: 250 STARTTLS\nC: STARTTLS\nS: 454 4.7.0 TLS not available due to local problem\nHANG\n", ONLY_RECEIVE, "starttls-temporarily-unavailable", "provider" },
  { "starttls-fails/imap", IMAP_UP, "S: * OK [CAPABILITY IMAP4rev1 STARTTLS] ready\nC: STARTTLS\nS: {tag} NO TLS initialization failed.\nHANG\n", ONLY_SEND, "starttls-temporarily-unavailable", "provider" },
  { "starttls-injection/imap", IMAP_UP, "S: * OK [CAPABILITY IMAP4rev1 STARTTLS] ready\nC: STARTTLS\nS- {tag} OK go\\r\\n* CAPABILITY IMAP4rev1 AUTH=PLAIN\\r\\n\nHANG\n", ONLY_SEND, "starttls-injection", "network" },
  { "starttls-injection/pop3", POP3_UP, "S: +OK\nC: CAPA\nS: +OK\nS: STLS\nS: .\nC: STLS\nS- +OK go\\r\\n+OK injected\\r\\n\nHANG\n", ONLY_SEND, "starttls-injection", "network" },
  { "starttls-injection/smtp", SMTP_UP, "S: 220 mail\nC: EHLO\nS: 250-mail\nS: 250 STARTTLS\nC: STARTTLS\nS- 220 go\\r\\n250-mail\\r\\n250 AUTH PLAIN\\r\\n\nHANG\n", ONLY_RECEIVE, "starttls-injection", "network" },
  { "preauth-before-tls", IMAP_UP, "S: * PREAUTH [CAPABILITY IMAP4rev1 STARTTLS] welcome back\nHANG\n", ONLY_SEND, "preauth-before-tls", "network" },
  { "preauth-before-tls/without-starttls", IMAP_UP, "S: * PREAUTH [CAPABILITY IMAP4rev1] welcome back\nHANG\n", ONLY_SEND, "preauth-before-tls", "network" },
  /* nonsense */
  { "malformed/imap-greeting", IMAPS, "TLS\nS: \\xff\\xfe what\nHANG\n", ONLY_SEND, "malformed-response", "provider" },
  { "malformed/imap-foreign-tag", IMAPS, "TLS\nS: * OK ready\nC: CAPABILITY\nS: A1 OK done\nHANG\n", ONLY_SEND, "malformed-response", "provider" },
  { "malformed/imap-early-answer", IMAPS, "TLS\nS: * OK ready\nS: a001 OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] welcome\nC?\nHANG\n", ONLY_SEND, "malformed-response", "provider" },
  { "malformed/imap-giant-literal", IMAPS, "TLS\nS: * OK ready\nC: CAPABILITY\nS: * LIST () \"/\" {4294967296}\nHANG\n", ONLY_SEND, "malformed-response", "provider" },
  { "malformed/imap-endless-line", IMAPS, "TLS\nREPEAT 80000 z\nHANG\n", ONLY_SEND, "malformed-response", "provider" },
  { "malformed/pop3-endless-list", POP3S, "TLS\nS: +OK\nC: CAPA\nS: +OK\nREPEAT 120000 SASL PLAIN\\r\\n\nHANG\n", ONLY_SEND, "malformed-response", "provider" },
  { "malformed/pop3-nul", POP3S, "TLS\nS- +OK a\\0b\\r\\n\nHANG\n", ONLY_SEND, "malformed-response", "provider" },
  { "malformed/smtp-endless-reply", SMTPS, "TLS\nS: 220 mail\nC: EHLO\nREPEAT 120000 250-X\\r\\n\nHANG\n", ONLY_RECEIVE, "malformed-response", "provider" },
  { "malformed/smtp-code", SMTPS, "TLS\nS: 999 mail\nHANG\n", ONLY_RECEIVE, "malformed-response", "provider" },
  { "malformed/endless-challenge", SMTPS, "TLS\nS: 220 mail\nC: EHLO\nS: 250-mail\nS: 250 AUTH PLAIN\nLOOP\nC?\nS: 334 bW9yZQ==\nEND\n", ONLY_RECEIVE, "malformed-response", "provider" },
  /* user name and password, where only this side speaks of them */
  { "username-format/imap", IMAPS, IMAP_NO ("[AUTHENTICATIONFAILED] Please use your full email address as username"), ONLY_SEND, "username-format", "user", FALSE, 0, "anna" },
  { "username-format/pop3", POP3S, POP3_ERR ("[AUTH] Username must be your full e-mail address"), ONLY_SEND, "username-format", "user", FALSE, 0, "anna" },
  { "username-format/smtp", SMTPS, SMTP_REFUSES ("S: 535 5.7.8 Error: user name must be the complete email address\n"), ONLY_RECEIVE, "username-format", "user", FALSE, 0, "anna" },
  { "app-password/imap", IMAPS, IMAP_NO ("[ALERT] Application-specific password required: https://support.google.com/accounts/answer/185833 (Failure)"), ONLY_SEND, "app-password-required", "user" },
  { "app-password/pop3", POP3S, POP3_ERR ("[AUTH] Application-specific password required: https://support.google.com/accounts/answer/185833"), ONLY_SEND, "app-password-required", "user" },
  { "app-password/smtp", SMTPS, SMTP_REFUSES ("S: 534-5.7.9 Application-specific password required. For more information, go to\nS: 534 5.7.9  https://support.google.com/mail/?p=InvalidSecondFactor a1b2 - gsmtp\n"), ONLY_RECEIVE, "app-password-required", "user" },
  { "not-enabled/imap", IMAPS, IMAP_NO ("[ALERT] Your account is not enabled for IMAP use. Please visit your Gmail settings page and enable your account for IMAP access. (Failure)"), ONLY_SEND, "protocol-not-enabled", "user" },
  { "not-enabled/pop3", POP3S, POP3_ERR ("[SYS/PERM] Your account is not enabled for POP access. Please visit your Gmail settings page and enable your account for POP access."), ONLY_SEND, "protocol-not-enabled", "user" },
  { "not-enabled/smtp", SMTPS, SMTP_REFUSES ("S: 535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Mailbox.\n"), ONLY_RECEIVE, "smtp-auth-disabled", "admin" },
  /* ways to sign in */
  { "oauth-required/imap", IMAPS, IMAP_OFFERS ("SASL-IR LOGINDISABLED AUTH=XOAUTH2"), ONLY_SEND, "oauth-required", "user" },
  { "oauth-required/pop3", POP3S, POP3_OFFERS ("S: UIDL\nS: SASL XOAUTH2\n"), ONLY_SEND, "oauth-required", "user" },
  { "oauth-required/smtp", SMTPS, SMTP_OFFERS ("S: 250-AUTH XOAUTH2 OAUTHBEARER\n"), ONLY_RECEIVE, "oauth-required", "user" },
  { "oauth-required/by-reply", IMAPS, IMAP_NO ("Basic authentication is disabled."), ONLY_SEND, "oauth-required", "user" },
  { "mechanism/imap", IMAPS, IMAP_OFFERS ("SASL-IR LOGINDISABLED AUTH=GSSAPI"), ONLY_SEND, "auth-mechanism-unsupported", "user" },
  { "mechanism/pop3", POP3S, POP3_OFFERS ("S: UIDL\nS: SASL GSSAPI NTLM\n"), ONLY_SEND, "auth-mechanism-unsupported", "user" },
  { "mechanism/smtp", SMTPS, SMTP_OFFERS ("S: 250-AUTH GSSAPI NTLM\n"), ONLY_RECEIVE, "auth-mechanism-unsupported", "user" },
  { "mechanism/encrypted-wanted", SMTPS, "TLS\n" SMTP_GOOD, ONLY_RECEIVE, "auth-mechanism-unsupported", "user", TRUE, POSTWEG_AUTH_ENCRYPTED },
  { "mechanism/504", SMTPS, SMTP_REFUSES ("S: 504 5.5.4 Unrecognized authentication type\n"), ONLY_RECEIVE, "auth-mechanism-unsupported", "user" },
  { "auth-not-offered/smtp", SMTPS, SMTP_OFFERS ("S: 250-SIZE 10240000\n"), ONLY_RECEIVE, "auth-not-offered", "user" },
  { "auth-not-offered/smtp-starttls", SMTP_UP, SMTP_TO_TLS ("S: 250-STARTTLS\n") "LOOP\n" SMTP_EHLO ("S: 250-SIZE 0\n") SMTP_REST, ONLY_RECEIVE, "auth-not-offered", "user" },
  /* sending */
  { "send-auth-missing/530", SMTPS, SMTP_BEHIND ("ON MAIL FROM\nS: 530 5.7.0 Authentication required\n"), ONLY_RECEIVE, "send-auth-missing", "user", FALSE, POSTWEG_AUTH_NONE },
  { "send-auth-missing/not-set-up", SMTPS, SMTP_BEHIND ("ON MAIL FROM\nS: 530 5.7.1 Authentication required\n"), ONLY_RECEIVE, "send-auth-missing", "user", FALSE, POSTWEG_AUTH_NONE },
  { "send-auth-missing/relay", SMTPS, SMTP_BEHIND ("ON RCPT TO\nS: 554 5.7.1 <anna@firm.example>: Relay access denied\n"), ONLY_RECEIVE, "send-auth-missing", "user", FALSE, POSTWEG_AUTH_NONE },
  { "client-id/helps", IMAPS, "TLS\nS: * OK [CAPABILITY IMAP4rev1 SASL-IR ID AUTH=PLAIN] ready\nLOOP\n" IMAP_PLAIN_OK "ON EXAMINE\nS: {tag} NO EXAMINE Unsafe Login. Please contact support\n" IMAP_FOLDERS ("/") "ON ID (\"name\"\nS: * ID NIL\nS: {tag} OK done\nLEAVE\nON\nS: {tag} BAD unknown\nEND\nLOOP\n" IMAP_MAILBOX ("/") IMAP_REST, "works-with-note", "client-id-required", "user" },
  { "client-id/does-not-help", IMAPS, "TLS\nS: * OK [CAPABILITY IMAP4rev1 SASL-IR ID AUTH=PLAIN] ready\nLOOP\n" IMAP_PLAIN_OK "ON EXAMINE\nS: {tag} NO EXAMINE Unsafe Login. Please contact support\n" IMAP_FOLDERS ("/") "ON ID\nS: * ID NIL\nS: {tag} OK done\n" IMAP_REST, "send-only", "client-id-required", "user" },
  { "sender-not-owned/postfix", SMTPS, SMTP_BEHIND ("ON RCPT TO\nS: 553 5.7.1 <anna@firm.example>: Sender address rejected: not owned by user anna\n"), ONLY_RECEIVE, "sender-not-owned", "user" },
  { "sender-not-owned/no-words", SMTPS, SMTP_BEHIND ("ON MAIL FROM:<anna@firm.example>\nS: 550 5.7.1 Rejected\nON MAIL FROM:<boss@firm.example>\nS: 250 fine\nON RSET\nS: 250 fine\nON RCPT TO\nS: 250 fine\n"), ONLY_RECEIVE, "sender-not-owned", "user", TRUE, POSTWEG_AUTH_PASSWORD, "boss@firm.example" },
  { "sender-not-owned/at-mail", SMTPS, SMTP_BEHIND ("ON MAIL FROM\nS: 550 5.7.60 SMTP; Client does not have permissions to send as this sender\n"), ONLY_RECEIVE, "sender-not-owned", "user" },
  { "sender-not-owned/pipelined", SMTPS, "TLS\nS: 220 mail ESMTP\nLOOP\n" SMTP_EHLO ("S: 250-PIPELINING\nS: 250-AUTH PLAIN\n") SMTP_PLAIN_OK "ON MAIL FROM\nS: 550 5.7.1 Sender address is not allowed for this account\n" SMTP_REST, ONLY_RECEIVE, "sender-not-owned", "user" },
  /* storage and passing trouble */
  { "full/imap-quota", IMAPS, "TLS\nS: * OK [CAPABILITY IMAP4rev1 SASL-IR QUOTA AUTH=PLAIN] ready\n" IMAP_LOOP (IMAP_PLAIN_OK "ON GETQUOTAROOT\nS: * QUOTAROOT INBOX \"\"\nS: * QUOTA \"\" (STORAGE 1024 1024)\nS: {tag} OK\n"), "works-with-note", "own-mailbox-full", "user" },
  { "full/nearly", IMAPS, "TLS\nS: * OK [CAPABILITY IMAP4rev1 SASL-IR QUOTA AUTH=PLAIN] ready\n" IMAP_LOOP (IMAP_PLAIN_OK "ON GETQUOTAROOT\nS: * QUOTAROOT INBOX \"\"\nS: * QUOTA \"\" (STORAGE 970 1000)\nS: {tag} OK\n"), "works-with-note", "own-mailbox-full", "user" },
  { "temporary/imap-greeting", IMAPS, "TLS\nS: * BYE [UNAVAILABLE] Server is down for maintenance\nCLOSE\n", ONLY_SEND, "server-temporary-failure", "provider" },
  { "temporary/imap-sign-in", IMAPS, IMAP_NO ("[UNAVAILABLE] Temporary authentication failure."), ONLY_SEND, "auth-backend-failure", "provider" },
  { "temporary/imap-mailbox", IMAPS, IMAP_BEHIND ("ON EXAMINE\nS: {tag} NO [SERVERBUG] Internal error, please try again later\n"), ONLY_SEND, "server-temporary-failure", "provider" },
  { "misconfigured/imap", IMAPS, IMAP_BEHIND ("ON EXAMINE\nS: {tag} NO [SERVERBUG] Internal error occurred. Refer to server log for more information.\n"), ONLY_SEND, "server-misconfigured", "provider" },
  { "misconfigured/pop3", POP3S, "TLS\nS: +OK ready\n" POP3_LOOP (POP3_PLAIN_OK "ON STAT\nS: -ERR [SYS/PERM] Unable to open mailbox\n"), ONLY_SEND, "server-misconfigured", "provider" },
  { "temporary/pop3", POP3S, "TLS\nS: -ERR [SYS/TEMP] Server busy, please try again later\nCLOSE\n", ONLY_SEND, "server-temporary-failure", "provider" },
  { "temporary/smtp-greeting", SMTPS, "TLS\nS: 421 4.3.2 Service not available, closing transmission channel\nCLOSE\n", ONLY_RECEIVE, "server-temporary-failure", "provider" },
  { "temporary/smtp-mail", SMTPS, SMTP_BEHIND ("ON MAIL FROM\nS: 451 4.3.0 Temporary lookup failure\n"), ONLY_RECEIVE, "server-temporary-failure", "provider" },
  { "in-use/pop3", POP3S, POP3_ERR ("[IN-USE] Do you have another POP session running?"), ONLY_SEND, "mailbox-in-use", "user" },
  { "too-many/imap", IMAPS, "TLS\nS: * BYE [ALERT] Too many simultaneous connections. (Failure)\nCLOSE\n", ONLY_SEND, "too-many-connections", "user" },
};

/* Healthy servers: no finding, whatever their habits. */
static const ScriptRow healthy_rows[] = {
  { "dovecot", IMAPS, "TLS\nS: * OK [CAPABILITY IMAP4rev1 SASL-IR LOGIN-REFERRALS ID ENABLE IDLE LITERAL+ AUTH=PLAIN AUTH=LOGIN] Dovecot ready.\n" IMAP_LOOP ("ON AUTHENTICATE PLAIN\nS: {tag} OK [CAPABILITY IMAP4rev1 SASL-IR LOGIN-REFERRALS ID ENABLE IDLE SORT LIST-EXTENDED QUOTA SPECIAL-USE LITERAL+] Logged in\n" "ON GETQUOTAROOT\nS: * QUOTAROOT \"INBOX\" \"User quota\"\nS: * QUOTA \"User quota\" (STORAGE 12 1048576 MESSAGE 3 100000)\nS: {tag} OK Getquotaroot completed (0.001 + 0.000 secs).\n"), "works" },
  { "dovecot/starttls", IMAP_UP, IMAP_STARTTLS_GOOD, "works" },
  { "exchange", IMAPS, "TLS\nS: * OK The Microsoft Exchange IMAP4 service is ready. [TABPADQAUABSADAAMQA=]\nLOOP\nON CAPABILITY\nS: * CAPABILITY IMAP4 IMAP4rev1 AUTH=PLAIN AUTH=XOAUTH2 SASL-IR UIDPLUS MOVE ID UNSELECT CHILDREN IDLE NAMESPACE LITERAL+\nS: {tag} OK CAPABILITY completed.\nON AUTHENTICATE PLAIN\nS: {tag} OK AUTHENTICATE completed.\n" IMAP_MAILBOX ("/") IMAP_REST, "works" },
  { "courier", IMAPS, "TLS\nS: * OK [CAPABILITY IMAP4rev1 UIDPLUS CHILDREN NAMESPACE THREAD=ORDEREDSUBJECT THREAD=REFERENCES SORT QUOTA IDLE ACL ACL2=UNION] Courier-IMAP ready. Copyright 1998-2018 Double Precision, Inc.  See COPYING for distribution information.\nLOOP\nON LOGIN\nS: * OK [ALERT] Filesystem notification initialization error -- contact your mail administrator\nS: {tag} OK LOGIN Ok.\nON GETQUOTAROOT\nS: * QUOTAROOT \"INBOX\" \"ROOT\"\nS: * QUOTA \"ROOT\" (STORAGE 3110 1000000)\nS: {tag} OK GETQUOTAROOT Ok.\n" IMAP_MAILBOX (".") IMAP_REST, "works" },
  { "gmail", IMAPS, "TLS\nS: * OK Gimap ready for requests from 192.0.2.7 a1mb123\nLOOP\nON CAPABILITY\nS: * CAPABILITY IMAP4rev1 UNSELECT IDLE NAMESPACE QUOTA ID XLIST CHILDREN X-GM-EXT-1 XYZZY SASL-IR AUTH=XOAUTH2 AUTH=PLAIN AUTH=PLAIN-CLIENTTOKEN AUTH=OAUTHBEARER\nS: {tag} OK Thats all she wrote! a1mb123\nON AUTHENTICATE PLAIN\nS: * CAPABILITY IMAP4rev1 UNSELECT IDLE NAMESPACE QUOTA ID XLIST CHILDREN X-GM-EXT-1 UIDPLUS COMPRESS=DEFLATE ENABLE MOVE CONDSTORE ESEARCH UTF8=ACCEPT LIST-EXTENDED LIST-STATUS LITERAL- SPECIAL-USE APPENDLIMIT=35651584\nS: {tag} OK anna@firm.example authenticated (Success)\nON LIST\nS: * LIST (\\\\HasNoChildren) \"/\" \"INBOX\"\nS: * LIST (\\\\HasChildren \\\\Noselect) \"/\" \"[Gmail]\"\nS: * LIST (\\\\HasNoChildren \\\\Sent) \"/\" \"[Gmail]/Gesendet\"\nS: {tag} OK Success\nON EXAMINE\nS: * FLAGS (\\\\Answered)\nS: * 17 EXISTS\nS: {tag} OK [READ-ONLY] INBOX selected. (Success)\nON GETQUOTAROOT\nS: * QUOTAROOT \"INBOX\" \"\"\nS: * QUOTA \"\" (STORAGE 1024000 15728640)\nS: {tag} OK Success\n" IMAP_REST, "works" },
  { "cyrus", IMAPS, "TLS\nS: * OK [CAPABILITY IMAP4rev1 LITERAL+ ID ENABLE AUTH=CRAM-MD5 AUTH=PLAIN SASL-IR] mail Cyrus IMAP 3.6.1-Debian server ready\n" IMAP_LOOP ("ON AUTHENTICATE PLAIN\nS: {tag} OK [CAPABILITY IMAP4rev1 LITERAL+ ID ENABLE QUOTA] Success (tls protection) SESSIONID=<a>\nON GETQUOTAROOT\nS: * QUOTAROOT INBOX\nS: {tag} OK Completed\n"), "works" },
  { "hmailserver", IMAPS, "TLS\nS: * OK IMAPrev1\nLOOP\nON CAPABILITY\nS: * CAPABILITY IMAP4 IMAP4rev1 CHILDREN IDLE QUOTA SORT ACL NAMESPACE RIGHTS=texk\nS: {tag} OK CAPABILITY completed\nON LOGIN\nS: {tag} OK LOGIN completed\nON GETQUOTAROOT\nS: {tag} NO QUOTA is not enabled for this account.\n" IMAP_MAILBOX (".") IMAP_REST, "works" },
  { "folder-names-as-literals", IMAPS, IMAP_BEHIND ("ON LIST\nS: * LIST (\\\\Sent) \"/\" {9}\nS: Gesendet1\nS: * LIST () \"/\" \"Entw&APw-rfe\"\nS: {tag} OK\nON EXAMINE\nS: * 0 EXISTS\nS: {tag} OK\n"), "works" },
  { "preauth-under-tls", IMAPS, "TLS\nS: * PREAUTH [CAPABILITY IMAP4rev1] signed in by certificate\nLOOP\n" IMAP_MAILBOX ("/") IMAP_REST, "works" },
  { "unasked-news", IMAPS, IMAP_BEHIND ("ON EXAMINE\nS: * FLAGS ()\nS: * 5 EXISTS\nS: * 1 EXPUNGE\nS: * 4 EXISTS\nS: * OK [ALERT] The system goes down at noon\nS: {tag} OK\n"), "works" },
  { "bare-line-feeds", IMAPS, "TLS\nS- * OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN] ready\\n\n" IMAP_LOOP (IMAP_PLAIN_OK), "works" },
  { "pop3/dovecot", POP3S, "TLS\nS: +OK Dovecot ready.\nLOOP\n" POP3_CAPA ("S: CAPA\nS: TOP\nS: UIDL\nS: RESP-CODES\nS: PIPELINING\nS: AUTH-RESP-CODE\nS: USER\nS: SASL PLAIN LOGIN\n") POP3_PLAIN_OK POP3_REST, "works" },
  { "pop3/stls", POP3_UP, POP3_STARTTLS_GOOD, "works" },
  { "pop3/exchange", POP3S, "TLS\nS: +OK The Microsoft Exchange POP3 service is ready. [TABPADQAUABSADAAMQA=]\nLOOP\n" POP3_CAPA ("S: TOP\nS: UIDL\nS: SASL PLAIN XOAUTH2\nS: USER\n") POP3_PLAIN_OK POP3_REST, "works" },
  { "pop3/gmail", POP3S, "TLS\nS: +OK Gpop ready for requests from 192.0.2.7 a1mb123\nLOOP\n" POP3_CAPA ("S: USER\nS: RESP-CODES\nS: EXPIRE 0\nS: LOGIN-DELAY 300\nS: TOP\nS: UIDL\nS: X-GOOGLE-RICO\nS: SASL PLAIN XOAUTH2 OAUTHBEARER\n") "ON AUTH PLAIN\nS: +OK Welcome.\n" POP3_REST, "works" },
  { "pop3/qpopper", POP3S, "TLS\nS: +OK QPOP (version 2.53) at mail starting.  <1896.697170952@mail>\nLOOP\nON CAPA\nS: -ERR Unknown command: \"capa\".\n" POP3_USER_OK "ON STAT\nS: +OK 0 0\nON UIDL\nS: +OK uidl command accepted.\nS: .\n" "ON QUIT\nS: +OK Pop server signing off.\nCLOSE\nEND\n", "works" },
  { "pop3/user-only", POP3S, "TLS\nS: +OK ready\nLOOP\n" POP3_CAPA ("S: USER\nS: UIDL\n") POP3_USER_OK POP3_REST, "works" },
  { "smtp/postfix", SMTPS, "TLS\nS: 220 mail.firm.example ESMTP Postfix (Debian/GNU)\nLOOP\n" SMTP_EHLO ("S: 250-PIPELINING\nS: 250-SIZE 10240000\nS: 250-VRFY\nS: 250-ETRN\nS: 250-AUTH PLAIN LOGIN\nS: 250-ENHANCEDSTATUSCODES\nS: 250-8BITMIME\nS: 250-DSN\nS: 250-SMTPUTF8\nS: 250-CHUNKING\n") SMTP_PLAIN_OK SMTP_REST, "works" },
  { "smtp/starttls", SMTP_UP, SMTP_STARTTLS_GOOD, "works" },
  { "smtp/exchange", SMTP_UP, "S: 220 AM0PR01CA0092.outlook.office365.com Microsoft ESMTP MAIL Service ready at Tue, 3 Jun 2025 07:00:00 +0000\nLOOP\nON EHLO\nS: 250-AM0PR01CA0092.outlook.office365.com Hello [192.0.2.7]\nS: 250-SIZE 157286400\nS: 250-PIPELINING\nS: 250-STARTTLS\nS: 250 SMTPUTF8\nON STARTTLS\nS: 220 2.0.0 SMTP server ready\nLEAVE\nEND\nTLS\nLOOP\n" SMTP_EHLO ("S: 250-SIZE 157286400\nS: 250-PIPELINING\nS: 250-AUTH LOGIN XOAUTH2\n") "ON AUTH LOGIN\nS: 334 VXNlcm5hbWU6\nC+\nS: 334 UGFzc3dvcmQ6\nC+\nS: 235 2.7.0 Authentication successful\n" SMTP_REST, "works" },
  { "smtp/exim", SMTPS, "TLS\nS: 220 mail.firm.example ESMTP Exim 4.96 Tue, 03 Jun 2025 09:00:00 +0200\nLOOP\nON EHLO\nS: 250-mail.firm.example Hello [127.0.0.1] [192.0.2.7]\nS: 250-SIZE 52428800\nS: 250-8BITMIME\nS: 250-PIPELINING\nS: 250-PIPECONNECT\nS: 250-AUTH PLAIN LOGIN\nS: 250 HELP\nON AUTH PLAIN\nS: 235 Authentication succeeded\nON MAIL FROM\nS: 250 OK\nON RCPT TO\nS: 250 Accepted\nON RSET\nS: 250 Reset OK\nON QUIT\nS: 221 mail.firm.example closing connection\nCLOSE\nEND\n", "works" },
  { "smtp/gmail", SMTPS, "TLS\nS: 220 smtp.gmail.com ESMTP a1mb123 - gsmtp\nLOOP\nON EHLO\nS: 250-smtp.gmail.com at your service, [192.0.2.7]\nS: 250-SIZE 35882577\nS: 250-8BITMIME\nS: 250-AUTH LOGIN PLAIN XOAUTH2 PLAIN-CLIENTTOKEN OAUTHBEARER XOAUTH\nS: 250-ENHANCEDSTATUSCODES\nS: 250-PIPELINING\nS: 250-CHUNKING\nS: 250 SMTPUTF8\nON AUTH PLAIN\nS: 235 2.7.0 Accepted\nON MAIL FROM\nS: 250 2.1.0 OK a1mb123 - gsmtp\nON RCPT TO\nS: 250 2.1.5 OK a1mb123 - gsmtp\nON RSET\nS: 250 2.1.5 Flushed a1mb123 - gsmtp\nON QUIT\nS: 221 2.0.0 closing connection a1mb123 - gsmtp\nCLOSE\nEND\n", "works" },
  { "smtp/qmail", SMTPS, "TLS\nS: 220-mail.firm.example ESMTP\nS: 220 welcome\nLOOP\nON EHLO\nS: 250-mail.firm.example\nS: 250-AUTH=LOGIN PLAIN\nS: 250-PIPELINING\nS: 250 8BITMIME\nON AUTH PLAIN\nS: 235 ok, go ahead (#2.0.0)\nON MAIL FROM\nS: 250 ok\nON RCPT TO\nS: 250 ok\nON RSET\nS: 250 flushed\nON QUIT\nS: 221 mail.firm.example\nCLOSE\nEND\n", "works" },
  { "smtp/no-sign-in-needed", SMTPS, SMTP_OFFERS ("S: 250-SIZE 0\n"), "works", NULL, NULL, FALSE, POSTWEG_AUTH_NONE },
};
/* clang-format on */
