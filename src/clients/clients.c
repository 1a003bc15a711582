/* Looking up a mail program in the table, and what is the same for all of them. */
#include "clients/rows.h"
#include "model/error.h"
#include <glib/gi18n-lib.h>
#include <string.h>

#define ROW_OF(id, row) &row,
#define ID_OF(id, row) id,

static const PostwegClient *const clients[] = { POSTWEG_CLIENT_ROWS (ROW_OF) NULL };
static const char *const ids[] = { POSTWEG_CLIENT_ROWS (ID_OF) NULL };

const PostwegClient *const *
postweg_clients_all (void)
{
  return clients;
}

const char *const *
postweg_client_ids (void)
{
  return ids;
}

const PostwegClient *
postweg_client_by_id (const char *id)
{
  for (guint i = 0; clients[i] != NULL; i++)
    if (strcmp (clients[i]->id, id) == 0)
      return clients[i];
  return NULL;
}

void
postweg_client_find (const PostwegClient *client, const char *home, GPtrArray *programs)
{
  client->find (client, home, programs);
}

PostwegProgram *
postweg_client_read (const PostwegClient *client, const char *profile, GError **error)
{
  if (client->read != NULL)
    return client->read (client, profile, error);
  g_set_error (error, POSTWEG_ERROR, POSTWEG_ERROR_NOT_FOUND,
               _("Accounts cannot be read from %s."), client->name);
  return NULL;
}

gboolean
postweg_client_is_closed (const char *program, const char *profile, GError **error)
{
  const PostwegClient *client = postweg_client_by_id (program);
  g_autofree char *text = NULL;

  if (client == NULL || client->is_running == NULL || !client->is_running (client, profile))
    return TRUE;
  text = g_strdup_printf (_("%s is running. Please close it first; changes would be lost otherwise."),
                             client->name);
  g_set_error (error, POSTWEG_ERROR, POSTWEG_ERROR_PROGRAM_RUNNING, "%s%s%s", text,
               client->how_to_quit != NULL ? " " : "",
               client->how_to_quit != NULL ? _(client->how_to_quit) : "");
  return FALSE;
}

PostwegPlan *
postweg_client_plan (const PostwegClient *client, const PostwegAccount *account, const PostwegExport *options,
                     GError **error)
{
  PostwegPlan *plan;

  if (!postweg_client_accepts (client, account, options, error))
    return NULL;
  plan = client->plan (client, account, options, error);
  if (plan != NULL && plan->account == NULL && client->read != NULL)
    plan->account = postweg_client_keeps (client, account);
  return plan;
}

char *
postweg_client_id_of (const PostwegClient *client, const PostwegPlan *plan)
{
  g_autoptr (PostwegProgram) program = postweg_client_read (client, plan->profile, NULL);

  for (guint i = 0; program != NULL && i < program->accounts->len; i++)
    {
      const PostwegStoredAccount *stored = g_ptr_array_index (program->accounts, i);

      if (postweg_account_equal (stored->account, plan->account))
        return g_strdup (stored->id);
    }
  return NULL;
}

gboolean
postweg_client_has (const PostwegClient *client, const PostwegPlan *plan)
{
  g_autofree char *id = client->read != NULL ? postweg_client_id_of (client, plan) : NULL;

  return client->read == NULL || id != NULL;
}

char *
postweg_config_home (const char *home)
{
  if (g_strcmp0 (home, g_get_home_dir ()) == 0)
    return g_strdup (g_get_user_config_dir ());
  return g_build_filename (home, ".config", NULL);
}
