/* The table of mechanisms. */
#include "wire/sasl.h"

static const PostwegMechanism *const for_password[] = { &postweg_sasl_plain, &postweg_sasl_login, NULL };
static const PostwegMechanism *const for_encrypted[] = { &postweg_sasl_scram_sha_256,
                                                         &postweg_sasl_scram_sha_1, &postweg_sasl_cram_md5,
                                                         NULL };
static const PostwegMechanism *const for_oauth2[] = { &postweg_sasl_oauthbearer, &postweg_sasl_xoauth2,
                                                      NULL };
static const PostwegMechanism *const for_none[] = { NULL };

const PostwegMechanism *const *
postweg_sasl_mechanisms (PostwegAuth auth)
{
  static const PostwegMechanism *const *const table[] = {
    [POSTWEG_AUTH_PASSWORD] = for_password,
    [POSTWEG_AUTH_ENCRYPTED] = for_encrypted,
    [POSTWEG_AUTH_OAUTH2] = for_oauth2,
    [POSTWEG_AUTH_NONE] = for_none,
  };

  return table[auth];
}

const PostwegMechanism *
postweg_sasl_choose (PostwegAuth auth, char *const *offered, const PostwegMechanism *skip)
{
  for (const PostwegMechanism *const *m = postweg_sasl_mechanisms (auth); *m != NULL; m++)
    if (*m != skip && offered != NULL && g_strv_contains ((const char *const *) offered, (*m)->name))
      return *m;
  return NULL;
}

GByteArray *
postweg_sasl_bytes (const char *text, gsize length)
{
  GByteArray *bytes = g_byte_array_sized_new ((guint) length);

  return g_byte_array_append (bytes, (const guint8 *) text, (guint) length);
}

void
postweg_sasl_bytes_wipe (GByteArray *bytes)
{
  postweg_wipe (bytes->data, bytes->len);
  g_byte_array_unref (bytes);
}

char *
postweg_sasl_apop (const char *timestamp, const PostwegSecret *secret)
{
  g_autoptr (GChecksum) md5 = g_checksum_new (G_CHECKSUM_MD5);

  g_checksum_update (md5, (const guchar *) timestamp, -1);
  g_checksum_update (md5, (const guchar *) postweg_secret_peek (secret),
                     (gssize) postweg_secret_length (secret));
  return g_strdup (g_checksum_get_string (md5));
}

char *
postweg_sasl_name (const char *user)
{
  GString *name = g_string_new (user);

  g_string_replace (name, "=", "=3D", 0);
  g_string_replace (name, ",", "=2C", 0);
  return g_string_free (name, FALSE);
}
