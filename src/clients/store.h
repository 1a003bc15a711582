/* Where changes are made that are no files: the keyring, and what a mail program's own service keeps. */
#pragma once
#include "model/plan.h"

/* Both block; an answer that does not come is an error after the D-Bus time limit (25 s). */
typedef struct {
  /* now: (out) (transfer full): what stands at the change's target, comparable with `before`; NULL: nothing.
   * Errors: CANNOT_READ. */
  gboolean (*read) (const PostwegChange *change, GBytes **now, GError **error);
  /* Makes `after` of `before`; after NULL: takes the object away. id: of the journal. Errors: CANNOT_WRITE, UNSUPPORTED. */
  gboolean (*write) (const PostwegChange *change, const char *id, GError **error);
} PostwegStore;

/* What an item held before it was replaced is kept in the keyring itself until undo: a password is never written to a file. */
extern const PostwegStore postweg_store_keyring;

/* Returns: (transfer none): NULL for files */
const PostwegStore *postweg_store_of (const char *program, PostwegAction action);
/* Makes all changes that are no files, in their order. After an error everything is as it was, as far as that can be done. */
gboolean postweg_stores_write (const char *program, GPtrArray *changes, const char *id, GError **error);
/* Takes them back, the last first; goes on after an error. */
void postweg_stores_put_back (const char *program, GPtrArray *changes, const char *id);

/* Plans to keep a password where the program looks for it; nothing is planned if it is there already. Takes the item.
 * Returns: FALSE if there is no keyring or no password, so that the program will have to ask */
gboolean postweg_plan_keep (PostwegPlan *plan, PostwegKeyringItem *item);
/* Whether a keyring answers. */
gboolean postweg_keyring_is_there (void);
