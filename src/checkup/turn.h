/* One at a time: two probes of one account sign in one after the other. */
#pragma once
#include <gio/gio.h>
#include <pthread.h>

/* pthread's own locks: ThreadSanitizer sees them, and not those of a GLib that was built without it. */
typedef struct {
  pthread_mutex_t mutex;
  pthread_cond_t free;
  gboolean taken;
} PostwegTurn;

void postweg_turn_init (PostwegTurn *turn);
void postweg_turn_clear (PostwegTurn *turn);
/* Waits until nobody else is inside. Returns: TRUE, or FALSE when cancelled: then the caller is not inside and must not leave. */
gboolean postweg_turn_enter (gpointer turn, GCancellable *cancellable);
void postweg_turn_leave (gpointer turn);
