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
