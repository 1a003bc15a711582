/* Passwords and tokens that the person's keyring and online accounts already have; found, never stored. */
#include "checkup/checkup.h"
#include "checkup/goa.h"
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

static gboolean
wants_token (const PostwegAccount *account)
{
  return (account->incoming != NULL && account->incoming->auth == POSTWEG_AUTH_OAUTH2) ||
         (account->outgoing != NULL && account->outgoing->auth == POSTWEG_AUTH_OAUTH2);
}

/* Where a token is wanted, a password is of no use. */
static gpointer
keyring (gpointer data, GCancellable *cancellable, GError **error)
{
  const PostwegAccount *account = data;
  PostwegCredentials *online = wants_token (account) ? postweg_goa_credentials (account, cancellable) : NULL;
  g_autoptr (GError) cause = NULL;
  g_autoptr (PostwegSecret) incoming = NULL, outgoing = NULL;

  if (online != NULL)
    return online;
  incoming = look_up (account->incoming, cancellable, &cause);
  outgoing = cause == NULL ? look_up (account->outgoing, cancellable, &cause) : NULL;
  if (incoming != NULL || outgoing != NULL)
    return postweg_credentials_new (incoming != NULL ? incoming : outgoing, outgoing, NULL);
  online = postweg_goa_credentials (account, cancellable);
  if (online == NULL && cause != NULL)
    g_set_error (error, POSTWEG_ERROR, POSTWEG_ERROR_CANNOT_READ,
                 _("The keyring could not be asked: %s"), cause->message);
  return online;
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
