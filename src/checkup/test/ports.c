/* The map of ports: the tested hosts are looked up once, then every port is knocked at at the same time. */
#include "checkup/test/errand.h"
#include "checkup/worker.h"
#include "probe/ports.h"
#include "wire/dns.h"
#include "wire/network.h"

#define DNS_MS 6000
#define PORT_MS 10000

/* Looking a host up, then knocking at one of its ports. */
typedef struct {
  PostwegTestRun *test;
  char *host;
  char *address; /* numeric; NULL while the host is looked up */
  PostwegUsualPort port;
} Visit;

static Visit *
visit_new (PostwegTestRun *test, const char *host, const char *address, PostwegUsualPort port)
{
  Visit *visit = g_new (Visit, 1);

  *visit = (Visit){ postweg_test_run_ref (test), g_strdup (host), g_strdup (address), port };
  return visit;
}

static void
visit_free (gpointer data)
{
  Visit *visit = data;

  postweg_test_run_unref (visit->test);
  g_free (visit->host);
  g_free (visit->address);
  g_free (visit);
}

static guint
left_ms (const PostwegTestRun *test, guint most)
{
  gint64 left = MAX (test->end - g_get_monotonic_time (), 0) / 1000;

  return (guint) MIN (left, most);
}

static gpointer
knock (gpointer data, GCancellable *cancellable, GError **error G_GNUC_UNUSED)
{
  const Visit *visit = data;
  PostwegRivals *rivals = &visit->test->rivals;
  const PostwegPortLook look = { .host = visit->host,
                                 .address = visit->address,
                                 .port = visit->port.port,
                                 .protocol = visit->port.protocol,
                                 .is_tls = visit->port.security == POSTWEG_TLS,
                                 .trust = visit->test->trust,
                                 .rival = { postweg_rivals_ms, rivals },
                                 .test_ms = left_ms (visit->test, PORT_MS) };
  PostwegPort *port = postweg_probe_port (&look, cancellable);

  if (port->tls != NULL || port->speaks == postweg_speaks_of (port->protocol))
    postweg_rivals_add (rivals, port->address, port->ms);
  return port;
}

static void
port_back (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer data)
{
  PostwegTestRun *test = data;
  const PostwegAccount *account = test->request->account;
  const char *const hosts[] = { account->incoming != NULL ? account->incoming->host : "",
                                account->outgoing != NULL ? account->outgoing->host : "", NULL };

  g_ptr_array_add (test->result->ports, postweg_worker_finish (result, NULL));
  postweg_port_map_sort (test->result->ports, hosts);
  test->pending--;
  postweg_test_run_back (test);
}

static void
knock_at (PostwegTestRun *test, const Visit *host, const char *address, PostwegUsualPort port)
{
  static const PostwegJob job = { knock, visit_free, (GDestroyNotify) postweg_port_free };

  test->pending++;
  postweg_worker_run (&job, visit_new (test, host->host, address, port), test->cancellable, port_back,
                      postweg_test_run_ref (test));
}

/* The servers of the account that stand on this host and are to be tested. */
static const PostwegServer *
server_on (const PostwegTestRun *test, PostwegSide side, const char *host)
{
  const PostwegAccount *account = test->request->account;
  const PostwegServer *server = side == POSTWEG_RECEIVE ? account->incoming : account->outgoing;

  if (server == NULL || (test->request->side != POSTWEG_BOTH && test->request->side != side) ||
      g_ascii_strcasecmp (server->host, host) != 0)
    return NULL;
  return server;
}

static gboolean
is_usual (guint16 port)
{
  for (guint i = 0; i < POSTWEG_N_USUAL_PORTS; i++)
    if (postweg_usual_ports[i].port == port)
      return TRUE;
  return FALSE;
}

/* The usual ports of what the host is tested for, and those that the account names. */
static void
knock_at_all (PostwegTestRun *test, const Visit *host, const char *address)
{
  for (PostwegSide side = POSTWEG_RECEIVE; side < POSTWEG_BOTH; side++)
    {
      const PostwegServer *server = server_on (test, side, host->host);

      for (guint i = 0; server != NULL && i < POSTWEG_N_USUAL_PORTS; i++)
        if ((postweg_usual_ports[i].protocol == POSTWEG_SMTP) == (side == POSTWEG_SEND))
          knock_at (test, host, address, postweg_usual_ports[i]);
      if (server != NULL && !is_usual (server->port))
        knock_at (test, host, address,
                  (PostwegUsualPort){ server->port, server->protocol, server->security });
    }
}

/* The first address of each family that this computer has a way to. */
static void
looked_up (PostwegTestRun *test, const Visit *host, GPtrArray *addresses)
{
  gboolean done[2] = { FALSE, FALSE };

  for (guint i = 0; i < addresses->len; i++)
    {
      GSocketAddress *place = g_ptr_array_index (addresses, i);
      GInetAddress *inet = g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (place));
      gboolean ipv6 = g_inet_address_get_family (inet) == G_SOCKET_FAMILY_IPV6;
      g_autofree char *address = g_inet_address_to_string (inet);

      if (done[ipv6] || !postweg_network_has_way (place))
        continue;
      done[ipv6] = TRUE;
      knock_at_all (test, host, address);
    }
}

/* What a look-up brings to the main context. */
typedef struct {
  Visit *host;
  GPtrArray *addresses; /* empty when the name is not known */
} Found;

static void
found_free (gpointer data)
{
  Found *found = data;

  visit_free (found->host);
  g_ptr_array_unref (found->addresses);
  g_free (found);
}

static gpointer
look_up (gpointer data, GCancellable *cancellable, GError **error G_GNUC_UNUSED)
{
  const Visit *visit = data;
  PostwegWait wait = postweg_wait_new (left_ms (visit->test, DNS_MS), cancellable);
  GPtrArray *addresses = postweg_dns_lookup (visit->host, visit->port.port, &wait, NULL);
  Found *found = g_new (Found, 1);

  *found = (Found){ visit_new (visit->test, visit->host, NULL, visit->port), addresses };
  if (addresses == NULL)
    found->addresses = g_ptr_array_new ();
  return found;
}

static void
host_back (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer data)
{
  PostwegTestRun *test = data;
  Found *found = postweg_worker_finish (result, NULL);

  test->pending--;
  if (!g_cancellable_is_cancelled (test->cancellable))
    looked_up (test, found->host, found->addresses);
  found_free (found);
  postweg_test_run_back (test);
}

static void
visit_host (PostwegTestRun *test, const PostwegServer *server)
{
  static const PostwegJob job = { look_up, visit_free, found_free };

  test->pending++;
  postweg_worker_run (&job, visit_new (test, server->host, NULL, (PostwegUsualPort){ .port = server->port }),
                      test->cancellable, host_back, postweg_test_run_ref (test));
}

void
postweg_ports_start (PostwegTestRun *test)
{
  const PostwegAccount *account = test->request->account;
  const PostwegServer *incoming =
      account->incoming != NULL ? server_on (test, POSTWEG_RECEIVE, account->incoming->host) : NULL;
  const PostwegServer *outgoing =
      account->outgoing != NULL ? server_on (test, POSTWEG_SEND, account->outgoing->host) : NULL;

  test->result->ports = g_ptr_array_new_with_free_func ((GDestroyNotify) postweg_port_free);
  if (incoming != NULL)
    visit_host (test, incoming);
  if (outgoing != NULL && (incoming == NULL || g_ascii_strcasecmp (incoming->host, outgoing->host) != 0))
    visit_host (test, outgoing);
}
