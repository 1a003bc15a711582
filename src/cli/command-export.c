/* export: writes an account into a mail program, after showing what changes. */
#include "cli/cli.h"
#include <glib/gi18n-lib.h>
#include <stdio.h>

static void
print_lines (const char *title, const GPtrArray *lines)
{
  if (lines->len > 0)
    cli_say ("%s\n", title);
  for (guint i = 0; i < lines->len; i++)
    cli_say ("• %s\n", (const char *) g_ptr_array_index (lines, i));
}

static void
print_plan (const PostwegPlan *plan)
{
  for (guint i = 0; i < plan->changes->len; i++)
    {
      const PostwegChange *change = g_ptr_array_index (plan->changes, i);
      g_autoptr (GPtrArray) lines = postweg_change_lines (change);

      cli_say ("%s  %s\n",
               change->action == POSTWEG_ACTION_CREATE ? _("New file:") : _("Changed:"), change->target);
      for (guint k = 0; k < lines->len; k++)
        cli_say ("  %s\n", (const char *) g_ptr_array_index (lines, k));
    }
  print_lines (_("Worth knowing:"), plan->notes);
  if (plan->undo != NULL)
    cli_say (_("Written. “postweg-cli undo %s” takes it back.\n"), plan->undo);
  print_lines (_("What is left to do:"), plan->left_to_do);
}

static PostwegPlan *
make_plan (const char *program, const PostwegAccount *account, const char *profile, int *status)
{
  PostwegExportRequest *request = postweg_export_request_new (program, account);
  g_auto (CliWait) wait = { NULL };
  g_autoptr (GError) error = NULL;
  PostwegPlan *plan;

  request->profile = g_strdup (profile);
  cli_wait_init (&wait);
  postweg_checkup_plan (request, wait.cancellable, cli_wait_done, &wait);
  plan = postweg_checkup_plan_finish (cli_wait_run (&wait), &error);
  if (plan == NULL)
    *status = cli_complain (error);
  return plan;
}

static PostwegPlan *
apply_plan (PostwegPlan *plan, int *status)
{
  g_auto (CliWait) wait = { NULL };
  g_autoptr (GError) error = NULL;
  PostwegPlan *applied;

  cli_wait_init (&wait);
  postweg_checkup_apply (plan, cli_wait_done, &wait);
  applied = postweg_checkup_apply_finish (cli_wait_run (&wait), &error);
  if (applied == NULL)
    *status = cli_complain (error);
  return applied;
}

static int
export_account (CliOptions *shared, const char *program, const char *positional, gboolean dry_run)
{
  g_autoptr (PostwegAccount) account = NULL;
  g_autoptr (PostwegPlan) plan = NULL;
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
  plan =
      make_plan (program, account, shared->source.program == NULL ? shared->source.profile : NULL, &status);
  if (plan != NULL && !dry_run && plan->changes->len > 0)
    plan = apply_plan (g_steal_pointer (&plan), &status);
  if (plan == NULL)
    return status;
  if (shared->json)
    cli_print_json (postweg_plan_to_json (plan));
  else
    print_plan (plan);
  return CLI_WORKS;
}

static int
run (int argc, char **argv)
{
  g_auto (CliOptions) shared = CLI_OPTIONS_INIT;
  gboolean dry_run = FALSE;
  /* clang-format off */
  const GOptionEntry entries[] = {
    { "profile", 0, 0, G_OPTION_ARG_FILENAME, &shared.source.profile, N_ ("Profile folder of the mail program"), N_ ("DIR") },
    { "dry-run", 0, 0, G_OPTION_ARG_NONE, &dry_run, N_ ("Show the changes, write nothing"), NULL },
    G_OPTION_ENTRY_NULL
  };
  /* clang-format on */

  if (!cli_parse (&cli_export, entries, &shared, &argc, &argv))
    return CLI_USAGE;
  if (argc < 2 || argc > 3)
    return cli_usage (_("A mail program and an account are needed."));
  return export_account (&shared, argv[1], argc == 3 ? argv[2] : NULL, dry_run);
}

const CliCommand cli_export = {
  "export", N_ ("PROGRAM [ADDRESS]"), N_ ("Writes an account into a mail program, with backup and undo."),
                                          TRUE, run };
