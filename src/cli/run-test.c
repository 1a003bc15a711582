/* From a command line to the result of a test, with progress on standard error. */
#include "cli/cli.h"
#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

const char *
cli_side_title (PostwegSide side)
{
  return side == POSTWEG_RECEIVE ? _("Receiving") : _("Sending");
}

/* A line of progress: side, step, what came of it. */
static void
step_done (PostwegSide side, const PostwegStep *step, gpointer data G_GNUC_UNUSED)
{
  static const char *const signs[] = { "✓", "•", "✗", "–" };
  g_autofree char *words = step->reply != NULL ? postweg_reply_words (step->reply) : g_strdup (step->detail);

  fprintf (stderr, "%s %-9s  %-10s %5u ms  %s\n", signs[step->verdict], cli_side_title (side),
           postweg_stage_name (step->stage), step->ms, words);
}

int
cli_status_of (PostwegVerdict verdict)
{
  static const int table[] = {
    [POSTWEG_VERDICT_WORKS] = CLI_WORKS,
    [POSTWEG_VERDICT_WORKS_WITH_NOTE] = CLI_WORKS,
    [POSTWEG_VERDICT_RECEIVE_ONLY] = CLI_RECEIVE_ONLY,
    [POSTWEG_VERDICT_SEND_ONLY] = CLI_SEND_ONLY,
    [POSTWEG_VERDICT_NOTHING_WORKS] = CLI_NEITHER,
    [POSTWEG_VERDICT_NOT_TESTED] = CLI_NOT_TESTED,
  };

  return table[verdict];
}

static gboolean
read_side (const char *only, PostwegSide *side)
{
  *side = POSTWEG_BOTH;
  if (only == NULL)
    return TRUE;
  if (strcmp (only, "incoming") != 0 && strcmp (only, "outgoing") != 0)
    return FALSE;
  *side = strcmp (only, "incoming") == 0 ? POSTWEG_RECEIVE : POSTWEG_SEND;
  return TRUE;
}

/* Only where both sides work: what failed before would fail again, and says more by itself. */
static gboolean
send_to_self (const CliOptions *shared, PostwegTestRequest *request, PostwegTestResult *result,
              GError **error)
{
  PostwegTestWatch watch = { .step = shared->json ? NULL : step_done };
  g_auto (CliWait) wait = { NULL };

  if (!postweg_checkup_can_deliver (result))
    {
      result->delivery = postweg_delivery_new (result->account->address);
      postweg_test_request_free (request);
      return TRUE;
    }
  cli_wait_init (&wait);
  postweg_checkup_deliver (request, result, &watch, wait.cancellable, cli_wait_done, &wait);
  return postweg_checkup_deliver_finish (cli_wait_run (&wait), result, error);
}

static PostwegTestResult *
run_request (const CliTestOptions *options, const CliOptions *shared, PostwegTestRequest *request,
             int *status)
{
  PostwegTestRequest *again = options->send_to_self ? postweg_test_request_copy (request) : NULL;
  PostwegTestWatch watch = { .step = shared->json ? NULL : step_done };
  g_auto (CliWait) wait = { NULL };
  g_autoptr (PostwegTestResult) result = NULL;
  g_autoptr (GError) error = NULL;

  cli_wait_init (&wait);
  postweg_checkup_test (request, &watch, wait.cancellable, cli_wait_done, &wait);
  result = postweg_checkup_test_finish (cli_wait_run (&wait), &error);
  if (result == NULL)
    postweg_test_request_free (again);
  if (result == NULL || (again != NULL && !send_to_self (shared, again, result, &error)))
    {
      *status = cli_complain (error);
      return NULL;
    }
  *status = cli_status_of (result->verdict);
  return g_steal_pointer (&result);
}

PostwegTestResult *
cli_test_account (const CliTestOptions *options, const CliOptions *shared, const PostwegAccount *account,
                  const PostwegCredentials *credentials, int *status)
{
  PostwegTestRequest *request = postweg_test_request_new (account, credentials);

  read_side (options->only, &request->side);
  request->ports = options->ports;
  request->allow_plaintext = shared->allow_plaintext;
  request->trust_file = g_strdup (shared->trust_file);
  request->timeout_s = (guint) shared->timeout_s;
  return run_request (options, shared, request, status);
}

PostwegTestResult *
cli_run_test (const CliTestOptions *options, CliOptions *shared, const char *positional, int *status)
{
  g_autoptr (PostwegAccount) account = NULL;
  g_autoptr (PostwegCredentials) credentials = NULL;
  PostwegSide side;

  *status = CLI_USAGE;
  if (!read_side (options->only, &side))
    return cli_usage (_("--only can be incoming or outgoing.")), NULL;
  if (options->send_to_self && side != POSTWEG_BOTH)
    return cli_usage (_("--send-to-self needs both sides, so it does not go with --only.")), NULL;
  account = cli_account (shared, positional, status);
  if (account == NULL || !cli_secrets (shared, account, &credentials, status))
    return NULL;
  return cli_test_account (options, shared, account, credentials, status);
}
