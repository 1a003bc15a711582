/* The grammar of prefs.js and edits that leave everything else as it is. */
#include "clients/thunderbird/prefs.h"
#include "model/error.h"
#include <string.h>

typedef struct {
  const char *path; /* of the test */
  const char *input;
  const char *name;
  PostwegPrefType type;
  gint32 number;
  const char *text;
} Valid;

static const Valid valid[] = {
  { "text", "user_pref(\"a.b\", \"c\");", "a.b", POSTWEG_PREF_STRING, 0, "c" },
  { "text-empty", "user_pref(\"a\", \"\");", "a", POSTWEG_PREF_STRING, 0, "" },
  { "single-quotes", "user_pref('a', 'b\"c');", "a", POSTWEG_PREF_STRING, 0, "b\"c" },
  { "double-quotes-hold-single", "user_pref(\"a\", \"it's\");", "a", POSTWEG_PREF_STRING, 0, "it's" },
  { "true", "user_pref(\"a\", true);", "a", POSTWEG_PREF_BOOL, 1, NULL },
  { "false", "user_pref(\"a\", false);", "a", POSTWEG_PREF_BOOL, 0, NULL },
  { "number", "user_pref(\"a\", 993);", "a", POSTWEG_PREF_INT, 993, NULL },
  { "number-negative", "user_pref(\"a\", -1);", "a", POSTWEG_PREF_INT, -1, NULL },
  { "number-sign-apart", "user_pref(\"a\", - 8);", "a", POSTWEG_PREF_INT, -8, NULL },
  { "number-plus", "user_pref(\"a\", +7);", "a", POSTWEG_PREF_INT, 7, NULL },
  { "number-greatest", "user_pref(\"a\", 2147483647);", "a", POSTWEG_PREF_INT, G_MAXINT32, NULL },
  { "number-least", "user_pref(\"a\", -2147483648);", "a", POSTWEG_PREF_INT, G_MININT32, NULL },
  { "number-leading-zeros", "user_pref(\"a\", 0000000000000000000042);", "a", POSTWEG_PREF_INT, 42, NULL },
  { "pref", "pref(\"a\", 1);", "a", POSTWEG_PREF_INT, 1, NULL },
  { "sticky-pref", "sticky_pref(\"a\", 1);", "a", POSTWEG_PREF_INT, 1, NULL },
  { "blanks-everywhere", " \t\v\f\r\n user_pref \n ( \"a\" ,\n 1 ) \n ; ", "a", POSTWEG_PREF_INT, 1, NULL },
  { "no-blanks", "user_pref(\"z\",2);user_pref(\"a\",1);", "a", POSTWEG_PREF_INT, 1, NULL },
  { "comment-slashes", "// user_pref(\"a\", 2);\nuser_pref(\"a\", 1);", "a", POSTWEG_PREF_INT, 1, NULL },
  { "comment-hash", "# x\nuser_pref(\"a\", 1); # y", "a", POSTWEG_PREF_INT, 1, NULL },
  { "comment-c", "/* ; \" ' \n */user_pref(/*1*/\"a\"/*2*/,/*3*/1/*4*/)/*5*/;", "a", POSTWEG_PREF_INT, 1,
    NULL },
  { "comment-c-stars", "/***/user_pref(\"a\", 1);/**/", "a", POSTWEG_PREF_INT, 1, NULL },
  { "comment-in-text", "user_pref(\"a\", \"http://b #c /*d*/\");", "a", POSTWEG_PREF_STRING, 0,
    "http://b #c /*d*/" },
  { "semicolon-in-text", "user_pref(\"a\", \"b;c);\");", "a", POSTWEG_PREF_STRING, 0, "b;c);" },
  { "escapes", "user_pref(\"a\", \"\\\"\\'\\\\\\n\\r\");", "a", POSTWEG_PREF_STRING, 0, "\"'\\\n\r" },
  { "escape-hex", "user_pref(\"a\", \"\\x41\\x7a\");", "a", POSTWEG_PREF_STRING, 0, "Az" },
  { "escape-hex-is-a-byte", "user_pref(\"a\", \"\\xFC\");", "a", POSTWEG_PREF_STRING, 0, "\xFC" },
  { "escape-unicode", "user_pref(\"a\", \"\\u00fc\\u20AC\");", "a", POSTWEG_PREF_STRING, 0, "ü€" },
  { "escape-surrogates", "user_pref(\"a\", \"\\uD83D\\uDE00\");", "a", POSTWEG_PREF_STRING, 0, "😀" },
  { "escape-in-name", "user_pref(\"\\u0061\", 1);", "a", POSTWEG_PREF_INT, 1, NULL },
  { "utf-8", "user_pref(\"a\", \"Prüfung 漢字 😀\");", "a", POSTWEG_PREF_STRING, 0, "Prüfung 漢字 😀" },
  { "newline-in-text", "user_pref(\"a\", \"b\nc\");", "a", POSTWEG_PREF_STRING, 0, "b\nc" },
  { "tab-in-text", "user_pref(\"a\", \"b\tc\");", "a", POSTWEG_PREF_STRING, 0, "b\tc" },
  { "crlf", "// x\r\nuser_pref(\"a\", 1);\r\n", "a", POSTWEG_PREF_INT, 1, NULL },
  { "cr", "// x\ruser_pref(\"a\", 1);\r", "a", POSTWEG_PREF_INT, 1, NULL },
  { "bom", "\xEF\xBB\xBFuser_pref(\"a\", 1);", "a", POSTWEG_PREF_INT, 1, NULL },
  { "last-wins", "user_pref(\"a\", 1);user_pref(\"b\", 5);user_pref(\"a\", 2);", "a", POSTWEG_PREF_INT, 2,
    NULL },
  { "last-wins-other-type", "user_pref(\"a\", 1);user_pref(\"a\", \"x\");", "a", POSTWEG_PREF_STRING, 0,
    "x" },
  { "user-beats-default", "user_pref(\"a\", 1);pref(\"a\", 2);", "a", POSTWEG_PREF_INT, 1, NULL },
  { "user-beats-earlier-default", "pref(\"a\", 2);user_pref(\"a\", 1);", "a", POSTWEG_PREF_INT, 1, NULL },
};

static const struct {
  const char *path;
  const char *input;
  guint line;
} invalid[] = {
  { "semicolon-missing", "user_pref(\"a\", 1)\nuser_pref(\"b\", 2);\n", 2 },
  { "semicolon-missing-at-end", "user_pref(\"a\", 1)", 1 },
  { "text-not-ended", "user_pref(\"a\", 1);\nuser_pref(\"b\", \"c);\nuser_pref(\"d\", 2);\n", 3 },
  { "text-not-ended-to-the-end", "\n\nuser_pref(\"b\", \"c);\n\n\n", 3 },
  { "name-not-ended", "user_pref(\"a", 1 },
  { "comment-not-ended", "user_pref(\"a\", 1);\n/* x\n", 3 },
  { "comment-half-ended", "/* *", 1 },
  { "number-too-big", "user_pref(\"a\", 2147483648);", 1 },
  { "number-too-small", "user_pref(\"a\", -2147483649);", 1 },
  { "number-huge", "user_pref(\"a\", 99999999999999999999999999999999);", 1 },
  { "number-fraction", "user_pref(\"a\", 1.5);", 1 },
  { "number-exponent", "user_pref(\"a\", 1e5);", 1 },
  { "number-hex", "user_pref(\"a\", 0x10);", 1 },
  { "number-sign-only", "user_pref(\"a\", -);", 1 },
  { "number-two-signs", "user_pref(\"a\", --1);", 1 },
  { "word-unknown", "user_pref(\"a\", yes);", 1 },
  { "word-upper-case", "user_pref(\"a\", True);", 1 },
  { "word-longer", "user_pref(\"a\", truely);", 1 },
  { "value-missing", "user_pref(\"a\", );", 1 },
  { "value-and-comma-missing", "user_pref(\"a\");", 1 },
  { "name-missing", "user_pref(, 1);", 1 },
  { "name-without-quotes", "user_pref(a, 1);", 1 },
  { "bracket-missing", "user_pref \"a\", 1);", 1 },
  { "bracket-missing-at-end", "user_pref(\"a\", 1;", 1 },
  { "other-call", "lockPref(\"a\", 1);", 1 },
  { "other-code", "var x = 1;", 1 },
  { "attribute-of-user-pref", "user_pref(\"a\", 1, locked);", 1 },
  { "attribute-of-pref", "pref(\"a\", 1, locked);", 1 },
  { "attribute-sticky", "pref(\"a\", 1, sticky);", 1 },
  { "escape-tab", "user_pref(\"a\", \"\\t\");", 1 },
  { "escape-null", "user_pref(\"a\", \"\\0\");", 1 },
  { "escape-at-end", "user_pref(\"a\", \"\\", 1 },
  { "escape-hex-short", "user_pref(\"a\", \"\\x4\");", 1 },
  { "escape-hex-null", "user_pref(\"a\", \"\\x00\");", 1 },
  { "escape-unicode-short", "user_pref(\"a\", \"\\u12\");", 1 },
  { "escape-unicode-null", "user_pref(\"a\", \"\\u0000\");", 1 },
  { "escape-high-surrogate-alone", "user_pref(\"a\", \"\\uD83Dx\");", 1 },
  { "escape-high-surrogate-twice", "user_pref(\"a\", \"\\uD83D\\uD83D\");", 1 },
  { "escape-high-surrogate-at-end", "user_pref(\"a\", \"\\uD83D\");", 1 },
  { "escape-low-surrogate-alone", "user_pref(\"a\", \"\\uDE00\");", 1 },
  { "stray-slash", "/ user_pref(\"a\", 1);", 1 },
  { "line-after-crlf", "// a\r\n// b\r\nuser_pref(\"a\" 1);\r\n", 3 },
  { "line-after-cr", "// a\r// b\ruser_pref(\"a\" 1);\r", 3 },
  { "line-after-text-of-two-lines", "user_pref(\"a\", \"b\nc\");\n!", 3 },
};

static PostwegPrefs *
parse (const char *text, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  return postweg_prefs_parse (bytes, error);
}

static void
test_valid (gconstpointer data)
{
  const Valid *row = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (PostwegPrefs) prefs = parse (row->input, &error);
  const PostwegPref *pref;

  g_assert_no_error (error);
  pref = postweg_prefs_get (prefs, row->name);
  g_assert_nonnull (pref);
  g_assert_cmpint (pref->type, ==, row->type);
  g_assert_cmpint (pref->number, ==, row->number);
  g_assert_cmpstr (pref->text, ==, row->text);
}

static void
test_invalid (gconstpointer data)
{
  guint row = GPOINTER_TO_UINT (data);
  g_autoptr (GError) error = NULL;
  g_autoptr (PostwegPrefs) prefs = parse (invalid[row].input, &error);
  g_autofree char *line = g_strdup_printf ("Line %u", invalid[row].line);

  g_assert_null (prefs);
  g_assert_error (error, POSTWEG_ERROR, POSTWEG_ERROR_BAD_FORMAT);
  g_assert_true (g_str_has_prefix (error->message, line));
  g_assert_false (g_ascii_isdigit (error->message[strlen (line)]));
}

static void
test_null_byte (void)
{
  static const char text[] = "user_pref(\"a\", \"b\0c\");";
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, sizeof text - 1);
  g_autoptr (GError) error = NULL;

  g_assert_null (postweg_prefs_parse (bytes, &error));
  g_assert_error (error, POSTWEG_ERROR, POSTWEG_ERROR_BAD_FORMAT);
}

static void
test_too_big (void)
{
  gsize size = POSTWEG_PREFS_MAX + 1;
  char *blanks = g_malloc (size);
  g_autoptr (GBytes) bytes = g_bytes_new_take (blanks, size);
  g_autoptr (GError) error = NULL;

  memset (blanks, ' ', size);
  g_assert_null (postweg_prefs_parse (bytes, &error));
  g_assert_error (error, POSTWEG_ERROR, POSTWEG_ERROR_BAD_FORMAT);
}

/* Whatever a file holds, reading ends with entries or with an error. */
static void
test_cut_off_anywhere (void)
{
  static const char text[] =
      "\xEF\xBB\xBF// c\r\n# d\nuser_pref(\"a\\u00fc\\x41\", \"\\uD83D\\uDE00 \\\"x\\\\\");"
      "/* e */ pref('b', -12);\nuser_pref(\"c\", true);";
  guint parsed = 0;

  for (gsize length = 0; length < sizeof text; length++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new (text, length);
      g_autoptr (GError) error = NULL;
      g_autoptr (PostwegPrefs) prefs = postweg_prefs_parse (bytes, &error);

      g_assert_true ((prefs == NULL) == (error != NULL));
      parsed += prefs != NULL;
    }
  g_assert_cmpuint (parsed, >, 3);
}

static const struct {
  const char *path;
  const char *before;
  const char *name;
  const char *text; /* NULL: the number is set */
  gint32 number;
  const char *after;
} edits[] = {
  { "new-file", NULL, "a", "b", 0, "user_pref(\"a\", \"b\");\n" },
  { "empty-file", "", "a", NULL, 3, "user_pref(\"a\", 3);\n" },
  { "append", "user_pref(\"z\", 1);\n", "a", NULL, 3, "user_pref(\"z\", 1);\nuser_pref(\"a\", 3);\n" },
  { "append-crlf", "// x\r\nuser_pref(\"z\", 1);\r\n", "a", NULL, 3,
    "// x\r\nuser_pref(\"z\", 1);\r\nuser_pref(\"a\", 3);\r\n" },
  { "append-no-newline", "user_pref(\"z\", 1);", "a", NULL, 3,
    "user_pref(\"z\", 1);\nuser_pref(\"a\", 3);\n" },
  { "append-after-comment", "user_pref(\"z\", 1); // end", "a", NULL, 3,
    "user_pref(\"z\", 1); // end\nuser_pref(\"a\", 3);\n" },
  { "append-bom", "\xEF\xBB\xBF", "a", NULL, 3, "\xEF\xBB\xBF\nuser_pref(\"a\", 3);\n" },
  { "replace", "  user_pref( 'a' ,  1 /*x*/ ) ; // y\n", "a", NULL, 3,
    "  user_pref( 'a' ,  3 /*x*/ ) ; // y\n" },
  { "replace-text", "user_pref(\"a\", 'b\\'c');\n#\n", "a", "d", 0, "user_pref(\"a\", \"d\");\n#\n" },
  { "replace-last", "user_pref(\"a\", 1);\nuser_pref(\"a\", 2);\n", "a", NULL, 3,
    "user_pref(\"a\", 1);\nuser_pref(\"a\", 3);\n" },
  { "replace-type", "user_pref(\"a\", \"2\");\n", "a", NULL, 3, "user_pref(\"a\", 3);\n" },
  { "default-stays", "pref(\"a\", 2);\n", "a", NULL, 3, "pref(\"a\", 2);\nuser_pref(\"a\", 3);\n" },
  { "same-number", "user_pref(\"a\",+3)  ;", "a", NULL, 3, "user_pref(\"a\",+3)  ;" },
  { "same-text", "user_pref('a', '\\x41');", "a", "A", 0, "user_pref('a', '\\x41');" },
  { "foreign-bytes-stay", "user_pref(\"f\", \"\xFC\");\n", "a", NULL, 3,
    "user_pref(\"f\", \"\xFC\");\nuser_pref(\"a\", 3);\n" },
  { "escapes", NULL, "a", "\"\\\n\r'\t;#/*ü", 0, "user_pref(\"a\", \"\\\"\\\\\\n\\r'\t;#/*ü\");\n" },
};

static void
test_edit (gconstpointer data)
{
  guint row = GPOINTER_TO_UINT (data);
  g_autoptr (GError) error = NULL;
  g_autoptr (PostwegPrefs) prefs = edits[row].before != NULL ? parse (edits[row].before, &error) : NULL;
  g_autoptr (PostwegPrefsEdit) edit = postweg_prefs_edit_new ();
  g_autoptr (GBytes) after = NULL;
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  if (edits[row].text != NULL)
    postweg_prefs_edit_text (edit, edits[row].name, edits[row].text);
  else
    postweg_prefs_edit_number (edit, edits[row].name, edits[row].number);
  after = postweg_prefs_write (prefs, edit, &error);
  g_assert_no_error (error);
  text = g_strndup (g_bytes_get_data (after, NULL), g_bytes_get_size (after));
  g_assert_cmpstr (text, ==, edits[row].after);
}

/* Several at once, in another order than in the file, one of them twice. */
static void
test_edit_many (void)
{
  g_autoptr (PostwegPrefs) prefs =
      parse ("user_pref(\"a\", 1);\nuser_pref(\"b\", true);\nuser_pref(\"c\", \"x\");\n", NULL);
  g_autoptr (PostwegPrefsEdit) edit = postweg_prefs_edit_new ();
  g_autoptr (GBytes) after = NULL;
  g_autofree char *text = NULL;

  postweg_prefs_edit_text (edit, "c", "a much longer text than before");
  postweg_prefs_edit_number (edit, "e", 5);
  postweg_prefs_edit_number (edit, "a", 100);
  postweg_prefs_edit_flag (edit, "d", TRUE);
  postweg_prefs_edit_number (edit, "a", 20);
  postweg_prefs_edit_flag (edit, "b", FALSE);
  after = postweg_prefs_write (prefs, edit, NULL);
  text = g_strndup (g_bytes_get_data (after, NULL), g_bytes_get_size (after));
  g_assert_cmpstr (text, ==,
                   "user_pref(\"a\", 20);\nuser_pref(\"b\", false);\n"
                   "user_pref(\"c\", \"a much longer text than before\");\n"
                   "user_pref(\"e\", 5);\nuser_pref(\"d\", true);\n");
}

static void
test_edit_no_utf8 (void)
{
  g_autoptr (PostwegPrefsEdit) edit = postweg_prefs_edit_new ();
  g_autoptr (GError) error = NULL;

  postweg_prefs_edit_text (edit, "a", "\xFC");
  g_assert_null (postweg_prefs_write (NULL, edit, &error));
  g_assert_error (error, POSTWEG_ERROR, POSTWEG_ERROR_BAD_INPUT);
}

/* Any text survives writing and reading. */
static void
test_round_trip (void)
{
  static const char *const parts[] = { "\"",  "\\",  "'",  "%",  "%s", "#", ";",  " ",
                                       "//",  "/*",  "*/", "\n", "\r", "ü", "漢", "😀",
                                       "\\n", "\\u", "a",  "(",  ")",  ",", "\t", "\u202e" };

  for (guint round = 0; round < 500; round++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (PostwegPrefsEdit) edit = postweg_prefs_edit_new ();
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (PostwegPrefs) prefs = NULL;

      for (int n = g_test_rand_int_range (0, 12); n > 0; n--)
        g_string_append (text, parts[g_test_rand_int_range (0, G_N_ELEMENTS (parts))]);
      postweg_prefs_edit_text (edit, "a", text->str);
      bytes = postweg_prefs_write (NULL, edit, NULL);
      g_assert_nonnull (bytes);
      prefs = postweg_prefs_parse (bytes, NULL);
      g_assert_cmpstr (postweg_prefs_get (prefs, "a")->text, ==, text->str);
    }
}

#define ADD_ROWS(prefix, rows, function)                                                                     \
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)                                                            \
    {                                                                                                        \
      g_autofree char *path = g_strconcat (prefix, rows[i].path, NULL);                                      \
      g_test_add_data_func (path, GUINT_TO_POINTER (i), function);                                           \
    }

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (valid); i++)
    {
      g_autofree char *path = g_strconcat ("/prefs/valid/", valid[i].path, NULL);

      g_test_add_data_func (path, &valid[i], test_valid);
    }
  ADD_ROWS ("/prefs/invalid/", invalid, test_invalid);
  ADD_ROWS ("/prefs/edit/", edits, test_edit);
  g_test_add_func ("/prefs/invalid/null-byte", test_null_byte);
  g_test_add_func ("/prefs/invalid/too-big", test_too_big);
  g_test_add_func ("/prefs/cut-off-anywhere", test_cut_off_anywhere);
  g_test_add_func ("/prefs/edit/many", test_edit_many);
  g_test_add_func ("/prefs/edit/no-utf-8", test_edit_no_utf8);
  g_test_add_func ("/prefs/round-trip", test_round_trip);
  return g_test_run ();
}
