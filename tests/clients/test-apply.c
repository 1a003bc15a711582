/* Applying: what is written, what is refused, and that taking back leads to where it began. */
#include "clients/places.h"

static void
test_change_and_back (void)
{
  g_auto (Place) place = place_new ();
  g_autofree char *prefs = g_build_filename (place.profile, "prefs.js", NULL);
  g_autoptr (PostwegPlan) plan = plan_two (&place, "old\n", "new\n");
  g_autoptr (PostwegPlan) undone = NULL;
  g_autoptr (GError) error = NULL;
  const PostwegChange *change = plan->changes->pdata[0];
  g_autofree char *backup = NULL;

  put_both (&place, "old\n");
  g_assert_cmpint (chmod (prefs, 0604), ==, 0);
  postweg_plan_apply (plan, place.state, &error);
  g_assert_no_error (error);
  assert_both (&place, "new\n", "new\n");
  assert_no_rest (&place);
  g_assert_cmpuint (mode_of (prefs), ==, 0604);
  g_assert_cmpuint (mode_of (place.state), ==, 0700);
  g_assert_cmpuint (mode_of (change->backup), ==, 0600);
  g_assert_true (g_file_get_contents (change->backup, &backup, NULL, NULL));
  g_assert_cmpstr (backup, ==, "old\n");

  undone = postweg_plan_undo (plan->undo, place.state, &error);
  g_assert_no_error (error);
  assert_both (&place, "old\n", "old\n");
  assert_no_rest (&place);
  g_assert_cmpuint (mode_of (prefs), ==, 0604);
  g_assert_cmpstr (undone->undo, ==, plan->undo);
  g_assert_cmpuint (undone->changes->len, ==, 2);
  g_assert_true (g_bytes_equal (((PostwegChange *) undone->changes->pdata[0])->before, change->after));

  g_assert_null (postweg_plan_undo (plan->undo, place.state, &error));
  g_assert_error (error, POSTWEG_ERROR, POSTWEG_ERROR_NOT_FOUND);
}

static void
test_create_and_back (void)
{
  g_auto (Place) place = place_new ();
  g_autofree char *mail = g_build_filename (place.home, "mail", NULL);
  g_autofree char *prefs = g_build_filename (place.profile, "prefs.js", NULL);
  g_autoptr (PostwegPlan) plan = plan_two (&place, NULL, "new\n");
  g_autoptr (PostwegPlan) undone = NULL;
  g_autoptr (GError) error = NULL;

  postweg_plan_apply (plan, place.state, &error);
  g_assert_no_error (error);
  assert_both (&place, "new\n", "new\n");
  g_assert_cmpuint (mode_of (prefs), ==, 0640);
  g_assert_cmpuint (mode_of (mail), ==, 0700);
  g_assert_cmpuint (mode_of (place.profile), ==, 0700);
  g_assert_null (((PostwegChange *) plan->changes->pdata[0])->backup);
  undone = postweg_plan_undo (NULL, place.state, &error);
  g_assert_no_error (error);
  g_assert_false (g_file_test (mail, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (place.home, G_FILE_TEST_IS_DIR));
}

/* A folder that holds something else by now stays. */
static void
test_back_keeps_other_files (void)
{
  g_auto (Place) place = place_new ();
  g_autoptr (PostwegPlan) plan = plan_two (&place, NULL, "new\n");
  g_autoptr (PostwegPlan) undone = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *other = NULL;

  postweg_plan_apply (plan, place.state, &error);
  put_file (place.profile, "other", "x");
  undone = postweg_plan_undo (NULL, place.state, &error);
  g_assert_no_error (error);
  assert_both (&place, NULL, NULL);
  other = get_file (place.profile, "other");
  g_assert_cmpstr (other, ==, "x");
}

static void
test_nothing_to_do (void)
{
  g_auto (Place) place = place_new ();
  g_autoptr (PostwegPlan) plan = postweg_plan_new ("thunderbird", "Thunderbird", place.profile);
  g_autoptr (GError) error = NULL;

  g_assert_true (postweg_plan_apply (plan, place.state, &error));
  g_assert_null (plan->undo);
  g_assert_cmpuint (count_entries (place.home), ==, 0);
}

static void
test_changed_before_apply (gconstpointer data)
{
  const char *now = data; /* NULL: deleted */
  g_auto (Place) place = place_new ();
  g_autofree char *prefs = g_build_filename (place.profile, "prefs.js", NULL);
  g_autoptr (PostwegPlan) plan = plan_two (&place, "old\n", "new\n");
  g_autoptr (GError) error = NULL;

  put_both (&place, "old\n");
  if (now != NULL)
    put_file (place.profile, "prefs.js", now);
  else
    g_unlink (prefs);
  g_assert_false (postweg_plan_apply (plan, place.state, &error));
  g_assert_error (error, POSTWEG_ERROR, POSTWEG_ERROR_CHANGED_MEANWHILE);
  g_assert_nonnull (strstr (error->message, prefs));
  assert_both (&place, now, "old\n");
  g_assert_cmpuint (count_journals (&place), ==, 0);
  assert_no_rest (&place);
}

static void
test_appeared_before_apply (void)
{
  g_auto (Place) place = place_new ();
  g_autoptr (PostwegPlan) plan = plan_two (&place, NULL, "new\n");
  g_autoptr (GError) error = NULL;

  put_file (place.home, "mail/list.ini", "somebody else's\n");
  g_assert_false (postweg_plan_apply (plan, place.state, &error));
  g_assert_error (error, POSTWEG_ERROR, POSTWEG_ERROR_CHANGED_MEANWHILE);
  assert_both (&place, NULL, "somebody else's\n");
  g_assert_false (g_file_test (place.profile, G_FILE_TEST_EXISTS));
}

static void
test_running (void)
{
  g_auto (Place) place = place_new ();
  g_autoptr (PostwegPlan) plan = plan_two (&place, "old\n", "new\n");
  g_autoptr (PostwegPlan) undone = NULL;
  g_autoptr (GError) error = NULL;
  pid_t child;

  put_both (&place, "old\n");
  child = hold_lock (plan->lock);
  g_assert_false (postweg_plan_apply (plan, place.state, &error));
  g_assert_error (error, POSTWEG_ERROR, POSTWEG_ERROR_PROGRAM_RUNNING);
  g_clear_error (&error);
  assert_both (&place, "old\n", "old\n");
  kill (child, SIGKILL);
  waitpid (child, NULL, 0);
  g_assert_true (postweg_plan_apply (plan, place.state, &error));

  child = hold_lock (plan->lock);
  g_assert_null (postweg_plan_undo (NULL, place.state, &error));
  g_assert_error (error, POSTWEG_ERROR, POSTWEG_ERROR_PROGRAM_RUNNING);
  g_clear_error (&error);
  assert_both (&place, "new\n", "new\n");
  kill (child, SIGKILL);
  waitpid (child, NULL, 0);
  undone = postweg_plan_undo (NULL, place.state, &error);
  g_assert_no_error (error);
  assert_both (&place, "old\n", "old\n");
}

static void
test_links (void)
{
  g_auto (Place) place = place_new ();
  g_autofree char *prefs = g_build_filename (place.profile, "prefs.js", NULL);
  g_autofree char *middle = g_build_filename (place.home, "dotfiles", "middle", NULL);
  g_autofree char *real = NULL;
  g_autoptr (PostwegPlan) plan = plan_two (&place, "old\n", "new\n");
  g_autoptr (PostwegPlan) undone = NULL;
  g_autoptr (GError) error = NULL;

  put_both (&place, "old\n");
  put_file (place.home, "dotfiles/real.js", "old\n");
  g_unlink (prefs);
  g_assert_cmpint (symlink ("real.js", middle), ==, 0);
  g_assert_cmpint (symlink (middle, prefs), ==, 0);
  g_assert_true (postweg_plan_apply (plan, place.state, &error));
  g_assert_true (g_file_test (prefs, G_FILE_TEST_IS_SYMLINK));
  g_assert_true (g_file_test (middle, G_FILE_TEST_IS_SYMLINK));
  real = get_file (place.home, "dotfiles/real.js");
  g_assert_cmpstr (real, ==, "new\n");
  undone = postweg_plan_undo (NULL, place.state, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_test (prefs, G_FILE_TEST_IS_SYMLINK));
  assert_both (&place, "old\n", "old\n");
}

static void
test_link_to_nothing (void)
{
  g_auto (Place) place = place_new ();
  g_autofree char *prefs = g_build_filename (place.profile, "prefs.js", NULL);
  g_autofree char *real = NULL;
  g_autoptr (PostwegPlan) plan = plan_two (&place, NULL, "new\n");
  g_autoptr (GError) error = NULL;

  put_file (place.profile, "x", "");
  g_assert_cmpint (symlink ("real.js", prefs), ==, 0);
  postweg_plan_apply (plan, place.state, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_test (prefs, G_FILE_TEST_IS_SYMLINK));
  real = get_file (place.profile, "real.js");
  g_assert_cmpstr (real, ==, "new\n");
}

static void
test_link_circle (void)
{
  g_auto (Place) place = place_new ();
  g_autofree char *other = g_build_filename (place.profile, "other", NULL);
  g_autofree char *prefs = g_build_filename (place.profile, "prefs.js", NULL);
  g_autoptr (PostwegPlan) plan = plan_two (&place, NULL, "new\n");
  g_autoptr (GError) error = NULL;

  put_file (place.profile, "x", "");
  g_assert_cmpint (symlink ("prefs.js", other), ==, 0);
  g_assert_cmpint (symlink ("other", prefs), ==, 0);
  g_assert_false (postweg_plan_apply (plan, place.state, &error));
  g_assert_error (error, POSTWEG_ERROR, POSTWEG_ERROR_CANNOT_READ);
  g_assert_nonnull (strstr (error->message, "link"));
  g_assert_cmpuint (count_journals (&place), ==, 0);
}

static void
test_folder_in_the_way (void)
{
  g_auto (Place) place = place_new ();
  g_autoptr (PostwegPlan) plan = plan_two (&place, NULL, "new\n");
  g_autoptr (GError) error = NULL;

  put_file (place.home, "mail/p/prefs.js/inside", "x");
  g_assert_false (postweg_plan_apply (plan, place.state, &error));
  g_assert_error (error, POSTWEG_ERROR, POSTWEG_ERROR_CANNOT_READ);
}

static void
test_file_in_the_way (void)
{
  g_auto (Place) place = place_new ();
  g_autoptr (PostwegPlan) plan = plan_two (&place, NULL, "new\n");
  g_autoptr (GError) error = NULL;

  put_file (place.home, "mail", "I am no folder");
  g_assert_false (postweg_plan_apply (plan, place.state, &error));
  g_assert_error (error, POSTWEG_ERROR, POSTWEG_ERROR_CANNOT_WRITE);
}

static void
test_bus_change (void)
{
  g_auto (Place) place = place_new ();
  g_autoptr (PostwegPlan) plan = plan_two (&place, "old\n", "new\n");
  g_autoptr (GError) error = NULL;

  put_both (&place, "old\n");
  ((PostwegChange *) plan->changes->pdata[1])->action = POSTWEG_ACTION_BUS;
  g_assert_false (postweg_plan_apply (plan, place.state, &error));
  g_assert_error (error, POSTWEG_ERROR, POSTWEG_ERROR_UNSUPPORTED);
  assert_both (&place, "old\n", "old\n");
}

/* Paths that are no UTF-8 survive the journal. */
static void
test_odd_path (void)
{
  g_auto (Place) place = place_new ();
  g_autofree char *path = g_build_filename (place.home, "m\xFC l%41", "p\n\"{", NULL);
  g_autoptr (PostwegPlan) plan = postweg_plan_new ("thunderbird", "Thunderbird", place.home);
  g_autoptr (PostwegPlan) undone = NULL;
  g_autoptr (GError) error = NULL;

  plan_file (plan, path, NULL, "new\n");
  g_assert_true (postweg_plan_apply (plan, place.state, &error));
  g_assert_true (g_file_test (path, G_FILE_TEST_IS_REGULAR));
  undone = postweg_plan_undo (NULL, place.state, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count_entries (place.home), ==, 1);
}

static void
assert_owner (const char *path, guint owner)
{
  struct stat facts;

  g_assert_cmpint (stat (path, &facts), ==, 0);
  g_assert_cmpuint (facts.st_uid, ==, owner);
  g_assert_cmpuint (facts.st_gid, ==, owner);
}

/* With sudo: what is made in a person's home belongs to that person, what is changed keeps its owner. */
static void
test_owner_as_root (void)
{
  g_auto (Place) place = place_new ();
  g_autofree char *prefs = g_build_filename (place.profile, "prefs.js", NULL);
  g_autoptr (PostwegPlan) first = plan_two (&place, NULL, "old\n");
  g_autoptr (PostwegPlan) second = plan_two (&place, "old\n", "new\n");
  g_autoptr (GError) error = NULL;

  if (geteuid () != 0 || chown (place.home, 12345, 12345) != 0)
    {
      g_test_skip ("only root can give files to somebody else");
      return;
    }
  postweg_plan_apply (first, place.state, &error);
  g_assert_no_error (error);
  assert_owner (place.profile, 12345);
  assert_owner (prefs, 12345);
  assert_owner (first->lock, 12345);
  g_assert_cmpint (chown (prefs, 23456, 23456), ==, 0);
  postweg_plan_apply (second, place.state, &error);
  g_assert_no_error (error);
  assert_owner (prefs, 23456);
  assert_owner (place.list, 12345);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/apply/change-and-back", test_change_and_back);
  g_test_add_func ("/apply/create-and-back", test_create_and_back);
  g_test_add_func ("/apply/back-keeps-other-files", test_back_keeps_other_files);
  g_test_add_func ("/apply/nothing-to-do", test_nothing_to_do);
  g_test_add_data_func ("/apply/changed-before", "else\n", test_changed_before_apply);
  g_test_add_data_func ("/apply/deleted-before", NULL, test_changed_before_apply);
  g_test_add_func ("/apply/appeared-before", test_appeared_before_apply);
  g_test_add_func ("/apply/running", test_running);
  g_test_add_func ("/apply/links", test_links);
  g_test_add_func ("/apply/link-to-nothing", test_link_to_nothing);
  g_test_add_func ("/apply/link-circle", test_link_circle);
  g_test_add_func ("/apply/folder-in-the-way", test_folder_in_the_way);
  g_test_add_func ("/apply/file-in-the-way", test_file_in_the_way);
  g_test_add_func ("/apply/bus-change", test_bus_change);
  g_test_add_func ("/apply/odd-path", test_odd_path);
  g_test_add_func ("/apply/owner-as-root", test_owner_as_root);
  return g_test_run ();
}
