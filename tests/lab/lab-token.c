/* Access tokens (RFC 7519, HS256) that the lab's Dovecot checks by itself. */
#include "lab-private.h"
#include <string.h>

/* Base64 for addresses (RFC 4648 section 5), without padding */
static char *
encode (gconstpointer bytes, gsize length)
{
  char *text = g_base64_encode (bytes, length);

  g_strdelimit (text, "+", '-');
  g_strdelimit (text, "/", '_');
  text[strcspn (text, "=")] = '\0';
  return text;
}

char *
lab_token (const LabUser *user, int seconds)
{
  static const char header[] = "{\"alg\":\"HS256\",\"typ\":\"JWT\"}";
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  g_autofree char *claims =
      g_strdup_printf ("{\"sub\":\"%s\",\"iat\":%" G_GINT64_FORMAT ",\"exp\":%" G_GINT64_FORMAT "}",
                       user->login, now + MIN (seconds, 0) - 60, now + seconds);
  g_autofree char *first = encode (header, strlen (header));
  g_autofree char *second = encode (claims, strlen (claims));
  g_autofree char *text = g_strconcat (first, ".", second, NULL);
  g_autofree char *signature = NULL;
  g_autoptr (GHmac) hmac =
      g_hmac_new (G_CHECKSUM_SHA256, (const guchar *) LAB_TOKEN_KEY, strlen (LAB_TOKEN_KEY));
  guint8 digest[32];
  gsize size = sizeof digest;

  g_hmac_update (hmac, (const guchar *) text, -1);
  g_hmac_get_digest (hmac, digest, &size);
  signature = encode (digest, size);
  return g_strconcat (text, ".", signature, NULL);
}
