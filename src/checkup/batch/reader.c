/* Opens the list, finds out what kind it is, and turns records into lines. */
#include "checkup/batch/reader.h"
#include "checkup/batch/records.h"
#include "model/error.h"
#include <errno.h>
#include <fcntl.h>
#include <gio/gunixinputstream.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define MAX_STRANGERS 100 /* names that are remembered as told */

struct _PostwegBatchReader {
  char *file, *folder;
  PostwegRecords *records;
  gboolean open_to_others;
  gboolean has_columns;
  PostwegColumns columns;
  GHashTable *told; /* char* */
};

void
postweg_batch_chunk_free (PostwegBatchChunk *chunk)
{
  if (chunk == NULL)
    return;
  g_ptr_array_unref (chunk->lines);
  g_ptr_array_unref (chunk->strangers);
  g_free (chunk);
}

/* Returns: the descriptor, or -1 with an error */
static int
open_list (const char *file, GError **error)
{
  int fd =
      strcmp (file, "-") == 0 ? fcntl (STDIN_FILENO, F_DUPFD_CLOEXEC, 0) : open (file, O_RDONLY | O_CLOEXEC);
  int reason = errno;
  struct stat facts;

  if (fd >= 0 && fstat (fd, &facts) == 0 && S_ISDIR (facts.st_mode))
    {
      close (fd);
      fd = -1;
      reason = EISDIR;
    }
  if (fd < 0)
    g_set_error (error, POSTWEG_ERROR, POSTWEG_ERROR_CANNOT_READ,
                 _("The list %s cannot be read: %s"), file, g_strerror (reason));
  return fd;
}

PostwegBatchReader *
postweg_batch_reader_new (const char *file, GError **error)
{
  int fd = open_list (file, error);
  g_autoptr (GInputStream) stream = NULL;
  g_autofree char *path = NULL;
  PostwegBatchReader *reader;

  if (fd < 0)
    return NULL;
  path = g_canonicalize_filename (strcmp (file, "-") == 0 ? "stdin" : file, NULL);
  stream = g_unix_input_stream_new (fd, TRUE);
  reader = g_new0 (PostwegBatchReader, 1);
  reader->file = g_strdup (file);
  reader->folder = g_path_get_dirname (path);
  reader->records = postweg_records_new (stream);
  reader->open_to_others = postweg_batch_is_open_to_others (fd, path);
  reader->told = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return reader;
}

void
postweg_batch_reader_free (PostwegBatchReader *reader)
{
  if (reader == NULL)
    return;
  g_free (reader->file);
  g_free (reader->folder);
  postweg_records_free (reader->records);
  g_hash_table_unref (reader->told);
  g_free (reader);
}

static gboolean
refuse_open_file (const PostwegBatchReader *reader, GError **error)
{
  g_set_error (error, POSTWEG_ERROR, POSTWEG_ERROR_BAD_INPUT,
               _("The list %s holds passwords, and others can read it. Please run “chmod 600 %s” first."),
                  reader->file, reader->file);
  return FALSE;
}

static gboolean
read_header (PostwegBatchReader *reader, const PostwegRecord *record, GPtrArray *strangers, GError **error)
{
  const PostwegColumns *columns = &reader->columns;

  if (record->state != POSTWEG_RECORD_GOOD)
    {
      g_set_error_literal (error, POSTWEG_ERROR, POSTWEG_ERROR_BAD_INPUT,
                           _("This is no list of accounts: neither CSV nor JSON lines, in UTF-8."));
      return FALSE;
    }
  if (!postweg_columns_read (&reader->columns, record->text, strangers, error))
    return FALSE;
  reader->has_columns = TRUE;
  postweg_records_set_separator (reader->records, columns->separator);
  return !reader->open_to_others ||
         !(postweg_columns_have (columns, POSTWEG_FIELD_PASSWORD) ||
           postweg_columns_have (columns, POSTWEG_FIELD_OUTGOING_PASSWORD)) ||
         refuse_open_file (reader, error);
}

/* Returns: (transfer full): why the record cannot be read, or NULL */
static char *
complaint (const PostwegRecord *record)
{
  switch (record->state)
    {
    case POSTWEG_RECORD_LONG:
      return g_strdup (_("This line is too long."));
    case POSTWEG_RECORD_OPEN:
      return g_strdup (_("A quotation mark is not closed."));
    case POSTWEG_RECORD_NUL:
      return g_strdup (_("This line holds a NUL byte."));
    case POSTWEG_RECORD_NO_TEXT:
      return g_strdup (_("This line is no UTF-8 text."));
    case POSTWEG_RECORD_GOOD:
    default:
      return NULL;
    }
}

/* Returns: (transfer full): NULL with an error that ends everything */
static PostwegBatchLine *
read_line (PostwegBatchReader *reader, const PostwegRecord *record, GPtrArray *strangers, GError **error)
{
  gboolean is_json = postweg_records_kind (reader->records) == POSTWEG_RECORDS_JSON;
  g_auto (PostwegFields) fields = { { NULL } };
  g_autoptr (GError) broken = NULL;
  char *why = complaint (record);
  gboolean ok;

  if (why != NULL)
    return postweg_batch_line_new_bad (record->line, NULL, why);
  ok = is_json ? postweg_fields_from_json (&fields, record->text, strangers, &broken)
               : postweg_fields_from_csv (&fields, &reader->columns, record->text, &broken);
  if (reader->open_to_others &&
      (fields.texts[POSTWEG_FIELD_PASSWORD] != NULL || fields.texts[POSTWEG_FIELD_OUTGOING_PASSWORD] != NULL))
    {
      refuse_open_file (reader, error);
      return NULL;
    }
  if (!ok)
    return postweg_batch_line_new_bad (record->line, fields.texts[POSTWEG_FIELD_ADDRESS],
                                       g_strdup (broken->message));
  return postweg_batch_line_new (record->line, &fields, reader->folder);
}

/* Of the names since `first` only those stay that were not told before. */
static void
keep_new (PostwegBatchReader *reader, GPtrArray *strangers, guint first)
{
  for (guint i = first; i < strangers->len; i++)
    {
      const char *name = g_ptr_array_index (strangers, i);

      if (g_hash_table_size (reader->told) >= MAX_STRANGERS ||
          !g_hash_table_add (reader->told, g_strdup (name)))
        g_ptr_array_remove_index (strangers, i--);
    }
}

/* Returns: FALSE at the end, or with an error */
static gboolean
read_one (PostwegBatchReader *reader, PostwegBatchChunk *chunk, GCancellable *cancellable, GError **error)
{
  gboolean needs_columns;
  guint told = chunk->strangers->len;
  PostwegBatchLine *line = NULL;
  PostwegRecord record;

  chunk->ended = !postweg_records_next (reader->records, &record, cancellable, error);
  if (chunk->ended)
    return FALSE;
  needs_columns = !reader->has_columns && postweg_records_kind (reader->records) == POSTWEG_RECORDS_CSV;
  if (needs_columns ? !read_header (reader, &record, chunk->strangers, error)
                    : (line = read_line (reader, &record, chunk->strangers, error)) == NULL)
    return FALSE;
  keep_new (reader, chunk->strangers, told);
  if (line != NULL)
    g_ptr_array_add (chunk->lines, line);
  return TRUE;
}

PostwegBatchChunk *
postweg_batch_reader_next (PostwegBatchReader *reader, guint most, GCancellable *cancellable, GError **error)
{
  g_autoptr (PostwegBatchChunk) chunk = g_new0 (PostwegBatchChunk, 1);
  g_autoptr (GError) cause = NULL;

  chunk->lines = g_ptr_array_new_with_free_func ((GDestroyNotify) postweg_batch_line_free);
  chunk->strangers = g_ptr_array_new_with_free_func (g_free);
  while (chunk->lines->len < most && read_one (reader, chunk, cancellable, &cause))
    if (chunk->lines->len > 0 && postweg_records_is_drained (reader->records))
      break; /* whoever writes into the pipe may be waiting for an answer */
  if (cause == NULL)
    return g_steal_pointer (&chunk);
  g_propagate_error (error, g_steal_pointer (&cause));
  return NULL;
}

static gboolean
is_file (const char *file)
{
  struct stat facts;

  return strcmp (file, "-") != 0 && stat (file, &facts) == 0 && S_ISREG (facts.st_mode);
}

guint
postweg_batch_count (const char *file, GCancellable *cancellable)
{
  g_autoptr (PostwegBatchReader) reader = is_file (file) ? postweg_batch_reader_new (file, NULL) : NULL;
  PostwegRecord record;
  guint n = 0;

  while (reader != NULL && postweg_records_next (reader->records, &record, cancellable, NULL))
    {
      gboolean is_header =
          n == 0 && !reader->has_columns && postweg_records_kind (reader->records) == POSTWEG_RECORDS_CSV;
      g_autoptr (GPtrArray) strangers = g_ptr_array_new_with_free_func (g_free);

      if (!is_header)
        n++;
      else if (!read_header (reader, &record, strangers, NULL))
        return 0;
    }
  return n;
}
