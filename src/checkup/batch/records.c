/* One buffer that never moves to another place, since it holds passwords: records are looked for in it, and it is wiped behind them. */
#include "checkup/batch/records.h"
#include "model/error.h"
#include "model/secret.h"
#include <glib/gi18n-lib.h>
#include <string.h>

#define CHUNK (16 * 1024)
#define SIZE (POSTWEG_RECORD_MAX + CHUNK)

struct _PostwegRecords {
  GInputStream *stream;
  char *buffer;      /* SIZE + 1 bytes */
  gsize start, end;  /* what is in it and not given out */
  guint line;        /* of `start` */
  gboolean ended;    /* the stream */
  gboolean begun;    /* the first bytes were looked at */
  gboolean skipping; /* the rest of a line that is too long */
  PostwegRecordKind kind;
  char separators[4];
};

PostwegRecords *
postweg_records_new (GInputStream *stream)
{
  PostwegRecords *records = g_new0 (PostwegRecords, 1);

  records->stream = g_object_ref (stream);
  records->buffer = g_malloc (SIZE + 1);
  records->line = 1;
  g_strlcpy (records->separators, ",;\t", sizeof records->separators);
  return records;
}

void
postweg_records_free (PostwegRecords *records)
{
  if (records == NULL)
    return;
  postweg_wipe (records->buffer, SIZE + 1);
  g_free (records->buffer);
  g_object_unref (records->stream);
  g_free (records);
}

PostwegRecordKind
postweg_records_kind (const PostwegRecords *records)
{
  return records->kind;
}

gboolean
postweg_records_is_drained (const PostwegRecords *records)
{
  return records->start == records->end;
}

void
postweg_records_set_separator (PostwegRecords *records, char separator)
{
  records->separators[0] = separator;
  records->separators[1] = '\0';
}

/* Moves what is left to the front and reads more behind it. Returns: FALSE with an error */
static gboolean
fill (PostwegRecords *records, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) cause = NULL;
  gsize left = records->end - records->start;
  gssize n;

  memmove (records->buffer, records->buffer + records->start, left);
  postweg_wipe (records->buffer + left, SIZE - left);
  records->start = 0;
  records->end = left;
  n = g_input_stream_read (records->stream, records->buffer + left, MIN (SIZE - left, CHUNK), cancellable,
                           &cause);
  if (n >= 0)
    {
      records->end += (gsize) n;
      records->ended = n == 0;
      return TRUE;
    }
  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_propagate_error (error, g_steal_pointer (&cause));
  else
    g_set_error (error, POSTWEG_ERROR, POSTWEG_ERROR_CANNOT_READ,
                 _("The list cannot be read any further: %s"), postweg_error_reason (cause));
  return FALSE;
}

/* Byte order mark, blanks, and what kind of list it is. */
static void
look_at_start (PostwegRecords *records)
{
  static const char mark[] = "\xef\xbb\xbf";
  gsize n = MIN (records->end - records->start, strlen (mark));
  gboolean is_mark = memcmp (records->buffer + records->start, mark, n) == 0;

  if (is_mark && n < strlen (mark) && !records->ended)
    return; /* a pipe may bring less */
  if (is_mark && n == strlen (mark))
    records->start += n;
  for (; records->start < records->end; records->start++)
    {
      char c = records->buffer[records->start];

      if (!g_ascii_isspace (c))
        break;
      records->line += c == '\n';
    }
  records->begun = records->start < records->end;
  records->kind =
      records->begun && records->buffer[records->start] == '{' ? POSTWEG_RECORDS_JSON : POSTWEG_RECORDS_CSV;
}

/* A quotation mark opens only where a field begins; two of them inside are one (RFC 4180 2.7).
 * Returns: where the record's line break is, or `end`; open: (out): it ends inside of quotation marks */
static gsize
find_end (const PostwegRecords *records, gboolean *open)
{
  gboolean quoted = FALSE, begins = TRUE;
  gsize i;

  for (i = records->start; i < records->end; i++)
    {
      char c = records->buffer[i];

      if (c == '\n' && !quoted)
        break;
      if (c == '"' && records->kind == POSTWEG_RECORDS_CSV && (quoted || begins))
        {
          quoted = !quoted;
          begins = !quoted; /* a second one opens again */
        }
      else
        begins = c != '\0' && strchr (records->separators, c) != NULL;
    }
  *open = quoted;
  return i;
}

static gsize
line_end (const PostwegRecords *records)
{
  const char *found = memchr (records->buffer + records->start, '\n', records->end - records->start);

  return found != NULL ? (gsize) (found - records->buffer) : records->end;
}

static void
give_out (PostwegRecords *records, gsize end, PostwegRecordState state, PostwegRecord *record)
{
  char *text = records->buffer + records->start;
  gsize length = end - records->start;

  *record = (PostwegRecord){ state, records->line, text, length };
  for (gsize i = 0; i < length; i++)
    records->line += text[i] == '\n';
  records->line += end < records->end;
  records->start = MIN (end + 1, records->end);
  text[length] = '\0';
  while (record->length > 0 && text[record->length - 1] == '\r')
    text[--record->length] = '\0';
  if (state != POSTWEG_RECORD_GOOD)
    return;
  if (memchr (text, '\0', record->length) != NULL)
    record->state = POSTWEG_RECORD_NUL;
  else if (!g_utf8_validate_len (text, record->length, NULL))
    record->state = POSTWEG_RECORD_NO_TEXT;
}

/* Looks for a whole record in what is there. Returns: FALSE when more must be read */
static gboolean
take (PostwegRecords *records, PostwegRecord *record)
{
  gboolean open = FALSE;
  gsize end = find_end (records, &open);
  gboolean whole = end < records->end || (records->ended && !open);
  gboolean too_long = end - records->start > POSTWEG_RECORD_MAX;

  if (whole && !too_long)
    {
      give_out (records, end, POSTWEG_RECORD_GOOD, record);
      return TRUE;
    }
  if (!too_long && !records->ended)
    return FALSE;
  /* the mark that opens stands in the first line, or the line has no end */
  end = line_end (records);
  records->skipping = end == records->end && !records->ended;
  too_long = !open || end - records->start > POSTWEG_RECORD_MAX;
  give_out (records, end, too_long ? POSTWEG_RECORD_LONG : POSTWEG_RECORD_OPEN, record);
  return TRUE;
}

static void
skip_rest (PostwegRecords *records)
{
  gsize end = line_end (records);

  records->skipping = end == records->end && !records->ended;
  records->line += end < records->end;
  records->start = MIN (end + 1, records->end);
}

static gboolean
is_blank (const PostwegRecord *record)
{
  return record->state == POSTWEG_RECORD_GOOD && strspn (record->text, " \t\r") == record->length;
}

/* Goes on as far as the bytes that are there allow it. Returns: whether a record came of it */
static gboolean
advance (PostwegRecords *records, PostwegRecord *record)
{
  if (records->skipping)
    skip_rest (records);
  if (!records->begun)
    look_at_start (records);
  return !records->skipping && records->begun && records->start < records->end && take (records, record);
}

gboolean
postweg_records_next (PostwegRecords *records, PostwegRecord *record, GCancellable *cancellable,
                      GError **error)
{
  while (TRUE)
    {
      if (advance (records, record))
        {
          if (!is_blank (record))
            return TRUE;
        }
      else if ((records->ended && records->start == records->end) || !fill (records, cancellable, error))
        return FALSE;
    }
}
