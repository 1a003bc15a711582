/* A plan made real and taken back: lock, compare, back up, write, and everything as it was if a step does not work. */
#include "clients/apply.h"
#include "clients/files.h"
#include "clients/journal.h"
#include "clients/lock.h"
#include "model/error.h"
#include <glib/gi18n-lib.h>
#include <unistd.h>

#define MAX_FILE                                                                                             \
  (64 * 1024 * 1024) /* bytes; the limit for comparing, above that of every program's own reader */

/* What has to be let go or removed again, whatever happens. */
typedef struct {
  int lock; /* -1: none */
  gboolean lock_made;
  GPtrArray *folders; /* char*, made on the way */
} Hold;

static void
hold_release (Hold *hold)
{
  if (hold->lock != -1)
    close (hold->lock);
  g_ptr_array_unref (hold->folders);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Hold, hold_release)

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

      if (change->action != POSTWEG_ACTION_CREATE && change->action != POSTWEG_ACTION_MODIFY)
        {
          g_set_error_literal (error, POSTWEG_ERROR, POSTWEG_ERROR_UNSUPPORTED,
                               _("This version can only change files of mail programs."));
          return FALSE;
        }
      if (!postweg_folder_make (folder, made, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
take_lock (const char *lock, const char *name, Hold *hold, GError **error)
{
  if (lock == NULL)
    return TRUE;
  hold->lock = postweg_lock_take (lock, name, &hold->lock_made, error);
  return hold->lock != -1;
}

static gboolean
check_unchanged (const PostwegPlan *plan, GError **error)
{
  for (guint i = 0; i < plan->changes->len; i++)
    {
      const PostwegChange *change = g_ptr_array_index (plan->changes, i);
      g_autoptr (GBytes) now = NULL;

      if (!postweg_file_read (change->target, MAX_FILE, &now, error))
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

/* The journal is complete on the disk before the first file changes. */
static gboolean
write_with_journal (PostwegPlan *plan, const char *state, const Hold *hold, GError **error)
{
  g_autoptr (PostwegJournal) journal =
      postweg_journal_begin (plan, state, hold->folders, hold->lock_made, error);

  if (journal != NULL && postweg_changes_write (plan->changes, journal->id, error))
    {
      plan->undo = g_strdup (journal->id);
      return TRUE;
    }
  if (journal != NULL)
    postweg_journal_discard (journal);
  forget_backups (plan);
  return FALSE;
}

gboolean
postweg_plan_apply (PostwegPlan *plan, const char *state, GError **error)
{
  g_auto (Hold) hold = { -1, FALSE, g_ptr_array_new_with_free_func (g_free) };

  g_return_val_if_fail (plan != NULL && state != NULL && plan->undo == NULL, FALSE);
  if (plan->changes->len == 0)
    return TRUE;
  if (make_folders (plan, hold.folders, error) && take_lock (plan->lock, plan->name, &hold, error) &&
      check_unchanged (plan, error) && write_with_journal (plan, state, &hold, error))
    return TRUE;
  if (hold.lock_made)
    unlink (plan->lock);
  postweg_folders_remove (hold.folders);
  return FALSE;
}

static gboolean
changed_meanwhile (const PostwegJournalEntry *entry, GError **error)
{
  if (entry->backup != NULL)
    g_set_error (error, POSTWEG_ERROR, POSTWEG_ERROR_CHANGED_MEANWHILE,
                 _("“%s” has changed since, so it was left alone. What it held before is kept in “%s”."),
                    entry->target, entry->backup);
  else
    g_set_error (error, POSTWEG_ERROR, POSTWEG_ERROR_CHANGED_MEANWHILE,
                 _("“%s” has changed since it was made, so it was left alone."), entry->target);
  return FALSE;
}

static gboolean
read_backup (const PostwegJournalEntry *entry, GBytes **bytes, GError **error)
{
  g_autofree char *sum = NULL;

  if (entry->backup == NULL)
    return TRUE;
  if (!postweg_file_read (entry->backup, MAX_FILE, bytes, error))
    return FALSE;
  sum = postweg_journal_sum (*bytes);
  if (g_strcmp0 (sum, entry->before_sum) == 0)
    return TRUE;
  g_set_error (error, POSTWEG_ERROR, POSTWEG_ERROR_NOT_FOUND,
               _("The backup “%s” is missing or damaged, so nothing was taken back."), entry->backup);
  return FALSE;
}

/* After a crash a file may still be as it was before: then there is nothing to do for it. */
static gboolean
plan_entry (const PostwegJournalEntry *entry, PostwegPlan *plan, GError **error)
{
  g_autoptr (GBytes) now = NULL;
  g_autoptr (GBytes) before = NULL;
  g_autofree char *sum = NULL;

  if (!postweg_file_read (entry->target, MAX_FILE, &now, error))
    return FALSE;
  sum = postweg_journal_sum (now);
  if (g_strcmp0 (sum, entry->before_sum) == 0)
    return TRUE;
  if (g_strcmp0 (sum, entry->after_sum) != 0)
    return changed_meanwhile (entry, error);
  if (!read_backup (entry, &before, error))
    return FALSE;
  postweg_plan_add_file (plan, entry->target, now, before, entry->mode);
  return TRUE;
}

static PostwegPlan *
plan_back (const PostwegJournal *journal, GError **error)
{
  g_autoptr (PostwegPlan) plan = postweg_plan_new (journal->program, journal->name, journal->profile);

  plan->lock = g_strdup (journal->lock);
  plan->undo = g_strdup (journal->id);
  /* the last written first, so that a crash here leaves what a crash there could have left */
  for (guint i = journal->entries->len; i > 0; i--)
    if (!plan_entry (g_ptr_array_index (journal->entries, i - 1), plan, error))
      return NULL;
  return g_steal_pointer (&plan);
}

static void
sweep (const PostwegJournal *journal)
{
  for (guint i = 0; i < journal->entries->len; i++)
    {
      const PostwegJournalEntry *entry = g_ptr_array_index (journal->entries, i);

      postweg_changes_sweep (entry->target, journal->id);
    }
}

static gboolean
lock_for_undo (const PostwegJournal *journal, Hold *hold, GError **error)
{
  g_autofree char *folder = journal->lock != NULL ? g_path_get_dirname (journal->lock) : NULL;

  if (folder == NULL || !g_file_test (folder, G_FILE_TEST_IS_DIR))
    return TRUE;
  return take_lock (journal->lock, journal->name, hold, error);
}

PostwegPlan *
postweg_plan_undo (const char *id, const char *state, GError **error)
{
  g_autoptr (PostwegJournal) journal = NULL;
  g_autoptr (PostwegPlan) plan = NULL;
  g_auto (Hold) hold = { -1, FALSE, g_ptr_array_new_with_free_func (g_free) };

  g_return_val_if_fail (state != NULL, NULL);
  journal = postweg_journal_open (state, id, error);
  if (journal == NULL)
    return NULL;
  if (journal->undone)
    {
      g_set_error_literal (error, POSTWEG_ERROR, POSTWEG_ERROR_NOT_FOUND,
                           _("This change has been taken back already."));
      return NULL;
    }
  if (!lock_for_undo (journal, &hold, error))
    return NULL;
  sweep (journal);
  plan = plan_back (journal, error);
  if (plan == NULL || !postweg_changes_write (plan->changes, journal->id, error) ||
      !postweg_journal_mark_undone (journal, error))
    return NULL;
  if (journal->lock != NULL && (hold.lock_made || journal->lock_made))
    unlink (journal->lock);
  postweg_folders_remove (journal->folders);
  return g_steal_pointer (&plan);
}
