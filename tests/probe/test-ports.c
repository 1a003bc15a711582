/* What a knock at one port shows: open or not, what speaks there, whose certificate. */
#include "../slower.h"
#include "practice/certificates.h"
#include "practice/practice.h"
#include "probe/ports.h"
#include <glib/gstdio.h>
#include <string.h>

static char *folder;
static PostwegTrust *trust;

static const struct {
  const char *name, *script; /* NULL: nobody listens */
  gboolean is_tls;
  PostwegPortState state;
  PostwegSpeaks speaks;
  const char *greeting;
  gboolean tls;
  guint most_ms;
} rows[] = {
  { "imap", "S: * OK ready\nHANG\n", FALSE, POSTWEG_PORT_OPEN, POSTWEG_SPEAKS_IMAP, "* OK ready", FALSE,
    900 },
  { "smtp-of-several-lines", "S: 220-mail\nS: 220 ready\nHANG\n", FALSE, POSTWEG_PORT_OPEN,
    POSTWEG_SPEAKS_SMTP, "220-mail", FALSE, 1900 },
  { "refusing", "S: 554 no service for you\nCLOSE\n", FALSE, POSTWEG_PORT_OPEN, POSTWEG_SPEAKS_SMTP,
    "554 no service for you", FALSE, 1900 },
  { "half-a-line", "S- * OK rea\nHANG\n", FALSE, POSTWEG_PORT_OPEN, POSTWEG_SPEAKS_IMAP, "* OK rea", FALSE,
    3000 },
  { "tls", "TLS\nS: +OK ready\nHANG\n", TRUE, POSTWEG_PORT_OPEN, POSTWEG_SPEAKS_TLS, "+OK ready", TRUE,
    2000 },
  { "tls-where-none-is-expected", "TLS\nS: +OK ready\nHANG\n", FALSE, POSTWEG_PORT_OPEN, POSTWEG_SPEAKS_TLS,
    "+OK ready", TRUE, 4000 },
  { "plain-where-tls-is-expected", "S: +OK ready\nHANG\n", TRUE, POSTWEG_PORT_OPEN, POSTWEG_SPEAKS_POP3,
    "+OK ready", FALSE, 1900 },
  { "silent-behind-tls", "TLS\nHANG\n", TRUE, POSTWEG_PORT_OPEN, POSTWEG_SPEAKS_TLS, NULL, TRUE, 4000 },
  { "silent", "HANG\n", TRUE, POSTWEG_PORT_OPEN, POSTWEG_SPEAKS_NOTHING, NULL, FALSE, 6000 },
  { "web", "S: HTTP/1.1 302 Found\nCLOSE\n", FALSE, POSTWEG_PORT_OPEN, POSTWEG_SPEAKS_HTTP,
    "HTTP/1.1 302 Found", FALSE, 1900 },
  { "hangs-up", "CLOSE\n", FALSE, POSTWEG_PORT_RESET, POSTWEG_SPEAKS_NOTHING, NULL, FALSE, 1900 },
  { "escape-codes", "S: * OK \x1b[31mred\nHANG\n", FALSE, POSTWEG_PORT_OPEN, POSTWEG_SPEAKS_IMAP,
    "* OK [31mred", FALSE, 1900 },
  { "closed", NULL, TRUE, POSTWEG_PORT_REFUSED, POSTWEG_SPEAKS_UNKNOWN, NULL, FALSE, 1900 },
};

static PostwegPractice *
start (const char *script)
{
  g_autofree char *certificate = postweg_certificate_path (folder, POSTWEG_PAPER_GOOD, "pem");
  g_autofree char *key = postweg_certificate_path (folder, POSTWEG_PAPER_GOOD, "key");
  PostwegPracticeOptions options = { .script = script, .certificate = certificate, .key = key };
  g_autoptr (GError) error = NULL;
  PostwegPractice *practice = postweg_practice_start (&options, &error);

  g_assert_no_error (error);
  return practice;
}

static PostwegPortLook
look_at (PostwegPractice *practice, gboolean is_tls)
{
  return (PostwegPortLook){ .host = "localhost",
                            .address = "127.0.0.1",
                            .port = postweg_practice_port (practice),
                            .protocol = POSTWEG_IMAP,
                            .is_tls = is_tls,
                            .trust = trust,
                            .test_ms = 10000 };
}

/* What came of each row. */
static struct {
  GThread *thread;
  PostwegPort *port;
  guint16 number;
  gint64 took_us;
} seen[G_N_ELEMENTS (rows)];

static gpointer
knock (gpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autoptr (PostwegPractice) practice = start (rows[i].script != NULL ? rows[i].script : "HANG\n");
  const PostwegPortLook look = look_at (practice, rows[i].is_tls);
  gint64 begun = g_get_monotonic_time ();

  if (rows[i].script == NULL)
    g_clear_pointer (&practice, postweg_practice_stop);
  seen[i].number = look.port;
  seen[i].port = postweg_probe_port (&look, NULL);
  seen[i].took_us = g_get_monotonic_time () - begun;
  return NULL;
}

/* All at the same time: they wait, they do not work. */
static void
knock_at_all (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    seen[i].thread = g_thread_new (rows[i].name, knock, GUINT_TO_POINTER (i));
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_thread_join (seen[i].thread);
}

static void
test_port (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autoptr (PostwegPort) port = g_steal_pointer (&seen[i].port);

  g_assert_cmpstr (postweg_port_state_name (port->state), ==, postweg_port_state_name (rows[i].state));
  g_assert_cmpstr (postweg_speaks_name (port->speaks), ==, postweg_speaks_name (rows[i].speaks));
  g_assert_cmpstr (port->greeting, ==, rows[i].greeting);
  g_assert_cmpint (port->tls != NULL, ==, rows[i].tls);
  g_assert_true (port->tls == NULL || port->tls->faults == 0);
  g_assert_cmpint (seen[i].took_us, <, SLOWER * rows[i].most_ms * 1000);
  g_assert_cmpuint (port->port, ==, seen[i].number);
  g_assert_false (port->ipv6);
}

/* Nothing is said to a server that greets: no name, no command. */
static void
test_says_nothing (void)
{
  g_autoptr (PostwegPractice) practice = start ("S: 220 mail\nC?\nS: 250 you have spoken\nHANG\n");
  const PostwegPortLook look = look_at (practice, FALSE);
  g_autoptr (PostwegPort) port = postweg_probe_port (&look, NULL);

  g_assert_cmpstr (port->greeting, ==, "220 mail");
  g_assert_null (port->tls);
}

static gpointer
stop_soon (gpointer cancellable)
{
  g_usleep (200 * 1000);
  g_cancellable_cancel (cancellable);
  return NULL;
}

static void
test_stopped (void)
{
  g_autoptr (PostwegPractice) practice = start ("HANG\n");
  const PostwegPortLook look = look_at (practice, FALSE);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  GThread *thread = g_thread_new ("stop", stop_soon, cancellable);
  gint64 begun = g_get_monotonic_time ();
  g_autoptr (PostwegPort) port = postweg_probe_port (&look, cancellable);

  g_thread_join (thread);
  g_assert_cmpint (g_get_monotonic_time () - begun, <, SLOWER * 900 * 1000);
  g_assert_cmpint (port->state, ==, POSTWEG_PORT_OPEN);
  g_assert_null (port->greeting);
}

static void
prepare (void)
{
  static const char *const hosts[] = { "localhost", "127.0.0.1", NULL };
  g_autofree char *ca = NULL;
  g_autoptr (GError) error = NULL;

  folder = g_dir_make_tmp ("postweg-ports-XXXXXX", NULL);
  postweg_certificates_make (folder, hosts, &error);
  g_assert_no_error (error);
  ca = g_build_filename (folder, "ca.pem", NULL);
  trust = postweg_trust_new (ca, &error);
  g_assert_no_error (error);
}

static void
clear_away (void)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_remove (path);
    }
  g_rmdir (folder);
  g_free (folder);
  postweg_trust_unref (trust);
}

int
main (int argc, char **argv)
{
  int result;

  g_test_init (&argc, &argv, NULL);
  prepare ();
  knock_at_all ();
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strconcat ("/probe/ports/", rows[i].name, NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_port);
    }
  g_test_add_func ("/probe/ports/says-nothing", test_says_nothing);
  g_test_add_func ("/probe/ports/stopped", test_stopped);
  result = g_test_run ();
  clear_away ();
  return result;
}
