/* A lock that can be given up waiting for. */
#include "checkup/turn.h"
#include <time.h>

#define LOOK_UP_NS (50 * 1000 * 1000) /* how often a waiting thread looks whether it was stopped */
#define SECOND_NS (1000 * 1000 * 1000)

void
postweg_turn_init (PostwegTurn *turn)
{
  pthread_mutex_init (&turn->mutex, NULL);
  pthread_cond_init (&turn->free, NULL);
  turn->taken = FALSE;
}

void
postweg_turn_clear (PostwegTurn *turn)
{
  pthread_mutex_destroy (&turn->mutex);
  pthread_cond_destroy (&turn->free);
}

static void
wait_a_little (PostwegTurn *turn)
{
  struct timespec until;

  clock_gettime (CLOCK_REALTIME, &until);
  until.tv_nsec += LOOK_UP_NS;
  until.tv_sec += until.tv_nsec / SECOND_NS;
  until.tv_nsec %= SECOND_NS;
  pthread_cond_timedwait (&turn->free, &turn->mutex, &until);
}

gboolean
postweg_turn_enter (gpointer data, GCancellable *cancellable)
{
  PostwegTurn *turn = data;
  gboolean stopped;

  pthread_mutex_lock (&turn->mutex);
  while (!(stopped = g_cancellable_is_cancelled (cancellable)) && turn->taken)
    wait_a_little (turn);
  if (!stopped)
    turn->taken = TRUE;
  pthread_mutex_unlock (&turn->mutex);
  return !stopped;
}

void
postweg_turn_leave (gpointer data)
{
  PostwegTurn *turn = data;

  pthread_mutex_lock (&turn->mutex);
  turn->taken = FALSE;
  pthread_cond_broadcast (&turn->free);
  pthread_mutex_unlock (&turn->mutex);
}
