/* What people type: addresses, servers, passwords, and everything else that fits into an entry. */
#include "ui/pages/address.h"
#include "ui/pages/password.h"
#include "ui/pages/servers.h"
#include "ui/parts/server-group.h"
#include "widgets.h"
#include <string.h>

static GtkEditable *
entry (gpointer root, const char *name)
{
  return GTK_EDITABLE (test_get (root, GTK_TYPE_EDITABLE, name));
}

static const struct {
  const char *address;
  gboolean complete;
  const char *says;  /* at once, or NULL */
  const char *later; /* after the entry was left, or NULL for the same */
  const char *button;
} addresses[] = {
  { "", FALSE, NULL, NULL, NULL },
  { "anna", FALSE, NULL, "@", NULL },
  { "anna@", FALSE, NULL, "@", NULL },
  { "anna@@gmx.de", FALSE, NULL, "@", NULL },
  { "anna@gmx.de", TRUE, "GMX", NULL, NULL },
  { "  anna@gmx.de ", TRUE, "GMX", NULL, NULL },
  { "anna@gmial.com", TRUE, "gmail.com", NULL, "Did you mean anna@gmail.com?" },
  { "anna@example.org", TRUE, "autoconfig.example.org", NULL, "Enter the Servers Myself" },
  { "anna@bücher.example", TRUE, "does not have bücher.example", NULL, "Enter the Servers Myself" },
  { "anna@proton.me", FALSE, "Bridge", NULL, "Enter the Servers Myself" },
  { "anna@tuta.com", FALSE, "Tuta", NULL, NULL },
  { "an na@gmx.de", FALSE, NULL, "space", NULL },
  { "anna@gmx.de\nbcc: all", FALSE, NULL, NULL, NULL },
};

static void
leave_entry (TestWindow *test)
{
  gtk_widget_grab_focus (GTK_WIDGET (entry (test->window, "E-Mail Address")));
  test_turn (20);
  gtk_widget_grab_focus (GTK_WIDGET (entry (test->window, "Your Name")));
  test_turn (20);
}

static void
test_addresses (void)
{
  g_autoptr (TestWindow) test = test_window_new ();
  PostwegPage *page = test_show (test, POSTWEG_TYPE_PAGE_ADDRESS);

  for (guint i = 0; i < G_N_ELEMENTS (addresses); i++)
    {
      GtkWidget *row = test_get (page, ADW_TYPE_ENTRY_ROW, "E-Mail Address");
      gboolean complete;

      g_test_message ("“%s”", addresses[i].address);
      gtk_editable_set_text (GTK_EDITABLE (row), addresses[i].address);
      g_object_get (page, "complete", &complete, NULL);
      g_assert_cmpint (complete, ==, addresses[i].complete);
      g_assert_false (gtk_widget_has_css_class (row, "error"));
      if (addresses[i].says != NULL)
        g_assert_true (test_says (page, addresses[i].says));
      if (addresses[i].button != NULL)
        test_get (page, GTK_TYPE_BUTTON, addresses[i].button);
      else
        g_assert_null (test_find (page, GTK_TYPE_BUTTON, "Enter the Servers Myself"));
      leave_entry (test);
      g_assert_cmpint (gtk_widget_has_css_class (row, "error"), ==,
                       addresses[i].later != NULL || strchr (addresses[i].address, '\n') != NULL);
      if (addresses[i].later != NULL)
        g_assert_true (test_says (page, addresses[i].later));
    }
}

static void
test_pause (void)
{
  g_autoptr (TestWindow) test = test_window_new ();
  PostwegPage *page = test_show (test, POSTWEG_TYPE_PAGE_ADDRESS);
  GtkWidget *row = test_get (page, ADW_TYPE_ENTRY_ROW, "E-Mail Address");

  gtk_editable_set_text (GTK_EDITABLE (row), "anna");
  g_assert_false (gtk_widget_has_css_class (row, "error"));
  AWAIT (gtk_widget_has_css_class (row, "error"));
  gtk_editable_set_text (GTK_EDITABLE (row), "anna@");
  g_assert_false (gtk_widget_has_css_class (row, "error"));
}

static void
test_typo (void)
{
  g_autoptr (TestWindow) test = test_window_new ();
  PostwegPage *page = test_show (test, POSTWEG_TYPE_PAGE_ADDRESS);

  gtk_editable_set_text (entry (page, "E-Mail Address"), "Anna.B@gmial.com");
  test_press (page, "Did you mean Anna.B@gmail.com?");
  g_assert_cmpstr (gtk_editable_get_text (entry (page, "E-Mail Address")), ==, "Anna.B@gmail.com");
  g_assert_null (test_find (page, GTK_TYPE_BUTTON, "Did you mean Anna.B@gmail.com?"));
  test_press (test->window, "Continue");
  AWAIT (test_page (test) != page);
  g_assert_cmpstr (postweg_journey_get_address (test->journey), ==, "Anna.B@gmail.com");
}

static void
test_bridge (void)
{
  g_autoptr (TestWindow) test = test_window_new ();
  PostwegPage *page = test_show (test, POSTWEG_TYPE_PAGE_ADDRESS);

  gtk_editable_set_text (entry (page, "E-Mail Address"), "anna@proton.me");
  test_press (page, "Enter the Servers Myself");
  g_assert_true (test_page (test) != page);
  test_show (test, POSTWEG_TYPE_PAGE_SERVERS);
}

/* Everything that can be pasted goes into every entry, and the way on is tried. */
static void
test_anything (void)
{
  g_autofree char *long_text = g_strnfill (10000, 'x');
  g_autofree char *long_domain = g_strconcat ("a@", long_text, ".de", NULL);
  const char *const texts[] = { long_text,
                                long_domain,
                                "😀@😀.de",
                                "\xe2\x80\xae"
                                "gro.elpmaxe@anna",
                                "a\nb\tc",
                                "<b>&amp;</b>",
                                "%s%n",
                                "مرحبا@مثال.إختبار",
                                "" };
  g_autoptr (TestWindow) test = test_window_new ();
  PostwegPage *page = test_show (test, POSTWEG_TYPE_PAGE_ADDRESS);

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      gtk_editable_set_text (entry (page, "Your Name"), texts[i]);
      gtk_editable_set_text (entry (page, "E-Mail Address"), texts[i]);
      leave_entry (test);
    }
  test_fill (test, "anna@gmx.de", 993, 465);
  page = test_show (test, POSTWEG_TYPE_PAGE_SERVERS);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      gtk_editable_set_text (entry (page, "Server"), texts[i]);
      gtk_editable_set_text (entry (page, "Port"), texts[i]);
      gtk_editable_set_text (entry (page, "User Name"), texts[i]);
      test_press (test->window, "Continue");
      g_assert_true (POSTWEG_IS_PAGE_SERVERS (test_page (test)));
    }
}

static PostwegServerGroup *
group (void)
{
  PostwegServerGroup *self = g_object_new (POSTWEG_TYPE_SERVER_GROUP, NULL);

  g_object_ref_sink (self);
  postweg_server_group_set_name (self, "Incoming Server");
  return self;
}

static const struct {
  const char *host, *port, *user;
  guint auth;
  const char *says; /* NULL: it can be used */
} servers[] = {
  { "imap.example.org", "993", "anna", POSTWEG_AUTH_PASSWORD, NULL },
  { "  IMAP.Example.org. ", " 993 ", " anna ", POSTWEG_AUTH_PASSWORD, NULL },
  { "bücher.example", "1", "anna", POSTWEG_AUTH_ENCRYPTED, NULL },
  { "127.0.0.1", "65535", "anna", POSTWEG_AUTH_PASSWORD, NULL },
  { "imap.example.org", "993", "", POSTWEG_AUTH_NONE, NULL },
  { "imap.example.org", "", "anna", POSTWEG_AUTH_PASSWORD, NULL },
  { "", "993", "anna", POSTWEG_AUTH_PASSWORD, "Enter the server" },
  { "imap example", "993", "anna", POSTWEG_AUTH_PASSWORD, "cannot be a server" },
  { "https://example.org/", "993", "anna", POSTWEG_AUTH_PASSWORD, "cannot be a server" },
  { "imap.example.org", "0", "anna", POSTWEG_AUTH_PASSWORD, "65535" },
  { "imap.example.org", "65536", "anna", POSTWEG_AUTH_PASSWORD, "65535" },
  { "imap.example.org", "-1", "anna", POSTWEG_AUTH_PASSWORD, "65535" },
  { "imap.example.org", "99a", "anna", POSTWEG_AUTH_PASSWORD, "65535" },
  { "imap.example.org", "18446744073709552609", "anna", POSTWEG_AUTH_PASSWORD, "65535" },
  { "imap.example.org", "993", "", POSTWEG_AUTH_PASSWORD, "user name" },
  { "imap.example.org", "993", "   ", POSTWEG_AUTH_PASSWORD, "user name" },
};

static void
test_servers (void)
{
  g_autoptr (PostwegServerGroup) self = group ();

  for (guint i = 0; i < G_N_ELEMENTS (servers); i++)
    {
      g_autoptr (PostwegServer) server = NULL;

      g_test_message ("%s %s %s", servers[i].host, servers[i].port, servers[i].user);
      postweg_server_group_fill (self, POSTWEG_IMAP, NULL, NULL);
      gtk_editable_set_text (entry (self, "Server"), servers[i].host);
      gtk_editable_set_text (entry (self, "Port"), servers[i].port);
      gtk_editable_set_text (entry (self, "User Name"), servers[i].user);
      adw_combo_row_set_selected (ADW_COMBO_ROW (test_get (self, ADW_TYPE_COMBO_ROW, "Sign-In Method")),
                                  servers[i].auth);
      server = postweg_server_group_read (self);
      g_assert_cmpint (server != NULL, ==, servers[i].says == NULL);
      g_assert_cmpint (postweg_server_group_check (self), ==, servers[i].says == NULL);
      if (servers[i].says != NULL)
        g_assert_true (test_says (self, servers[i].says));
    }
}

static void
choose_security (PostwegServerGroup *self, PostwegSecurity security)
{
  adw_combo_row_set_selected (ADW_COMBO_ROW (test_get (self, ADW_TYPE_COMBO_ROW, "Security")), security);
}

static void
test_port_follows (void)
{
  static const struct {
    PostwegProtocol protocol;
    const char *ports[3];
  } rows[] = { { POSTWEG_IMAP, { "993", "143", "143" } },
               { POSTWEG_POP3, { "995", "110", "110" } },
               { POSTWEG_SMTP, { "465", "587", "587" } } };
  g_autoptr (PostwegServerGroup) self = group ();

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      postweg_server_group_fill (self, rows[i].protocol, NULL, NULL);
      for (guint j = 0; j < 6; j++)
        {
          choose_security (self, j % 3);
          g_assert_cmpstr (gtk_editable_get_text (entry (self, "Port")), ==, rows[i].ports[j % 3]);
        }
      gtk_editable_set_text (entry (self, "Port"), "2525");
      choose_security (self, POSTWEG_STARTTLS);
      g_assert_cmpstr (gtk_editable_get_text (entry (self, "Port")), ==, "2525");
      gtk_editable_set_text (entry (self, "Port"), "");
      choose_security (self, POSTWEG_TLS);
      g_assert_cmpstr (gtk_editable_get_text (entry (self, "Port")), ==, rows[i].ports[0]);
    }
}

/* An unusual port that came with the server is meant. */
static void
test_port_stays (void)
{
  g_autoptr (PostwegServer) server =
      postweg_server_new (POSTWEG_SMTP, "mail.example.org", 2525, POSTWEG_STARTTLS, "anna");
  g_autoptr (PostwegServerGroup) self = group ();
  g_autoptr (PostwegServer) back = NULL;

  postweg_server_group_fill (self, POSTWEG_SMTP, server, NULL);
  back = postweg_server_group_read (self);
  g_assert_true (postweg_server_equal (server, back));
  choose_security (self, POSTWEG_TLS);
  g_assert_cmpstr (gtk_editable_get_text (entry (self, "Port")), ==, "2525");
}

static void
test_alternatives (void)
{
  g_autoptr (PostwegDiscovery) discovery = postweg_checkup_recognise ("anna@example.org");
  g_autoptr (PostwegServer) first =
      postweg_server_new (POSTWEG_IMAP, "imap.example.org", 0, POSTWEG_TLS, "anna");
  g_autoptr (PostwegServer) second =
      postweg_server_new (POSTWEG_IMAP, "mail.example.org", 0, POSTWEG_STARTTLS, "anna");
  g_autoptr (PostwegServerGroup) self = group ();
  g_autoptr (PostwegServer) chosen = NULL;

  g_ptr_array_add (discovery->servers, postweg_found_server_new (first, "table", "table"));
  postweg_server_group_fill (self, POSTWEG_IMAP, first, discovery);
  g_assert_null (test_find (self, ADW_TYPE_COMBO_ROW, "Known Servers"));
  g_ptr_array_add (discovery->servers, postweg_found_server_new (second, "table", "table"));
  postweg_server_group_fill (self, POSTWEG_IMAP, first, discovery);
  adw_combo_row_set_selected (ADW_COMBO_ROW (test_get (self, ADW_TYPE_COMBO_ROW, "Known Servers")), 1);
  chosen = postweg_server_group_read (self);
  g_assert_true (postweg_server_equal (chosen, second));
}

static void
test_unencrypted (void)
{
  g_autoptr (TestWindow) test = test_window_new ();
  PostwegPage *page;
  GtkWidget *incoming;

  test_fill (test, "anna@example.org", 993, 465);
  page = test_show (test, POSTWEG_TYPE_PAGE_SERVERS);
  incoming = test_get (page, POSTWEG_TYPE_SERVER_GROUP, "Incoming Server");
  g_assert_false (test_says (page, "can read your mail"));
  choose_security (POSTWEG_SERVER_GROUP (incoming), POSTWEG_PLAIN);
  g_assert_true (test_says (page, "can read your mail"));

  /* this computer itself counts as protected */
  test_press (test->window, "Continue");
  g_assert_true (POSTWEG_IS_PAGE_PASSWORD (test_page (test)));
  gtk_widget_activate_action (GTK_WIDGET (test->window), "win.back", NULL);

  gtk_editable_set_text (entry (incoming, "Server"), "imap.example.org");
  test_press (test->window, "Continue");
  g_assert_true (POSTWEG_IS_PAGE_SERVERS (test_page (test)));
  g_assert_false (postweg_journey_get_plaintext_confirmed (test->journey));
  for (const char *const *answer = (const char *const[]){ "no", "yes", NULL }; *answer != NULL; answer++)
    {
      g_autoptr (GListModel) windows = g_object_ref (gtk_window_get_toplevels ());

      for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
        {
          g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

          G_GNUC_BEGIN_IGNORE_DEPRECATIONS
          if (ADW_IS_MESSAGE_DIALOG (window))
            adw_message_dialog_response (ADW_MESSAGE_DIALOG (window), *answer);
          G_GNUC_END_IGNORE_DEPRECATIONS
        }
      test_turn (20);
      g_assert_cmpint (postweg_journey_get_plaintext_confirmed (test->journey), ==,
                       g_str_equal (*answer, "yes"));
      if (g_str_equal (*answer, "no"))
        test_press (test->window, "Continue");
    }
  g_assert_true (POSTWEG_IS_PAGE_PASSWORD (test_page (test)));
}

static void
test_differing_users (void)
{
  g_autoptr (TestWindow) test = test_window_new ();
  PostwegPage *page;

  test_fill (test, "anna@example.org", 993, 465);
  page = test_show (test, POSTWEG_TYPE_PAGE_SERVERS);
  g_assert_false (test_says (page, "user names differ"));
  gtk_editable_set_text (entry (test_get (page, POSTWEG_TYPE_SERVER_GROUP, "Outgoing Server"), "User Name"),
                         "anna");
  g_assert_true (test_says (page, "user names differ"));
}

/* Half a port is no reason to lose the other rows. */
static void
test_half_filled (void)
{
  g_autoptr (TestWindow) test = test_window_new ();
  PostwegPage *page;

  test_fill (test, "anna@example.org", 993, 465);
  page = test_show (test, POSTWEG_TYPE_PAGE_SERVERS);
  gtk_editable_set_text (entry (page, "Server"), "mail.exam");
  gtk_editable_set_text (entry (page, "Port"), "99x");
  gtk_widget_activate_action (GTK_WIDGET (test->window), "win.back", NULL);
  test_show (test, POSTWEG_TYPE_PAGE_SERVERS);
  g_assert_cmpstr (gtk_editable_get_text (entry (page, "Server")), ==, "mail.exam");
}

static void
test_password_forgotten (void)
{
  g_autoptr (TestWindow) test = test_window_new ();
  PostwegPage *page;

  test_fill (test, "anna@example.org", test_closed_port (), test_closed_port ());
  page = test_show (test, POSTWEG_TYPE_PAGE_PASSWORD);
  gtk_editable_set_text (entry (page, "Password"), "one");
  gtk_widget_activate_action (GTK_WIDGET (test->window), "win.back", NULL);
  g_assert_null (postweg_journey_get_credentials (test->journey));

  test_show (test, POSTWEG_TYPE_PAGE_PASSWORD);
  g_assert_cmpstr (gtk_editable_get_text (entry (page, "Password")), ==, "");
  gtk_switch_set_active (
      GTK_SWITCH (test_get (page, GTK_TYPE_SWITCH, "Use a Different Password for Sending")), TRUE);
  gtk_editable_set_text (entry (page, "Password"), "one");
  gtk_editable_set_text (entry (page, "Password for Sending"), "two");
  test_press (test->window, "Continue");
  g_assert_cmpstr (postweg_secret_peek (postweg_journey_get_credentials (test->journey)->incoming), ==,
                   "one");
  g_assert_cmpstr (postweg_secret_peek (postweg_journey_get_credentials (test->journey)->outgoing), ==,
                   "two");

  test_show (test, POSTWEG_TYPE_PAGE_PASSWORD);
  g_assert_cmpstr (gtk_editable_get_text (entry (page, "Password")), ==, "");
  g_assert_cmpstr (gtk_editable_get_text (entry (page, "Password for Sending")), ==, "");
  g_assert_true (test_says (page, "entered before"));

  /* going on without typing keeps both; a new one for sending keeps the other */
  test_press (test->window, "Continue");
  g_assert_cmpstr (postweg_secret_peek (postweg_journey_get_credentials (test->journey)->outgoing), ==,
                   "two");
  test_show (test, POSTWEG_TYPE_PAGE_PASSWORD);
  gtk_editable_set_text (entry (page, "Password for Sending"), "three");
  test_press (test->window, "Continue");
  g_assert_cmpstr (postweg_secret_peek (postweg_journey_get_credentials (test->journey)->incoming), ==,
                   "one");
  g_assert_cmpstr (postweg_secret_peek (postweg_journey_get_credentials (test->journey)->outgoing), ==,
                   "three");
}

static void
test_no_password (void)
{
  g_autoptr (TestWindow) test = test_window_new ();
  PostwegPage *page;

  test_fill (test, "anna@example.org", test_closed_port (), test_closed_port ());
  page = test_show (test, POSTWEG_TYPE_PAGE_PASSWORD);
  g_assert_true (test_says (page, "without a password"));
  test_press (test->window, "Continue");
  g_assert_null (postweg_journey_get_credentials (test->journey));
}

/* One password that cannot be an app password, and some that can. */
static void
test_app_password (void)
{
  static const struct {
    const char *password;
    gboolean hint;
  } rows[] = { { "Summer2024!", TRUE },          { "abcdabcdabcdabcd", FALSE },
               { "abcd abcd abcd abcd", FALSE }, { "abcd-abcd-abcd-abcd", FALSE },
               { "abcdabcdabcdabc", TRUE },      { "abcdabcdabcdabc1", TRUE } };
  g_autoptr (TestWindow) test = test_window_new ();
  PostwegPage *page;

  test_fill (test, "anna@gmail.com", test_closed_port (), test_closed_port ());
  page = test_show (test, POSTWEG_TYPE_PAGE_PASSWORD);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      gtk_editable_set_text (entry (page, "Password"), rows[i].password);
      g_assert_false (test_says (page, "16 letters"));
      if (rows[i].hint)
        AWAIT (test_says (page, "16 letters"));
      else
        test_turn (1400);
      g_assert_cmpint (test_says (page, "16 letters"), ==, rows[i].hint);
    }
}

static void
set_auth (TestWindow *test, PostwegAuth incoming, PostwegAuth outgoing)
{
  g_autoptr (PostwegAccount) account = postweg_account_copy (postweg_journey_get_account (test->journey));

  account->incoming->auth = incoming;
  account->outgoing->auth = outgoing;
  postweg_journey_set_account (test->journey, account);
}

static void
test_web_sign_in (void)
{
  g_autoptr (TestWindow) test = test_window_new ();
  PostwegPage *page;

  test_fill (test, "anna@gmail.com", test_closed_port (), test_closed_port ());
  set_auth (test, POSTWEG_AUTH_OAUTH2, POSTWEG_AUTH_OAUTH2);
  page = test_show (test, POSTWEG_TYPE_PAGE_PASSWORD);
  g_assert_null (test_find (page, GTK_TYPE_PASSWORD_ENTRY, "Password"));
  g_assert_true (test_says (page, "up to the sign-in"));
  test_press (page, "Use a Password Instead");
  test_get (page, GTK_TYPE_PASSWORD_ENTRY, "Password");
  g_assert_cmpint (postweg_journey_get_account (test->journey)->incoming->auth, ==, POSTWEG_AUTH_PASSWORD);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/ui/entries/addresses", test_addresses);
  g_test_add_func ("/ui/entries/pause", test_pause);
  g_test_add_func ("/ui/entries/typing-error", test_typo);
  g_test_add_func ("/ui/entries/bridge", test_bridge);
  g_test_add_func ("/ui/entries/anything", test_anything);
  g_test_add_func ("/ui/entries/servers", test_servers);
  g_test_add_func ("/ui/entries/port-follows-security", test_port_follows);
  g_test_add_func ("/ui/entries/unusual-port-stays", test_port_stays);
  g_test_add_func ("/ui/entries/alternatives", test_alternatives);
  g_test_add_func ("/ui/entries/unencrypted", test_unencrypted);
  g_test_add_func ("/ui/entries/differing-users", test_differing_users);
  g_test_add_func ("/ui/entries/half-filled", test_half_filled);
  g_test_add_func ("/ui/entries/password-forgotten", test_password_forgotten);
  g_test_add_func ("/ui/entries/no-password", test_no_password);
  g_test_add_func ("/ui/entries/app-password", test_app_password);
  g_test_add_func ("/ui/entries/web-sign-in", test_web_sign_in);
  return g_test_run ();
}
