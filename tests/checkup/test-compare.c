/* What is different between two tests of the same account, and between two networks. */
#include "checkup/checkup.h"
#include "checkup/compare.h"
#include <string.h>

#define ROUTES_HEAD "Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT\n"
#define HOME_ROUTE "wlan0\t00000000\t0101A8C0\t0003\t0\t0\t600\t00000000\t0\t0\t0\n"
#define WIRED_ROUTE "eth0\t00000000\t010200C0\t0003\t0\t0\t100\t00000000\t0\t0\t0\n"
#define TUNNEL_ROUTE "tun0\t00000000\t0100000A\t0003\t0\t0\t50\t00000000\t0\t0\t0\n"
#define HALF_ROUTE "wg0\t00000000\t00000000\t0001\t0\t0\t0\t00000080\t0\t0\t0\n"
#define LOCAL_ROUTE "wlan0\t0001A8C0\t00000000\t0001\t0\t0\t600\t00FFFFFF\t0\t0\t0\n"
#define ARP_HEAD "IP address       HW type     Flags       HW address            Mask     Device\n"
#define ARP_HOME "192.168.1.1      0x1         0x2         02:00:00:00:00:01     *        wlan0\n"
#define ARP_CAFE "192.168.1.1      0x1         0x2         02:00:00:00:00:99     *        wlan0\n"
#define ARP_EMPTY "192.168.1.1      0x1         0x0         00:00:00:00:00:00     *        wlan0\n"
#define ARP_OTHER "192.168.1.1      0x1         0x2         02:00:00:00:00:05     *        eth7\n"

#if G_BYTE_ORDER != G_LITTLE_ENDIAN
#error the tables above are written as a little-endian kernel prints them
#endif

static const struct {
  const char *what, *routes, *neighbours;
  const char *gateway, *hardware;
  gboolean vpn;
} networks[] = {
  { "nothing can be read", NULL, NULL, NULL, NULL, FALSE },
  { "no route", ROUTES_HEAD, ARP_HEAD ARP_HOME, NULL, NULL, FALSE },
  { "a route to neighbours only", ROUTES_HEAD LOCAL_ROUTE, ARP_HEAD ARP_HOME, NULL, NULL, FALSE },
  { "at home", ROUTES_HEAD HOME_ROUTE LOCAL_ROUTE, ARP_HEAD ARP_HOME, "wlan0 192.168.1.1",
    "02:00:00:00:00:01", FALSE },
  { "the nearer way counts", ROUTES_HEAD HOME_ROUTE WIRED_ROUTE, NULL, "eth0 192.0.2.1", NULL, FALSE },
  { "in whatever order", ROUTES_HEAD WIRED_ROUTE HOME_ROUTE, NULL, "eth0 192.0.2.1", NULL, FALSE },
  { "a tunnel is not the network", ROUTES_HEAD TUNNEL_ROUTE HOME_ROUTE, ARP_HEAD ARP_HOME,
    "wlan0 192.168.1.1", "02:00:00:00:00:01", TRUE },
  { "a tunnel that halves the world", ROUTES_HEAD HOME_ROUTE HALF_ROUTE, NULL, "wlan0 192.168.1.1", NULL,
    TRUE },
  { "not answered yet", ROUTES_HEAD HOME_ROUTE, ARP_HEAD ARP_EMPTY, "wlan0 192.168.1.1", NULL, FALSE },
  { "the same number on another wire", ROUTES_HEAD HOME_ROUTE, ARP_HEAD ARP_OTHER, "wlan0 192.168.1.1", NULL,
    FALSE },
  { "cut off", "wlan0\t00000000\t01", "192.168.1.1 0x1", NULL, NULL, FALSE },
  { "no table at all", "\n\n\t \xff\n", "\n", NULL, NULL, FALSE },
};

static void
test_networks (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (networks); i++)
    {
      g_autoptr (PostwegSurroundings) network =
          postweg_surroundings_parse (networks[i].routes, networks[i].neighbours);

      g_test_message ("%s", networks[i].what);
      g_assert_cmpstr (network->gateway, ==, networks[i].gateway);
      g_assert_cmpstr (network->hardware, ==, networks[i].hardware);
      g_assert_cmpint (network->vpn, ==, networks[i].vpn);
    }
}

static const struct {
  const char *a, *a_neighbours, *b, *b_neighbours;
  gboolean differ;
} pairs[] = {
  { HOME_ROUTE, ARP_HOME, HOME_ROUTE, ARP_HOME, FALSE },
  { HOME_ROUTE, ARP_HOME, HOME_ROUTE, ARP_CAFE, TRUE }, /* the same numbers, another box */
  { HOME_ROUTE, ARP_HOME, HOME_ROUTE, NULL, FALSE },    /* doubt is no difference */
  { HOME_ROUTE, ARP_HOME, WIRED_ROUTE, NULL, TRUE },
  { HOME_ROUTE, NULL, NULL, NULL, FALSE },
  { NULL, NULL, NULL, NULL, FALSE },
};

static void
test_differ (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      g_autoptr (PostwegSurroundings) a = postweg_surroundings_parse (pairs[i].a, pairs[i].a_neighbours);
      g_autoptr (PostwegSurroundings) b = postweg_surroundings_parse (pairs[i].b, pairs[i].b_neighbours);

      g_assert_cmpint (postweg_surroundings_differ (a, b), ==, pairs[i].differ);
      g_assert_cmpint (postweg_surroundings_differ (b, a), ==, pairs[i].differ);
    }
}

/* Whatever this computer has: it can be asked, and is where it is. */
static void
test_now (void)
{
  g_autoptr (PostwegSurroundings) now = postweg_surroundings_now ();
  g_autoptr (PostwegSurroundings) copy = postweg_surroundings_copy (now);

  g_assert_false (postweg_surroundings_differ (now, copy));
  g_assert_cmpint (now->vpn, ==, copy->vpn);
}

/* How a side went: OK, where it failed, or neither. */
typedef enum { NONE, SKIPPED, OK, AT_CONNECT, AT_TLS, AT_AUTH, AT_SENDER } Went;

static const PostwegStage failed_at[] = {
  [AT_CONNECT] = POSTWEG_STAGE_CONNECT,
  [AT_TLS] = POSTWEG_STAGE_TLS,
  [AT_AUTH] = POSTWEG_STAGE_AUTH,
  [AT_SENDER] = POSTWEG_STAGE_SENDER,
};

static PostwegEvidence *
evidence_of (const PostwegServer *server, Went went)
{
  PostwegEvidence *evidence = went != NONE ? postweg_evidence_new (server) : NULL;

  for (PostwegStage stage = POSTWEG_STAGE_DNS; evidence != NULL && stage <= POSTWEG_STAGE_RECIPIENT; stage++)
    {
      gboolean fails = went > OK && stage == failed_at[went];
      gboolean skips = went == SKIPPED && stage == POSTWEG_STAGE_AUTH;

      g_ptr_array_add (evidence->steps, postweg_step_new (stage,
                                                          fails   ? POSTWEG_STEP_FAILED
                                                          : skips ? POSTWEG_STEP_SKIPPED
                                                                  : POSTWEG_STEP_OK,
                                                          skips ? POSTWEG_ERROR_NO_SECRET : POSTWEG_OK));
      if (fails)
        break;
    }
  return evidence;
}

typedef struct {
  Went receiving, sending;
  guint16 port; /* of the outgoing server */
  const char *routes;
  guint16 open; /* seen beside, of the outgoing server; 0: none */
} Test;

static PostwegMemory *
memory_of (const Test *test, const char *host)
{
  g_autoptr (PostwegServer) incoming =
      postweg_server_new (POSTWEG_IMAP, "imap.example.org", 993, POSTWEG_TLS, "anna");
  g_autoptr (PostwegServer) outgoing =
      postweg_server_new (POSTWEG_SMTP, host, test->port, POSTWEG_TLS, "anna");
  g_autoptr (PostwegAccount) account = postweg_account_new ("Anna", "anna@example.org", incoming, outgoing);
  g_autoptr (PostwegTestResult) result = postweg_test_result_new (account);
  g_autoptr (PostwegSurroundings) where = postweg_surroundings_parse (test->routes, NULL);

  result->incoming = evidence_of (incoming, test->receiving);
  result->outgoing = evidence_of (outgoing, test->sending);
  if (test->open != 0)
    {
      PostwegPort *port = postweg_port_new (host, "192.0.2.7", test->open, POSTWEG_SMTP);

      port->state = POSTWEG_PORT_OPEN;
      result->ports = g_ptr_array_new_with_free_func ((GDestroyNotify) postweg_port_free);
      g_ptr_array_add (result->ports, port);
    }
  return postweg_memory_new (result, 1000, where);
}

#define HOST "smtp.example.org"

static const struct {
  const char *what;
  Test before, after;
  const char *host; /* of the outgoing server */
  const char *lines;
} rows[] = {
  { "both times well", { OK, OK, 465 }, { OK, OK, 465 }, HOST, "Nothing has changed since then." },
  { "both times alike", { OK, AT_AUTH, 465 }, { OK, AT_AUTH, 465 }, HOST, "Nothing has changed since then." },
  { "broken since",
    { OK, OK, 465 },
    { OK, AT_AUTH, 465 },
    HOST,
    "Sending worked then. Now it ends at the station “Sign-In”." },
  { "mended since",
    { AT_TLS, OK, 465 },
    { OK, OK, 465 },
    HOST,
    "Receiving ended at the station “Encryption” then. Now it works." },
  { "further than before",
    { OK, AT_AUTH, 465 },
    { OK, AT_SENDER, 465 },
    HOST,
    "Sending ended at the station “Sign-In” then, and ends at “Sender” now." },
  { "each the other way",
    { OK, AT_AUTH, 465 },
    { AT_AUTH, OK, 465 },
    HOST,
    "Receiving worked then. Now it ends at the station “Sign-In”.|"
    "Sending ended at the station “Sign-In” then. Now it works." },
  { "another network closes the port",
    { OK, OK, 587, HOME_ROUTE },
    { OK, AT_CONNECT, 587, WIRED_ROUTE },
    HOST,
    "Sending worked then. Now it ends at the station “Connection”.|"
    "Then smtp.example.org answered on port 587. Now it does not.|"
    "This computer is in another network than then." },
  { "the map of ports had seen it open",
    { OK, AT_AUTH, 465, NULL, 587 },
    { OK, AT_CONNECT, 587 },
    HOST,
    "Sending ended at the station “Sign-In” then, and ends at “Connection” now.|"
    "Then smtp.example.org answered on port 587. Now it does not.|"
    "Then it was smtp.example.org, port 465, that was tested; now it is smtp.example.org, port 587." },
  { "the map of ports sees it open now",
    { OK, AT_AUTH, 587 },
    { OK, AT_CONNECT, 587, NULL, 587 },
    HOST,
    "Sending ended at the station “Sign-In” then, and ends at “Connection” now." },
  { "mended by another port",
    { OK, AT_CONNECT, 587 },
    { OK, OK, 465 },
    HOST,
    "Sending ended at the station “Connection” then. Now it works.|"
    "Then it was smtp.example.org, port 587, that was tested; now it is smtp.example.org, port 465." },
  { "ports of practice servers are of no account",
    { OK, OK, 40001 },
    { OK, OK, 40002 },
    "localhost",
    "Nothing has changed since then." },
  { "the tunnel is off",
    { OK, OK, 465, TUNNEL_ROUTE HOME_ROUTE },
    { OK, OK, 465, HOME_ROUTE },
    HOST,
    "Then a VPN was switched on. Now it is off." },
  { "the tunnel is on",
    { OK, OK, 465, HOME_ROUTE },
    { OK, AT_CONNECT, 465, TUNNEL_ROUTE HOME_ROUTE },
    HOST,
    "Sending worked then. Now it ends at the station “Connection”.|"
    "Then smtp.example.org answered on port 465. Now it does not.|"
    "Then no VPN was switched on. Now one is." },
  { "one side only",
    { OK, NONE, 465 },
    { AT_AUTH, NONE, 465 },
    HOST,
    "Receiving worked then. Now it ends at the station “Sign-In”." },
  { "no side in common", { OK, NONE, 465 }, { NONE, OK, 465, WIRED_ROUTE }, HOST, "" },
  { "nothing tested", { SKIPPED, SKIPPED, 465, HOME_ROUTE }, { OK, OK, 465, WIRED_ROUTE }, HOST, "" },
};

static void
test_compare (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autoptr (PostwegMemory) before = memory_of (&rows[i].before, rows[i].host);
  g_autoptr (PostwegMemory) after = memory_of (&rows[i].after, rows[i].host);
  g_autoptr (GPtrArray) lines = postweg_memory_compare (before, after);
  g_autofree char *text = NULL;

  g_ptr_array_add (lines, NULL);
  text = g_strjoinv ("|", (char **) lines->pdata);
  g_assert_cmpstr (text, ==, rows[i].lines);
}

#define HOUR (60 * 60)

static void
test_heading (void)
{
  g_autoptr (GDateTime) noon = g_date_time_new_local (2026, 1, 1, 12, 0, 0);
  gint64 now = g_date_time_to_unix (noon);
  const struct {
    gint64 when;
    const char *begins;
  } headings[] = {
    { now - HOUR, "Compared with the Test at 11:00" },
    { now - 13 * HOUR, "Compared with the Test Yesterday at 23:00" },
    { now - 36 * HOUR - 60, "Compared with the Test on " },
    { now - 365 * 24 * HOUR, "Compared with the Test on " }, /* the same day of another year */
  };

  for (guint i = 0; i < G_N_ELEMENTS (headings); i++)
    {
      g_autoptr (PostwegServer) server = postweg_server_new (POSTWEG_IMAP, "a", 993, POSTWEG_TLS, "a");
      g_autoptr (PostwegAccount) account = postweg_account_new ("", "", server, NULL);
      g_autoptr (PostwegTestResult) result = postweg_test_result_new (account);
      g_autoptr (PostwegSurroundings) nowhere = postweg_surroundings_parse (NULL, NULL);
      g_autoptr (PostwegMemory) memory = postweg_memory_new (result, headings[i].when, nowhere);
      g_autofree char *heading = postweg_memory_heading (memory, now);

      g_assert_true (g_str_has_prefix (heading, headings[i].begins));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/compare/networks", test_networks);
  g_test_add_func ("/compare/networks/differ", test_differ);
  g_test_add_func ("/compare/networks/now", test_now);
  g_test_add_func ("/compare/heading", test_heading);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strdup_printf ("/compare/tests/%s", rows[i].what);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_compare);
    }
  return g_test_run ();
}
