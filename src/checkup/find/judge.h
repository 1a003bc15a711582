/* What a search amounts to, when nothing more comes in. */
#pragma once
#include "discover/source.h"

/* Returns: (transfer none): what this source came back with, or NULL */
const PostwegSourceResult *postweg_find_result_of (const GPtrArray *results, const char *source);
/* Fills the discovery in: servers, outcome, code, provider, who could still be asked. */
void postweg_find_judge (PostwegDiscovery *discovery, const GPtrArray *results, PostwegConsent consent,
                         gboolean thorough);
