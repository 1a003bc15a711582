/* The domain itself: does it exist, does it take mail, and whose mail servers does it use? */
#include "discover/source.h"
#include "wire/dns-query.h"
#include "wire/network.h"
#include <string.h>

/* Filters stand before mailboxes of any hoster. "." in front: everything below. */
static const char *const filters[] = {
  ".hornetsecurity.com", ".antispameurope.com",     ".ppe-hosted.com",        ".pphosted.com",
  ".mimecast.com",       ".messagelabs.com",        ".barracudanetworks.com", ".spamexperts.com",
  ".antispamcloud.com",  ".mailspamprotection.com", ".retarus.com",           ".nospamproxy.com",
  ".iphmx.com",          ".trendmicro.com",         ".trendmicro.eu",         ".sophos.com",
  ".fireeyecloud.com",   ".mailcontrol.com",        ".expurgate.net",         ".spamhero.com",
};

static gboolean
is_filter (const char *host)
{
  for (guint i = 0; i < G_N_ELEMENTS (filters); i++)
    if (g_str_has_suffix (host, filters[i]) || strcmp (host, filters[i] + 1) == 0)
      return TRUE;
  return FALSE;
}

const char *
postweg_mx_telling (const GPtrArray *mail_hosts)
{
  for (guint i = 0; mail_hosts != NULL && i < mail_hosts->len; i++)
    if (!is_filter (g_ptr_array_index (mail_hosts, i)))
      return g_ptr_array_index (mail_hosts, i);
  return NULL;
}

char **
postweg_mx_names (const char *mail_host)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  const char *base = postweg_host_registrable (mail_host);
  const char *dot = strchr (mail_host, '.');

  if (base == NULL)
    return g_strv_builder_end (names);
  /* never above the registrable domain */
  if (dot != NULL && strlen (dot + 1) > strlen (base))
    g_strv_builder_add (names, dot + 1);
  g_strv_builder_add (names, base);
  return g_strv_builder_end (names);
}

static int
by_priority (gconstpointer a, gconstpointer b)
{
  const PostwegDnsRecord *first = *(PostwegDnsRecord *const *) a;
  const PostwegDnsRecord *second = *(PostwegDnsRecord *const *) b;

  if (first->priority != second->priority)
    return first->priority < second->priority ? -1 : 1;
  return strcmp (first->text, second->text);
}

static void
take_hosts (PostwegSourceResult *result, PostwegDnsAnswer *answer)
{
  g_ptr_array_sort (answer->records, by_priority);
  for (guint i = 0; i < answer->records->len; i++)
    {
      const PostwegDnsRecord *record = g_ptr_array_index (answer->records, i);

      if (strcmp (record->text, ".") != 0)
        g_ptr_array_add (result->mail_hosts, g_strdup (record->text));
    }
  result->mail_hosts_proven = answer->authentic;
}

static void
explain (PostwegSourceResult *result, const char *code, gboolean final)
{
  result->code = g_strdup (code);
  result->final = final;
}

static gboolean
is_answered (const PostwegDnsAnswer *answer)
{
  return answer->status != POSTWEG_DNS_FAILED && answer->status != POSTWEG_DNS_SILENT;
}

/* What the three answers about the domain amount to. */
static void
judge (PostwegSourceResult *result, const PostwegDnsAnswer *mx, const PostwegDnsAnswer *four,
       const PostwegDnsAnswer *six)
{
  gboolean no_host = four->status == POSTWEG_DNS_NO_DATA && six->status == POSTWEG_DNS_NO_DATA;

  if (!is_answered (mx))
    explain (result, postweg_network_is_there () ? "dns-failure" : "offline", FALSE);
  else if (mx->status == POSTWEG_DNS_NO_NAME && four->status != POSTWEG_DNS_FOUND)
    explain (result, "no-such-domain", TRUE);
  else if (mx->status == POSTWEG_DNS_FOUND && result->mail_hosts->len == 0)
    explain (result, "no-mail-here", TRUE); /* RFC 7505 */
  else if (mx->status != POSTWEG_DNS_FOUND && no_host)
    explain (result, "no-mail-here", FALSE); /* RFC 5321 5.1: no MX, and no host of that name either */
}

void
postweg_source_mx (const PostwegSourceTask *task, PostwegSourceResult *result)
{
  const char *domain = task->address->domain;
  const PostwegDnsQuestion questions[] = { { domain, POSTWEG_DNS_MX },
                                           { domain, POSTWEG_DNS_A },
                                           { domain, POSTWEG_DNS_AAAA } };
  g_autoptr (GPtrArray) answers =
      postweg_dns_query (questions, G_N_ELEMENTS (questions), task->name_server, &task->wait, NULL);

  if (answers == NULL)
    return;
  result->dns_broken = ((const PostwegDnsAnswer *) g_ptr_array_index (answers, 0))->broken;
  take_hosts (result, g_ptr_array_index (answers, 0));
  judge (result, g_ptr_array_index (answers, 0), g_ptr_array_index (answers, 1),
         g_ptr_array_index (answers, 2));
}
