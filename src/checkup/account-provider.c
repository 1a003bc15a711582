/* Which provider an account is with. */
#include "checkup/checkup.h"
#include "providers/providers.h"

const PostwegProvider *
postweg_checkup_account_provider (const PostwegAccount *account)
{
  const PostwegProvider *provider = postweg_checkup_provider (account->address);

  if (provider == NULL && account->incoming != NULL)
    provider = postweg_providers_by_host (account->incoming->host);
  if (provider == NULL && account->outgoing != NULL)
    provider = postweg_providers_by_host (account->outgoing->host);
  return provider;
}
