/* Settings files of lines, read and changed without touching what is not meant. */
#include "clients/lines.h"
#include <string.h>

#define BLANKS " \t\r\f" /* what is taken off around keys */

typedef struct {
  char *raw; /* with its line end */
  guint section;
  gboolean is_header;
  char *key;   /* NULL: no key */
  char *value; /* unquoted */
} Line;

struct _PostwegLines {
  const PostwegDialect *dialect;
  GPtrArray *lines;    /* Line */
  GPtrArray *sections; /* char* */
  guint open;          /* the section that the next line belongs to */
};

static void
line_free (gpointer data)
{
  Line *line = data;

  g_free (line->raw);
  g_free (line->key);
  g_free (line->value);
  g_free (line);
}

static const char *
line_end (const PostwegLines *lines)
{
  const Line *first = lines->lines->len > 0 ? g_ptr_array_index (lines->lines, 0) : NULL;

  return first != NULL && g_str_has_suffix (first->raw, "\r\n") ? "\r\n" : "\n";
}

static char *
converted (char *(*convert) (const char *text), const char *text)
{
  return convert != NULL ? convert (text) : g_strdup (text);
}

static void
read_key (const PostwegDialect *dialect, Line *line, const char *text)
{
  gsize length = strcspn (text, dialect->separators);
  g_autofree char *raw = NULL;

  /* what goes on in the next line is a value, so the key ends in the first */
  if (length == 0 || length > strcspn (text, "\n") ||
      (text[length] == '\0' && strchr (dialect->separators, ' ') == NULL))
    return;
  line->key = g_strchomp (g_strndup (text, length));
  raw = g_strstrip (g_strdup (text[length] != '\0' ? text + length + 1 : ""));
  line->value = converted (dialect->unquote, raw);
}

static gboolean
is_comment (const PostwegDialect *dialect, const char *text)
{
  return *text == '\0' || strchr (dialect->comments, *text) != NULL;
}

/* Takes the line's bytes. */
static void
read_line (PostwegLines *lines, char *raw)
{
  const PostwegDialect *dialect = lines->dialect;
  Line *line = g_new0 (Line, 1);
  g_autofree char *text = g_strstrip (g_strdup (raw));
  char *name = is_comment (dialect, text) || dialect->section == NULL ? NULL : dialect->section (text);

  line->raw = raw;
  if (name != NULL)
    {
      g_ptr_array_add (lines->sections, name);
      lines->open = lines->sections->len - 1;
      line->is_header = TRUE;
    }
  else if (*text == '\0' && dialect->blank_ends)
    lines->open = 0;
  else if (!is_comment (dialect, text))
    read_key (dialect, line, text);
  line->section = lines->open;
  g_ptr_array_add (lines->lines, line);
}

static gboolean
goes_on (const PostwegDialect *dialect, const char *raw, const char *last, const char *next)
{
  g_autofree char *text = g_strchomp (g_strdup (last));
  gboolean indented = *next == ' ' || *next == '\t';

  if (dialect->indent_continues && indented && !g_ascii_isspace (*raw) && !is_comment (dialect, raw))
    return TRUE;
  return dialect->slash_continues && g_str_has_suffix (text, "\\");
}

static gsize
physical_length (const char *text)
{
  gsize length = strcspn (text, "\n");

  return length + (text[length] == '\n' ? 1 : 0);
}

/* The bytes up to the end of the logical line. A backslash counts in the last of its lines only: an empty one ends it. */
static gsize
logical_length (const PostwegDialect *dialect, const char *text)
{
  gsize length = physical_length (text);
  gsize last = 0;
  gboolean more = TRUE;

  while (more && text[length] != '\0')
    {
      g_autofree char *raw = g_strndup (text, length);

      more = goes_on (dialect, raw, raw + last, text + length);
      last = length;
      length += more ? physical_length (text + length) : 0;
    }
  return length;
}

PostwegLines *
postweg_lines_new (const PostwegDialect *dialect, GBytes *bytes)
{
  PostwegLines *lines = g_new0 (PostwegLines, 1);
  gsize size = 0;
  const char *data = bytes != NULL ? g_bytes_get_data (bytes, &size) : "";
  g_autofree char *text = g_strndup (size > 0 ? data : "", size);

  lines->dialect = dialect;
  lines->lines = g_ptr_array_new_with_free_func (line_free);
  lines->sections = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (lines->sections, g_strdup (""));
  for (const char *p = text; *p != '\0';)
    {
      gsize length = logical_length (dialect, p);

      read_line (lines, g_strndup (p, length));
      p += length;
    }
  return lines;
}

void
postweg_lines_free (PostwegLines *lines)
{
  if (lines == NULL)
    return;
  g_ptr_array_unref (lines->lines);
  g_ptr_array_unref (lines->sections);
  g_free (lines);
}

GBytes *
postweg_lines_bytes (const PostwegLines *lines)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < lines->lines->len; i++)
    g_string_append (text, ((const Line *) g_ptr_array_index (lines->lines, i))->raw);
  return g_string_free_to_bytes (g_steal_pointer (&text));
}

guint
postweg_lines_n_sections (const PostwegLines *lines)
{
  return lines->sections->len;
}

const char *
postweg_lines_section (const PostwegLines *lines, guint section)
{
  return g_ptr_array_index (lines->sections, section);
}

gboolean
postweg_lines_find (const PostwegLines *lines, const char *name, guint *section)
{
  for (guint i = 1; i < lines->sections->len; i++)
    if (strcmp (g_ptr_array_index (lines->sections, i), name) == 0)
      {
        *section = i;
        return TRUE;
      }
  return FALSE;
}

/* A last line without an end gets one, and a backslash that waits for a next line an empty one. */
static void
end_line (const PostwegLines *lines, Line *line)
{
  g_autofree char *text = g_strchomp (g_strdup (line->raw));
  gboolean is_ended = g_str_has_suffix (line->raw, "\n");
  const char *tail = line->raw + strlen (text);
  gboolean waits = lines->dialect->slash_continues && g_str_has_suffix (text, "\\") &&
                   strchr (tail, '\n') == strrchr (tail, '\n');
  char *ended =
      g_strconcat (line->raw, is_ended ? "" : line_end (lines), waits ? line_end (lines) : "", NULL);

  g_free (line->raw);
  line->raw = ended;
}

static void
insert (PostwegLines *lines, guint place, char *text, Line *line)
{
  if (place > 0)
    end_line (lines, g_ptr_array_index (lines->lines, place - 1));
  line->raw = g_strconcat (text, line_end (lines), NULL);
  g_free (text);
  g_ptr_array_insert (lines->lines, (gint) place, line);
}

guint
postweg_lines_add_section (PostwegLines *lines, const char *header)
{
  Line *line = g_new0 (Line, 1);
  guint end = lines->lines->len;
  const Line *last = end > 0 ? g_ptr_array_index (lines->lines, end - 1) : NULL;
  g_autofree char *text = last != NULL ? g_strstrip (g_strdup (last->raw)) : NULL;

  if (text != NULL && *text != '\0')
    insert (lines, end++, g_strdup (""), g_new0 (Line, 1));
  line->is_header = TRUE;
  g_ptr_array_add (lines->sections, converted (lines->dialect->section, header));
  lines->open = line->section = lines->sections->len - 1;
  insert (lines, end, g_strdup (header), line);
  return lines->open;
}

static gboolean
has_key (const PostwegLines *lines, const Line *line, guint section, const char *key)
{
  if (line->section != section || line->key == NULL)
    return FALSE;
  return lines->dialect->any_case ? g_ascii_strcasecmp (line->key, key) == 0 : strcmp (line->key, key) == 0;
}

static Line *
last_with (const PostwegLines *lines, guint section, const char *key)
{
  for (guint i = lines->lines->len; i > 0; i--)
    {
      Line *line = g_ptr_array_index (lines->lines, i - 1);

      if (has_key (lines, line, section, key))
        return line;
    }
  return NULL;
}

const char *
postweg_lines_get (const PostwegLines *lines, guint section, const char *key)
{
  const Line *line = last_with (lines, section, key);

  return line != NULL ? line->value : NULL;
}

const char *
postweg_lines_get_or (const PostwegLines *lines, guint section, const char *key, const char *fallback)
{
  const char *value = postweg_lines_get (lines, section, key);

  return value != NULL ? value : fallback;
}

/* Text or a comment that would become the rest of a value if one stood above it. */
static gboolean
would_continue (const PostwegLines *lines, const Line *line)
{
  gboolean indented = *line->raw == ' ' || *line->raw == '\t';

  return lines->dialect->indent_continues && indented &&
         strchr ("\n", line->raw[strspn (line->raw, BLANKS)]) == NULL;
}

/* After the section's last key or its header; what follows (empty lines, comments of the next one) stays behind it. */
static guint
end_of (const PostwegLines *lines, guint section)
{
  /* a file without sections and keys has comments only */
  guint place = lines->sections->len == 1 ? lines->lines->len : 0;
  guint last = 0;

  for (guint i = 0; i < lines->lines->len; i++)
    {
      const Line *line = g_ptr_array_index (lines->lines, i);

      if (line->section == section && (line->key != NULL || line->is_header || would_continue (lines, line)))
        last = i + 1;
    }
  return last > 0 ? last : place;
}

/* The blanks that the section's lines begin with; none where they would make it the rest of the line above. */
static char *
indent_of (const PostwegLines *lines, guint section)
{
  for (guint i = 0; !lines->dialect->indent_continues && i < lines->lines->len; i++)
    {
      const Line *line = g_ptr_array_index (lines->lines, i);

      if (line->section == section && line->key != NULL)
        return g_strndup (line->raw, strspn (line->raw, " \t"));
    }
  return g_strdup ("");
}

static char *
new_text (const PostwegLines *lines, guint section, const char *key, const char *value)
{
  g_autofree char *indent = indent_of (lines, section);
  g_autofree char *quoted = converted (lines->dialect->quote, value);

  return g_strconcat (indent, key, lines->dialect->between, quoted, NULL);
}

static void
take_away (PostwegLines *lines, guint section, const char *key)
{
  for (guint i = lines->lines->len; i > 0; i--)
    if (has_key (lines, g_ptr_array_index (lines->lines, i - 1), section, key))
      g_ptr_array_remove_index (lines->lines, i - 1);
}

/* Everything up to the value stays as somebody has aligned it. Returns: bytes */
static gsize
value_start (const PostwegLines *lines, const Line *line)
{
  const char *raw = line->raw;
  gsize at = strspn (raw, BLANKS) + strlen (line->key);

  at += strspn (raw + at, BLANKS);
  if (raw[at] != '\0' && strchr (lines->dialect->separators, raw[at]) != NULL)
    at++;
  return at + strspn (raw + at, BLANKS);
}

static void
replace (const PostwegLines *lines, Line *line, const char *value)
{
  gsize length = strlen (line->raw);
  gsize start = value_start (lines, line);
  const char *end = g_str_has_suffix (line->raw, "\r\n")          ? "\r\n"
                    : length > 0 && line->raw[length - 1] == '\n' ? "\n"
                                                                  : "";
  g_autofree char *before = g_strndup (line->raw, start);
  g_autofree char *quoted = converted (lines->dialect->quote, value);
  gboolean is_glued =
      start > 0 && !g_ascii_isspace (before[start - 1]) && strchr (lines->dialect->separators, ' ') != NULL;

  g_free (line->raw);
  line->raw = g_strconcat (before, is_glued ? " " : "", quoted, end, NULL);
}

void
postweg_lines_set (PostwegLines *lines, guint section, const char *key, const char *value)
{
  Line *line = last_with (lines, section, key);

  if (value == NULL)
    {
      take_away (lines, section, key);
      return;
    }
  if (line != NULL && strcmp (line->value, value) == 0)
    return;
  if (line != NULL)
    replace (lines, line, value);
  else
    {
      line = g_new0 (Line, 1);
      line->section = section;
      line->key = g_strdup (key);
      insert (lines, end_of (lines, section), new_text (lines, section, key, value), line);
    }
  g_free (line->value);
  line->value = g_strdup (value);
}

char *
postweg_lines_bracket (const char *line)
{
  const char *end = strchr (line, ']');

  return *line == '[' && end != NULL ? g_strndup (line + 1, (gsize) (end - line - 1)) : NULL;
}
