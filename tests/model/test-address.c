/* Addresses and host names, as people type, copy and invent them. */
#include "../slower.h"
#include "model/address.h"
#include "model/error.h"
#include <string.h>

#define A10 "aaaaaaaaaa"
#define A60 A10 A10 A10 A10 A10 A10
#define A63 A60 "aaa"
#define A64 A63 "a"

static const struct {
  const char *text;
  const char *full;
  const char *local;
  const char *domain;
  const char *display;
} good[] = {
  { "anna@example.org", "anna@example.org", "anna", "example.org", "anna@example.org" },
  { "  anna@example.org\n", "anna@example.org", "anna", "example.org", "anna@example.org" },
  { "\xc2\xa0"
    "anna@example.org",
    "anna@example.org", "anna", "example.org", "anna@example.org" },
  { "anna@example.org.", "anna@example.org", "anna", "example.org", "anna@example.org" },
  { "Anna.B@EXAMPLE.Org", "Anna.B@example.org", "Anna.B", "example.org", "Anna.B@example.org" },
  { "a@b.de", "a@b.de", "a", "b.de", "a@b.de" },
  { "anna+shop@example.org", "anna+shop@example.org", "anna+shop", "example.org", "anna+shop@example.org" },
  { "!#$%&'*+-/=?^_`{|}~@example.org", "!#$%&'*+-/=?^_`{|}~@example.org", "!#$%&'*+-/=?^_`{|}~",
    "example.org", "!#$%&'*+-/=?^_`{|}~@example.org" },
  { "änne@example.org", "änne@example.org", "änne", "example.org", "änne@example.org" },
  { "info@müller.de", "info@xn--mller-kva.de", "info", "xn--mller-kva.de", "info@müller.de" },
  { "info@MÜLLER.DE", "info@xn--mller-kva.de", "info", "xn--mller-kva.de", "info@müller.de" },
  { "info@mu\xcc\x88ller.de", "info@xn--mller-kva.de", "info", "xn--mller-kva.de", "info@müller.de" },
  { "info@xn--mller-kva.de", "info@xn--mller-kva.de", "info", "xn--mller-kva.de", "info@müller.de" },
  { "info@XN--MLLER-KVA.de", "info@xn--mller-kva.de", "info", "xn--mller-kva.de", "info@müller.de" },
  { "info@straße.de", "info@xn--strae-oqa.de", "info", "xn--strae-oqa.de", "info@straße.de" },
  { "иван@почта.рф", "иван@xn--80a1acny.xn--p1ai", "иван", "xn--80a1acny.xn--p1ai", "иван@почта.рф" },
  { "info@例え.jp", "info@xn--r8jz45g.jp", "info", "xn--r8jz45g.jp", "info@例え.jp" },
  { "anna@163.com", "anna@163.com", "anna", "163.com", "anna@163.com" },
  { "anna@a-b.c-d.example", "anna@a-b.c-d.example", "anna", "a-b.c-d.example", "anna@a-b.c-d.example" },
  { A64 "@example.org", A64 "@example.org", A64, "example.org", A64 "@example.org" },
  { "a@" A63 ".org", "a@" A63 ".org", "a", A63 ".org", "a@" A63 ".org" },
};

static void
test_good (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (PostwegAddress) address = postweg_address_parse (good[i].text, &error);
      g_autoptr (PostwegAddress) copy = NULL;

      g_test_message ("%s", good[i].text);
      g_assert_no_error (error);
      copy = postweg_address_copy (address);
      g_assert_cmpstr (copy->full, ==, good[i].full);
      g_assert_cmpstr (copy->local, ==, good[i].local);
      g_assert_cmpstr (copy->domain, ==, good[i].domain);
      g_assert_cmpstr (copy->display, ==, good[i].display);
    }
}

static const struct {
  const char *text;
  const char *fault;
} bad[] = {
  { "", "empty" },
  { " \t\n ", "empty" },
  { ".", "empty" },
  { "anna", "no-at" },
  { "anna.example.org", "no-at" },
  { "anna at example.org", "no-at" },
  { "anna@b@example.org", "two-at" },
  { "anna@@example.org", "two-at" },
  { "@@", "two-at" },
  { "@example.org", "local-missing" },
  { "@", "local-missing" },
  { A64 "a@example.org", "local-long" },
  { A60 A60 A60 A60 A60 "@example.org", "local-long" },
  { "anna,bert@example.org", "local-character" },
  { "anna(home)@example.org", "local-character" },
  { "Anna<anna@example.org", "local-character" },
  { "mailto:anna@example.org", "local-character" },
  { "anna\\b@example.org", "local-character" },
  { "anna;bert@example.org", "local-character" },
  { ".anna@example.org", "local-dot" },
  { "anna.@example.org", "local-dot" },
  { "an..na@example.org", "local-dot" },
  { "anna@", "domain-missing" },
  { "anna@.", "domain-missing" },
  { "a@" A60 "." A60 "." A60 "." A60 "." A60 ".org", "domain-long" },
  { "anna@" A64 ".org", "domain-label" },
  { "anna@example..org", "domain-label" },
  { "anna@.example.org", "domain-label" },
  { "anna@-example.org", "domain-label" },
  { "anna@example-.org", "domain-label" },
  { "anna@example.org..", "domain-label" },
  { "anna@exa_mple.org", "domain-character" },
  { "anna@example,org", "domain-character" },
  { "anna@example.org>", "domain-character" },
  { "anna@example.org/mail", "domain-character" },
  { "anna@example.org:25", "domain-character" },
  { "anna@müll_er.de", "domain-character" },
  { "anna@☃︎.de", "domain-character" },
  { "anna@xn--.de", "domain-label" },
  { "anna@example", "domain-single" },
  { "anna@localhost", "domain-single" },
  { "anna@müller", "domain-single" },
  { "anna@[192.0.2.1]", "ip-literal" },
  { "anna@192.0.2.1", "ip-literal" },
  { "anna@[IPv6:2001:db8::1]", "ip-literal" },
  { "anna@2001:db8::1", "ip-literal" },
  { "an\x01na@example.org", "control" },
  { "anna@exam\x7fple.org", "control" },
  { "anna\x1b[31m@example.org", "control" },
  { "anna@example.org\r\nRCPT TO:<b@example.org>", "control" },
  { "anna\xe2\x80\xae@gro.elpmaxe", "control" }, /* right-to-left override */
  { "anna\xe2\x80\x8b@example.org", "control" }, /* zero width space */
  { "anna@exa\xe2\x80\x8dmple.org", "control" }, /* zero width joiner */
  { "\xef\xbb\xbf"
    "anna@example.org",
    "control" },                             /* byte order mark */
  { "anna\xc2\xad@example.org", "control" }, /* soft hyphen */
  { "anna\xff@example.org", "control" },     /* no UTF-8 */
  { "anna@example.\xc3", "control" },
  { "an na@example.org", "blank" },
  { "anna @example.org", "blank" },
  { "anna@ example.org", "blank" },
  { "anna@example. org", "blank" },
  { "an\xc2\xa0na@example.org", "blank" }, /* no-break space */
  { "Anna <anna@example.org>", "blank" },
  { "\"anna\"@example.org", "quoted" },
  { "\"an na\"@example.org", "quoted" },
};

static void
test_bad (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (PostwegAddress) address = postweg_address_parse (bad[i].text, &error);
      g_autofree char *shown = g_strescape (bad[i].text, NULL);

      g_test_message ("%s", shown);
      g_assert_null (address);
      g_assert_error (error, POSTWEG_ERROR, POSTWEG_ERROR_BAD_INPUT);
      g_assert_cmpstr (error->message, ==, bad[i].fault);
    }
}

/* Long input is refused at once, whatever it is made of. */
static void
test_huge (void)
{
  static const char *const units[] = { "a", " ", "@", ".", "a.", "ä", "\xe2\x80\xae", "\xff", "\"", "a@b." };
  gint64 begun = g_get_monotonic_time ();

  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);

      while (text->len < 10000)
        g_string_append (text, units[i]);
      g_assert_null (postweg_address_parse (text->str, NULL));
      g_string_prepend (text, "a@");
      g_assert_null (postweg_address_parse (text->str, NULL));
    }
  g_assert_cmpint (g_get_monotonic_time () - begun, <, SLOWER * 2 * G_USEC_PER_SEC);
}

/* Whatever single byte stands in the middle: a fault with a name, or an address that is the same when parsed again. */
static void
test_every_byte (void)
{
  for (guint byte = 1; byte < 256; byte++)
    for (guint place = 0; place < 2; place++)
      {
        char text[] = "an?na@ex?mple.org";
        g_autoptr (GError) error = NULL;
        g_autoptr (PostwegAddress) address = NULL;
        g_autoptr (PostwegAddress) again = NULL;

        text[2] = 'n';
        text[8] = 'a';
        text[place == 0 ? 2 : 8] = (char) byte;
        address = postweg_address_parse (text, &error);
        g_assert_true ((address == NULL) == (error != NULL));
        if (address == NULL)
          continue;
        again = postweg_address_parse (address->full, NULL);
        g_assert_nonnull (again);
        g_assert_cmpstr (again->full, ==, address->full);
        g_assert_cmpstr (again->display, ==, address->display);
      }
}

static const struct {
  const char *text;
  const char *normal; /* NULL: no host */
} hosts[] = {
  { "imap.example.org", "imap.example.org" },
  { " IMAP.Example.ORG. ", "imap.example.org" },
  { "localhost", "localhost" },
  { "mail", "mail" },
  { "müller.de", "xn--mller-kva.de" },
  { "192.0.2.1", "192.0.2.1" },
  { "2001:DB8::1", "2001:db8::1" },
  { "::1", "::1" },
  { "", NULL },
  { " ", NULL },
  { ".", NULL },
  { "a b.org", NULL },
  { "a..org", NULL },
  { "-a.org", NULL },
  { "a_b.org", NULL },
  { "a/b", NULL },
  { "[::1]", NULL },
  { "imap.example.org:993", NULL },
  { "imaps://imap.example.org", NULL },
  { "imap.example.org\n.evil", NULL },
  { "\xff.org", NULL },
  { "imap\xe2\x80\xae.org", NULL },
  { A64 ".org", NULL },
};

static void
test_hosts (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (hosts); i++)
    {
      g_autofree char *normal = postweg_host_normalise (hosts[i].text);
      g_autofree char *shown = g_strescape (hosts[i].text, NULL);

      g_test_message ("%s", shown);
      g_assert_cmpstr (normal, ==, hosts[i].normal);
      g_assert_cmpint (postweg_host_is_valid (hosts[i].text), ==, hosts[i].normal != NULL);
    }
  g_assert_false (postweg_host_is_valid (NULL));
}

static const struct {
  const char *host;
  gboolean loopback;
} loopbacks[] = {
  { "localhost", TRUE },
  { "LOCALHOST", TRUE },
  { "127.0.0.1", TRUE },
  { "127.255.0.3", TRUE },
  { "::1", TRUE },
  { "128.0.0.1", FALSE },
  { "::2", FALSE },
  { "10.0.0.1", FALSE },
  { "localhost.evil", FALSE },
  { "127.0.0.1.evil", FALSE },
  { "localhost2", FALSE },
  { "", FALSE },
};

static void
test_loopback (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (loopbacks); i++)
    g_assert_cmpint (postweg_host_is_loopback (loopbacks[i].host), ==, loopbacks[i].loopback);
}

static void
test_free_nothing (void)
{
  postweg_address_free (NULL);
}

static void
test_same_operator (void)
{
  static const struct {
    const char *a, *b;
    gboolean same;
  } table[] = {
    { "imap.example.org", "smtp.example.org", TRUE },
    { "imap.gmx.net", "mail.gmx.net", TRUE },
    { "example.org", "smtp.EXAMPLE.org", TRUE },
    { "mail.example.org", "mail.example.com", FALSE },
    { "imap.one.co.uk", "smtp.two.co.uk", FALSE },
    { "imap.one.co.uk", "smtp.one.co.uk", TRUE },
    { "one.or.at", "two.or.at", FALSE },
    { "co.uk", "two.co.uk", FALSE },
    { "192.0.2.1", "198.51.2.1", FALSE },
    { "192.0.2.1", "192.0.2.1", TRUE },
    { "localhost", "LOCALHOST", TRUE },
    { "localhost", "mail", FALSE },
    { "one.github.io", "two.github.io", FALSE },
    { "imap.firm.example", "smtp.firm.example", TRUE },
    { "com", "example.com", FALSE },
    { "imap.xn--mller-kva.de", "smtp.xn--mller-kva.de", TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    g_assert_cmpint (postweg_hosts_same_operator (table[i].a, table[i].b), ==, table[i].same);
}

static void
test_registrable (void)
{
  static const struct {
    const char *host, *part;
  } table[] = {
    { "imap.example.org", "example.org" },
    { "example.org", "example.org" },
    { "org", NULL },
    { "a.b.example.co.uk", "example.co.uk" },
    { "co.uk", NULL },
    { "192.0.2.1", NULL },
    { "::1", NULL },
    { "localhost", NULL },
    { "customer.github.io", "customer.github.io" },
    { "a.firm.example", "firm.example" },
    { "", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    g_assert_cmpstr (postweg_host_registrable (table[i].host), ==, table[i].part);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/address/good", test_good);
  g_test_add_func ("/model/address/bad", test_bad);
  g_test_add_func ("/model/address/huge", test_huge);
  g_test_add_func ("/model/address/every-byte", test_every_byte);
  g_test_add_func ("/model/address/hosts", test_hosts);
  g_test_add_func ("/model/address/loopback", test_loopback);
  g_test_add_func ("/model/address/free-nothing", test_free_nothing);
  g_test_add_func ("/model/address/same-operator", test_same_operator);
  g_test_add_func ("/model/address/registrable", test_registrable);
  return g_test_run ();
}
