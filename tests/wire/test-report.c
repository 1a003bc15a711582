/* Reports of non-delivery: which of them are about our mail, and what they say. */
#include "wire/report.h"
#include <string.h>

#define MARK "<token@lab.test>"
#define TOP                                                                                                  \
  "From: MAILER-DAEMON\r\nContent-Type: multipart/report; report-type=delivery-status; "                     \
  "boundary=b\r\n\r\n--b\r\n"
#define STATUS_PART "Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx\r\n\r\n"
#define ORIGINAL "\r\n--b\r\nContent-Type: message/rfc822\r\n\r\nMessage-ID: " MARK "\r\n\r\n--b--\r\n"

static const struct {
  const char *name, *text;
  int code; /* 0: no report about it */
  guint enhanced[3];
  const char *words;
} rows[] = {
  { "postfix",
    TOP STATUS_PART
    "Final-Recipient: rfc822; a@lab.test\r\nAction: failed\r\nStatus: 5.1.1\r\nRemote-MTA: dns; mx2\r\n"
    "Diagnostic-Code: smtp; 550 5.1.1 <a@lab.test>: Recipient\r\n    address rejected: unknown\r\n" ORIGINAL,
    550,
    { 5, 1, 1 },
    "<a@lab.test>: Recipient    address rejected: unknown" },
  { "not-smtp",
    TOP STATUS_PART "Final-Recipient: rfc822; a@lab.test\r\nAction: failed\r\nStatus: "
                    "5.2.2\r\nDiagnostic-Code: X-Postfix; no room\r\n" ORIGINAL,
    554,
    { 5, 2, 2 },
    "no room" },
  { "without-diagnostic",
    TOP STATUS_PART "Action: failed\r\nStatus: 5.7.1\r\n" ORIGINAL,
    554,
    { 5, 7, 1 },
    "" },
  { "given-up",
    TOP STATUS_PART "Action: failed\r\nStatus: 4.4.7\r\nDiagnostic-Code: smtp; timed out\r\n" ORIGINAL,
    451,
    { 4, 4, 7 },
    "timed out" },
  { "line-feeds-only",
    "X: y\n\nAction: failed (expired)\nStatus: 5.0.0\n\nMessage-ID: " MARK "\n",
    554,
    { 5, 0, 0 },
    "" },
  { "second-recipient",
    TOP STATUS_PART "Action: delivered\r\nStatus: 2.0.0\r\n\r\nAction: failed\r\nStatus: 5.1.1\r\n" ORIGINAL,
    554,
    { 5, 1, 1 },
    "" },
  { "code-with-hyphen",
    TOP STATUS_PART "Action: failed\r\nDiagnostic-Code: smtp;550-5.7.26 not proven\r\n" ORIGINAL,
    550,
    { 5, 7, 26 },
    "not proven" },
  { "delayed", TOP STATUS_PART "Action: delayed\r\nStatus: 4.4.1\r\n" ORIGINAL, 0, { 0 }, NULL },
  { "delivered", TOP STATUS_PART "Action: delivered\r\nStatus: 2.0.0\r\n" ORIGINAL, 0, { 0 }, NULL },
  { "about-another-mail",
    TOP STATUS_PART "Action: failed\r\nStatus: 5.1.1\r\n\r\nMessage-ID: <other@lab.test>\r\n",
    0,
    { 0 },
    NULL },
  { "action-alone", TOP STATUS_PART "Action: failed\r\n" ORIGINAL, 0, { 0 }, NULL },
  { "only-the-mark", MARK, 0, { 0 }, NULL },
  { "strange-status", TOP STATUS_PART "Action: failed\r\nStatus: \x1b[2J\r\n" ORIGINAL, 554, { 0 }, NULL },
  { "empty", "", 0, { 0 }, NULL },
};

static void
test_row (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autoptr (PostwegReply) reply = postweg_report_parse (rows[i].text, strlen (rows[i].text), MARK);

  if (rows[i].code == 0)
    {
      g_assert_null (reply);
      return;
    }
  g_assert_nonnull (reply);
  g_assert_cmpint (reply->code, ==, rows[i].code);
  g_assert_false (reply->positive);
  for (guint j = 0; j < 3; j++)
    g_assert_cmpuint (reply->enhanced[j], ==, rows[i].enhanced[j]);
  if (rows[i].words != NULL)
    g_assert_cmpstr (reply->text, ==, rows[i].words);
  g_assert_null (strchr (reply->text, '\x1b'));
}

static void
test_endless (void)
{
  g_autoptr (GString) text = g_string_new (MARK);

  for (guint i = 0; i < 20000; i++)
    g_string_append (text, "\r\n\r\nAction: delayed");
  g_assert_null (postweg_report_parse (text->str, text->len, MARK));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strconcat ("/wire/report/", rows[i].name, NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_row);
    }
  g_test_add_func ("/wire/report/endless", test_endless);
  return g_test_run ();
}
