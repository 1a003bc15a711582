/* Answers of all three protocols as they come in: complete, continued, broken, endless. */
#include "model/evidence.h"
#include "wire/answer.h"
#include <string.h>

typedef struct {
  const char *name;
  PostwegProtocol protocol;
  const char *tag;          /* IMAP */
  gboolean listed;          /* POP3 */
  const char *lines;        /* separated by newlines */
  PostwegAnswerState state; /* after the last one */
  const char *words;        /* of the reply, as postweg_reply_words() says them; NULL: no reply */
  gboolean positive;
  guint n_lines; /* collected */
} Row;

#define IMAP(tag) POSTWEG_IMAP, tag, FALSE
#define POP3 POSTWEG_POP3, NULL, FALSE
#define POP3_LIST POSTWEG_POP3, NULL, TRUE
#define SMTP POSTWEG_SMTP, NULL, FALSE
#define DONE POSTWEG_ANSWER_DONE
#define MORE POSTWEG_ANSWER_MORE
#define BROKEN POSTWEG_ANSWER_MALFORMED

/* clang-format off */
static const Row rows[] = {
  { "imap/greeting", IMAP (NULL), "* OK ready", DONE, "OK ready", TRUE, 0 },
  { "imap/greeting-with-capabilities", IMAP (NULL), "* OK [CAPABILITY IMAP4rev1 IDLE] ready", DONE, "OK [CAPABILITY] ready", TRUE, 1 },
  { "imap/greeting-preauth", IMAP (NULL), "* PREAUTH in already", DONE, "PREAUTH in already", TRUE, 0 },
  { "imap/greeting-bye", IMAP (NULL), "* BYE too many", DONE, "BYE too many", FALSE, 0 },
  { "imap/greeting-no", IMAP (NULL), "* NO go away", BROKEN, NULL, FALSE, 0 },
  { "imap/greeting-lower-case", IMAP (NULL), "* ok ready", DONE, "OK ready", TRUE, 0 },
  { "imap/greeting-okay", IMAP (NULL), "* OKAY ready", BROKEN, NULL, FALSE, 0 },
  { "imap/greeting-untagged-news", IMAP (NULL), "* 5 EXISTS", BROKEN, NULL, FALSE, 0 },
  { "imap/greeting-tagged", IMAP (NULL), "a OK ready", BROKEN, NULL, FALSE, 0 },
  { "imap/greeting-continuation", IMAP (NULL), "+ ready", BROKEN, NULL, FALSE, 0 },
  { "imap/tagged", IMAP ("a1"), "a1 OK done", DONE, "OK done", TRUE, 0 },
  { "imap/tagged-no-text", IMAP ("a1"), "a1 OK", DONE, "OK", TRUE, 0 },
  { "imap/tagged-no", IMAP ("a1"), "a1 NO [AUTHENTICATIONFAILED] Sorry", DONE, "NO [AUTHENTICATIONFAILED] Sorry", FALSE, 0 },
  { "imap/tagged-bad", IMAP ("a1"), "a1 BAD what", DONE, "BAD what", FALSE, 0 },
  { "imap/tagged-code-with-arguments", IMAP ("a1"), "a1 NO [referral imap://elsewhere/] go there", DONE, "NO [REFERRAL] go there", FALSE, 0 },
  { "imap/tagged-bracket-without-end", IMAP ("a1"), "a1 NO [oops here", DONE, "NO [oops here", FALSE, 0 },
  { "imap/untagged-first", IMAP ("a1"), "* 3 EXISTS\n* LIST () \"/\" INBOX\na1 OK", DONE, "OK", TRUE, 2 },
  { "imap/continuation", IMAP ("a1"), "+ go on", DONE, "+ go on", TRUE, 0 },
  { "imap/continuation-empty", IMAP ("a1"), "+", DONE, "+", TRUE, 0 },
  { "imap/not-complete", IMAP ("a1"), "* 3 EXISTS", MORE, NULL, FALSE, 1 },
  { "imap/bye-is-kept", IMAP ("a1"), "* BYE logging out", MORE, "BYE logging out", FALSE, 1 },
  { "imap/bye-then-answer", IMAP ("a1"), "* BYE logging out\na1 OK done", DONE, "OK done", TRUE, 1 },
  { "imap/other-tag", IMAP ("a1"), "a2 OK done", BROKEN, NULL, FALSE, 0 },
  { "imap/tag-in-other-case", IMAP ("a1"), "A1 OK done", BROKEN, NULL, FALSE, 0 },
  { "imap/tag-and-more", IMAP ("a1"), "a11 OK done", BROKEN, NULL, FALSE, 0 },
  { "imap/tag-alone", IMAP ("a1"), "a1", BROKEN, NULL, FALSE, 0 },
  { "imap/tag-without-state", IMAP ("a1"), "a1 MAYBE", BROKEN, NULL, FALSE, 0 },
  { "imap/tagged-preauth", IMAP ("a1"), "a1 PREAUTH", BROKEN, NULL, FALSE, 0 },
  { "imap/empty-line", IMAP ("a1"), "", BROKEN, NULL, FALSE, 0 },
  { "imap/star-alone", IMAP ("a1"), "* ", BROKEN, NULL, FALSE, 0 },
  { "imap/another-protocol", IMAP ("a1"), "220 mail", BROKEN, NULL, FALSE, 0 },
  { "pop3/ok", POP3, "+OK ready", DONE, "+OK ready", TRUE, 0 },
  { "pop3/ok-alone", POP3, "+OK", DONE, "+OK", TRUE, 0 },
  { "pop3/ok-lower-case", POP3, "+ok", DONE, "+OK", TRUE, 0 },
  { "pop3/okay", POP3, "+OKAY", BROKEN, NULL, FALSE, 0 },
  { "pop3/err", POP3, "-ERR [IN-USE] locked", DONE, "-ERR [IN-USE] locked", FALSE, 0 },
  { "pop3/err-with-blanks", POP3, "-ERR   no  such", DONE, "-ERR no  such", FALSE, 0 },
  { "pop3/challenge", POP3, "+ PDE4OTY=", DONE, "+ PDE4OTY=", TRUE, 0 },
  { "pop3/list", POP3_LIST, "+OK\nUSER\nUIDL\n.", DONE, "+OK", TRUE, 2 },
  { "pop3/list-stuffed-dots", POP3_LIST, "+OK\n..\n...x\n.", DONE, "+OK", TRUE, 2 },
  { "pop3/list-empty", POP3_LIST, "+OK\n.", DONE, "+OK", TRUE, 0 },
  { "pop3/list-refused", POP3_LIST, "-ERR what", DONE, "-ERR what", FALSE, 0 },
  { "pop3/list-not-complete", POP3_LIST, "+OK\nUSER", MORE, "+OK", TRUE, 1 },
  { "pop3/list-with-states-inside", POP3_LIST, "+OK\n-ERR is a word here\n.", DONE, "+OK", TRUE, 1 },
  { "pop3/nonsense", POP3, "hello", BROKEN, NULL, FALSE, 0 },
  { "pop3/another-protocol", POP3, "* OK ready", BROKEN, NULL, FALSE, 0 },
  { "smtp/lines", SMTP, "250-mail\n250-SIZE 1000\n250 HELP", DONE, "250 mail SIZE 1000 HELP", TRUE, 3 },
  { "smtp/not-complete", SMTP, "250-mail", MORE, NULL, FALSE, 1 },
  { "smtp/refused", SMTP, "554 5.7.1 no", DONE, "554 5.7.1 no", FALSE, 1 },
  { "smtp/intermediate", SMTP, "334 UGFzcw==", DONE, "334 UGFzcw==", TRUE, 1 },
  { "smtp/another-protocol", SMTP, "+OK ready", BROKEN, NULL, FALSE, 0 },
};
/* clang-format on */

static PostwegAnswerState
feed (PostwegAnswer *answer, const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  PostwegAnswerState state = MORE;

  if (lines[0] == NULL)
    return postweg_answer_feed (answer, "");
  for (char **line = lines; *line != NULL; line++)
    {
      g_assert_cmpint (state, ==, MORE);
      state = postweg_answer_feed (answer, *line);
    }
  return state;
}

static void
test_row (gconstpointer data)
{
  const Row *row = data;
  g_autoptr (PostwegAnswer) answer = postweg_answer_new (row->protocol, row->tag, row->listed);
  g_autofree char *words = NULL;

  g_assert_cmpint (feed (answer, row->lines), ==, row->state);
  words = answer->reply != NULL ? postweg_reply_words (answer->reply) : NULL;
  g_assert_cmpstr (words, ==, row->words);
  g_assert_cmpuint (answer->lines->len, ==, row->n_lines);
  if (answer->reply != NULL)
    {
      g_assert_cmpint (answer->reply->positive, ==, row->positive);
      g_assert_cmpint (answer->reply->protocol, ==, row->protocol);
    }
}

/* An answer without end is none; where it ends differs by protocol, that it ends does not. */
static void
test_endless (void)
{
  static const struct {
    PostwegProtocol protocol;
    const char *first, *next;
    guint most;
  } table[] = {
    { POSTWEG_IMAP, "* 1 EXISTS", "* OK still here", POSTWEG_ANSWER_LIST_MAX },
    { POSTWEG_POP3, "+OK", "SASL PLAIN", POSTWEG_ANSWER_LIST_MAX },
    { POSTWEG_SMTP, "250-mail", "250-X", POSTWEG_ANSWER_LINES_MAX },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (PostwegAnswer) answer = postweg_answer_new (table[i].protocol, "a1", TRUE);
      PostwegAnswerState state = postweg_answer_feed (answer, table[i].first);
      guint n = 1;

      while (state == MORE && n <= 2 * POSTWEG_ANSWER_LIST_MAX)
        {
          state = postweg_answer_feed (answer, table[i].next);
          n++;
        }
      g_assert_cmpint (state, ==, BROKEN);
      g_assert_cmpuint (n, <=, table[i].most + 2);
      g_assert_cmpuint (answer->lines->len, <=, table[i].most);
    }
}

static void
test_line_by_keyword (void)
{
  g_autoptr (PostwegAnswer) answer = postweg_answer_new (POSTWEG_IMAP, "a", FALSE);

  feed (answer, "* QUOTAROOT INBOX \"\"\n* quota \"\" (STORAGE 1 2)\n* QUOTA again\na OK");
  g_assert_cmpstr (postweg_answer_line (answer, "QUOTA"), ==, "quota \"\" (STORAGE 1 2)");
  g_assert_cmpstr (postweg_answer_line (answer, "QUOTAROOT"), ==, "QUOTAROOT INBOX \"\"");
  g_assert_null (postweg_answer_line (answer, "QUOT"));
  g_assert_null (postweg_answer_line (answer, "SEARCH"));
}

static void
test_codes (void)
{
  static const struct {
    const char *text, *code, *rest;
  } table[] = {
    { "[ALERT] hello", "ALERT", "hello" },
    { "[alert]hello", "ALERT", "hello" },
    { "[SYS/TEMP]   later", "SYS/TEMP", "later" },
    { "[BADCHARSET (UTF-8)] x", "BADCHARSET", "x" },
    { "[] x", NULL, "[] x" },
    { "[ALERT hello", NULL, "[ALERT hello" },
    { "hello [ALERT]", NULL, "hello [ALERT]" },
    { "", NULL, "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      const char *text = table[i].text;
      g_autofree char *code = postweg_answer_take_code (&text);

      g_assert_cmpstr (code, ==, table[i].code);
      g_assert_cmpstr (text, ==, table[i].rest);
    }
}

/* Server text in a reply is clean, whatever came. */
static void
test_clean (void)
{
  static const char *const lines[] = { "a OK \x1b[2Jhi", "a OK M\xfcller", "a NO \xe2\x80\xaehi",
                                       "a NO \x01\x02" };

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autoptr (PostwegAnswer) answer = postweg_answer_new (POSTWEG_IMAP, "a", FALSE);

      g_assert_cmpint (postweg_answer_feed (answer, lines[i]), ==, DONE);
      g_assert_true (g_utf8_validate (answer->reply->text, -1, NULL));
      for (const char *p = answer->reply->text; *p != '\0'; p = g_utf8_next_char (p))
        g_assert_true (g_unichar_isprint (g_utf8_get_char (p)));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strconcat ("/wire/answer/", rows[i].name, NULL);

      g_test_add_data_func (path, &rows[i], test_row);
    }
  g_test_add_func ("/wire/answer/endless", test_endless);
  g_test_add_func ("/wire/answer/line-by-keyword", test_line_by_keyword);
  g_test_add_func ("/wire/answer/codes", test_codes);
  g_test_add_func ("/wire/answer/clean", test_clean);
  return g_test_run ();
}
