/* The list of sources, and what they have in common. */
#include "discover/source.h"
#include <gio/gio.h>
#include <string.h>

#define GUESS_AFTER_MS 300

/* clang-format off */
static const PostwegSource sources[] = {
  { "mx-table", POSTWEG_CONSENT_DEFAULT, NULL, FALSE, 0, FALSE, postweg_source_mx },
  { "srv", POSTWEG_CONSENT_DEFAULT, NULL, FALSE, 0, FALSE, postweg_source_srv },
  { "autoconfig-https", POSTWEG_CONSENT_DEFAULT, NULL, FALSE, 0, FALSE, postweg_source_autoconfig },
  { "wellknown-https", POSTWEG_CONSENT_DEFAULT, NULL, FALSE, 0, FALSE, postweg_source_well_known },
  { "pacc", POSTWEG_CONSENT_DEFAULT, NULL, FALSE, 0, FALSE, postweg_source_pacc },
  { "ispdb", POSTWEG_CONSENT_ALL, NULL, FALSE, 0, FALSE, postweg_source_ispdb },
  { "mx-autoconfig-https", POSTWEG_CONSENT_ALL, "mx-table", TRUE, 0, FALSE, postweg_source_mx_autoconfig },
  { "mx-ispdb", POSTWEG_CONSENT_ALL, "mx-table", TRUE, 0, FALSE, postweg_source_mx_ispdb },
  { "autodiscover", POSTWEG_CONSENT_SEND_ADDRESS, "autoconfig-https", TRUE, 0, FALSE, postweg_source_autodiscover },
  { "guess", POSTWEG_CONSENT_DEFAULT, NULL, FALSE, GUESS_AFTER_MS, TRUE, postweg_source_guess },
  { "autoconfig-http", POSTWEG_CONSENT_DEFAULT, "autoconfig-https", TRUE, 0, FALSE, postweg_source_autoconfig_http },
};
/* clang-format on */

const PostwegSource *
postweg_sources (guint *n_sources)
{
  *n_sources = G_N_ELEMENTS (sources);
  return sources;
}

PostwegSourceResult *
postweg_source_result_new (const char *source)
{
  PostwegSourceResult *result = g_new0 (PostwegSourceResult, 1);

  result->source = source;
  result->servers = g_ptr_array_new_with_free_func ((GDestroyNotify) postweg_found_server_free);
  result->asked = g_ptr_array_new_with_free_func (g_free);
  result->askable = g_ptr_array_new_with_free_func ((GDestroyNotify) postweg_askable_free);
  result->faults = g_ptr_array_new_with_free_func ((GDestroyNotify) postweg_publish_note_free);
  result->mail_hosts = g_ptr_array_new_with_free_func (g_free);
  return result;
}

void
postweg_source_result_free (PostwegSourceResult *result)
{
  if (result == NULL)
    return;
  g_ptr_array_unref (result->servers);
  g_ptr_array_unref (result->asked);
  g_ptr_array_unref (result->askable);
  g_ptr_array_unref (result->mail_hosts);
  g_ptr_array_unref (result->faults);
  g_free (result->code);
  g_free (result->leads_to);
  g_free (result);
}

void
postweg_source_result_fault (PostwegSourceResult *result, const char *code, const char *subject)
{
  g_ptr_array_add (result->faults, postweg_publish_note_new (code, subject));
}

char *
postweg_source_host (const char *text)
{
  g_autofree char *host = text != NULL ? postweg_host_normalise (text) : NULL;

  if (host == NULL || strchr (host, '.') == NULL || g_hostname_is_ip_address (host))
    return NULL;
  return g_steal_pointer (&host);
}

static gboolean
is_printable (const char *text)
{
  for (; *text != '\0'; text = g_utf8_next_char (text))
    if (!g_unichar_isprint (g_utf8_get_char (text)))
      return FALSE;
  return TRUE;
}

/* A server without encryption often has one with it beside. */
static void
add_encrypted (PostwegSourceResult *result, const PostwegFoundServer *plain, const char *trust)
{
  static const PostwegSecurity securities[] = { POSTWEG_TLS, POSTWEG_STARTTLS };

  for (guint i = 0; i < G_N_ELEMENTS (securities); i++)
    {
      PostwegFoundServer *found = postweg_found_server_copy (plain);

      found->server->security = securities[i];
      found->server->port = postweg_default_port (found->server->protocol, securities[i]);
      found->trust = trust;
      found->derived = TRUE;
      g_ptr_array_add (result->servers, found);
    }
}

/* Encryption that begins otherwise than usual on this port is mostly a slip in the file (but there are such servers). */
static void
add_twin (PostwegSourceResult *result, const PostwegFoundServer *odd)
{
  PostwegSecurity other = odd->server->security == POSTWEG_TLS ? POSTWEG_STARTTLS : POSTWEG_TLS;
  PostwegFoundServer *found;

  if (odd->server->port != postweg_default_port (odd->server->protocol, other))
    return;
  found = postweg_found_server_copy (odd);
  found->server->security = other;
  found->derived = TRUE;
  g_ptr_array_add (result->servers, found);
}

void
postweg_source_result_add (PostwegSourceResult *result, PostwegFoundServer *found, const char *source,
                           const char *trust)
{
  found->source = source;
  found->trust = found->server->security == POSTWEG_PLAIN ? "plaintext" : trust;
  /* a user name that cannot be shown is none */
  if (!g_utf8_validate (found->server->user, -1, NULL) || !is_printable (found->server->user))
    *found->server->user = '\0';
  g_ptr_array_add (result->servers, found);
  if (found->server->security == POSTWEG_PLAIN)
    add_encrypted (result, found, trust);
  else
    add_twin (result, found);
}
