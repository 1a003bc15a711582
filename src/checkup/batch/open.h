/* What must be read before a batch can begin. */
#pragma once
#include "checkup/batch/reader.h"
#include "checkup/batch/resume.h"
#include "checkup/batch/batch.h"
#include "wire/trust.h"

typedef struct {
  PostwegTrust *trust;
  PostwegBatchReader *reader;
  PostwegResume *resume; /* or NULL */
  guint total;           /* lines of the list; 0: not known */
} PostwegBatchOpened;

/* The work of a job; request: PostwegBatchRequest, only looked at. Returns: (transfer full): PostwegBatchOpened, or NULL with the errors of
 * postweg_checkup_batch() */
gpointer postweg_batch_open (gpointer request, GCancellable *cancellable, GError **error);
void postweg_batch_opened_free (PostwegBatchOpened *opened);
