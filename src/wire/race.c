/* Happy eyeballs (RFC 8305 5): attempts start 250 ms apart, the first to connect wins, none is forgotten. */
#include "wire/race.h"
#include "wire/network.h"

#define STAGGER_US (250 * 1000)

typedef struct {
  GSocketAddress *address; /* not owned */
  GSocket *socket;         /* NULL: not started, or over */
  gint64 start;
  PostwegAttempt *attempt; /* owned by the caller's list; NULL: not started */
} Runner;

typedef struct {
  Runner *runners;
  guint n_runners, started;
  gint64 next_start;   /* when the next one may start */
  GPollFD *fds;        /* as many as runners */
  GPtrArray *attempts; /* not owned */
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
  g_clear_object (&runner->socket);
}

static void
runner_start (Runner *runner, GPtrArray *attempts)
{
  GInetSocketAddress *inet = G_INET_SOCKET_ADDRESS (runner->address);
  GSocketFamily family = g_socket_address_get_family (runner->address);
  g_autoptr (GError) cause = NULL;

  runner->attempt = g_new0 (PostwegAttempt, 1);
  runner->attempt->address = g_inet_address_to_string (g_inet_socket_address_get_address (inet));
  runner->attempt->ipv6 = family == G_SOCKET_FAMILY_IPV6;
  runner->start = g_get_monotonic_time ();
  g_ptr_array_add (attempts, runner->attempt);

  runner->socket = g_socket_new (family, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, &cause);
  if (runner->socket != NULL)
    {
      g_socket_set_blocking (runner->socket, FALSE);
      g_socket_connect (runner->socket, runner->address, NULL, &cause);
    }
  if (cause != NULL && !g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_PENDING))
    runner_over (runner, translate (cause));
}

/* Returns: (transfer full): the socket if this runner has arrived */
static GSocket *
runner_check (Runner *runner)
{
  g_autoptr (GError) cause = NULL;
  GSocket *arrived;

  if (runner->socket == NULL ||
      g_socket_condition_check (runner->socket, G_IO_OUT | G_IO_HUP | G_IO_ERR) == 0)
    return NULL;
  if (!g_socket_check_connect_result (runner->socket, &cause))
    {
      runner_over (runner, translate (cause));
      return NULL;
    }
  arrived = g_object_ref (runner->socket);
  runner_over (runner, POSTWEG_OK);
  return arrived;
}

/* Fills `fds` with the sockets that are on their way. */
static guint
count_running (Race *race)
{
  guint n = 0;

  for (guint i = 0; i < race->started; i++)
    if (race->runners[i].socket != NULL)
      race->fds[n++] =
          (GPollFD){ g_socket_get_fd (race->runners[i].socket), G_IO_OUT | G_IO_HUP | G_IO_ERR, 0 };
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
    if (race->runners[i].socket != NULL)
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

/* One round: starts the next attempt when it is due, then waits for any to arrive or fail.
 * Returns: FALSE when there is nothing left to wait for, or with an error when stopped */
static gboolean
run_round (Race *race, const PostwegWait *wait, GError **error)
{
  gint64 now = g_get_monotonic_time ();
  guint running = count_running (race);

  if (race->started < race->n_runners && (running == 0 || now >= race->next_start))
    {
      runner_start (&race->runners[race->started++], race->attempts);
      race->next_start = now + STAGGER_US;
    }
  running = count_running (race);
  if (running == 0)
    return race->started < race->n_runners;
  return postweg_wait_poll (
      wait, race->fds, running,
      race->started < race->n_runners ? MAX (race->next_start - now, 0) : postweg_wait_left (wait), error);
}

GSocket *
postweg_race (GPtrArray *addresses, GPtrArray *attempts, const PostwegWait *wait, GError **error)
{
  g_autofree Runner *runners = g_new0 (Runner, addresses->len);
  g_autofree GPollFD *fds = g_new0 (GPollFD, addresses->len);
  Race race = { runners, addresses->len, 0, 0, fds, attempts };
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
