/* What a domain's owner should change in what is published; pure. */
#pragma once
#include "discover/source.h"

/* Adds PostwegPublishNote to the discovery, which is ranked already. results: PostwegSourceResult of a thorough search */
void postweg_lint (PostwegDiscovery *discovery, const GPtrArray *results);
/* What there is and what to do about it. Returns: (transfer full): a line, translated */
char *postweg_lint_words (const PostwegPublishNote *note);
