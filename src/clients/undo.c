/* An applied plan taken back, byte for byte, or not at all. */
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
  if (!postweg_file_read (entry->backup, POSTWEG_FILE_MAX, bytes, error))
    return FALSE;
  sum = postweg_journal_sum (*bytes);
  if (g_strcmp0 (sum, entry->before_sum) == 0)
    return TRUE;
  g_set_error (error, POSTWEG_ERROR, POSTWEG_ERROR_NOT_FOUND,
               _("The backup “%s” is missing or damaged, so nothing was taken back."), entry->backup);
  return FALSE;
}

/* An object or a password: as it is now it may hold more than was written, so only its being there is looked at. */
static gboolean
plan_store (const PostwegJournalEntry *entry, PostwegPlan *plan, GError **error)
{
  const PostwegStore *store = postweg_store_of (plan->program, entry->action);
  PostwegChange probe = { .action = entry->action, .target = entry->target, .item = entry->item };
  g_autoptr (GBytes) now = NULL;
  g_autoptr (GBytes) before = NULL;
  PostwegChange *change;

  if (store == NULL || !store->read (&probe, &now, error) || !read_backup (entry, &before, error))
    return FALSE;
  if (now == NULL && entry->before_sum == NULL)
    return TRUE;
  change = postweg_plan_add_bus (plan, entry->target, now, before, NULL);
  change->action = entry->action;
  if (entry->item != NULL)
    {
      change->item = postweg_keyring_item_copy (entry->item);
      change->after = entry->before_sum != NULL && now != NULL ? g_bytes_ref (now) : NULL;
    }
  return TRUE;
}

/* After a crash a file may still be as it was before: then there is nothing to do for it. */
static gboolean
plan_entry (const PostwegJournalEntry *entry, PostwegPlan *plan, GError **error)
{
  g_autoptr (GBytes) now = NULL;
  g_autoptr (GBytes) before = NULL;
  g_autofree char *sum = NULL;

  if (entry->action == POSTWEG_ACTION_BUS || entry->action == POSTWEG_ACTION_KEYRING)
    return plan_store (entry, plan, error);
  if (!postweg_file_read (entry->target, POSTWEG_FILE_MAX, &now, error))
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
take_lock (const PostwegJournal *journal, PostwegLock *lock, GError **error)
{
  g_autofree char *folder = journal->lock != NULL ? g_path_get_dirname (journal->lock) : NULL;

  if (folder == NULL || !g_file_test (folder, G_FILE_TEST_IS_DIR))
    return TRUE;
  return postweg_lock_take (lock, journal->lock, journal->name, error);
}

static PostwegPlan *
take_back (PostwegJournal *journal, GError **error)
{
  g_autoptr (PostwegPlan) plan = NULL;
  g_autoptr (GPtrArray) files = NULL;

  sweep (journal);
  plan = plan_back (journal, error);
  files = plan != NULL ? postweg_plan_files (plan) : NULL;
  if (plan == NULL || !postweg_changes_write (files, journal->id, error) ||
      !postweg_stores_write (plan->program, plan->changes, journal->id, error) ||
      !postweg_journal_mark_undone (journal, error))
    return NULL;
  return g_steal_pointer (&plan);
}

static PostwegPlan *
take_back_alone (PostwegJournal *journal, GError **error)
{
  g_auto (PostwegLock) lock = POSTWEG_LOCK_NONE;
  PostwegPlan *plan;
  int others;

  if (!postweg_client_is_closed (journal->program, journal->profile, error) ||
      !take_lock (journal, &lock, error))
    return NULL;
  others = postweg_lock_out_others (journal->profile);
  plan = take_back (journal, error);
  if (others != -1)
    close (others);
  if (lock.made || (plan != NULL && journal->lock_made))
    unlink (journal->lock);
  if (plan != NULL)
    postweg_folders_remove (journal->folders);
  return plan;
}

static PostwegPlan *
undo (const char *id, const char *state, GError **error)
{
  g_autoptr (PostwegJournal) journal = postweg_journal_open (state, id, error);

  if (journal == NULL)
    return NULL;
  if (!journal->undone)
    return take_back_alone (journal, error);
  g_set_error_literal (error, POSTWEG_ERROR, POSTWEG_ERROR_NOT_FOUND,
                       _("This change has been taken back already."));
  return NULL;
}

PostwegPlan *
postweg_plan_undo (const char *id, const char *state, GError **error)
{
  PostwegPlan *plan;
  int others;

  g_return_val_if_fail (state != NULL, NULL);
  /* what is the newest change, and which folders are empty, may not change meanwhile */
  others = postweg_lock_out_others (state);
  plan = undo (id, state, error);
  if (plan != NULL)
    postweg_journals_prune (state);
  if (others != -1)
    close (others);
  return plan;
}
