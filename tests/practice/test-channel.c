/* The server's end of a connection: what is a line, what is too much, and that nothing is read ahead. */
#include "practice/channel.h"
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

typedef struct {
  int client;
  int server;
  PostwegChannel *channel; /* on the server's end */
  GString *line;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  int fds[2];

  (void) data;
  g_assert_cmpint (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds), ==, 0);
  fixture->client = fds[0];
  fixture->server = fds[1];
  fixture->channel = postweg_channel_new (fixture->server);
  fixture->line = g_string_new ("left from before");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  (void) data;
  postweg_channel_free (fixture->channel);
  g_string_free (fixture->line, TRUE);
  close (fixture->client);
  close (fixture->server);
}

static void
client_says (Fixture *fixture, const char *bytes, gsize length)
{
  g_assert_cmpint (send (fixture->client, bytes, length, MSG_NOSIGNAL), ==, length);
}

typedef struct {
  const char *name;
  const char *bytes;
  gsize length;
  const char *lines[4]; /* up to the first NULL */
  const char *rest;     /* of an unfinished line at the end */
} Case;

#define BYTES(text) text, sizeof text - 1

static const Case cases[] = {
  { "crlf", BYTES ("a1 NOOP\r\n"), { "a1 NOOP" }, "" },
  { "line-feed-only", BYTES ("QUIT\n"), { "QUIT" }, "" },
  { "empty-lines", BYTES ("\r\n\n"), { "", "" }, "" },
  { "several", BYTES ("USER a\r\nPASS b\r\nQUIT\r\n"), { "USER a", "PASS b", "QUIT" }, "" },
  { "unfinished", BYTES ("USER a\r\nPAS"), { "USER a" }, "PAS" },
  { "carriage-return-inside", BYTES ("a\rb\r\n"), { "a\rb" }, "" },
  { "two-carriage-returns", BYTES ("a\r\r\n"), { "a\r" }, "" },
  { "nothing", BYTES (""), { NULL }, "" },
};

static void
test_lines (Fixture *fixture, gconstpointer data)
{
  const Case *one = data;

  client_says (fixture, one->bytes, one->length);
  shutdown (fixture->client, SHUT_WR);
  for (guint i = 0; one->lines[i] != NULL; i++)
    {
      g_assert_true (postweg_channel_read_line (fixture->channel, fixture->line));
      g_assert_cmpstr (fixture->line->str, ==, one->lines[i]);
    }
  g_assert_false (postweg_channel_read_line (fixture->channel, fixture->line));
  g_assert_cmpstr (fixture->line->str, ==, one->rest);
}

static void
test_nul_byte (Fixture *fixture, gconstpointer data)
{
  (void) data;
  client_says (fixture, BYTES ("a\0b\r\n"));
  g_assert_true (postweg_channel_read_line (fixture->channel, fixture->line));
  g_assert_cmpmem (fixture->line->str, fixture->line->len, "a\0b", 3);
}

static gpointer
talk_without_end (gpointer data)
{
  Fixture *fixture = data;
  char block[4096];

  memset (block, 'x', sizeof block);
  while (send (fixture->client, block, sizeof block, MSG_NOSIGNAL) > 0)
    continue;
  return NULL;
}

static void
test_line_without_end (Fixture *fixture, gconstpointer data)
{
  GThread *client = g_thread_new ("client", talk_without_end, fixture);

  (void) data;
  g_assert_false (postweg_channel_read_line (fixture->channel, fixture->line));
  g_assert_cmpuint (fixture->line->len, ==, POSTWEG_CHANNEL_MAX_LINE);
  shutdown (fixture->server, SHUT_RDWR);
  g_thread_join (client);
}

/* What a client says behind STARTTLS belongs to the handshake. */
static void
test_nothing_is_read_ahead (Fixture *fixture, gconstpointer data)
{
  char rest[16];

  (void) data;
  client_says (fixture, BYTES ("STARTTLS\r\n\x16\x03\x01"));
  g_assert_true (postweg_channel_read_line (fixture->channel, fixture->line));
  g_assert_cmpint (recv (fixture->server, rest, sizeof rest, MSG_DONTWAIT), ==, 3);
  g_assert_cmpmem (rest, 3, "\x16\x03\x01", 3);
}

static void
test_bytes (Fixture *fixture, gconstpointer data)
{
  (void) data;
  client_says (fixture, BYTES ("al\r\nice)\r\n"));
  g_assert_true (postweg_channel_read_bytes (fixture->channel, fixture->line, 7));
  g_assert_cmpstr (fixture->line->str, ==, "al\r\nice");
  g_assert_true (postweg_channel_read_bytes (fixture->channel, fixture->line, 0));
  g_assert_cmpstr (fixture->line->str, ==, "");
  g_assert_true (postweg_channel_read_line (fixture->channel, fixture->line));
  g_assert_cmpstr (fixture->line->str, ==, ")");
}

static void
test_bytes_too_few (Fixture *fixture, gconstpointer data)
{
  (void) data;
  client_says (fixture, BYTES ("alice"));
  shutdown (fixture->client, SHUT_WR);
  g_assert_false (postweg_channel_read_bytes (fixture->channel, fixture->line, 6));
}

static void
test_bytes_too_many (Fixture *fixture, gconstpointer data)
{
  (void) data;
  client_says (fixture, BYTES ("alice"));
  g_assert_false (postweg_channel_read_bytes (fixture->channel, fixture->line, POSTWEG_CHANNEL_MAX_LINE + 1));
  g_assert_false (postweg_channel_read_bytes (fixture->channel, fixture->line, G_MAXSIZE));
}

static void
test_send (Fixture *fixture, gconstpointer data)
{
  char bytes[8];

  (void) data;
  g_assert_true (postweg_channel_send (fixture->channel, BYTES ("+OK\0\r\n")));
  g_assert_true (postweg_channel_send (fixture->channel, "", 0));
  g_assert_cmpint (recv (fixture->client, bytes, sizeof bytes, MSG_DONTWAIT), ==, 6);
  g_assert_cmpmem (bytes, 6, "+OK\0\r\n", 6);
}

static void
test_send_to_nobody (Fixture *fixture, gconstpointer data)
{
  (void) data;
  shutdown (fixture->client, SHUT_RDWR);
  /* a SIGPIPE would end the test here */
  g_assert_false (postweg_channel_send (fixture->channel, BYTES ("220 anybody?\r\n")));
}

static void
test_finish_goes_on_listening (Fixture *fixture, gconstpointer data)
{
  char byte;

  (void) data;
  postweg_channel_finish (fixture->channel, TRUE);
  g_assert_cmpint (recv (fixture->client, &byte, 1, 0), ==, 0);
  client_says (fixture, BYTES ("QUIT\r\n"));
  g_assert_true (postweg_channel_read_line (fixture->channel, fixture->line));
  g_assert_cmpstr (fixture->line->str, ==, "QUIT");
}

static void
test_finish_does_not_wait_forever (Fixture *fixture, gconstpointer data)
{
  gint64 begin = g_get_monotonic_time ();

  (void) data;
  postweg_channel_finish (fixture->channel, FALSE);
  g_assert_false (postweg_channel_read_line (fixture->channel, fixture->line));
  g_assert_cmpint (g_get_monotonic_time () - begin, <, (POSTWEG_CHANNEL_DRAIN_SECONDS + 1) * G_USEC_PER_SEC);
}

static gpointer
shut_down_soon (gpointer data)
{
  Fixture *fixture = data;

  g_usleep (20000);
  shutdown (fixture->server, SHUT_RDWR);
  return NULL;
}

static void
test_shutdown_wakes_a_reader (Fixture *fixture, gconstpointer data)
{
  GThread *other = g_thread_new ("other", shut_down_soon, fixture);

  (void) data;
  g_assert_false (postweg_channel_read_line (fixture->channel, fixture->line));
  g_thread_join (other);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, test, data) g_test_add (path, Fixture, data, set_up, test, tear_down)
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/practice/channel/lines/%s", cases[i].name);

      ADD (path, test_lines, &cases[i]);
    }
  ADD ("/practice/channel/nul-byte", test_nul_byte, NULL);
  ADD ("/practice/channel/line-without-end", test_line_without_end, NULL);
  ADD ("/practice/channel/nothing-is-read-ahead", test_nothing_is_read_ahead, NULL);
  ADD ("/practice/channel/bytes", test_bytes, NULL);
  ADD ("/practice/channel/bytes/too-few", test_bytes_too_few, NULL);
  ADD ("/practice/channel/bytes/too-many", test_bytes_too_many, NULL);
  ADD ("/practice/channel/send", test_send, NULL);
  ADD ("/practice/channel/send/to-nobody", test_send_to_nobody, NULL);
  ADD ("/practice/channel/finish/goes-on-listening", test_finish_goes_on_listening, NULL);
  ADD ("/practice/channel/finish/does-not-wait-forever", test_finish_does_not_wait_forever, NULL);
  ADD ("/practice/channel/shutdown-wakes-a-reader", test_shutdown_wakes_a_reader, NULL);
  return g_test_run ();
}
