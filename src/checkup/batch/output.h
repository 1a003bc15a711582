/* Results of a batch -> a descriptor, as they come where the format allows it. */
#pragma once
#include "report/batch.h"

typedef struct _PostwegBatchOutput PostwegBatchOutput;

/* descriptor: not closed. Errors: CANNOT_WRITE */
PostwegBatchOutput *postweg_batch_output_new (const PostwegBatchFormat *format, int descriptor,
                                              GError **error);
void postweg_batch_output_free (PostwegBatchOutput *output);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PostwegBatchOutput, postweg_batch_output_free)

/* Writes one account, whole or not at all; sets entry->again. Errors: CANNOT_WRITE */
gboolean postweg_batch_output_add (PostwegBatchOutput *output, PostwegBatchEntry *entry, GError **error);
/* Writes what can only be known at the end. */
gboolean postweg_batch_output_end (PostwegBatchOutput *output, const PostwegBatchSummary *summary,
                                   GError **error);
