/* A format with one part goes out at once; the parts of others wait in files without a name, not in memory. */
#include "checkup/batch/output.h"
#include "model/error.h"
#include <errno.h>
#include <glib/gi18n-lib.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

struct _PostwegBatchOutput {
  const PostwegBatchFormat *format;
  int descriptor;
  FILE *kept[POSTWEG_BATCH_PARTS];
  GString *texts[POSTWEG_BATCH_PARTS];
  GHashTable *addresses; /* hashes of those that were there, or NULL: nobody asks */
};

static gboolean
cannot_write (GError **error)
{
  g_set_error (error, POSTWEG_ERROR, POSTWEG_ERROR_CANNOT_WRITE,
               _("The results cannot be written: %s"), g_strerror (errno));
  return FALSE;
}

static gboolean
write_all (int descriptor, const char *text, gsize length, GError **error)
{
  while (length > 0)
    {
      ssize_t n = write (descriptor, text, length);
      struct pollfd room = { .fd = descriptor, .events = POLLOUT };

      if (n < 0 && errno == EAGAIN)
        poll (&room, 1, -1);
      else if (n < 0 && errno != EINTR)
        return cannot_write (error);
      text += MAX (n, 0);
      length -= (gsize) MAX (n, 0);
    }
  return TRUE;
}

PostwegBatchOutput *
postweg_batch_output_new (const PostwegBatchFormat *format, int descriptor, GError **error)
{
  g_autoptr (PostwegBatchOutput) output = g_new0 (PostwegBatchOutput, 1);
  g_autoptr (GString) text = g_string_new (NULL);

  output->format = format;
  output->descriptor = descriptor;
  if (format == &postweg_batch_prometheus)
    output->addresses = g_hash_table_new (NULL, NULL);
  for (guint part = 0; part < format->n_parts; part++)
    {
      output->texts[part] = g_string_new (NULL);
      output->kept[part] = format->n_parts > 1 ? tmpfile () : NULL;
      if (format->n_parts > 1 && output->kept[part] == NULL)
        return cannot_write (error), NULL;
    }
  if (format->n_parts == 1)
    format->begin (0, NULL, text);
  return write_all (descriptor, text->str, text->len, error) ? g_steal_pointer (&output) : NULL;
}

void
postweg_batch_output_free (PostwegBatchOutput *output)
{
  if (output == NULL)
    return;
  for (guint part = 0; part < POSTWEG_BATCH_PARTS; part++)
    {
      g_clear_pointer (&output->kept[part], fclose);
      if (output->texts[part] != NULL)
        g_string_free (output->texts[part], TRUE);
    }
  g_clear_pointer (&output->addresses, g_hash_table_unref);
  g_free (output);
}

static gboolean
keep (PostwegBatchOutput *output, guint part, GError **error)
{
  GString *text = output->texts[part];
  gboolean ok =
      output->kept[part] != NULL
          ? fwrite (text->str, 1, text->len, output->kept[part]) == text->len || cannot_write (error)
          : write_all (output->descriptor, text->str, text->len, error);

  g_string_truncate (text, 0);
  return ok;
}

gboolean
postweg_batch_output_add (PostwegBatchOutput *output, PostwegBatchEntry *entry, GError **error)
{
  gboolean ok = TRUE;

  if (output->addresses != NULL)
    entry->again = !g_hash_table_add (output->addresses, GUINT_TO_POINTER (g_str_hash (entry->address)));
  output->format->add (entry, output->texts);
  for (guint part = 0; part < output->format->n_parts && ok; part++)
    ok = keep (output, part, error);
  return ok;
}

static gboolean
copy (const PostwegBatchOutput *output, FILE *kept, GError **error)
{
  char bytes[16 * 1024];
  gboolean ok = fflush (kept) == 0 || cannot_write (error);
  gsize n;

  rewind (kept);
  while (ok && (n = fread (bytes, 1, sizeof bytes, kept)) > 0)
    ok = write_all (output->descriptor, bytes, n, error);
  return ok;
}

gboolean
postweg_batch_output_end (PostwegBatchOutput *output, const PostwegBatchSummary *summary, GError **error)
{
  const PostwegBatchFormat *format = output->format;
  g_autoptr (GString) text = g_string_new (NULL);
  gboolean ok = TRUE;

  for (guint part = 0; format->n_parts > 1 && part < format->n_parts && ok; part++)
    {
      g_string_truncate (text, 0);
      format->begin (part, summary, text);
      ok = write_all (output->descriptor, text->str, text->len, error) &&
           copy (output, output->kept[part], error);
    }
  g_string_truncate (text, 0);
  if (format->end != NULL)
    format->end (summary, text);
  return ok && write_all (output->descriptor, text->str, text->len, error);
}
