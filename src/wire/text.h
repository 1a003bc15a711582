/* Server text made harmless: valid UTF-8, no control or direction characters, of bounded length. */
#pragma once
#include <glib.h>

/* The most that is kept of one answer's text, in bytes. */
#define POSTWEG_TEXT_MAX 4000

/* UTF-8 as it is; other bytes as GB18030 where they stand together as Chinese characters do, else as Windows-1252.
 * Returns: (transfer full): valid UTF-8, NUL bytes as blanks */
char *postweg_text_decode (const char *bytes, gsize length);
/* Decoded like that. Line breaks are kept, tabs become blanks, other control characters and
 * Unicode's direction and format characters are left out.
 * Returns: (transfer full): never NULL */
char *postweg_text_clean (const char *bytes, gsize length);
