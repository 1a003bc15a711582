/* batch: many accounts, as an administrator has them after a move. */
#include "checkup/batch/batch.h"
#include "cli/cli.h"
#include <glib/gi18n-lib.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

#define PROGRESS_TERMINAL 200 /* ms */
#define PROGRESS_LOG 10000

/* is_terminal: one line that is written over. */
static void
show_progress (const char *text, gpointer is_terminal)
{
  fprintf (stderr, *(gboolean *) is_terminal ? "\r\033[K%s" : "%s\n", text);
}

static void
show_remark (const char *text, gpointer is_terminal)
{
  fprintf (stderr, *(gboolean *) is_terminal ? "\r\033[Kpostweg-cli: %s\n" : "postweg-cli: %s\n", text);
}

/* The second time Ctrl+C means it. */
static void
stopping (GCancellable *cancellable G_GNUC_UNUSED, gpointer unused G_GNUC_UNUSED)
{
  signal (SIGINT, SIG_DFL);
  signal (SIGTERM, SIG_DFL);
}

/* Takes the request. */
static int
run_batch (PostwegBatchRequest *request)
{
  gboolean is_terminal = isatty (STDERR_FILENO);
  const PostwegBatchWatch watch = { show_progress, show_remark, &is_terminal };
  g_auto (CliWait) wait = { NULL };
  g_autoptr (PostwegBatchOutcome) outcome = NULL;
  g_autoptr (GError) error = NULL;

  request->progress_ms = is_terminal ? PROGRESS_TERMINAL : PROGRESS_LOG;
  cli_wait_init (&wait);
  g_cancellable_connect (wait.cancellable, G_CALLBACK (stopping), NULL, NULL);
  postweg_checkup_batch (request, &watch, wait.cancellable, cli_wait_done, &wait);
  outcome = postweg_checkup_batch_finish (cli_wait_run (&wait), &error);
  if (is_terminal)
    fputc ('\n', stderr);
  if (outcome == NULL)
    return cli_complain (error);
  fputs (outcome->summary, stderr);
  return cli_status_of (outcome->worst);
}

static int
run (int argc, char **argv)
{
  g_auto (CliOptions) shared = CLI_OPTIONS_INIT;
  g_autoptr (PostwegBatchRequest) request = postweg_batch_request_new (NULL);
  g_autofree char *consent = NULL;
  g_autoptr (GError) error = NULL;
  /* clang-format off */
  const GOptionEntry entries[] = {
    { "format", 0, 0, G_OPTION_ARG_STRING, &request->format, N_ ("Write json (one line for each account), csv, html or prometheus"), N_ ("FORMAT") },
    { "resume", 0, 0, G_OPTION_ARG_FILENAME, &request->resume, N_ ("Leave out what was tested already according to these JSON lines"), N_ ("OUTPUT") },
    { "jobs", 0, 0, G_OPTION_ARG_INT, &request->jobs, N_ ("Test so many accounts at the same time (32)"), N_ ("N") },
    { "per-server", 0, 0, G_OPTION_ARG_INT, &request->per_server, N_ ("Open so many connections to one server at the same time (8)"), N_ ("N") },
    { "consent", 0, 0, G_OPTION_ARG_STRING, &consent, N_ ("Who may be asked: offline, default, all, send-address"), N_ ("WHO") },
    G_OPTION_ENTRY_NULL
  };
  /* clang-format on */

  if (!cli_parse (&cli_batch, entries, &shared, &argc, &argv))
    return CLI_USAGE;
  if (argc != 2)
    return cli_usage (_("A file with accounts is needed, or “-” for standard input."));
  if (consent != NULL && !postweg_consent_from_name (consent, &request->consent))
    return cli_usage (_("--consent can be offline, default, all or send-address."));
  if (!postweg_batch_request_check (request, &error))
    return cli_usage (error->message);
  request->file = g_strdup (argv[1]);
  request->allow_plaintext = shared.allow_plaintext;
  request->trust_file = g_steal_pointer (&shared.trust_file);
  request->timeout_s = (guint) shared.timeout_s;
  return run_batch (g_steal_pointer (&request));
}

const CliCommand cli_batch = { "batch", N_ ("FILE"), N_ ("Tests every account of a list."), FALSE, run };
