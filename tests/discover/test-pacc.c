/* PACC files and their digests. */
#include "discover/pacc.h"
#include "model/error.h"
#include <string.h>

/* clang-format off */
static const struct {
  const char *record, *digest;
} records[] = {
  { "v=UAAC1; a=sha256; d=AbC=", "AbC=" },
  { "v=UAAC1;a=sha256;d=AbC=", "AbC=" },
  { " v = UAAC1", NULL },
  { "v=UAAC1; a=SHA256; d=x", "x" },
  { "v=UAAC2; a=sha256; d=x", NULL },
  { "v=UAAC1; a=md5; d=x", NULL },
  { "v=UAAC1; a=sha256", NULL },
  { "v=spf1 -all", NULL },
  { "", NULL },
  { ";;;;;;;;;;;;;;;;;;;;;;", NULL },
};

typedef struct {
  const char *name, *text, *servers;
} Row;

static const Row rows[] = {
  { "all", "{\"protocols\":{\"imap\":{\"host\":\"i.example\"},\"pop3\":{\"host\":\"p.example\"},\"smtp\":{\"host\":\"s.example\"}}}", "imap:i.example:993:password pop3:p.example:995:password smtp:s.example:465:password " },
  { "submit", "{\"protocols\":{\"submit\":{\"host\":\"S.Example.\"}}}", "smtp:s.example:465:password " },
  { "oauth", "{\"protocols\":{\"imap\":{\"host\":\"i.example\"}},\"authentication\":{\"oauth-public\":{\"issuer\":\"https://x\"}}}", "imap:i.example:993:oauth2 " },
  { "oauth-and-password", "{\"protocols\":{\"imap\":{\"host\":\"i.example\"}},\"authentication\":{\"oauth-public\":{},\"password\":true}}", "imap:i.example:993:oauth2,password " },
  { "no-password", "{\"protocols\":{\"imap\":{\"host\":\"i.example\"}},\"authentication\":{\"oauth-public\":{},\"password\":false}}", "imap:i.example:993:oauth2 " },
  { "one-bad-one-good", "{\"protocols\":{\"imap\":{\"host\":\"i example\"},\"smtp\":{\"host\":\"s.example\"}}}", "smtp:s.example:465:password " },
  { "host-is-a-number", "{\"protocols\":{\"imap\":{\"host\":7}}}", NULL },
  { "host-is-missing", "{\"protocols\":{\"imap\":{}}}", NULL },
  { "section-is-a-list", "{\"protocols\":{\"imap\":[]}}", NULL },
  { "protocols-is-text", "{\"protocols\":\"imap\"}", NULL },
  { "nothing", "{}", NULL },
  { "list", "[]", NULL },
  { "text", "\"x\"", NULL },
  { "empty", "", NULL },
  { "cut", "{\"protocols\":{", NULL },
  { "html", "<html></html>", NULL },
  { "two-values", "\"password\"{\"protocols\":{\"imap\":{\"host\":\"i.example\"}}}", NULL },
  { "two-objects", "{\"protocols\":{\"imap\":{\"host\":\"i.example\"}}} {}", NULL },
  { "behind-a-word", "var x = {\"protocols\":{\"imap\":{\"host\":\"i.example\"}}}", NULL },
  { "brackets-in-text", "{\"a\":\"}}{{\\\"{\",\"protocols\":{\"imap\":{\"host\":\"i.example\"}}}", "imap:i.example:993:password " },
  { "many-objects-side-by-side", "{\"a\":[{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{}],\"protocols\":{\"imap\":{\"host\":\"i.example\"}}}", "imap:i.example:993:password " },
  { "invalid-bytes", "{\"protocols\":{\"imap\":{\"host\":\"\xff\"}}}", NULL },
};
/* clang-format on */

static char *
describe (const GPtrArray *servers)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < servers->len; i++)
    {
      const PostwegFoundServer *found = g_ptr_array_index (servers, i);

      g_assert_cmpint (found->server->security, ==, POSTWEG_TLS);
      g_assert_cmpstr (found->server->user, ==, "anna@firm.example");
      g_string_append_printf (text, "%s:%s:%u:", postweg_protocol_name (found->server->protocol),
                              found->server->host, found->server->port);
      for (guint k = 0; k < found->n_auths; k++)
        g_string_append_printf (text, "%s%s", k > 0 ? "," : "", postweg_auth_name (found->auths[k]));
      g_string_append_c (text, ' ');
    }
  return g_string_free (text, FALSE);
}

static void
test_row (gconstpointer data)
{
  const Row *row = data;
  g_autoptr (PostwegAddress) address = postweg_address_parse ("anna@firm.example", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) servers = postweg_pacc_parse (row->text, strlen (row->text), address, &error);
  g_autofree char *text = servers != NULL ? describe (servers) : NULL;

  g_assert_cmpstr (text, ==, row->servers);
  g_assert_true ((servers == NULL) == (error != NULL && error->domain == POSTWEG_ERROR));
}

static void
test_records (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (records); i++)
    {
      g_autofree char *digest = postweg_pacc_digest (records[i].record);

      g_assert_cmpstr (digest, ==, records[i].digest);
    }
}

/* The digest of "abc" is a test vector of FIPS 180-2. */
static void
test_fits (void)
{
  static const char abc[] = "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=";

  g_assert_true (postweg_pacc_digest_fits (abc, "abc", 3));
  g_assert_false (postweg_pacc_digest_fits (abc, "abd", 3));
  g_assert_false (postweg_pacc_digest_fits (abc, "abc", 2));
  g_assert_false (postweg_pacc_digest_fits ("ungWv48B", "abc", 3));
  g_assert_false (postweg_pacc_digest_fits ("", "abc", 3));
  g_assert_false (postweg_pacc_digest_fits ("????", "abc", 3));
}

static void
test_deep (void)
{
  g_autoptr (PostwegAddress) address = postweg_address_parse ("anna@firm.example", NULL);
  g_autofree char *deep = g_strnfill (100000, '[');

  g_assert_null (postweg_pacc_parse (deep, 100000, address, NULL));
}

static void
test_random (void)
{
  g_autoptr (PostwegAddress) address = postweg_address_parse ("anna@firm.example", NULL);

  for (guint round = 0; round < 5000; round++)
    {
      g_autofree char *text = g_strdup (rows[3].text);
      gint32 length = (gint32) strlen (text);
      g_autoptr (GPtrArray) servers = NULL;

      for (gint i = g_test_rand_int_range (1, 5); i > 0; i--)
        text[g_test_rand_int_range (0, length)] = (char) g_test_rand_int_range (0, 256);
      servers = postweg_pacc_parse (text, (gsize) g_test_rand_int_range (0, length + 1), address, NULL);
      for (guint i = 0; servers != NULL && i < servers->len; i++)
        g_assert_true (
            postweg_host_is_valid (((PostwegFoundServer *) g_ptr_array_index (servers, i))->server->host));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strconcat ("/discover/pacc/file/", rows[i].name, NULL);

      g_test_add_data_func (path, &rows[i], test_row);
    }
  g_test_add_func ("/discover/pacc/records", test_records);
  g_test_add_func ("/discover/pacc/fits", test_fits);
  g_test_add_func ("/discover/pacc/deep", test_deep);
  g_test_add_func ("/discover/pacc/random", test_random);
  return g_test_run ();
}
