/* account -> evidence of both sides -> findings, with second looks in between. */
#include "checkup/checkup.h"
#include "checkup/turn.h"
#include "checkup/worker.h"
#include "diagnose/diagnose.h"
#include "probe/probe.h"
#include "providers/providers.h"
#include <string.h>

#define MAX_ROUNDS 3

/* One test in progress. The main context owns it; jobs borrow the parts that do not change while they run. */
typedef struct {
  int references;
  PostwegTestRequest *request;
  gint64 end; /* monotonic, µs */
  PostwegTrust *trust;
  PostwegTurn turn;
  GCancellable *cancellable;
  GMainContext *context;

  /* main context only */
  PostwegTestWatch watch;
  PostwegTestResult *result;
  GPtrArray *wishes; /* PostwegWish, all that were ever granted */
  GTask *task;
  guint pending; /* jobs that are not back yet */
  guint round;
} Test;

typedef struct {
  Test *test;
  PostwegSide side;
  PostwegWish *wish;   /* NULL: the probe itself */
  guint sign_ins_made; /* at the side's server so far */
} Errand;

static Test *
test_ref (Test *test)
{
  g_atomic_int_inc (&test->references);
  return test;
}

static void
test_unref (gpointer data)
{
  Test *test = data;

  if (!g_atomic_int_dec_and_test (&test->references))
    return;
  postweg_test_request_free (test->request);
  postweg_trust_unref (test->trust);
  postweg_turn_clear (&test->turn);
  g_clear_object (&test->cancellable);
  g_main_context_unref (test->context);
  postweg_test_result_free (test->result);
  g_ptr_array_unref (test->wishes);
  g_clear_object (&test->task);
  g_free (test);
}

static Errand *
errand_new (Test *test, PostwegSide side, PostwegWish *wish)
{
  const PostwegEvidence *evidence = side == POSTWEG_RECEIVE ? test->result->incoming : test->result->outgoing;
  Errand *errand = g_new (Errand, 1);

  *errand = (Errand){ test_ref (test), side, wish, evidence != NULL ? evidence->login_attempts : 0 };
  return errand;
}

static void
errand_free (gpointer data)
{
  Errand *errand = data;

  test_unref (errand->test);
  postweg_wish_free (errand->wish);
  g_free (errand);
}

/* News from a probe's thread to the main context. */

typedef struct {
  Test *test;
  PostwegSide side;
  PostwegStage stage;
  PostwegStep *step; /* NULL: the stage has begun */
} News;

static void
news_free (gpointer data)
{
  News *news = data;

  test_unref (news->test);
  postweg_step_free (news->step);
  g_free (news);
}

static gboolean
tell (gpointer data)
{
  const News *news = data;
  const PostwegTestWatch *watch;

  postweg_worker_arrive ();
  watch = &news->test->watch;
  if (news->test->task == NULL)
    return G_SOURCE_REMOVE;
  if (news->step == NULL && watch->begun != NULL)
    watch->begun (news->side, news->stage, watch->data);
  if (news->step != NULL && watch->step != NULL)
    watch->step (news->side, news->step, watch->data);
  return G_SOURCE_REMOVE;
}

/* An idle source of the default priority keeps the order, and comes before the result, which GTask sends the same way. */
static void
send_news (const Errand *errand, PostwegStage stage, PostwegStep *step)
{
  News *news = g_new (News, 1);
  g_autoptr (GSource) source = g_idle_source_new ();

  *news = (News){ test_ref (errand->test), errand->side, stage, step };
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, tell, news, news_free);
  postweg_worker_leave ();
  g_source_attach (source, errand->test->context);
}

static void
stage_begun (PostwegStage stage, gpointer errand)
{
  send_news (errand, stage, NULL);
}

static void
step_done (const PostwegStep *step, gpointer errand)
{
  send_news (errand, step->stage, postweg_step_copy (step));
}

/* The errands themselves, on a thread of the pool. */

static const PostwegServer *
server_of (const Test *test, PostwegSide side)
{
  return side == POSTWEG_RECEIVE ? test->request->account->incoming : test->request->account->outgoing;
}

static const PostwegSecret *
secret_of (const Test *test, PostwegSide side, const PostwegServer *server)
{
  const PostwegCredentials *credentials = test->request->credentials;

  if (credentials == NULL)
    return NULL;
  if (server->auth == POSTWEG_AUTH_OAUTH2)
    return credentials->token;
  return side == POSTWEG_RECEIVE ? credentials->incoming : credentials->outgoing;
}

static PostwegProbe
probe_of (Errand *errand)
{
  Test *test = errand->test;
  const PostwegServer *server = errand->wish != NULL ? errand->wish->server : server_of (test, errand->side);
  gint64 left = MAX (test->end - g_get_monotonic_time (), 0);
  gboolean with_incoming_pair = errand->wish != NULL && errand->wish->look == POSTWEG_LOOK_INCOMING_PAIR;

  return (PostwegProbe){
    .server = server,
    .secret = secret_of (test, with_incoming_pair ? POSTWEG_RECEIVE : errand->side, server),
    .sender = test->request->account->address,
    .trust = test->trust,
    .allow_plaintext = test->request->allow_plaintext,
    .until = POSTWEG_STAGE_ARRIVAL,
    .test_ms = (guint) (left / 1000),
    .sign_ins_made = errand->sign_ins_made,
    .watch = { stage_begun, step_done, errand },
    .sign_in_turn = { postweg_turn_enter, postweg_turn_leave, &test->turn },
  };
}

static gpointer
run_errand (gpointer data, GCancellable *cancellable, GError **error G_GNUC_UNUSED)
{
  Errand *errand = data;
  PostwegProbe probe = probe_of (errand);

  if (errand->wish == NULL)
    return postweg_probe_run (&probe, cancellable);
  return postweg_observation_new (errand->wish->look, errand->side,
                                  postweg_probe_look (&probe, errand->wish->look, cancellable));
}

/* Back on the main context. */

static const PostwegProvider *
provider_of (const PostwegAccount *account)
{
  const PostwegProvider *provider = postweg_checkup_provider (account->address);

  if (provider == NULL && account->incoming != NULL)
    provider = postweg_providers_by_host (account->incoming->host);
  if (provider == NULL && account->outgoing != NULL)
    provider = postweg_providers_by_host (account->outgoing->host);
  return provider;
}

static GPtrArray *
diagnose (Test *test)
{
  PostwegTestResult *result = test->result;
  const PostwegCredentials *credentials = test->request->credentials;
  PostwegCase the_case = {
    .account = test->request->account,
    .incoming = result->incoming,
    .outgoing = result->outgoing,
    .observations = result->observations,
    .provider = provider_of (test->request->account),
    .same_password =
        credentials == NULL || postweg_secret_equal (credentials->incoming, credentials->outgoing),
  };
  GPtrArray *wishes = NULL;

  g_ptr_array_unref (result->findings);
  result->findings = postweg_diagnose (&the_case, &wishes);
  result->verdict = postweg_verdict_of (result->incoming, result->outgoing);
  if (result->verdict == POSTWEG_VERDICT_WORKS && result->findings->len > 0)
    result->verdict = POSTWEG_VERDICT_WORKS_WITH_NOTE;
  return wishes;
}

static gboolean
is_granted (Test *test, const PostwegWish *wish)
{
  for (guint i = 0; i < test->wishes->len; i++)
    if (postweg_wish_equal (g_ptr_array_index (test->wishes, i), wish))
      return TRUE;
  return FALSE;
}

static void start_errand (Test *test, PostwegSide side, PostwegWish *wish);

/* Returns: whether any wish is new */
static gboolean
grant (Test *test, GPtrArray *wishes)
{
  guint before = test->wishes->len;

  for (guint i = 0; i < wishes->len; i++)
    {
      const PostwegWish *wish = g_ptr_array_index (wishes, i);

      if (is_granted (test, wish))
        continue;
      g_ptr_array_add (test->wishes, postweg_wish_new (wish->look, wish->side, wish->server));
      start_errand (test, wish->side, postweg_wish_new (wish->look, wish->side, wish->server));
    }
  return test->wishes->len > before;
}

static void
finish (Test *test)
{
  g_autoptr (GTask) task = g_steal_pointer (&test->task);

  g_task_return_pointer (task, g_steal_pointer (&test->result), (GDestroyNotify) postweg_test_result_free);
}

static void
all_back (Test *test)
{
  g_autoptr (GPtrArray) wishes = diagnose (test);
  gboolean may_look = test->round < MAX_ROUNDS && !g_cancellable_is_cancelled (test->cancellable) &&
                      g_get_monotonic_time () < test->end;

  if (test->watch.so_far != NULL && !g_cancellable_is_cancelled (test->cancellable))
    test->watch.so_far (test->result, test->watch.data);
  test->round++;
  if (!may_look || !grant (test, wishes))
    finish (test);
}

static void
errand_back (Test *test)
{
  test->pending--;
  if (test->pending == 0)
    all_back (test);
  test_unref (test);
}

static void
incoming_back (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer data)
{
  Test *test = data;

  test->result->incoming = postweg_worker_finish (result, NULL);
  errand_back (test);
}

static void
outgoing_back (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer data)
{
  Test *test = data;

  test->result->outgoing = postweg_worker_finish (result, NULL);
  errand_back (test);
}

static void
look_back (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer data)
{
  Test *test = data;
  PostwegObservation *observation = postweg_worker_finish (result, NULL);
  PostwegEvidence *evidence =
      observation->side == POSTWEG_RECEIVE ? test->result->incoming : test->result->outgoing;

  /* a second sign-in at the same server is counted where the first one is */
  if (evidence != NULL)
    evidence->login_attempts += observation->evidence->login_attempts;
  g_ptr_array_add (test->result->observations, observation);
  errand_back (test);
}

static void
start_errand (Test *test, PostwegSide side, PostwegWish *wish)
{
  static const PostwegJob probe = { run_errand, errand_free, (GDestroyNotify) postweg_evidence_free };
  static const PostwegJob look = { run_errand, errand_free, (GDestroyNotify) postweg_observation_free };
  Errand *errand = errand_new (test, side, wish);

  test->pending++;
  if (wish != NULL)
    postweg_worker_run (&look, errand, test->cancellable, look_back, test_ref (test));
  else
    postweg_worker_run (&probe, errand, test->cancellable,
                        side == POSTWEG_RECEIVE ? incoming_back : outgoing_back, test_ref (test));
}

static void
start_sides (Test *test)
{
  const PostwegTestRequest *request = test->request;

  if (request->side != POSTWEG_SEND && request->account->incoming != NULL)
    start_errand (test, POSTWEG_RECEIVE, NULL);
  if (request->side != POSTWEG_RECEIVE && request->account->outgoing != NULL)
    start_errand (test, POSTWEG_SEND, NULL);
  if (test->pending == 0)
    all_back (test);
}

static gpointer
load_trust (gpointer file, GCancellable *cancellable G_GNUC_UNUSED, GError **error)
{
  return postweg_trust_new (file, error);
}

static void
trust_loaded (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer data)
{
  Test *test = data;
  GError *error = NULL;

  test->trust = postweg_worker_finish (result, &error);
  if (test->trust != NULL)
    start_sides (test);
  else
    {
      g_autoptr (GTask) task = g_steal_pointer (&test->task);

      g_task_return_error (task, error);
    }
  test_unref (test);
}

void
postweg_checkup_test (PostwegTestRequest *request, const PostwegTestWatch *watch, GCancellable *cancellable,
                      GAsyncReadyCallback done, gpointer data)
{
  static const PostwegJob job = { load_trust, g_free, (GDestroyNotify) postweg_trust_unref };
  Test *test = g_new0 (Test, 1);

  test->references = 1;
  test->request = request;
  test->end = g_get_monotonic_time () + (gint64) request->timeout_s * G_USEC_PER_SEC;
  test->cancellable = cancellable != NULL ? g_object_ref (cancellable) : g_cancellable_new ();
  test->context = g_main_context_ref_thread_default ();
  postweg_turn_init (&test->turn);
  if (watch != NULL)
    test->watch = *watch;
  test->result = postweg_test_result_new (request->account);
  test->wishes = g_ptr_array_new_with_free_func ((GDestroyNotify) postweg_wish_free);
  test->task = g_task_new (NULL, cancellable, done, data);
  g_task_set_check_cancellable (test->task, FALSE);
  postweg_worker_run (&job, g_strdup (request->trust_file), cancellable, trust_loaded, test);
}

PostwegTestResult *
postweg_checkup_test_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
