/* export: writes an account into a mail program, after showing what changes. */
#include "cli/cli.h"
#include <glib/gi18n-lib.h>
#include <stdio.h>

typedef struct {
  gboolean dry_run, password_in_file;
  char *output;
} ExportOptions;

/* Nobody is asked for a password here: without one the mail program asks. */
static gboolean
is_given (const CliOptions *shared)
{
  return shared->keyring || shared->password_fd >= 0 || shared->password_file != NULL ||
         shared->outgoing_password_file != NULL || shared->token_file != NULL;
}

static int
export_account (CliOptions *shared, const char *program, const char *positional, const ExportOptions *options)
{
  g_autoptr (PostwegAccount) account = NULL;
  g_autoptr (PostwegPlan) plan = NULL;
  g_autoptr (PostwegExportRequest) request = NULL;
  int status = CLI_BAD_INPUT;

  if (!postweg_checkup_knows_program (program))
    {
      g_autofree char *names = postweg_checkup_program_names ();

      fprintf (stderr, _("postweg-cli: Postweg cannot write for “%s”; it can for: %s.\n"), program, names);
      return CLI_BAD_INPUT;
    }
  account = cli_account (shared, positional, &status);
  if (account == NULL)
    return status;
  request = postweg_export_request_new (program, account);
  request->profile = g_strdup (shared->source.program == NULL ? shared->source.profile : NULL);
  request->output = g_strdup (options->output);
  request->password_in_file = options->password_in_file;
  if (is_given (shared) && !cli_secrets (shared, account, &request->credentials, &status))
    return status;
  plan = cli_plan (g_steal_pointer (&request), options->dry_run, &status);
  if (plan == NULL)
    return status;
  if (shared->json)
    cli_print_json (postweg_plan_to_json (plan));
  else
    cli_print_plan (plan);
  return CLI_WORKS;
}

static int
run (int argc, char **argv)
{
  g_auto (CliOptions) shared = CLI_OPTIONS_INIT;
  ExportOptions options = { FALSE, FALSE, NULL };
  g_autofree char *output = NULL;
  /* clang-format off */
  const GOptionEntry entries[] = {
    { "profile", 0, 0, G_OPTION_ARG_FILENAME, &shared.source.profile, N_ ("Profile folder of the mail program"), N_ ("DIR") },
    { "output", 0, 0, G_OPTION_ARG_FILENAME, &output, N_ ("Folder for files that are carried elsewhere"), N_ ("DIR") },
    { "dry-run", 0, 0, G_OPTION_ARG_NONE, &options.dry_run, N_ ("Show the changes, write nothing"), NULL },
    { "password-in-file", 0, 0, G_OPTION_ARG_NONE, &options.password_in_file, N_ ("Let the password stand in the program’s own file where there is no better place"), NULL },
    G_OPTION_ENTRY_NULL
  };
  /* clang-format on */

  if (!cli_parse (&cli_export, entries, &shared, &argc, &argv))
    return CLI_USAGE;
  if (argc < 2 || argc > 3)
    return cli_usage (_("A mail program and an account are needed."));
  options.output = output;
  return export_account (&shared, argv[1], argc == 3 ? argv[2] : NULL, &options);
}

const CliCommand cli_export = {
  "export", N_ ("PROGRAM [ADDRESS]"), N_ ("Writes an account into a mail program, with backup and undo."),
                                          TRUE, run };
