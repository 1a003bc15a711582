/* A list of accounts as a file or pipe -> its lines, a few at a time. Blocking: for the pool. */
#pragma once
#include "checkup/batch/line.h"
#include <gio/gio.h>

typedef struct _PostwegBatchReader PostwegBatchReader;

typedef struct {
  GPtrArray *lines;     /* PostwegBatchLine */
  GPtrArray *strangers; /* char*: names of columns that nobody knows, each told once */
  gboolean ended;
} PostwegBatchChunk;

void postweg_batch_chunk_free (PostwegBatchChunk *chunk);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PostwegBatchChunk, postweg_batch_chunk_free)

/* file: "-" is standard input. Errors: CANNOT_READ */
PostwegBatchReader *postweg_batch_reader_new (const char *file, GError **error);
void postweg_batch_reader_free (PostwegBatchReader *reader);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PostwegBatchReader, postweg_batch_reader_free)

/* At most `most` lines; what cannot be tested is one of them, with its reason.
 * Returns: (transfer full): or NULL with BAD_INPUT (no usable columns; passwords that others can read), CANNOT_READ, G_IO_ERROR_CANCELLED */
PostwegBatchChunk *postweg_batch_reader_next (PostwegBatchReader *reader, guint most,
                                              GCancellable *cancellable, GError **error);
/* Reads a file through, without keeping anything. Returns: how many lines it has for postweg_batch_reader_next(); 0: that cannot be
 * known before, since it is no file */
guint postweg_batch_count (const char *file, GCancellable *cancellable);
