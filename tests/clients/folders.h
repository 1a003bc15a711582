/* Temporary folders for tests that write files. */
#pragma once
#include <ftw.h>
#include <glib.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Returns: (transfer full): an empty folder */
static inline char *
folder_new (void)
{
  char *path = g_dir_make_tmp ("postweg-test-XXXXXX", NULL);

  g_assert_nonnull (path);
  return path;
}

static int
folder_entry_remove (const char *path, const struct stat *facts, int kind, struct FTW *where)
{
  (void) facts, (void) kind, (void) where;
  return remove (path);
}

static inline void
folder_free (char *path)
{
  if (path != NULL)
    nftw (path, folder_entry_remove, 16, FTW_DEPTH | FTW_PHYS);
  g_free (path);
}

typedef char Folder;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Folder, folder_free)

/* Writes FOLDER/NAME, making the folders on the way. */
static inline void
put_file (const char *folder, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *parent = g_path_get_dirname (path);

  g_assert_cmpint (g_mkdir_with_parents (parent, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

/* Returns: (transfer full): what FOLDER/NAME holds, or NULL if it is not there */
static inline char *
get_file (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  char *text = NULL;

  g_file_get_contents (path, &text, NULL, NULL);
  return text;
}

static inline guint
count_entries (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  while (dir != NULL && g_dir_read_name (dir) != NULL)
    n++;
  return n;
}
