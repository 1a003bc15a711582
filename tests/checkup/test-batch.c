/* The flow of a batch with scripted servers: each account once, no sign-in too many, and every end is an end. */
#include "../slower.h"
#include "checks.h"
#include "checkup/batch/batch.h"
#include "checkup/batch/crowd.h"
#include "papers.h"
#include "practice/practice.h"
#include "scenes.h"
#include <fcntl.h>
#include <json-glib/json-glib.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#define PASSWORD "Kein Wort davon"

static Papers papers;
static char *list, *written;

typedef struct {
  PostwegPractice *incoming, *outgoing;
} Servers;

static PostwegPractice *
start_server (const char *script)
{
  g_autoptr (GError) error = NULL;
  PostwegPracticeOptions options = { .script = script, .certificate = papers.certificate, .key = papers.key };
  PostwegPractice *server = postweg_practice_start (&options, &error);

  g_assert_no_error (error);
  return server;
}

static Servers
start_servers (const char *incoming, const char *outgoing)
{
  return (Servers){ start_server (incoming), start_server (outgoing) };
}

static void
stop_servers (Servers *servers)
{
  postweg_practice_stop (servers->incoming);
  postweg_practice_stop (servers->outgoing);
}

/* `same`: all lines are one account. */
static void
write_list (const Servers *servers, guint n, gboolean same)
{
  g_autoptr (GString) text = g_string_new ("address,user,password,incoming,outgoing\n");

  for (guint i = 0; i < n; i++)
    g_string_append_printf (
        text, "user-%u@firm.example,user-%u," PASSWORD ",imaps://127.0.0.1:%u,smtps://127.0.0.1:%u\n", i,
        same ? 0 : i, postweg_practice_port (servers->incoming), postweg_practice_port (servers->outgoing));
  g_assert_true (g_file_set_contents_full (list, text->str, (gssize) text->len,
                                           G_FILE_SET_CONTENTS_CONSISTENT, 0600, NULL));
}

typedef struct {
  GMainLoop *loop;
  GCancellable *cancellable;
  guint timer; /* of the cancellation, while it is to come */
  PostwegBatchOutcome *outcome;
  GError *error;
  GString *remarks;
  guint progress;
  GHashTable *verdicts; /* line -> verdict, or the first cause where there is one, or “!” */
  char *text;           /* what was written */
  gint64 took;
} Run;

static void
done (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer data)
{
  Run *run = data;

  run->outcome = postweg_checkup_batch_finish (result, &run->error);
  g_main_loop_quit (run->loop);
}

static void
hear_progress (const char *text, gpointer data)
{
  g_assert_nonnull (strstr (text, "accounts tested"));
  ((Run *) data)->progress++;
}

static void
hear_remark (const char *text, gpointer data)
{
  g_string_append_printf (((Run *) data)->remarks, "%s\n", text);
}

static gboolean
cancel (gpointer data)
{
  ((Run *) data)->timer = 0;
  g_cancellable_cancel (((Run *) data)->cancellable);
  return G_SOURCE_REMOVE;
}

static void
read_line (Run *run, const char *text)
{
  g_autoptr (JsonNode) node = json_from_string (text, NULL);
  JsonObject *object = json_node_get_object (node);
  const char *what = json_object_get_string_member_with_default (object, "verdict", "!");

  if (json_object_has_member (object, "findings"))
    {
      JsonArray *findings = json_object_get_array_member (object, "findings");

      if (json_array_get_length (findings) > 0)
        what = json_object_get_string_member (json_array_get_object_element (findings, 0), "cause");
    }
  g_assert_true (g_hash_table_insert (
      run->verdicts, GINT_TO_POINTER ((int) json_object_get_int_member (object, "line")), g_strdup (what)));
}

static PostwegBatchRequest *
request_new (void)
{
  PostwegBatchRequest *request = postweg_batch_request_new (list);

  request->trust_file = g_strdup (papers.ca);
  request->consent = POSTWEG_CONSENT_OFFLINE;
  request->progress_ms = 5;
  request->pause_ms = 2;
  return request;
}

/* Takes the request. stop_ms: cancels after that time, 0: does not */
static Run
run_batch (PostwegBatchRequest *request, guint stop_ms)
{
  Run run = { .loop = g_main_loop_new (NULL, FALSE),
              .cancellable = g_cancellable_new (),
              .remarks = g_string_new (NULL),
              .verdicts = g_hash_table_new_full (NULL, NULL, NULL, g_free) };
  const PostwegBatchWatch watch = { hear_progress, hear_remark, &run };
  int output = open (written, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  g_auto (GStrv) lines = NULL;

  if (request->output == STDOUT_FILENO)
    request->output = output;
  run.took = g_get_monotonic_time ();
  if (stop_ms > 0)
    run.timer = g_timeout_add (stop_ms, cancel, &run);
  postweg_checkup_batch (request, &watch, run.cancellable, done, &run);
  g_main_loop_run (run.loop);
  g_clear_handle_id (&run.timer, g_source_remove);
  run.took = g_get_monotonic_time () - run.took;
  close (output);
  g_assert_true (g_file_get_contents (written, &run.text, NULL, NULL));
  lines = g_strsplit (run.text, "\n", -1);
  for (guint i = 0; lines[i] != NULL && *lines[i] != '\0'; i++)
    read_line (&run, lines[i]);
  g_assert_false (holds_secret (run.text, PASSWORD));
  g_assert_false (holds_secret (run.remarks->str, PASSWORD));
  g_assert_true (run.outcome == NULL || !holds_secret (run.outcome->summary, PASSWORD));
  g_test_message ("%s%s", run.remarks->str, run.outcome != NULL ? run.outcome->summary : run.error->message);
  return run;
}

static void
run_clear (Run *run)
{
  g_main_loop_unref (run->loop);
  g_object_unref (run->cancellable);
  postweg_batch_outcome_free (run->outcome);
  g_clear_error (&run->error);
  g_string_free (run->remarks, TRUE);
  g_hash_table_unref (run->verdicts);
  g_free (run->text);
}

static guint
count (PostwegPractice *server, const char *what)
{
  g_autofree char *heard = postweg_practice_heard (server);
  guint n = 0;

  for (const char *at = heard; (at = strstr (at, what)) != NULL; at += strlen (what))
    n++;
  return n;
}

static void
assert_all (const Run *run, guint n, const char *verdict)
{
  g_assert_no_error (run->error);
  g_assert_cmpuint (g_hash_table_size (run->verdicts), ==, n);
  for (guint i = 0; i < n; i++)
    g_assert_cmpstr (g_hash_table_lookup (run->verdicts, GUINT_TO_POINTER (i + 2)), ==, verdict);
}

#define IMAP "TLS\n" IMAP_GOOD
#define SMTP "TLS\n" SMTP_GOOD

/* Whatever the numbers: every account once, signed in once at each server. */
static void
test_all_work (void)
{
  static const struct {
    int jobs, per_server;
    guint n;
    gboolean same;
  } table[] = { { 1, 1, 5, FALSE },      { 32, 1, 20, FALSE }, { 1, 8, 5, FALSE }, { 32, 8, 150, FALSE },
                { 512, 512, 40, FALSE }, { 8, 8, 12, TRUE },   { 32, 8, 1, FALSE } };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      Servers servers = start_servers (IMAP, SMTP);
      PostwegBatchRequest *request = request_new ();
      Run run;

      write_list (&servers, table[i].n, table[i].same);
      request->jobs = table[i].jobs;
      request->per_server = table[i].per_server;
      run = run_batch (request, 0);
      assert_all (&run, table[i].n, "works");
      g_assert_cmpint (run.outcome->worst, ==, POSTWEG_VERDICT_WORKS);
      g_assert_cmpuint (run.progress, >=, 1);
      g_assert_cmpuint (count (servers.incoming, "AUTHENTICATE"), ==, table[i].n);
      g_assert_cmpuint (count (servers.outgoing, "AUTH PLAIN"), ==, table[i].n);
      run_clear (&run);
      stop_servers (&servers);
    }
}

/* The answer of a server is the same for many as for one, and costs no more sign-ins than two. */
static void
test_refused (void)
{
  Servers servers = start_servers (
      "TLS\n" IMAP_GREETING IMAP_LOOP ("ON AUTHENTICATE PLAIN\nS: {tag} NO [AUTHENTICATIONFAILED] no\n"),
      "TLS\nS: 220 mail ESMTP\n" SMTP_LOOP ("ON AUTH PLAIN\nS: 535 5.7.8 no\n"));
  Run run;

  write_list (&servers, 20, FALSE);
  run = run_batch (request_new (), 0);
  assert_all (&run, 20, "wrong-credentials");
  g_assert_cmpint (run.outcome->worst, ==, POSTWEG_VERDICT_NOTHING_WORKS);
  g_assert_cmpuint (count (servers.incoming, "AUTHENTICATE"), >=, 20);
  g_assert_cmpuint (count (servers.incoming, "AUTHENTICATE"), <=, 40);
  g_assert_cmpuint (count (servers.outgoing, "AUTH PLAIN"), <=, 40);
  g_assert_nonnull (strstr (run.outcome->summary, "     20  wrong-credentials"));
  run_clear (&run);
  stop_servers (&servers);
}

/* A server that has no room for anybody: nobody waits for ever, and each account gets the true cause. */
static void
test_no_room (void)
{
  Servers servers =
      start_servers ("TLS\nS: * BYE [UNAVAILABLE] Too many connections from your IP\nCLOSE\n", SMTP);
  Run run;

  write_list (&servers, 30, FALSE);
  run = run_batch (request_new (), 0);
  assert_all (&run, 30, "too-many-connections");
  g_assert_nonnull (
      strstr (run.remarks->str, "127.0.0.1 asks for fewer connections. From now on: at most 4"));
  g_assert_nonnull (strstr (run.remarks->str, "at most 1"));
  g_assert_cmpuint (count (servers.outgoing, "AUTH PLAIN"), <=, 60);
  g_assert_cmpint (run.took, <, SLOWER * 20 * G_USEC_PER_SEC);
  run_clear (&run);
  stop_servers (&servers);
}

/* Servers that never answer, or that take each byte apart: stopping takes no longer for that, and nothing half is written. */
static void
test_stopped (void)
{
  static const char *const scripts[] = { "HANG\n", "TLS\nHANG\n", "TLS\n" IMAP_GREETING "HANG\n",
                                         "DRIP 50 * OK never ready at all" };

  for (guint i = 0; i < G_N_ELEMENTS (scripts); i++)
    {
      Servers servers = start_servers (scripts[i], "HANG\n");
      Run run;

      write_list (&servers, 50, FALSE);
      run = run_batch (request_new (), 150);
      g_assert_no_error (run.error);
      g_assert_cmpstr (run.text, ==, "");
      g_assert_true (strstr (run.outcome->summary, "Stopped with 50 accounts left.") != NULL ||
                     strstr (run.outcome->summary, "Stopped before the end") !=
                         NULL); /* a slow computer has not counted yet */
      g_assert_cmpint (run.outcome->worst, ==, POSTWEG_VERDICT_NOT_TESTED);
      g_assert_cmpint (run.took, <, SLOWER * 2 * G_USEC_PER_SEC);
      run_clear (&run);
      stop_servers (&servers);
    }
}

/* At whatever moment it is stopped, what is written is whole and true, and the rest is counted. */
static void
test_stopped_anywhere (void)
{
  Servers servers = start_servers (IMAP, SMTP);

  write_list (&servers, 60, FALSE);
  for (guint ms = 1; ms < 200; ms += 23)
    {
      Run run = run_batch (request_new (), ms);
      guint n = g_hash_table_size (run.verdicts);
      g_autofree char *left = g_strdup_printf ("with %u account", 60 - n);

      g_assert_no_error (run.error);
      if (n < 60 &&
          strstr (run.outcome->summary, "before the end") == NULL) /* so early that nobody has counted */
        g_assert_nonnull (strstr (run.outcome->summary, left));
      run_clear (&run);
    }
  stop_servers (&servers);
}

/* Nobody reads what is written: that ends the batch, and is said. */
static void
test_nobody_reads (void)
{
  Servers servers = start_servers (IMAP, SMTP);
  PostwegBatchRequest *request = request_new ();
  int ends[2];
  Run run;

  g_assert_cmpint (pipe (ends), ==, 0);
  close (ends[0]);
  signal (SIGPIPE, SIG_IGN);
  write_list (&servers, 60, FALSE);
  request->output = ends[1];
  run = run_batch (request, 0);
  g_assert_error (run.error, POSTWEG_ERROR, POSTWEG_ERROR_CANNOT_WRITE);
  close (ends[1]);
  run_clear (&run);
  stop_servers (&servers);
}

/* Lines that cannot be tested stand beside those that can. */
static void
test_bad_lines (void)
{
  Servers servers = start_servers (IMAP, SMTP);
  g_autofree char *text = NULL, *name = NULL;
  Run run;

  text = g_strdup_printf ("address,password,incoming,outgoing,floor\n"
                          "anna@firm.example," PASSWORD ",imaps://127.0.0.1:%u,smtps://127.0.0.1:%u\n"
                          "no address," PASSWORD "\n"
                          "bert@firm.example;" PASSWORD "\n"
                          "carl@nowhere-at-all.example," PASSWORD "\n",
                          postweg_practice_port (servers.incoming), postweg_practice_port (servers.outgoing));
  g_assert_true (g_file_set_contents_full (list, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, NULL));
  name = g_strdup_printf ("%s:3: This is no e-mail address", list);
  run = run_batch (request_new (), 0);
  g_assert_no_error (run.error);
  g_assert_cmpuint (g_hash_table_size (run.verdicts), ==, 4);
  g_assert_cmpstr (g_hash_table_lookup (run.verdicts, GINT_TO_POINTER (2)), ==, "works");
  for (int line = 3; line <= 5; line++)
    g_assert_cmpstr (g_hash_table_lookup (run.verdicts, GINT_TO_POINTER (line)), ==, "!");
  g_assert_nonnull (strstr (run.remarks->str, name));
  g_assert_nonnull (strstr (run.remarks->str, "The column “floor” is not known"));
  g_assert_cmpint (run.outcome->worst, ==, POSTWEG_VERDICT_NOT_TESTED);
  run_clear (&run);
  stop_servers (&servers);
}

/* Nothing is begun with a list, an output or an authority that cannot be used. */
static void
test_no_beginning (void)
{
  static const struct {
    const char *list, *resume, *trust_file;
    int code;
  } table[] = {
    { "/nowhere/list", NULL, NULL, POSTWEG_ERROR_CANNOT_READ },
    { NULL, "/nowhere/done", NULL, POSTWEG_ERROR_CANNOT_READ },
    { NULL, "/etc/passwd", NULL, POSTWEG_ERROR_BAD_FORMAT },
    { NULL, NULL, "/nowhere/ca.pem", POSTWEG_ERROR_CANNOT_READ },
  };

  g_assert_true (g_file_set_contents (list, "address\nanna@firm.example\n", -1, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      PostwegBatchRequest *request = postweg_batch_request_new (table[i].list != NULL ? table[i].list : list);
      Run run;

      request->resume = g_strdup (table[i].resume);
      request->trust_file = g_strdup (table[i].trust_file);
      run = run_batch (request, 0);
      g_assert_error (run.error, POSTWEG_ERROR, table[i].code);
      g_assert_null (run.outcome);
      g_assert_cmpstr (run.text, ==, "");
      run_clear (&run);
    }
}

/* the options */

static void
test_options (void)
{
  static const struct {
    const char *format, *resume;
    int jobs, per_server;
    gboolean good;
  } table[] = {
    { "json", NULL, 1, 1, TRUE },    { "json", "x", 512, 512, TRUE },     { "csv", NULL, 32, 8, TRUE },
    { "html", NULL, 32, 8, TRUE },   { "prometheus", NULL, 32, 8, TRUE }, { "csv", "x", 32, 8, FALSE },
    { "xml", NULL, 32, 8, FALSE },   { "json", NULL, 0, 8, FALSE },       { "json", NULL, -1, 8, FALSE },
    { "json", NULL, 513, 8, FALSE }, { "json", NULL, 32, 0, FALSE },      { "json", NULL, 32, 513, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (PostwegBatchRequest) request = postweg_batch_request_new ("list");
      g_autoptr (GError) error = NULL;

      g_assert_true (postweg_batch_request_check (request, NULL));
      g_free (request->format);
      request->format = g_strdup (table[i].format);
      request->resume = g_strdup (table[i].resume);
      request->jobs = table[i].jobs;
      request->per_server = table[i].per_server;
      g_assert_cmpint (postweg_batch_request_check (request, &error), ==, table[i].good);
      g_assert_true (table[i].good || g_error_matches (error, POSTWEG_ERROR, POSTWEG_ERROR_BAD_INPUT));
    }
}

/* what may be the crowd's fault */

static void
test_crowd (void)
{
  static const struct {
    PostwegStage stage;
    PostwegStepVerdict verdict;
    const char *cause;
    PostwegSide side; /* of the cause */
    gboolean greeted;
    PostwegCrowd expected;
  } table[] = {
    { POSTWEG_STAGE_MAILBOX, POSTWEG_STEP_OK, NULL, POSTWEG_BOTH, TRUE, POSTWEG_CROWD_NONE },
    { POSTWEG_STAGE_MAILBOX, POSTWEG_STEP_OK, "too-many-connections", POSTWEG_SEND, TRUE,
      POSTWEG_CROWD_NONE },
    { POSTWEG_STAGE_GREETING, POSTWEG_STEP_FAILED, "too-many-connections", POSTWEG_RECEIVE, TRUE,
      POSTWEG_CROWD_SAID },
    { POSTWEG_STAGE_GREETING, POSTWEG_STEP_FAILED, "too-many-connections", POSTWEG_BOTH, FALSE,
      POSTWEG_CROWD_SAID },
    { POSTWEG_STAGE_AUTH, POSTWEG_STEP_FAILED, "too-many-login-attempts", POSTWEG_RECEIVE, TRUE,
      POSTWEG_CROWD_SAID },
    { POSTWEG_STAGE_AUTH, POSTWEG_STEP_FAILED, "rate-limited", POSTWEG_SEND, TRUE, POSTWEG_CROWD_NONE },
    { POSTWEG_STAGE_AUTH, POSTWEG_STEP_FAILED, "wrong-credentials", POSTWEG_RECEIVE, TRUE,
      POSTWEG_CROWD_NONE },
    { POSTWEG_STAGE_TLS, POSTWEG_STEP_FAILED, "tls-on-plain-port", POSTWEG_RECEIVE, FALSE,
      POSTWEG_CROWD_DOUBTFUL },
    { POSTWEG_STAGE_GREETING, POSTWEG_STEP_FAILED, NULL, POSTWEG_BOTH, FALSE, POSTWEG_CROWD_DOUBTFUL },
    { POSTWEG_STAGE_GREETING, POSTWEG_STEP_FAILED, NULL, POSTWEG_BOTH, TRUE, POSTWEG_CROWD_NONE },
    { POSTWEG_STAGE_CONNECT, POSTWEG_STEP_FAILED, "connection-refused", POSTWEG_RECEIVE, FALSE,
      POSTWEG_CROWD_NONE },
    { POSTWEG_STAGE_DNS, POSTWEG_STEP_FAILED, NULL, POSTWEG_BOTH, FALSE, POSTWEG_CROWD_NONE },
  };
  g_autoptr (PostwegServer) server =
      postweg_server_new (POSTWEG_IMAP, "mail.example", 0, POSTWEG_TLS, "anna");
  g_autoptr (PostwegAccount) account = postweg_account_new ("", "anna@firm.example", server, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (PostwegTestResult) result = postweg_test_result_new (account);
      PostwegFinding *finding = table[i].cause != NULL ? postweg_finding_new (table[i].cause) : NULL;

      result->incoming = postweg_evidence_new (server);
      g_ptr_array_add (result->incoming->steps,
                       postweg_step_new (table[i].stage, table[i].verdict, POSTWEG_ERROR_BAD_INPUT));
      if (table[i].greeted)
        result->incoming->greeting = g_new0 (PostwegReply, 1);
      if (finding != NULL)
        {
          finding->side = table[i].side;
          g_ptr_array_add (result->findings, finding);
        }
      g_test_message ("row %u", i);
      g_assert_cmpint (postweg_crowd_at (result, POSTWEG_RECEIVE), ==, table[i].expected);
      g_assert_cmpint (postweg_crowd_at (result, POSTWEG_SEND), ==, POSTWEG_CROWD_NONE); /* it was left out */
    }
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  papers_make (&papers);
  list = g_build_filename (papers.folder, "list.csv", NULL);
  written = g_build_filename (papers.folder, "written", NULL);
  g_test_add_func ("/batch/all-work", test_all_work);
  g_test_add_func ("/batch/refused", test_refused);
  g_test_add_func ("/batch/no-room", test_no_room);
  g_test_add_func ("/batch/stopped", test_stopped);
  g_test_add_func ("/batch/stopped-anywhere", test_stopped_anywhere);
  g_test_add_func ("/batch/nobody-reads", test_nobody_reads);
  g_test_add_func ("/batch/bad-lines", test_bad_lines);
  g_test_add_func ("/batch/no-beginning", test_no_beginning);
  g_test_add_func ("/batch/options", test_options);
  g_test_add_func ("/batch/crowd", test_crowd);
  status = g_test_run ();
  papers_remove (&papers);
  return status;
}
