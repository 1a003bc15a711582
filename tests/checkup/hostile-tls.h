/* Servers that misbehave behind a complete TLS handshake, where scripts cannot reach. */
#pragma once
#include <glib.h>

typedef struct _HostileTls HostileTls;

typedef enum {
  HOSTILE_TLS_TICKETS,     /* session tickets without end (RFC 8446 4.6.1) */
  HOSTILE_TLS_RENEGOTIATE, /* asks for another handshake, again and again (TLS 1.2) */
  HOSTILE_TLS_KEY_UPDATES, /* new keys without end (RFC 8446 4.6.3) */
  HOSTILE_TLS_EMPTY,       /* records without content */
  HOSTILE_TLS_HEARTBEATS,  /* warnings without end */
  HOSTILE_TLS_GARBAGE,     /* a record that nobody can decrypt */
} HostileTlsKind;
#define N_HOSTILE_TLS (HOSTILE_TLS_GARBAGE + 1)

/* Listens on 127.0.0.1; `hello` is said first, with its line break. Files are PEM. */
HostileTls *hostile_tls_start (HostileTlsKind kind, const char *certificate, const char *key,
                               const char *hello);
guint16 hostile_tls_port (const HostileTls *server);
/* Ends and joins its threads. */
void hostile_tls_stop (HostileTls *server);
