/* Typing errors of big domains, both ways: slips are noticed, other people's domains are left alone. */
#include "discover/typo.h"
#include "providers/providers.h"
#include <string.h>

static const struct {
  const char *typed;
  const char *meant;
} slips[] = {
  /* swapped, missing, doubled, added and replaced letters */
  { "gmial.com", "gmail.com" },
  { "gmali.com", "gmail.com" },
  { "gamil.com", "gmail.com" },
  { "gmal.com", "gmail.com" },
  { "gmai.com", "gmail.com" },
  { "gail.com", "gmail.com" },
  { "gmaill.com", "gmail.com" },
  { "ggmail.com", "gmail.com" },
  { "gmqail.com", "gmail.com" },
  { "gnail.com", "gmail.com" },
  { "hmail.com", "gmail.com" }, /* h lies beside g */
  { "googlemial.com", "googlemail.com" },
  { "googemail.com", "googlemail.com" },
  { "hotmial.com", "hotmail.com" },
  { "hotmai.com", "hotmail.com" },
  { "otmail.com", "hotmail.com" },
  { "hotmail.ocm", "hotmail.com" },
  { "outlok.com", "outlook.com" },
  { "outllook.com", "outlook.com" },
  { "outlook.ed", "outlook.de" },
  { "yaho.com", "yahoo.com" },
  { "yhaoo.com", "yahoo.com" },
  { "yahooo.de", "yahoo.de" },
  { "iclod.com", "icloud.com" },
  { "icloud.con", "icloud.com" },
  { "t-onlin.de", "t-online.de" },
  { "tonline.de", "t-online.de" },
  { "t-onilne.de", "t-online.de" },
  { "t-online.d", "t-online.de" },
  { "freene.de", "freenet.de" },
  { "freent.de", "freenet.de" },
  { "psteo.de", "posteo.de" },
  { "mailbox.orf", "mailbox.org" },
  { "protonmial.com", "protonmail.com" },
  { "bluewin.hc", "bluewin.ch" },
  { "bleuwin.ch", "bluewin.ch" },
  /* endings that do not exist, or are mostly a cut-off .com */
  { "gmail.con", "gmail.com" },
  { "gmail.co", "gmail.com" },
  { "gmail.cm", "gmail.com" },
  { "gmail.om", "gmail.com" },
  { "gmail.comm", "gmail.com" },
  { "gmail.vom", "gmail.com" },
  { "gmailc.om", "gmail.com" },
  { "gmai.lcom", "gmail.com" },
  { "yahoo.co.k", "yahoo.co.uk" },
  { "yahoo.couk", "yahoo.co.uk" },
  /* short names: only swapped or doubled letters, and endings that do not exist */
  { "gmx.d", "gmx.de" },
  { "gmx.dw", "gmx.de" },
  { "gxm.de", "gmx.de" },
  { "gmmx.de", "gmx.de" },
  { "gmx.nett", "gmx.net" },
  { "wbe.de", "web.de" },
  { "webb.de", "web.de" },
  { "web.d", "web.de" },
  { "lvie.com", "live.com" },
  { "aol.con", "aol.com" },
};

static void
test_slips (void)
{
  const char *const *big = postweg_providers_big_domains ();

  for (guint i = 0; i < G_N_ELEMENTS (slips); i++)
    {
      g_test_message ("%s", slips[i].typed);
      g_assert_null (postweg_providers_by_domain (slips[i].typed));
      g_assert_cmpstr (postweg_likely_domain (slips[i].typed, big), ==, slips[i].meant);
    }
}

static const char *const own_domains[] = {
  /* short names are mostly somebody else's */
  "max.de",
  "gmv.de",
  "gm.de",
  "mx.de",
  "gmxs.de",
  "we.de",
  "wen.de",
  "weg.de",
  "web.at",
  "wes.de",
  "gmx.dk",
  "gmx.co",
  "olive.com",
  "love.com",
  "line.com",
  "life.com",
  "maia.com",
  "mali.de",
  "sol.com",
  "aon.de",
  "sfr.de",
  "tree.fr",
  "free.it",
  "e.com",
  "he.com",
  "mee.com",
  "att.com",
  "box.net",
  /* other countries' endings */
  "yahoo.dk",
  "outlook.fi",
  "outlook.se",
  "freenet.dk",
  "posteo.be.example",
  "hotmail.sk.example",
  "freenet.dev",
  "t-online.at",
  "sunrise.cz",
  "bluewin.cn",
  "orange.fi",
  "libero.is",
  /* other words */
  "cloud.com",
  "libro.it",
  "accor.de",
  "rmail.com",
  "lmail.com",
  "grange.fr",
  "telnet.example",
  "firma.de",
  "gmail.example",
  "outlook.example",
  "example.org",
  "example.gmail.com",
  "mail.gmail.com",
  "gmail.org",
  "gmail.net",
  "web-de.de",
  "gmx-net.de",
  "freenet-mail.de",
  "myyahoo.example",
  "uni-bonn.de",
  "bund.de",
  "xn--gmil-0na.com",
  /* two slips are no slip */
  "gmlia.com",
  "gmaail.con",
  "hotmaill.con",
  "otulok.com",
  "yyahooo.com",
  "gml.com",
  /* hardly a domain */
  "a",
  "com",
  "gmailcom",
  "",
  ".",
  ".com",
  "gmail.",
  "x.y",
};

static void
test_own_domains (void)
{
  const char *const *big = postweg_providers_big_domains ();

  for (guint i = 0; i < G_N_ELEMENTS (own_domains); i++)
    {
      g_test_message ("%s", own_domains[i]);
      g_assert_cmpstr (postweg_likely_domain (own_domains[i], big), ==, NULL);
    }
}

/* What is right is never taken for wrong: a big domain is not a slip of itself. */
static void
test_right_domains (void)
{
  const char *const *big = postweg_providers_big_domains ();

  for (const char *const *domain = big; *domain != NULL; domain++)
    {
      const char *const only[] = { *domain, NULL };

      g_assert_null (postweg_likely_domain (*domain, only));
    }
}

static void
test_order_decides (void)
{
  const char *const one_first[] = { "postland.de", "postlund.de", NULL };
  const char *const other_first[] = { "postlund.de", "postland.de", NULL };
  const char *const none[] = { NULL };

  g_assert_cmpstr (postweg_likely_domain ("postlnd.de", one_first), ==, "postland.de");
  g_assert_cmpstr (postweg_likely_domain ("postlnd.de", other_first), ==, "postlund.de");
  g_assert_null (postweg_likely_domain ("postlnd.de", none));
}

/* Every single missing, doubled or swapped letter in the name of a long domain is found, whichever it is. */
static void
test_every_letter (void)
{
  static const char domain[] = "googlemail.com";
  const char *const big[] = { domain, NULL };

  for (gsize i = 0; i < strcspn (domain, "."); i++)
    {
      g_autofree char *missing = g_strdup_printf ("%.*s%s", (int) i, domain, domain + i + 1);
      g_autofree char *doubled = g_strdup_printf ("%.*s%s", (int) i + 1, domain, domain + i);

      g_assert_cmpstr (postweg_likely_domain (missing, big), ==, domain);
      g_assert_cmpstr (postweg_likely_domain (doubled, big), ==, domain);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/discover/typo/slips", test_slips);
  g_test_add_func ("/discover/typo/own-domains", test_own_domains);
  g_test_add_func ("/discover/typo/right-domains", test_right_domains);
  g_test_add_func ("/discover/typo/order-decides", test_order_decides);
  g_test_add_func ("/discover/typo/every-letter", test_every_letter);
  return g_test_run ();
}
