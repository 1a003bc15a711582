/* One mail to oneself over real Dovecot and Postfix: what becomes of it, what is said about it, and that nothing else is touched. */
#include "../slower.h"
#include "checkup/checkup.h"
#include "lab.h"
#include "model/json.h"
#include <string.h>

static Lab *lab;

typedef struct {
  const char *name;
  const char *user;
  PostwegProtocol protocol;
  guint timeout_s;
  PostwegDeliveryOutcome outcome;
  const char *verdict;
  const char *cause;    /* of the first finding, or NULL */
  const char *found_in; /* or NULL */
  guint inbox, sent;    /* copies */
  const char *sentence; /* part of what is said */
} Row;

#define ARRIVED POSTWEG_DELIVERY_ARRIVED
#define LOST POSTWEG_DELIVERY_LOST
#define BOUNCED POSTWEG_DELIVERY_BOUNCED
#define NOT_SENT POSTWEG_DELIVERY_NOT_SENT

/* clang-format off */
static const Row rows[] = {
  { "imap", "alice", POSTWEG_IMAP, 30, ARRIVED, "works", NULL, "inbox", 1, 0, "in the inbox" },
  { "pop3", "alice", POSTWEG_POP3, 30, ARRIVED, "works", NULL, "inbox", 1, 0, "in the inbox" },
  { "imap/other-login", "dora", POSTWEG_IMAP, 30, ARRIVED, "works", NULL, "inbox", 1, 0, "removed again" },
  { "imap/special-password", "erwin", POSTWEG_IMAP, 30, ARRIVED, "works", NULL, "inbox", 1, 0, "removed again" },
  { "imap/no-idle-no-uidplus", "plain", POSTWEG_IMAP, 30, ARRIVED, "works", NULL, "inbox", 1, 0, "removed again" },
  { "imap/junk", "junky", POSTWEG_IMAP, 30, ARRIVED, "works-with-note", NULL, "junk", 0, 0, "folder for spam" },
  { "imap/sorted-into-new-folder", "sorted", POSTWEG_IMAP, 30, ARRIVED, "works", NULL, "other", 0, 0, "“Lists”" },
  { "imap/sorted-into-known-folder", "sorted", POSTWEG_IMAP, 30, ARRIVED, "works", NULL, "other", 0, 0, "“Lists”" },
  { "imap/twice", "twin", POSTWEG_IMAP, 30, ARRIVED, "works-with-note", NULL, "inbox", 2, 0, "It came 2 times." },
  { "pop3/twice", "twin", POSTWEG_POP3, 30, ARRIVED, "works-with-note", NULL, "inbox", 2, 0, "It came 2 times." },
  { "imap/filed-by-server", "filed", POSTWEG_IMAP, 30, ARRIVED, "works", NULL, "inbox", 1, 1, "should not keep another" },
  { "imap/filed-twice", "doubly", POSTWEG_IMAP, 30, ARRIVED, "works-with-note", "sent-twice", "inbox", 1, 2, "keeps 2 copies" },
  { "imap/lost", "lost", POSTWEG_IMAP, 6, LOST, "not-tested", "test-mail-lost", NULL, 0, 0, "did not come back" },
  { "pop3/lost", "lost", POSTWEG_POP3, 6, LOST, "not-tested", "test-mail-lost", NULL, 0, 0, "did not come back" },
  { "pop3/junk-is-not-seen", "junky", POSTWEG_POP3, 6, LOST, "not-tested", "test-mail-lost", NULL, 0, 0, "If it still comes" },
  { "imap/bounced", "bouncy", POSTWEG_IMAP, 30, BOUNCED, "receive-only", "recipient-mailbox-full", NULL, 0, 0, "no more room" },
  { "pop3/bounced", "bouncy", POSTWEG_POP3, 30, BOUNCED, "receive-only", "recipient-mailbox-full", NULL, 0, 0, "no more room" },
  { "imap/refused-for-content", "picky", POSTWEG_IMAP, 30, NOT_SENT, "receive-only", "content-rejected", NULL, 0, 0, "No mail was sent. The outgoing server answered: “5" },
  { "imap/greylisted", "grey", POSTWEG_IMAP, 30, NOT_SENT, "receive-only", "greylisted", NULL, 0, 0, "No mail was sent. The outgoing server answered: “4" },
};
/* clang-format on */

/* running */

typedef struct {
  GMainLoop *loop;
  PostwegTestResult *result;
  GString *told; /* side and stage of each step */
  GCancellable *cancellable;
  guint timer;      /* that stops it; 0: none */
  gboolean waiting; /* stopped as soon as it waits for the arrival */
} Run;

static void
note_step (PostwegSide side, const PostwegStep *step, gpointer data)
{
  g_string_append_printf (((Run *) data)->told, "%s:%s:%s ", postweg_side_name (side),
                          postweg_stage_name (step->stage), postweg_step_verdict_name (step->verdict));
}

static void
note_begin (PostwegSide side G_GNUC_UNUSED, PostwegStage stage, gpointer data)
{
  Run *run = data;

  if (run->waiting && stage == POSTWEG_STAGE_ARRIVAL)
    g_cancellable_cancel (run->cancellable);
}

static void
tested (GObject *source G_GNUC_UNUSED, GAsyncResult *answer, gpointer data)
{
  Run *run = data;
  g_autoptr (GError) error = NULL;

  run->result = postweg_checkup_test_finish (answer, &error);
  g_assert_no_error (error);
  g_main_loop_quit (run->loop);
}

static void
delivered (GObject *source G_GNUC_UNUSED, GAsyncResult *answer, gpointer data)
{
  Run *run = data;
  g_autoptr (GError) error = NULL;

  g_assert_true (postweg_checkup_deliver_finish (answer, run->result, &error));
  g_assert_no_error (error);
  g_main_loop_quit (run->loop);
}

static PostwegTestRequest *
request_for (const char *name, PostwegProtocol protocol, guint timeout_s)
{
  const LabUser *user = lab_user (name);
  g_autoptr (PostwegServer) in = postweg_server_new (
      protocol, LAB_GUARDED_HOST, lab->ports[protocol == POSTWEG_IMAP ? LAB_IMAPS : LAB_POP3S], POSTWEG_TLS,
      user->login);
  g_autoptr (PostwegServer) out =
      postweg_server_new (POSTWEG_SMTP, LAB_GUARDED_HOST, lab->ports[LAB_SMTPS], POSTWEG_TLS, user->login);
  g_autoptr (PostwegAccount) account = postweg_account_new ("Änne “Ä” Müller", user->address, in, out);
  g_autoptr (PostwegSecret) secret = postweg_secret_new (user->password);
  g_autoptr (PostwegCredentials) credentials = postweg_credentials_new (secret, NULL, NULL);
  PostwegTestRequest *request = postweg_test_request_new (account, credentials);

  request->trust_file = g_strdup (lab->ca);
  request->timeout_s = timeout_s;
  return request;
}

static void
run_init (Run *run, PostwegTestRequest *request)
{
  PostwegTestRequest *first = postweg_test_request_copy (request);

  first->timeout_s =
      MAX (first->timeout_s, 30); /* how long a lost mail is waited for is not what a test may take */
  *run = (Run){ g_main_loop_new (NULL, FALSE), NULL, g_string_new (NULL), g_cancellable_new (), 0, FALSE };
  postweg_checkup_test (first, NULL, NULL, tested, run);
  g_main_loop_run (run->loop);
  g_assert_true (postweg_checkup_can_deliver (run->result));
}

static void
run_delivery (Run *run, PostwegTestRequest *request)
{
  PostwegTestWatch watch = { .begun = note_begin, .step = note_step, .data = run };

  postweg_checkup_deliver (request, run->result, &watch, run->cancellable, delivered, run);
  g_main_loop_run (run->loop);
}

static void
run_clear (Run *run)
{
  g_main_loop_unref (run->loop);
  postweg_test_result_free (run->result);
  g_string_free (run->told, TRUE);
  g_object_unref (run->cancellable);
  if (run->timer != 0)
    g_source_remove (run->timer);
}

static char *
sentences_of (const PostwegDelivery *delivery)
{
  g_autoptr (GPtrArray) lines = postweg_checkup_delivery_text (delivery);

  g_ptr_array_add (lines, NULL);
  return g_strjoinv ("\n", (char **) lines->pdata);
}

/* Every mail that was there is still there, unchanged; of ours nothing is left where it was found. */
static void
assert_untouched (const char *before, const char *after, guint new_ones)
{
  g_auto (GStrv) old = g_strsplit (before, "\n", -1);
  g_auto (GStrv) now = g_strsplit (after, "\n", -1);

  for (guint i = 0; old[i] != NULL; i++)
    g_assert_true (g_strv_contains ((const char *const *) now, old[i]));
  g_assert_cmpuint (g_strv_length (now), ==, g_strv_length (old) + new_ones);
}

/* What the row promises about words and findings. */
static void
check_row (const Row *row, const Run *run)
{
  const PostwegTestResult *result = run->result;
  const PostwegDelivery *delivery = result->delivery;
  const PostwegDeliveryPlace *place = postweg_delivery_arrived (delivery);
  g_autofree char *sentences = sentences_of (delivery);
  const PostwegFinding *first = result->findings->len > 0 ? g_ptr_array_index (result->findings, 0) : NULL;

  g_test_message ("%s\n%s", run->told->str, sentences);
  g_assert_cmpstr (postweg_delivery_outcome_name (delivery->outcome), ==,
                   postweg_delivery_outcome_name (row->outcome));
  g_assert_cmpstr (postweg_verdict_name (result->verdict), ==, row->verdict);
  g_assert_cmpstr (first != NULL ? first->cause : NULL, ==, row->cause);
  g_assert_cmpstr (place != NULL ? postweg_folder_kind_name (place->kind) : NULL, ==, row->found_in);
  g_assert_cmpuint (postweg_delivery_copies (delivery, POSTWEG_FOLDER_INBOX), ==, row->inbox);
  g_assert_cmpuint (postweg_delivery_copies (delivery, POSTWEG_FOLDER_SENT), ==, row->sent);
  if (strstr (sentences, row->sentence) == NULL)
    g_test_fail_printf ("“%s” is not in: %s", row->sentence, sentences);
  for (guint i = 0; i < result->findings->len; i++)
    g_assert_cmpuint (((const PostwegFinding *) g_ptr_array_index (result->findings, i))->evidence->len, >,
                      0);
}

/* What holds for every delivery. */
static void
check_rules (const Row *row, const Run *run)
{
  const PostwegDelivery *delivery = run->result->delivery;
  g_autoptr (JsonNode) node = postweg_test_result_to_json (run->result, TRUE);
  g_autofree char *json = postweg_json_text (node);

  g_assert_null (strstr (json, lab_user (row->user)->password));
  g_assert_nonnull (strstr (json, "\"delivery\""));
  g_assert_cmpuint (postweg_delivery_left (delivery), ==, 0);
  g_assert_cmpuint (delivery->outgoing_sign_ins, ==, 1);
  g_assert_cmpuint (delivery->incoming_sign_ins, >=, 1);
  g_assert_cmpuint (run->result->incoming->login_attempts, ==, 1);
  if (row->protocol == POSTWEG_IMAP)
    g_assert_cmpuint (delivery->incoming_sign_ins, ==, 1);
  if (row->outcome == ARRIVED)
    g_assert_cmpuint (delivery->hops->len, >=, 2);
  if (row->outcome != NOT_SENT)
    g_assert_nonnull (strstr (run->told->str, "send:data:ok receive:arrival:") != NULL ||
                              row->outcome == BOUNCED
                          ? run->told->str
                          : NULL);
}

static void
test_row (gconstpointer data)
{
  const Row *row = data;
  PostwegTestRequest *request = request_for (row->user, row->protocol, row->timeout_s);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  gboolean stays = row->outcome == BOUNCED || strcmp (row->name, "pop3/junk-is-not-seen") == 0;
  Run run;

  lab_deliver (lab, row->user, "An older mail");
  run_init (&run, request);
  before = lab_list_mail (lab, row->user);
  run_delivery (&run, request);
  after = lab_list_mail (lab, row->user);
  check_row (row, &run);
  check_rules (row, &run);
  assert_untouched (before, after, stays ? 1 : 0);
  run_clear (&run);
}

/* Without UIDPLUS a mail that the person has marked is not swept away with ours: ours stays marked then. */
static void
test_marked_mail_stays (void)
{
  PostwegTestRequest *request = request_for ("plain", POSTWEG_IMAP, 20);
  g_autofree char *after = NULL;
  g_autofree char *sentences = NULL;
  Run run;

  lab_deliver (lab, "plain", "Marked by the person");
  lab_mark_deleted (lab, "plain", "Marked by the person");
  run_init (&run, request);
  run_delivery (&run, request);
  sentences = sentences_of (run.result->delivery);
  after = lab_list_mail (lab, "plain");
  g_test_message ("%s", sentences);
  g_assert_cmpuint (lab_count_mails (lab, "plain", NULL, "Marked by the person"), ==, 1);
  g_assert_cmpuint (lab_count_mails (lab, "plain", NULL, run.result->delivery->subject), ==, 1);
  g_assert_cmpuint (postweg_delivery_left (run.result->delivery), ==, 1);
  g_assert_nonnull (strstr (sentences, "marked as deleted"));
  run_clear (&run);
}

/* With UIDPLUS both are possible: ours goes, the person's stays marked. */
static void
test_uid_expunge (void)
{
  PostwegTestRequest *request = request_for ("bob", POSTWEG_IMAP, 20);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  Run run;

  lab_deliver (lab, "bob", "Marked by the person");
  lab_mark_deleted (lab, "bob", "Marked by the person");
  run_init (&run, request);
  before = lab_list_mail (lab, "bob");
  run_delivery (&run, request);
  after = lab_list_mail (lab, "bob");
  g_assert_cmpstr (before, ==, after);
  g_assert_nonnull (strstr (before, ". T "));
  run_clear (&run);
}

static gboolean
stop (gpointer data)
{
  Run *run = data;

  run->timer = 0;
  g_cancellable_cancel (run->cancellable);
  return G_SOURCE_REMOVE;
}

static guint
lines_in (const char *list)
{
  g_auto (GStrv) lines = g_strsplit (list, "\n", -1);

  return g_strv_length (lines);
}

/* What a stopped mail leaves behind: nothing, or it was said that it may still come. */
static gboolean
is_named (const PostwegDelivery *delivery)
{
  g_autofree char *sentences = sentences_of (delivery);

  return delivery->outcome == POSTWEG_DELIVERY_UNDECIDED && strstr (sentences, "If it still comes") != NULL;
}

/* Stopped at any moment: it ends soon, and what was sent is gone or named. On a busy machine a named one may come
 * at any later moment, also into the next of these tests. */
static void
test_stopped (gconstpointer data)
{
  static guint named;
  guint ms = GPOINTER_TO_UINT (data);
  PostwegTestRequest *request = request_for ("carol", POSTWEG_IMAP, 20);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  gint64 start;
  Run run;

  run_init (&run, request);
  before = lab_list_mail (lab, "carol");
  start = g_get_monotonic_time ();
  run.timer = g_timeout_add (ms, stop, &run);
  run_delivery (&run, request);
  g_assert_cmpint (g_get_monotonic_time () - start, <, SLOWER * 12 * G_USEC_PER_SEC);
  after = lab_list_mail (lab, "carol");
  g_test_message ("%s %s", postweg_delivery_outcome_name (run.result->delivery->outcome), run.told->str);
  named += is_named (run.result->delivery) ? 1 : 0;
  g_assert_cmpuint (lines_in (after), <=, lines_in (before) + named);
  assert_untouched (before, after, lines_in (after) - lines_in (before));
  run_clear (&run);
}

/* A mail that is lost and waited for is stopped at once, and what may still come is named. */
static void
test_stopped_while_waiting (void)
{
  PostwegTestRequest *request = request_for ("lost", POSTWEG_IMAP, 60);
  g_autofree char *sentences = NULL;
  gint64 start;
  Run run;

  run_init (&run, request);
  start = g_get_monotonic_time ();
  run.waiting = TRUE;
  run_delivery (&run, request);
  g_assert_cmpint (g_get_monotonic_time () - start, <, SLOWER * 8 * G_USEC_PER_SEC);
  sentences = sentences_of (run.result->delivery);
  g_assert_cmpstr (postweg_delivery_outcome_name (run.result->delivery->outcome), ==, "undecided");
  g_assert_cmpstr (postweg_verdict_name (run.result->verdict), ==, "not-tested");
  g_assert_true (run.result->delivery->stopped);
  g_assert_nonnull (strstr (sentences, "If it still comes"));
  g_assert_cmpuint (run.result->findings->len, ==, 0);
  run_clear (&run);
}

/* A mail that was stopped can be sent once more without another test; what the first one showed makes room. */
static void
test_once_more (void)
{
  g_autoptr (PostwegTestRequest) request = request_for ("carol", POSTWEG_IMAP, 20);
  guint incoming, outgoing;
  Run run;

  run_init (&run, request);
  incoming = run.result->incoming->steps->len;
  outgoing = run.result->outgoing->steps->len;
  run.timer = g_timeout_add (5, stop, &run);
  run_delivery (&run, postweg_test_request_copy (request));
  g_assert_cmpstr (postweg_verdict_name (run.result->verdict), ==, "not-tested");
  for (guint i = 0; i < 2; i++)
    {
      g_assert_true (postweg_checkup_can_deliver (run.result));
      g_set_object (&run.cancellable, NULL);
      run.cancellable = g_cancellable_new ();
      run_delivery (&run, postweg_test_request_copy (request));
      g_assert_cmpstr (postweg_delivery_outcome_name (run.result->delivery->outcome), ==, "arrived");
      g_assert_cmpstr (postweg_verdict_name (run.result->verdict), ==, "works");
      g_assert_cmpuint (run.result->incoming->steps->len, ==, incoming + 1);
      g_assert_cmpuint (run.result->outgoing->steps->len, ==, outgoing + 1);
    }
  run_clear (&run);
}

/* A sign-in that was refused for the mail is not tried again before a test. */
static void
test_not_once_more (void)
{
  PostwegTestRequest *request = request_for ("carol", POSTWEG_IMAP, 20);
  Run run;

  run_init (&run, request);
  run_delivery (&run, request);
  g_assert_true (postweg_checkup_can_deliver (run.result));
  g_ptr_array_add (run.result->delivery->outgoing_steps,
                   postweg_step_new (POSTWEG_STAGE_AUTH, POSTWEG_STEP_FAILED, POSTWEG_OK));
  g_assert_false (postweg_checkup_can_deliver (run.result));
  run_clear (&run);
}

int
main (int argc, char **argv)
{
  static const guint moments[] = { 0, 5, 15, 30, 60, 200, 600, 1200, 2050 };
  g_autoptr (GError) error = NULL;
  int result;

  g_test_init (&argc, &argv, NULL);
  lab = lab_start (&error);
  if (lab == NULL)
    {
      g_print ("1..0 # SKIP %s\n", error->message);
      return 0;
    }
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strconcat ("/checkup/delivery/", rows[i].name, NULL);

      g_test_add_data_func (path, &rows[i], test_row);
    }
  g_test_add_func ("/checkup/delivery/imap/marked-mail-stays", test_marked_mail_stays);
  g_test_add_func ("/checkup/delivery/imap/uid-expunge", test_uid_expunge);
  for (guint i = 0; i < G_N_ELEMENTS (moments); i++)
    {
      g_autofree char *path = g_strdup_printf ("/checkup/delivery/stopped/after-%u-ms", moments[i]);

      g_test_add_data_func (path, GUINT_TO_POINTER (moments[i]), test_stopped);
    }
  g_test_add_func ("/checkup/delivery/stopped/while-waiting", test_stopped_while_waiting);
  g_test_add_func ("/checkup/delivery/once-more", test_once_more);
  g_test_add_func ("/checkup/delivery/not-once-more", test_not_once_more);
  result = g_test_run ();
  lab_stop (lab);
  return result;
}
