/* address -> accounts found, and what else is known without asking anybody. */
#include "advise/advise.h"
#include "checkup/checkup.h"
#include "checkup/find/run.h"
#include "clients/outputs/publish.h"
#include "discover/discover.h"
#include "discover/lint.h"
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

/* What looks like a typing error may be a domain of its own: that can be asked. */
static gboolean
is_open (const PostwegDiscovery *known)
{
  return known->outcome == POSTWEG_OUTCOME_MANUAL ||
         (known->code != NULL && g_str_has_prefix (known->code, "typo:"));
}

GPtrArray *
postweg_checkup_find_hosts (const char *address, PostwegConsent consent)
{
  g_autoptr (PostwegDiscovery) known = postweg_checkup_recognise (address);

  if (!is_open (known))
    consent = POSTWEG_CONSENT_OFFLINE;
  if (known->address == NULL)
    return g_ptr_array_new_with_free_func (g_free);
  return postweg_discover_hosts (known->address, consent);
}

char *
postweg_checkup_note_text (const PostwegPublishNote *note)
{
  return postweg_lint_words (note);
}

/* One of each kind is enough to publish. */
static void
take_good (GPtrArray *good, const PostwegFoundServer *found)
{
  if (found->check != POSTWEG_CHECK_GOOD)
    return;
  for (guint i = 0; i < good->len; i++)
    {
      const PostwegServer *other = g_ptr_array_index (good, i);

      if (other->protocol == found->server->protocol && other->security == found->server->security)
        return;
    }
  g_ptr_array_add (good, found->server);
}

char *
postweg_checkup_publish (const PostwegDiscovery *discovery, char **srv)
{
  g_autoptr (GPtrArray) good = g_ptr_array_new ();

  *srv = NULL;
  for (guint i = 0; i < discovery->servers->len; i++)
    take_good (good, g_ptr_array_index (discovery->servers, i));
  if (good->len == 0)
    return NULL;
  *srv = postweg_publish_srv (good, discovery->address->domain);
  return postweg_publish_autoconfig (good, discovery->address);
}

void
postweg_checkup_find (PostwegFindRequest *request, const PostwegFindWatch *watch, GCancellable *cancellable,
                      GAsyncReadyCallback done, gpointer data)
{
  GTask *task = g_task_new (NULL, cancellable, done, data);
  PostwegDiscovery *known = postweg_checkup_recognise (request->address);

  g_task_set_check_cancellable (task, FALSE);
  if ((is_open (known) || (request->thorough && known->address != NULL)) &&
      request->consent > POSTWEG_CONSENT_OFFLINE)
    {
      postweg_find_run (request, known, watch, cancellable, task);
      return;
    }
  g_task_return_pointer (task, known, (GDestroyNotify) postweg_discovery_free);
  g_object_unref (task);
  postweg_find_request_free (request);
}

PostwegDiscovery *
postweg_checkup_find_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
