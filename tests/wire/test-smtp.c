/* SMTP replies as servers write them, whole and broken. */
#include "model/evidence.h"
#include "wire/smtp.h"

typedef struct {
  const char *name;
  const char *lines; /* separated by newlines */
  int code;          /* 0: malformed, -1: not complete */
  guint enhanced[3];
  const char *text;
} Row;

static const Row rows[] = {
  { "plain", "250 ok", 250, { 0 }, "ok" },
  { "no-text", "250", 250, { 0 }, "" },
  { "enhanced", "535 5.7.8 Authentication failed", 535, { 5, 7, 8 }, "Authentication failed" },
  { "enhanced-alone", "250 2.1.0", 250, { 2, 1, 0 }, "" },
  { "enhanced-three-digits", "550 5.7.139 x", 550, { 5, 7, 139 }, "x" },
  { "no-enhanced-but-numbers", "220 2.0 server", 220, { 0 }, "2.0 server" },
  { "no-enhanced-version", "220 4.3.2x server", 220, { 0 }, "4.3.2x server" },
  { "lines", "550-5.1.1 first\n550-5.1.1 second\n550 5.1.1 third", 550, { 5, 1, 1 }, "first\nsecond\nthird" },
  { "last-code-counts",
    "550-Requested action not taken\n550 5.7.1 sender",
    550,
    { 5, 7, 1 },
    "Requested action not taken\nsender" },
  { "control-characters", "250 a\x1b[31mred\x07", 250, { 0 }, "a[31mred" },
  { "latin-1", "250 M\xfcller", 250, { 0 }, "Müller" },
  { "not-complete", "250-more", -1, { 0 }, NULL },
  { "malformed/words", "hello", 0, { 0 }, NULL },
  { "malformed/empty", "", 0, { 0 }, NULL },
  { "malformed/short", "25", 0, { 0 }, NULL },
  { "malformed/code-1xx", "150 ok", 0, { 0 }, NULL },
  { "malformed/code-6xx", "650 ok", 0, { 0 }, NULL },
  { "malformed/separator", "250_ok", 0, { 0 }, NULL },
  { "malformed/second-line", "250-ok\nfoo", 0, { 0 }, NULL },
};

static PostwegAnswerState
feed_all (PostwegAnswer *answer, const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  PostwegAnswerState state = POSTWEG_ANSWER_MORE;

  for (char **line = lines; *line != NULL && state == POSTWEG_ANSWER_MORE; line++)
    state = postweg_answer_feed (answer, *line);
  if (lines[0] == NULL)
    state = postweg_answer_feed (answer, "");
  return state;
}

static void
test_row (gconstpointer data)
{
  const Row *row = data;
  g_autoptr (PostwegAnswer) answer = postweg_answer_new (POSTWEG_SMTP, NULL, FALSE);
  PostwegAnswerState state = feed_all (answer, row->lines);

  if (row->code <= 0)
    {
      g_assert_cmpint (state, ==, row->code < 0 ? POSTWEG_ANSWER_MORE : POSTWEG_ANSWER_MALFORMED);
      return;
    }
  g_assert_cmpint (state, ==, POSTWEG_ANSWER_DONE);
  g_assert_cmpint (answer->reply->code, ==, row->code);
  g_assert_cmpstr (answer->reply->text, ==, row->text);
  g_assert_cmpint (answer->reply->positive, ==, row->code < 400);
  for (guint i = 0; i < 3; i++)
    g_assert_cmpuint (answer->reply->enhanced[i], ==, row->enhanced[i]);
}

static void
test_capabilities (void)
{
  g_autoptr (PostwegAnswer) answer = postweg_answer_new (POSTWEG_SMTP, NULL, FALSE);
  g_auto (GStrv) capabilities = NULL;

  feed_all (
      answer,
      "250-mail.example.org at your service\n250-Size 1000\n250-auth=LOGIN\n250-AUTH PLAIN\n250 8bitmime ");
  capabilities = postweg_smtp_capabilities (answer);
  g_assert_true (postweg_capability_listed (capabilities, "SIZE"));
  g_assert_true (postweg_capability_listed (capabilities, "8BITMIME"));
  g_assert_true (g_strv_contains ((const char *const *) capabilities, "AUTH LOGIN"));
  g_assert_false (postweg_capability_listed (capabilities, "MAIL.EXAMPLE.ORG"));
  g_assert_false (postweg_capability_listed (capabilities, "SIZ"));
  g_assert_false (postweg_capability_listed (NULL, "SIZE"));
}

static void
test_endless (void)
{
  g_autoptr (PostwegAnswer) answer = postweg_answer_new (POSTWEG_SMTP, NULL, FALSE);
  PostwegAnswerState state = POSTWEG_ANSWER_MORE;
  guint n = 0;

  while (state == POSTWEG_ANSWER_MORE && n++ < 100000)
    state = postweg_answer_feed (answer, "250-again");
  g_assert_cmpint (state, ==, POSTWEG_ANSWER_MALFORMED);
  g_assert_cmpuint (n, <=, POSTWEG_ANSWER_LINES_MAX + 1);
}

static void
test_words (void)
{
  g_autoptr (PostwegAnswer) answer = postweg_answer_new (POSTWEG_SMTP, NULL, FALSE);
  g_autofree char *words = NULL;

  feed_all (answer, "550-5.1.1 one\n550 5.1.1 two");
  words = postweg_reply_words (answer->reply);
  g_assert_cmpstr (words, ==, "550 5.1.1 one two");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strconcat ("/wire/smtp/", rows[i].name, NULL);

      g_test_add_data_func (path, &rows[i], test_row);
    }
  g_test_add_func ("/wire/smtp/capabilities", test_capabilities);
  g_test_add_func ("/wire/smtp/endless", test_endless);
  g_test_add_func ("/wire/smtp/words", test_words);
  return g_test_run ();
}
