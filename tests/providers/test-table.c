/* The compiled table as a whole: what must hold for every provider in it. */
#include "../slower.h"
#include "model/address.h"
#include "providers/providers.h"
#include <string.h>

static const PostwegProvider *
provider_at (guint i)
{
  guint n;
  const PostwegProvider *all = postweg_providers_all (&n);

  g_assert_cmpuint (i, <, n);
  return &all[i];
}

static guint
n_providers (void)
{
  guint n;

  postweg_providers_all (&n);
  return n;
}

static guint
count_servers (const PostwegProvider *provider, PostwegProtocol protocol)
{
  guint n = 0;

  for (guint i = 0; i < provider->n_servers; i++)
    if (provider->servers[i].protocol == protocol)
      n++;
  return n;
}

static void
test_size (void)
{
  guint usable = 0;
  guint at_home = 0;

  for (guint i = 0; i < n_providers (); i++)
    if (provider_at (i)->n_servers > 0 && provider_at (i)->domains[0] != NULL)
      {
        usable++;
        if (g_strv_contains ((const char *const[]){ "DE", "AT", "CH", NULL }, provider_at (i)->country))
          at_home++;
      }
  g_assert_cmpuint (usable, >=, 110);
  g_assert_cmpuint (at_home, >=, 35);
}

static void
test_ids_are_sorted (void)
{
  for (guint i = 1; i < n_providers (); i++)
    g_assert_cmpstr (provider_at (i - 1)->id, <, provider_at (i)->id);
}

static void
test_each_domain_leads_to_its_provider (void)
{
  for (guint i = 0; i < n_providers (); i++)
    for (const char *const *domain = provider_at (i)->domains; *domain != NULL; domain++)
      {
        g_autofree char *normal = postweg_host_normalise (*domain);

        g_assert_true (postweg_providers_by_domain (*domain) == provider_at (i));
        g_assert_cmpstr (*domain, ==, normal);
        if (domain > provider_at (i)->domains)
          g_assert_cmpstr (domain[-1], <, *domain);
      }
}

/* Several providers may share a server; whoever is found must have it. */
static void
test_each_host_leads_to_a_provider_with_it (void)
{
  for (guint i = 0; i < n_providers (); i++)
    for (guint k = 0; k < provider_at (i)->n_servers; k++)
      {
        const char *host = provider_at (i)->servers[k].host;
        const PostwegProvider *found = postweg_providers_by_host (host);
        gboolean has_it = FALSE;

        g_assert_nonnull (found);
        for (guint j = 0; j < found->n_servers; j++)
          has_it = has_it || strcmp (found->servers[j].host, host) == 0;
        g_assert_true (has_it);
      }
}

static void
test_servers_make_sense (void)
{
  for (guint i = 0; i < n_providers (); i++)
    for (guint k = 0; k < provider_at (i)->n_servers; k++)
      {
        const PostwegProviderServer *server = &provider_at (i)->servers[k];

        g_assert_true (postweg_host_is_valid (server->host));
        g_assert_cmpuint (server->port, >, 0);
        g_assert_cmpint (server->security, !=, POSTWEG_PLAIN);
        g_assert_cmpuint (server->n_auths, >=, 1);
        g_assert_cmpuint (server->n_auths, <=, POSTWEG_MAX_AUTHS);
      }
}

/* An address either gets in and out, or it is said why not. */
static void
test_in_and_out_or_a_reason (void)
{
  for (guint i = 0; i < n_providers (); i++)
    {
      const PostwegProvider *provider = provider_at (i);
      guint incoming = count_servers (provider, POSTWEG_IMAP) + count_servers (provider, POSTWEG_POP3);

      if (provider->dead_end != NULL)
        g_assert_cmpuint (provider->n_servers, ==, 0);
      else if (provider->n_servers == 0)
        g_assert_cmpuint (provider->n_prerequisites, >, 0);
      else
        {
          g_assert_cmpuint (incoming, >, 0);
          g_assert_cmpuint (count_servers (provider, POSTWEG_SMTP), >, 0);
        }
      if ((provider->quirks & POSTWEG_QUIRK_POP_NOT_OFFERED) != 0)
        g_assert_cmpuint (count_servers (provider, POSTWEG_POP3), ==, 0);
    }
}

static void
test_origin_is_named (void)
{
  for (guint i = 0; i < n_providers (); i++)
    {
      const PostwegProvider *provider = provider_at (i);

      g_assert_cmpstr (provider->source, !=, "");
      g_assert_cmpstr (provider->date, >=, "2020");
      g_assert_nonnull (strchr ("ABC", provider->confidence));
      for (guint k = 0; k < provider->n_prerequisites; k++)
        {
          const PostwegPrerequisite *demand = &provider->prerequisites[k];
          PostwegProtocol protocol;

          g_assert_cmpstr (demand->since, >=, "2020");
          g_assert_true (*demand->url == '\0' || g_str_has_prefix (demand->url, "https://"));
          g_assert_true (*demand->protocol == '\0' ||
                         postweg_protocol_from_name (demand->protocol, &protocol));
        }
    }
}

static void
test_big_domains_are_known (void)
{
  const char *const *big = postweg_providers_big_domains ();

  g_assert_cmpuint (g_strv_length ((char **) big), >=, 60);
  g_assert_true (g_strv_contains (big, "gmail.com"));
  for (; *big != NULL; big++)
    g_assert_nonnull (postweg_providers_by_domain (*big));
}

static void
test_unknown_domains (void)
{
  static const char *const domains[] = { "",           "com",         "example.org", "gmail",
                                         "gmail.com.", "a.gmail.com", "xgmail.com",  "gmail.comx",
                                         "0",          "zzzz.zz",     "@gmail.com",  "kasserver.com",
                                         ".gmail.com", "gmx.dee" };

  for (guint i = 0; i < G_N_ELEMENTS (domains); i++)
    {
      g_assert_null (postweg_providers_by_domain (domains[i]));
      g_assert_null (postweg_providers_by_host (domains[i]));
    }
}

/* A look-up must not be felt while somebody types: a thousand of them in far less than a frame. */
static void
test_speed (void)
{
  gint64 begun = g_get_monotonic_time ();
  guint found = 0;

  for (guint i = 0; i < 1000; i++)
    found += postweg_providers_by_domain (i % 2 == 0 ? "zoho.com" : "no-such.example") != NULL;
  g_test_minimized_result ((double) (g_get_monotonic_time () - begun) / 1000, "one look-up, microseconds");
  g_assert_cmpuint (found, ==, 500);
  g_assert_cmpint (g_get_monotonic_time () - begun, <, SLOWER * 16000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/providers/table/size", test_size);
  g_test_add_func ("/providers/table/ids-are-sorted", test_ids_are_sorted);
  g_test_add_func ("/providers/table/each-domain-leads-to-its-provider",
                   test_each_domain_leads_to_its_provider);
  g_test_add_func ("/providers/table/each-host-leads-to-a-provider-with-it",
                   test_each_host_leads_to_a_provider_with_it);
  g_test_add_func ("/providers/table/servers-make-sense", test_servers_make_sense);
  g_test_add_func ("/providers/table/in-and-out-or-a-reason", test_in_and_out_or_a_reason);
  g_test_add_func ("/providers/table/origin-is-named", test_origin_is_named);
  g_test_add_func ("/providers/table/big-domains-are-known", test_big_domains_are_known);
  g_test_add_func ("/providers/table/unknown-domains", test_unknown_domains);
  g_test_add_func ("/providers/table/speed", test_speed);
  return g_test_run ();
}
