/* account -> evidence of both sides -> findings, with second looks in between. */
#include "checkup/checkup.h"
#include "checkup/test-errand.h"
#include "checkup/worker.h"
#include "diagnose/diagnose.h"
#include "probe/probe.h"
#include "providers/providers.h"

#define MAX_ROUNDS 3

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
diagnose (PostwegTestRun *test)
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
is_granted (PostwegTestRun *test, const PostwegWish *wish)
{
  for (guint i = 0; i < test->wishes->len; i++)
    if (postweg_wish_equal (g_ptr_array_index (test->wishes, i), wish))
      return TRUE;
  return FALSE;
}

static void start_errand (PostwegTestRun *test, PostwegSide side, PostwegWish *wish);

/* Returns: whether any wish is new */
static gboolean
grant (PostwegTestRun *test, GPtrArray *wishes)
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
finish (PostwegTestRun *test)
{
  g_autoptr (GTask) task = g_steal_pointer (&test->task);

  g_task_return_pointer (task, g_steal_pointer (&test->result), (GDestroyNotify) postweg_test_result_free);
}

static void
all_back (PostwegTestRun *test)
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
errand_back (PostwegTestRun *test)
{
  test->pending--;
  if (test->pending == 0)
    all_back (test);
  postweg_test_run_unref (test);
}

static void
incoming_back (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer data)
{
  PostwegTestRun *test = data;

  test->result->incoming = postweg_worker_finish (result, NULL);
  errand_back (test);
}

static void
outgoing_back (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer data)
{
  PostwegTestRun *test = data;

  test->result->outgoing = postweg_worker_finish (result, NULL);
  errand_back (test);
}

static void
look_back (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer data)
{
  PostwegTestRun *test = data;
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
start_errand (PostwegTestRun *test, PostwegSide side, PostwegWish *wish)
{
  static const PostwegJob probe = { postweg_errand_run, postweg_errand_free,
                                    (GDestroyNotify) postweg_evidence_free };
  static const PostwegJob look = { postweg_errand_run, postweg_errand_free,
                                   (GDestroyNotify) postweg_observation_free };
  PostwegErrand *errand = postweg_errand_new (test, side, wish);

  test->pending++;
  if (wish != NULL)
    postweg_worker_run (&look, errand, test->cancellable, look_back, postweg_test_run_ref (test));
  else
    postweg_worker_run (&probe, errand, test->cancellable,
                        side == POSTWEG_RECEIVE ? incoming_back : outgoing_back, postweg_test_run_ref (test));
}

static void
start_sides (PostwegTestRun *test)
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
  PostwegTestRun *test = data;
  GError *error = NULL;

  test->trust = postweg_worker_finish (result, &error);
  if (test->trust != NULL)
    start_sides (test);
  else
    {
      g_autoptr (GTask) task = g_steal_pointer (&test->task);

      g_task_return_error (task, error);
    }
  postweg_test_run_unref (test);
}

void
postweg_checkup_test (PostwegTestRequest *request, const PostwegTestWatch *watch, GCancellable *cancellable,
                      GAsyncReadyCallback done, gpointer data)
{
  static const PostwegJob job = { load_trust, g_free, (GDestroyNotify) postweg_trust_unref };
  PostwegTestRun *test = g_new0 (PostwegTestRun, 1);

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
