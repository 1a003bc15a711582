/* From an address to the accounts that can be found for it. */
#pragma once
#include "discover/source.h"

/* Step 0, without network: normalises and validates the address, notices typing errors of big domains
 * (Damerau-Levenshtein distance 1), knows addresses that cannot work, and takes the servers from `provider`.
 * address: as typed. provider: what the table has for its domain, or NULL (checkup looks it up).
 * Returns: (transfer full): always a discovery */
PostwegDiscovery *postweg_discover_offline (const char *address, const PostwegProvider *provider,
                                            const char *const *big_domains);

/* The provider behind the domain's MX hosts: its servers, or why it has none, go into the result. */
void postweg_discover_by_mx (PostwegSourceResult *result, const PostwegProvider *provider,
                             const PostwegAddress *address);
/* The provider that Autodiscover leads to without saying more: its servers go into the result, to be confirmed. */
void postweg_discover_by_lead (PostwegSourceResult *result, const PostwegProvider *provider,
                               const PostwegAddress *address);

/* Which hosts will be asked for settings, before they are; the name service and, when nothing is published, the usual names of mail
 * servers under the domain come in addition.
 * Returns: (transfer full): char* */
GPtrArray *postweg_discover_hosts (const PostwegAddress *address, PostwegConsent consent);
