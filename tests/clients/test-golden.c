/* One folder golden/PROGRAM/CASE is one case: before, account.json, and after or error; every program is held against its own. */
#include "clients/apply.h"
#include "clients/clients.h"
#include "clients/folders.h"
#include "model/account-json.h"
#include "model/error.h"

/* Files that the programs' own locks leave. */
static const char *const ignored[] = { ".parentlock", NULL };

typedef struct {
  const PostwegClient *client;
  char *folder;
} Case;

/* What a case's file "options" may hold, one word a line. */
typedef struct {
  gboolean files_sent, password_in_file;
  char *replace;
  PostwegCredentials *credentials;
} Options;

static void
options_clear (Options *options)
{
  g_free (options->replace);
  postweg_credentials_free (options->credentials);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

/* Puts "PATH\tMODE\tCONTENT" of every file below the folder into `files`. */
static void
list_files (const char *folder, const char *below, GPtrArray *files)
{
  g_autofree char *path = g_build_filename (folder, below, NULL);
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *inner = *below != '\0' ? g_build_filename (below, name, NULL) : g_strdup (name);
      g_autofree char *full = g_build_filename (folder, inner, NULL);

      if (g_file_test (full, G_FILE_TEST_IS_DIR))
        list_files (folder, inner, files);
      else if (!g_strv_contains (ignored, name))
        g_ptr_array_add (files, g_steal_pointer (&inner));
    }
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

static GPtrArray *
files_below (const char *folder)
{
  GPtrArray *files = g_ptr_array_new_with_free_func (g_free);

  list_files (folder, "", files);
  g_ptr_array_sort (files, compare_names);
  return files;
}

/* @HOME@ stands for the temporary home folder. Returns: (transfer full) */
static char *
filled (const char *text, const char *home)
{
  GString *result = g_string_new (text);

  g_string_replace (result, "@HOME@", home, 0);
  return g_string_free (result, FALSE);
}

static void
copy_folder (const char *from, const char *to, const char *home)
{
  g_autoptr (GPtrArray) files = files_below (from);

  for (guint i = 0; i < files->len; i++)
    {
      g_autofree char *raw = get_file (from, files->pdata[i]);
      g_autofree char *text = filled (raw, home);

      put_file (to, files->pdata[i], text);
    }
}

static void
assert_same_folder (const char *folder, const char *expected, const char *home)
{
  g_autoptr (GPtrArray) files = files_below (folder);
  g_autoptr (GPtrArray) wanted = files_below (expected);

  for (guint i = 0; i < wanted->len; i++)
    {
      g_autofree char *text = get_file (folder, wanted->pdata[i]);
      g_autofree char *raw = get_file (expected, wanted->pdata[i]);
      g_autofree char *expected_text = filled (raw, home);

      g_assert_cmpstr (text, ==, expected_text);
    }
  g_assert_cmpuint (files->len, ==, wanted->len);
}

static PostwegAccount *
read_account (const char *folder)
{
  g_autofree char *text = get_file (folder, "account.json");
  g_autoptr (GError) error = NULL;
  PostwegAccount *account = postweg_account_from_json (text, -1, &error);

  g_assert_no_error (error);
  return account;
}

static void
read_option (Options *options, const char *line, const char *home)
{
  if (strcmp (line, "files-sent") == 0)
    options->files_sent = TRUE;
  else if (strcmp (line, "password-in-file") == 0)
    options->password_in_file = TRUE;
  else if (g_str_has_prefix (line, "replace "))
    options->replace = filled (line + strlen ("replace "), home);
  else if (g_str_has_prefix (line, "password "))
    {
      g_autoptr (PostwegSecret) secret = postweg_secret_new (line + strlen ("password "));

      options->credentials = postweg_credentials_new (secret, NULL, NULL);
    }
  else
    g_assert_cmpstr (line, ==, "");
}

static Options
read_options (const char *folder, const char *home)
{
  g_autofree char *text = get_file (folder, "options");
  g_auto (GStrv) lines = g_strsplit (text != NULL ? text : "", "\n", -1);
  Options options = { 0 };

  for (guint i = 0; lines[i] != NULL; i++)
    read_option (&options, lines[i], home);
  return options;
}

static void
assert_refused (const char *folder, const PostwegPlan *plan, const GError *error)
{
  g_autofree char *wanted = get_file (folder, "error");
  g_auto (GStrv) lines = g_strsplit (wanted, "\n", -1);

  g_assert_null (plan);
  g_assert_nonnull (error);
  g_assert_cmpstr (postweg_error_name (error->code), ==, lines[0]);
  for (guint i = 1; lines[i] != NULL; i++)
    g_assert_nonnull (strstr (error->message, lines[i]));
}

/* The password may stand in a file, never in what is shown of it. */
static void
assert_conceals (const PostwegPlan *plan, const Options *options)
{
  const char *secret =
      options->credentials != NULL ? postweg_secret_peek (options->credentials->incoming) : NULL;

  for (guint i = 0; secret != NULL && i < plan->changes->len; i++)
    {
      gsize length = 0;
      GBytes *shown = postweg_change_shown_after (plan->changes->pdata[i]);
      const char *text = shown != NULL ? g_bytes_get_data (shown, &length) : NULL;

      g_assert_null (text != NULL ? g_strstr_len (text, (gssize) length, secret) : NULL);
    }
}

static PostwegPlan *
plan_case (const Case *one, const char *home, const Options *options, GError **error)
{
  g_autofree char *profile = g_build_filename (home, "profile", NULL);
  g_autoptr (PostwegAccount) account = read_account (one->folder);
  const PostwegExport export = { .home = home,
                                 .profile = profile,
                                 .replace = options->replace,
                                 .files_sent = options->files_sent,
                                 .credentials = options->credentials,
                                 .password_in_file = options->password_in_file };

  return postweg_client_plan (one->client, account, &export, error);
}

/* before + account = after; read back it is the account; once more changes nothing; undo gives before. */
static void
test_case (gconstpointer data)
{
  const Case *one = data;
  g_autoptr (Folder) home = folder_new ();
  g_autofree char *profile = g_build_filename (home, "profile", NULL);
  g_autofree char *state = g_build_filename (home, "state", NULL);
  g_autofree char *before = g_build_filename (one->folder, "before", NULL);
  g_autofree char *after = g_build_filename (one->folder, "after", NULL);
  g_auto (Options) options = read_options (one->folder, home);
  g_autoptr (GError) error = NULL;
  g_autoptr (PostwegPlan) plan = NULL;
  g_autoptr (PostwegPlan) again = NULL;
  g_autoptr (PostwegPlan) undone = NULL;

  g_assert_cmpint (g_mkdir_with_parents (profile, 0700), ==, 0);
  copy_folder (before, profile, home);
  plan = plan_case (one, home, &options, &error);
  assert_same_folder (profile, before, home);
  if (!g_file_test (after, G_FILE_TEST_IS_DIR))
    {
      assert_refused (one->folder, plan, error);
      return;
    }
  g_assert_no_error (error);
  assert_conceals (plan, &options);
  postweg_plan_apply (plan, state, &error);
  g_assert_no_error (error);
  assert_same_folder (profile, after, home);
  g_assert_true (postweg_client_has (one->client, plan));

  again = plan_case (one, home, &options, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (again->changes->len, ==, 0);
  if (plan->changes->len == 0)
    return;
  undone = postweg_plan_undo (NULL, state, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (undone->changes->len, ==, plan->changes->len);
  assert_same_folder (profile, before, home);
}

static void
case_free (gpointer data)
{
  Case *one = data;

  g_free (one->folder);
  g_free (one);
}

static void
add_cases (const char *golden, const char *program, GPtrArray *cases)
{
  g_autofree char *folder = g_build_filename (golden, program, NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_strdup_printf ("/golden/%s/%s", program, name);
      Case *one = g_new0 (Case, 1);

      one->client = postweg_client_by_id (program);
      one->folder = g_build_filename (folder, name, NULL);
      g_assert_nonnull (one->client);
      g_ptr_array_add (cases, one);
      g_test_add_data_func (path, one, test_case);
    }
}

int
main (int argc, char **argv)
{
  g_autofree char *golden = NULL;
  g_autoptr (GDir) dir = NULL;
  g_autoptr (GPtrArray) cases = g_ptr_array_new_with_free_func (case_free);
  const char *name;

  g_test_init (&argc, &argv, NULL);
  golden = g_test_build_filename (G_TEST_DIST, "golden", NULL);
  dir = g_dir_open (golden, 0, NULL);
  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    add_cases (golden, name, cases);
  return g_test_run ();
}
