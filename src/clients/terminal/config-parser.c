/* The dialects of Python's configparser, and literals in values that Python evaluates. */
#include "clients/terminal/config-parser.h"
#include <string.h>

static char *
replaced (const char *text, const char *what, const char *with)
{
  GString *result = g_string_new (text);

  g_string_replace (result, what, with, 0);
  return g_string_free (result, FALSE);
}

static char *
unescape (const char *raw)
{
  return replaced (raw, "%%", "%");
}

static char *
escape (const char *value)
{
  return replaced (value, "%", "%%");
}

const PostwegDialect postweg_config_parser = { .section = postweg_lines_bracket,
                                               .separators = "=:",
                                               .comments = "#;",
                                               .between = " = ",
                                               .any_case = TRUE,
                                               .indent_continues = TRUE };
const PostwegDialect postweg_interpolated_config_parser = { .section = postweg_lines_bracket,
                                                            .separators = "=:",
                                                            .comments = "#;",
                                                            .between = " = ",
                                                            .unquote = unescape,
                                                            .quote = escape,
                                                            .any_case = TRUE,
                                                            .indent_continues = TRUE };

char *
postweg_python_string (const char *text)
{
  g_autofree char *slashes = replaced (text, "\\", "\\\\");
  g_autofree char *quotes = replaced (slashes, "'", "\\'");

  return g_strdup_printf ("'%s'", quotes);
}

char *
postweg_python_strings (const char *const *words)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; words[i] != NULL; i++)
    g_ptr_array_add (list, postweg_python_string (words[i]));
  g_ptr_array_add (list, NULL);
  return g_strjoinv (", ", (char **) list->pdata);
}

gboolean
postweg_python_is_true (const char *text)
{
  static const char *const words[] = { "1", "yes", "true", "on" };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_ascii_strcasecmp (text, words[i]) == 0)
      return TRUE;
  return FALSE;
}
