/* Looks that nobody has wished for yet: at the other ports while a server keeps us waiting, and at the family of addresses that lost the
 * race. So that in the end everything is known at the same time, and a silent port holds nobody up. */
#include "checkup/test/errand.h"
#include "wire/network.h"
#include <string.h>

#define BESIDE_MS 300         /* what is looked at beside may take longer than all the rest by so much … */
#define FAMILY_SILENT_MS 1100 /* … or until silence is silence, see postweg_race() */

/* What is looked at when a stage takes longer than this. Silence on a plain port is first looked at by the probe itself, which tries TLS
 * there; a third connection would only be in the way. */
static const struct {
  PostwegStage stage;
  gboolean tls; /* with encryption from the first byte on */
  guint ms;
  gboolean ports, plain;
} early[] = {
  { POSTWEG_STAGE_CONNECT, TRUE, 300, TRUE, FALSE },    { POSTWEG_STAGE_CONNECT, FALSE, 300, TRUE, FALSE },
  { POSTWEG_STAGE_TLS, TRUE, 4000, FALSE, TRUE },       { POSTWEG_STAGE_GREETING, FALSE, 3000, TRUE, FALSE },
  { POSTWEG_STAGE_GREETING, FALSE, 8200, FALSE, TRUE },
};

typedef struct {
  PostwegTestRun *test;
  PostwegSide side;
  guint row; /* of the table */
} Alarm;

static const PostwegServer *
server_of (const PostwegTestRun *test, PostwegSide side)
{
  return side == POSTWEG_RECEIVE ? test->request->account->incoming : test->request->account->outgoing;
}

static void
pass_on (GCancellable *cancelled G_GNUC_UNUSED, gpointer own)
{
  g_cancellable_cancel (own);
}

/* Returns: (transfer none): what the looks can be stopped with */
static GCancellable *
own_cancellable (PostwegTestRun *test, PostwegEarly *looks)
{
  if (looks->cancellable == NULL)
    {
      looks->cancellable = g_cancellable_new ();
      looks->handler = g_cancellable_connect (test->cancellable, G_CALLBACK (pass_on),
                                              g_object_ref (looks->cancellable), g_object_unref);
    }
  return looks->cancellable;
}

static void
let_go (PostwegTestRun *test, PostwegEarly *looks)
{
  if (looks->cancellable != NULL && looks->handler != 0)
    g_cancellable_disconnect (test->cancellable, looks->handler);
  looks->handler = 0;
  g_clear_object (&looks->cancellable);
}

/* Takes the wish. */
static void
look_at (PostwegTestRun *test, PostwegWish *wish)
{
  PostwegEarly *looks = &test->early[wish->side];

  if (postweg_test_run_has (test, wish))
    postweg_wish_free (wish);
  else
    postweg_errand_start (postweg_errand_new (test, wish->side, wish), own_cancellable (test, looks));
}

static void
look_at_ports (PostwegTestRun *test, PostwegSide side)
{
  static const PostwegSecurity securities[] = { POSTWEG_TLS, POSTWEG_STARTTLS };

  for (guint i = 0; i < G_N_ELEMENTS (securities); i++)
    {
      g_autoptr (PostwegServer) server = postweg_server_copy (server_of (test, side));

      server->security = securities[i];
      server->port = postweg_default_port (server->protocol, server->security);
      if (server->port != server_of (test, side)->port)
        look_at (test, postweg_wish_new (POSTWEG_LOOK_OTHER_PORT, side, server));
    }
}

static gboolean
is_slow (gpointer data)
{
  const Alarm *alarm = data;
  PostwegTestRun *test = alarm->test;

  if (early[alarm->row].ports)
    look_at_ports (test, alarm->side);
  if (early[alarm->row].plain)
    {
      g_autoptr (PostwegServer) server = postweg_server_copy (server_of (test, alarm->side));

      look_at (test, postweg_wish_new (POSTWEG_LOOK_PLAIN, alarm->side, server));
    }
  return G_SOURCE_REMOVE;
}

static void
alarm_free (gpointer data)
{
  Alarm *alarm = data;

  postweg_test_run_unref (alarm->test);
  g_free (alarm);
}

static void
timer_free (gpointer data)
{
  GSource *timer = data;

  g_source_destroy (timer);
  g_source_unref (timer);
}

static GSource *
timer_new (PostwegTestRun *test, guint ms, GSourceFunc function, gpointer data, GDestroyNotify free_data)
{
  GSource *timer = g_timeout_source_new (ms);

  g_source_set_callback (timer, function, data, free_data);
  g_source_attach (timer, test->context);
  return timer;
}

static void
stage_begun (PostwegTestRun *test, PostwegSide side, PostwegStage stage)
{
  PostwegEarly *looks = &test->early[side];
  gboolean tls = server_of (test, side)->security == POSTWEG_TLS;

  g_clear_pointer (&looks->timers, g_ptr_array_unref);
  looks->timers = g_ptr_array_new_with_free_func (timer_free);
  for (guint i = 0; i < G_N_ELEMENTS (early); i++)
    if (early[i].stage == stage && early[i].tls == tls)
      {
        Alarm *alarm = g_new (Alarm, 1);

        *alarm = (Alarm){ postweg_test_run_ref (test), side, i };
        g_ptr_array_add (looks->timers, timer_new (test, early[i].ms, is_slow, alarm, alarm_free));
      }
}

/* Returns: (transfer none): the first of the side's addresses that is of the other family and can be reached from here, or NULL */
static const char *
other_address (const PostwegTestRun *test, PostwegSide side, const char *winner)
{
  gboolean ipv6 = strchr (winner, ':') != NULL;
  guint16 port = server_of (test, side)->port;

  for (char **address = test->early[side].addresses; address != NULL && *address != NULL; address++)
    {
      g_autoptr (GSocketAddress) place = g_inet_socket_address_new_from_string (*address, port);

      if (place != NULL && (strchr (*address, ':') != NULL) != ipv6 && postweg_network_has_way (place))
        return *address;
    }
  return NULL;
}

static void
look_at_family (PostwegTestRun *test, PostwegSide side, const PostwegStep *connect)
{
  const char *address = connect->address != NULL ? other_address (test, side, connect->address) : NULL;
  PostwegErrand *errand;

  if (address == NULL)
    return;
  errand = postweg_errand_new (test, side,
                               postweg_wish_new (POSTWEG_LOOK_OTHER_FAMILY, side, server_of (test, side)));
  errand->address = g_strdup (address);
  errand->rival_ms = MAX (connect->winner_ms, 1);
  postweg_errand_start (errand, own_cancellable (test, &test->families));
  test->beside_until = g_get_monotonic_time () + FAMILY_SILENT_MS * 1000;
}

static void
step_done (PostwegTestRun *test, PostwegSide side, const PostwegStep *step)
{
  PostwegEarly *looks = &test->early[side];

  g_clear_pointer (&looks->timers, g_ptr_array_unref);
  if (step->stage == POSTWEG_STAGE_DNS)
    {
      g_strfreev (looks->addresses);
      looks->addresses = g_strsplit (step->detail, " ", -1);
    }
  if (step->verdict != POSTWEG_STEP_OK)
    return;
  if (looks->cancellable != NULL)
    g_cancellable_cancel (looks->cancellable);
  let_go (test, looks);
  if (step->stage == POSTWEG_STAGE_CONNECT)
    look_at_family (test, side, step);
}

void
postweg_early_heard (PostwegTestRun *test, PostwegSide side, PostwegStage stage, const PostwegStep *step)
{
  if (test->sober || g_cancellable_is_cancelled (test->cancellable))
    return;
  if (step == NULL)
    stage_begun (test, side, stage);
  else
    step_done (test, side, step);
}

static gboolean
enough (gpointer data)
{
  PostwegTestRun *test = data;

  if (test->families.cancellable != NULL)
    g_cancellable_cancel (test->families.cancellable);
  return G_SOURCE_REMOVE;
}

void
postweg_early_hurry (PostwegTestRun *test)
{
  gint64 left = test->beside_until - g_get_monotonic_time ();

  if (test->patience == NULL)
    test->patience = timer_new (test, (guint) MAX (left / 1000, BESIDE_MS), enough,
                                postweg_test_run_ref (test), postweg_test_run_unref);
}

void
postweg_early_end (PostwegTestRun *test)
{
  g_clear_pointer (&test->patience, timer_free);
  let_go (test, &test->families);
  for (PostwegSide side = POSTWEG_RECEIVE; side < POSTWEG_BOTH; side++)
    {
      PostwegEarly *looks = &test->early[side];

      let_go (test, looks);
      g_clear_pointer (&looks->timers, g_ptr_array_unref);
      g_clear_pointer (&looks->addresses, g_strfreev);
    }
}
