/* The undo journal: what a change replaced, kept on disk before the first file is touched. */
#pragma once
#include "model/plan.h"

typedef struct {
  PostwegAction action;
  char *target;
  char *backup;     /* absolute path; NULL: the file was created */
  char *before_sum; /* SHA-256 in hex; NULL: the file was not there */
  char *after_sum;
  guint mode;
  PostwegKeyringItem *item; /* KEYRING only, without its secret */
} PostwegJournalEntry;

typedef struct {
  char *id;     /* names the folder; ids sort by time */
  char *folder; /* STATE/undo/ID, mode 0700 */
  char *program, *name, *profile;
  char *lock;         /* NULL: none */
  gboolean lock_made; /* the lock file was not there before */
  gboolean undone;
  GPtrArray *entries; /* PostwegJournalEntry */
  GPtrArray *folders; /* char*, made for this change, outermost first */
} PostwegJournal;

/* Writes backups and journal.json and waits until both are on the disk. Sets each change's backup.
 * folders: char*, made for this change. Returns: (transfer full): NULL with CANNOT_WRITE */
PostwegJournal *postweg_journal_begin (PostwegPlan *plan, const char *state, GPtrArray *folders,
                                       gboolean lock_made, GError **error);
/* Removes a journal whose change was not made. */
void postweg_journal_discard (PostwegJournal *journal);
/* id NULL: the newest that was not taken back yet.
 * Returns: (transfer full): NULL with NOT_FOUND, CANNOT_READ or BAD_FORMAT */
PostwegJournal *postweg_journal_open (const char *state, const char *id, GError **error);
/* Errors: CANNOT_WRITE. */
gboolean postweg_journal_mark_undone (PostwegJournal *journal, GError **error);
/* Removes journals and backups of changes that were taken back, but for the newest ones of all. What can still be taken back is never removed. */
#define POSTWEG_JOURNALS_KEPT 20
void postweg_journals_prune (const char *state);
void postweg_journal_free (PostwegJournal *journal);

/* Returns: (transfer full): SHA-256 in hex; NULL for NULL */
char *postweg_journal_sum (GBytes *bytes);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PostwegJournal, postweg_journal_free)
