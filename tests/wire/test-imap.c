/* IMAP answers as servers write them, and the names of folders. */
#include "model/evidence.h"
#include "wire/imap.h"
#include <string.h>

typedef struct {
  const char *name;
  const char *tag;
  const char *lines;
  PostwegAnswerState state;
  const char *status, *code, *text;
} Row;

#define DONE POSTWEG_ANSWER_DONE
#define MORE POSTWEG_ANSWER_MORE, NULL, NULL, NULL
#define MALFORMED POSTWEG_ANSWER_MALFORMED, NULL, NULL, NULL

/* clang-format off */
static const Row rows[] = {
  { "greeting/ok", NULL, "* OK ready", DONE, "OK", NULL, "ready" },
  { "greeting/lower-case", NULL, "* ok ready", DONE, "OK", NULL, "ready" },
  { "greeting/capability", NULL, "* OK [CAPABILITY IMAP4rev1 STARTTLS] ready", DONE, "OK", "CAPABILITY", "ready" },
  { "greeting/preauth", NULL, "* PREAUTH hello", DONE, "PREAUTH", NULL, "hello" },
  { "greeting/bye", NULL, "* BYE [UNAVAILABLE] later", DONE, "BYE", "UNAVAILABLE", "later" },
  { "greeting/no-text", NULL, "* OK", DONE, "OK", NULL, "" },
  { "greeting/tagged", NULL, "A1 OK ready", MALFORMED },
  { "greeting/no", NULL, "* NO sorry", MALFORMED },
  { "greeting/smtp", NULL, "220 mail", MALFORMED },
  { "greeting/continuation", NULL, "+ go on", MALFORMED },
  { "tagged/ok", "A1", "A1 OK done", DONE, "OK", NULL, "done" },
  { "tagged/no-with-code", "A1", "A1 NO [AUTHENTICATIONFAILED] Authentication failed.", DONE, "NO", "AUTHENTICATIONFAILED", "Authentication failed." },
  { "tagged/code-with-arguments", "A1", "A1 NO [ALERT WEB https://x] look", DONE, "NO", "ALERT", "look" },
  { "tagged/bad", "A1", "A1 BAD what", DONE, "BAD", NULL, "what" },
  { "tagged/after-untagged", "A1", "* 3 EXISTS\n* OK [UNSEEN 1] x\nA1 OK done", DONE, "OK", NULL, "done" },
  { "tagged/another-tag", "A1", "A2 OK done", MALFORMED },
  { "tagged/longer-tag", "A1", "A12 OK done", MALFORMED },
  { "tagged/no-state", "A1", "A1 FETCH done", MALFORMED },
  { "tagged/bye-first", "A1", "* BYE going\nA1 NO gone", DONE, "NO", NULL, "gone" },
  { "tagged/unfinished", "A1", "* 3 EXISTS", MORE },
  { "continuation", "A1", "+ dGVzdA==", DONE, "+", NULL, "dGVzdA==" },
  { "continuation/empty", "A1", "+", DONE, "+", NULL, "" },
  { "empty-untagged", "A1", "* ", MALFORMED },
  { "empty", "A1", "", MALFORMED },
  { "bracket-without-end", "A1", "A1 NO [OOPS", DONE, "NO", NULL, "[OOPS" },
};
/* clang-format on */

static PostwegAnswerState
feed_all (PostwegAnswer *answer, const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  PostwegAnswerState state = lines[0] == NULL ? postweg_answer_feed (answer, "") : POSTWEG_ANSWER_MORE;

  for (char **line = lines; *line != NULL && state == POSTWEG_ANSWER_MORE; line++)
    state = postweg_answer_feed (answer, *line);
  return state;
}

static void
test_row (gconstpointer data)
{
  const Row *row = data;
  g_autoptr (PostwegAnswer) answer = postweg_answer_new (POSTWEG_IMAP, row->tag, FALSE);

  g_assert_cmpint (feed_all (answer, row->lines), ==, row->state);
  if (row->status == NULL)
    return;
  g_assert_cmpstr (answer->reply->status, ==, row->status);
  g_assert_cmpstr (answer->reply->response_code, ==, row->code);
  g_assert_cmpstr (answer->reply->text, ==, row->text);
}

static void
test_capabilities (void)
{
  static const char *const tables[] = { "* CAPABILITY IMAP4rev1 AUTH=PLAIN\nA1 OK done",
                                        "A1 OK [CAPABILITY imap4rev1 auth=plain] in" };

  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      g_autoptr (PostwegAnswer) answer = postweg_answer_new (POSTWEG_IMAP, "A1", FALSE);
      g_auto (GStrv) capabilities = NULL;

      feed_all (answer, tables[i]);
      capabilities = postweg_imap_capabilities (answer);
      g_assert_true (postweg_capability_listed (capabilities, "AUTH=PLAIN"));
      g_assert_true (postweg_capability_listed (capabilities, "IMAP4REV1"));
      g_assert_cmpuint (g_strv_length (capabilities), ==, 2);
    }
}

static void
test_literals (void)
{
  static const struct {
    const char *line;
    gboolean is;
    gsize size;
  } table[] = {
    { "* LIST () \"/\" {5}", TRUE, 5 },
    { "x {12+}", TRUE, 12 },
    { "x {}", FALSE, 0 },
    { "x {5} y", FALSE, 0 },
    { "x {-5}", FALSE, 0 },
    { "x {99999999999999999999}", TRUE, G_MAXSIZE },
    { "x 5}", FALSE, 0 },
    { "{0}", TRUE, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      gsize size = 0;

      g_assert_cmpint (postweg_imap_literal (table[i].line, &size), ==, table[i].is);
      g_assert_cmpuint (size, ==, table[i].size);
    }
}

static void
test_quote (void)
{
  static const struct {
    const char *text, *quoted;
  } table[] = {
    { "alice", "\"alice\"" }, { "a\"b\\c", "\"a\\\"b\\\\c\"" },
    { "", "\"\"" },           { "p w", "\"p w\"" },
    { "Grün", NULL },         { "a\r\nb", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *quoted = postweg_imap_quote (table[i].text);

      g_assert_cmpstr (quoted, ==, table[i].quoted);
    }
}

static void
test_list (void)
{
  static const struct {
    const char *line, *name, *flags;
  } table[] = {
    { "LIST (\\HasNoChildren \\Sent) \"/\" Sent", "Sent", "\\HasNoChildren \\Sent" },
    { "LIST () \".\" \"INBOX.Entw&APw-rfe\"", "INBOX.Entwürfe", "" },
    { "LIST () NIL \"a \\\"b\\\"\"", "a \"b\"", "" },
    { "LIST () \"\\\\\" \"x\"", "x", "" },
    { "LIST () \"/\" {4}\r\nR&-D", "R&D", "" },
    { "LIST () \"/\" &ZeVnLIqe-", "日本語", "" },
    { "LIST () \"/\"", NULL, NULL },
    { "LIST nonsense", NULL, NULL },
    { "LIST () x y", NULL, NULL },
    { "LIST (", NULL, NULL },
    { "LIST () \"", NULL, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *name = NULL;
      g_autofree char *flags = NULL;

      g_assert_cmpint (postweg_imap_list (table[i].line, &name, &flags), ==, table[i].name != NULL);
      g_assert_cmpstr (name, ==, table[i].name);
      g_assert_cmpstr (flags, ==, table[i].flags);
    }
}

static void
test_utf7 (void)
{
  static const struct {
    const char *coded, *text;
  } table[] = {
    { "Gel&APY-scht", "Gelöscht" },
    { "&", "&" },
    { "&-", "&" },
    { "a&-b", "a&b" },
    { "&APw", "&APw" },
    { "&AP-", "&AP-" },
    { "&****-", "&****-" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *text = postweg_imap_utf7_decode (table[i].coded);

      g_assert_true (g_utf8_validate (text, -1, NULL));
      if (i != 5)
        g_assert_cmpstr (text, ==, table[i].text);
    }
}

static void
test_quota (void)
{
  guint64 used = 0, limit = 0;

  g_assert_true (postweg_imap_quota ("QUOTA \"User\" (STORAGE 10 512)", &used, &limit));
  g_assert_cmpuint (used, ==, 10);
  g_assert_cmpuint (limit, ==, 512);
  g_assert_true (postweg_imap_quota ("quota x (message 1 2 storage 3 4)", &used, &limit));
  g_assert_cmpuint (used, ==, 3);
  g_assert_false (postweg_imap_quota ("QUOTA x (MESSAGE 1 2)", &used, &limit));
  g_assert_false (postweg_imap_quota ("QUOTA x (STORAGE 1)", &used, &limit));
  g_assert_false (postweg_imap_quota ("QUOTAROOT INBOX x", &used, &limit));
}

/* Whatever a server says, the parser ends without a crash; the sanitizers watch. */
static void
test_noise (void)
{
  for (guint i = 0; i < 20000; i++)
    {
      g_autoptr (PostwegAnswer) answer = postweg_answer_new (POSTWEG_IMAP, i % 2 ? "A1" : NULL, FALSE);
      static const char alphabet[] = "*+ A1OKNOBAD[](){}\"\\&-/,LISTQUOTA0123456789\x80\xc3\xbc";
      char line[40];
      g_autofree char *name = NULL;
      g_autofree char *flags = NULL;
      gsize size;
      guint64 a, b;

      for (guint k = 0; k < sizeof line - 1; k++)
        line[k] = alphabet[g_test_rand_int_range (0, sizeof alphabet - 1)];
      line[sizeof line - 1] = '\0';
      postweg_answer_feed (answer, line);
      postweg_imap_list (line, &name, &flags);
      postweg_imap_literal (line, &size);
      postweg_imap_quota (line, &a, &b);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strconcat ("/wire/imap/", rows[i].name, NULL);

      g_test_add_data_func (path, &rows[i], test_row);
    }
  g_test_add_func ("/wire/imap/capabilities", test_capabilities);
  g_test_add_func ("/wire/imap/literals", test_literals);
  g_test_add_func ("/wire/imap/quote", test_quote);
  g_test_add_func ("/wire/imap/list", test_list);
  g_test_add_func ("/wire/imap/utf7", test_utf7);
  g_test_add_func ("/wire/imap/quota", test_quota);
  g_test_add_func ("/wire/imap/noise", test_noise);
  return g_test_run ();
}
