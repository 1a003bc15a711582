/* How long a good two-sided check takes on loopback; medians over many runs, beside a bare TCP connection. */
#include "checkup/checkup.h"
#include "lab.h"
#include <gio/gio.h>

#define RUNS 31

static Lab *lab;

static int
compare (gconstpointer a, gconstpointer b)
{
  const double *x = a, *y = b;

  return (*x > *y) - (*x < *y);
}

static double
median (GArray *values)
{
  g_array_sort (values, compare);
  return g_array_index (values, double, values->len / 2);
}

typedef struct {
  GMainLoop *loop;
  PostwegVerdict verdict;
} Run;

static void
tested (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer data)
{
  Run *run = data;
  g_autoptr (PostwegTestResult) tested = postweg_checkup_test_finish (result, NULL);

  run->verdict = tested->verdict;
  g_main_loop_quit (run->loop);
}

static double
check_once (const PostwegAccount *account, const PostwegCredentials *credentials)
{
  PostwegTestRequest *request = postweg_test_request_new (account, credentials);
  Run run = { g_main_loop_new (NULL, FALSE), POSTWEG_VERDICT_NOT_TESTED };
  gint64 begun = g_get_monotonic_time ();

  request->trust_file = g_strdup (lab->ca);
  postweg_checkup_test (request, NULL, NULL, tested, &run);
  g_main_loop_run (run.loop);
  g_main_loop_unref (run.loop);
  if (run.verdict != POSTWEG_VERDICT_WORKS)
    g_error ("the check did not work");
  return (double) (g_get_monotonic_time () - begun) / 1000;
}

static double
connect_once (LabPort port)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  gint64 begun = g_get_monotonic_time ();
  g_autoptr (GSocketConnection) connection =
      g_socket_client_connect_to_host (client, LAB_GUARDED_HOST, lab->ports[port], NULL, NULL);

  if (connection == NULL)
    g_error ("no connection");
  return (double) (g_get_monotonic_time () - begun) / 1000;
}

static void
measure (const char *name, LabPort in_port, PostwegProtocol protocol, PostwegSecurity security,
         LabPort out_port)
{
  const LabUser *alice = lab_user ("alice");
  g_autoptr (PostwegServer) in =
      postweg_server_new (protocol, LAB_GUARDED_HOST, lab->ports[in_port], security, alice->login);
  g_autoptr (PostwegServer) out =
      postweg_server_new (POSTWEG_SMTP, LAB_GUARDED_HOST, lab->ports[out_port], security, alice->login);
  g_autoptr (PostwegAccount) account = postweg_account_new ("", alice->address, in, out);
  g_autoptr (PostwegSecret) secret = postweg_secret_new (alice->password);
  g_autoptr (PostwegCredentials) credentials = postweg_credentials_new (secret, NULL, NULL);
  g_autoptr (GArray) checks = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) connections = g_array_new (FALSE, FALSE, sizeof (double));

  check_once (account, credentials);
  for (guint i = 0; i < RUNS; i++)
    {
      double check = check_once (account, credentials), connection = connect_once (in_port);

      g_array_append_val (checks, check);
      g_array_append_val (connections, connection);
    }
  g_print ("%-22s median %.1f ms, a bare connection %.2f ms\n", name, median (checks), median (connections));
}

int
main (void)
{
  g_autoptr (GError) error = NULL;

  lab = lab_start (&error);
  if (lab == NULL)
    {
      g_print ("%s\n", error->message);
      return 77;
    }
  measure ("imaps + smtps", LAB_IMAPS, POSTWEG_IMAP, POSTWEG_TLS, LAB_SMTPS);
  measure ("imap + smtp, STARTTLS", LAB_IMAP, POSTWEG_IMAP, POSTWEG_STARTTLS, LAB_SUBMISSION);
  measure ("pop3s + smtps", LAB_POP3S, POSTWEG_POP3, POSTWEG_TLS, LAB_SMTPS);
  lab_stop (lab);
  return 0;
}
