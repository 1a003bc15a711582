/* Where an account comes from: an address, a file, two URLs, or a mail program. */
#include "checkup/checkup.h"
#include "checkup/worker.h"
#include "clients/clients.h"
#include "model/account-json.h"
#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_FILE (1024 * 1024) /* bytes */

static PostwegAccount *
bad (GError **error, PostwegError code, const char *message)
{
  g_set_error_literal (error, POSTWEG_ERROR, (gint) code, message);
  return NULL;
}

static PostwegAccount *
from_file (const PostwegAccountSource *source, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (source->account_file);
  g_autoptr (GFileInputStream) stream = NULL;
  g_autoptr (GError) cause = NULL;
  g_autofree char *text = g_malloc (MAX_FILE + 1);
  gsize length = 0;

  stream = g_file_read (file, NULL, &cause);
  if (stream == NULL ||
      !g_input_stream_read_all (G_INPUT_STREAM (stream), text, MAX_FILE + 1, &length, NULL, &cause))
    {
      g_set_error (error, POSTWEG_ERROR, POSTWEG_ERROR_CANNOT_READ,
                   _("The account file %s cannot be read: %s"), source->account_file,
                      postweg_error_reason (cause));
      return NULL;
    }
  return postweg_account_from_json (text, (gssize) length, error);
}

/* The user name of an incoming server is often the address. */
static char *
address_of (const PostwegAccountSource *source, const PostwegServer *incoming, const PostwegServer *outgoing)
{
  const PostwegServer *servers[] = { outgoing, incoming };

  if (source->address != NULL)
    return g_strdup (source->address);
  for (guint i = 0; i < G_N_ELEMENTS (servers); i++)
    {
      g_autoptr (PostwegAddress) address =
          servers[i] != NULL ? postweg_address_parse (servers[i]->user, NULL) : NULL;

      if (address != NULL)
        return g_strdup (address->full);
    }
  return g_strdup ("");
}

static PostwegServer *
server_from (const char *url, gboolean is_outgoing, GError **error)
{
  g_autoptr (PostwegServer) server = postweg_server_from_url (url, error);

  if (server == NULL || (server->protocol == POSTWEG_SMTP) == is_outgoing)
    return g_steal_pointer (&server);
  bad (error, POSTWEG_ERROR_BAD_INPUT,
       is_outgoing ? _("The outgoing server must be given as smtps:// or smtp://.")
                   : _("The incoming server must be given as imaps://, imap://, pop3s:// or pop3://."));
  return NULL;
}

static PostwegAccount *
from_urls (const PostwegAccountSource *source, GError **error)
{
  g_autoptr (PostwegServer) incoming = NULL;
  g_autoptr (PostwegServer) outgoing = NULL;
  g_autoptr (PostwegAddress) checked = NULL;
  g_autofree char *address = NULL;

  if (source->incoming_url != NULL && (incoming = server_from (source->incoming_url, FALSE, error)) == NULL)
    return NULL;
  if (source->outgoing_url != NULL && (outgoing = server_from (source->outgoing_url, TRUE, error)) == NULL)
    return NULL;
  address = address_of (source, incoming, outgoing);
  if (*address != '\0' && (checked = postweg_address_parse (address, NULL)) == NULL)
    return bad (error, POSTWEG_ERROR_BAD_INPUT, _("This is no e-mail address that Postweg can use."));
  return postweg_account_new (source->name, checked != NULL ? checked->full : "", incoming, outgoing);
}

static const PostwegStoredAccount *
find_account (const PostwegAccountSource *source, GPtrArray *programs)
{
  for (guint i = 0; i < programs->len; i++)
    {
      const PostwegProgram *program = g_ptr_array_index (programs, i);

      if (strcmp (program->program, source->program) != 0)
        continue;
      for (guint k = 0; k < program->accounts->len; k++)
        {
          const PostwegStoredAccount *stored = g_ptr_array_index (program->accounts, k);

          if (source->account_id == NULL || strcmp (stored->id, source->account_id) == 0)
            return stored;
        }
    }
  return NULL;
}

static PostwegAccount *
from_program (const PostwegAccountSource *source, GError **error)
{
  const PostwegClient *client = postweg_client_by_id (source->program);
  g_autoptr (GPtrArray) programs = g_ptr_array_new_with_free_func ((GDestroyNotify) postweg_program_free);
  const PostwegStoredAccount *stored;

  if (client == NULL)
    {
      g_set_error (error, POSTWEG_ERROR, POSTWEG_ERROR_BAD_INPUT,
                   _("Postweg does not know a mail program called “%s”."), source->program);
      return NULL;
    }
  if (!postweg_checkup_home_is_folder (source->home, error))
    return NULL;
  if (source->profile != NULL)
    {
      PostwegProgram *program = postweg_client_read (client, source->profile, error);

      if (program == NULL)
        return NULL;
      g_ptr_array_add (programs, program);
    }
  else
    postweg_client_find (client, source->home != NULL ? source->home : g_get_home_dir (), programs);
  stored = find_account (source, programs);
  if (stored == NULL)
    return bad (error, POSTWEG_ERROR_NOT_FOUND,
                _("There is no such account in this mail program; “postweg-cli programs” lists them."));
  return postweg_account_copy (stored->account);
}

static gpointer
resolve (gpointer data, GCancellable *cancellable G_GNUC_UNUSED, GError **error)
{
  const PostwegAccountSource *source = data;

  if (source->account_file != NULL)
    return from_file (source, error);
  if (source->incoming_url != NULL || source->outgoing_url != NULL)
    return from_urls (source, error);
  if (source->program != NULL)
    return from_program (source, error);
  return bad (error, POSTWEG_ERROR_BAD_INPUT,
              _("An account is needed: an address, --account, --incoming and --outgoing, or --from."));
}

static void
source_free (gpointer data)
{
  postweg_account_source_clear (data);
  g_free (data);
}

/* Whether the servers can be used without a look at them: a password would go there. */
static gboolean
needs_a_look (const PostwegDiscovery *discovery)
{
  return discovery->outcome == POSTWEG_OUTCOME_CONFIRM && strcmp (discovery->source, "table") != 0;
}

static char *
proposal (const PostwegDiscovery *discovery)
{
  g_autoptr (PostwegAccount) account = postweg_discovery_account (discovery, POSTWEG_IMAP, NULL);

  return g_strdup_printf ("%s, %s", account->incoming != NULL ? account->incoming->host : "–",
                          account->outgoing != NULL ? account->outgoing->host : "–");
}

static PostwegAccount *
from_discovery (const PostwegDiscovery *discovery, const char *name, GError **error)
{
  g_autofree char *hosts = NULL;

  if (discovery->address == NULL)
    return bad (error, POSTWEG_ERROR_BAD_INPUT, _("This is no e-mail address that Postweg can use."));
  if (discovery->servers->len == 0 || discovery->outcome == POSTWEG_OUTCOME_EXPLAIN)
    return bad (error, POSTWEG_ERROR_NOT_FOUND,
                _("The servers of this address are not known; give them with --incoming and --outgoing."));
  if (!needs_a_look (discovery))
    return postweg_discovery_account (discovery, POSTWEG_IMAP, name);
  hosts = proposal (discovery);
  g_set_error (error, POSTWEG_ERROR, POSTWEG_ERROR_NOT_FOUND,
               _("Servers were found for this address (%s), but you must look at them first: “postweg-cli discover” shows them. "
                 "Give those that are right with --incoming and --outgoing."),
                  hosts);
  return NULL;
}

static void
found (GObject *object G_GNUC_UNUSED, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  const char *name = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (PostwegDiscovery) discovery = postweg_checkup_find_finish (result, &error);
  PostwegAccount *account = discovery != NULL ? from_discovery (discovery, name, &error) : NULL;

  if (account != NULL)
    g_task_return_pointer (task, account, (GDestroyNotify) postweg_account_free);
  else
    g_task_return_error (task, error);
}

static gboolean
is_address_only (const PostwegAccountSource *source)
{
  return source->address != NULL && source->account_file == NULL && source->incoming_url == NULL &&
         source->outgoing_url == NULL && source->program == NULL;
}

void
postweg_checkup_resolve (const PostwegAccountSource *source, GCancellable *cancellable,
                         GAsyncReadyCallback done, gpointer data)
{
  static const PostwegJob job = { resolve, source_free, (GDestroyNotify) postweg_account_free };
  PostwegAccountSource *copy;

  if (is_address_only (source))
    {
      PostwegFindRequest *request = postweg_find_request_new (source->address, source->consent);
      GTask *task = g_task_new (NULL, cancellable, done, data);

      request->trust_file = g_strdup (source->trust_file);
      g_task_set_task_data (task, g_strdup (source->name), g_free);
      g_task_set_check_cancellable (task, FALSE);
      postweg_checkup_find (request, NULL, cancellable, found, task);
      return;
    }
  copy = g_new0 (PostwegAccountSource, 1);
  *copy = (PostwegAccountSource){
    g_strdup (source->address),      g_strdup (source->name),         g_strdup (source->account_file),
    g_strdup (source->incoming_url), g_strdup (source->outgoing_url), g_strdup (source->program),
    g_strdup (source->account_id),   g_strdup (source->profile),      g_strdup (source->home),
  };
  postweg_worker_run (&job, copy, cancellable, done, data);
}

PostwegAccount *
postweg_checkup_resolve_finish (GAsyncResult *result, GError **error)
{
  return postweg_worker_finish (result, error);
}
