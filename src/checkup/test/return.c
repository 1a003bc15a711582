/* Sending the errands of a test off, and taking in what they bring back. */
#include "checkup/test/errand.h"
#include "checkup/worker.h"

/* The way back of a look. Main context only. */
typedef struct {
  PostwegTestRun *test;
  GCancellable *own; /* or NULL */
} Way;

static gboolean
is_beside (const PostwegWish *wish)
{
  return wish->look == POSTWEG_LOOK_OTHER_FAMILY;
}

static void
probe_back (PostwegTestRun *test)
{
  test->pending--;
  postweg_test_run_back (test);
}

static void
incoming_back (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer data)
{
  PostwegTestRun *test = data;

  test->result->incoming = postweg_worker_finish (result, NULL);
  probe_back (test);
}

static void
outgoing_back (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer data)
{
  PostwegTestRun *test = data;

  test->result->outgoing = postweg_worker_finish (result, NULL);
  probe_back (test);
}

/* A second sign-in at the same server is counted where the first one is. */
static void
keep (PostwegTestRun *test, PostwegObservation *observation)
{
  PostwegEvidence *evidence =
      observation->side == POSTWEG_RECEIVE ? test->result->incoming : test->result->outgoing;

  if (evidence != NULL)
    evidence->login_attempts += observation->evidence->login_attempts;
  g_ptr_array_add (test->result->observations, observation);
}

/* It was only begun to save time: as if it had never been. */
static void
forget (PostwegTestRun *test, PostwegObservation *observation)
{
  g_autoptr (PostwegObservation) unwanted = observation;

  for (guint i = 0; i < test->wishes->len; i++)
    {
      const PostwegWish *wish = g_ptr_array_index (test->wishes, i);

      if (wish->look == unwanted->look && wish->side == unwanted->side &&
          wish->server->port == unwanted->evidence->server->port)
        g_ptr_array_remove_index (test->wishes, i--);
    }
}

static void
look_back (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer data)
{
  g_autofree Way *way = data;
  PostwegTestRun *test = way->test;
  PostwegObservation *observation = postweg_worker_finish (result, NULL);
  gboolean unwanted = way->own != NULL && g_cancellable_is_cancelled (way->own);

  if (observation->look == POSTWEG_LOOK_OTHER_FAMILY)
    test->beside--;
  else
    test->pending--;
  if (unwanted)
    forget (test, observation);
  else
    keep (test, observation);
  g_clear_object (&way->own);
  postweg_test_run_back (test);
}

gboolean
postweg_test_run_has (const PostwegTestRun *test, const PostwegWish *wish)
{
  for (guint i = 0; i < test->wishes->len; i++)
    if (postweg_wish_equal (g_ptr_array_index (test->wishes, i), wish))
      return TRUE;
  return FALSE;
}

/* In a batch other tests may be at the same server. */
static void
send_off (const PostwegJob *job, PostwegErrand *errand, GCancellable *cancellable, GAsyncReadyCallback back,
          gpointer data)
{
  PostwegTestRun *test = errand->test;
  g_autofree char *host = NULL;

  if (test->gate == NULL)
    {
      postweg_worker_run (job, errand, cancellable, back, data);
      return;
    }
  host = g_strdup (postweg_errand_server (errand)->host);
  postweg_gate_run (test->gate, host, &(PostwegGateJob){ job, errand, cancellable, back, data });
}

static void
start_look (PostwegErrand *errand, GCancellable *cancellable)
{
  static const PostwegJob look = { postweg_errand_run, postweg_errand_free,
                                   (GDestroyNotify) postweg_observation_free };
  PostwegTestRun *test = errand->test;
  const PostwegWish *wish = errand->wish;
  Way *way = g_new (Way, 1);

  *way = (Way){ postweg_test_run_ref (test), cancellable != NULL ? g_object_ref (cancellable) : NULL };
  if (is_beside (wish))
    test->beside++;
  else
    test->pending++;
  g_ptr_array_add (test->wishes, postweg_wish_new (wish->look, wish->side, wish->server));
  send_off (&look, errand, cancellable != NULL ? cancellable : test->cancellable, look_back, way);
}

void
postweg_errand_start (PostwegErrand *errand, GCancellable *cancellable)
{
  static const PostwegJob probe = { postweg_errand_run, postweg_errand_free,
                                    (GDestroyNotify) postweg_evidence_free };
  PostwegTestRun *test = errand->test;

  if (errand->wish != NULL)
    {
      start_look (errand, cancellable);
      return;
    }
  test->pending++;
  send_off (&probe, errand, test->cancellable,
            errand->side == POSTWEG_RECEIVE ? incoming_back : outgoing_back, postweg_test_run_ref (test));
}
