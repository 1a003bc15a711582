/* An own thread pool; GTask only carries the result to the main context. GTask's own threads would make probes queue behind
 * look-ups: its pool starts ten threads and then hesitates. */
#include "checkup/worker.h"

#define MAX_THREADS 64

typedef struct {
  const PostwegJob *job;
  gpointer input;
  GTask *task;
} Crossing;

/* Counted on one side of the door and read on the other. */
static int crossings;

void
postweg_worker_leave (void)
{
  g_atomic_int_inc (&crossings);
}

void
postweg_worker_arrive (void)
{
  g_atomic_int_get (&crossings);
}

static void
run (gpointer data, gpointer unused G_GNUC_UNUSED)
{
  g_autofree Crossing *crossing = data;
  g_autoptr (GTask) task = NULL;
  g_autoptr (GError) error = NULL;
  gpointer result;

  postweg_worker_arrive ();
  task = crossing->task;
  result = crossing->job->work (crossing->input, g_task_get_cancellable (task), &error);
  if (crossing->job->free_input != NULL)
    crossing->job->free_input (crossing->input);
  postweg_worker_leave ();

  if (error != NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, result, crossing->job->free_result);
}

static GThreadPool *
pool (void)
{
  static GThreadPool *threads;

  if (g_once_init_enter (&threads))
    g_once_init_leave (&threads, g_thread_pool_new (run, NULL, MAX_THREADS, FALSE, NULL));
  return threads;
}

void
postweg_worker_make_room (guint jobs)
{
  if (jobs > MAX_THREADS)
    g_thread_pool_set_max_threads (pool (), (gint) jobs, NULL);
}

void
postweg_worker_run (const PostwegJob *job, gpointer input, GCancellable *cancellable,
                    GAsyncReadyCallback done, gpointer data)
{
  Crossing *crossing = g_new (Crossing, 1);

  *crossing = (Crossing){ job, input, g_task_new (NULL, cancellable, done, data) };
  g_task_set_check_cancellable (crossing->task, FALSE);
  postweg_worker_leave ();
  g_thread_pool_push (pool (), crossing, NULL);
}

gpointer
postweg_worker_finish (GAsyncResult *result, GError **error)
{
  postweg_worker_arrive ();
  return g_task_propagate_pointer (G_TASK (result), error);
}
