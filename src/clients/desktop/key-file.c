/* GLib's key files. */
#include "clients/desktop/key-file.h"
#include "model/error.h"
#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

const PostwegDialect postweg_key_file = {
  .section = postweg_lines_bracket, .separators = "=", .comments = "#", .between = "="
};

/* “\s”, “\n” … ; others stay as they are. Returns: the character; 0: no escape */
static char
escaped (char code)
{
  static const char codes[] = "s n\nt\tr\r\\\\;;";
  const char *found = NULL;

  for (gsize i = 0; found == NULL && codes[i] != '\0'; i += 2)
    if (codes[i] == code)
      found = codes + i + 1;
  return found != NULL ? *found : '\0';
}

/* Reads up to an unescaped `end`. Returns: where it stopped */
static const char *
read_part (const char *raw, char end, GString *out)
{
  while (*raw != '\0' && *raw != end)
    if (*raw == '\\' && escaped (raw[1]) != '\0')
      {
        g_string_append_c (out, escaped (raw[1]));
        raw += 2;
      }
    else
      g_string_append_c (out, *raw++);
  return raw;
}

/* Returns: the code of an escape; 0: the character stands for itself */
static char
code_of (char character, gboolean is_outer, gboolean in_list)
{
  static const char codes[] = "\tt\nn\rr\\\\";

  if (character == ' ')
    return is_outer ? 's' : '\0';
  if (character == ';')
    return in_list ? ';' : '\0';
  for (gsize i = 0; codes[i] != '\0'; i += 2)
    if (codes[i] == character)
      return codes[i + 1];
  return '\0';
}

/* Blanks at either end would be lost. */
static void
append_escaped (GString *out, const char *value, gboolean in_list)
{
  gsize start = strspn (value, " \t");

  for (gsize i = 0; value[i] != '\0'; i++)
    {
      gboolean is_outer = i < start || value[i + 1 + strspn (value + i + 1, " \t")] == '\0';
      char code = code_of (value[i], is_outer, in_list);

      if (code != '\0')
        g_string_append_printf (out, "\\%c", code);
      else
        g_string_append_c (out, value[i]);
    }
}

/* Returns: FALSE if no such group has the key; else the last that has it */
static gboolean
find_key (const PostwegLines *lines, const char *group, const char *key, guint *section)
{
  for (guint i = postweg_lines_n_sections (lines) - 1; i > 0; i--)
    if (strcmp (postweg_lines_section (lines, i), group) == 0 && postweg_lines_get (lines, i, key) != NULL)
      {
        *section = i;
        return TRUE;
      }
  return FALSE;
}

static const char *
raw_value (const PostwegLines *lines, const char *group, const char *key)
{
  guint section;

  return find_key (lines, group, key, &section) ? postweg_lines_get (lines, section, key) : NULL;
}

char *
postweg_key_file_get (const PostwegLines *lines, const char *group, const char *key)
{
  const char *raw = raw_value (lines, group, key);
  g_autoptr (GString) value = raw != NULL ? g_string_new (NULL) : NULL;

  if (raw == NULL)
    return NULL;
  read_part (raw, '\0', value);
  return g_string_free (g_steal_pointer (&value), FALSE);
}

char *
postweg_key_file_text (const PostwegLines *lines, const char *group, const char *key)
{
  char *value = postweg_key_file_get (lines, group, key);

  return value != NULL ? value : g_strdup ("");
}

gboolean
postweg_key_file_is_true (const PostwegLines *lines, const char *group, const char *key, gboolean fallback)
{
  const char *raw = raw_value (lines, group, key);

  if (raw == NULL)
    return fallback;
  return strcmp (raw, "true") == 0 || strcmp (raw, "1") == 0;
}

guint
postweg_key_file_number (const PostwegLines *lines, const char *group, const char *key, guint fallback)
{
  const char *raw = raw_value (lines, group, key);

  return raw != NULL ? (guint) strtoul (raw, NULL, 10) : fallback;
}

char **
postweg_key_file_list (const PostwegLines *lines, const char *group, const char *key)
{
  g_autoptr (GStrvBuilder) parts = g_strv_builder_new ();
  const char *raw = raw_value (lines, group, key);

  while (raw != NULL && *raw != '\0')
    {
      g_autoptr (GString) part = g_string_new (NULL);

      raw = read_part (raw, ';', part);
      raw += *raw == ';' ? 1 : 0;
      g_strv_builder_add (parts, part->str);
    }
  return g_strv_builder_end (parts);
}

static guint
section_for (PostwegLines *lines, const char *group, const char *key)
{
  g_autofree char *header = g_strdup_printf ("[%s]", group);
  guint section;

  if (find_key (lines, group, key, &section) || postweg_lines_find (lines, group, &section))
    return section;
  return postweg_lines_add_section (lines, header);
}

void
postweg_key_file_set (PostwegLines *lines, const char *group, const char *key, const char *value)
{
  g_autofree char *now = postweg_key_file_get (lines, group, key);
  g_autoptr (GString) raw = g_string_new (NULL);
  guint section;

  if (g_strcmp0 (now, value) == 0)
    return;
  if (value != NULL)
    {
      append_escaped (raw, value, FALSE);
      postweg_lines_set (lines, section_for (lines, group, key), key, raw->str);
    }
  else
    while (find_key (lines, group, key, &section))
      postweg_lines_set (lines, section, key, NULL);
}

void
postweg_key_file_set_number (PostwegLines *lines, const char *group, const char *key, guint value)
{
  g_autofree char *text = g_strdup_printf ("%u", value);

  postweg_key_file_set (lines, group, key, text);
}

void
postweg_key_file_set_list (PostwegLines *lines, const char *group, const char *key, const char *const *values)
{
  g_auto (GStrv) now = postweg_key_file_list (lines, group, key);
  g_autoptr (GString) raw = g_string_new (NULL);

  if (g_strv_equal ((const char *const *) now, values))
    return;
  for (; *values != NULL; values++)
    {
      append_escaped (raw, *values, TRUE);
      g_string_append_c (raw, ';');
    }
  postweg_lines_set (lines, section_for (lines, group, key), key, raw->str);
}

static gboolean
is_known_line (const char *line, gboolean *in_group)
{
  gsize length = strlen (line);

  if (*line == '\0' || *line == '#')
    return TRUE;
  if (*line == '[' && line[length - 1] == ']' && length > 2)
    return *in_group = TRUE;
  return *in_group && *line != '=' && *line != '[' && strchr (line, '=') != NULL;
}

gboolean
postweg_key_file_check (const char *path, GBytes *bytes, GError **error)
{
  gsize size = 0;
  const char *data = bytes != NULL ? g_bytes_get_data (bytes, &size) : "";
  g_autofree char *text = g_strndup (size > 0 ? data : "", size);
  g_auto (GStrv) all = g_strsplit (text, "\n", -1);
  gboolean in_group = FALSE;
  guint i = 0;

  while (all[i] != NULL && g_utf8_validate (all[i], -1, NULL) &&
         is_known_line (g_strstrip (all[i]), &in_group))
    i++;
  if (all[i] == NULL && strlen (text) == size)
    return TRUE;
  g_set_error (
      error, POSTWEG_ERROR, POSTWEG_ERROR_BAD_FORMAT,
      _("%s, line %u: this is neither a group of settings nor a setting, so the file was left alone."), path,
         all[i] != NULL ? i + 1 : i);
  return FALSE;
}
