/* The looks of one search: which of the servers found are looked at, when, and how many at once. */
#pragma once
#include "checkup/find/look.h"
#include "discover/source.h"

typedef struct _PostwegLooks PostwegLooks;

/* thorough: every server that may be looked at is. news: called on the main context after each look. */
PostwegLooks *postweg_looks_new (const PostwegAddress *address, PostwegConsent consent, gboolean thorough,
                                 GCancellable *stop, void (*news) (gpointer data), gpointer data);
/* Nothing is told any more; looks that still run end by themselves. */
void postweg_looks_free (PostwegLooks *looks);
/* Before this there are no looks. Takes the trust. */
void postweg_looks_set_trust (PostwegLooks *looks, PostwegTrust *trust);
/* Writes what is known into the results' servers, and begins further looks that they make worth while. */
void postweg_looks_go_on (PostwegLooks *looks, const GPtrArray *results);
/* At the end: servers that have kept their look waiting for long count as silent. */
void postweg_looks_give_up (PostwegLooks *looks, const GPtrArray *results);
/* Adds the hosts that were connected to, each once. hosts: char* */
void postweg_looks_name_hosts (const PostwegLooks *looks, GPtrArray *hosts);
/* Whether looks are open at servers of this rank or a better one. */
gboolean postweg_looks_open (const PostwegLooks *looks, const GPtrArray *results, guint rank);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PostwegLooks, postweg_looks_free)
