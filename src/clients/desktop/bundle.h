/* Settings that lie in several key files of one folder: read once, changed together. */
#pragma once
#include "clients/desktop/key-file.h"
#include "model/plan.h"

typedef struct _PostwegBundle PostwegBundle;

PostwegBundle *postweg_bundle_new (const char *folder);
void postweg_bundle_free (PostwegBundle *bundle);
/* Returns: (transfer none): the file's lines, as changed so far; empty if there is no such file, or none that can be read */
PostwegLines *postweg_bundle_file (PostwegBundle *bundle, const char *name);
/* FALSE if one of the files that were asked for could not be read. Errors: CANNOT_READ, BAD_FORMAT. */
gboolean postweg_bundle_is_readable (const PostwegBundle *bundle, GError **error);
/* Plans to write those that have changed, by name. */
void postweg_bundle_plan (const PostwegBundle *bundle, PostwegPlan *plan);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PostwegBundle, postweg_bundle_free)
