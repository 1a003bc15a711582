/* A list of accounts as bytes -> its records, one at a time and in bounded memory. */
#pragma once
#include <gio/gio.h>

#define POSTWEG_RECORD_MAX (64 * 1024) /* bytes of one record */

typedef enum { POSTWEG_RECORDS_CSV, POSTWEG_RECORDS_JSON } PostwegRecordKind;

typedef enum {
  POSTWEG_RECORD_GOOD,
  POSTWEG_RECORD_LONG,   /* more than POSTWEG_RECORD_MAX bytes; it is skipped */
  POSTWEG_RECORD_OPEN,   /* a quotation mark is not closed; only this line is skipped */
  POSTWEG_RECORD_NUL,    /* holds a NUL byte */
  POSTWEG_RECORD_NO_TEXT /* no UTF-8 */
} PostwegRecordState;

typedef struct {
  PostwegRecordState state;
  guint line; /* its first, from 1 */
  char *text; /* of the reader, NUL-terminated, without the line break at its end; until the next call */
  gsize length;
} PostwegRecord;

typedef struct _PostwegRecords PostwegRecords;

/* Takes a reference of the stream. */
PostwegRecords *postweg_records_new (GInputStream *stream);
/* Wipes what was read. */
void postweg_records_free (PostwegRecords *records);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PostwegRecords, postweg_records_free)

/* Blocks. Empty lines are left out, a byte order mark too. A line break inside of quotation marks belongs to the record (RFC 4180 2.6).
 * Returns: FALSE at the end, or with CANNOT_READ or G_IO_ERROR_CANCELLED */
gboolean postweg_records_next (PostwegRecords *records, PostwegRecord *record, GCancellable *cancellable,
                               GError **error);
/* Whether the next record has to be waited for. */
gboolean postweg_records_is_drained (const PostwegRecords *records);
/* By the first byte that is no blank; known after the first record. */
PostwegRecordKind postweg_records_kind (const PostwegRecords *records);
/* Behind what a field begins, once that is known; before, behind each of those that are usual. */
void postweg_records_set_separator (PostwegRecords *records, char separator);
