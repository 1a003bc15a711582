/* The page that explains error messages: it follows what is typed, says what it does not know, and can be left at any time. */
#include "ui/pages/address.h"
#include "ui/pages/doctor.h"
#include "ui/pages/explain.h"
#include "ui/pages/welcome.h"
#include "widgets.h"
#include <string.h>

static void
set_text (PostwegPage *page, const char *text)
{
  GtkTextView *view = GTK_TEXT_VIEW (test_get (page, GTK_TYPE_TEXT_VIEW, "Error Message"));

  gtk_text_buffer_set_text (gtk_text_view_get_buffer (view), text, -1);
}

static const struct {
  const char *text;
  guint protocol;
  const char *says, *never; /* NULL: anything */
} rows[] = {
  { "550 5.1.1 <anna@example.org>: Recipient address rejected: User unknown", 0, "cause",
    "does not recognise" },
  { "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled", 3, "cause",
    "does not recognise" },
  { "[AUTHENTICATIONFAILED] Authentication failed.", 1, "cause", "does not recognise" },
  { "the cat sat on the mat", 0, "does not recognise this", "Copy the Answer" },
  { "   \n\t ", 0, NULL, "does not recognise" },
  { "", 0, NULL, "cause" },
  { "<b>550</b> &amp; %s%n", 0, NULL, NULL },
  { "😀 \xe2\x80\xae 550", 0, NULL, NULL },
};

static void
test_follows (void)
{
  g_autoptr (TestWindow) test = test_window_new ();
  PostwegPage *page = test_show (test, POSTWEG_TYPE_PAGE_EXPLAIN);
  AdwComboRow *protocol = ADW_COMBO_ROW (test_get (page, ADW_TYPE_COMBO_ROW, "Where It Comes From"));

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_test_message ("%s", rows[i].text);
      set_text (page, rows[i].text);
      adw_combo_row_set_selected (protocol, rows[i].protocol);
      test_turn (260);
      if (rows[i].says != NULL)
        g_assert_true (test_says (page, rows[i].says));
      if (rows[i].never != NULL)
        g_assert_false (test_says (page, rows[i].never));
    }
}

static void
choose (PostwegPage *page, const char *name)
{
  GtkDropDown *list = GTK_DROP_DOWN (test_get (page, GTK_TYPE_DROP_DOWN, "Provider"));
  GListModel *names = gtk_drop_down_get_model (list);
  guint n = g_list_model_get_n_items (names);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GtkStringObject) item = g_list_model_get_item (names, i);

      if (g_strcmp0 (gtk_string_object_get_string (item), name) == 0)
        {
          gtk_drop_down_set_selected (list, i);
          return;
        }
    }
  g_assert_not_reached ();
}

/* The guess is shown and can be put right; the answer follows. */
static const struct {
  const char *text;
  guint protocol;
  const char *provider;
  const char *says[3], *never; /* NULL: anything */
} guesses[] = {
  { "535 5.7.139 Authentication unsuccessful, basic authentication is disabled",
    0,
    "Guess It",
    { "Guessed: SMTP", "Guessed: Outlook.com", "What the Provider Asks For" },
    NULL },
  { "535 5.7.139 Authentication unsuccessful, basic authentication is disabled",
    3,
    "Guess It",
    { "Guessed: Outlook.com" },
    "Guessed: SMTP" },
  { "-ERR nothing at pop.gmx.net", 0, "Guess It", { "Guessed: POP", "Guessed: GMX" }, NULL },
  { "a NO LOGIN failed.", 0, "Guess It", { "Guessed: IMAP" }, "What the Provider Asks For" },
  { "a NO LOGIN failed.",
    0,
    "Gmail",
    { "Guessed: IMAP", "app password", "What the Provider Asks For" },
    NULL },
  { "a NO LOGIN failed. See smtp.gmail.com", 0, "None of These", { "Guessed: IMAP" }, "Guessed: Gmail" },
  { "", 0, "Gmail", { NULL }, "Guessed" },
};

static gboolean
is_so (PostwegPage *page, guint i)
{
  for (guint k = 0; k < G_N_ELEMENTS (guesses[i].says) && guesses[i].says[k] != NULL; k++)
    if (!test_says (page, guesses[i].says[k]))
      return FALSE;
  return guesses[i].never == NULL || !test_says (page, guesses[i].never);
}

static void
test_guess (void)
{
  g_autoptr (TestWindow) test = test_window_new ();
  PostwegPage *page = test_show (test, POSTWEG_TYPE_PAGE_EXPLAIN);
  AdwComboRow *protocol = ADW_COMBO_ROW (test_get (page, ADW_TYPE_COMBO_ROW, "Where It Comes From"));

  for (guint i = 0; i < G_N_ELEMENTS (guesses); i++)
    {
      g_autofree char *picture = g_strdup_printf ("explain-guess-%u", i);

      g_test_message ("%s, %s", guesses[i].text, guesses[i].provider);
      set_text (page, guesses[i].text);
      adw_combo_row_set_selected (protocol, guesses[i].protocol);
      choose (page, guesses[i].provider);
      AWAIT (is_so (page, i));
      test_picture (test, picture);
    }
}

/* What is typed in one go is looked up once, when the typing pauses. */
static void
test_pause (void)
{
  g_autoptr (TestWindow) test = test_window_new ();
  PostwegPage *page = test_show (test, POSTWEG_TYPE_PAGE_EXPLAIN);

  set_text (page, "550 5.1.1 User unknown");
  g_assert_false (test_says (page, "cause"));
  test_turn (100);
  g_assert_false (test_says (page, "cause"));
  AWAIT (test_says (page, "cause"));
}

static void
text_read (GObject *clipboard, GAsyncResult *result, gpointer data)
{
  *(char **) data = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (clipboard), result, NULL);
}

static void
test_example (void)
{
  g_autoptr (TestWindow) test = test_window_new ();
  PostwegPage *page = test_show (test, POSTWEG_TYPE_PAGE_EXPLAIN);
  g_autofree char *copied = NULL;

  g_assert_null (test_find (page, GTK_TYPE_BUTTON, "Copy the Answer"));
  test_press (page, "Try an Example");
  AWAIT (test_find (page, GTK_TYPE_BUTTON, "Copy the Answer") != NULL);
  g_assert_null (test_find (page, GTK_TYPE_BUTTON, "Try an Example"));
  g_assert_true (
      adw_expander_row_get_expanded (ADW_EXPANDER_ROW (test_get (page, ADW_TYPE_EXPANDER_ROW, NULL))));
  test_press (page, "Copy the Answer");
  g_assert_true (test_says (page, "was copied"));
  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (GTK_WIDGET (page)), NULL, text_read, &copied);
  AWAIT (copied != NULL);
  g_assert_cmpuint (strlen (copied), >, 100);
}

/* No answer is no dead end. */
static void
test_no_answer (void)
{
  g_autoptr (TestWindow) test = test_window_new ();
  PostwegPage *page = test_show (test, POSTWEG_TYPE_PAGE_EXPLAIN);

  g_assert_true (test_says (page, "appear here while you type"));
  test_picture (test, "explain-empty");
  set_text (page, "the cat sat on the mat");
  AWAIT (test_says (page, "does not recognise this"));
  g_assert_false (test_says (page, "appear here while you type"));
  g_assert_null (test_find (page, GTK_TYPE_BUTTON, "Try an Example"));
  test_picture (test, "explain-none");
  test_press (page, "Find Out What Is Wrong");
  g_assert_true (POSTWEG_IS_PAGE_DOCTOR (test_page (test)));
  gtk_widget_activate_action (GTK_WIDGET (test->window), "win.back", NULL);
  test_show (test, POSTWEG_TYPE_PAGE_EXPLAIN);
  g_assert_true (test_says (page, "does not recognise this"));
}

/* A text as long as a whole log, and the page left while it is about to be looked up. */
static void
test_long_and_left (void)
{
  g_autoptr (TestWindow) test = test_window_new ();
  PostwegPage *page = test_show (test, POSTWEG_TYPE_PAGE_EXPLAIN);
  g_autoptr (GString) text = g_string_new (NULL);
  gint64 begun;

  for (guint i = 0; i < 4000; i++)
    g_string_append (text, "Nov 23 12:00:00 mx postfix/smtp: status=deferred (timed out)\n");
  begun = g_get_monotonic_time ();
  set_text (page, text->str);
  test_turn (260);
  g_test_message ("%" G_GINT64_FORMAT " ms", (g_get_monotonic_time () - begun) / 1000 - 260);
  set_text (page, "550 5.1.1");
  gtk_widget_activate_action (GTK_WIDGET (test->window), "win.back", NULL);
  test_turn (300);
  g_assert_true (POSTWEG_IS_PAGE_WELCOME (test_page (test)));
}

/* The page stands aside of the road: it has no step, and one goes back to where one came from. */
static void
test_aside (void)
{
  g_autoptr (TestWindow) test = test_window_new ();
  GtkWidget *window = GTK_WIDGET (test->window);

  test_press (window, "Explain an Error Message");
  g_assert_true (POSTWEG_IS_PAGE_EXPLAIN (test_page (test)));
  g_assert_false (test_says (window, "Step"));
  gtk_widget_activate_action (window, "win.back", NULL);
  g_assert_true (POSTWEG_IS_PAGE_WELCOME (test_page (test)));

  test_show (test, POSTWEG_TYPE_PAGE_ADDRESS);
  test_show (test, POSTWEG_TYPE_PAGE_EXPLAIN);
  test_show (test, POSTWEG_TYPE_PAGE_EXPLAIN);
  gtk_widget_activate_action (window, "win.back", NULL);
  g_assert_true (POSTWEG_IS_PAGE_ADDRESS (test_page (test)));
  postweg_page_done (test_show (test, POSTWEG_TYPE_PAGE_EXPLAIN));
  g_assert_true (POSTWEG_IS_PAGE_ADDRESS (test_page (test)));
  test_show (test, POSTWEG_TYPE_PAGE_EXPLAIN);
  gtk_widget_activate_action (window, "win.start-again", NULL);
  g_assert_true (POSTWEG_IS_PAGE_WELCOME (test_page (test)));
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/ui/explain/follows", test_follows);
  g_test_add_func ("/ui/explain/guess", test_guess);
  g_test_add_func ("/ui/explain/pause", test_pause);
  g_test_add_func ("/ui/explain/example", test_example);
  g_test_add_func ("/ui/explain/no-answer", test_no_answer);
  g_test_add_func ("/ui/explain/long-and-left", test_long_and_left);
  g_test_add_func ("/ui/explain/aside", test_aside);
  return g_test_run ();
}
