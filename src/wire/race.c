/* Happy eyeballs (RFC 8305 5): attempts start 250 ms apart, the first to connect wins, none is forgotten. A lost packet is not waited
 * for: the kernel would repeat it after a second, so each address is tried again with a fresh socket before that. */
#include "wire/race.h"
#include "wire/network.h"

#define STAGGER_US (250 * 1000)
#define TRIES 3
#define TRY_AGAIN_US (300 * 1000) /* between the tries of one address */
#define NEVER_SOONER_US (900 * 1000)
#define EACH_AT_LEAST_US (650 * 1000) /* all tries of this address are on their way for a while */
#define TIMES_SLOWER 8
#define LOOK_AGAIN_US (50 * 1000) /* for what is known meanwhile about other ports */

typedef struct {
  GSocketAddress *address; /* not owned */
  GSocket *tries[TRIES];   /* on their way */
  guint n_tries;           /* 0: not started, or over */
  gint64 start;
  PostwegAttempt *attempt; /* owned by the caller's list; NULL: not started */
} Runner;

typedef struct {
  Runner *runners;
  guint n_runners, started;
  gint64 start, next_start; /* of everything; when the next one may start */
  GPollFD *fds;             /* as many as there can be tries */
  GPtrArray *attempts;      /* not owned */
  const PostwegRival *rival;
} Race;

static PostwegError
translate (const GError *cause)
{
  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED))
    return POSTWEG_ERROR_REFUSED;
  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    return POSTWEG_ERROR_NO_CONNECTION;
  /* A closed port refuses; a reset comes from a server that had accepted already, and was quicker than our look. */
  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED))
    return POSTWEG_ERROR_HUNG_UP;
  return POSTWEG_ERROR_UNREACHABLE;
}

static void
runner_over (Runner *runner, PostwegError error)
{
  runner->attempt->error = error;
  runner->attempt->ms = (guint) ((g_get_monotonic_time () - runner->start) / 1000);
  for (guint i = 0; i < runner->n_tries; i++)
    g_clear_object (&runner->tries[i]);
  runner->n_tries = 0;
}

static void
runner_try (Runner *runner)
{
  g_autoptr (GError) cause = NULL;
  GSocket *socket = g_socket_new (g_socket_address_get_family (runner->address), G_SOCKET_TYPE_STREAM,
                                  G_SOCKET_PROTOCOL_TCP, &cause);

  if (socket != NULL)
    {
      runner->tries[runner->n_tries++] = socket;
      g_socket_set_blocking (socket, FALSE);
      g_socket_connect (socket, runner->address, NULL, &cause);
    }
  if (cause != NULL && !g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_PENDING))
    runner_over (runner, translate (cause));
}

static void
runner_start (Runner *runner, GPtrArray *attempts)
{
  GInetSocketAddress *inet = G_INET_SOCKET_ADDRESS (runner->address);

  runner->attempt = g_new0 (PostwegAttempt, 1);
  runner->attempt->address = g_inet_address_to_string (g_inet_socket_address_get_address (inet));
  runner->attempt->ipv6 = g_socket_address_get_family (runner->address) == G_SOCKET_FAMILY_IPV6;
  runner->start = g_get_monotonic_time ();
  g_ptr_array_add (attempts, runner->attempt);
  runner_try (runner);
}

/* Returns: when its next try is due, G_MAXINT64 if it has none */
static gint64
runner_next_try (const Runner *runner)
{
  return runner->n_tries > 0 && runner->n_tries < TRIES ? runner->start + runner->n_tries * TRY_AGAIN_US
                                                        : G_MAXINT64;
}

/* A refusal of one try is the answer to all. Returns: (transfer full): the socket if this runner has arrived */
static GSocket *
runner_check (Runner *runner)
{
  for (guint i = 0; i < runner->n_tries; i++)
    {
      g_autoptr (GError) cause = NULL;
      g_autoptr (GSocket) one = g_object_ref (runner->tries[i]);

      if (g_socket_condition_check (one, G_IO_OUT | G_IO_HUP | G_IO_ERR) == 0)
        continue;
      /* a reset, unlike a refusal, comes to a connection that was there already (RFC 9293 3.10.7): reading from it will tell */
      if (g_socket_check_connect_result (one, &cause) ||
          g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED))
        {
          runner_over (runner, POSTWEG_OK);
          return g_steal_pointer (&one);
        }
      runner_over (runner, translate (cause));
    }
  return NULL;
}

/* Fills `fds` with the sockets that are on their way. */
static guint
count_running (Race *race)
{
  guint n = 0;

  for (guint i = 0; i < race->started; i++)
    for (guint k = 0; k < race->runners[i].n_tries; k++)
      race->fds[n++] =
          (GPollFD){ g_socket_get_fd (race->runners[i].tries[k]), G_IO_OUT | G_IO_HUP | G_IO_ERR, 0 };
  return n;
}

static GSocket *
check_all (Race *race)
{
  GSocket *winner = NULL;

  for (guint i = 0; i < race->started && winner == NULL; i++)
    winner = runner_check (&race->runners[i]);
  return winner;
}

static void
end_all (Race *race, PostwegError error)
{
  for (guint i = 0; i < race->started; i++)
    if (race->runners[i].n_tries > 0)
      runner_over (&race->runners[i], error);
}

/* Hanging up says more than a refusal, that more than silence, and silence more than a missing route. */
static PostwegError
most_telling (GPtrArray *attempts)
{
  static const PostwegError order[] = { POSTWEG_ERROR_HUNG_UP, POSTWEG_ERROR_REFUSED,
                                        POSTWEG_ERROR_NO_CONNECTION };

  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    for (guint k = 0; k < attempts->len; k++)
      if (((const PostwegAttempt *) g_ptr_array_index (attempts, k))->error == order[i])
        return order[i];
  return postweg_network_is_there () ? POSTWEG_ERROR_UNREACHABLE : POSTWEG_ERROR_OFFLINE;
}

/* Returns: how long another port of one of the addresses took, in us; 0: none is known to answer */
static gint64
rival_us (const Race *race)
{
  guint best = 0;

  for (guint i = 0; race->rival != NULL && i < race->attempts->len; i++)
    {
      const PostwegAttempt *attempt = g_ptr_array_index (race->attempts, i);
      guint ms = race->rival->ms (attempt->address, race->rival->data);

      best = best == 0 || (ms > 0 && ms < best) ? ms : best;
    }
  return (gint64) best * 1000;
}

/* Whether the silence says enough, since another port has shown how quick the way is. */
static gboolean
is_hopeless (const Race *race)
{
  gint64 now = g_get_monotonic_time ();
  gint64 other = rival_us (race);

  if (other == 0 || race->started < race->n_runners ||
      now - race->start < MAX (NEVER_SOONER_US, TIMES_SLOWER * other))
    return FALSE;
  for (guint i = 0; i < race->n_runners; i++)
    if (race->runners[i].n_tries > 0 &&
        now - race->runners[i].start < MAX (EACH_AT_LEAST_US, TIMES_SLOWER * other))
      return FALSE;
  return TRUE;
}

/* Starts what is due. Returns: how long until something else is, in us */
static gint64
start_due (Race *race, const PostwegWait *wait)
{
  gint64 now = g_get_monotonic_time ();
  gint64 next = now + postweg_wait_left (wait);

  if (race->started < race->n_runners && (count_running (race) == 0 || now >= race->next_start))
    {
      runner_start (&race->runners[race->started++], race->attempts);
      race->next_start = now + STAGGER_US;
    }
  for (guint i = 0; i < race->started; i++)
    if (now >= runner_next_try (&race->runners[i]))
      runner_try (&race->runners[i]);
  for (guint i = 0; i < race->started; i++)
    next = MIN (next, runner_next_try (&race->runners[i]));
  if (race->started < race->n_runners)
    next = MIN (next, race->next_start);
  if (race->rival != NULL)
    next = MIN (next, MAX (race->start + NEVER_SOONER_US, now + LOOK_AGAIN_US));
  return MAX (next - now, 0);
}

/* One round: starts the attempts that are due, then waits for any to arrive or fail.
 * Returns: FALSE when there is nothing left to wait for, or with an error when stopped */
static gboolean
run_round (Race *race, const PostwegWait *wait, GError **error)
{
  gint64 most = start_due (race, wait);
  guint running = count_running (race);

  if (running == 0)
    return race->started < race->n_runners;
  return !is_hopeless (race) && postweg_wait_poll (wait, race->fds, running, most, error);
}

GSocket *
postweg_race (GPtrArray *addresses, GPtrArray *attempts, const PostwegRival *rival, const PostwegWait *wait,
              GError **error)
{
  g_autofree Runner *runners = g_new0 (Runner, addresses->len);
  g_autofree GPollFD *fds = g_new0 (GPollFD, addresses->len * TRIES);
  Race race = { runners, addresses->len, 0, g_get_monotonic_time (), 0, fds, attempts, rival };
  g_autoptr (GError) stopped = NULL;
  GSocket *winner = NULL;

  for (guint i = 0; i < addresses->len; i++)
    runners[i].address = g_ptr_array_index (addresses, i);
  while (winner == NULL && postweg_wait_left (wait) > 0 && run_round (&race, wait, &stopped))
    winner = check_all (&race);

  end_all (&race, winner != NULL ? POSTWEG_ERROR_OUT_OF_TIME : POSTWEG_ERROR_NO_CONNECTION);
  if (winner != NULL)
    return winner;
  if (stopped != NULL)
    g_propagate_error (error, g_steal_pointer (&stopped));
  else if (g_get_monotonic_time () >= wait->test_end)
    postweg_wait_too_late (wait, POSTWEG_ERROR_NO_CONNECTION, error);
  else
    g_set_error_literal (error, POSTWEG_ERROR, (gint) most_telling (attempts), "no address could be reached");
  return NULL;
}
