/* The beginning and the values of a batch. */
#include "checkup/batch/open.h"
#include "model/error.h"
#include "report/batch.h"
#include <glib/gi18n-lib.h>
#include <unistd.h>

#define PAUSE_MS 2000

void
postweg_batch_opened_free (PostwegBatchOpened *opened)
{
  postweg_trust_unref (opened->trust);
  postweg_batch_reader_free (opened->reader);
  postweg_resume_free (opened->resume);
  g_free (opened);
}

gpointer
postweg_batch_open (gpointer data, GCancellable *cancellable, GError **error)
{
  const PostwegBatchRequest *request = data;
  PostwegBatchOpened *result = g_new0 (PostwegBatchOpened, 1);

  result->trust = postweg_trust_new (request->trust_file, error);
  if (result->trust != NULL)
    result->reader = postweg_batch_reader_new (request->file, error);
  if (result->reader != NULL && request->resume != NULL)
    result->resume = postweg_resume_new (request->resume, request->output, error);
  if (result->reader != NULL && (request->resume == NULL || result->resume != NULL))
    {
      result->total = postweg_batch_count (request->file, cancellable);
      return result;
    }
  postweg_batch_opened_free (result);
  return NULL;
}

void
postweg_batch_outcome_free (PostwegBatchOutcome *outcome)
{
  if (outcome == NULL)
    return;
  g_free (outcome->summary);
  g_free (outcome);
}

PostwegBatchRequest *
postweg_batch_request_new (const char *file)
{
  PostwegBatchRequest *request = g_new0 (PostwegBatchRequest, 1);

  *request = (PostwegBatchRequest){ .file = g_strdup (file),
                                    .output = STDOUT_FILENO,
                                    .jobs = POSTWEG_BATCH_JOBS,
                                    .per_server = POSTWEG_BATCH_PER_SERVER,
                                    .consent = POSTWEG_CONSENT_DEFAULT,
                                    .timeout_s = 60,
                                    .progress_ms = 10000,
                                    .pause_ms = PAUSE_MS };
  return request;
}

void
postweg_batch_request_free (PostwegBatchRequest *request)
{
  if (request == NULL)
    return;
  g_free (request->file);
  g_free (request->format);
  g_free (request->resume);
  g_free (request->trust_file);
  g_free (request);
}

static gboolean
is_in_range (int number)
{
  return number >= 1 && number <= POSTWEG_BATCH_JOBS_MAX;
}

gboolean
postweg_batch_request_check (const PostwegBatchRequest *request, GError **error)
{
  const char *why = NULL;

  if (postweg_batch_format (request->format) == NULL)
    why = _("--format can be json, csv, html or prometheus.");
  else if (!is_in_range (request->jobs) || !is_in_range (request->per_server))
    why = _("--jobs and --per-server take numbers from 1 to 512.");
  else if (request->resume != NULL && postweg_batch_format (request->format) != &postweg_batch_json)
    why = _("--resume goes with JSON lines only.");
  if (why != NULL)
    g_set_error_literal (error, POSTWEG_ERROR, POSTWEG_ERROR_BAD_INPUT, why);
  return why == NULL;
}
