/* Reading and replacing other programs' files: bounded, atomic, through links, with sentences for what goes wrong. */
#include "clients/files.h"
#include "model/error.h"
#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define MAX_LINKS 40 /* as many as Linux follows itself */

typedef struct {
  char *target; /* links resolved */
  char *temp;
} Pending;

static gboolean
set_error (GError **error, PostwegError code, const char *path, int number)
{
  static const struct {
    int number;
    const char *sentence;
  } rows[] = {
    { ENOSPC, N_ ("There is no space left to write “%s”. Nothing was changed.") },
      { EDQUOT, N_ ("There is no space left to write “%s”. Nothing was changed.") },
        { EFBIG, N_ ("There is no space left to write “%s”. Nothing was changed.") },
          { EROFS, N_ ("“%s” can only be read, since its disk is write-protected.") },
            { ELOOP, N_ ("“%s” is a link that leads back to itself.") },
              { EISDIR, N_ ("“%s” should be a file and is a folder.") },
                { ENOTSUP, N_ ("“%s” is not an ordinary file.") },
                  { EOVERFLOW, N_ ("“%s” is much bigger than such a file should be.") },
                };
  const char *sentence = code == POSTWEG_ERROR_CANNOT_READ ? N_ ("You do not have permission to read “%s”.")
                                                           : N_ ("You do not have permission to write “%s”.");

  if (number != EACCES && number != EPERM)
    sentence =
        code == POSTWEG_ERROR_CANNOT_READ ? N_ ("“%s” cannot be read.") : N_ ("“%s” cannot be written.");
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (rows[i].number == number)
      sentence = rows[i].sentence;
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral" /* each sentence above has exactly one %s */
  g_set_error (error, POSTWEG_ERROR, code, _(sentence), path);
#pragma GCC diagnostic pop
  return FALSE;
}

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
sync_folder_of (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  int fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  gboolean ok = fd != -1 && fsync (fd) == 0;

  if (fd != -1)
    close (fd);
  return ok;
}

static gboolean
read_all (int fd, char *data, gsize size)
{
  for (gsize at = 0; at < size;)
    {
      gssize n = read (fd, data + at, size - at);

      if (n == 0 || (n == -1 && errno != EINTR))
        return FALSE;
      at += n > 0 ? (gsize) n : 0;
    }
  return TRUE;
}

static int
regular_size (int fd, gsize limit, gsize *size)
{
  struct stat facts;

  if (fstat (fd, &facts) != 0)
    return errno;
  if (S_ISDIR (facts.st_mode))
    return EISDIR;
  if (!S_ISREG (facts.st_mode))
    return ENOTSUP;
  *size = (gsize) facts.st_size;
  return *size > limit ? EOVERFLOW : 0;
}

gboolean
postweg_file_read (const char *path, gsize limit, GBytes **bytes, GError **error)
{
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  g_autofree char *data = NULL;
  gsize size = 0;
  int fault = fd == -1 ? errno : regular_size (fd, limit, &size);

  *bytes = NULL;
  if (fault == 0)
    {
      data = g_malloc (size + 1);
      if (!read_all (fd, data, size))
        fault = EIO;
    }
  if (fd != -1)
    close (fd);
  if (fault == ENOENT || fault == ENOTDIR)
    return TRUE;
  if (fault != 0)
    return set_error (error, POSTWEG_ERROR_CANNOT_READ, path, fault);
  *bytes = g_bytes_new_take (g_steal_pointer (&data), size);
  return TRUE;
}

/* What root makes in somebody's home belongs to them. */
static gboolean
give_to_owner_of_folder (int fd, const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  struct stat facts;

  if (geteuid () != 0 || stat (folder, &facts) != 0)
    return TRUE;
  return fchown (fd, facts.st_uid, facts.st_gid) == 0;
}

static gboolean
make_one_folder (const char *path)
{
  int fd;

  if (mkdir (path, 0700) != 0)
    return FALSE;
  fd = open (path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd == -1)
    return FALSE;
  give_to_owner_of_folder (fd, path);
  close (fd);
  return sync_folder_of (path);
}

gboolean
postweg_folder_make (const char *path, GPtrArray *made, GError **error)
{
  g_autofree char *parent = g_path_get_dirname (path);

  if (g_file_test (path, G_FILE_TEST_IS_DIR))
    return TRUE;
  if (strcmp (parent, path) != 0 && !postweg_folder_make (parent, made, error))
    return FALSE;
  if (!make_one_folder (path))
    return set_error (error, POSTWEG_ERROR_CANNOT_WRITE, path, errno);
  g_ptr_array_add (made, g_strdup (path));
  return TRUE;
}

void
postweg_folders_remove (GPtrArray *made)
{
  for (guint i = made->len; i > 0; i--)
    if (rmdir (g_ptr_array_index (made, i - 1)) != 0)
      return;
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
    return fchmod (fd, mode) == 0 && give_to_owner_of_folder (fd, target);
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
  fd = pending->temp != NULL ? open (pending->temp, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600) : -1;
  if (fd == -1)
    {
      set_error (error, POSTWEG_ERROR_CANNOT_WRITE, path, errno);
      g_clear_pointer (&pending->temp, g_free);
      return NULL;
    }
  ok = dress (fd, pending->target, mode) && write_all (fd, data, size);
  if (!ok)
    set_error (error, POSTWEG_ERROR_CANNOT_WRITE, path, errno);
  close (fd);
  return ok ? g_steal_pointer (&pending) : NULL;
}

static gboolean
install (Pending *pending, GError **error)
{
  int result = pending->temp != NULL ? rename (pending->temp, pending->target) : unlink (pending->target);

  if (result != 0)
    return set_error (error, POSTWEG_ERROR_CANNOT_WRITE, pending->target, errno);
  g_clear_pointer (&pending->temp, g_free);
  sync_folder_of (pending->target);
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
