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
  postweg_account_free (plan->account);
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

static char **
lines_of (GBytes *content)
{
  gsize length = 0;
  const char *bytes = content != NULL ? g_bytes_get_data (content, &length) : NULL;
  g_autofree char *text = g_utf8_make_valid (bytes != NULL ? bytes : "", (gssize) length);

  return g_strsplit (text, "\n", -1);
}

/* How often each line stands there. */
static GHashTable *
count_lines (char *const *lines)
{
  GHashTable *counts = g_hash_table_new (g_str_hash, g_str_equal);

  for (; *lines != NULL; lines++)
    g_hash_table_insert (counts, *lines,
                         GINT_TO_POINTER (GPOINTER_TO_INT (g_hash_table_lookup (counts, *lines)) + 1));
  return counts;
}

/* Lines of `text` that stand there more often than `counts` has them. */
static void
add_surplus (GPtrArray *result, char *const *lines, GHashTable *counts, char sign)
{
  for (; *lines != NULL; lines++)
    {
      int n = GPOINTER_TO_INT (g_hash_table_lookup (counts, *lines));

      if (n > 0)
        g_hash_table_insert (counts, *lines, GINT_TO_POINTER (n - 1));
      else if (**lines != '\0')
        g_ptr_array_add (result, g_strdup_printf ("%c %s", sign, *lines));
    }
}

GPtrArray *
postweg_change_lines (const PostwegChange *change)
{
  GPtrArray *result = g_ptr_array_new_with_free_func (g_free);
  g_auto (GStrv) before = lines_of (change->before);
  g_auto (GStrv) after = lines_of (change->after);
  g_autoptr (GHashTable) kept = count_lines (after);
  g_autoptr (GHashTable) known = count_lines (before);

  add_surplus (result, before, kept, '-');
  add_surplus (result, after, known, '+');
  return result;
}

const char *
postweg_action_name (PostwegAction action)
{
  static const char *const names[] = { "create", "modify", "bus", "keyring" };

  return names[action];
}
