/* Blanks, comments and words of a prefs.js. */
#include "clients/thunderbird/prefs-scan.h"
#include <glib/gi18n-lib.h>

gboolean
postweg_scan_fail (PostwegScan *scan, const char *sentence)
{
  if (scan->fault == NULL)
    {
      scan->fault = sentence;
      scan->fault_line = scan->line;
    }
  return FALSE;
}

int
postweg_scan_peek (const PostwegScan *scan, gsize ahead)
{
  return scan->at + ahead < scan->size ? (guchar) scan->data[scan->at + ahead] : -1;
}

int
postweg_scan_take (PostwegScan *scan)
{
  int c = postweg_scan_peek (scan, 0);

  if (c == -1)
    return -1;
  if (c == '\n' || (c == '\r' && postweg_scan_peek (scan, 1) != '\n'))
    scan->line++;
  scan->at++;
  return c;
}

static void
skip_line (PostwegScan *scan)
{
  while (postweg_scan_peek (scan, 0) != -1 && postweg_scan_peek (scan, 0) != '\n' &&
         postweg_scan_peek (scan, 0) != '\r')
    postweg_scan_take (scan);
}

static gboolean
skip_comment (PostwegScan *scan)
{
  scan->at += 2;
  while (postweg_scan_peek (scan, 0) != '*' || postweg_scan_peek (scan, 1) != '/')
    if (postweg_scan_take (scan) == -1)
      return postweg_scan_fail (scan, _("Line %u: a comment does not end."));
  scan->at += 2;
  return TRUE;
}

static gboolean
is_blank (int c)
{
  return c == ' ' || (c >= '\t' && c <= '\r');
}

gboolean
postweg_scan_blanks (PostwegScan *scan)
{
  while (TRUE)
    {
      int c = postweg_scan_peek (scan, 0);

      if (is_blank (c))
        postweg_scan_take (scan);
      else if (c == '#' || (c == '/' && postweg_scan_peek (scan, 1) == '/'))
        skip_line (scan);
      else if (c != '/' || postweg_scan_peek (scan, 1) != '*')
        return TRUE;
      else if (!skip_comment (scan))
        return FALSE;
    }
}

gboolean
postweg_scan_expect (PostwegScan *scan, char wanted, const char *sentence)
{
  if (!postweg_scan_blanks (scan))
    return FALSE;
  if (postweg_scan_peek (scan, 0) != wanted)
    return postweg_scan_fail (scan, sentence);
  postweg_scan_take (scan);
  return TRUE;
}

gboolean
postweg_scan_is_word (int c)
{
  return c == '_' || (c != -1 && g_ascii_isalnum (c));
}

char *
postweg_scan_word (PostwegScan *scan)
{
  gsize start = scan->at;

  while (postweg_scan_is_word (postweg_scan_peek (scan, 0)))
    scan->at++;
  return g_strndup (scan->data + start, scan->at - start);
}
