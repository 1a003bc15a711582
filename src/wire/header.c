/* Unfolding header fields, leaving comments out, reading dates. */
#include "wire/header.h"
#include "wire/text.h"
#include <string.h>

#define NAME_MAX_LENGTH 80
#define VALUE_MAX 4000 /* bytes of one field, as much as is kept of any text of a server */

static void
field_free (gpointer data)
{
  PostwegHeaderField *field = data;

  g_free (field->name);
  g_free (field->value);
  g_free (field);
}

/* The number of characters of a field name in front of a colon (RFC 5322 2.2), 0 if there is none. */
static gsize
name_length (const char *line, gsize length)
{
  gsize n = 0;

  while (n < length && line[n] > ' ' && line[n] < 0x7f && line[n] != ':')
    n++;
  return n <= NAME_MAX_LENGTH && n < length && line[n] == ':' ? n : 0;
}

/* The field that is being read. */
typedef struct {
  GPtrArray *fields;
  char name[NAME_MAX_LENGTH + 1]; /* "": none */
  GString *raw;
} Reader;

static void
finish_field (Reader *reader)
{
  PostwegHeaderField *field;

  if (reader->name[0] == '\0' || reader->fields->len >= POSTWEG_HEADER_FIELDS_MAX)
    return;
  field = g_new (PostwegHeaderField, 1);
  field->name = g_strdup (reader->name);
  field->value = g_strstrip (postweg_text_clean (reader->raw->str, reader->raw->len));
  g_ptr_array_add (reader->fields, field);
}

static void
append (Reader *reader, const char *text, gsize length)
{
  gsize room = VALUE_MAX - MIN (reader->raw->len, VALUE_MAX);

  g_string_append_len (reader->raw, text, (gssize) MIN (length, room));
}

static void
read_line (Reader *reader, const char *line, gsize length)
{
  gsize n = name_length (line, length);
  gsize skip = n > 0 ? n + 1 : 0;

  if (*line != ' ' && *line != '\t')
    {
      finish_field (reader);
      g_string_truncate (reader->raw, 0);
      for (gsize i = 0; i < n; i++)
        reader->name[i] = g_ascii_tolower (line[i]);
      reader->name[n] = '\0';
    }
  else
    skip = 0;
  append (reader, line + skip, length - skip);
}

GPtrArray *
postweg_header_parse (const char *text, gsize length)
{
  Reader reader = { g_ptr_array_new_with_free_func (field_free), "", g_string_new (NULL) };
  const char *end = text + MIN (length, POSTWEG_HEADER_MAX);

  for (const char *line = text; line < end;)
    {
      const char *feed = memchr (line, '\n', (gsize) (end - line));
      const char *stop = feed != NULL ? feed : end;
      gsize size = (gsize) (stop - line);

      if (size > 0 && line[size - 1] == '\r')
        size--;
      if (size == 0)
        break;
      read_line (&reader, line, size);
      line = stop + 1;
    }
  finish_field (&reader);
  g_string_free (reader.raw, TRUE);
  return reader.fields;
}

const char *
postweg_header_get (const GPtrArray *fields, const char *name)
{
  for (guint i = 0; i < fields->len; i++)
    {
      const PostwegHeaderField *field = g_ptr_array_index (fields, i);

      if (g_ascii_strcasecmp (field->name, name) == 0)
        return field->value;
    }
  return NULL;
}

/* Where a character of a structured field belongs: brackets inside a quoted string are none. */
typedef struct {
  guint depth; /* of comments */
  gboolean quoted;
} Position;

/* Returns: whether the character only marks a comment */
static gboolean
step (Position *position, char c)
{
  if (position->quoted || (c == '"' && position->depth == 0))
    {
      position->quoted = position->quoted ? c != '"' : TRUE;
      return FALSE;
    }
  if (c == '(')
    position->depth++;
  else if (c == ')' && position->depth > 0)
    position->depth--;
  else
    return FALSE;
  return TRUE;
}

char *
postweg_header_strip_comments (const char *value, char **comments)
{
  GString *plain = g_string_new (NULL);
  g_autoptr (GString) inside = g_string_new (NULL);
  Position position = { 0, FALSE };

  for (; *value != '\0'; value++)
    {
      gboolean pair = *value == '\\' && value[1] != '\0';
      gboolean bracket = !pair && step (&position, *value);
      GString *where = position.depth > 0 ? inside : plain;

      if (pair)
        g_string_append_c (where, *value++);
      /* a comment counts as a blank (RFC 5322 3.2.2) */
      g_string_append_c (where, bracket ? ' ' : *value);
    }
  if (comments != NULL)
    *comments = g_string_free (g_steal_pointer (&inside), FALSE);
  return g_string_free (plain, FALSE);
}

/* dates */

static gboolean
read_month (const char *text, int *month)
{
  static const char *const names[] = { "jan", "feb", "mar", "apr", "may", "jun",
                                       "jul", "aug", "sep", "oct", "nov", "dec" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_ascii_strncasecmp (text, names[i], 3) == 0)
      {
        *month = (int) i + 1;
        return TRUE;
      }
  return FALSE;
}

/* "+0100", "GMT", "EST": minutes east of Greenwich; an unknown zone says nothing (RFC 5322 4.3). */
static int
read_zone (const char *text)
{
  static const struct {
    const char *name;
    int minutes;
  } zones[] = { { "EST", -300 }, { "EDT", -240 }, { "CST", -360 }, { "CDT", -300 },
                { "MST", -420 }, { "MDT", -360 }, { "PST", -480 }, { "PDT", -420 } };
  int sign = *text == '-' ? -1 : 1;

  if ((*text == '+' || *text == '-') && strspn (text + 1, "0123456789") >= 4)
    return sign * ((text[1] - '0') * 600 + (text[2] - '0') * 60 + (text[3] - '0') * 10 + (text[4] - '0'));
  for (guint i = 0; i < G_N_ELEMENTS (zones); i++)
    if (g_ascii_strncasecmp (text, zones[i].name, 3) == 0)
      return zones[i].minutes;
  return 0;
}

/* RFC 5322 4.3: two digits below 50 are this century, other two and three are counted from 1900. */
static int
full_year (int year)
{
  if (year < 50)
    return 2000 + year;
  return year < 1000 ? 1900 + year : year;
}

static gboolean
read_clock (const char *text, int clock[3], const char **rest)
{
  char *end = (char *) text;
  guint64 value;

  clock[2] = 0;
  for (guint i = 0; i < 3; i++)
    {
      if (!g_ascii_isdigit (*end))
        return FALSE;
      value = g_ascii_strtoull (end, &end, 10);
      clock[i] = (int) MIN (value, 99);
      if (*end != ':')
        {
          *rest = end;
          return i > 0;
        }
      end++;
    }
  return FALSE;
}

gboolean
postweg_header_date (const char *text, gint64 *seconds)
{
  g_autofree char *plain = postweg_header_strip_comments (text, NULL);
  const char *comma = strchr (plain, ',');
  const char *p = comma != NULL ? comma + 1 : plain;
  char *end = NULL;
  int day, month, year, clock[3];
  g_autoptr (GDateTime) moment = NULL;

  p += strspn (p, " ");
  day = (int) MIN (g_ascii_strtoull (p, &end, 10), 99);
  p = end + strspn (end, " -");
  if (end == p || !read_month (p, &month))
    return FALSE;
  p += 3 + strspn (p + 3, " -");
  if (!g_ascii_isdigit (*p))
    return FALSE;
  year = full_year ((int) MIN (g_ascii_strtoull (p, &end, 10), 10000));
  p = end + strspn (end, " ");
  if (!read_clock (p, clock, &p))
    return FALSE;
  p += strspn (p, " ");
  moment = g_date_time_new_utc (year, month, day, clock[0], clock[1], MIN (clock[2], 59));
  if (moment == NULL)
    return FALSE;
  *seconds = g_date_time_to_unix (moment) - read_zone (p) * 60;
  return TRUE;
}
