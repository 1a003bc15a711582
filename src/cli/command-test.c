/* test: both servers, step by step, and the one cause when something fails. */
#include "cli/cli.h"
#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

typedef struct {
  char *only;
  gboolean ports, transcript, send_to_self;
} TestOptions;

static const char *
side_title (PostwegSide side)
{
  return side == POSTWEG_RECEIVE ? _("Receiving") : _("Sending");
}

/* A line of progress: side, step, what came of it. */
static void
step_done (PostwegSide side, const PostwegStep *step, gpointer data G_GNUC_UNUSED)
{
  static const char *const signs[] = { "✓", "•", "✗", "–" };
  g_autofree char *words = step->reply != NULL ? postweg_reply_words (step->reply) : g_strdup (step->detail);

  fprintf (stderr, "%s %-9s  %-10s %5u ms  %s\n", signs[step->verdict], side_title (side),
           postweg_stage_name (step->stage), step->ms, words);
}

/* What stands below the headline of the answer. */
static void
print_finding (const PostwegFinding *finding)
{
  g_autofree char *who = postweg_checkup_who_text (finding->who);
  g_autofree char *confidence = postweg_checkup_confidence_text (finding->confidence);

  cli_say ("\n%s\n%s\n\n%s %s\n", finding->explanation, finding->remedy, who, confidence);
  for (guint i = 0; i < finding->evidence->len; i++)
    cli_say ("  %s\n", (const char *) g_ptr_array_index (finding->evidence, i));
  cli_say ("  (%s)\n", finding->cause);
}

static void
print_further (const PostwegFinding *finding)
{
  cli_say ("• %s (%s, %s)\n", finding->headline, finding->cause,
           postweg_confidence_name (finding->confidence));
}

static void
print_transcript (const char *title, const PostwegEvidence *evidence)
{
  if (evidence == NULL)
    return;
  cli_say ("\n%s %s:%u\n", title, evidence->server->host, evidence->server->port);
  for (guint i = 0; i < evidence->dialogue->len; i++)
    {
      const PostwegDialogueLine *line = g_ptr_array_index (evidence->dialogue, i);

      cli_say ("%6u ms %s %s\n", line->ms, line->from_server ? "S:" : "C:", line->text);
    }
}

static void
print_result (const PostwegTestResult *result, gboolean transcript)
{
  g_autofree char *sentence = postweg_checkup_verdict_text (result);

  cli_say ("%s\n", sentence);
  if (result->findings->len > 0)
    print_finding (g_ptr_array_index (result->findings, 0));
  if (result->findings->len > 1)
    cli_say ("\n%s\n", _("Also worth a look:"));
  for (guint i = 1; i < result->findings->len; i++)
    print_further (g_ptr_array_index (result->findings, i));
  if (result->ports != NULL)
    cli_print_ports (result->ports);
  if (result->delivery != NULL)
    cli_print_delivery (result->delivery);
  if (transcript)
    {
      print_transcript (side_title (POSTWEG_RECEIVE), result->incoming);
      print_transcript (side_title (POSTWEG_SEND), result->outgoing);
    }
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

static int
run_test (const TestOptions *options, const CliOptions *shared, PostwegTestRequest *request)
{
  PostwegTestRequest *again = options->send_to_self ? postweg_test_request_copy (request) : NULL;
  PostwegTestWatch watch = { .step = shared->json ? NULL : step_done };
  g_auto (CliWait) wait = { NULL };
  g_autoptr (PostwegTestResult) result = NULL;
  g_autoptr (GError) error = NULL;

  cli_wait_init (&wait);
  postweg_checkup_test (request, &watch, wait.cancellable, cli_wait_done, &wait);
  result = postweg_checkup_test_finish (cli_wait_run (&wait), &error);
  if (result == NULL || (again != NULL && !send_to_self (shared, again, result, &error)))
    return cli_complain (error);
  if (shared->json)
    cli_print_json (postweg_test_result_to_json (result, options->transcript));
  else
    print_result (result, options->transcript);
  return cli_status_of (result->verdict);
}

static int
test_account (TestOptions *options, CliOptions *shared, const char *positional)
{
  g_autoptr (PostwegAccount) account = NULL;
  g_autoptr (PostwegCredentials) credentials = NULL;
  PostwegTestRequest *request;
  PostwegSide side;
  int status = CLI_USAGE;

  if (!read_side (options->only, &side))
    return cli_usage (_("--only can be incoming or outgoing."));
  if (options->send_to_self && side != POSTWEG_BOTH)
    return cli_usage (_("--send-to-self needs both sides, so it does not go with --only."));
  account = cli_account (shared, positional, &status);
  if (account == NULL || !cli_secrets (shared, account, &credentials, &status))
    return status;
  request = postweg_test_request_new (account, credentials);
  request->side = side;
  request->ports = options->ports;
  request->allow_plaintext = shared->allow_plaintext;
  request->trust_file = g_strdup (shared->trust_file);
  request->timeout_s = (guint) shared->timeout_s;
  return run_test (options, shared, request);
}

static int
run (int argc, char **argv)
{
  g_auto (CliOptions) shared = CLI_OPTIONS_INIT;
  TestOptions options = { NULL };
  /* clang-format off */
  const GOptionEntry entries[] = {
    { "only", 0, 0, G_OPTION_ARG_STRING, &options.only, N_ ("Test one side: incoming or outgoing"), N_ ("SIDE") },
    { "ports", 0, 0, G_OPTION_ARG_NONE, &options.ports, N_ ("Show which ports of the servers can be reached from here"), NULL },
    { "send-to-self", 0, 0, G_OPTION_ARG_NONE, &options.send_to_self, N_ ("When both sides work, send one mail to yourself, wait for it, and remove it again"), NULL },
    { "transcript", 0, 0, G_OPTION_ARG_NONE, &options.transcript, N_ ("Show the dialogue with the servers, without passwords"), NULL },
    { "profile", 0, 0, G_OPTION_ARG_FILENAME, &shared.source.profile, N_ ("Profile folder for --from"), N_ ("DIR") },
    { "home", 0, 0, G_OPTION_ARG_FILENAME, &shared.source.home, N_ ("Home folder for --from"), N_ ("DIR") },
    G_OPTION_ENTRY_NULL
  };
  /* clang-format on */
  int status;

  if (!cli_parse (&cli_test, entries, &shared, &argc, &argv))
    status = CLI_USAGE;
  else if (argc > 2)
    status = cli_usage (_("One account at a time."));
  else
    status = test_account (&options, &shared, argc == 2 ? argv[1] : NULL);
  g_free (options.only);
  return status;
}

const CliCommand cli_test = { "test", N_ ("[ADDRESS]"),
                                          N_ ("Tests the incoming and the outgoing server separately and names the cause when something does not work."),
                                              TRUE, run };
