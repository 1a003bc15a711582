/* The flow of a batch: lines are read ahead, wait until their servers have room, are tested, written and forgotten. */
#include "checkup/batch/batch.h"
#include "checkup/batch/crowd.h"
#include "checkup/batch/domains.h"
#include "checkup/batch/open.h"
#include "checkup/batch/output.h"
#include "checkup/gate.h"
#include "checkup/test/errand.h"
#include "checkup/worker.h"
#include "model/error.h"
#include <glib/gi18n-lib.h>
#include <string.h>

#define CHUNK 64       /* lines that are read at once */
#define MANY 1024      /* pairs of servers that are remembered as seen */
#define MAX_TRIES 8    /* of an account, at servers that ask for fewer connections */
#define MAX_SIGN_INS 2 /* per server and account, see PostwegProbe */

typedef struct {
  PostwegBatchRequest *request;
  PostwegBatchWatch watch;
  GTask *task;
  GCancellable *cancellable;
  gint64 start;  /* monotonic, us */
  GError *error; /* ends everything */

  PostwegTrust *trust;
  PostwegBatchReader *reader;
  PostwegResume *resume; /* or NULL */
  PostwegBatchOutput *output;
  PostwegBatchSummary summary;
  PostwegGate *gate;
  PostwegDomains *domains;

  GQueue waiting;         /* Item */
  GHashTable *signing_in; /* char*: an account at a server, of those that are being tested */
  GHashTable *seen;       /* char*: servers that a test was begun for */
  guint running, looking_up;
  gboolean reading, ended;
  gboolean pumping;
  GSource *ticks;
} Batch;

typedef struct {
  Batch *batch;
  PostwegBatchLine *line;
  char *keys[POSTWEG_BOTH]; /* of the account at both servers, or NULL; while it is tested */
  guint tries;
  guint sign_ins[POSTWEG_BOTH]; /* made in earlier tries */
  guint limits[POSTWEG_BOTH];   /* how many could be at its server when the try began */
  gint64 start;
} Item;

static void pump (Batch *batch);

static const PostwegServer *
server_of (const Item *item, PostwegSide side)
{
  return side == POSTWEG_RECEIVE ? item->line->account->incoming : item->line->account->outgoing;
}

static void
item_free (Item *item)
{
  for (PostwegSide side = POSTWEG_RECEIVE; side < POSTWEG_BOTH; side++)
    g_free (item->keys[side]);
  postweg_batch_line_free (item->line);
  g_free (item);
}

static void
batch_free (Batch *batch)
{
  if (batch->ticks != NULL)
    g_source_destroy (batch->ticks);
  g_clear_pointer (&batch->ticks, g_source_unref);
  g_queue_clear_full (&batch->waiting, (GDestroyNotify) item_free);
  g_hash_table_unref (batch->signing_in);
  g_hash_table_unref (batch->seen);
  postweg_domains_free (batch->domains);
  postweg_gate_free (batch->gate);
  postweg_batch_summary_clear (&batch->summary);
  postweg_batch_output_free (batch->output);
  postweg_resume_free (batch->resume);
  postweg_batch_reader_free (batch->reader);
  postweg_trust_unref (batch->trust);
  g_clear_error (&batch->error);
  g_object_unref (batch->cancellable);
  postweg_batch_request_free (batch->request);
  g_free (batch);
}

/* telling */

static void G_GNUC_PRINTF (2, 3) remark (Batch *batch, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  if (batch->watch.remark != NULL)
    batch->watch.remark (text, batch->watch.data);
}

static guint
n_failing (const PostwegBatchSummary *summary)
{
  return summary->verdicts[POSTWEG_VERDICT_RECEIVE_ONLY] + summary->verdicts[POSTWEG_VERDICT_SEND_ONLY] +
         summary->verdicts[POSTWEG_VERDICT_NOTHING_WORKS];
}

static void
tell_progress (Batch *batch)
{
  const PostwegBatchSummary *summary = &batch->summary;
  double seconds = MAX ((double) (g_get_monotonic_time () - batch->start) / G_USEC_PER_SEC, 0.001);
  double rate = summary->n / seconds;
  g_autofree char *text = NULL;

  if (batch->watch.progress == NULL)
    return;
  if (summary->total > 0)
    text = g_strdup_printf (_("%u of %u accounts tested, %u do not work; %.1f a second"),
                               summary->n + summary->skipped, summary->total, n_failing (summary), rate);
  else
    text = g_strdup_printf (_("%u accounts tested, %u do not work; %.1f a second"),
                               summary->n + summary->skipped, n_failing (summary), rate);
  batch->watch.progress (text, batch->watch.data);
}

static gboolean
tick (gpointer batch)
{
  tell_progress (batch);
  return G_SOURCE_CONTINUE;
}

/* the end */

/* Takes the error, or frees it when there is one already. Nothing more is begun. */
static void
give_up (Batch *batch, GError *error)
{
  if (batch->error == NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    batch->error = error;
  else
    g_error_free (error);
  batch->ended = TRUE;
}

static gboolean
is_stopped (const Batch *batch)
{
  return batch->error != NULL || g_cancellable_is_cancelled (batch->cancellable);
}

static PostwegVerdict
worst_of (const PostwegBatchSummary *summary)
{
  static const PostwegVerdict order[] = { POSTWEG_VERDICT_NOTHING_WORKS, POSTWEG_VERDICT_SEND_ONLY,
                                          POSTWEG_VERDICT_RECEIVE_ONLY, POSTWEG_VERDICT_NOT_TESTED };

  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    if (summary->verdicts[order[i]] + summary->earlier[order[i]] > 0)
      return order[i];
  return summary->stopped || summary->n + summary->skipped == 0 ? POSTWEG_VERDICT_NOT_TESTED
                                                                : POSTWEG_VERDICT_WORKS;
}

static void
finish (Batch *batch)
{
  g_autoptr (GTask) task = g_steal_pointer (&batch->task);
  PostwegBatchOutcome *outcome;

  batch->summary.stopped = g_cancellable_is_cancelled (batch->cancellable);
  if (batch->error == NULL && batch->output != NULL)
    postweg_batch_output_end (batch->output, &batch->summary, &batch->error);
  tell_progress (batch);
  if (batch->error != NULL)
    g_task_return_error (task, g_steal_pointer (&batch->error));
  else
    {
      outcome = g_new0 (PostwegBatchOutcome, 1);
      outcome->worst = worst_of (&batch->summary);
      outcome->summary = postweg_batch_summary_text (&batch->summary);
      g_task_return_pointer (task, outcome, (GDestroyNotify) postweg_batch_outcome_free);
    }
  batch_free (batch);
}

/* results */

/* result: or NULL. */
static void
write_result (Item *item, const PostwegTestResult *result)
{
  Batch *batch = item->batch;
  GError *error = NULL;
  PostwegBatchEntry entry = { .line = item->line->number,
                              .address = item->line->address,
                              .result = result,
                              .error = item->line->error,
                              .ms = (guint) ((g_get_monotonic_time () - item->start) / 1000) };

  if (is_stopped (batch))
    return;
  if (!postweg_batch_output_add (batch->output, &entry, &error))
    {
      give_up (batch, error);
      g_cancellable_cancel (batch->cancellable);
      return;
    }
  postweg_batch_summary_add (&batch->summary, &entry);
}

/* Unless that could be a third sign-in. */
static gboolean
may_sign_in_again (Item *item, const PostwegTestResult *result)
{
  const PostwegEvidence *const sides[] = { result->incoming, result->outgoing };

  for (PostwegSide side = POSTWEG_RECEIVE; side < POSTWEG_BOTH; side++)
    item->sign_ins[side] += sides[side] != NULL ? sides[side]->login_attempts : 0;
  return item->sign_ins[POSTWEG_RECEIVE] < MAX_SIGN_INS && item->sign_ins[POSTWEG_SEND] < MAX_SIGN_INS;
}

/* Returns: whether fewer connections can help */
static gboolean
slow_down (Item *item, const char *host)
{
  PostwegGate *gate = item->batch->gate;
  guint before = postweg_gate_limit (gate, host);
  guint now = postweg_gate_slow_down (gate, host);

  if (now < before)
    remark (item->batch, _("%s asks for fewer connections. From now on: at most %u at the same time."), host,
                            now);
  return !postweg_gate_is_hopeless (gate, host);
}

/* Both servers may be one machine: what went well on one side says nothing when the other one complains.
 * Returns: whether the account should be tested once more, since its server had too much of it */
static gboolean
learn (Item *item, const PostwegTestResult *result)
{
  PostwegGate *gate = item->batch->gate;
  guint usual = (guint) item->batch->request->per_server;
  gboolean again = FALSE, fine = TRUE;

  for (PostwegSide side = POSTWEG_RECEIVE; side < POSTWEG_BOTH; side++)
    {
      const PostwegServer *server = server_of (item, side);
      PostwegCrowd crowd = postweg_crowd_at (result, side);

      fine = fine && crowd == POSTWEG_CROWD_NONE;
      if (crowd == POSTWEG_CROWD_SAID)
        again |= slow_down (item, server->host);
      else if (crowd == POSTWEG_CROWD_DOUBTFUL)
        again |=
            postweg_gate_limit (gate, server->host) < usual || (item->limits[side] > 1 && item->tries == 1);
    }
  for (PostwegSide side = POSTWEG_RECEIVE; side < POSTWEG_BOTH; side++)
    if (fine && server_of (item, side) != NULL)
      postweg_gate_went_well (gate, server_of (item, side)->host);
  return again;
}

static void
leave (Item *item)
{
  item->batch->running--;
  for (PostwegSide side = POSTWEG_RECEIVE; side < POSTWEG_BOTH; side++)
    {
      if (item->keys[side] != NULL)
        g_hash_table_remove (item->batch->signing_in, item->keys[side]);
      g_clear_pointer (&item->keys[side], g_free);
    }
}

static void
tested (GObject *source G_GNUC_UNUSED, GAsyncResult *answer, gpointer data)
{
  Item *item = data;
  Batch *batch = item->batch;
  g_autoptr (PostwegTestResult) result = postweg_checkup_test_finish (answer, NULL);

  leave (item);
  if (!is_stopped (batch) && learn (item, result) && item->tries < MAX_TRIES &&
      may_sign_in_again (item, result))
    g_queue_push_head (&batch->waiting, item);
  else
    {
      write_result (item, result);
      item_free (item);
    }
  pump (batch);
}

/* beginning */

static gboolean
was_seen (Item *item)
{
  const PostwegServer *incoming = server_of (item, POSTWEG_RECEIVE),
                      *outgoing = server_of (item, POSTWEG_SEND);
  GHashTable *seen = item->batch->seen;

  if (g_hash_table_size (seen) >= MANY)
    g_hash_table_remove_all (seen);
  return !g_hash_table_add (seen, g_strdup_printf ("%s:%u %s:%u", incoming != NULL ? incoming->host : "",
                                                   incoming != NULL ? incoming->port : 0,
                                                   outgoing != NULL ? outgoing->host : "",
                                                   outgoing != NULL ? outgoing->port : 0));
}

static void
begin (Item *item)
{
  Batch *batch = item->batch;
  PostwegTestRequest *request = postweg_test_request_new (item->line->account, item->line->credentials);
  PostwegTestShare share = { .trust = batch->trust, .gate = batch->gate, .sober = was_seen (item) };

  for (PostwegSide side = POSTWEG_RECEIVE; side < POSTWEG_BOTH; side++)
    if (server_of (item, side) != NULL)
      item->limits[side] = postweg_gate_limit (batch->gate, server_of (item, side)->host);
  memcpy (share.sign_ins_made, item->sign_ins, sizeof share.sign_ins_made);
  request->allow_plaintext = batch->request->allow_plaintext;
  request->timeout_s = batch->request->timeout_s;
  if (item->tries++ == 0)
    item->start = g_get_monotonic_time ();
  batch->running++;
  postweg_test_start (request, &share, batch->cancellable, tested, item);
}

/* Hosts at one address count as one server. Returns: (transfer full): or NULL */
static char *
account_key (const Item *item, PostwegSide side)
{
  const PostwegServer *server = server_of (item, side);
  g_auto (GStrv) addresses = NULL;

  if (server == NULL)
    return NULL;
  addresses = postweg_gate_addresses (item->batch->gate, server->host);
  return g_strdup_printf ("%s %s", addresses != NULL ? addresses[0] : server->host, server->user);
}

/* Notes the account as being tested. Returns: FALSE when it is already, because of another line */
static gboolean
enter (Item *item)
{
  GHashTable *signing_in = item->batch->signing_in;
  gboolean is_free = TRUE;

  for (PostwegSide side = POSTWEG_RECEIVE; side < POSTWEG_BOTH; side++)
    {
      item->keys[side] = account_key (item, side);
      is_free =
          is_free && (item->keys[side] == NULL || !g_hash_table_contains (signing_in, item->keys[side]));
    }
  for (PostwegSide side = POSTWEG_RECEIVE; side < POSTWEG_BOTH; side++)
    if (!is_free)
      g_clear_pointer (&item->keys[side], g_free);
    else if (item->keys[side] != NULL)
      g_hash_table_add (signing_in, item->keys[side]);
  return is_free;
}

static void
host_known (gpointer data)
{
  Batch *batch = data;

  batch->looking_up--;
  pump (batch);
}

/* Whether the addresses of both servers are known, and both have room. */
static gboolean
has_room (Item *item)
{
  Batch *batch = item->batch;
  gboolean room = TRUE;

  for (PostwegSide side = POSTWEG_RECEIVE; side < POSTWEG_BOTH; side++)
    {
      const PostwegServer *server = server_of (item, side);

      if (server == NULL)
        continue;
      if (postweg_gate_look_up (batch->gate, server->host, batch->cancellable, host_known, batch))
        {
          batch->looking_up++;
          room = FALSE;
        }
      else
        room = room && postweg_gate_has_room (batch->gate, server->host);
    }
  return room;
}

/* Returns: whether the item is no longer waiting */
static gboolean
try_item (Item *item)
{
  PostwegBatchLine *line = item->line;
  gboolean has_servers =
      line->error != NULL || line->account->incoming != NULL || line->account->outgoing != NULL;

  if (!has_servers && !postweg_domains_complete (item->batch->domains, line))
    return FALSE;
  if (line->error != NULL)
    {
      item->start = g_get_monotonic_time ();
      write_result (item, NULL);
      item_free (item);
      return TRUE;
    }
  if (!has_room (item) || !enter (item))
    return FALSE;
  begin (item);
  return TRUE;
}

static void
begin_what_can_be (Batch *batch)
{
  GList *next = batch->waiting.head;

  while (next != NULL && batch->running < (guint) batch->request->jobs && !is_stopped (batch))
    {
      GList *link = next;

      next = link->next;
      if (try_item (link->data))
        g_queue_delete_link (&batch->waiting, link);
    }
}

/* reading */

static void
take_chunk (Batch *batch, PostwegBatchChunk *chunk)
{
  for (guint i = 0; i < chunk->strangers->len; i++)
    remark (batch, _("The column “%s” is not known and is left out."),
                      (const char *) chunk->strangers->pdata[i]);
  for (guint i = 0; i < chunk->lines->len; i++)
    {
      PostwegBatchLine *line = chunk->lines->pdata[i];
      PostwegVerdict earlier;

      if (batch->resume != NULL && postweg_resume_has (batch->resume, line->number, line->address, &earlier))
        {
          batch->summary.earlier[earlier]++;
          batch->summary.skipped++;
          postweg_batch_line_free (line);
          continue;
        }
      if (line->error != NULL)
        remark (batch, "%s:%u: %s", batch->request->file, line->number, line->error);
      g_queue_push_tail (&batch->waiting, g_new0 (Item, 1));
      *(Item *) batch->waiting.tail->data = (Item){ .batch = batch, .line = line };
    }
  g_ptr_array_set_free_func (chunk->lines, NULL); /* the lines went into the queue */
  batch->ended = chunk->ended;
}

static gpointer
read_chunk (gpointer reader, GCancellable *cancellable, GError **error)
{
  return postweg_batch_reader_next (reader, CHUNK, cancellable, error);
}

static void
chunk_back (GObject *source G_GNUC_UNUSED, GAsyncResult *answer, gpointer data)
{
  Batch *batch = data;
  GError *error = NULL;
  g_autoptr (PostwegBatchChunk) chunk = postweg_worker_finish (answer, &error);

  batch->reading = FALSE;
  if (chunk == NULL)
    give_up (batch, error);
  else
    take_chunk (batch, chunk);
  pump (batch);
}

static void
read_ahead (Batch *batch)
{
  static const PostwegJob job = { read_chunk, NULL, (GDestroyNotify) postweg_batch_chunk_free };

  if (batch->reading || batch->ended || is_stopped (batch) ||
      batch->waiting.length > 2 * (guint) batch->request->jobs)
    return;
  batch->reading = TRUE;
  postweg_worker_run (&job, batch->reader, batch->cancellable, chunk_back, batch);
}

/* Begins whatever can be begun; called after everything that happens. */
static void
pump (Batch *batch)
{
  gboolean busy;

  if (batch->pumping)
    return;
  batch->pumping = TRUE;
  begin_what_can_be (batch);
  read_ahead (batch);
  batch->pumping = FALSE;
  busy = batch->running > 0 || batch->reading || batch->looking_up > 0 ||
         postweg_domains_searching (batch->domains) > 0;
  if (!busy && (is_stopped (batch) || (batch->ended && batch->waiting.length == 0)))
    finish (batch);
}

/* opening */

static void
all_open (GObject *source G_GNUC_UNUSED, GAsyncResult *answer, gpointer data)
{
  Batch *batch = data;
  g_autofree PostwegBatchOpened *opened = postweg_worker_finish (answer, &batch->error);

  if (opened != NULL)
    {
      batch->trust = opened->trust;
      batch->reader = opened->reader;
      batch->resume = opened->resume;
      batch->summary.total = opened->total;
      batch->output = postweg_batch_output_new (postweg_batch_format (batch->request->format),
                                                batch->request->output, &batch->error);
    }
  batch->start = g_get_monotonic_time ();
  pump (batch);
}

static void
pump_again (gpointer batch)
{
  pump (batch);
}

void
postweg_checkup_batch (PostwegBatchRequest *request, const PostwegBatchWatch *watch,
                       GCancellable *cancellable, GAsyncReadyCallback done, gpointer data)
{
  static const PostwegJob job = { postweg_batch_open, NULL, (GDestroyNotify) postweg_batch_opened_free };
  Batch *batch = g_new0 (Batch, 1);

  batch->request = request;
  batch->cancellable = cancellable != NULL ? g_object_ref (cancellable) : g_cancellable_new ();
  batch->task = g_task_new (NULL, NULL, done, data);
  if (watch != NULL)
    batch->watch = *watch;
  g_queue_init (&batch->waiting);
  postweg_batch_summary_init (&batch->summary);
  batch->signing_in = g_hash_table_new (g_str_hash, g_str_equal);
  batch->seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  batch->gate = postweg_gate_new ((guint) request->per_server, request->pause_ms);
  postweg_gate_watch (batch->gate, pump_again, batch);
  batch->domains =
      postweg_domains_new (request->consent, request->trust_file, batch->cancellable, pump_again, batch);
  batch->ticks = g_timeout_source_new (request->progress_ms);
  g_source_set_callback (batch->ticks, tick, batch, NULL);
  g_source_attach (batch->ticks, g_main_context_get_thread_default ());
  postweg_worker_make_room ((guint) request->jobs * 2);
  postweg_worker_run (&job, request, batch->cancellable, all_open, batch);
}

PostwegBatchOutcome *
postweg_checkup_batch_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
