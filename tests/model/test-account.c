/* Accounts as URLs and as JSON, good and bad. */
#include "model/account-json.h"
#include "model/error.h"
#include <string.h>

typedef struct {
  const char *url;
  const char *expected; /* "protocol host port security user auth", NULL: refused */
} UrlRow;

static const UrlRow urls[] = {
  { "imaps://alice@imap.example.org", "imap imap.example.org 993 tls alice password" },
  { "imap://alice@imap.example.org", "imap imap.example.org 143 starttls alice password" },
  { "imap://alice@imap.example.org?security=none", "imap imap.example.org 143 none alice password" },
  { "imap://alice@imap.example.org:1143?security=starttls",
    "imap imap.example.org 1143 starttls alice password" },
  { "pop3s://a%40b.example@pop.example.org:1995", "pop3 pop.example.org 1995 tls a@b.example password" },
  { "pop3://a@pop.example.org", "pop3 pop.example.org 110 starttls a password" },
  { "smtps://a@smtp.example.org/", "smtp smtp.example.org 465 tls a password" },
  { "smtp://smtp.example.org?auth=none", "smtp smtp.example.org 587 starttls  none" },
  { "smtp://a@smtp.example.org?security=none&auth=encrypted", "smtp smtp.example.org 587 none a encrypted" },
  { "imaps://a@[::1]:993", "imap ::1 993 tls a password" },
  { "imaps://a@127.0.0.1", "imap 127.0.0.1 993 tls a password" },
  { "IMAPS://a@IMAP.Example.ORG", "imap imap.example.org 993 tls a password" },
  { "imaps://a%20b%2Fc@imap.example.org", "imap imap.example.org 993 tls a b/c password" },
  { "imaps://a@m%C3%BCller.example", "imap xn--mller-kva.example 993 tls a password" },
  { "imaps://a%0D%0ALOGOUT@imap.example.org", NULL },
  { "imaps://a@b.example@imap.example.org", "imap imap.example.org 993 tls a@b.example password" },
  { "smtp://a@b.example@smtp.example.org:25?security=none",
    "smtp smtp.example.org 25 none a@b.example password" },
  { "imaps://a:secret@imap.example.org", NULL },
  { "https://a@imap.example.org", NULL },
  { "imap.example.org", NULL },
  { "imaps://", NULL },
  { "imaps://a@", NULL },
  { "imaps://a@imap.example.org:0", NULL },
  { "imaps://a@imap.example.org:70000", NULL },
  { "imaps://a@imap.example.org:x", NULL },
  { "imaps://a@imap.example.org/INBOX", NULL },
  { "imaps://a@imap.example.org?security=none", NULL },
  { "imap://a@imap.example.org?security=tls", NULL },
  { "imap://a@imap.example.org?security=maybe", NULL },
  { "imap://a@imap.example.org?color=red", NULL },
  { "imap://a@imap.example.org?auth=guess", NULL },
  { "imaps://a@imap_example.org", NULL },
  { "", NULL },
};

static void
test_url (gconstpointer data)
{
  const UrlRow *row = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (PostwegServer) server = postweg_server_from_url (row->url, &error);
  g_autofree char *text = NULL;

  if (row->expected == NULL)
    {
      g_assert_null (server);
      g_assert_error (error, POSTWEG_ERROR, POSTWEG_ERROR_BAD_INPUT);
      g_assert_null (strstr (error->message, "secret"));
      return;
    }
  g_assert_no_error (error);
  text = g_strdup_printf ("%s %s %u %s %s %s", postweg_protocol_name (server->protocol), server->host,
                          server->port, postweg_security_name (server->security), server->user,
                          postweg_auth_name (server->auth));
  g_assert_cmpstr (text, ==, row->expected);
}

static const char *const good_json[] = {
  "{\"incoming\":{\"protocol\":\"imap\",\"host\":\"imap.example.org\"}}",
  "{\"outgoing\":{\"host\":\"smtp.example.org\"}}",
  "{\"name\":\"A\",\"address\":\"a@example.org\",\"incoming\":{\"protocol\":\"pop3\",\"host\":\"p.example."
  "org\",\"port\":995,\"security\":"
  "\"tls\",\"user\":\"a\",\"auth\":\"password\"},\"outgoing\":{\"protocol\":\"smtp\",\"host\":\"s.example."
  "org\",\"port\":587,\"security\":"
  "\"starttls\",\"user\":\"a\",\"auth\":\"oauth2\"},\"pop\":{\"keep_on_server\":false,\"delete_after_days\":"
  "14,\"delete_when_deleted\":true}}",
  "{\"incoming\":null,\"outgoing\":{\"host\":\"smtp.example.org\",\"user\":null},\"pop\":null,\"more\":[1,2]"
  "}",
};

static const char *const bad_json[] = {
  "",
  "[]",
  "{",
  "null",
  "{}",
  "{\"incoming\":{}}",
  "{\"incoming\":\"imap\"}",
  "{\"incoming\":{\"protocol\":\"imap\"}}",
  "{\"incoming\":{\"protocol\":\"smtp\",\"host\":\"h.example.org\"}}",
  "{\"outgoing\":{\"protocol\":\"imap\",\"host\":\"h.example.org\"}}",
  "{\"incoming\":{\"protocol\":\"imap\",\"host\":\"not a host\"}}",
  "{\"incoming\":{\"protocol\":\"imap\",\"host\":7}}",
  "{\"incoming\":{\"protocol\":\"imap\",\"host\":\"h.example.org\",\"port\":0}}",
  "{\"incoming\":{\"protocol\":\"imap\",\"host\":\"h.example.org\",\"port\":65536}}",
  "{\"incoming\":{\"protocol\":\"imap\",\"host\":\"h.example.org\",\"port\":-1}}",
  "{\"incoming\":{\"protocol\":\"imap\",\"host\":\"h.example.org\",\"port\":\"993\"}}",
  "{\"incoming\":{\"protocol\":\"imap\",\"host\":\"h.example.org\",\"security\":\"ssl\"}}",
  "{\"incoming\":{\"protocol\":\"imap\",\"host\":\"h.example.org\",\"auth\":\"magic\"}}",
  "{\"incoming\":{\"protocol\":\"imap\",\"host\":\"h.example.org\",\"user\":\"a\\r\\nLOGOUT\"}}",
  "{\"address\":\"not an address\",\"incoming\":{\"protocol\":\"imap\",\"host\":\"h.example.org\"}}",
  "{\"address\":7,\"incoming\":{\"protocol\":\"imap\",\"host\":\"h.example.org\"}}",
  "{\"incoming\":{\"protocol\":\"imap\",\"host\":\"h.example.org\"},\"pop\":7}",
  "{\"incoming\":{\"protocol\":\"imap\",\"host\":\"h.example.org\"},\"pop\":{\"delete_after_days\":-1}}",
  "{\"incoming\":{\"protocol\":\"imap\",\"host\":\"h.example.org\"},\"pop\":{\"keep_on_server\":1}}",
};

static void
test_good_json (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (good_json); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (PostwegAccount) account = postweg_account_from_json (good_json[i], -1, &error);
      g_autoptr (JsonNode) node = NULL;
      g_autofree char *text = NULL;
      g_autoptr (PostwegAccount) again = NULL;

      g_assert_no_error (error);
      node = postweg_account_to_json (account);
      text = json_to_string (node, FALSE);
      again = postweg_account_from_json (text, -1, &error);
      g_assert_no_error (error);
      g_assert_true (postweg_account_equal (account, again));
    }
}

static void
test_bad_json (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (bad_json); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (PostwegAccount) account = postweg_account_from_json (bad_json[i], -1, &error);

      g_assert_null (account);
      g_assert_error (error, POSTWEG_ERROR, POSTWEG_ERROR_BAD_INPUT);
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
    }
}

static void
test_hostile_json (void)
{
  g_autofree char *deep = g_strnfill (200000, '[');
  g_autofree char *big = g_strnfill (2000000, ' ');
  const char *const texts[] = { deep, big, "{\"name\":\"\xff\"}", "\x00\x01" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (postweg_account_from_json (texts[i], -1, &error));
      g_assert_error (error, POSTWEG_ERROR, POSTWEG_ERROR_BAD_INPUT);
    }
}

static void
test_equal (void)
{
  g_autoptr (PostwegServer) in = postweg_server_new (POSTWEG_POP3, "p.example.org", 0, POSTWEG_TLS, "a");
  g_autoptr (PostwegAccount) a = postweg_account_new ("A", "a@example.org", in, NULL);
  g_autoptr (PostwegAccount) b = postweg_account_copy (a);

  g_assert_true (postweg_account_equal (a, b));
  b->pop.delete_after_days = 3;
  g_assert_false (postweg_account_equal (a, b));
  b->pop = a->pop;
  b->incoming->port = 1;
  g_assert_false (postweg_account_equal (a, b));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (urls); i++)
    {
      g_autofree char *path = g_strdup_printf ("/model/account/url/%u", i);

      g_test_add_data_func (path, &urls[i], test_url);
    }
  g_test_add_func ("/model/account/json/good", test_good_json);
  g_test_add_func ("/model/account/json/bad", test_bad_json);
  g_test_add_func ("/model/account/json/hostile", test_hostile_json);
  g_test_add_func ("/model/account/equal", test_equal);
  return g_test_run ();
}
