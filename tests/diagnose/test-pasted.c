/* Pasted texts: replies, transcripts, a mail program's sentence around a reply. */
#include "diagnose/pasted.h"

typedef struct {
  const char *text;
  int protocol; /* PostwegProtocol, -1: could be any */
  int code;
  guint enhanced[3];
  const char *status, *response_code, *words; /* words NULL: not looked at */
} Row;

/* clang-format off */
static const Row rows[] = {
  { "550 5.1.1 no such user", POSTWEG_SMTP, 550, { 5, 1, 1 }, "550", NULL, "no such user" },
  { "550-first\n550 5.7.1 second", POSTWEG_SMTP, 550, { 5, 7, 1 }, "550", NULL, "first\nsecond" },
  { "S: 535 5.7.8 no", POSTWEG_SMTP, 535, { 5, 7, 8 }, "535", NULL, "no" },
  { "<** 535 5.7.8 no", POSTWEG_SMTP, 535, { 5, 7, 8 }, "535", NULL, "no" },
  { "An error occurred. The mail server responded: 554 5.7.1 <a@b.c>: Relay access denied.", POSTWEG_SMTP, 554, { 5, 7, 1 }, "554", NULL, NULL },
  { "Senden fehlgeschlagen (Fehler 452: Postfach voll)", POSTWEG_SMTP, 452, { 0 }, "452", NULL, NULL },
  { "a1 NO [AUTHENTICATIONFAILED] Authentication failed.", POSTWEG_IMAP, 0, { 0 }, "NO", "AUTHENTICATIONFAILED", "Authentication failed." },
  { "* BYE [UNAVAILABLE] later", POSTWEG_IMAP, 0, { 0 }, "BYE", "UNAVAILABLE", "later" },
  { "NO LOGIN failed.", POSTWEG_IMAP, 0, { 0 }, "NO", NULL, "LOGIN failed." },
  { "[ALERT] Application-specific password required", POSTWEG_IMAP, 0, { 0 }, "", "ALERT", "Application-specific password required" },
  { "-ERR [IN-USE] locked", POSTWEG_POP3, 0, { 0 }, "-ERR", "IN-USE", "locked" },
  { "-ERR", POSTWEG_POP3, 0, { 0 }, "-ERR", NULL, "" },
  { "Connection refused", -1, 0, { 0 }, "0", NULL, "Connection refused" },
  { "version 250 is out", -1, 0, { 0 }, "0", NULL, NULL },
  { "", -1, 0, { 0 }, "0", NULL, "" },
  { "\n\n\n", -1, 0, { 0 }, "0", NULL, "" },
};
/* clang-format on */

static void
test_rows (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      PostwegProtocol protocol = POSTWEG_SMTP;
      gboolean known = postweg_pasted_protocol (rows[i].text, &protocol);
      g_autoptr (PostwegReply) reply = postweg_pasted_reply (protocol, rows[i].text);

      g_test_message ("%s", rows[i].text);
      g_assert_cmpint (known ? (int) protocol : -1, ==, rows[i].protocol);
      g_assert_cmpint (reply->code, ==, rows[i].code);
      g_assert_cmpstr (reply->status, ==, rows[i].status);
      g_assert_cmpstr (reply->response_code, ==, rows[i].response_code);
      for (guint k = 0; k < 3; k++)
        g_assert_cmpuint (reply->enhanced[k], ==, rows[i].enhanced[k]);
      if (rows[i].words != NULL)
        g_assert_cmpstr (reply->text, ==, rows[i].words);
    }
}

/* Anything at all can be on a clipboard. */
static void
test_noise (void)
{
  for (guint i = 0; i < 20000; i++)
    {
      static const char alphabet[] = "0123456789 .-+*[]()\n\tNOBADERROK:\"'<>abc\x80\xc3\xbc";
      char text[48];
      PostwegProtocol protocol = POSTWEG_SMTP;

      for (guint k = 0; k < sizeof text - 1; k++)
        text[k] = alphabet[g_test_rand_int_range (0, sizeof alphabet - 1)];
      text[sizeof text - 1] = '\0';
      postweg_pasted_protocol (text, &protocol);
      for (int p = 0; p < POSTWEG_N_PROTOCOLS; p++)
        postweg_reply_free (postweg_pasted_reply ((PostwegProtocol) p, text));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/diagnose/pasted/rows", test_rows);
  g_test_add_func ("/diagnose/pasted/noise", test_noise);
  return g_test_run ();
}
