/* One refusal on one side each, for the causes that only a server's words and codes tell; the other side is healthy. */
#pragma once
#include "script-rows.h"

#define IMAP_TOKEN(answer)                                                                                   \
  "TLS\nS: * OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=XOAUTH2 AUTH=OAUTHBEARER] ready\n" IMAP_LOOP (            \
      "ON AUTHENTICATE\n" answer)
#define POP3_TOKEN(answer)                                                                                   \
  "TLS\nS: +OK ready\nLOOP\n" POP3_CAPA ("S: UIDL\nS: SASL XOAUTH2\n") "ON AUTH\n" answer POP3_REST
#define SMTP_TOKEN(answer)                                                                                   \
  "TLS\nS: 220 mail ESMTP\nLOOP\n" SMTP_EHLO ("S: 250-AUTH XOAUTH2\n") "ON AUTH\n" answer SMTP_REST
/* {"status":"401","schemes":"bearer","scope":"mail"} */
#define TOKEN_JSON "eyJzdGF0dXMiOiI0MDEiLCJzY2hlbWVzIjoiYmVhcmVyIiwic2NvcGUiOiJtYWlsIn0="
#define TOKEN FALSE, POSTWEG_AUTH_OAUTH2
#define TLS_ALERT(hex) "S- \\x15\\x03\\x03\\0\\x02\\x02\\x" hex "\nHANG\n" /* a fatal one (RFC 8446 6) */
#define ONLY_RSA "NORMAL:-VERS-ALL:+VERS-TLS1.2:-KX-ALL:+RSA" /* which does not go with the certificate */
#define AT_MAIL(reply) SMTP_BEHIND ("ON MAIL FROM\nS: " reply "\n")
#define AT_RCPT(reply) SMTP_BEHIND ("ON RCPT TO\nS: " reply "\n")

/* clang-format off */
static const ScriptRow reply_rows[] = {
  /* encryption */
  { "cipher/imap", IMAPS, "TLS\n" IMAP_GOOD, ONLY_SEND, "tls-cipher-mismatch", "provider", FALSE, 0, NULL, ONLY_RSA },
  { "cipher/pop3-stls", POP3_UP, POP3_STARTTLS_GOOD, ONLY_SEND, "tls-cipher-mismatch", "provider", FALSE, 0, NULL, ONLY_RSA },
  { "cipher/smtp", SMTPS, "TLS\n" SMTP_GOOD, ONLY_RECEIVE, "tls-cipher-mismatch", "provider", FALSE, 0, NULL, ONLY_RSA },
  { "sni/imap", IMAPS, TLS_ALERT ("70"), ONLY_SEND, "sni-required", "user" },
  { "sni/pop3", POP3S, TLS_ALERT ("70"), ONLY_SEND, "sni-required", "user" },
  { "sni/smtp", SMTPS, TLS_ALERT ("70"), ONLY_RECEIVE, "sni-required", "user" },
  { "client-certificate/imap", IMAPS, TLS_ALERT ("74"), ONLY_SEND, "client-cert-required", "admin" },
  { "client-certificate/smtp", SMTPS, TLS_ALERT ("74"), ONLY_RECEIVE, "client-cert-required", "admin" },
  { "revoked/imap", IMAPS, "TLS\n" IMAP_GOOD, ONLY_SEND, "cert-revoked", "provider", .revoked = TRUE },
  { "revoked/pop3-stls", POP3_UP, POP3_STARTTLS_GOOD, ONLY_SEND, "cert-revoked", "provider", .revoked = TRUE },
  { "revoked/smtp", SMTPS, "TLS\n" SMTP_GOOD, ONLY_RECEIVE, "cert-revoked", "provider", .revoked = TRUE },
  { "revoked/smtp-starttls", SMTP_UP, SMTP_STARTTLS_GOOD, ONLY_RECEIVE, "cert-revoked", "provider", .revoked = TRUE },
  { "mail-proxy/smtp", SMTP_UP, "S: 421 Cannot connect to SMTP server 192.0.2.9 (192.0.2.9:587), connect error 10060\nCLOSE\n", ONLY_RECEIVE, "local-mail-proxy", "user" },
  { "mail-proxy/pop3", POP3_UP, "S: -ERR Cannot connect to POP server 192.0.2.9 (192.0.2.9:110), connect error 10061\nCLOSE\n", ONLY_SEND, "local-mail-proxy", "user" },
  /* policies, tokens, approval */
  { "policy/imap", IMAPS, IMAP_NO ("LOGIN failed: user is locked by your organization's security defaults policy. Contact your administrator."), ONLY_SEND, "access-policy-blocked", "admin" },
  { "policy/smtp", SMTPS, SMTP_REFUSES ("S: 535 5.7.139 Authentication unsuccessful, user is locked by your organization's security defaults policy. Contact your administrator.\n"), ONLY_RECEIVE, "access-policy-blocked", "admin" },
  { "token/imap", IMAPS, IMAP_TOKEN ("S: + " TOKEN_JSON "\nC+\nS: {tag} NO AUTHENTICATE failed.\n"), ONLY_SEND, "oauth-token-rejected", "user", TOKEN },
  { "token/pop3", POP3S, POP3_TOKEN ("S: + " TOKEN_JSON "\nC+\nS: -ERR Authentication failure\n"), ONLY_SEND, "oauth-token-rejected", "user", TOKEN },
  { "token/smtp", SMTPS, SMTP_TOKEN ("S: 334 " TOKEN_JSON "\nC+\nS: 535 5.7.8 Authentication failed\n"), ONLY_RECEIVE, "oauth-token-rejected", "user", TOKEN },
  { "approval/imap", IMAPS, IMAP_TOKEN ("S: {tag} NO AUTHENTICATE failed: AADSTS65001 the user or administrator has not consented to use the application\n"), ONLY_SEND, "oauth-consent-missing", "admin", TOKEN },
  { "approval/smtp", SMTPS, SMTP_TOKEN ("S: 535 5.7.3 AADSTS65001 the user or administrator has not consented to use the application\n"), ONLY_RECEIVE, "oauth-consent-missing", "admin", TOKEN },
  /* accounts */
  { "mailbox-of-others/imap", IMAPS, IMAP_BEHIND ("ON EXAMINE\nS: {tag} BAD User is authenticated but not connected.\n"), ONLY_SEND, "mailbox-not-permitted", "admin" },
  { "browser-first/imap", IMAPS, IMAP_NO ("[WEBALERT https://mail.firm.example/continue] Web login required."), ONLY_SEND, "web-login-required", "user" },
  { "browser-first/pop3", POP3S, POP3_ERR ("[AUTH] Web login required: https://mail.firm.example/continue"), ONLY_SEND, "web-login-required", "user" },
  { "browser-first/smtp", SMTPS, SMTP_REFUSES ("S: 534-5.7.14 Please log in via your web browser and then try again.\nS: 534 5.7.14 Learn more at https://mail.firm.example/continue\n"), ONLY_RECEIVE, "web-login-required", "user" },
  { "too-many-attempts/imap", IMAPS, IMAP_NO ("[LIMIT] Too many login attempts, please try again in an hour"), ONLY_SEND, "too-many-login-attempts", "user" },
  { "too-many-attempts/pop3", POP3S, POP3_ERR ("[LOGIN-DELAY] Too many failed login attempts, access is paused"), ONLY_SEND, "too-many-login-attempts", "user" },
  { "too-many-attempts/smtp", SMTPS, SMTP_REFUSES ("S: 454 4.7.0 Too many login attempts, please try again later.\n"), ONLY_RECEIVE, "too-many-login-attempts", "user" },
  { "locked/imap", IMAPS, IMAP_NO ("[CONTACTADMIN] This account has been suspended"), ONLY_SEND, "account-locked", "provider" },
  { "locked/pop3", POP3S, POP3_ERR ("[AUTH] Your account has been suspended"), ONLY_SEND, "account-locked", "provider" },
  { "locked/smtp", SMTPS, SMTP_REFUSES ("S: 535 5.7.13 User account disabled\n"), ONLY_RECEIVE, "account-locked", "provider" },
  { "password-expired/imap", IMAPS, IMAP_NO ("[EXPIRED] That password is not valid any more"), ONLY_SEND, "password-change-required", "user" },
  { "password-expired/pop3", POP3S, POP3_ERR ("[AUTH] Your password has expired, change it in the webmail"), ONLY_SEND, "password-change-required", "user" },
  { "password-expired/smtp", SMTPS, SMTP_REFUSES ("S: 432 4.7.12 A password transition is needed\n"), ONLY_RECEIVE, "password-change-required", "user" },
  { "country/imap", IMAPS, IMAP_NO ("[ALERT] Login from this country is not allowed"), ONLY_SEND, "login-location-blocked", "provider" },
  { "country/pop3", POP3S, POP3_ERR ("[AUTH] Login from this country is blocked"), ONLY_SEND, "login-location-blocked", "provider" },
  { "country/smtp", SMTPS, SMTP_REFUSES ("S: 535 5.7.1 Login from this country is blocked\n"), ONLY_RECEIVE, "login-location-blocked", "provider" },
  { "throttled/imap", IMAPS, IMAP_BEHIND ("ON EXAMINE\nS: {tag} NO [OVERQUOTA] Account exceeded command or bandwidth limits.\n"), ONLY_SEND, "rate-limited", "user" },
  { "throttled/smtp", SMTPS, AT_MAIL ("451 4.7.500 Server busy. Please slow down"), ONLY_RECEIVE, "rate-limited", "user" },
  { "login-delay/pop3", POP3S, POP3_ERR ("[LOGIN-DELAY] minimum time between mail checks violation"), ONLY_SEND, "pop-login-delay", "user" },
  /* sending */
  { "pop-before-smtp", SMTPS, AT_RCPT ("553 To send mail, first check your mail with a valid POP account"), ONLY_RECEIVE, "pop-before-smtp", "user" },
  { "wrong-server", SMTPS, AT_RCPT ("554 5.7.1 <anna@firm.example>: Relay access denied"), ONLY_RECEIVE, "wrong-smtp-server", "user" },
  { "not-verified", SMTPS, AT_MAIL ("554 Message rejected: Email address is not verified"), ONLY_RECEIVE, "sender-not-verified", "user" },
  { "sender-invalid", SMTPS, AT_MAIL ("553 5.1.8 <anna@firm.example>: Sender address rejected: Domain not found"), ONLY_RECEIVE, "sender-address-invalid", "user" },
  { "helo", SMTPS, "TLS\nS: 220 mail\nLOOP\nON EHLO\nS: 504 5.5.2 <[127.0.0.1]>: Helo command rejected: need fully-qualified hostname\n" SMTP_REST, ONLY_RECEIVE, "helo-rejected", "user" },
  { "block-list/greeting", SMTPS, "TLS\nS: 554 5.7.1 Service unavailable; client host [192.0.2.7] blocked using bl.example; https://bl.example/192.0.2.7\nCLOSE\n", ONLY_RECEIVE, "ip-blocklisted", "network" },
  { "block-list/rcpt", SMTP_UP, SMTP_TO_TLS ("S: 250-STARTTLS\n") SMTP_LOOP (SMTP_PLAIN_OK "ON RCPT TO\nS: 554 5.7.1 Service unavailable; client host [192.0.2.7] blocked using bl.example\n"), ONLY_RECEIVE, "ip-blocklisted", "network" },
  { "dynamic-address", SMTPS, AT_RCPT ("550 5.7.1 Dynamic IP addresses are not allowed, please use the mail server of your internet provider"), ONLY_RECEIVE, "dynamic-ip-rejected", "network" },
  { "reverse-dns", SMTPS, AT_RCPT ("450 4.7.25 Client host rejected: cannot find your reverse hostname, [192.0.2.7]"), ONLY_RECEIVE, "reverse-dns-missing", "admin" },
  { "limit/hour", SMTPS, AT_RCPT ("450 4.7.1 You have exceeded the number of messages per hour"), ONLY_RECEIVE, "send-limit-reached", "user" },
  { "limit/code", SMTPS, AT_MAIL ("550 5.4.5 Daily user sending limit exceeded"), ONLY_RECEIVE, "send-limit-reached", "user" },
  { "abuse", SMTPS, AT_RCPT ("550 5.1.8 Access denied, bad outbound sender AS(42004)"), ONLY_RECEIVE, "sending-blocked-for-abuse", "user" },
  { "too-large", SMTPS, AT_MAIL ("552 5.3.4 Message size exceeds fixed limit"), ONLY_RECEIVE, "message-too-large", "user" },
  { "too-many-recipients", SMTPS, AT_RCPT ("452 4.5.3 Too many recipients"), ONLY_RECEIVE, "too-many-recipients", "user" },
  { "recipient-unknown", SMTPS, AT_RCPT ("550 5.1.1 <anna@firm.example>: Recipient address rejected: User unknown"), ONLY_RECEIVE, "recipient-unknown", "user" },
  { "recipient-full", SMTPS, AT_RCPT ("452 4.2.2 The recipient's mailbox is over its storage limit"), ONLY_RECEIVE, "recipient-mailbox-full", "nobody" },
  { "greylisted", SMTPS, AT_RCPT ("451 4.7.1 Greylisting in action, please come back in 5 minutes"), ONLY_RECEIVE, "greylisted", "nobody" },
  { "spf", SMTPS, AT_RCPT ("550 5.7.23 The message was rejected because of SPF policy"), ONLY_RECEIVE, "sender-auth-failed", "admin" },
  { "protocol-error/smtp", SMTPS, AT_MAIL ("554 SMTP synchronization error"), ONLY_RECEIVE, "protocol-error", "program" },
  { "too-many/smtp", SMTPS, "TLS\nS: 421 4.7.0 Too many concurrent connections from your address\nCLOSE\n", ONLY_RECEIVE, "too-many-connections", "user" },
  { "too-many/pop3", POP3S, POP3_ERR ("[SYS/TEMP] Maximum number of connections from user+IP exceeded"), ONLY_SEND, "too-many-connections", "user" },
  { "smtp-off", SMTPS, SMTP_REFUSES ("S: 535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant.\n"), ONLY_RECEIVE, "smtp-auth-disabled", "admin" },
};
/* clang-format on */
