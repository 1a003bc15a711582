/* From the advice to the mail program: what each page shows, and what happens when a person does not wait. */
#include "ui/pages/advice.h"
#include "ui/pages/password.h"
#include "ui/pages/program.h"
#include "ui/pages/result.h"
#include "ui/pages/servers.h"
#include "ui/pages/test.h"
#include "widgets.h"
#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static void
answer (gpointer page, const char *question, guint chosen)
{
  adw_combo_row_set_selected (ADW_COMBO_ROW (test_get (page, ADW_TYPE_COMBO_ROW, question)), chosen);
}

static gboolean
is_suggested (TestWindow *test, const char *button)
{
  return gtk_widget_has_css_class (test_get (test->window, GTK_TYPE_BUTTON, button), "suggested-action");
}

/* The recommendation follows the answers at once, and both ways stay open. */
static void
test_advice (void)
{
  g_autoptr (TestWindow) test = test_window_new ();
  PostwegPage *page;

  test_fill (test, "anna@example.org", 993, 465);
  page = test_show (test, POSTWEG_TYPE_PAGE_ADVICE);
  g_assert_true (test_says (page, "IMAP Is the Safer Choice"));
  g_assert_true (is_suggested (test, "Use IMAP"));
  answer (page, "Devices you read mail on", POSTWEG_DEVICES_ONE);
  answer (page, "Use of the provider’s web page", POSTWEG_WEBMAIL_NEVER);
  answer (page, "Reading without the internet", POSTWEG_OFFLINE_ALWAYS);
  answer (page, "Space at the provider", POSTWEG_SPACE_SCARCE);
  answer (page, "Who keeps the mail", POSTWEG_KEEPER_ME);
  g_assert_true (test_says (page, "POP Fits You"));
  g_assert_true (is_suggested (test, "Use POP"));
  g_assert_false (is_suggested (test, "Use IMAP"));
  g_assert_cmpint (postweg_journey_get_habits (test->journey)->keeper, ==, POSTWEG_KEEPER_ME);
  answer (page, "Devices you read mail on", POSTWEG_DEVICES_SEVERAL);
  answer (page, "Who keeps the mail", POSTWEG_KEEPER_PROVIDER);
  answer (page, "Same folders on every device", POSTWEG_YES);
  g_assert_true (test_says (page, "IMAP Fits You"));
  test_press (test->window, "Use POP");
  g_assert_cmpint (postweg_journey_get_protocol (test->journey), ==, POSTWEG_POP3);
  g_assert_true (POSTWEG_IS_PAGE_SERVERS (test_page (test)));
}

static void
test_pop_not_offered (void)
{
  g_autoptr (TestWindow) test = test_window_new ();
  PostwegPage *page;

  test_fill (test, "anna@icloud.com", 993, 465);
  g_assert_true ((postweg_journey_get_provider (test->journey)->quirks & POSTWEG_QUIRK_POP_NOT_OFFERED) != 0);
  page = test_show (test, POSTWEG_TYPE_PAGE_ADVICE);
  g_assert_false (gtk_widget_is_sensitive (test_get (test->window, GTK_TYPE_BUTTON, "Use POP")));
  g_assert_true (test_says (page, "offers no POP"));
  g_assert_null (test_find (page, GTK_TYPE_SWITCH, "Leave Messages on Server"));
}

static const struct {
  gboolean keep, also;
  double days;
  const char *says;
} pop_options[] = {
  { FALSE, FALSE, 0, "only on this computer" },
  { FALSE, TRUE, 14, "only on this computer" },
  { TRUE, FALSE, 0, "for good" },
  { TRUE, TRUE, 0, "until you delete it here" },
  { TRUE, FALSE, 14, "vanishes from the server on" },
};

static void
test_pop_options (void)
{
  g_autoptr (TestWindow) test = test_window_new ();
  PostwegPage *page;
  GtkSwitch *keep, *also;
  GtkSpinButton *days;

  test_fill (test, "anna@example.org", 993, 465);
  page = test_show (test, POSTWEG_TYPE_PAGE_ADVICE);
  keep = GTK_SWITCH (test_get (page, GTK_TYPE_SWITCH, "Leave Messages on Server"));
  also = GTK_SWITCH (test_get (page, GTK_TYPE_SWITCH, "Delete There When I Delete Here"));
  days = GTK_SPIN_BUTTON (test_get (page, GTK_TYPE_SPIN_BUTTON, "Delete After"));
  for (guint i = 0; i < G_N_ELEMENTS (pop_options); i++)
    {
      gtk_switch_set_active (keep, TRUE);
      gtk_switch_set_active (also, pop_options[i].also);
      gtk_spin_button_set_value (days, pop_options[i].days);
      gtk_switch_set_active (keep, pop_options[i].keep);
      g_assert_true (test_says (page, pop_options[i].says));
      g_assert_cmpint (gtk_widget_is_sensitive (GTK_WIDGET (days)), ==, pop_options[i].keep);
    }
  /* what the person has chosen is not changed by advice any more */
  answer (page, "Who keeps the mail", POSTWEG_KEEPER_ME);
  g_assert_cmpfloat (gtk_spin_button_get_value (days), ==, 14);
  test_press (test->window, "Use POP");
  g_assert_cmpuint (postweg_journey_get_pop_options (test->journey)->delete_after_days, ==, 14);
  g_assert_true (postweg_journey_get_pop_options (test->journey)->keep_on_server);
}

static void
test_stopped (void)
{
  g_autoptr (TestWindow) test = test_window_new ();
  PostwegPage *page;

  test_fill (test, "anna@example.org", test_silent_port (), test_silent_port ());
  page = test_show (test, POSTWEG_TYPE_PAGE_TEST);
  AWAIT (test_says (page, "At work"));
  g_assert_null (test_find (test->window, GTK_TYPE_BUTTON, "Continue"));
  test_press (test->window, "Stop");
  AWAIT (test_says (page, "Stopped"));
  g_assert_null (test_find (test->window, GTK_TYPE_BUTTON, "Stop"));
  g_assert_null (postweg_journey_get_result (test->journey));
  g_assert_true (test_says (page, "Works"));
  g_assert_true (test_says (page, "Not tested"));
  g_assert_false (test_says (page, "At work"));
  test_press (test->window, "Test Again");
  AWAIT (test_says (page, "At work"));
}

/* Back and forth in the middle of the test, many times: each run's news reach only its own lanes. */
static void
test_back_and_forth (void)
{
  g_autoptr (TestWindow) test = test_window_new ();

  test_fill (test, "anna@example.org", test_silent_port (), test_silent_port ());
  for (guint i = 0; i < 10; i++)
    {
      test_show (test, POSTWEG_TYPE_PAGE_TEST);
      test_turn (i * 5);
      gtk_widget_activate_action (GTK_WIDGET (test->window), "win.back", NULL);
      g_assert_true (POSTWEG_IS_PAGE_PASSWORD (test_page (test)));
    }
  test_fill (test, "anna@example.org", test_closed_port (), test_closed_port ());
  test_show (test, POSTWEG_TYPE_PAGE_TEST);
  AWAIT (POSTWEG_IS_PAGE_RESULT (test_page (test)));
  g_assert_cmpint (postweg_journey_get_result (test->journey)->verdict, ==, POSTWEG_VERDICT_NOTHING_WORKS);
}

/* The window is closed in the middle of everything that takes time. */
static void
test_closed (void)
{
  GType (*const busy[]) (void) = { postweg_page_test_get_type, postweg_page_program_get_type };

  for (guint i = 0; i < G_N_ELEMENTS (busy); i++)
    for (guint ms = 0; ms < 30; ms += 10)
      {
        TestWindow *test = test_window_new ();

        test_fill (test, "anna@example.org", test_silent_port (), test_silent_port ());
        test_show (test, busy[i]());
        test_turn (ms);
        test_window_free (test);
        test_turn (30);
      }
}

static void
test_through (void)
{
  g_autoptr (TestWindow) test = test_window_new ();

  test_fill (test, "anna@example.org", test_closed_port (), test_closed_port ());
  test_show (test, POSTWEG_TYPE_PAGE_TEST);
  AWAIT (POSTWEG_IS_PAGE_RESULT (test_page (test)));
  /* looking back asks nothing again */
  gtk_widget_activate_action (GTK_WIDGET (test->window), "win.back", NULL);
  test_turn (1000);
  g_assert_true (POSTWEG_IS_PAGE_TEST (test_page (test)));
  test_press (test->window, "Continue");
  g_assert_true (POSTWEG_IS_PAGE_RESULT (test_page (test)));
  test_press (test->window, "Test Again");
  AWAIT (POSTWEG_IS_PAGE_TEST (test_page (test)));
  AWAIT (POSTWEG_IS_PAGE_RESULT (test_page (test)));
}

static void
test_trust_file (void)
{
  g_autoptr (TestWindow) test = test_window_new ();
  PostwegPage *page;

  test_fill (test, "anna@example.org", test_closed_port (), test_closed_port ());
  postweg_journey_set_trust_file (test->journey, "/nowhere/ca.pem");
  page = test_show (test, POSTWEG_TYPE_PAGE_TEST);
  AWAIT (test_says (page, "/nowhere/ca.pem"));
  test_get (test->window, GTK_TYPE_BUTTON, "Test Again");
}

static PostwegFinding *
finding (const char *headline)
{
  PostwegFinding *self = postweg_finding_new ("plain-on-tls-port");

  g_free (self->headline);
  g_free (self->explanation);
  g_free (self->remedy);
  self->headline = g_strdup (headline);
  self->explanation = g_strdup ("The port starts without encryption.");
  self->remedy = g_strdup ("Choose STARTTLS.");
  g_ptr_array_add (self->evidence, g_strdup ("127.0.0.1 said “220 <hello>”."));
  return self;
}

static PostwegTestResult *
result_with (TestWindow *test, PostwegVerdict verdict, gboolean mended)
{
  const PostwegAccount *account = postweg_journey_get_account (test->journey);
  PostwegTestResult *result = postweg_test_result_new (account);

  result->verdict = verdict;
  result->incoming = postweg_evidence_new (account->incoming);
  result->outgoing = postweg_evidence_new (account->outgoing);
  if (verdict != POSTWEG_VERDICT_WORKS)
    {
      g_ptr_array_add (result->findings, finding ("You can receive. You cannot send, because <that>."));
      g_ptr_array_add (result->findings, finding ("Something else was seen."));
    }
  if (mended)
    {
      PostwegFinding *first = g_ptr_array_index (result->findings, 0);

      first->mended = postweg_account_copy (account);
      first->mended->outgoing->security = POSTWEG_STARTTLS;
    }
  return result;
}

static void
test_result (void)
{
  static const struct {
    PostwegVerdict verdict;
    gboolean mended;
    const char *way_on, *second;
    gboolean suggested;
  } rows[] = {
    { POSTWEG_VERDICT_WORKS, FALSE, "Set Up a Mail Program", "Test Again", TRUE },
    { POSTWEG_VERDICT_WORKS_WITH_NOTE, FALSE, "Set Up a Mail Program", "Test Again", TRUE },
    { POSTWEG_VERDICT_RECEIVE_ONLY, FALSE, "Set Up a Mail Program", "Test Again", FALSE },
    { POSTWEG_VERDICT_RECEIVE_ONLY, TRUE, "Mend and Test Again", "Set Up a Mail Program", TRUE },
    { POSTWEG_VERDICT_NOTHING_WORKS, FALSE, "Set Up a Mail Program", "Test Again", FALSE },
    { POSTWEG_VERDICT_NOT_TESTED, FALSE, "Test Again", "Set Up a Mail Program", TRUE },
  };
  g_autoptr (TestWindow) test = test_window_new ();

  test_fill (test, "anna@example.org", test_silent_port (), test_silent_port ());
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      PostwegPage *page;
      gboolean findings = rows[i].verdict != POSTWEG_VERDICT_WORKS;

      test_show (test, POSTWEG_TYPE_PAGE_SERVERS);
      postweg_journey_take_result (test->journey, result_with (test, rows[i].verdict, rows[i].mended));
      page = test_show (test, POSTWEG_TYPE_PAGE_RESULT);
      g_assert_cmpint (test_says (page, "because <that>."), ==, findings);
      g_assert_cmpint (test_says (page, "Choose STARTTLS."), ==, findings);
      g_assert_cmpint (test_says (page, "220 <hello>"), ==, findings);
      g_assert_cmpint (test_says (page, "Something else was seen."), ==, findings);
      g_assert_cmpint (test_says (page, "SSL/TLS → STARTTLS"), ==, rows[i].mended);
      test_get (test->window, GTK_TYPE_BUTTON, rows[i].second);
      g_assert_cmpint (is_suggested (test, rows[i].way_on), ==, rows[i].suggested);
      test_get (test->window, GTK_TYPE_BUTTON, "Test Again");
    }
}

static void
test_mend (void)
{
  g_autoptr (TestWindow) test = test_window_new ();

  test_fill (test, "anna@example.org", test_silent_port (), test_silent_port ());
  postweg_journey_take_result (test->journey, result_with (test, POSTWEG_VERDICT_RECEIVE_ONLY, TRUE));
  test_show (test, POSTWEG_TYPE_PAGE_RESULT);
  test_press (test->window, "Mend and Test Again");
  g_assert_true (POSTWEG_IS_PAGE_TEST (test_page (test)));
  g_assert_cmpint (postweg_journey_get_account (test->journey)->outgoing->security, ==, POSTWEG_STARTTLS);
  g_assert_null (postweg_journey_get_result (test->journey));
  /* the rows of the servers page follow */
  test_show (test, POSTWEG_TYPE_PAGE_SERVERS);
  g_assert_cmpuint (
      adw_combo_row_get_selected (ADW_COMBO_ROW (test_get (
          test_get (test->window, GTK_TYPE_WIDGET, "Outgoing Server"), ADW_TYPE_COMBO_ROW, "Security"))),
      ==, POSTWEG_STARTTLS);
}

static void
test_changing (void)
{
  g_autoptr (TestWindow) test = test_window_new ();

  test_fill (test, "anna@example.org", test_silent_port (), test_silent_port ());
  postweg_journey_take_result (test->journey, result_with (test, POSTWEG_VERDICT_RECEIVE_ONLY, FALSE));
  test_show (test, POSTWEG_TYPE_PAGE_RESULT);
  test_press (test->window, "Change Password");
  g_assert_true (POSTWEG_IS_PAGE_PASSWORD (test_page (test)));
  test_show (test, POSTWEG_TYPE_PAGE_RESULT);
  test_press (test->window, "Change Servers");
  g_assert_true (POSTWEG_IS_PAGE_SERVERS (test_page (test)));
}

/* A home folder with one profile that was never used. Returns: (transfer full): the profile */
static char *
make_profile (void)
{
  g_autofree char *root = g_build_filename (g_get_home_dir (), ".thunderbird", NULL);
  char *profile = g_build_filename (root, "x.default-release", NULL);
  g_autofree char *list = g_build_filename (root, "profiles.ini", NULL);

  /* never in somebody's own home */
  g_assert_true (g_str_has_prefix (g_get_home_dir (), g_get_tmp_dir ()));
  g_assert_cmpint (g_mkdir_with_parents (profile, 0700), ==, 0);
  g_assert_true (
      g_file_set_contents (list,
                           "[Profile0]\nName=default\nIsRelative=1\nPath=x.default-release\nDefault=1\n\n"
                           "[General]\nStartWithLastProfile=1\nVersion=2\n",
                           -1, NULL));
  return profile;
}

static char *
prefs_of (const char *profile)
{
  g_autofree char *file = g_build_filename (profile, "prefs.js", NULL);
  char *text = NULL;

  return g_file_get_contents (file, &text, NULL, NULL) ? text : g_strdup ("");
}

static void
test_write_and_undo (void)
{
  g_autoptr (TestWindow) test = test_window_new ();
  g_autofree char *profile = make_profile ();
  g_autofree char *written = NULL;
  g_autofree char *undone = NULL;
  PostwegPage *page;

  test_fill (test, "anna@example.org", 993, 465);
  page = test_show (test, POSTWEG_TYPE_PAGE_PROGRAM);
  AWAIT (test_says (page, "x.default-release"));
  test_press (test->window, "Show Changes");
  AWAIT (test_find (test->window, GTK_TYPE_BUTTON, "Write"));
  g_assert_true (test_says (page, "+ user_pref(\"mail.accountmanager.accounts\""));
  undone = prefs_of (profile);
  g_assert_cmpstr (undone, ==, "");
  test_press (test->window, "Write");
  AWAIT (test_find (test->window, GTK_TYPE_BUTTON, "Undo"));
  written = prefs_of (profile);
  g_assert_nonnull (strstr (written, "anna@example.org"));
  g_assert_true (test_says (page, "What Is Left to Do"));
  test_press (test->window, "Undo");
  AWAIT (test_says (page, "taken back"));
  g_free (undone);
  undone = prefs_of (profile);
  g_assert_cmpstr (undone, ==, "");
  g_assert_null (test_find (test->window, GTK_TYPE_BUTTON, "Undo"));
  test_get (test->window, GTK_TYPE_BUTTON, "Show Changes");
}

static void
test_already_there (void)
{
  g_autoptr (TestWindow) test = test_window_new ();
  g_autofree char *profile = make_profile ();
  PostwegPage *page;

  test_fill (test, "anna@example.org", 993, 465);
  page = test_show (test, POSTWEG_TYPE_PAGE_PROGRAM);
  for (guint i = 0; i < 2; i++)
    {
      AWAIT (test_find (test->window, GTK_TYPE_BUTTON, "Show Changes"));
      AWAIT (gtk_widget_is_sensitive (test_get (test->window, GTK_TYPE_BUTTON, "Show Changes")));
      test_press (test->window, "Show Changes");
      if (i > 0)
        break;
      AWAIT (test_find (test->window, GTK_TYPE_BUTTON, "Write"));
      test_press (test->window, "Write");
      AWAIT (test_find (test->window, GTK_TYPE_BUTTON, "Undo"));
      test_show (test, POSTWEG_TYPE_PAGE_RESULT);
      test_show (test, POSTWEG_TYPE_PAGE_PROGRAM);
    }
  AWAIT (test_says (page, "already"));
  test_get (test->window, GTK_TYPE_BUTTON, "Done");
  g_assert_null (test_find (test->window, GTK_TYPE_BUTTON, "Write"));
}

/* Another process holds the lock of the profile, as the mail program does while it is open. */
static pid_t
hold_lock (const char *profile)
{
  g_autofree char *file = g_build_filename (profile, ".parentlock", NULL);
  pid_t child = fork ();

  if (child == 0)
    {
      struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
      int fd = open (file, O_RDWR | O_CREAT, 0600);

      if (fd >= 0 && fcntl (fd, F_SETLK, &lock) == 0)
        for (guint i = 0; i < 60; i++)
          sleep (1);
      _exit (0);
    }
  return child;
}

static void
test_running (void)
{
  g_autoptr (TestWindow) test = test_window_new ();
  g_autofree char *profile = make_profile ();
  pid_t program = hold_lock (profile);
  PostwegPage *page;

  test_turn (100);
  test_fill (test, "anna@example.org", 993, 465);
  page = test_show (test, POSTWEG_TYPE_PAGE_PROGRAM);
  AWAIT (test_says (page, "Close it, then go on."));
  g_assert_false (gtk_widget_is_sensitive (test_get (test->window, GTK_TYPE_BUTTON, "Show Changes")));
  test_press (page, "Ask Again");
  test_turn (100);
  g_assert_true (test_says (page, "Close it, then go on."));

  /* it is noticed without asking */
  kill (program, SIGKILL);
  waitpid (program, NULL, 0);
  AWAIT (!test_says (page, "Close it, then go on."));
  g_assert_true (gtk_widget_is_sensitive (test_get (test->window, GTK_TYPE_BUTTON, "Show Changes")));
  g_assert_null (test_find (page, GTK_TYPE_BUTTON, "Ask Again"));
}

static void
test_by_hand (void)
{
  g_autoptr (TestWindow) test = test_window_new ();
  PostwegPage *page;

  test_fill (test, "anna@example.org", 993, 465);
  page = test_show (test, POSTWEG_TYPE_PAGE_PROGRAM);
  test_get (page, ADW_TYPE_EXPANDER_ROW, "Settings for Any Other Program");
  g_assert_true (
      test_says (page, "Server: 127.0.0.1\nPort: 993\nSecurity: SSL/TLS\nUser Name: anna@example.org"));
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/ui/road/advice", test_advice);
  g_test_add_func ("/ui/road/pop-not-offered", test_pop_not_offered);
  g_test_add_func ("/ui/road/pop-options", test_pop_options);
  g_test_add_func ("/ui/road/test/stopped", test_stopped);
  g_test_add_func ("/ui/road/test/back-and-forth", test_back_and_forth);
  g_test_add_func ("/ui/road/test/closed", test_closed);
  g_test_add_func ("/ui/road/test/through", test_through);
  g_test_add_func ("/ui/road/test/trust-file", test_trust_file);
  g_test_add_func ("/ui/road/result/buttons", test_result);
  g_test_add_func ("/ui/road/result/mend", test_mend);
  g_test_add_func ("/ui/road/result/changing", test_changing);
  g_test_add_func ("/ui/road/program/write-and-undo", test_write_and_undo);
  g_test_add_func ("/ui/road/program/already-there", test_already_there);
  g_test_add_func ("/ui/road/program/running", test_running);
  g_test_add_func ("/ui/road/program/by-hand", test_by_hand);
  return g_test_run ();
}
