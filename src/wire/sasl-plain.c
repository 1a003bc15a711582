/* PLAIN (RFC 4616) and LOGIN (draft-murchison-sasl-login): the password itself, for encrypted connections. */
#include "wire/sasl.h"
#include <string.h>

static GByteArray *
plain_respond (PostwegSasl *sasl, const char *challenge G_GNUC_UNUSED, gsize length G_GNUC_UNUSED,
               GError **error)
{
  gsize user = strlen (sasl->user), secret = postweg_secret_length (sasl->secret);
  GByteArray *bytes;

  /* Once more for a server that overlooked the initial response, but not for one that never has enough. */
  if (sasl->step > 1)
    {
      g_set_error_literal (error, POSTWEG_ERROR, POSTWEG_ERROR_MALFORMED, "a third question in PLAIN");
      return NULL;
    }
  bytes = g_byte_array_sized_new ((guint) (user + secret + 2));
  g_byte_array_append (bytes, (const guint8 *) "", 1);
  g_byte_array_append (bytes, (const guint8 *) sasl->user, (guint) user + 1);
  return g_byte_array_append (bytes, (const guint8 *) postweg_secret_peek (sasl->secret), (guint) secret);
}

const PostwegMechanism postweg_sasl_plain = {
  "PLAIN", POSTWEG_AUTH_PASSWORD, TRUE, plain_respond, NULL, NULL
};

/* The prompts differ from server to server ("Username:", "User Name", …), their order does not. */
static GByteArray *
login_respond (PostwegSasl *sasl, const char *challenge G_GNUC_UNUSED, gsize length G_GNUC_UNUSED,
               GError **error)
{
  if (sasl->step == 0)
    return postweg_sasl_bytes (sasl->user, strlen (sasl->user));
  if (sasl->step == 1)
    return postweg_sasl_bytes (postweg_secret_peek (sasl->secret), postweg_secret_length (sasl->secret));
  g_set_error_literal (error, POSTWEG_ERROR, POSTWEG_ERROR_MALFORMED, "a third question in LOGIN");
  return NULL;
}

const PostwegMechanism postweg_sasl_login = {
  "LOGIN", POSTWEG_AUTH_PASSWORD, FALSE, login_respond, NULL, NULL
};
