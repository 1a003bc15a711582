/* Any bytes as a file that was made to be carried elsewhere and is read back, and as the journal of a change. The first line names
 * the program, or “journal”. */
#include "clients/journal-json.h"
#include "clients/outputs/output.h"
#include "fuzz.h"
#include <string.h>

static void
entry_free (gpointer data)
{
  PostwegJournalEntry *entry = data;

  g_free (entry->target);
  g_free (entry->backup);
  g_free (entry->before_sum);
  g_free (entry->after_sum);
  postweg_keyring_item_free (entry->item);
  g_free (entry);
}

static void
read_journal (GBytes *bytes)
{
  PostwegJournal *journal = g_new0 (PostwegJournal, 1);

  journal->folder = g_strdup ("/nowhere");
  journal->entries = g_ptr_array_new_with_free_func (entry_free);
  journal->folders = g_ptr_array_new_with_free_func (g_free);
  if (postweg_journal_from_json (bytes, journal))
    {
      g_autoptr (GBytes) written = postweg_journal_to_json (journal);

      g_assert_cmpuint (g_bytes_get_size (written), >, 0);
    }
  postweg_journal_free (journal);
}

int
LLVMFuzzerTestOneInput (const uint8_t *bytes, size_t length)
{
  const uint8_t *end = length > 0 ? memchr (bytes, '\n', MIN (length, 30)) : NULL;
  size_t skip = end != NULL ? (size_t) (end - bytes) + 1 : 0;
  g_autoptr (GBytes) file = g_bytes_new (bytes + skip, length - skip);
  g_autofree char *id = g_strndup ((const char *) bytes, skip > 0 ? skip - 1 : 0);
  const PostwegClient *client = postweg_client_by_id (id);
  const PostwegOutput *output = client != NULL ? client->details : NULL;
  g_autoptr (PostwegAccount) account = NULL;

  if (g_str_equal (id, "journal"))
    read_journal (file);
  if (client == NULL || (client->abilities & POSTWEG_IS_OUTPUT) == 0 || output->parse == NULL)
    return 0;
  account = output->parse (file);
  if (account != NULL)
    g_assert_nonnull (account->address);
  return 0;
}
