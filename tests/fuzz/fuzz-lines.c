/* Any bytes as a settings file of lines; the first byte chooses the dialect. What is set is there when the file is read again, and the rest is
 * where it was. */
#include "clients/terminal/config-parser.h"
#include "clients/desktop/key-file.h"
#include "clients/terminal/toml.h"
#include "fuzz.h"
#include <string.h>

static const PostwegDialect *const dialects[] = { &postweg_config_parser, &postweg_interpolated_config_parser,
                                                  &postweg_toml, &postweg_key_file };
#define VALUE "a b%c"

static guint
count (const PostwegLines *lines)
{
  guint n = 0;

  for (guint i = 0; i < postweg_lines_n_sections (lines); i++)
    n += strlen (postweg_lines_section (lines, i)) > 0;
  return n;
}

static void
set_and_read (const PostwegDialect *dialect, PostwegLines *lines, guint section)
{
  g_autofree char *other = g_strdup (postweg_lines_get (lines, section, "other"));
  g_autoptr (PostwegLines) again = NULL;
  g_autoptr (GBytes) written = NULL;
  guint sections = count (lines);

  postweg_lines_set (lines, section, "key", VALUE);
  g_assert_cmpstr (postweg_lines_get (lines, section, "key"), ==, VALUE);
  written = postweg_lines_bytes (lines);
  again = postweg_lines_new (dialect, written);
  g_assert_cmpuint (count (again), ==, sections);
  g_assert_cmpstr (postweg_lines_get (again, section, "key"), ==, VALUE);
  g_assert_cmpstr (postweg_lines_get (again, section, "other"), ==, other);
}

int
LLVMFuzzerTestOneInput (const uint8_t *bytes, size_t length)
{
  g_autofree char *all = g_strndup ((const char *) bytes + (length > 0), length - (length > 0));
  const PostwegDialect *dialect = dialects[length > 0 ? bytes[0] % G_N_ELEMENTS (dialects) : 0];
  g_autoptr (GBytes) file = g_bytes_new (bytes + (length > 0), length - (length > 0));
  g_autoptr (PostwegLines) lines = postweg_lines_new (dialect, file);
  g_autoptr (GBytes) same = postweg_lines_bytes (lines);
  g_autofree char *value = postweg_toml_get (lines, "accounts", "a.b", NULL);
  g_autofree char *text = postweg_key_file_text (lines, "Account", "key");

  /* no text file: refused before it is read */
  if (length > 1 && memchr (bytes + 1, '\0', length - 1) != NULL)
    return 0;
  g_assert_true (g_bytes_equal (file, same));
  /* an indented header is one only as long as no value stands above it */
  if (dialect->indent_continues && (strstr (all, " [") != NULL || strstr (all, "\t[") != NULL))
    return 0;
  postweg_key_file_check ("file", file, NULL);
  for (guint i = 0; i < MIN (postweg_lines_n_sections (lines), 4); i++)
    {
      g_autoptr (PostwegLines) copy = postweg_lines_new (dialect, file);

      set_and_read (dialect, copy, i);
    }
  return 0;
}
