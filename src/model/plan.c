/* The plan value. */
#include "model/plan.h"

PostwegPlan *
postweg_plan_new (const char *program, const char *name, const char *profile)
{
  PostwegPlan *plan = g_new0 (PostwegPlan, 1);

  plan->program = g_strdup (program);
  plan->name = g_strdup (name);
  plan->profile = g_strdup (profile);
  plan->changes = g_ptr_array_new_with_free_func ((GDestroyNotify) postweg_change_free);
  plan->notes = g_ptr_array_new_with_free_func (g_free);
  plan->left_to_do = g_ptr_array_new_with_free_func (g_free);
  return plan;
}

void
postweg_change_free (PostwegChange *change)
{
  if (change == NULL)
    return;
  g_free (change->target);
  g_clear_pointer (&change->before, g_bytes_unref);
  g_clear_pointer (&change->after, g_bytes_unref);
  g_free (change->backup);
  g_free (change);
}

void
postweg_plan_free (PostwegPlan *plan)
{
  if (plan == NULL)
    return;
  g_free (plan->program);
  g_free (plan->name);
  g_free (plan->profile);
  g_free (plan->lock);
  g_ptr_array_unref (plan->changes);
  g_ptr_array_unref (plan->notes);
  g_ptr_array_unref (plan->left_to_do);
  g_free (plan->undo);
  g_free (plan);
}

void
postweg_plan_add_file (PostwegPlan *plan, const char *path, GBytes *before, GBytes *after, guint mode)
{
  PostwegChange *change = g_new0 (PostwegChange, 1);

  change->action = before != NULL ? POSTWEG_ACTION_MODIFY : POSTWEG_ACTION_CREATE;
  change->target = g_strdup (path);
  change->before = before != NULL ? g_bytes_ref (before) : NULL;
  change->after = after != NULL ? g_bytes_ref (after) : NULL;
  change->mode = mode;
  g_ptr_array_add (plan->changes, change);
}

const char *
postweg_action_name (PostwegAction action)
{
  static const char *const names[] = { "create", "modify", "bus", "keyring" };

  return names[action];
}
