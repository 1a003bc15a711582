/* The map of the road through whole scripted runs, what its stations open to, and what happens when the network goes. */
#include "ui/details.h"
#include "ui/page-result.h"
#include "ui/page-test.h"
#include "ui/road-map.h"
#include "widgets.h"
#include <string.h>

typedef struct {
  TestWindow *test;
  PostwegPracticeBox *box;
} Run;

static void
box_open (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer data)
{
  *(PostwegPracticeBox **) data = postweg_checkup_practice_finish (result, NULL);
}

/* A window whose journey leads to the servers of that scenario. */
static void
run_init (Run *run, const char *scenario)
{
  const PostwegAccount *account;

  run->test = test_window_new ();
  run->box = NULL;
  postweg_checkup_practice (scenario, NULL, box_open, &run->box);
  AWAIT (run->box != NULL);
  account = postweg_practice_box_account (run->box);
  postweg_journey_set_person (run->test->journey, account->name, account->address);
  postweg_journey_take_discovery (run->test->journey, postweg_checkup_recognise (account->address));
  postweg_journey_set_account (run->test->journey, account);
  postweg_journey_take_credentials (run->test->journey,
                                    postweg_credentials_copy (postweg_practice_box_credentials (run->box)));
  postweg_journey_set_trust_file (run->test->journey, postweg_practice_box_trust_file (run->box));
}

static void
run_clear (Run *run)
{
  test_window_free (run->test);
  postweg_practice_box_free (run->box);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Run, run_clear)

static PostwegRoadMap *
map_of (gpointer page)
{
  return POSTWEG_ROAD_MAP (test_get (page, POSTWEG_TYPE_ROAD_MAP, "The Way of Your Mail"));
}

static PostwegPage *
run_through (Run *run)
{
  PostwegPage *page = test_show (run->test, POSTWEG_TYPE_PAGE_TEST);

  AWAIT (postweg_journey_get_result (run->test->journey) != NULL);
  return page;
}

#define F POSTWEG_STATION_FINE
#define N POSTWEG_STATION_NOTE
#define B POSTWEG_STATION_BROKEN
#define O POSTWEG_STATION_NOT_REACHED

/* By PostwegStop: name, connection, encryption, greeting, sign-in, goal. */
static const struct {
  const char *scenario;
  PostwegStationState receiving[POSTWEG_N_STOPS], sending[POSTWEG_N_STOPS];
} runs[] = {
  { "works", { F, F, F, F, F, F }, { F, F, F, F, F, F } },
  { "old-password", { F, F, F, F, F, F }, { F, F, F, F, B, O } },
  { "sending-closed", { F, F, F, F, F, F }, { F, B, O, O, O, O } },
  { "sending-encryption", { F, F, F, F, F, F }, { F, F, B, O, O, O } },
  { "wrong-password", { F, F, F, F, B, O }, { F, F, F, F, B, O } },
  { "expired-certificate", { F, F, B, O, O, O }, { F, F, B, O, O, O } },
};

static void
assert_lane (PostwegLane *lane, const PostwegStationState *states)
{
  for (PostwegStop stop = 0; stop < POSTWEG_N_STOPS; stop++)
    {
      PostwegStation *station = postweg_lane_station (lane, stop);
      g_autofree char *words = postweg_station_words (station);

      g_test_message ("%s – %s", postweg_lane_get_name (lane), words);
      g_assert_cmpint (postweg_station_get_state (station), ==, states[stop]);
      gtk_test_accessible_assert_property (GTK_ACCESSIBLE (station), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                           postweg_station_get_name (station));
      g_assert_true (gtk_widget_get_focusable (GTK_WIDGET (station)));
    }
}

static void
test_runs (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (runs); i++)
    {
      g_auto (Run) run = { 0 };
      PostwegPage *page;
      PostwegRoadMap *map;
      g_autofree char *name = g_strdup_printf ("map-%s", runs[i].scenario);

      g_test_message ("%s", runs[i].scenario);
      run_init (&run, runs[i].scenario);
      page = run_through (&run);
      map = map_of (page);
      assert_lane (postweg_road_map_lane (map, POSTWEG_RECEIVE), runs[i].receiving);
      assert_lane (postweg_road_map_lane (map, POSTWEG_SEND), runs[i].sending);
      test_picture (run.test, name);
      AWAIT (POSTWEG_IS_PAGE_RESULT (test_page (run.test)));
      name[0] = 'r';
      test_picture (run.test, name);
    }
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/ui/map/runs", test_runs);
  return g_test_run ();
}
