/* PACC, the provider's account configuration as JSON with a digest in the name service (draft-ietf-mailmaint-pacc); pure. The draft still
 * moves: nothing outside these two files and its source knows its form. */
#pragma once
#include "model/discovery.h"

/* Returns: (transfer full): the SHA-256 digest in base64 of a record "v=UAAC1; a=sha256; d=…", or NULL if it is none */
char *postweg_pacc_digest (const char *record);
/* Whether the bytes have this digest. */
gboolean postweg_pacc_digest_fits (const char *digest, const char *bytes, gsize length);
/* Implicit TLS on the usual ports, and the address as the user name.
 * Returns: (transfer full): PostwegFoundServer without source and trust; or NULL with POSTWEG_ERROR_MALFORMED or POSTWEG_ERROR_NOT_FOUND */
GPtrArray *postweg_pacc_parse (const char *bytes, gsize length, const PostwegAddress *address,
                               GError **error);
