/* The discovery value, and the account that it amounts to. */
#include "model/discovery.h"

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

void
postweg_found_server_free (PostwegFoundServer *found)
{
  if (found == NULL)
    return;
  postweg_server_free (found->server);
  g_free (found);
}

PostwegDiscovery *
postweg_discovery_new (void)
{
  PostwegDiscovery *discovery = g_new0 (PostwegDiscovery, 1);

  discovery->servers = g_ptr_array_new_with_free_func ((GDestroyNotify) postweg_found_server_free);
  return discovery;
}

void
postweg_discovery_free (PostwegDiscovery *discovery)
{
  if (discovery == NULL)
    return;
  postweg_address_free (discovery->address);
  g_free (discovery->code);
  g_free (discovery->fault);
  g_ptr_array_unref (discovery->servers);
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
