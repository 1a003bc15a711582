/* Whether a program has the account already, in which form, and whether it may be changed. */
#include "clients/match.h"
#include "model/error.h"
#include <glib/gi18n-lib.h>
#include <string.h>

static gboolean
same_server (const PostwegServer *a, const PostwegServer *b)
{
  return a != NULL && b != NULL && a->protocol == b->protocol && g_ascii_strcasecmp (a->host, b->host) == 0 &&
         strcmp (a->user, b->user) == 0;
}

gboolean
postweg_same_mailbox (const PostwegAccount *a, const PostwegAccount *b)
{
  if (a->incoming != NULL || b->incoming != NULL)
    return same_server (a->incoming, b->incoming);
  if (*a->address != '\0' || *b->address != '\0')
    return g_ascii_strcasecmp (a->address, b->address) == 0;
  return same_server (a->outgoing, b->outgoing);
}

const PostwegStoredAccount *
postweg_match_id (const GPtrArray *accounts, const char *id)
{
  for (guint i = 0; i < accounts->len; i++)
    {
      const PostwegStoredAccount *stored = g_ptr_array_index (accounts, i);

      if (g_strcmp0 (stored->id, id) == 0)
        return stored;
    }
  return NULL;
}

const PostwegStoredAccount *
postweg_match_equal (const GPtrArray *accounts, const PostwegAccount *account)
{
  for (guint i = 0; i < accounts->len; i++)
    {
      const PostwegStoredAccount *stored = g_ptr_array_index (accounts, i);

      if (postweg_account_equal (stored->account, account))
        return stored;
    }
  return NULL;
}

/* Returns: (transfer none): another account of the same mailbox; one that is equal comes first */
static const PostwegStoredAccount *
find_same_mailbox (const GPtrArray *accounts, const PostwegAccount *account, const char *replace)
{
  const PostwegStoredAccount *found = NULL;

  for (guint i = 0; i < accounts->len; i++)
    {
      const PostwegStoredAccount *stored = g_ptr_array_index (accounts, i);

      if (g_strcmp0 (stored->id, replace) == 0 || !postweg_same_mailbox (stored->account, account))
        continue;
      if (found == NULL || postweg_account_equal (stored->account, account))
        found = stored;
    }
  return found;
}

static gboolean
check_replaced (const PostwegClient *client, const PostwegStoredAccount *stored,
                const PostwegAccount *account, const char *replace, GError **error)
{
  const PostwegServer *now = stored != NULL ? stored->account->incoming : NULL;
  const PostwegServer *then = account->incoming;

  if (stored == NULL)
    g_set_error (error, POSTWEG_ERROR, POSTWEG_ERROR_NOT_FOUND,
                 _("%s has no account “%s”."), client->name, replace);
  else if (stored->read_only)
    g_set_error (error, POSTWEG_ERROR, POSTWEG_ERROR_UNSUPPORTED,
                 _("The account “%s” cannot be changed in %s. %s"), stored->id, client->name, stored->note);
  else if (now != NULL && then != NULL && now->protocol != then->protocol)
    g_set_error (error, POSTWEG_ERROR, POSTWEG_ERROR_UNSUPPORTED,
                 _("The account “%s” cannot be turned into one of another kind. Please add a new account."),
                    stored->id);
  else
    return TRUE;
  return FALSE;
}

static PostwegMatch
already_there (const PostwegClient *client, const PostwegStoredAccount *stored, GError **error)
{
  if (stored->read_only)
    g_set_error (error, POSTWEG_ERROR, POSTWEG_ERROR_ALREADY_THERE,
                 _("%s has this mailbox already, with other settings, as the account “%s”. %s"),
                    client->name, stored->id, stored->note);
  else
    g_set_error (
        error, POSTWEG_ERROR, POSTWEG_ERROR_ALREADY_THERE,
        _("%s has this mailbox already, with other settings. It is the account “%s” and can be repaired."),
           client->name, stored->id);
  return POSTWEG_MATCH_REFUSED;
}

PostwegMatch
postweg_match (const PostwegClient *client, const GPtrArray *accounts, const PostwegAccount *account,
               const char *replace, GError **error)
{
  const PostwegStoredAccount *same = find_same_mailbox (accounts, account, replace);
  const PostwegStoredAccount *replaced = replace != NULL ? postweg_match_id (accounts, replace) : NULL;
  const PostwegStoredAccount *meant = replace != NULL ? replaced : same;

  if (meant != NULL && postweg_account_equal (meant->account, account))
    return POSTWEG_MATCH_THERE;
  if (replace != NULL && !check_replaced (client, replaced, account, replace, error))
    return POSTWEG_MATCH_REFUSED;
  if (same != NULL)
    return already_there (client, same, error);
  return replace != NULL ? POSTWEG_MATCH_MEND : POSTWEG_MATCH_NEW;
}

void
postweg_match_drop (PostwegPlan *plan, PostwegAccount *account, const char *characters)
{
  char *name = account->name;
  gsize length = strlen (name), kept = 0;

  for (gsize i = 0; i < length; i++)
    if (strchr (characters, name[i]) == NULL)
      name[kept++] = name[i];
  name[kept] = '\0';
  if (kept < length)
    g_ptr_array_add (
        plan->notes,
        g_strdup_printf (_("%s cannot use some of the characters in the name “%s”: they are left out."),
                            plan->name, name));
}

GPtrArray *
postweg_match_list (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) postweg_stored_account_free);
}

void
postweg_match_note_there (PostwegPlan *plan)
{
  g_ptr_array_add (plan->notes, g_strdup (_("The account is there already with exactly these settings.")));
}

static gboolean
is_open (const PostwegServer *server)
{
  return server != NULL && server->security == POSTWEG_PLAIN;
}

void
postweg_match_note_open (PostwegPlan *plan, const PostwegAccount *account)
{
  if (is_open (account->incoming) || is_open (account->outgoing))
    g_ptr_array_add (plan->notes,
                     g_strdup (_("A connection of this account is not encrypted: others may read along.")));
}

gboolean
postweg_match_reads_otherwise (const PostwegClient *client, GError **error)
{
  g_set_error (error, POSTWEG_ERROR, POSTWEG_ERROR_UNSUPPORTED,
               _("%s would read the account differently from this file, so nothing is written. Please set it up there by hand."),
                  client->name);
  return FALSE;
}
