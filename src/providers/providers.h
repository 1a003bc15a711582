/* The bundled provider table: domain or server name -> provider, without network and without cost at start. */
#pragma once
#include "model/provider.h"

/* domain: A-labels, lower case. Returns: (transfer none): the provider, or NULL */
const PostwegProvider *postweg_providers_by_domain (const char *domain);
/* host: a server name; finds the provider that lists this server, or NULL */
const PostwegProvider *postweg_providers_by_host (const char *host);
/* mail_host: the MX host of somebody's own domain, A-labels in lower case. Returns: (transfer none): the provider whose mailboxes stand behind
 * it, or NULL */
const PostwegProvider *postweg_providers_by_mx (const char *mail_host);
/* All of them, sorted by id. */
const PostwegProvider *postweg_providers_all (guint *n_providers);
/* The biggest mail domains, for noticing typing errors; NULL-terminated. */
const char *const *postweg_providers_big_domains (void);
