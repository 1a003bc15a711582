/* Fetching small files from web servers: bounded in time, size and redirects, without cookies, sign-in or anything else about us. */
#pragma once
#include "model/error.h"
#include "wire/wait.h"

#define POSTWEG_HTTP_MAX_BODY (256 * 1024)   /* bytes */
#define POSTWEG_HTTP_MAX_HEADERS (64 * 1024) /* bytes, of one answer */
#define POSTWEG_HTTP_MAX_REDIRECTS 4

/* The authorities that web servers are proven with: the system's, and the person's own. */
typedef struct _PostwegHttpTrust PostwegHttpTrust;

/* extra_file: PEM, or NULL. Errors: CANNOT_READ */
PostwegHttpTrust *postweg_http_trust_new (const char *extra_file, GError **error);
PostwegHttpTrust *postweg_http_trust_ref (PostwegHttpTrust *trust);
void postweg_http_trust_unref (PostwegHttpTrust *trust);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PostwegHttpTrust, postweg_http_trust_unref)

/* What to fetch. Nothing is owned. */
typedef struct {
  const char *url;          /* https: or, with allow_http, http: */
  const char *post;         /* the body of a POST; NULL: GET */
  const char *content_type; /* of that body */
  gboolean allow_http;      /* hops without encryption are gone, too; the answer is marked then */
  PostwegHttpTrust *trust;
  /* Whether this host may be asked; decides on each redirect to another host. NULL: on the first host only */
  gboolean (*may_ask) (const char *host, gpointer data);
  void (*asking) (const char *host, gpointer data); /* told before each hop; may be NULL */
  gpointer data;
} PostwegHttpRequest;

typedef struct {
  /* POSTWEG_OK: status 200 and a body. REJECTED: another status. CERTIFICATE: see `cert_faults`. MALFORMED: too big, encoded, too many
   * redirects, no HTTP. UNPROTECTED: led to http where only https is good. UNSUPPORTED: led to a host that may not be asked.
   * Else NO_SUCH_HOST, NO_ADDRESS, NO_DNS_ANSWER, OFFLINE, REFUSED, NO_CONNECTION, HUNG_UP, SILENT, TLS_ABORTED, OUT_OF_TIME */
  PostwegError error;
  guint status;      /* of the last hop; 0: none */
  guint cert_faults; /* POSTWEG_CERT_NAME_MISMATCH or POSTWEG_CERT_UNKNOWN_ISSUER */
  gboolean insecure; /* at least one hop was not encrypted */
  GPtrArray *hosts;  /* char*: who was asked, in order, each once */
  char *stopped_at;  /* the host that a redirect led to and that may not be asked, or NULL */
  char *type;        /* content type in lower case, without parameters; "" if none */
  GByteArray *body;
} PostwegHttpAnswer;

/* Redirects are followed one by one, at most four; a POST stays a POST. A challenge to sign in (401, 407) is an answer like any other.
 * Returns: (transfer full): the answer, or NULL when cancelled (G_IO_ERROR_CANCELLED) */
PostwegHttpAnswer *postweg_http_fetch (const PostwegHttpRequest *request, const PostwegWait *wait,
                                       GError **error);
void postweg_http_answer_free (PostwegHttpAnswer *answer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PostwegHttpAnswer, postweg_http_answer_free)
