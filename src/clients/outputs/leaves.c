/* XML flattened into paths and texts. */
#include "clients/outputs/leaves.h"
#include <string.h>

typedef struct {
  GHashTable *leaves;
  GPtrArray *path; /* char* */
  GString *text;
  char *key; /* of a property list; waits for its value */
} Reader;

static void
keep (Reader *reader, const char *path, const char *text)
{
  if (!g_hash_table_contains (reader->leaves, path))
    g_hash_table_insert (reader->leaves, g_strdup (path), g_strdup (text));
}

static char *
path_of (const Reader *reader)
{
  GString *path = g_string_new (NULL);

  for (guint i = 0; i < reader->path->len; i++)
    g_string_append_printf (path, "%s%s", i > 0 ? "/" : "",
                            (const char *) g_ptr_array_index (reader->path, i));
  return g_string_free (path, FALSE);
}

static void
begin (GMarkupParseContext *context G_GNUC_UNUSED, const char *name, const char **names, const char **values,
       gpointer data, GError **error G_GNUC_UNUSED)
{
  Reader *reader = data;
  g_autofree char *path = NULL;

  g_ptr_array_add (reader->path, g_strdup (name));
  path = path_of (reader);
  g_string_truncate (reader->text, 0);
  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autofree char *attribute = g_strdup_printf ("%s@%s", path, names[i]);

      keep (reader, attribute, values[i]);
    }
}

static void
keep_property (Reader *reader, const char *element)
{
  gboolean is_flag = strcmp (element, "true") == 0 || strcmp (element, "false") == 0;
  g_autofree char *name = NULL;

  if (strcmp (element, "key") == 0)
    {
      g_free (reader->key);
      reader->key = g_strdup (reader->text->str);
      return;
    }
  if (reader->key == NULL)
    return;
  name = g_strconcat ("key:", reader->key, NULL);
  keep (reader, name, is_flag ? element : reader->text->str);
  g_clear_pointer (&reader->key, g_free);
}

static void
end (GMarkupParseContext *context G_GNUC_UNUSED, const char *name, gpointer data,
     GError **error G_GNUC_UNUSED)
{
  Reader *reader = data;
  g_autofree char *path = path_of (reader);

  keep (reader, path, reader->text->str);
  keep_property (reader, name);
  g_ptr_array_set_size (reader->path, (gint) reader->path->len - 1);
  g_string_truncate (reader->text, 0);
}

static void
text (GMarkupParseContext *context G_GNUC_UNUSED, const char *bytes, gsize length, gpointer data,
      GError **error G_GNUC_UNUSED)
{
  g_string_append_len (((Reader *) data)->text, bytes, (gssize) length);
}

static void
comment (GMarkupParseContext *context G_GNUC_UNUSED, const char *bytes, gsize length, gpointer data,
         GError **error G_GNUC_UNUSED)
{
  g_autofree char *all = g_strndup (bytes, length);
  g_auto (GStrv) words = g_strsplit_set (all, " ", -1);
  g_autofree char *name = NULL;

  if (g_strv_length (words) != 4 || !g_str_has_suffix (words[1], ":"))
    return;
  name = g_strdup_printf ("#%.*s", (int) strlen (words[1]) - 1, words[1]);
  keep (data, name, words[2]);
}

GHashTable *
postweg_leaves (GBytes *bytes)
{
  static const GMarkupParser parser = { begin, end, text, comment, NULL };
  g_autoptr (GHashTable) leaves = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GPtrArray) path = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GString) buffer = g_string_new (NULL);
  Reader reader = { leaves, path, buffer, NULL };
  g_autoptr (GMarkupParseContext) context = g_markup_parse_context_new (&parser, 0, &reader, NULL);
  gsize size = 0;
  const char *data = g_bytes_get_data (bytes, &size);
  gboolean ok = size > 0 && g_markup_parse_context_parse (context, data, (gssize) size, NULL) &&
                g_markup_parse_context_end_parse (context, NULL);

  g_free (reader.key);
  return ok ? g_steal_pointer (&leaves) : NULL;
}

const char *
postweg_leaf (GHashTable *leaves, const char *path)
{
  const char *found = g_hash_table_lookup (leaves, path);

  return found != NULL ? found : "";
}
