/* Any bytes as the challenges of a sign-in, one a line; the first byte chooses the mechanism. “{nonce}” becomes the one that the client sent,
 * so that the checks behind it are reached. */
#include "fuzz.h"
#include "wire/sasl.h"
#include <string.h>

static const PostwegMechanism *const mechanisms[] = { &postweg_sasl_plain,         &postweg_sasl_login,
                                                      &postweg_sasl_cram_md5,      &postweg_sasl_scram_sha_1,
                                                      &postweg_sasl_scram_sha_256, &postweg_sasl_xoauth2,
                                                      &postweg_sasl_oauthbearer };

static char *
nonce_of (const GByteArray *first)
{
  g_autofree char *text = g_strndup ((const char *) first->data, first->len);
  const char *at = strstr (text, ",r=");

  return g_strdup (at != NULL ? at + 3 : "");
}

/* Returns: FALSE when the exchange is over */
static gboolean
answer (const PostwegMechanism *mechanism, PostwegSasl *sasl, const char *challenge, char **nonce)
{
  g_autoptr (GError) error = NULL;
  GByteArray *bytes = mechanism->respond (sasl, challenge, strlen (challenge), &error);

  g_assert_true ((bytes == NULL) == (error != NULL));
  if (bytes == NULL)
    return FALSE;
  if (sasl->step == 0)
    *nonce = nonce_of (bytes);
  sasl->step++;
  postweg_sasl_bytes_wipe (bytes);
  return TRUE;
}

int
LLVMFuzzerTestOneInput (const uint8_t *bytes, size_t length)
{
  const PostwegMechanism *mechanism = mechanisms[length > 0 ? bytes[0] % G_N_ELEMENTS (mechanisms) : 0];
  g_autofree char *text = g_strndup ((const char *) bytes + (length > 0), length - (length > 0));
  g_auto (GStrv) lines = g_strsplit (text, "\n", 8);
  g_autoptr (PostwegSecret) secret = postweg_secret_new ("geheim");
  PostwegSasl sasl = { "anna", secret, "mail.example", 993, 0, NULL };
  g_autofree char *nonce = NULL;
  gboolean on = !mechanism->client_first || answer (mechanism, &sasl, "", &nonce);

  for (char **line = lines; on && *line != NULL; line++)
    {
      g_autoptr (GString) challenge = g_string_new (*line);

      if (nonce != NULL)
        g_string_replace (challenge, "{nonce}", nonce, 0);
      on = answer (mechanism, &sasl, challenge->str, &nonce);
    }
  /* nobody who does not know the password can prove that he does */
  if (mechanism->finished != NULL)
    g_assert_false (mechanism->finished (&sasl));
  if (mechanism->free_state != NULL && sasl.state != NULL)
    mechanism->free_state (sasl.state);
  return 0;
}
