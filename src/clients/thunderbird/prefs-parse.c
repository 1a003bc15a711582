/* The grammar of prefs.js: bytes in, entries with their byte ranges out. */
#include "clients/thunderbird/prefs-scan.h"
#include "clients/thunderbird/prefs.h"
#include "model/error.h"
#include <glib/gi18n-lib.h>
#include <string.h>

static gboolean
is_quote (int c)
{
  return c == '"' || c == '\'';
}

/* limit: the greatest value without its sign. */
static gboolean
take_digits (PostwegScan *scan, gint64 limit, gint64 *value)
{
  gsize start = scan->at;

  *value = 0;
  while (postweg_scan_peek (scan, 0) >= '0' && postweg_scan_peek (scan, 0) <= '9')
    {
      *value = *value * 10 + (postweg_scan_take (scan) - '0');
      if (*value > limit)
        return postweg_scan_fail (scan, _("Line %u: a number is too big."));
    }
  if (scan->at == start || postweg_scan_is_word (postweg_scan_peek (scan, 0)))
    return postweg_scan_fail (scan, _("Line %u: there is no value, or one that is not known."));
  return TRUE;
}

static gboolean
take_number (PostwegScan *scan, PostwegPref *pref)
{
  int sign = postweg_scan_peek (scan, 0);
  gint64 value;

  if (sign == '-' || sign == '+')
    postweg_scan_take (scan);
  if (!postweg_scan_blanks (scan) ||
      !take_digits (scan, sign == '-' ? -(gint64) G_MININT32 : G_MAXINT32, &value))
    return FALSE;
  pref->type = POSTWEG_PREF_INT;
  pref->number = (gint32) (sign == '-' ? -value : value);
  return TRUE;
}

static gboolean
take_bool (PostwegScan *scan, PostwegPref *pref)
{
  g_autofree char *word = postweg_scan_word (scan);

  pref->type = POSTWEG_PREF_BOOL;
  pref->number = strcmp (word, "true") == 0;
  if (pref->number == 0 && strcmp (word, "false") != 0)
    return postweg_scan_fail (scan, _("Line %u: there is no value, or one that is not known."));
  return TRUE;
}

static gboolean
take_value (PostwegScan *scan, PostwegPref *pref)
{
  int c;
  gboolean ok;

  if (!postweg_scan_blanks (scan))
    return FALSE;
  pref->start = scan->at;
  c = postweg_scan_peek (scan, 0);
  if (is_quote (c))
    {
      pref->type = POSTWEG_PREF_STRING;
      pref->text = postweg_scan_text (scan);
      ok = pref->text != NULL;
    }
  else
    ok = c != -1 && g_ascii_isalpha (c) ? take_bool (scan, pref) : take_number (scan, pref);
  pref->end = scan->at;
  return ok;
}

static gboolean
take_kind (PostwegScan *scan, PostwegPref *pref)
{
  g_autofree char *word = postweg_scan_word (scan);

  pref->is_default = strcmp (word, "pref") == 0 || strcmp (word, "sticky_pref") == 0;
  if (!pref->is_default && strcmp (word, "user_pref") != 0)
    return postweg_scan_fail (scan, _("Line %u does not begin with “user_pref”."));
  return TRUE;
}

static gboolean
take_name (PostwegScan *scan, PostwegPref *pref)
{
  if (!postweg_scan_blanks (scan))
    return FALSE;
  if (!is_quote (postweg_scan_peek (scan, 0)))
    return postweg_scan_fail (scan, _("Line %u: the name of the setting is missing."));
  pref->name = postweg_scan_text (scan);
  return pref->name != NULL;
}

static gboolean
take_pref (PostwegScan *scan, PostwegPref *pref)
{
  static const char semicolon[] = N_ ("Line %u: “;” is missing at the end or in the line before.");

  return take_kind (scan, pref) &&
         postweg_scan_expect (scan, '(', _("Line %u: “(” is missing.")) && take_name (scan, pref) &&
                              postweg_scan_expect (
                                  scan, ',', _("Line %u: “,” is missing.")) && take_value (scan, pref) &&
                                  postweg_scan_expect (scan, ')', _("Line %u: “)” is missing.")) &&
                                                       postweg_scan_expect (scan, ';', _(semicolon));
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
read_all (PostwegScan *scan, PostwegPrefs *prefs)
{
  if (scan->size > POSTWEG_PREFS_MAX)
    return postweg_scan_fail (scan, _("The file is too big (line %u)."));
  if (scan->size >= 3 && memcmp (scan->data, "\xEF\xBB\xBF", 3) == 0)
    scan->at = 3;
  while (TRUE)
    {
      PostwegPref *pref;

      if (!postweg_scan_blanks (scan))
        return FALSE;
      if (postweg_scan_peek (scan, 0) == -1)
        return TRUE;
      pref = g_new0 (PostwegPref, 1);
      if (!take_pref (scan, pref))
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
  PostwegScan scan = { .line = 1 };

  prefs->bytes = g_bytes_ref (bytes);
  prefs->entries = g_ptr_array_new_with_free_func (pref_free);
  prefs->names = g_hash_table_new (g_str_hash, g_str_equal);
  scan.data = g_bytes_get_data (bytes, &scan.size);
  if (read_all (&scan, prefs))
    return g_steal_pointer (&prefs);
    /* the sentences are a closed list above, each with exactly one %u */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  g_set_error (error, POSTWEG_ERROR, POSTWEG_ERROR_BAD_FORMAT, scan.fault, scan.fault_line);
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
