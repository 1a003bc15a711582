/* The undo journal on disk: STATE/undo/ID/journal.json and the backups beside it. */
#include "clients/files.h"
#include "clients/journal-json.h"
#include "model/error.h"
#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#define MAX_JOURNAL (1024 * 1024) /* bytes; a journal has a few hundred */
#define MAX_TRIES 100             /* ids taken in the same microsecond */

static void
entry_free (gpointer data)
{
  PostwegJournalEntry *entry = data;

  g_free (entry->target);
  g_free (entry->backup);
  g_free (entry->before_sum);
  g_free (entry->after_sum);
  postweg_keyring_item_free (entry->item);
  g_free (entry);
}

static PostwegJournal *
journal_new (const char *state, const char *id)
{
  PostwegJournal *journal = g_new0 (PostwegJournal, 1);

  journal->id = g_strdup (id);
  journal->folder = g_build_filename (state, "undo", id, NULL);
  journal->entries = g_ptr_array_new_with_free_func (entry_free);
  journal->folders = g_ptr_array_new_with_free_func (g_free);
  return journal;
}

static gboolean
save (const PostwegJournal *journal, GError **error)
{
  g_autofree char *path = g_build_filename (journal->folder, "journal.json", NULL);
  g_autoptr (GBytes) bytes = postweg_journal_to_json (journal);

  /* the rest of one that was killed here would be in the way for ever */
  postweg_changes_sweep (path, journal->id);
  return postweg_file_replace (path, bytes, 0600, journal->id, error);
}

static char *
id_for_time (gint64 microseconds)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (microseconds / G_USEC_PER_SEC);
  g_autofree char *day = g_date_time_format (time, "%Y%m%d-%H%M%S");

  return g_strdup_printf ("%s-%06d", day, (int) (microseconds % G_USEC_PER_SEC));
}

/* Returns: (transfer full): a journal with a folder of its own, or NULL with CANNOT_WRITE */
static PostwegJournal *
make_folder (const char *state, GError **error)
{
  g_autofree char *undo = g_build_filename (state, "undo", NULL);
  g_autoptr (GPtrArray) made = g_ptr_array_new_with_free_func (g_free);
  gint64 now = g_get_real_time ();

  if (!postweg_folder_make (undo, made, error))
    return NULL;
  for (guint i = 0; i < MAX_TRIES; i++)
    {
      g_autofree char *id = id_for_time (now + i);
      g_autoptr (PostwegJournal) journal = journal_new (state, id);

      if (g_file_test (journal->folder, G_FILE_TEST_EXISTS))
        continue;
      if (!postweg_folder_make (journal->folder, made, error))
        return NULL;
      return g_steal_pointer (&journal);
    }
  g_set_error (error, POSTWEG_ERROR, POSTWEG_ERROR_CANNOT_WRITE,
               _("No backup could be made in “%s”, so nothing was changed."), undo);
  return NULL;
}

static gboolean
back_up (PostwegJournal *journal, PostwegChange *change, GError **error)
{
  PostwegJournalEntry *entry = g_new0 (PostwegJournalEntry, 1);

  entry->action = change->action;
  entry->item = postweg_keyring_item_copy (change->item);
  entry->target = g_strdup (change->target);
  entry->before_sum = postweg_journal_sum (change->before);
  entry->after_sum = postweg_journal_sum (change->after);
  entry->mode = change->mode;
  if (change->before != NULL && change->item == NULL)
    {
      g_autofree char *base = g_path_get_basename (change->target);
      g_autofree char *name = g_strdup_printf ("%u-%s", journal->entries->len, base);

      entry->backup = g_build_filename (journal->folder, name, NULL);
    }
  g_ptr_array_add (journal->entries, entry);
  g_free (change->backup);
  change->backup = g_strdup (entry->backup);
  return entry->backup == NULL ||
         postweg_file_replace (entry->backup, change->before, 0600, journal->id, error);
}

PostwegJournal *
postweg_journal_begin (PostwegPlan *plan, const char *state, GPtrArray *folders, gboolean lock_made,
                       GError **error)
{
  g_autoptr (PostwegJournal) journal = make_folder (state, error);
  gboolean ok = journal != NULL;

  if (!ok)
    return NULL;
  journal->program = g_strdup (plan->program);
  journal->name = g_strdup (plan->name);
  journal->profile = g_strdup (plan->profile);
  journal->lock = g_strdup (plan->lock);
  journal->lock_made = lock_made;
  for (guint i = 0; i < folders->len; i++)
    g_ptr_array_add (journal->folders, g_strdup (g_ptr_array_index (folders, i)));
  for (guint i = 0; ok && i < plan->changes->len; i++)
    ok = back_up (journal, g_ptr_array_index (plan->changes, i), error);
  if (ok && save (journal, error))
    return g_steal_pointer (&journal);
  postweg_journal_discard (journal);
  return NULL;
}

void
postweg_journal_discard (PostwegJournal *journal)
{
  g_autofree char *path = g_build_filename (journal->folder, "journal.json", NULL);

  /* the journal goes first: a folder without one is no change that could be taken back */
  g_unlink (path);
  for (guint i = 0; i < journal->entries->len; i++)
    {
      const PostwegJournalEntry *entry = g_ptr_array_index (journal->entries, i);

      if (entry->backup != NULL)
        g_unlink (entry->backup);
    }
  g_rmdir (journal->folder);
}

static PostwegJournal *
not_found (GError **error)
{
  g_set_error_literal (error, POSTWEG_ERROR, POSTWEG_ERROR_NOT_FOUND,
                       _("There is no such change that could be taken back."));
  return NULL;
}

static PostwegJournal *
load (const char *state, const char *id, GError **error)
{
  g_autoptr (PostwegJournal) journal = journal_new (state, id);
  g_autofree char *path = g_build_filename (journal->folder, "journal.json", NULL);
  g_autoptr (GBytes) bytes = NULL;

  if (!postweg_file_read (path, MAX_JOURNAL, &bytes, error))
    return NULL;
  if (bytes == NULL)
    return not_found (error);
  if (postweg_journal_from_json (bytes, journal))
    return g_steal_pointer (&journal);
  g_set_error (error, POSTWEG_ERROR, POSTWEG_ERROR_BAD_FORMAT,
               _("The record “%s” of the change is damaged. The earlier files lie beside it."), path);
  return NULL;
}

static int
newest_first (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *) b, *(char *const *) a);
}

/* Returns: (transfer full): of all journals */
static GPtrArray *
ids_newest_first (const char *state)
{
  g_autofree char *undo = g_build_filename (state, "undo", NULL);
  g_autoptr (GDir) dir = g_dir_open (undo, 0, NULL);
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (ids, g_strdup (name));
  g_ptr_array_sort (ids, newest_first);
  return ids;
}

static PostwegJournal *
load_newest (const char *state, GError **error)
{
  g_autoptr (GPtrArray) ids = ids_newest_first (state);

  for (guint i = 0; i < ids->len; i++)
    {
      g_autoptr (PostwegJournal) journal = load (state, g_ptr_array_index (ids, i), NULL);

      if (journal != NULL && !journal->undone)
        return g_steal_pointer (&journal);
    }
  g_set_error_literal (error, POSTWEG_ERROR, POSTWEG_ERROR_NOT_FOUND,
                       _("There is no change that could be taken back."));
  return NULL;
}

void
postweg_journals_prune (const char *state)
{
  g_autoptr (GPtrArray) ids = ids_newest_first (state);

  for (guint i = POSTWEG_JOURNALS_KEPT; i < ids->len; i++)
    {
      g_autoptr (PostwegJournal) journal = load (state, g_ptr_array_index (ids, i), NULL);

      if (journal != NULL && journal->undone)
        postweg_journal_discard (journal);
    }
}

PostwegJournal *
postweg_journal_open (const char *state, const char *id, GError **error)
{
  if (id == NULL)
    return load_newest (state, error);
  if (*id == '\0' || strspn (id, "0123456789-") != strlen (id))
    return not_found (error);
  return load (state, id, error);
}

gboolean
postweg_journal_mark_undone (PostwegJournal *journal, GError **error)
{
  journal->undone = TRUE;
  return save (journal, error);
}

void
postweg_journal_free (PostwegJournal *journal)
{
  if (journal == NULL)
    return;
  g_free (journal->id);
  g_free (journal->folder);
  g_free (journal->program);
  g_free (journal->name);
  g_free (journal->profile);
  g_free (journal->lock);
  g_ptr_array_unref (journal->entries);
  g_ptr_array_unref (journal->folders);
  g_free (journal);
}

char *
postweg_journal_sum (GBytes *bytes)
{
  return bytes != NULL ? g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes) : NULL;
}
