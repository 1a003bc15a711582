/* account -> evidence of both sides -> findings, with second looks in between. */
#include "checkup/checkup.h"
#include "checkup/test/errand.h"
#include "checkup/worker.h"
#include "diagnose/diagnose.h"
#include "probe/probe.h"

#define MAX_ROUNDS 3

/* An account that a person has no other side of is whole; one in a mail program that cannot send is not. */
static gboolean
is_without_outgoing (const PostwegTestRequest *request)
{
  return request->account->program.is_known && request->account->outgoing == NULL &&
         request->side == POSTWEG_BOTH;
}

GPtrArray *
postweg_test_judge (PostwegTestResult *result, const PostwegTestRequest *request)
{
  const PostwegCredentials *credentials = request->credentials;
  PostwegCase the_case = {
    .account = request->account,
    .incoming = result->incoming,
    .outgoing = result->outgoing,
    .observations = result->observations,
    .ports = result->ports,
    .delivery = result->delivery,
    .provider = postweg_checkup_account_provider (request->account),
    .one_side_asked = request->side != POSTWEG_BOTH,
    .same_password =
        credentials == NULL || postweg_secret_equal (credentials->incoming, credentials->outgoing),
  };
  GPtrArray *wishes = NULL;

  g_ptr_array_unref (result->findings);
  result->findings = postweg_diagnose (&the_case, &wishes);
  result->verdict = postweg_verdict_of (result->incoming, result->outgoing);
  if (is_without_outgoing (request))
    result->verdict = result->verdict == POSTWEG_VERDICT_WORKS ? POSTWEG_VERDICT_RECEIVE_ONLY
                                                               : POSTWEG_VERDICT_NOTHING_WORKS;
  if (result->verdict == POSTWEG_VERDICT_WORKS && result->findings->len > 0)
    result->verdict = POSTWEG_VERDICT_WORKS_WITH_NOTE;
  return wishes;
}

/* Takes the wish. */
static void
start_look (PostwegTestRun *test, PostwegWish *wish)
{
  postweg_errand_start (postweg_errand_new (test, wish->side, wish), NULL);
}

/* Returns: whether any wish is new */
static gboolean
grant (PostwegTestRun *test, GPtrArray *wishes)
{
  guint before = test->wishes->len;

  for (guint i = 0; i < wishes->len; i++)
    {
      const PostwegWish *wish = g_ptr_array_index (wishes, i);

      if (!postweg_test_run_has (test, wish))
        start_look (test, postweg_wish_new (wish->look, wish->side, wish->server));
    }
  return test->wishes->len > before;
}

static void
finish (PostwegTestRun *test)
{
  g_autoptr (GTask) task = g_steal_pointer (&test->task);

  postweg_early_end (test);
  g_task_return_pointer (task, g_steal_pointer (&test->result), (GDestroyNotify) postweg_test_result_free);
}

static void
all_back (PostwegTestRun *test)
{
  g_autoptr (GPtrArray) wishes = postweg_test_judge (test->result, test->request);
  gboolean may_look = test->round < MAX_ROUNDS && !g_cancellable_is_cancelled (test->cancellable) &&
                      g_get_monotonic_time () < test->end;

  if (test->watch.so_far != NULL && !g_cancellable_is_cancelled (test->cancellable))
    test->watch.so_far (test->result, test->watch.data);
  if (may_look && grant (test, wishes))
    test->round++;
  else if (test->beside > 0)
    postweg_early_hurry (test);
  else
    finish (test);
}

void
postweg_test_run_back (PostwegTestRun *test)
{
  if (test->pending == 0)
    all_back (test);
  postweg_test_run_unref (test);
}

static void
start_sides (PostwegTestRun *test)
{
  const PostwegTestRequest *request = test->request;

  if (request->side != POSTWEG_SEND && request->account->incoming != NULL)
    postweg_errand_start (postweg_errand_new (test, POSTWEG_RECEIVE, NULL), NULL);
  if (request->side != POSTWEG_RECEIVE && request->account->outgoing != NULL)
    postweg_errand_start (postweg_errand_new (test, POSTWEG_SEND, NULL), NULL);
  if (request->ports)
    postweg_ports_start (test);
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
postweg_test_start (PostwegTestRequest *request, const PostwegTestShare *share, GCancellable *cancellable,
                    GAsyncReadyCallback done, gpointer data)
{
  PostwegTestRun *test = postweg_test_run_new (request, NULL, cancellable);

  test->task = g_task_new (NULL, cancellable, done, data);
  g_task_set_check_cancellable (test->task, FALSE);
  test->trust = postweg_trust_ref (share->trust);
  test->gate = share->gate;
  test->sober = share->sober;
  for (PostwegSide side = POSTWEG_RECEIVE; side < POSTWEG_BOTH; side++)
    test->sign_ins_made[side] = share->sign_ins_made[side];
  start_sides (test);
  postweg_test_run_unref (test);
}

void
postweg_checkup_test (PostwegTestRequest *request, const PostwegTestWatch *watch, GCancellable *cancellable,
                      GAsyncReadyCallback done, gpointer data)
{
  static const PostwegJob job = { load_trust, g_free, (GDestroyNotify) postweg_trust_unref };
  PostwegTestRun *test = postweg_test_run_new (request, watch, cancellable);

  test->task = g_task_new (NULL, cancellable, done, data);
  g_task_set_check_cancellable (test->task, FALSE);
  postweg_worker_run (&job, g_strdup (request->trust_file), cancellable, trust_loaded, test);
}

PostwegTestResult *
postweg_checkup_test_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
