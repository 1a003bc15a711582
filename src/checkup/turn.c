/* A lock that can be given up waiting for. */
#include "checkup/turn.h"

#define LOOK_UP_US (50 * 1000) /* how often a waiting thread looks whether it was stopped */

void
postweg_turn_init (PostwegTurn *turn)
{
  g_mutex_init (&turn->mutex);
  g_cond_init (&turn->free);
  turn->taken = FALSE;
}

void
postweg_turn_clear (PostwegTurn *turn)
{
  g_mutex_clear (&turn->mutex);
  g_cond_clear (&turn->free);
}

void
postweg_turn_enter (gpointer data, GCancellable *cancellable)
{
  PostwegTurn *turn = data;

  g_mutex_lock (&turn->mutex);
  while (turn->taken && !g_cancellable_is_cancelled (cancellable))
    g_cond_wait_until (&turn->free, &turn->mutex, g_get_monotonic_time () + LOOK_UP_US);
  turn->taken = TRUE;
  g_mutex_unlock (&turn->mutex);
}

void
postweg_turn_leave (gpointer data)
{
  PostwegTurn *turn = data;

  g_mutex_lock (&turn->mutex);
  turn->taken = FALSE;
  g_cond_broadcast (&turn->free);
  g_mutex_unlock (&turn->mutex);
}
