/* Discovery from end to end on an island: names, web servers and mail servers of its own, honest ones and others. */
#include "../slower.h"
#include "finding.h"
#include "model/json.h"
#include "world.h"

#define LOCAL "anna.muster"

/* clang-format off */
typedef struct {
  const char *name, *domain;
  PostwegConsent consent;
  const char *outcome, *source, *trust;
  const char *imap, *smtp; /* hosts, NULL: none */
  guint most_ms;
  const char *asked; /* hosts that were asked for settings, in any order, separated by blanks; NULL: not compared */
} Row;

#define D POSTWEG_CONSENT_DEFAULT
#define A POSTWEG_CONSENT_ALL
#define S POSTWEG_CONSENT_SEND_ADDRESS

static const Row rows[] = {
  { "table", "gmail.com", S, "found", "table", "table", "imap.gmail.com", "smtp.gmail.com", 100, "" },
  { "table/typo", "gmial.com", S, "explain:typo:gmail.com", .most_ms = 500 },
  { "offline-is-silent", "own.example", POSTWEG_CONSENT_OFFLINE, "manual", .most_ms = 100, .asked = "" },
  { "autoconfig", "own.example", D, "found", "autoconfig-https", "tls", "imap.own.example", "smtp.own.example", 900, "autoconfig.own.example own.example" },
  { "well-known", "known.example", D, "found", "wellknown-https", "tls", "imap.known.example", "smtp.known.example", 900 },
  { "srv", "srv.example", D, "found", "srv", "dns", "imap.srv.example", "smtp.srv.example", 900 },
  { "srv/foreign", "foreign.example", D, "confirm", "srv", "dns", "imap.other.example", "smtp.other.example", 1500 },
  { "srv/foreign-signed", "signed.example", D, "found", "srv", "dnssec", "imap.other.example", "smtp.other.example", 900 },
  { "mx/table", "hosted.example", D, "confirm", "mx-table", "dns", "imap.gmail.com", "smtp.gmail.com", 900 },
  { "mx/table-signed", "hosted-signed.example", D, "found", "mx-table", "dnssec", "imap.strato.de", "smtp.strato.de", 3500 },
  { "mx/bridge", "bridge.example", D, "explain:needs-bridge", .most_ms = 2000 },
  { "mx/filter", "filtered.example", D, "manual", .most_ms = 2000 },
  { "mx/hoster-not-asked", "customer.example", D, "manual", .most_ms = 2000, .asked = "autoconfig.customer.example customer.example" },
  { "mx/hoster-asked", "customer.example", A, "confirm", "mx-autoconfig-https", "dns", "imap.hoster.example", "smtp.hoster.example", 2000 },
  { "database-not-asked", "listed.example", D, "found", "guess", "dns", "imap.listed.example", "smtp.listed.example", 2000, "autoconfig.listed.example listed.example" },
  { "database", "listed.example", A, "found", "ispdb", "ispdb", "imap.listed.example", "smtp.listed.example", 2000 },
  { "pacc", "pacc.example", D, "found", "pacc", "tls", "imap.pacc.example", "smtp.pacc.example", 1200 },
  { "pacc/digest", "forged.example", D, "manual", .most_ms = 2000 },
  { "guess", "usual.example", D, "found", "guess", "dns", "imap.usual.example", "smtp.usual.example", 2000 },
  { "nothing", "bare.example", D, "manual", .most_ms = 2500 },
  { "parked", "parked.example", D, "manual", .most_ms = 4500 },
  { "certificate/other-name", "wrong-name.example", D, "confirm", "guess", "cert-mismatch", "mail.wrong-name.example", "mail.wrong-name.example", 2500 },
  { "certificate/self-signed", "self-signed.example", D, "confirm", "guess", "cert-untrusted", "mail.self-signed.example", "mail.self-signed.example", 2500 },
  { "certificate/of-the-web-server", "expired-web.example", D, "manual", .most_ms = 2500 },
  { "http", "http.example", D, "found", "guess", "dns", "imap.http.example", "smtp.http.example", 2500 },
  { "http/downgrade", "downgrade.example", D, "confirm", "autoconfig-http", "insecure", "imap.own.example", "smtp.own.example", 2500 },
  { "plain", "plain.example", D, "confirm", "autoconfig-https", "plaintext", "mail.plain.example", "mail.plain.example", 3000 },
  { "plain/encrypted-beside", "old.example", D, "found", "autoconfig-https", "tls", "mail.old.example", "mail.old.example", 3000 },
  { "certificate/names-another-host", "moved.example", D, "confirm", "srv", "cert-mismatch", "imap.moved.example", "imap.moved.example", 3000 },
  { "redirect/foreign", "leads-away.example", D, "manual", .most_ms = 2500, .asked = "autoconfig.leads-away.example leads-away.example" },
  { "redirect/foreign-allowed", "leads-away.example", A, "found", "autoconfig-https", "tls", "imap.third.example", "smtp.third.example", 2500 },
  { "stale", "stale.example", D, "confirm", "srv", "dns", "imap.stale.example", "smtp.stale.example", 2500 },
  { "conflict", "differ.example", D, "found", "autoconfig-https", "tls", "imap.differ.example", "smtp.differ.example", 1500 },
  { "slow/drip", "slow.example", D, "found", "guess", "dns", "imap.slow.example", "smtp.slow.example", 4000 },
  { "slow/better-one", "slow-but.example", D, "found", "srv", "dns", "imap.slow-but.example", "smtp.slow-but.example", 1200 },
  { "slow/swallowed", "swallowed.example", D, "manual", .most_ms = 6000 },
  { "autodiscover/not-asked", "asks.example", A, "found", "guess", "dns", "imap.asks.example", "smtp.asks.example", 2000 },
  { "autodiscover", "asks.example", S, "found", "autodiscover", "tls", "imap.asks.example", "smtp.asks.example", 2000 },
  { "autodiscover/challenge", "challenges.example", S, "manual", .most_ms = 2500 },
  { "no-mail/null-mx", "null.example", D, "explain:no-mail-here", .most_ms = 1000 },
  { "no-mail/nothing", "empty.example", D, "explain:no-mail-here", .most_ms = 3000 },
  { "no-such-domain", "gone.example", D, "explain:no-such-domain", .most_ms = 1000 },
  { "dns/broken", "broken.example", D, "explain:dns-failure", .most_ms = 6000 },
  { "dns/silent", "silent.example", D, "explain:dns-failure", .most_ms = 6000 },
};
/* clang-format on */

static Web *web;

static int
compare (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

static char *
sorted (GPtrArray *words)
{
  g_autoptr (GPtrArray) copy = g_ptr_array_new ();

  g_ptr_array_extend (copy, words, NULL, NULL);
  g_ptr_array_sort (copy, compare);
  g_ptr_array_add (copy, NULL);
  return g_strjoinv (" ", (char **) copy->pdata);
}

static void
test_row (gconstpointer data)
{
  const Row *row = data;
  g_autofree char *address = g_strconcat (LOCAL "@", row->domain, NULL);
  gint64 begun = g_get_monotonic_time ();
  g_autoptr (PostwegDiscovery) found = find (address, row->consent, NULL);
  guint ms = (guint) ((g_get_monotonic_time () - begun) / 1000);
  g_autoptr (JsonNode) json = postweg_discovery_to_json (found);
  g_autofree char *text = json_to_string (json, FALSE);
  g_autofree char *asked = sorted (found->asked);
  JsonObject *object = json_node_get_object (json);

  g_test_message ("%u ms: %s", ms, text);
  g_assert_cmpstr (json_object_get_string_member (object, "outcome"), ==, row->outcome);
  g_assert_cmpstr (found->source, ==, row->source);
  g_assert_cmpstr (found->trust, ==, row->trust);
  g_assert_cmpstr (host_of (found, POSTWEG_IMAP), ==, row->imap);
  g_assert_cmpstr (host_of (found, POSTWEG_SMTP), ==, row->smtp);
  g_assert_cmpuint (ms, <, SLOWER * row->most_ms);
  if (row->asked != NULL)
    g_assert_cmpstr (asked, ==, row->asked);
}

/* The person's name is said to nobody but those who may hear it, and nobody hears a sign-in. */
static void
test_nothing_leaks (void)
{
  g_autoptr (PostwegDiscovery) asks = find (LOCAL "@asks.example", S, NULL);
  g_autoptr (PostwegDiscovery) challenges = find (LOCAL "@challenges.example", S, NULL);
  g_autofree char *heard = web_heard (web);
  g_auto (GStrv) lines = g_strsplit (heard, "\n", -1);
  guint said = 0;

  for (guint i = 0; lines[i] != NULL; i++)
    {
      gboolean to_autodiscover = strstr (lines[i], "<EMailAddress>") != NULL;

      g_assert_null (strstr (lines[i], "Authorization"));
      g_assert_null (strstr (lines[i], "Cookie"));
      g_assert_null (strstr (lines[i], "Referer"));
      g_assert_true (strstr (lines[i], LOCAL) == NULL || to_autodiscover ||
                     strstr (lines[i], "?emailaddress=") != NULL);
      said += to_autodiscover;
    }
  g_assert_cmpuint (said, >=, 2);
}

static void
test_names_are_few (void)
{
  g_assert_cmpuint (island_asked ("autoconfig.thunderbird.net"), ==, 0);
  g_assert_cmpuint (island_asked ("imap.gmail.com"), ==, 0);
  g_assert_cmpuint (island_asked ("mx1.hoster.example"), ==, 0);
  g_assert_cmpuint (island_asked ("own.example"), >, 0);
}

static void
test_conflict (void)
{
  g_autoptr (PostwegDiscovery) found = find (LOCAL "@differ.example", D, NULL);
  const PostwegConflict *conflict;

  g_assert_cmpuint (found->conflicts->len, ==, 1);
  conflict = g_ptr_array_index (found->conflicts, 0);
  g_assert_cmpstr (conflict->field, ==, "host");
  g_assert_cmpstr (conflict->chosen, ==, "imap.differ.example");
  g_assert_cmpstr (conflict->other, ==, "mail.differ.example");
  g_assert_cmpstr (conflict->other_source, ==, "srv");
}

/* What was found has been looked at, without a sign-in. */
static void
test_looked_at (void)
{
  g_autoptr (PostwegDiscovery) found = find (LOCAL "@own.example", D, NULL);

  g_assert_cmpint (postweg_discovery_best (found, POSTWEG_IMAP)->check, ==, POSTWEG_CHECK_GOOD);
  g_assert_cmpint (postweg_discovery_best (found, POSTWEG_SMTP)->check, ==, POSTWEG_CHECK_GOOD);
}

/* What the certificate of a server names is offered behind the server itself. */
static void
test_name_of_certificate (void)
{
  g_autoptr (PostwegDiscovery) found = find (LOCAL "@moved.example", D, NULL);
  gboolean offered = FALSE;

  for (guint i = 0; i < found->servers->len; i++)
    offered = offered || strcmp (((PostwegFoundServer *) g_ptr_array_index (found->servers, i))->server->host,
                                 "mail.somewhere-else.example") == 0;
  g_assert_true (offered);
  g_assert_cmpuint (island_asked ("mail.somewhere-else.example"), ==, 0);
}

static void
account_back (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer data)
{
  GError *error = NULL;
  g_autoptr (PostwegAccount) account = postweg_checkup_resolve_finish (result, &error);
  char **text = data;

  *text = account != NULL ? g_strdup (account->incoming->host) : g_strdup (error->message);
  g_clear_error (&error);
}

/* An account given as an address gets a password, so servers that want a look first are not taken by themselves. */
static void
test_resolve (void)
{
  static const struct {
    const char *address, *says;
  } table[] = {
    { LOCAL "@own.example", "imap.own.example" },
    { LOCAL "@foreign.example", "imap.other.example" },
    { LOCAL "@gone.example", "--incoming" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      const PostwegAccountSource source = { .address = (char *) table[i].address,
                                            .consent = D,
                                            .trust_file = ca };
      g_autofree char *text = NULL;

      postweg_checkup_resolve (&source, NULL, account_back, &text);
      while (text == NULL)
        g_main_context_iteration (NULL, TRUE);
      g_test_message ("%s", text);
      g_assert_nonnull (strstr (text, table[i].says));
      g_assert_cmpint (strcmp (text, table[i].says) == 0, ==, i == 0);
    }
}

/* A hoster with other server names for each customer: no servers, but what is known about it is told. */
static void
test_hoster_without_servers (void)
{
  g_autoptr (PostwegDiscovery) found = find (LOCAL "@own-hosts.example", D, NULL);

  g_assert_cmpint (found->outcome, ==, POSTWEG_OUTCOME_MANUAL);
  g_assert_nonnull (found->provider);
  g_assert_cmpstr (found->provider->id, ==, "all-inkl");
}

/* For owners: what the digest and the public database get wrong. */
static void
test_owner (void)
{
  g_autoptr (PostwegDiscovery) forged = find_thoroughly ("forged.example", D);
  g_autoptr (PostwegDiscovery) listed = find_thoroughly ("usual.example", A);
  g_autoptr (PostwegDiscovery) unasked = find_thoroughly ("usual.example", D);
  g_autofree char *of_forged = notes_of (forged);
  g_autofree char *of_listed = notes_of (listed);
  g_autofree char *of_unasked = notes_of (unasked);

  g_assert_nonnull (strstr (of_forged, "pacc-digest https://ua-auto-config.forged.example"));
  g_assert_cmpstr (of_listed, ==,
                   "database-lacks imap.usual.example:993; database-wrong gone.usual.example:993; "
                   "no-autoconfig usual.example; no-srv usual.example");
  g_assert_cmpstr (of_unasked, ==, "no-autoconfig usual.example; no-srv usual.example");
}

static gboolean
stop_now (gpointer cancellable)
{
  g_cancellable_cancel (cancellable);
  return G_SOURCE_REMOVE;
}

static void
test_stopped (void)
{
  static const char *const domains[] = { "silent.example", "swallowed.example", "slow-but.example",
                                         "slow.example" };

  for (guint i = 0; i < G_N_ELEMENTS (domains); i++)
    {
      g_autofree char *address = g_strconcat (LOCAL "@", domains[i], NULL);
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autoptr (PostwegDiscovery) found = NULL;
      gint64 begun = g_get_monotonic_time ();

      g_timeout_add (200, stop_now, cancellable);
      found = find (address, S, cancellable);
      g_assert_nonnull (found);
      g_assert_cmpint (g_get_monotonic_time () - begun, <, (200 + SLOWER * 150) * 1000);
    }
}

/* clang-format off */
static const char *const papered[] = { "own",        "known",  "srv",        "other",    "hoster",
                                         "listed",     "pacc",   "forged",     "usual",    "http",
                                         "downgrade",  "plain",  "leads-away", "old",      "third",
                                         "stale",      "differ", "slow",       "slow-but", "asks",
                                         "challenges", "parked", NULL };
/* clang-format on */

static void
publish_digest (void)
{
  static char record[200];
  guint8 digest[32];
  gsize size = sizeof digest;
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree char *text = NULL;

  g_checksum_update (sum, (const guchar *) PACC_JSON, strlen (PACC_JSON));
  g_checksum_get_digest (sum, digest, &size);
  text = g_base64_encode (digest, size);
  g_snprintf (record, sizeof record, "TXT v=UAAC1; a=sha256; d=%s", text);
  for (guint i = 0; names[i].name != NULL; i++)
    if (strcmp (names[i].name, "_ua-auto-config.pacc.example") == 0)
      names[i].records = record;
}

static int
run_all (void)
{
  PostwegPractice *practices[G_N_ELEMENTS (listeners)];
  g_autofree char *certificate = postweg_certificate_path (papers, POSTWEG_PAPER_GOOD, "pem");
  g_autofree char *key = postweg_certificate_path (papers, POSTWEG_PAPER_GOOD, "key");
  Web *others[3];
  int result;

  web = web_start (pages, GOOD, 443, certificate, key);
  others[0] = web_start (parked_pages, WEB_ONLY, 443, certificate, key);
  others[1] = web_start (http_pages, "127.0.0.6", 80, NULL, NULL);
  others[2] = web_start (downgrade_pages, GOOD, 80, NULL, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (listeners); i++)
    practices[i] = listen_at (&listeners[i]);
  result = g_test_run ();
  for (guint i = 0; i < G_N_ELEMENTS (listeners); i++)
    postweg_practice_stop (practices[i]);
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    web_stop (others[i]);
  web_stop (web);
  return result;
}

int
main (int argc, char **argv)
{
  const char *reason;
  int result;

  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  publish_digest ();
  if (!island_enter (names, &reason) || !island_add_sink (&reason))
    {
      g_print ("1..0 # SKIP %s\n", reason);
      return 0;
    }
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strconcat ("/checkup/find/", rows[i].name, NULL);

      g_test_add_data_func (path, &rows[i], test_row);
    }
  g_test_add_func ("/checkup/find/nothing-leaks", test_nothing_leaks);
  g_test_add_func ("/checkup/find/names-are-few", test_names_are_few);
  g_test_add_func ("/checkup/find/conflicts-are-named", test_conflict);
  g_test_add_func ("/checkup/find/looked-at", test_looked_at);
  g_test_add_func ("/checkup/find/name-of-certificate", test_name_of_certificate);
  g_test_add_func ("/checkup/find/hoster-without-servers", test_hoster_without_servers);
  g_test_add_func ("/checkup/find/resolve", test_resolve);
  g_test_add_func ("/checkup/find/for-owners", test_owner);
  g_test_add_func ("/checkup/find/stopped", test_stopped);
  make_papers (papered);
  result = run_all ();
  remove_papers ();
  return result;
}
