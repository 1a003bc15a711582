/* Files of other programs: read within limits, replaced atomically through links, all of them or none. */
#pragma once
#include "model/plan.h"

#define POSTWEG_FILE_MAX (64 * 1024 * 1024) /* bytes; above the limit of every program's own reader */

/* bytes: (out) (transfer full): NULL if there is no such file, which is no error.
 * Errors: CANNOT_READ (permission, no regular file, bigger than `limit` bytes, links in a circle). */
gboolean postweg_file_read (const char *path, gsize limit, GBytes **bytes, GError **error);

/* Makes the folder and its missing parents (mode 0700) and appends what was made to `made` (char*, outermost first).
 * Errors: CANNOT_WRITE. */
gboolean postweg_folder_make (const char *path, GPtrArray *made, GError **error);
/* Removes the folders that are empty, innermost first. */
void postweg_folders_remove (GPtrArray *made);

/* Writes through links to a temporary file beside the target, then renames; keeps mode and owner of a file that is there.
 * mode: of a file that is not there yet. suffix: makes the temporary file's name. Errors: CANNOT_WRITE. */
gboolean postweg_file_replace (const char *path, GBytes *bytes, guint mode, const char *suffix,
                               GError **error);

/* Makes every change (PostwegChange; after NULL: the file is deleted). Everything is written to temporary files first, so that a full disk
 * is noticed before anything has changed. After an error every target is as `before` says. Errors: CANNOT_WRITE. */
gboolean postweg_changes_write (GPtrArray *changes, const char *suffix, GError **error);
/* Deletes temporary files that a crash has left. */
void postweg_changes_sweep (const char *target, const char *suffix);
