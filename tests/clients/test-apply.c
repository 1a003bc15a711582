/* Applying and taking back: what can go wrong leaves every file as it was. */
#include "clients/apply.h"
#include "clients/folders.h"
#include "model/error.h"
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>

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

typedef struct {
  char *home, *profile, *state, *list;
} Place;

static Place
place_new (void)
{
  Place place = { .home = folder_new () };

  place.profile = g_build_filename (place.home, "mail", "p", NULL);
  place.state = g_build_filename (place.home, "state", NULL);
  place.list = g_build_filename (place.home, "mail", "list.ini", NULL);
  return place;
}

static void
place_clear (Place *place)
{
  folder_free (place->home);
  g_free (place->profile);
  g_free (place->state);
  g_free (place->list);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Place, place_clear)

static GBytes *
bytes_of (const char *text)
{
  return text != NULL ? g_bytes_new (text, strlen (text)) : NULL;
}

static void
plan_file (PostwegPlan *plan, const char *path, const char *from, const char *to)
{
  g_autoptr (GBytes) before = bytes_of (from);
  g_autoptr (GBytes) after = bytes_of (to);

  postweg_plan_add_file (plan, path, before, after, 0640);
}

/* Two files: the profile's settings and the list beside it. before NULL: both are new. */
static PostwegPlan *
plan_two (const Place *place, const char *before, const char *after)
{
  PostwegPlan *plan = postweg_plan_new ("thunderbird", "Thunderbird", place->profile);
  g_autofree char *prefs = g_build_filename (place->profile, "prefs.js", NULL);

  plan->lock = g_build_filename (place->profile, ".parentlock", NULL);
  plan_file (plan, prefs, before, after);
  plan_file (plan, place->list, before, after);
  return plan;
}

static void
put_both (const Place *place, const char *text)
{
  put_file (place->profile, "prefs.js", text);
  put_file (place->home, "mail/list.ini", text);
}

static void
assert_both (const Place *place, const char *first, const char *second)
{
  g_autofree char *prefs = get_file (place->profile, "prefs.js");
  g_autofree char *list = get_file (place->home, "mail/list.ini");

  g_assert_cmpstr (prefs, ==, first);
  g_assert_cmpstr (list, ==, second);
}

static guint
count_journals (const Place *place)
{
  g_autofree char *undo = g_build_filename (place->state, "undo", NULL);

  return count_entries (undo);
}

static void
assert_no_rest (const Place *place)
{
  g_autofree char *mail = g_build_filename (place->home, "mail", NULL);

  g_assert_cmpuint (count_entries (mail), <=, 2);
  g_assert_cmpuint (count_entries (place->profile), <=, 2);
}

static guint
mode_of (const char *path)
{
  struct stat facts;

  g_assert_cmpint (lstat (path, &facts), ==, 0);
  return facts.st_mode & 07777;
}

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
test_changed_before_undo (void)
{
  g_auto (Place) place = place_new ();
  g_autoptr (PostwegPlan) plan = plan_two (&place, "old\n", "new\n");
  g_autoptr (GError) error = NULL;

  put_both (&place, "old\n");
  g_assert_true (postweg_plan_apply (plan, place.state, &error));
  put_file (place.profile, "prefs.js", "newer\n");
  g_assert_null (postweg_plan_undo (NULL, place.state, &error));
  g_assert_error (error, POSTWEG_ERROR, POSTWEG_ERROR_CHANGED_MEANWHILE);
  g_assert_nonnull (strstr (error->message, ((PostwegChange *) plan->changes->pdata[0])->backup));
  assert_both (&place, "newer\n", "new\n");
}

static void
test_backup_damaged (void)
{
  g_auto (Place) place = place_new ();
  g_autoptr (PostwegPlan) plan = plan_two (&place, "old\n", "new\n");
  g_autoptr (GError) error = NULL;

  put_both (&place, "old\n");
  g_assert_true (postweg_plan_apply (plan, place.state, &error));
  g_assert_true (
      g_file_set_contents (((PostwegChange *) plan->changes->pdata[0])->backup, "rubbish", -1, NULL));
  g_assert_null (postweg_plan_undo (NULL, place.state, &error));
  g_assert_error (error, POSTWEG_ERROR, POSTWEG_ERROR_NOT_FOUND);
  assert_both (&place, "new\n", "new\n");
}

/* The newest first, then the one before it; an older one cannot be taken back under a newer one. */
static void
test_undo_in_order (void)
{
  g_auto (Place) place = place_new ();
  g_autoptr (PostwegPlan) first = plan_two (&place, "1", "2");
  g_autoptr (PostwegPlan) second = plan_two (&place, "2", "3");
  g_autoptr (PostwegPlan) back_second = NULL;
  g_autoptr (PostwegPlan) back_first = NULL;
  g_autoptr (GError) error = NULL;

  put_both (&place, "1");
  g_assert_true (postweg_plan_apply (first, place.state, &error));
  g_assert_true (postweg_plan_apply (second, place.state, &error));
  g_assert_cmpstr (first->undo, <, second->undo);
  g_assert_null (postweg_plan_undo (first->undo, place.state, &error));
  g_assert_error (error, POSTWEG_ERROR, POSTWEG_ERROR_CHANGED_MEANWHILE);
  g_clear_error (&error);
  back_second = postweg_plan_undo (NULL, place.state, &error);
  g_assert_no_error (error);
  assert_both (&place, "2", "2");
  back_first = postweg_plan_undo (NULL, place.state, &error);
  g_assert_no_error (error);
  assert_both (&place, "1", "1");
  g_assert_null (postweg_plan_undo (NULL, place.state, &error));
  g_assert_error (error, POSTWEG_ERROR, POSTWEG_ERROR_NOT_FOUND);
}

static const struct {
  const char *path;
  const char *id;
  const char *journal; /* what its journal.json holds; NULL: there is none */
  PostwegError code;
} journals[] = {
  { "unknown", "20240101-000000-000000", NULL, POSTWEG_ERROR_NOT_FOUND },
  { "empty", "", NULL, POSTWEG_ERROR_NOT_FOUND },
  { "path", "../../etc", NULL, POSTWEG_ERROR_NOT_FOUND },
  { "dots", "..", NULL, POSTWEG_ERROR_NOT_FOUND },
  { "no-json", "1", "{", POSTWEG_ERROR_BAD_FORMAT },
  { "no-object", "1", "[]", POSTWEG_ERROR_BAD_FORMAT },
  { "empty-object", "1", "{}", POSTWEG_ERROR_BAD_FORMAT },
  { "other-format", "1",
    "{\"format\":2,\"program\":\"p\",\"name\":\"n\",\"profile\":\"/p\",\"changes\":[],\"folders\":[]}",
    POSTWEG_ERROR_BAD_FORMAT },
  { "odd-types", "1",
    "{\"format\":1,\"program\":[],\"name\":{},\"profile\":1,\"undone\":\"x\",\"changes\":{},\"folders\":1}",
    POSTWEG_ERROR_BAD_FORMAT },
  { "odd-change", "1",
    "{\"format\":1,\"program\":\"p\",\"name\":\"n\",\"profile\":\"/p\",\"changes\":[1],\"folders\":[]}",
    POSTWEG_ERROR_BAD_FORMAT },
  { "change-without-target", "1",
    "{\"format\":1,\"program\":\"p\",\"name\":\"n\",\"profile\":\"/p\",\"changes\":[{}],\"folders\":[]}",
    POSTWEG_ERROR_BAD_FORMAT },
  { "odd-folder", "1",
    "{\"format\":1,\"program\":\"p\",\"name\":\"n\",\"profile\":\"/p\",\"changes\":[],\"folders\":[\"/x\"]}",
    POSTWEG_ERROR_BAD_FORMAT },
};

static void
test_bad_journal (gconstpointer data)
{
  guint row = GPOINTER_TO_UINT (data);
  g_auto (Place) place = place_new ();
  g_autoptr (GError) error = NULL;

  if (journals[row].journal != NULL)
    put_file (place.state, "undo/1/journal.json", journals[row].journal);
  g_assert_null (postweg_plan_undo (journals[row].id, place.state, &error));
  g_assert_error (error, POSTWEG_ERROR, (int) journals[row].code);
  g_clear_error (&error);
  g_assert_null (postweg_plan_undo (NULL, place.state, &error));
  g_assert_error (error, POSTWEG_ERROR, POSTWEG_ERROR_NOT_FOUND);
}

static pid_t
hold_lock (const char *path)
{
  int pipes[2];
  char byte;
  pid_t child;

  g_assert_cmpint (pipe (pipes), ==, 0);
  child = fork ();
  if (child == 0)
    {
      struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
      int fd = open (path, O_RDWR | O_CREAT, 0600);

      if (fcntl (fd, F_SETLK, &lock) == 0 && write (pipes[1], "x", 1) == 1)
        pause ();
      _exit (0);
    }
  close (pipes[1]);
  g_assert_cmpint (read (pipes[0], &byte, 1), ==, 1);
  close (pipes[0]);
  return child;
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

static gboolean
write_text (const char *path, const char *text)
{
  int fd = open (path, O_WRONLY);
  gboolean ok = fd != -1 && write (fd, text, strlen (text)) == (gssize) strlen (text);

  close (fd);
  return ok;
}

/* A disk of 64 KiB of one's own, without rights outside. */
static gboolean
mount_small_disk (const char *path)
{
  g_autofree char *user = g_strdup_printf ("0 %u 1", geteuid ());
  g_autofree char *group = g_strdup_printf ("0 %u 1", getegid ());

  return unshare (CLONE_NEWUSER | CLONE_NEWNS) == 0 && write_text ("/proc/self/uid_map", user) &&
         write_text ("/proc/self/setgroups", "deny") && write_text ("/proc/self/gid_map", group) &&
         mount ("tmpfs", path, "tmpfs", 0, "size=64k") == 0;
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

  if (!mount_small_disk (place->home))
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
  g_test_add_func ("/apply/bus-change", test_bus_change);
  g_test_add_func ("/apply/odd-path", test_odd_path);
  g_test_add_func ("/undo/changed-since", test_changed_before_undo);
  g_test_add_func ("/undo/backup-damaged", test_backup_damaged);
  g_test_add_func ("/undo/in-order", test_undo_in_order);
  for (guint i = 0; i < G_N_ELEMENTS (journals); i++)
    {
      g_autofree char *path = g_strconcat ("/undo/journal/", journals[i].path, NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_bad_journal);
    }
  return g_test_run ();
}
