/* GNOME Online Accounts over the session bus. */
#include "checkup/goa.h"
#include <string.h>

#define SERVICE "org.gnome.OnlineAccounts"
#define LIST_MS 3000   /* it may have to be started first */
#define RENEW_MS 20000 /* it may ask the provider for a new token */

/* The bus, if the person's session has one: none is started for this. */
static GDBusConnection *
session_bus (GCancellable *cancellable)
{
  g_autofree char *socket = g_build_filename (g_get_user_runtime_dir (), "bus", NULL);

  if (g_getenv ("DBUS_SESSION_BUS_ADDRESS") == NULL && !g_file_test (socket, G_FILE_TEST_EXISTS))
    return NULL;
  return g_bus_get_sync (G_BUS_TYPE_SESSION, cancellable, NULL);
}

/* method: "INTERFACE.NAME" below the service's own name. Returns: (transfer full): or NULL */
static GVariant *
call (GDBusConnection *bus, const char *path, const char *method, GVariant *arguments,
      GCancellable *cancellable)
{
  const char *dot = strrchr (method, '.');
  g_autofree char *interface = g_strndup (method, (gsize) (dot - method));

  return g_dbus_connection_call_sync (bus, SERVICE, path, interface, dot + 1, arguments, NULL,
                                      G_DBUS_CALL_FLAGS_NONE, arguments != NULL ? RENEW_MS : LIST_MS,
                                      cancellable, NULL);
}

static gboolean
has_text (GVariant *properties, const char *name, const char *wanted)
{
  const char *text = NULL;

  return g_variant_lookup (properties, name, "&s", &text) && g_ascii_strcasecmp (text, wanted) == 0;
}

/* "imap.gmail.com" or "imap.gmail.com:993" */
static gboolean
is_host (GVariant *mail, const char *name, const PostwegServer *server)
{
  const char *text = NULL;
  g_autofree char *host = NULL;

  if (server == NULL)
    return TRUE;
  if (!g_variant_lookup (mail, name, "&s", &text))
    return FALSE;
  host = g_strndup (text, strcspn (text, ":"));
  return g_ascii_strcasecmp (host, server->host) == 0;
}

static gboolean
fits (GVariant *interfaces, const PostwegAccount *account)
{
  g_autoptr (GVariant) mail = g_variant_lookup_value (interfaces, SERVICE ".Mail", G_VARIANT_TYPE_VARDICT);

  return mail != NULL && has_text (mail, "EmailAddress", account->address) &&
         is_host (mail, "ImapHost", account->incoming) && is_host (mail, "SmtpHost", account->outgoing);
}

static PostwegCredentials *
token_of (GDBusConnection *bus, const char *path, GCancellable *cancellable)
{
  g_autoptr (GVariant) answer =
      call (bus, path, SERVICE ".OAuth2Based.GetAccessToken", g_variant_new ("()"), cancellable);
  g_autoptr (PostwegSecret) token = NULL;
  const char *text = NULL;

  if (answer == NULL || !g_variant_is_of_type (answer, G_VARIANT_TYPE ("(si)")))
    return NULL;
  g_variant_get (answer, "(&si)", &text, NULL);
  token = postweg_secret_new (text);
  return postweg_credentials_new (NULL, NULL, token);
}

static PostwegSecret *
password_of (GDBusConnection *bus, const char *path, const char *id, GCancellable *cancellable)
{
  g_autoptr (GVariant) answer =
      call (bus, path, SERVICE ".PasswordBased.GetPassword", g_variant_new ("(s)", id), cancellable);
  const char *text = NULL;

  if (answer == NULL || !g_variant_is_of_type (answer, G_VARIANT_TYPE ("(s)")))
    return NULL;
  g_variant_get (answer, "(&s)", &text);
  return postweg_secret_new (text);
}

static PostwegCredentials *
passwords_of (GDBusConnection *bus, const char *path, GCancellable *cancellable)
{
  g_autoptr (PostwegSecret) incoming = password_of (bus, path, "imap-password", cancellable);
  g_autoptr (PostwegSecret) outgoing = password_of (bus, path, "smtp-password", cancellable);

  return incoming != NULL ? postweg_credentials_new (incoming, outgoing, NULL) : NULL;
}

/* The service renews a token before it hands it out; a sign-in that has run out is the person's matter in the settings of GNOME. */
static PostwegCredentials *
credentials_of (GDBusConnection *bus, const char *path, GVariant *interfaces, GCancellable *cancellable)
{
  g_autoptr (GVariant) oauth =
      g_variant_lookup_value (interfaces, SERVICE ".OAuth2Based", G_VARIANT_TYPE_VARDICT);
  g_autoptr (GVariant) renewed = NULL;

  if (oauth == NULL)
    return passwords_of (bus, path, cancellable);
  renewed = call (bus, path, SERVICE ".Account.EnsureCredentials", g_variant_new ("()"), cancellable);
  return renewed != NULL ? token_of (bus, path, cancellable) : NULL;
}

PostwegCredentials *
postweg_goa_credentials (const PostwegAccount *account, GCancellable *cancellable)
{
  g_autoptr (GDBusConnection) bus = session_bus (cancellable);
  g_autoptr (GVariant) answer = NULL;
  g_autoptr (GVariantIter) objects = NULL;
  PostwegCredentials *found = NULL;
  const char *path;
  GVariant *interfaces;

  if (bus == NULL || *account->address == '\0')
    return NULL;
  answer = call (bus, "/org/gnome/OnlineAccounts", "org.freedesktop.DBus.ObjectManager.GetManagedObjects",
                 NULL, cancellable);
  if (answer == NULL || !g_variant_is_of_type (answer, G_VARIANT_TYPE ("(a{oa{sa{sv}}})")))
    return NULL;
  g_variant_get (answer, "(a{oa{sa{sv}}})", &objects);
  while (g_variant_iter_next (objects, "{&o@a{sa{sv}}}", &path, &interfaces))
    {
      if (found == NULL && fits (interfaces, account))
        found = credentials_of (bus, path, interfaces, cancellable);
      g_variant_unref (interfaces);
    }
  return found;
}
