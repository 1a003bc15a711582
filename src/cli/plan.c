/* Working out, making and showing changes to a mail program's files. */
#include "cli/cli.h"
#include <glib/gi18n-lib.h>

static void
print_lines (const char *title, const GPtrArray *lines)
{
  if (lines->len > 0)
    cli_say ("%s\n", title);
  for (guint i = 0; i < lines->len; i++)
    cli_say ("• %s\n", (const char *) g_ptr_array_index (lines, i));
}

void
cli_print_plan (const PostwegPlan *plan)
{
  static const char *const titles[] = {
    [POSTWEG_ACTION_CREATE] =
        N_ ("New file:"), [POSTWEG_ACTION_MODIFY] =
                              N_ ("Changed:"), [POSTWEG_ACTION_BUS] = N_ ("Told to the program:"), [POSTWEG_ACTION_KEYRING] =
                                                                                N_ ("Kept in the keyring:"),
                                                   };

  for (guint i = 0; i < plan->changes->len; i++)
    {
      const PostwegChange *change = g_ptr_array_index (plan->changes, i);
      g_autoptr (GPtrArray) lines = postweg_change_lines (change);

      cli_say ("%s  %s\n", _(titles[change->action]), change->target);
      for (guint k = 0; k < lines->len; k++)
        cli_say ("  %s\n", (const char *) g_ptr_array_index (lines, k));
    }
  print_lines (_("Worth knowing:"), plan->notes);
  if (plan->undo != NULL)
    cli_say (_("Written. “postweg-cli undo %s” takes it back.\n"), plan->undo);
  print_lines (_("What is left to do:"), plan->left_to_do);
}

static PostwegPlan *
make_plan (PostwegExportRequest *request, int *status)
{
  g_auto (CliWait) wait = { NULL };
  g_autoptr (GError) error = NULL;
  PostwegPlan *plan;

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

PostwegPlan *
cli_plan (PostwegExportRequest *request, gboolean dry_run, int *status)
{
  PostwegPlan *plan = make_plan (request, status);

  return plan != NULL && !dry_run && plan->changes->len > 0 ? apply_plan (plan, status) : plan;
}
