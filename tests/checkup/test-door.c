/* The door between the threads, the turn at the sign-in, and being stopped: nobody inside twice, nothing lost, nothing said afterwards. */
#include "../slower.h"
#include "checks.h"
#include "checkup/turn.h"
#include "checkup/worker.h"
#include "papers.h"
#include "practice/practice.h"
#include "scenes.h"
#include <string.h>

#define CROWD 64
#define BEHIND_MS 300 /* who went past the door would have been heard */
#define PASSWORD "Kein Wort davon"

static Papers papers;

/* jobs */

typedef struct {
  GMainLoop *loop;
  guint pending;
  GThread *home;
  guint sum;
  gint64 last_tick, longest_gap; /* of the main context, in us */
} Crowd;

static int inputs_freed; /* atomic */
static int results_freed;

static void
free_input (gpointer input)
{
  g_atomic_int_inc (&inputs_freed);
  g_free (input);
}

static void
free_result (gpointer result)
{
  postweg_worker_arrive ();
  g_atomic_int_inc (&results_freed);
  g_free (result);
}

/* Sleeps, and hands the input's double back from another thread. */
static gpointer
work (gpointer input, GCancellable *cancellable, GError **error G_GNUC_UNUSED)
{
  guint *result = g_new (guint, 1);

  for (guint i = 0; i < 20 && !g_cancellable_is_cancelled (cancellable); i++)
    g_usleep (10 * 1000);
  *result = 2 * *(guint *) input;
  return result;
}

static gpointer
work_in_vain (gpointer input G_GNUC_UNUSED, GCancellable *cancellable G_GNUC_UNUSED, GError **error)
{
  g_set_error_literal (error, POSTWEG_ERROR, POSTWEG_ERROR_NOT_FOUND, "nothing here");
  return NULL;
}

static const PostwegJob job = { work, free_input, free_result };
static const PostwegJob vain_job = { work_in_vain, free_input, free_result };

static void
job_done (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer data)
{
  Crowd *crowd = data;
  g_autoptr (GError) error = NULL;
  g_autofree guint *value = postweg_worker_finish (result, &error);

  g_assert_no_error (error);
  g_assert_true (g_thread_self () == crowd->home);
  crowd->sum += *value;
  if (--crowd->pending == 0)
    g_main_loop_quit (crowd->loop);
}

static gboolean
tick (gpointer data)
{
  Crowd *crowd = data;
  gint64 now = g_get_monotonic_time ();

  if (crowd->last_tick != 0)
    crowd->longest_gap = MAX (crowd->longest_gap, now - crowd->last_tick);
  crowd->last_tick = now;
  return G_SOURCE_CONTINUE;
}

static void
start_jobs (Crowd *crowd, GCancellable *cancellable)
{
  for (guint i = 0; i < CROWD; i++)
    {
      guint *input = g_new (guint, 1);

      *input = i;
      crowd->pending++;
      postweg_worker_run (&job, input, cancellable, job_done, crowd);
    }
}

/* As many at once as a help desk's batch has: none waits for another, and the window stays alive meanwhile. */
static void
test_crowd (void)
{
  Crowd crowd = { .loop = g_main_loop_new (NULL, FALSE), .home = g_thread_self () };
  gint64 begun = g_get_monotonic_time ();
  guint ticker = g_timeout_add (5, tick, &crowd);

  g_atomic_int_set (&inputs_freed, 0);
  start_jobs (&crowd, NULL);
  g_main_loop_run (crowd.loop);
  g_source_remove (ticker);
  g_main_loop_unref (crowd.loop);
  g_assert_cmpuint (crowd.sum, ==, CROWD * (CROWD - 1));
  g_assert_cmpint (g_atomic_int_get (&inputs_freed), ==, CROWD);
  g_assert_cmpint (g_get_monotonic_time () - begun, <, SLOWER * 1500 * 1000);
  g_assert_cmpint (crowd.longest_gap, <, SLOWER * 50 * 1000);
}

/* Who is stopped gives back what there is, and soon. */
static void
test_crowd_stopped (void)
{
  Crowd crowd = { .loop = g_main_loop_new (NULL, FALSE), .home = g_thread_self () };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  gint64 begun = g_get_monotonic_time ();

  start_jobs (&crowd, cancellable);
  g_cancellable_cancel (cancellable);
  g_main_loop_run (crowd.loop);
  g_main_loop_unref (crowd.loop);
  g_assert_cmpuint (crowd.sum, ==, CROWD * (CROWD - 1));
  g_assert_cmpint (g_get_monotonic_time () - begun, <, SLOWER * 200 * 1000);
}

static void
in_vain (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer loop)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (postweg_worker_finish (result, &error));
  g_assert_error (error, POSTWEG_ERROR, POSTWEG_ERROR_NOT_FOUND);
  g_assert_cmpstr (error->message, ==, "nothing here");
  g_main_loop_quit (loop);
}

static void
test_error (void)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);

  postweg_worker_run (&vain_job, g_new0 (guint, 1), NULL, in_vain, loop);
  g_main_loop_run (loop);
}

static void
not_fetched (GObject *source G_GNUC_UNUSED, GAsyncResult *result G_GNUC_UNUSED, gpointer loop)
{
  g_main_loop_quit (loop);
}

/* A result that nobody wants is freed all the same. */
static void
test_result_not_fetched (void)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);

  g_atomic_int_set (&results_freed, 0);
  postweg_worker_run (&job, g_new0 (guint, 1), NULL, not_fetched, loop);
  g_main_loop_run (loop);
  for (guint i = 0; i < 100 && g_atomic_int_get (&results_freed) == 0; i++)
    g_usleep (10 * 1000);
  g_assert_cmpint (g_atomic_int_get (&results_freed), ==, 1);
}

/* The answer comes where the question was put, which may be another thread's own context. */
static gpointer
ask_from_elsewhere (gpointer unused G_GNUC_UNUSED)
{
  g_autoptr (GMainContext) context = g_main_context_new ();
  Crowd crowd = { .home = g_thread_self () };

  g_main_context_push_thread_default (context);
  crowd.loop = g_main_loop_new (context, FALSE);
  start_jobs (&crowd, NULL);
  g_main_loop_run (crowd.loop);
  g_main_loop_unref (crowd.loop);
  g_main_context_pop_thread_default (context);
  return GUINT_TO_POINTER (crowd.sum);
}

static void
test_own_context (void)
{
  GThread *thread = g_thread_new ("elsewhere", ask_from_elsewhere, NULL);

  g_assert_cmpuint (GPOINTER_TO_UINT (g_thread_join (thread)), ==, CROWD * (CROWD - 1));
}

/* the turn */

typedef struct {
  PostwegTurn turn;
  int inside, most, times; /* atomic */
} Room;

static gpointer
go_in_and_out (gpointer data)
{
  Room *room = data;

  for (guint i = 0; i < 25; i++)
    {
      g_assert_true (postweg_turn_enter (&room->turn, NULL));
      if (g_atomic_int_add (&room->inside, 1) > 0)
        g_atomic_int_inc (&room->most);
      g_usleep (200);
      g_atomic_int_add (&room->inside, -1);
      g_atomic_int_inc (&room->times);
      postweg_turn_leave (&room->turn);
    }
  return NULL;
}

static void
test_one_at_a_time (void)
{
  Room room = { .inside = 0 };
  GThread *threads[8];

  postweg_turn_init (&room.turn);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("turn", go_in_and_out, &room);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
  postweg_turn_clear (&room.turn);
  g_assert_cmpint (room.most, ==, 0);
  g_assert_cmpint (room.times, ==, 200);
}

typedef struct {
  PostwegTurn turn;
  GCancellable *cancellable;
  gboolean entered;
} Waiting;

static gpointer
wait_in_vain (gpointer data)
{
  Waiting *waiting = data;

  waiting->entered = postweg_turn_enter (&waiting->turn, waiting->cancellable);
  return NULL;
}

/* Who gives up waiting was never inside, and takes nobody's place. */
static void
test_waiting_given_up (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Waiting waiting = { .cancellable = cancellable, .entered = TRUE };
  gint64 begun;
  GThread *thread;

  postweg_turn_init (&waiting.turn);
  g_assert_true (postweg_turn_enter (&waiting.turn, NULL));
  thread = g_thread_new ("waits", wait_in_vain, &waiting);
  g_usleep (20 * 1000);
  begun = g_get_monotonic_time ();
  g_cancellable_cancel (cancellable);
  g_thread_join (thread);
  g_assert_cmpint (g_get_monotonic_time () - begun, <, SLOWER * 150 * 1000);
  g_assert_false (waiting.entered);
  g_assert_true (waiting.turn.taken);
  postweg_turn_leave (&waiting.turn);
  g_assert_false (postweg_turn_enter (&waiting.turn, cancellable));
  g_assert_false (waiting.turn.taken);
  g_assert_true (postweg_turn_enter (&waiting.turn, NULL));
  postweg_turn_leave (&waiting.turn);
  postweg_turn_clear (&waiting.turn);
}

/* whole tests that are stopped */

typedef struct {
  GMainLoop *loop;
  GCancellable *cancellable;
  PostwegTestResult *result;
  PostwegStage stop_at; /* stopped as soon as this stage has begun on any side */
  gboolean stopped;
  guint at_the_door; /* sides that want to sign in */
  guint told_afterwards;
  gint64 stopped_at;
} Run;

static void
stage_begun (PostwegSide side G_GNUC_UNUSED, PostwegStage stage, gpointer data)
{
  Run *run = data;

  if (run->result != NULL)
    run->told_afterwards++;
  run->at_the_door += stage == POSTWEG_STAGE_AUTH ? 1 : 0;
  if (stage != run->stop_at || run->stopped)
    return;
  run->stopped = TRUE;
  run->stopped_at = g_get_monotonic_time ();
  g_cancellable_cancel (run->cancellable);
}

static void
step_told (PostwegSide side G_GNUC_UNUSED, const PostwegStep *step G_GNUC_UNUSED, gpointer data)
{
  Run *run = data;

  if (run->result != NULL)
    run->told_afterwards++;
}

static void
tested (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer data)
{
  Run *run = data;

  run->result = postweg_checkup_test_finish (result, NULL);
  g_main_loop_quit (run->loop);
}

static PostwegPractice *
start (const char *script)
{
  PostwegPracticeOptions options = { .script = script, .certificate = papers.certificate, .key = papers.key };
  PostwegPractice *practice = postweg_practice_start (&options, NULL);

  g_assert_nonnull (practice);
  return practice;
}

static PostwegAccount *
account_at (PostwegPractice *in, PostwegPractice *out)
{
  g_autoptr (PostwegServer) incoming =
      postweg_server_new (POSTWEG_IMAP, "127.0.0.1", postweg_practice_port (in), POSTWEG_TLS, "anna");
  g_autoptr (PostwegServer) outgoing =
      postweg_server_new (POSTWEG_SMTP, "127.0.0.1", postweg_practice_port (out), POSTWEG_TLS, "anna");

  return postweg_account_new ("", "anna@firm.example", incoming, outgoing);
}

static gboolean
stop_now (gpointer data)
{
  Run *run = data;

  g_cancellable_cancel (run->cancellable);
  return G_SOURCE_REMOVE;
}

/* Who is let in has said so, and the other one waits at the door: it is at that stage too. */
static gboolean
stop_when_one_is_in (gpointer data)
{
  Run *run = data;

  if (run->at_the_door < POSTWEG_BOTH)
    return G_SOURCE_CONTINUE;
  g_timeout_add (BEHIND_MS, stop_now, run);
  return G_SOURCE_REMOVE;
}

/* Stopped by the watch, or when both want to sign in. */
static void
run_and_stop (Run *run, const PostwegAccount *account)
{
  g_autoptr (PostwegSecret) secret = postweg_secret_new (PASSWORD);
  g_autoptr (PostwegCredentials) credentials = postweg_credentials_new (secret, NULL, NULL);
  PostwegTestRequest *request = postweg_test_request_new (account, credentials);
  PostwegTestWatch watch = { .begun = stage_begun, .step = step_told, .data = run };

  run->loop = g_main_loop_new (NULL, FALSE);
  run->cancellable = g_cancellable_new ();
  request->trust_file = g_strdup (papers.ca);
  if (run->stop_at == POSTWEG_STAGE_ARRIVAL)
    g_timeout_add (20, stop_when_one_is_in, run);
  postweg_checkup_test (request, &watch, run->cancellable, tested, run);
  g_main_loop_run (run->loop);
}

static void
run_clear (Run *run)
{
  /* whatever were still on its way would be told now */
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (run->told_afterwards, ==, 0);
  postweg_test_result_free (run->result);
  g_main_loop_unref (run->loop);
  g_object_unref (run->cancellable);
}

/* Stopped at each stage: at once, undecided, without a finding, and with the steps that were made. */
static void
test_stopped_at_each_stage (void)
{
  static const struct {
    PostwegStage stage;
    const char *in, *out;
  } table[] = {
    { POSTWEG_STAGE_DNS, "HANG\n", "HANG\n" },
    { POSTWEG_STAGE_CONNECT, "HANG\n", "HANG\n" },
    { POSTWEG_STAGE_TLS, "HANG\n", "HANG\n" },
    { POSTWEG_STAGE_GREETING, "TLS\nHANG\n", "TLS\nHANG\n" },
    { POSTWEG_STAGE_CAPABILITY, "TLS\nS: * OK hi\nHANG\n", "TLS\nS: 220 hi\nHANG\n" },
    { POSTWEG_STAGE_AUTH, "TLS\n" IMAP_GREETING "HANG\n",
      "TLS\nS: 220 hi\nC: EHLO\nS: 250-hi\nS: 250 AUTH PLAIN\nHANG\n" },
    { POSTWEG_STAGE_MAILBOX, "TLS\n" IMAP_GREETING "C: AUTHENTICATE\nS: {tag} OK\nHANG\n", "TLS\nHANG\n" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (PostwegPractice) in = start (table[i].in);
      g_autoptr (PostwegPractice) out = start (table[i].out);
      g_autoptr (PostwegAccount) account = account_at (in, out);
      Run run = { .stop_at = table[i].stage };

      run_and_stop (&run, account);
      g_assert_true (run.stopped);
      g_assert_cmpint (g_get_monotonic_time () - run.stopped_at, <, SLOWER * 200 * 1000);
      g_assert_cmpstr (postweg_verdict_name (run.result->verdict), ==, "not-tested");
      g_assert_cmpuint (run.result->findings->len, ==, 0);
      g_assert_nonnull (run.result->incoming);
      g_assert_nonnull (run.result->outgoing);
      g_assert_null (postweg_evidence_failure (run.result->incoming));
      run_clear (&run);
    }
}

/* Both want to sign in, one is let in and not answered: after the stop the other one keeps its password to itself. */
static void
test_stopped_before_the_password (void)
{
  g_autoptr (PostwegPractice) in = start ("TLS\n" IMAP_GREETING "C: AUTHENTICATE\nHANG\n");
  g_autoptr (PostwegPractice) out =
      start ("TLS\nS: 220 hi\nC: EHLO\nS: 250-hi\nS: 250 AUTH PLAIN\nC: AUTH\nHANG\n");
  g_autoptr (PostwegAccount) account = account_at (in, out);
  Run run = { .stop_at = POSTWEG_STAGE_ARRIVAL };
  g_autofree char *in_heard = NULL;
  g_autofree char *out_heard = NULL;
  guint signed_in;

  run_and_stop (&run, account);
  g_usleep (100 * 1000);
  in_heard = postweg_practice_heard (in);
  out_heard = postweg_practice_heard (out);
  signed_in = (strstr (in_heard, "AUTHENTICATE") != NULL) + (strstr (out_heard, "AUTH PLAIN") != NULL);
  g_assert_cmpuint (signed_in, ==, 1);
  g_assert_cmpuint (run.result->incoming->login_attempts + run.result->outgoing->login_attempts, ==, 1);
  run_clear (&run);
}

/* Stopped before it began: nobody is spoken to. */
static void
test_stopped_before_the_start (void)
{
  g_autoptr (PostwegPractice) in = start ("HANG\n");
  g_autoptr (PostwegPractice) out = start ("HANG\n");
  g_autoptr (PostwegAccount) account = account_at (in, out);
  PostwegTestRequest *request = postweg_test_request_new (account, NULL);
  Run run = { .loop = g_main_loop_new (NULL, FALSE), .cancellable = g_cancellable_new () };

  request->trust_file = g_strdup (papers.ca);
  g_cancellable_cancel (run.cancellable);
  postweg_checkup_test (request, NULL, run.cancellable, tested, &run);
  g_main_loop_run (run.loop);
  g_assert_cmpstr (postweg_verdict_name (run.result->verdict), ==, "not-tested");
  g_assert_cmpuint (postweg_practice_connections (in) + postweg_practice_connections (out), ==, 0);
  run_clear (&run);
}

int
main (int argc, char **argv)
{
  static const struct {
    const char *path;
    void (*test) (void);
  } tests[] = {
    { "jobs/crowd", test_crowd },
    { "jobs/crowd-stopped", test_crowd_stopped },
    { "jobs/error", test_error },
    { "jobs/result-not-fetched", test_result_not_fetched },
    { "jobs/own-context", test_own_context },
    { "turn/one-at-a-time", test_one_at_a_time },
    { "turn/waiting-given-up", test_waiting_given_up },
    { "stopped/at-each-stage", test_stopped_at_each_stage },
    { "stopped/before-the-password", test_stopped_before_the_password },
    { "stopped/before-the-start", test_stopped_before_the_start },
  };
  int result;

  g_test_init (&argc, &argv, NULL);
  papers_make (&papers);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autofree char *path = g_strconcat ("/checkup/door/", tests[i].path, NULL);

      g_test_add_func (path, tests[i].test);
    }
  result = g_test_run ();
  papers_remove (&papers);
  return result;
}
