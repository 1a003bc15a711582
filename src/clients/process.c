/* The system's list of processes. Other people's cannot be read, and their files are not ours to write. */
#include "clients/process.h"
#include <string.h>
#include <sys/stat.h>

#define PROCESSES "/proc"

/* Returns: (transfer full): what the system says of the process; NULL if it is gone or belongs to somebody else */
static char *
fact_of (const char *pid, const char *fact, gsize *length)
{
  g_autofree char *path = g_build_filename (PROCESSES, pid, fact, NULL);
  char *text = NULL;

  g_file_get_contents (path, &text, length, NULL);
  return text;
}

static gboolean
is_called (const char *pid, const char *name)
{
  g_autofree char *text = fact_of (pid, "comm", NULL);

  return text != NULL && strcmp (g_strchomp (text), name) == 0;
}

/* Returns: (transfer full): NULL: it has none */
static char *
home_of (const char *pid)
{
  static const char key[] = "HOME=";
  gsize length = 0;
  g_autofree char *text = fact_of (pid, "environ", &length);
  const char *end = text != NULL ? text + length : NULL;

  for (const char *p = text; p < end; p += strlen (p) + 1)
    if (g_str_has_prefix (p, key))
      return g_strdup (p + strlen (key));
  return NULL;
}

/* A file that is still to be made has only its name. */
static gboolean
is_same_file (const char *a, const char *b)
{
  struct stat of_a, of_b;

  if (stat (a, &of_a) == 0 && stat (b, &of_b) == 0)
    return of_a.st_dev == of_b.st_dev && of_a.st_ino == of_b.st_ino;
  return strcmp (a, b) == 0;
}

static gboolean
keeps (const char *pid, const char *in_home, const char *path)
{
  g_autofree char *home = home_of (pid);
  g_autofree char *file = home != NULL ? g_build_filename (home, in_home, NULL) : NULL;

  return file != NULL && is_same_file (file, path);
}

gboolean
postweg_process_keeps (const char *name, const char *in_home, const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (PROCESSES, 0, NULL);
  const char *pid;

  while (dir != NULL && (pid = g_dir_read_name (dir)) != NULL)
    if (g_ascii_isdigit (*pid) && is_called (pid, name) && keeps (pid, in_home, path))
      return TRUE;
  return FALSE;
}

gboolean
postweg_process_lives (guint64 pid)
{
  g_autofree char *path = g_strdup_printf (PROCESSES "/%" G_GUINT64_FORMAT, pid);

  return g_file_test (path, G_FILE_TEST_IS_DIR);
}
