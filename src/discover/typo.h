/* Typing errors in the names of big mail domains. */
#pragma once
#include <glib.h>

/* domain: A-labels, lower case, known not to be a provider's. big_domains: NULL-terminated, the likeliest first.
 * Finds slips of one letter (Damerau-Levenshtein distance 1) that hardly are another real domain:
 * short names only with swapped or doubled letters, endings only where the typed one is no country's.
 * Returns: (transfer none): the domain that was probably meant, an element of big_domains; or NULL */
const char *postweg_likely_domain (const char *domain, const char *const *big_domains);
