/* Sentences and numbers of mail programs, as people paste them; the first cause. */
#include "diagnose/explain.h"
#include "diagnose/pasted.h"

/* clang-format off */
static const struct {
  const char *text, *cause; /* NULL: not recognised */
} rows[] = {
  { "Login to server imap.example.org with username anna failed.", "wrong-credentials" },
  { "Sending of the message failed. The message could not be sent because the connection to Outgoing server (SMTP) smtp.example.org failed. The server may be unavailable or is refusing SMTP connections.", "connection-refused" },
  { "Unable to authenticate to Outgoing server (SMTP) smtp.example.org. Please check the password.", "wrong-credentials" },
  { "The Outgoing server (SMTP) smtp.example.org does not support the selected authentication method.", "auth-mechanism-unsupported" },
  { "An error occurred while sending mail: The outgoing server does not advertise STARTTLS.", "starttls-not-offered" },
  { "Die Nachricht konnte nicht gesendet werden, weil die Verbindung mit dem Postausgangs-Server (SMTP) smtp.example.org mitten in der Transaktion verloren ging.", "connection-dropped" },
  { "Anmeldung auf Server imap.example.org mit Benutzername anna fehlgeschlagen.", "wrong-credentials" },
  { "The certificate for imap.example.org does not come from a trusted source.", "cert-unknown-issuer" },
  { "Mail can’t verify the identity of “imap.example.org”.", "cert-unknown-issuer" },
  { "The server “smtp.example.org” refused to allow a connection on port 25.", "port-blocked" },
  { "The server “smtp.example.org” refused to allow a connection on port 587.", "connection-refused" },
  { "Der Server konnte nicht gefunden werden. (0x800CCC0D)", "dns-no-such-host" },
  { "Task 'pop.example.org - Receiving' reported error (0x800CCC0F)", "connection-dropped" },
  { "Your server does not support the connection encryption type you have specified. 0x800CCC1A", "tls-on-plain-port" },
  { "0x800CCC92: Your e-mail server rejected your login. Verify your user name and password.", "wrong-credentials" },
  { "(0x800CCC78) Unable to send the message.", "send-auth-missing" },
  { "(0x800CCC80) None of the authentication methods supported by this client are supported by your server.", "auth-mechanism-unsupported" },
  { "There was an error copying the message to your Sent folder.", "sent-not-filed" },
  { "The mail server responded: 5.7.1 <bob@example.org>: Relay access denied.", "send-auth-missing" },
  { "The message could not be sent because Outgoing server (SMTP) smtp.example.org is unknown. The server may be incorrectly configured.", "dns-no-such-host" },
  { "Der Postausgangs-Server (SMTP) “smtp.example.org” ist unbekannt.", "dns-no-such-host" },
  { "The message could not be sent because the connection to Outgoing server (SMTP) a.example.org was lost in the middle of the transaction. Try again.", "connection-dropped" },
  { "The message could not be sent because the connection to Outgoing server (SMTP) a.example.org timed out. Try again.", "port-blocked" },
  { "Unable to establish a secure link with a.example.org using STARTTLS since it doesn't advertise that feature.", "starttls-not-offered" },
  { "An error occurred while sending mail. The mail server responded: 4.7.28 Our system has detected an unusual rate of mail.", "rate-limited" },
  { "550 Requested action not taken: mailbox unavailable", "recipient-unknown" },
  { "550 5.1.6 recipient no longer on server", "recipient-unknown" },
  { "550 5.7.1 <bob@example.org>: Recipient address rejected: Inactive MailBox", "recipient-unknown" },
  { "551 User not local; please try <bob@example.org>", "recipient-unknown" },
  { "550 5.7.1 HELO/EHLO must contain a FQDN or IP literal", "helo-rejected" },
  { "553 5.3.0 <anna@example.org>... Mail from must equal authorized user", "sender-not-owned" },
  { "554 DT:SPM 163 smtp10,DsCowAB", "content-rejected" },
  { "421 4.4.2 Message submission rate for this client has exceeded the configured limit", "rate-limited" },
  { "421 Too many errors on this connection", "protocol-error" },
  { "503 5.5.1 Error: need MAIL command", "protocol-error" },
  { "530 Access denied: you must first do POP3 authentication", "pop-before-smtp" },
  { "-ERR mailbox unknown", "wrong-credentials" },
  { "-ERR [SYS/PERM] Temporary lock. Please try later", "account-locked" },
  { "* NO LOGOUT Intrusion prevention active for 192.0.2.7", "too-many-login-attempts" },
  { "A1 NO LOGIN Login error or password error", "wrong-credentials" },
  { "A1 NO [AUTHENTICATIONFAILED] Please enable access for third-party apps in the security settings", "protocol-not-enabled" },
  { "A1 NO [ALERT] Your account needs to be verified.", "web-login-required" },
  { "Postweg 5.7.1.2 is out, and so is 4.9.1", NULL },
  { "SMTP-Fehler (550): Fehler beim Hinzufügen des Empfängers (relay not permitted)", "send-auth-missing" },
  { "The certificate's owner does not match hostname 'mail.example.org'", "cert-name-mismatch" },
  { "The server “imap.example.org” is not responding. Verify that you entered the correct account info.", "server-silent" },
  { "550 5.4.1 Recipient address rejected: Access denied [a.prod.protection.outlook.com]", "recipient-unknown" },
  { "421 4.4.2 mail.example.org Error: timeout exceeded", "connection-dropped" },
  { "curl: (6) Could not resolve host: mail.example.org", "dns-no-such-host" },
  { "An error occurred: SSL_ERROR_BAD_CERT_DOMAIN", "cert-name-mismatch" },
  { "SSL_ERROR_UNSUPPORTED_VERSION", "tls-version-mismatch" },
  { "SSL_ERROR_RX_RECORD_TOO_LONG", "tls-on-plain-port" },
  { "MOZILLA_PKIX_ERROR_MITM_DETECTED", "local-mail-proxy" },
  { "x509: certificate is valid for *.hoster.example, not mail.example.org", "cert-name-mismatch" },
  { "x509: certificate has expired or is not yet valid", "cert-expired" },
  { "java.security.cert.CertPathValidatorException: Trust anchor for certification path not found.", "cert-unknown-issuer" },
  { "java.security.cert.CertificateException: No subject alternative DNS name matching mail.example.org found", "cert-name-mismatch" },
  { "Unable to resolve host \"imap.example.org\": No address associated with hostname", "dns-no-such-host" },
  { "Socket Error # 10061", "connection-refused" },
  { "Winsock error 10060", "port-blocked" },
  { "Error: 0x80090322, the target principal name is incorrect", "cert-name-mismatch" },
  { "{\"status\":\"400\",\"schemes\":\"Bearer\",\"scope\":\"https://mail.example.org/\"}", "oauth-token-rejected" },
  { "Server error: '550 must be authenticated'", "send-auth-missing" },
  { "504 5.5.2 <laptop>: Helo command rejected: need fully-qualified hostname", "helo-rejected" },
  { "501 5.5.2 Cannot Decode response", "protocol-error" },
  { "You have reached a limit for sending mail.", "send-limit-reached" },
  { "Das Postfach des Empfängers ist voll", "recipient-mailbox-full" },
  { "Bitte IMAP im Kundencenter freischalten", "protocol-not-enabled" },
  { "Order 10061 was shipped", NULL },
  { "Dear Anna, the train was late, and so was I.", NULL },
  { "Update failed: disk is not writable", NULL },
  { "", NULL },
};
/* clang-format on */

static void
test_rows (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      PostwegProtocol protocol = POSTWEG_SMTP;
      g_autoptr (PostwegReply) reply = NULL;
      g_autoptr (GPtrArray) causes = NULL;
      PostwegReplyContext context = { 0 };

      postweg_pasted_protocol (rows[i].text, &protocol);
      reply = postweg_pasted_reply (protocol, rows[i].text);
      context.reply = reply;
      causes = postweg_explain (&context, 3);
      g_test_message ("%s", rows[i].text);
      g_assert_cmpstr (causes->len > 0 ? ((const PostwegFinding *) g_ptr_array_index (causes, 0))->cause
                                       : NULL,
                       ==, rows[i].cause);
    }
}

/* A program's sentence about a password is never a proof. */
static void
test_never_certain (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (PostwegReply) reply = postweg_pasted_reply (POSTWEG_SMTP, rows[i].text);
      PostwegReplyContext context = { .reply = reply };
      PostwegSuspects suspects = postweg_explain_reply (&context);

      g_assert_cmpuint (suspects.weight[POSTWEG_CAUSE_WRONG_CREDENTIALS], <, POSTWEG_WEIGHT_PROVEN);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/diagnose/programs/rows", test_rows);
  g_test_add_func ("/diagnose/programs/never-certain", test_never_certain);
  return g_test_run ();
}
