/* undo: takes a written change back. */
#include "cli/cli.h"
#include <glib/gi18n-lib.h>

static int
run (int argc, char **argv)
{
  g_auto (CliOptions) options = CLI_OPTIONS_INIT;
  g_auto (CliWait) wait = { NULL };
  g_autoptr (PostwegPlan) plan = NULL;
  g_autoptr (GError) error = NULL;

  if (!cli_parse (&cli_undo, NULL, &options, &argc, &argv))
    return CLI_USAGE;
  if (argc > 2)
    return cli_usage (_("One change at a time."));
  cli_wait_init (&wait);
  postweg_checkup_undo (argc == 2 ? argv[1] : NULL, cli_wait_done, &wait);
  plan = postweg_checkup_undo_finish (cli_wait_run (&wait), &error);
  if (plan == NULL)
    return cli_complain (error);
  if (options.json)
    {
      cli_print_json (postweg_plan_to_json (plan));
      return CLI_WORKS;
    }
  for (guint i = 0; i < plan->changes->len; i++)
    cli_say (_("Restored: %s\n"), ((const PostwegChange *) g_ptr_array_index (plan->changes, i))->target);
  return CLI_WORKS;
}

const CliCommand cli_undo = {
  "undo", N_ ("[ID]"), N_ ("Takes the newest written change back, or the one with this id."), FALSE, run };
