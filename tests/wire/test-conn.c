/* A line-based connection against scripted servers: lines, limits, literals, deadlines, and secrets that stay black. */
#include "../slower.h"
#include "practice/practice.h"
#include "wire/conn.h"
#include "wire/race.h"
#include <string.h>

#define SHORT_MS 150 /* patience in these tests */

typedef struct {
  PostwegPractice *practice;
  GPtrArray *dialogue;
  PostwegConn *conn;
  PostwegWait test;
} Talk;

static void
talk_begin (Talk *talk, const char *script)
{
  PostwegPracticeOptions options = { .script = script };
  g_autoptr (GError) error = NULL;
  g_autoptr (GInetAddress) inet = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GPtrArray) addresses = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) attempts = g_ptr_array_new_with_free_func ((GDestroyNotify) postweg_attempt_free);

  talk->practice = postweg_practice_start (&options, &error);
  g_assert_no_error (error);
  talk->test = postweg_wait_new (10000, NULL);
  g_ptr_array_add (addresses, g_inet_socket_address_new (inet, postweg_practice_port (talk->practice)));
  talk->dialogue = g_ptr_array_new_with_free_func ((GDestroyNotify) postweg_dialogue_line_free);
  talk->conn =
      postweg_conn_new (postweg_race (addresses, attempts, NULL, &talk->test, &error), talk->dialogue);
  g_assert_no_error (error);
}

static void
talk_end (Talk *talk)
{
  postweg_conn_free (talk->conn);
  g_ptr_array_unref (talk->dialogue);
  postweg_practice_stop (talk->practice);
}

static char *
read_line (Talk *talk, guint ms, GError **error)
{
  PostwegWait wait = postweg_wait_step (&talk->test, ms);

  return postweg_conn_read_line (talk->conn, &wait, error);
}

static const char *
said (const Talk *talk, guint i)
{
  return ((const PostwegDialogueLine *) g_ptr_array_index (talk->dialogue, i))->text;
}

typedef struct {
  const char *name;
  const char *script;
  const char *lines; /* separated by |, each ends with one */
  PostwegError end;  /* what the next line is */
} LineRow;

/* clang-format off */
static const LineRow line_rows[] = {
  { "one", "S: hello\nCLOSE\n", "hello|", POSTWEG_ERROR_HUNG_UP },
  { "several-at-once", "S- a\\r\\nb\\r\\nc\\r\\n\nCLOSE\n", "a|b|c|", POSTWEG_ERROR_HUNG_UP },
  { "bare-line-feed", "S- a\\nb\\n\nCLOSE\n", "a|b|", POSTWEG_ERROR_HUNG_UP },
  { "only-one-return-goes", "S- a\\r\\r\\n\nCLOSE\n", "a\r|", POSTWEG_ERROR_HUNG_UP },
  { "return-in-the-middle", "S- a\\rb\\r\\n\nCLOSE\n", "a\rb|", POSTWEG_ERROR_HUNG_UP },
  { "empty-lines", "S- \\r\\n\\r\\nx\\r\\n\nCLOSE\n", "||x|", POSTWEG_ERROR_HUNG_UP },
  { "in-pieces", "DRIP 2 hello\\r\\n\nWAIT 5\nS- wo\nWAIT 5\nS- rld\\r\nWAIT 5\nS- \\n\nCLOSE\n", "hello|world|", POSTWEG_ERROR_HUNG_UP },
  { "eight-bit", "S- \\xfc\\xe4\\r\\n\nCLOSE\n", "\xfc\xe4|", POSTWEG_ERROR_HUNG_UP },
  { "half-a-line", "S- no end\nCLOSE\n", "", POSTWEG_ERROR_HUNG_UP },
  { "half-a-line-and-silence", "S: whole\nS- no end\nHANG\n", "whole|", POSTWEG_ERROR_SILENT },
  { "silence", "HANG\n", "", POSTWEG_ERROR_SILENT },
  { "closed", "CLOSE\n", "", POSTWEG_ERROR_HUNG_UP },
  { "cut", "S: a\nCUT\n", "a|", POSTWEG_ERROR_HUNG_UP },
  { "nul", "S: fine\nS- a\\0b\\r\\n\nHANG\n", "fine|", POSTWEG_ERROR_MALFORMED },
  { "nul-at-the-end", "S- ab\\0\\r\\n\nHANG\n", "", POSTWEG_ERROR_MALFORMED },
  { "line-without-end", "REPEAT 70000 x\nHANG\n", "", POSTWEG_ERROR_MALFORMED },
  { "line-too-long-by-one", "REPEAT 65536 x\nS: \nHANG\n", "", POSTWEG_ERROR_MALFORMED },
};
/* clang-format on */

static void
test_lines (gconstpointer data)
{
  const LineRow *row = data;
  g_autoptr (GString) lines = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  Talk talk;
  char *line;

  talk_begin (&talk, row->script);
  while ((line = read_line (&talk, SHORT_MS, &error)) != NULL)
    {
      g_string_append_printf (lines, "%s|", line);
      g_free (line);
    }
  g_assert_cmpstr (lines->str, ==, row->lines);
  g_assert_error (error, POSTWEG_ERROR, (int) row->end);
  talk_end (&talk);
}

/* A reset may overtake what was sent before it; no more than that. */
static void
test_reset (void)
{
  g_autoptr (GError) error = NULL;
  Talk talk;

  talk_begin (&talk, "WAIT 50\nRESET\n");
  g_assert_null (read_line (&talk, 2000, &error));
  g_assert_error (error, POSTWEG_ERROR, POSTWEG_ERROR_HUNG_UP);
  talk_end (&talk);
}

/* The longest line that is taken: 64 KiB with its carriage return. */
static void
test_longest_line (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *line = NULL;
  Talk talk;

  talk_begin (&talk, "REPEAT 65535 x\nS: \nHANG\n");
  line = read_line (&talk, 5000, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (strlen (line), ==, POSTWEG_LINE_MAX - 1);
  talk_end (&talk);
}

/* Between two commands a server may say so much and no more, whatever lines it makes of it. */
static void
test_phase (void)
{
  g_autoptr (GError) error = NULL;
  gsize bytes = 0;
  Talk talk;
  char *line;

  talk_begin (&talk, "REPEAT 200000 0123456\\r\\n\nHANG\n");
  while ((line = read_line (&talk, 5000, &error)) != NULL)
    {
      bytes += strlen (line) + 2;
      g_free (line);
    }
  g_assert_error (error, POSTWEG_ERROR, POSTWEG_ERROR_MALFORMED);
  g_assert_cmpuint (bytes, >, POSTWEG_PHASE_MAX - 8192);
  g_assert_cmpuint (bytes, <=, POSTWEG_PHASE_MAX + 8192);
  talk_end (&talk);
}

/* A command of ours begins a new phase. */
static void
test_phase_begins_again (void)
{
  Talk talk;

  talk_begin (&talk, "LOOP\nC?\nREPEAT 60000 0123456\\r\\n\nS: done\nEND\n");
  for (guint i = 0; i < 4; i++)
    {
      g_autofree char *line = NULL;

      g_assert_true (postweg_conn_send (talk.conn, "more", NULL, &talk.test, NULL));
      do
        {
          g_free (line);
          line = read_line (&talk, 5000, NULL);
          g_assert_nonnull (line);
      } while (strcmp (line, "done") != 0);
    }
  talk_end (&talk);
}

/* What came before the deadline stays, and is the beginning of the line when the rest comes after all. */
static void
test_half_line_is_kept (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *line = NULL;
  const char *half;
  gsize length = 0;
  Talk talk;

  talk_begin (&talk, "S- * OK rea\nC?\nS: dy\nHANG\n");
  g_assert_null (read_line (&talk, SHORT_MS, &error));
  g_assert_error (error, POSTWEG_ERROR, POSTWEG_ERROR_SILENT);
  half = postweg_conn_peek (talk.conn, &length);
  g_assert_cmpmem (half, length, "* OK rea", 8);
  g_assert_true (postweg_conn_send (talk.conn, "well?", NULL, &talk.test, NULL));
  line = read_line (&talk, 2000, NULL);
  g_assert_cmpstr (line, ==, "* OK ready");
  talk_end (&talk);
}

/* A dripping server does not get a new deadline with each byte. */
static void
test_deadline_is_not_per_byte (void)
{
  g_autoptr (GError) error = NULL;
  gint64 begun;
  Talk talk;

  talk_begin (&talk, "DRIP 20 a line that would need far more than its time\\r\\n\nHANG\n");
  begun = g_get_monotonic_time ();
  g_assert_null (read_line (&talk, 300, &error));
  g_assert_error (error, POSTWEG_ERROR, POSTWEG_ERROR_SILENT);
  g_assert_cmpint (g_get_monotonic_time () - begun, <, SLOWER * 500 * 1000);
  talk_end (&talk);
}

static void
test_whole_test_out_of_time (void)
{
  g_autoptr (GError) error = NULL;
  Talk talk;

  talk_begin (&talk, "HANG\n");
  talk.test = postweg_wait_new (100, NULL);
  g_assert_null (read_line (&talk, 5000, &error));
  g_assert_error (error, POSTWEG_ERROR, POSTWEG_ERROR_OUT_OF_TIME);
  talk_end (&talk);
}

static gpointer
cancel_soon (gpointer cancellable)
{
  g_usleep (100 * 1000);
  g_cancellable_cancel (cancellable);
  return NULL;
}

static void
test_cancelled (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  GThread *thread;
  g_autoptr (GError) error = NULL;
  gint64 begun;
  Talk talk;

  talk_begin (&talk, "HANG\n");
  talk.test = postweg_wait_new (10000, cancellable);
  begun = g_get_monotonic_time ();
  thread = g_thread_new ("cancel", cancel_soon, cancellable);
  g_assert_null (read_line (&talk, 10000, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (g_get_monotonic_time () - begun, <, SLOWER * 300 * 1000);
  g_thread_join (thread);
  talk_end (&talk);
}

static void
test_literals (void)
{
  static const struct {
    const char *script;
    gsize size;
    const char *bytes; /* NULL: not to be had */
    PostwegError error;
  } table[] = {
    { "S- hello there\nHANG\n", 5, "hello", POSTWEG_OK },
    { "S- \\r\\n.\\r\\n\nHANG\n", 5, "\r\n.\r\n", POSTWEG_OK },
    { "DRIP 2 slow\nHANG\n", 4, "slow", POSTWEG_OK },
    { "S- x\nHANG\n", 0, "", POSTWEG_OK },
    { "S- short\nCLOSE\n", 6, NULL, POSTWEG_ERROR_HUNG_UP },
    { "S- short\nHANG\n", 6, NULL, POSTWEG_ERROR_SILENT },
    { "HANG\n", POSTWEG_PHASE_MAX + 1, NULL, POSTWEG_ERROR_MALFORMED },
    { "HANG\n", G_MAXSIZE, NULL, POSTWEG_ERROR_MALFORMED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      Talk talk;
      PostwegWait wait;
      g_autoptr (GError) error = NULL;
      g_autofree char *bytes = NULL;

      talk_begin (&talk, table[i].script);
      wait = postweg_wait_step (&talk.test, SHORT_MS);
      bytes = postweg_conn_read_bytes (talk.conn, table[i].size, &wait, &error);
      g_assert_cmpstr (bytes, ==, table[i].bytes);
      if (table[i].error != POSTWEG_OK)
        g_assert_error (error, POSTWEG_ERROR, (int) table[i].error);
      talk_end (&talk);
    }
}

/* Bytes behind an answer are seen, also when they lag a little; silence is not waited for. */
static void
test_extra (void)
{
  static const struct {
    const char *script;
    gboolean extra;
  } table[] = {
    { "S- 220 go\\r\\n250 more\\r\\n\nHANG\n", TRUE },
    { "S- 220 go\\r\\nx\nHANG\n", TRUE },
    { "S: 220 go\nHANG\n", FALSE },
    { "S: 220 go\nCLOSE\n", FALSE },
    { "S: 220 go\nWAIT 4\nS- x\nHANG\n", TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      Talk talk;
      g_autofree char *line = NULL;
      gint64 begun;

      talk_begin (&talk, table[i].script);
      line = read_line (&talk, 2000, NULL);
      g_assert_cmpstr (line, ==, "220 go");
      begun = g_get_monotonic_time ();
      g_assert_cmpint (postweg_conn_has_extra (talk.conn, &talk.test), ==, table[i].extra);
      g_assert_cmpint (g_get_monotonic_time () - begun, <, SLOWER * 200 * 1000);
      talk_end (&talk);
    }
}

/* The secret goes out whole, and black into the dialogue; the server hears one line. */
static void
test_sent_secret (void)
{
  g_autofree char *heard = NULL;
  g_autofree char *line = NULL;
  Talk talk;

  talk_begin (&talk, "C: PASS\nS: +OK you said geheimnis-7\nHANG\n");
  g_assert_true (postweg_conn_send (talk.conn, "PASS ", "geheimnis-7", &talk.test, NULL));
  line = read_line (&talk, 2000, NULL);
  heard = postweg_practice_heard (talk.practice);
  g_assert_cmpstr (heard, ==, "PASS geheimnis-7\n");
  g_assert_cmpstr (line, ==, "+OK you said geheimnis-7"); /* raw: for the parser, which blackens it first */
  g_assert_cmpstr (said (&talk, 0), ==, "PASS ••••");
  g_assert_cmpstr (said (&talk, 1), ==, "+OK you said ••••");
  g_assert_false (((const PostwegDialogueLine *) g_ptr_array_index (talk.dialogue, 0))->from_server);
  g_assert_true (((const PostwegDialogueLine *) g_ptr_array_index (talk.dialogue, 1))->from_server);
  g_assert_false (((const PostwegDialogueLine *) g_ptr_array_index (talk.dialogue, 1))->encrypted);
  g_assert_true (postweg_conn_is_loopback (talk.conn));
  g_assert_false (postweg_conn_is_encrypted (talk.conn));
  talk_end (&talk);
}

/* What a server says is harmless once it stands in the dialogue. */
static void
test_dialogue_is_clean (void)
{
  g_autofree char *line = NULL;
  Talk talk;

  talk_begin (&talk, "S- 220 \\x1b[31mred\\x07 \\xe2\\x80\\xaeback M\\xfcller\\r\\n\nHANG\n");
  line = read_line (&talk, 2000, NULL);
  g_assert_true (g_utf8_validate (said (&talk, 0), -1, NULL));
  g_assert_null (strchr (said (&talk, 0), '\x1b'));
  g_assert_null (strchr (said (&talk, 0), '\x07'));
  talk_end (&talk);
}

typedef struct {
  const char *name, *secret, *text, *black;
} BlackRow;

/* clang-format off */
static const BlackRow black_rows[] = {
  { "plain", "correct horse", "535 correct horse is wrong", "535 •••• is wrong" },
  { "twice", "battery", "battery and battery", "•••• and ••••" },
  { "none", "battery", "535 no", "535 no" },
  { "base64-alone", "correct horse", "Y29ycmVjdCBob3JzZQ==", "••••==" },
  { "percent", "a/b c%d", "https://x/?p=a%2Fb%20c%25d&y", "https://x/?p=••••&y" },
  { "plain-of-user-and-password", "correct horse", "AGFubmEAY29ycmVjdCBob3JzZQ==", "AGFubmEA••••==" },
  { "plain/one-further", "correct horse", "AGFubmFzAGNvcnJlY3QgaG9yc2U=", NULL },
  { "plain/two-further", "correct horse", "AGFubmFzcwBjb3JyZWN0IGhvcnNl", NULL },
  { "token", "ya29.a0AfH6SMBx-long_token", "dXNlcj1hbm5hAWF1dGg9QmVhcmVyIHlhMjkuYTBBZkg2U01CeC1sb25nX3Rva2VuAQE=", NULL },
  { "umlaut", "größer", "535 größer", "535 ••••" },
  { "too-short-to-hide", "abc", "535 abc", "535 abc" },
};
/* clang-format on */

/* What can be seen of the secret in a text: five characters of it or of its base64 in a row are too many. */
static gboolean
shows (const char *text, const char *secret)
{
  static const guint width = 5;

  for (gsize skip = 0; skip < 3 && skip < strlen (secret); skip++)
    {
      g_autofree char *base64 =
          g_base64_encode ((const guchar *) secret + skip, (strlen (secret) - skip) / 3 * 3);

      for (gsize i = 0; i + width <= strlen (base64); i++)
        {
          g_autofree char *part = g_strndup (base64 + i, width);

          if (strstr (text, part) != NULL)
            return TRUE;
        }
    }
  return FALSE;
}

static void
test_black (gconstpointer data)
{
  const BlackRow *row = data;
  g_autofree char *black = NULL;
  Talk talk;

  talk_begin (&talk, "HANG\n");
  postweg_conn_hide (talk.conn, row->secret);
  black = postweg_conn_blacken (talk.conn, row->text);
  if (row->black != NULL)
    g_assert_cmpstr (black, ==, row->black);
  g_assert_true (strlen (row->secret) < 6 || !shows (black, row->secret));
  talk_end (&talk);
}

int
main (int argc, char **argv)
{
  static const struct {
    const char *path;
    void (*test) (void);
  } tests[] = {
    { "reset", test_reset },
    { "longest-line", test_longest_line },
    { "phase", test_phase },
    { "phase-begins-again", test_phase_begins_again },
    { "half-line-is-kept", test_half_line_is_kept },
    { "deadline-is-not-per-byte", test_deadline_is_not_per_byte },
    { "whole-test-out-of-time", test_whole_test_out_of_time },
    { "cancelled", test_cancelled },
    { "literals", test_literals },
    { "extra", test_extra },
    { "sent-secret", test_sent_secret },
    { "dialogue-is-clean", test_dialogue_is_clean },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (line_rows); i++)
    {
      g_autofree char *path = g_strconcat ("/wire/conn/lines/", line_rows[i].name, NULL);

      g_test_add_data_func (path, &line_rows[i], test_lines);
    }
  for (guint i = 0; i < G_N_ELEMENTS (black_rows); i++)
    {
      g_autofree char *path = g_strconcat ("/wire/conn/black/", black_rows[i].name, NULL);

      g_test_add_data_func (path, &black_rows[i], test_black);
    }
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autofree char *path = g_strconcat ("/wire/conn/", tests[i].path, NULL);

      g_test_add_func (path, tests[i].test);
    }
  return g_test_run ();
}
