/* What a finished handshake tells about the peer's certificate. */
#pragma once
#include "model/certificate.h"
#include <gnutls/gnutls.h>

/* Fills version, cipher, chain, and every fault of the certificate for facts->host. */
void postweg_tls_facts_fill (PostwegTlsFacts *facts, gnutls_session_t session);
