/* Secrets: kept apart, compared, wiped. */
#include "model/secret.h"
#include <string.h>

static void
test_lines (void)
{
  static const struct {
    const char *bytes, *secret;
  } table[] = {
    { "pass", "pass" }, { "pass\n", "pass" }, { "pass\r\n", "pass" }, { "pass\n\n", "pass\n" },
    { " p ", " p " },   { "", "" },           { "\n", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (PostwegSecret) secret =
          postweg_secret_new_from_line (table[i].bytes, strlen (table[i].bytes));

      g_assert_cmpstr (postweg_secret_peek (secret), ==, table[i].secret);
      g_assert_cmpuint (postweg_secret_length (secret), ==, strlen (table[i].secret));
    }
}

static void
test_equal (void)
{
  g_autoptr (PostwegSecret) a = postweg_secret_new ("one");
  g_autoptr (PostwegSecret) b = postweg_secret_new ("one");
  g_autoptr (PostwegSecret) c = postweg_secret_new ("two");

  g_assert_true (postweg_secret_equal (a, b));
  g_assert_false (postweg_secret_equal (a, c));
  g_assert_false (postweg_secret_equal (a, NULL));
  g_assert_true (postweg_secret_equal (NULL, NULL));
}

static void
test_credentials (void)
{
  g_autoptr (PostwegSecret) in = postweg_secret_new ("in");
  g_autoptr (PostwegSecret) out = postweg_secret_new ("out");
  g_autoptr (PostwegCredentials) same = postweg_credentials_new (in, NULL, NULL);
  g_autoptr (PostwegCredentials) both = postweg_credentials_new (in, out, NULL);
  g_autoptr (PostwegCredentials) copy = postweg_credentials_copy (both);

  g_assert_true (same->outgoing == in);
  g_assert_true (copy->outgoing == out);
  g_assert_null (copy->token);
  g_assert_null (postweg_credentials_copy (NULL));
}

/* A long secret has a mapping of more than one page. */
static void
test_long (void)
{
  g_autofree char *text = g_strnfill (100000, 'x');
  g_autoptr (PostwegSecret) secret = postweg_secret_new (text);

  g_assert_cmpstr (postweg_secret_peek (secret), ==, text);
}

/* Wiping is not optimised away. */
static void
test_wiped (void)
{
  char *text = g_strdup ("Sesam-oeffne-dich");

  postweg_wipe (text, strlen (text));
  g_assert_cmpint (text[0], ==, '\0');
  g_assert_cmpint (text[5], ==, '\0');
  g_free (text);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/secret/lines", test_lines);
  g_test_add_func ("/model/secret/equal", test_equal);
  g_test_add_func ("/model/secret/credentials", test_credentials);
  g_test_add_func ("/model/secret/long", test_long);
  g_test_add_func ("/model/secret/wiped", test_wiped);
  return g_test_run ();
}
