/* Evolution's accounts where its service cannot be asked: in a sandbox, without a session, on a disk of another computer. They are read only. */
#include "clients/desktop/evolution-folder.h"
#include "clients/desktop/evolution-account.h"
#include "clients/desktop/key-file.h"
#include "clients/files.h"
#include <glib/gi18n-lib.h>
#include <string.h>

#define FILES_MAX 1000
#define MAX_BYTES (1024 * 1024)
#define SUFFIX ".source"

/* Below the home folder; NULL: the configuration folder. */
static const struct {
  const char *folder;
  const char *name;
} roots[] = { { NULL, "Evolution" },
              { ".var/app/org.gnome.Evolution/config/evolution/sources", "Evolution (Flatpak)" } };

static char *
root_path (guint root, const char *home)
{
  g_autofree char *config = postweg_config_home (home);

  return roots[root].folder != NULL ? g_build_filename (home, roots[root].folder, NULL)
                                    : g_build_filename (config, "evolution", "sources", NULL);
}

static void
source_free (gpointer data)
{
  PostwegEvolutionSource *source = data;

  g_free (source->uid);
  g_bytes_unref (source->data);
  g_free (source);
}

/* error: of the first file that cannot be read; the others are there all the same */
static void
add_source (GPtrArray *sources, const char *folder, const char *name, GError **error)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GBytes) bytes = NULL;
  PostwegEvolutionSource *source;

  if (!g_str_has_suffix (name, SUFFIX) ||
      !postweg_file_read (path, MAX_BYTES, &bytes, *error == NULL ? error : NULL) || bytes == NULL ||
      !postweg_key_file_check (path, bytes, *error == NULL ? error : NULL))
    return;
  source = g_new0 (PostwegEvolutionSource, 1);
  *source = (PostwegEvolutionSource){ g_strndup (name, strlen (name) - strlen (SUFFIX)), NULL,
                                      g_steal_pointer (&bytes), TRUE };
  g_ptr_array_add (sources, source);
}

static int
by_uid (gconstpointer a, gconstpointer b)
{
  return strcmp ((*(PostwegEvolutionSource *const *) a)->uid, (*(PostwegEvolutionSource *const *) b)->uid);
}

static GPtrArray *
sources_in (const char *folder, GError **error)
{
  GPtrArray *sources = g_ptr_array_new_with_free_func (source_free);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && sources->len < FILES_MAX && (name = g_dir_read_name (dir)) != NULL)
    add_source (sources, folder, name, error);
  g_ptr_array_sort (sources, by_uid);
  return sources;
}

static void
set_text (char **text, const char *value)
{
  g_free (*text);
  *text = g_strdup (value);
}

static void
make_read_only (PostwegProgram *program)
{
  program->read_only = TRUE;
  for (guint i = 0; i < program->accounts->len; i++)
    {
      PostwegStoredAccount *stored = g_ptr_array_index (program->accounts, i);

      if (!stored->read_only)
        set_text (&stored->note, postweg_evolution_folder_reason ());
      stored->read_only = TRUE;
    }
}

const char *
postweg_evolution_folder_reason (void)
{
  return _("Evolution changes its accounts through a service of its own, which cannot be reached from here.");
}

PostwegProgram *
postweg_evolution_folder_read (const char *id, const char *name, const char *folder)
{
  PostwegProgram *program = postweg_program_new (id, name, folder);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) sources = sources_in (folder, &error);

  postweg_evolution_accounts (sources, program->accounts);
  set_text (&program->note, error != NULL ? error->message : postweg_evolution_folder_reason ());
  make_read_only (program);
  return program;
}

void
postweg_evolution_folders_find (const char *id, const char *home, const gboolean *answered,
                                GPtrArray *programs)
{
  for (guint i = 0; i < G_N_ELEMENTS (roots); i++)
    {
      g_autofree char *folder = root_path (i, home);
      g_autoptr (PostwegProgram) program = NULL;

      if (answered[i] || !g_file_test (folder, G_FILE_TEST_IS_DIR))
        continue;
      program = postweg_evolution_folder_read (id, roots[i].name, folder);
      program->is_default = i == 0;
      /* calendars are kept there too */
      if (program->accounts->len > 0)
        g_ptr_array_add (programs, g_steal_pointer (&program));
    }
}
