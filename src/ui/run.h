/* One run of something that takes its time. The news of a run that was stopped may arrive while the next one is on its way: each knows its
 * own. */
#pragma once
#include <gio/gio.h>

typedef struct {
  gpointer widget; /* (owned): a window that is closed meanwhile must not take it away */
  GCancellable *cancellable;
} PostwegRun;

/* Returns: (transfer full): takes references of its own */
PostwegRun *postweg_run_new (gpointer widget, GCancellable *cancellable);
void postweg_run_free (PostwegRun *run);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PostwegRun, postweg_run_free)
