/* One mail to oneself: when it is offered, how its little road looks, what becomes of it when a person does not wait. */
#include "ui/parts/delivering.h"
#include "ui/pictures/mail-road.h"
#include "ui/pages/result.h"
#include "ui/pages/servers.h"
#include "widgets.h"
#include <string.h>

#define ADDRESS "anna@example.org"

static void
add_step (GPtrArray *steps, PostwegStage stage, PostwegStepVerdict verdict)
{
  PostwegStep *step = postweg_step_new (stage, verdict, POSTWEG_OK);

  step->ms = 7;
  g_ptr_array_add (steps, step);
}

static PostwegEvidence *
good_evidence (const PostwegServer *server)
{
  PostwegEvidence *evidence = postweg_evidence_new (server);

  for (PostwegStage stage = POSTWEG_STAGE_DNS; stage <= POSTWEG_STAGE_RECIPIENT; stage++)
    add_step (evidence->steps, stage, POSTWEG_STEP_OK);
  return evidence;
}

/* works: both ways; else only receiving does, and there is somebody to write to. */
static PostwegTestResult *
result_of (TestWindow *test, gboolean works)
{
  const PostwegAccount *account = postweg_journey_get_account (test->journey);
  PostwegTestResult *result = postweg_test_result_new (account);
  PostwegFinding *finding;

  result->verdict = works ? POSTWEG_VERDICT_WORKS : POSTWEG_VERDICT_RECEIVE_ONLY;
  result->incoming = good_evidence (account->incoming);
  result->outgoing = good_evidence (account->outgoing);
  if (works)
    return result;
  add_step (result->outgoing->steps, POSTWEG_STAGE_SENDER, POSTWEG_STEP_FAILED);
  finding = postweg_finding_new ("sender-not-allowed");
  finding->headline = g_strdup ("You can receive. You cannot send.");
  finding->explanation = g_strdup ("The sender is not allowed.");
  finding->remedy = g_strdup ("Ask for it.");
  g_ptr_array_add (result->findings, finding);
  return result;
}

static PostwegPage *
show_result (TestWindow *test, gboolean works)
{
  test_fill (test, ADDRESS, test_silent_port (), test_silent_port ());
  postweg_journey_take_result (test->journey, result_of (test, works));
  return test_show (test, POSTWEG_TYPE_PAGE_RESULT);
}

static void
test_delivering_offered (void)
{
  g_autoptr (TestWindow) test = test_window_new ();
  PostwegPage *page = show_result (test, FALSE);

  g_assert_null (test_find (page, GTK_TYPE_BUTTON, "Send a Mail to Myself"));
  g_assert_false (test_says (page, "One small mail goes out"));
  test_show (test, POSTWEG_TYPE_PAGE_SERVERS);
  page = show_result (test, TRUE);
  test_get (page, GTK_TYPE_BUTTON, "Send a Mail to Myself");
  g_assert_true (test_says (page, "One small mail goes out to your own address."));
  g_assert_true (test_says (page, "removes it again"));
}

/* Servers that never say a word: Stop ends it, what became of it is said, and the result can be used again. */
static void
test_delivering_stopped (void)
{
  g_autoptr (TestWindow) test = test_window_new ();
  PostwegPage *page = show_result (test, TRUE);

  test_press (page, "Send a Mail to Myself");
  test_get (page, POSTWEG_TYPE_STATION, "Arrival");
  g_assert_null (test_find (page, GTK_TYPE_BUTTON, "Send a Mail to Myself"));
  g_assert_null (test_find (test->window, GTK_TYPE_BUTTON, "Set Up a Mail Program"));
  test_press (test->window, "Stop");
  AWAIT (test_find (test->window, GTK_TYPE_BUTTON, "Stop") == NULL);
  g_assert_true (test_says (page, "No mail was sent."));
  g_assert_nonnull (postweg_journey_get_result (test->journey)->delivery);
  test_get (test->window, GTK_TYPE_BUTTON, "Test Again");
}

/* The page is left and the window closed while a mail is on its way, at every moment. */
static void
test_delivering_left (void)
{
  for (guint ms = 0; ms < 60; ms += 20)
    {
      g_autoptr (TestWindow) test = test_window_new ();
      PostwegPage *page = show_result (test, TRUE);

      test_press (page, "Send a Mail to Myself");
      test_turn (ms);
      gtk_widget_activate_action (GTK_WIDGET (test->window), "win.back", NULL);
      test_show (test, POSTWEG_TYPE_PAGE_RESULT);
      AWAIT (test_find (page, GTK_TYPE_BUTTON, "Send a Mail to Myself") == NULL ||
             gtk_widget_is_sensitive (test_get (page, GTK_TYPE_BUTTON, "Send a Mail to Myself")));
      g_assert_nonnull (postweg_journey_get_result (test->journey)->delivery);
      postweg_journey_take_result (test->journey, result_of (test, TRUE));
      gtk_widget_activate_action (GTK_WIDGET (test->window), "win.back", NULL);
      test_show (test, POSTWEG_TYPE_PAGE_RESULT);
      test_press (page, "Send a Mail to Myself");
      /* another result meanwhile: what became of the mail is not put into it */
      postweg_journey_take_result (test->journey, result_of (test, TRUE));
      gtk_widget_activate_action (GTK_WIDGET (test->window), "win.back", NULL);
      test_turn (300);
      g_assert_null (postweg_journey_get_result (test->journey)->delivery);
      test_show (test, POSTWEG_TYPE_PAGE_RESULT);
      test_press (page, "Send a Mail to Myself");
    }
  test_turn (300);
}

static PostwegHop *
hop (const char *by, gint64 time, gint64 ms, gboolean tls)
{
  PostwegHop *self = postweg_hop_new ();

  g_free (self->by);
  self->by = g_strdup (by);
  self->time = time;
  self->has_ms = ms != G_MININT64;
  self->ms = ms;
  self->tls = tls;
  return self;
}

/* How far the mail came, and what its stations say then. */
static const struct {
  const char *what;
  PostwegStage failed; /* POSTWEG_N_STAGES: nothing did */
  gboolean arrival;    /* was looked for */
  PostwegStationState states[4];
} mails[] = {
  { "came back",
    POSTWEG_N_STAGES,
    TRUE,
    { POSTWEG_STATION_FINE, POSTWEG_STATION_FINE, POSTWEG_STATION_FINE, POSTWEG_STATION_FINE } },
  { "refused for its content",
    POSTWEG_STAGE_DATA,
    FALSE,
    { POSTWEG_STATION_FINE, POSTWEG_STATION_FINE, POSTWEG_STATION_BROKEN, POSTWEG_STATION_NOT_REACHED } },
  { "nobody there",
    POSTWEG_STAGE_RECIPIENT,
    FALSE,
    { POSTWEG_STATION_FINE, POSTWEG_STATION_BROKEN, POSTWEG_STATION_NOT_REACHED,
      POSTWEG_STATION_NOT_REACHED } },
  { "no connection",
    POSTWEG_STAGE_CONNECT,
    FALSE,
    { POSTWEG_STATION_BROKEN, POSTWEG_STATION_NOT_REACHED, POSTWEG_STATION_NOT_REACHED,
      POSTWEG_STATION_NOT_REACHED } },
  { "lost",
    POSTWEG_STAGE_ARRIVAL,
    TRUE,
    { POSTWEG_STATION_FINE, POSTWEG_STATION_FINE, POSTWEG_STATION_FINE, POSTWEG_STATION_BROKEN } },
};

static const char *const mail_stations[] = { "Sender", "Recipient", "Message", "Arrival" };

static PostwegDelivery *
delivery_of (guint row)
{
  static const PostwegStage stages[] = { POSTWEG_STAGE_SENDER, POSTWEG_STAGE_RECIPIENT, POSTWEG_STAGE_DATA };
  PostwegDelivery *delivery = postweg_delivery_new (ADDRESS);
  PostwegStage failed = mails[row].failed;

  delivery->subject = g_strdup ("A mail to myself");
  if (failed < POSTWEG_STAGE_SENDER)
    add_step (delivery->outgoing_steps, failed, POSTWEG_STEP_FAILED);
  for (guint i = 0; i < G_N_ELEMENTS (stages) && stages[i] <= failed && failed >= POSTWEG_STAGE_SENDER; i++)
    add_step (delivery->outgoing_steps, stages[i],
              stages[i] == failed ? POSTWEG_STEP_FAILED : POSTWEG_STEP_OK);
  if (mails[row].arrival)
    add_step (delivery->incoming_steps, POSTWEG_STAGE_ARRIVAL,
              failed == POSTWEG_STAGE_ARRIVAL ? POSTWEG_STEP_FAILED : POSTWEG_STEP_OK);
  if (failed == POSTWEG_N_STAGES)
    postweg_delivery_place (delivery, POSTWEG_FOLDER_INBOX, "INBOX")->copies = 1;
  delivery->outcome = mails[row].failed == POSTWEG_N_STAGES ? POSTWEG_DELIVERY_ARRIVED
                      : mails[row].arrival                  ? POSTWEG_DELIVERY_LOST
                                                            : POSTWEG_DELIVERY_NOT_SENT;
  return delivery;
}

static void
test_mail_road (void)
{
  for (guint row = 0; row < G_N_ELEMENTS (mails); row++)
    {
      PostwegLane *road = g_object_ref_sink (postweg_mail_road_new ());
      g_autoptr (PostwegDelivery) delivery = delivery_of (row);

      g_test_message ("%s", mails[row].what);
      gtk_test_accessible_assert_property (GTK_ACCESSIBLE (road), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                           "The Way of the Mail");
      postweg_mail_road_show (road, delivery);
      for (guint i = 0; i < G_N_ELEMENTS (mail_stations); i++)
        g_assert_cmpint (postweg_station_get_state (
                             POSTWEG_STATION (test_get (road, POSTWEG_TYPE_STATION, mail_stations[i]))),
                         ==, mails[row].states[i]);
      g_object_unref (road);
    }
}

static void
test_mail_news (void)
{
  PostwegLane *road = g_object_ref_sink (postweg_mail_road_new ());
  g_autofree char *words = NULL;

  postweg_mail_road_start (road);
  words = postweg_mail_road_begun (road, POSTWEG_SEND, POSTWEG_STAGE_CONNECT);
  g_assert_cmpstr (words, ==, "Sender: At work");
  g_assert_null (postweg_mail_road_begun (road, POSTWEG_SEND, POSTWEG_STAGE_SENDER));
  g_free (words);
  words = postweg_mail_road_begun (road, POSTWEG_RECEIVE, POSTWEG_STAGE_AUTH);
  g_assert_cmpstr (words, ==, "Arrival: At work");
  g_object_unref (road);
}

/* A mail that did not come back can be sent once more at once; its stations open to what is known. */
static void
test_mail_again (void)
{
  for (guint row = 0; row < G_N_ELEMENTS (mails); row++)
    {
      g_autoptr (TestWindow) test = test_window_new ();
      g_autofree char *picture = g_strdup_printf ("mail-%s", mails[row].what);
      PostwegPage *page;
      PostwegTestResult *result;

      g_test_message ("%s", mails[row].what);
      test_fill (test, ADDRESS, test_silent_port (), test_silent_port ());
      result = result_of (test, TRUE);
      result->delivery = delivery_of (row);
      postweg_journey_take_result (test->journey, result);
      page = test_show (test, POSTWEG_TYPE_PAGE_RESULT);
      for (guint i = 0; i < G_N_ELEMENTS (mail_stations); i++)
        {
          GtkWidget *station = test_get (page, POSTWEG_TYPE_STATION, mail_stations[i]);

          gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (station), TRUE);
          g_assert_true (test_says (page, "Nothing more is known about this station."));
          gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (station), FALSE);
          g_assert_false (test_says (page, "Nothing more is known about this station."));
        }
      test_picture (test, picture);
      test_press (page, "Send a Mail to Myself");
      test_get (test->window, GTK_TYPE_BUTTON, "Stop");
    }
}

static void
test_hops (void)
{
  g_autoptr (GPtrArray) hops = g_ptr_array_new_with_free_func ((GDestroyNotify) postweg_hop_free);
  GtkWidget *row;

  g_ptr_array_add (hops, hop ("<b>mx</b>", 1000, G_MININT64, FALSE));
  g_ptr_array_add (hops, hop ("", 1003, 3000, TRUE));
  g_ptr_array_add (hops, hop ("imap.example.org", 1001, -2000, TRUE));
  g_ptr_array_add (hops, hop ("quiet.example.org", 0, G_MININT64, TRUE));
  row = g_object_ref_sink (postweg_hops_row (hops));
  g_assert_true (test_says (row, "4 stations"));
  g_assert_true (test_says (row, "<b>mx</b>"));
  g_assert_true (test_says (row, "A station without a name"));
  g_assert_true (test_says (row, "3 s after the station before"));
  g_assert_true (test_says (row, "the clocks differ"));
  g_assert_true (test_says (row, "Says nothing about encryption"));
  g_assert_true (test_says (row, "Came in encrypted"));
  g_object_unref (row);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/ui/mail/offered", test_delivering_offered);
  g_test_add_func ("/ui/mail/stopped", test_delivering_stopped);
  g_test_add_func ("/ui/mail/left", test_delivering_left);
  g_test_add_func ("/ui/mail/road", test_mail_road);
  g_test_add_func ("/ui/mail/news", test_mail_news);
  g_test_add_func ("/ui/mail/again", test_mail_again);
  g_test_add_func ("/ui/mail/hops", test_hops);
  return g_test_run ();
}
