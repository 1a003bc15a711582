/* CRAM-MD5 (RFC 2195): a keyed digest of the server's challenge. */
#include "wire/sasl.h"
#include <string.h>

static GByteArray *
cram_respond (PostwegSasl *sasl, const char *challenge, gsize length, GError **error)
{
  g_autofree char *digest = NULL;
  g_autofree char *response = NULL;

  if (challenge == NULL || length == 0)
    {
      g_set_error_literal (error, POSTWEG_ERROR, POSTWEG_ERROR_MALFORMED, "CRAM-MD5 without a challenge");
      return NULL;
    }
  digest = g_compute_hmac_for_data (G_CHECKSUM_MD5, (const guchar *) postweg_secret_peek (sasl->secret),
                                    postweg_secret_length (sasl->secret), (const guchar *) challenge, length);
  response = g_strdup_printf ("%s %s", sasl->user, digest);
  return postweg_sasl_bytes (response, strlen (response));
}

const PostwegMechanism postweg_sasl_cram_md5 = { "CRAM-MD5", POSTWEG_AUTH_ENCRYPTED,
                                                 FALSE,      cram_respond,
                                                 NULL,       NULL };
