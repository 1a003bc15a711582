/* The parts that pages are made of: lanes and their stations, the fold, what differs, what a plan changes. */
#include "ui/parts/notice.h"
#include "ui/parts/change-view.h"
#include "ui/parts/differences.h"
#include "ui/parts/fold-layout.h"
#include "ui/pictures/lane.h"
#include "ui/parts/parts.h"
#include "ui/parts/program-row.h"
#include "widgets.h"

static PostwegStep *
step_of (PostwegStage stage, PostwegStepVerdict verdict, guint ms)
{
  PostwegStep *step = postweg_step_new (stage, verdict, POSTWEG_OK);

  step->ms = ms;
  return step;
}

static const struct {
  const char *what;
  PostwegStepVerdict steps[4];
  guint n_steps;
  PostwegStationState state;
} foldings[] = {
  { "one good step", { POSTWEG_STEP_OK }, 1, POSTWEG_STATION_FINE },
  { "a note stays a note", { POSTWEG_STEP_NOTE, POSTWEG_STEP_OK }, 2, POSTWEG_STATION_NOTE },
  { "a failure stays", { POSTWEG_STEP_FAILED, POSTWEG_STEP_OK }, 2, POSTWEG_STATION_BROKEN },
  { "a later failure counts", { POSTWEG_STEP_OK, POSTWEG_STEP_FAILED }, 2, POSTWEG_STATION_BROKEN },
  { "what was left out takes nothing back",
    { POSTWEG_STEP_OK, POSTWEG_STEP_SKIPPED },
    2,
    POSTWEG_STATION_FINE },
  { "left out, then done", { POSTWEG_STEP_SKIPPED, POSTWEG_STEP_OK }, 2, POSTWEG_STATION_FINE },
  { "left out", { POSTWEG_STEP_SKIPPED }, 1, POSTWEG_STATION_NOT_REACHED },
  { "all of it",
    { POSTWEG_STEP_OK, POSTWEG_STEP_NOTE, POSTWEG_STEP_FAILED, POSTWEG_STEP_SKIPPED },
    4,
    POSTWEG_STATION_BROKEN },
};

static void
test_station (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (foldings); i++)
    {
      PostwegStation *station = g_object_ref_sink (postweg_station_new ("Greeting"));
      g_autofree char *words = NULL;

      g_test_message ("%s", foldings[i].what);
      for (guint j = 0; j < foldings[i].n_steps; j++)
        {
          g_autoptr (PostwegStep) step = step_of (POSTWEG_STAGE_GREETING, foldings[i].steps[j], 10);

          postweg_station_add_step (station, step);
        }
      g_assert_cmpint (postweg_station_get_state (station), ==, foldings[i].state);
      words = postweg_station_words (station);
      g_assert_true (g_str_has_prefix (words, "Greeting: "));
      g_object_unref (station);
    }
}

/* Each state has a word of its own: colour and shape are never alone. */
static void
test_station_words (void)
{
  static const char *const words[] = { "Greeting: Waiting",
                                       "Greeting: At work",
                                       "Greeting: Works, 5 ms",
                                       "Greeting: Works with a note, 5 ms",
                                       "Greeting: Does not work, 5 ms",
                                       "Greeting: Not tested" };

  for (PostwegStationState state = POSTWEG_STATION_WAITING; state <= POSTWEG_STATION_NOT_REACHED; state++)
    {
      PostwegStation *station = g_object_ref_sink (postweg_station_new ("Greeting"));
      g_autofree char *text = NULL;

      postweg_station_set_state (station, state, 5);
      text = postweg_station_words (station);
      g_assert_cmpstr (text, ==, words[state]);
      gtk_test_accessible_assert_property (GTK_ACCESSIBLE (station), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                           "Greeting");
      gtk_test_accessible_assert_property (GTK_ACCESSIBLE (station), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                           words[state] + strlen ("Greeting: "));
      g_object_unref (station);
    }
}

static const struct {
  PostwegProtocol protocol;
  PostwegSecurity security;
  const char *stations[7];
} lanes[] = {
  { POSTWEG_IMAP, POSTWEG_TLS, { "Name", "Connection", "Encryption", "Greeting", "Sign-In", "Mailbox" } },
  { POSTWEG_POP3,
    POSTWEG_STARTTLS,
    { "Name", "Connection", "Greeting", "Encryption", "Sign-In", "Mailbox" } },
  { POSTWEG_SMTP, POSTWEG_TLS, { "Name", "Connection", "Encryption", "Greeting", "Sign-In", "Sender" } },
  { POSTWEG_SMTP, POSTWEG_PLAIN, { "Name", "Connection", "Greeting", "Sign-In", "Sender" } },
};

static void
collect (GtkWidget *widget, GPtrArray *stations)
{
  if (POSTWEG_IS_STATION (widget))
    g_ptr_array_add (stations, widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    collect (child, stations);
}

static void
test_lane_order (void)
{
  PostwegLane *lane = g_object_ref_sink (g_object_new (POSTWEG_TYPE_LANE, NULL));

  postweg_lane_set_name (lane, "Receiving");
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (lane), GTK_ACCESSIBLE_PROPERTY_LABEL, "Receiving");
  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (lane), GTK_ACCESSIBLE_ROLE_GROUP);
  for (guint i = 0; i < G_N_ELEMENTS (lanes); i++)
    {
      g_autoptr (PostwegServer) server =
          postweg_server_new (lanes[i].protocol, "mail.example.org", 0, lanes[i].security, "anna");
      g_autoptr (GPtrArray) stations = g_ptr_array_new ();
      guint n = g_strv_length ((char **) lanes[i].stations);

      postweg_lane_start (lane, server);
      collect (GTK_WIDGET (lane), stations);
      g_assert_cmpuint (stations->len, ==, n);
      for (guint j = 0; j < n; j++)
        g_assert_cmpstr (postweg_station_get_name (g_ptr_array_index (stations, j)), ==,
                         lanes[i].stations[j]);
    }
  g_object_unref (lane);
}

/* An account without a server for one way: there is no road, and the lane says why. */
static void
test_lane_without_server (void)
{
  PostwegLane *lane = g_object_ref_sink (g_object_new (POSTWEG_TYPE_LANE, NULL));
  int width;

  postweg_lane_start (lane, NULL);
  g_assert_false (postweg_lane_has_stations (lane));
  g_assert_true (test_says (lane, "No server is set up for this."));
  postweg_lane_finish (lane, NULL);
  g_assert_cmpint (postweg_lane_entry_state (lane), ==, POSTWEG_STATION_WAITING);
  gtk_widget_measure (GTK_WIDGET (lane), GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL, NULL, NULL);
  g_assert_cmpint (width, >=, 0);
  g_object_unref (lane);
}

static PostwegLane *
started_lane (void)
{
  g_autoptr (PostwegServer) server =
      postweg_server_new (POSTWEG_SMTP, "mail.example.org", 0, POSTWEG_STARTTLS, "anna");
  PostwegLane *lane = g_object_ref_sink (g_object_new (POSTWEG_TYPE_LANE, NULL));

  postweg_lane_start (lane, server);
  return lane;
}

static void
assert_begun (PostwegLane *lane, PostwegStage stage, const char *expected)
{
  g_autofree char *words = postweg_lane_begun (lane, stage);

  g_assert_cmpstr (words, ==, expected);
}

static void
assert_step (PostwegLane *lane, PostwegStage stage, PostwegStepVerdict verdict, const char *expected)
{
  g_autoptr (PostwegStep) step = step_of (stage, verdict, 4);
  g_autofree char *words = postweg_lane_step (lane, step);

  g_assert_cmpstr (words, ==, expected);
}

static void
test_lane_news (void)
{
  PostwegLane *lane = started_lane ();

  assert_begun (lane, POSTWEG_STAGE_DNS, "Name: At work");
  assert_step (lane, POSTWEG_STAGE_DNS, POSTWEG_STEP_OK, "Name: Works, 4 ms");
  assert_begun (lane, POSTWEG_STAGE_GREETING, "Greeting: At work");
  assert_step (lane, POSTWEG_STAGE_GREETING, POSTWEG_STEP_OK, "Greeting: Works, 4 ms");
  assert_begun (lane, POSTWEG_STAGE_CAPABILITY, NULL);
  assert_step (lane, POSTWEG_STAGE_CAPABILITY, POSTWEG_STEP_OK, "Greeting: Works, 8 ms");
  assert_begun (lane, POSTWEG_STAGE_STARTTLS, "Encryption: At work");
  assert_step (lane, POSTWEG_STAGE_STARTTLS, POSTWEG_STEP_FAILED, "Encryption: Does not work, 4 ms");
  g_object_unref (lane);
}

/* A lane without encryption has no such station, whatever a probe may tell. */
static void
test_lane_without_station (void)
{
  g_autoptr (PostwegServer) server =
      postweg_server_new (POSTWEG_SMTP, "mail.example.org", 0, POSTWEG_PLAIN, "anna");
  PostwegLane *lane = g_object_ref_sink (g_object_new (POSTWEG_TYPE_LANE, NULL));

  postweg_lane_start (lane, server);
  assert_begun (lane, POSTWEG_STAGE_TLS, NULL);
  assert_step (lane, POSTWEG_STAGE_TLS, POSTWEG_STEP_OK, NULL);
  g_object_unref (lane);
}

static void
assert_state (PostwegLane *lane, PostwegStop stop, PostwegStationState state)
{
  g_assert_cmpint (postweg_station_get_state (postweg_lane_station (lane, stop)), ==, state);
}

static void
test_lane_finish (void)
{
  g_autoptr (PostwegServer) server =
      postweg_server_new (POSTWEG_SMTP, "mail.example.org", 0, POSTWEG_STARTTLS, "anna");
  g_autoptr (PostwegEvidence) evidence = postweg_evidence_new (server);
  PostwegLane *lane = started_lane ();

  g_ptr_array_add (evidence->steps, step_of (POSTWEG_STAGE_DNS, POSTWEG_STEP_OK, 1));
  g_ptr_array_add (evidence->steps, step_of (POSTWEG_STAGE_CONNECT, POSTWEG_STEP_NOTE, 3));
  g_ptr_array_add (evidence->steps, step_of (POSTWEG_STAGE_GREETING, POSTWEG_STEP_FAILED, 7));
  postweg_lane_finish (lane, evidence);
  assert_state (lane, POSTWEG_STOP_NAME, POSTWEG_STATION_FINE);
  assert_state (lane, POSTWEG_STOP_CONNECTION, POSTWEG_STATION_NOTE);
  assert_state (lane, POSTWEG_STOP_GREETING, POSTWEG_STATION_BROKEN);
  assert_state (lane, POSTWEG_STOP_SIGN_IN, POSTWEG_STATION_NOT_REACHED);
  g_assert_true (test_says (lane, "7 ms"));
  g_assert_true (test_says (lane, "Not tested"));
  g_assert_false (test_says (lane, "Waiting"));

  /* without evidence nothing was reached */
  postweg_lane_start (lane, server);
  postweg_lane_finish (lane, NULL);
  g_assert_false (test_says (lane, "Waiting"));
  g_assert_false (test_says (lane, "Works"));
  g_object_unref (lane);
}

/* Two children that want 300 pixels each. */
static GtkWidget *
folding_box (guint column_width)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_widget_set_layout_manager (
      box, g_object_new (POSTWEG_TYPE_FOLD_LAYOUT, "spacing", 10, "column-width", column_width, NULL));
  for (guint i = 0; i < 2; i++)
    {
      GtkWidget *child = gtk_drawing_area_new ();

      gtk_drawing_area_set_content_width (GTK_DRAWING_AREA (child), 300);
      gtk_drawing_area_set_content_height (GTK_DRAWING_AREA (child), 50);
      gtk_box_append (GTK_BOX (box), child);
    }
  return g_object_ref_sink (box);
}

static void
test_fold (void)
{
  static const struct {
    guint column_width;
    int width, height;
  } rows[] = { { 0, 610, 50 },   { 0, 609, 110 },   { 0, 2000, 50 },
               { 400, 810, 50 }, { 400, 809, 110 }, { 100, 610, 50 } };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      GtkWidget *box = folding_box (rows[i].column_width);
      int height, minimum, natural;

      gtk_widget_measure (box, GTK_ORIENTATION_VERTICAL, rows[i].width, &height, NULL, NULL, NULL);
      g_assert_cmpint (height, ==, rows[i].height);
      gtk_widget_measure (box, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
      g_assert_cmpint (minimum, ==, 300);
      g_assert_cmpint (natural, >=, 610);
      /* one that is hidden takes no room */
      gtk_widget_set_visible (gtk_widget_get_first_child (box), FALSE);
      gtk_widget_measure (box, GTK_ORIENTATION_VERTICAL, 400, &height, NULL, NULL, NULL);
      g_assert_cmpint (height, ==, 50);
      g_object_unref (box);
    }
}

static void
change_nothing (PostwegAccount *account G_GNUC_UNUSED)
{
}

static void
change_port (PostwegAccount *account)
{
  account->outgoing->port = 587;
}

static void
change_security (PostwegAccount *account)
{
  account->outgoing->port = 587;
  account->outgoing->security = POSTWEG_STARTTLS;
}

static void
change_both (PostwegAccount *account)
{
  g_free (account->incoming->host);
  account->incoming->host = g_strdup ("mail.example.org");
  account->outgoing->auth = POSTWEG_AUTH_ENCRYPTED;
}

static void
test_differences (void)
{
  static const struct {
    void (*change) (PostwegAccount *account);
    guint n;
    const char *says;
  } rows[] = { { change_nothing, 0, NULL },
               { change_port, 1, "465 → 587" },
               { change_security, 2, "SSL/TLS → STARTTLS" },
               { change_both, 2, "imap.example.org → mail.example.org" } };
  g_autoptr (PostwegServer) incoming =
      postweg_server_new (POSTWEG_IMAP, "imap.example.org", 0, POSTWEG_TLS, "anna");
  g_autoptr (PostwegServer) outgoing =
      postweg_server_new (POSTWEG_SMTP, "smtp.example.org", 0, POSTWEG_TLS, "anna");
  g_autoptr (PostwegAccount) account = postweg_account_new ("Anna", "anna@example.org", incoming, outgoing);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      GtkWidget *group = g_object_ref_sink (adw_preferences_group_new ());
      g_autoptr (PostwegRows) list = postweg_rows_new (ADW_PREFERENCES_GROUP (group));
      g_autoptr (PostwegAccount) other = postweg_account_copy (account);

      rows[i].change (other);
      g_assert_cmpuint (postweg_differences_add (list, account, other), ==, rows[i].n);
      if (rows[i].says != NULL)
        g_assert_true (test_says (group, rows[i].says));
      postweg_rows_clear (list);
      g_assert_false (test_says (group, "→"));
      g_object_unref (group);
    }
}

static void
test_server_lines (void)
{
  g_autoptr (PostwegServer) server =
      postweg_server_new (POSTWEG_IMAP, "imap.example.org", 0, POSTWEG_TLS, "anna");
  g_autofree char *lines = postweg_server_lines (server);

  g_assert_cmpstr (lines, ==,
                   "Server: imap.example.org\nPort: 993\nSecurity: SSL/TLS\nUser Name: anna\nSign-In Method: "
                   "Normal password");
}

static void
test_changes (void)
{
  g_autoptr (PostwegPlan) plan = postweg_plan_new ("thunderbird", "Thunderbird", "/profile");
  g_autoptr (GBytes) before = g_bytes_new_static ("kept\nold <i>\n", 13);
  g_autoptr (GBytes) after = g_bytes_new_static ("kept\nnew\nnewer\n", 15);
  GtkWidget *group = g_object_ref_sink (adw_preferences_group_new ());
  g_autoptr (PostwegRows) rows = postweg_rows_new (ADW_PREFERENCES_GROUP (group));

  postweg_plan_add_file (plan, "/profile/prefs.js", before, after, 0600);
  postweg_plan_add_file (plan, "/profile/new.js", NULL, after, 0600);
  postweg_change_view_show (rows, plan);
  for (const char *const *part = (const char *const[]){ "/profile/prefs.js", "- old <i>", "+ new\n+ newer",
                                                        "New File", "Changed File", NULL };
       *part != NULL; part++)
    g_assert_true (test_says (group, *part));
  test_get (group, GTK_TYPE_LABEL, "Lines That Go");
  test_get (group, GTK_TYPE_LABEL, "Lines That Come");
  g_object_unref (group);
}

static void
count_choice (PostwegProgramRow *row G_GNUC_UNUSED, guint *n)
{
  (*n)++;
}

static void
test_program_rows (void)
{
  g_autoptr (PostwegProgram) program =
      postweg_program_new ("thunderbird", "Thunderbird", "/home/anna/.thunderbird/x");
  GtkWidget *group = g_object_ref_sink (gtk_check_button_new ());
  PostwegProgramRow *one, *two;
  guint n = 0;

  one = g_object_ref_sink (postweg_program_row_new (program, GTK_CHECK_BUTTON (group), TRUE));
  program->running = TRUE;
  two = g_object_ref_sink (postweg_program_row_new (program, GTK_CHECK_BUTTON (group), FALSE));
  g_assert_true (test_says (two, "open at the moment"));
  g_signal_connect (two, "chosen", G_CALLBACK (count_choice), &n);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (test_get (two, GTK_TYPE_CHECK_BUTTON, "Thunderbird")), TRUE);
  g_assert_cmpuint (n, ==, 1);
  g_assert_false (
      gtk_check_button_get_active (GTK_CHECK_BUTTON (test_get (one, GTK_TYPE_CHECK_BUTTON, "Thunderbird"))));
  g_assert_true (postweg_program_row_get_program (two) == program);
  g_object_unref (two);
  program->read_only = TRUE;
  two = g_object_ref_sink (postweg_program_row_new (program, GTK_CHECK_BUTTON (group), FALSE));
  g_assert_false (gtk_widget_get_sensitive (GTK_WIDGET (two)));
  g_assert_true (test_says (two, "cannot be written"));
  g_object_unref (one);
  g_object_unref (two);
  g_object_unref (group);
}

/* Text from outside is text, never markup. */
static void
test_no_markup (void)
{
  static const char hostile[] = "<b>bold</b> &amp; <a href=\"https://example.org\">here</a>";
  GtkWidget *rows[] = { postweg_parts_text_row (NULL, hostile), postweg_parts_fact_row ("Title", hostile),
                        postweg_parts_link_row (hostile, hostile, "https://example.org") };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_object_ref_sink (rows[i]);
      g_assert_true (test_says (rows[i], "<b>bold</b> &amp;"));
      g_object_unref (rows[i]);
    }
}

/* Each state of a page without anything to show: a drawing or a spinner, a sentence, and a way on where there is one. */
static const struct {
  PostwegNoticeKind kind;
  const char *way;
  gboolean shown, turns;
} notices[] = {
  { POSTWEG_NOTICE_HIDDEN, "Go", FALSE, FALSE }, { POSTWEG_NOTICE_EMPTY, "Go", TRUE, FALSE },
  { POSTWEG_NOTICE_LOADING, NULL, TRUE, TRUE },  { POSTWEG_NOTICE_NONE, "Go", TRUE, FALSE },
  { POSTWEG_NOTICE_STOPPED, "Go", TRUE, FALSE }, { POSTWEG_NOTICE_FAILED, "Go", TRUE, FALSE },
  { POSTWEG_NOTICE_HIDDEN, NULL, FALSE, FALSE },
};

static void
count (guint *times)
{
  (*times)++;
}

static void
test_notice (void)
{
  PostwegNotice *notice = g_object_ref_sink (g_object_new (POSTWEG_TYPE_NOTICE, NULL));
  guint times = 0, expected = 0;

  g_signal_connect_swapped (notice, "taken", G_CALLBACK (count), &times);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (notice)));
  for (guint i = 0; i < G_N_ELEMENTS (notices); i++)
    {
      gboolean still = notices[i].shown && !notices[i].turns;
      GtkWidget *image;

      postweg_notice_show (notice, notices[i].kind, "What it says.", notices[i].way);
      g_assert_cmpint (postweg_notice_get_kind (notice), ==, notices[i].kind);
      g_assert_cmpint (gtk_widget_get_visible (GTK_WIDGET (notice)), ==, notices[i].shown);
      g_assert_cmpint (test_find (notice, GTK_TYPE_SPINNER, NULL) != NULL, ==, notices[i].turns);
      image = test_find (notice, GTK_TYPE_IMAGE, NULL);
      g_assert_cmpint (image != NULL, ==, still);
      if (still)
        g_assert_nonnull (gtk_image_get_icon_name (GTK_IMAGE (image)));
      if (!notices[i].shown)
        continue;
      g_assert_true (test_says (notice, "What it says."));
      g_assert_cmpint (test_find (notice, GTK_TYPE_BUTTON, "Go") != NULL, ==, notices[i].way != NULL);
      if (notices[i].way == NULL)
        continue;
      test_press (notice, "Go");
      g_assert_cmpuint (times, ==, ++expected);
    }
  g_object_unref (notice);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/ui/parts/notice", test_notice);
  g_test_add_func ("/ui/parts/station/as-bad-as-its-worst-step", test_station);
  g_test_add_func ("/ui/parts/station/words", test_station_words);
  g_test_add_func ("/ui/parts/lane/order", test_lane_order);
  g_test_add_func ("/ui/parts/lane/news", test_lane_news);
  g_test_add_func ("/ui/parts/lane/without-station", test_lane_without_station);
  g_test_add_func ("/ui/parts/lane/without-server", test_lane_without_server);
  g_test_add_func ("/ui/parts/lane/finish", test_lane_finish);
  g_test_add_func ("/ui/parts/fold", test_fold);
  g_test_add_func ("/ui/parts/differences", test_differences);
  g_test_add_func ("/ui/parts/server-lines", test_server_lines);
  g_test_add_func ("/ui/parts/changes", test_changes);
  g_test_add_func ("/ui/parts/program-rows", test_program_rows);
  g_test_add_func ("/ui/parts/no-markup", test_no_markup);
  return g_test_run ();
}
