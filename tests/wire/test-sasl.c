/* Mechanisms against the examples of their RFCs. */
#include "wire/sasl.h"
#include <string.h>

static char *
respond (const PostwegMechanism *mechanism, PostwegSasl *sasl, const char *challenge)
{
  g_autoptr (GError) error = NULL;
  GByteArray *bytes =
      mechanism->respond (sasl, challenge, challenge != NULL ? strlen (challenge) : 0, &error);
  char *text;

  g_assert_no_error (error);
  sasl->step++;
  text = g_malloc0 (bytes->len + 1);
  for (guint i = 0; i < bytes->len; i++)
    text[i] = bytes->data[i] == '\0' ? '|' : bytes->data[i] == '\001' ? '^' : (char) bytes->data[i];
  postweg_sasl_bytes_wipe (bytes);
  return text;
}

static PostwegSasl
sasl_of (const char *user, PostwegSecret *secret)
{
  return (PostwegSasl){ user, secret, "server.example.com", 143, 0, NULL };
}

/* RFC 4616 4; the NULs are shown as | */
static void
test_plain (void)
{
  g_autoptr (PostwegSecret) secret = postweg_secret_new ("tanstaaftanstaaf");
  PostwegSasl sasl = sasl_of ("tim", secret);
  g_autofree char *response = respond (&postweg_sasl_plain, &sasl, NULL);

  g_assert_cmpstr (response, ==, "|tim|tanstaaftanstaaf");
}

static void
test_login (void)
{
  g_autoptr (PostwegSecret) secret = postweg_secret_new ("pass");
  PostwegSasl sasl = sasl_of ("tim", secret);
  g_autofree char *name = respond (&postweg_sasl_login, &sasl, "Username:");
  g_autofree char *password = respond (&postweg_sasl_login, &sasl, "Password:");
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (name, ==, "tim");
  g_assert_cmpstr (password, ==, "pass");
  g_assert_null (postweg_sasl_login.respond (&sasl, "More:", 5, &error));
  g_assert_error (error, POSTWEG_ERROR, POSTWEG_ERROR_MALFORMED);
}

/* RFC 2195 2 */
static void
test_cram_md5 (void)
{
  g_autoptr (PostwegSecret) secret = postweg_secret_new ("tanstaaftanstaaf");
  PostwegSasl sasl = sasl_of ("tim", secret);
  g_autofree char *response =
      respond (&postweg_sasl_cram_md5, &sasl, "<1896.697170952@postoffice.reston.mci.net>");

  g_assert_cmpstr (response, ==, "tim b913a602c7eda7a495b4e6e7334d3890");
}

/* RFC 1939 7 */
static void
test_apop (void)
{
  g_autoptr (PostwegSecret) secret = postweg_secret_new ("tanstaaf");
  g_autofree char *digest = postweg_sasl_apop ("<1896.697170952@dbc.mtview.ca.us>", secret);

  g_assert_cmpstr (digest, ==, "c4c9334bac560ecc979e58001b3e22fb");
}

static void
test_oauth (void)
{
  g_autoptr (PostwegSecret) token = postweg_secret_new ("vF9dft4qmT");
  PostwegSasl sasl = sasl_of ("user@example.com", token);
  PostwegSasl other = sasl_of ("a,b=c", token);
  g_autofree char *first = respond (&postweg_sasl_xoauth2, &sasl, NULL);
  g_autofree char *second = respond (&postweg_sasl_xoauth2, &sasl, "{\"status\":\"401\"}");
  g_autofree char *bearer = respond (&postweg_sasl_oauthbearer, &other, NULL);
  g_autofree char *end = respond (&postweg_sasl_oauthbearer, &other, "{}");

  g_assert_cmpstr (first, ==, "user=user@example.com^auth=Bearer vF9dft4qmT^^");
  g_assert_cmpstr (second, ==, "");
  g_assert_cmpstr (bearer, ==, "n,a=a=2Cb=3Dc,^host=server.example.com^port=143^auth=Bearer vF9dft4qmT^^");
  g_assert_cmpstr (end, ==, "^");
}

/* A server side of SCRAM that is played by the test: the client's proof cannot be foreseen, but what it makes of false servers can. */
static void
test_scram_false_server (void)
{
  static const struct {
    const char *name, *server_first; /* {nonce} is the client's */
    PostwegError error;
  } table[] = {
    { "no-nonce", "s=QSXCR+Q6sek8bf92,i=4096", POSTWEG_ERROR_MALFORMED },
    { "other-nonce", "r=other,s=QSXCR+Q6sek8bf92,i=4096", POSTWEG_ERROR_MALFORMED },
    { "no-salt", "r={nonce}x,i=4096", POSTWEG_ERROR_MALFORMED },
    { "no-rounds", "r={nonce}x,s=QSXCR+Q6sek8bf92", POSTWEG_ERROR_MALFORMED },
    { "endless-rounds", "r={nonce}x,s=QSXCR+Q6sek8bf92,i=4000000000", POSTWEG_ERROR_MALFORMED },
    { "empty", "", POSTWEG_ERROR_MALFORMED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (PostwegSecret) secret = postweg_secret_new ("pencil");
      PostwegSasl sasl = sasl_of ("user", secret);
      g_autofree char *first = respond (&postweg_sasl_scram_sha_256, &sasl, NULL);
      GString *challenge = g_string_new (table[i].server_first);
      g_autoptr (GError) error = NULL;

      g_assert_true (g_str_has_prefix (first, "n,,n=user,r="));
      g_string_replace (challenge, "{nonce}", first + strlen ("n,,n=user,r="), 0);
      g_assert_null (postweg_sasl_scram_sha_256.respond (&sasl, challenge->str, challenge->len, &error));
      g_assert_error (error, POSTWEG_ERROR, (gint) table[i].error);
      postweg_sasl_scram_sha_256.free_state (sasl.state);
      g_string_free (challenge, TRUE);
    }
}

/* A server that does not know the password cannot make the last signature. */
static void
test_scram_unproven (void)
{
  g_autoptr (PostwegSecret) secret = postweg_secret_new ("pencil");
  PostwegSasl sasl = sasl_of ("user", secret);
  g_autofree char *first = respond (&postweg_sasl_scram_sha_1, &sasl, NULL);
  g_autofree char *challenge =
      g_strdup_printf ("r=%sx,s=QSXCR+Q6sek8bf92,i=4096", first + strlen ("n,,n=user,r="));
  g_autofree char *final = respond (&postweg_sasl_scram_sha_1, &sasl, challenge);
  g_autoptr (GError) error = NULL;
  const char *wrong = "v=rmF9pqV8S7suAoZWja4dJRkFsKQ=";

  g_assert_true (g_str_has_prefix (final, "c=biws,r="));
  g_assert_null (postweg_sasl_scram_sha_1.respond (&sasl, wrong, strlen (wrong), &error));
  g_assert_error (error, POSTWEG_ERROR, POSTWEG_ERROR_BAD_PROOF);
  g_assert_false (postweg_sasl_scram_sha_1.finished (&sasl));
  postweg_sasl_scram_sha_1.free_state (sasl.state);
}

static void
test_choose (void)
{
  static const struct {
    const char *offered;
    PostwegAuth auth;
    const char *chosen;
  } table[] = {
    { "LOGIN PLAIN", POSTWEG_AUTH_PASSWORD, "PLAIN" },
    { "LOGIN", POSTWEG_AUTH_PASSWORD, "LOGIN" },
    { "CRAM-MD5 XOAUTH2", POSTWEG_AUTH_PASSWORD, NULL },
    { "PLAIN CRAM-MD5 SCRAM-SHA-1 SCRAM-SHA-256", POSTWEG_AUTH_ENCRYPTED, "SCRAM-SHA-256" },
    { "PLAIN CRAM-MD5", POSTWEG_AUTH_ENCRYPTED, "CRAM-MD5" },
    { "XOAUTH2", POSTWEG_AUTH_OAUTH2, "XOAUTH2" },
    { "XOAUTH2 OAUTHBEARER", POSTWEG_AUTH_OAUTH2, "OAUTHBEARER" },
    { "PLAIN", POSTWEG_AUTH_NONE, NULL },
    { "", POSTWEG_AUTH_PASSWORD, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_auto (GStrv) offered = g_strsplit (table[i].offered, " ", -1);
      const PostwegMechanism *mechanism = postweg_sasl_choose (table[i].auth, offered, NULL);

      g_assert_cmpstr (mechanism != NULL ? mechanism->name : NULL, ==, table[i].chosen);
    }
  g_assert_null (postweg_sasl_choose (POSTWEG_AUTH_PASSWORD, NULL, NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/wire/sasl/plain", test_plain);
  g_test_add_func ("/wire/sasl/login", test_login);
  g_test_add_func ("/wire/sasl/cram-md5", test_cram_md5);
  g_test_add_func ("/wire/sasl/apop", test_apop);
  g_test_add_func ("/wire/sasl/oauth", test_oauth);
  g_test_add_func ("/wire/sasl/scram/false-server", test_scram_false_server);
  g_test_add_func ("/wire/sasl/scram/unproven", test_scram_unproven);
  g_test_add_func ("/wire/sasl/choose", test_choose);
  return g_test_run ();
}
