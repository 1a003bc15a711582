/* What can be done with a result: handing it on, looking at ports; and where servers were found, in words. */
#include "ui/parts/asking.h"
#include "ui/parts/hand-on.h"
#include "ui/parts/letter-dialog.h"
#include "ui/parts/origin.h"
#include "ui/pages/result.h"
#include "ui/pages/servers.h"
#include "ui/pictures/port-map.h"
#include "ui/parts/search-view.h"
#include "widgets.h"
#include <glib/gstdio.h>
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

/* What is different from the last test of the same account; the first one has nothing to be compared with. */
static void
test_comparison (void)
{
  g_autoptr (TestWindow) test = test_window_new ();
  PostwegPage *page = show_result (test, TRUE);

  g_assert_false (test_says (page, "Compared with"));
  test_show (test, POSTWEG_TYPE_PAGE_SERVERS);
  page = show_result (test, FALSE);
  g_assert_true (test_says (page, "Compared with the Test"));
  g_assert_true (test_says (page, "Sending worked then. Now it ends at the station “Sender”."));
  test_picture (test, "result-comparison");
  test_show (test, POSTWEG_TYPE_PAGE_SERVERS);
  page = show_result (test, TRUE);
  g_assert_true (test_says (page, "Sending ended at the station “Sender” then. Now it works."));
  test_show (test, POSTWEG_TYPE_PAGE_SERVERS);
  page = show_result (test, TRUE);
  g_assert_true (test_says (page, "Nothing has changed since then."));
}

/* Why the sign-in was left out, and where the way leads then. */
static const struct {
  const char *name;
  PostwegError error;
  const char *headline, *way_on, *page; /* page: NULL: a test */
} left_out[] = {
  { "no-password", POSTWEG_ERROR_NO_SECRET, "there is no password", "Enter the Password",
    "PostwegPagePassword" },
  { "not-encrypted", POSTWEG_ERROR_UNPROTECTED, "is not encrypted", "Choose Encryption",
    "PostwegPageServers" },
  { "out-of-time", POSTWEG_ERROR_OUT_OF_TIME, "did not come to its end", "Test Again", "PostwegPageTest" },
};

static void
test_not_tested (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (left_out); i++)
    {
      g_autoptr (TestWindow) test = test_window_new ();
      g_autofree char *picture = g_strdup_printf ("result-%s", left_out[i].name);
      PostwegTestResult *result;
      PostwegPage *page;

      test_fill (test, ADDRESS, test_silent_port (), test_silent_port ());
      result = result_of (test, TRUE);
      for (guint side = 0; side < 2; side++)
        {
          GPtrArray *steps = (side == 0 ? result->incoming : result->outgoing)->steps;
          PostwegStep *sign_in;

          g_ptr_array_set_size (steps, POSTWEG_STAGE_AUTH + 1);
          sign_in = g_ptr_array_index (steps, POSTWEG_STAGE_AUTH);
          sign_in->verdict = POSTWEG_STEP_SKIPPED;
          sign_in->error = left_out[i].error;
        }
      result->verdict = postweg_verdict_of (result->incoming, result->outgoing);
      postweg_journey_take_result (test->journey, result);
      page = test_show (test, POSTWEG_TYPE_PAGE_RESULT);
      g_assert_true (test_says (page, left_out[i].headline));
      g_assert_true (gtk_widget_has_css_class (test_get (test->window, GTK_TYPE_BUTTON, left_out[i].way_on),
                                               "suggested-action"));
      test_get (test->window, GTK_TYPE_BUTTON, "Set Up a Mail Program");
      test_get (test->window, GTK_TYPE_BUTTON, "Test Again");
      test_picture (test, picture);
      test_press (test->window, left_out[i].way_on);
      g_assert_cmpstr (G_OBJECT_TYPE_NAME (test_page (test)), ==, left_out[i].page);
    }
}

/* An account without a server for sending: the way that is not there is named. */
static void
test_one_side (void)
{
  g_autoptr (TestWindow) test = test_window_new ();
  g_autoptr (PostwegServer) incoming =
      postweg_server_new (POSTWEG_IMAP, "imap.example.org", 993, POSTWEG_TLS, ADDRESS);
  g_autoptr (PostwegAccount) account = postweg_account_new ("Anna", ADDRESS, incoming, NULL);
  PostwegTestResult *result = postweg_test_result_new (account);
  PostwegPage *page;

  result->incoming = good_evidence (incoming);
  result->verdict = postweg_verdict_of (result->incoming, NULL);
  test_fill (test, ADDRESS, 993, 465);
  postweg_journey_set_account (test->journey, account);
  postweg_journey_take_result (test->journey, result);
  page = test_show (test, POSTWEG_TYPE_PAGE_RESULT);
  g_assert_true (test_says (page, "Receiving works."));
  g_assert_true (test_says (page, "No server is set up for this."));
  g_assert_null (test_find (page, GTK_TYPE_BUTTON, "Send a Mail to Myself"));
  test_picture (test, "result-one-side");
}

static void
text_read (GObject *clipboard, GAsyncResult *result, gpointer data)
{
  *(char **) data = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (clipboard), result, NULL);
}

/* Returns: (transfer full) */
static char *
clipboard_text (GtkWidget *widget)
{
  char *text = NULL;

  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (widget), NULL, text_read, &text);
  AWAIT (text != NULL);
  return text;
}

static void
test_copy (void)
{
  g_autoptr (TestWindow) test = test_window_new ();
  PostwegPage *page = show_result (test, FALSE);
  GtkSwitch *addresses = GTK_SWITCH (test_get (page, GTK_TYPE_SWITCH, "With addresses and server names"));

  g_assert_false (gtk_switch_get_active (addresses));
  for (guint with = 0; with < 2; with++)
    {
      g_autofree char *text = NULL;

      gtk_switch_set_active (addresses, with == 1);
      g_assert_false (test_says (page, "was copied"));
      test_press (page, "Copy Report");
      g_assert_true (
          test_says (page, with == 1 ? "was copied, with addresses" : "was copied, without addresses"));
      text = clipboard_text (GTK_WIDGET (page));
      g_assert_true (g_str_has_prefix (text, "# "));
      g_assert_cmpint (strstr (text, ADDRESS) != NULL, ==, with == 1);
    }
  /* whoever comes back must want them in again */
  test_show (test, POSTWEG_TYPE_PAGE_RESULT);
  gtk_widget_activate_action (GTK_WIDGET (test->window), "win.back", NULL);
  test_show (test, POSTWEG_TYPE_PAGE_RESULT);
  g_assert_false (gtk_switch_get_active (addresses));
}

static const struct {
  const char *name;
  const char *begins; /* the file; NULL: it cannot be written */
  const char *says;
} files[] = {
  { "a.html", "<!DOCTYPE html>", "saved as" },
  { "a.md", "# ", "saved as" },
  { "A.MD", "# ", "saved as" },
  { "a.markdown", "# ", "saved as" },
  { "report", "<!DOCTYPE html>", "saved as" },
  { "&amp <b>.html", "<!DOCTYPE html>", "&amp <b>.html" },
  { "a.html", "<!DOCTYPE html>", "saved as" }, /* once more: replaced */
  { "folder", NULL, "is a folder" },
  { "gone/a.html", NULL, "does not exist any more" },
  { "a.html/b.html", NULL, "does not exist any more" },
};

static void
test_save (void)
{
  g_autoptr (TestWindow) test = test_window_new ();
  PostwegPage *page = show_result (test, FALSE);
  PostwegHandOn *hand_on = POSTWEG_HAND_ON (test_get (page, POSTWEG_TYPE_HAND_ON, NULL));
  g_autofree char *folder = g_dir_make_tmp ("postweg-report-XXXXXX", NULL);
  g_autofree char *inner = g_build_filename (folder, "folder", NULL);

  g_assert_cmpint (g_mkdir (inner, 0700), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = g_build_filename (folder, files[i].name, NULL);
      g_autoptr (GFile) file = g_file_new_for_path (path);
      g_autofree char *text = NULL;

      g_test_message ("%s", files[i].name);
      postweg_hand_on_show (hand_on, test->journey);
      postweg_hand_on_save (hand_on, file);
      AWAIT (test_says (page, files[i].says));
      if (files[i].begins == NULL)
        continue;
      g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
      g_assert_true (g_str_has_prefix (text, files[i].begins));
      g_assert_null (strstr (text, ADDRESS));
    }
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = g_build_filename (folder, files[i].name, NULL);

      g_remove (path);
    }
  g_assert_cmpint (g_rmdir (folder), ==, 0); /* nothing else was left there */
}

/* Returns: (transfer none): the letter's window, or NULL */
static GtkWindow *
letter_window (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (g_strcmp0 (gtk_window_get_title (window), "Letter to the Administrator") == 0)
        return window;
    }
  return NULL;
}

static void
test_letter (void)
{
  g_autoptr (TestWindow) test = test_window_new ();
  PostwegPage *page = show_result (test, TRUE);
  g_autofree char *copied = NULL;
  g_autofree char *letter = NULL;

  g_assert_null (test_find (page, GTK_TYPE_BUTTON, "Letter to the Administrator"));
  test_show (test, POSTWEG_TYPE_PAGE_SERVERS);
  page = show_result (test, FALSE);
  test_press (page, "Letter to the Administrator");
  AWAIT (letter_window () != NULL);
  test_get (letter_window (), GTK_TYPE_TEXT_VIEW, "Letter");
  test_get (letter_window (), GTK_TYPE_BUTTON, "Open in Mail Program");
  test_press (letter_window (), "Copy Letter");
  g_assert_true (test_says (letter_window (), "The letter was copied"));
  copied = clipboard_text (GTK_WIDGET (letter_window ()));
  letter = postweg_checkup_letter (postweg_journey_get_result (test->journey));
  g_assert_cmpstr (copied, ==, letter);
  gtk_window_close (letter_window ());
  AWAIT (letter_window () == NULL);
}

static const struct {
  const char *letter, *uri;
} uris[] = {
  { "Subject: Mail & more\n\nHello,\n\nbye\n",
    "mailto:?subject=Mail%20%26%20more&body=Hello%2C%0D%0A%0D%0Abye%0D%0A" },
  { "Betreff: Grüße: ja\n\nx", "mailto:?subject=Gr%C3%BC%C3%9Fe%3A%20ja&body=x" },
  { "No colon\n\n50 % = ?#", "mailto:?subject=No%20colon&body=50%20%25%20%3D%20%3F%23" },
  { "Subject: alone", "mailto:?subject=alone&body=" },
  { "", "mailto:?subject=&body=" },
};

static void
test_letter_uri (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (uris); i++)
    {
      g_autofree char *uri = postweg_letter_uri (uris[i].letter);

      g_assert_cmpstr (uri, ==, uris[i].uri);
    }
}

/* the ports */

static void
add_port (GPtrArray *ports, const char *host, const char *address, guint16 number,
          PostwegPortState port_state)
{
  PostwegPort *port = postweg_port_new (host, address, number, POSTWEG_IMAP);

  port->state = port_state;
  port->ipv6 = strchr (address, ':') != NULL;
  port->ms = 12;
  g_ptr_array_add (ports, port);
}

static void
wanted (gpointer counter)
{
  ++*(guint *) counter;
}

static void
test_port_map (void)
{
  PostwegPortMap *map = g_object_ref_sink (g_object_new (POSTWEG_TYPE_PORT_MAP, NULL));
  g_autoptr (GPtrArray) ports = g_ptr_array_new_with_free_func ((GDestroyNotify) postweg_port_free);
  guint counter = 0;

  g_signal_connect_swapped (map, "wanted", G_CALLBACK (wanted), &counter);
  postweg_port_map_show (map, NULL);
  g_assert_true (test_says (map, "The test is made once more"));
  test_press (map, "Look at the Ports");
  g_assert_cmpuint (counter, ==, 1);
  postweg_port_map_show (map, ports);
  g_assert_true (test_says (map, "no address of a server was found"));
  add_port (ports, "imap.example.org", "192.0.2.7", 993, POSTWEG_PORT_OPEN);
  add_port (ports, "imap.example.org", "2001:db8::7", 993, POSTWEG_PORT_SILENT);
  add_port (ports, "imap.example.org", "192.0.2.7", 143, POSTWEG_PORT_REFUSED);
  add_port (ports, "smtp.example.org", "192.0.2.8", 465, POSTWEG_PORT_UNREACHABLE);
  add_port (ports, "smtp.example.org", "192.0.2.8", 587, POSTWEG_PORT_RESET);
  add_port (ports, "smtp.example.org", "192.0.2.8", 25, POSTWEG_PORT_UNKNOWN);
  for (guint i = 0; i < 2; i++)
    {
      postweg_port_map_show (map, ports);
      g_assert_false (test_says (map, "The test is made once more"));
      test_get (map, ADW_TYPE_EXPANDER_ROW, "imap.example.org");
      test_get (map, ADW_TYPE_EXPANDER_ROW, "smtp.example.org");
      g_assert_true (test_says (map, "1 of 2 ports are open"));
      g_assert_true (test_says (map, "0 of 3 ports are open"));
      g_assert_true (test_says (map, "IPv4, 192.0.2.7: open, 12 ms"));
      g_assert_true (test_says (map, "IPv6, 2001:db8::7: "));
    }
  g_object_unref (map);
}

/* Ports that a person wants to see are looked at in one more test, and in none after that. */
static void
test_ports_wanted (void)
{
  g_autoptr (TestWindow) test = test_window_new ();
  PostwegPage *page;

  test_fill (test, ADDRESS, test_closed_port (), test_closed_port ());
  postweg_journey_take_result (test->journey, result_of (test, TRUE));
  page = test_show (test, POSTWEG_TYPE_PAGE_RESULT);
  test_press (page, "Look at the Ports");
  AWAIT (test_page (test) == page);
  g_assert_nonnull (postweg_journey_get_result (test->journey)->ports);
  g_assert_true (test_says (page, "ports are open"));
  test_press (test->window, "Test Again");
  AWAIT (test_page (test) == page);
  g_assert_null (postweg_journey_get_result (test->journey)->ports);
}

/* where servers come from */

static void
test_origin_words (void)
{
  static const char *const sources[] = { "table",
                                         "autoconfig-https",
                                         "autoconfig-http",
                                         "wellknown-https",
                                         "ispdb",
                                         "mx-table",
                                         "mx-ispdb",
                                         "mx-autoconfig-https",
                                         "srv",
                                         "pacc",
                                         "autodiscover",
                                         "guess" };
  static const char *const trusts[] = { "table",    "tls",       "ispdb",         "dnssec",        "dns",
                                        "insecure", "plaintext", "cert-mismatch", "cert-untrusted" };
  static const gboolean bad[] = { FALSE, FALSE, FALSE, FALSE, FALSE, FALSE, TRUE, TRUE, TRUE };

  for (guint i = 0; i < G_N_ELEMENTS (sources); i++)
    g_assert_cmpstr (postweg_origin_source (sources[i]), !=, sources[i]);
  g_assert_cmpstr (postweg_origin_source ("new"), ==, "new");
  for (guint i = 0; i < G_N_ELEMENTS (trusts); i++)
    {
      g_assert_true (g_str_has_suffix (postweg_origin_trust (trusts[i]), "."));
      g_assert_cmpint (postweg_origin_is_bad (trusts[i]), ==, bad[i]);
    }
  g_assert_cmpstr (postweg_origin_trust ("new"), ==, "");
}

static PostwegDiscovery *
discovery (const char *trust)
{
  PostwegDiscovery *self = postweg_checkup_recognise (ADDRESS);
  g_autoptr (PostwegServer) imap =
      postweg_server_new (POSTWEG_IMAP, "mail.example.org", 143, POSTWEG_PLAIN, "anna");
  PostwegConflict *conflict = g_new0 (PostwegConflict, 1);

  self->outcome = POSTWEG_OUTCOME_CONFIRM;
  g_ptr_array_add (self->servers, postweg_found_server_new (imap, "autoconfig-https", trust));
  *conflict = (PostwegConflict){ .protocol = POSTWEG_IMAP,
                                 .field = "port",
                                 .chosen = g_strdup ("143"),
                                 .other = g_strdup ("{chosen}<993>"),
                                 .source = "autoconfig-https",
                                 .other_source = "srv" };
  g_ptr_array_add (self->conflicts, conflict);
  g_ptr_array_add (self->askable, postweg_askable_new ("hoster.example", POSTWEG_CONSENT_ALL));
  return self;
}

static void
test_search_view (void)
{
  PostwegSearchView *view = g_object_ref_sink (g_object_new (POSTWEG_TYPE_SEARCH_VIEW, NULL));
  g_autoptr (PostwegDiscovery) plain = discovery ("plaintext");

  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (view)));
  postweg_search_view_start (view);
  g_assert_true (test_says (view, "Asking …"));
  postweg_search_view_answered (view, "srv", 2);
  postweg_search_view_answered (view, "pacc", 0);
  g_assert_true (test_says (view, "Names 2 servers"));
  g_assert_true (test_says (view, "Knows nothing"));
  postweg_search_view_finish (view, plain);
  g_assert_false (test_says (view, "Asking …"));
  g_assert_true (gtk_widget_has_css_class (
      test_get (view, ADW_TYPE_ACTION_ROW, "mail.example.org, port 143, None"), "error"));
  g_assert_true (test_says (view, "Without encryption"));
  g_assert_true (test_says (
      view, "The sources disagree about the port of the IMAP server. The domain’s own settings file: 143. "
            "The domain’s entries in the name service (SRV): {chosen}<993>."));
  g_assert_true (test_says (view, "hoster.example"));
  g_assert_true (test_says (view, "would learn the domain"));
  postweg_search_view_clear (view);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (view)));
  g_object_unref (view);
}

static void
test_asking (void)
{
  PostwegAsking *asking = g_object_ref_sink (g_object_new (POSTWEG_TYPE_ASKING, NULL));
  g_autoptr (PostwegDiscovery) unknown = postweg_checkup_recognise (ADDRESS);
  g_autoptr (PostwegDiscovery) known = postweg_checkup_recognise ("anna@gmx.de");
  g_autoptr (PostwegDiscovery) none = postweg_checkup_recognise ("anna");
  GtkWidget *whole;

  postweg_asking_show (asking, known);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (asking)));
  postweg_asking_show (asking, none);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (asking)));
  postweg_asking_show (asking, unknown);
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (asking)));
  g_assert_true (test_says (asking, "autoconfig.example.org"));
  g_assert_true (test_says (asking, "name service"));
  g_assert_cmpint (postweg_asking_get_consent (asking), ==, POSTWEG_CONSENT_DEFAULT);
  whole = test_get (asking, GTK_TYPE_SWITCH, "Tell the domain’s own hosts the whole address");
  g_assert_false (gtk_widget_is_sensitive (whole));
  for (PostwegConsent consent = POSTWEG_CONSENT_DEFAULT; consent <= POSTWEG_CONSENT_SEND_ADDRESS; consent++)
    {
      postweg_asking_set_consent (asking, consent);
      g_assert_cmpint (postweg_asking_get_consent (asking), ==, consent);
      g_assert_cmpint (gtk_widget_is_sensitive (whole), ==, consent >= POSTWEG_CONSENT_ALL);
    }
  g_object_unref (asking);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/ui/result/comparison", test_comparison);
  g_test_add_func ("/ui/result/not-tested", test_not_tested);
  g_test_add_func ("/ui/result/one-side", test_one_side);
  g_test_add_func ("/ui/result/copy", test_copy);
  g_test_add_func ("/ui/result/save", test_save);
  g_test_add_func ("/ui/result/letter", test_letter);
  g_test_add_func ("/ui/result/letter-uri", test_letter_uri);
  g_test_add_func ("/ui/result/ports/map", test_port_map);
  g_test_add_func ("/ui/result/ports/wanted", test_ports_wanted);
  g_test_add_func ("/ui/result/origin", test_origin_words);
  g_test_add_func ("/ui/result/search-view", test_search_view);
  g_test_add_func ("/ui/result/asking", test_asking);
  return g_test_run ();
}
