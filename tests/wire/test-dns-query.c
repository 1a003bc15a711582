/* Questions to a name server of the test's own, on a port of loopback: what it answers, what it loses, and being stopped. */
#include "../slower.h"
#include "wire/dns-query.h"
#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define MAX_PACKET 1500
#define HEADER 12

/* What the server does is the first label of the question. */
typedef enum { FOUND, SIGNED, NO_NAME, NO_DATA, BROKEN, REFUSED, SILENT, LOST, STRANGE, N_KINDS } Kind;
static const char *const kinds[N_KINDS] = { "found",   "signed", "no-name", "no-data", "broken",
                                            "refused", "silent", "lost",    "strange" };

typedef struct {
  int socket;
  GThread *thread;
  char *address; /* "127.0.0.1:PORT" */
  int lost;      /* atomic: how many questions were lost */
  int asked;     /* atomic */
  int with_ad;   /* atomic: how many asked for the AD bit */
} Server;

static Kind
kind_of (const guint8 *packet)
{
  guint kind = 0;

  while (kind < N_KINDS - 1 && (strlen (kinds[kind]) != packet[HEADER] ||
                                memcmp (packet + HEADER + 1, kinds[kind], packet[HEADER]) != 0))
    kind++;
  return (Kind) kind;
}

static gsize
end_of_question (const guint8 *packet)
{
  gsize at = HEADER;

  while (packet[at] != 0)
    at += packet[at] + 1;
  return at + 5;
}

/* Turns the question into its answer. Returns: its length, 0 for silence */
static gsize
answer (Server *server, guint8 *packet, Kind kind)
{
  static const guint8 codes[N_KINDS] = { [NO_NAME] = 3, [BROKEN] = 2, [REFUSED] = 5 };
  static const guint8 record[] = { 0xc0, HEADER, 0, 15, 0, 1, 0, 0, 0, 60, 0, 5, 0, 10, 2, 'm', 'x' };
  gsize end = end_of_question (packet);

  if (kind == SILENT || (kind == LOST && g_atomic_int_add (&server->lost, 1) == 0))
    return 0;
  packet[2] = 0x81;
  packet[3] = (guint8) (0x80 | codes[kind] | (kind == SIGNED ? 0x20 : 0));
  memset (packet + 6, 0, 6);
  if (kind == STRANGE)
    memset (packet + HEADER, 0xff, end - HEADER);
  if (kind != FOUND && kind != SIGNED && kind != LOST)
    return end;
  packet[7] = 1;
  memcpy (packet + end, record, sizeof record);
  packet[end + 11] = 6;
  packet[end + sizeof record] = 0;
  return end + sizeof record + 1;
}

static gpointer
serve (gpointer data)
{
  Server *server = data;

  while (TRUE)
    {
      guint8 packet[MAX_PACKET + 64];
      struct sockaddr_in from;
      socklen_t size = sizeof from;
      gssize length = recvfrom (server->socket, packet, MAX_PACKET, 0, (struct sockaddr *) &from, &size);
      gsize end;

      if (length <= HEADER)
        return NULL;
      g_atomic_int_inc (&server->asked);
      if ((packet[3] & 0x20) != 0)
        g_atomic_int_inc (&server->with_ad);
      end = answer (server, packet, kind_of (packet));
      if (end > 0)
        sendto (server->socket, packet, end, 0, (struct sockaddr *) &from, size);
    }
}

static void
server_start (Server *server)
{
  struct sockaddr_in name = { .sin_family = AF_INET };
  socklen_t size = sizeof name;

  *server = (Server){ 0 };
  server->socket = socket (AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  name.sin_addr.s_addr = htonl (INADDR_LOOPBACK);
  g_assert_cmpint (bind (server->socket, (struct sockaddr *) &name, size), ==, 0);
  getsockname (server->socket, (struct sockaddr *) &name, &size);
  server->address = g_strdup_printf ("127.0.0.1:%u", ntohs (name.sin_port));
  server->thread = g_thread_new ("names", serve, server);
}

static void
server_stop (Server *server)
{
  struct sockaddr_in name;
  socklen_t size = sizeof name;

  getsockname (server->socket, (struct sockaddr *) &name, &size);
  sendto (server->socket, "", 0, 0, (struct sockaddr *) &name, size);
  g_thread_join (server->thread);
  close (server->socket);
  g_free (server->address);
}

typedef struct {
  Kind kind;
  PostwegDnsStatus status;
  gboolean authentic;
  guint most_ms;
} Row;

static const Row rows[] = {
  { FOUND, POSTWEG_DNS_FOUND, FALSE, 300 },     { SIGNED, POSTWEG_DNS_FOUND, TRUE, 300 },
  { NO_NAME, POSTWEG_DNS_NO_NAME, FALSE, 300 }, { NO_DATA, POSTWEG_DNS_NO_DATA, FALSE, 300 },
  { BROKEN, POSTWEG_DNS_FAILED, FALSE, 300 },   { REFUSED, POSTWEG_DNS_FAILED, FALSE, 300 },
  { SILENT, POSTWEG_DNS_SILENT, FALSE, 1300 },  { LOST, POSTWEG_DNS_FOUND, FALSE, 1300 },
  { STRANGE, POSTWEG_DNS_SILENT, FALSE, 1300 },
};

static GPtrArray *
ask (const Server *server, Kind kind, guint ms, GCancellable *cancellable, GError **error)
{
  g_autofree char *name = g_strconcat (kinds[kind], ".firm.example", NULL);
  const PostwegDnsQuestion question = { name, POSTWEG_DNS_MX };
  PostwegWait wait = postweg_wait_new (ms, cancellable);

  return postweg_dns_query (&question, 1, server->address, &wait, error);
}

static void
test_row (gconstpointer data)
{
  const Row *row = data;
  Server server;
  g_autoptr (GPtrArray) answers = NULL;
  gint64 begun = g_get_monotonic_time ();
  const PostwegDnsAnswer *got;

  server_start (&server);
  answers = ask (&server, row->kind, 1200, NULL, NULL);
  g_assert_cmpint (g_get_monotonic_time () - begun, <, SLOWER * row->most_ms * 1000);
  g_assert_cmpuint (answers->len, ==, 1);
  got = g_ptr_array_index (answers, 0);
  g_assert_cmpint (got->status, ==, row->status);
  g_assert_cmpint (got->authentic, ==, row->authentic);
  if (row->status == POSTWEG_DNS_FOUND)
    g_assert_cmpstr (((PostwegDnsRecord *) g_ptr_array_index (got->records, 0))->text, ==, "mx");
  /* a resolver says what DNSSEC proves only to those who ask */
  g_assert_cmpint (g_atomic_int_get (&server.with_ad), ==, g_atomic_int_get (&server.asked));
  server_stop (&server);
}

/* Those that are answered do not wait for those that are not, beyond the time given. */
static void
test_many_at_once (void)
{
  static const Kind asked[] = { FOUND, SILENT, NO_NAME, SIGNED, BROKEN, SILENT, NO_DATA };
  static const PostwegDnsStatus expected[] = {
    POSTWEG_DNS_FOUND,  POSTWEG_DNS_SILENT, POSTWEG_DNS_NO_NAME, POSTWEG_DNS_FOUND,
    POSTWEG_DNS_FAILED, POSTWEG_DNS_SILENT, POSTWEG_DNS_NO_DATA,
  };
  PostwegDnsQuestion questions[G_N_ELEMENTS (asked)];
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) answers = NULL;
  PostwegWait wait = postweg_wait_new (600, NULL);
  gint64 begun = g_get_monotonic_time ();
  Server server;

  server_start (&server);
  for (guint i = 0; i < G_N_ELEMENTS (asked); i++)
    {
      g_ptr_array_add (names, g_strdup_printf ("%s.n%u.example", kinds[asked[i]], i));
      questions[i] = (PostwegDnsQuestion){ g_ptr_array_index (names, i), POSTWEG_DNS_MX };
    }
  answers = postweg_dns_query (questions, G_N_ELEMENTS (asked), server.address, &wait, NULL);
  g_assert_cmpint (g_get_monotonic_time () - begun, <, SLOWER * 800 * 1000);
  for (guint i = 0; i < G_N_ELEMENTS (asked); i++)
    g_assert_cmpint (((PostwegDnsAnswer *) g_ptr_array_index (answers, i))->status, ==, expected[i]);
  server_stop (&server);
}

static gpointer
cancel_soon (gpointer cancellable)
{
  g_usleep (100 * 1000);
  g_cancellable_cancel (cancellable);
  return NULL;
}

static void
test_cancelled (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GPtrArray) answers = NULL;
  g_autoptr (GError) error = NULL;
  gint64 begun = g_get_monotonic_time ();
  GThread *thread;
  Server server;

  server_start (&server);
  thread = g_thread_new ("cancel", cancel_soon, cancellable);
  answers = ask (&server, SILENT, 10000, cancellable, &error);
  g_assert_null (answers);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (g_get_monotonic_time () - begun, <, SLOWER * 400 * 1000);
  g_thread_join (thread);
  server_stop (&server);
}

/* A name that cannot be asked for does not exist; a server that is none does not answer. */
static void
test_odd_input (void)
{
  g_autofree char *label = g_strnfill (64, 'a');
  g_autofree char *name = g_strconcat (label, ".example", NULL);
  const PostwegDnsQuestion question = { name, POSTWEG_DNS_MX };
  const PostwegDnsQuestion usual = { "firm.example", POSTWEG_DNS_MX };
  PostwegWait wait = postweg_wait_new (500, NULL);
  g_autoptr (GPtrArray) long_label = postweg_dns_query (&question, 1, "127.0.0.1:1", &wait, NULL);
  g_autoptr (GPtrArray) nobody = postweg_dns_query (&usual, 1, "127.0.0.1:1", &wait, NULL);
  g_autoptr (GPtrArray) none = postweg_dns_query (NULL, 0, "127.0.0.1:1", &wait, NULL);
  const PostwegDnsAnswer *of_nobody = g_ptr_array_index (nobody, 0);

  g_assert_cmpint (((PostwegDnsAnswer *) g_ptr_array_index (long_label, 0))->status, ==, POSTWEG_DNS_NO_NAME);
  g_assert_true (of_nobody->status == POSTWEG_DNS_FAILED || of_nobody->status == POSTWEG_DNS_SILENT);
  g_assert_cmpuint (none->len, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strconcat ("/wire/dns-query/", kinds[rows[i].kind], NULL);

      g_test_add_data_func (path, &rows[i], test_row);
    }
  g_test_add_func ("/wire/dns-query/many-at-once", test_many_at_once);
  g_test_add_func ("/wire/dns-query/cancelled", test_cancelled);
  g_test_add_func ("/wire/dns-query/odd-input", test_odd_input);
  return g_test_run ();
}
