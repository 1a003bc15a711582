/* The plan value. */
#include "model/plan.h"
#include <string.h>

PostwegPlan *
postweg_plan_new (const char *program, const char *name, const char *profile)
{
  PostwegPlan *plan = g_new0 (PostwegPlan, 1);

  plan->program = g_strdup (program);
  plan->name = g_strdup (name);
  plan->profile = g_strdup (profile);
  plan->changes = g_ptr_array_new_with_free_func ((GDestroyNotify) postweg_change_free);
  plan->notes = g_ptr_array_new_with_free_func (g_free);
  plan->folders = g_ptr_array_new_with_free_func (g_free);
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
  g_clear_pointer (&change->shown_before, g_bytes_unref);
  g_clear_pointer (&change->shown_after, g_bytes_unref);
  g_free (change->backup);
  postweg_keyring_item_free (change->item);
  postweg_credentials_free (change->credentials);
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
  g_ptr_array_unref (plan->folders);
  g_ptr_array_unref (plan->notes);
  g_ptr_array_unref (plan->left_to_do);
  postweg_account_free (plan->account);
  g_free (plan->undo);
  g_free (plan);
}

static GBytes *
ref_or_null (GBytes *bytes)
{
  return bytes != NULL ? g_bytes_ref (bytes) : NULL;
}

static PostwegChange *
add_change (PostwegPlan *plan, PostwegAction action, const char *target, GBytes *before, GBytes *after)
{
  PostwegChange *change = g_new0 (PostwegChange, 1);

  change->action = action;
  change->target = g_strdup (target);
  change->before = ref_or_null (before);
  change->after = ref_or_null (after);
  g_ptr_array_add (plan->changes, change);
  return change;
}

PostwegChange *
postweg_plan_add_file (PostwegPlan *plan, const char *path, GBytes *before, GBytes *after, guint mode)
{
  PostwegAction action = before != NULL ? POSTWEG_ACTION_MODIFY : POSTWEG_ACTION_CREATE;
  PostwegChange *change = add_change (plan, action, path, before, after);

  change->mode = mode;
  return change;
}

PostwegChange *
postweg_plan_add_bus (PostwegPlan *plan, const char *target, GBytes *before, GBytes *after,
                      const PostwegCredentials *credentials)
{
  PostwegChange *change = add_change (plan, POSTWEG_ACTION_BUS, target, before, after);

  change->credentials = postweg_credentials_copy (credentials);
  return change;
}

static int
by_name (gconstpointer a, gconstpointer b)
{
  return strcmp (a, b);
}

/* "org.gnome.Geary: host=imap.example.org login=anna proto=IMAP" */
static char *
name_of (const PostwegKeyringItem *item)
{
  g_autoptr (GList) keys = g_list_sort (g_hash_table_get_keys (item->attributes), by_name);
  GString *name = g_string_new (item->schema);

  g_string_append_c (name, ':');
  for (const GList *key = keys; key != NULL; key = key->next)
    g_string_append_printf (name, " %s=%s", (const char *) key->data,
                            (const char *) g_hash_table_lookup (item->attributes, key->data));
  return g_string_free (name, FALSE);
}

PostwegChange *
postweg_plan_add_secret (PostwegPlan *plan, PostwegKeyringItem *item, gboolean is_there)
{
  g_autofree char *name = name_of (item);
  g_autoptr (GBytes) dots = g_bytes_new_static (POSTWEG_DOTS, strlen (POSTWEG_DOTS));
  PostwegChange *change = add_change (plan, POSTWEG_ACTION_KEYRING, name, is_there ? dots : NULL,
                                      item->secret != NULL ? dots : NULL);

  change->item = item;
  return change;
}

static GBytes *
concealed (GBytes *content, char *(*conceal) (const char *text))
{
  gsize length = 0;
  const char *bytes = content != NULL ? g_bytes_get_data (content, &length) : NULL;
  char *text, *shown;

  if (content == NULL)
    return NULL;
  text = g_utf8_make_valid (bytes != NULL ? bytes : "", (gssize) length);
  shown = conceal (text);
  postweg_wipe_free (text);
  return g_bytes_new_take (shown, strlen (shown));
}

void
postweg_change_conceal (PostwegChange *change, char *(*conceal) (const char *text))
{
  change->shown_before = concealed (change->before, conceal);
  change->shown_after = concealed (change->after, conceal);
}

GBytes *
postweg_change_shown_before (const PostwegChange *change)
{
  return change->shown_before != NULL ? change->shown_before : change->before;
}

GBytes *
postweg_change_shown_after (const PostwegChange *change)
{
  return change->shown_after != NULL ? change->shown_after : change->after;
}

PostwegKeyringItem *
postweg_keyring_item_new (const char *schema, const char *label, PostwegSecret *secret, ...)
{
  PostwegKeyringItem *item = g_new0 (PostwegKeyringItem, 1);
  const char *name;
  va_list list;

  item->schema = g_strdup (schema);
  item->label = g_strdup (label);
  item->secret = secret != NULL ? postweg_secret_ref (secret) : NULL;
  item->attributes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  va_start (list, secret);
  while ((name = va_arg (list, const char *)) != NULL)
    g_hash_table_insert (item->attributes, g_strdup (name), g_strdup (va_arg (list, const char *)));
  va_end (list);
  return item;
}

PostwegKeyringItem *
postweg_keyring_item_copy (const PostwegKeyringItem *item)
{
  PostwegKeyringItem *copy;
  GHashTableIter iter;
  gpointer name, value;

  if (item == NULL)
    return NULL;
  copy = postweg_keyring_item_new (item->schema, item->label, NULL, NULL);
  g_hash_table_iter_init (&iter, item->attributes);
  while (g_hash_table_iter_next (&iter, &name, &value))
    g_hash_table_insert (copy->attributes, g_strdup (name), g_strdup (value));
  return copy;
}

void
postweg_keyring_item_free (PostwegKeyringItem *item)
{
  if (item == NULL)
    return;
  g_free (item->schema);
  g_free (item->label);
  g_hash_table_unref (item->attributes);
  postweg_secret_unref (item->secret);
  g_free (item);
}

gboolean
postweg_change_is_file (const PostwegChange *change)
{
  return change->action == POSTWEG_ACTION_CREATE || change->action == POSTWEG_ACTION_MODIFY;
}

GPtrArray *
postweg_plan_files (const PostwegPlan *plan)
{
  GPtrArray *files = g_ptr_array_new ();

  for (guint i = 0; i < plan->changes->len; i++)
    if (postweg_change_is_file (g_ptr_array_index (plan->changes, i)))
      g_ptr_array_add (files, g_ptr_array_index (plan->changes, i));
  return files;
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

static gboolean
is_binary (GBytes *bytes)
{
  gsize size = 0;
  const char *data = bytes != NULL ? g_bytes_get_data (bytes, &size) : NULL;

  return size > 0 && memchr (data, '\0', size) != NULL;
}

/* Pictures and archives are told by their size. */
static void
add_size (GPtrArray *result, GBytes *bytes, char sign)
{
  g_autofree char *size = bytes != NULL ? g_format_size (g_bytes_get_size (bytes)) : NULL;

  if (bytes != NULL)
    g_ptr_array_add (result, g_strdup_printf ("%c (%s)", sign, size));
}

GPtrArray *
postweg_change_lines (const PostwegChange *change)
{
  GPtrArray *result = g_ptr_array_new_with_free_func (g_free);
  g_auto (GStrv) before = lines_of (postweg_change_shown_before (change));
  g_auto (GStrv) after = lines_of (postweg_change_shown_after (change));
  g_autoptr (GHashTable) kept = count_lines (after);
  g_autoptr (GHashTable) known = count_lines (before);

  if (is_binary (change->before) || is_binary (change->after))
    {
      add_size (result, change->before, '-');
      add_size (result, change->after, '+');
      return result;
    }
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
