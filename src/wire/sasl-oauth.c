/* XOAUTH2 (Google's and Microsoft's) and OAUTHBEARER (RFC 7628): an access token instead of a password. */
#include "wire/sasl.h"
#include <string.h>

static GByteArray *
take_text (char *text)
{
  GByteArray *bytes = postweg_sasl_bytes (text, strlen (text));

  postweg_wipe_free (text);
  return bytes;
}

/* The refusal comes as a challenge with JSON in it; it is answered with nothing (XOAUTH2) or ^A (RFC 7628 3.2.3). */
static GByteArray *
xoauth2_respond (PostwegSasl *sasl, const char *challenge G_GNUC_UNUSED, gsize length G_GNUC_UNUSED,
                 GError **error G_GNUC_UNUSED)
{
  if (sasl->step > 0)
    return g_byte_array_new ();
  return take_text (
      g_strdup_printf ("user=%s\001auth=Bearer %s\001\001", sasl->user, postweg_secret_peek (sasl->secret)));
}

const PostwegMechanism postweg_sasl_xoauth2 = { "XOAUTH2", POSTWEG_AUTH_OAUTH2, TRUE, xoauth2_respond, NULL,
                                                NULL };

static GByteArray *
oauthbearer_respond (PostwegSasl *sasl, const char *challenge G_GNUC_UNUSED, gsize length G_GNUC_UNUSED,
                     GError **error G_GNUC_UNUSED)
{
  g_autofree char *name = NULL;

  if (sasl->step > 0)
    return postweg_sasl_bytes ("\001", 1);
  name = postweg_sasl_name (sasl->user);
  return take_text (g_strdup_printf ("n,a=%s,\001host=%s\001port=%u\001auth=Bearer %s\001\001", name,
                                     sasl->host, sasl->port, postweg_secret_peek (sasl->secret)));
}

const PostwegMechanism postweg_sasl_oauthbearer = { "OAUTHBEARER", POSTWEG_AUTH_OAUTH2,
                                                    TRUE,          oauthbearer_respond,
                                                    NULL,          NULL };
