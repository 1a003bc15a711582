/* Values in TOML files, found under dotted keys and changed in place. */
#include "clients/terminal/toml.h"
#include <string.h>

/* Values stay as they stand, since a string and a number may look the same without quotes. */
const PostwegDialect postweg_toml = {
  .section = postweg_lines_bracket, .separators = "=", .comments = "#", .between = " = "
};

static char *
quoted (const char *text)
{
  GString *string = g_string_new ("\"");

  for (const char *p = text; *p != '\0'; p++)
    if (*p == '"' || *p == '\\')
      g_string_append_printf (string, "\\%c", *p);
    else if ((guchar) *p < 0x20 || *p == 0x7f)
      g_string_append_printf (string, "\\u%04X", (guint) (guchar) *p);
    else
      g_string_append_c (string, *p);
  g_string_append_c (string, '"');
  return g_string_free (string, FALSE);
}

char *
postweg_toml_name (const char *name)
{
  gboolean plain = *name != '\0' && name[strspn (name, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "_-")] == '\0';

  return plain ? g_strdup (name) : quoted (name);
}

/* Returns: how many bytes of an escape were read */
static gsize
read_escape (const char *text, GString *out)
{
  static const char codes[] = "b\bt\tn\nf\fr\re\033";
  const char *code = strchr (codes, text[1]);
  gsize digits = text[1] == 'u' ? 4 : text[1] == 'U' ? 8 : 0;
  g_autofree char *hex = g_strndup (text + 2, digits);

  if (text[1] == '\0')
    return 1;
  if (digits > 0)
    g_string_append_unichar (out, (gunichar) g_ascii_strtoull (hex, NULL, 16));
  else
    g_string_append_c (out, code != NULL && (code - codes) % 2 == 0 ? code[1] : text[1]);
  return 2 + strlen (hex);
}

static char *
unquoted (const char *raw)
{
  GString *text = g_string_new (NULL);
  gsize at = 1;

  if (*raw == '\'')
    {
      g_string_free (text, TRUE);
      return g_strndup (raw + 1, strcspn (raw + 1, "'"));
    }
  if (*raw != '"')
    {
      g_string_free (text, TRUE);
      return g_strchomp (g_strndup (raw, strcspn (raw, "#")));
    }
  while (raw[at] != '\0' && raw[at] != '"')
    if (raw[at] == '\\')
      at += read_escape (raw + at, text);
    else
      g_string_append_c (text, raw[at++]);
  return g_string_free (text, FALSE);
}

/* Where the key stands. rest: (out): what of it stands in that table. Returns: FALSE if it is nowhere */
static gboolean
find (const PostwegLines *lines, const char *table, const char *key, guint *section, const char **rest)
{
  const char *p = key;

  while (p != NULL)
    {
      g_autofree char *name =
          p == key ? g_strdup (table) : g_strdup_printf ("%s.%.*s", table, (int) (p - key - 1), key);

      if (postweg_lines_find (lines, name, section) && postweg_lines_get (lines, *section, p) != NULL)
        {
          *rest = p;
          return TRUE;
        }
      p = strchr (p, '.');
      p = p != NULL ? p + 1 : NULL;
    }
  return FALSE;
}

char *
postweg_toml_get (const PostwegLines *lines, const char *table, const char *key, const char *fallback)
{
  guint section;
  const char *rest;

  if (!find (lines, table, key, &section, &rest))
    return g_strdup (fallback);
  return unquoted (postweg_lines_get (lines, section, rest));
}

void
postweg_toml_set_bare (PostwegLines *lines, const char *table, const char *key, const char *value)
{
  guint section;
  const char *rest = key;
  gboolean is_there = find (lines, table, key, &section, &rest);
  g_autofree char *now = is_there ? unquoted (postweg_lines_get (lines, section, rest)) : NULL;

  if (is_there && g_strcmp0 (now, value) == 0)
    return;
  if (is_there || (value != NULL && postweg_lines_find (lines, table, &section)))
    postweg_lines_set (lines, section, rest, value);
}

void
postweg_toml_set (PostwegLines *lines, const char *table, const char *key, const char *value)
{
  g_autofree char *now = postweg_toml_get (lines, table, key, NULL);
  g_autofree char *text = value != NULL ? quoted (value) : NULL;

  if (g_strcmp0 (now, value) != 0)
    postweg_toml_set_bare (lines, table, key, text);
}
