/* Programs in a sandbox, and settings of programs whose service cannot be asked: found, read, and written only where that reaches them. */
#include "clients/own-accounts.h"
#include "clients/some-account.h"

#define ROUNDS 20

static GPtrArray *
found (const char *program, const char *home)
{
  GPtrArray *programs = g_ptr_array_new_with_free_func ((GDestroyNotify) postweg_program_free);

  postweg_client_find (postweg_client_by_id (program), home, programs);
  return programs;
}

typedef struct {
  const char *path, *program, *folder, *name;
  const char *golden; /* what lies there; NULL: Evolution's sources */
  guint accounts;
  gboolean read_only;
} Sandbox;

static const Sandbox sandboxes[] = {
  { "evolution", "evolution", ".var/app/org.gnome.Evolution/config/evolution/sources", "Evolution (Flatpak)",
    NULL, 1, TRUE },
  { "evolution-elsewhere", "evolution", ".config/evolution/sources", "Evolution", NULL, 1, TRUE },
  { "geary", "geary", ".var/app/org.gnome.Geary/config/geary", "Geary (Flatpak)",
    "geary/second-account/before", 1, FALSE },
  { "kmail", "kmail", ".var/app/org.kde.kontact/config", "KMail (Flatpak)", "kmail/second-account/before", 2,
    FALSE },
  /* its sandbox has the person's whole home folder */
  { "claws-mail", "claws-mail", ".claws-mail", "Claws Mail", "claws-mail/second-account/before", 1, FALSE },
};

static void
fill (const Sandbox *row, const char *folder)
{
  g_autoptr (PostwegAccount) account = account_of_user ("anna");
  g_autofree char *golden =
      row->golden != NULL ? g_test_build_filename (G_TEST_DIST, "golden", row->golden, NULL) : NULL;

  if (golden != NULL)
    copy_into (golden, folder);
  else
    put_sources (folder, account);
}

static void
assert_refused (const Sandbox *row, const char *home, const char *folder)
{
  g_autoptr (PostwegAccount) account = account_of_user ("berta");
  const PostwegExport options = { .home = home, .profile = folder };
  guint before = count_entries (folder);
  g_autoptr (GError) error = NULL;
  g_autoptr (PostwegPlan) plan =
      postweg_client_plan (postweg_client_by_id (row->program), account, &options, &error);

  g_assert_null (plan);
  g_assert_error (error, POSTWEG_ERROR, POSTWEG_ERROR_UNSUPPORTED);
  g_assert_nonnull (strstr (error->message, "service"));
  g_assert_cmpuint (count_entries (folder), ==, before);
}

/* What is written there is found there. */
static void
assert_written (const Sandbox *row, const char *home, const char *profile)
{
  g_autoptr (PostwegAccount) account = account_of_user ("berta");
  const PostwegExport options = { .home = home, .profile = profile };
  g_autofree char *state = g_build_filename (home, "state", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (PostwegPlan) plan =
      postweg_client_plan (postweg_client_by_id (row->program), account, &options, &error);
  g_autoptr (GPtrArray) programs = NULL;

  g_assert_no_error (error);
  g_assert_true (postweg_plan_apply (plan, state, &error));
  g_assert_no_error (error);
  programs = found (row->program, home);
  g_assert_cmpuint (programs->len, ==, 1);
  g_assert_cmpuint (((PostwegProgram *) programs->pdata[0])->accounts->len, ==, row->accounts + 1);
}

static void
test_sandbox (gconstpointer data)
{
  const Sandbox *row = data;
  g_autoptr (Folder) home = folder_new ();
  g_autofree char *folder = g_build_filename (home, row->folder, NULL);
  g_autoptr (GPtrArray) programs = NULL;
  const PostwegProgram *program;

  fill (row, folder);
  programs = found (row->program, home);
  g_assert_cmpuint (programs->len, ==, 1);
  program = programs->pdata[0];
  g_assert_cmpstr (program->name, ==, row->name);
  g_assert_true (g_str_has_prefix (program->profile, folder));
  g_assert_cmpuint (program->accounts->len, ==, row->accounts);
  g_assert_cmpint (program->read_only, ==, row->read_only);
  for (guint i = 0; i < program->accounts->len; i++)
    {
      const PostwegStoredAccount *stored = program->accounts->pdata[i];

      g_assert_cmpint (stored->read_only, ==, row->read_only);
      g_assert_true (!row->read_only || *stored->note != '\0');
    }
  if (row->read_only)
    assert_refused (row, home, folder);
  else
    assert_written (row, home, program->profile);
}

/* Read from the files, an account is what the service would say. */
static void
test_evolution_files (void)
{
  const PostwegClient *evolution = postweg_client_by_id ("evolution");

  for (guint i = 0; i < ROUNDS; i++)
    {
      g_autoptr (Folder) folder = folder_new ();
      g_autoptr (PostwegAccount) account = some_account (evolution);
      g_autoptr (PostwegAccount) kept = postweg_client_keeps (evolution, account);
      g_autoptr (PostwegProgram) program = NULL;

      put_sources (folder, account);
      put_file (folder, "calendar.source", "[Data Source]\nDisplayName=Mine\n");
      put_file (folder, "broken.source", "[Mail Account\nx");
      put_file (folder, "notes.txt", "[Mail Account]\n");
      program = postweg_client_read (evolution, folder, NULL);
      g_assert_cmpuint (program->accounts->len, ==, 1);
      g_assert_true (
          postweg_account_equal (((PostwegStoredAccount *) program->accounts->pdata[0])->account, kept));
    }
}

/* One file that cannot be read: it is named, and the others are there. */
static void
test_evolution_unreadable (void)
{
  const PostwegClient *evolution = postweg_client_by_id ("evolution");
  g_autoptr (Folder) folder = folder_new ();
  g_autoptr (PostwegAccount) account = account_of_user ("anna");
  g_autofree char *bad = g_build_filename (folder, "bad.source", NULL);
  g_autoptr (PostwegProgram) program = NULL;

  put_sources (folder, account);
  g_assert_cmpint (g_mkdir (bad, 0700), ==, 0);
  program = postweg_client_read (evolution, folder, NULL);
  g_assert_cmpuint (program->accounts->len, ==, 1);
  g_assert_nonnull (strstr (program->note, "bad.source"));
}

/* The Flatpak's own Akonadi is said to be there, and left alone. */
static void
test_kmail_own (void)
{
  g_autoptr (Folder) home = folder_new ();
  g_autoptr (GPtrArray) programs = NULL;
  const PostwegProgram *program;

  put_file (home, ".var/app/org.kde.kontact/config/akonadi/instance/flatpak/agentsrc", "[Instances]\n");
  programs = found ("kmail", home);
  g_assert_cmpuint (programs->len, ==, 1);
  program = programs->pdata[0];
  g_assert_cmpuint (program->accounts->len, ==, 0);
  g_assert_true (program->read_only);
  g_assert_nonnull (strstr (program->note, "sandbox"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (sandboxes); i++)
    {
      g_autofree char *path = g_strconcat ("/sandboxes/", sandboxes[i].path, NULL);

      g_test_add_data_func (path, &sandboxes[i], test_sandbox);
    }
  g_test_add_func ("/sandboxes/evolution-files", test_evolution_files);
  g_test_add_func ("/sandboxes/evolution-unreadable", test_evolution_unreadable);
  g_test_add_func ("/sandboxes/kmail-own-service", test_kmail_own);
  return g_test_run ();
}
