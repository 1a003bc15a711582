/* Files in every bad state, for the programs that keep accounts in more than one file: the file is named, nothing written, the rest still read. */
#include "clients/worlds.h"

typedef struct {
  const char *program, *golden, *file; /* file: below the profile */
  guint left;                          /* accounts that are still read without it */
} Kept;

static const Kept kept[] = {
  { "geary", "geary/second-account", "account_01/geary.ini", 0 },
  { "kmail", "kmail/second-account", "akonadi_imap_resource_1rc", 1 },
  { "kmail", "kmail/second-account", "mailtransports", 2 },
  { "kmail", "kmail/second-account", "emailidentities", 2 },
  { "goa", "goa/second-account", "accounts.conf", 0 },
  { "thunderbird", "thunderbird/new-imap", "prefs.js", 0 },
};

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

static const struct {
  const char *name;
  void (*make) (const char *path);
} states[] = {
  { "binary", make_nul },    { "folder", make_folder }, { "pipe", make_pipe },
  { "circle", make_circle }, { "huge", make_huge },
};

typedef struct {
  const Kept *kept;
  guint state;
} Case;

static void
test_state (gconstpointer data)
{
  const Case *one = data;
  const Row row = { .golden = one->kept->golden };
  g_autoptr (Folder) home = folder_new ();
  g_autofree char *profile = g_build_filename (home, "profile", NULL);
  g_autofree char *path = g_build_filename (profile, one->kept->file, NULL);
  g_autofree char *before = g_test_build_filename (G_TEST_DIST, "golden", one->kept->golden, "before", NULL);
  g_autoptr (PostwegAccount) account = account_of (&row);
  const PostwegExport options = { .home = home, .profile = profile };
  const PostwegClient *client = postweg_client_by_id (one->kept->program);
  g_autoptr (GError) error = NULL;
  g_autoptr (PostwegPlan) plan = NULL;
  g_autoptr (PostwegProgram) program = NULL;

  g_mkdir (profile, 0700);
  copy_into (before, profile);
  unlink (path);
  states[one->state].make (path);
  plan = postweg_client_plan (client, account, &options, &error);
  g_assert_null (plan);
  g_assert_nonnull (error);
  g_assert_nonnull (strstr (error->message, one->kept->file));
  program = postweg_client_read (client, profile, NULL);
  g_assert_cmpuint (program != NULL ? program->accounts->len : 0, ==, one->kept->left);
}

int
main (int argc, char **argv)
{
  static Case cases[G_N_ELEMENTS (kept) * G_N_ELEMENTS (states)];

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = NULL;

      cases[i] = (Case){ &kept[i / G_N_ELEMENTS (states)], i % G_N_ELEMENTS (states) };
      path = g_strdup_printf ("/bad-files/%s/%s/%s", cases[i].kept->program, cases[i].kept->file,
                              states[cases[i].state].name);
      g_test_add_data_func (path, &cases[i], test_state);
    }
  return g_test_run ();
}
