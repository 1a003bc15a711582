/* What Evolution's service (evolution-data-server 3.46) keeps: sources, each a key file with an id of its own. */
#pragma once
#include "clients/store.h"

typedef struct {
  char *uid;
  char *path; /* on the bus, until the service ends */
  GBytes *data;
  gboolean writable; /* the service lets it be changed */
} PostwegEvolutionSource;

/* Names of such services on the session bus: its own, and those of other builds (Flatpak). NULL-terminated; empty without a bus. */
char **postweg_evolution_services (void);
/* Returns: (transfer full) (element-type PostwegEvolutionSource). Errors: CANNOT_READ. */
GPtrArray *postweg_evolution_sources (const char *service, GError **error);
/* Returns: (transfer none): or NULL */
const PostwegEvolutionSource *postweg_evolution_source (const GPtrArray *sources, const char *uid);

/* The target of a change: the same after the service has started anew. Returns: (transfer full) */
char *postweg_evolution_target (const char *service, const char *uid);
extern const PostwegStore postweg_store_evolution;
