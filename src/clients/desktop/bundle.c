/* Several key files of one folder. */
#include "clients/desktop/bundle.h"
#include "clients/files.h"

#define MAX_BYTES (4 * 1024 * 1024)

typedef struct {
  GBytes *before; /* NULL: there is none */
  PostwegLines *lines;
} File;

struct _PostwegBundle {
  char *folder;
  GHashTable *files; /* char* -> File */
  GError *error;     /* the first */
};

static void
file_free (gpointer data)
{
  File *file = data;

  g_clear_pointer (&file->before, g_bytes_unref);
  postweg_lines_free (file->lines);
  g_free (file);
}

PostwegBundle *
postweg_bundle_new (const char *folder)
{
  PostwegBundle *bundle = g_new0 (PostwegBundle, 1);

  bundle->folder = g_strdup (folder);
  bundle->files = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, file_free);
  return bundle;
}

void
postweg_bundle_free (PostwegBundle *bundle)
{
  if (bundle == NULL)
    return;
  g_free (bundle->folder);
  g_hash_table_unref (bundle->files);
  g_clear_error (&bundle->error);
  g_free (bundle);
}

static File *
load (PostwegBundle *bundle, const char *name)
{
  g_autofree char *path = g_build_filename (bundle->folder, name, NULL);
  GError **place = bundle->error == NULL ? &bundle->error : NULL;
  File *file = g_new0 (File, 1);
  gboolean ok = postweg_file_read (path, MAX_BYTES, &file->before, place) &&
                postweg_key_file_check (path, file->before, place);

  file->lines = postweg_lines_new (&postweg_key_file, ok ? file->before : NULL);
  g_hash_table_insert (bundle->files, g_strdup (name), file);
  return file;
}

PostwegLines *
postweg_bundle_file (PostwegBundle *bundle, const char *name)
{
  File *file = g_hash_table_lookup (bundle->files, name);

  return (file != NULL ? file : load (bundle, name))->lines;
}

gboolean
postweg_bundle_is_readable (const PostwegBundle *bundle, GError **error)
{
  if (bundle->error != NULL && error != NULL)
    *error = g_error_copy (bundle->error);
  return bundle->error == NULL;
}

static int
by_name (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (a, b);
}

void
postweg_bundle_plan (const PostwegBundle *bundle, PostwegPlan *plan)
{
  g_autoptr (GList) names = g_list_sort (g_hash_table_get_keys (bundle->files), by_name);

  for (const GList *name = names; name != NULL; name = name->next)
    {
      const File *file = g_hash_table_lookup (bundle->files, name->data);
      g_autofree char *path = g_build_filename (bundle->folder, name->data, NULL);
      g_autoptr (GBytes) after = postweg_lines_bytes (file->lines);
      gboolean is_same =
          file->before != NULL ? g_bytes_equal (file->before, after) : g_bytes_get_size (after) == 0;

      if (!is_same)
        postweg_plan_add_file (plan, path, file->before, after, 0600);
    }
}
