/* One search for the first address of a domain; the user name of the next one is made in the same way. */
#include "checkup/batch/domains.h"
#include "checkup/checkup.h"
#include "model/address.h"
#include <string.h>

#define SEARCHES 4 /* at the same time: each asks a dozen hosts */
#define MANY 1024  /* domains: those that are known are forgotten */

typedef struct {
  gboolean known, personal;
  PostwegAddress *address; /* the one that was asked for */
  PostwegAccount *account; /* its own; NULL: `error` */
  char *error;
} Domain;

struct _PostwegDomains {
  PostwegConsent consent;
  char *trust_file;
  GCancellable *cancellable;
  void (*changed) (gpointer data);
  gpointer data;
  GHashTable *domains; /* char*: the domain, or an address where it is personal -> Domain */
  guint searching;
};

static void
domain_free (gpointer data)
{
  Domain *domain = data;

  postweg_address_free (domain->address);
  postweg_account_free (domain->account);
  g_free (domain->error);
  g_free (domain);
}

PostwegDomains *
postweg_domains_new (PostwegConsent consent, const char *trust_file, GCancellable *cancellable,
                     void (*changed) (gpointer data), gpointer data)
{
  PostwegDomains *domains = g_new0 (PostwegDomains, 1);

  domains->consent = consent;
  domains->trust_file = g_strdup (trust_file);
  domains->cancellable = g_object_ref (cancellable);
  domains->changed = changed;
  domains->data = data;
  domains->domains = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, domain_free);
  return domains;
}

void
postweg_domains_free (PostwegDomains *domains)
{
  if (domains == NULL)
    return;
  g_free (domains->trust_file);
  g_object_unref (domains->cancellable);
  g_hash_table_unref (domains->domains);
  g_free (domains);
}

guint
postweg_domains_searching (const PostwegDomains *domains)
{
  return domains->searching;
}

/* Whether nothing but the user name tells whose server it is, and that can be made for others. */
static gboolean
is_for_all (const PostwegServer *server, const PostwegAddress *address)
{
  return server == NULL ||
         ((strcmp (server->user, address->full) == 0 || strcmp (server->user, address->local) == 0) &&
          strcasestr (server->host, address->local) == NULL);
}

typedef struct {
  PostwegDomains *domains;
  char *key;
} Search;

static void
found (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer data)
{
  g_autofree Search *search = data;
  g_autofree char *key = search->key;
  PostwegDomains *domains = search->domains;
  Domain *domain = g_hash_table_lookup (domains->domains, key);
  g_autoptr (GError) error = NULL;

  domains->searching--;
  domain->known = TRUE;
  domain->account = postweg_checkup_resolve_finish (result, &error);
  domain->error = error != NULL ? g_strdup (error->message) : NULL;
  if (domain->account != NULL)
    domain->personal = !is_for_all (domain->account->incoming, domain->address) ||
                       !is_for_all (domain->account->outgoing, domain->address);
  domains->changed (domains->data);
}

static gboolean
is_known (gpointer key G_GNUC_UNUSED, gpointer value, gpointer data G_GNUC_UNUSED)
{
  return ((const Domain *) value)->known;
}

static void
search_for (PostwegDomains *domains, const char *key, const PostwegAddress *address)
{
  PostwegAccountSource source = { .address = address->full,
                                  .consent = domains->consent,
                                  .trust_file = domains->trust_file };
  Domain *domain;
  Search *search;

  if (domains->searching >= SEARCHES)
    return;
  if (g_hash_table_size (domains->domains) >= MANY)
    g_hash_table_foreach_remove (domains->domains, is_known, NULL);
  domain = g_new0 (Domain, 1);
  domain->address = postweg_address_copy (address);
  g_hash_table_insert (domains->domains, g_strdup (key), domain);
  search = g_new (Search, 1);
  *search = (Search){ domains, g_strdup (key) };
  domains->searching++;
  postweg_checkup_resolve (&source, domains->cancellable, found, search);
}

/* Returns: (transfer full): or NULL */
static PostwegServer *
server_for (const PostwegServer *server, const Domain *domain, const PostwegAddress *address,
            const char *user)
{
  PostwegServer *copy = server != NULL ? postweg_server_copy (server) : NULL;

  if (copy == NULL)
    return NULL;
  if (user == NULL)
    user = strcmp (copy->user, domain->address->full) == 0    ? address->full
           : strcmp (copy->user, domain->address->local) == 0 ? address->local
                                                              : copy->user;
  user = g_strdup (user);
  g_free (copy->user);
  copy->user = (char *) user;
  return copy;
}

static void
fill_in (const Domain *domain, const PostwegAddress *address, PostwegBatchLine *line)
{
  if (domain->account == NULL)
    {
      line->error = g_strdup (domain->error);
      return;
    }
  line->account->incoming = server_for (domain->account->incoming, domain, address, line->user);
  line->account->outgoing = server_for (domain->account->outgoing, domain, address, line->user);
}

gboolean
postweg_domains_complete (PostwegDomains *domains, PostwegBatchLine *line)
{
  g_autoptr (PostwegAddress) address = postweg_address_parse (line->account->address, NULL);
  const char *key = address->domain;
  const Domain *domain = g_hash_table_lookup (domains->domains, key);

  if (domain != NULL && domain->known && domain->personal &&
      strcmp (domain->address->full, address->full) != 0)
    {
      key = address->full;
      domain = g_hash_table_lookup (domains->domains, key);
    }
  if (domain == NULL)
    search_for (domains, key, address);
  else if (domain->known)
    fill_in (domain, address, line);
  return domain != NULL && domain->known;
}
