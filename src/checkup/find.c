/* address -> accounts found, and what else is known without asking anybody. */
#include "advise/advise.h"
#include "checkup/checkup.h"
#include "checkup/worker.h"
#include "discover/discover.h"
#include "providers/providers.h"
#include <string.h>

const PostwegProvider *
postweg_checkup_provider (const char *domain_or_address)
{
  const char *at = strrchr (domain_or_address, '@');
  g_autofree char *domain = postweg_host_normalise (at != NULL ? at + 1 : domain_or_address);

  return domain != NULL ? postweg_providers_by_domain (domain) : NULL;
}

PostwegDiscovery *
postweg_checkup_recognise (const char *address)
{
  g_autoptr (PostwegAddress) parsed = postweg_address_parse (address, NULL);

  return postweg_discover_offline (address,
                                   parsed != NULL ? postweg_providers_by_domain (parsed->domain) : NULL,
                                   postweg_providers_big_domains ());
}

PostwegAdvice *
postweg_checkup_advise (const PostwegHabits *habits, const PostwegProvider *provider)
{
  return postweg_advise (habits, provider);
}

static gpointer
find (gpointer address, GCancellable *cancellable G_GNUC_UNUSED, GError **error G_GNUC_UNUSED)
{
  return postweg_checkup_recognise (address);
}

void
postweg_checkup_find (const char *address, GCancellable *cancellable, GAsyncReadyCallback done, gpointer data)
{
  static const PostwegJob job = { find, g_free, (GDestroyNotify) postweg_discovery_free };

  postweg_worker_run (&job, g_strdup (address), cancellable, done, data);
}

PostwegDiscovery *
postweg_checkup_find_finish (GAsyncResult *result, GError **error)
{
  return postweg_worker_finish (result, error);
}
