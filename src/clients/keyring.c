/* Passwords in the person's keyring, under the names by which mail programs look for them. */
#include "clients/store.h"
#include "model/error.h"
#include <glib/gi18n-lib.h>
#include <libsecret/secret.h>
#include <string.h>

/* What was replaced lies there until undo. */
#define BACKUP_SCHEMA "org.postweg.Backup"
#define MAX_ATTRIBUTES 31 /* of a SecretSchema, whose list ends with an empty one */

/* Attribute names and values are the item's own, and so live as long. */
static void
schema_of (const PostwegKeyringItem *item, SecretSchema *schema)
{
  GHashTableIter iter;
  gpointer name;
  guint n = 0;

  memset (schema, 0, sizeof *schema);
  schema->name = item->schema;
  g_hash_table_iter_init (&iter, item->attributes);
  while (g_hash_table_iter_next (&iter, &name, NULL) && n < MAX_ATTRIBUTES)
    schema->attributes[n++] = (SecretSchemaAttribute){ name, SECRET_SCHEMA_ATTRIBUTE_STRING };
}

static PostwegKeyringItem *
backup_of (const PostwegChange *change, const char *id, PostwegSecret *secret)
{
  return postweg_keyring_item_new (BACKUP_SCHEMA, _("Postweg: a password as it was before"), secret, "undo",
                                                     id, "target", change->target, NULL);
}

static gboolean
store (const PostwegKeyringItem *item, GError **error)
{
  SecretSchema schema;

  schema_of (item, &schema);
  return secret_password_storev_sync (&schema, item->attributes, SECRET_COLLECTION_DEFAULT, item->label,
                                      postweg_secret_peek (item->secret), NULL, error);
}

/* Unlocks the keyring if need be, which may show its own dialogue. Returns: (transfer full): or NULL */
static PostwegSecret *
look_up (const PostwegKeyringItem *item, GError **error)
{
  SecretSchema schema;
  char *password;
  PostwegSecret *secret = NULL;

  schema_of (item, &schema);
  password = secret_password_lookupv_nonpageable_sync (&schema, item->attributes, NULL, error);
  if (password != NULL)
    secret = postweg_secret_new (password);
  secret_password_free (password);
  return secret;
}

static gboolean
forget (const PostwegKeyringItem *item, GError **error)
{
  g_autoptr (GError) cause = NULL;
  SecretSchema schema;

  schema_of (item, &schema);
  secret_password_clearv_sync (&schema, item->attributes, NULL, &cause);
  if (cause == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&cause));
  return FALSE;
}

static gboolean
replace (const PostwegChange *change, const char *id, GError **error)
{
  g_autoptr (PostwegSecret) old = change->before != NULL ? look_up (change->item, NULL) : NULL;
  g_autoptr (PostwegKeyringItem) backup = backup_of (change, id, old);

  return (old == NULL || store (backup, error)) && store (change->item, error);
}

/* The other way round: the item holds no secret, the backup may. */
static gboolean
put_back (const PostwegChange *change, const char *id, GError **error)
{
  g_autoptr (PostwegKeyringItem) backup = backup_of (change, id, NULL);
  g_autoptr (PostwegSecret) old = look_up (backup, NULL);
  PostwegKeyringItem item = *change->item;

  if (old == NULL)
    return change->after != NULL || forget (change->item, error);
  item.secret = old;
  return store (&item, error) && forget (backup, error);
}

static gboolean
write_item (const PostwegChange *change, const char *id, GError **error)
{
  g_autoptr (GError) cause = NULL;
  gboolean ok = change->item->secret != NULL ? replace (change, id, &cause) : put_back (change, id, &cause);

  if (!ok)
    g_set_error (error, POSTWEG_ERROR, POSTWEG_ERROR_CANNOT_WRITE,
                 _("The password could not be put into the keyring: %s"), cause->message);
  return ok;
}

/* Returns: (transfer full): what the keyring shows without being unlocked; NULL with an error if there is no keyring */
static GList *
search (const PostwegKeyringItem *item, GError **error)
{
  SecretSchema schema;

  schema_of (item, &schema);
  return secret_password_searchv_sync (&schema, item->attributes, SECRET_SEARCH_LOAD_SECRETS, NULL, error);
}

/* Whether one is there; what it holds cannot be compared without unlocking. */
static gboolean
read_item (const PostwegChange *change, GBytes **now, GError **error)
{
  g_autoptr (GError) cause = NULL;
  g_autolist (GObject) items = search (change->item, &cause);

  *now = NULL;
  if (cause != NULL)
    {
      g_set_error (error, POSTWEG_ERROR, POSTWEG_ERROR_CANNOT_READ,
                   _("The keyring could not be asked: %s"), cause->message);
      return FALSE;
    }
  if (items != NULL)
    *now = g_bytes_new_static (POSTWEG_DOTS, strlen (POSTWEG_DOTS));
  return TRUE;
}

const PostwegStore postweg_store_keyring = { read_item, write_item };

gboolean
postweg_keyring_is_there (void)
{
  g_autoptr (SecretService) service = secret_service_get_sync (SECRET_SERVICE_OPEN_SESSION, NULL, NULL);

  return service != NULL;
}

static gboolean
holds (GList *items, const PostwegSecret *secret)
{
  g_autoptr (SecretValue) value = NULL;
  const char *text;

  if (items == NULL)
    return FALSE;
  value = secret_retrievable_retrieve_secret_sync (items->data, NULL, NULL);
  text = value != NULL ? secret_value_get_text (value) : NULL;
  return text != NULL && strcmp (text, postweg_secret_peek (secret)) == 0;
}

gboolean
postweg_plan_keep (PostwegPlan *plan, PostwegKeyringItem *item)
{
  g_autoptr (PostwegKeyringItem) mine = item;
  g_autolist (GObject) items = NULL;

  if (item->secret == NULL || !postweg_keyring_is_there ())
    return FALSE;
  items = search (item, NULL);
  if (!holds (items, item->secret))
    postweg_plan_add_secret (plan, g_steal_pointer (&mine), items != NULL);
  return TRUE;
}
