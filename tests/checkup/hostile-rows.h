/* What only one protocol or one moment knows of hostile servers; what every step of every protocol can meet stands in hostile-spots.h.
 *
 * Cases of other tables, not repeated here:
 *   STARTTLS hidden, refused, answered with 334, 454, "+"; EHLO or CAPA unknown; text behind the answer; PREAUTH   probe/test-scripts, script-rows.h
 *   TLS version, cipher, alerts, cut handshakes, revoked and wrong certificates                                   script-rows.h, reply-rows.h, probe/test-lab
 *   SCRAM with a foreign signature, without one, without its end; CRAM, APOP, OAuth challenges                     wire/test-sasl, probe/test-sign-in
 *   endless lines, lists and challenges, NUL, giant literals (one protocol each), foreign tags, early answers      script-rows.h
 *   long silence with the usual limits, a byte now and then                                                        test-silence
 *   silent, refusing and lying name servers, swallowed packets, a page on every port                               test-network */
#pragma once
#include "script-rows.h"

#define NOT_SIGNED_IN FALSE
#define SIGNED_IN                                                                                            \
  TRUE /* the server got as far as the sign-in, behind proven encryption: the password is its due */
#define MALFORMED "malformed-response"
#define INJECTION "starttls-injection"
#define HUNG_UP "connection-dropped"
#define WELL "works"

typedef struct {
  const char *name;
  PostwegProtocol protocol;
  PostwegSecurity security;
  const char *script; /* {other}: the port of a server where nobody may ever be seen */
  const char *
      causes; /* allowed ones, with bars between; WELL: no finding; with a star: notes may stand beside a working account */
  gboolean signs_in;
  PostwegAuth auth;
  const char *priority;
  gboolean long_chain; /* the server shows its certificate 150 times */
  guint timeout_s;     /* 0: 20 */
} HostileRow;

#define IMAP_ASKS "S: * OK [CAPABILITY IMAP4rev1 STARTTLS] ready\nC: STARTTLS\n"
#define POP3_ASKS "S: +OK ready\nC: CAPA\nS: +OK\nS: STLS\nS: .\nC: STLS\n"
#define SMTP_ASKS "S: 220 mail\nC: EHLO\nS: 250-mail\nS: 250 STARTTLS\nC: STARTTLS\n"
#define LITERAL(size) "TLS\nS: * OK ready\nC: CAPABILITY\nS: * LIST () \"/\" {" size "}\nHANG\n"
#define BEFORE_LOGIN(text) "TLS\n" IMAP_GREETING text IMAP_LOOP (IMAP_PLAIN_OK)
#define SIXTY(word)                                                                                          \
  word "01 " word "02 " word "03 " word "04 " word "05 " word "06 " word "07 " word "08 " word "09 " word    \
       "10 " word "11 " word "12 " word "13 " word "14 " word "15 " word "16 " word "17 " word "18 " word    \
       "19 " word "20 " word "21 " word "22 " word "23 " word "24 " word "25 " word "26 " word "27 " word    \
       "28 " word "29 " word "30 " word "31 " word "32 " word "33 " word "34 " word "35 " word "36 " word    \
       "37 " word "38 " word "39 " word "40 " word "41 " word "42 " word "43 " word "44 " word "45 " word    \
       "46 " word "47 " word "48 " word "49 " word "50 " word "51 " word "52 " word "53 " word "54 " word    \
       "55 " word "56 " word "57 " word "58 " word "59 " word "60"
#define SCRAM(first)                                                                                         \
  "TLS\nS: * OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=SCRAM-SHA-256] ready\nC: AUTHENTICATE\n" first "HANG\n"
#define ENCRYPTED POSTWEG_AUTH_ENCRYPTED
#define RECORD(head) "S- \\x16\\x03\\x03" head "\n"
#define UGLY "\\x1b]0;owned\\x07\\x1b[2J<b>\\xe2\\x80\\xae[CAPABILITY X]</b>"

/* clang-format off */
static const HostileRow hostile_rows[] = {
  /* STARTTLS answered oddly */
  { "starttls-354/smtp", SMTP_UP, SMTP_ASKS "S: 354 go on\nHANG\n", "starttls-temporarily-unavailable", NOT_SIGNED_IN },
  { "starttls-250/smtp", SMTP_UP, SMTP_ASKS "S: 250 fine\nHANG\n", "starttls-temporarily-unavailable", NOT_SIGNED_IN },
  { "starttls-502/smtp", SMTP_UP, SMTP_ASKS "S: 502 5.5.1 what\nHANG\n", "starttls-temporarily-unavailable|starttls-not-offered", NOT_SIGNED_IN },
  { "starttls-plus/imap", IMAP_UP, IMAP_ASKS "S: + go on\nHANG\n", "starttls-temporarily-unavailable", NOT_SIGNED_IN },
  { "starttls-untagged/imap", IMAP_UP, IMAP_ASKS "S: * OK go on\nCLOSE\n", "starttls-temporarily-unavailable", NOT_SIGNED_IN },
  { "starttls-bye/imap", IMAP_UP, IMAP_ASKS "S: * BYE not with you\nCLOSE\n", "starttls-temporarily-unavailable", NOT_SIGNED_IN },
  { "stls-err/pop3", POP3_UP, POP3_ASKS "S: -ERR not now\nHANG\n", "starttls-temporarily-unavailable|starttls-not-offered", NOT_SIGNED_IN },
  { "capability-unknown/imap", IMAP_UP, "S: * OK ready\nLOOP\nC?\nS: {tag} BAD what\nEND\n", "protocol-error|malformed-response|starttls-not-offered|server-misconfigured", NOT_SIGNED_IN },
  { "apop-greeting/pop3", POP3_UP, "S: +OK <1896.697170952@mail>\nC: CAPA\nS: +OK\nS: USER\nS: SASL PLAIN\nS: .\nHANG\n", "starttls-not-offered", NOT_SIGNED_IN },
  { "auth-only-before-tls/smtp", SMTP_UP, "S: 220 mail\nC: EHLO\nS: 250-mail\nS: 250-AUTH PLAIN LOGIN\nS: 250 STARTTLS\nC: STARTTLS\nS: 220 go\nTLS\nC: EHLO\nS: 250 mail\nHANG\n", "auth-not-offered", NOT_SIGNED_IN },
  { "auth-only-before-tls/imap", IMAP_UP, "S: * OK [CAPABILITY IMAP4rev1 STARTTLS AUTH=PLAIN] ready\nC: STARTTLS\nS: {tag} OK go\nTLS\nC: CAPABILITY\nS: * CAPABILITY IMAP4rev1 LOGINDISABLED\nS: {tag} OK\nHANG\n", "auth-mechanism-unsupported|protocol-not-enabled", NOT_SIGNED_IN },
  { "auth-only-before-tls/pop3", POP3_UP, "S: +OK\nC: CAPA\nS: +OK\nS: STLS\nS: SASL PLAIN\nS: USER\nS: .\nC: STLS\nS: +OK go\nTLS\nC: CAPA\nS: +OK\nS: UIDL\nS: .\nHANG\n", "auth-mechanism-unsupported|protocol-not-enabled", NOT_SIGNED_IN },
  /* text behind the answer to STARTTLS: at once, and a moment later */
  { "injected-bye/imap", IMAP_UP, IMAP_ASKS "S- {tag} OK go\\r\\n* BYE forged\\r\\n\nHANG\n", INJECTION, NOT_SIGNED_IN },
  { "injected-alert/imap", IMAP_UP, IMAP_ASKS "S- {tag} OK go\\r\\n* OK [ALERT] call 0900\\r\\n\nHANG\n", INJECTION, NOT_SIGNED_IN },
  { "injected-preauth/imap", IMAP_UP, IMAP_ASKS "S- {tag} OK go\\r\\n* PREAUTH hello\\r\\n\nHANG\n", INJECTION, NOT_SIGNED_IN },
  { "injected-later/imap", IMAP_UP, IMAP_ASKS "S: {tag} OK go\nWAIT 8\nS: * OK injected\nHANG\n", INJECTION, NOT_SIGNED_IN },
  { "injected-half-a-line/imap", IMAP_UP, IMAP_ASKS "S- {tag} OK go\\r\\n*\nHANG\n", INJECTION, NOT_SIGNED_IN },
  { "injected-later/pop3", POP3_UP, POP3_ASKS "S: +OK go\nWAIT 8\nS: +OK injected\nHANG\n", INJECTION, NOT_SIGNED_IN },
  { "injected-later/smtp", SMTP_UP, SMTP_ASKS "S: 220 go\nWAIT 8\nS: 250 injected\nHANG\n", INJECTION, NOT_SIGNED_IN },
  { "injected-one-byte/smtp", SMTP_UP, SMTP_ASKS "S- 220 go\\r\\nx\nHANG\n", INJECTION, NOT_SIGNED_IN },
  { "injected-and-tls/smtp", SMTP_UP, SMTP_ASKS "S- 220 go\\r\\n235 signed in\\r\\n\nTLS\nHANG\n", INJECTION, NOT_SIGNED_IN },
  /* PREAUTH: in clear it ends everything */
  { "preauth-in-clear/imap", IMAP_CLEAR, "S: * PREAUTH [CAPABILITY IMAP4rev1] hello\nHANG\n", "preauth-before-tls", NOT_SIGNED_IN },
  /* referrals are the server's words, nobody goes there */
  { "referral-at-sign-in/imap", IMAPS, IMAP_NO ("[REFERRAL imap://anna@127.0.0.1:{other}/;AUTH=*] Specified user is elsewhere"), "wrong-credentials|username-format|wrong-service-on-port|server-misconfigured|account-locked", SIGNED_IN },
  { "referral-with-ok/imap", IMAPS, "TLS\n" IMAP_GREETING IMAP_LOOP ("ON AUTHENTICATE\nS: {tag} OK [REFERRAL imap://anna@127.0.0.1:{other}/] also there\n"), WELL, SIGNED_IN },
  { "referral-greeting/imap", IMAPS, "TLS\nS: * BYE [REFERRAL imap://127.0.0.1:{other}/] Server is elsewhere\nCLOSE\n", HUNG_UP "|server-temporary-failure|server-misconfigured|too-many-connections", NOT_SIGNED_IN },
  { "referral-of-a-folder/imap", IMAPS, IMAP_BEHIND ("ON EXAMINE\nS: {tag} NO [REFERRAL imap://anna@127.0.0.1:{other}/INBOX] Remote mailbox\n"), "*any", SIGNED_IN },
  { "referral/smtp", SMTPS, SMTP_BEHIND ("ON RCPT TO\nS: 551 5.1.6 User not local; please try <anna@127.0.0.1:{other}>\n"), "*any", SIGNED_IN },
  { "referral/pop3", POP3S, POP3_ERR ("[AUTH] go to pop://127.0.0.1:{other}/"), "wrong-credentials|username-format|protocol-not-enabled", SIGNED_IN },
  /* what nobody asked for */
  { "unasked-before-greeting/imap", IMAPS, "TLS\nS: * LIST () \"/\" forged\nS: * STATUS INBOX (MESSAGES 9)\nS: * OK ready\nHANG\n", MALFORMED, NOT_SIGNED_IN },
  { "unasked-fetch-before-greeting/imap", IMAPS, "TLS\nS: * 1 FETCH (FLAGS (\\\\Seen))\nHANG\n", MALFORMED, NOT_SIGNED_IN },
  { "unasked-after-greeting/imap", IMAPS, BEFORE_LOGIN ("S: * LIST () \"/\" forged\nS: * STATUS INBOX (MESSAGES 9)\nS: * 1 FETCH (FLAGS (\\\\Seen))\nS: * FLAGS (\\\\Seen)\nS: * SEARCH 1 2 3\n"), WELL, SIGNED_IN },
  { "ugly-alert/imap", IMAPS, BEFORE_LOGIN ("S: * OK [ALERT] " UGLY "\nS: * NO [BADCHARSET (" UGLY ")] x\nS: * BAD [PARSE] " UGLY "\n"), WELL, SIGNED_IN },
  { "ugly-refusal/imap", IMAPS, IMAP_NO ("[ALERT] " UGLY), "*any", SIGNED_IN },
  { "ugly-refusal/pop3", POP3S, POP3_ERR ("[AUTH] " UGLY), "*any", SIGNED_IN },
  { "ugly-refusal/smtp", SMTPS, SMTP_REFUSES ("S: 535-5.7.8 " UGLY "\nS: 535 5.7.8 " UGLY "\n"), "*any", SIGNED_IN },
  { "ugly-folders/imap", IMAPS, IMAP_BEHIND ("ON LIST\nS: * LIST () \"/\" \"<a href='http://x'>&amp; " UGLY "\"\nS: * LIST () \"/\" \"&ADw-script&AD4-\"\nS: * LIST (\\\\Sent) \"\\x01\" \"../../etc\"\nS: {tag} OK\n"), WELL, SIGNED_IN },
  { "junk-before-greeting/smtp", SMTPS, "TLS\nS: warning: low on memory\nS: 220 mail\nHANG\n", MALFORMED, NOT_SIGNED_IN },
  { "junk-before-greeting/pop3", POP3S, "TLS\nS: ld.so: error\nS: +OK ready\nHANG\n", MALFORMED, NOT_SIGNED_IN },
  { "two-greetings/smtp", SMTPS, "TLS\nS: 220 mail\nS: 220 mail\nC: EHLO\nS: 250-mail\nS: 250 AUTH PLAIN\nHANG\n", MALFORMED "|auth-not-offered", NOT_SIGNED_IN },
  { "answer-before-the-question/smtp", SMTPS, "TLS\nS: 220 mail\nS: 250-mail\nS: 250 AUTH PLAIN\nS: 235 welcome\nS: 250 ok\nS: 250 ok\nS: 250 ok\nHANG\n", MALFORMED "|" WELL, SIGNED_IN },
  { "sixty-mechanisms/imap", IMAPS, IMAP_OFFERS ("SASL-IR LOGINDISABLED " SIXTY ("AUTH=X-")), "auth-mechanism-unsupported", NOT_SIGNED_IN },
  { "sixty-mechanisms/pop3", POP3S, POP3_OFFERS ("S: UIDL\nS: SASL " SIXTY ("X-") "\n"), "auth-mechanism-unsupported", NOT_SIGNED_IN },
  { "sixty-mechanisms/smtp", SMTPS, SMTP_OFFERS ("S: 250-AUTH " SIXTY ("X-") "\n"), "auth-mechanism-unsupported", NOT_SIGNED_IN },
  { "ten-thousand-lines/ehlo", SMTPS, "TLS\nS: 220 mail\nC: EHLO\nREPEAT 10000 250-X\\r\\n\nS: 250 AUTH PLAIN\nHANG\n", MALFORMED, NOT_SIGNED_IN },
  { "ten-thousand-lines/capability", IMAPS, "TLS\nS: * OK ready\nC: CAPABILITY\nREPEAT 30000 * CAPABILITY X\\r\\n\nS: {tag} OK\nHANG\n", MALFORMED, NOT_SIGNED_IN },
  /* literals */
  { "literal-of-a-gigabyte/imap", IMAPS, LITERAL ("1073741824"), MALFORMED, NOT_SIGNED_IN },
  { "literal-of-two-to-the-64/imap", IMAPS, LITERAL ("18446744073709551616"), MALFORMED, NOT_SIGNED_IN },
  { "literal-of-two-to-the-64-less-one/imap", IMAPS, LITERAL ("18446744073709551615"), MALFORMED, NOT_SIGNED_IN },
  { "literal-of-two-to-the-32/imap", IMAPS, LITERAL ("4294967296+"), MALFORMED, NOT_SIGNED_IN },
  { "literal-of-two-to-the-31/imap", IMAPS, LITERAL ("2147483648"), MALFORMED, NOT_SIGNED_IN },
  { "literal-below-zero/imap", IMAPS, "TLS\nS: * OK ready\nC: CAPABILITY\nS: * LIST () \"/\" {-1}\nS: {tag} OK\nHANG\n", MALFORMED, NOT_SIGNED_IN },
  { "literal-with-nul/imap", IMAPS, IMAP_BEHIND ("ON LIST\nS: * LIST () \"/\" {5}\nS- a\\0b\\0c\\r\\n\nS: {tag} OK\n"), WELL, SIGNED_IN },
  { "literals-without-end/imap", IMAPS, "TLS\nS: * OK ready\nC: CAPABILITY\nREPEAT 400000 {0}\\r\\n\nHANG\n", MALFORMED, NOT_SIGNED_IN },
  { "literal-in-the-answer/imap", IMAPS, "TLS\n" IMAP_GREETING "C: AUTHENTICATE\nS: {tag} NO {3}\nS: abc\nHANG\n", "*any", SIGNED_IN },
  { "half-a-literal/imap", IMAPS, "TLS\n" IMAP_GREETING "C: AUTHENTICATE\nS: * X {100}\nS- abc\nCLOSE\n", HUNG_UP "|too-many-login-attempts", SIGNED_IN },
  { "count-without-measure/imap", IMAPS, IMAP_BEHIND ("ON EXAMINE\nS: * 99999999999999999999999 EXISTS\nS: * -5 EXISTS\nS: {tag} OK\n"), WELL, SIGNED_IN },
  { "count-without-measure/pop3", POP3S, "TLS\nS: +OK ready\nLOOP\n" POP3_CAPA ("S: SASL PLAIN\nS: UIDL\n") POP3_PLAIN_OK "ON STAT\nS: +OK -99999999999999999999 -1\n" POP3_REST, WELL, SIGNED_IN },
  { "size-without-measure/smtp", SMTPS, SMTP_OFFERS ("S: 250-SIZE 99999999999999999999999999\nS: 250-AUTH PLAIN\n") , "*any", SIGNED_IN },
  { "reply-code-of-five-digits/smtp", SMTPS, "TLS\nS: 22000 mail\nHANG\n", MALFORMED, NOT_SIGNED_IN },
  { "reply-code-below-zero/smtp", SMTPS, "TLS\nS: -220 mail\nHANG\n", MALFORMED, NOT_SIGNED_IN },
  { "codes-that-change/smtp", SMTPS, "TLS\nS: 220 mail\nC: EHLO\nS: 250-mail\nS: 550-no\nS: 250 AUTH PLAIN\nHANG\n", "*any", SIGNED_IN, .timeout_s = 2 },
  /* challenges */
  { "scram-foreign-nonce/imap", IMAPS, SCRAM ("S: + cj1mb3JlaWduLHM9c2FsdCxpPTQwOTY=\nC+ *\n"), MALFORMED, SIGNED_IN, ENCRYPTED },
  { "scram-no-base64/imap", IMAPS, SCRAM ("S: + \\xff\\xfe!!!!\nC+ *\n"), MALFORMED, SIGNED_IN, ENCRYPTED },
  { "scram-empty/imap", IMAPS, SCRAM ("S: + \nC+ *\n"), MALFORMED, SIGNED_IN, ENCRYPTED },
  { "scram-ok-at-once/imap", IMAPS, SCRAM ("S: {tag} OK welcome\n"), "server-misconfigured|local-mail-proxy", SIGNED_IN, ENCRYPTED },
  { "scram-unending/imap", IMAPS, SCRAM ("S: + cj0=\nC+ *\nLOOP\nS: + cj0=\nC+\nEND\n"), MALFORMED, SIGNED_IN, ENCRYPTED },
  { "cram-no-base64/imap", IMAPS, "TLS\nS: * OK [CAPABILITY IMAP4rev1 AUTH=CRAM-MD5] ready\nC: AUTHENTICATE\nS: + ***\nC+\nS: {tag} NO no\nHANG\n", "*any", SIGNED_IN, ENCRYPTED },
  { "challenge-of-a-megabyte/smtp", SMTPS, "TLS\nS: 220 mail\nC: EHLO\nS: 250-mail\nS: 250 AUTH LOGIN\nC: AUTH\nS- 334 \nREPEAT 1000000 A\nS:\nHANG\n", MALFORMED, SIGNED_IN },
  { "unending-challenge/imap", IMAPS, "TLS\n" IMAP_GREETING "C: AUTHENTICATE\nLOOP\nS: + bW9yZQ==\nC+\nEND\n", MALFORMED, SIGNED_IN },
  { "unending-challenge/pop3", POP3S, "TLS\nS: +OK\nC: CAPA\nS: +OK\nS: SASL PLAIN\nS: .\nC: AUTH\nLOOP\nS: + bW9yZQ==\nC?\nEND\n", MALFORMED, SIGNED_IN },
  /* encryption */
  { "long-chain/imap", IMAPS, "TLS\n" IMAP_GOOD, WELL, SIGNED_IN, 0, NULL, TRUE },
  { "long-chain/smtp-starttls", SMTP_UP, SMTP_STARTTLS_GOOD, WELL, SIGNED_IN, 0, NULL, TRUE },
  { "record-too-long/imap", IMAPS, RECORD ("\\xff\\xff") "REPEAT 70000 x\nHANG\n", "tls-handshake-aborted", NOT_SIGNED_IN },
  { "record-cut/imap", IMAPS, RECORD ("\\x00\\x7a\\x02\\x00\\x00\\x76\\x03\\x03") "CLOSE\n", "tls-handshake-aborted|" HUNG_UP, NOT_SIGNED_IN },
  { "handshake-of-16-megabytes/smtp", SMTPS, RECORD ("\\x3f\\xff\\x02\\xff\\xff\\xff") "REPEAT 16379 x\nREPEAT 60 \\x16\\x03\\x03\\x00\\x04xxxx\nHANG\n", "tls-handshake-aborted|server-slow", NOT_SIGNED_IN, .timeout_s = 3 },
  { "handshake-of-empty-records/pop3", POP3S, "REPEAT 200000 \\x16\\x03\\x03\\x00\\x00\nHANG\n", "tls-handshake-aborted|server-slow|server-silent", NOT_SIGNED_IN, .timeout_s = 3 },
  { "warnings-without-end/imap", IMAPS, "REPEAT 5000000 \\x15\\x03\\x03\\x00\\x02\\x01\\x70\nHANG\n", "tls-handshake-aborted|sni-required|server-slow", NOT_SIGNED_IN, .timeout_s = 3 },
  { "record-byte-by-byte/imap", IMAPS, "DRIP 100 \\x16\\x03\\x03\\x3f\\xff\\x02\\x00\\x3f\\xfbaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n", "server-slow|tls-handshake-aborted", NOT_SIGNED_IN, .timeout_s = 3 },
  { "plain-behind-tls/imap", IMAPS, "TLS\nS: * OK ready\nC: CAPABILITY\nTLS\nHANG\n", HUNG_UP, NOT_SIGNED_IN },
};
/* clang-format on */
