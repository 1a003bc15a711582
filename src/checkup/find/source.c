/* A source and its task pass the door together. */
#include "checkup/find/source.h"
#include "checkup/worker.h"

typedef struct {
  const PostwegSource *source;
  PostwegSourceTask task; /* with copies of its own */
  PostwegAddress *address;
  GPtrArray *mail_hosts;
  PostwegHttpTrust *trust;
  char *name_server;
} Input;

static void
input_free (gpointer data)
{
  Input *input = data;

  postweg_address_free (input->address);
  g_clear_pointer (&input->mail_hosts, g_ptr_array_unref);
  postweg_http_trust_unref (input->trust);
  postweg_asked_unref (input->task.asked);
  g_free (input->name_server);
  g_free (input);
}

static gpointer
run (gpointer data, GCancellable *cancellable, GError **error G_GNUC_UNUSED)
{
  Input *input = data;
  PostwegSourceResult *result = postweg_source_result_new (input->source->name);

  input->task.wait.cancellable = cancellable;
  input->source->run (&input->task, result);
  return result;
}

static gpointer
copy_text (gconstpointer text, gpointer unused G_GNUC_UNUSED)
{
  return g_strdup (text);
}

void
postweg_find_source (const PostwegSource *source, const PostwegSourceTask *task, GCancellable *cancellable,
                     GAsyncReadyCallback done, gpointer data)
{
  static const PostwegJob job = { run, input_free, (GDestroyNotify) postweg_source_result_free };
  Input *input = g_new0 (Input, 1);

  input->source = source;
  input->task = *task;
  input->task.address = input->address = postweg_address_copy (task->address);
  if (task->mail_hosts != NULL)
    input->mail_hosts = g_ptr_array_copy ((GPtrArray *) task->mail_hosts, copy_text, NULL);
  input->task.mail_hosts = input->mail_hosts;
  input->task.trust = input->trust = postweg_http_trust_ref (task->trust);
  postweg_asked_ref (task->asked);
  input->task.name_server = input->name_server = g_strdup (task->name_server);
  postweg_worker_run (&job, input, cancellable, done, data);
}

PostwegSourceResult *
postweg_find_source_finish (GAsyncResult *result)
{
  return postweg_worker_finish (result, NULL);
}
