/* What stands behind one port of one address; nobody signs in, and no name of this computer is told. */
#pragma once
#include "model/port-map.h"
#include "wire/race.h"
#include "wire/trust.h"

/* Where to look. Nothing is owned. */
typedef struct {
  const char *host;    /* the name: for the certificate */
  const char *address; /* numeric */
  guint16 port;
  PostwegProtocol protocol;
  gboolean
      is_tls; /* encrypted from the first byte on, as far as one knows: then it is not listened for long in plain */
  PostwegTrust *trust;
  PostwegRival rival; /* ms may be NULL */
  guint test_ms;      /* for everything together */
} PostwegPortLook;

#define POSTWEG_PORT_CONNECT_MS 3000
#define POSTWEG_PORT_LISTEN_MS 2000

/* Blocking. Connects, listens, tries TLS where nothing is said, listens again. Being stopped is a result, too.
 * Returns: (transfer full): what is there, never NULL */
PostwegPort *postweg_probe_port (const PostwegPortLook *look, GCancellable *cancellable);
