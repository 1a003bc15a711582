/* Everything that can be wrong with the files of a mail program, for each program whose accounts are read: the file is named, nothing is written,
 * nothing lost, and the other accounts stay usable. */
#include "clients/own-accounts.h"
#include <grp.h>

#define NOBODY 65534
#define FOREIGN 12345

/* A program with accounts of its own in a folder. */
typedef struct {
  const PostwegClient *client;
  Place place;
  char *profile;
  guint accounts;
} Setting;

static void
setting_clear (Setting *setting)
{
  place_clear (&setting->place);
  g_free (setting->profile);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Setting, setting_clear)

static PostwegPlan *
plan_for (const Setting *setting, const PostwegAccount *account, const char *id, GError **error)
{
  const PostwegExport options = { .home = setting->place.home, .profile = setting->profile, .replace = id };

  return postweg_client_plan (setting->client, account, &options, error);
}

static gboolean
is_evolution (const Setting *setting)
{
  return strcmp (setting->client->id, "evolution") == 0;
}

/* Returns: FALSE where a second one is refused */
static gboolean
add_account (Setting *setting, const PostwegAccount *account)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PostwegPlan) plan = NULL;

  if (is_evolution (setting))
    put_sources (setting->profile, account);
  else
    {
      plan = plan_for (setting, account, NULL, &error);
      if (plan == NULL)
        {
          if (error->code != POSTWEG_ERROR_ALREADY_THERE)
            g_assert_error (error, POSTWEG_ERROR, POSTWEG_ERROR_UNSUPPORTED);
          g_assert_cmpuint (setting->accounts, >, 0);
          return FALSE;
        }
      g_assert_no_error (error);
      g_assert_true (postweg_plan_apply (plan, setting->place.state, &error));
    }
  setting->accounts++;
  return TRUE;
}

static gboolean
add_user (Setting *setting, const char *user)
{
  g_autoptr (PostwegAccount) account = account_of_user (user);

  return add_account (setting, account);
}

static Setting
setting_new (const PostwegClient *client)
{
  Setting setting = { .client = client, .place = place_new () };

  setting.profile = g_build_filename (setting.place.home, "profile", NULL);
  g_assert_cmpint (g_mkdir (setting.profile, 0700), ==, 0);
  add_user (&setting, "anna");
  add_user (&setting, "berta");
  return setting;
}

static GPtrArray *
list_accounts (const Setting *setting)
{
  g_autoptr (PostwegProgram) program = postweg_client_read (setting->client, setting->profile, NULL);

  return program != NULL ? g_ptr_array_ref (program->accounts) : g_ptr_array_new ();
}

/* what lies in the folder */

static GString *shot;
static GPtrArray *paths;

static int
add_entry (const char *path, const struct stat *facts, int kind, struct FTW *where)
{
  g_autofree char *text = NULL;

  (void) where;
  g_string_append_printf (shot, "%s %o %u %" G_GOFFSET_FORMAT "\n", path, facts->st_mode, facts->st_uid,
                          S_ISDIR (facts->st_mode) ? 0 : (goffset) facts->st_size);
  if (S_ISREG (facts->st_mode) && facts->st_size < 1024 * 1024 &&
      g_file_get_contents (path, &text, NULL, NULL))
    g_string_append (shot, text);
  if (kind == FTW_F && paths != NULL)
    g_ptr_array_add (paths, g_strdup (path));
  return 0;
}

/* Returns: (transfer full): everything that is there, with modes, owners and content */
static char *
take_shot (const Setting *setting)
{
  shot = g_string_new ("");
  nftw (setting->profile, add_entry, 16, FTW_PHYS);
  return g_string_free (shot, FALSE);
}

/* Returns: (transfer full): the names below the profile */
static GPtrArray *
files_of (const Setting *setting)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);

  paths = g_ptr_array_new_with_free_func (g_free);
  g_free (take_shot (setting));
  for (guint i = 0; i < paths->len; i++)
    if (!g_str_has_suffix (paths->pdata[i], "lock"))
      g_ptr_array_add (names, g_strdup ((char *) paths->pdata[i] + strlen (setting->profile) + 1));
  g_clear_pointer (&paths, g_ptr_array_unref);
  g_assert_cmpuint (names->len, >, 0);
  return names;
}

/* It was refused for this file. code 0: reading */
static void
assert_named (const Setting *setting, const GError *error, const char *path, int code)
{
  static const char *const one_account[] = { "alpine", "emacs", "mu4e", NULL };

  /* these have said that there is one before they came to this file */
  if (g_strv_contains (one_account, setting->client->id) &&
      g_error_matches (error, POSTWEG_ERROR, POSTWEG_ERROR_ALREADY_THERE))
    return;
  if (error == NULL || strstr (error->message, path + strlen (setting->profile) + 1) == NULL)
    g_error ("%s: %s", path, error != NULL ? error->message : "went through");
  if (code != 0)
    g_assert_error (error, POSTWEG_ERROR, code);
  else if (!g_error_matches (error, POSTWEG_ERROR, POSTWEG_ERROR_BAD_FORMAT))
    g_assert_error (error, POSTWEG_ERROR, POSTWEG_ERROR_CANNOT_READ);
}

static const PostwegChange *
change_of (const PostwegPlan *plan, const char *path)
{
  for (guint i = 0; i < plan->changes->len; i++)
    if (strcmp (((PostwegChange *) plan->changes->pdata[i])->target, path) == 0)
      return plan->changes->pdata[i];
  return NULL;
}

/* states in which a file cannot be read */

static void
make_nul (const char *path)
{
  g_assert_true (g_file_set_contents (path, "# one\n# two\nx\0y\n", 16, NULL));
}

static void
make_folder (const char *path)
{
  g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
}

static void
make_pipe (const char *path)
{
  g_assert_cmpint (mkfifo (path, 0600), ==, 0);
}

static void
make_circle (const char *path)
{
  g_assert_cmpint (symlink (path, path), ==, 0);
}

static void
make_huge (const char *path)
{
  g_assert_true (g_file_set_contents (path, "", 0, NULL));
  g_assert_cmpint (truncate (path, 70 * 1024 * 1024), ==, 0);
}

static void
make_link_to_new (const char *path)
{
  g_assert_cmpint (symlink ("new-file", path), ==, 0);
}

static void
make_link_into_nowhere (const char *path)
{
  g_assert_cmpint (symlink ("/nowhere/at/all", path), ==, 0);
}

static void
make_unreadable (const char *path)
{
  g_assert_cmpint (chmod (path, 0), ==, 0);
}

typedef struct {
  const char *name;
  void (*go) (Setting *setting, const char *path, void (*make) (const char *path));
  void (*make) (const char *path);
  gboolean as_nobody; /* root may do everything */
} Check;

/* Reading names the file if an account is missing, and what lies in other files is there. A list of accounts is all of them; a folder among
 * files is not looked into. */
static void
check_reading (const Setting *setting, const char *path, gboolean is_folder)
{
  static const char *const several_files[] = { "evolution", "geary", "kmail", "mutt", "neomutt", NULL };
  const char *name = path + strlen (setting->profile) + 1;
  g_autoptr (GError) error = NULL;
  g_autoptr (PostwegProgram) program = postweg_client_read (setting->client, setting->profile, &error);

  if (program == NULL)
    assert_named (setting, error, path, 0);
  else if (program->accounts->len < setting->accounts && !(is_folder && strstr (name, "accounts/") != NULL))
    g_assert_nonnull (strstr (program->note, name));
  if (program != NULL && g_strv_contains (several_files, setting->client->id) &&
      !g_str_has_suffix (path, "agentsrc"))
    g_assert_cmpuint (program->accounts->len, >=, 1);
}

/* Planning names it, unless the file is not for this account; then it is left alone. */
static void
check_unread (Setting *setting, const char *path, void (*make) (const char *path))
{
  g_autoptr (PostwegAccount) account = account_of_user ("carla");
  g_autoptr (GError) error = NULL;
  g_autoptr (PostwegPlan) plan = NULL;
  g_autofree char *before = NULL, *after = NULL;

  if (make != make_unreadable)
    unlink (path);
  make (path);
  check_reading (setting, path, make == make_folder);
  before = take_shot (setting);
  plan = is_evolution (setting) ? NULL : plan_for (setting, account, NULL, &error);
  if (plan != NULL && change_of (plan, path) != NULL)
    g_assert_false (postweg_plan_apply (plan, setting->place.state, &error));
  if (!is_evolution (setting) && (plan == NULL || error != NULL))
    assert_named (setting, error, path, 0);
  after = take_shot (setting);
  g_assert_cmpstr (before, ==, after);
}

/* files that cannot be written, or change while the person looks at the plan */

static void
make_read_only (const char *path)
{
  g_assert_cmpint (chmod (path, 0444), ==, 0);
}

static void
make_folder_read_only (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);

  g_assert_cmpint (chmod (folder, 0555), ==, 0);
}

static void
make_changed (const char *path)
{
  FILE *file = fopen (path, "a");

  g_assert_nonnull (file);
  fputs ("# by another program\n", file);
  fclose (file);
}

/* The last account is mended, which every program can; only files that this changes matter. Returns: (transfer full): NULL if the file stays */
static PostwegPlan *
plan_mending (const Setting *setting, const char *path)
{
  g_autoptr (GPtrArray) accounts = list_accounts (setting);
  const PostwegStoredAccount *stored = accounts->pdata[accounts->len - 1];
  g_autoptr (PostwegAccount) account = postweg_account_copy (stored->account);
  g_autoptr (GError) error = NULL;
  g_autoptr (PostwegPlan) plan = NULL;
  PostwegServer *server = account->outgoing != NULL ? account->outgoing : account->incoming;

  server->port = 4242;
  plan = plan_for (setting, account, stored->id, &error);
  g_assert_no_error (error);
  return change_of (plan, path) != NULL ? g_steal_pointer (&plan) : NULL;
}

static void
check_unwritten (Setting *setting, const char *path, void (*make) (const char *path))
{
  g_autoptr (PostwegPlan) plan = is_evolution (setting) ? NULL : plan_mending (setting, path);
  g_autofree char *before = NULL, *after = NULL;
  g_autoptr (GError) error = NULL;

  if (plan == NULL)
    return;
  if (make != NULL)
    make (path);
  before = take_shot (setting);
  postweg_plan_apply (plan, setting->place.state, &error);
  assert_named (setting, error, path,
                make == make_changed ? POSTWEG_ERROR_CHANGED_MEANWHILE : POSTWEG_ERROR_CANNOT_WRITE);
  after = take_shot (setting);
  g_assert_cmpstr (before, ==, after);
}

/* Somebody else's files stay theirs. */
static void
check_owner (Setting *setting, const char *path, void (*make) (const char *path) G_GNUC_UNUSED)
{
  g_autoptr (PostwegPlan) plan = is_evolution (setting) ? NULL : plan_mending (setting, path);
  g_autoptr (PostwegPlan) undone = NULL;
  g_autofree char *before = NULL, *after = NULL;
  g_autoptr (GError) error = NULL;
  struct stat facts;

  if (plan == NULL || geteuid () != 0)
    return;
  g_assert_cmpint (chown (path, FOREIGN, FOREIGN + 1) | chmod (path, 0640), ==, 0);
  before = take_shot (setting);
  postweg_plan_apply (plan, setting->place.state, &error);
  g_assert_no_error (error);
  g_assert_cmpint (lstat (path, &facts), ==, 0);
  g_assert_cmpuint (facts.st_uid, ==, FOREIGN);
  g_assert_cmpuint (facts.st_gid, ==, FOREIGN + 1);
  g_assert_cmpuint (facts.st_mode & 07777, ==, 0640);
  undone = postweg_plan_undo (NULL, setting->place.state, &error);
  g_assert_no_error (error);
  after = take_shot (setting);
  g_assert_cmpstr (before, ==, after);
}

/* files that are damaged: half of an account is missing, or refers to what is not there */

/* One that has no sender gets the program's usual one. */
static gboolean
is_same (const PostwegAccount *now, const PostwegAccount *old)
{
  return old->outgoing == NULL ? postweg_server_equal (now->incoming, old->incoming)
                               : postweg_account_equal (now, old);
}

static gboolean
is_kept (const GPtrArray *now, const PostwegStoredAccount *old)
{
  for (guint i = 0; i < now->len; i++)
    {
      const PostwegStoredAccount *one = g_ptr_array_index (now, i);

      if (strcmp (one->id, old->id) == 0 && is_same (one->account, old->account))
        return TRUE;
    }
  return FALSE;
}

/* Refused with the file's name, or everything that could be read still can be, and it can be taken back. */
static void
try_damaged (Setting *setting, const char *path)
{
  g_autoptr (PostwegAccount) account = account_of_user ("carla");
  g_autoptr (GPtrArray) old = list_accounts (setting);
  g_autofree char *before = take_shot (setting);
  g_autofree char *after = NULL;
  g_autoptr (GPtrArray) now = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (PostwegPlan) undone = NULL;
  g_autoptr (PostwegPlan) plan = is_evolution (setting) ? NULL : plan_for (setting, account, NULL, &error);

  if (is_evolution (setting))
    return;
  if (plan == NULL && !g_error_matches (error, POSTWEG_ERROR, POSTWEG_ERROR_UNSUPPORTED))
    assert_named (setting, error, path, POSTWEG_ERROR_BAD_FORMAT);
  if (plan == NULL)
    return;
  postweg_plan_apply (plan, setting->place.state, &error);
  g_assert_no_error (error);
  now = list_accounts (setting);
  for (guint i = 0; i < old->len; i++)
    if (!is_kept (now, old->pdata[i]))
      g_error ("%s: account “%s” was changed by a new one:\n%s", path,
               ((PostwegStoredAccount *) old->pdata[i])->id, before);
  g_assert_true (postweg_client_has (setting->client, plan));
  undone = postweg_plan_undo (NULL, setting->place.state, &error);
  g_assert_no_error (error);
  after = take_shot (setting);
  g_assert_cmpstr (before, ==, after);
}

/* Links to a file that is not there yet stay links; where nothing can be made, that is said. */
static void
check_dangling (Setting *setting, const char *path, void (*make) (const char *path))
{
  g_autoptr (PostwegAccount) account = account_of_user ("carla");
  g_autofree char *before = NULL, *after = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (PostwegPlan) plan = NULL, undone = NULL;

  unlink (path);
  make (path);
  before = take_shot (setting);
  plan = is_evolution (setting) ? NULL : plan_for (setting, account, NULL, &error);
  if (plan != NULL && postweg_plan_apply (plan, setting->place.state, &error) && plan->changes->len > 0)
    {
      g_assert_true (g_file_test (path, G_FILE_TEST_IS_SYMLINK));
      undone = postweg_plan_undo (NULL, setting->place.state, &error);
      g_assert_no_error (error);
    }
  else if (!is_evolution (setting))
    assert_named (setting, error, path, plan == NULL ? 0 : POSTWEG_ERROR_CANNOT_WRITE);
  after = take_shot (setting);
  g_assert_cmpstr (before, ==, after);
}

/* The same address on other servers: a second account, or refused; the first ones stay. */
static void
check_same_address (Setting *setting, const char *path G_GNUC_UNUSED,
                    void (*make) (const char *path) G_GNUC_UNUSED)
{
  g_autoptr (PostwegAccount) account = account_of_user ("anna");
  g_autoptr (GPtrArray) old = list_accounts (setting), now = NULL;

  g_free (account->incoming->host);
  account->incoming->host = g_strdup ("in.example.net");
  g_free (account->outgoing->host);
  account->outgoing->host = g_strdup ("out.example.net");
  if (is_evolution (setting))
    return;
  g_assert_true (add_account (setting, account) || setting->accounts == old->len);
  now = list_accounts (setting);
  g_assert_cmpuint (now->len, ==, setting->accounts);
  for (guint i = 0; i < old->len; i++)
    g_assert_true (is_kept (now, old->pdata[i]));
}

/* Each line in turn is missing, and then everything behind its middle. */
static void
check_damaged (Setting *setting, const char *path, void (*make) (const char *path) G_GNUC_UNUSED)
{
  g_autofree char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  for (const char *line = text, *next; *line != '\0'; line = next)
    {
      const char *end = strchr (line, '\n');
      g_autofree char *without = NULL, *cut = NULL;

      next = end != NULL ? end + 1 : line + strlen (line);
      without = g_strdup_printf ("%.*s%s", (int) (line - text), text, next);
      cut = g_strndup (text, (gsize) (line - text + (next - line) / 2));
      g_assert_true (g_file_set_contents (path, without, -1, NULL));
      try_damaged (setting, path);
      g_assert_true (g_file_set_contents (path, cut, -1, NULL));
      try_damaged (setting, path);
    }
}

static const Check checks[] = {
  { "binary", check_unread, make_nul, FALSE },
  { "folder", check_unread, make_folder, FALSE },
  { "pipe", check_unread, make_pipe, FALSE },
  { "circle", check_unread, make_circle, FALSE },
  { "huge", check_unread, make_huge, FALSE },
  { "unreadable", check_unread, make_unreadable, TRUE },
  { "read-only", check_unwritten, make_read_only, TRUE },
  { "folder-read-only", check_unwritten, make_folder_read_only, TRUE },
  { "changed-meanwhile", check_unwritten, make_changed, FALSE },
  { "owner-kept", check_owner, NULL, FALSE },
  { "link-to-new-file", check_dangling, make_link_to_new, FALSE },
  { "link-into-nowhere", check_dangling, make_link_into_nowhere, FALSE },
  { "same-address-twice", check_same_address, NULL, FALSE },
  { "line-missing-or-cut", check_damaged, NULL, FALSE },
};

/* In KMail an account whose identity is gone writes as the usual one, and a usual one without an address gives way to the first that has
 * one. A forked child lacks the thread of GLib that notices when git ends. */
static const char *const left_out[] = { "kmail/line-missing-or-cut", "git/read-only", "git/folder-read-only",
                                        NULL };

static int
give_to_nobody (const char *path, const struct stat *facts, int kind, struct FTW *where)
{
  (void) facts, (void) kind, (void) where;
  return lchown (path, NOBODY, NOBODY);
}

/* Root goes on as nobody in a child process. */
static void
run_check (const Check *check, Setting *setting, const char *path)
{
  int status = 0;
  pid_t child;

  if (!check->as_nobody || geteuid () != 0)
    {
      check->go (setting, path, check->make);
      return;
    }
  g_assert_cmpint (nftw (setting->place.home, give_to_nobody, 16, FTW_PHYS), ==, 0);
  child = fork ();
  if (child == 0)
    {
      if (setgroups (0, NULL) != 0 || setgid (NOBODY) != 0 || setuid (NOBODY) != 0)
        _exit (1);
      check->go (setting, path, check->make);
      _exit (0);
    }
  waitpid (child, &status, 0);
  g_assert_true (WIFEXITED (status));
  g_assert_cmpint (WEXITSTATUS (status), ==, 0);
}

typedef struct {
  const PostwegClient *client;
  const Check *check;
} Case;

/* For each of the program's files, with everything new each time. */
static void
test_each_file (gconstpointer data)
{
  const Case *one = data;
  guint n = 1;

  for (guint i = 0; i < n; i++)
    {
      g_auto (Setting) setting = setting_new (one->client);
      g_autoptr (GPtrArray) names = files_of (&setting);
      g_autofree char *path = g_build_filename (setting.profile, names->pdata[i], NULL);

      n = names->len;
      run_check (one->check, &setting, path);
    }
}

int
main (int argc, char **argv)
{
  g_autoptr (GPtrArray) cases = g_ptr_array_new_with_free_func (g_free);

  g_test_init (&argc, &argv, NULL);
  for (const PostwegClient *const *client = postweg_clients_all (); *client != NULL; client++)
    for (guint i = 0; i < G_N_ELEMENTS (checks); i++)
      {
        g_autofree char *path = g_strdup_printf ("/bad-files/%s/%s", (*client)->id, checks[i].name);
        Case *one = g_new (Case, 1);

        *one = (Case){ *client, &checks[i] };
        g_ptr_array_add (cases, one);
        if (!g_strv_contains (left_out, path + strlen ("/bad-files/")) && (*client)->read != NULL &&
            ((*client)->abilities & POSTWEG_IS_OUTPUT) == 0)
          g_test_add_data_func (path, one, test_each_file);
      }
  return g_test_run ();
}
