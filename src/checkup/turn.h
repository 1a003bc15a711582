/* One at a time: two probes of one account sign in one after the other. */
#pragma once
#include <gio/gio.h>

typedef struct {
  GMutex mutex;
  GCond free;
  gboolean taken;
} PostwegTurn;

void postweg_turn_init (PostwegTurn *turn);
void postweg_turn_clear (PostwegTurn *turn);
/* Waits until nobody else is inside, or until cancelled. */
void postweg_turn_enter (gpointer turn, GCancellable *cancellable);
void postweg_turn_leave (gpointer turn);
