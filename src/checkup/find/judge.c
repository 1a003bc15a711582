/* From what the sources say to one answer: ranking, codes, typing errors, provider. */
#include "checkup/find/judge.h"
#include "discover/lint.h"
#include "discover/rank.h"
#include "providers/providers.h"
#include <string.h>

const PostwegSourceResult *
postweg_find_result_of (const GPtrArray *results, const char *source)
{
  for (guint i = 0; i < results->len; i++)
    {
      const PostwegSourceResult *result = g_ptr_array_index (results, i);

      if (strcmp (result->source, source) == 0)
        return result;
    }
  return NULL;
}

/* "Not to be had" is not "there is none": guesses and the unprotected way are no answer when better ones may have been kept away. */
static gboolean
hides_better (const PostwegDiscovery *discovery, const GPtrArray *results)
{
  gboolean poor = g_strcmp0 (discovery->source, "guess") == 0 ||
                  g_strcmp0 (discovery->source, "autoconfig-http") == 0 || discovery->source == NULL;

  for (guint i = 0; i < results->len; i++)
    if (poor && ((const PostwegSourceResult *) g_ptr_array_index (results, i))->dns_broken)
      return TRUE;
  return FALSE;
}

static void
explain (PostwegDiscovery *discovery, const char *code)
{
  discovery->outcome = POSTWEG_OUTCOME_EXPLAIN;
  g_free (discovery->code);
  discovery->code = g_strdup (code);
  discovery->source = discovery->trust = NULL;
  g_ptr_array_set_size (discovery->servers, 0);
}

/* A code is the answer when there are no servers, or when nothing can be more certain. */
static void
take_code (PostwegDiscovery *discovery, const GPtrArray *results)
{
  for (guint i = 0; i < results->len && discovery->code == NULL; i++)
    {
      const PostwegSourceResult *result = g_ptr_array_index (results, i);

      if (result->code != NULL && (discovery->outcome == POSTWEG_OUTCOME_MANUAL || result->final))
        explain (discovery, result->code);
    }
  if (discovery->code == NULL && hides_better (discovery, results))
    explain (discovery, "dns-failure");
}

static gboolean
takes_mail (const PostwegDiscovery *discovery, const GPtrArray *results)
{
  const PostwegSourceResult *mx = postweg_find_result_of (results, "mx-table");

  return discovery->servers->len > 0 || (mx != NULL && mx->mail_hosts->len > 0);
}

/* A domain that looks like a typing error: without mail it is one; with mail the person is asked, for there are those who register such
 * names to collect passwords. */
static void
mind_typo (PostwegDiscovery *discovery, const GPtrArray *results)
{
  if (discovery->meant == NULL)
    return;
  if (discovery->outcome == POSTWEG_OUTCOME_FOUND)
    discovery->outcome = POSTWEG_OUTCOME_CONFIRM;
  if (discovery->outcome == POSTWEG_OUTCOME_EXPLAIN || !takes_mail (discovery, results))
    {
      g_autofree char *code = g_strconcat ("typo:", discovery->meant, NULL);

      explain (discovery, code);
      g_clear_pointer (&discovery->meant, g_free);
    }
}

/* Who could still have been asked. */
static void
add_askable (PostwegDiscovery *discovery, const GPtrArray *results, PostwegConsent consent)
{
  const PostwegSourceResult *mx = postweg_find_result_of (results, "mx-table");
  const char *telling = mx != NULL ? postweg_mx_telling (mx->mail_hosts) : NULL;
  gboolean hosted = telling != NULL && !postweg_hosts_same_operator (telling, discovery->address->domain);
  g_auto (GStrv) names = hosted ? postweg_mx_names (telling) : NULL;

  if (discovery->outcome == POSTWEG_OUTCOME_FOUND || discovery->outcome == POSTWEG_OUTCOME_EXPLAIN ||
      consent >= POSTWEG_CONSENT_ALL)
    return;
  g_ptr_array_add (discovery->askable, postweg_askable_new (POSTWEG_ISPDB_HOST, POSTWEG_CONSENT_ALL));
  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    {
      g_autofree char *host = g_strconcat ("autoconfig.", names[i], NULL);

      g_ptr_array_add (discovery->askable, postweg_askable_new (host, POSTWEG_CONSENT_ALL));
    }
}

/* Prerequisites are the provider's, however its servers were found. */
static void
take_provider (PostwegDiscovery *discovery, const GPtrArray *results)
{
  const PostwegFoundServer *best = postweg_discovery_best (discovery, POSTWEG_IMAP);
  const PostwegSourceResult *mx = postweg_find_result_of (results, "mx-table");
  const char *telling = mx != NULL ? postweg_mx_telling (mx->mail_hosts) : NULL;

  if (best == NULL)
    best = postweg_discovery_best (discovery, POSTWEG_POP3);
  if (discovery->provider == NULL && telling != NULL &&
      (discovery->source == NULL || strcmp (discovery->source, "mx-table") == 0))
    discovery->provider = postweg_providers_by_mx (telling);
  else if (discovery->provider == NULL && best != NULL)
    discovery->provider = postweg_providers_by_host (best->server->host);
}

void
postweg_find_judge (PostwegDiscovery *discovery, const GPtrArray *results, PostwegConsent consent,
                    gboolean thorough)
{
  postweg_rank (discovery, results);
  take_code (discovery, results);
  mind_typo (discovery, results);
  take_provider (discovery, results);
  add_askable (discovery, results, consent);
  if (thorough)
    postweg_lint (discovery, results);
}
