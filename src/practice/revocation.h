/* An OCSP answer (RFC 6960) that says a certificate was revoked, for practice servers to staple: GnuTLS reads such answers, but makes none. */
#pragma once
#include <glib.h>
#include <gnutls/gnutls.h>
#include <gnutls/x509.h>

/* The issuer itself signs; its key must be ECDSA P-256. The certificate was revoked a day ago, the answer is an hour old and good for a week.
 * Returns: (transfer full): the answer in DER, or NULL when GnuTLS does not take the certificates */
GByteArray *postweg_revocation_make (gnutls_x509_crt_t certificate, gnutls_x509_crt_t issuer,
                                     gnutls_x509_privkey_t issuer_key);
