/* What is hidden in a text, what is not, and that nothing slips through in another spelling. */
#include "report/blacken.h"

static const struct {
  const char *text, *black;
} shapes[] = {
  { "", "" },
  { "nothing of interest", "nothing of interest" },
  { "550 <someone@else.example>: unknown", "550 <‹address›>: unknown" },
  { "a.b+c%d@sub.else.example", "‹address›" },
  { "blocked 192.0.2.7", "blocked ‹IPv4 1›" },
  { "192.0.2.7 and 192.0.2.8 and 192.0.2.7", "‹IPv4 1› and ‹IPv4 2› and ‹IPv4 1›" },
  { "192.0.2.7:25, from 192.0.2.8.", "‹IPv4 1›:25, from ‹IPv4 2›." },
  { "[2001:db8::7]", "[‹IPv6 1›]" },
  { "[IPv6:2001:db8::7]", "[IPv6:‹IPv6 1›]" },
  { "127.0.0.1 and ::1", "127.0.0.1 and ::1" },
  { "at 08:34:38 on port 25", "at 08:34:38 on port 25" },
  { "Dovecot 2.3.19 ready", "Dovecot 2.3.19 ready" },
  { "version 2.3.19.1", "version ‹IPv4 1›" }, /* rather too much than too little */
  { "999.1.1.1", "999.1.1.1" },
  { "250 mail Hello pool-7.dsl.isp.example [192.0.2.7]", "250 mail Hello ‹host› [‹IPv4 1›]" },
  { "(dsl.isp.example [IPv6:2001:db8::7])", "(‹host› [IPv6:‹IPv6 1›])" },
  { "blocked using zen.spamhaus.org", "blocked using zen.spamhaus.org" },
  { "AA:BB:CC:DD:EE:FF:00:11:22:33", "AA:BB:CC:DD:EE:FF:00:11:22:33" },
  { "* LIST (\\HasNoChildren) \"/\" \"Divorce 2026\"", "* LIST (\\HasNoChildren) \"/\" ‹folder›" },
  { "* LIST (\\Sent) \".\" Sent", "* LIST (\\Sent) \".\" Sent" },
  { "* LSUB () NIL Kunden.M&APw-ller", "* LSUB () NIL ‹folder›" },
};

static void
hides_by_shape (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++)
    {
      g_autoptr (PostwegBlacken) blacken = postweg_blacken_new ();
      g_autofree char *black = postweg_blacken_text (blacken, shapes[i].text);

      g_assert_cmpstr (black, ==, shapes[i].black);
    }
}

static const struct {
  const char *text, *black;
} known[] = {
  { "anna", "‹user›" },
  { "Anna and ANNA", "‹user› and ‹user›" },
  { "annabelle and susanna", "annabelle and susanna" },
  { "<anna@firm.example>", "<‹own address›>" },
  { "mail.firm.example:993", "‹incoming server›:993" },
  { "autodiscover.firm.example", "autodiscover.‹domain›" },
  { "bob@firm.example", "‹address›" },
  { "YW5uYUBmaXJtLmV4YW1wbGU=", "‹base64›" },     /* anna@firm.example */
  { "AGFubmFAZmlybS5leGFtcGxlAHg=", "‹base64›" }, /* as in SASL PLAIN */
  { "PGFAYi5jPjEyMzQ1Njc4OQ==", "PGFAYi5jPjEyMzQ1Njc4OQ==" },
};

static void
hides_what_is_known (void)
{
  g_autoptr (PostwegBlacken) blacken = postweg_blacken_new ();

  postweg_blacken_hide (blacken, "anna", "‹user›");
  postweg_blacken_hide (blacken, "firm.example", "‹domain›");
  postweg_blacken_hide (blacken, "mail.firm.example", "‹incoming server›");
  postweg_blacken_hide (blacken, "anna@firm.example", "‹own address›");
  postweg_blacken_hide (blacken, "", "‹nothing›");
  postweg_blacken_hide (blacken, NULL, "‹nothing›");
  postweg_blacken_hide (blacken, "ab", "‹short›");
  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    {
      g_autofree char *black = postweg_blacken_text (blacken, known[i].text);

      g_assert_cmpstr (black, ==, known[i].black);
    }
}

static void
hides_nothing_without (void)
{
  g_autofree char *text = postweg_blacken_text (NULL, "anna@firm.example 192.0.2.7");

  g_assert_cmpstr (text, ==, "anna@firm.example 192.0.2.7");
}

static void
hides_in_json (void)
{
  g_autoptr (PostwegBlacken) blacken = postweg_blacken_new ();
  JsonNode *node =
      json_from_string ("{\"a\":[\"x@y.example\",1,null,true,{\"b\":\"192.0.2.7\"}],\"c\":2.5}", NULL);
  g_autoptr (JsonNode) black = postweg_blacken_json (blacken, node);
  g_autofree char *text = json_to_string (black, FALSE);

  g_assert_cmpstr (text, ==, "{\"a\":[\"‹address›\",1,null,true,{\"b\":\"‹IPv4 1›\"}],\"c\":2.5}");
}

/* A provider's documented hosts and domains are no secret, a firm's are. */
static void
knows_what_is_public (void)
{
  static const char *const domains[] = { "big.example", NULL };
  static const PostwegProviderServer servers[] = { { .protocol = POSTWEG_IMAP, .host = "imap.big.example" },
                                                   { .protocol = POSTWEG_SMTP, .host = "smtp.big.example" } };
  const PostwegProvider provider = { .domains = domains, .servers = servers, .n_servers = 2 };
  g_autoptr (PostwegServer) in =
      postweg_server_new (POSTWEG_IMAP, "imap.big.example", 0, POSTWEG_TLS, "anna.k");
  g_autoptr (PostwegServer) out =
      postweg_server_new (POSTWEG_SMTP, "relay.firm.example", 0, POSTWEG_TLS, "boss@firm.example");
  g_autoptr (PostwegAccount) account = postweg_account_new ("Anna Karenina", "anna@big.example", in, out);
  g_autoptr (PostwegTestResult) result = postweg_test_result_new (account);
  g_autoptr (PostwegBlacken) blacken = postweg_blacken_for (result, &provider);
  g_autofree char *black = postweg_blacken_text (
      blacken, "Anna Karenina anna@big.example big.example imap.big.example relay.firm.example firm.example "
               "boss@firm.example boss anna.k");

  g_assert_cmpstr (black, ==,
                   "‹name› ‹own address› big.example imap.big.example ‹outgoing server› ‹domain› ‹user name› "
                   "‹user› ‹user name›");
}

/* Whatever the bytes, the result is text, and what is hidden is not in it. */
static void
survives_noise (void)
{
  g_autoptr (PostwegBlacken) blacken = postweg_blacken_new ();

  postweg_blacken_hide (blacken, "geheim", "‹x›");
  for (guint i = 0; i < 3000; i++)
    {
      static const char pieces[][9] = { "geheim", " ",        "1.2.3.4", "::", "@", ".",
                                        "é",      "abcdef==", "(",       "[",  "\n" };
      g_autoptr (GString) text = g_string_new (NULL);
      g_autofree char *black = NULL;

      for (guint k = 0; k < 12; k++)
        g_string_append (text, pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))]);
      black = postweg_blacken_text (blacken, text->str);
      g_assert_true (g_utf8_validate (black, -1, NULL));
      g_assert_null (strstr (black, " geheim "));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/report/blacken/by-shape", hides_by_shape);
  g_test_add_func ("/report/blacken/known", hides_what_is_known);
  g_test_add_func ("/report/blacken/nothing", hides_nothing_without);
  g_test_add_func ("/report/blacken/json", hides_in_json);
  g_test_add_func ("/report/blacken/public", knows_what_is_public);
  g_test_add_func ("/report/blacken/noise", survives_noise);
  return g_test_run ();
}
