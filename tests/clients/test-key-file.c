/* Key files, held against GLib's own reader: what we write it reads, what it writes we read, and what it refuses we refuse. */
#include "clients/desktop/key-file.h"
#include "model/error.h"
#include <string.h>

static const char *const texts[] = { "",       "a",      " a",     "a ",         "\ta\t", "a\\",   "\\n",
                                     "\\s",    ";",      "a;b;",   "a\\;b",      "#",     "[x]",   "a=b",
                                     "ü 漢 😀", "a\nb\r", "  a  b", "%s \"q\" '", "\\\\",  " ; \\ " };

static GBytes *
bytes_of (const char *text)
{
  return g_bytes_new (text, strlen (text));
}

static PostwegLines *
lines_of (const char *text)
{
  g_autoptr (GBytes) bytes = bytes_of (text);

  return postweg_lines_new (&postweg_key_file, bytes);
}

static GKeyFile *
glib_reads (const PostwegLines *lines)
{
  g_autoptr (GBytes) bytes = postweg_lines_bytes (lines);
  GKeyFile *file = g_key_file_new ();
  g_autoptr (GError) error = NULL;

  g_key_file_load_from_bytes (file, bytes, G_KEY_FILE_NONE, &error);
  g_assert_no_error (error);
  return file;
}

static void
test_glib_reads_ours (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (PostwegLines) lines = lines_of ("# mine\n[A]\nx = 1\n\n[B]\n");
      g_autoptr (GKeyFile) file = NULL;
      g_autofree char *value = NULL;

      postweg_key_file_set (lines, "A", "k", texts[i]);
      file = glib_reads (lines);
      value = g_key_file_get_string (file, "A", "k", NULL);
      g_assert_cmpstr (value, ==, texts[i]);
    }
}

static void
test_we_read_glibs (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GKeyFile) file = g_key_file_new ();
      g_autofree char *text = NULL;
      g_autoptr (PostwegLines) lines = NULL;
      g_autofree char *value = NULL;

      /* a blank at the end, which GLib leaves as it is, is lost to us */
      if (g_str_has_suffix (texts[i], " ") || g_str_has_suffix (texts[i], "\t"))
        continue;
      g_key_file_set_string (file, "A", "k", texts[i]);
      text = g_key_file_to_data (file, NULL, NULL);
      lines = lines_of (text);
      value = postweg_key_file_get (lines, "A", "k");
      g_assert_cmpstr (value, ==, texts[i]);
    }
}

static void
test_lists (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      const char *const list[] = { texts[i], "middle", texts[G_N_ELEMENTS (texts) - 1 - i], "end", NULL };
      g_autoptr (PostwegLines) lines = lines_of ("");
      g_autoptr (GKeyFile) file = NULL;
      g_auto (GStrv) theirs = NULL;
      g_auto (GStrv) ours = NULL;

      postweg_key_file_set_list (lines, "A", "k", list);
      file = glib_reads (lines);
      theirs = g_key_file_get_string_list (file, "A", "k", NULL, NULL);
      ours = postweg_key_file_list (lines, "A", "k");
      g_assert_true (g_strv_equal ((const char *const *) theirs, list));
      g_assert_true (g_strv_equal ((const char *const *) ours, list));
    }
}

/* The file before, what is set, the file after. */
static const struct {
  const char *path, *before, *group, *key, *value, *after;
} edits[] = {
  { "same", "[A]\nk =  v\n", "A", "k", "v", "[A]\nk =  v\n" },
  { "same-by-escape", "[A]\nk=a\\sb\n", "A", "k", "a b", "[A]\nk=a\\sb\n" },
  { "in-place", "#x\n[A]\nk=1\nz=2\n", "A", "k", "3", "#x\n[A]\nk=3\nz=2\n" },
  { "in-the-last-of-two-groups", "[A]\nk=1\n[B]\n[A]\nk=2\n", "A", "k", "3", "[A]\nk=1\n[B]\n[A]\nk=3\n" },
  { "in-the-group-that-has-it", "[A]\nk=1\n[A]\nz=2\n", "A", "k", "3", "[A]\nk=3\n[A]\nz=2\n" },
  { "new-key", "[A]\nk=1\n\n[B]\n", "A", "n", "2", "[A]\nk=1\nn=2\n\n[B]\n" },
  { "new-group", "[A]\nk=1\n", "B", "n", "2", "[A]\nk=1\n\n[B]\nn=2\n" },
  { "gone", "[A]\nk=1\n[A]\nk=2\nz=1\n", "A", "k", NULL, "[A]\n[A]\nz=1\n" },
};

static void
test_edit (gconstpointer data)
{
  guint row = GPOINTER_TO_UINT (data);
  g_autoptr (PostwegLines) lines = lines_of (edits[row].before);
  g_autoptr (GBytes) after = NULL;
  g_autoptr (GBytes) wanted = bytes_of (edits[row].after);

  postweg_key_file_set (lines, edits[row].group, edits[row].key, edits[row].value);
  after = postweg_lines_bytes (lines);
  g_assert_cmpmem (g_bytes_get_data (after, NULL), g_bytes_get_size (after), g_bytes_get_data (wanted, NULL),
                   g_bytes_get_size (wanted));
}

static const struct {
  const char *path, *text;
  guint line; /* 0: nothing is wrong */
} checked[] = {
  { "empty", "", 0 },
  { "good", "# c\n\n[A]\n k = v\n[B]\nx=\n", 0 },
  { "crlf", "[A]\r\nk=v\r\n", 0 },
  { "no-group", "k=v\n", 1 },
  { "no-value", "[A]\nk\n", 2 },
  { "no-key", "[A]\n=v\n", 2 },
  { "open-group", "[A]\n\n[B\n", 3 },
  { "latin-1", "[A]\nk=B\xfcro\n", 2 },
};

static void
test_check (gconstpointer data)
{
  guint row = GPOINTER_TO_UINT (data);
  g_autoptr (GBytes) bytes = bytes_of (checked[row].text);
  g_autofree char *place = g_strdup_printf ("some.ini, line %u:", checked[row].line);
  g_autoptr (GError) error = NULL;

  g_assert_true (postweg_key_file_check ("some.ini", bytes, &error) == (checked[row].line == 0));
  if (checked[row].line == 0)
    return;
  g_assert_error (error, POSTWEG_ERROR, POSTWEG_ERROR_BAD_FORMAT);
  g_assert_true (g_str_has_prefix (error->message, place));
}

static void
test_values (void)
{
  g_autoptr (PostwegLines) lines = lines_of ("[A]\nyes=true\none=1\nno=false\nnumber=42\nword=x\n");

  g_assert_true (postweg_key_file_is_true (lines, "A", "yes", FALSE));
  g_assert_true (postweg_key_file_is_true (lines, "A", "one", FALSE));
  g_assert_false (postweg_key_file_is_true (lines, "A", "no", TRUE));
  g_assert_true (postweg_key_file_is_true (lines, "A", "missing", TRUE));
  g_assert_cmpuint (postweg_key_file_number (lines, "A", "number", 7), ==, 42);
  g_assert_cmpuint (postweg_key_file_number (lines, "A", "missing", 7), ==, 7);
  g_assert_cmpuint (postweg_key_file_number (lines, "A", "word", 7), ==, 0);
  g_assert_null (postweg_key_file_get (lines, "B", "yes"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/key-file/glib-reads-ours", test_glib_reads_ours);
  g_test_add_func ("/key-file/we-read-glibs", test_we_read_glibs);
  g_test_add_func ("/key-file/lists", test_lists);
  g_test_add_func ("/key-file/values", test_values);
  for (guint i = 0; i < G_N_ELEMENTS (edits); i++)
    {
      g_autofree char *path = g_strdup_printf ("/key-file/edit/%s", edits[i].path);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_edit);
    }
  for (guint i = 0; i < G_N_ELEMENTS (checked); i++)
    {
      g_autofree char *path = g_strdup_printf ("/key-file/check/%s", checked[i].path);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_check);
    }
  return g_test_run ();
}
