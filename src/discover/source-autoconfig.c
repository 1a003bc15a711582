/* Autoconfig files: at the domain's own hosts, in the public database, and at the hoster that the MX records name. */
#include "discover/autoconfig.h"
#include "discover/fetch.h"
#include "discover/source.h"
#include <string.h>

#define FILE_PATH "/mail/config-v1.1.xml"

/* Where a file is, and what is said about servers that come from there. */
typedef struct {
  const char *source, *trust;
  gboolean allow_http;
  gboolean foreign_is_told; /* hosts of others are the person's matter: the way there is not proven */
} Place;

/* Without a word about the name most providers mean the address. An unknown placeholder is another matter: there is a name then, and it
 * is not known. */
static void
assume_user (PostwegFoundServer *found, const PostwegAddress *address)
{
  if (!found->user_unsaid || found->server->auth == POSTWEG_AUTH_NONE)
    return;
  g_free (found->server->user);
  found->server->user = g_strdup (address->full);
}

static void
take_servers (const PostwegSourceTask *task, PostwegSourceResult *result, const Place *place,
              const PostwegHttpAnswer *answer)
{
  g_autoptr (PostwegAutoconfig) config =
      postweg_autoconfig_parse ((const char *) answer->body->data, answer->body->len, task->address, NULL);

  for (guint i = 0; config != NULL && i < config->servers->len; i++)
    {
      PostwegFoundServer *found = postweg_found_server_copy (g_ptr_array_index (config->servers, i));

      found->foreign = (place->foreign_is_told || answer->insecure) &&
                       !postweg_hosts_same_operator (found->server->host, task->address->domain);
      assume_user (found, task->address);
      postweg_source_result_add (result, found, answer->insecure ? "autoconfig-http" : place->source,
                                 answer->insecure ? "insecure" : place->trust);
    }
}

/* What the owner of this place should know. A place that is not there is no fault. */
static void
note_fault (PostwegSourceResult *result, const PostwegHttpAnswer *answer, const char *url)
{
  static const struct {
    PostwegError error;
    const char *code;
  } codes[] = {
    { POSTWEG_ERROR_CERTIFICATE, "web-certificate" }, { POSTWEG_ERROR_UNSUPPORTED, "web-leads-away" },
    { POSTWEG_ERROR_SILENT, "web-silent" },           { POSTWEG_ERROR_MALFORMED, "web-malformed" },
    { POSTWEG_ERROR_HUNG_UP, "web-malformed" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    if (codes[i].error == answer->error)
      postweg_source_result_fault (result, codes[i].code, url);
  if (answer->error == POSTWEG_OK && result->servers->len == 0)
    postweg_source_result_fault (
        result, strcmp (answer->type, "text/html") == 0 ? "file-is-a-page" : "file-unreadable", url);
}

/* Returns: the HTTP status; 0 if there is none */
static guint
look_at (const PostwegSourceTask *task, PostwegSourceResult *result, const Place *place, const char *url)
{
  g_autoptr (PostwegHttpAnswer) answer = postweg_fetch (task, result, url, place->allow_http);

  if (answer == NULL)
    return 0;
  if (answer->error == POSTWEG_OK && strcmp (answer->type, "text/html") != 0)
    take_servers (task, result, place, answer);
  note_fault (result, answer, url);
  return answer->status;
}

/* The domain alone is told first; the address only where that was not enough, and only if the person agreed. */
static void
ask_own_host (const PostwegSourceTask *task, PostwegSourceResult *result, const Place *place, const char *url)
{
  guint status = look_at (task, result, place, url);
  g_autofree char *escaped = NULL;
  g_autofree char *with_address = NULL;

  if (result->servers->len > 0 || status != 404)
    return;
  if (task->consent < POSTWEG_CONSENT_SEND_ADDRESS)
    {
      postweg_fetch_offer (result, url, POSTWEG_CONSENT_SEND_ADDRESS);
      return;
    }
  escaped = g_uri_escape_string (task->address->full, NULL, FALSE);
  with_address = g_strconcat (url, "?emailaddress=", escaped, NULL);
  if (!place->allow_http || g_str_has_prefix (url, "https:"))
    {
      const Place only_https = { place->source, place->trust, FALSE, place->foreign_is_told };

      look_at (task, result, &only_https, with_address);
    }
}

void
postweg_source_autoconfig (const PostwegSourceTask *task, PostwegSourceResult *result)
{
  static const Place place = { "autoconfig-https", "tls", TRUE, FALSE };
  g_autofree char *url = g_strconcat ("https://autoconfig.", task->address->domain, FILE_PATH, NULL);

  ask_own_host (task, result, &place, url);
}

void
postweg_source_well_known (const PostwegSourceTask *task, PostwegSourceResult *result)
{
  static const Place place = { "wellknown-https", "tls", TRUE, FALSE };
  g_autofree char *url =
      g_strconcat ("https://", task->address->domain, "/.well-known/autoconfig", FILE_PATH, NULL);

  look_at (task, result, &place, url);
}

void
postweg_source_autoconfig_http (const PostwegSourceTask *task, PostwegSourceResult *result)
{
  static const Place place = { "autoconfig-http", "insecure", TRUE, TRUE };
  g_autofree char *url = g_strconcat ("http://autoconfig.", task->address->domain, FILE_PATH, NULL);

  look_at (task, result, &place, url);
}

/* The second name is the older one of the same database. */
static void
ask_database (const PostwegSourceTask *task, PostwegSourceResult *result, const Place *place,
              const char *domain)
{
  static const char *const bases[] = { "https://" POSTWEG_ISPDB_HOST "/",
                                       "https://" POSTWEG_ISPDB_OLD_HOST "/v1.1/" };

  for (guint i = 0; i < G_N_ELEMENTS (bases) && result->servers->len == 0; i++)
    {
      g_autofree char *url = g_strconcat (bases[i], domain, NULL);

      if (look_at (task, result, place, url) != 0)
        return;
    }
}

void
postweg_source_ispdb (const PostwegSourceTask *task, PostwegSourceResult *result)
{
  static const Place place = { "ispdb", "ispdb", FALSE, FALSE };

  ask_database (task, result, &place, task->address->domain);
}

/* Returns: (transfer full): names to ask about, or NULL when the MX records say nothing beyond the domain itself */
static char **
hoster_names (const PostwegSourceTask *task)
{
  const char *host = postweg_mx_telling (task->mail_hosts);

  if (host == NULL || postweg_hosts_same_operator (host, task->address->domain))
    return NULL;
  return postweg_mx_names (host);
}

void
postweg_source_mx_ispdb (const PostwegSourceTask *task, PostwegSourceResult *result)
{
  const Place place = { "mx-ispdb", task->mail_hosts_proven ? "ispdb" : "dns", FALSE,
                        !task->mail_hosts_proven };
  g_auto (GStrv) names = hoster_names (task);

  for (guint i = 0; names != NULL && names[i] != NULL && result->servers->len == 0; i++)
    ask_database (task, result, &place, names[i]);
}

void
postweg_source_mx_autoconfig (const PostwegSourceTask *task, PostwegSourceResult *result)
{
  const Place place = { "mx-autoconfig-https", task->mail_hosts_proven ? "tls" : "dns", FALSE,
                        !task->mail_hosts_proven };
  g_auto (GStrv) names = hoster_names (task);

  for (guint i = 0; names != NULL && names[i] != NULL && result->servers->len == 0; i++)
    {
      g_autofree char *url = g_strconcat ("https://autoconfig.", names[i], FILE_PATH, NULL);

      look_at (task, result, &place, url);
    }
}
