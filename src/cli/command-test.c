/* test: both servers, step by step, and the one cause when something fails. */
#include "cli/cli.h"
#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

typedef struct {
  CliTestOptions test;
  gboolean transcript;
} TestOptions;

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
      print_transcript (cli_side_title (POSTWEG_RECEIVE), result->incoming);
      print_transcript (cli_side_title (POSTWEG_SEND), result->outgoing);
    }
}

static int
test_account (const TestOptions *options, CliOptions *shared, const char *positional)
{
  g_autoptr (PostwegTestResult) result = NULL;
  int status = CLI_USAGE;

  result = cli_run_test (&options->test, shared, positional, &status);
  if (result == NULL)
    return status;
  if (shared->json)
    cli_print_json (postweg_test_result_to_json (result, options->transcript));
  else
    print_result (result, options->transcript);
  return status;
}

static int
run (int argc, char **argv)
{
  g_auto (CliOptions) shared = CLI_OPTIONS_INIT;
  TestOptions options = { .transcript = FALSE };
  /* clang-format off */
  const GOptionEntry entries[] = {
    { "only", 0, 0, G_OPTION_ARG_STRING, &options.test.only, N_ ("Test one side: incoming or outgoing"), N_ ("SIDE") },
    { "ports", 0, 0, G_OPTION_ARG_NONE, &options.test.ports, N_ ("Show which ports of the servers can be reached from here"), NULL },
    { "send-to-self", 0, 0, G_OPTION_ARG_NONE, &options.test.send_to_self, N_ ("When both sides work, send one mail to yourself, wait for it, and remove it again"), NULL },
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
  g_free (options.test.only);
  return status;
}

const CliCommand cli_test = { "test", N_ ("[ADDRESS]"),
                                          N_ ("Tests the incoming and the outgoing server separately and names the cause when something does not work."),
                                              TRUE, run };
