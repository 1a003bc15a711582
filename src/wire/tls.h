/* TLS over a connected socket with GnuTLS: handshake, every certificate fact, reading and writing with deadlines. */
#pragma once
#include "model/certificate.h"
#include "model/evidence.h"
#include "wire/trust.h"
#include "wire/wait.h"

typedef struct _PostwegTls PostwegTls;

typedef enum {
  POSTWEG_TLS_STRICT, /* TLS 1.2 or newer */
  POSTWEG_TLS_OLD,    /* TLS 1.0 and weak ciphers too: only to name a cause, never to sign in */
} PostwegTlsKind;

/* Shakes hands and proves the certificate for `host`.
 * facts: filled as far as the handshake came, also on an error; must live as long as the result.
 * first: (out): what the peer spoke when it was no TLS.
 * Returns: (transfer full): the session, even when the certificate is not proven (then `facts->faults` is set and nothing secret may be
 * sent); or NULL with NOT_TLS, TLS_VERSION, TLS_CIPHER, TLS_ALERT, TLS_ABORTED, SILENT, OUT_OF_TIME, G_IO_ERROR_CANCELLED */
PostwegTls *postweg_tls_new (GSocket *socket, PostwegTrust *trust, PostwegTlsKind kind,
                             PostwegTlsFacts *facts, const PostwegWait *wait, PostwegSpeaks *first,
                             GError **error);
void postweg_tls_free (PostwegTls *tls);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PostwegTls, postweg_tls_free)

/* Returns: the number of bytes, 0 at the end of the stream, -1 with SILENT, HUNG_UP, TLS_ALERT, OUT_OF_TIME, CANCELLED */
gssize postweg_tls_read (PostwegTls *tls, char *buffer, gsize size, const PostwegWait *wait, GError **error);
gboolean postweg_tls_write (PostwegTls *tls, const char *bytes, gsize length, const PostwegWait *wait,
                            GError **error);

/* Which protocol these first bytes belong to. */
PostwegSpeaks postweg_speaks_by_bytes (const char *bytes, gsize length);
