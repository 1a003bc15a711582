/* Manners in front of the pool: never more at a server than agreed, fewer when it asks for it, and nobody is forgotten. */
#include "../slower.h"
#include "checkup/gate.h"

#define CROWD 40

/* Jobs that note how many of them are inside at the same time. */
typedef struct {
  GMainLoop *loop;
  guint pending;
  int inside, most; /* atomic */
  guint done_of[2];
} Room;

typedef struct {
  Room *room;
  guint ms;
} Stay;

static gpointer
stay (gpointer data, GCancellable *cancellable, GError **error G_GNUC_UNUSED)
{
  Stay *stay = data;
  int inside = g_atomic_int_add (&stay->room->inside, 1) + 1;

  for (int most = g_atomic_int_get (&stay->room->most);
       inside > most && !g_atomic_int_compare_and_exchange (&stay->room->most, most, inside);)
    most = g_atomic_int_get (&stay->room->most);
  for (guint i = 0; i < stay->ms && !g_cancellable_is_cancelled (cancellable); i++)
    g_usleep (1000);
  g_atomic_int_add (&stay->room->inside, -1);
  return g_strdup ("done");
}

static const PostwegJob job = { stay, g_free, g_free };

static void
left (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer data)
{
  Room *room = data;
  g_autofree char *said = postweg_worker_finish (result, NULL);

  g_assert_cmpstr (said, ==, "done");
  if (--room->pending == 0 && room->loop != NULL)
    g_main_loop_quit (room->loop);
}

static void
enter (PostwegGate *gate, const char *host, Room *room, guint ms, GCancellable *cancellable)
{
  Stay *input = g_new (Stay, 1);

  *input = (Stay){ room, ms };
  room->pending++;
  postweg_gate_run (gate, host, &(PostwegGateJob){ &job, input, cancellable, left, room });
}

static void
run_room (Room *room)
{
  room->loop = g_main_loop_new (NULL, FALSE);
  if (room->pending > 0)
    g_main_loop_run (room->loop);
  g_clear_pointer (&room->loop, g_main_loop_unref);
}

static void
quit (gpointer loop)
{
  g_main_loop_quit (loop);
}

/* Returns: FALSE when it was known already */
static gboolean
look_up (PostwegGate *gate, const char *host)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  gboolean asked = postweg_gate_look_up (gate, host, NULL, quit, loop);

  if (asked)
    g_main_loop_run (loop);
  return asked;
}

/* As many as agreed, and really as many; whoever comes later waits, and comes. */
static void
test_limit (void)
{
  static const guint limits[] = { 1, 2, 5, 100 };

  for (guint i = 0; i < G_N_ELEMENTS (limits); i++)
    {
      g_autoptr (PostwegGate) gate = postweg_gate_new (limits[i], 10);
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      Room room = { .loop = NULL };

      g_assert_cmpuint (postweg_gate_limit (gate, "a.example"), ==, limits[i]);
      for (guint n = 0; n < CROWD; n++)
        {
          g_assert_cmpint (postweg_gate_has_room (gate, "a.example"), ==, n < limits[i]);
          enter (gate, "a.example", &room, 20, cancellable);
        }
      run_room (&room);
      g_assert_cmpint (room.most, <=, MIN (limits[i], CROWD));
      g_assert_cmpint (room.most, >=, MIN (limits[i], 3));
      g_assert_true (postweg_gate_has_room (gate, "a.example"));
    }
}

/* Two names of one machine are one server; two machines are two. */
static void
test_addresses (void)
{
  static const struct {
    const char *hosts[2];
    int most;
  } table[] = { { { "127.0.0.1", "127.0.0.1" }, 2 }, { { "127.0.0.1", "127.0.0.2" }, 4 } };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (PostwegGate) gate = postweg_gate_new (2, 10);
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      Room room = { .loop = NULL };

      look_up (gate, table[i].hosts[0]);
      look_up (gate, table[i].hosts[1]);
      for (guint n = 0; n < CROWD; n++)
        enter (gate, table[i].hosts[n % 2], &room, 10, cancellable);
      run_room (&room);
      g_assert_cmpint (room.most, ==, table[i].most);
    }
}

static void
test_same_machine (void)
{
  g_autoptr (PostwegGate) gate = postweg_gate_new (3, 10);
  g_auto (GStrv) addresses = NULL;

  g_assert_null (postweg_gate_addresses (gate, "localhost"));
  g_assert_true (look_up (gate, "localhost"));
  g_assert_false (look_up (gate, "localhost"));
  addresses = postweg_gate_addresses (gate, "localhost");
  g_assert_nonnull (addresses);
  g_assert_true (look_up (gate, addresses[0]));
  postweg_gate_slow_down (gate, addresses[0]);
  g_assert_cmpuint (postweg_gate_limit (gate, "localhost"), ==, 1);
}

static void
note (gpointer data)
{
  Room *room = data;

  if (--room->pending == 0)
    g_main_loop_quit (room->loop);
}

/* Many may ask for a name at once: it is looked up once, and everybody is told. A name that is not there is known afterwards, too. */
static void
test_curious (void)
{
  static const char *const names[] = { "localhost", "no host at all" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (PostwegGate) gate = postweg_gate_new (3, 10);
      Room room = { .pending = 5 };

      for (guint n = 0; n < 5; n++)
        g_assert_true (postweg_gate_look_up (gate, names[i], NULL, note, &room));
      run_room (&room);
      g_assert_cmpuint (room.pending, ==, 0);
      g_assert_false (postweg_gate_look_up (gate, names[i], NULL, note, &room));
    }
}

/* A complaint: half as many, after a pause; more complaints within the pause are about the same thing. Good ones bring it back slowly. */
static void
test_slow_down (void)
{
  static const guint after[] = { 4, 2, 1, 1, 1 };
  g_autoptr (PostwegGate) gate = postweg_gate_new (8, 30);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  for (guint i = 0; i < G_N_ELEMENTS (after); i++)
    {
      Room room = { .loop = NULL };
      gint64 begun = g_get_monotonic_time ();

      g_assert_cmpuint (postweg_gate_slow_down (gate, "a.example"), ==, after[i]);
      g_assert_cmpuint (postweg_gate_slow_down (gate, "a.example"), ==, after[i]);
      g_assert_false (postweg_gate_has_room (gate, "a.example"));
      g_assert_true (postweg_gate_has_room (gate, "b.example"));
      for (guint n = 0; n < 12; n++)
        enter (gate, "a.example", &room, 2, cancellable);
      run_room (&room);
      g_assert_cmpint (room.most, <=, (int) after[i]);
      g_assert_cmpint (g_get_monotonic_time () - begun, >=, (30 << i) * 1000); /* doubled each time */
    }
  for (guint i = 0; i < 20; i++)
    {
      g_assert_cmpuint (postweg_gate_limit (gate, "a.example"), ==, 1);
      postweg_gate_went_well (gate, "a.example");
    }
  g_assert_cmpuint (postweg_gate_limit (gate, "a.example"), ==, 2);
  for (guint i = 0; i < 1000; i++)
    postweg_gate_went_well (gate, "a.example");
  g_assert_cmpuint (postweg_gate_limit (gate, "a.example"), ==, 8);
}

/* A complaint between them, and the good ones are counted anew. */
static void
test_not_yet (void)
{
  g_autoptr (PostwegGate) gate = postweg_gate_new (8, 1);

  postweg_gate_slow_down (gate, "a.example");
  for (guint i = 0; i < 19; i++)
    postweg_gate_went_well (gate, "a.example");
  postweg_gate_slow_down (gate, "a.example");
  for (guint i = 0; i < 19; i++)
    postweg_gate_went_well (gate, "a.example");
  g_assert_cmpuint (postweg_gate_limit (gate, "a.example"), ==, 4);
}

/* A server that sends even single ones away is not waited for any longer each time; one good test, and there is hope again. */
static void
test_hopeless (void)
{
  g_autoptr (PostwegGate) gate = postweg_gate_new (8, 4);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  for (guint i = 0; i < 12; i++)
    {
      Room room = { .loop = NULL };
      gint64 begun = g_get_monotonic_time ();

      postweg_gate_slow_down (gate, "a.example");
      g_assert_cmpint (postweg_gate_is_hopeless (gate, "a.example"), ==, i >= 3 + 4 - 1);
      enter (gate, "a.example", &room, 0, cancellable);
      run_room (&room);
      g_assert_cmpint (g_get_monotonic_time () - begun, <, SLOWER * G_USEC_PER_SEC);
    }
  postweg_gate_went_well (gate, "a.example");
  g_assert_false (postweg_gate_is_hopeless (gate, "a.example"));
  g_assert_cmpuint (postweg_gate_limit (gate, "a.example"), ==, 1);
}

/* Whoever looked before and found no room hears of it. */
static void
test_rested (void)
{
  g_autoptr (PostwegGate) gate = postweg_gate_new (2, 5);
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);

  postweg_gate_watch (gate, quit, loop);
  postweg_gate_slow_down (gate, "a.example");
  g_assert_false (postweg_gate_has_room (gate, "a.example"));
  g_main_loop_run (loop);
  g_assert_true (postweg_gate_has_room (gate, "a.example"));
}

static gboolean
cancel (gpointer cancellable)
{
  g_cancellable_cancel (cancellable);
  return G_SOURCE_REMOVE;
}

/* Who is stopped does not wait for its turn any more: neither behind others nor for the end of a pause. */
static void
test_cancelled (void)
{
  static const gboolean pauses[] = { FALSE, TRUE };

  for (guint i = 0; i < G_N_ELEMENTS (pauses); i++)
    {
      g_autoptr (PostwegGate) gate = postweg_gate_new (2, 60000);
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      gint64 begun = g_get_monotonic_time ();
      Room room = { .loop = NULL };

      if (pauses[i])
        postweg_gate_slow_down (gate, "a.example");
      for (guint n = 0; n < CROWD; n++)
        enter (gate, "a.example", &room, 5000, cancellable);
      g_timeout_add (20, cancel, cancellable);
      run_room (&room);
      g_assert_cmpuint (room.pending, ==, 0);
      g_assert_cmpint (g_get_monotonic_time () - begun, <, SLOWER * 2 * G_USEC_PER_SEC);
      enter (gate, "a.example", &room, 5000, cancellable); /* nor does who comes afterwards */
      run_room (&room);
      g_assert_cmpint (g_get_monotonic_time () - begun, <, SLOWER * 2 * G_USEC_PER_SEC);
    }
}

/* A list can name a server in each line. Those that are over are forgotten; one that was asked to wait is not. */
static void
test_many_servers (void)
{
  g_autoptr (PostwegGate) gate = postweg_gate_new (4, 60000);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Room room = { .loop = NULL };

  postweg_gate_slow_down (gate, "slow.example");
  for (guint i = 0; i < 5000; i++)
    {
      g_autofree char *host = g_strdup_printf ("host-%u.example", i);

      enter (gate, host, &room, 0, cancellable);
      if (i % 500 == 0)
        run_room (&room);
    }
  run_room (&room);
  g_assert_cmpuint (room.pending, ==, 0);
  g_assert_cmpuint (postweg_gate_limit (gate, "slow.example"), ==, 2);
  g_assert_false (postweg_gate_has_room (gate, "slow.example"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/gate/limit", test_limit);
  g_test_add_func ("/gate/addresses", test_addresses);
  g_test_add_func ("/gate/same-machine", test_same_machine);
  g_test_add_func ("/gate/curious", test_curious);
  g_test_add_func ("/gate/slow-down", test_slow_down);
  g_test_add_func ("/gate/not-yet", test_not_yet);
  g_test_add_func ("/gate/hopeless", test_hopeless);
  g_test_add_func ("/gate/rested", test_rested);
  g_test_add_func ("/gate/cancelled", test_cancelled);
  g_test_add_func ("/gate/many-servers", test_many_servers);
  return g_test_run ();
}
