/* First bytes that tell a protocol, deadlines, and the authorities that are believed. */
#include "../slower.h"
#include "practice/certificates.h"
#include "wire/tls.h"
#include <glib/gstdio.h>
#include <string.h>

static void
test_speaks (void)
{
  static const struct {
    const char *bytes;
    gsize length;
    PostwegSpeaks speaks;
  } table[] = {
#define ROW(text, what) { text, sizeof text - 1, POSTWEG_SPEAKS_##what }
    ROW ("* OK ready", IMAP),
    ROW ("* PREAUTH", IMAP),
    ROW ("+OK ready", POP3),
    ROW ("+ok", POP3),
    ROW ("-ERR later", POP3),
    ROW ("220 mail ESMTP", SMTP),
    ROW ("220-mail", SMTP),
    ROW ("421 busy", SMTP),
    ROW ("554 no", SMTP),
    ROW ("500 what", SMTP),
    ROW ("HTTP/1.1 400", HTTP),
    ROW ("http/1.0", HTTP),
    ROW ("<!doctype html>", HTTP),
    ROW ("<HTML>", HTTP),
    ROW ("\x16\x03\x01\x00", TLS),
    ROW ("\x15\x03\x03\x00\x02\x02\x28", TLS),
    ROW ("SSH-2.0-OpenSSH", OTHER),
    ROW ("*", OTHER),
    ROW ("+", OTHER),
    ROW ("2", OTHER),
    ROW ("\0\0\0", OTHER),
    ROW ("", NOTHING),
#undef ROW
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_test_message ("%s", table[i].bytes);
      g_assert_cmpstr (postweg_speaks_name (postweg_speaks_by_bytes (table[i].bytes, table[i].length)), ==,
                       postweg_speaks_name (table[i].speaks));
    }
}

/* A step never gets more time than the whole test has left. */
static void
test_deadlines (void)
{
  PostwegWait test = postweg_wait_new (1000, NULL);
  PostwegWait shorter = postweg_wait_step (&test, 100);
  PostwegWait longer = postweg_wait_step (&test, 60000);
  PostwegWait over = postweg_wait_new (0, NULL);

  g_assert_cmpint (postweg_wait_left (&test), <=, 1000 * 1000);
  g_assert_cmpint (postweg_wait_left (&test), >, 900 * 1000);
  g_assert_cmpint (postweg_wait_left (&shorter), <=, 100 * 1000);
  g_assert_cmpint (longer.step_end, ==, test.test_end);
  g_assert_cmpint (shorter.test_end, ==, test.test_end);
  g_assert_cmpint (postweg_wait_left (&over), ==, 0);
}

static void
test_too_late (void)
{
  PostwegWait test = postweg_wait_new (60000, NULL);
  PostwegWait step = postweg_wait_step (&test, 0);
  PostwegWait over = postweg_wait_new (0, NULL);
  g_autoptr (GError) of_step = NULL;
  g_autoptr (GError) of_test = NULL;

  g_assert_false (postweg_wait_too_late (&step, POSTWEG_ERROR_NO_CONNECTION, &of_step));
  g_assert_error (of_step, POSTWEG_ERROR, POSTWEG_ERROR_NO_CONNECTION);
  g_assert_false (postweg_wait_too_late (&over, POSTWEG_ERROR_NO_CONNECTION, &of_test));
  g_assert_error (of_test, POSTWEG_ERROR, POSTWEG_ERROR_OUT_OF_TIME);
}

/* Polling ends at the deadline, at the limit that was asked for, or when stopped; whichever is first. */
static void
test_poll (void)
{
  g_autoptr (GCancellable) stopped = g_cancellable_new ();
  PostwegWait wait = postweg_wait_new (150, NULL);
  PostwegWait cancelled = postweg_wait_new (5000, stopped);
  g_autoptr (GError) error = NULL;
  gint64 begun = g_get_monotonic_time ();

  g_assert_true (postweg_wait_poll (&wait, NULL, 0, 30 * 1000, NULL));
  g_assert_cmpint (g_get_monotonic_time () - begun, >=, 29 * 1000);
  g_assert_true (postweg_wait_poll (&wait, NULL, 0, G_MAXINT64, NULL));
  g_assert_cmpint (g_get_monotonic_time () - begun, <, SLOWER * 400 * 1000);
  g_cancellable_cancel (stopped);
  g_assert_false (postweg_wait_poll (&cancelled, NULL, 0, G_MAXINT64, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_trust (void)
{
  static const struct {
    const char *text; /* NULL: no such file */
    PostwegError error;
  } table[] = {
    { NULL, POSTWEG_ERROR_CANNOT_READ },
    { "", POSTWEG_ERROR_BAD_FORMAT },
    { "no certificate", POSTWEG_ERROR_BAD_FORMAT },
    { "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", POSTWEG_ERROR_BAD_FORMAT },
  };
  g_autoptr (PostwegTrust) system = postweg_trust_new (NULL, NULL);
  g_autofree char *folder = g_dir_make_tmp ("postweg-trust-XXXXXX", NULL);
  g_autofree char *file = g_build_filename (folder, "ca.pem", NULL);

  g_assert_nonnull (system);
  g_assert_nonnull (postweg_trust_credentials (system));
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (GError) error = NULL;

      g_remove (file);
      if (table[i].text != NULL)
        g_assert_true (g_file_set_contents (file, table[i].text, -1, NULL));
      g_assert_null (postweg_trust_new (file, &error));
      g_assert_error (error, POSTWEG_ERROR, (int) table[i].error);
      g_assert_nonnull (strstr (error->message, "ca.pem"));
    }
  g_remove (file);
  g_rmdir (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/wire/first/speaks", test_speaks);
  g_test_add_func ("/wire/first/deadlines", test_deadlines);
  g_test_add_func ("/wire/first/too-late", test_too_late);
  g_test_add_func ("/wire/first/poll", test_poll);
  g_test_add_func ("/wire/first/trust", test_trust);
  return g_test_run ();
}
