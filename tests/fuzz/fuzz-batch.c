/* Any bytes as a list of accounts: records, fields and accounts, whatever the list claims to be. */
#include "checkup/batch/line.h"
#include "checkup/batch/records.h"
#include "fuzz.h"
#include "model/error.h"
#include <string.h>

/* Returns: whether the record is good; the first one of a CSV list only names the columns */
static gboolean
read_fields (PostwegRecords *records, const PostwegRecord *record, PostwegColumns *columns,
             PostwegFields *fields)
{
  g_autoptr (GPtrArray) strangers = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  gboolean ok;

  if (postweg_records_kind (records) == POSTWEG_RECORDS_JSON)
    ok = postweg_fields_from_json (fields, record->text, strangers, &error);
  else if (columns->n > 0)
    ok = postweg_fields_from_csv (fields, columns, record->text, &error);
  else
    {
      ok = postweg_columns_read (columns, record->text, strangers, &error);
      if (ok)
        {
          g_assert_true (postweg_columns_have (columns, POSTWEG_FIELD_ADDRESS));
          g_assert_cmpuint (columns->n, <=, POSTWEG_COLUMNS_MAX);
          postweg_records_set_separator (records, columns->separator);
        }
      else
        columns->n = 0;
    }
  g_assert_true (ok == (error == NULL));
  return ok;
}

static void
check_fields (PostwegFields *fields, guint number)
{
  g_autoptr (PostwegBatchLine) line = NULL;

  for (guint i = 0; i < POSTWEG_N_FIELDS; i++)
    if (fields->texts[i] != NULL)
      {
        g_assert_true (*fields->texts[i] != '\0' && g_utf8_validate (fields->texts[i], -1, NULL));
        g_assert_true (i == POSTWEG_FIELD_ACCOUNT || i == POSTWEG_FIELD_PASSWORD ||
                       i == POSTWEG_FIELD_OUTGOING_PASSWORD ||
                       strlen (fields->texts[i]) <= POSTWEG_FIELD_MAX);
      }
  /* no file is opened here */
  g_clear_pointer (&fields->texts[POSTWEG_FIELD_PASSWORD_FILE], g_free);
  g_clear_pointer (&fields->texts[POSTWEG_FIELD_OUTGOING_PASSWORD_FILE], g_free);
  line = postweg_batch_line_new (number, fields, "/");
  g_assert_true (line->error != NULL || line->account != NULL);
  if (*line->address != '\0')
    {
      g_autoptr (PostwegAddress) address = postweg_address_parse (line->address, NULL);

      g_assert_nonnull (address);
    }
  else
    g_assert_true (line->error != NULL || *line->account->address == '\0');
}

int
LLVMFuzzerTestOneInput (const uint8_t *bytes, size_t length)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (bytes, (gssize) length, NULL);
  g_autoptr (PostwegRecords) records = postweg_records_new (stream);
  PostwegColumns columns = { .n = 0 };
  guint last = 0;
  PostwegRecord record;

  while (postweg_records_next (records, &record, NULL, NULL))
    {
      g_auto (PostwegFields) fields = { { NULL } };

      g_assert_cmpuint (record.line, >, last);
      g_assert_cmpuint (record.length, <=, POSTWEG_RECORD_MAX + 16 * 1024);
      last = record.line;
      if (record.state != POSTWEG_RECORD_GOOD)
        continue;
      g_assert_true (strlen (record.text) == record.length && g_utf8_validate (record.text, -1, NULL));
      if (read_fields (records, &record, &columns, &fields))
        check_fields (&fields, record.line);
    }
  return 0;
}
