/* One mail to oneself, for a result whose both sides work. */
#include "checkup/checkup.h"
#include "checkup/test/errand.h"
#include "checkup/worker.h"
#include "probe/delivery.h"
#include <string.h>

/* The job's input: an errand for each side, for their servers, secrets and news. */
typedef struct {
  PostwegErrand *incoming, *outgoing;
  guint login_delay_s;
} Input;

static void
input_free (gpointer data)
{
  Input *input = data;

  postweg_errand_free (input->incoming);
  postweg_errand_free (input->outgoing);
  g_free (input);
}

static gpointer
run_delivery (gpointer data, GCancellable *cancellable, GError **error)
{
  Input *input = data;
  const PostwegTestRequest *request = input->incoming->test->request;
  g_autoptr (PostwegTrust) trust = postweg_trust_new (request->trust_file, error);
  PostwegDeliveryJob job = {
    .incoming = postweg_errand_probe (input->incoming),
    .outgoing = postweg_errand_probe (input->outgoing),
    .name = request->account->name,
    .address = request->account->address,
    .wait_ms = request->timeout_s * 1000,
    .login_delay_s = input->login_delay_s,
  };

  if (trust == NULL)
    return NULL;
  job.incoming.trust = job.outgoing.trust = trust;
  return postweg_probe_deliver (&job, cancellable);
}

/* So long nobody may sign in after the test did (RFC 2449 6.6). */
static guint
login_delay_of (const PostwegEvidence *incoming)
{
  char *const *capabilities = incoming->capabilities;

  for (; capabilities != NULL && *capabilities != NULL; capabilities++)
    if (incoming->server->protocol == POSTWEG_POP3 && g_str_has_prefix (*capabilities, "LOGIN-DELAY "))
      return (guint) MIN (g_ascii_strtoull (*capabilities + strlen ("LOGIN-DELAY "), NULL, 10), 3600);
  return 0;
}

static void
delivered (GObject *source G_GNUC_UNUSED, GAsyncResult *answer, gpointer data)
{
  PostwegTestRun *test = data;
  g_autoptr (GTask) task = g_steal_pointer (&test->task);
  GError *error = NULL;
  PostwegDelivery *delivery = postweg_worker_finish (answer, &error);

  if (delivery != NULL)
    g_task_return_pointer (task, delivery, (GDestroyNotify) postweg_delivery_free);
  else
    g_task_return_error (task, error);
  postweg_test_run_unref (test);
}

/* A password that a server has refused is not tried once more unless the person says so on the way through a test. */
static gboolean
was_refused (const GPtrArray *steps)
{
  for (guint i = 0; i < steps->len; i++)
    {
      const PostwegStep *step = g_ptr_array_index (steps, i);

      if (step->stage == POSTWEG_STAGE_AUTH && step->verdict == POSTWEG_STEP_FAILED)
        return TRUE;
    }
  return FALSE;
}

gboolean
postweg_checkup_can_deliver (const PostwegTestResult *result)
{
  const char *address = result->account->address;
  const PostwegDelivery *last = result->delivery;

  if (result->incoming == NULL || result->outgoing == NULL || strchr (address, '@') == NULL)
    return FALSE;
  /* what a mail to oneself has added counts against the verdict, not against another try */
  if (last != NULL)
    return !was_refused (last->outgoing_steps) && !was_refused (last->incoming_steps);
  return postweg_evidence_works (result->incoming) && postweg_evidence_works (result->outgoing);
}

void
postweg_checkup_deliver (PostwegTestRequest *request, const PostwegTestResult *result,
                         const PostwegTestWatch *watch, GCancellable *cancellable, GAsyncReadyCallback done,
                         gpointer data)
{
  static const PostwegJob job = { run_delivery, input_free, (GDestroyNotify) postweg_delivery_free };
  PostwegTestRun *test = postweg_test_run_new (request, watch, cancellable);
  Input *input = g_new (Input, 1);

  g_return_if_fail (postweg_checkup_can_deliver (result));
  test->sober = TRUE;
  test->task = g_task_new (NULL, cancellable, done, data);
  g_task_set_check_cancellable (test->task, FALSE);
  g_task_set_task_data (test->task, postweg_test_run_ref (test), postweg_test_run_unref);
  *input = (Input){ postweg_errand_new (test, POSTWEG_RECEIVE, NULL),
                    postweg_errand_new (test, POSTWEG_SEND, NULL), login_delay_of (result->incoming) };
  postweg_worker_run (&job, input, test->cancellable, delivered, test);
}

/* What the side's own test has shown is not shown again: only what is new, and what failed. */
static gboolean
is_news (const PostwegStep *step)
{
  return step->stage >= POSTWEG_STAGE_DATA || step->verdict == POSTWEG_STEP_FAILED ||
         step->verdict == POSTWEG_STEP_SKIPPED;
}

/* The last mail's news stand at the end; another mail takes their place. */
static void
drop_steps (PostwegEvidence *evidence, const GPtrArray *steps)
{
  guint n = 0;

  for (guint i = 0; i < steps->len; i++)
    n += is_news (g_ptr_array_index (steps, i)) ? 1 : 0;
  g_ptr_array_set_size (evidence->steps, (gint) (evidence->steps->len - MIN (n, evidence->steps->len)));
}

static void
add_steps (PostwegEvidence *evidence, const GPtrArray *steps, GPtrArray *dialogue)
{
  for (guint i = 0; i < steps->len; i++)
    {
      const PostwegStep *step = g_ptr_array_index (steps, i);

      if (is_news (step))
        g_ptr_array_add (evidence->steps, postweg_step_copy (step));
    }
  g_ptr_array_extend_and_steal (evidence->dialogue, g_ptr_array_ref (dialogue));
}

gboolean
postweg_checkup_deliver_finish (GAsyncResult *answer, PostwegTestResult *result, GError **error)
{
  PostwegTestRun *test = g_task_get_task_data (G_TASK (answer));
  PostwegDelivery *delivery = g_task_propagate_pointer (G_TASK (answer), error);
  g_autoptr (GPtrArray) wishes = NULL;

  if (delivery == NULL)
    return FALSE;
  if (result->delivery != NULL)
    {
      drop_steps (result->incoming, result->delivery->incoming_steps);
      drop_steps (result->outgoing, result->delivery->outgoing_steps);
    }
  postweg_delivery_free (result->delivery);
  result->delivery = delivery;
  add_steps (result->incoming, delivery->incoming_steps, delivery->incoming_dialogue);
  add_steps (result->outgoing, delivery->outgoing_steps, delivery->outgoing_dialogue);
  wishes = postweg_test_judge (result, test->request);
  return TRUE;
}
