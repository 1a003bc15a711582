/* A plan made real: lock, compare, back up, write; and everything as it was if a step does not work. */
#include "clients/apply.h"
#include "clients/clients.h"
#include "clients/files.h"
#include "clients/journal.h"
#include "clients/lock.h"
#include "clients/store.h"
#include "model/error.h"
#include <glib/gi18n-lib.h>
#include <unistd.h>

static gboolean
same_bytes (GBytes *a, GBytes *b)
{
  return a == b || (a != NULL && b != NULL && g_bytes_equal (a, b));
}

static gboolean
make_folders (const PostwegPlan *plan, GPtrArray *made, GError **error)
{
  for (guint i = 0; i < plan->changes->len; i++)
    {
      const PostwegChange *change = g_ptr_array_index (plan->changes, i);
      g_autofree char *folder = g_path_get_dirname (change->target);

      if (postweg_change_is_file (change) && !postweg_folder_make (folder, made, error))
        return FALSE;
    }
  for (guint i = 0; i < plan->folders->len; i++)
    if (!postweg_folder_make (g_ptr_array_index (plan->folders, i), made, error))
      return FALSE;
  return TRUE;
}

static gboolean
read_now (const PostwegPlan *plan, const PostwegChange *change, GBytes **now, GError **error)
{
  const PostwegStore *store = postweg_store_of (plan->program, change->action);

  if (store != NULL)
    return store->read (change, now, error);
  return postweg_file_read (change->target, POSTWEG_FILE_MAX, now, error);
}

static gboolean
check_unchanged (const PostwegPlan *plan, GError **error)
{
  if (!postweg_client_is_closed (plan->program, plan->profile, error))
    return FALSE;
  for (guint i = 0; i < plan->changes->len; i++)
    {
      const PostwegChange *change = g_ptr_array_index (plan->changes, i);
      g_autoptr (GBytes) now = NULL;

      if (!read_now (plan, change, &now, error))
        return FALSE;
      if (!same_bytes (now, change->before))
        {
          g_set_error (error, POSTWEG_ERROR, POSTWEG_ERROR_CHANGED_MEANWHILE,
                       _("“%s” has changed since it was read, so it was left alone. Please try again."),
                          change->target);
          return FALSE;
        }
    }
  return TRUE;
}

static void
forget_backups (PostwegPlan *plan)
{
  for (guint i = 0; i < plan->changes->len; i++)
    g_clear_pointer (&((PostwegChange *) g_ptr_array_index (plan->changes, i))->backup, g_free);
}

/* Files last: they can be made all at once, and so never name a password that is not there. */
static gboolean
write_all (PostwegPlan *plan, const char *id, GError **error)
{
  g_autoptr (GPtrArray) files = postweg_plan_files (plan);

  if (!postweg_stores_write (plan->program, plan->changes, id, error))
    return FALSE;
  if (postweg_changes_write (files, id, error))
    return TRUE;
  postweg_stores_put_back (plan->program, plan->changes, id);
  return FALSE;
}

/* The journal is complete on the disk before the first file changes. */
static gboolean
write_with_journal (PostwegPlan *plan, const char *state, GPtrArray *folders, gboolean lock_made,
                    GError **error)
{
  g_autoptr (PostwegJournal) journal = postweg_journal_begin (plan, state, folders, lock_made, error);

  if (journal != NULL && write_all (plan, journal->id, error))
    {
      plan->undo = g_strdup (journal->id);
      return TRUE;
    }
  if (journal != NULL)
    postweg_journal_discard (journal);
  forget_backups (plan);
  return FALSE;
}

/* The folders are there: no other Postweg writes here meanwhile. */
static gboolean
apply_alone (PostwegPlan *plan, const char *state, GPtrArray *folders, GError **error)
{
  g_auto (PostwegLock) lock = POSTWEG_LOCK_NONE;
  int others = postweg_lock_out_others (plan->profile);
  gboolean done = (plan->lock == NULL || postweg_lock_take (&lock, plan->lock, plan->name, error)) &&
                  check_unchanged (plan, error) &&
                  write_with_journal (plan, state, folders, lock.made, error);

  if (!done && lock.made)
    unlink (plan->lock);
  if (others != -1)
    close (others);
  return done;
}

/* Folders are made, and removed if it does not work, by one Postweg at a time: else it would remove what another one is about to use. */
static gboolean
apply_with_folders (PostwegPlan *plan, const char *state, GError **error)
{
  g_autoptr (GPtrArray) folders = g_ptr_array_new_with_free_func (g_free);

  if (make_folders (plan, folders, error) && apply_alone (plan, state, folders, error))
    return TRUE;
  postweg_folders_remove (folders);
  return FALSE;
}

gboolean
postweg_plan_apply (PostwegPlan *plan, const char *state, GError **error)
{
  g_autoptr (GPtrArray) made = g_ptr_array_new_with_free_func (g_free);
  gboolean done;
  int others;

  g_return_val_if_fail (plan != NULL && state != NULL && plan->undo == NULL, FALSE);
  if (plan->changes->len == 0)
    return TRUE;
  /* where that folder cannot be made, nothing is written either, and the reason is found below */
  others = postweg_folder_make (state, made, NULL) ? postweg_lock_out_others (state) : -1;
  done = apply_with_folders (plan, state, error);
  if (others != -1)
    close (others);
  return done;
}
