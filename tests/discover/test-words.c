/* Every outcome, fault and demand has a sentence of its own, filled in to the end. */
#include "discover/discover.h"
#include "discover/words.h"
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

static void
assert_sentence (const char *words)
{
  g_assert_true (g_utf8_validate (words, -1, NULL));
  g_assert_cmpuint (strlen (words), >, 15);
  g_assert_true (g_str_has_suffix (words, "."));
  g_assert_null (strpbrk (words, "{}%"));
}

static const struct {
  const char *address;
  const char *part; /* what the sentence must name */
} sentences[] = {
  { "anna@gmx.de", "GMX" },
  { "anna@o2online.de", "o2 (Alice)" },
  { "anna@firma.example", "firma.example" },
  { "anna@müller.example", "müller.example" }, /* as people write it */
  { "anna@netcologne.de", "netcologne.de" },
  { "anna@proton.me", "Proton Mail" },
  { "anna@tuta.com", "Tuta" },
  { "anna@gmial.com", "anna@gmail.com" },
  { "anna@gmial.com", "gmial.com" },
  { "a{domain}b@gmial.com", "a{domain}b@gmail.com" }, /* what was typed is not a pattern */
  { "anna", "@" },
};

static void
test_sentences (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (sentences); i++)
    {
      g_autoptr (PostwegDiscovery) found = discover (sentences[i].address);
      g_autofree char *words = postweg_discover_words (found);

      g_test_message ("%s: %s", sentences[i].address, words);
      g_assert_nonnull (strstr (words, sentences[i].part));
      if (strchr (sentences[i].address, '{') == NULL)
        assert_sentence (words);
    }
}

/* All the words of the lists are different: nobody gets somebody else's sentence. */
static void
take_new (GHashTable *seen, char *words)
{
  assert_sentence (words);
  g_test_message ("%s", words);
  g_assert_true (g_hash_table_add (seen, words));
}

static void
test_faults (void)
{
  static const char *const faults[] = {
    "empty",      "no-at",          "two-at",      "local-missing", "local-long",       "local-character",
    "local-dot",  "domain-missing", "domain-long", "domain-label",  "domain-character", "domain-single",
    "ip-literal", "control",        "blank",       "quoted",        "not-in-the-list"
  };
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autoptr (PostwegDiscovery) discovery = postweg_discovery_new ();

      discovery->outcome = POSTWEG_OUTCOME_EXPLAIN;
      discovery->code = g_strdup ("invalid-address");
      discovery->fault = g_strdup (faults[i]);
      take_new (seen, postweg_discover_words (discovery));
    }
}

static void
test_codes (void)
{
  static const char *const codes[] = { "needs-bridge", "no-imap-pop", "no-such-domain", "no-mail-here",
                                       "dns-failure",  "offline",     "typo:gmail.com", "something-new" };
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      g_autoptr (PostwegDiscovery) discovery = discover ("anna@firma.example");

      discovery->outcome = POSTWEG_OUTCOME_EXPLAIN;
      discovery->code = g_strdup (codes[i]);
      take_new (seen, postweg_discover_words (discovery));
    }
}

/* What the network told is said with how far it can be trusted, and whose server it is. */
static void
test_found (void)
{
  static const struct {
    const char *trust;
    PostwegOutcome outcome;
    const char *part;
  } table[] = {
    { "tls", POSTWEG_OUTCOME_FOUND, "were found." },
    { "insecure", POSTWEG_OUTCOME_CONFIRM, "others could have changed" },
    { "plaintext", POSTWEG_OUTCOME_CONFIRM, "without encryption" },
    { "cert-mismatch", POSTWEG_OUTCOME_CONFIRM, "imap.other.example shows a certificate" },
    { "cert-untrusted", POSTWEG_OUTCOME_CONFIRM, "cannot be trusted" },
    { "dns", POSTWEG_OUTCOME_CONFIRM, "imap.other.example. Nothing proves" },
    { "tls", POSTWEG_OUTCOME_CONFIRM, "fits together" },
  };
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (PostwegDiscovery) discovery = discover ("anna@firma.example");
      g_autoptr (PostwegServer) server =
          postweg_server_new (POSTWEG_IMAP, "imap.other.example", 0, POSTWEG_TLS, "anna");
      char *words;

      g_ptr_array_add (discovery->servers, postweg_found_server_new (server, "srv", table[i].trust));
      discovery->outcome = table[i].outcome;
      discovery->source = "srv";
      discovery->trust = table[i].trust;
      words = postweg_discover_words (discovery);
      g_assert_nonnull (strstr (words, table[i].part));
      g_assert_nonnull (strstr (words, "firma.example"));
      take_new (seen, words);
    }
}

static const struct {
  const char *code;
  const char *protocol;
  const char *part;
} demands[] = {
  { "enable", "", "IMAP, POP" },
  { "enable", "imap", "IMAP" },
  { "enable", "pop3", "POP" },
  { "enable", "smtp", "SMTP" },
  { "pop-enable", "pop3", "POP" },
  { "smtp-enable", "smtp", "send" },
  { "app-password", "", "app password" },
  { "app-password-if-2fa", "", "two-step" },
  { "separate-password", "", "password of its own" },
  { "authorization-code", "", "authorization code" },
  { "oauth2-only", "", "Passwords are not accepted" },
  { "oauth2", "", "web page" },
  { "admin", "", "administrator" },
  { "plan", "", "plan" },
  { "account-specific-host", "", "server names" },
  { "poll-interval", "pop3", "15 minutes" },
  { "migrating", "", "moving" },
  { "check", "", "confirmed" },
  { "check", "imap", "IMAP" },
  { "check", "pop3", "POP" },
  { "check", "smtp", "outgoing" },
  { "something-new", "", "instructions" },
};

static void
test_demands (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (demands); i++)
    {
      const PostwegPrerequisite demand = { demands[i].code, demands[i].protocol, "", "2026-08" };
      char *words = postweg_prerequisite_words (&demand);

      g_assert_nonnull (strstr (words, demands[i].part));
      take_new (seen, words);
    }
}

/* No demand in the table falls back to the general sentence. */
static void
test_demands_of_the_table (void)
{
  const PostwegPrerequisite unknown = { "something-new", "", "", "" };
  g_autofree char *general = postweg_prerequisite_words (&unknown);
  guint n;
  const PostwegProvider *all = postweg_providers_all (&n);

  for (guint i = 0; i < n; i++)
    for (guint k = 0; k < all[i].n_prerequisites; k++)
      {
        g_autofree char *words = postweg_prerequisite_words (&all[i].prerequisites[k]);

        assert_sentence (words);
        g_assert_cmpstr (words, !=, general);
      }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/discover/words/sentences", test_sentences);
  g_test_add_func ("/discover/words/faults", test_faults);
  g_test_add_func ("/discover/words/codes", test_codes);
  g_test_add_func ("/discover/words/found", test_found);
  g_test_add_func ("/discover/words/demands", test_demands);
  g_test_add_func ("/discover/words/demands-of-the-table", test_demands_of_the_table);
  return g_test_run ();
}
