/* Look-ups that need no name server. */
#include "../slower.h"
#include "wire/dns.h"

static GPtrArray *
look_up (const char *host, guint ms, GError **error)
{
  PostwegWait wait = postweg_wait_new (ms, NULL);

  return postweg_dns_lookup (host, 993, &wait, error);
}

static void
test_numeric (void)
{
  static const char *const hosts[] = { "127.0.0.1", "::1", "192.0.2.1" };

  for (guint i = 0; i < G_N_ELEMENTS (hosts); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) addresses = look_up (hosts[i], 1000, &error);
      g_autofree char *text = NULL;

      g_assert_no_error (error);
      g_assert_cmpuint (addresses->len, ==, 1);
      text = g_inet_address_to_string (g_inet_socket_address_get_address (g_ptr_array_index (addresses, 0)));
      g_assert_cmpstr (text, ==, hosts[i]);
      g_assert_cmpuint (g_inet_socket_address_get_port (g_ptr_array_index (addresses, 0)), ==, 993);
    }
}

static void
test_localhost (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) addresses = look_up ("localhost", 5000, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (addresses->len, >=, 1);
}

/* Without time there is no answer, and no waiting either. */
static void
test_deadline (void)
{
  g_autoptr (GError) error = NULL;
  gint64 begun = g_get_monotonic_time ();

  g_assert_null (look_up ("no-such-name.invalid", 1, &error));
  g_assert_cmpint (error->domain, ==, POSTWEG_ERROR);
  g_assert_cmpint (g_get_monotonic_time () - begun, <, SLOWER * G_USEC_PER_SEC);
}

static void
test_cancelled (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  PostwegWait wait = postweg_wait_new (10000, cancellable);
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (postweg_dns_lookup ("no-such-name.invalid", 993, &wait, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/wire/dns/numeric", test_numeric);
  g_test_add_func ("/wire/dns/localhost", test_localhost);
  g_test_add_func ("/wire/dns/deadline", test_deadline);
  g_test_add_func ("/wire/dns/cancelled", test_cancelled);
  return g_test_run ();
}
