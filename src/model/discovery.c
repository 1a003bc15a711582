/* The discovery value, and the account that it amounts to. */
#include "model/discovery.h"

static const char *const consents[] = { "offline", "default", "all", "send-address", "never" };
static const char *const checks[] = { NULL, "good", "silent", "cert-mismatch", "cert-untrusted", "dead" };

const char *
postweg_consent_name (PostwegConsent consent)
{
  return consents[consent];
}

gboolean
postweg_consent_from_name (const char *name, PostwegConsent *consent)
{
  for (guint i = 0; i < POSTWEG_CONSENT_NEVER; i++)
    if (g_strcmp0 (consents[i], name) == 0)
      {
        *consent = (PostwegConsent) i;
        return TRUE;
      }
  return FALSE;
}

const char *
postweg_check_name (PostwegCheck check)
{
  return checks[check];
}

PostwegFoundServer *
postweg_found_server_new (const PostwegServer *server, const char *source, const char *trust)
{
  PostwegFoundServer *found = g_new0 (PostwegFoundServer, 1);

  found->server = postweg_server_copy (server);
  found->n_auths = 1;
  found->auths[0] = server->auth;
  found->source = source;
  found->trust = trust;
  return found;
}

PostwegFoundServer *
postweg_found_server_copy (const PostwegFoundServer *found)
{
  PostwegFoundServer *copy = g_new (PostwegFoundServer, 1);

  *copy = *found;
  copy->server = postweg_server_copy (found->server);
  return copy;
}

void
postweg_found_server_free (PostwegFoundServer *found)
{
  if (found == NULL)
    return;
  postweg_server_free (found->server);
  g_free (found);
}

PostwegPublishNote *
postweg_publish_note_new (const char *code, const char *subject)
{
  PostwegPublishNote *note = g_new (PostwegPublishNote, 1);

  *note = (PostwegPublishNote){ code, g_strdup (subject) };
  return note;
}

void
postweg_publish_note_free (PostwegPublishNote *note)
{
  if (note == NULL)
    return;
  g_free (note->subject);
  g_free (note);
}

void
postweg_conflict_free (PostwegConflict *conflict)
{
  if (conflict == NULL)
    return;
  g_free (conflict->chosen);
  g_free (conflict->other);
  g_free (conflict);
}

PostwegAskable *
postweg_askable_new (const char *host, PostwegConsent consent)
{
  PostwegAskable *askable = g_new (PostwegAskable, 1);

  *askable = (PostwegAskable){ g_strdup (host), consent };
  return askable;
}

void
postweg_askable_free (PostwegAskable *askable)
{
  if (askable == NULL)
    return;
  g_free (askable->host);
  g_free (askable);
}

PostwegDiscovery *
postweg_discovery_new (void)
{
  PostwegDiscovery *discovery = g_new0 (PostwegDiscovery, 1);

  discovery->servers = g_ptr_array_new_with_free_func ((GDestroyNotify) postweg_found_server_free);
  discovery->conflicts = g_ptr_array_new_with_free_func ((GDestroyNotify) postweg_conflict_free);
  discovery->notes = g_ptr_array_new_with_free_func ((GDestroyNotify) postweg_publish_note_free);
  discovery->looked_at = g_ptr_array_new_with_free_func (g_free);
  discovery->asked = g_ptr_array_new_with_free_func (g_free);
  discovery->askable = g_ptr_array_new_with_free_func ((GDestroyNotify) postweg_askable_free);
  return discovery;
}

void
postweg_discovery_free (PostwegDiscovery *discovery)
{
  if (discovery == NULL)
    return;
  postweg_address_free (discovery->address);
  g_free (discovery->code);
  g_free (discovery->meant);
  g_free (discovery->fault);
  g_ptr_array_unref (discovery->servers);
  g_ptr_array_unref (discovery->conflicts);
  g_ptr_array_unref (discovery->asked);
  g_ptr_array_unref (discovery->looked_at);
  g_ptr_array_unref (discovery->notes);
  g_ptr_array_unref (discovery->askable);
  g_free (discovery);
}

const PostwegFoundServer *
postweg_discovery_best (const PostwegDiscovery *discovery, PostwegProtocol protocol)
{
  for (guint i = 0; i < discovery->servers->len; i++)
    {
      const PostwegFoundServer *found = g_ptr_array_index (discovery->servers, i);

      if (found->server->protocol == protocol)
        return found;
    }
  return NULL;
}

PostwegAccount *
postweg_discovery_account (const PostwegDiscovery *discovery, PostwegProtocol protocol, const char *name)
{
  const PostwegFoundServer *incoming = postweg_discovery_best (discovery, protocol);
  const PostwegFoundServer *outgoing = postweg_discovery_best (discovery, POSTWEG_SMTP);

  if (incoming == NULL)
    incoming = postweg_discovery_best (discovery, protocol == POSTWEG_IMAP ? POSTWEG_POP3 : POSTWEG_IMAP);
  return postweg_account_new (name, discovery->address != NULL ? discovery->address->full : "",
                              incoming != NULL ? incoming->server : NULL,
                              outgoing != NULL ? outgoing->server : NULL);
}
