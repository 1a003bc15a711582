/* The lock of a profile. The link named "lock" is no sign by itself: Thunderbird leaves it behind on a normal end. */
#include "clients/files-private.h"
#include "clients/lock.h"
#include "model/error.h"
#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#define OTHERS_US (10 * G_USEC_PER_SEC) /* how long other Postwegs are waited for */

static struct flock
whole_file (void)
{
  return (struct flock){ .l_type = F_WRLCK, .l_whence = SEEK_SET };
}

static int
open_for_test (const char *path)
{
  int fd = open (path, O_RDWR | O_CLOEXEC | O_NONBLOCK);

  return fd != -1 ? fd : open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
}

/* The process that the link names lives and is a mail program of this family. */
static gboolean
link_names_program (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *link = g_build_filename (folder, "lock", NULL);
  g_autofree char *text = g_file_read_link (link, NULL);
  const char *colon = text != NULL ? strrchr (text, ':') : NULL;
  guint64 pid = colon != NULL ? g_ascii_strtoull (colon + (colon[1] == '+' ? 2 : 1), NULL, 10) : 0;
  g_autofree char *file = g_strdup_printf ("/proc/%" G_GUINT64_FORMAT "/comm", pid);
  g_autofree char *name = NULL;

  if (pid == 0 || !g_file_get_contents (file, &name, NULL, NULL))
    return FALSE;
  return g_str_has_prefix (name, "thunderbird") || g_str_has_prefix (name, "betterbird");
}

gboolean
postweg_lock_is_held (const char *path)
{
  struct flock lock = whole_file ();
  int fd = open_for_test (path);
  int result;

  if (fd == -1)
    return errno != ENOENT && link_names_program (path);
  result = fcntl (fd, F_OFD_GETLK, &lock);
  close (fd);
  return result == 0 ? lock.l_type != F_UNLCK : link_names_program (path);
}

static gboolean
locks_are_missing (int number)
{
  return number == ENOLCK || number == EOPNOTSUPP || number == EINVAL || number == ENOSYS;
}

static int
open_or_make (const char *path, gboolean *made)
{
  int fd = open (path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

  *made = fd != -1;
  if (*made)
    postweg_files_give_to_owner (fd, path); /* else root's file would keep the program from starting */
  return fd != -1 || errno != EEXIST ? fd : open (path, O_RDWR | O_CLOEXEC | O_NONBLOCK);
}

gboolean
postweg_lock_take (PostwegLock *lock, const char *path, const char *name, GError **error)
{
  struct flock wanted = whole_file ();

  lock->fd = open_or_make (path, &lock->made);
  if (lock->fd == -1)
    {
      g_set_error (error, POSTWEG_ERROR, POSTWEG_ERROR_CANNOT_WRITE,
                   _("“%s” cannot be written, so %s could not be kept from starting meanwhile."), path,
                      name);
      return FALSE;
    }
  if (fcntl (lock->fd, F_OFD_SETLK, &wanted) == 0 ||
      (locks_are_missing (errno) && !link_names_program (path)))
    return TRUE;
  postweg_lock_release (lock);
  g_set_error (error, POSTWEG_ERROR, POSTWEG_ERROR_PROGRAM_RUNNING,
               _("%s is running. Please close it first; changes would be lost otherwise."), name);
  return FALSE;
}

void
postweg_lock_release (PostwegLock *lock)
{
  if (lock->fd != -1)
    close (lock->fd);
  lock->fd = -1;
}

int
postweg_lock_out_others (const char *profile)
{
  g_autofree char *folder =
      g_file_test (profile, G_FILE_TEST_IS_DIR) ? g_strdup (profile) : g_path_get_dirname (profile);
  gint64 end = g_get_monotonic_time () + OTHERS_US;
  int fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

  while (fd != -1 && flock (fd, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK &&
         g_get_monotonic_time () < end)
    g_usleep (OTHERS_US / 500);
  return fd;
}
