/* What undo relies on: the journal on disk, whole or damaged, files read within limits, and Mozilla's lists of profiles. */
#include "clients/files.h"
#include "clients/thunderbird/ini.h"
#include "clients/journal-json.h"
#include "folders.h"
#include "model/error.h"

/* journal.json */

static PostwegJournal *
journal_new (void)
{
  PostwegJournal *journal = g_new0 (PostwegJournal, 1);

  journal->entries = g_ptr_array_new ();
  journal->folders = g_ptr_array_new ();
  return journal;
}

static void
entry_free (PostwegJournalEntry *entry)
{
  g_free (entry->target);
  g_free (entry->backup);
  g_free (entry->before_sum);
  g_free (entry->after_sum);
  g_free (entry);
}

static void
journal_free (PostwegJournal *journal)
{
  g_ptr_array_set_free_func (journal->entries, (GDestroyNotify) entry_free);
  g_ptr_array_set_free_func (journal->folders, g_free);
  g_ptr_array_unref (journal->entries);
  g_ptr_array_unref (journal->folders);
  g_free (journal->program);
  g_free (journal->name);
  g_free (journal->profile);
  g_free (journal->lock);
  g_free (journal);
}

static void
add_entry (PostwegJournal *journal, const char *target, const char *backup, guint mode)
{
  PostwegJournalEntry *entry = g_new0 (PostwegJournalEntry, 1);

  entry->target = g_strdup (target);
  entry->backup = g_strdup (backup);
  entry->before_sum = backup != NULL ? g_strdup ("aa") : NULL;
  entry->after_sum = g_strdup ("bb");
  entry->mode = mode;
  g_ptr_array_add (journal->entries, entry);
}

/* Names of files are bytes: umlauts in whatever encoding, percent signs, line breaks. */
static void
test_there_and_back (void)
{
  static const char *const paths[] = { "/home/anna/.thunderbird/x.default/prefs.js",
                                       "/home/größe/profil mit blank",
                                       "/home/M\xfcller/latin",
                                       "/home/100%/a%20b",
                                       "/home/quote\"back\\slash",
                                       "/home/line\nbreak",
                                       "/home/\xff\xfe" };

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      PostwegJournal *journal = journal_new ();
      PostwegJournal *again = journal_new ();
      g_autoptr (GBytes) bytes = NULL;
      const PostwegJournalEntry *entry;

      journal->program = g_strdup ("thunderbird");
      journal->name = g_strdup ("Thunderbird “ESR”");
      journal->profile = g_strdup (paths[i]);
      journal->lock = i % 2 == 0 ? g_strdup (paths[i]) : NULL;
      journal->lock_made = i % 2 == 0;
      journal->undone = i % 3 == 0;
      add_entry (journal, paths[i], NULL, 0600);
      add_entry (journal, "/b", paths[i], 0644);
      g_ptr_array_add (journal->folders, g_strdup (paths[i]));
      bytes = postweg_journal_to_json (journal);
      g_assert_true (
          g_utf8_validate (g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes), NULL));
      g_assert_true (postweg_journal_from_json (bytes, again));
      g_assert_cmpstr (again->profile, ==, paths[i]);
      g_assert_cmpstr (again->lock, ==, journal->lock);
      g_assert_cmpstr (again->name, ==, journal->name);
      g_assert_cmpint (again->lock_made, ==, journal->lock_made);
      g_assert_cmpint (again->undone, ==, journal->undone);
      g_assert_cmpuint (again->entries->len, ==, 2);
      entry = g_ptr_array_index (again->entries, 0);
      g_assert_cmpstr (entry->target, ==, paths[i]);
      g_assert_null (entry->backup);
      entry = g_ptr_array_index (again->entries, 1);
      g_assert_cmpstr (entry->backup, ==, paths[i]);
      g_assert_cmpuint (entry->mode, ==, 0644);
      g_assert_cmpstr (g_ptr_array_index (again->folders, 0), ==, paths[i]);
      journal_free (journal);
      journal_free (again);
    }
}

#define HEAD "{\"format\":1,\"program\":\"t\",\"name\":\"T\",\"profile\":\"/p\","
#define CHANGE "{\"target\":\"/t\",\"backup\":null,\"before\":null,\"after\":\"aa\",\"mode\":384}"

/* A damaged journal is refused as a whole: half an undo is worse than none. */
static void
test_damaged (void)
{
  static const struct {
    const char *text;
    gboolean good;
  } table[] = {
    { HEAD "\"changes\":[" CHANGE "],\"folders\":[]}", TRUE },
    { HEAD "\"changes\":[],\"folders\":[{\"path\":\"/f\"}]}", TRUE },
    { HEAD "\"changes\":[" CHANGE "],\"folders\":[],\"more\":{}}", TRUE },
    { "", FALSE },
    { "null", FALSE },
    { "[]", FALSE },
    { "{}", FALSE },
    { "{\"format\":1}", FALSE },
    { HEAD "\"changes\":[" CHANGE "]}", FALSE },
    { HEAD "\"folders\":[]}", FALSE },
    { HEAD "\"changes\":{},\"folders\":[]}", FALSE },
    { HEAD "\"changes\":[null],\"folders\":[]}", FALSE },
    { HEAD "\"changes\":[1],\"folders\":[]}", FALSE },
    { HEAD "\"changes\":[{}],\"folders\":[]}", FALSE },
    { HEAD "\"changes\":[{\"target\":7}],\"folders\":[]}", FALSE },
    { HEAD "\"changes\":[{\"target\":\"/t\",\"backup\":\"/b\",\"before\":null}],\"folders\":[]}", FALSE },
    { HEAD "\"changes\":[{\"target\":\"/t\",\"backup\":null,\"before\":\"aa\"}],\"folders\":[]}", FALSE },
    { HEAD "\"changes\":[" CHANGE "],\"folders\":[\"/f\"]}", FALSE },
    { HEAD "\"changes\":[" CHANGE "],\"folders\":[{}]}", FALSE },
    { HEAD "\"changes\":[{\"target\":\"%zz\"}],\"folders\":[]}", FALSE },
    { "{\"format\":2,\"program\":\"t\",\"name\":\"T\",\"profile\":\"/p\",\"changes\":[],\"folders\":[]}",
      FALSE },
    { "{\"format\":1,\"program\":\"t\",\"name\":\"T\",\"changes\":[],\"folders\":[]}", FALSE },
    { HEAD "\"changes\":[" CHANGE "],\"folders\":[]", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      PostwegJournal *journal = journal_new ();
      g_autoptr (GBytes) bytes = g_bytes_new_static (table[i].text, strlen (table[i].text));

      g_test_message ("%s", table[i].text);
      g_assert_cmpint (postweg_journal_from_json (bytes, journal), ==, table[i].good);
      journal_free (journal);
    }
}

/* Cut off at any byte it is refused. */
static void
test_cut_off (void)
{
  static const char whole[] = HEAD "\"changes\":[" CHANGE "],\"folders\":[{\"path\":\"/f\"}]}";

  for (gsize length = 0; length < sizeof whole - 1; length++)
    {
      PostwegJournal *journal = journal_new ();
      g_autoptr (GBytes) bytes = g_bytes_new_static (whole, length);

      g_assert_false (postweg_journal_from_json (bytes, journal));
      journal_free (journal);
    }
}

static void
test_sum (void)
{
  g_autoptr (GBytes) abc = g_bytes_new_static ("abc", 3);
  g_autofree char *sum = postweg_journal_sum (abc);

  g_assert_cmpstr (sum, ==, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  g_assert_null (postweg_journal_sum (NULL));
}

/* files */

static gboolean
read_named (const char *folder, const char *name, gsize limit, GBytes **bytes, GError **error)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  return postweg_file_read (path, limit, bytes, error);
}

static void
make_link (const char *folder, const char *name, const char *to)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  g_assert_cmpint (symlink (to, path), ==, 0);
}

static void
test_read (void)
{
  static const struct {
    const char *name;
    gsize limit;
    const char *text; /* NULL: not there */
    gboolean fails;
  } table[] = {
    { "file", 100, "12345", FALSE }, { "file", 5, "12345", FALSE },    { "file", 4, NULL, TRUE },
    { "empty", 100, "", FALSE },     { "missing", 100, NULL, FALSE },  { "no/such/folder", 100, NULL, FALSE },
    { "link", 100, "12345", FALSE }, { "circle", 100, NULL, TRUE },    { "sub", 100, NULL, TRUE },
    { "pipe", 100, NULL, TRUE },     { "dangling", 100, NULL, FALSE },
  };
  g_autoptr (Folder) folder = folder_new ();
  g_autofree char *pipe = g_build_filename (folder, "pipe", NULL);

  put_file (folder, "file", "12345");
  put_file (folder, "empty", "");
  put_file (folder, "sub/inner", "x");
  make_link (folder, "link", "file");
  make_link (folder, "circle", "circle");
  make_link (folder, "dangling", "nowhere");
  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (GError) error = NULL;
      gboolean ok = read_named (folder, table[i].name, table[i].limit, &bytes, &error);

      g_test_message ("%s", table[i].name);
      g_assert_cmpint (ok, ==, !table[i].fails);
      if (table[i].fails)
        g_assert_error (error, POSTWEG_ERROR, POSTWEG_ERROR_CANNOT_READ);
      if (table[i].text == NULL)
        g_assert_null (bytes);
      else
        g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), table[i].text,
                         strlen (table[i].text));
    }
}

/* A file that is there keeps its mode, one behind a link stays behind it, and nothing is left lying beside it. */
static void
test_replace (void)
{
  static const struct {
    const char *name;
    guint mode;     /* asked for */
    guint expected; /* what it is afterwards */
  } table[] = { { "old", 0644, 0640 }, { "new", 0600, 0600 }, { "link", 0644, 0640 } };
  g_autoptr (Folder) folder = folder_new ();
  g_autofree char *old = g_build_filename (folder, "old", NULL);
  g_autoptr (GBytes) bytes = g_bytes_new_static ("fresh", 5);

  put_file (folder, "old", "stale");
  g_assert_cmpint (g_chmod (old, 0640), ==, 0);
  make_link (folder, "link", "old");
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *path = g_build_filename (folder, table[i].name, NULL);
      g_autofree char *text = NULL;
      g_autoptr (GError) error = NULL;
      GStatBuf facts;

      g_assert_true (postweg_file_replace (path, bytes, table[i].mode, ".tmp", &error));
      g_assert_no_error (error);
      text = get_file (folder, table[i].name);
      g_assert_cmpstr (text, ==, "fresh");
      g_assert_cmpint (g_stat (path, &facts), ==, 0);
      g_assert_cmpuint (facts.st_mode & 0777, ==, table[i].expected);
    }
  g_assert_cmpint (g_file_test (folder, G_FILE_TEST_IS_DIR), ==, TRUE);
  g_assert_cmpuint (count_entries (folder), ==, 3);
}

static void
test_folders (void)
{
  g_autoptr (Folder) folder = folder_new ();
  g_autofree char *deep = g_build_filename (folder, "a", "b", "c", NULL);
  g_autofree char *beside = g_build_filename (folder, "a", "file", NULL);
  g_autofree char *below_file = g_build_filename (beside, "d", NULL);
  g_autoptr (GPtrArray) made = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) more = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;

  g_assert_true (postweg_folder_make (deep, made, &error));
  g_assert_cmpuint (made->len, ==, 3);
  g_assert_true (g_str_has_suffix (g_ptr_array_index (made, 0), "/a"));
  g_assert_true (postweg_folder_make (deep, more, &error));
  g_assert_cmpuint (more->len, ==, 0);
  put_file (folder, "a/file", "x");
  g_assert_false (postweg_folder_make (below_file, more, &error));
  g_assert_error (error, POSTWEG_ERROR, POSTWEG_ERROR_CANNOT_WRITE);
  postweg_folders_remove (made);
  g_assert_false (g_file_test (deep, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (beside, G_FILE_TEST_EXISTS));
}

/* .ini files */

static void
test_ini (void)
{
  static const struct {
    const char *text;
    const char *read; /* "section:key=value,…|…" for the keys Name and Path */
  } table[] = {
    { "", "" },
    { "[A]\nName=x\nPath=y\n", "A:x,y|" },
    { "[A]\r\nName=x\r\n\r\n[B]\r\nPath=y\r\n", "A:x,-|B:-,y|" },
    { "\xEF\xBB\xBF[A]\nName=x", "A:x,-|" },
    { "Name=lost\n[A]\nName=x\n", "A:x,-|" },
    { "[A]\n; Name=no\n# Name=no\nName=x=y\n", "A:x=y,-|" },
    { "[A]\nName=first\nName=second\n", "A:second,-|" },
    { "[A]\n  Name=x  \nnonsense\n=\n", "A:x,-|" },
    { "[A\nName=x\n[]\nPath=y\n", "A:x,-|:-,y|" },
    { "[Profile0]\nName=Größe\nPath=Profiles/a b\n", "Profile0:Größe,Profiles/a b|" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new_static (table[i].text, strlen (table[i].text));
      g_autoptr (GPtrArray) sections = postweg_ini_read (bytes);
      g_autoptr (GString) read = g_string_new (NULL);

      for (guint k = 0; k < sections->len; k++)
        {
          const PostwegIniSection *section = g_ptr_array_index (sections, k);
          const char *name = postweg_ini_value (section, "Name");
          const char *path = postweg_ini_value (section, "Path");

          g_string_append_printf (read, "%s:%s,%s|", section->name, name != NULL ? name : "-",
                                  path != NULL ? path : "-");
        }
      g_assert_cmpstr (read->str, ==, table[i].read);
    }
  {
    g_autoptr (GPtrArray) nothing = postweg_ini_read (NULL);

    g_assert_cmpuint (nothing->len, ==, 0);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/clients/journal/there-and-back", test_there_and_back);
  g_test_add_func ("/clients/journal/damaged", test_damaged);
  g_test_add_func ("/clients/journal/cut-off", test_cut_off);
  g_test_add_func ("/clients/journal/sum", test_sum);
  g_test_add_func ("/clients/files/read", test_read);
  g_test_add_func ("/clients/files/replace", test_replace);
  g_test_add_func ("/clients/files/folders", test_folders);
  g_test_add_func ("/clients/ini", test_ini);
  return g_test_run ();
}
