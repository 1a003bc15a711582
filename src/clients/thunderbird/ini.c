/* profiles.ini read as Mozilla's own lenient reader does; GKeyFile would refuse what that one skips. */
#include "clients/thunderbird/ini.h"
#include <string.h>

static void
section_free (gpointer data)
{
  PostwegIniSection *section = data;

  g_free (section->name);
  g_hash_table_unref (section->values);
  g_free (section);
}

static PostwegIniSection *
section_new (const char *name, gsize length)
{
  PostwegIniSection *section = g_new (PostwegIniSection, 1);

  *section = (PostwegIniSection){ g_strndup (name, length),
                                  g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free) };
  return section;
}

static void
read_line (GPtrArray *sections, char *line)
{
  char *text = g_strstrip (line);
  char *equals = strchr (text, '=');
  PostwegIniSection *section = sections->len > 0 ? g_ptr_array_index (sections, sections->len - 1) : NULL;

  if (*text == '[')
    g_ptr_array_add (sections, section_new (text + 1, strcspn (text + 1, "]")));
  else if (*text != ';' && *text != '#' && equals != NULL && section != NULL)
    g_hash_table_insert (section->values, g_strndup (text, (gsize) (equals - text)), g_strdup (equals + 1));
}

GPtrArray *
postweg_ini_read (GBytes *bytes)
{
  GPtrArray *sections = g_ptr_array_new_with_free_func (section_free);
  gsize size = 0;
  const char *held = bytes != NULL ? g_bytes_get_data (bytes, &size) : NULL;
  const char *data = held != NULL ? held : "";
  gsize skip = size >= 3 && memcmp (data, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
  g_autofree char *text = g_strndup (data + skip, size - skip);
  g_auto (GStrv) lines = g_strsplit_set (text, "\r\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    read_line (sections, lines[i]);
  return sections;
}

const char *
postweg_ini_value (const PostwegIniSection *section, const char *name)
{
  return g_hash_table_lookup (section->values, name);
}
