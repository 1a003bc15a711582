/* GNOME Online Accounts asked for an account that was just written. */
#include "clients/desktop/goa-prove.h"
#include "clients/ask.h"
#include "clients/desktop/bus.h"
#include <glib/gi18n-lib.h>
#include <string.h>

#define SERVICE "org.gnome.OnlineAccounts"
#define SECONDS 20
#define TRIES 80 /* of a tenth of a second each */

static gboolean
says (GVariant *mail, const char *key, const char *wanted)
{
  const char *text = NULL;

  return g_variant_lookup (mail, key, "&s", &text) && strcmp (text, wanted) == 0;
}

static gboolean
says_server (GVariant *mail, const char *word, const PostwegServer *server)
{
  g_autofree char *host_key = g_strconcat (word, "Host", NULL);
  g_autofree char *user_key = g_strconcat (word, "UserName", NULL);
  g_autofree char *tls_key = g_strconcat (word, "UseSsl", NULL);
  g_autofree char *host = g_strdup_printf ("%s:%u", server->host, server->port);
  gboolean tls = FALSE;

  return says (mail, host_key, host) && g_variant_lookup (mail, tls_key, "b", &tls) &&
         tls == (server->security == POSTWEG_TLS) &&
         (server->auth == POSTWEG_AUTH_NONE || says (mail, user_key, server->user));
}

static gboolean
is_as_meant (GVariant *mail, const PostwegAccount *account)
{
  return says (mail, "EmailAddress", account->address) && says (mail, "Name", account->name) &&
         says_server (mail, "Imap", account->incoming) && says_server (mail, "Smtp", account->outgoing);
}

/* mail: (out) (transfer full): NULL: it has not taken the account up yet. Returns: FALSE if it is not there to be asked */
static gboolean
ask (const char *id, GVariant **mail)
{
  g_autofree char *path = g_strdup_printf ("/org/gnome/OnlineAccounts/Accounts/%s", id);
  g_autoptr (GVariant) answer = postweg_bus_call (SERVICE, "/org/gnome/OnlineAccounts",
                                                  "org.freedesktop.DBus.ObjectManager.GetManagedObjects",
                                                  NULL, "(a{oa{sa{sv}}})", SECONDS, NULL);
  g_autoptr (GVariant) objects = answer != NULL ? g_variant_get_child_value (answer, 0) : NULL;
  g_autoptr (GVariant) object = NULL;

  *mail = NULL;
  if (objects == NULL)
    return FALSE;
  for (gsize i = 0; object == NULL && i < g_variant_n_children (objects); i++)
    {
      g_autoptr (GVariant) entry = g_variant_get_child_value (objects, i);
      g_autoptr (GVariant) key = g_variant_get_child_value (entry, 0);

      if (strcmp (g_variant_get_string (key, NULL), path) == 0)
        object = g_variant_get_child_value (entry, 1);
    }
  if (object != NULL)
    *mail = g_variant_lookup_value (object, SERVICE ".Mail", G_VARIANT_TYPE_VARDICT);
  return TRUE;
}

/* Whether the account was in the file before. */
static gboolean
is_mended (const PostwegPlan *plan, const char *id)
{
  g_autofree char *header = g_strdup_printf ("[Account %s]", id);

  for (guint i = 0; i < plan->changes->len; i++)
    {
      const PostwegChange *change = g_ptr_array_index (plan->changes, i);
      gsize size = 0;
      const char *text = change->before != NULL ? g_bytes_get_data (change->before, &size) : NULL;

      if (text != NULL && g_strstr_len (text, (gssize) size, header) != NULL)
        return TRUE;
    }
  return FALSE;
}

/* The service knows one file only. */
static gboolean
is_its_file (const char *path)
{
  g_autofree char *its = g_build_filename (g_get_user_config_dir (), "goa-1.0", "accounts.conf", NULL);

  return strcmp (path, its) == 0;
}

/* It follows the file after a moment. Returns: as ask() */
static gboolean
ask_until_as_meant (const char *id, const PostwegAccount *account, GVariant **mail)
{
  gboolean is_there = ask (id, mail);

  for (guint i = 1; i < TRIES && is_there && (*mail == NULL || !is_as_meant (*mail, account)); i++)
    {
      g_usleep (G_USEC_PER_SEC / 10);
      g_clear_pointer (mail, g_variant_unref);
      is_there = ask (id, mail);
    }
  return is_there;
}

void
postweg_goa_start (void)
{
  g_autoptr (GVariant) answer = postweg_bus_call (
      SERVICE, "/org/gnome/OnlineAccounts", "org.freedesktop.DBus.Peer.Ping", NULL, "()", SECONDS, NULL);
}

gboolean
postweg_goa_knows (const char *path, const char *id)
{
  g_autoptr (GVariant) mail = NULL;

  return is_its_file (path) && ask (id, &mail) && mail != NULL;
}

char *
postweg_goa_prove (const PostwegClient *client, const PostwegPlan *plan, GError **error)
{
  g_autofree char *id = postweg_client_id_of (client, plan);
  g_autoptr (GVariant) mail = NULL;

  if (id == NULL || is_mended (plan, id) || !is_its_file (plan->profile) ||
      !ask_until_as_meant (id, plan->account, &mail))
    return NULL;
  if (mail == NULL)
    return g_strdup (_("GNOME Online Accounts has not noticed the account yet. It does when you sign in to the desktop next."));
  if (is_as_meant (mail, plan->account))
    return g_strdup (_("GNOME Online Accounts was asked and has the account as meant."));
  postweg_ask_other (client, error);
  return NULL;
}
