/* One table: which ways of mending suit which cause; the first that changes something is taken.
 * Nothing is taken from a server that did not prove who it is: a name from a foreign certificate is never proposed. */
#include "diagnose/mend.h"
#include <string.h>

typedef void (*Way) (PostwegAccount *account, PostwegServer *server, const PostwegView *view);
#define MAX_WAYS 3

static void
set_text (char **text, const char *value)
{
  char *copy = g_strdup (value);

  g_free (*text);
  *text = copy;
}

static void
use_safe_port (G_GNUC_UNUSED PostwegAccount *account, PostwegServer *server, const PostwegView *view)
{
  const PostwegEvidence *safe = postweg_view_safe_port (view);

  if (safe == NULL)
    return;
  server->port = safe->server->port;
  server->security = safe->server->security;
}

static void
use_tls_here (G_GNUC_UNUSED PostwegAccount *account, PostwegServer *server, const PostwegView *view)
{
  const PostwegEvidence *tls = postweg_view_seen (view, POSTWEG_LOOK_TLS);

  if (tls != NULL && postweg_evidence_passed (tls, POSTWEG_STAGE_TLS) && tls->tls != NULL &&
      tls->tls->faults == 0)
    server->security = POSTWEG_TLS;
}

static void
use_starttls_here (G_GNUC_UNUSED PostwegAccount *account, PostwegServer *server, const PostwegView *view)
{
  const PostwegEvidence *plain = postweg_view_seen (view, POSTWEG_LOOK_PLAIN);

  if (postweg_offers_starttls (plain != NULL ? plain : view->evidence))
    server->security = POSTWEG_STARTTLS;
}

static void
use_documented_user (PostwegAccount *account, PostwegServer *server, const PostwegView *view)
{
  const PostwegProviderServer *documented = postweg_view_documented (view);
  g_autofree char *user =
      documented != NULL ? postweg_user_form_apply (documented->user, account->address) : g_strdup ("");

  if (*user != '\0')
    set_text (&server->user, user);
}

static gboolean
was_not_reached (const PostwegEvidence *evidence)
{
  const PostwegStep *failure = postweg_evidence_failure (evidence);

  return failure != NULL && failure->stage <= POSTWEG_STAGE_CONNECT;
}

/* Nobody is sent where a look has just found the door shut. */
static gboolean
is_known_dead (const PostwegView *view, const PostwegProviderServer *documented)
{
  const PostwegObservation *observation;

  for (guint i = 0; (observation = postweg_view_observation (view, i)) != NULL; i++)
    if (observation->side == view->side && observation->look != POSTWEG_LOOK_OTHER_FAMILY &&
        observation->evidence->server->port == documented->port &&
        g_ascii_strcasecmp (observation->evidence->server->host, documented->host) == 0 &&
        was_not_reached (observation->evidence))
      return TRUE;
  return FALSE;
}

static void
use_documented (PostwegAccount *account, PostwegServer *server, const PostwegView *view)
{
  const PostwegProviderServer *documented = postweg_view_documented (view);

  if (documented == NULL || is_known_dead (view, documented))
    return;
  set_text (&server->host, documented->host);
  server->port = documented->port;
  server->security = documented->security;
  use_documented_user (account, server, view);
}

static void
use_full_address (PostwegAccount *account, PostwegServer *server, G_GNUC_UNUSED const PostwegView *view)
{
  if (strchr (account->address, '@') != NULL)
    set_text (&server->user, account->address);
}

static void
use_other_user (G_GNUC_UNUSED PostwegAccount *account, PostwegServer *server, const PostwegView *view)
{
  if (postweg_view_other_signed_in (view))
    set_text (&server->user, view->other->server->user);
}

/* Sign-in of the incoming server, or with the address where that is not known. */
static void
use_incoming_sign_in (PostwegAccount *account, PostwegServer *server, G_GNUC_UNUSED const PostwegView *view)
{
  const PostwegServer *incoming = account->incoming;

  server->auth =
      incoming != NULL && incoming->auth != POSTWEG_AUTH_NONE ? incoming->auth : POSTWEG_AUTH_PASSWORD;
  set_text (&server->user, incoming != NULL && *incoming->user != '\0' ? incoming->user : account->address);
}

static gboolean
offers (const PostwegView *view, const char *const *words)
{
  char **mechanisms = view->evidence->mechanisms;

  for (; mechanisms != NULL && *words != NULL; words++)
    if (g_strv_contains ((const char *const *) mechanisms, *words))
      return TRUE;
  return FALSE;
}

static void
use_offered_auth (G_GNUC_UNUSED PostwegAccount *account, PostwegServer *server, const PostwegView *view)
{
  static const char *const password[] = { "PLAIN", "LOGIN", "USER", NULL };
  static const char *const encrypted[] = { "SCRAM-SHA-256", "SCRAM-SHA-1", "CRAM-MD5", "APOP", NULL };
  static const char *const oauth[] = { "OAUTHBEARER", "XOAUTH2", NULL };

  if (offers (view, password) && postweg_evidence_passed (view->evidence, POSTWEG_STAGE_TLS))
    server->auth = POSTWEG_AUTH_PASSWORD;
  else if (offers (view, encrypted))
    server->auth = POSTWEG_AUTH_ENCRYPTED;
  else if (offers (view, oauth))
    server->auth = POSTWEG_AUTH_OAUTH2;
}

static void
use_oauth (G_GNUC_UNUSED PostwegAccount *account, PostwegServer *server, const PostwegView *view)
{
  static const char *const oauth[] = { "OAUTHBEARER", "XOAUTH2", NULL };
  const PostwegProviderServer *documented = postweg_view_documented (view);
  gboolean known = offers (view, oauth);

  for (guint i = 0; documented != NULL && i < documented->n_auths; i++)
    known |= documented->auths[i] == POSTWEG_AUTH_OAUTH2;
  if (known)
    server->auth = POSTWEG_AUTH_OAUTH2;
}

static void
use_user_as_sender (PostwegAccount *account, PostwegServer *server, const PostwegView *view)
{
  const char *user = strchr (server->user, '@') != NULL ? server->user : NULL;

  if (user == NULL && postweg_view_other_signed_in (view) && strchr (view->other->server->user, '@') != NULL)
    user = view->other->server->user;
  if (user != NULL)
    set_text (&account->address, user);
}

/* RFC 9525 6.3: an asterisk stands for exactly the first label. */
static gboolean
name_covers (const char *name, const char *host)
{
  const char *rest = strchr (host, '.');

  if (g_ascii_strcasecmp (name, host) == 0)
    return TRUE;
  return g_str_has_prefix (name, "*.") && rest != NULL && g_ascii_strcasecmp (name + 1, rest) == 0;
}

/* Returns: the names in the server's certificate, or NULL */
static char **
certified_names (const PostwegView *view)
{
  const GPtrArray *chain = view->evidence->tls->chain;

  return chain != NULL && chain->len > 0 ? ((const PostwegCertLink *) g_ptr_array_index (chain, 0))->names
                                         : NULL;
}

static gboolean
certificate_covers (const PostwegView *view, const char *host)
{
  for (char **name = certified_names (view); name != NULL && *name != NULL; name++)
    if (name_covers (*name, host))
      return TRUE;
  return FALSE;
}

/* A name under the domain of the address, the first that the certificate spells out. */
static const char *
own_domain_name (const PostwegAccount *account, const PostwegView *view)
{
  const char *at = strrchr (account->address, '@');
  g_autofree char *end = at != NULL ? g_strconcat (".", at + 1, NULL) : NULL;

  for (char **name = certified_names (view); end != NULL && name != NULL && *name != NULL; name++)
    if (**name != '*' && g_str_has_suffix (*name, end))
      return *name;
  return NULL;
}

/* A certificate of a stranger names the stranger's host. So only names that are known otherwise count:
 * the provider's, the one of the side that works, one under the person's own domain. */
static void
use_certified_name (PostwegAccount *account, PostwegServer *server, const PostwegView *view)
{
  const PostwegProviderServer *documented = postweg_view_documented (view);
  const char *name = NULL;

  if (view->evidence->tls == NULL || view->evidence->tls->faults != POSTWEG_CERT_NAME_MISMATCH)
    return;
  if (documented != NULL && certificate_covers (view, documented->host))
    name = documented->host;
  else if (postweg_view_other_works (view) && certificate_covers (view, view->other->server->host))
    name = view->other->server->host;
  else
    name = own_domain_name (account, view);
  if (name != NULL)
    set_text (&server->host, name);
}

static void
keep_mail (PostwegAccount *account, G_GNUC_UNUSED PostwegServer *server,
           G_GNUC_UNUSED const PostwegView *view)
{
  account->pop.keep_on_server = TRUE;
  account->pop.delete_after_days = 0;
}

static const struct {
  PostwegCause cause;
  Way ways[MAX_WAYS];
} mends[] = {
  { POSTWEG_CAUSE_DNS_NO_SUCH_HOST, { use_documented } },
  { POSTWEG_CAUSE_DNS_NO_ADDRESS, { use_documented } },
  { POSTWEG_CAUSE_HOST_UNREACHABLE, { use_documented } },
  { POSTWEG_CAUSE_CONNECTION_REFUSED, { use_safe_port, use_documented } },
  { POSTWEG_CAUSE_PORT_BLOCKED, { use_safe_port, use_documented } },
  { POSTWEG_CAUSE_CONNECTION_DROPPED, { use_safe_port } },
  { POSTWEG_CAUSE_SERVER_SILENT, { use_safe_port } },
  { POSTWEG_CAUSE_WRONG_SERVICE_ON_PORT, { use_safe_port, use_documented } },
  { POSTWEG_CAUSE_TLS_ON_PLAIN_PORT, { use_starttls_here, use_safe_port, use_documented } },
  { POSTWEG_CAUSE_PLAIN_ON_TLS_PORT, { use_tls_here, use_safe_port, use_documented } },
  { POSTWEG_CAUSE_STARTTLS_NOT_OFFERED, { use_safe_port, use_documented } },
  { POSTWEG_CAUSE_STARTTLS_TEMPORARILY_UNAVAILABLE, { use_safe_port } },
  { POSTWEG_CAUSE_STARTTLS_STRIPPED, { use_safe_port } },
  { POSTWEG_CAUSE_STARTTLS_INJECTION, { use_safe_port } },
  { POSTWEG_CAUSE_PREAUTH_BEFORE_TLS, { use_safe_port } },
  { POSTWEG_CAUSE_TLS_REQUIRED, { use_starttls_here, use_safe_port, use_documented } },
  { POSTWEG_CAUSE_INSECURE_CONNECTION, { use_starttls_here, use_safe_port, use_documented } },
  { POSTWEG_CAUSE_CERT_NAME_MISMATCH, { use_certified_name } },
  { POSTWEG_CAUSE_SNI_REQUIRED, { use_documented } },
  { POSTWEG_CAUSE_USERNAME_FORMAT, { use_documented_user, use_other_user, use_full_address } },
  { POSTWEG_CAUSE_OAUTH_REQUIRED, { use_oauth } },
  { POSTWEG_CAUSE_AUTH_MECHANISM_UNSUPPORTED, { use_offered_auth } },
  { POSTWEG_CAUSE_AUTH_NOT_OFFERED, { use_safe_port, use_documented } },
  { POSTWEG_CAUSE_WRONG_SMTP_SERVER, { use_documented } },
  { POSTWEG_CAUSE_SEND_AUTH_MISSING, { use_incoming_sign_in } },
  { POSTWEG_CAUSE_OUTGOING_CREDENTIALS_DIFFER, { use_incoming_sign_in } },
  { POSTWEG_CAUSE_OUTGOING_MISSING, { use_documented } },
  { POSTWEG_CAUSE_POP_DELETES_MAIL, { keep_mail } },
  { POSTWEG_CAUSE_SENDER_NOT_OWNED, { use_user_as_sender } },
  { POSTWEG_CAUSE_SENDER_ADDRESS_INVALID, { use_user_as_sender } },
  { POSTWEG_CAUSE_IP_BLOCKLISTED, { use_safe_port, use_documented } },
  { POSTWEG_CAUSE_DYNAMIC_IP_REJECTED, { use_safe_port, use_documented } },
  { POSTWEG_CAUSE_REVERSE_DNS_MISSING, { use_safe_port, use_documented } },
  { POSTWEG_CAUSE_HELO_REJECTED, { use_safe_port, use_documented } },
};

/* Returns: whether the way changed the account */
static gboolean
try_way (Way way, PostwegAccount *account, const PostwegView *view)
{
  g_autoptr (PostwegAccount) before = postweg_account_copy (account);
  PostwegServer *server = view->side == POSTWEG_SEND ? account->outgoing : account->incoming;

  way (account, server, view);
  return !postweg_account_equal (before, account);
}

gboolean
postweg_mend (PostwegAccount *account, const PostwegView *view, PostwegCause cause)
{
  PostwegServer *server = view->side == POSTWEG_SEND ? account->outgoing : account->incoming;

  for (guint i = 0; server != NULL && i < G_N_ELEMENTS (mends); i++)
    for (guint w = 0; mends[i].cause == cause && w < MAX_WAYS && mends[i].ways[w] != NULL; w++)
      if (try_way (mends[i].ways[w], account, view))
        return TRUE;
  return FALSE;
}
