/* PACC: the name service has a digest of the file, so that only the two together can be forged. */
#include "discover/fetch.h"
#include "discover/pacc.h"
#include "discover/source.h"
#include "wire/dns-query.h"
#include <string.h>

/* Returns: (transfer full): the digest in the name service, or NULL */
static char *
find_digest (const PostwegSourceTask *task)
{
  g_autofree char *name = g_strconcat ("_ua-auto-config.", task->address->domain, NULL);
  const PostwegDnsQuestion question = { name, POSTWEG_DNS_TXT };
  g_autoptr (GPtrArray) answers = postweg_dns_query (&question, 1, task->name_server, &task->wait, NULL);
  const PostwegDnsAnswer *answer = answers != NULL ? g_ptr_array_index (answers, 0) : NULL;
  char *digest = NULL;

  for (guint i = 0; answer != NULL && digest == NULL && i < answer->records->len; i++)
    digest = postweg_pacc_digest (((PostwegDnsRecord *) g_ptr_array_index (answer->records, i))->text);
  return digest;
}

void
postweg_source_pacc (const PostwegSourceTask *task, PostwegSourceResult *result)
{
  g_autofree char *digest = find_digest (task);
  g_autofree char *url = g_strconcat ("https://ua-auto-config.", task->address->domain,
                                      "/.well-known/user-agent-configuration.json", NULL);
  g_autoptr (PostwegHttpAnswer) answer = NULL;
  g_autoptr (GPtrArray) servers = NULL;

  if (digest == NULL)
    return;
  answer = postweg_fetch (task, result, url, FALSE);
  if (answer == NULL)
    return;
  if (answer->error != POSTWEG_OK ||
      !postweg_pacc_digest_fits (digest, (const char *) answer->body->data, answer->body->len))
    {
      postweg_source_result_fault (result, answer->error != POSTWEG_OK ? "pacc-missing" : "pacc-digest", url);
      return;
    }
  servers = postweg_pacc_parse ((const char *) answer->body->data, answer->body->len, task->address, NULL);
  for (guint i = 0; servers != NULL && i < servers->len; i++)
    postweg_source_result_add (result, postweg_found_server_copy (g_ptr_array_index (servers, i)), "pacc",
                               "tls");
}
