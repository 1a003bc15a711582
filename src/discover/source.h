/* A source of server settings: one small file each behind one interface; the order of trust is in rank.h. */
#pragma once
#include "discover/asked.h"
#include "model/discovery.h"
#include "wire/http.h"

/* What a source is given. Nothing is owned. */
typedef struct {
  const PostwegAddress *address;
  PostwegConsent consent;
  const GPtrArray *mail_hosts; /* char*: the domain's MX hosts, the preferred first; NULL: not known */
  gboolean mail_hosts_proven;  /* by DNSSEC */
  PostwegHttpTrust *trust;
  PostwegAsked *asked;     /* or NULL */
  const char *name_server; /* as postweg_dns_query() takes it; NULL: the system's */
  PostwegWait wait;
} PostwegSourceTask;

/* What it came back with. */
typedef struct {
  const char *source;    /* (static) its name */
  GPtrArray *servers;    /* PostwegFoundServer, in the source's order of preference */
  char *code;            /* an outcome of the contract, such as "no-such-domain", or NULL */
  gboolean final;        /* nothing else needs to be asked: the code is the answer */
  GPtrArray *asked;      /* char*: hosts */
  GPtrArray *askable;    /* PostwegAskable */
  GPtrArray *mail_hosts; /* char*: for PostwegSourceTask; only from the MX records */
  gboolean mail_hosts_proven;
  gboolean
      dns_broken; /* the name service has an answer that it cannot prove, or does not get at: not the same as "there is none" */
  gboolean refused[POSTWEG_N_PROTOCOLS]
                  [2]; /* with TLS, with STARTTLS: the domain says that this is not offered */
  GPtrArray *faults;   /* PostwegPublishNote: what is wrong with the place itself */
  char *leads_to;      /* a host of others or a domain that is said to know more, or NULL */
} PostwegSourceResult;

typedef struct {
  const char *name; /* of the contract */
  PostwegConsent consent;
  const char *after;      /* the source that must be back first; NULL: starts at once */
  gboolean only_if_empty; /* and must have found nothing */
  guint delay_ms;         /* how long the others have before this one begins */
  gboolean unproven;      /* its servers count only when a look shows that they are there */
  void (*run) (const PostwegSourceTask *task, PostwegSourceResult *result); /* blocking */
} PostwegSource;

#define POSTWEG_SOURCE_MS 3000 /* for one source, redirects included */

/* All of them. Each runs at most once for an address. */
const PostwegSource *postweg_sources (guint *n_sources);

PostwegSourceResult *postweg_source_result_new (const char *source);
void postweg_source_result_free (PostwegSourceResult *result);
/* Notes what is wrong with the place. code: static */
void postweg_source_result_fault (PostwegSourceResult *result, const char *code, const char *subject);
/* Returns: (transfer full): the name of a server as a foreign file may give it: a host name with a dot, normalised; NULL for numeric
 * addresses and names of this network only, which no certificate could prove */
char *postweg_source_host (const char *text);
/* Takes the server, and names where it is from; beside one without encryption puts what may be there with it. source, trust: static */
void postweg_source_result_add (PostwegSourceResult *result, PostwegFoundServer *found, const char *source,
                                const char *trust);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PostwegSourceResult, postweg_source_result_free)

/* The sources. */
void postweg_source_mx (const PostwegSourceTask *task, PostwegSourceResult *result);
void postweg_source_srv (const PostwegSourceTask *task, PostwegSourceResult *result);
void postweg_source_autoconfig (const PostwegSourceTask *task, PostwegSourceResult *result);
void postweg_source_well_known (const PostwegSourceTask *task, PostwegSourceResult *result);
void postweg_source_autoconfig_http (const PostwegSourceTask *task, PostwegSourceResult *result);
void postweg_source_ispdb (const PostwegSourceTask *task, PostwegSourceResult *result);
void postweg_source_mx_ispdb (const PostwegSourceTask *task, PostwegSourceResult *result);
void postweg_source_mx_autoconfig (const PostwegSourceTask *task, PostwegSourceResult *result);
void postweg_source_pacc (const PostwegSourceTask *task, PostwegSourceResult *result);
void postweg_source_autodiscover (const PostwegSourceTask *task, PostwegSourceResult *result);
void postweg_source_guess (const PostwegSourceTask *task, PostwegSourceResult *result);

/* The public database's host names, for those who are asked whether it may be asked. */
#define POSTWEG_ISPDB_HOST "v1.ispdb.net"
#define POSTWEG_ISPDB_OLD_HOST "autoconfig.thunderbird.net" /* only when the first one cannot be reached */

/* Pure: which of these mail hosts tell who runs the mailboxes; filters against spam do not. Returns: (transfer none) or NULL */
const char *postweg_mx_telling (const GPtrArray *mail_hosts);
/* Pure: the names under which a hoster publishes settings, from an MX host: without its first label, and the registrable domain.
 * Returns: (transfer full): NULL-terminated, without doubles */
char **postweg_mx_names (const char *mail_host);
