/* The account value: making, copying, comparing. */
#include "model/account.h"
#include <string.h>

PostwegAccount *
postweg_account_new (const char *name, const char *address, const PostwegServer *incoming,
                     const PostwegServer *outgoing)
{
  PostwegAccount *account = g_new0 (PostwegAccount, 1);

  account->name = g_strdup (name != NULL ? name : "");
  account->address = g_strdup (address != NULL ? address : "");
  account->incoming = postweg_server_copy (incoming);
  account->outgoing = postweg_server_copy (outgoing);
  account->pop.keep_on_server = TRUE;
  return account;
}

PostwegAccount *
postweg_account_copy (const PostwegAccount *account)
{
  PostwegAccount *copy;

  if (account == NULL)
    return NULL;
  copy = postweg_account_new (account->name, account->address, account->incoming, account->outgoing);
  copy->pop = account->pop;
  copy->program = account->program;
  copy->program.sent_folder = g_strdup (account->program.sent_folder);
  return copy;
}

void
postweg_account_free (PostwegAccount *account)
{
  if (account == NULL)
    return;
  g_free (account->name);
  g_free (account->address);
  postweg_server_free (account->incoming);
  postweg_server_free (account->outgoing);
  g_free (account->program.sent_folder);
  g_free (account);
}

static gboolean
pop_equal (const PostwegPopOptions *a, const PostwegPopOptions *b)
{
  return !a->keep_on_server == !b->keep_on_server && a->delete_after_days == b->delete_after_days &&
         !a->delete_when_deleted == !b->delete_when_deleted;
}

gboolean
postweg_account_equal (const PostwegAccount *a, const PostwegAccount *b)
{
  gboolean is_pop = a->incoming != NULL && a->incoming->protocol == POSTWEG_POP3;

  return strcmp (a->name, b->name) == 0 && strcmp (a->address, b->address) == 0 &&
         postweg_server_equal (a->incoming, b->incoming) && postweg_server_equal (a->outgoing, b->outgoing) &&
         (!is_pop || pop_equal (&a->pop, &b->pop));
}
