/* The authorities that are believed: the system's, and what the person adds for this run. */
#pragma once
#include "wire/proven.h"
#include <gnutls/gnutls.h>
#include <glib.h>

typedef struct _PostwegTrust PostwegTrust;

/* Reads no more than a few MiB: what is named may be a device that never ends.
 * Returns: (transfer full): NULL with CANNOT_READ, or BAD_FORMAT for what is too large or no PEM */
GByteArray *postweg_trust_read_file (const char *file, GError **error);
/* Loads the system's store, and one more PEM file if extra_file is not NULL. Costs some ms: once per run.
 * Errors: CANNOT_READ, BAD_FORMAT for the extra file. */
PostwegTrust *postweg_trust_new (const char *extra_file, GError **error);
PostwegTrust *postweg_trust_ref (PostwegTrust *trust);
void postweg_trust_unref (PostwegTrust *trust);
/* Returns: (transfer none): may be used by several threads at once, none changes it */
gnutls_certificate_credentials_t postweg_trust_credentials (PostwegTrust *trust);
/* Returns: (transfer none): what was proven with these authorities */
PostwegProven *postweg_trust_proven (PostwegTrust *trust);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PostwegTrust, postweg_trust_unref)
