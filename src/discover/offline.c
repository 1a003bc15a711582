/* Step 0 of discovery: what can be said about an address without asking anybody. */
#include "discover/discover.h"
#include "discover/typo.h"
#include <string.h>

/* The table is compiled in: it is its own source and its own class of trust. */
static const char table[] = "table";

static void
explain (PostwegDiscovery *discovery, char *code)
{
  discovery->outcome = POSTWEG_OUTCOME_EXPLAIN;
  discovery->code = code;
}

static PostwegFoundServer *
server_of (const PostwegProviderServer *known, const PostwegAddress *address)
{
  g_autofree char *user = postweg_user_form_apply (known->user, address->full);
  g_autoptr (PostwegServer) server =
      postweg_server_new (known->protocol, known->host, known->port, known->security, user);
  PostwegFoundServer *found;

  server->auth = known->n_auths > 0 ? known->auths[0] : POSTWEG_AUTH_PASSWORD;
  found = postweg_found_server_new (server, table, table);
  for (guint i = 0; i < known->n_auths; i++)
    found->auths[i] = known->auths[i];
  found->n_auths = MAX (known->n_auths, 1);
  return found;
}

/* Facts that one source only gave, long ago, or that are just changing, are shown before they are used. */
static gboolean
must_be_confirmed (const PostwegProvider *provider)
{
  if (provider->confidence == 'C')
    return TRUE;
  for (guint i = 0; i < provider->n_prerequisites; i++)
    {
      const PostwegPrerequisite *demand = &provider->prerequisites[i];

      if (*demand->protocol == '\0' &&
          (strcmp (demand->code, "check") == 0 || strcmp (demand->code, "migrating") == 0))
        return TRUE;
    }
  return FALSE;
}

static void
take_provider (PostwegDiscovery *discovery, const PostwegProvider *provider)
{
  discovery->provider = provider;
  if (provider->dead_end != NULL)
    {
      explain (discovery, g_strdup (provider->dead_end));
      return;
    }
  if (provider->n_servers == 0)
    return;
  for (guint i = 0; i < provider->n_servers; i++)
    g_ptr_array_add (discovery->servers, server_of (&provider->servers[i], discovery->address));
  discovery->source = table;
  discovery->trust = table;
  discovery->outcome = must_be_confirmed (provider) ? POSTWEG_OUTCOME_CONFIRM : POSTWEG_OUTCOME_FOUND;
}

static void
look_for_typo (PostwegDiscovery *discovery, const char *const *big_domains)
{
  const char *meant = postweg_likely_domain (discovery->address->domain, big_domains);

  if (meant != NULL)
    explain (discovery, g_strdup_printf ("typo:%s", meant));
}

PostwegDiscovery *
postweg_discover_offline (const char *address, const PostwegProvider *provider,
                          const char *const *big_domains)
{
  g_autoptr (PostwegDiscovery) discovery = postweg_discovery_new ();
  g_autoptr (GError) error = NULL;

  g_return_val_if_fail (address != NULL && big_domains != NULL, NULL);
  discovery->outcome = POSTWEG_OUTCOME_MANUAL;
  discovery->address = postweg_address_parse (address, &error);
  if (discovery->address == NULL)
    {
      explain (discovery, g_strdup ("invalid-address"));
      discovery->fault = g_strdup (error->message);
    }
  else if (provider != NULL)
    take_provider (discovery, provider);
  else
    look_for_typo (discovery, big_domains);
  return g_steal_pointer (&discovery);
}

void
postweg_discover_by_mx (PostwegSourceResult *result, const PostwegProvider *provider,
                        const PostwegAddress *address)
{
  const char *trust = result->mail_hosts_proven ? "dnssec" : "dns";

  if (provider->dead_end != NULL)
    {
      g_free (result->code);
      result->code = g_strdup (provider->dead_end);
    }
  for (guint i = 0; i < provider->n_servers; i++)
    {
      PostwegFoundServer *found = server_of (&provider->servers[i], address);

      found->foreign = !result->mail_hosts_proven;
      postweg_source_result_add (result, found, "mx-table", trust);
    }
}

void
postweg_discover_by_lead (PostwegSourceResult *result, const PostwegProvider *provider,
                          const PostwegAddress *address)
{
  for (guint i = 0; i < provider->n_servers; i++)
    {
      PostwegFoundServer *found = server_of (&provider->servers[i], address);

      found->foreign = TRUE;
      postweg_source_result_add (result, found, "autodiscover", "tls");
    }
}

GPtrArray *
postweg_discover_hosts (const PostwegAddress *address, PostwegConsent consent)
{
  static const struct {
    const char *prefix; /* NULL: a host of its own */
    const char *host;
    PostwegConsent consent;
  } rows[] = {
    { "autoconfig.", NULL, POSTWEG_CONSENT_DEFAULT },
    { "", NULL, POSTWEG_CONSENT_DEFAULT },
    { "ua-auto-config.", NULL, POSTWEG_CONSENT_DEFAULT },
    { NULL, POSTWEG_ISPDB_HOST, POSTWEG_CONSENT_ALL },
    { NULL, POSTWEG_ISPDB_OLD_HOST, POSTWEG_CONSENT_ALL },
    { "autodiscover.", NULL, POSTWEG_CONSENT_SEND_ADDRESS },
  };
  GPtrArray *hosts = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (consent >= rows[i].consent)
      g_ptr_array_add (hosts, rows[i].prefix != NULL ? g_strconcat (rows[i].prefix, address->domain, NULL)
                                                     : g_strdup (rows[i].host));
  return hosts;
}
