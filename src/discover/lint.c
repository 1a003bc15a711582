/* The findings about a domain, from what its sources said and what the looks at its servers showed. */
#include "discover/lint.h"
#include <string.h>

static void
note (PostwegDiscovery *discovery, const char *code, const char *subject)
{
  for (guint i = 0; i < discovery->notes->len; i++)
    {
      const PostwegPublishNote *other = g_ptr_array_index (discovery->notes, i);

      if (strcmp (other->code, code) == 0 && strcmp (other->subject, subject) == 0)
        return;
    }
  g_ptr_array_add (discovery->notes, postweg_publish_note_new (code, subject));
}

/* Published by the domain itself, not guessed and not by others. */
static gboolean
is_own (const char *source)
{
  static const char *const own[] = { "autoconfig-https", "wellknown-https", "pacc", "srv",
                                     "autoconfig-http" };

  for (guint i = 0; i < G_N_ELEMENTS (own); i++)
    if (strcmp (own[i], source) == 0)
      return TRUE;
  return FALSE;
}

static const char *
fault_of (const PostwegFoundServer *found)
{
  static const char *const codes[] = {
    [POSTWEG_CHECK_SILENT] = "server-silent",
    [POSTWEG_CHECK_CERT_MISMATCH] = "server-certificate-name",
    [POSTWEG_CHECK_CERT_UNTRUSTED] = "server-certificate",
    [POSTWEG_CHECK_DEAD] = "server-dead",
  };

  if (found->server->security == POSTWEG_PLAIN)
    return "no-encryption";
  return found->check < G_N_ELEMENTS (codes) ? codes[found->check] : NULL;
}

static void
lint_server (PostwegDiscovery *discovery, const PostwegFoundServer *found)
{
  g_autofree char *place = g_strdup_printf ("%s:%u", found->server->host, found->server->port);
  const char *fault = fault_of (found);

  /* not what is published, but what Postweg makes of it */
  if (found->derived || strcmp (found->trust, "cert-mismatch") == 0)
    return;
  if (fault != NULL)
    note (discovery, fault, place);
  if (strcmp (found->source, "srv") == 0 && found->foreign)
    note (discovery, "foreign-without-dnssec", place);
  if (*found->server->user == '\0' && found->server->auth != POSTWEG_AUTH_NONE)
    note (discovery, "no-user-name", place);
}

static void
lint_source (PostwegDiscovery *discovery, const PostwegSourceResult *result)
{
  if (!is_own (result->source))
    return;
  for (guint i = 0; i < result->faults->len; i++)
    {
      const PostwegPublishNote *fault = g_ptr_array_index (result->faults, i);

      note (discovery, fault->code, fault->subject);
    }
  for (guint i = 0; i < result->servers->len; i++)
    lint_server (discovery, g_ptr_array_index (result->servers, i));
}

static const PostwegSourceResult *
result_of (const GPtrArray *results, const char *source)
{
  for (guint i = 0; i < results->len; i++)
    {
      const PostwegSourceResult *result = g_ptr_array_index (results, i);

      if (strcmp (result->source, source) == 0)
        return result;
    }
  return NULL;
}

/* Servers that came from this source over encrypted ways only. */
static gboolean
has_servers (const GPtrArray *results, const char *source, const char *trust)
{
  const PostwegSourceResult *result = result_of (results, source);

  for (guint i = 0; result != NULL && i < result->servers->len; i++)
    {
      const PostwegFoundServer *found = g_ptr_array_index (result->servers, i);

      if (trust == NULL || strcmp (found->trust, trust) == 0)
        return TRUE;
    }
  return FALSE;
}

static void
lint_ways (PostwegDiscovery *discovery, const GPtrArray *results)
{
  const char *domain = discovery->address->domain;
  gboolean insecure =
      has_servers (results, "autoconfig-http", NULL) || has_servers (results, "autoconfig-https", "insecure");
  gboolean file =
      has_servers (results, "autoconfig-https", "tls") || has_servers (results, "wellknown-https", "tls");
  gboolean srv = has_servers (results, "srv", NULL);

  if (insecure && !file)
    note (discovery, "http-only", domain);
  else if (!file && !has_servers (results, "autoconfig-https", NULL) &&
           !has_servers (results, "wellknown-https", NULL))
    note (discovery, "no-autoconfig", domain);
  if (!srv)
    note (discovery, "no-srv", domain);
}

/* Whether the source names this place among its own. */
static gboolean
names_place (const PostwegSourceResult *result, const PostwegServer *server)
{
  for (guint i = 0; i < result->servers->len; i++)
    {
      const PostwegServer *other = ((PostwegFoundServer *) g_ptr_array_index (result->servers, i))->server;

      if (other->protocol == server->protocol && other->port == server->port &&
          other->security == server->security && g_ascii_strcasecmp (other->host, server->host) == 0)
        return TRUE;
    }
  return FALSE;
}

/* The public database has an entry of its own, which the owner can have corrected. */
static void
lint_database (PostwegDiscovery *discovery, const PostwegSourceResult *database)
{
  for (guint i = 0; i < database->servers->len; i++)
    {
      const PostwegFoundServer *listed = g_ptr_array_index (database->servers, i);
      g_autofree char *place = g_strdup_printf ("%s:%u", listed->server->host, listed->server->port);

      if (fault_of (listed) != NULL && !listed->derived)
        note (discovery, "database-wrong", place);
    }
  for (guint p = 0; p < POSTWEG_N_PROTOCOLS && database->servers->len > 0; p++)
    {
      const PostwegFoundServer *best = postweg_discovery_best (discovery, (PostwegProtocol) p);
      g_autofree char *place =
          best != NULL ? g_strdup_printf ("%s:%u", best->server->host, best->server->port) : NULL;

      if (best != NULL && best->check == POSTWEG_CHECK_GOOD && !names_place (database, best->server))
        note (discovery, "database-lacks", place);
    }
}

static void
lint_mail (PostwegDiscovery *discovery)
{
  static const char *const codes[] = { "no-such-domain", "no-mail-here", "dns-failure", "offline" };

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    if (g_strcmp0 (discovery->code, codes[i]) == 0)
      note (discovery, codes[i], discovery->address->domain);
}

void
postweg_lint (PostwegDiscovery *discovery, const GPtrArray *results)
{
  const PostwegSourceResult *database = result_of (results, "ispdb");

  lint_mail (discovery);
  if (discovery->notes->len > 0)
    return;
  for (guint i = 0; i < results->len; i++)
    lint_source (discovery, g_ptr_array_index (results, i));
  lint_ways (discovery, results);
  if (database != NULL)
    lint_database (discovery, database);
}
