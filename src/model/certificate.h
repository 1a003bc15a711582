/* Everything that was learnt about a TLS connection and the certificate chain that the server showed. */
#pragma once
#include <glib.h>

typedef enum {
  POSTWEG_CERT_NAME_MISMATCH = 1 << 0,  /* no subjectAltName fits the host (RFC 9525) */
  POSTWEG_CERT_EXPIRED = 1 << 1,        /* the server's own certificate has run out */
  POSTWEG_CERT_NOT_YET_VALID = 1 << 2,  /* it starts in the future */
  POSTWEG_CERT_SELF_SIGNED = 1 << 3,    /* issuer equals subject, and it is in no trust store */
  POSTWEG_CERT_UNKNOWN_ISSUER = 1 << 4, /* the chain ends at an authority that is not trusted */
  POSTWEG_CERT_INCOMPLETE = 1 << 5,     /* the leaf's issuer is neither sent nor trusted */
  POSTWEG_CERT_ISSUER_EXPIRED = 1 << 6, /* an authority's certificate in the chain has run out */
  POSTWEG_CERT_WEAK = 1 << 7,           /* RSA below 2048 bits, or a SHA-1 or MD5 signature */
  POSTWEG_CERT_WRONG_PURPOSE = 1 << 8,  /* not meant for servers */
  POSTWEG_CERT_REVOKED = 1 << 9,        /* a stapled OCSP answer says revoked */
  POSTWEG_CERT_OTHER = 1 << 10,         /* the library refuses it for another reason: see `refusal` */
} PostwegCertFault;

typedef struct {
  char *subject, *issuer;       /* distinguished names (RFC 4514) */
  char **names;                 /* subjectAltNames: DNS names and IP addresses, NULL-terminated */
  gint64 not_before, not_after; /* seconds since 1970 */
  char *key;                    /* "RSA", "EC/ECDSA", … */
  guint bits;                   /* of the key */
  char *signature;              /* "RSA-SHA256", … */
  char *fingerprint;            /* SHA-256, upper-case hex pairs with colons */
  gboolean self_issued;         /* subject equals issuer */
} PostwegCertLink;

typedef struct {
  char *host;        /* the name that was asked for */
  char *version;     /* "TLS1.3"; NULL if the handshake did not get that far */
  char *cipher;      /* cipher suite, or NULL */
  int alert;         /* fatal alert received (RFC 8446 6), -1: none */
  GPtrArray *chain;  /* PostwegCertLink, the server's own first */
  guint faults;      /* PostwegCertFault bits; 0: proven for this host */
  char *refusal;     /* the TLS library's own words about the faults, or NULL */
  gint64 checked_at; /* the local clock, seconds since 1970 */
} PostwegTlsFacts;

PostwegTlsFacts *postweg_tls_facts_new (const char *host);
PostwegTlsFacts *postweg_tls_facts_copy (const PostwegTlsFacts *facts);
void postweg_tls_facts_free (PostwegTlsFacts *facts);
void postweg_cert_link_free (PostwegCertLink *link);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PostwegTlsFacts, postweg_tls_facts_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PostwegCertLink, postweg_cert_link_free)
