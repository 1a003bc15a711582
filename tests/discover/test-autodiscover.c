/* Autodiscover's answers, and the question. */
#include "discover/autodiscover.h"
#include "model/error.h"
#include <string.h>

#define ANSWER(inside)                                                                                       \
  "<?xml version=\"1.0\"?><Autodiscover xmlns=\"http://schemas.microsoft.com/exchange/autodiscover/"         \
  "responseschema/2006\"><Response xmlns=\"http://schemas.microsoft.com/exchange/autodiscover/outlook/"      \
  "responseschema/2006a\"><Account><AccountType>email</AccountType>" inside                                  \
  "</Account></Response></Autodiscover>"
#define PROTOCOL(type, rest) "<Protocol><Type>" type "</Type><Server>m.example</Server>" rest "</Protocol>"

typedef struct {
  const char *name, *text, *servers, *redirect;
} Row;

/* clang-format off */
static const Row rows[] = {
  { "imap", ANSWER (PROTOCOL ("IMAP", "<Port>993</Port><SSL>on</SSL>")), "imap:m.example:993:tls:anna@firm.example " },
  { "imap/no-port", ANSWER (PROTOCOL ("IMAP", "")), "imap:m.example:993:tls:anna@firm.example " },
  { "imap/starttls", ANSWER (PROTOCOL ("IMAP", "<Port>143</Port><Encryption>TLS</Encryption>")), "imap:m.example:143:starttls:anna@firm.example " },
  { "imap/143-with-ssl-on", ANSWER (PROTOCOL ("IMAP", "<Port>143</Port><SSL>on</SSL>")), "imap:m.example:143:starttls:anna@firm.example " },
  { "imap/plain", ANSWER (PROTOCOL ("IMAP", "<Port>143</Port><Encryption>None</Encryption>")), "imap:m.example:143:none:anna@firm.example " },
  { "imap/ssl-off", ANSWER (PROTOCOL ("IMAP", "<Port>143</Port><SSL>off</SSL>")), "imap:m.example:143:none:anna@firm.example " },
  { "pop", ANSWER (PROTOCOL ("POP3", "<Port>995</Port><LoginName>anna</LoginName>")), "pop3:m.example:995:tls:anna " },
  { "smtp/587", ANSWER (PROTOCOL ("SMTP", "<Port>587</Port><Encryption>TLS</Encryption>")), "smtp:m.example:587:starttls:anna@firm.example " },
  { "several", ANSWER (PROTOCOL ("EXCH", "") PROTOCOL ("IMAP", "") PROTOCOL ("SMTP", "<Port>465</Port>")), "imap:m.example:993:tls:anna@firm.example smtp:m.example:465:tls:anna@firm.example " },
  { "exchange-only", ANSWER (PROTOCOL ("EXCH", "") PROTOCOL ("WEB", "")) },
  { "bad-host", ANSWER ("<Protocol><Type>IMAP</Type><Server>a b</Server></Protocol>") },
  { "no-host", ANSWER ("<Protocol><Type>IMAP</Type></Protocol>") },
  { "redirect/url", ANSWER ("<Action>redirectUrl</Action><RedirectUrl>https://other.example/autodiscover/autodiscover.xml</RedirectUrl>"), "", "other.example" },
  { "redirect/address", ANSWER ("<Action>redirectAddr</Action><RedirectAddr>anna@Tenant.Example</RedirectAddr>"), "", "tenant.example" },
  { "redirect/nonsense", ANSWER ("<RedirectUrl>not a url</RedirectUrl>") },
  { "error", "<Autodiscover><Response><Error><ErrorCode>600</ErrorCode></Error></Response></Autodiscover>" },
  { "empty", "" },
  { "html", "<html><body>Sign in</body></html>" },
  { "document-type", "<!DOCTYPE x [<!ENTITY a 'b'>]>" ANSWER (PROTOCOL ("IMAP", "")) },
};
/* clang-format on */

static char *
describe (const GPtrArray *servers)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < servers->len; i++)
    {
      const PostwegServer *server = ((PostwegFoundServer *) g_ptr_array_index (servers, i))->server;

      g_string_append_printf (text, "%s:%s:%u:%s:%s ", postweg_protocol_name (server->protocol), server->host,
                              server->port, postweg_security_name (server->security), server->user);
    }
  return g_string_free (text, FALSE);
}

static void
test_row (gconstpointer data)
{
  const Row *row = data;
  g_autoptr (PostwegAddress) address = postweg_address_parse ("anna@firm.example", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (PostwegAutodiscover) answer =
      postweg_autodiscover_parse (row->text, strlen (row->text), address, &error);
  g_autofree char *text = answer != NULL ? describe (answer->servers) : NULL;

  g_assert_cmpstr (text, ==, row->servers);
  g_assert_cmpstr (answer != NULL ? answer->redirect : NULL, ==, row->redirect);
  g_assert_true ((answer == NULL) == (error != NULL && error->domain == POSTWEG_ERROR));
}

static void
test_sending_without_sign_in (void)
{
  static const char text[] = ANSWER (
      PROTOCOL ("SMTP", "<Port>587</Port><Encryption>TLS</Encryption><AuthRequired>off</AuthRequired>"));
  g_autoptr (PostwegAddress) address = postweg_address_parse ("anna@firm.example", NULL);
  g_autoptr (PostwegAutodiscover) answer = postweg_autodiscover_parse (text, strlen (text), address, NULL);
  const PostwegFoundServer *found = g_ptr_array_index (answer->servers, 0);

  g_assert_cmpint (found->auths[0], ==, POSTWEG_AUTH_NONE);
}

/* The address comes from a person and goes into XML. */
static void
test_question (void)
{
  g_autoptr (PostwegAddress) address = postweg_address_parse ("a&b@firm.example", NULL);
  g_autofree char *question = postweg_autodiscover_question (address);

  g_assert_nonnull (strstr (question, "<EMailAddress>a&amp;b@firm.example</EMailAddress>"));
}

static void
test_random (void)
{
  g_autoptr (PostwegAddress) address = postweg_address_parse ("anna@firm.example", NULL);
  gint32 length = (gint32) strlen (rows[8].text);

  for (guint round = 0; round < 3000; round++)
    {
      g_autofree char *text = g_strdup (rows[8].text);
      g_autoptr (PostwegAutodiscover) answer = NULL;

      for (gint i = g_test_rand_int_range (1, 5); i > 0; i--)
        text[g_test_rand_int_range (0, length)] = (char) g_test_rand_int_range (0, 256);
      answer = postweg_autodiscover_parse (text, (gsize) length, address, NULL);
      for (guint i = 0; answer != NULL && i < answer->servers->len; i++)
        g_assert_true (postweg_host_is_valid (
            ((PostwegFoundServer *) g_ptr_array_index (answer->servers, i))->server->host));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strconcat ("/discover/autodiscover/", rows[i].name, NULL);

      g_test_add_data_func (path, &rows[i], test_row);
    }
  g_test_add_func ("/discover/autodiscover/sending-without-sign-in", test_sending_without_sign_in);
  g_test_add_func ("/discover/autodiscover/question", test_question);
  g_test_add_func ("/discover/autodiscover/random", test_random);
  return g_test_run ();
}
