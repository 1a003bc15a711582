/* Step 0 from what is typed to what is found, without network. */
#include "../slower.h"
#include "discover/discover.h"
#include "providers/providers.h"
#include <string.h>

static PostwegDiscovery *
discover (const char *text)
{
  g_autoptr (PostwegAddress) address = postweg_address_parse (text, NULL);

  return postweg_discover_offline (text,
                                   address != NULL ? postweg_providers_by_domain (address->domain) : NULL,
                                   postweg_providers_big_domains ());
}

typedef struct {
  const char *text;
  PostwegOutcome outcome;
  const char *code;     /* of EXPLAIN */
  const char *fault;    /* of an invalid address */
  const char *provider; /* id */
} Row;

static const Row rows[] = {
  { "anna@gmail.com", POSTWEG_OUTCOME_FOUND, NULL, NULL, "gmail" },
  { "  anna@gmail.com. ", POSTWEG_OUTCOME_FOUND, NULL, NULL, "gmail" },
  { "Anna@GMail.COM", POSTWEG_OUTCOME_FOUND, NULL, NULL, "gmail" },
  { "anna+shop@gmail.com", POSTWEG_OUTCOME_FOUND, NULL, NULL, "gmail" },
  { "änne@gmx.de", POSTWEG_OUTCOME_FOUND, NULL, NULL, "gmx" },
  { "anna@ＧＭＸ.de", POSTWEG_OUTCOME_FOUND, NULL, NULL,
    "gmx" }, /* full-width letters are the same in IDNA */
  { "anna@mail.de", POSTWEG_OUTCOME_FOUND, NULL, NULL, "mail.de" },
  { "anna@ymail.com", POSTWEG_OUTCOME_FOUND, NULL, NULL, "yahoo" },
  { "anna@gmx.ch", POSTWEG_OUTCOME_FOUND, NULL, NULL, "gmx" },
  { "anna@email.com", POSTWEG_OUTCOME_FOUND, NULL, NULL, "mail.com" },
  /* to be looked at first: not confirmed, or just changing */
  { "anna@o2online.de", POSTWEG_OUTCOME_CONFIRM, NULL, NULL, "o2" },
  { "anna@tiscali.it", POSTWEG_OUTCOME_CONFIRM, NULL, NULL, "tiscali-it" },
  { "anna@comcast.net", POSTWEG_OUTCOME_CONFIRM, NULL, NULL, "comcast" },
  /* known, but no servers */
  { "anna@netcologne.de", POSTWEG_OUTCOME_MANUAL, NULL, NULL, "netcologne" },
  { "anna@firemail.de", POSTWEG_OUTCOME_MANUAL, NULL, NULL, "firemail" },
  /* only the POP server is to be confirmed: not a reason to ask everybody */
  { "anna@freenet.de", POSTWEG_OUTCOME_FOUND, NULL, NULL, "freenet" },
  /* unknown */
  { "anna@firma.example", POSTWEG_OUTCOME_MANUAL, NULL, NULL, NULL },
  { "anna@müller.de", POSTWEG_OUTCOME_MANUAL, NULL, NULL, NULL },
  { "anna@gmail.com.example.org", POSTWEG_OUTCOME_MANUAL, NULL, NULL, NULL },
  /* cannot work this way */
  { "anna@proton.me", POSTWEG_OUTCOME_EXPLAIN, "needs-bridge", NULL, "proton" },
  { "anna@protonmail.com", POSTWEG_OUTCOME_EXPLAIN, "needs-bridge", NULL, "proton" },
  { "anna@tuta.com", POSTWEG_OUTCOME_EXPLAIN, "no-imap-pop", NULL, "tuta" },
  { "anna@TUTANOTA.de", POSTWEG_OUTCOME_EXPLAIN, "no-imap-pop", NULL, "tuta" },
  { "anna@hey.com", POSTWEG_OUTCOME_EXPLAIN, "no-imap-pop", NULL, "hey" },
  /* typing errors */
  { "anna@gmial.com", POSTWEG_OUTCOME_EXPLAIN, "typo:gmail.com", NULL, NULL },
  { "anna@GMIAL.com", POSTWEG_OUTCOME_EXPLAIN, "typo:gmail.com", NULL, NULL },
  { "anna@gmail.con", POSTWEG_OUTCOME_EXPLAIN, "typo:gmail.com", NULL, NULL },
  { "anna@gmx.d", POSTWEG_OUTCOME_EXPLAIN, "typo:gmx.de", NULL, NULL },
  { "anna@protonmial.com", POSTWEG_OUTCOME_EXPLAIN, "typo:protonmail.com", NULL, NULL },
  /* no address */
  { "", POSTWEG_OUTCOME_EXPLAIN, "invalid-address", "empty", NULL },
  { "   ", POSTWEG_OUTCOME_EXPLAIN, "invalid-address", "empty", NULL },
  { "anna", POSTWEG_OUTCOME_EXPLAIN, "invalid-address", "no-at", NULL },
  { "anna@", POSTWEG_OUTCOME_EXPLAIN, "invalid-address", "domain-missing", NULL },
  { "@gmail.com", POSTWEG_OUTCOME_EXPLAIN, "invalid-address", "local-missing", NULL },
  { "anna@gmail", POSTWEG_OUTCOME_EXPLAIN, "invalid-address", "domain-single", NULL },
  { "anna@gmail,com", POSTWEG_OUTCOME_EXPLAIN, "invalid-address", "domain-character", NULL },
  { "anna@gmail..com", POSTWEG_OUTCOME_EXPLAIN, "invalid-address", "domain-label", NULL },
  { "anna@@gmail.com", POSTWEG_OUTCOME_EXPLAIN, "invalid-address", "two-at", NULL },
  { "anna\xff@gmail.com", POSTWEG_OUTCOME_EXPLAIN, "invalid-address", "control", NULL },
};

static void
test_outcome (gconstpointer data)
{
  const Row *row = data;
  g_autoptr (PostwegDiscovery) found = discover (row->text);

  g_assert_cmpint (found->outcome, ==, row->outcome);
  g_assert_cmpstr (found->code, ==, row->code);
  g_assert_cmpstr (found->fault, ==, row->fault);
  g_assert_cmpstr (found->provider != NULL ? found->provider->id : NULL, ==, row->provider);
  g_assert_true ((found->address == NULL) == (row->fault != NULL));
  if (row->outcome == POSTWEG_OUTCOME_FOUND || row->outcome == POSTWEG_OUTCOME_CONFIRM)
    {
      g_assert_cmpuint (found->servers->len, ==, found->provider->n_servers);
      g_assert_cmpstr (found->source, ==, "table");
      g_assert_cmpstr (found->trust, ==, "table");
    }
  else
    {
      g_assert_cmpuint (found->servers->len, ==, 0);
      g_assert_null (found->source);
      g_assert_null (found->trust);
    }
}

static const struct {
  const char *address;
  PostwegProtocol protocol;
  const char *host;
  guint port;
  PostwegSecurity security;
  const char *user;
  PostwegAuth auth;
  guint n_auths;
} servers[] = {
  { "anna@gmail.com", POSTWEG_IMAP, "imap.gmail.com", 993, POSTWEG_TLS, "anna@gmail.com", POSTWEG_AUTH_OAUTH2,
    2 },
  { "anna@gmail.com", POSTWEG_POP3, "pop.gmail.com", 995, POSTWEG_TLS, "anna@gmail.com", POSTWEG_AUTH_OAUTH2,
    2 },
  { "anna@gmail.com", POSTWEG_SMTP, "smtp.gmail.com", 465, POSTWEG_TLS, "anna@gmail.com", POSTWEG_AUTH_OAUTH2,
    2 },
  { "Anna.B@WEB.de", POSTWEG_IMAP, "imap.web.de", 993, POSTWEG_TLS, "Anna.B", POSTWEG_AUTH_PASSWORD, 1 },
  { "Anna.B@WEB.de", POSTWEG_SMTP, "smtp.web.de", 465, POSTWEG_TLS, "Anna.B", POSTWEG_AUTH_PASSWORD, 1 },
  { "anna@icloud.com", POSTWEG_IMAP, "imap.mail.me.com", 993, POSTWEG_TLS, "anna", POSTWEG_AUTH_PASSWORD, 1 },
  { "anna@icloud.com", POSTWEG_SMTP, "smtp.mail.me.com", 587, POSTWEG_STARTTLS, "anna@icloud.com",
    POSTWEG_AUTH_PASSWORD, 1 },
  { "anna@outlook.de", POSTWEG_POP3, "outlook.office365.com", 995, POSTWEG_TLS, "anna@outlook.de",
    POSTWEG_AUTH_OAUTH2, 1 },
  { " anna@T-Online.de. ", POSTWEG_SMTP, "securesmtp.t-online.de", 465, POSTWEG_TLS, "anna@t-online.de",
    POSTWEG_AUTH_PASSWORD, 1 },
};

static void
test_best_servers (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (servers); i++)
    {
      g_autoptr (PostwegDiscovery) found = discover (servers[i].address);
      const PostwegFoundServer *best = postweg_discovery_best (found, servers[i].protocol);

      g_test_message ("%s %s", servers[i].address, servers[i].host);
      g_assert_nonnull (best);
      g_assert_cmpstr (best->server->host, ==, servers[i].host);
      g_assert_cmpuint (best->server->port, ==, servers[i].port);
      g_assert_cmpint (best->server->security, ==, servers[i].security);
      g_assert_cmpstr (best->server->user, ==, servers[i].user);
      g_assert_cmpint (best->server->auth, ==, servers[i].auth);
      g_assert_cmpint (best->auths[0], ==, servers[i].auth);
      g_assert_cmpuint (best->n_auths, ==, servers[i].n_auths);
      g_assert_cmpstr (best->source, ==, "table");
      g_assert_cmpstr (best->trust, ==, "table");
    }
}

static void
test_no_pop_at_icloud (void)
{
  g_autoptr (PostwegDiscovery) found = discover ("anna@icloud.com");

  g_assert_null (postweg_discovery_best (found, POSTWEG_POP3));
}

/* Each protocol keeps the provider's order, so that the second one can be offered when the first fails. */
static void
test_alternatives_keep_their_order (void)
{
  g_autoptr (PostwegDiscovery) found = discover ("anna@gmx.net");
  guint ports[] = { 993, 143, 995, 110, 465, 587 };

  g_assert_cmpuint (found->servers->len, ==, G_N_ELEMENTS (ports));
  for (guint i = 0; i < found->servers->len; i++)
    {
      const PostwegFoundServer *server = g_ptr_array_index (found->servers, i);

      g_assert_cmpuint (server->server->port, ==, ports[i]);
    }
}

/* Whoever is in the table is found by any of its addresses, and gets a user name. */
static void
test_everybody_in_the_table (void)
{
  guint n;
  const PostwegProvider *all = postweg_providers_all (&n);

  for (guint i = 0; i < n; i++)
    for (const char *const *domain = all[i].domains; *domain != NULL; domain++)
      {
        g_autofree char *address = g_strconcat ("anna@", *domain, NULL);
        g_autoptr (PostwegDiscovery) found = discover (address);

        g_assert_true (found->provider == &all[i]);
        g_assert_true ((found->servers->len > 0) == (all[i].n_servers > 0));
        g_assert_false (found->code != NULL && g_str_has_prefix (found->code, "typo:"));
        for (guint k = 0; k < found->servers->len; k++)
          {
            const PostwegFoundServer *server = g_ptr_array_index (found->servers, k);

            g_assert_true (g_str_has_prefix (server->server->user, "anna"));
          }
      }
}

static void
test_speed (void)
{
  gint64 begun = g_get_monotonic_time ();

  for (guint i = 0; i < 100; i++)
    {
      g_autoptr (PostwegDiscovery) found = discover (i % 2 == 0 ? "anna@gmx.de" : "anna@unknown.example");

      g_assert_nonnull (found);
    }
  g_test_minimized_result ((double) (g_get_monotonic_time () - begun) / 100, "one discovery, microseconds");
  g_assert_cmpint (g_get_monotonic_time () - begun, <, SLOWER * 100 * 1000);
}

/* Who will be asked is known before anybody is. */
static void
test_hosts (void)
{
  static const char *const lists[] = {
    [POSTWEG_CONSENT_OFFLINE] = "",
    [POSTWEG_CONSENT_DEFAULT] = "autoconfig.firm.example firm.example ua-auto-config.firm.example",
    [POSTWEG_CONSENT_ALL] = "autoconfig.firm.example firm.example ua-auto-config.firm.example v1.ispdb.net "
                            "autoconfig.thunderbird.net",
    [POSTWEG_CONSENT_SEND_ADDRESS] = "autoconfig.firm.example firm.example ua-auto-config.firm.example "
                                     "v1.ispdb.net autoconfig.thunderbird.net autodiscover.firm.example",
  };
  g_autoptr (PostwegAddress) address = postweg_address_parse ("anna@Firm.Example", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      g_autoptr (GPtrArray) hosts = postweg_discover_hosts (address, (PostwegConsent) i);
      g_autofree char *text = NULL;

      g_ptr_array_add (hosts, NULL);
      text = g_strjoinv (" ", (char **) hosts->pdata);
      g_assert_cmpstr (text, ==, lists[i]);
    }
}

/* The provider behind the MX: its servers are foreign unless DNSSEC proves the way; a dead end is said. */
static void
test_by_mx (void)
{
  g_autoptr (PostwegAddress) address = postweg_address_parse ("anna@firm.example", NULL);

  for (guint proven = 0; proven < 2; proven++)
    {
      g_autoptr (PostwegSourceResult) result = postweg_source_result_new ("mx-table");
      const PostwegFoundServer *found;

      result->mail_hosts_proven = (gboolean) proven;
      postweg_discover_by_mx (result, postweg_providers_by_domain ("strato.de"), address);
      found = g_ptr_array_index (result->servers, 0);
      g_assert_cmpstr (found->server->user, ==, "anna@firm.example");
      g_assert_cmpstr (found->trust, ==, proven ? "dnssec" : "dns");
      g_assert_cmpint (found->foreign, ==, !proven);
      g_assert_null (result->code);
      postweg_discover_by_mx (result, postweg_providers_by_domain ("proton.me"), address);
      g_assert_cmpstr (result->code, ==, "needs-bridge");
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strdup_printf ("/discover/offline/outcome/%u-%s", i,
                                               rows[i].fault != NULL ? rows[i].fault : rows[i].provider);

      g_test_add_data_func (path, &rows[i], test_outcome);
    }
  g_test_add_func ("/discover/offline/best-servers", test_best_servers);
  g_test_add_func ("/discover/offline/no-pop-at-icloud", test_no_pop_at_icloud);
  g_test_add_func ("/discover/offline/alternatives-keep-their-order", test_alternatives_keep_their_order);
  g_test_add_func ("/discover/offline/everybody-in-the-table", test_everybody_in_the_table);
  g_test_add_func ("/discover/offline/speed", test_speed);
  g_test_add_func ("/discover/offline/hosts", test_hosts);
  g_test_add_func ("/discover/offline/by-mx", test_by_mx);
  return g_test_run ();
}
