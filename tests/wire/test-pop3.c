/* POP3 answers as servers write them. */
#include "wire/pop3.h"

typedef struct {
  const char *name;
  gboolean listed;
  const char *lines;
  PostwegAnswerState state;
  const char *status, *code, *text;
  guint n_lines;
} Row;

static const Row rows[] = {
  { "ok", FALSE, "+OK ready", POSTWEG_ANSWER_DONE, "+OK", NULL, "ready" },
  { "ok/alone", FALSE, "+OK", POSTWEG_ANSWER_DONE, "+OK", NULL, "" },
  { "err", FALSE, "-ERR no", POSTWEG_ANSWER_DONE, "-ERR", NULL, "no" },
  { "err/code", FALSE, "-ERR [AUTH] no", POSTWEG_ANSWER_DONE, "-ERR", "AUTH", "no" },
  { "err/code-with-slash", FALSE, "-ERR [SYS/TEMP] later", POSTWEG_ANSWER_DONE, "-ERR", "SYS/TEMP", "later" },
  { "err/lower-case", FALSE, "-err [in-use] busy", POSTWEG_ANSWER_DONE, "-ERR", "IN-USE", "busy" },
  { "listed", TRUE, "+OK list\nTOP\nUIDL\n.", POSTWEG_ANSWER_DONE, "+OK", NULL, "list", 2 },
  { "listed/dot-stuffed", TRUE, "+OK\n..x\n.", POSTWEG_ANSWER_DONE, "+OK", NULL, "", 1 },
  { "listed/refused", TRUE, "-ERR what", POSTWEG_ANSWER_DONE, "-ERR", NULL, "what" },
  { "listed/unfinished", TRUE, "+OK\nTOP", POSTWEG_ANSWER_MORE },
  { "continuation", FALSE, "+ Y2hhbGxlbmdl", POSTWEG_ANSWER_DONE, "+", NULL, "Y2hhbGxlbmdl" },
  { "malformed", FALSE, "220 hello", POSTWEG_ANSWER_MALFORMED },
  { "malformed/ok-run-on", FALSE, "+OKAY", POSTWEG_ANSWER_MALFORMED },
  { "malformed/empty", FALSE, "", POSTWEG_ANSWER_MALFORMED },
};

static void
test_row (gconstpointer data)
{
  const Row *row = data;
  g_autoptr (PostwegAnswer) answer = postweg_answer_new (POSTWEG_POP3, NULL, row->listed);
  g_auto (GStrv) lines = g_strsplit (row->lines, "\n", -1);
  PostwegAnswerState state = lines[0] == NULL ? postweg_answer_feed (answer, "") : POSTWEG_ANSWER_MORE;

  for (char **line = lines; *line != NULL && state == POSTWEG_ANSWER_MORE; line++)
    state = postweg_answer_feed (answer, *line);
  g_assert_cmpint (state, ==, row->state);
  if (row->status == NULL)
    return;
  g_assert_cmpstr (answer->reply->status, ==, row->status);
  g_assert_cmpstr (answer->reply->response_code, ==, row->code);
  g_assert_cmpstr (answer->reply->text, ==, row->text);
  g_assert_cmpuint (answer->lines->len, ==, row->n_lines);
}

static void
test_timestamp (void)
{
  static const struct {
    const char *greeting, *timestamp;
  } table[] = {
    { "+OK POP3 <1896.697170952@dbc.mtview.ca.us>", "<1896.697170952@dbc.mtview.ca.us>" },
    { "+OK <no-at-sign>", NULL },
    { "+OK <open@end", NULL },
    { "+OK later@host <x>", NULL },
    { "+OK hello", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (PostwegAnswer) answer = postweg_answer_new (POSTWEG_POP3, NULL, FALSE);
      g_autofree char *timestamp = NULL;

      postweg_answer_feed (answer, table[i].greeting);
      timestamp = postweg_pop3_timestamp (answer->reply);
      g_assert_cmpstr (timestamp, ==, table[i].timestamp);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strconcat ("/wire/pop3/", rows[i].name, NULL);

      g_test_add_data_func (path, &rows[i], test_row);
    }
  g_test_add_func ("/wire/pop3/timestamp", test_timestamp);
  return g_test_run ();
}
