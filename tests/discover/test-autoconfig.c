/* Autoconfig files as they are met: good, sloppy, broken and hostile ones. */
#include "discover/autoconfig.h"
#include "model/error.h"
#include <string.h>

#define FILE_OF(inside)                                                                                      \
  "<clientConfig version=\"1.1\"><emailProvider id=\"x\">" inside "</emailProvider></clientConfig>"
#define IMAP(inside) "<incomingServer type=\"imap\">" inside "</incomingServer>"
#define SMTP(inside) "<outgoingServer type=\"smtp\">" inside "</outgoingServer>"
#define HOST "<hostname>i.example</hostname>"
#define PORT "<port>993</port>"
#define SSL "<socketType>SSL</socketType>"
#define USER "<username>%EMAILADDRESS%</username>"
#define GOOD HOST PORT SSL USER
#define AUTH(what) "<authentication>" what "</authentication>"
#define FOUND "imap:i.example:993:tls:password:anna.b@firm.example"

typedef struct {
  const char *name;
  const char *text;
  const char *servers; /* separated by blanks; NULL: refused */
} Row;

/* clang-format off */
static const Row rows[] = {
  { "good", FILE_OF (IMAP (GOOD)), FOUND },
  { "good/declaration", "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" FILE_OF (IMAP (GOOD)), FOUND },
  { "good/byte-order-mark", "\xef\xbb\xbf" FILE_OF (IMAP (GOOD)), FOUND },
  { "good/latin-1", "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>" FILE_OF ("<displayName>M\xfcller</displayName>" IMAP (GOOD)), FOUND },
  { "good/comment-behind", FILE_OF (IMAP (GOOD)) "<!-- end -->", FOUND },
  { "good/any-order", FILE_OF (SMTP ("<port>465</port>" SSL "<hostname>s.example</hostname>") "<domain>d</domain>" IMAP (USER SSL PORT HOST)), FOUND " smtp:s.example:465:tls:password:" },
  { "good/several-kept-in-order", FILE_OF (IMAP (GOOD) IMAP ("<hostname>b.example</hostname><port>143</port><socketType>STARTTLS</socketType>" USER)), FOUND " imap:b.example:143:starttls:password:anna.b@firm.example" },
  { "good/blanks", FILE_OF (IMAP ("<hostname>\n  I.Example.  </hostname>" PORT SSL USER)), FOUND },
  { "good/unknown-parts", FILE_OF ("<webMail><x/></webMail>" IMAP (GOOD "<new>1</new>") "<incomingServer type=\"jmap\"><url>https://x</url></incomingServer>"), FOUND },
  { "good/umlaut-host", FILE_OF (IMAP ("<hostname>m\xc3\xbcller.example</hostname>" PORT SSL USER)), "imap:xn--mller-kva.example:993:tls:password:anna.b@firm.example" },
  { "user/local", FILE_OF (IMAP (HOST PORT SSL "<username>%EMAILLOCALPART%</username>")), "imap:i.example:993:tls:password:anna.b" },
  { "user/both", FILE_OF (IMAP (HOST PORT SSL "<username>%EMAILLOCALPART%.%EMAILDOMAIN%</username>")), "imap:i.example:993:tls:password:anna.b.firm.example" },
  { "user/no-closing", FILE_OF (IMAP (HOST PORT SSL "<username>%EMAILADDRESS</username>")), FOUND },
  { "user/small-letters", FILE_OF (IMAP (HOST PORT SSL "<username>%emailaddress%</username>")), FOUND },
  { "user/unknown-placeholder", FILE_OF (IMAP (HOST PORT SSL "<username>%CUSTOMER%</username>")), "imap:i.example:993:tls:password:" },
  { "user/missing", FILE_OF (IMAP (HOST PORT SSL)), "imap:i.example:993:tls:password:" },
  { "user/missing-where-nobody-signs-in", FILE_OF (SMTP (HOST PORT SSL AUTH ("none"))), "smtp:i.example:993:tls:none:" },
  { "host/number", FILE_OF (IMAP ("<hostname>127.0.0.1</hostname>" PORT SSL USER) SMTP ("<hostname>[::1]</hostname>" PORT SSL)), NULL },
  { "host/of-this-network-only", FILE_OF (IMAP ("<hostname>localhost</hostname>" PORT SSL USER) SMTP ("<hostname>printer</hostname>" PORT SSL)), NULL },
  { "host/placeholder", FILE_OF (IMAP ("<hostname>mail.%EMAILDOMAIN%</hostname>" PORT SSL USER)), "imap:mail.firm.example:993:tls:password:anna.b@firm.example" },
  { "auth/several", FILE_OF (IMAP (GOOD AUTH ("OAuth2") AUTH ("password-cleartext"))), "imap:i.example:993:tls:oauth2,password:anna.b@firm.example" },
  { "auth/encrypted", FILE_OF (IMAP (GOOD AUTH ("password-encrypted"))), "imap:i.example:993:tls:encrypted:anna.b@firm.example" },
  { "auth/none", FILE_OF (IMAP (GOOD) SMTP ("<hostname>s.example</hostname><port>25</port><socketType>plain</socketType>" AUTH ("client-IP-address"))), FOUND " smtp:s.example:25:none:none:" },
  { "auth/unknown-beside-known", FILE_OF (IMAP (GOOD AUTH ("GSSAPI") AUTH ("plain"))), FOUND },
  { "auth/only-unknown", FILE_OF (IMAP (GOOD AUTH ("NTLM"))), NULL },
  { "section/no-port", FILE_OF (IMAP (HOST SSL USER) IMAP (GOOD)), FOUND },
  { "section/no-host", FILE_OF (IMAP (PORT SSL USER) IMAP (GOOD)), FOUND },
  { "section/no-security", FILE_OF (IMAP (HOST PORT USER) IMAP (GOOD)), FOUND },
  { "section/odd-security", FILE_OF (IMAP (HOST PORT USER "<socketType>QUIC</socketType>") IMAP (GOOD)), FOUND },
  { "section/plain-does-not-spoil", FILE_OF (IMAP (HOST "<port>143</port><socketType>plain</socketType>" USER) IMAP (GOOD)), "imap:i.example:143:none:password:anna.b@firm.example " FOUND },
  { "section/port-0", FILE_OF (IMAP (HOST "<port>0</port>" SSL USER)), NULL },
  { "section/port-65536", FILE_OF (IMAP (HOST "<port>65536</port>" SSL USER)), NULL },
  { "section/port-text", FILE_OF (IMAP (HOST "<port>imap</port>" SSL USER)), NULL },
  { "section/host-with-slash", FILE_OF (IMAP ("<hostname>i.example/x</hostname>" PORT SSL USER)), NULL },
  { "section/host-with-blank", FILE_OF (IMAP ("<hostname>i example</hostname>" PORT SSL USER)), NULL },
  { "section/smtp-as-incoming", FILE_OF ("<incomingServer type=\"smtp\">" GOOD "</incomingServer>"), NULL },
  { "section/imap-as-outgoing", FILE_OF ("<outgoingServer type=\"imap\">" GOOD "</outgoingServer>"), NULL },
  { "empty/nothing", "", NULL },
  { "empty/no-server", FILE_OF ("<displayName>x</displayName>"), NULL },
  { "empty/no-provider", "<clientConfig/>", NULL },
  { "other/html", "<!DOCTYPE html><html><body>for sale</body></html>", NULL },
  { "other/html-without-type", "<html><body>for sale</body></html>", NULL },
  { "other/json", "{\"imap\":1}", NULL },
  { "other/cut", "<clientConfig><emailProvider><incomingServer type=\"imap\">" GOOD, NULL },
  { "other/invalid-bytes", FILE_OF ("<displayName>\xff\xfe</displayName>" IMAP (GOOD)), NULL },
  { "other/odd-encoding", "<?xml version=\"1.0\" encoding=\"windows-1252\"?>" FILE_OF (IMAP (GOOD)), NULL },
  { "hostile/document-type", "<!DOCTYPE clientConfig>" FILE_OF (IMAP (GOOD)), NULL },
  { "hostile/entity", "<!DOCTYPE x [<!ENTITY e \"i.example\">]>" FILE_OF (IMAP ("<hostname>&e;</hostname>" PORT SSL)), NULL },
  { "hostile/file", "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>" FILE_OF (IMAP ("<hostname>&e;</hostname>" PORT SSL)), NULL },
  { "hostile/undefined-entity", FILE_OF (IMAP ("<hostname>&e;</hostname>" PORT SSL)), NULL },
};
/* clang-format on */

static PostwegAddress *
anna (void)
{
  return postweg_address_parse ("anna.b@firm.example", NULL);
}

static char *
describe (const GPtrArray *servers)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < servers->len; i++)
    {
      const PostwegFoundServer *found = g_ptr_array_index (servers, i);

      g_string_append_printf (text, "%s%s:%s:%u:%s:", i > 0 ? " " : "",
                              postweg_protocol_name (found->server->protocol), found->server->host,
                              found->server->port, postweg_security_name (found->server->security));
      for (guint k = 0; k < found->n_auths; k++)
        g_string_append_printf (text, "%s%s", k > 0 ? "," : "", postweg_auth_name (found->auths[k]));
      g_string_append_printf (text, ":%s", found->server->user);
    }
  return g_string_free (text, FALSE);
}

static void
test_row (gconstpointer data)
{
  const Row *row = data;
  g_autoptr (PostwegAddress) address = anna ();
  g_autoptr (GError) error = NULL;
  g_autoptr (PostwegAutoconfig) config =
      postweg_autoconfig_parse (row->text, strlen (row->text), address, &error);
  g_autofree char *text = config != NULL ? describe (config->servers) : NULL;

  g_assert_cmpstr (text, ==, row->servers);
  g_assert_cmpint (config == NULL, ==, error != NULL);
  g_assert_true (error == NULL || error->domain == POSTWEG_ERROR);
}

static void
test_utf16 (void)
{
  g_autoptr (PostwegAddress) address = anna ();
  gsize length = 0;
  g_autofree char *wide = g_convert (FILE_OF (IMAP (GOOD)), -1, "UTF-16", "UTF-8", NULL, &length, NULL);
  g_autoptr (PostwegAutoconfig) config = postweg_autoconfig_parse (wide, length, address, NULL);

  g_assert_nonnull (config);
  g_assert_cmpuint (config->servers->len, ==, 1);
}

static void
test_facts (void)
{
  static const char text[] =
      "<clientConfig><emailProvider id='x'><domain>a.example</domain><domain> b.example </domain>"
      "<displayName>A &amp; B</displayName><incomingServer type='pop3'><hostname>p.example</hostname>"
      "<port>995</port><socketType>SSL</socketType><pop3><leaveMessagesOnServer>true</leaveMessagesOnServer>"
      "<checkInterval minutes='15'/></pop3></incomingServer></emailProvider>"
      "<oAuth2><issuer>accounts.example</issuer></oAuth2><enable "
      "visiturl='https://a.example/on'/></clientConfig>";
  g_autoptr (PostwegAddress) address = anna ();
  g_autoptr (PostwegAutoconfig) config = postweg_autoconfig_parse (text, strlen (text), address, NULL);

  g_assert_cmpstr (config->name, ==, "A & B");
  g_assert_cmpstr (config->domains[0], ==, "a.example");
  g_assert_cmpstr (config->domains[1], ==, "b.example");
  g_assert_null (config->domains[2]);
  g_assert_true (config->leave_said && config->leave);
  g_assert_cmpuint (config->poll_minutes, ==, 15);
  g_assert_cmpstr (config->issuer, ==, "accounts.example");
  g_assert_cmpstr (config->enable_url, ==, "https://a.example/on");
}

/* However many servers a file names, and however deep it is: it ends, and there is a limit. */
static void
test_huge (void)
{
  g_autoptr (PostwegAddress) address = anna ();
  g_autoptr (GString) many = g_string_new ("<clientConfig><emailProvider>");
  g_autoptr (GString) deep = g_string_new (NULL);
  g_autoptr (PostwegAutoconfig) config = NULL;

  for (guint i = 0; i < 1000; i++)
    g_string_append (many, IMAP (GOOD));
  g_string_append (many, "</emailProvider></clientConfig>");
  config = postweg_autoconfig_parse (many->str, many->len, address, NULL);
  g_assert_cmpuint (config->servers->len, ==, POSTWEG_AUTOCONFIG_MAX_SERVERS);
  for (guint i = 0; i < 20000; i++)
    g_string_append (deep, "<clientConfig>");
  g_assert_null (postweg_autoconfig_parse (deep->str, deep->len, address, NULL));
}

/* A good file with bytes changed, cut and doubled at random neither crashes nor gives a server that is none. */
static void
test_random (void)
{
  static const char good[] = FILE_OF (IMAP (GOOD AUTH ("OAuth2")) SMTP (GOOD));
  g_autoptr (PostwegAddress) address = anna ();

  for (guint round = 0; round < 5000; round++)
    {
      g_autofree char *text = g_memdup2 (good, sizeof good);
      gsize length = (gsize) g_test_rand_int_range (1, sizeof good);
      g_autoptr (PostwegAutoconfig) config = NULL;

      for (gint i = g_test_rand_int_range (0, 6); i > 0; i--)
        text[g_test_rand_int_range (0, (gint32) length)] = (char) g_test_rand_int_range (0, 256);
      config = postweg_autoconfig_parse (text, round % 2 == 0 ? sizeof good - 1 : length, address, NULL);
      for (guint i = 0; config != NULL && i < config->servers->len; i++)
        {
          const PostwegFoundServer *found = g_ptr_array_index (config->servers, i);

          g_assert_true (postweg_host_is_valid (found->server->host));
          g_assert_cmpuint (found->server->port, >, 0);
          g_assert_cmpuint (found->n_auths, >, 0);
        }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strconcat ("/discover/autoconfig/", rows[i].name, NULL);

      g_test_add_data_func (path, &rows[i], test_row);
    }
  g_test_add_func ("/discover/autoconfig/utf-16", test_utf16);
  g_test_add_func ("/discover/autoconfig/facts", test_facts);
  g_test_add_func ("/discover/autoconfig/huge", test_huge);
  g_test_add_func ("/discover/autoconfig/random", test_random);
  return g_test_run ();
}
