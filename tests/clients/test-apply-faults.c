/* Disks that are full, folders that cannot be written, crashes: every file stays as it was or can be taken back. */
#include "clients/small-disk.h"
#include <errno.h>
#include <sys/resource.h>
#include <sys/syscall.h>

/* The C library's rename(), which counts down and then kills the process or fails: the moments that cannot be hit from outside. */
static int renames_until_end = -1;
static int rename_error;

int
rename (const char *from, const char *to)
{
  if (renames_until_end >= 0 && renames_until_end-- == 0)
    {
      if (rename_error == 0)
        kill (getpid (), SIGKILL);
      errno = rename_error;
      return -1;
    }
  return (int) syscall (SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0);
}

/* A rename that fails after another one has succeeded: the first file is put back. */
static void
test_second_rename_fails (gconstpointer data)
{
  const char *before = data; /* NULL: both files are new */
  g_auto (Place) place = place_new ();
  g_autoptr (PostwegPlan) plan = plan_two (&place, before, "new\n");
  g_autoptr (GError) error = NULL;
  gboolean ok;

  if (before != NULL)
    put_both (&place, before);
  rename_error = EIO;
  renames_until_end = before != NULL ? 4 : 2; /* the backups, the journal, one file */
  ok = postweg_plan_apply (plan, place.state, &error);
  renames_until_end = -1;
  g_assert_false (ok);
  g_assert_error (error, POSTWEG_ERROR, POSTWEG_ERROR_CANNOT_WRITE);
  assert_both (&place, before, before);
  g_assert_null (plan->undo);
  g_assert_null (((PostwegChange *) plan->changes->pdata[0])->backup);
  g_assert_cmpuint (count_journals (&place), ==, 0);
  if (before != NULL)
    assert_no_rest (&place);
  else
    g_assert_false (g_file_test (place.profile, G_FILE_TEST_EXISTS));
}

/* The process dies after n renames; whatever is there then, undo leads back to where it began. */
static void
test_killed (gconstpointer data)
{
  int n = GPOINTER_TO_INT (data);
  g_auto (Place) place = place_new ();
  g_autoptr (PostwegPlan) plan = plan_two (&place, "old\n", "new\n");
  g_autoptr (PostwegPlan) undone = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *first = NULL;
  int status = 0;
  pid_t child;

  put_both (&place, "old\n");
  child = fork ();
  if (child == 0)
    {
      rename_error = 0;
      renames_until_end = n;
      _exit (postweg_plan_apply (plan, place.state, NULL) ? 0 : 1);
    }
  waitpid (child, &status, 0);
  g_assert_cmpint (WIFSIGNALED (status), ==, n < 5);
  first = get_file (place.profile, "prefs.js");
  g_assert_cmpstr (first, ==, n < 4 ? "old\n" : "new\n");
  undone = postweg_plan_undo (NULL, place.state, &error);
  if (n < 3) /* the journal was not complete: nothing was changed yet */
    g_assert_error (error, POSTWEG_ERROR, POSTWEG_ERROR_NOT_FOUND);
  else
    {
      g_assert_no_error (error);
      g_assert_cmpuint (undone->changes->len, ==, n - 3);
      assert_no_rest (&place);
    }
  assert_both (&place, "old\n", "old\n");
}

/* Writes in a child process that has lost something. Returns: the exit status: 0, or the error's code */
static int
apply_in_child (PostwegPlan *plan, const char *state, void (*lose) (void))
{
  int status = 0;
  pid_t child = fork ();

  if (child == 0)
    {
      g_autoptr (GError) error = NULL;

      lose ();
      _exit (postweg_plan_apply (plan, state, &error) ? 0 : error->code);
    }
  waitpid (child, &status, 0);
  g_assert_true (WIFEXITED (status));
  return WEXITSTATUS (status);
}

static void
lose_rights (void)
{
  if (geteuid () == 0 && (setgid (65534) != 0 || setuid (65534) != 0))
    _exit (255);
}

static void
lose_space (void)
{
  const struct rlimit limit = { 2000, 2000 };

  signal (SIGXFSZ, SIG_IGN);
  setrlimit (RLIMIT_FSIZE, &limit);
}

static void
test_read_only_folder (void)
{
  g_auto (Place) place = place_new ();
  g_autoptr (PostwegPlan) plan = plan_two (&place, "old\n", "new\n");
  g_autofree char *mail = g_build_filename (place.home, "mail", NULL);
  g_autofree char *prefs = g_build_filename (place.profile, "prefs.js", NULL);

  put_both (&place, "old\n");
  put_file (place.profile, ".parentlock", "");
  put_file (place.state, "x", "");
  g_assert_cmpint (chmod (place.home, 0755) | chmod (mail, 0555) | chmod (place.profile, 0555), ==, 0);
  g_assert_cmpint (chmod (place.state, 0777) | chmod (plan->lock, 0666) | chmod (prefs, 0444), ==, 0);
  g_assert_cmpint (apply_in_child (plan, place.state, lose_rights), ==, POSTWEG_ERROR_CANNOT_WRITE);
  g_assert_cmpint (chmod (mail, 0755) | chmod (place.profile, 0755), ==, 0);
  assert_both (&place, "old\n", "old\n");
  g_assert_cmpuint (count_journals (&place), ==, 0);
}

static void
test_unreadable_file (void)
{
  g_auto (Place) place = place_new ();
  g_autoptr (PostwegPlan) plan = plan_two (&place, "old\n", "new\n");
  g_autofree char *mail = g_build_filename (place.home, "mail", NULL);
  g_autofree char *prefs = g_build_filename (place.profile, "prefs.js", NULL);

  put_both (&place, "old\n");
  put_file (place.profile, ".parentlock", "");
  g_assert_cmpint (chmod (place.home, 0755) | chmod (mail, 0777) | chmod (place.profile, 0777), ==, 0);
  g_assert_cmpint (chmod (plan->lock, 0666) | chmod (prefs, 0), ==, 0);
  g_assert_cmpint (apply_in_child (plan, place.state, lose_rights), ==, POSTWEG_ERROR_CANNOT_READ);
  g_assert_cmpint (chmod (prefs, 0600), ==, 0);
  assert_both (&place, "old\n", "old\n");
}

static void
test_no_state_folder (void)
{
  g_auto (Place) place = place_new ();
  g_autoptr (PostwegPlan) plan = plan_two (&place, "old\n", "new\n");
  g_autoptr (GError) error = NULL;

  put_both (&place, "old\n");
  put_file (place.home, "state", "I am no folder");
  g_assert_false (postweg_plan_apply (plan, place.state, &error));
  g_assert_error (error, POSTWEG_ERROR, POSTWEG_ERROR_CANNOT_WRITE);
  assert_both (&place, "old\n", "old\n");
}

/* The backups and the first file fit, the second file does not. */
static void
test_no_space (void)
{
  g_auto (Place) place = place_new ();
  g_autofree char *big = g_strnfill (5000, 'x');
  g_autofree char *prefs = g_build_filename (place.profile, "prefs.js", NULL);
  g_autoptr (PostwegPlan) plan = postweg_plan_new ("thunderbird", "Thunderbird", place.profile);

  put_both (&place, "old\n");
  plan_file (plan, prefs, "old\n", "new\n");
  plan_file (plan, place.list, "old\n", big);
  g_assert_cmpint (apply_in_child (plan, place.state, lose_space), ==, POSTWEG_ERROR_CANNOT_WRITE);
  assert_both (&place, "old\n", "old\n");
  assert_no_rest (&place);
  g_assert_cmpuint (count_journals (&place), ==, 0);
}

static int
fill_disk (const Place *place)
{
  g_autofree char *big = g_strnfill (40000, 'x');
  g_autofree char *bigger = g_strnfill (45000, 'y');
  g_autoptr (PostwegPlan) plan = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *prefs = NULL;
  g_autofree char *list = NULL;

  if (!mount_small_disk (place->home, "size=64k"))
    return 77;
  put_file (place->profile, "prefs.js", big);
  put_file (place->home, "mail/list.ini", "old\n");
  plan = postweg_plan_new ("thunderbird", "Thunderbird", place->profile);
  plan_file (plan, place->list, "old\n", "new\n");
  prefs = g_build_filename (place->profile, "prefs.js", NULL);
  plan_file (plan, prefs, big, bigger);
  if (postweg_plan_apply (plan, "/nowhere/postweg", &error) || error->code != POSTWEG_ERROR_CANNOT_WRITE)
    return 1;
  g_clear_error (&error);
  if (postweg_plan_apply (plan, g_getenv ("POSTWEG_TEST_STATE"), &error) ||
      strstr (error->message, "space") == NULL)
    return 2;
  g_clear_pointer (&prefs, g_free);
  prefs = get_file (place->profile, "prefs.js");
  list = get_file (place->home, "mail/list.ini");
  return g_strcmp0 (prefs, big) == 0 && g_strcmp0 (list, "old\n") == 0 && count_entries (place->profile) == 1
             ? 0
             : 3;
}

static void
test_full_disk (void)
{
  g_auto (Place) place = place_new ();
  g_autoptr (Folder) state = folder_new ();
  int status = 0;
  pid_t child;

  g_setenv ("POSTWEG_TEST_STATE", state, TRUE);
  child = fork ();
  if (child == 0)
    _exit (fill_disk (&place));
  waitpid (child, &status, 0);
  g_assert_true (WIFEXITED (status));
  if (WEXITSTATUS (status) == 77)
    g_test_skip ("no user namespace with a file system of its own here");
  else
    g_assert_cmpint (WEXITSTATUS (status), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/apply/second-rename-fails/change", "old\n", test_second_rename_fails);
  g_test_add_data_func ("/apply/second-rename-fails/create", NULL, test_second_rename_fails);
  for (int n = 0; n <= 5; n++)
    {
      g_autofree char *path = g_strdup_printf ("/apply/killed/after-%d-renames", n);

      g_test_add_data_func (path, GINT_TO_POINTER (n), test_killed);
    }
  g_test_add_func ("/apply/read-only-folder", test_read_only_folder);
  g_test_add_func ("/apply/unreadable-file", test_unreadable_file);
  g_test_add_func ("/apply/no-state-folder", test_no_state_folder);
  g_test_add_func ("/apply/no-space", test_no_space);
  g_test_add_func ("/apply/full-disk", test_full_disk);
  return g_test_run ();
}
