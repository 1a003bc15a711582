/* Which of the servers found is the best, and what must be asked about it; pure. */
#pragma once
#include "discover/source.h"

/* Puts all servers into the discovery, best first, each once, and sets outcome, source, trust, conflicts, asked and askable.
 * Order: first those that can be used (a proven look beats silence, that beats a certificate that is not proven, that beats what is dead, that
 * beats no encryption), then by source, then as the source has them. Guesses that no look has confirmed are left out.
 * results: PostwegSourceResult; their servers' checks are filled in. */
void postweg_rank (PostwegDiscovery *discovery, const GPtrArray *results);

/* Whether the domain says in its SRV records that this guess is none. */
gboolean postweg_rank_is_refused (const GPtrArray *results, const PostwegFoundServer *found);
/* How far this source's servers stand behind: 0 is the best. */
guint postweg_rank_of (const PostwegFoundServer *found);
/* The best rank that a source can reach. */
guint postweg_rank_of_source (const char *source);
/* Returns: the rank of the better sources of a whole account (incoming and outgoing) in the results, G_MAXUINT if there is none that
 * can be used. */
guint postweg_rank_lead (const GPtrArray *results);
