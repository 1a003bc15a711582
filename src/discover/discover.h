/* From an address to the accounts that can be found for it. */
#pragma once
#include "model/discovery.h"

/* Step 0, without network: normalises and validates the address, notices typing errors of big domains
 * (Damerau-Levenshtein distance 1), knows addresses that cannot work, and takes the servers from `provider`.
 * address: as typed. provider: what the table has for its domain, or NULL (checkup looks it up).
 * Returns: (transfer full): always a discovery */
PostwegDiscovery *postweg_discover_offline (const char *address, const PostwegProvider *provider,
                                            const char *const *big_domains);
