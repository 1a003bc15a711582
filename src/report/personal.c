/* What the result of a test says about the person who made it. */
#include "report/blacken.h"
#include <gio/gio.h>
#include <string.h>

static gboolean
is_public_host (const PostwegProvider *provider, const char *host)
{
  for (guint i = 0; provider != NULL && i < provider->n_servers; i++)
    if (g_ascii_strcasecmp (provider->servers[i].host, host) == 0)
      return TRUE;
  return FALSE;
}

/* A private host, and the domains it is under. */
static void
hide_host (PostwegBlacken *blacken, const PostwegProvider *provider, const char *host,
           const char *placeholder)
{
  const char *parent = host;

  if (is_public_host (provider, host) || g_hostname_is_ip_address (host))
    return;
  postweg_blacken_hide (blacken, host, placeholder);
  while ((parent = strchr (parent, '.')) != NULL && strchr (++parent, '.') != NULL)
    postweg_blacken_hide (blacken, parent, "‹domain›");
}

static void
hide_address (PostwegBlacken *blacken, const PostwegProvider *provider, const char *address,
              const char *placeholder)
{
  const char *at = strrchr (address, '@');
  g_autofree char *local = at != NULL ? g_strndup (address, (gsize) (at - address)) : NULL;
  gboolean is_public = FALSE;

  postweg_blacken_hide (blacken, address, placeholder);
  postweg_blacken_hide (blacken, local, "‹user›");
  for (guint i = 0;
       at != NULL && provider != NULL && provider->domains != NULL && provider->domains[i] != NULL; i++)
    is_public |= g_ascii_strcasecmp (provider->domains[i], at + 1) == 0;
  if (at != NULL && !is_public)
    hide_host (blacken, NULL, at + 1, "‹domain›");
}

static void
hide_server (PostwegBlacken *blacken, const PostwegProvider *provider, const PostwegServer *server,
             const char *placeholder)
{
  if (server == NULL)
    return;
  hide_host (blacken, provider, server->host, placeholder);
  if (strchr (server->user, '@') != NULL)
    hide_address (blacken, provider, server->user, "‹user name›");
  else
    postweg_blacken_hide (blacken, server->user, "‹user name›");
}

static void
hide_account (PostwegBlacken *blacken, const PostwegProvider *provider, const PostwegAccount *account)
{
  if (account == NULL)
    return;
  postweg_blacken_hide (blacken, account->name, "‹name›");
  hide_address (blacken, provider, account->address, "‹own address›");
  hide_server (blacken, provider, account->incoming, "‹incoming server›");
  hide_server (blacken, provider, account->outgoing, "‹outgoing server›");
}

/* A fingerprint leads to the names in the certificate by public logs. */
static void
hide_certificate (PostwegBlacken *blacken, const PostwegProvider *provider, const PostwegEvidence *evidence)
{
  if (evidence == NULL || evidence->tls == NULL || is_public_host (provider, evidence->server->host))
    return;
  for (guint i = 0; i < evidence->tls->chain->len; i++)
    {
      const PostwegCertLink *link = g_ptr_array_index (evidence->tls->chain, i);

      postweg_blacken_hide (blacken, link->fingerprint, "‹fingerprint›");
      for (char **name = i == 0 ? link->names : NULL; name != NULL && *name != NULL; name++)
        hide_host (blacken, provider, g_str_has_prefix (*name, "*.") ? *name + 2 : *name, "‹certified name›");
    }
}

/* Stations name themselves, and folders tell about a life. */
static void
hide_delivery (PostwegBlacken *blacken, const PostwegProvider *provider, const PostwegDelivery *delivery)
{
  for (guint i = 0; i < delivery->hops->len; i++)
    {
      const PostwegHop *hop = g_ptr_array_index (delivery->hops, i);
      g_autofree char *from = g_strndup (hop->from, strcspn (hop->from, " "));
      g_autofree char *by = g_strndup (hop->by, strcspn (hop->by, " "));

      hide_host (blacken, provider, from, "‹station›");
      hide_host (blacken, provider, by, "‹station›");
    }
  for (guint i = 0; i < delivery->places->len; i++)
    {
      const PostwegDeliveryPlace *place = g_ptr_array_index (delivery->places, i);

      if (place->kind == POSTWEG_FOLDER_OTHER)
        postweg_blacken_hide (blacken, place->folder, "‹folder›");
    }
}

PostwegBlacken *
postweg_blacken_for (const PostwegTestResult *result, const PostwegProvider *provider)
{
  PostwegBlacken *blacken = postweg_blacken_new ();

  hide_account (blacken, provider, result->account);
  for (guint i = 0; i < result->findings->len; i++)
    hide_account (blacken, provider,
                  ((const PostwegFinding *) g_ptr_array_index (result->findings, i))->mended);
  for (guint i = 0; i < result->observations->len; i++)
    {
      const PostwegEvidence *evidence =
          ((const PostwegObservation *) g_ptr_array_index (result->observations, i))->evidence;

      hide_server (blacken, provider, evidence->server, "‹other server›");
      hide_certificate (blacken, provider, evidence);
    }
  if (result->delivery != NULL)
    hide_delivery (blacken, provider, result->delivery);
  hide_certificate (blacken, provider, result->incoming);
  hide_certificate (blacken, provider, result->outgoing);
  return blacken;
}
