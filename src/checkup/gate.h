/* The door with manners: of the jobs for one server so many at a time, fewer for one that asks for it. Main context only. */
#pragma once
#include "checkup/worker.h"

typedef struct _PostwegGate PostwegGate;

/* per_server: connections to one address at the same time, at least 1. pause_ms: after a server's first complaint, doubled with
 * each further one. */
PostwegGate *postweg_gate_new (guint per_server, guint pause_ms);
/* rested: called whenever a server's pause is over. */
void postweg_gate_watch (PostwegGate *gate, void (*rested) (gpointer data), gpointer data);
/* No job may be on its way. */
void postweg_gate_free (PostwegGate *gate);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PostwegGate, postweg_gate_free)

/* Looks the host up unless that was done during the last minutes; hosts at one address are one server from then on. `known` is called when it
 * is done, unless FALSE is returned: then it was known already. A name that is not found is known, too. */
gboolean postweg_gate_look_up (PostwegGate *gate, const char *host, GCancellable *cancellable,
                               void (*known) (gpointer data), gpointer data);
/* Returns: (transfer full): the host's numeric addresses, or NULL when they are not known */
char **postweg_gate_addresses (PostwegGate *gate, const char *host);

/* What postweg_worker_run() takes. */
typedef struct {
  const PostwegJob *job;
  gpointer input;
  GCancellable *cancellable;
  GAsyncReadyCallback done;
  gpointer data;
} PostwegGateJob;

/* postweg_worker_run() as soon as the host has room; at once when it is cancelled, as it ends early then. job: copied */
void postweg_gate_run (PostwegGate *gate, const char *host, const PostwegGateJob *job);
/* Whether a job for this host would run at once. */
gboolean postweg_gate_has_room (PostwegGate *gate, const char *host);

/* How many may be at this host's server at a time now. */
guint postweg_gate_limit (PostwegGate *gate, const char *host);
/* The server says that this was too much: half as many at a time, after a pause. Returns: how many */
guint postweg_gate_slow_down (PostwegGate *gate, const char *host);
/* Whether a server sends even a single one away, again and again: waiting does not help. */
gboolean postweg_gate_is_hopeless (PostwegGate *gate, const char *host);
/* It went well: slowly more again. */
void postweg_gate_went_well (PostwegGate *gate, const char *host);
