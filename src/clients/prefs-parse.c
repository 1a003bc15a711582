/* The grammar of prefs.js: bytes in, entries with their byte ranges out. */
#include "clients/prefs.h"
#include "model/error.h"
#include <glib/gi18n-lib.h>
#include <string.h>

typedef struct {
  const char *data;
  gsize size, at;
  guint line;
  const char *fault; /* translated sentence with one %u for the line; the first one counts */
  guint fault_line;
} Reader;

static gboolean
fail (Reader *reader, const char *sentence)
{
  if (reader->fault == NULL)
    {
      reader->fault = sentence;
      reader->fault_line = reader->line;
    }
  return FALSE;
}

static int
peek (const Reader *reader, gsize ahead)
{
  return reader->at + ahead < reader->size ? (guchar) reader->data[reader->at + ahead] : -1;
}

/* Counts CR, LF and CR LF as one line end each. */
static int
take (Reader *reader)
{
  int c = peek (reader, 0);

  if (c == -1)
    return -1;
  if (c == '\n' || (c == '\r' && peek (reader, 1) != '\n'))
    reader->line++;
  reader->at++;
  return c;
}

static void
skip_line (Reader *reader)
{
  while (peek (reader, 0) != -1 && peek (reader, 0) != '\n' && peek (reader, 0) != '\r')
    take (reader);
}

static gboolean
skip_comment (Reader *reader)
{
  reader->at += 2;
  while (peek (reader, 0) != '*' || peek (reader, 1) != '/')
    if (take (reader) == -1)
      return fail (reader, _("Line %u: a comment does not end."));
  reader->at += 2;
  return TRUE;
}

static gboolean
is_blank (int c)
{
  return c == ' ' || (c >= '\t' && c <= '\r');
}

static gboolean
skip_blanks (Reader *reader)
{
  while (TRUE)
    {
      int c = peek (reader, 0);

      if (is_blank (c))
        take (reader);
      else if (c == '#' || (c == '/' && peek (reader, 1) == '/'))
        skip_line (reader);
      else if (c != '/' || peek (reader, 1) != '*')
        return TRUE;
      else if (!skip_comment (reader))
        return FALSE;
    }
}

static gboolean
expect (Reader *reader, char wanted, const char *sentence)
{
  if (!skip_blanks (reader))
    return FALSE;
  if (peek (reader, 0) != wanted)
    return fail (reader, sentence);
  take (reader);
  return TRUE;
}

static gboolean
is_word (int c)
{
  return c == '_' || (c != -1 && g_ascii_isalnum (c));
}

/* Returns: (transfer full): letters, digits and underscores; "" if there are none */
static char *
take_word (Reader *reader)
{
  gsize start = reader->at;

  while (is_word (peek (reader, 0)))
    reader->at++;
  return g_strndup (reader->data + start, reader->at - start);
}

static gboolean
take_hex (Reader *reader, guint digits, guint *value)
{
  *value = 0;
  for (guint i = 0; i < digits; i++)
    {
      int c = peek (reader, 0);

      if (c == -1 || !g_ascii_isxdigit (c))
        return fail (reader, _("Line %u: an escape in a text has too few digits."));
      *value = *value * 16 + (guint) g_ascii_xdigit_value ((char) c);
      reader->at++;
    }
  return *value != 0 ? TRUE : fail (reader, _("Line %u: a text holds a null character."));
}

/* The second half of a character beyond U+FFFF, which \u can only name in two halves (UTF-16). */
static gboolean
take_second_half (Reader *reader, guint *unit)
{
  guint low = 0;

  if (peek (reader, 0) == '\\' && peek (reader, 1) == 'u')
    {
      reader->at += 2;
      if (!take_hex (reader, 4, &low))
        return FALSE;
    }
  *unit = 0x10000 + ((*unit - 0xD800) << 10) + (low - 0xDC00);
  return low >= 0xDC00 && low <= 0xDFFF
             ? TRUE
             : fail (reader, _("Line %u: a character in a text is written incompletely."));
}

static gboolean
take_unicode (Reader *reader, GString *text)
{
  guint unit;

  if (!take_hex (reader, 4, &unit))
    return FALSE;
  if (unit >= 0xDC00 && unit <= 0xDFFF)
    return fail (reader, _("Line %u: a character in a text is written incompletely."));
  if (unit >= 0xD800 && unit < 0xDC00 && !take_second_half (reader, &unit))
    return FALSE;
  g_string_append_unichar (text, unit);
  return TRUE;
}

static gboolean
take_escape (Reader *reader, GString *text)
{
  static const char plain[][2] = {
    { '"', '"' }, { '\'', '\'' }, { '\\', '\\' }, { 'n', '\n' }, { 'r', '\r' }
  };
  int c = take (reader);
  guint byte;

  for (guint i = 0; i < G_N_ELEMENTS (plain); i++)
    if (c == plain[i][0])
      {
        g_string_append_c (text, plain[i][1]);
        return TRUE;
      }
  if (c == 'u')
    return take_unicode (reader, text);
  if (c != 'x')
    return fail (reader, _("Line %u: a text holds an escape that is not known."));
  if (!take_hex (reader, 2, &byte))
    return FALSE;
  g_string_append_c (text, (char) byte);
  return TRUE;
}

/* The fault names the line where the text begins: that is where the quote is missing. */
static gboolean
end_of_text (Reader *reader, guint line)
{
  reader->line = line;
  return fail (reader, _("Line %u: a text does not end."));
}

/* Returns: (transfer full): the text between the quotes, or NULL */
static char *
take_text (Reader *reader)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint line = reader->line;
  int quote = take (reader);

  while (TRUE)
    {
      int c = take (reader);

      if (c == quote)
        return g_strdup (text->str);
      if (c == -1 && !end_of_text (reader, line))
        return NULL;
      if (c == 0 && !fail (reader, _("Line %u: a text holds a null character.")))
        return NULL;
      if (c != '\\')
        g_string_append_c (text, (char) c);
      else if (!take_escape (reader, text))
        return NULL;
    }
}

static gboolean
is_quote (int c)
{
  return c == '"' || c == '\'';
}

/* limit: the greatest value without its sign. */
static gboolean
take_digits (Reader *reader, gint64 limit, gint64 *value)
{
  gsize start = reader->at;

  *value = 0;
  while (peek (reader, 0) >= '0' && peek (reader, 0) <= '9')
    {
      *value = *value * 10 + (take (reader) - '0');
      if (*value > limit)
        return fail (reader, _("Line %u: a number is too big."));
    }
  if (reader->at == start || is_word (peek (reader, 0)))
    return fail (reader, _("Line %u: there is no value, or one that is not known."));
  return TRUE;
}

static gboolean
take_number (Reader *reader, PostwegPref *pref)
{
  int sign = peek (reader, 0);
  gint64 value;

  if (sign == '-' || sign == '+')
    take (reader);
  if (!skip_blanks (reader) || !take_digits (reader, sign == '-' ? -(gint64) G_MININT32 : G_MAXINT32, &value))
    return FALSE;
  pref->type = POSTWEG_PREF_INT;
  pref->number = (gint32) (sign == '-' ? -value : value);
  return TRUE;
}

static gboolean
take_bool (Reader *reader, PostwegPref *pref)
{
  g_autofree char *word = take_word (reader);

  pref->type = POSTWEG_PREF_BOOL;
  pref->number = strcmp (word, "true") == 0;
  if (pref->number == 0 && strcmp (word, "false") != 0)
    return fail (reader, _("Line %u: there is no value, or one that is not known."));
  return TRUE;
}

static gboolean
take_value (Reader *reader, PostwegPref *pref)
{
  int c;
  gboolean ok;

  if (!skip_blanks (reader))
    return FALSE;
  pref->start = reader->at;
  c = peek (reader, 0);
  if (is_quote (c))
    {
      pref->type = POSTWEG_PREF_STRING;
      pref->text = take_text (reader);
      ok = pref->text != NULL;
    }
  else
    ok = c != -1 && g_ascii_isalpha (c) ? take_bool (reader, pref) : take_number (reader, pref);
  pref->end = reader->at;
  return ok;
}

/* pref("name", value, sticky, locked): attributes of the defaults' files. */
static gboolean
take_attributes (Reader *reader, const PostwegPref *pref)
{
  if (!skip_blanks (reader))
    return FALSE;
  while (pref->is_default && peek (reader, 0) == ',')
    {
      g_autofree char *word = NULL;

      reader->at++;
      if (!skip_blanks (reader))
        return FALSE;
      word = take_word (reader);
      if (strcmp (word, "sticky") != 0 && strcmp (word, "locked") != 0)
        return fail (reader, _("Line %u: there is a word behind the value that is not known."));
      if (!skip_blanks (reader))
        return FALSE;
    }
  return TRUE;
}

static gboolean
take_kind (Reader *reader, PostwegPref *pref)
{
  g_autofree char *word = take_word (reader);

  pref->is_default = strcmp (word, "pref") == 0 || strcmp (word, "sticky_pref") == 0;
  if (!pref->is_default && strcmp (word, "user_pref") != 0)
    return fail (reader, _("Line %u does not begin with “user_pref”."));
  return TRUE;
}

static gboolean
take_pref (Reader *reader, PostwegPref *pref)
{
  if (!take_kind (reader, pref) || !expect (reader, '(', _("Line %u: “(” is missing.")) ||
                                            !skip_blanks (reader))
    return FALSE;
  if (!is_quote (peek (reader, 0)))
    return fail (reader, _("Line %u: the name of the setting is missing."));
  pref->name = take_text (reader);
  return pref->name != NULL &&
         expect (reader, ',', _("Line %u: “,” is missing.")) && take_value (reader, pref) &&
                 take_attributes (reader, pref) &&
                 expect (reader, ')', _("Line %u: “)” is missing.")) &&
                         expect (reader, ';',
                                 _("Line %u: “;” is missing at the end or in the line before."));
}

static void
pref_free (gpointer data)
{
  PostwegPref *pref = data;

  g_free (pref->name);
  g_free (pref->text);
  g_free (pref);
}

static void
keep (PostwegPrefs *prefs, PostwegPref *pref)
{
  const PostwegPref *there = g_hash_table_lookup (prefs->names, pref->name);

  g_ptr_array_add (prefs->entries, pref);
  if (there == NULL || there->is_default || !pref->is_default)
    g_hash_table_insert (prefs->names, pref->name, pref);
}

static gboolean
read_all (Reader *reader, PostwegPrefs *prefs)
{
  if (reader->size > POSTWEG_PREFS_MAX)
    return fail (reader, _("The file is too big (line %u)."));
  if (reader->size >= 3 && memcmp (reader->data, "\xEF\xBB\xBF", 3) == 0)
    reader->at = 3;
  while (TRUE)
    {
      PostwegPref *pref;

      if (!skip_blanks (reader))
        return FALSE;
      if (peek (reader, 0) == -1)
        return TRUE;
      pref = g_new0 (PostwegPref, 1);
      if (!take_pref (reader, pref))
        {
          pref_free (pref);
          return FALSE;
        }
      keep (prefs, pref);
    }
}

PostwegPrefs *
postweg_prefs_parse (GBytes *bytes, GError **error)
{
  g_autoptr (PostwegPrefs) prefs = g_new0 (PostwegPrefs, 1);
  Reader reader = { .line = 1 };

  prefs->bytes = g_bytes_ref (bytes);
  prefs->entries = g_ptr_array_new_with_free_func (pref_free);
  prefs->names = g_hash_table_new (g_str_hash, g_str_equal);
  reader.data = g_bytes_get_data (bytes, &reader.size);
  if (read_all (&reader, prefs))
    return g_steal_pointer (&prefs);
    /* the sentences are a closed list above, each with exactly one %u */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  g_set_error (error, POSTWEG_ERROR, POSTWEG_ERROR_BAD_FORMAT, reader.fault, reader.fault_line);
#pragma GCC diagnostic pop
  return NULL;
}

void
postweg_prefs_free (PostwegPrefs *prefs)
{
  if (prefs == NULL)
    return;
  g_bytes_unref (prefs->bytes);
  g_ptr_array_unref (prefs->entries);
  g_hash_table_unref (prefs->names);
  g_free (prefs);
}

const PostwegPref *
postweg_prefs_get (const PostwegPrefs *prefs, const char *name)
{
  return g_hash_table_lookup (prefs->names, name);
}
