/* The one door between the threads: below it everything blocks, above it everything runs on the main context. */
#pragma once
#include <gio/gio.h>

/* What goes through the door is plain data with exactly one owner at any time. cancellable may be NULL. */
typedef gpointer (*PostwegWork) (gpointer input, GCancellable *cancellable, GError **error);

typedef struct {
  PostwegWork work;
  GDestroyNotify free_input;
  GDestroyNotify free_result;
} PostwegJob;

/* Runs job->work (input) on a thread of Postweg's own pool; takes the input, which ends on that thread. `done` is called on the main
 * context of the caller, also when cancelled: it is the work that gives up early then, and what it has so far is delivered. */
void postweg_worker_run (const PostwegJob *job, gpointer input, GCancellable *cancellable,
                         GAsyncReadyCallback done, gpointer data);
/* From now on at least so many jobs can run at the same time. */
void postweg_worker_make_room (guint jobs);
/* Returns: (transfer full): what the work returned, or NULL with its error */
gpointer postweg_worker_finish (GAsyncResult *result, GError **error);

/* Whatever else passes between the threads passes here: written before leaving, read after arriving. GLib's locks order the threads
 * already, but ThreadSanitizer cannot see into GLib. */
void postweg_worker_leave (void);
void postweg_worker_arrive (void);
