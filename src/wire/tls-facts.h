/* What a finished handshake tells about the peer's certificate. */
#pragma once
#include "model/certificate.h"
#include "wire/proven.h"
#include <gnutls/gnutls.h>

/* Fills version, cipher, chain, and every fault of the certificate for facts->host.
 * proven: or NULL. A chain that was proven for the same host, with the same stapled answers, is not proven again within a minute; one
 * that was refused always is. */
void postweg_tls_facts_fill (PostwegTlsFacts *facts, gnutls_session_t session, PostwegProven *proven);
