/* How long one may wait, and how waiting is stopped; every blocking call of wire/ takes one. */
#pragma once
#include "model/error.h"
#include <gio/gio.h>

/* Times are those of g_get_monotonic_time(), in µs. */
typedef struct {
  gint64 step_end;           /* when the present step has taken too long */
  gint64 test_end;           /* when the whole test has */
  GCancellable *cancellable; /* (not owned) or NULL */
} PostwegWait;

/* test_ms: for everything together. */
PostwegWait postweg_wait_new (guint test_ms, GCancellable *cancellable);
/* Returns: the same wait, with a new limit for the next step. */
PostwegWait postweg_wait_step (const PostwegWait *wait, guint step_ms);
/* Returns: what is left for the step, in µs, never negative. */
gint64 postweg_wait_left (const PostwegWait *wait);

/* Whether it was stopped or the step's time is over; then with G_IO_ERROR_CANCELLED, OUT_OF_TIME or SILENT. */
gboolean postweg_wait_is_over (const PostwegWait *wait, GError **error);
/* Waits until the socket is ready. Errors: G_IO_ERROR_CANCELLED, OUT_OF_TIME when the whole test has no time left, else `late`. */
gboolean postweg_wait_for_socket (const PostwegWait *wait, GSocket *socket, GIOCondition condition,
                                  PostwegError late, GError **error);
/* The same for several descriptors: returns when one is ready, or after `most_us` without an error. */
gboolean postweg_wait_poll (const PostwegWait *wait, GPollFD *fds, guint n_fds, gint64 most_us,
                            GError **error);
/* Sets the error that fits: OUT_OF_TIME or `late`. Returns: FALSE */
gboolean postweg_wait_too_late (const PostwegWait *wait, PostwegError late, GError **error);
