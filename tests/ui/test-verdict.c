/* The result page in words and pictures, for every verdict; and the way from a refused password to another one. */
#include "ui/pages/result.h"
#include "widgets.h"
#include <string.h>

#define ADDRESS "anna@example.org"

static PostwegEvidence *
good_evidence (const PostwegServer *server)
{
  PostwegEvidence *evidence = postweg_evidence_new (server);

  for (PostwegStage stage = POSTWEG_STAGE_DNS; stage <= POSTWEG_STAGE_RECIPIENT; stage++)
    g_ptr_array_add (evidence->steps, postweg_step_new (stage, POSTWEG_STEP_OK, POSTWEG_OK));
  return evidence;
}

static void
fail (PostwegEvidence *evidence)
{
  PostwegStep *step = g_ptr_array_index (evidence->steps, POSTWEG_STAGE_AUTH);

  step->verdict = POSTWEG_STEP_FAILED;
}

/* What is over the result, and what stands at each way, for every verdict; with and without something worth knowing. */
static const struct {
  const char *name;
  PostwegVerdict verdict;
  gboolean in_fails, out_fails;
  PostwegSide side;  /* of the finding */
  const char *cause; /* NULL: nothing was found */
  const char *says;  /* the headline of the finding, or what is said without one */
  const char *icon;
  const char *in, *out; /* what stands at the ways */
  const char *way_on;   /* the suggested button, or NULL */
} verdicts[] = {
  { "works", POSTWEG_VERDICT_WORKS, FALSE, FALSE, 0, NULL, "Both ways work: you can receive and send.",
    "works", ": Works", ": Works", "Set Up a Mail Program" },
  { "note-receiving", POSTWEG_VERDICT_WORKS, FALSE, FALSE, POSTWEG_RECEIVE, "pop-deletes-mail",
    "Receiving works. A note.", "works-with-note", ": Works with a note", ": Works",
    "Set Up a Mail Program" },
  { "note-sending", POSTWEG_VERDICT_WORKS, FALSE, FALSE, POSTWEG_SEND, "sent-twice", "Sending works. A note.",
    "works-with-note", ": Works", ": Works with a note", "Set Up a Mail Program" },
  { "note-both", POSTWEG_VERDICT_WORKS_WITH_NOTE, FALSE, FALSE, POSTWEG_BOTH, "ipv6-broken",
    "Both ways work. A note.", "works-with-note", ": Works with a note", ": Works with a note",
    "Set Up a Mail Program" },
  { "receive-only", POSTWEG_VERDICT_RECEIVE_ONLY, FALSE, TRUE, POSTWEG_SEND, "port-blocked",
    "You can receive. You cannot send.", "receive-only", ": Works", ": Does not work", NULL },
  { "send-only", POSTWEG_VERDICT_SEND_ONLY, TRUE, FALSE, POSTWEG_RECEIVE, "mailbox-in-use",
    "You can send. You cannot receive.", "send-only", ": Does not work", ": Works", NULL },
  { "nothing-works", POSTWEG_VERDICT_NOTHING_WORKS, TRUE, TRUE, POSTWEG_BOTH, "captive-portal",
    "You can neither receive nor send.", "nothing-works", ": Does not work", ": Does not work", NULL },
  { "refused", POSTWEG_VERDICT_NOTHING_WORKS, TRUE, TRUE, POSTWEG_BOTH, "wrong-credentials",
    "You can neither receive nor send.", "nothing-works", ": Does not work", ": Does not work",
    "Enter Another Password" },
  { "refused-for-sending", POSTWEG_VERDICT_RECEIVE_ONLY, FALSE, TRUE, POSTWEG_SEND,
    "outgoing-credentials-differ", "You can receive. You cannot send.", "receive-only", ": Works",
    ": Does not work", "Enter Another Password" },
  { "app-password", POSTWEG_VERDICT_SEND_ONLY, TRUE, FALSE, POSTWEG_RECEIVE, "app-password-required",
    "You can send. You cannot receive.", "send-only", ": Does not work", ": Works",
    "Enter Another Password" },
};

static void
show_verdict (TestWindow *test, guint i)
{
  g_autoptr (PostwegSecret) secret = postweg_secret_new ("tuesday");
  const PostwegAccount *account;
  PostwegTestResult *result;

  test_fill (test, ADDRESS, test_silent_port (), test_silent_port ());
  postweg_journey_take_credentials (test->journey, postweg_credentials_new (secret, NULL, NULL));
  account = postweg_journey_get_account (test->journey);
  result = postweg_test_result_new (account);
  result->incoming = good_evidence (account->incoming);
  result->outgoing = good_evidence (account->outgoing);
  result->verdict = verdicts[i].verdict;
  if (verdicts[i].in_fails)
    fail (result->incoming);
  if (verdicts[i].out_fails)
    fail (result->outgoing);
  if (verdicts[i].cause != NULL)
    {
      PostwegFinding *finding = postweg_finding_new (verdicts[i].cause);

      finding->side = verdicts[i].side;
      finding->headline = g_strdup (verdicts[i].says);
      g_ptr_array_add (result->findings, finding);
    }
  postweg_journey_take_result (test->journey, result);
  test_show (test, POSTWEG_TYPE_PAGE_RESULT);
}

static char *
way_words (PostwegPage *page, const char *way)
{
  const char *words =
      adw_action_row_get_subtitle (ADW_ACTION_ROW (test_get (page, ADW_TYPE_ACTION_ROW, way)));

  return g_strdup (strrchr (words, ':'));
}

static void
test_verdict (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autoptr (TestWindow) test = test_window_new ();
  g_autofree char *icon = g_strdup_printf ("postweg-verdict-%s-symbolic", verdicts[i].icon);
  g_autofree char *picture = g_strdup_printf ("result-verdict-%s", verdicts[i].name);
  g_autofree char *in = NULL;
  g_autofree char *out = NULL;
  GtkWidget *suggested;
  PostwegPage *page;

  show_verdict (test, i);
  page = test_page (test);
  g_assert_true (test_says (page, verdicts[i].says));
  g_assert_cmpint (test_says (page, "Both ways work"), ==,
                   strstr (verdicts[i].says, "Both ways work") != NULL);
  g_assert_cmpstr (gtk_image_get_icon_name (GTK_IMAGE (test_get (page, GTK_TYPE_IMAGE, NULL))), ==, icon);
  in = way_words (page, "Receiving");
  out = way_words (page, "Sending");
  g_assert_cmpstr (in, ==, verdicts[i].in);
  g_assert_cmpstr (out, ==, verdicts[i].out);
  suggested = gtk_window_get_default_widget (GTK_WINDOW (test->window));
  g_assert_cmpint (gtk_widget_has_css_class (suggested, "suggested-action"), ==, verdicts[i].way_on != NULL);
  if (verdicts[i].way_on != NULL)
    g_assert_cmpstr (test_button_words (suggested), ==, verdicts[i].way_on);
  test_picture (test, picture);
}

/* Another password: the page for it, with the keyboard where it is typed, and what is kept is not offered again as if it were good. */
static void
test_refused (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (verdicts); i++)
    {
      g_autoptr (TestWindow) test = NULL;
      gboolean sending = verdicts[i].side == POSTWEG_SEND;
      const PostwegCredentials *credentials;
      PostwegPage *page;
      GtkWidget *entry, *focus;

      if (g_strcmp0 (verdicts[i].way_on, "Enter Another Password") != 0)
        continue;
      test = test_window_new ();
      show_verdict (test, i);
      test_press (test->window, "Enter Another Password");
      page = test_page (test);
      g_assert_cmpstr (G_OBJECT_TYPE_NAME (page), ==, "PostwegPagePassword");
      g_assert_true (
          test_says (page, sending ? "The password for sending was refused" : "before was refused"));
      entry = test_get (page, GTK_TYPE_PASSWORD_ENTRY, sending ? "Password for Sending" : "Password");
      focus = gtk_window_get_focus (GTK_WINDOW (test->window));
      g_assert_true (focus != NULL && gtk_widget_is_ancestor (focus, entry));
      /* nothing typed: the same account with the same password has its result already */
      gtk_editable_set_text (GTK_EDITABLE (entry), "wednesday");
      test_press (test->window, "Continue");
      g_assert_null (postweg_journey_get_result (test->journey));
      credentials = postweg_journey_get_credentials (test->journey);
      g_assert_cmpint (strcmp (postweg_secret_peek (credentials->incoming), "wednesday") == 0, ==, !sending);
      g_assert_cmpstr (postweg_secret_peek (credentials->outgoing), ==, "wednesday");
    }
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  for (guint i = 0; i < G_N_ELEMENTS (verdicts); i++)
    {
      g_autofree char *path = g_strdup_printf ("/ui/verdict/%s", verdicts[i].name);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_verdict);
    }
  g_test_add_func ("/ui/verdict/refused/password-page", test_refused);
  return g_test_run ();
}
