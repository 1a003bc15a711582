/* Exchange Autodiscover, which needs the address: last, with consent, over https only; a challenge is never answered. */
#include "discover/autodiscover.h"
#include "discover/fetch.h"
#include "discover/source.h"

#define PATH "/autodiscover/autodiscover.xml"

/* Where an answer leads: to another host of the same operator, which is gone to; to anybody else, who would learn the address and is
 * only named. Returns: (transfer full): the URL to ask next, or NULL */
static char *
next_url (const PostwegSourceTask *task, PostwegSourceResult *result, const char *host)
{
  if (host == NULL)
    return NULL;
  if (postweg_hosts_same_operator (host, task->address->domain))
    return g_strconcat ("https://", host, PATH, NULL);
  g_ptr_array_add (result->askable, postweg_askable_new (host, POSTWEG_CONSENT_NEVER));
  g_free (result->leads_to);
  result->leads_to = g_strdup (host);
  return NULL;
}

/* Returns: whether this host has said something, be it that another one should be asked */
static gboolean
ask (const PostwegSourceTask *task, PostwegSourceResult *result, const char *url, char **next)
{
  g_autofree char *question = postweg_autodiscover_question (task->address);
  g_autoptr (PostwegHttpAnswer) http = postweg_fetch_post (task, result, url, question);
  g_autoptr (PostwegAutodiscover) answer = NULL;

  if (http == NULL)
    return FALSE;
  if (http->stopped_at != NULL)
    {
      g_free (result->leads_to);
      result->leads_to = g_strdup (http->stopped_at);
    }
  if (http->error != POSTWEG_OK)
    return http->stopped_at != NULL;
  answer = postweg_autodiscover_parse ((const char *) http->body->data, http->body->len, task->address, NULL);
  if (answer == NULL)
    return FALSE;
  for (guint i = 0; i < answer->servers->len; i++)
    postweg_source_result_add (result, postweg_found_server_copy (g_ptr_array_index (answer->servers, i)),
                               "autodiscover", "tls");
  if (answer->servers->len == 0)
    *next = next_url (task, result, answer->redirect);
  return TRUE;
}

void
postweg_source_autodiscover (const PostwegSourceTask *task, PostwegSourceResult *result)
{
  const char *domain = task->address->domain;
  g_autofree char *own = g_strconcat ("https://autodiscover.", domain, PATH, NULL);
  g_autofree char *bare = g_strconcat ("https://", domain, PATH, NULL);
  g_autofree char *next = NULL;
  g_autofree char *further = NULL;

  if (!ask (task, result, own, &next))
    ask (task, result, bare, &next);
  /* once: two hosts could lead to each other for ever */
  if (next != NULL)
    ask (task, result, next, &further);
}
