/* The errands of a test: what a job on the pool is given, and what it does there. */
#include "checkup/test/errand.h"
#include "probe/probe.h"

static void
stage_begun (PostwegStage stage, gpointer errand)
{
  postweg_errand_tell (errand, stage, NULL);
}

/* What answers as a mail server is known to the other errands at once. */
static void
tell_rivals (PostwegErrand *errand, const PostwegStep *step)
{
  if (step->stage == POSTWEG_STAGE_CONNECT)
    errand->connect_ms = step->winner_ms;
  if (step->stage == POSTWEG_STAGE_CAPABILITY && step->verdict == POSTWEG_STEP_OK && step->address != NULL)
    postweg_rivals_add (&errand->test->rivals, step->address, errand->connect_ms);
}

static void
step_done (const PostwegStep *step, gpointer errand)
{
  tell_rivals (errand, step);
  postweg_errand_tell (errand, step->stage, postweg_step_copy (step));
}

PostwegTestRun *
postweg_test_run_new (PostwegTestRequest *request, const PostwegTestWatch *watch, GCancellable *cancellable)
{
  PostwegTestRun *test = g_new0 (PostwegTestRun, 1);

  test->references = 1;
  test->request = request;
  test->end = g_get_monotonic_time () + (gint64) request->timeout_s * G_USEC_PER_SEC;
  test->cancellable = cancellable != NULL ? g_object_ref (cancellable) : g_cancellable_new ();
  test->context = g_main_context_ref_thread_default ();
  postweg_turn_init (&test->turn);
  postweg_rivals_init (&test->rivals);
  if (watch != NULL)
    test->watch = *watch;
  test->result = postweg_test_result_new (request->account);
  test->wishes = g_ptr_array_new_with_free_func ((GDestroyNotify) postweg_wish_free);
  return test;
}

PostwegTestRun *
postweg_test_run_ref (PostwegTestRun *test)
{
  g_atomic_int_inc (&test->references);
  return test;
}

void
postweg_test_run_unref (gpointer data)
{
  PostwegTestRun *test = data;

  if (!g_atomic_int_dec_and_test (&test->references))
    return;
  postweg_test_request_free (test->request);
  postweg_trust_unref (test->trust);
  postweg_turn_clear (&test->turn);
  postweg_rivals_clear (&test->rivals);
  g_clear_object (&test->cancellable);
  g_main_context_unref (test->context);
  postweg_test_result_free (test->result);
  g_ptr_array_unref (test->wishes);
  g_clear_object (&test->task);
  g_free (test);
}

static const PostwegServer *
server_of (const PostwegTestRun *test, PostwegSide side)
{
  return side == POSTWEG_RECEIVE ? test->request->account->incoming : test->request->account->outgoing;
}

const PostwegServer *
postweg_errand_server (const PostwegErrand *errand)
{
  return errand->wish != NULL ? errand->wish->server : server_of (errand->test, errand->side);
}

static const PostwegSecret *
secret_of (const PostwegTestRun *test, PostwegSide side, const PostwegServer *server)
{
  const PostwegCredentials *credentials = test->request->credentials;

  if (credentials == NULL)
    return NULL;
  if (server->auth == POSTWEG_AUTH_OAUTH2)
    return credentials->token;
  return side == POSTWEG_RECEIVE ? credentials->incoming : credentials->outgoing;
}

/* The family that won shows what can be expected of the other one. */
static guint
rival_ms (const char *address, gpointer data)
{
  PostwegErrand *errand = data;

  return errand->rival_ms > 0 ? errand->rival_ms : postweg_rivals_ms (address, &errand->test->rivals);
}

PostwegProbe
postweg_errand_probe (PostwegErrand *errand)
{
  PostwegTestRun *test = errand->test;
  const PostwegServer *server = postweg_errand_server (errand);
  gint64 left = MAX (test->end - g_get_monotonic_time (), 0);
  gboolean with_incoming_pair = errand->wish != NULL && errand->wish->look == POSTWEG_LOOK_INCOMING_PAIR;

  return (PostwegProbe){
    .server = server,
    .address = errand->address,
    .known = errand->known,
    .rival = { rival_ms, errand },
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

PostwegErrand *
postweg_errand_new (PostwegTestRun *test, PostwegSide side, PostwegWish *wish)
{
  const PostwegEvidence *evidence = side == POSTWEG_RECEIVE ? test->result->incoming : test->result->outgoing;
  PostwegErrand *errand = g_new (PostwegErrand, 1);

  *errand = (PostwegErrand){ .test = postweg_test_run_ref (test), .side = side, .wish = wish };
  errand->sign_ins_made = test->sign_ins_made[side] + (evidence != NULL ? evidence->login_attempts : 0);
  if (test->gate != NULL)
    errand->known = postweg_gate_addresses (test->gate, postweg_errand_server (errand)->host);
  return errand;
}

void
postweg_errand_free (gpointer data)
{
  PostwegErrand *errand = data;

  postweg_test_run_unref (errand->test);
  postweg_wish_free (errand->wish);
  g_free (errand->address);
  g_strfreev (errand->known);
  g_free (errand);
}

static void
tell_rivals_of_look (PostwegErrand *errand, const PostwegEvidence *evidence)
{
  for (guint i = 0;
       postweg_evidence_passed (evidence, POSTWEG_STAGE_CAPABILITY) && i < evidence->attempts->len; i++)
    {
      const PostwegAttempt *attempt = g_ptr_array_index (evidence->attempts, i);

      if (attempt->error == POSTWEG_OK)
        postweg_rivals_add (&errand->test->rivals, attempt->address, attempt->ms);
    }
}

gpointer
postweg_errand_run (gpointer data, GCancellable *cancellable, GError **error G_GNUC_UNUSED)
{
  PostwegErrand *errand = data;
  PostwegProbe probe = postweg_errand_probe (errand);
  PostwegEvidence *evidence;

  if (errand->wish == NULL)
    return postweg_probe_run (&probe, cancellable);
  evidence = postweg_probe_look (&probe, errand->wish->look, cancellable);
  tell_rivals_of_look (errand, evidence);
  return postweg_observation_new (errand->wish->look, errand->side, evidence);
}
