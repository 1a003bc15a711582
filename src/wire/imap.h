/* IMAP (RFC 9051, RFC 3501): understanding answers, writing commands; pure. */
#pragma once
#include "wire/answer.h"

/* response-tagged = tag SP resp-cond-state · response-data = "*" SP … · continue-req = "+" SP …  (RFC 9051 9)
 * A tagged answer to another command than the one asked is MALFORMED (CVE-2026-42246). */
PostwegAnswerState postweg_imap_feed (PostwegAnswer *answer, const char *line);
/* Whether the line ends with a literal announcement "{n}" or "{n+}". size: (out) in bytes, G_MAXSIZE when it does not fit. */
gboolean postweg_imap_literal (const char *line, gsize *size);
/* Returns: (transfer full): the text as a quoted string, or NULL if it needs a literal (8-bit, line breaks, NUL) */
char *postweg_imap_quote (const char *text);
/* Splits a CAPABILITY response or response code. Returns: (transfer full): keywords in upper case */
char **postweg_imap_capabilities (const PostwegAnswer *answer);
/* One LIST response: (flags) "delimiter" name. name: (out) (transfer full): decoded to UTF-8 (modified UTF-7 or UTF-8).
 * flags: (out) (transfer full). Returns: FALSE if it is no LIST response */
gboolean postweg_imap_list (const char *line, char **name, char **flags);
/* Modified UTF-7 (RFC 3501 5.1.3) to UTF-8. Returns: (transfer full): the text itself if it is not well-formed */
char *postweg_imap_utf7_decode (const char *text);
/* One QUOTA response (RFC 9208): STORAGE usage and limit in KiB. Returns: FALSE if there is none */
gboolean postweg_imap_quota (const char *line, guint64 *used, guint64 *limit);
