/* Practice: every scenario is offered, leads over the whole road without a network, and leaves nothing behind. */
#include "ui/pages/address.h"
#include "ui/pages/explain.h"
#include "ui/pages/password.h"
#include "ui/pages/practice.h"
#include "ui/pages/program.h"
#include "ui/pages/result.h"
#include "ui/pages/servers.h"
#include "ui/pages/test.h"
#include "ui/pages/welcome.h"
#include "widgets.h"
#include <string.h>

static PostwegJourney *
journey_of (TestWindow *test)
{
  return postweg_page_get_journey (test_page (test));
}

static void
activate (TestWindow *test, const char *row)
{
  g_signal_emit_by_name (test_get (test_page (test), ADW_TYPE_ACTION_ROW, row), "activated");
}

/* Whether the bar is there: on every page of practice, and nowhere else. */
static gboolean
says_practice (TestWindow *test)
{
  gboolean words = test_says (test->window, "Practice – nothing leaves this computer");

  g_assert_cmpint (words, ==, test_find (test->window, GTK_TYPE_BUTTON, "End Practice") != NULL);
  return words;
}

static void
begin (TestWindow *test, const char *caption)
{
  test_show (test, POSTWEG_TYPE_PAGE_PRACTICE);
  activate (test, caption);
  AWAIT (POSTWEG_IS_PAGE_ADDRESS (test_page (test)));
  g_assert_true (says_practice (test));
}

static void
press_to (TestWindow *test, const char *button, GType page)
{
  g_assert_true (says_practice (test));
  test_press (test->window, button);
  AWAIT (G_OBJECT_TYPE (test_page (test)) == page);
}

static void
go_to_result (TestWindow *test)
{
  press_to (test, "Continue", POSTWEG_TYPE_PAGE_SERVERS);
  press_to (test, "Continue", POSTWEG_TYPE_PAGE_PASSWORD);
  g_assert_true (test_says (test_page (test), "The password of the practice mailbox is “practice”."));
  press_to (test, "Continue", POSTWEG_TYPE_PAGE_TEST);
  AWAIT (POSTWEG_IS_PAGE_RESULT (test_page (test)));
  g_assert_true (says_practice (test));
}

static gboolean
is_open (guint16 port)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection =
      g_socket_client_connect_to_host (client, "127.0.0.1", port, NULL, NULL);

  return connection != NULL;
}

static void
test_list (void)
{
  g_autoptr (TestWindow) test = test_window_new ();
  const char *const groups[] = { "It Works", "Receives but Does Not Send", "Sends but Does Not Receive",
                                 "Nothing Works" };
  PostwegPage *page;

  test_press (test_page (test), "Try a Practice Mailbox");
  page = test_page (test);
  g_assert_true (POSTWEG_IS_PAGE_PRACTICE (page));
  g_assert_false (says_practice (test));
  for (guint i = 0; i < G_N_ELEMENTS (groups); i++)
    test_get (page, ADW_TYPE_PREFERENCES_GROUP, groups[i]);
  for (guint i = 0; i < postweg_checkup_n_scenarios (); i++)
    {
      GtkWidget *group = test_get (page, ADW_TYPE_PREFERENCES_GROUP, postweg_checkup_scenario_group (i));
      GtkWidget *row = test_get (group, ADW_TYPE_ACTION_ROW, postweg_checkup_scenario_caption (i));

      g_assert_cmpstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)), ==,
                       postweg_checkup_scenario_sentence (i));
      gtk_test_accessible_assert_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                           postweg_checkup_scenario_sentence (i));
      g_assert_true (gtk_list_box_row_get_activatable (GTK_LIST_BOX_ROW (row)));
    }
  test_picture (test, "practice");
  test_scroll (page, 0.6);
  test_picture (test, "practice-further");
  gtk_widget_activate_action (GTK_WIDGET (test->window), "win.back", NULL);
  g_assert_true (POSTWEG_IS_PAGE_WELCOME (test_page (test)));
}

/* Whoever does not wait for the servers can begin again with the same case. */
static void
test_stopped (void)
{
  g_autoptr (TestWindow) test = test_window_new ();
  PostwegPage *page = test_show (test, POSTWEG_TYPE_PAGE_PRACTICE);

  activate (test, "Everything is right");
  g_assert_true (test_says (page, "Opening the practice mailbox"));
  g_assert_null (test_find (page, GTK_TYPE_BUTTON, "Try Again"));
  test_press (test->window, "Stop");
  g_assert_true (test_says (page, "Opening was stopped."));
  test_picture (test, "practice-stopped");
  test_press (page, "Try Again");
  AWAIT (POSTWEG_IS_PAGE_ADDRESS (test_page (test)));
  g_assert_true (says_practice (test));
}

/* Every scenario: its caption -> what the result says, and whether Postweg mends it. */
static const struct {
  const char *caption, *says;
  gboolean mends;
} roads[] = {
  { "Everything is right", "Both ways work", FALSE },
  { "The mailbox is full", "mailbox", FALSE },
  { "No sign-in for sending is set up", "You can receive. You cannot send", TRUE },
  { "An old password is stored for sending", "You can receive. You cannot send", FALSE },
  { "Nobody answers at the outgoing server", "You can receive. You cannot send", FALSE },
  { "The wrong kind of encryption", "You can receive. You cannot send", TRUE },
  { "The provider has switched sending off", "You can receive. You cannot send", FALSE },
  { "The certificate for sending has expired", "You can receive. You cannot send", FALSE },
  { "IMAP is switched off", "IMAP", FALSE },
  { "The password is wrong", "password", FALSE },
  { "The certificates are for another server", "certificate", FALSE },
  { "The network wants a sign-in on a web page", "network", FALSE },
};

static void
test_road (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autoptr (TestWindow) test = test_window_new ();
  g_autofree char *picture = g_strdup_printf ("practice-result-%u", i);

  begin (test, roads[i].caption);
  go_to_result (test);
  g_assert_true (test_says (test_page (test), roads[i].says));
  test_get (test->window, GTK_TYPE_BUTTON, "Try Another Case");
  g_assert_null (test_find (test->window, GTK_TYPE_BUTTON, "Set Up a Mail Program"));
  g_assert_null (test_find (test->window, GTK_TYPE_BUTTON, "Send a Mail to Myself"));
  test_picture (test, picture);
  g_assert_cmpint (test_find (test->window, GTK_TYPE_BUTTON, "Mend and Test Again") != NULL, ==,
                   roads[i].mends);
  if (roads[i].mends)
    {
      press_to (test, "Mend and Test Again", POSTWEG_TYPE_PAGE_TEST);
      AWAIT (POSTWEG_IS_PAGE_RESULT (test_page (test)));
      g_assert_true (test_says (test_page (test), "Both ways work"));
    }
  test_press (test->window, "Try Another Case");
  g_assert_true (POSTWEG_IS_PAGE_PRACTICE (test_page (test)));
  g_assert_false (says_practice (test));
}

/* Nothing of a real account is touched, and the servers end with practice. */
static void
test_own_account_waits (void)
{
  g_autoptr (TestWindow) test = test_window_new ();
  guint16 port;

  test_fill (test, "anna@gmx.de", 993, 465);
  test_show (test, POSTWEG_TYPE_PAGE_SERVERS);
  begin (test, "Everything is right");
  g_assert_true (journey_of (test) != test->journey);
  g_assert_cmpint (postweg_journey_get_consent (journey_of (test)), ==, POSTWEG_CONSENT_OFFLINE);
  g_assert_null (test_find (test_page (test), GTK_TYPE_BUTTON, "Enter the Servers Myself"));
  g_assert_false (test_says (test_page (test), "Your name service"));
  test_picture (test, "practice-address");
  port = postweg_journey_get_account (journey_of (test))->incoming->port;
  g_assert_true (is_open (port));
  press_to (test, "Continue", POSTWEG_TYPE_PAGE_SERVERS);
  test_picture (test, "practice-servers");
  press_to (test, "Continue", POSTWEG_TYPE_PAGE_PASSWORD);
  g_assert_null (test_find (test_page (test), GTK_TYPE_BUTTON, "Take It from the Keyring"));
  test_picture (test, "practice-password");
  test_press (test->window, "End Practice");
  g_assert_true (POSTWEG_IS_PAGE_PRACTICE (test_page (test)));
  g_assert_false (says_practice (test));
  g_assert_false (is_open (port));
  g_assert_true (journey_of (test) == test->journey);
  gtk_widget_activate_action (GTK_WIDGET (test->window), "win.back", NULL);
  g_assert_true (POSTWEG_IS_PAGE_SERVERS (test_page (test)));
  g_assert_cmpstr (postweg_journey_get_account (test->journey)->address, ==, "anna@gmx.de");
  test_show (test, POSTWEG_TYPE_PAGE_ADDRESS);
  g_assert_cmpstr (
      gtk_editable_get_text (GTK_EDITABLE (test_get (test->window, ADW_TYPE_ENTRY_ROW, "E-Mail Address"))),
      ==, "anna@gmx.de");
}

/* However one leaves: the servers are gone then. */
static void
leave_by_back (TestWindow *test)
{
  for (guint i = 0; i < 5 && !POSTWEG_IS_PAGE_PRACTICE (test_page (test)); i++)
    gtk_widget_activate_action (GTK_WIDGET (test->window), "win.back", NULL);
}

static void
leave_by_menu (TestWindow *test)
{
  test_show (test, POSTWEG_TYPE_PAGE_EXPLAIN);
  g_assert_true (says_practice (test));
  test_show (test, POSTWEG_TYPE_PAGE_PRACTICE);
}

static void
leave_by_start_again (TestWindow *test)
{
  gtk_widget_activate_action (GTK_WIDGET (test->window), "win.start-again", NULL);
}

static void
leave_by_closing (TestWindow *test)
{
  gtk_window_close (GTK_WINDOW (test->window));
}

static void
leave_in_the_middle_of_a_test (TestWindow *test)
{
  press_to (test, "Continue", POSTWEG_TYPE_PAGE_SERVERS);
  press_to (test, "Continue", POSTWEG_TYPE_PAGE_PASSWORD);
  press_to (test, "Continue", POSTWEG_TYPE_PAGE_TEST);
  test_press (test->window, "End Practice");
}

static void
close_in_the_middle_of_a_test (TestWindow *test)
{
  press_to (test, "Continue", POSTWEG_TYPE_PAGE_SERVERS);
  press_to (test, "Continue", POSTWEG_TYPE_PAGE_PASSWORD);
  press_to (test, "Continue", POSTWEG_TYPE_PAGE_TEST);
  gtk_window_close (GTK_WINDOW (test->window));
}

static const struct {
  const char *how;
  void (*leave) (TestWindow *test);
} ways_out[] = {
  { "back", leave_by_back },
  { "menu", leave_by_menu },
  { "start-again", leave_by_start_again },
  { "closing", leave_by_closing },
  { "while-testing", leave_in_the_middle_of_a_test },
  { "closing-while-testing", close_in_the_middle_of_a_test },
};

static void
test_way_out (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autoptr (TestWindow) test = test_window_new ();
  g_autofree char *papers = NULL;
  guint16 port;

  begin (test, "Everything is right");
  port = postweg_journey_get_account (journey_of (test))->incoming->port;
  papers = g_strdup (postweg_journey_get_trust_file (journey_of (test)));
  g_assert_true (g_file_test (papers, G_FILE_TEST_EXISTS));
  ways_out[i].leave (test);
  test_turn (100);
  g_assert_false (is_open (port));
  g_assert_false (g_file_test (papers, G_FILE_TEST_EXISTS));
}

/* Pressed twice, stopped, left and closed before the servers are there. */
static void
test_hasty (void)
{
  g_autoptr (TestWindow) test = test_window_new ();

  test_show (test, POSTWEG_TYPE_PAGE_PRACTICE);
  activate (test, "The password is wrong");
  activate (test, "Everything is right");
  test_get (test->window, GTK_TYPE_BUTTON, "Stop");
  gtk_widget_activate_action (GTK_WIDGET (test->window), "win.stop", NULL);
  g_assert_null (test_find (test->window, GTK_TYPE_BUTTON, "Stop"));
  test_turn (300);
  g_assert_true (POSTWEG_IS_PAGE_PRACTICE (test_page (test)));
  g_assert_false (says_practice (test));

  activate (test, "The password is wrong");
  gtk_widget_activate_action (GTK_WIDGET (test->window), "win.back", NULL);
  test_turn (300);
  g_assert_true (POSTWEG_IS_PAGE_WELCOME (test_page (test)));

  begin (test, "The password is wrong");
  go_to_result (test);
  g_assert_true (test_says (test_page (test), "password"));
  test_show (test, POSTWEG_TYPE_PAGE_PRACTICE);
  activate (test, "Everything is right");
}

/* Another password than the one that is told fails as it would in life. */
static void
test_own_password (void)
{
  g_autoptr (TestWindow) test = test_window_new ();

  begin (test, "Everything is right");
  press_to (test, "Continue", POSTWEG_TYPE_PAGE_SERVERS);
  press_to (test, "Continue", POSTWEG_TYPE_PAGE_PASSWORD);
  gtk_editable_set_text (GTK_EDITABLE (test_get (test->window, GTK_TYPE_PASSWORD_ENTRY, "Password")),
                         "Practice \xf0\x9f\x93\xae ünd \xe2\x80\xae more");
  press_to (test, "Continue", POSTWEG_TYPE_PAGE_TEST);
  AWAIT (POSTWEG_IS_PAGE_RESULT (test_page (test)));
  g_assert_false (test_says (test_page (test), "Both ways work"));
}

static void
test_narrow (void)
{
  g_autoptr (TestWindow) test = test_window_new ();
  int minimum;

  begin (test, "Everything is right");
  gtk_widget_measure (GTK_WIDGET (test->window), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, <=, 360);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/ui/practice/list", test_list);
  g_test_add_func ("/ui/practice/stopped", test_stopped);
  for (guint i = 0; i < G_N_ELEMENTS (roads); i++)
    {
      g_autofree char *path = g_strdup_printf ("/ui/practice/road/%s", roads[i].caption);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_road);
    }
  g_test_add_func ("/ui/practice/own-account-waits", test_own_account_waits);
  for (guint i = 0; i < G_N_ELEMENTS (ways_out); i++)
    {
      g_autofree char *path = g_strdup_printf ("/ui/practice/way-out/%s", ways_out[i].how);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_way_out);
    }
  g_test_add_func ("/ui/practice/hasty", test_hasty);
  g_test_add_func ("/ui/practice/own-password", test_own_password);
  g_test_add_func ("/ui/practice/narrow", test_narrow);
  return g_test_run ();
}
