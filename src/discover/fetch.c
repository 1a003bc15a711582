/* The one place from which sources go to web servers. */
#include "discover/fetch.h"
#include <gio/gio.h>

/* What is decided about redirects: to hosts of the first host's operator, or of the domain's, and beyond only with consent. */
typedef struct {
  const PostwegSourceTask *task;
  const char *first; /* host */
  gboolean with_address;
} Rule;

static gboolean
may_ask (const char *host, gpointer data)
{
  const Rule *rule = data;

  /* a number proves nothing, and may be a machine in the person's own network */
  if (g_hostname_is_ip_address (host) || *host == '[')
    return FALSE;
  if (postweg_hosts_same_operator (host, rule->task->address->domain))
    return TRUE;
  /* the address goes to the domain's own hosts only, whatever else is allowed */
  if (rule->with_address)
    return FALSE;
  return rule->task->consent >= POSTWEG_CONSENT_ALL || postweg_hosts_same_operator (host, rule->first);
}

static void
asking (const char *host, gpointer data)
{
  postweg_asked_add (((const Rule *) data)->task->asked, host);
}

/* Who could be asked at which level. The address goes to nobody else at any. */
static PostwegConsent
level_for (const Rule *rule, const char *host)
{
  gboolean numeric = g_hostname_is_ip_address (host) || *host == '[';

  return rule->with_address || numeric ? POSTWEG_CONSENT_NEVER : POSTWEG_CONSENT_ALL;
}

static char *
host_of (const char *url)
{
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_NONE, NULL);

  return g_strdup (uri != NULL ? g_uri_get_host (uri) : NULL);
}

void
postweg_fetch_offer (PostwegSourceResult *result, const char *url, PostwegConsent consent)
{
  g_autofree char *host = host_of (url);

  if (host != NULL)
    g_ptr_array_add (result->askable, postweg_askable_new (host, consent));
}

static PostwegHttpAnswer *
fetch (const PostwegSourceTask *task, PostwegSourceResult *result, PostwegHttpRequest *request,
       gboolean with_address)
{
  g_autofree char *first = host_of (request->url);
  Rule rule = { task, first, with_address };
  PostwegWait wait = postweg_wait_step (&task->wait, POSTWEG_SOURCE_MS);
  PostwegHttpAnswer *answer;

  request->trust = task->trust;
  request->may_ask = may_ask;
  request->asking = asking;
  request->data = &rule;
  answer = postweg_http_fetch (request, &wait, NULL);
  for (guint i = 0; answer != NULL && i < answer->hosts->len; i++)
    g_ptr_array_add (result->asked, g_strdup (g_ptr_array_index (answer->hosts, i)));
  if (answer != NULL && answer->stopped_at != NULL)
    g_ptr_array_add (result->askable,
                     postweg_askable_new (answer->stopped_at, level_for (&rule, answer->stopped_at)));
  return answer;
}

PostwegHttpAnswer *
postweg_fetch (const PostwegSourceTask *task, PostwegSourceResult *result, const char *url,
               gboolean allow_http)
{
  PostwegHttpRequest request = { .url = url, .allow_http = allow_http };
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_NONE, NULL);

  return fetch (task, result, &request, uri != NULL && g_uri_get_query (uri) != NULL);
}

PostwegHttpAnswer *
postweg_fetch_post (const PostwegSourceTask *task, PostwegSourceResult *result, const char *url,
                    const char *body)
{
  PostwegHttpRequest request = { .url = url, .post = body, .content_type = "text/xml; charset=utf-8" };

  return fetch (task, result, &request, TRUE);
}
