/* Characters of a prefs.js, with the line they stand in and the first thing that is wrong. */
#pragma once
#include <glib.h>

typedef struct {
  const char *data;
  gsize size, at;
  guint line;
  const char *fault; /* translated sentence with one %u for the line; the first one counts */
  guint fault_line;
} PostwegScan;

/* Notes what is wrong. Returns: FALSE */
gboolean postweg_scan_fail (PostwegScan *scan, const char *sentence);
/* Returns: the character so far ahead, -1 at the end */
int postweg_scan_peek (const PostwegScan *scan, gsize ahead);
/* Returns: the next character, -1 at the end; CR, LF and CR LF count as one line end each */
int postweg_scan_take (PostwegScan *scan);
/* Skips blanks and comments. Returns: FALSE if a comment does not end */
gboolean postweg_scan_blanks (PostwegScan *scan);
/* Skips blanks and takes that character; `sentence` is the fault if there is another one. */
gboolean postweg_scan_expect (PostwegScan *scan, char wanted, const char *sentence);
gboolean postweg_scan_is_word (int c);
/* Returns: (transfer full): letters, digits and underscores; "" if there are none */
char *postweg_scan_word (PostwegScan *scan);
/* Returns: (transfer full): the text between the quotes at this place, escapes resolved; NULL with a fault */
char *postweg_scan_text (PostwegScan *scan);
