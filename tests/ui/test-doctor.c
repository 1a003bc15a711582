/* The doctor: accounts of mail programs are listed, tested as they stand there, mended, written back and taken back. */
#include "ui/pages/address.h"
#include "ui/pages/doctor.h"
#include "ui/pages/password.h"
#include "ui/pages/program.h"
#include "ui/pages/result.h"
#include "ui/pages/servers.h"
#include "ui/pages/test.h"
#include "ui/pages/welcome.h"
#include "widgets.h"
#include <gio/gio.h>
#include <string.h>

static const char profiles_ini[] =
    "[Profile0]\nName=default-release\nIsRelative=1\nPath=x.default-release\nDefault=1\n\n"
    "[General]\nStartWithLastProfile=1\nVersion=2\n";

static char *
in_home (const char *name)
{
  g_assert_nonnull (strstr (g_get_home_dir (), "postweg-"));
  return g_build_filename (g_get_home_dir (), name, NULL);
}

static void
put (const char *name, const char *text, gssize length)
{
  g_autofree char *path = in_home (name);
  g_autofree char *folder = g_path_get_dirname (path);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, text, length, NULL));
}

static char *
get (const char *name)
{
  g_autofree char *path = in_home (name);
  char *text = NULL;

  g_file_get_contents (path, &text, NULL, NULL);
  return text;
}

static const char *const places[] = { ".msmtprc", ".mbsyncrc", ".thunderbird/x.default-release/prefs.js",
                                      ".thunderbird/profiles.ini" };

static void
clear_home (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_autofree char *path = in_home (places[i]);
      g_autoptr (GFile) file = g_file_new_for_path (path);

      g_file_delete (file, NULL, NULL);
    }
}

static void
keep (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

/* Servers that play this scenario. */
static PostwegPracticeBox *
open_box (const char *scenario)
{
  g_autoptr (GAsyncResult) result = NULL;
  PostwegPracticeBox *box;

  postweg_checkup_practice (scenario, NULL, keep, &result);
  AWAIT (result != NULL);
  box = postweg_checkup_practice_finish (result, NULL);
  g_assert_nonnull (box);
  return box;
}

/* Writes the account as the program itself would have it. */
static void
set_up (const char *program, const PostwegAccount *account)
{
  g_autoptr (GAsyncResult) planned = NULL;
  g_autoptr (GAsyncResult) applied = NULL;
  g_autoptr (GError) error = NULL;
  PostwegPlan *plan;

  if (strcmp (program, "thunderbird") == 0)
    {
      put (".thunderbird/profiles.ini", profiles_ini, -1);
      put (".thunderbird/x.default-release/prefs.js", "", -1);
    }
  postweg_checkup_plan (postweg_export_request_new (program, account), NULL, keep, &planned);
  AWAIT (planned != NULL);
  plan = postweg_checkup_plan_finish (planned, &error);
  g_assert_no_error (error);
  postweg_checkup_apply (plan, keep, &applied);
  AWAIT (applied != NULL);
  postweg_plan_free (postweg_checkup_apply_finish (applied, &error));
  g_assert_no_error (error);
}

static PostwegPage *
list (TestWindow *test)
{
  test_show (test, POSTWEG_TYPE_PAGE_DOCTOR);
  AWAIT (test_find (test->window, GTK_TYPE_BUTTON, "Stop") == NULL);
  return test_page (test);
}

static void
activate (gpointer root, const char *row)
{
  g_signal_emit_by_name (test_get (root, ADW_TYPE_ACTION_ROW, row), "activated");
}

static void
to_result (TestWindow *test, const PostwegPracticeBox *box, const char *program, const char *account)
{
  PostwegPage *page = list (test);

  postweg_journey_set_trust_file (test->journey, postweg_practice_box_trust_file (box));
  activate (test_get (page, ADW_TYPE_PREFERENCES_GROUP, program), account);
  g_assert_true (POSTWEG_IS_PAGE_PASSWORD (test_page (test)));
  gtk_editable_set_text (GTK_EDITABLE (test_get (test->window, GTK_TYPE_PASSWORD_ENTRY, "Password")),
                         postweg_practice_box_password (box));
  test_press (test->window, "Continue");
  AWAIT (POSTWEG_IS_PAGE_RESULT (test_page (test)));
}

static void
test_nothing (void)
{
  g_autoptr (TestWindow) test = test_window_new ();
  PostwegPage *page;

  clear_home ();
  test_press (test_page (test), "Find Out What Is Wrong");
  g_assert_true (test_says (test_page (test), "Looking for accounts"));
  page = list (test);
  g_assert_true (test_says (page, "None of the mail programs on this computer"));
  test_picture (test, "doctor-nothing");
  /* looking again can be stopped, and each end has a way on */
  test_press (page, "Look Again");
  g_assert_true (test_says (page, "Looking for accounts"));
  g_assert_null (test_find (page, GTK_TYPE_BUTTON, "Look Again"));
  test_press (test->window, "Stop");
  g_assert_true (test_says (page, "The search was stopped."));
  test_picture (test, "doctor-stopped");
  test_press (page, "Look Again");
  AWAIT (test_says (page, "None of the mail programs on this computer"));
  g_assert_false (test_says (page, "Looking for accounts"));
  activate (page, "Another Account");
  g_assert_true (POSTWEG_IS_PAGE_ADDRESS (test_page (test)));
  gtk_widget_activate_action (GTK_WIDGET (test->window), "win.back", NULL);
  g_assert_true (POSTWEG_IS_PAGE_WELCOME (test_page (test)));
}

/* All of it, in Thunderbird: broken, mended, written, taken back to the byte. */
static void
test_mend (void)
{
  g_autoptr (TestWindow) test = test_window_new ();
  g_autoptr (PostwegPracticeBox) box = open_box ("sending-encryption");
  g_autofree char *before = NULL, *after = NULL, *again = NULL;
  const char *prefs = ".thunderbird/x.default-release/prefs.js";

  clear_home ();
  set_up ("thunderbird", postweg_practice_box_account (box));
  before = get (prefs);
  to_result (test, box, "Thunderbird", "you@practice.example");
  g_assert_true (test_says (test_page (test), "You can receive. You cannot send"));
  test_get (test->window, GTK_TYPE_BUTTON, "Set Up Another Program");
  test_press (test->window, "Mend and Test Again");
  AWAIT (POSTWEG_IS_PAGE_RESULT (test_page (test)));
  g_assert_true (test_says (test_page (test), "Both ways work"));
  test_picture (test, "doctor-mended");
  test_press (test->window, "Write the Mended Setting to Thunderbird");
  AWAIT (test_find (test->window, GTK_TYPE_BUTTON, "Show Changes") != NULL &&
         gtk_widget_is_sensitive (test_find (test->window, GTK_TYPE_BUTTON, "Show Changes")));
  test_press (test->window, "Show Changes");
  AWAIT (test_find (test->window, GTK_TYPE_BUTTON, "Write") != NULL);
  g_assert_true (test_says (test_page (test), "try_ssl"));
  test_picture (test, "doctor-changes");
  test_press (test->window, "Write");
  AWAIT (test_find (test->window, GTK_TYPE_BUTTON, "Undo") != NULL);
  after = get (prefs);
  g_assert_cmpstr (after, !=, before);
  g_assert_null (strstr (after, "server3"));
  test_press (test->window, "Undo");
  AWAIT (test_says (test_page (test), "taken back"));
  again = get (prefs);
  g_assert_cmpstr (again, ==, before);
}

/* Programs that have one side only: the account is called as it can be, and that side is tested alone. */
static const struct {
  const char *program, *name, *account, *headline, *other, *hidden;
} one_sided[] = {
  { "msmtp", "msmtp", "you@practice.example", "Testing the Way Out", "msmtp only sends mail.",
    "Incoming Server" },
  { "mbsync", "mbsync", "you@practice.example on localhost", "Testing the Way In",
    "mbsync only fetches mail.", "Outgoing Server" },
};

static void
test_one_side (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autoptr (TestWindow) test = test_window_new ();
  g_autoptr (PostwegPracticeBox) box = open_box ("works");
  g_autofree char *picture = g_strdup_printf ("doctor-%s", one_sided[i].program);

  clear_home ();
  set_up (one_sided[i].program, postweg_practice_box_account (box));
  to_result (test, box, one_sided[i].name, one_sided[i].account);
  g_assert_true (test_says (test_page (test), one_sided[i].other));
  g_assert_cmpint (postweg_journey_get_result (test->journey)->verdict, ==, POSTWEG_VERDICT_WORKS);
  g_assert_false (test_says (test_page (test), "Both ways work"));
  test_picture (test, picture);
  postweg_journey_take_result (test->journey, NULL);
  gtk_widget_activate_action (GTK_WIDGET (test->window), "win.show-page", "s", "PostwegPageTest");
  g_assert_true (test_says (test_page (test), one_sided[i].headline));
  AWAIT (POSTWEG_IS_PAGE_RESULT (test_page (test)));
  test_show (test, POSTWEG_TYPE_PAGE_PASSWORD);
  g_assert_null (test_find (test_page (test), GTK_TYPE_SWITCH, "Use a Different Password for Sending"));
  test_show (test, POSTWEG_TYPE_PAGE_SERVERS);
  g_assert_null (test_find (test_page (test), GTK_TYPE_WIDGET, one_sided[i].hidden));
  test_press (test->window, "Continue");
  g_assert_true (POSTWEG_IS_PAGE_PASSWORD (test_page (test)));
  g_assert_true (postweg_account_equal (postweg_journey_get_account (test->journey),
                                        postweg_journey_get_place (test->journey)->account));
}

/* An account of the doctor and one that is being set up never mix; the same one again loses nothing. */
static void
test_roads (void)
{
  g_autoptr (TestWindow) test = test_window_new ();
  g_autoptr (PostwegPracticeBox) box = open_box ("works");
  GtkWidget *window = GTK_WIDGET (test->window);

  clear_home ();
  set_up ("msmtp", postweg_practice_box_account (box));
  to_result (test, box, "msmtp", "you@practice.example");
  g_assert_cmpint (postweg_journey_get_road (test->journey), ==, POSTWEG_ROAD_DOCTOR);
  for (guint i = 0; i < 3; i++)
    gtk_widget_activate_action (window, "win.back", NULL);
  g_assert_true (POSTWEG_IS_PAGE_DOCTOR (test_page (test)));
  activate (test_page (test), "you@practice.example");
  g_assert_nonnull (postweg_journey_get_credentials (test->journey));
  gtk_widget_activate_action (window, "win.back", NULL);
  gtk_widget_activate_action (window, "win.back", NULL);
  g_assert_true (POSTWEG_IS_PAGE_WELCOME (test_page (test)));
  test_press (test_page (test), "Set Up an Account");
  g_assert_true (POSTWEG_IS_PAGE_ADDRESS (test_page (test)));
  g_assert_cmpint (postweg_journey_get_road (test->journey), ==, POSTWEG_ROAD_SETUP);
  g_assert_null (postweg_journey_get_account (test->journey));
  g_assert_null (postweg_journey_get_credentials (test->journey));
}

/* A place that cannot be written back is tested all the same, and nothing promises to write it. */
static void
test_read_only (void)
{
  g_autoptr (TestWindow) test = test_window_new ();
  g_autoptr (PostwegPracticeBox) box = open_box ("sending-encryption");
  g_autoptr (PostwegProgram) program = postweg_program_new ("thunderbird", "Thunderbird", "/nowhere");
  PostwegStoredAccount *stored =
      postweg_stored_account_new ("account1", postweg_account_copy (postweg_practice_box_account (box)), "");

  program->read_only = TRUE;
  g_ptr_array_add (program->accounts, stored);
  postweg_journey_take_place (test->journey, postweg_place_new (program, stored));
  postweg_journey_set_trust_file (test->journey, postweg_practice_box_trust_file (box));
  postweg_journey_take_credentials (test->journey,
                                    postweg_credentials_copy (postweg_practice_box_credentials (box)));
  test_show (test, POSTWEG_TYPE_PAGE_TEST);
  AWAIT (POSTWEG_IS_PAGE_RESULT (test_page (test)));
  test_press (test->window, "Mend and Test Again");
  AWAIT (POSTWEG_IS_PAGE_RESULT (test_page (test)));
  g_assert_true (test_says (test_page (test), "Both ways work"));
  g_assert_true (postweg_journey_is_mended (test->journey));
  g_assert_null (test_find (test->window, GTK_TYPE_BUTTON, "Write the Mended Setting to Thunderbird"));
  test_get (test->window, GTK_TYPE_BUTTON, "Set Up Another Program");
}

/* What stands in people's files: said, never fatal, and the rest is still there. */
static const struct {
  const char *what, *text;
  gssize length;
} hostile[] = {
  { "empty", "", -1 },
  { "binary", "account \0\xff\xfe host \x01", 18 },
  { "nonsense", "host <b>bold</b> & co\nport ninety\n\"", -1 },
  { "two-alike",
    "account a\nhost h.example\nfrom a@h.example\nuser a\nauth on\n\naccount b\nhost h.example\nfrom "
    "a@h.example\nuser a\nauth on\n",
    -1 },
  { "markup", "account a\nhost <b>h</b>.example\nfrom <i>a</i>@h.example\nuser &amp;\nauth on\n", -1 },
};

static void
test_hostile (void)
{
  g_autoptr (TestWindow) test = test_window_new ();
  g_autoptr (PostwegPracticeBox) box = open_box ("works");

  for (guint i = 0; i < G_N_ELEMENTS (hostile); i++)
    {
      PostwegPage *page;

      g_test_message ("%s", hostile[i].what);
      clear_home ();
      put (".msmtprc", hostile[i].text, hostile[i].length);
      set_up ("mbsync", postweg_practice_box_account (box));
      page = list (test);
      test_get (test_get (page, ADW_TYPE_PREFERENCES_GROUP, "mbsync"), ADW_TYPE_ACTION_ROW,
                "you@practice.example on localhost");
      gtk_widget_activate_action (GTK_WIDGET (test->window), "win.back", NULL);
    }
}

/* What the person has noticed: at most one sentence, kept on the way, and answered on the result page when nothing of that sort was found. */
static void
test_complaints (void)
{
  static const char *const sentences[] = {
    "I Can Receive but Not Send",
    "I Can Send but Not Receive",
    "The Password Is Refused",
    "It Worked Yesterday",
    "It Works on the Phone",
    "Mails Have Disappeared",
    "Sent Mails Are Missing or Double",
    "The Certificate Is Not Trusted",
  };
  g_autoptr (TestWindow) test = test_window_new ();
  g_autoptr (PostwegPracticeBox) box = open_box ("works");
  PostwegPage *page;
  GtkToggleButton *last = NULL;

  clear_home ();
  set_up ("msmtp", postweg_practice_box_account (box));
  page = list (test);
  for (guint i = 0; i < G_N_ELEMENTS (sentences); i++)
    {
      GtkToggleButton *button = GTK_TOGGLE_BUTTON (test_get (page, GTK_TYPE_TOGGLE_BUTTON, sentences[i]));

      gtk_toggle_button_set_active (button, TRUE);
      g_assert_true (test_says (page, postweg_complaint_plan (i + 1)));
      g_assert_true (last == NULL || !gtk_toggle_button_get_active (last));
      last = button;
    }
  gtk_toggle_button_set_active (last, FALSE);
  g_assert_false (test_says (page, "looked at first"));
  test_press (page, "I Can Receive but Not Send");
  test_picture (test, "doctor-complaint");
  to_result (test, box, "msmtp", "you@practice.example");
  page = test_page (test);
  g_assert_true (test_says (page, "You Said: I Can Receive but Not Send"));
  g_assert_true (test_says (page, "Sending works from here"));
  /* the ports were looked at for it */
  g_assert_nonnull (postweg_journey_get_result (test->journey)->ports);
  test_picture (test, "doctor-complaint-answer");
  /* another one is looked at anew */
  page = list (test);
  g_assert_true (gtk_toggle_button_get_active (
      GTK_TOGGLE_BUTTON (test_get (page, GTK_TYPE_TOGGLE_BUTTON, sentences[0]))));
  test_press (page, "Mails Have Disappeared");
  to_result (test, box, "msmtp", "you@practice.example");
  g_assert_true (test_says (test_page (test), "You Said: Mails Have Disappeared"));
  g_assert_null (postweg_journey_get_result (test->journey)->ports);
  /* an account that is set up afterwards is not judged by it */
  gtk_widget_activate_action (GTK_WIDGET (test->window), "win.start-again", NULL);
  test_turn (20);
  test_press (test_page (test), "Set Up an Account");
  g_assert_cmpint (postweg_journey_get_complaint (test->journey), ==, POSTWEG_NO_COMPLAINT);
}

/* Of two failures the one that the person has noticed is told first. */
static void
test_complaint_first (void)
{
  static const struct {
    const char *sentence;
    PostwegSide first;
  } rows[] = {
    { "I Can Send but Not Receive", POSTWEG_RECEIVE },
    { "I Can Receive but Not Send", POSTWEG_SEND },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (TestWindow) test = test_window_new ();
      g_autoptr (PostwegPracticeBox) box = open_box ("works");
      g_autoptr (PostwegAccount) account = postweg_account_copy (postweg_practice_box_account (box));
      const PostwegFinding *first;

      clear_home ();
      /* one is not there, the other speaks another language */
      account->outgoing->port = account->incoming->port;
      account->incoming->port = test_closed_port ();
      set_up ("thunderbird", account);
      test_press (list (test), rows[i].sentence);
      to_result (test, box, "Thunderbird", "you@practice.example");
      first = g_ptr_array_index (postweg_journey_get_result (test->journey)->findings, 0);
      g_assert_cmpint (first->side, ==, rows[i].first);
      g_assert_true (test_says (test_page (test), first->headline));
      g_assert_false (test_says (test_page (test), "You Said"));
    }
}

/* Left, stopped and closed while it looks; a row pressed twice. */
static void
test_hasty (void)
{
  g_autoptr (TestWindow) test = test_window_new ();
  g_autoptr (PostwegPracticeBox) box = open_box ("works");
  PostwegPage *page;
  GtkWidget *row;

  clear_home ();
  set_up ("msmtp", postweg_practice_box_account (box));
  test_show (test, POSTWEG_TYPE_PAGE_DOCTOR);
  gtk_widget_activate_action (GTK_WIDGET (test->window), "win.stop", NULL);
  test_turn (200);
  test_show (test, POSTWEG_TYPE_PAGE_WELCOME);
  g_assert_true (
      gtk_widget_activate_action (GTK_WIDGET (test->window), "win.show-page", "s", "PostwegPageDoctor"));
  gtk_widget_activate_action (GTK_WIDGET (test->window), "win.back", NULL);
  test_turn (200);
  page = list (test);
  row = test_get (page, ADW_TYPE_ACTION_ROW, "you@practice.example");
  g_signal_emit_by_name (row, "activated");
  g_signal_emit_by_name (row, "activated");
  g_assert_true (POSTWEG_IS_PAGE_PASSWORD (test_page (test)));
  test_turn (50);
  test_show (test, POSTWEG_TYPE_PAGE_WELCOME);
  g_assert_true (
      gtk_widget_activate_action (GTK_WIDGET (test->window), "win.show-page", "s", "PostwegPageDoctor"));
}

static void
test_narrow (void)
{
  g_autoptr (TestWindow) test = test_window_new ();
  g_autoptr (PostwegPracticeBox) box = open_box ("works");
  int minimum;

  clear_home ();
  set_up ("thunderbird", postweg_practice_box_account (box));
  set_up ("msmtp", postweg_practice_box_account (box));
  set_up ("mbsync", postweg_practice_box_account (box));
  list (test);
  test_picture (test, "doctor");
  gtk_widget_measure (GTK_WIDGET (test->window), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, <=, 360);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/ui/doctor/nothing", test_nothing);
  g_test_add_func ("/ui/doctor/mend", test_mend);
  for (guint i = 0; i < G_N_ELEMENTS (one_sided); i++)
    {
      g_autofree char *path = g_strdup_printf ("/ui/doctor/one-side/%s", one_sided[i].program);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_one_side);
    }
  g_test_add_func ("/ui/doctor/roads", test_roads);
  g_test_add_func ("/ui/doctor/read-only", test_read_only);
  g_test_add_func ("/ui/doctor/hostile", test_hostile);
  g_test_add_func ("/ui/doctor/complaints", test_complaints);
  g_test_add_func ("/ui/doctor/complaint-first", test_complaint_first);
  g_test_add_func ("/ui/doctor/hasty", test_hasty);
  g_test_add_func ("/ui/doctor/narrow", test_narrow);
  return g_test_run ();
}
