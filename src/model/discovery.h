/* What was found for an address: servers in order of preference, where they came from, how far that can be trusted. */
#pragma once
#include "model/account.h"
#include "model/address.h"
#include "model/provider.h"

typedef enum {
  POSTWEG_OUTCOME_FOUND,   /* can be used as it is */
  POSTWEG_OUTCOME_CONFIRM, /* the person must look at it first */
  POSTWEG_OUTCOME_MANUAL,  /* nothing found: the person enters the servers */
  POSTWEG_OUTCOME_EXPLAIN, /* cannot work this way: see `code` */
} PostwegOutcome;

/* Sources and trust classes have the names of the command-line contract. */
typedef struct {
  PostwegServer *server;
  guint n_auths;
  PostwegAuth auths[POSTWEG_MAX_AUTHS];
  const char *source; /* "table", "autoconfig-https", … */
  const char *trust;  /* "table", "tls", … */
} PostwegFoundServer;

typedef struct {
  PostwegAddress *address; /* NULL if the address is invalid */
  PostwegOutcome outcome;
  char *
      code; /* for EXPLAIN: "needs-bridge", "no-imap-pop", "typo:gmail.com", "invalid-address", …; else NULL */
  char *fault;        /* for "invalid-address": which fault, see postweg_address_parse(); else NULL */
  const char *source; /* of the best server, or NULL */
  const char *trust;  /* likewise */
  GPtrArray *servers; /* PostwegFoundServer, all protocols, best first */
  const PostwegProvider *provider; /* (static) or NULL */
} PostwegDiscovery;

PostwegFoundServer *postweg_found_server_new (const PostwegServer *server, const char *source,
                                              const char *trust);
void postweg_found_server_free (PostwegFoundServer *found);
PostwegDiscovery *postweg_discovery_new (void);
void postweg_discovery_free (PostwegDiscovery *discovery);
/* Returns: (transfer none): the best server found for the protocol, or NULL */
const PostwegFoundServer *postweg_discovery_best (const PostwegDiscovery *discovery,
                                                  PostwegProtocol protocol);
/* Returns: (transfer full): the account from the best servers, incoming by `protocol` (the other one if there is none) */
PostwegAccount *postweg_discovery_account (const PostwegDiscovery *discovery, PostwegProtocol protocol,
                                           const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PostwegFoundServer, postweg_found_server_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PostwegDiscovery, postweg_discovery_free)
