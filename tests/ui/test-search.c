/* The Address page with a network: what it asks, what it shows, and how it leads on, on an island whose name service is the test's own. */
#include "island.h"
#include "ui/parts/asking.h"
#include "ui/pages/address.h"
#include "ui/pages/advice.h"
#include "ui/pages/servers.h"
#include "widgets.h"

/* clang-format off */
static const IslandName names[] = {
  { "foreign.example", ISLAND_FOUND, "127.0.0.9", NULL, "MX 10 mx.foreign.example" },
  { "_imaps._tcp.foreign.example", ISLAND_FOUND, NULL, NULL, "SRV 0 1 993 imap.other.example" },
  { "_submissions._tcp.foreign.example", ISLAND_FOUND, NULL, NULL, "SRV 0 1 465 smtp.other.example" },
  { "imap.other.example", ISLAND_FOUND, "127.0.0.9" },
  { "smtp.other.example", ISLAND_FOUND, "127.0.0.9" },
  { "bare.example", ISLAND_FOUND, "127.0.0.9", NULL, "MX 10 mx.bare.example" },
  { "mx.bare.example", ISLAND_FOUND, "127.0.0.9" },
  { "gmaill.com", ISLAND_FOUND, "127.0.0.9", NULL, "MX 10 mx.gmaill.com" },
  { "mx.gmaill.com", ISLAND_FOUND, "127.0.0.9" },
  { "_imaps._tcp.gmaill.com", ISLAND_FOUND, NULL, NULL, "SRV 0 1 993 mx.gmaill.com" },
  { "_submissions._tcp.gmaill.com", ISLAND_FOUND, NULL, NULL, "SRV 0 1 465 mx.gmaill.com" },
  { "yahooo.com", ISLAND_FOUND, "127.0.0.9", NULL, "MX 10 mx.bare.example" },
  { "gmx.nett", ISLAND_SILENT },
  { "broken.example", ISLAND_BROKEN },
  { "mute.example", ISLAND_SILENT },
  { NULL },
};
/* clang-format on */

static PostwegPage *
type_address (TestWindow *test, const char *address)
{
  PostwegPage *page = test_show (test, POSTWEG_TYPE_PAGE_ADDRESS);

  gtk_editable_set_text (GTK_EDITABLE (test_get (page, GTK_TYPE_EDITABLE, "E-Mail Address")), address);
  return page;
}

static gboolean
is_searching (TestWindow *test)
{
  return test_find (test->window, GTK_TYPE_BUTTON, "Stop") != NULL;
}

/* What the network says against an address is told on the page, and the servers can be entered all the same. */
static void
test_refused (void)
{
  static const struct {
    const char *address, *says;
  } rows[] = {
    { "anna@gone.example", "There is no domain gone.example" },
    { "anna@broken.example", "cannot be looked up" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (TestWindow) test = test_window_new ();
      PostwegPage *page = type_address (test, rows[i].address);

      g_assert_false (test_says (page, rows[i].says));
      test_press (test->window, "Continue");
      AWAIT (!is_searching (test));
      g_assert_true (test_page (test) == page);
      g_assert_true (test_says (page, rows[i].says));
      g_assert_null (postweg_journey_get_discovery (test->journey));
      /* another address is not judged by this one */
      gtk_editable_set_text (GTK_EDITABLE (test_get (page, GTK_TYPE_EDITABLE, "E-Mail Address")),
                             "anna@x.example");
      g_assert_false (test_says (page, rows[i].says));
      gtk_editable_set_text (GTK_EDITABLE (test_get (page, GTK_TYPE_EDITABLE, "E-Mail Address")),
                             rows[i].address);
      test_press (page, "Enter the Servers Myself");
      g_assert_true (POSTWEG_IS_PAGE_ADVICE (test_page (test)));
      g_assert_cmpstr (postweg_journey_get_address (test->journey), ==, rows[i].address);
    }
}

/* Foreign servers wait for the person's word, with their source and how far it can be trusted. */
static void
test_confirm (void)
{
  g_autoptr (TestWindow) test = test_window_new ();
  PostwegPage *page = type_address (test, "anna@foreign.example");

  test_press (test->window, "Continue");
  AWAIT (!is_searching (test));
  g_assert_true (test_page (test) == page);
  g_assert_true (test_says (page, "What Was Found"));
  g_assert_true (test_says (page, "imap.other.example, port 993, SSL/TLS"));
  g_assert_true (test_says (page, "name service (SRV)"));
  g_assert_true (test_says (page, "Belongs to another domain"));
  g_assert_null (postweg_journey_get_discovery (test->journey));
  test_press (test->window, "Continue");
  g_assert_true (POSTWEG_IS_PAGE_ADVICE (test_page (test)));
  page = test_show (test, POSTWEG_TYPE_PAGE_SERVERS);
  g_assert_true (test_says (page, "name service (SRV)"));
  g_assert_false (test_says (page, "Your own"));
  gtk_editable_set_text (GTK_EDITABLE (test_get (page, GTK_TYPE_EDITABLE, "Server")), "mine.example");
  g_assert_true (test_says (page, "Your own: Server."));
}

/* What looks like a typing error is asked all the same. The correction stays at hand, and so does the way on with what was typed. */
static void
test_typing_error (void)
{
  static const struct {
    const char *address, *meant, *says, *server;
  } rows[] = {
    { "anna@hotmial.com", "anna@hotmail.com", "No servers were found for hotmial.com", "" },
    { "anna@yahooo.com", "anna@yahoo.com", "Postweg does not know the servers for yahooo.com", "" },
    { "anna@gmaill.com", "anna@gmail.com", "the name is one letter away from gmail.com", "mx.gmaill.com" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (TestWindow) test = test_window_new ();
      PostwegPage *page = type_address (test, rows[i].address);
      g_autofree char *question = g_strdup_printf ("Did you mean %s?", rows[i].meant);

      g_assert_false (test_says (page, rows[i].says));
      /* who will be asked is shown before */
      g_assert_nonnull (test_find (page, POSTWEG_TYPE_ASKING, NULL));
      test_get (page, GTK_TYPE_BUTTON, question);
      test_press (test->window, "Continue");
      AWAIT (!is_searching (test));
      g_assert_true (test_page (test) == page);
      g_assert_true (test_says (page, rows[i].says));
      g_assert_true (test_says (page, rows[i].server));
      test_get (page, GTK_TYPE_BUTTON, question);
      g_assert_null (postweg_journey_get_discovery (test->journey));
      test_picture (test, rows[i].meant);
      test_press (test->window, "Continue");
      g_assert_true (POSTWEG_IS_PAGE_ADVICE (test_page (test)));
      g_assert_cmpstr (postweg_journey_get_address (test->journey), ==, rows[i].address);
      page = test_show (test, POSTWEG_TYPE_PAGE_SERVERS);
      g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (test_get (page, GTK_TYPE_EDITABLE, "Server"))),
                       ==, rows[i].server);
    }
}

/* Who stops the search for it has no answer yet, so that going on asks again; the correction leads to another search. */
static void
test_typing_error_stopped (void)
{
  g_autoptr (TestWindow) test = test_window_new ();
  PostwegPage *page = type_address (test, "anna@gmx.nett");

  for (guint i = 0; i < 2; i++)
    {
      test_press (test->window, "Continue");
      g_assert_true (is_searching (test));
      g_assert_true (test_says (page, "Asking …"));
      test_press (test->window, "Stop");
      AWAIT (!is_searching (test));
      g_assert_true (test_page (test) == page);
      g_assert_true (test_says (page, "continue with it"));
    }
  test_press (page, "Did you mean anna@gmx.net?");
  test_press (test->window, "Continue");
  AWAIT (POSTWEG_IS_PAGE_ADVICE (test_page (test)));
  g_assert_cmpstr (postweg_journey_get_address (test->journey), ==, "anna@gmx.net");
}

/* Nothing is known: one goes on by hand, and sees who was not asked; with more consent it is looked for again. */
static void
test_consent (void)
{
  g_autoptr (TestWindow) test = test_window_new ();
  PostwegPage *page = type_address (test, "anna@bare.example");
  GtkSwitch *others =
      GTK_SWITCH (test_get (page, GTK_TYPE_SWITCH, "Ask the public database and the mail hoster too"));

  test_press (test->window, "Continue");
  AWAIT (POSTWEG_IS_PAGE_ADVICE (test_page (test)));
  g_assert_cmpuint (island_asked ("v1.ispdb.net"), ==, 0);
  g_assert_cmpuint (island_asked ("autoconfig.thunderbird.net"), ==, 0);
  test_show (test, POSTWEG_TYPE_PAGE_SERVERS);
  g_signal_emit_by_name (test_get (test->window, ADW_TYPE_ACTION_ROW, "Others may know the servers"),
                         "activated");
  g_assert_true (test_page (test) == page);
  /* the same again is not asked twice, but with another consent it is */
  gtk_switch_set_active (others, TRUE);
  test_press (test->window, "Continue");
  AWAIT (POSTWEG_IS_PAGE_ADVICE (test_page (test)));
  g_assert_cmpuint (island_asked ("v1.ispdb.net") + island_asked ("autoconfig.thunderbird.net"), >, 0);
  test_show (test, POSTWEG_TYPE_PAGE_ADDRESS);
  test_press (test->window, "Continue");
  g_assert_true (POSTWEG_IS_PAGE_ADVICE (test_page (test)));
  gtk_widget_activate_action (GTK_WIDGET (test->window), "win.start-again", NULL);
  test_show (test, POSTWEG_TYPE_PAGE_ADDRESS);
  g_assert_true (gtk_switch_get_active (others));
}

/* A name service that never answers: sources come in as rows, Stop ends it at once, and so does leaving. */
static void
test_stopped (void)
{
  g_autoptr (TestWindow) test = test_window_new ();
  PostwegPage *page = type_address (test, "anna@mute.example");

  test_press (test->window, "Continue");
  g_assert_true (is_searching (test));
  g_assert_true (test_says (page, "Asking …"));
  test_turn (100);
  test_press (test->window, "Stop");
  AWAIT (!is_searching (test));
  g_assert_true (test_page (test) == page);
  g_assert_false (test_says (page, "Asking …"));
  for (guint ms = 0; ms < 60; ms += 20)
    {
      test_press (test->window, "Continue");
      test_turn (ms);
      gtk_widget_activate_action (GTK_WIDGET (test->window), "win.back", NULL);
      test_turn (20);
      g_assert_null (postweg_journey_get_discovery (test->journey));
      test_show (test, POSTWEG_TYPE_PAGE_ADDRESS);
      g_assert_false (is_searching (test));
    }
  test_press (test->window, "Continue");
  test_press (page, "Enter the Servers Myself");
  g_assert_true (POSTWEG_IS_PAGE_ADVICE (test_page (test)));
}

int
main (int argc, char **argv)
{
  const char *reason;

  /* before GTK starts its threads; the X server is reached through a file */
  if (!island_enter (names, &reason) || !island_add_sink (&reason))
    {
      g_print ("1..0 # SKIP %s\n", reason);
      return 0;
    }
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/ui/search/refused", test_refused);
  g_test_add_func ("/ui/search/confirm", test_confirm);
  g_test_add_func ("/ui/search/typing-error", test_typing_error);
  g_test_add_func ("/ui/search/typing-error-stopped", test_typing_error_stopped);
  g_test_add_func ("/ui/search/consent", test_consent);
  g_test_add_func ("/ui/search/stopped", test_stopped);
  return g_test_run ();
}
