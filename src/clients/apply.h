/* A plan made real: lock, compare, back up, write atomically; and taken back byte for byte. */
#pragma once
#include "model/plan.h"

/* Errors: PROGRAM_RUNNING, CHANGED_MEANWHILE, CANNOT_WRITE (permission, read-only, no space). After an error every target is as it was.
 * state: folder for backups and the undo journal ($XDG_STATE_HOME/postweg). On success plan->undo and each change's backup are set. */
gboolean postweg_plan_apply (PostwegPlan *plan, const char *state, GError **error);

/* Takes an applied change back. id NULL: the newest that was not taken back yet.
 * Returns: (transfer full): what was restored, as a plan (before/after swapped), or NULL with NOT_FOUND, PROGRAM_RUNNING, CHANGED_MEANWHILE
 * (somebody changed the file since; it is left alone and the backup named), CANNOT_WRITE */
PostwegPlan *postweg_plan_undo (const char *id, const char *state, GError **error);
