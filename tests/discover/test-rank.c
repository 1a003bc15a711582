/* Which server wins, which outcome it has, and what is said about disagreements. */
#include "discover/rank.h"
#include <string.h>

/* One server of one source; sources with the same name stand together. */
typedef struct {
  const char *source, *trust, *host;
  PostwegProtocol protocol;
  PostwegCheck check;
  gboolean foreign;
  PostwegSecurity security;
} Given;

typedef struct {
  const char *name;
  Given given[7];
  const char *outcome, *source, *trust, *imap, *smtp;
  const char *conflicts; /* "imap host a/b " … */
} Row;

#define I POSTWEG_IMAP
#define P POSTWEG_POP3
#define O POSTWEG_SMTP
#define GOOD POSTWEG_CHECK_GOOD
#define DEAD POSTWEG_CHECK_DEAD
#define SILENT POSTWEG_CHECK_SILENT
#define MISMATCH POSTWEG_CHECK_CERT_MISMATCH
#define UNTRUSTED POSTWEG_CHECK_CERT_UNTRUSTED
#define BOTH(source, trust, host)                                                                            \
  { source, trust, host, I },                                                                                \
  {                                                                                                          \
    source, trust, host, O                                                                                   \
  }
#define CHECKED(source, trust, host, check)                                                                  \
  { source, trust, host, I, check },                                                                         \
  {                                                                                                          \
    source, trust, host, O, check                                                                            \
  }

/* clang-format off */
static const Row rows[] = {
  { "nothing", { { NULL } }, "manual", .conflicts = "" },
  { "own-file", { BOTH ("autoconfig-https", "tls", "a") }, "found", "autoconfig-https", "tls", "a", "a", "" },
  { "own-file-before-srv", { BOTH ("srv", "dns", "b"), BOTH ("autoconfig-https", "tls", "a") }, "found", "autoconfig-https", "tls", "a", "a", "imap host a/b smtp host a/b " },
  { "autoconfig-before-well-known", { BOTH ("wellknown-https", "tls", "b"), BOTH ("autoconfig-https", "tls", "a") }, "found", "autoconfig-https", "tls", "a", "a", "imap host a/b smtp host a/b " },
  { "well-known-before-pacc", { BOTH ("pacc", "tls", "b"), BOTH ("wellknown-https", "tls", "a") }, "found", "wellknown-https", "tls", "a", "a", "imap host a/b smtp host a/b " },
  { "pacc-before-signed-srv", { BOTH ("srv", "dnssec", "b"), BOTH ("pacc", "tls", "a") }, "found", "pacc", "tls", "a", "a", "imap host a/b smtp host a/b " },
  { "srv-before-mx", { BOTH ("mx-table", "dns", "b"), BOTH ("srv", "dns", "a") }, "found", "srv", "dns", "a", "a", "imap host a/b smtp host a/b " },
  { "mx-before-database", { BOTH ("ispdb", "ispdb", "b"), BOTH ("mx-table", "dns", "a") }, "confirm", "mx-table", "dns", "a", "a", "imap host a/b smtp host a/b " },
  { "mx-signed", { BOTH ("mx-table", "dnssec", "a") }, "found", "mx-table", "dnssec", "a", "a", "" },
  { "database-before-hoster", { BOTH ("mx-autoconfig-https", "dns", "b"), BOTH ("ispdb", "ispdb", "a") }, "found", "ispdb", "ispdb", "a", "a", "imap host a/b smtp host a/b " },
  { "hoster", { BOTH ("mx-autoconfig-https", "dns", "a") }, "confirm", "mx-autoconfig-https", "dns", "a", "a", "" },
  { "hoster-signed", { BOTH ("mx-autoconfig-https", "tls", "a") }, "found", "mx-autoconfig-https", "tls", "a", "a", "" },
  { "srv-foreign-last", { { "srv", "dns", "a", I, .foreign = TRUE }, { "srv", "dns", "a", O, .foreign = TRUE }, BOTH ("ispdb", "ispdb", "b") }, "found", "ispdb", "ispdb", "b", "b", "imap host b/a smtp host b/a " },
  { "srv-foreign-alone", { { "srv", "dns", "a", I, .foreign = TRUE }, { "srv", "dns", "a", O, .foreign = TRUE } }, "confirm", "srv", "dns", "a", "a", "" },
  { "guess/good", { CHECKED ("guess", "dns", "a", GOOD) }, "found", "guess", "dns", "a", "a", "" },
  { "guess/not-looked-at", { BOTH ("guess", "dns", "a") }, "manual", .conflicts = "" },
  { "guess/dead", { CHECKED ("guess", "dns", "a", DEAD) }, "manual", .conflicts = "" },
  { "guess/silent", { CHECKED ("guess", "dns", "a", SILENT) }, "manual", .conflicts = "" },
  { "guess/contradicts-nobody", { CHECKED ("guess", "dns", "b", GOOD), BOTH ("srv", "dns", "a") }, "found", "srv", "dns", "a", "a", "" },
  { "http", { BOTH ("autoconfig-http", "insecure", "a") }, "confirm", "autoconfig-http", "insecure", "a", "a", "" },
  { "http-behind-guess", { BOTH ("autoconfig-http", "insecure", "a"), CHECKED ("guess", "dns", "b", GOOD) }, "found", "guess", "dns", "b", "b", "imap host b/a smtp host b/a " },
  { "plaintext", { { "ispdb", "plaintext", "a", I, .security = POSTWEG_PLAIN }, { "ispdb", "plaintext", "a", O, .security = POSTWEG_PLAIN } }, "confirm", "ispdb", "plaintext", "a", "a", "" },
  { "plaintext-behind-everything", { { "autoconfig-https", "plaintext", "a", I, .security = POSTWEG_PLAIN }, { "autoconfig-https", "tls", "b", I }, { "autoconfig-https", "tls", "s", O } }, "found", "autoconfig-https", "tls", "b", "s", "" },
  { "certificate/mismatch", { CHECKED ("autoconfig-https", "tls", "a", MISMATCH) }, "confirm", "autoconfig-https", "cert-mismatch", "a", "a", "" },
  { "certificate/untrusted", { CHECKED ("autoconfig-https", "tls", "a", UNTRUSTED) }, "confirm", "autoconfig-https", "cert-untrusted", "a", "a", "" },
  { "certificate/of-one-side", { { "srv", "dns", "a", I, GOOD }, { "srv", "dns", "s", O, UNTRUSTED } }, "confirm", "srv", "cert-untrusted", "a", "s", "" },
  { "certificate/other-source-is-better", { CHECKED ("autoconfig-https", "tls", "a", MISMATCH), CHECKED ("srv", "dns", "b", GOOD) }, "confirm", "srv", "dns", "b", "b", "imap host b/a smtp host b/a " },
  { "dead/second-of-the-source", { { "autoconfig-https", "tls", "a", I, DEAD }, { "autoconfig-https", "tls", "b", I, GOOD }, { "autoconfig-https", "tls", "s", O, GOOD } }, "found", "autoconfig-https", "tls", "b", "s", "" },
  { "dead/nothing-else", { { "autoconfig-https", "tls", "a", I, DEAD }, { "autoconfig-https", "tls", "s", O, GOOD } }, "confirm", "autoconfig-https", "tls", "a", "s", "" },
  { "silent/everybody", { CHECKED ("autoconfig-https", "tls", "a", SILENT) }, "found", "autoconfig-https", "tls", "a", "a", "" },
  { "silent/one-of-two", { { "autoconfig-https", "tls", "a", I, SILENT }, { "autoconfig-https", "tls", "b", I, GOOD }, { "autoconfig-https", "tls", "s", O } }, "found", "autoconfig-https", "tls", "b", "s", "" },
  { "one-side/only-incoming", { { "srv", "dns", "a", I } }, "confirm", "srv", "dns", "a", NULL, "" },
  { "one-side/only-outgoing", { { "srv", "dns", "s", O } }, "confirm", "srv", "dns", NULL, "s", "" },
  { "one-side/from-two-sources", { { "srv", "dns", "a", I }, { "guess", "dns", "s", O, GOOD } }, "found", "srv", "dns", "a", "s", "" },
  { "pop-only", { { "srv", "dns", "p", P }, { "srv", "dns", "s", O } }, "found", "srv", "dns", NULL, "s", "" },
  { "agreeing", { BOTH ("autoconfig-https", "tls", "a"), BOTH ("ispdb", "ispdb", "a") }, "found", "autoconfig-https", "tls", "a", "a", "" },
};
/* clang-format on */

static GPtrArray *
results_of (const Row *row)
{
  GPtrArray *results = g_ptr_array_new_with_free_func ((GDestroyNotify) postweg_source_result_free);
  PostwegSourceResult *result = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (row->given) && row->given[i].source != NULL; i++)
    {
      const Given *given = &row->given[i];
      g_autoptr (PostwegServer) server =
          postweg_server_new (given->protocol, given->host, 0, given->security, "anna");
      PostwegFoundServer *found = postweg_found_server_new (server, NULL, NULL);

      if (result == NULL || strcmp (result->source, given->source) != 0)
        g_ptr_array_add (results, result = postweg_source_result_new (given->source));
      found->check = given->check;
      found->foreign = given->foreign;
      postweg_source_result_add (result, found, given->source, given->trust);
    }
  return results;
}

static const char *
host_of (const PostwegDiscovery *discovery, PostwegProtocol protocol)
{
  const PostwegFoundServer *best = postweg_discovery_best (discovery, protocol);

  return best != NULL ? best->server->host : NULL;
}

static void
test_row (gconstpointer data)
{
  static const char *const outcomes[] = { "found", "confirm", "manual", "explain" };
  const Row *row = data;
  g_autoptr (GPtrArray) results = results_of (row);
  g_autoptr (PostwegDiscovery) discovery = postweg_discovery_new ();
  g_autoptr (GString) conflicts = g_string_new (NULL);

  postweg_rank (discovery, results);
  g_assert_cmpstr (outcomes[discovery->outcome], ==, row->outcome);
  g_assert_cmpstr (discovery->source, ==, row->source);
  g_assert_cmpstr (discovery->trust, ==, row->trust);
  g_assert_cmpstr (host_of (discovery, I), ==, row->imap);
  g_assert_cmpstr (host_of (discovery, O), ==, row->smtp);
  for (guint i = 0; i < discovery->conflicts->len; i++)
    {
      const PostwegConflict *conflict = g_ptr_array_index (discovery->conflicts, i);

      g_string_append_printf (conflicts, "%s %s %s/%s ", postweg_protocol_name (conflict->protocol),
                              conflict->field, conflict->chosen, conflict->other);
    }
  g_assert_cmpstr (conflicts->str, ==, row->conflicts);
}

/* The same server from two sources stands there once, with the better source. */
static void
test_once (void)
{
  static const Row row = { "", { BOTH ("ispdb", "ispdb", "a"), BOTH ("autoconfig-https", "tls", "a") } };
  g_autoptr (GPtrArray) results = results_of (&row);
  g_autoptr (PostwegDiscovery) discovery = postweg_discovery_new ();

  postweg_rank (discovery, results);
  g_assert_cmpuint (discovery->servers->len, ==, 2);
}

/* The order of the results, which is that of arrival, does not matter. */
static void
test_any_arrival (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GPtrArray) results = results_of (&rows[i]);
      g_autoptr (GPtrArray) turned = g_ptr_array_new ();
      g_autoptr (PostwegDiscovery) discovery = postweg_discovery_new ();

      for (guint k = results->len; k > 0; k--)
        g_ptr_array_add (turned, g_ptr_array_index (results, k - 1));
      postweg_rank (discovery, turned);
      g_assert_cmpstr (discovery->source, ==, rows[i].source);
      g_assert_cmpstr (host_of (discovery, I), ==, rows[i].imap);
      g_assert_cmpstr (host_of (discovery, O), ==, rows[i].smtp);
    }
}

static void
test_lead (void)
{
  static const struct {
    Given given[4];
    const char *as_good_as; /* NULL: there is no whole account */
  } table[] = {
    { { { NULL } }, NULL },
    { { { "srv", "dnssec", "a", I } }, NULL },
    { { BOTH ("pacc", "tls", "a") }, "pacc" },
    { { { "pacc", "tls", "a", P }, { "ispdb", "ispdb", "s", O } }, "ispdb" },
    { { BOTH ("guess", "dns", "a") }, NULL },
    { { CHECKED ("guess", "dns", "a", GOOD) }, "guess" },
    { { CHECKED ("pacc", "tls", "a", DEAD) }, NULL },
    { { CHECKED ("pacc", "tls", "a", MISMATCH) }, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      Row row = { "", { { NULL } } };
      g_autoptr (GPtrArray) results = NULL;

      memcpy (row.given, table[i].given, sizeof table[i].given);
      results = results_of (&row);
      g_assert_cmpuint (postweg_rank_lead (results), ==,
                        table[i].as_good_as != NULL ? postweg_rank_of_source (table[i].as_good_as)
                                                    : G_MAXUINT);
    }
}

/* Every source of the list has its place in the order. */
static void
test_sources_are_ranked (void)
{
  guint n = 0;
  const PostwegSource *sources = postweg_sources (&n);
  guint none = postweg_rank_of_source ("no such source");

  for (guint i = 0; i < n; i++)
    g_assert_cmpuint (postweg_rank_of_source (sources[i].name), <, none);
}

/* Hosts that were asked are named once. */
static void
test_asked (void)
{
  g_autoptr (GPtrArray) results =
      g_ptr_array_new_with_free_func ((GDestroyNotify) postweg_source_result_free);
  g_autoptr (PostwegDiscovery) discovery = postweg_discovery_new ();
  PostwegSourceResult *result = postweg_source_result_new ("ispdb");

  g_ptr_array_add (result->asked, g_strdup ("a.example"));
  g_ptr_array_add (result->asked, g_strdup ("a.example"));
  g_ptr_array_add (result->askable, postweg_askable_new ("b.example", POSTWEG_CONSENT_ALL));
  g_ptr_array_add (results, result);
  postweg_rank (discovery, results);
  g_assert_cmpuint (discovery->asked->len, ==, 1);
  g_assert_cmpuint (discovery->askable->len, ==, 1);
}

/* A user name that cannot be shown, or would break a command, is none. */
static void
test_user_names (void)
{
  static const char *const bad[] = { "anna\r\nDELE 1", "anna\t", "\x01", "\xff" };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (PostwegSourceResult) result = postweg_source_result_new ("ispdb");
      g_autoptr (PostwegServer) server = postweg_server_new (I, "a.example", 0, POSTWEG_TLS, bad[i]);

      postweg_source_result_add (result, postweg_found_server_new (server, NULL, NULL), "ispdb", "ispdb");
      g_assert_cmpstr (((PostwegFoundServer *) g_ptr_array_index (result->servers, 0))->server->user, ==, "");
    }
}

/* Beside a server without encryption one with it is looked for, and taken only when it is there. */
static void
test_encrypted_beside_plain (void)
{
  for (guint good = 0; good < 2; good++)
    {
      g_autoptr (GPtrArray) results =
          g_ptr_array_new_with_free_func ((GDestroyNotify) postweg_source_result_free);
      g_autoptr (PostwegDiscovery) discovery = postweg_discovery_new ();
      g_autoptr (PostwegServer) plain = postweg_server_new (P, "a.example", 110, POSTWEG_PLAIN, "anna");
      PostwegSourceResult *result = postweg_source_result_new ("ispdb");

      g_ptr_array_add (results, result);
      postweg_source_result_add (result, postweg_found_server_new (plain, NULL, NULL), "ispdb", "ispdb");
      g_assert_cmpuint (result->servers->len, ==, 3);
      if (good)
        ((PostwegFoundServer *) g_ptr_array_index (result->servers, 1))->check = GOOD;
      postweg_rank (discovery, results);
      g_assert_cmpuint (discovery->servers->len, ==, 1 + good);
      g_assert_cmpstr (discovery->trust, ==, good ? "ispdb" : "plaintext");
      g_assert_cmpuint (postweg_discovery_best (discovery, P)->server->port, ==, good ? 995 : 110);
    }
}

/* The name from a certificate stands behind the server that showed it, until a look proves it; it is confirmed in any case. */
static void
test_name_from_certificate (void)
{
  for (guint good = 0; good < 2; good++)
    {
      static const Row row = {
        "",
        { { "srv", "dns", "a", I, MISMATCH }, { "srv", "cert-mismatch", "b", I }, { "srv", "dns", "s", O } }
      };
      g_autoptr (GPtrArray) results = results_of (&row);
      g_autoptr (PostwegDiscovery) discovery = postweg_discovery_new ();
      const PostwegSourceResult *result = g_ptr_array_index (results, 0);

      if (good)
        ((PostwegFoundServer *) g_ptr_array_index (result->servers, 1))->check = GOOD;
      postweg_rank (discovery, results);
      g_assert_cmpstr (host_of (discovery, I), ==, good ? "b" : "a");
      g_assert_cmpint (discovery->outcome, ==, POSTWEG_OUTCOME_CONFIRM);
      g_assert_cmpstr (discovery->trust, ==, "cert-mismatch");
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strconcat ("/discover/rank/", rows[i].name, NULL);

      g_test_add_data_func (path, &rows[i], test_row);
    }
  g_test_add_func ("/discover/rank/once", test_once);
  g_test_add_func ("/discover/rank/any-arrival", test_any_arrival);
  g_test_add_func ("/discover/rank/lead", test_lead);
  g_test_add_func ("/discover/rank/sources-are-ranked", test_sources_are_ranked);
  g_test_add_func ("/discover/rank/asked", test_asked);
  g_test_add_func ("/discover/rank/encrypted-beside-plain", test_encrypted_beside_plain);
  g_test_add_func ("/discover/rank/name-from-certificate", test_name_from_certificate);
  g_test_add_func ("/discover/rank/user-names", test_user_names);
  return g_test_run ();
}
