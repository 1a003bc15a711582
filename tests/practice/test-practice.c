/* Scripts played to real clients over real sockets: in plain text, through TLS, and badly. */
#include "model/error.h"
#include "practice/certificates.h"
#include "practice/practice.h"
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <gnutls/gnutls.h>
#include <string.h>

static char *papers; /* folder with certificates, made once */

typedef struct {
  GSocket *socket;
  gnutls_session_t session; /* NULL: plain text */
  gnutls_certificate_credentials_t credentials;
} Client;

static Client
client_connect (guint16 port, const char *address)
{
  g_autoptr (GSocketAddress) where = g_inet_socket_address_new_from_string (address, port);
  g_autoptr (GError) error = NULL;
  Client client = { NULL };

  client.socket = g_socket_new (g_socket_address_get_family (where), G_SOCKET_TYPE_STREAM, 0, &error);
  g_assert_no_error (error);
  g_socket_set_timeout (client.socket, 5);
  g_socket_connect (client.socket, where, NULL, &error);
  g_assert_no_error (error);
  return client;
}

static void
client_start_tls (Client *client, const char *priority, int expected)
{
  int result;

  gnutls_certificate_allocate_credentials (&client->credentials);
  gnutls_init (&client->session, GNUTLS_CLIENT | GNUTLS_NO_SIGNAL);
  g_assert_cmpint (gnutls_priority_set_direct (client->session, priority, NULL), ==, 0);
  gnutls_credentials_set (client->session, GNUTLS_CRD_CERTIFICATE, client->credentials);
  gnutls_transport_set_int (client->session, g_socket_get_fd (client->socket));
  gnutls_handshake_set_timeout (client->session, 5000);
  do
    result = gnutls_handshake (client->session);
  while (result < 0 && !gnutls_error_is_fatal (result));
  g_assert_cmpint (result, ==, expected);
  if (result < 0)
    gnutls_alert_send_appropriate (client->session, result);
}

static void
client_say (Client *client, const char *text)
{
  if (client->session != NULL)
    g_assert_cmpint (gnutls_record_send (client->session, text, strlen (text)), ==, strlen (text));
  else
    g_assert_cmpint (g_socket_send (client->socket, text, strlen (text), NULL, NULL), ==, strlen (text));
}

static gssize
client_receive (Client *client, char *bytes, gsize room)
{
  gssize got;

  if (client->session == NULL)
    return g_socket_receive (client->socket, bytes, room, NULL, NULL);
  /* GSocket makes its socket non-blocking below */
  while ((got = gnutls_record_recv (client->session, bytes, room)) == GNUTLS_E_AGAIN)
    if (!g_socket_condition_timed_wait (client->socket, G_IO_IN, 5 * G_USEC_PER_SEC, NULL, NULL))
      break;
  return got;
}

/* `end` is what the last read returned when nothing more came: 0 for an orderly end. */
static char *
client_read (Client *client, gsize max, gssize *end)
{
  g_autoptr (GString) text = g_string_new (NULL);
  char bytes[4096];
  gssize got = 1;

  while (text->len < max && got > 0)
    {
      got = client_receive (client, bytes, MIN (max - text->len, sizeof bytes));
      if (got > 0)
        g_string_append_len (text, bytes, got);
    }
  if (end != NULL)
    *end = got;
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
client_hear (Client *client, const char *expected)
{
  g_autofree char *text = client_read (client, strlen (expected), NULL);

  g_assert_cmpstr (text, ==, expected);
}

static void
client_clear (Client *client)
{
  if (client->session != NULL)
    gnutls_deinit (client->session);
  if (client->credentials != NULL)
    gnutls_certificate_free_credentials (client->credentials);
  g_clear_object (&client->socket);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Client, client_clear)

static PostwegPractice *
start (const char *script, const char *priority)
{
  g_autofree char *certificate = postweg_certificate_path (papers, POSTWEG_PAPER_GOOD, "pem");
  g_autofree char *key = postweg_certificate_path (papers, POSTWEG_PAPER_GOOD, "key");
  PostwegPracticeOptions options = {
    .script = script, .certificate = certificate, .key = key, .tls_priority = priority
  };
  g_autoptr (GError) error = NULL;
  PostwegPractice *practice = postweg_practice_start (&options, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (postweg_practice_port (practice), >, 0);
  return practice;
}

/* The server's thread may need a moment to write down what it heard. */
static void
assert_heard (PostwegPractice *practice, const char *expected)
{
  g_autofree char *heard = NULL;

  for (guint i = 0; i < 200 && g_strcmp0 (heard, expected) != 0; i++)
    {
      if (i > 0)
        g_usleep (10000);
      g_free (heard);
      heard = postweg_practice_heard (practice);
    }
  g_assert_cmpstr (heard, ==, expected);
}

static void
assert_complaint (PostwegPractice *practice, const char *expected)
{
  g_autofree char *complaint = NULL;

  for (guint i = 0; i < 200 && complaint == NULL && (i == 0 || expected != NULL); i++)
    {
      if (i > 0)
        g_usleep (10000);
      complaint = postweg_practice_complaint (practice);
    }
  g_assert_cmpstr (complaint, ==, expected);
}

typedef struct {
  const char *name;
  const char *script;
  const char *client; /* all that the client says, at once */
  const char *server; /* all that the server says until the end */
  const char *heard;
  const char *complaint; /* NULL: none */
} Play;

static const Play plays[] = {
  { "pop3", "S: +OK ready\nC: USER\nS: +OK\nC: PASS secret\nS: -ERR no\nC: QUIT\nS: +OK bye",
    "USER alice\r\nPASS secret\r\nQUIT\r\n", "+OK ready\r\n+OK\r\n-ERR no\r\n+OK bye\r\n",
    "USER alice\nPASS secret\nQUIT\n", NULL },
  { "imap-tags", "S: * OK\nC: CAPABILITY\nS: * CAPABILITY IMAP4rev1\nS: {tag} OK done\nC?\nS: {tag} BAD",
    "a1 capability\r\nzz9\r\n", "* OK\r\n* CAPABILITY IMAP4rev1\r\na1 OK done\r\nzz9 BAD\r\n",
    "a1 capability\nzz9\n", NULL },
  { "continuation", "S: * OK\nC: AUTHENTICATE PLAIN\nS: + \nC+ AGE\nS: {tag} OK\n",
    "a AUTHENTICATE PLAIN\r\nAGEAYg==\r\n", "* OK\r\n+ \r\na OK\r\n", "a AUTHENTICATE PLAIN\nAGEAYg==\n",
    NULL },
  { "literals", "S: * OK\nC: LOGIN {5}\nS: + go\nC{} alice\nC+  {3+}\nC{} x\\ny\nC+\nS: {tag} OK\n",
    "a LOGIN {5}\r\nalice {3+}\r\nx\ny\r\n", "* OK\r\n+ go\r\na OK\r\n",
    "a LOGIN {5}\nalice\n {3+}\nx\ny\n\n", NULL },
  { "partial-and-repeated", "S- 220\nS- -a\\r\\n\nREPEAT 3 220-b\\r\\n\nDRIP 1 220 c\\r\\n\nC: QUIT",
    "QUIT\n", "220-a\r\n220-b\r\n220-b\r\n220-b\r\n220 c\r\n", "QUIT\n", NULL },
  { "wrong-command", "S: 220\nC: EHLO\nS: 250 ok", "HELO me\r\n", "220\r\n", "HELO me\n",
    "Line 2 of the script: “EHLO” was expected, the client said “HELO me”." },
  { "wrong-case-is-right", "S: 220\nC: eHlO\nS: 250 ok", "EhLo me\r\n", "220\r\n250 ok\r\n", "EhLo me\n",
    NULL },
  { "loop", "S: +OK\nLOOP\nC?\nS: again\nEND", "a\r\nb\r\nc\r\n", "+OK\r\nagain\r\nagain\r\nagain\r\n",
    "a\nb\nc\n", NULL },
  { "branches",
    "S: * OK\nLOOP\nON LOGIN\n  S: {tag} NO\nON LOGOUT\n  S: * BYE\n  LEAVE\nON\n  S: {tag} BAD\nEND\nS: "
    "{tag} OK",
    "1 NOOP\r\n2 LOGIN a b\r\n3 LOGIN a c\r\n4 LOGOUT\r\n",
    "* OK\r\n1 BAD\r\n2 NO\r\n3 NO\r\n* BYE\r\n4 OK\r\n", "1 NOOP\n2 LOGIN a b\n3 LOGIN a c\n4 LOGOUT\n",
    NULL },
  { "no-branch-fits", "S: 220\nLOOP\nON EHLO\nS: 250\nON QUIT\nCLOSE\nEND", "VRFY\r\n", "220\r\n", "VRFY\n",
    "Line 7 of the script: “…” was expected, the client said “VRFY”." },
  { "words-after-the-end-are-kept", "S: 554 go away\nCLOSE", "QUIT\r\nreally\r\n", "554 go away\r\n",
    "QUIT\nreally\n", NULL },
  { "bytes-that-are-no-text", "S: 220\nC?", "\xff\xfe\r\n", "220\r\n", "\xef\xbf\xbd\xef\xbf\xbd\n", NULL },
};

static void
test_play (gconstpointer data)
{
  const Play *play = data;
  g_autoptr (PostwegPractice) practice = start (play->script, NULL);
  g_auto (Client) client = client_connect (postweg_practice_port (practice), "127.0.0.1");
  g_autofree char *text = NULL;

  client_say (&client, play->client);
  g_socket_shutdown (client.socket, FALSE, TRUE, NULL);
  text = client_read (&client, G_MAXSIZE, NULL);
  g_assert_cmpstr (text, ==, play->server);
  assert_heard (practice, play->heard);
  assert_complaint (practice, play->complaint);
  g_assert_cmpuint (postweg_practice_connections (practice), ==, 1);
}

static void
test_client_goes_too_early (void)
{
  g_autoptr (PostwegPractice) practice = start ("S: +OK\nC: QUIT", NULL);
  Client client = client_connect (postweg_practice_port (practice), "127.0.0.1");

  client_hear (&client, "+OK\r\n");
  client_clear (&client);
  assert_complaint (practice, "Line 2 of the script: “QUIT” was expected, the client went away.");
}

static void
test_each_connection_begins_anew (void)
{
  g_autoptr (PostwegPractice) practice = start ("S: 220\nC: ONE\nS: 250", NULL);

  for (guint i = 1; i <= 3; i++)
    {
      g_auto (Client) client = client_connect (postweg_practice_port (practice), "127.0.0.1");

      client_hear (&client, "220\r\n");
      client_say (&client, "ONE\r\n");
      client_hear (&client, "250\r\n");
      g_assert_cmpuint (postweg_practice_connections (practice), ==, i);
    }
  assert_heard (practice, "ONE\nONE\nONE\n");
}

static void
test_many_at_once (void)
{
  g_autoptr (PostwegPractice) practice = start ("S: 220\nC: ONE\nS: 250", NULL);
  Client clients[40];

  for (guint i = 0; i < G_N_ELEMENTS (clients); i++)
    clients[i] = client_connect (postweg_practice_port (practice), "127.0.0.1");
  for (guint i = 0; i < G_N_ELEMENTS (clients); i++)
    client_hear (&clients[i], "220\r\n");
  for (guint i = 0; i < G_N_ELEMENTS (clients); i++)
    {
      client_say (&clients[i], "ONE\r\n");
      client_hear (&clients[i], "250\r\n");
      client_clear (&clients[i]);
    }
  assert_complaint (practice, NULL);
}

static void
test_much (void)
{
  g_autoptr (PostwegPractice) practice = start ("REPEAT 300000 0123456789", NULL);
  g_auto (Client) client = client_connect (postweg_practice_port (practice), "127.0.0.1");
  g_autofree char *text = client_read (&client, G_MAXSIZE, NULL);

  g_assert_cmpuint (strlen (text), ==, 3000000);
  g_assert_true (g_str_has_suffix (text, "01234567890123456789"));
}

static void
test_reset (void)
{
  g_autoptr (PostwegPractice) practice = start ("S: 220\nC?\nRESET", NULL);
  g_auto (Client) client = client_connect (postweg_practice_port (practice), "127.0.0.1");
  g_autoptr (GError) error = NULL;
  char byte;

  client_hear (&client, "220\r\n");
  client_say (&client, "x\r\n");
  g_assert_cmpint (g_socket_receive (client.socket, &byte, 1, NULL, &error), ==, -1);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED);
}

static void
test_slow (void)
{
  g_autoptr (PostwegPractice) practice = start ("WAIT 100\nDRIP 20 220\\r\\n", NULL);
  gint64 begin = g_get_monotonic_time ();
  g_auto (Client) client = client_connect (postweg_practice_port (practice), "127.0.0.1");

  client_hear (&client, "220\r\n");
  g_assert_cmpint (g_get_monotonic_time () - begin, >=, 200 * 1000);
}

/* Whatever the server is busy with, stop ends it at once. */
static void
test_stop (gconstpointer script)
{
  PostwegPractice *practice = start (script, NULL);
  g_auto (Client) client = client_connect (postweg_practice_port (practice), "127.0.0.1");
  gint64 begin;

  for (guint i = 0; i < 200 && postweg_practice_connections (practice) == 0; i++)
    g_usleep (10000);
  g_usleep (20000);
  assert_complaint (practice, NULL);
  begin = g_get_monotonic_time ();
  postweg_practice_stop (practice);
  g_assert_cmpint (g_get_monotonic_time () - begin, <, 1000 * 1000);
}

static const char *const busy[] = {
  "HANG",          "WAIT 3600000",        "C: NEVER", "DRIP 60000 slow", "TLS", "REPEAT 100000000 0123456789",
  "S: bye\nCLOSE", "LOOP\nS: flood\nEND",
};

static void
test_implicit_tls (void)
{
  g_autoptr (PostwegPractice) practice = start ("TLS\nS: * OK\nC: LOGOUT\nS: * BYE\nS: {tag} OK", NULL);
  g_auto (Client) client = client_connect (postweg_practice_port (practice), "127.0.0.1");
  g_autofree char *rest = NULL;
  gssize end;

  client_start_tls (&client, "NORMAL", 0);
  client_hear (&client, "* OK\r\n");
  client_say (&client, "a LOGOUT\r\n");
  rest = client_read (&client, G_MAXSIZE, &end);
  g_assert_cmpstr (rest, ==, "* BYE\r\na OK\r\n");
  g_assert_cmpint (end, ==, 0);
  assert_heard (practice, "(TLS)\na LOGOUT\n");
  assert_complaint (practice, NULL);
}

static void
test_starttls (void)
{
  g_autoptr (PostwegPractice) practice =
      start ("S: 220 hi\nC: EHLO\nS: 250 STARTTLS\nC: STARTTLS\nS: 220 go\nTLS\nC: EHLO\nS: 250 ok", NULL);
  g_auto (Client) client = client_connect (postweg_practice_port (practice), "127.0.0.1");

  client_hear (&client, "220 hi\r\n");
  client_say (&client, "EHLO me\r\n");
  client_hear (&client, "250 STARTTLS\r\n");
  client_say (&client, "STARTTLS\r\n");
  client_hear (&client, "220 go\r\n");
  client_start_tls (&client, "NORMAL", 0);
  client_say (&client, "EHLO me\r\n");
  client_hear (&client, "250 ok\r\n");
  assert_heard (practice, "EHLO me\nSTARTTLS\n(TLS)\nEHLO me\n");
}

/* Without close_notify a client can tell that the end may be somebody else's doing. */
static void
test_cut (void)
{
  g_autoptr (PostwegPractice) practice = start ("TLS\nS: * OK\nCUT", NULL);
  g_auto (Client) client = client_connect (postweg_practice_port (practice), "127.0.0.1");
  g_autofree char *rest = NULL;
  gssize end;

  client_start_tls (&client, "NORMAL", 0);
  rest = client_read (&client, G_MAXSIZE, &end);
  g_assert_cmpint (end, ==, GNUTLS_E_PREMATURE_TERMINATION);
}

static void
test_old_tls (void)
{
  g_autoptr (PostwegPractice) practice = start ("TLS\nS: * OK", "NORMAL:-VERS-ALL:+VERS-TLS1.1");
  g_auto (Client) client = client_connect (postweg_practice_port (practice), "127.0.0.1");

  client_start_tls (&client, "NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2",
                    GNUTLS_E_UNSUPPORTED_VERSION_PACKET);
  assert_heard (practice, "(no TLS)\n");
}

static void
test_plain_client_on_a_tls_port (void)
{
  g_autoptr (PostwegPractice) practice = start ("TLS\nS: * OK", NULL);
  g_auto (Client) client = client_connect (postweg_practice_port (practice), "127.0.0.1");

  client_say (&client, "EHLO me, this is no handshake\r\n");
  assert_heard (practice, "(no TLS)\n");
}

static void
test_ipv6_and_own_port (void)
{
  g_autoptr (PostwegPractice) four = start ("S: four", NULL);
  PostwegPracticeOptions options = { .script = "S: six",
                                     .address = "::1",
                                     .port = postweg_practice_port (four) };
  g_autoptr (GError) error = NULL;
  g_autoptr (PostwegPractice) six = postweg_practice_start (&options, &error);

  if (g_error_matches (error, POSTWEG_ERROR, POSTWEG_ERROR_UNREACHABLE))
    {
      g_test_skip ("this computer has no ::1");
      return;
    }
  g_assert_no_error (error);
  {
    g_auto (Client) client = client_connect (postweg_practice_port (six), "::1");

    g_assert_cmpuint (postweg_practice_port (six), ==, postweg_practice_port (four));
    client_hear (&client, "six\r\n");
  }
}

static void
test_port_taken (void)
{
  g_autoptr (PostwegPractice) first = start ("HANG", NULL);
  PostwegPracticeOptions options = { .script = "HANG", .port = postweg_practice_port (first) };
  g_autoptr (GError) error = NULL;

  g_assert_null (postweg_practice_start (&options, &error));
  g_assert_error (error, POSTWEG_ERROR, POSTWEG_ERROR_ALREADY_THERE);
}

static const PostwegPracticeOptions bad_options[] = {
  { .script = "NONSENSE" },
  { .script = "TLS" },
  { .script = "TLS", .certificate = "/no/such/file", .key = "/no/such/file" },
  { .script = "TLS", .certificate = "/", .key = "/", .tls_priority = "NONSENSE" },
  { .script = "HANG", .address = "0.0.0.0" },
  { .script = "HANG", .address = "192.0.2.1" },
  { .script = "HANG", .address = "localhost" },
};

static void
test_bad_options (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (bad_options); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (postweg_practice_start (&bad_options[i], &error));
      g_assert_error (error, POSTWEG_ERROR, POSTWEG_ERROR_BAD_INPUT);
    }
}

static void
make_papers (void)
{
  static const char *const hosts[] = { "localhost", NULL };
  g_autoptr (GError) error = NULL;

  papers = g_dir_make_tmp ("postweg-practice-XXXXXX", &error);
  g_assert_no_error (error);
  postweg_certificates_make (papers, hosts, &error);
  g_assert_no_error (error);
}

static void
remove_papers (void)
{
  static const char *const extensions[] = { "pem", "key" };
  g_autofree char *ca = g_build_filename (papers, "ca.pem", NULL);

  g_remove (ca);
  for (guint i = 0; i < 2 * POSTWEG_N_PAPERS; i++)
    {
      g_autofree char *path = postweg_certificate_path (papers, i / 2, extensions[i % 2]);

      g_remove (path);
    }
  g_rmdir (papers);
  g_free (papers);
}

static void
add_tables (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (plays); i++)
    {
      g_autofree char *path = g_strdup_printf ("/practice/play/%s", plays[i].name);

      g_test_add_data_func (path, &plays[i], test_play);
    }
  for (guint i = 0; i < G_N_ELEMENTS (busy); i++)
    {
      g_autofree char *path = g_strdup_printf ("/practice/stop/%u", i);

      g_test_add_data_func (path, busy[i], test_stop);
    }
}

int
main (int argc, char **argv)
{
  int result;

  g_test_init (&argc, &argv, NULL);
  make_papers ();
  add_tables ();
  g_test_add_func ("/practice/client-goes-too-early", test_client_goes_too_early);
  g_test_add_func ("/practice/each-connection-begins-anew", test_each_connection_begins_anew);
  g_test_add_func ("/practice/many-at-once", test_many_at_once);
  g_test_add_func ("/practice/much", test_much);
  g_test_add_func ("/practice/reset", test_reset);
  g_test_add_func ("/practice/slow", test_slow);
  g_test_add_func ("/practice/tls/implicit", test_implicit_tls);
  g_test_add_func ("/practice/tls/starttls", test_starttls);
  g_test_add_func ("/practice/tls/cut", test_cut);
  g_test_add_func ("/practice/tls/old", test_old_tls);
  g_test_add_func ("/practice/tls/plain-client", test_plain_client_on_a_tls_port);
  g_test_add_func ("/practice/ipv6-and-own-port", test_ipv6_and_own_port);
  g_test_add_func ("/practice/port-taken", test_port_taken);
  g_test_add_func ("/practice/bad-options", test_bad_options);
  result = g_test_run ();
  remove_papers ();
  return result;
}
