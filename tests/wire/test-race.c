/* Several addresses, one winner, evidence about each. */
#include "../slower.h"
#include "wire/race.h"

static GSocketAddress *
address (const char *host, guint16 port)
{
  g_autoptr (GInetAddress) inet = g_inet_address_new_from_string (host);

  return g_inet_socket_address_new (inet, port);
}

/* A listener that lives as long as the test. */
static guint16
listen_on (GSocketListener **listener)
{
  *listener = g_socket_listener_new ();
  return g_socket_listener_add_any_inet_port (*listener, NULL, NULL);
}

/* A port that nobody listens on: it was given back just now. */
static guint16
closed_port (void)
{
  GSocketListener *listener;
  guint16 port = listen_on (&listener);

  g_socket_listener_close (listener);
  g_object_unref (listener);
  return port;
}

static GPtrArray *
attempts_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) postweg_attempt_free);
}

static PostwegError
error_of (GPtrArray *attempts, guint i)
{
  return ((const PostwegAttempt *) g_ptr_array_index (attempts, i))->error;
}

static void
test_first_refuses (void)
{
  g_autoptr (GSocketListener) listener = NULL;
  guint16 port = listen_on (&listener);
  g_autoptr (GPtrArray) addresses = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) attempts = attempts_new ();
  PostwegWait wait = postweg_wait_new (5000, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocket) socket = NULL;

  g_ptr_array_add (addresses, address ("127.0.0.1", closed_port ()));
  g_ptr_array_add (addresses, address ("127.0.0.1", port));
  socket = postweg_race (addresses, attempts, NULL, &wait, &error);
  g_assert_no_error (error);
  g_assert_nonnull (socket);
  g_assert_cmpuint (attempts->len, ==, 2);
  g_assert_cmpint (error_of (attempts, 0), ==, POSTWEG_ERROR_REFUSED);
  g_assert_cmpint (error_of (attempts, 1), ==, POSTWEG_OK);
}

static void
test_all_refuse (void)
{
  g_autoptr (GPtrArray) addresses = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) attempts = attempts_new ();
  PostwegWait wait = postweg_wait_new (5000, NULL);
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (addresses, address ("127.0.0.1", closed_port ()));
  g_ptr_array_add (addresses, address ("127.0.0.2", closed_port ()));
  g_assert_null (postweg_race (addresses, attempts, NULL, &wait, &error));
  g_assert_error (error, POSTWEG_ERROR, POSTWEG_ERROR_REFUSED);
  g_assert_cmpuint (attempts->len, ==, 2);
}

/* A listener whose queue is full answers no more: the kernel drops what comes. */
typedef struct {
  GSocket *listener;
  GSocketAddress *place;
  GPtrArray *held; /* GSocket: what fills the queue */
} Silent;

static void
silent_start (Silent *silent)
{
  g_autoptr (GSocketAddress) any = address ("127.0.0.1", 0);

  silent->listener = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL);
  silent->held = g_ptr_array_new_with_free_func (g_object_unref);
  g_socket_bind (silent->listener, any, FALSE, NULL);
  g_socket_set_listen_backlog (silent->listener, 1);
  g_socket_listen (silent->listener, NULL);
  silent->place = g_socket_get_local_address (silent->listener, NULL);
  for (guint i = 0; i < 8; i++)
    {
      GSocket *one = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL);

      g_socket_set_blocking (one, FALSE);
      g_socket_connect (one, silent->place, NULL, NULL);
      g_ptr_array_add (silent->held, one);
    }
  g_usleep (50000);
}

static void
silent_end (Silent *silent)
{
  g_object_unref (silent->listener);
  g_object_unref (silent->place);
  g_ptr_array_unref (silent->held);
}

static void
test_silence (void)
{
  g_autoptr (GSocketListener) listener = NULL;
  guint16 port = listen_on (&listener);
  g_autoptr (GPtrArray) addresses = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) attempts = attempts_new ();
  PostwegWait wait = postweg_wait_new (5000, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocket) socket = NULL;
  Silent silent;
  gint64 begun;

  silent_start (&silent);
  g_ptr_array_add (addresses, g_object_ref (silent.place));
  g_ptr_array_add (addresses, address ("127.0.0.1", port));
  begun = g_get_monotonic_time ();
  socket = postweg_race (addresses, attempts, NULL, &wait, &error);
  g_assert_no_error (error);
  g_assert_nonnull (socket);
  g_assert_cmpint (g_get_monotonic_time () - begun, <, SLOWER * 2 * G_USEC_PER_SEC);
  silent_end (&silent);
}

static guint
as_known (const char *address_text, gpointer ms)
{
  g_assert_cmpstr (address_text, ==, "127.0.0.1");
  return *(guint *) ms;
}

/* What is known about another port decides how long silence is waited for. */
static const struct {
  const char *name;
  guint rival_ms; /* 0: nothing is known */
  guint limit_ms, least_ms, most_ms;
} rivals[] = {
  { "quick", 2, 8000, 890, 2500 },
  { "as-quick-as-the-least", 100, 8000, 890, 2500 },
  { "eight-times-as-long", 200, 8000, 1590, 3500 },
  { "slow-itself", 500, 1500, 1490, 3500 },
  { "not-known", 0, 1500, 1490, 3500 },
};

static gpointer
race_against_rival (gpointer data)
{
  guint i = GPOINTER_TO_UINT (data), ms = rivals[i].rival_ms;
  const PostwegRival rival = { as_known, &ms };
  g_autoptr (GPtrArray) addresses = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) attempts = attempts_new ();
  PostwegWait test = postweg_wait_new (60000, NULL), wait;
  g_autoptr (GError) error = NULL;
  gint64 begun;
  Silent silent;

  silent_start (&silent);
  begun = g_get_monotonic_time ();
  wait = postweg_wait_step (&test, rivals[i].limit_ms);
  g_ptr_array_add (addresses, g_object_ref (silent.place));
  g_assert_null (postweg_race (addresses, attempts, &rival, &wait, &error));
  g_test_message ("%s: %d ms", rivals[i].name, (int) ((g_get_monotonic_time () - begun) / 1000));
  g_assert_error (error, POSTWEG_ERROR, POSTWEG_ERROR_NO_CONNECTION);
  g_assert_cmpint (g_get_monotonic_time () - begun, >=, (gint64) rivals[i].least_ms * 1000);
  g_assert_cmpint (g_get_monotonic_time () - begun, <, SLOWER * rivals[i].most_ms * 1000);
  g_assert_cmpuint (attempts->len, ==, 1);
  g_assert_cmpint (error_of (attempts, 0), ==, POSTWEG_ERROR_NO_CONNECTION);
  silent_end (&silent);
  return NULL;
}

/* All at the same time: they wait, they do not work. */
static void
test_rivals (void)
{
  GThread *threads[G_N_ELEMENTS (rivals)];

  for (guint i = 0; i < G_N_ELEMENTS (rivals); i++)
    threads[i] = g_thread_new (rivals[i].name, race_against_rival, GUINT_TO_POINTER (i));
  for (guint i = 0; i < G_N_ELEMENTS (rivals); i++)
    g_thread_join (threads[i]);
}

static gpointer
accept_later (gpointer data)
{
  Silent *silent = data;
  GPtrArray *taken = g_ptr_array_new_with_free_func (g_object_unref);

  g_usleep (400 * 1000);
  g_socket_set_blocking (silent->listener, FALSE);
  for (GSocket *one; (one = g_socket_accept (silent->listener, NULL, NULL)) != NULL;)
    g_ptr_array_add (taken, one);
  return taken;
}

/* The first packet is lost; the kernel would send it again after a second, the fresh socket does so before. */
static void
test_one_packet_lost (void)
{
  guint ms = 1;
  const PostwegRival rival = { as_known, &ms };
  g_autoptr (GPtrArray) addresses = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) attempts = attempts_new ();
  PostwegWait wait = postweg_wait_new (5000, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocket) socket = NULL;
  GThread *thread;
  Silent silent;

  silent_start (&silent);
  g_ptr_array_add (addresses, g_object_ref (silent.place));
  thread = g_thread_new ("later", accept_later, &silent);
  socket = postweg_race (addresses, attempts, &rival, &wait, &error);
  g_assert_no_error (error);
  g_assert_nonnull (socket);
  g_assert_cmpint (error_of (attempts, 0), ==, POSTWEG_OK);
  g_assert_cmpuint (((const PostwegAttempt *) g_ptr_array_index (attempts, 0))->ms, <, SLOWER * 900);
  g_ptr_array_unref (g_thread_join (thread));
  silent_end (&silent);
}

static void
test_stopped (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GPtrArray) addresses = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) attempts = attempts_new ();
  PostwegWait wait = postweg_wait_new (5000, cancellable);
  g_autoptr (GSocketListener) listener = NULL;
  guint16 port = listen_on (&listener);
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (addresses, address ("127.0.0.1", port));
  g_cancellable_cancel (cancellable);
  g_assert_null (postweg_race (addresses, attempts, NULL, &wait, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/wire/race/first-refuses", test_first_refuses);
  g_test_add_func ("/wire/race/all-refuse", test_all_refuse);
  g_test_add_func ("/wire/race/silence", test_silence);
  g_test_add_func ("/wire/race/another-port-answers", test_rivals);
  g_test_add_func ("/wire/race/one-packet-lost", test_one_packet_lost);
  g_test_add_func ("/wire/race/stopped", test_stopped);
  return g_test_run ();
}
