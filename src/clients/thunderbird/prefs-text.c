/* Texts of a prefs.js: quotes and escapes. */
#include "clients/thunderbird/prefs-scan.h"
#include <glib/gi18n-lib.h>

static gboolean
take_hex (PostwegScan *scan, guint digits, guint *value)
{
  *value = 0;
  for (guint i = 0; i < digits; i++)
    {
      int c = postweg_scan_peek (scan, 0);

      if (c == -1 || !g_ascii_isxdigit (c))
        return postweg_scan_fail (scan, _("Line %u: an escape in a text has too few digits."));
      *value = *value * 16 + (guint) g_ascii_xdigit_value ((char) c);
      scan->at++;
    }
  return *value != 0 ? TRUE : postweg_scan_fail (scan, _("Line %u: a text holds a null character."));
}

/* The second half of a character beyond U+FFFF, which \u can only name in two halves (UTF-16). */
static gboolean
take_second_half (PostwegScan *scan, guint *unit)
{
  guint low = 0;

  if (postweg_scan_peek (scan, 0) == '\\' && postweg_scan_peek (scan, 1) == 'u')
    {
      scan->at += 2;
      if (!take_hex (scan, 4, &low))
        return FALSE;
    }
  *unit = 0x10000 + ((*unit - 0xD800) << 10) + (low - 0xDC00);
  return low >= 0xDC00 && low <= 0xDFFF
             ? TRUE
             : postweg_scan_fail (scan, _("Line %u: a character in a text is written incompletely."));
}

static gboolean
take_unicode (PostwegScan *scan, GString *text)
{
  guint unit;

  if (!take_hex (scan, 4, &unit))
    return FALSE;
  if (unit >= 0xDC00 && unit <= 0xDFFF)
    return postweg_scan_fail (scan, _("Line %u: a character in a text is written incompletely."));
  if (unit >= 0xD800 && unit < 0xDC00 && !take_second_half (scan, &unit))
    return FALSE;
  g_string_append_unichar (text, unit);
  return TRUE;
}

static gboolean
take_escape (PostwegScan *scan, GString *text)
{
  static const char plain[][2] = {
    { '"', '"' }, { '\'', '\'' }, { '\\', '\\' }, { 'n', '\n' }, { 'r', '\r' }
  };
  int c = postweg_scan_take (scan);
  guint byte;

  for (guint i = 0; i < G_N_ELEMENTS (plain); i++)
    if (c == plain[i][0])
      {
        g_string_append_c (text, plain[i][1]);
        return TRUE;
      }
  if (c == 'u')
    return take_unicode (scan, text);
  if (c != 'x')
    return postweg_scan_fail (scan, _("Line %u: a text holds an escape that is not known."));
  if (!take_hex (scan, 2, &byte))
    return FALSE;
  g_string_append_c (text, (char) byte);
  return TRUE;
}

/* The fault names the line where the text begins: that is where the quote is missing. */
static gboolean
end_of_text (PostwegScan *scan, guint line)
{
  scan->line = line;
  return postweg_scan_fail (scan, _("Line %u: a text does not end."));
}

char *
postweg_scan_text (PostwegScan *scan)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint line = scan->line;
  int quote = postweg_scan_take (scan);

  while (TRUE)
    {
      int c = postweg_scan_take (scan);

      if (c == quote)
        return g_strdup (text->str);
      if (c == -1 && !end_of_text (scan, line))
        return NULL;
      if (c == 0 && !postweg_scan_fail (scan, _("Line %u: a text holds a null character.")))
        return NULL;
      if (c != '\\')
        g_string_append_c (text, (char) c);
      else if (!take_escape (scan, text))
        return NULL;
    }
}
