/* Replacing files atomically and through links, all of a change or nothing of it. */
#include "clients/files-private.h"
#include "clients/files.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#define MAX_LINKS 40 /* as many as Linux follows itself */

typedef struct {
  char *target; /* links resolved */
  char *temp;
} Pending;

static char *
temp_name (const char *target, const char *suffix)
{
  g_autofree char *folder = g_path_get_dirname (target);
  g_autofree char *name = g_path_get_basename (target);
  g_autofree char *temp = g_strdup_printf (".%s.%s.tmp", name, suffix);

  return g_build_filename (folder, temp, NULL);
}

/* Returns: (transfer full): where the links end, whether a file is there or not; NULL with errno ELOOP */
static char *
resolve (const char *path)
{
  g_autofree char *at = g_strdup (path);

  for (guint i = 0; i < MAX_LINKS; i++)
    {
      g_autofree char *link = g_file_read_link (at, NULL);
      g_autofree char *folder = g_path_get_dirname (at);

      if (link == NULL)
        return g_steal_pointer (&at);
      g_free (at);
      at = g_path_is_absolute (link) ? g_steal_pointer (&link) : g_build_filename (folder, link, NULL);
    }
  errno = ELOOP;
  return NULL;
}

static gboolean
write_all (int fd, const char *data, gsize size)
{
  for (gsize at = 0; at < size;)
    {
      gssize n = write (fd, data + at, size - at);

      if (n == -1 && errno != EINTR)
        return FALSE;
      at += n > 0 ? (gsize) n : 0;
    }
  return fsync (fd) == 0;
}

/* Mode and owner as they are, or as they should be for a new file. */
static gboolean
dress (int fd, const char *target, guint mode)
{
  struct stat facts;

  if (stat (target, &facts) != 0)
    return fchmod (fd, mode) == 0 && postweg_files_give_to_owner (fd, target);
  if ((facts.st_uid != geteuid () || facts.st_gid != getegid ()) &&
      fchown (fd, facts.st_uid, facts.st_gid) != 0 && facts.st_uid != geteuid ())
    return FALSE;
  return fchmod (fd, facts.st_mode & 07777) == 0;
}

static void
pending_free (gpointer data)
{
  Pending *pending = data;

  if (pending == NULL)
    return;
  if (pending->temp != NULL)
    unlink (pending->temp);
  g_free (pending->target);
  g_free (pending->temp);
  g_free (pending);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Pending, pending_free)

/* A new file beside it could take its place all the same, but somebody has said that it is only to be read. */
static gboolean
may_write (const char *target)
{
  if (access (target, W_OK) == 0)
    return TRUE;
  return errno == ENOENT;
}

/* Returns: the file that will take the target's place, or -1 with errno */
static int
open_beside (const Pending *pending)
{
  if (pending->temp == NULL || !may_write (pending->target))
    return -1;
  return open (pending->temp, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
}

/* bytes NULL: the file is to be deleted. */
static Pending *
prepare (const char *path, GBytes *bytes, guint mode, const char *suffix, GError **error)
{
  g_autoptr (Pending) pending = g_new0 (Pending, 1);
  gsize size = 0;
  const char *data = bytes != NULL ? g_bytes_get_data (bytes, &size) : NULL;
  gboolean ok;
  int fd;

  pending->target = resolve (path);
  if (bytes == NULL && pending->target != NULL)
    return g_steal_pointer (&pending);
  pending->temp = pending->target != NULL ? temp_name (pending->target, suffix) : NULL;
  fd = open_beside (pending);
  if (fd == -1)
    {
      postweg_files_fault (error, POSTWEG_ERROR_CANNOT_WRITE, path, errno);
      g_clear_pointer (&pending->temp, g_free);
      return NULL;
    }
  ok = dress (fd, pending->target, mode) && write_all (fd, data, size);
  if (!ok)
    postweg_files_fault (error, POSTWEG_ERROR_CANNOT_WRITE, path, errno);
  close (fd);
  return ok ? g_steal_pointer (&pending) : NULL;
}

static gboolean
install (Pending *pending, GError **error)
{
  int result = pending->temp != NULL ? rename (pending->temp, pending->target) : unlink (pending->target);

  if (result != 0)
    return postweg_files_fault (error, POSTWEG_ERROR_CANNOT_WRITE, pending->target, errno);
  g_clear_pointer (&pending->temp, g_free);
  postweg_files_sync_folder_of (pending->target);
  return TRUE;
}

gboolean
postweg_file_replace (const char *path, GBytes *bytes, guint mode, const char *suffix, GError **error)
{
  g_autoptr (Pending) pending = prepare (path, bytes, mode, suffix, error);

  return pending != NULL && install (pending, error);
}

/* Puts the first `n` changes back. Nothing better can be done where that does not work either; the backup is still there. */
static void
put_back (GPtrArray *changes, guint n, const char *suffix)
{
  for (guint i = 0; i < n; i++)
    {
      const PostwegChange *change = g_ptr_array_index (changes, i);

      postweg_file_replace (change->target, change->before, change->mode, suffix, NULL);
    }
}

gboolean
postweg_changes_write (GPtrArray *changes, const char *suffix, GError **error)
{
  g_autoptr (GPtrArray) pending = g_ptr_array_new_with_free_func (pending_free);

  for (guint i = 0; i < changes->len; i++)
    {
      const PostwegChange *change = g_ptr_array_index (changes, i);
      Pending *one = prepare (change->target, change->after, change->mode, suffix, error);

      if (one == NULL)
        return FALSE;
      g_ptr_array_add (pending, one);
    }
  for (guint i = 0; i < pending->len; i++)
    if (!install (g_ptr_array_index (pending, i), error))
      {
        put_back (changes, i, suffix);
        return FALSE;
      }
  return TRUE;
}

void
postweg_changes_sweep (const char *target, const char *suffix)
{
  g_autofree char *resolved = resolve (target);
  g_autofree char *temp = resolved != NULL ? temp_name (resolved, suffix) : NULL;

  if (temp != NULL)
    unlink (temp);
}
