/* Reading other programs' files within limits, and making folders for them, with sentences for what goes wrong. */
#include "clients/files-private.h"
#include "clients/files.h"
#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

gboolean
postweg_files_fault (GError **error, PostwegError code, const char *path, int number)
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

gboolean
postweg_files_sync_folder_of (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  int fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  gboolean ok = fd != -1 && fsync (fd) == 0;

  if (fd != -1)
    close (fd);
  return ok;
}

gboolean
postweg_files_give_to_owner (int fd, const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  struct stat facts;

  if (geteuid () != 0 || stat (folder, &facts) != 0)
    return TRUE;
  return fchown (fd, facts.st_uid, facts.st_gid) == 0;
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
    return postweg_files_fault (error, POSTWEG_ERROR_CANNOT_READ, path, fault);
  *bytes = g_bytes_new_take (g_steal_pointer (&data), size);
  return TRUE;
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
  postweg_files_give_to_owner (fd, path);
  close (fd);
  return postweg_files_sync_folder_of (path);
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
    /* another Postweg may have been faster */
    return (errno == EEXIST && g_file_test (path, G_FILE_TEST_IS_DIR)) ||
           postweg_files_fault (error, POSTWEG_ERROR_CANNOT_WRITE, path, errno);
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
