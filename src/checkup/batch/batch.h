/* Many accounts: a list in, the result of each as it comes, a summary at the end. */
#pragma once
#include "model/discovery.h"
#include "model/test-result.h"
#include <gio/gio.h>

#define POSTWEG_BATCH_JOBS 32 /* accounts at the same time */
#define POSTWEG_BATCH_JOBS_MAX 512
#define POSTWEG_BATCH_PER_SERVER 8 /* connections to one server address at the same time */

typedef struct {
  char *
      file; /* CSV with a header (RFC 4180; also with semicolons or tabs) or JSON lines; "-": standard input */
  char *format; /* "json" (also for NULL), "csv", "html" or "prometheus" */
  char *
      resume; /* what an earlier run wrote as JSON lines: accounts that were tested in it are left out; or NULL */
  int output;             /* descriptor, not closed */
  int jobs;               /* 1 to POSTWEG_BATCH_JOBS_MAX */
  int per_server;         /* the same */
  PostwegConsent consent; /* for accounts without servers */
  gboolean allow_plaintext;
  char *trust_file;  /* additional authorities (PEM), or NULL */
  guint timeout_s;   /* for each account */
  guint progress_ms; /* at least so long between two tellings */
  guint pause_ms;    /* before a server that says that this is too much is asked again, at first */
} PostwegBatchRequest;

/* file: copied; everything else as it is usual, JSON lines to standard output. */
PostwegBatchRequest *postweg_batch_request_new (const char *file);
void postweg_batch_request_free (PostwegBatchRequest *request);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PostwegBatchRequest, postweg_batch_request_free)

/* Told on the main context while it runs; translated sentences; either may be NULL. */
typedef struct {
  void (*progress) (const char *text, gpointer data); /* replaces the one before */
  void (*remark) (const char *text, gpointer data);   /* is worth to be kept */
  gpointer data;
} PostwegBatchWatch;

typedef struct {
  PostwegVerdict
      worst; /* neither works, only sending, only receiving, not tested, works: the first of these that there was */
  char *summary; /* lines for people, with a line break at the end */
} PostwegBatchOutcome;

void postweg_batch_outcome_free (PostwegBatchOutcome *outcome);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PostwegBatchOutcome, postweg_batch_outcome_free)

/* Whether the numbers are in their ranges and the format is there and fits. Returns: FALSE with BAD_INPUT, a sentence about the options */
gboolean postweg_batch_request_check (const PostwegBatchRequest *request, GError **error);

/* Tests every account of the list. So many at a time, so many connections to one server address, never two lines of one account at
 * once, and fewer where a server asks for it. Cancelling ends it at once; what was not finished is not written, and the outcome says
 * how many are left. Takes the request. watch: copied, or NULL.
 * Finishes with (transfer full) an outcome; errors: BAD_INPUT for a list that cannot be used or holds passwords that others can read,
 * CANNOT_READ, CANNOT_WRITE, BAD_FORMAT for the trust file or the earlier output */
void postweg_checkup_batch (PostwegBatchRequest *request, const PostwegBatchWatch *watch,
                            GCancellable *cancellable, GAsyncReadyCallback done, gpointer data);
PostwegBatchOutcome *postweg_checkup_batch_finish (GAsyncResult *result, GError **error);
