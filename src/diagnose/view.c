/* Looking at one side. */
#include "diagnose/view.h"
#include "model/address.h"
#include <string.h>

gboolean
postweg_view_init (PostwegView *view, const PostwegCase *the_case, PostwegSide side)
{
  const PostwegEvidence *evidence = side == POSTWEG_SEND ? the_case->outgoing : the_case->incoming;

  if (evidence == NULL)
    return FALSE;
  *view = (PostwegView){ .the_case = the_case, .side = side, .evidence = evidence };
  view->server = evidence->server;
  view->other = side == POSTWEG_SEND ? the_case->incoming : the_case->outgoing;
  view->failure = postweg_evidence_failure (evidence);
  return TRUE;
}

const PostwegObservation *
postweg_view_observation (const PostwegView *view, guint i)
{
  const GPtrArray *all = view->the_case->observations;

  return all != NULL && i < all->len ? g_ptr_array_index (all, i) : NULL;
}

const PostwegEvidence *
postweg_view_seen (const PostwegView *view, PostwegLook look)
{
  const PostwegObservation *observation;

  for (guint i = 0; (observation = postweg_view_observation (view, i)) != NULL; i++)
    if (observation->look == look && observation->side == view->side)
      return observation->evidence;
  return NULL;
}

static gboolean
is_observed (const PostwegView *view, const PostwegWish *wish)
{
  const PostwegObservation *observation;

  for (guint i = 0; (observation = postweg_view_observation (view, i)) != NULL; i++)
    if (observation->look == wish->look && observation->side == wish->side &&
        ((wish->look != POSTWEG_LOOK_OTHER_PORT && wish->look != POSTWEG_LOOK_OTHER_HOST) ||
         (observation->evidence->server->port == wish->server->port &&
          observation->evidence->server->security == wish->server->security &&
          g_ascii_strcasecmp (observation->evidence->server->host, wish->server->host) == 0)))
      return TRUE;
  return FALSE;
}

/* Takes the wish. */
static void
add_wish (const PostwegView *view, PostwegWish *wish, GPtrArray *wishes)
{
  for (guint i = 0; i < wishes->len; i++)
    if (postweg_wish_equal (g_ptr_array_index (wishes, i), wish))
      {
        postweg_wish_free (wish);
        return;
      }
  if (is_observed (view, wish))
    postweg_wish_free (wish);
  else
    g_ptr_array_add (wishes, wish);
}

static void
want_ports (const PostwegView *view, GPtrArray *wishes)
{
  static const PostwegSecurity securities[] = { POSTWEG_TLS, POSTWEG_STARTTLS };

  for (guint i = 0; i < G_N_ELEMENTS (securities); i++)
    {
      g_autoptr (PostwegServer) server = postweg_server_copy (view->server);

      server->security = securities[i];
      server->port = postweg_default_port (server->protocol, server->security);
      if (server->port != view->server->port && !postweg_view_port_is_closed (view, server->port))
        add_wish (view, postweg_wish_new (POSTWEG_LOOK_OTHER_PORT, view->side, server), wishes);
    }
}

/* The provider's own server name, else the domain of the address: nobody outside is asked. */
static void
want_name (const PostwegView *view, GPtrArray *wishes)
{
  g_autoptr (PostwegServer) server = postweg_server_copy (view->server);
  const PostwegProviderServer *documented = postweg_view_documented (view);
  const char *address = view->the_case->account != NULL ? view->the_case->account->address : "";
  const char *at = strrchr (address, '@');
  const char *name = at != NULL ? at + 1 : "";

  if (documented != NULL && g_ascii_strcasecmp (documented->host, server->host) != 0)
    name = documented->host;
  if (*name == '\0' || g_ascii_strcasecmp (name, server->host) == 0)
    return;
  g_free (server->host);
  server->host = g_strdup (name);
  add_wish (view, postweg_wish_new (POSTWEG_LOOK_OTHER_NAME, view->side, server), wishes);
}

/* Hosts that the provider names for the same purpose; never a stranger's. */
static void
want_hosts (const PostwegView *view, GPtrArray *wishes)
{
  const PostwegProvider *provider = view->the_case->provider;

  for (guint i = 0; provider != NULL && i < provider->n_servers; i++)
    {
      const PostwegProviderServer *named = &provider->servers[i];
      g_autoptr (PostwegServer) server =
          postweg_server_new (named->protocol, named->host, named->port, named->security, NULL);

      if ((named->protocol == POSTWEG_SMTP) == (view->side == POSTWEG_SEND) &&
          g_ascii_strcasecmp (named->host, view->server->host) != 0)
        add_wish (view, postweg_wish_new (POSTWEG_LOOK_OTHER_HOST, view->side, server), wishes);
    }
}

static void
want_pair (const PostwegView *view, GPtrArray *wishes)
{
  g_autoptr (PostwegServer) server = postweg_server_copy (view->server);

  g_free (server->user);
  server->user = g_strdup (view->other->server->user);
  add_wish (view, postweg_wish_new (POSTWEG_LOOK_INCOMING_PAIR, view->side, server), wishes);
}

static gboolean
is_documented (const PostwegView *view, const char *host)
{
  const PostwegProvider *provider = view->the_case->provider;

  for (guint i = 0; provider != NULL && i < provider->n_servers; i++)
    if (g_ascii_strcasecmp (provider->servers[i].host, host) == 0)
      return TRUE;
  return FALSE;
}

/* The IMAP server of the same operator: the one that the provider names beside this one, else the same host. Nobody else is shown the password. */
static void
want_imap (const PostwegView *view, GPtrArray *wishes)
{
  const PostwegProvider *provider = view->the_case->provider;
  g_autoptr (PostwegServer) server =
      postweg_server_new (POSTWEG_IMAP, view->server->host, postweg_default_port (POSTWEG_IMAP, POSTWEG_TLS),
                          POSTWEG_TLS, view->server->user);

  for (guint i = 0; is_documented (view, view->server->host) && i < provider->n_servers; i++)
    if (provider->servers[i].protocol == POSTWEG_IMAP && provider->servers[i].security != POSTWEG_PLAIN)
      {
        postweg_server_free (server);
        server = postweg_server_new (POSTWEG_IMAP, provider->servers[i].host, provider->servers[i].port,
                                     provider->servers[i].security, view->server->user);
        break;
      }
  server->auth = view->server->auth;
  add_wish (view, postweg_wish_new (POSTWEG_LOOK_IMAP, view->side, server), wishes);
}

void
postweg_view_want (const PostwegView *view, guint wants, GPtrArray *wishes)
{
  static const struct {
    PostwegWant want;
    PostwegLook look;
  } same_port[] = {
    { POSTWEG_WANT_PLAIN, POSTWEG_LOOK_PLAIN },
    { POSTWEG_WANT_TLS, POSTWEG_LOOK_TLS },
    { POSTWEG_WANT_OLD_TLS, POSTWEG_LOOK_OLD_TLS },
  };

  for (guint i = 0; i < G_N_ELEMENTS (same_port); i++)
    if ((wants & same_port[i].want) != 0)
      add_wish (view, postweg_wish_new (same_port[i].look, view->side, view->server), wishes);
  if ((wants & POSTWEG_WANT_PORTS) != 0)
    want_ports (view, wishes);
  if ((wants & POSTWEG_WANT_HOSTS) != 0)
    want_hosts (view, wishes);
  if ((wants & POSTWEG_WANT_NAME) != 0)
    want_name (view, wishes);
  if ((wants & POSTWEG_WANT_IMAP) != 0)
    want_imap (view, wishes);
  if ((wants & POSTWEG_WANT_PAIR) != 0 && view->other != NULL)
    want_pair (view, wishes);
}

PostwegSpeaks
postweg_view_speaks (const PostwegView *view)
{
  const PostwegEvidence *plain = postweg_view_seen (view, POSTWEG_LOOK_PLAIN);

  if (view->evidence->speaks != POSTWEG_SPEAKS_UNKNOWN && view->evidence->speaks != POSTWEG_SPEAKS_NOTHING)
    return view->evidence->speaks;
  return plain != NULL ? plain->speaks : view->evidence->speaks;
}

gboolean
postweg_view_family_is_ipv6 (const PostwegEvidence *beside)
{
  return beside->attempts->len > 0 &&
         ((const PostwegAttempt *) g_ptr_array_index (beside->attempts, 0))->ipv6;
}

gboolean
postweg_view_other_works (const PostwegView *view)
{
  return view->other != NULL && postweg_evidence_works (view->other);
}

gboolean
postweg_view_other_signed_in (const PostwegView *view)
{
  return view->other != NULL && view->other->server->auth != POSTWEG_AUTH_NONE &&
         postweg_evidence_passed (view->other, POSTWEG_STAGE_AUTH);
}

gboolean
postweg_view_same_operator (const PostwegView *view)
{
  const char *own = view->server->host, *other = view->other->server->host;

  return postweg_hosts_same_operator (own, other) ||
         (is_documented (view, own) && is_documented (view, other));
}

const PostwegProviderServer *
postweg_view_documented (const PostwegView *view)
{
  const PostwegProvider *provider = view->the_case->provider;
  const PostwegProviderServer *first = NULL;

  for (guint i = 0; provider != NULL && i < provider->n_servers; i++)
    {
      const PostwegProviderServer *server = &provider->servers[i];

      if (server->protocol != view->server->protocol)
        continue;
      if (g_ascii_strcasecmp (server->host, view->server->host) == 0)
        return server;
      if (first == NULL)
        first = server;
    }
  return first;
}

gboolean
postweg_offers_starttls (const PostwegEvidence *evidence)
{
  const char *keyword = evidence->server->protocol == POSTWEG_POP3 ? "STLS" : "STARTTLS";
  char *const *plain =
      evidence->plain_capabilities != NULL ? evidence->plain_capabilities : evidence->capabilities;

  return postweg_capability_listed (plain, keyword);
}
