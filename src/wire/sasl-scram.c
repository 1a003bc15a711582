/* SCRAM-SHA-1 and SCRAM-SHA-256 (RFC 5802, RFC 7677): both sides prove that they know the password. */
#include "wire/sasl.h"
#include <gnutls/crypto.h>
#include <gnutls/gnutls.h>
#include <string.h>

#define NONCE_BYTES 18
#define MAX_DIGEST 32
#define MIN_ROUNDS 1       /* old servers use few; it is the server's matter */
#define MAX_ROUNDS 1000000 /* a hostile server must not keep us busy */

typedef struct {
  char *nonce;
  char *first_bare;                /* client-first-message-bare */
  guchar server_proof[MAX_DIGEST]; /* what the server must show */
  gboolean proven;
} Scram;

typedef struct {
  gnutls_mac_algorithm_t mac;
  gnutls_digest_algorithm_t digest;
  gsize size;
} Hash;

static const Hash sha_1 = { GNUTLS_MAC_SHA1, GNUTLS_DIG_SHA1, 20 };
static const Hash sha_256 = { GNUTLS_MAC_SHA256, GNUTLS_DIG_SHA256, 32 };

static void
scram_free (gpointer data)
{
  Scram *scram = data;

  g_free (scram->nonce);
  g_free (scram->first_bare);
  postweg_wipe (scram, sizeof *scram);
  g_free (scram);
}

static GByteArray *
refuse (GError **error, PostwegError code, const char *message)
{
  g_set_error_literal (error, POSTWEG_ERROR, (gint) code, message);
  return NULL;
}

static GByteArray *
client_first (PostwegSasl *sasl)
{
  guchar random[NONCE_BYTES];
  Scram *scram = g_new0 (Scram, 1);
  g_autofree char *name = postweg_sasl_name (sasl->user);
  g_autofree char *message = NULL;

  gnutls_rnd (GNUTLS_RND_NONCE, random, sizeof random);
  scram->nonce = g_base64_encode (random, sizeof random);
  scram->first_bare = g_strdup_printf ("n=%s,r=%s", name, scram->nonce);
  sasl->state = scram;
  message = g_strconcat ("n,,", scram->first_bare, NULL);
  return postweg_sasl_bytes (message, strlen (message));
}

/* Returns: (transfer full): the value of attribute `name` in "a=…,b=…", or NULL */
static char *
attribute (const char *message, char name)
{
  g_auto (GStrv) parts = g_strsplit (message, ",", -1);

  for (char **part = parts; *part != NULL; part++)
    if ((*part)[0] == name && (*part)[1] == '=')
      return g_strdup (*part + 2);
  return NULL;
}

static void
hmac (const Hash *hash, const guchar *key, const char *text, gsize length, guchar *out)
{
  gnutls_hmac_fast (hash->mac, key, hash->size, text, length, out);
}

/* SaltedPassword := Hi(Normalize(password), salt, i) */
static gboolean
salted_password (const Hash *hash, const PostwegSecret *secret, const char *salt64, guint rounds, guchar *out)
{
  gsize salt_size = 0;
  g_autofree guchar *salt = g_base64_decode (salt64, &salt_size);
  char *normal = g_utf8_normalize (postweg_secret_peek (secret), -1, G_NORMALIZE_NFKC);
  const char *password = normal != NULL ? normal : postweg_secret_peek (secret);
  gnutls_datum_t key = { (unsigned char *) password, (unsigned int) strlen (password) };
  gnutls_datum_t salt_datum = { salt, (unsigned int) salt_size };
  int code = gnutls_pbkdf2 (hash->mac, &key, &salt_datum, rounds, out, hash->size);

  postweg_wipe_free (normal);
  return code == 0;
}

/* ClientProof := ClientKey XOR HMAC(H(ClientKey), AuthMessage); keeps the ServerSignature for later. */
static char *
client_proof (const Hash *hash, Scram *scram, const guchar *salted, const char *auth_message)
{
  guchar client_key[MAX_DIGEST], stored_key[MAX_DIGEST], signature[MAX_DIGEST], server_key[MAX_DIGEST];
  char *proof;

  hmac (hash, salted, "Client Key", strlen ("Client Key"), client_key);
  gnutls_hash_fast (hash->digest, client_key, hash->size, stored_key);
  hmac (hash, stored_key, auth_message, strlen (auth_message), signature);
  for (gsize i = 0; i < hash->size; i++)
    signature[i] ^= client_key[i];
  proof = g_base64_encode (signature, hash->size);

  hmac (hash, salted, "Server Key", strlen ("Server Key"), server_key);
  hmac (hash, server_key, auth_message, strlen (auth_message), scram->server_proof);
  postweg_wipe (client_key, sizeof client_key);
  postweg_wipe (stored_key, sizeof stored_key);
  postweg_wipe (server_key, sizeof server_key);
  return proof;
}

static GByteArray *
client_final (const Hash *hash, PostwegSasl *sasl, const char *server_first, GError **error)
{
  Scram *scram = sasl->state;
  g_autofree char *nonce = attribute (server_first, 'r');
  g_autofree char *salt = attribute (server_first, 's');
  g_autofree char *rounds_text = attribute (server_first, 'i');
  g_autofree char *without_proof = NULL;
  g_autofree char *auth_message = NULL;
  g_autofree char *proof = NULL;
  g_autofree char *message = NULL;
  guint64 rounds = rounds_text != NULL ? g_ascii_strtoull (rounds_text, NULL, 10) : 0;
  guchar salted[MAX_DIGEST];

  if (nonce == NULL || salt == NULL || !g_str_has_prefix (nonce, scram->nonce) || rounds < MIN_ROUNDS ||
      rounds > MAX_ROUNDS)
    return refuse (error, POSTWEG_ERROR_MALFORMED,
                   "a SCRAM challenge without nonce, salt or a sensible count");
  if (!salted_password (hash, sasl->secret, salt, (guint) rounds, salted))
    return refuse (error, POSTWEG_ERROR_MALFORMED, "a SCRAM challenge that cannot be computed");
  without_proof = g_strdup_printf ("c=biws,r=%s", nonce);
  auth_message = g_strdup_printf ("%s,%s,%s", scram->first_bare, server_first, without_proof);
  proof = client_proof (hash, scram, salted, auth_message);
  postweg_wipe (salted, sizeof salted);
  message = g_strdup_printf ("%s,p=%s", without_proof, proof);
  return postweg_sasl_bytes (message, strlen (message));
}

static GByteArray *
check_server (const Hash *hash, Scram *scram, const char *server_final, GError **error)
{
  g_autofree char *shown = attribute (server_final, 'v');
  g_autofree guchar *bytes = NULL;
  gsize size = 0;

  /* "e=…" is a refusal: the reply that follows says so */
  if (shown == NULL)
    return g_byte_array_new ();
  bytes = g_base64_decode (shown, &size);
  scram->proven = size == hash->size && gnutls_memcmp (bytes, scram->server_proof, size) == 0;
  if (!scram->proven)
    return refuse (error, POSTWEG_ERROR_BAD_PROOF, "the server does not know the password");
  return g_byte_array_new ();
}

static GByteArray *
scram_respond (const Hash *hash, PostwegSasl *sasl, const char *challenge, GError **error)
{
  if (sasl->step == 0)
    return client_first (sasl);
  if (sasl->step == 1)
    return client_final (hash, sasl, challenge != NULL ? challenge : "", error);
  if (sasl->step == 2)
    return check_server (hash, sasl->state, challenge != NULL ? challenge : "", error);
  return refuse (error, POSTWEG_ERROR_MALFORMED, "a SCRAM exchange without an end");
}

static gboolean
scram_finished (const PostwegSasl *sasl)
{
  const Scram *scram = sasl->state;

  return scram != NULL && scram->proven;
}

static GByteArray *
sha_1_respond (PostwegSasl *sasl, const char *challenge, gsize length G_GNUC_UNUSED, GError **error)
{
  return scram_respond (&sha_1, sasl, challenge, error);
}

static GByteArray *
sha_256_respond (PostwegSasl *sasl, const char *challenge, gsize length G_GNUC_UNUSED, GError **error)
{
  return scram_respond (&sha_256, sasl, challenge, error);
}

const PostwegMechanism postweg_sasl_scram_sha_1 = { "SCRAM-SHA-1", POSTWEG_AUTH_ENCRYPTED,
                                                    TRUE,          sha_1_respond,
                                                    scram_free,    scram_finished };
const PostwegMechanism postweg_sasl_scram_sha_256 = {
  "SCRAM-SHA-256", POSTWEG_AUTH_ENCRYPTED, TRUE, sha_256_respond, scram_free, scram_finished
};
