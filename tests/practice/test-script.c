/* The script language: what is read from each line, and what is refused. */
#include "model/error.h"
#include "practice/script.h"
#include <string.h>

typedef struct {
  const char *line;
  PostwegActKind kind;
  guint number;
  const char *text; /* NULL: none */
} Line;

static const Line lines[] = {
  { "S: * OK ready", POSTWEG_ACT_SAY, 1, "* OK ready\r\n" },
  { "S:", POSTWEG_ACT_SAY, 1, "\r\n" },
  { "S:  two blanks ", POSTWEG_ACT_SAY, 1, " two blanks \r\n" },
  { "S: a\\r\\n\\tb\\\\", POSTWEG_ACT_SAY, 1, "a\r\n\tb\\\r\n" },
  { "S- 220", POSTWEG_ACT_SAY, 1, "220" },
  { "S- \\x16\\x03\\xfF", POSTWEG_ACT_SAY, 1, "\x16\x03\xff" },
  { "REPEAT 3 ab\\n", POSTWEG_ACT_SAY, 3, "ab\n" },
  { "REPEAT 0 ab", POSTWEG_ACT_SAY, 0, "ab" },
  { "DRIP 1000 +OK\\r\\n", POSTWEG_ACT_DRIP, 1000, "+OK\r\n" },
  { "C: CAPA", POSTWEG_ACT_EXPECT, 1, "CAPA" },
  { "C?", POSTWEG_ACT_ANY, 1, NULL },
  { "C+", POSTWEG_ACT_CONTINUATION, 1, "" },
  { "C+ AGFsaWNl", POSTWEG_ACT_CONTINUATION, 1, "AGFsaWNl" },
  { "C{} alice", POSTWEG_ACT_LITERAL, 1, "alice" },
  { "TLS", POSTWEG_ACT_TLS, 1, NULL },
  { "WAIT 20", POSTWEG_ACT_WAIT, 20, NULL },
  { "CLOSE", POSTWEG_ACT_CLOSE, 1, NULL },
  { "CUT", POSTWEG_ACT_CUT, 1, NULL },
  { "RESET", POSTWEG_ACT_RESET, 1, NULL },
  { "HANG", POSTWEG_ACT_HANG, 1, NULL },
  { "   HANG", POSTWEG_ACT_HANG, 1, NULL },
  { "HANG\r", POSTWEG_ACT_HANG, 1, NULL },
};

static void
test_line (gconstpointer data)
{
  const Line *line = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = g_strdup_printf ("# comment\n\n%s\n", line->line);
  g_autoptr (PostwegScript) script = postweg_script_parse (text, &error);
  const PostwegAct *act;

  g_assert_no_error (error);
  g_assert_cmpuint (script->acts->len, ==, 1);
  act = postweg_script_act (script, 0);
  g_assert_null (postweg_script_act (script, 1));
  g_assert_cmpint (act->kind, ==, line->kind);
  g_assert_cmpuint (act->line, ==, 3);
  g_assert_cmpuint (act->number, ==, line->number);
  g_assert_cmpstr (act->text == NULL ? NULL : act->text->str, ==, line->text);
}

static void
test_nul_byte (void)
{
  g_autoptr (PostwegScript) script = postweg_script_parse ("S- a\\0b\\x00", NULL);

  g_assert_cmpmem (postweg_script_act (script, 0)->text->str, postweg_script_act (script, 0)->text->len,
                   "a\0b\0", 4);
}

typedef struct {
  const char *script;
  guint line; /* the one the message names */
} Refused;

static const Refused refused[] = {
  { "", 1 },
  { "# only a comment\n", 1 },
  { "HELLO", 1 },
  { "s: small letters", 1 },
  { "S:no blank", 1 },
  { "S: ok\nC:", 2 },
  { "S-", 1 },
  { "S: back\\slash", 1 },
  { "S: end\\", 1 },
  { "S: \\x1", 1 },
  { "S: \\xg0", 1 },
  { "WAIT", 1 },
  { "WAIT soon", 1 },
  { "WAIT -1", 1 },
  { "WAIT 3600001", 1 },
  { "WAIT 1 2", 1 },
  { "REPEAT 2", 1 },
  { "REPEAT x y", 1 },
  { "REPEAT 100000001 x", 1 },
  { "TLS 1.2", 1 },
  { "C? EHLO", 1 },
  { "LOOP\nEND", 2 },
  { "S: a\nEND", 2 },
  { "LOOP\nC?", 2 },
  { "LOOP\nLOOP\nC?\nEND\nEND", 2 },
  { "ON EHLO", 1 },
  { "LEAVE", 1 },
  { "LOOP\nC?\nON EHLO\nEND", 3 },
};

static void
test_refused (gconstpointer data)
{
  const Refused *refuse = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *begin = g_strdup_printf ("Line %u of the script: ", refuse->line);

  g_assert_null (postweg_script_parse (refuse->script, &error));
  g_assert_error (error, POSTWEG_ERROR, POSTWEG_ERROR_BAD_INPUT);
  g_assert_true (g_str_has_prefix (error->message, begin));
}

static void
test_too_long (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i <= 10000; i++)
    g_string_append (text, "C?\n");
  g_assert_null (postweg_script_parse (text->str, &error));
  g_assert_error (error, POSTWEG_ERROR, POSTWEG_ERROR_BAD_INPUT);
}

static void
test_loops_know_their_partners (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PostwegScript) script = postweg_script_parse ("S: +OK\n"  /* 0 */
                                                           "LOOP\n"    /* 1 */
                                                           "ON CAPA\n" /* 2 */
                                                           "  S: .\n"  /* 3 */
                                                           "ON QUIT\n" /* 4 */
                                                           "  LEAVE\n" /* 5 */
                                                           "ON\n"      /* 6 */
                                                           "END\n"     /* 7 */
                                                           "S: bye\n"  /* 8 */
                                                           "LOOP\n"    /* 9 */
                                                           "C?\n"      /* 10 */
                                                           "END\n",    /* 11 */
                                                           &error);
  static const guint partners[] = { 0, 7, 4, 0, 6, 1, 7, 1, 0, 11, 0, 9 };

  g_assert_no_error (error);
  g_assert_cmpuint (script->acts->len, ==, G_N_ELEMENTS (partners));
  for (guint i = 0; i < G_N_ELEMENTS (partners); i++)
    g_assert_cmpuint (postweg_script_act (script, i)->partner, ==, partners[i]);
  g_assert_false (postweg_script_act (script, 0)->looped);
  g_assert_true (postweg_script_act (script, 3)->looped);
  g_assert_false (postweg_script_act (script, 8)->looped);
  g_assert_true (postweg_script_act (script, 10)->looped);
}

static void
test_what_kind_of_script (void)
{
  static const struct {
    const char *script;
    gboolean imap, tls;
  } table[] = {
    { "S: * OK ready", TRUE, FALSE },
    { "TLS\nS: * OK ready", TRUE, TRUE },
    { "C?\nS: {tag} BAD what", TRUE, FALSE },
    { "S: +OK ready", FALSE, FALSE },
    { "S: 220 ready\nC: STARTTLS\nTLS", FALSE, TRUE },
    { "HANG", FALSE, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (PostwegScript) script = postweg_script_parse (table[i].script, NULL);

      g_assert_cmpint (script->imap, ==, table[i].imap);
      g_assert_cmpint (script->tls, ==, table[i].tls);
    }
}

static void
test_tag_and_match (void)
{
  g_autoptr (PostwegScript) script = postweg_script_parse ("S: {tag} OK {tag}\nC: Mail From:<\nC+", NULL);
  g_autoptr (GString) text = postweg_act_text (postweg_script_act (script, 0), "a7");
  const PostwegAct *mail = postweg_script_act (script, 1);

  g_assert_cmpstr (text->str, ==, "a7 OK a7\r\n");
  g_assert_true (postweg_act_matches (mail, "MAIL FROM:<a@b>", 15));
  g_assert_true (postweg_act_matches (mail, "mail from:<", 11));
  g_assert_false (postweg_act_matches (mail, "mail from:", 10));
  g_assert_false (postweg_act_matches (mail, "RCPT TO:<a@b.c>", 15));
  g_assert_true (postweg_act_matches (postweg_script_act (script, 2), "", 0));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autofree char *path = g_strdup_printf ("/practice/script/line/%u", i);

      g_test_add_data_func (path, &lines[i], test_line);
    }
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autofree char *path = g_strdup_printf ("/practice/script/refused/%u", i);

      g_test_add_data_func (path, &refused[i], test_refused);
    }
  g_test_add_func ("/practice/script/nul-byte", test_nul_byte);
  g_test_add_func ("/practice/script/too-long", test_too_long);
  g_test_add_func ("/practice/script/loops-know-their-partners", test_loops_know_their_partners);
  g_test_add_func ("/practice/script/what-kind-of-script", test_what_kind_of_script);
  g_test_add_func ("/practice/script/tag-and-match", test_tag_and_match);
  return g_test_run ();
}
