/* Passwords that the person's keyring already has; found, never stored. */
#include "checkup/checkup.h"
#include "checkup/worker.h"
#include <glib/gi18n-lib.h>
#include <libsecret/secret.h>

/* The schema that libsecret calls SECRET_SCHEMA_COMPAT_NETWORK; Evolution, Geary and others find theirs by it or beside it. */
static PostwegSecret *
look_up (const PostwegServer *server, GCancellable *cancellable, GError **error)
{
  char *password;
  PostwegSecret *secret = NULL;

  if (server == NULL)
    return NULL;
  password = secret_password_lookup_nonpageable_sync (
      SECRET_SCHEMA_COMPAT_NETWORK, cancellable, error, "user", server->user, "server", server->host,
      "protocol", postweg_protocol_name (server->protocol), NULL);
  if (password != NULL)
    secret = postweg_secret_new (password);
  secret_password_free (password);
  return secret;
}

static gpointer
keyring (gpointer data, GCancellable *cancellable, GError **error)
{
  const PostwegAccount *account = data;
  g_autoptr (GError) cause = NULL;
  g_autoptr (PostwegSecret) incoming = look_up (account->incoming, cancellable, &cause);
  g_autoptr (PostwegSecret) outgoing =
      cause == NULL ? look_up (account->outgoing, cancellable, &cause) : NULL;

  if (cause != NULL)
    {
      g_set_error (error, POSTWEG_ERROR, POSTWEG_ERROR_CANNOT_READ,
                   _("The keyring could not be asked: %s"), cause->message);
      return NULL;
    }
  if (incoming == NULL && outgoing == NULL)
    return NULL;
  return postweg_credentials_new (incoming != NULL ? incoming : outgoing, outgoing, NULL);
}

void
postweg_checkup_keyring (const PostwegAccount *account, GCancellable *cancellable, GAsyncReadyCallback done,
                         gpointer data)
{
  static const PostwegJob job = { keyring, (GDestroyNotify) postweg_account_free,
                                  (GDestroyNotify) postweg_credentials_free };

  postweg_worker_run (&job, postweg_account_copy (account), cancellable, done, data);
}

PostwegCredentials *
postweg_checkup_keyring_finish (GAsyncResult *result, GError **error)
{
  return postweg_worker_finish (result, error);
}
