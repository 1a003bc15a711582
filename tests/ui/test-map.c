/* The map of the road through whole scripted runs, what its stations open to, and what happens when the network goes. */
#include "ui/pictures/date-bar.h"
#include "ui/parts/details.h"
#include "ui/pictures/name-match.h"
#include "ui/pages/result.h"
#include "ui/pages/test.h"
#include "ui/pictures/road-map.h"
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

/* Everything below is shown from results that are written here: what a network does cannot be had at will. */

#define ADDRESS "anna@example.org"

static void
add_step (PostwegEvidence *evidence, PostwegStage stage, PostwegStepVerdict verdict, guint ms)
{
  PostwegStep *step = postweg_step_new (stage, verdict, POSTWEG_OK);

  step->ms = ms;
  g_ptr_array_add (evidence->steps, step);
}

/* failed: POSTWEG_N_STAGES when nothing is */
static PostwegEvidence *
evidence_until (const PostwegServer *server, PostwegStage failed)
{
  PostwegStage last = server->protocol == POSTWEG_SMTP ? POSTWEG_STAGE_RECIPIENT : POSTWEG_STAGE_MAILBOX;
  PostwegEvidence *evidence = postweg_evidence_new (server);

  for (PostwegStage stage = POSTWEG_STAGE_DNS; stage <= last; stage++)
    {
      gboolean needed = (stage != POSTWEG_STAGE_STARTTLS || server->security == POSTWEG_STARTTLS) &&
                        (stage != POSTWEG_STAGE_TLS || server->security == POSTWEG_TLS) &&
                        (stage != POSTWEG_STAGE_MAILBOX || server->protocol != POSTWEG_SMTP);

      if (needed)
        add_step (evidence, stage, stage == failed ? POSTWEG_STEP_FAILED : POSTWEG_STEP_OK, 10 * (stage + 1));
      if (stage == failed)
        break;
    }
  return evidence;
}

typedef enum { NOTHING, SERVER_MISSING, BLOCKED, BLOCKED_WITH_WAY } Special;

static const struct {
  const char *name;
  PostwegSecurity receiving, sending;
  PostwegStage receiving_failed, sending_failed;
  Special special; /* of sending */
  const char *says;
} results[] = {
  { "works", POSTWEG_TLS, POSTWEG_STARTTLS, POSTWEG_N_STAGES, POSTWEG_N_STAGES, NOTHING,
    "The Test Is Through" },
  { "not-encrypted", POSTWEG_PLAIN, POSTWEG_PLAIN, POSTWEG_N_STAGES, POSTWEG_N_STAGES, NOTHING,
    "not encrypted" },
  { "blocked", POSTWEG_TLS, POSTWEG_STARTTLS, POSTWEG_N_STAGES, POSTWEG_STAGE_CONNECT, BLOCKED,
    "Connection" },
  { "blocked-with-way", POSTWEG_TLS, POSTWEG_STARTTLS, POSTWEG_N_STAGES, POSTWEG_STAGE_CONNECT,
    BLOCKED_WITH_WAY, "Port 465 is open" },
  { "one-side", POSTWEG_TLS, POSTWEG_TLS, POSTWEG_N_STAGES, POSTWEG_N_STAGES, SERVER_MISSING,
    "No server is set up for this." },
  { "no-name", POSTWEG_TLS, POSTWEG_TLS, POSTWEG_STAGE_DNS, POSTWEG_STAGE_DNS, NOTHING, "Does not work" },
};

static PostwegTestResult *
result_of (guint row)
{
  g_autoptr (PostwegServer) incoming =
      postweg_server_new (POSTWEG_IMAP, "imap.example.org", 993, results[row].receiving, ADDRESS);
  g_autoptr (PostwegServer) outgoing =
      postweg_server_new (POSTWEG_SMTP, "smtp.example.org", 587, results[row].sending, ADDRESS);
  g_autoptr (PostwegAccount) account = postweg_account_new (
      "Anna", ADDRESS, incoming, results[row].special == SERVER_MISSING ? NULL : outgoing);
  PostwegTestResult *result = postweg_test_result_new (account);
  PostwegFinding *finding;

  result->incoming = evidence_until (incoming, results[row].receiving_failed);
  if (results[row].special != SERVER_MISSING)
    result->outgoing = evidence_until (outgoing, results[row].sending_failed);
  result->verdict = postweg_verdict_of (result->incoming, result->outgoing);
  if (results[row].special < BLOCKED)
    return result;
  finding = postweg_finding_new ("port-blocked");
  finding->side = POSTWEG_SEND;
  finding->headline = g_strdup ("You can receive. You cannot send, because this network blocks port 587.");
  finding->explanation = g_strdup ("Nothing answers.");
  finding->remedy = g_strdup ("Use port 465.");
  if (results[row].special == BLOCKED_WITH_WAY)
    {
      finding->mended = postweg_account_copy (account);
      finding->mended->outgoing->port = 465;
    }
  g_ptr_array_add (result->findings, finding);
  return result;
}

static PostwegPage *
show_result (TestWindow *test, PostwegTestResult *result)
{
  postweg_journey_set_person (test->journey, "Anna", ADDRESS);
  postweg_journey_take_discovery (test->journey, postweg_checkup_recognise (ADDRESS));
  postweg_journey_set_account (test->journey, result->account);
  postweg_journey_take_result (test->journey, result);
  return test_show (test, POSTWEG_TYPE_PAGE_TEST);
}

static gboolean
bounds_in (GtkWidget *widget, gpointer root, graphene_rect_t *bounds)
{
  return gtk_widget_get_mapped (widget) && gtk_widget_compute_bounds (widget, GTK_WIDGET (root), bounds);
}

/* No two stations lie on each other, and none reaches out of the map. */
static void
assert_apart (PostwegRoadMap *map)
{
  graphene_rect_t places[2 * POSTWEG_N_STOPS];
  int width = gtk_widget_get_width (GTK_WIDGET (map)), height = gtk_widget_get_height (GTK_WIDGET (map));
  guint n = 0;

  for (PostwegSide side = POSTWEG_RECEIVE; side <= POSTWEG_SEND; side++)
    for (PostwegStop stop = 0; stop < POSTWEG_N_STOPS; stop++)
      {
        PostwegStation *station = postweg_lane_station (postweg_road_map_lane (map, side), stop);

        if (station == NULL || !bounds_in (GTK_WIDGET (station), map, &places[n]))
          continue;
        g_assert_cmpfloat (places[n].origin.x, >=, -1);
        g_assert_cmpfloat (places[n].origin.x + places[n].size.width, <=, width + 1);
        g_assert_cmpfloat (places[n].origin.y + places[n].size.height, <=, height + 1);
        for (guint i = 0; i < n; i++)
          {
            graphene_rect_t common;
            gboolean touches = graphene_rect_intersection (&places[i], &places[n], &common);

            g_assert_true (!touches || common.size.width < 1 || common.size.height < 1);
          }
        n++;
      }
  g_assert_cmpuint (n, >=, POSTWEG_N_STOPS - 1);
}

static void
test_results (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    {
      g_autoptr (TestWindow) test = test_window_new ();
      g_autofree char *name = g_strdup_printf ("state-%s", results[i].name);
      PostwegPage *page = show_result (test, result_of (i));

      g_test_message ("%s", results[i].name);
      g_assert_true (test_says (page, results[i].says));
      g_assert_true (test_says (page, "Choose a station"));
      g_assert_cmpint (test_says (page, "is open"), ==, results[i].special == BLOCKED_WITH_WAY);
      test_get (test->window, GTK_TYPE_BUTTON, "Continue");
      test_turn (100);
      assert_apart (map_of (page));
      test_picture (test, name);
    }
}

/* From the smallest window to a large one, and in both directions. */
static void
test_widths (void)
{
  static const int widths[] = { 360, 500, 700, 860, 1400 };
  GtkTextDirection before = gtk_widget_get_default_direction ();

  for (guint i = 0; i < 2 * G_N_ELEMENTS (widths); i++)
    {
      g_autoptr (TestWindow) test = NULL;
      int width = widths[i / 2];
      PostwegPage *page;

      gtk_widget_set_default_direction (i % 2 == 0 ? GTK_TEXT_DIR_LTR : GTK_TEXT_DIR_RTL);
      /* from the beginning: a busy window manager answers another size with the one that it was asked for first */
      test = test_window_new_sized (width, 720);
      page = show_result (test, result_of (i % G_N_ELEMENTS (results)));
      AWAIT (gtk_widget_get_width (GTK_WIDGET (test->window)) <= MAX (width, 362) &&
             gtk_widget_get_width (GTK_WIDGET (map_of (page))) > 0);
      gtk_test_widget_wait_for_draw (GTK_WIDGET (test->window));
      test_turn (300);
      assert_apart (map_of (page));
    }
  gtk_widget_set_default_direction (before);
}

/* Every station opens to something of its own, one at a time, and says what it opens. */
static void
test_details (void)
{
  g_autoptr (TestWindow) test = test_window_new ();
  PostwegPage *page = show_result (test, result_of (0));
  PostwegRoadMap *map = map_of (page);
  GtkToggleButton *last = NULL;

  g_assert_null (test_find (page, POSTWEG_TYPE_DETAILS, NULL));
  for (PostwegSide side = POSTWEG_RECEIVE; side <= POSTWEG_SEND; side++)
    for (PostwegStop stop = 0; stop < POSTWEG_N_STOPS; stop++)
      {
        PostwegLane *lane = postweg_road_map_lane (map, side);
        GtkToggleButton *station = GTK_TOGGLE_BUTTON (postweg_lane_station (lane, stop));
        g_autofree char *title =
            g_strdup_printf ("%s – %s", postweg_lane_get_name (lane),
                             postweg_stop_name (stop, side == POSTWEG_SEND ? POSTWEG_SMTP : POSTWEG_IMAP));
        PostwegDetails *details;

        gtk_test_accessible_assert_state (GTK_ACCESSIBLE (station), GTK_ACCESSIBLE_STATE_EXPANDED, FALSE);
        g_assert_true (
            gtk_test_accessible_has_relation (GTK_ACCESSIBLE (station), GTK_ACCESSIBLE_RELATION_CONTROLS));
        gtk_toggle_button_set_active (station, TRUE);
        gtk_test_accessible_assert_state (GTK_ACCESSIBLE (station), GTK_ACCESSIBLE_STATE_EXPANDED, TRUE);
        g_assert_true (last == NULL || !gtk_toggle_button_get_active (last));
        details = POSTWEG_DETAILS (test_get (page, POSTWEG_TYPE_DETAILS, title));
        g_assert_true (test_says (details, "Where the Time Went"));
        g_assert_true (g_str_has_prefix (postweg_details_get_text (details), title));
        test_press (details, "Copy");
        g_assert_true (test_says (details, "These details were copied."));
        last = station;
      }
  test_press (page, "Close the Details");
  g_assert_false (gtk_toggle_button_get_active (last));
  g_assert_null (test_find (page, POSTWEG_TYPE_DETAILS, NULL));
}

/* A network that is said to be there or not. */

#define TYPE_TEST_NETWORK (test_network_get_type ())
G_DECLARE_FINAL_TYPE (TestNetwork, test_network, TEST, NETWORK, GObject)
struct _TestNetwork {
  GObject parent_instance;
  gboolean available;
};
static void network_init (GNetworkMonitorInterface *interface G_GNUC_UNUSED);
G_DEFINE_FINAL_TYPE_WITH_CODE (TestNetwork, test_network, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_INITABLE, NULL)
                                   G_IMPLEMENT_INTERFACE (G_TYPE_NETWORK_MONITOR, network_init))

enum { PROP_0, PROP_AVAILABLE, PROP_METERED, PROP_CONNECTIVITY };

static void
network_init (GNetworkMonitorInterface *interface G_GNUC_UNUSED)
{
}

static void
test_network_get (GObject *object, guint id, GValue *value, GParamSpec *spec G_GNUC_UNUSED)
{
  if (id == PROP_AVAILABLE)
    g_value_set_boolean (value, TEST_NETWORK (object)->available);
}

static void
test_network_class_init (TestNetworkClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = test_network_get;
  g_object_class_override_property (object_class, PROP_AVAILABLE, "network-available");
  g_object_class_override_property (object_class, PROP_METERED, "network-metered");
  g_object_class_override_property (object_class, PROP_CONNECTIVITY, "connectivity");
}

static void
test_network_init (TestNetwork *self)
{
  self->available = TRUE;
}

static void
switch_network (TestNetwork *network, gboolean available)
{
  network->available = available;
  g_signal_emit_by_name (network, "network-changed", available);
}

/* Lost in the middle: the test ends by itself, says so gently, and can be made again when the network is back. */
static void
test_offline (void)
{
  g_autoptr (TestNetwork) network = g_object_new (TYPE_TEST_NETWORK, NULL);
  g_autoptr (TestWindow) test = test_window_new ();
  PostwegPage *page;

  test_fill (test, ADDRESS, test_silent_port (), test_silent_port ());
  page = test_show (test, POSTWEG_TYPE_PAGE_TEST);
  postweg_page_test_set_network (POSTWEG_PAGE_TEST (page), G_NETWORK_MONITOR (network));
  AWAIT (test_says (page, "At work"));
  test_picture (test, "state-at-work");
  /* a station that is looked at stays open, and tells what became of it */
  gtk_toggle_button_set_active (
      GTK_TOGGLE_BUTTON (postweg_lane_station (postweg_road_map_lane (map_of (page), POSTWEG_SEND),
                                               POSTWEG_STOP_CONNECTION)),
      TRUE);
  AWAIT (test_says (page, "The server takes connections on this port."));
  switch_network (network, FALSE);
  g_assert_true (test_says (page, "The network is gone."));
  g_assert_true (test_says (page, "No network"));
  test_picture (test, "state-network-gone");
  /* back soon: nothing is lost */
  switch_network (network, TRUE);
  g_assert_true (test_says (page, "The network is back."));
  g_assert_false (test_says (page, "No network"));
  test_get (test->window, GTK_TYPE_BUTTON, "Stop");
  switch_network (network, FALSE);
  AWAIT (test_says (page, "This Computer Is Not Connected to a Network"));
  g_assert_null (postweg_journey_get_result (test->journey));
  g_assert_false (test_says (page, "At work"));
  g_assert_true (test_says (page, "Addresses Tried"));
  test_get (test->window, GTK_TYPE_BUTTON, "Try Again");
  test_picture (test, "state-offline");
  switch_network (network, TRUE);
  g_assert_true (test_says (page, "The Network Is Back"));
  test_press (test->window, "Try Again");
  AWAIT (test_says (page, "At work"));
  test_press (test->window, "Stop");
  AWAIT (test_says (page, "What was seen so far"));
  test_get (test->window, GTK_TYPE_BUTTON, "Test Again");
  test_picture (test, "state-stopped");
}

/* What differs between the name that was asked for and the one that stands there. */
static const struct {
  const char *asked, *name, *markup, *words;
} names[] = {
  { "mail.example.org", "mail.example.org", "mail.example.org", "This is the name that was asked for." },
  { "mail.example.org", "*.example.org", "*.example.org", "This is the name that was asked for." },
  { "MAIL.example.org", "mail.Example.org", "mail.Example.org", "This is the name that was asked for." },
  { "mail.example.org", "www.example.org", "<b><u>www</u></b>.example.org",
    "Another name: “mail” was asked for, “www” stands there." },
  { "mail.example.org", "mail.example.net", "mail.example.<b><u>net</u></b>",
    "Another name: “org” was asked for, “net” stands there." },
  { "mail.example.org", "example.org", "<b><u>example</u></b>.org",
    "Another name: mail.example.org was asked for, example.org stands there." },
  { "imap.example.org", "www.hoster.example", "<b><u>www</u></b>.<b><u>hoster</u></b>.<b><u>example</u></b>",
    "Another name: imap.example.org was asked for, www.hoster.example stands there." },
  { "a.b.example.org", "*.example.org", NULL,
    "Another name: a.b.example.org was asked for, *.example.org stands there." },
  { "mail.example.org", "<b>.example.org", "<b><u>&lt;b&gt;</u></b>.example.org",
    "Another name: “mail” was asked for, “<b>” stands there." },
};

static void
test_names (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *markup = postweg_name_markup (names[i].asked, names[i].name);
      g_autofree char *words = postweg_name_words (names[i].asked, names[i].name);

      if (names[i].markup != NULL)
        g_assert_cmpstr (markup, ==, names[i].markup);
      g_assert_true (pango_parse_markup (markup, -1, 0, NULL, NULL, NULL, NULL));
      g_assert_cmpstr (words, ==, names[i].words);
    }
}

#define DAY G_GINT64_CONSTANT (86400)

static const struct {
  gint64 from, until; /* days from now */
  const char *says;
} periods[] = {
  { -10, 80, "80 days are left" },    { -10, 1, "1 day is left" },          { -90, -1, "over for 1 day" },
  { -90, -20, "over for 20 days" },   { 1, 90, "begins in 1 day" },         { 30, 90, "begins in 30 days" },
  { -90, 99999999, "days are left" }, { -99999999, -9, "over for 9 days" },
};

static void
test_periods (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (periods); i++)
    {
      gint64 now = g_get_real_time () / G_USEC_PER_SEC;
      PostwegPeriod period = { now + periods[i].from * DAY, now + periods[i].until * DAY, now };
      g_autofree char *words = postweg_period_words (&period);
      GtkWidget *bar = g_object_ref_sink (postweg_date_bar_new (&period));

      g_test_message ("%s", words);
      g_assert_nonnull (strstr (words, periods[i].says));
      gtk_test_accessible_assert_property (GTK_ACCESSIBLE (bar), GTK_ACCESSIBLE_PROPERTY_LABEL, words);
      g_object_unref (bar);
    }
}

static PostwegCertLink *
new_link (const char *subject, const char *issuer, const char *const *the_names)
{
  PostwegCertLink *link = g_new0 (PostwegCertLink, 1);
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;

  link->subject = g_strdup (subject);
  link->issuer = g_strdup (issuer);
  link->names = g_strdupv ((char **) the_names);
  link->not_before = now - 200 * DAY;
  link->not_after = now + (the_names != NULL ? -20 : 2000) * DAY;
  link->fingerprint =
      g_strdup ("AB:CD:EF:01:23:45:67:89:AB:CD:EF:01:23:45:67:89:AB:CD:EF:01:23:45:67:89:AB:CD:EF:"
                "01:23:45:67:89");
  link->key = g_strdup ("RSA");
  link->bits = 2048;
  return link;
}

/* Another name, run out, and nobody known vouches for it: all of it is said, shown and copied. */
static void
test_certificate (void)
{
  static const char *const the_names[] = {
    "www.hoster.example", "smtp.hoster.example", "hoster.example", "a.example", "b.example", "c.example", NULL
  };
  static const char *const said[] = { "✕ It is made out for another name.",
                                      "✕ It has run out.",
                                      "Asked for: imap.example.org",
                                      "and 2 more",
                                      "that is over for 20 days",
                                      "Issued by: Some Authority",
                                      "Key: RSA, 2048 bits",
                                      "Issued by: Some Root (not shown by the server)" };
  g_autoptr (TestWindow) test = test_window_new ();
  PostwegTestResult *result = result_of (0);
  PostwegTlsFacts *tls = postweg_tls_facts_new ("imap.example.org");
  PostwegPage *page;

  postweg_evidence_free (result->incoming);
  result->incoming = evidence_until (result->account->incoming, POSTWEG_STAGE_TLS);
  tls->faults = POSTWEG_CERT_NAME_MISMATCH | POSTWEG_CERT_EXPIRED;
  tls->checked_at = g_get_real_time () / G_USEC_PER_SEC;
  g_ptr_array_add (tls->chain,
                   new_link ("CN=www.hoster.example", "CN=Some Authority,O=Some Company", the_names));
  g_ptr_array_add (tls->chain, new_link ("CN=Some Authority,O=Some Company", "CN=Some Root", NULL));
  result->incoming->tls = tls;
  page = show_result (test, result);
  gtk_toggle_button_set_active (
      GTK_TOGGLE_BUTTON (postweg_lane_station (postweg_road_map_lane (map_of (page), POSTWEG_RECEIVE),
                                               POSTWEG_STOP_ENCRYPTION)),
      TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (said); i++)
    {
      g_test_message ("%s", said[i]);
      g_assert_true (test_says (page, said[i]));
      g_assert_nonnull (strstr (
          postweg_details_get_text (POSTWEG_DETAILS (test_get (page, POSTWEG_TYPE_DETAILS, NULL))), said[i]));
    }
  test_picture (test, "details-certificate");
  test_scroll (page, 1);
  test_picture (test, "details-certificate-end");
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/ui/map/runs", test_runs);
  g_test_add_func ("/ui/map/results", test_results);
  g_test_add_func ("/ui/map/widths", test_widths);
  g_test_add_func ("/ui/map/details", test_details);
  g_test_add_func ("/ui/map/offline", test_offline);
  g_test_add_func ("/ui/map/names", test_names);
  g_test_add_func ("/ui/map/periods", test_periods);
  g_test_add_func ("/ui/map/certificate", test_certificate);
  return g_test_run ();
}
