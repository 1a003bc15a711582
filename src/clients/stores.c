/* Changes that are no files, made and taken back in their order. */
#include "clients/clients.h"
#include "model/error.h"
#include <glib/gi18n-lib.h>

const PostwegStore *
postweg_store_of (const char *program, PostwegAction action)
{
  const PostwegClient *client = postweg_client_by_id (program);

  if (action == POSTWEG_ACTION_KEYRING)
    return &postweg_store_keyring;
  return action == POSTWEG_ACTION_BUS && client != NULL ? client->bus : NULL;
}

/* The change the other way round; borrows everything. */
static void
put_back_one (const char *program, const PostwegChange *change, const char *id)
{
  const PostwegStore *store = postweg_store_of (program, change->action);
  PostwegKeyringItem item;
  PostwegChange back = *change;

  back.before = change->after;
  back.after = change->before;
  if (change->item != NULL)
    {
      item = *change->item;
      item.secret = NULL;
      back.item = &item;
    }
  if (store != NULL)
    store->write (&back, id, NULL);
}

static void
put_back_before (const char *program, GPtrArray *changes, guint n, const char *id)
{
  for (guint i = n; i > 0; i--)
    if (!postweg_change_is_file (g_ptr_array_index (changes, i - 1)))
      put_back_one (program, g_ptr_array_index (changes, i - 1), id);
}

void
postweg_stores_put_back (const char *program, GPtrArray *changes, const char *id)
{
  put_back_before (program, changes, changes->len, id);
}

static gboolean
write_one (const char *program, const PostwegChange *change, const char *id, GError **error)
{
  const PostwegStore *store = postweg_store_of (program, change->action);

  if (postweg_change_is_file (change))
    return TRUE;
  if (store != NULL)
    return store->write (change, id, error);
  g_set_error (error, POSTWEG_ERROR, POSTWEG_ERROR_UNSUPPORTED,
               _("This version of Postweg does not know how to change “%s”."), change->target);
  return FALSE;
}

gboolean
postweg_stores_write (const char *program, GPtrArray *changes, const char *id, GError **error)
{
  for (guint i = 0; i < changes->len; i++)
    if (!write_one (program, g_ptr_array_index (changes, i), id, error))
      {
        put_back_before (program, changes, i, id);
        return FALSE;
      }
  return TRUE;
}
