/* Server text made harmless: valid UTF-8, no control or direction characters, of bounded length. */
#pragma once
#include <glib.h>

/* The most that is kept of one answer's text, in bytes. */
#define POSTWEG_TEXT_MAX 4000

/* Bytes that are not UTF-8 are read as ISO-8859-1. Line breaks are kept, tabs become blanks, other control characters and
 * Unicode's direction and format characters are left out.
 * Returns: (transfer full): never NULL */
char *postweg_text_clean (const char *bytes, gsize length);
