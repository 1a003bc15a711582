/* Whether a program runs, told by a lock that another process really holds. */
#include "clients/folders.h"
#include "clients/lock.h"
#include "model/error.h"
#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>

/* A process that locks the file as Mozilla's programs do, and waits.
 * name: its name in the process list, or NULL. */
static pid_t
hold_lock (const char *path, const char *name)
{
  int pipes[2];
  char byte;
  pid_t child;

  g_assert_cmpint (pipe (pipes), ==, 0);
  child = fork ();
  if (child == 0)
    {
      struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
      int fd = path != NULL ? open (path, O_RDWR | O_CREAT, 0600) : -1;

      prctl (PR_SET_PDEATHSIG, SIGKILL);
      if (name != NULL)
        prctl (PR_SET_NAME, name);
      if (path != NULL && fcntl (fd, F_SETLK, &lock) != 0)
        _exit (1);
      if (write (pipes[1], "x", 1) == 1)
        pause ();
      _exit (0);
    }
  close (pipes[1]);
  g_assert_cmpint (read (pipes[0], &byte, 1), ==, 1);
  close (pipes[0]);
  return child;
}

static void
end (pid_t child)
{
  kill (child, SIGKILL);
  waitpid (child, NULL, 0);
}

static void
test_no_file (void)
{
  g_autoptr (Folder) folder = folder_new ();
  g_autofree char *path = g_build_filename (folder, ".parentlock", NULL);

  g_assert_false (postweg_lock_is_held (path));
  g_assert_cmpuint (count_entries (folder), ==, 0);
}

static void
test_held_by_other (void)
{
  g_autoptr (Folder) folder = folder_new ();
  g_autofree char *path = g_build_filename (folder, ".parentlock", NULL);
  pid_t child = hold_lock (path, NULL);
  g_autoptr (GError) error = NULL;
  g_auto (PostwegLock) lock = POSTWEG_LOCK_NONE;

  g_assert_true (postweg_lock_is_held (path));
  g_assert_false (postweg_lock_take (&lock, path, "Thunderbird", &error));
  g_assert_error (error, POSTWEG_ERROR, POSTWEG_ERROR_PROGRAM_RUNNING);
  g_assert_nonnull (strstr (error->message, "Thunderbird"));
  g_assert_false (lock.made);
  end (child);
  g_assert_false (postweg_lock_is_held (path));
}

/* Thunderbird leaves this link behind on a normal end: with a lock that can be tested it means nothing. */
static void
test_link_left_behind (void)
{
  g_autoptr (Folder) folder = folder_new ();
  g_autofree char *path = g_build_filename (folder, ".parentlock", NULL);
  g_autofree char *link = g_build_filename (folder, "lock", NULL);
  pid_t child = hold_lock (NULL, "thunderbird");
  g_autofree char *target = g_strdup_printf ("127.0.0.1:+%d", (int) child);

  put_file (folder, ".parentlock", "");
  g_assert_cmpint (symlink (target, link), ==, 0);
  g_assert_false (postweg_lock_is_held (path));
  end (child);
}

/* A folder in place of the file is something whose lock cannot be tested. */
static void
test_link_where_locks_fail (gconstpointer data)
{
  const char *name = data;
  g_autoptr (Folder) folder = folder_new ();
  g_autofree char *path = g_build_filename (folder, ".parentlock", NULL);
  g_autofree char *link = g_build_filename (folder, "lock", NULL);
  pid_t child = hold_lock (NULL, name);
  g_autofree char *target = g_strdup_printf ("127.0.0.1:+%d", (int) child);

  g_assert_cmpint (symlink (".parentlock", path), ==, 0); /* a circle: cannot be opened */
  g_assert_cmpint (symlink (target, link), ==, 0);
  g_assert_cmpint (postweg_lock_is_held (path), ==, strcmp (name, "bystander") != 0);
  end (child);
  g_assert_false (postweg_lock_is_held (path));
}

/* What Thunderbird would see: our lock keeps it out, even after the file was opened and closed here once more. */
static void
test_ours_keeps_others_out (void)
{
  g_autoptr (Folder) folder = folder_new ();
  g_autofree char *path = g_build_filename (folder, ".parentlock", NULL);
  g_autoptr (GError) error = NULL;
  g_auto (PostwegLock) ours = POSTWEG_LOCK_NONE;
  struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
  int other;

  g_assert_true (postweg_lock_take (&ours, path, "Thunderbird", &error));
  g_assert_no_error (error);
  g_assert_true (ours.made);
  g_assert_true (postweg_lock_is_held (path));
  other = open (path, O_RDWR);
  close (other);
  other = open (path, O_RDWR);
  g_assert_cmpint (fcntl (other, F_SETLK, &lock), ==, -1);
  postweg_lock_release (&ours);
  g_assert_cmpint (fcntl (other, F_SETLK, &lock), ==, 0);
  close (other);
}

static void
test_cannot_be_made (void)
{
  g_autoptr (Folder) folder = folder_new ();
  g_autofree char *path = g_build_filename (folder, "missing", ".parentlock", NULL);
  g_autoptr (GError) error = NULL;
  g_auto (PostwegLock) lock = POSTWEG_LOCK_NONE;

  g_assert_false (postweg_lock_take (&lock, path, "Thunderbird", &error));
  g_assert_error (error, POSTWEG_ERROR, POSTWEG_ERROR_CANNOT_WRITE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/lock/no-file", test_no_file);
  g_test_add_func ("/lock/held-by-other", test_held_by_other);
  g_test_add_func ("/lock/link-left-behind", test_link_left_behind);
  g_test_add_data_func ("/lock/link-where-locks-fail/thunderbird", "thunderbird-bin",
                        test_link_where_locks_fail);
  g_test_add_data_func ("/lock/link-where-locks-fail/betterbird", "betterbird", test_link_where_locks_fail);
  g_test_add_data_func ("/lock/link-where-locks-fail/bystander", "bystander", test_link_where_locks_fail);
  g_test_add_func ("/lock/ours-keeps-others-out", test_ours_keeps_others_out);
  g_test_add_func ("/lock/cannot-be-made", test_cannot_be_made);
  return g_test_run ();
}
