/* Makes a small certificate authority and server certificates, good and bad ones, for practising and for tests. */
#pragma once
#include <glib.h>

typedef enum {
  POSTWEG_PAPER_GOOD,
  POSTWEG_PAPER_OTHER_NAME, /* issued for another host */
  POSTWEG_PAPER_EXPIRED,
  POSTWEG_PAPER_NOT_YET_VALID,
  POSTWEG_PAPER_SELF_SIGNED,
  POSTWEG_PAPER_UNKNOWN_ISSUER, /* issued by another authority, that one's certificate is in the chain file */
  POSTWEG_PAPER_INCOMPLETE,     /* issued by an intermediate that is not in the chain file */
  POSTWEG_PAPER_ISSUER_EXPIRED, /* the intermediate has run out, the leaf has not */
  POSTWEG_PAPER_WEAK,           /* RSA 1024 */
  POSTWEG_PAPER_WRONG_PURPOSE,  /* for clients only */
} PostwegPaper;
#define POSTWEG_N_PAPERS (POSTWEG_PAPER_WRONG_PURPOSE + 1)

/* Writes PAPER.pem (chain, leaf first, without the root), PAPER.key for every kind and ca.pem (the root) into `folder`, which must
 * exist, and good.ocsp, by which a server can say that its good certificate was revoked (RFC 6960); all but OTHER_NAME are for `hosts` (NULL-terminated DNS names or IP addresses, at least one). The leaf comes from an
 * intermediate authority, as on real servers. Keys are ECDSA P-256 but for WEAK, so that this takes well under a second.
 * Returns: TRUE, or FALSE with POSTWEG_ERROR_CANNOT_WRITE, or POSTWEG_ERROR_BAD_INPUT for a host GnuTLS does not take */
gboolean postweg_certificates_make (const char *folder, const char *const *hosts, GError **error);
/* Returns: (transfer full): the file of that kind in the folder; extension "pem", "key" or "ocsp" */
char *postweg_certificate_path (const char *folder, PostwegPaper paper, const char *extension);
const char *postweg_paper_name (PostwegPaper paper); /* "good", "other-name", … */
