/* Any bytes as the settings file of a mail program that keeps them in one text file; the first line names the program. Reading never fails hard;
 * what an edit wrote is read back, and the accounts beside it are as they were. */
#include "clients/text-program.h"
#include "fuzz.h"
#include "model/error.h"
#include <string.h>

static GPtrArray *
list (const PostwegTextProgram *program, GBytes *bytes)
{
  GPtrArray *accounts = g_ptr_array_new_with_free_func ((GDestroyNotify) postweg_stored_account_free);
  const PostwegTextFile file = { "/nowhere/file", bytes, "/nowhere", NULL };

  if (!program->list (&file, accounts, NULL))
    g_clear_pointer (&accounts, g_ptr_array_unref);
  return accounts;
}

static const PostwegStoredAccount *
find (const GPtrArray *accounts, const char *id)
{
  for (guint i = 0; i < accounts->len; i++)
    if (strcmp (((const PostwegStoredAccount *) g_ptr_array_index (accounts, i))->id, id) == 0)
      return g_ptr_array_index (accounts, i);
  return NULL;
}

static gboolean
same (const PostwegAccount *a, const PostwegAccount *b)
{
  return postweg_server_equal (a->incoming, b->incoming) && postweg_server_equal (a->outgoing, b->outgoing);
}

static PostwegAccount *
account_for (const PostwegClient *client)
{
  g_autoptr (PostwegServer) in =
      postweg_server_new (POSTWEG_IMAP, "imap.firm.example", 993, POSTWEG_TLS, "anna@firm.example");
  g_autoptr (PostwegServer) out =
      postweg_server_new (POSTWEG_SMTP, "smtp.firm.example", 465, POSTWEG_TLS, "anna@firm.example");
  g_autoptr (PostwegAccount) account = postweg_account_new ("Anna", "anna@firm.example", in, out);

  return postweg_client_keeps (client, account);
}

/* id NULL: a new account. An edit that does not read back is refused by the caller of this function in the program, so it is passed over. */
static void
edit (const PostwegClient *client, GBytes *bytes, const GPtrArray *before, const char *id)
{
  const PostwegTextProgram *program = client->details;
  const PostwegTextFile file = { "/nowhere/file", bytes, "/nowhere", NULL };
  g_autoptr (PostwegAccount) account = account_for (client);
  g_autoptr (PostwegPlan) plan = postweg_plan_new (client->id, client->name, "/nowhere/file");
  PostwegTextEdit text_edit = { .file = &file, .account = account, .id = id, .plan = plan };
  g_autoptr (GBytes) after = program->edit (&text_edit, NULL);
  g_autoptr (GPtrArray) accounts = after != NULL ? list (program, after) : NULL;
  gboolean there = FALSE;

  for (guint i = 0; accounts != NULL && i < accounts->len; i++)
    there |= same (((const PostwegStoredAccount *) g_ptr_array_index (accounts, i))->account, account);
  if (!there || id != NULL)
    return;
  for (guint i = 0; i < before->len; i++)
    {
      const PostwegStoredAccount *old = g_ptr_array_index (before, i);
      const PostwegStoredAccount *now = find (accounts, old->id);

      if (find (before, old->id) != old)
        continue;
      if (now == NULL || !same (now->account, old->account))
        g_printerr ("%s: account “%s” was changed by a new one:\n%.*s\n", client->id, old->id,
                    (int) g_bytes_get_size (after), (const char *) g_bytes_get_data (after, NULL));
      g_assert_true (now != NULL && same (now->account, old->account));
    }
}

int
LLVMFuzzerTestOneInput (const uint8_t *bytes, size_t length)
{
  static const char *const one_only[] = { "alpine", "emacs", "getmail", "mu4e",
                                          NULL }; /* a second account is refused */
  const uint8_t *end = length > 0 ? memchr (bytes, '\n', MIN (length, 20)) : NULL;
  size_t skip = end != NULL ? (size_t) (end - bytes) + 1 : 0;
  g_autoptr (GBytes) file = g_bytes_new (bytes + skip, length - skip);
  g_autofree char *id = g_strndup ((const char *) bytes, skip > 0 ? skip - 1 : 0);
  const PostwegClient *client = postweg_client_by_id (id);
  g_autoptr (GPtrArray) before = NULL;

  /* no text file: refused before any of this */
  if (memchr (bytes, '\0', length) != NULL)
    return 0;
  if (client == NULL || client->plan != postweg_text_plan)
    return 0;
  before = list (client->details, file);
  if (before == NULL)
    return 0;
  if (before->len == 0 || !g_strv_contains (one_only, id))
    edit (client, file, before, NULL);
  /* others may take over from the one that is mended, so only the reading back is tried there */
  if (before->len > 0)
    edit (client, file, before, ((const PostwegStoredAccount *) g_ptr_array_index (before, 0))->id);
  return 0;
}
