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

/* Who may be asked; each level includes the ones before. */
typedef enum {
  POSTWEG_CONSENT_OFFLINE,      /* nobody */
  POSTWEG_CONSENT_DEFAULT,      /* the name service and the domain's own hosts; they learn the domain */
  POSTWEG_CONSENT_ALL,          /* the public database and the hoster, too; they learn the domain */
  POSTWEG_CONSENT_SEND_ADDRESS, /* the domain's own hosts may be told the full address, over https */
  POSTWEG_CONSENT_NEVER,        /* no request asks for this; for hosts of others that want the address */
} PostwegConsent;

const char *
postweg_consent_name (PostwegConsent consent); /* "offline" "default" "all" "send-address" "never" */
/* Not for "never". */
gboolean postweg_consent_from_name (const char *name, PostwegConsent *consent);

/* What a look at the server showed, without a sign-in. */
typedef enum {
  POSTWEG_CHECK_NONE,   /* not looked at, or no verdict */
  POSTWEG_CHECK_GOOD,   /* speaks the protocol, encrypted, with a certificate that is proven for this host */
  POSTWEG_CHECK_SILENT, /* no answer: a firewall, or a dead host */
  POSTWEG_CHECK_CERT_MISMATCH,  /* the certificate is for another name */
  POSTWEG_CHECK_CERT_UNTRUSTED, /* the certificate cannot be trusted */
  POSTWEG_CHECK_DEAD,           /* no such host, refused, another service: it cannot be used as it is */
} PostwegCheck;

const char *postweg_check_name (PostwegCheck check); /* NULL for NONE; "good" "silent" … */

/* Sources and trust classes have the names of the command-line contract. */
typedef struct {
  PostwegServer *server;
  guint n_auths;
  PostwegAuth auths[POSTWEG_MAX_AUTHS];
  const char *source; /* "table", "autoconfig-https", … */
  const char *trust;  /* "table", "tls", … */
  PostwegCheck check;
  gboolean
      tells_address; /* the host's name contains the name of the person: asking for it tells that to the name service */
  gboolean user_unsaid; /* the source has no word about the user name */
  gboolean derived;     /* nobody named it: it counts only when a look shows that it is good */
  gboolean
      foreign; /* under another registrable domain than the address, and nobody who can prove it says so */
} PostwegFoundServer;

/* Two sources name different servers. */
typedef struct {
  PostwegProtocol protocol;
  const char *field;    /* "host", "port", "security" or "user" */
  char *chosen, *other; /* its values */
  const char *source, *other_source;
} PostwegConflict;

/* Something that is missing or wrong in what a domain publishes; the words are in discover/. */
typedef struct {
  const char *code; /* (static) */
  char *subject;    /* a host, "host:port", a service or a value */
} PostwegPublishNote;

/* Somebody who could be asked, too, if the person agrees. */
typedef struct {
  char *host;
  PostwegConsent consent; /* the level at which it is asked */
} PostwegAskable;

typedef struct {
  PostwegAddress *address; /* NULL if the address is invalid */
  PostwegOutcome outcome;
  char *
      code; /* for EXPLAIN: "needs-bridge", "no-imap-pop", "typo:gmail.com", "invalid-address", …; else NULL */
  char *meant;        /* the domain that was probably meant, where the typed one exists as well; else NULL */
  char *fault;        /* for "invalid-address": which fault, see postweg_address_parse(); else NULL */
  const char *source; /* of the best server, or NULL */
  const char *trust;  /* likewise */
  GPtrArray *servers; /* PostwegFoundServer, all protocols, best first */
  const PostwegProvider *provider; /* (static) or NULL */
  GPtrArray *conflicts;            /* PostwegConflict */
  GPtrArray *notes;                /* PostwegPublishNote; only when the domain's owner asks */
  GPtrArray *asked;                /* char*: the hosts that were asked for settings, in order */
  GPtrArray *looked_at;            /* char*: the mail servers that were connected to, without a sign-in */
  GPtrArray *askable;              /* PostwegAskable */
} PostwegDiscovery;

PostwegFoundServer *postweg_found_server_new (const PostwegServer *server, const char *source,
                                              const char *trust);
PostwegFoundServer *postweg_found_server_copy (const PostwegFoundServer *found);
void postweg_found_server_free (PostwegFoundServer *found);
PostwegPublishNote *postweg_publish_note_new (const char *code, const char *subject);
void postweg_publish_note_free (PostwegPublishNote *note);
void postweg_conflict_free (PostwegConflict *conflict);
PostwegAskable *postweg_askable_new (const char *host, PostwegConsent consent);
void postweg_askable_free (PostwegAskable *askable);
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
