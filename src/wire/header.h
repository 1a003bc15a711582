/* The header of a mail (RFC 5322): fields out of bytes that anybody may have written; pure and bounded. */
#pragma once
#include <glib.h>

#define POSTWEG_HEADER_MAX (64 * 1024) /* bytes that are looked at */
#define POSTWEG_HEADER_FIELDS_MAX 300  /* fields that are kept */

typedef struct {
  char *name;  /* lower case */
  char *value; /* unfolded (RFC 5322 2.2.3), cleaned like every text of a server, in one line */
} PostwegHeaderField;

/* Reads up to the empty line. Line breaks are CRLF or LF; what is no field is passed over.
 * Returns: (transfer full): PostwegHeaderField, from the top */
GPtrArray *postweg_header_parse (const char *text, gsize length);
/* Returns: (transfer none): the first field of that name, or NULL */
const char *postweg_header_get (const GPtrArray *fields, const char *name);
/* Takes the comments out of a structured field (RFC 5322 3.2.2), nested ones too. comments: (out) (optional) (transfer full): what stood in
 * them, separated by blanks. Returns: (transfer full) */
char *postweg_header_strip_comments (const char *value, char **comments);
/* A date (RFC 5322 3.3, and the obsolete zones of 4.3). Returns: FALSE for one that is none */
gboolean postweg_header_date (const char *text, gint64 *seconds);
