/* Several addresses, one winner, evidence about each. */
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
static void
test_silence (void)
{
  g_autoptr (GSocket) full =
      g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL);
  g_autoptr (GSocketAddress) any = address ("127.0.0.1", 0);
  g_autoptr (GSocketAddress) place = NULL;
  g_autoptr (GSocketListener) listener = NULL;
  guint16 port = listen_on (&listener);
  g_autoptr (GPtrArray) held = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) addresses = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) attempts = attempts_new ();
  PostwegWait wait = postweg_wait_new (5000, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocket) socket = NULL;
  gint64 begun;

  g_socket_bind (full, any, FALSE, NULL);
  g_socket_set_listen_backlog (full, 1);
  g_socket_listen (full, NULL);
  place = g_socket_get_local_address (full, NULL);
  for (guint i = 0; i < 8; i++)
    {
      GSocket *one = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL);

      g_socket_set_blocking (one, FALSE);
      g_socket_connect (one, place, NULL, NULL);
      g_ptr_array_add (held, one);
    }
  g_usleep (50000);
  g_ptr_array_add (addresses, g_object_ref (place));
  g_ptr_array_add (addresses, address ("127.0.0.1", port));
  begun = g_get_monotonic_time ();
  socket = postweg_race (addresses, attempts, NULL, &wait, &error);
  g_assert_no_error (error);
  g_assert_nonnull (socket);
  g_assert_cmpint (g_get_monotonic_time () - begun, <, 2 * G_USEC_PER_SEC);
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
  g_test_add_func ("/wire/race/stopped", test_stopped);
  return g_test_run ();
}
