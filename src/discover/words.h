/* What discovery says to people. */
#pragma once
#include "model/discovery.h"

/* What was found, or why nothing can be: one or two sentences, translated. Returns: (transfer full) */
char *postweg_discover_words (const PostwegDiscovery *discovery);
/* What a provider demands, as a sentence. Returns: (transfer full) */
char *postweg_prerequisite_words (const PostwegPrerequisite *prerequisite);
