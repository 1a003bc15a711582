/* Boxes on the way, on a network of the test's own: one that takes STARTTLS out, one that opens the encryption with an authority of its own, a
 * portal on every port. The servers behind them write down what they hear: no password is ever among it, whatever is chosen. */
#include "../slower.h"
#include "checks.h"
#include "island.h"
#include "papers.h"
#include "practice/practice.h"
#include "scenes.h"
#include <gio/gio.h>
#include <poll.h>
#include <string.h>

#define SECRET "Leuchtturm 9"
#define USER "anna"
#define MOST_MS 12000

/* A box is known by the last byte of the address it stands in front of; the servers behind it are at 127.0.0.x with the same one. */
typedef enum {
  CUTS_OUT = 71,   /* the word STARTTLS vanishes, the command is unknown */
  OVERWRITES = 72, /* the word becomes as many X */
  INTERCEPTS = 73, /* its own certificate for every name, its own authority */
  PORTAL = 74,     /* a page on every port */
  PORTAL_TLS = 75, /* the same, behind its own certificate */
  HONEST = 76,     /* passes everything on */
  SIGNS_IN = 77,   /* takes STARTTLS out and offers to sign in without it */
} Box;
static const Box boxes[] = { CUTS_OUT, OVERWRITES, INTERCEPTS, PORTAL, PORTAL_TLS, HONEST, SIGNS_IN };

static const IslandName names[] = {
  { "good.example", ISLAND_FOUND, "192.0.2.76", NULL },
  { "cuts-out.good.example", ISLAND_FOUND, "192.0.2.71", NULL },
  { "overwrites.good.example", ISLAND_FOUND, "192.0.2.72", NULL },
  { "intercepts.good.example", ISLAND_FOUND, "192.0.2.73", NULL },
  { "portal.good.example", ISLAND_FOUND, "192.0.2.74", NULL },
  { "portal-tls.good.example", ISLAND_FOUND, "192.0.2.75", NULL },
  { "honest.good.example", ISLAND_FOUND, "192.0.2.76", NULL },
  { "signs-in.good.example", ISLAND_FOUND, "192.0.2.77", NULL },
  { NULL, ISLAND_UNKNOWN, NULL, NULL },
};
static const IslandRoute routes[] = {
  { "192.0.2.71", 0, FALSE, 0 }, { "192.0.2.72", 0, FALSE, 0 }, { "192.0.2.73", 0, FALSE, 0 },
  { "192.0.2.74", 0, FALSE, 0 }, { "192.0.2.75", 0, FALSE, 0 }, { "192.0.2.76", 0, FALSE, 0 },
  { "192.0.2.77", 0, FALSE, 0 }, { NULL, 0, TRUE, 0 },
};

static const guint16 ports[] = { 143, 993, 110, 995, 587, 465, 25, 80, 443, 2525 };

#define PAGE "S: HTTP/1.1 302 Found\nS: Location: http://login.example/\nS:\nCLOSE\n"
/* like the good ones, but the sign-in is offered before TLS, too: such servers lose passwords to whoever takes STARTTLS out */
#define IMAP_LAX                                                                                             \
  "S: * OK [CAPABILITY IMAP4rev1 STARTTLS SASL-IR AUTH=PLAIN] ready\nLOOP\nON CAPABILITY\nS: * CAPABILITY "  \
  "IMAP4rev1 STARTTLS SASL-IR AUTH=PLAIN\nS: {tag} OK\n" IMAP_PLAIN_OK IMAP_LOGIN_OK IMAP_MAILBOX ("/")      \
      IMAP_REST
#define POP3_LAX                                                                                             \
  "S: +OK ready\nLOOP\n" POP3_CAPA ("S: STLS\nS: UIDL\nS: USER\nS: SASL PLAIN\n")                            \
      POP3_PLAIN_OK POP3_USER_OK POP3_REST
#define SMTP_LAX                                                                                             \
  "S: 220 mail ESMTP\nLOOP\n" SMTP_EHLO ("S: 250-STARTTLS\nS: 250-AUTH PLAIN LOGIN\n") SMTP_PLAIN_OK SMTP_REST

/* clang-format off */
static const struct {
  guint16 port;
  const char *script, *lax;
} services[] = {
  { 143, IMAP_STARTTLS_GOOD, IMAP_LAX }, { 993, "TLS\n" IMAP_GOOD, "TLS\n" IMAP_GOOD },
  { 110, POP3_STARTTLS_GOOD, POP3_LAX }, { 995, "TLS\n" POP3_GOOD, "TLS\n" POP3_GOOD },
  { 587, SMTP_STARTTLS_GOOD, SMTP_LAX }, { 465, "TLS\n" SMTP_GOOD, "TLS\n" SMTP_GOOD },
};

typedef struct {
  const char *name;
  PostwegProtocol protocol;
  const char *host;
  guint16 port;
  PostwegSecurity security;
  const char *causes;
  gboolean trusts_box; /* its authority is installed here, as firms do */
} Row;

#define IMAP POSTWEG_IMAP
#define POP3 POSTWEG_POP3
#define SMTP POSTWEG_SMTP
#define WELL "works"
#define STRIPPED "starttls-stripped|starttls-not-offered"
#define REPLACED "cert-unknown-issuer|cert-self-signed|cert-chain-incomplete|local-mail-proxy"
#define UNPROTECTED "insecure-connection|tls-required|not-tested" /* the sign-in is left out */

static const Row rows[] = {
  { "honest/imap", IMAP, "honest.good.example", 993, POSTWEG_TLS, WELL },
  { "honest/imap-starttls", IMAP, "honest.good.example", 143, POSTWEG_STARTTLS, WELL },
  { "honest/pop3-starttls", POP3, "honest.good.example", 110, POSTWEG_STARTTLS, WELL },
  { "honest/smtp-starttls", SMTP, "honest.good.example", 587, POSTWEG_STARTTLS, WELL },
  { "cuts-out/imap", IMAP, "cuts-out.good.example", 143, POSTWEG_STARTTLS, STRIPPED },
  { "cuts-out/pop3", POP3, "cuts-out.good.example", 110, POSTWEG_STARTTLS, STRIPPED },
  { "cuts-out/smtp", SMTP, "cuts-out.good.example", 587, POSTWEG_STARTTLS, STRIPPED },
  { "overwrites/imap", IMAP, "overwrites.good.example", 143, POSTWEG_STARTTLS, STRIPPED },
  { "overwrites/pop3", POP3, "overwrites.good.example", 110, POSTWEG_STARTTLS, STRIPPED },
  { "overwrites/smtp", SMTP, "overwrites.good.example", 587, POSTWEG_STARTTLS, "starttls-stripped" },
  { "signs-in/imap", IMAP, "signs-in.good.example", 143, POSTWEG_STARTTLS, STRIPPED },
  { "signs-in/pop3", POP3, "signs-in.good.example", 110, POSTWEG_STARTTLS, STRIPPED },
  { "signs-in/smtp", SMTP, "signs-in.good.example", 587, POSTWEG_STARTTLS, STRIPPED },
  { "signs-in/imap-without-encryption", IMAP, "signs-in.good.example", 143, POSTWEG_PLAIN, UNPROTECTED },
  { "signs-in/pop3-without-encryption", POP3, "signs-in.good.example", 110, POSTWEG_PLAIN, UNPROTECTED },
  { "signs-in/smtp-without-encryption", SMTP, "signs-in.good.example", 587, POSTWEG_PLAIN, UNPROTECTED },
  { "intercepts/imap", IMAP, "intercepts.good.example", 993, POSTWEG_TLS, REPLACED },
  { "intercepts/imap-starttls", IMAP, "intercepts.good.example", 143, POSTWEG_STARTTLS, REPLACED },
  { "intercepts/pop3", POP3, "intercepts.good.example", 995, POSTWEG_TLS, REPLACED },
  { "intercepts/pop3-starttls", POP3, "intercepts.good.example", 110, POSTWEG_STARTTLS, REPLACED },
  { "intercepts/smtp", SMTP, "intercepts.good.example", 465, POSTWEG_TLS, REPLACED },
  { "intercepts/smtp-starttls", SMTP, "intercepts.good.example", 587, POSTWEG_STARTTLS, REPLACED },
  { "intercepts/trusted-imap", IMAP, "intercepts.good.example", 993, POSTWEG_TLS, WELL, TRUE },
  { "intercepts/trusted-smtp", SMTP, "intercepts.good.example", 587, POSTWEG_STARTTLS, WELL, TRUE },
  { "portal/imap", IMAP, "portal.good.example", 993, POSTWEG_TLS, "captive-portal|wrong-service-on-port" },
  { "portal/imap-starttls", IMAP, "portal.good.example", 143, POSTWEG_STARTTLS, "captive-portal|wrong-service-on-port" },
  { "portal/pop3", POP3, "portal.good.example", 995, POSTWEG_TLS, "captive-portal|wrong-service-on-port" },
  { "portal/smtp", SMTP, "portal.good.example", 465, POSTWEG_TLS, "captive-portal|wrong-service-on-port" },
  { "portal/smtp-starttls", SMTP, "portal.good.example", 587, POSTWEG_STARTTLS, "captive-portal|wrong-service-on-port" },
  { "portal-tls/imap", IMAP, "portal-tls.good.example", 993, POSTWEG_TLS, REPLACED "|captive-portal|wrong-service-on-port" },
  { "portal-tls/pop3", POP3, "portal-tls.good.example", 995, POSTWEG_TLS, REPLACED "|captive-portal|wrong-service-on-port" },
  { "portal-tls/smtp", SMTP, "portal-tls.good.example", 465, POSTWEG_TLS, REPLACED "|captive-portal|wrong-service-on-port" },
};
/* clang-format on */

static Papers papers, of_box;
static Check *checks[G_N_ELEMENTS (rows)];
static GPtrArray *servers; /* PostwegPractice behind the boxes */

/* the boxes */

static void
change_words (GString *line, Box box)
{
  static const char *const words[] = { "STARTTLS", "STLS" };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      const char *other = box == OVERWRITES ? "XXXXXXXX" + (8 - strlen (words[i])) : "NOOP";

      if (box == CUTS_OUT || box == OVERWRITES || box == SIGNS_IN)
        g_string_replace (line, words[i], other, 0);
    }
}

static gboolean
send_all (GSocket *to, const char *bytes, gsize length)
{
  for (gsize sent = 0; sent < length;)
    {
      gssize n = g_socket_send (to, bytes + sent, length - sent, NULL, NULL);

      if (n <= 0)
        return FALSE;
      sent += (gsize) n;
    }
  return TRUE;
}

/* Both ways alike: what the server offers and what the client asks for. */
static gboolean
pass (GSocket *from, GSocket *to, Box box)
{
  char bytes[4096];
  gssize length = g_socket_receive (from, bytes, sizeof bytes, NULL, NULL);
  g_autoptr (GString) text = g_string_new_len (bytes, MAX (length, 0));

  if (length <= 0)
    return FALSE;
  change_words (text, box);
  return send_all (to, text->str, text->len);
}

static void
relay (GSocket *near, GSocket *far, Box box)
{
  gboolean open = TRUE;

  while (open)
    {
      struct pollfd ends[] = { { g_socket_get_fd (near), POLLIN, 0 }, { g_socket_get_fd (far), POLLIN, 0 } };

      open = poll (ends, 2, 60000) > 0 && (ends[0].revents == 0 || pass (near, far, box)) &&
             (ends[1].revents == 0 || pass (far, near, box));
    }
}

/* Whoever comes back from the far side has the address it was sent to: it tells which box it went through. */
static gboolean
serve (GThreadedSocketService *service G_GNUC_UNUSED, GSocketConnection *connection,
       GObject *source G_GNUC_UNUSED, gpointer data G_GNUC_UNUSED)
{
  g_autoptr (GSocketAddress) own = g_socket_connection_get_local_address (connection, NULL);
  g_autoptr (GSocketAddress) peer = g_socket_connection_get_remote_address (connection, NULL);
  GInetAddress *address = g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (peer));
  guint8 box = g_inet_address_to_bytes (address)[3];
  g_autofree char *behind = g_strdup_printf ("127.0.0.%u", box);
  g_autoptr (GSocketAddress) place = g_inet_socket_address_new_from_string (
      behind, g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (own)));
  g_autoptr (GSocket) socket =
      g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL);

  if (g_socket_connect (socket, place, NULL, NULL))
    relay (g_socket_connection_get_socket (connection), socket, (Box) box);
  g_socket_close (socket, NULL);
  return TRUE;
}

static void
start_boxes (void)
{
  GSocketService *service = g_threaded_socket_service_new (128); /* until the process ends */

  g_signal_connect (service, "run", G_CALLBACK (serve), NULL);
  for (guint i = 0; i < G_N_ELEMENTS (ports); i++)
    {
      g_autoptr (GSocketAddress) place = g_inet_socket_address_new_from_string (ISLAND_V4, ports[i]);

      g_assert_true (g_socket_listener_add_address (G_SOCKET_LISTENER (service), place, G_SOCKET_TYPE_STREAM,
                                                    G_SOCKET_PROTOCOL_TCP, NULL, NULL, NULL));
    }
}

static void
start_server (Box box, guint16 port, const char *script)
{
  gboolean own = box == INTERCEPTS || box == PORTAL_TLS;
  g_autofree char *address = g_strdup_printf ("127.0.0.%u", (guint) box);
  PostwegPracticeOptions options = { .script = script,
                                     .certificate = own ? of_box.certificate : papers.certificate,
                                     .key = own ? of_box.key : papers.key,
                                     .address = address,
                                     .port = port };
  g_autoptr (GError) error = NULL;
  PostwegPractice *practice = postweg_practice_start (&options, &error);

  g_assert_no_error (error);
  g_ptr_array_add (servers, practice);
}

static void
start_servers (void)
{
  servers = g_ptr_array_new_with_free_func ((GDestroyNotify) postweg_practice_stop);
  for (guint b = 0; b < G_N_ELEMENTS (boxes); b++)
    if (boxes[b] == PORTAL || boxes[b] == PORTAL_TLS)
      for (guint i = 0; i < G_N_ELEMENTS (ports); i++)
        start_server (boxes[b], ports[i], boxes[b] == PORTAL ? PAGE : "TLS\n" PAGE);
    else
      for (guint i = 0; i < G_N_ELEMENTS (services); i++)
        start_server (boxes[b], services[i].port,
                      boxes[b] == SIGNS_IN ? services[i].lax : services[i].script);
}

/* the tests */

static void
run_checks (gboolean trusts_box)
{
  g_autoptr (GPtrArray) crowd = g_ptr_array_new ();

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      PostwegServer *server =
          postweg_server_new (rows[i].protocol, rows[i].host, rows[i].port, rows[i].security, USER);
      gboolean sends = rows[i].protocol == SMTP;

      if (rows[i].trusts_box != trusts_box)
        {
          postweg_server_free (server);
          continue;
        }
      checks[i] = check_new (sends ? NULL : server, sends ? server : NULL, "anna@good.example", SECRET);
      checks[i]->side = sends ? POSTWEG_SEND : POSTWEG_RECEIVE;
      g_ptr_array_add (crowd, checks[i]);
    }
  checks_run (crowd, trusts_box ? of_box.ca : papers.ca);
}

static void
test_row (gconstpointer data)
{
  const Row *row = data;
  const Check *check = checks[row - rows];
  const PostwegFinding *answer = check_answer (check);
  const char *cause = answer != NULL ? answer->cause : postweg_verdict_name (check->result->verdict);
  g_auto (GStrv) causes = g_strsplit (row->causes, "|", -1);

  check_tell (check);
  g_test_message ("%s: %s, %u ms", row->name, cause, (guint) (check->took_us / 1000));
  check_rules (check, SECRET);
  g_assert_true (g_strv_contains ((const char *const *) causes, cause));
  g_assert_cmpint (check->took_us, <, SLOWER * MOST_MS * 1000);
  if (strcmp (row->causes, WELL) != 0)
    g_assert_cmpuint (
        (row->protocol == SMTP ? check->result->outgoing : check->result->incoming)->login_attempts, ==, 0);
}

/* What every server and box has heard before its encryption, or without any. Those with the boxes' certificate have heard it only from
 * people who trust the box. */
static void
test_nothing_leaked (void)
{
  for (guint i = 0; i < servers->len; i++)
    {
      g_autofree char *heard = postweg_practice_heard (g_ptr_array_index (servers, i));
      char *tls = strstr (heard, "(TLS)");

      if (tls != NULL)
        *tls = '\0';
      g_assert_false (holds_secret (heard, SECRET));
    }
}

static int
run_all (void)
{
  const char *reason;
  int result = 0;

  papers_make (&papers);
  papers_make (&of_box);
  start_servers ();
  if (island_add_far (routes, &reason))
    {
      start_boxes ();
      run_checks (FALSE);
      run_checks (TRUE);
      result = g_test_run ();
    }
  else
    g_print ("1..0 # SKIP %s\n", reason);
  g_ptr_array_unref (servers);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    check_free (checks[i]);
  papers_remove (&papers);
  papers_remove (&of_box);
  return result;
}

int
main (int argc, char **argv)
{
  const char *reason;

  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  if (!island_enter (names, &reason))
    {
      g_print ("1..0 # SKIP %s\n", reason);
      return 0;
    }
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strconcat ("/checkup/middlebox/", rows[i].name, NULL);

      g_test_add_data_func (path, &rows[i], test_row);
    }
  g_test_add_func ("/checkup/middlebox-end/nothing-leaked", test_nothing_leaked);
  return run_all ();
}
