/* report: the test of an account as a text for the help desk, or as a letter. */
#include "cli/cli.h"
#include <glib/gi18n-lib.h>
#include <stdio.h>

typedef struct {
  CliTestOptions test;
  char *format;
  gboolean with_addresses, letter;
} ReportOptions;

static void
print_letter (const PostwegTestResult *result)
{
  g_autofree char *letter = postweg_checkup_letter (result);

  if (letter != NULL)
    cli_say ("%s", letter);
  else
    fprintf (stderr, "postweg-cli: %s\n",
             _("Nothing is wrong with this account, so there is nothing to write a letter about."));
}

static int
report_account (ReportOptions *options, CliOptions *shared, const char *positional)
{
  g_autoptr (PostwegTestResult) result = NULL;
  g_autofree char *report = NULL;
  int status;

  if (options->format == NULL)
    options->format = g_strdup (shared->json ? "json" : "markdown");
  if (!postweg_checkup_knows_report (options->format))
    return cli_usage (_("--format can be markdown, html or json."));
  result = cli_run_test (&options->test, shared, positional, &status);
  if (result == NULL)
    return status;
  report = postweg_checkup_report (result, options->format, options->with_addresses);
  if (options->letter)
    print_letter (result);
  else
    cli_say ("%s", report);
  return status;
}

static int
run (int argc, char **argv)
{
  g_auto (CliOptions) shared = CLI_OPTIONS_INIT;
  ReportOptions options = { .format = NULL };
  /* clang-format off */
  const GOptionEntry entries[] = {
    { "format", 0, 0, G_OPTION_ARG_STRING, &options.format, N_ ("Write it as markdown, html or json"), N_ ("FORMAT") },
    { "with-addresses", 0, 0, G_OPTION_ARG_NONE, &options.with_addresses, N_ ("Leave addresses, user names and servers readable"), NULL },
    { "letter", 0, 0, G_OPTION_ARG_NONE, &options.letter, N_ ("Write a letter to the administrator instead, with the addresses"), NULL },
    { "ports", 0, 0, G_OPTION_ARG_NONE, &options.test.ports, N_ ("Show which ports of the servers can be reached from here"), NULL },
    { "send-to-self", 0, 0, G_OPTION_ARG_NONE, &options.test.send_to_self, N_ ("Also send one mail to yourself, wait for it, and remove it again"), NULL },
    { "profile", 0, 0, G_OPTION_ARG_FILENAME, &shared.source.profile, N_ ("Profile folder for --from"), N_ ("DIR") },
    { "home", 0, 0, G_OPTION_ARG_FILENAME, &shared.source.home, N_ ("Home folder for --from"), N_ ("DIR") },
    G_OPTION_ENTRY_NULL
  };
  /* clang-format on */
  int status;

  if (!cli_parse (&cli_report, entries, &shared, &argc, &argv))
    status = CLI_USAGE;
  else if (argc > 2)
    status = cli_usage (_("One account at a time."));
  else
    status = report_account (&options, &shared, argc == 2 ? argv[1] : NULL);
  g_free (options.format);
  return status;
}

const CliCommand cli_report = {
  "report", N_ ("[ADDRESS]"),
                N_ ("Tests an account and writes down what was seen, without addresses, for passing on."),
                    TRUE, run };
