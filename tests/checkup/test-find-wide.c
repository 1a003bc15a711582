/* A hundred addresses on a hostile internet: each answer as a careful person would give it, in time, and with nothing said to anybody who
 * was not to hear it. */
#include "../slower.h"
#include "finding.h"
#include "model/json.h"
#include "world-wide.h"

#define ANNA "anna.muster@"
#define LONG50 "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"

typedef struct {
  const char *name, *address;
  PostwegConsent consent;
  const char *outcome, *source, *trust;
  const char *imap, *smtp; /* hosts, NULL: none */
  guint most_ms;           /* 0: the usual */
  const char *unasked;     /* this name is in nobody's ears: neither the name service's nor a server's */
  const char *askable;     /* this host is offered */
} Row;

#define USUAL_MS 2600
#define D POSTWEG_CONSENT_DEFAULT
#define A POSTWEG_CONSENT_ALL
#define S POSTWEG_CONSENT_SEND_ADDRESS
#define GUESSED(d) "found", "guess", "dns", "imap." d, "smtp." d
#define PUBLISHED(d) "found", "autoconfig-https", "tls", "imap." d, "smtp." d
#define FOUR "found", "autoconfig-https", "tls", "in.four.example", "out.four.example"
#define BY(source, d) "found", source, "dns", "imap." d, "smtp." d
#define BAD_ADDRESS D, "explain:invalid-address"

/* clang-format off */
static const Row rows[] = {
  /* what web servers do */
  { "web/endless", ANNA "bomb.example", D, GUESSED ("bomb.example") },
  { "web/endless-headers", ANNA "heads.example", D, GUESSED ("heads.example") },
  { "web/compressed", ANNA "zip.example", D, GUESSED ("zip.example") },
  { "web/entities", ANNA "laughs.example", D, GUESSED ("laughs.example") },
  { "web/page-typed-xml", ANNA "html.example", D, GUESSED ("html.example") },
  { "web/settings-typed-html", ANNA "typed.example", D, GUESSED ("typed.example") },
  { "web/unauthorized", ANNA "secret.example", D, GUESSED ("secret.example") },
  { "web/error", ANNA "error.example", D, GUESSED ("error.example") },
  { "web/empty", ANNA "void.example", D, GUESSED ("void.example") },
  { "web/binary", ANNA "binary.example", D, GUESSED ("binary.example") },
  { "web/json", ANNA "json.example", D, GUESSED ("json.example") },
  { "web/cut", ANNA "cut.example", D, GUESSED ("cut.example") },
  { "web/hangs", ANNA "hung.example", D, GUESSED ("hung.example") },
  { "web/swallowed", ANNA "behind.example", D, GUESSED ("behind.example") },
  { "web/other-certificate", ANNA "twisted.example", D, GUESSED ("twisted.example") },
  { "redirect/loop", ANNA "loop.example", D, GUESSED ("loop.example") },
  { "redirect/five", ANNA "five.example", D, GUESSED ("five.example") },
  { "redirect/four", ANNA "four.example", D, FOUR },
  { "redirect/number", ANNA "number.example", A, GUESSED ("number.example") },
  { "redirect/with-a-name", ANNA "named.example", D, GUESSED ("named.example") },
  { "redirect/to-http", ANNA "down.example", D, GUESSED ("down.example") },
  { "encoding/utf-16", ANNA "utf16.example", D, PUBLISHED ("utf16.example") },
  { "encoding/latin-1", ANNA "latin.example", D, PUBLISHED ("latin.example") },
  { "encoding/wrong-bytes", ANNA "bytes.example", D, GUESSED ("bytes.example") },
  { "encoding/other", ANNA "cp1252.example", D, GUESSED ("cp1252.example") },
  /* what files say */
  { "file/port", ANNA "port.example", D, PUBLISHED ("port.example") },
  { "file/one-bad-section", ANNA "section.example", D, PUBLISHED ("section.example") },
  { "file/newer-version", ANNA "xmlfive.example", D, PUBLISHED ("xmlfive.example") },
  { "file/no-user", ANNA "nouser.example", D, PUBLISHED ("nouser.example") },
  { "file/unknown-placeholder", ANNA "customer.example", D, "confirm", "autoconfig-https", "tls", "in.customer.example", "out.customer.example" },
  { "file/broken-placeholders", ANNA "unclosed.example", D, PUBLISHED ("unclosed.example") },
  { "file/name-in-host", ANNA "private.example", D, "found", "autoconfig-https", "tls", "anna.muster.private.example", "anna.muster.private.example", .unasked = "anna.muster.private.example" },
  { "file/numbers", ANNA "numeric.example", D, GUESSED ("numeric.example") },
  { "file/this-network", ANNA "local.example", D, GUESSED ("local.example"), .unasked = "router" },
  { "file/wrong-port", ANNA "wrongport.example", D, PUBLISHED ("wrongport.example") },
  { "file/only-kerberos", ANNA "kerberos.example", D, "found", "guess", "dns", "imap.kerberos.example", "smtp.kerberos.example" },
  { "file/only-outgoing", ANNA "outonly.example", D, "found", "guess", "dns", "imap.outonly.example", "smtp.outonly.example" },
  { "file/first-is-dead", ANNA "order.example", D, "found", "autoconfig-https", "tls", "in.order.example", "out.order.example" },
  { "file/only-pop", ANNA "poponly.example", D, "found", "autoconfig-https", "tls", NULL, "out.poponly.example" },
  { "file/only-token", ANNA "token.example", D, "found", "autoconfig-https", "tls", "in.token.example", "out.token.example" },
  { "file/starttls", ANNA "start.example", D, "found", "autoconfig-https", "tls", "mail.start.example", "mail.start.example" },
  { "file/no-encryption", ANNA "clear.example", D, "confirm", "autoconfig-https", "plaintext", "mail.clear.example", "mail.clear.example" },
  { "file/needs-the-address", ANNA "asks.example", D, "manual", .askable = "autoconfig.asks.example" },
  { "file/gets-the-address", ANNA "asks.example", S, "found", "autoconfig-https", "tls", "in.asks.example", "out.asks.example" },
  /* names */
  { "names/umlaut", ANNA "m\xc3\xbcller-post.example", D, "found", "autoconfig-https", "tls", "imap.xn--mller-post-9db.example", "smtp.xn--mller-post-9db.example" },
  { "names/umlaut-as-ascii", ANNA "XN--mller-post-9db.EXAMPLE", D, "found", "autoconfig-https", "tls", "imap.xn--mller-post-9db.example", "smtp.xn--mller-post-9db.example" },
  { "names/wildcard", ANNA "wild.example", D, "manual" },
  { "names/wildcard-for-everything", ANNA "every.example", D, "confirm", "srv", "dns", "every.example", "every.example" },
  { "names/not-offered", ANNA "refuses.example", D, "manual" },
  { "names/only-pop-offered", ANNA "poponly-srv.example", D, "found", "guess", "dns", NULL, "smtp.poponly-srv.example" },
  { "names/first-is-dead", ANNA "second.example", D, "found", "srv", "dns", "b.second.example", "b.second.example" },
  { "names/weight", ANNA "weight.example", D, "found", "srv", "dns", "heavy.weight.example", "heavy.weight.example" },
  { "names/one-side-foreign", ANNA "half.example", D, "confirm", "srv", "dns", "imap.half.example", "smtp.third.example", .unasked = "smtp.third.example" },
  { "names/numbers", ANNA "srv-number.example", D, "manual" },
  { "names/starttls", ANNA "srv-start.example", D, "found", "srv", "dns", "mail.srv-start.example", "mail.srv-start.example" },
  { "names/srv-broken", ANNA "bogus-srv.example", D, "explain:dns-failure" },
  { "names/srv-broken-but-published", ANNA "bogus-but.example", D, PUBLISHED ("bogus-but.example") },
  { "names/mx-broken", ANNA "bogus-mx.example", D, "explain:dns-failure" },
  { "names/refused", ANNA "refused.example", D, "explain:dns-failure", .most_ms = 6000 },
  { "names/noise", ANNA "noise.example", D, "explain:dns-failure", .most_ms = 6000 },
  { "names/no-mail", ANNA "nullmx.example", D, "explain:no-mail-here" },
  { "names/no-mx", ANNA "address-only.example", D, GUESSED ("address-only.example") },
  { "names/no-such-domain", ANNA "nowhere.example", D, "explain:no-such-domain" },
  { "names/office", ANNA "office.example", D, "confirm", "mx-table", "dns", "outlook.office365.com", "smtp.office365.com", .unasked = "outlook.office365.com" },
  { "names/ionos", ANNA "ionos.example", D, "confirm", "mx-table", "dns", "imap.ionos.de", "smtp.ionos.de", .unasked = "imap.ionos.de" },
  { "names/ovh", ANNA "ovh.example", D, "confirm", "mx-table", "dns", "ssl0.ovh.net", "ssl0.ovh.net", .unasked = "ssl0.ovh.net" },
  { "names/filter-and-srv", ANNA "filter-srv.example", D, BY ("srv", "filter-srv.example"), .unasked = "mxa.ppe-hosted.com" },
  { "names/proven-with-other-certificate", ANNA "proven-twisted.example", D, "confirm", "srv", "cert-mismatch", "mail.proven-twisted.example", "mail.proven-twisted.example" },
  { "guess/one-side-dead", ANNA "halfdead.example", D, "confirm", "guess", "dns", "imap.halfdead.example", NULL, .most_ms = 6000 },
  { "guess/starttls", ANNA "guess-start.example", D, "found", "guess", "dns", "mail.guess-start.example", "mail.guess-start.example" },
  { "guess/no-encryption", ANNA "guess-clear.example", D, "manual" },
  /* near big ones */
  { "typo/exists", ANNA "gmaill.com", D, "confirm", "guess", "dns", "imap.gmaill.com", "smtp.gmaill.com" },
  { "typo/takes-mail", ANNA "yahooo.com", D, "manual" },
  { "typo/takes-no-mail", ANNA "hotmial.com", D, "explain:typo:hotmail.com" },
  { "typo/does-not-exist", ANNA "gmx.nett", D, "explain:typo:gmx.net" },
  { "typo/unknown", ANNA "outlok.com", D, "explain:typo:outlook.com" },
  { "typo/offline", ANNA "gmaill.com", POSTWEG_CONSENT_OFFLINE, "explain:typo:gmail.com" },
  /* Autodiscover */
  { "autodiscover/without-consent", ANNA "ad-own.example", A, "manual" },
  { "autodiscover/own-host", ANNA "ad-own.example", S, "found", "autodiscover", "tls", "ex.ad-own.example", "ex.ad-own.example" },
  { "autodiscover/other-address", ANNA "ad-address.example", S, "manual", .unasked = "third.example", .askable = "third.example" },
  { "autodiscover/office", ANNA "ad-office.example", S, "confirm", "autodiscover", "tls", "outlook.office365.com", "smtp.office365.com", .most_ms = 6000, .askable = "outlook.office365.com" },
  { "autodiscover/circle", ANNA "ad-circle.example", S, "manual" },
  { "autodiscover/redirect-away", ANNA "ad-away.example", S, "manual", .unasked = "collector.third.example", .askable = "collector.third.example" },
  { "autodiscover/redirect-to-http", ANNA "ad-http.example", S, "manual" },
  { "autodiscover/other-certificate", ANNA "ad-wrong-name.example", S, "manual" },
  { "autodiscover/challenge", ANNA "ad-challenge.example", S, "manual" },
  { "autodiscover/no-encryption", ANNA "ad-clear.example", S, "confirm", "autodiscover", "plaintext", "mail.ad-clear.example", "mail.ad-clear.example" },
  /* addresses */
  { "address/capitals", "Anna.MUSTER@FOUR.Example", D, FOUR },
  { "address/blanks-around", "  " ANNA "four.example.\t\n", D, FOUR },
  { "address/plus", "anna.muster+shop@four.example", D, FOUR },
  { "address/umlaut", "j\xc3\xb6rg.muster@four.example", D, FOUR },
  { "address/percent", "anna%muster&x=y@asks.example", S, "manual" },
  { "address/markup", "a<b>&muster@four.example", BAD_ADDRESS },
  { "address/empty", "", BAD_ADDRESS }, { "address/blank", " ", BAD_ADDRESS }, { "address/no-at", "four.example", BAD_ADDRESS },
  { "address/two-at", "anna@muster@four.example", BAD_ADDRESS }, { "address/no-local", "@four.example", BAD_ADDRESS }, { "address/no-domain", "anna@", BAD_ADDRESS },
  { "address/blank-inside", "anna muster@four.example", BAD_ADDRESS }, { "address/dots", "anna..muster@four.example", BAD_ADDRESS }, { "address/dot-first", ".anna@four.example", BAD_ADDRESS },
  { "address/quotes", "\"anna muster\"@four.example", BAD_ADDRESS }, { "address/number", "anna@[127.0.0.1]", BAD_ADDRESS }, { "address/bare-number", "anna@127.0.0.1", BAD_ADDRESS },
  { "address/v6", "anna@[IPv6:::1]", BAD_ADDRESS }, { "address/single", "anna@localhost", BAD_ADDRESS }, { "address/long-local", LONG50 LONG50 LONG50 LONG50 LONG50 LONG50 "@four.example", BAD_ADDRESS },
  { "address/long-domain", "anna@" LONG50 "." LONG50 "." LONG50 "." LONG50 "." LONG50 "." LONG50 ".example", BAD_ADDRESS }, { "address/control", "anna\x01@four.example", BAD_ADDRESS },
  { "address/line-end", "anna@four.example\r\nMAIL FROM:<x@y.z>", BAD_ADDRESS }, { "address/right-to-left", "anna\xe2\x80\xae@four.example", BAD_ADDRESS }, { "address/not-utf-8", "ann\xe4@four.example", BAD_ADDRESS },
  { "address/hyphen", "anna@-four.example", BAD_ADDRESS }, { "address/underscore", "anna@fo_ur.example", BAD_ADDRESS }, { "address/slash", "anna@four.example/x", BAD_ADDRESS },
};
/* clang-format on */

/* What the owner of the domain is told. */
static const struct {
  const char *domain, *notes;
} owners[] = {
  { "clean.example", "" },
  { "four.example", "no-srv four.example" },
  { "clear.example",
    "no-encryption mail.clear.example:143; no-encryption mail.clear.example:25; no-srv clear.example" },
  { "down.example", "http-only down.example; no-srv down.example" },
  { "second.example", "no-autoconfig second.example; server-dead a.second.example:993" },
  { "half.example", "foreign-without-dnssec smtp.third.example:465; no-autoconfig half.example" },
  { "twisted.example", "no-autoconfig twisted.example; no-srv twisted.example; web-certificate "
                       "https://autoconfig.twisted.example" AUTOCONFIG },
  { "wrongport.example", "no-srv wrongport.example; server-silent imap.wrongport.example:993" },
  { "html.example", "file-unreadable https://autoconfig.html.example" AUTOCONFIG
                    "; no-autoconfig html.example; no-srv html.example" },
  { "customer.example",
    "no-srv customer.example; no-user-name in.customer.example:993; no-user-name out.customer.example:465" },
  { "proven-twisted.example",
    "no-autoconfig proven-twisted.example; server-certificate-name mail.proven-twisted.example:465; "
    "server-certificate-name mail.proven-twisted.example:993" },
  { "nullmx.example", "no-mail-here nullmx.example" },
  { "nowhere.example", "no-such-domain nowhere.example" },
  { "bogus-mx.example", "dns-failure bogus-mx.example" },
};

#define N_WEBS 4
static Web *webs[N_WEBS];
static gsize read_so_far[N_WEBS];
static GHashTable *may_be_named; /* char*: domains and hosts that rows so far led to */
static GHashTable
    *may_be_asked;    /* char*: hosts that the answers so far name as asked; a request may be heard late */
static GArray *times; /* guint: ms of each row that went out */
static guint n_requests, n_domains;

static void
may_name (const char *host)
{
  g_hash_table_add (may_be_named, g_ascii_strdown (host, -1));
}

static gboolean
was_named (const char *name)
{
  for (const char *at = name; at != NULL; at = strchr (at, '.') != NULL ? strchr (at, '.') + 1 : NULL)
    if (g_hash_table_contains (may_be_named, at))
      return TRUE;
  return FALSE;
}

/* Everything that the web servers heard in this row: only hosts that the answer names as asked, and nothing about the person that was
 * not agreed to. */
static void
check_heard (const PostwegDiscovery *found, const Row *row, const char *local)
{
  for (guint i = 0; i < found->asked->len; i++)
    g_hash_table_add (may_be_asked, g_strdup (g_ptr_array_index (found->asked, i)));
  for (guint i = 0; i < N_WEBS; i++)
    {
      g_autofree char *heard = web_heard (webs[i]);
      g_auto (GStrv) lines = g_strsplit (heard + read_so_far[i], "\n", -1);

      read_so_far[i] = strlen (heard);
      for (guint k = 0; lines[k] != NULL; k++)
        {
          g_assert_null (strstr (lines[k], "Authorization"));
          g_assert_null (strstr (lines[k], "Cookie"));
          g_assert_null (strstr (lines[k], "Referer"));
          if (row->consent < S && strlen (local) > 3)
            g_assert_null (strcasestr (lines[k], local));
          if (!g_str_has_prefix (lines[k], "Host: "))
            continue;
          n_requests++;
          g_assert_true (g_hash_table_contains (may_be_asked, lines[k] + 6));
          g_assert_true (row->unasked == NULL || strcmp (lines[k] + 6, row->unasked) != 0);
        }
    }
}

static void
check_names (const PostwegDiscovery *found, const Row *row)
{
  g_auto (GStrv) asked = island_take_asked ();

  if (found->address != NULL)
    may_name (found->address->domain);
  for (guint i = 0; i < found->asked->len; i++)
    may_name (g_ptr_array_index (found->asked, i));
  for (guint i = 0; i < found->looked_at->len; i++)
    may_name (g_ptr_array_index (found->looked_at, i));
  for (guint i = 0; asked[i] != NULL; i++)
    {
      g_test_message ("name service: %s", asked[i]);
      g_assert_true (was_named (asked[i]));
      g_assert_null (strcasestr (asked[i], "muster."));
    }
  if (row->unasked != NULL)
    g_assert_cmpuint (island_asked (row->unasked), ==, 0);
}

static void
check_server (JsonObject *object, const char *member, const char *host)
{
  JsonNode *node = json_object_get_member (object, member);
  JsonObject *server;

  g_assert_nonnull (node);
  if (host == NULL && JSON_NODE_HOLDS_NULL (node))
    return;
  server = json_node_get_object (node);
  if (host != NULL)
    g_assert_cmpstr (json_object_get_string_member (server, "host"), ==, host);
  g_assert_cmpint (json_object_get_int_member (server, "port"), >, 0);
  g_assert_nonnull (json_object_get_string_member (server, "security"));
  g_assert_nonnull (json_object_get_string_member (server, "user"));
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (server, "auth")), >, 0);
}

/* The contract's members, whatever the outcome. */
static void
check_json (const PostwegDiscovery *found, const Row *row)
{
  static const char *const lists[] = { "prerequisites", "alternatives", "conflicts", "asked", "askable" };
  g_autoptr (JsonNode) json = postweg_discovery_to_json (found);
  g_autofree char *text = json_to_string (json, FALSE);
  JsonObject *object = json_node_get_object (json);

  g_test_message ("%s", text);
  g_assert_cmpstr (json_object_get_string_member (object, "outcome"), ==, row->outcome);
  g_assert_cmpstr (json_object_get_string_member_with_default (object, "source", NULL), ==, row->source);
  g_assert_cmpstr (json_object_get_string_member_with_default (object, "trust", NULL), ==, row->trust);
  check_server (object, "imap", row->imap);
  check_server (object, "smtp", row->smtp);
  g_assert_true ((row->imap == NULL) == (postweg_discovery_best (found, POSTWEG_IMAP) == NULL));
  g_assert_true ((row->smtp == NULL) == (postweg_discovery_best (found, POSTWEG_SMTP) == NULL));
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    g_assert_nonnull (json_object_get_array_member (object, lists[i]));
}

/* Whatever else is true, this is: what is used without a question is encrypted, proven, and nobody else's. */
static void
check_found (const PostwegDiscovery *found)
{
  for (guint i = 0; found->outcome == POSTWEG_OUTCOME_FOUND && i < POSTWEG_N_PROTOCOLS; i++)
    {
      const PostwegFoundServer *best = postweg_discovery_best (found, (PostwegProtocol) i);

      if (best == NULL)
        continue;
      g_assert_cmpint (best->server->security, !=, POSTWEG_PLAIN);
      g_assert_false (best->foreign && best->server->protocol != POSTWEG_POP3);
      g_assert_cmpint (best->check, !=, POSTWEG_CHECK_CERT_MISMATCH);
      g_assert_cmpint (best->check, !=, POSTWEG_CHECK_CERT_UNTRUSTED);
    }
}

static void
check_askable (const PostwegDiscovery *found, const char *host)
{
  gboolean offered = host == NULL;

  for (guint i = 0; i < found->askable->len; i++)
    offered = offered || strcmp (((PostwegAskable *) g_ptr_array_index (found->askable, i))->host, host) == 0;
  g_assert_true (offered);
}

static void
test_row (gconstpointer data)
{
  const Row *row = data;
  g_autofree char *local = g_strndup (row->address, strcspn (row->address, "@"));
  gint64 begun = g_get_monotonic_time ();
  g_autoptr (PostwegDiscovery) found = find (row->address, row->consent, NULL);
  guint ms = (guint) ((g_get_monotonic_time () - begun) / 1000);

  g_test_message ("%u ms", ms);
  check_json (found, row);
  check_found (found);
  check_heard (found, row, g_strstrip (local));
  check_names (found, row);
  check_askable (found, row->askable);
  g_assert_cmpuint (ms, <=, SLOWER * (row->most_ms > 0 ? row->most_ms : USUAL_MS));
  if (found->address == NULL)
    g_assert_cmpuint (ms, <, SLOWER * 50);
  else
    {
      g_array_append_val (times, ms);
      n_domains++;
    }
}

static void
test_owner (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autoptr (PostwegDiscovery) found = find_thoroughly (owners[i].domain, D);
  g_autofree char *notes = notes_of (found);

  g_assert_cmpstr (notes, ==, owners[i].notes);
}

/* What would be right is what answers, and it reads as itself. */
static void
test_publish (void)
{
  g_autoptr (PostwegDiscovery) found = find_thoroughly ("second.example", D);
  g_autofree char *srv = NULL;
  g_autofree char *file = postweg_checkup_publish (found, &srv);

  g_assert_nonnull (strstr (file, "<hostname>b.second.example</hostname>"));
  g_assert_null (strstr (file, "a.second.example"));
  g_assert_nonnull (strstr (srv, "_imaps._tcp.second.example. 3600 IN SRV 0 1 993 b.second.example.\n"));
  g_assert_nonnull (strstr (srv, "_pop3s._tcp.second.example. 3600 IN SRV 0 0 0 .\n"));
}

static int
by_size (gconstpointer a, gconstpointer b)
{
  guint first = *(const guint *) a;
  guint second = *(const guint *) b;

  return first < second ? -1 : first > second;
}

/* The issue's bars over all rows. */
static void
test_times (void)
{
  guint median, worst;

  if (times->len == 0)
    return;
  g_array_sort (times, by_size);
  median = g_array_index (times, guint, times->len / 2);
  worst = g_array_index (times, guint, times->len - 1);
  g_test_message ("%u addresses, median %u ms, worst %u ms, %.1f names and types and %.1f requests each",
                  times->len, median, worst, (double) island_asked_all () / n_domains,
                  (double) n_requests / n_domains);
  g_assert_cmpuint (median, <, SLOWER * 500);
  g_assert_cmpuint (worst, <, 6000);
}

/* The page in UTF-16 has NULs in it. */
static void
fill_in_utf16 (void)
{
  static const char text[] = "<?xml version='1.0' encoding='UTF-16'?>" USUAL ("utf16.example");
  static char wide[2 * sizeof text + 2] = "\xff\xfe";

  for (gsize i = 0; text[i] != '\0'; i++)
    wide[2 + 2 * i] = text[i];
  for (WebPage *page = pages; page->path != NULL; page++)
    if (g_strcmp0 (page->host, "autoconfig.utf16.example") == 0)
      {
        page->body = wide;
        page->length = 2 * sizeof text;
      }
}

/* One certificate is good for all domains. */
static void
make_all_papers (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) domains = g_ptr_array_new_with_free_func (g_free);

  for (const IslandName *row = names; row->name != NULL; row++)
    {
      const char *base = postweg_host_registrable (row->name);

      if (base != NULL && *base != '*' && g_hash_table_add (seen, (gpointer) base))
        g_ptr_array_add (domains, g_strdup (base));
    }
  g_ptr_array_add (domains, NULL);
  make_papers ((const char *const *) domains->pdata);
}

static int
run_all (void)
{
  PostwegPractice *practices[G_N_ELEMENTS (listeners)];
  g_autofree char *certificate = postweg_certificate_path (papers, POSTWEG_PAPER_GOOD, "pem");
  g_autofree char *key = postweg_certificate_path (papers, POSTWEG_PAPER_GOOD, "key");
  g_autofree char *wrong = postweg_certificate_path (papers, POSTWEG_PAPER_OTHER_NAME, "pem");
  g_autofree char *wrong_key = postweg_certificate_path (papers, POSTWEG_PAPER_OTHER_NAME, "key");
  int result;

  webs[0] = web_start (pages, GOOD, 443, certificate, key);
  webs[1] = web_start (parked_pages, WEB_ONLY, 443, certificate, key);
  webs[2] = web_start (http_pages, GOOD, 80, NULL, NULL);
  webs[3] = web_start (pages, OTHER_NAME, 443, wrong, wrong_key);
  for (guint i = 0; i < G_N_ELEMENTS (listeners); i++)
    practices[i] = listen_at (&listeners[i]);
  result = g_test_run ();
  for (guint i = 0; i < G_N_ELEMENTS (listeners); i++)
    postweg_practice_stop (practices[i]);
  for (guint i = 0; i < N_WEBS; i++)
    web_stop (webs[i]);
  return result;
}

int
main (int argc, char **argv)
{
  const char *reason;
  int result;

  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  fill_in_utf16 ();
  if (!island_enter (names, &reason) || !island_add_sink (&reason))
    {
      g_print ("1..0 # SKIP %s\n", reason);
      return 0;
    }
  may_be_named = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  may_be_asked = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  times = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strconcat ("/checkup/find-wide/row/", rows[i].name, NULL);

      g_test_add_data_func (path, &rows[i], test_row);
    }
  for (guint i = 0; i < G_N_ELEMENTS (owners); i++)
    {
      g_autofree char *path = g_strconcat ("/checkup/find-wide/owner/", owners[i].domain, NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_owner);
    }
  g_test_add_func ("/checkup/find-wide/publish/right", test_publish);
  g_test_add_func ("/checkup/find-wide/bars/times", test_times);
  make_all_papers ();
  result = run_all ();
  remove_papers ();
  g_hash_table_unref (may_be_named);
  g_hash_table_unref (may_be_asked);
  g_array_unref (times);
  return result;
}
