/* What a domain should publish so that mail programs find its servers; pure. */
#pragma once
#include "model/account.h"
#include "model/address.h"

/* servers: PostwegServer, the preferred first; those without encryption are left out. address: any of the domain, from which the forms of the
 * user names are told.
 * Returns: (transfer full): the text of a config-v1.1.xml; NULL when there is no server to name */
char *postweg_publish_autoconfig (const GPtrArray *servers, const PostwegAddress *address);

/* Returns: (transfer full): the lines of a zone file (RFC 6186, RFC 8314 5.1), one for each of the six services; "." says that there is none */
char *postweg_publish_srv (const GPtrArray *servers, const char *domain);

/* Servers with implicit TLS on their usual ports only. record: (out) (transfer full): the TXT line of the zone with the digest of the file.
 * Returns: (transfer full): the text of a user-agent-configuration.json (draft-ietf-mailmaint-pacc) */
char *postweg_publish_pacc (const GPtrArray *servers, const char *domain, char **record);
