/* Finding a provider in the compiled table: binary search, nothing allocated, nothing prepared. */
#include "providers/providers.h"
#include "model/address.h"
#include "providers/table.h"
#include <stdlib.h>
#include <string.h>

static const PostwegProvider *
provider_of (const PostwegProviderKey *key)
{
  return &postweg_provider_table.providers[key->provider];
}

static int
compare_domain (const void *domain, const void *element)
{
  const PostwegProviderKey *key = element;

  return g_ascii_strcasecmp (domain, provider_of (key)->domains[key->item]);
}

static int
compare_host (const void *host, const void *element)
{
  const PostwegProviderKey *key = element;

  return g_ascii_strcasecmp (host, provider_of (key)->servers[key->item].host);
}

static gboolean
is_other_host (const char *host, const char *pattern)
{
  gsize longer = strlen (host);
  gsize length = strlen (pattern);

  if (*pattern != '.')
    return g_ascii_strcasecmp (host, pattern) == 0;
  return longer > length && g_ascii_strcasecmp (host + longer - length, pattern) == 0;
}

const PostwegProvider *
postweg_providers_by_domain (const char *domain)
{
  const PostwegProviderTable *table = &postweg_provider_table;
  const PostwegProviderKey *key;

  g_return_val_if_fail (domain != NULL, NULL);
  key = bsearch (domain, table->domains, table->n_domains, sizeof *key, compare_domain);
  return key != NULL ? provider_of (key) : NULL;
}

const PostwegProvider *
postweg_providers_by_host (const char *host)
{
  const PostwegProviderTable *table = &postweg_provider_table;
  const PostwegProviderKey *key;

  g_return_val_if_fail (host != NULL, NULL);
  key = bsearch (host, table->hosts, table->n_hosts, sizeof *key, compare_host);
  if (key != NULL)
    return provider_of (key);
  for (guint i = 0; i < table->n_other_hosts; i++)
    if (is_other_host (host, table->other_hosts[i].host))
      return &table->providers[table->other_hosts[i].provider];
  return NULL;
}

/* Without a row of its own, a provider's MX hosts are below one of its mail domains. */
static const PostwegProvider *
by_parent_domain (const char *mail_host)
{
  const char *base = postweg_host_registrable (mail_host);
  const PostwegProvider *found = NULL;

  for (const char *name = mail_host; base != NULL && found == NULL && name <= base;)
    {
      found = postweg_providers_by_domain (name);
      name = name < base ? strchr (name, '.') + 1 : base + 1;
    }
  return found;
}

const PostwegProvider *
postweg_providers_by_mx (const char *mail_host)
{
  const PostwegProviderTable *table = &postweg_provider_table;

  g_return_val_if_fail (mail_host != NULL, NULL);
  for (guint i = 0; i < table->n_mail_hosts; i++)
    if (is_other_host (mail_host, table->mail_hosts[i].host))
      return &table->providers[table->mail_hosts[i].provider];
  return by_parent_domain (mail_host);
}

const PostwegProvider *
postweg_providers_all (guint *n_providers)
{
  *n_providers = postweg_provider_table.n_providers;
  return postweg_provider_table.providers;
}

const char *const *
postweg_providers_big_domains (void)
{
  return postweg_provider_table.big;
}
