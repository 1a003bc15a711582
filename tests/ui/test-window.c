/* The window computes its buttons from the page, leads from page to page, and names everything that can be used. */
#include "ui/pages/address.h"
#include "ui/pages/advice.h"
#include "ui/pages/doctor.h"
#include "ui/pages/explain.h"
#include "ui/pages/password.h"
#include "ui/pages/practice.h"
#include "ui/pages/program.h"
#include "ui/pages/result.h"
#include "ui/pages/servers.h"
#include "ui/pages/test.h"
#include "ui/pages/welcome.h"
#include "widgets.h"

static GType (*const pages[]) (void) = {
  postweg_page_welcome_get_type,  postweg_page_address_get_type,  postweg_page_advice_get_type,
  postweg_page_servers_get_type,  postweg_page_password_get_type, postweg_page_test_get_type,
  postweg_page_result_get_type,   postweg_page_program_get_type,  postweg_page_explain_get_type,
  postweg_page_practice_get_type, postweg_page_doctor_get_type,
};

static const struct {
  const char *what;
  const char *way_on, *second;
  gboolean complete, second_complete, busy;
  PostwegSuggest suggests;
} buttons[] = {
  { "nothing", "", "", FALSE, TRUE, FALSE, POSTWEG_SUGGEST_WAY_ON },
  { "the way is open", "Go", "", TRUE, TRUE, FALSE, POSTWEG_SUGGEST_WAY_ON },
  { "the way is closed", "Go", "", FALSE, TRUE, FALSE, POSTWEG_SUGGEST_WAY_ON },
  { "two ways", "Go", "Else", TRUE, TRUE, FALSE, POSTWEG_SUGGEST_WAY_ON },
  { "two ways, the second is better", "Go", "Else", TRUE, TRUE, FALSE, POSTWEG_SUGGEST_SECOND },
  { "two ways, none is better", "Go", "Else", TRUE, TRUE, FALSE, POSTWEG_SUGGEST_NONE },
  { "the second is closed", "Go", "Else", TRUE, FALSE, FALSE, POSTWEG_SUGGEST_WAY_ON },
  { "only the second", "", "Else", FALSE, TRUE, FALSE, POSTWEG_SUGGEST_NONE },
  { "something runs", "", "", FALSE, TRUE, TRUE, POSTWEG_SUGGEST_WAY_ON },
  { "something runs beside a way", "Go", "", TRUE, TRUE, TRUE, POSTWEG_SUGGEST_WAY_ON },
};

static void
check_button (TestWindow *test, const char *label, gboolean sensitive, gboolean suggested)
{
  GtkWidget *button = *label != '\0' ? test_get (test->window, GTK_TYPE_BUTTON, label) : NULL;

  if (button == NULL)
    return;
  g_assert_cmpint (gtk_widget_is_sensitive (button), ==, sensitive);
  g_assert_cmpint (gtk_widget_has_css_class (button, "suggested-action"), ==, suggested);
}

static void
test_buttons (void)
{
  g_autoptr (TestWindow) test = test_window_new ();
  PostwegPage *page = test_show (test, POSTWEG_TYPE_PAGE_ADDRESS);

  for (guint i = 0; i < G_N_ELEMENTS (buttons); i++)
    {
      PostwegSuggest suggests = buttons[i].suggests;

      g_test_message ("%s", buttons[i].what);
      g_object_set (page, "way-on", buttons[i].way_on, "second-way", buttons[i].second, "complete",
                    buttons[i].complete, "second-complete", buttons[i].second_complete, "busy",
                    buttons[i].busy, "suggests", suggests, NULL);
      check_button (test, buttons[i].way_on, buttons[i].complete, suggests == POSTWEG_SUGGEST_WAY_ON);
      check_button (test, buttons[i].second, buttons[i].second_complete, suggests == POSTWEG_SUGGEST_SECOND);
      g_assert_true (
          test_is_named (gtk_window_get_default_widget (GTK_WINDOW (test->window)),
                         suggests == POSTWEG_SUGGEST_SECOND ? buttons[i].second : buttons[i].way_on));
      g_assert_cmpint (test_find (test->window, GTK_TYPE_BUTTON, "Stop") != NULL, ==, buttons[i].busy);
      g_assert_cmpint (test_find (test->window, GTK_TYPE_BUTTON, "Go") != NULL, ==,
                       *buttons[i].way_on != '\0');
      g_assert_cmpint (test_find (test->window, GTK_TYPE_BUTTON, "Else") != NULL, ==,
                       *buttons[i].second != '\0');
    }
}

static void
test_one_page_at_a_time (void)
{
  g_autoptr (TestWindow) test = test_window_new ();

  test_fill (test, "anna@example.org", test_closed_port (), test_closed_port ());
  postweg_journey_take_result (test->journey,
                               postweg_test_result_new (postweg_journey_get_account (test->journey)));
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      PostwegPage *page = test_show (test, pages[i]());
      GtkWidget *stack = gtk_widget_get_parent (GTK_WIDGET (page));

      for (GtkWidget *other = gtk_widget_get_first_child (stack); other != NULL;
           other = gtk_widget_get_next_sibling (other))
        g_assert_cmpint (gtk_widget_get_visible (other), ==, other == GTK_WIDGET (page));
      g_assert_cmpint (test_find (test->window, GTK_TYPE_BUTTON, "Back") != NULL, ==, i > 0);
    }
}

/* Inside these, GTK names what there is, or not; they are used through their outer widget. */
static gboolean
is_whole (GtkWidget *widget)
{
  return GTK_IS_WINDOW_CONTROLS (widget) || GTK_IS_MENU_BUTTON (widget) || GTK_IS_SPIN_BUTTON (widget) ||
         GTK_IS_PASSWORD_ENTRY (widget) || ADW_IS_ENTRY_ROW (widget) || ADW_IS_COMBO_ROW (widget);
}

static gboolean
can_be_used (GtkWidget *widget)
{
  return GTK_IS_BUTTON (widget) || GTK_IS_SWITCH (widget) || GTK_IS_CHECK_BUTTON (widget) ||
         GTK_IS_EDITABLE (widget) || GTK_IS_MENU_BUTTON (widget) || ADW_IS_COMBO_ROW (widget) ||
         ADW_IS_EXPANDER_ROW (widget);
}

static gboolean
has_name (GtkWidget *widget)
{
  if (GTK_IS_BUTTON (widget) && test_button_words (widget) != NULL)
    return *test_button_words (widget) != '\0';
  if (ADW_IS_ENTRY_ROW (widget))
    widget = GTK_WIDGET (gtk_editable_get_delegate (GTK_EDITABLE (widget)));
  return gtk_test_accessible_has_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL);
}

/* Returns: how many were looked at */
static guint
check_names (GtkWidget *widget, const char *page)
{
  guint n = 0;

  if (!gtk_widget_get_visible (widget) || GTK_IS_WINDOW_CONTROLS (widget))
    return 0;
  if (can_be_used (widget))
    {
      if (!has_name (widget))
        g_error ("%s has a %s without a name", page, G_OBJECT_TYPE_NAME (widget));
      n++;
    }
  for (GtkWidget *child = is_whole (widget) ? NULL : gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += check_names (child, page);
  return n;
}

static void
test_names (void)
{
  g_autoptr (TestWindow) test = test_window_new ();

  test_fill (test, "anna@gmx.de", test_closed_port (), test_closed_port ());
  postweg_journey_take_result (test->journey,
                               postweg_test_result_new (postweg_journey_get_account (test->journey)));
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      PostwegPage *page = test_show (test, pages[i]());

      g_assert_cmpuint (check_names (GTK_WIDGET (test->window), G_OBJECT_TYPE_NAME (page)), >=, 1);
    }
}

/* The names that other programs find widgets by; see the storyboard. */
static const struct {
  GType (*page) (void);
  const char *names[10];
} promised[] = {
  { postweg_page_welcome_get_type,
    { "Set Up an Account", "Find Out What Is Wrong", "Explain an Error Message", "Try a Practice Mailbox" } },
  { postweg_page_address_get_type, { "Your Name", "E-Mail Address", "Continue" } },
  { postweg_page_explain_get_type, { "Error Message", "Where It Comes From", "Try an Example" } },
  { postweg_page_advice_get_type,
    { "Use IMAP", "Use POP", "Leave Messages on Server", "Delete After",
      "Delete There When I Delete Here" } },
  { postweg_page_servers_get_type,
    { "Incoming Server", "Outgoing Server", "Server", "Port", "Security", "User Name", "Sign-In Method",
      "Continue" } },
  { postweg_page_password_get_type,
    { "Password", "Use a Different Password for Sending", "Take It from the Keyring", "Continue" } },
  { postweg_page_test_get_type, { "Receiving", "Sending" } },
  { postweg_page_result_get_type,
    { "Test Again", "Set Up a Mail Program", "Change Servers", "Change Password", "Show the Test",
      "Copy Report", "Save Report", "With addresses and server names" } },
};

static void
test_promised_names (void)
{
  g_autoptr (TestWindow) test = test_window_new ();

  test_fill (test, "anna@example.org", test_closed_port (), test_closed_port ());
  postweg_journey_take_result (test->journey,
                               postweg_test_result_new (postweg_journey_get_account (test->journey)));
  for (guint i = 0; i < G_N_ELEMENTS (promised); i++)
    {
      test_show (test, promised[i].page ());
      for (const char *const *name = promised[i].names; *name != NULL; name++)
        test_get (test->window, GTK_TYPE_WIDGET, *name);
    }
}

static void
set_entry (gpointer root, const char *name, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (test_get (root, ADW_TYPE_ENTRY_ROW, name)), text);
}

/* From Welcome to Password with the keyboard's own action, and back again without losing anything. */
static void
test_there_and_back (void)
{
  g_autoptr (TestWindow) test = test_window_new ();
  GtkWidget *window = GTK_WIDGET (test->window);

  test_press (window, "Set Up an Account");
  set_entry (window, "Your Name", "Anna");
  set_entry (window, "E-Mail Address", "anna@gmx.de");
  test_press (window, "Continue");
  AWAIT (POSTWEG_IS_PAGE_ADVICE (test_page (test)));
  test_press (window, "Use IMAP");
  g_assert_true (POSTWEG_IS_PAGE_SERVERS (test_page (test)));
  set_entry (test_get (window, GTK_TYPE_WIDGET, "Incoming Server"), "User Name", "somebody");
  test_press (window, "Continue");
  g_assert_true (POSTWEG_IS_PAGE_PASSWORD (test_page (test)));
  g_assert_cmpstr (postweg_journey_get_account (test->journey)->incoming->user, ==, "somebody");
  g_assert_true (test_says (test_page (test), "You can go on without a password."));
  gtk_editable_set_text (GTK_EDITABLE (test_get (window, GTK_TYPE_PASSWORD_ENTRY, NULL)), "typed");
  g_assert_false (test_says (test_page (test), "You can go on without a password."));
  gtk_editable_set_text (GTK_EDITABLE (test_get (window, GTK_TYPE_PASSWORD_ENTRY, NULL)), "");
  AWAIT (test_says (test_page (test), "You can go on without a password."));

  for (guint i = 0; i < 3; i++)
    gtk_widget_activate_action (window, "win.back", NULL);
  g_assert_true (POSTWEG_IS_PAGE_ADDRESS (test_page (test)));
  test_press (window, "Continue");
  AWAIT (POSTWEG_IS_PAGE_ADVICE (test_page (test)));
  test_press (window, "Use IMAP");
  g_assert_cmpstr (postweg_journey_get_account (test->journey)->incoming->user, ==, "somebody");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (test_get (window, ADW_TYPE_ENTRY_ROW, "User Name"))),
                   ==, "somebody");
}

/* A button pressed twice before the answer is there, and the page left before it is. */
static guint
pages_made (GtkWidget *widget)
{
  guint n = POSTWEG_IS_PAGE (widget);

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += pages_made (child);
  return n;
}

/* The first picture has one page to wait for; the others are there before anybody asks for them. */
static void
test_made_in_advance (void)
{
  g_autoptr (PostwegJourney) journey = postweg_journey_new ();
  PostwegWindow *window = postweg_window_new (NULL, journey);

  g_assert_cmpuint (pages_made (GTK_WIDGET (window)), ==, 1);
  gtk_window_present (GTK_WINDOW (window));
  AWAIT (pages_made (GTK_WIDGET (window)) == G_N_ELEMENTS (pages));
  gtk_window_destroy (GTK_WINDOW (window));
}

/* Closed while pages are still being made. */
static void
test_closed_at_once (void)
{
  g_autoptr (PostwegJourney) journey = postweg_journey_new ();
  PostwegWindow *window = postweg_window_new (NULL, journey);

  gtk_window_present (GTK_WINDOW (window));
  AWAIT (pages_made (GTK_WIDGET (window)) > 1);
  gtk_window_destroy (GTK_WINDOW (window));
  test_turn (50);
}

static void
test_hasty (void)
{
  g_autoptr (TestWindow) test = test_window_new ();
  GtkWidget *window = GTK_WIDGET (test->window);
  PostwegPage *page = test_show (test, POSTWEG_TYPE_PAGE_ADDRESS);

  set_entry (window, "E-Mail Address", "anna@gmx.de");
  postweg_page_go_on (page);
  postweg_page_go_on (page);
  gtk_widget_activate_action (window, "win.back", NULL);
  test_turn (100);
  g_assert_true (POSTWEG_IS_PAGE_WELCOME (test_page (test)));
  g_assert_null (postweg_journey_get_discovery (test->journey));

  test_show (test, POSTWEG_TYPE_PAGE_ADDRESS);
  postweg_page_go_on (page);
  postweg_page_go_on (page);
  AWAIT (POSTWEG_IS_PAGE_ADVICE (test_page (test)));
}

static void
test_start_again (void)
{
  g_autoptr (TestWindow) test = test_window_new ();

  test_fill (test, "anna@gmx.de", test_closed_port (), test_closed_port ());
  test_show (test, POSTWEG_TYPE_PAGE_SERVERS);
  gtk_widget_activate_action (GTK_WIDGET (test->window), "win.start-again", NULL);
  g_assert_true (POSTWEG_IS_PAGE_WELCOME (test_page (test)));
  g_assert_null (postweg_journey_get_account (test->journey));
  test_show (test, POSTWEG_TYPE_PAGE_ADDRESS);
  g_assert_cmpstr (
      gtk_editable_get_text (GTK_EDITABLE (test_get (test->window, ADW_TYPE_ENTRY_ROW, "E-Mail Address"))),
      ==, "");
}

static void
test_narrow (void)
{
  g_autoptr (TestWindow) test = test_window_new ();

  test_fill (test, "anna@gmx.de", test_closed_port (), test_closed_port ());
  postweg_journey_take_result (test->journey,
                               postweg_test_result_new (postweg_journey_get_account (test->journey)));
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      int minimum;

      test_show (test, pages[i]());
      gtk_widget_measure (GTK_WIDGET (test->window), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL,
                          NULL);
      g_test_message ("%s: %d", g_type_name (pages[i]()), minimum);
      g_assert_cmpint (minimum, <=, 360);
    }
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/ui/window/buttons", test_buttons);
  g_test_add_func ("/ui/window/one-page-at-a-time", test_one_page_at_a_time);
  g_test_add_func ("/ui/window/names", test_names);
  g_test_add_func ("/ui/window/promised-names", test_promised_names);
  g_test_add_func ("/ui/window/there-and-back", test_there_and_back);
  g_test_add_func ("/ui/window/made-in-advance", test_made_in_advance);
  g_test_add_func ("/ui/window/closed-at-once", test_closed_at_once);
  g_test_add_func ("/ui/window/hasty", test_hasty);
  g_test_add_func ("/ui/window/start-again", test_start_again);
  g_test_add_func ("/ui/window/narrow", test_narrow);
  return g_test_run ();
}
