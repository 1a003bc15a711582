/* The order of sources, the classes of trust, and disagreements. */
#include "discover/rank.h"
#include <string.h>

/* The winners' order. SRV stands there three times: what DNSSEC proves, what stays in the domain, and the rest. */
static const struct {
  const char *source;
  const char *trust; /* NULL: any */
  gboolean foreign;
} order[] = {
  { "table", NULL, FALSE },
  { "autoconfig-https", NULL, FALSE },
  { "wellknown-https", NULL, FALSE },
  { "pacc", NULL, FALSE },
  { "srv", "dnssec", FALSE },
  { "srv", NULL, FALSE },
  { "mx-table", NULL, FALSE },
  { "ispdb", NULL, FALSE },
  { "mx-autoconfig-https", NULL, FALSE },
  { "mx-ispdb", NULL, FALSE },
  { "autodiscover", NULL, FALSE },
  { "srv", NULL, TRUE },
  { "guess", NULL, FALSE },
  { "autoconfig-http", NULL, FALSE },
};

/* From the best to the worst. */
static const char *const trusts[] = { "table",    "tls",       "ispdb",         "dnssec",        "dns",
                                      "insecure", "plaintext", "cert-mismatch", "cert-untrusted" };
#define FIRST_DOUBTFUL 5 /* "insecure" */

static guint
badness (const char *trust)
{
  for (guint i = 0; i < G_N_ELEMENTS (trusts); i++)
    if (g_strcmp0 (trusts[i], trust) == 0)
      return i;
  return G_N_ELEMENTS (trusts);
}

guint
postweg_rank_of (const PostwegFoundServer *found)
{
  gboolean is_srv = strcmp (found->source, "srv") == 0;

  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    if (strcmp (order[i].source, found->source) == 0 &&
        (order[i].trust == NULL || g_strcmp0 (order[i].trust, found->trust) == 0) &&
        (!is_srv || order[i].foreign == found->foreign))
      return i;
  return G_N_ELEMENTS (order);
}

guint
postweg_rank_of_source (const char *source)
{
  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    if (strcmp (order[i].source, source) == 0)
      return i;
  return G_N_ELEMENTS (order);
}

/* What a look showed weighs more than what the source says. */
static const char *
trust_after_look (const PostwegFoundServer *found)
{
  if (found->check == POSTWEG_CHECK_CERT_MISMATCH)
    return "cert-mismatch";
  if (found->check == POSTWEG_CHECK_CERT_UNTRUSTED)
    return "cert-untrusted";
  return found->trust;
}

gboolean
postweg_rank_is_refused (const GPtrArray *results, const PostwegFoundServer *found)
{
  if (strcmp (found->source, "guess") != 0)
    return FALSE;
  for (guint i = 0; i < results->len; i++)
    {
      const PostwegSourceResult *result = g_ptr_array_index (results, i);

      if (found->server->security != POSTWEG_PLAIN &&
          result->refused[found->server->protocol][found->server->security])
        return TRUE;
    }
  return FALSE;
}

static gboolean
counts (const PostwegFoundServer *found)
{
  if (found->derived)
    return found->check == POSTWEG_CHECK_GOOD;
  return strcmp (found->source, "guess") != 0 || found->check == POSTWEG_CHECK_GOOD ||
         g_str_has_prefix (trust_after_look (found), "cert-");
}

/* A server while it is sorted. */
typedef struct {
  PostwegFoundServer *found; /* owned */
  guint unfit;               /* 0: can be used */
  guint rank;
  guint place; /* in its source */
} Entry;

static void
entry_clear (gpointer data)
{
  postweg_found_server_free (((Entry *) data)->found);
}

/* Silence says nothing against a server where nobody of its protocol answers: then it is the network. */
static guint
unfitness (const PostwegFoundServer *found, gboolean others_answer)
{
  static const guint by_check[] = {
    [POSTWEG_CHECK_NONE] = 0,          [POSTWEG_CHECK_GOOD] = 0,           [POSTWEG_CHECK_SILENT] = 1,
    [POSTWEG_CHECK_CERT_MISMATCH] = 2, [POSTWEG_CHECK_CERT_UNTRUSTED] = 2, [POSTWEG_CHECK_DEAD] = 3,
  };

  if (found->server->security == POSTWEG_PLAIN)
    return 4;
  /* a name from a certificate, as long as it has not been looked at */
  if (found->check == POSTWEG_CHECK_NONE && strcmp (found->trust, "cert-mismatch") == 0)
    return by_check[POSTWEG_CHECK_CERT_MISMATCH];
  return found->check == POSTWEG_CHECK_SILENT && !others_answer ? 0 : by_check[found->check];
}

static int
compare (gconstpointer a, gconstpointer b)
{
  const Entry *first = a;
  const Entry *second = b;

  if (first->found->server->protocol != second->found->server->protocol)
    return (int) first->found->server->protocol - (int) second->found->server->protocol;
  if (first->unfit != second->unfit)
    return first->unfit < second->unfit ? -1 : 1;
  if (first->rank != second->rank)
    return first->rank < second->rank ? -1 : 1;
  return first->place < second->place ? -1 : first->place > second->place;
}

static GArray *
collect (const GPtrArray *results)
{
  GArray *entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  gboolean answers[POSTWEG_N_PROTOCOLS] = { FALSE };

  g_array_set_clear_func (entries, entry_clear);
  for (guint i = 0; i < results->len; i++)
    {
      const PostwegSourceResult *result = g_ptr_array_index (results, i);

      for (guint k = 0; k < result->servers->len; k++)
        {
          const PostwegFoundServer *found = g_ptr_array_index (result->servers, k);
          Entry entry;

          if (postweg_rank_is_refused (results, found))
            continue;
          entry = (Entry){ postweg_found_server_copy (found), 0, postweg_rank_of (found), k };

          answers[found->server->protocol] |= found->check == POSTWEG_CHECK_GOOD;
          g_array_append_val (entries, entry);
        }
    }
  for (guint i = 0; i < entries->len; i++)
    {
      Entry *entry = &g_array_index (entries, Entry, i);

      entry->unfit = unfitness (entry->found, answers[entry->found->server->protocol]);
    }
  g_array_sort (entries, compare);
  return entries;
}

static gboolean
same_place (const PostwegServer *a, const PostwegServer *b)
{
  return a->protocol == b->protocol && a->port == b->port && a->security == b->security &&
         g_ascii_strcasecmp (a->host, b->host) == 0;
}

static gboolean
is_taken (const PostwegDiscovery *discovery, const PostwegFoundServer *found)
{
  for (guint i = 0; i < discovery->servers->len; i++)
    {
      const PostwegFoundServer *other = g_ptr_array_index (discovery->servers, i);

      if (same_place (other->server, found->server) &&
          (strcmp (other->source, found->source) != 0 ||
           strcmp (other->server->user, found->server->user) == 0))
        return TRUE;
    }
  return FALSE;
}

static const char *
differing_field (const PostwegServer *chosen, const PostwegServer *other)
{
  if (g_ascii_strcasecmp (chosen->host, other->host) != 0)
    return "host";
  if (chosen->port != other->port)
    return "port";
  if (chosen->security != other->security)
    return "security";
  return strcmp (chosen->user, other->user) != 0 ? "user" : NULL;
}

static char *
field_text (const PostwegServer *server, const char *field)
{
  if (strcmp (field, "host") == 0)
    return g_strdup (server->host);
  if (strcmp (field, "port") == 0)
    return g_strdup_printf ("%u", server->port);
  return g_strdup (strcmp (field, "security") == 0 ? postweg_security_name (server->security) : server->user);
}

/* Whether this source names the chosen server, too, be it as its second choice. */
static gboolean
agrees (const PostwegSourceResult *result, const PostwegFoundServer *chosen)
{
  for (guint i = 0; i < result->servers->len; i++)
    {
      const PostwegFoundServer *found = g_ptr_array_index (result->servers, i);

      if (same_place (found->server, chosen->server) &&
          strcmp (found->server->user, chosen->server->user) == 0)
        return TRUE;
    }
  return FALSE;
}

static const PostwegFoundServer *
first_of (const PostwegSourceResult *result, PostwegProtocol protocol)
{
  for (guint i = 0; i < result->servers->len; i++)
    {
      const PostwegFoundServer *found = g_ptr_array_index (result->servers, i);

      if (found->server->protocol == protocol)
        return found;
    }
  return NULL;
}

static void
add_conflict (PostwegDiscovery *discovery, const PostwegFoundServer *chosen, const PostwegFoundServer *other)
{
  const char *field = differing_field (chosen->server, other->server);
  PostwegConflict *conflict;

  if (field == NULL)
    return;
  conflict = g_new (PostwegConflict, 1);
  *conflict = (PostwegConflict){
    chosen->server->protocol,          field,          field_text (chosen->server, field),
    field_text (other->server, field), chosen->source, other->source
  };
  g_ptr_array_add (discovery->conflicts, conflict);
}

/* A guess claims nothing, so it cannot contradict. Returns: whether a better source was passed over */
static gboolean
look_for_conflicts (PostwegDiscovery *discovery, const GPtrArray *results)
{
  gboolean passed_over = FALSE;

  for (guint p = 0; p < POSTWEG_N_PROTOCOLS; p++)
    {
      const PostwegFoundServer *chosen = postweg_discovery_best (discovery, (PostwegProtocol) p);

      for (guint i = 0; chosen != NULL && i < results->len; i++)
        {
          const PostwegSourceResult *result = g_ptr_array_index (results, i);
          const PostwegFoundServer *other = first_of (result, (PostwegProtocol) p);

          if (other == NULL || strcmp (other->source, "guess") == 0 || agrees (result, chosen))
            continue;
          add_conflict (discovery, chosen, other);
          passed_over = passed_over || postweg_rank_of (other) < postweg_rank_of (chosen);
        }
    }
  return passed_over;
}

/* Nobody can sign in without a name, and what the person is called there is not known. */
static gboolean
lacks_user (const PostwegFoundServer *found)
{
  return *found->server->user == '\0' && found->server->auth != POSTWEG_AUTH_NONE;
}

static gboolean
must_be_confirmed (const PostwegFoundServer *found)
{
  gboolean by_mx = g_str_has_prefix (found->source, "mx-") && strcmp (found->trust, "dns") == 0;

  return badness (found->trust) >= FIRST_DOUBTFUL || found->foreign || by_mx ||
         found->check == POSTWEG_CHECK_DEAD || lacks_user (found);
}

static const PostwegFoundServer *
best_incoming (const PostwegDiscovery *discovery)
{
  const PostwegFoundServer *imap = postweg_discovery_best (discovery, POSTWEG_IMAP);

  return imap != NULL ? imap : postweg_discovery_best (discovery, POSTWEG_POP3);
}

static void
decide (PostwegDiscovery *discovery, gboolean passed_over)
{
  const PostwegFoundServer *incoming = best_incoming (discovery);
  const PostwegFoundServer *outgoing = postweg_discovery_best (discovery, POSTWEG_SMTP);
  const PostwegFoundServer *first = incoming != NULL ? incoming : outgoing;

  discovery->outcome = POSTWEG_OUTCOME_MANUAL;
  if (first == NULL)
    return;
  discovery->source = first->source;
  discovery->trust = first->trust;
  if (outgoing != NULL && badness (outgoing->trust) > badness (discovery->trust))
    discovery->trust = outgoing->trust;
  discovery->outcome = incoming == NULL || outgoing == NULL || passed_over || must_be_confirmed (incoming) ||
                               must_be_confirmed (outgoing)
                           ? POSTWEG_OUTCOME_CONFIRM
                           : POSTWEG_OUTCOME_FOUND;
}

static void
note_hosts (PostwegDiscovery *discovery, const PostwegSourceResult *result)
{
  for (guint i = 0; i < result->asked->len; i++)
    {
      const char *host = g_ptr_array_index (result->asked, i);

      if (!g_ptr_array_find_with_equal_func (discovery->asked, host, g_str_equal, NULL))
        g_ptr_array_add (discovery->asked, g_strdup (host));
    }
  for (guint i = 0; i < result->askable->len; i++)
    {
      const PostwegAskable *askable = g_ptr_array_index (result->askable, i);

      g_ptr_array_add (discovery->askable, postweg_askable_new (askable->host, askable->consent));
    }
}

void
postweg_rank (PostwegDiscovery *discovery, const GPtrArray *results)
{
  g_autoptr (GArray) entries = collect (results);

  for (guint i = 0; i < entries->len; i++)
    {
      Entry *entry = &g_array_index (entries, Entry, i);

      if (!counts (entry->found) || is_taken (discovery, entry->found))
        continue;
      entry->found->trust = trust_after_look (entry->found);
      g_ptr_array_add (discovery->servers, g_steal_pointer (&entry->found));
    }
  decide (discovery, look_for_conflicts (discovery, results));
  for (guint i = 0; i < results->len; i++)
    note_hosts (discovery, g_ptr_array_index (results, i));
}

guint
postweg_rank_lead (const GPtrArray *results)
{
  guint incoming = G_MAXUINT;
  guint outgoing = G_MAXUINT;

  for (guint i = 0; i < results->len; i++)
    {
      const PostwegSourceResult *result = g_ptr_array_index (results, i);

      for (guint k = 0; k < result->servers->len; k++)
        {
          const PostwegFoundServer *found = g_ptr_array_index (result->servers, k);
          guint *side = found->server->protocol == POSTWEG_SMTP ? &outgoing : &incoming;

          if (counts (found) && !postweg_rank_is_refused (results, found) && unfitness (found, TRUE) < 2)
            *side = MIN (*side, postweg_rank_of (found));
        }
    }
  return MAX (incoming, outgoing);
}
