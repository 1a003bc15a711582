/* Exchange Autodiscover, which needs the address: last, with consent, over https only; a challenge is never answered. */
#include "discover/autodiscover.h"
#include "discover/fetch.h"
#include "discover/source.h"

#define PATH "/autodiscover/autodiscover.xml"

/* Returns: whether this host has said something, be it that another one should be asked */
static gboolean
ask (const PostwegSourceTask *task, PostwegSourceResult *result, const char *url)
{
  g_autofree char *question = postweg_autodiscover_question (task->address);
  g_autoptr (PostwegHttpAnswer) http = postweg_fetch_post (task, result, url, question);
  g_autoptr (PostwegAutodiscover) answer = NULL;

  if (http == NULL || http->error != POSTWEG_OK)
    return FALSE;
  answer = postweg_autodiscover_parse ((const char *) http->body->data, http->body->len, task->address, NULL);
  if (answer == NULL)
    return FALSE;
  for (guint i = 0; i < answer->servers->len; i++)
    postweg_source_result_add (result, postweg_found_server_copy (g_ptr_array_index (answer->servers, i)),
                               "autodiscover", "tls");
  return TRUE;
}

void
postweg_source_autodiscover (const PostwegSourceTask *task, PostwegSourceResult *result)
{
  const char *domain = task->address->domain;
  g_autofree char *own = g_strconcat ("https://autodiscover.", domain, PATH, NULL);
  g_autofree char *bare = g_strconcat ("https://", domain, PATH, NULL);

  if (!ask (task, result, own))
    ask (task, result, bare);
}
