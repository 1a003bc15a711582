/* OCSP's answer piece by piece, in DER. */
#include "practice/revocation.h"
#include <gnutls/abstract.h>
#include <gnutls/crypto.h>
#include <string.h>

#define HOUR (60 * 60)
#define DAY (24 * HOUR)
#define COORDINATE 32 /* bytes, of a point of P-256 */

/* Tags (X.690 8.1.2) */
enum {
  INTEGER = 0x02,
  BIT_STRING = 0x03,
  OCTETS = 0x04,
  ENUMERATED = 0x0a,
  TIME = 0x18,
  SEQUENCE = 0x30,
  CONTEXT = 0xa0
};

static const guint8 sha1_name[] = { 0x30, 0x09, 0x06, 0x05, 0x2b, 0x0e, 0x03, 0x02, 0x1a, 0x05, 0x00 };
static const guint8 ecdsa_sha256_name[] = { 0x30, 0x0a, 0x06, 0x08, 0x2a, 0x86,
                                            0x48, 0xce, 0x3d, 0x04, 0x03, 0x02 };
static const guint8 basic_name[] = { 0x06, 0x09, 0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x30, 0x01, 0x01 };
static const guint8 successful[] = { ENUMERATED, 1, 0 };

/* Tag, length and content (X.690 8.1.3); the length with as few bytes as it takes (10.1). */
static void
add (GByteArray *out, guint8 tag, gconstpointer bytes, gsize size)
{
  const guint8 heads[][4] = { { tag, (guint8) size },
                              { tag, 0x81, (guint8) size },
                              { tag, 0x82, (guint8) (size >> 8), (guint8) size } };
  guint longer = size < 0x80 ? 0 : size < 0x100 ? 1 : 2;

  g_byte_array_append (out, heads[longer], 2 + longer);
  g_byte_array_append (out, bytes, (guint) size);
}

/* Wraps what was written so far; gives it back in the same array. */
static void
wrap (GByteArray *content, guint8 tag)
{
  g_autoptr (GByteArray) inner = g_byte_array_new ();

  g_byte_array_append (inner, content->data, content->len);
  g_byte_array_set_size (content, 0);
  add (content, tag, inner->data, inner->len);
}

static void
add_time (GByteArray *out, gint64 seconds)
{
  g_autoptr (GDateTime) moment = g_date_time_new_from_unix_utc (seconds);
  g_autofree char *text = g_date_time_format (moment, "%Y%m%d%H%M%SZ");

  add (out, TIME, text, strlen (text));
}

static void
add_hash (GByteArray *out, gconstpointer bytes, gsize size)
{
  guint8 hash[20];

  gnutls_hash_fast (GNUTLS_DIG_SHA1, bytes, size, hash);
  add (out, OCTETS, hash, sizeof hash);
}

/* The issuer's key as it stands in its certificate: an uncompressed point. */
static gboolean
add_key_hash (GByteArray *out, gnutls_x509_crt_t issuer)
{
  guint8 point[1 + 2 * COORDINATE] = { 0x04 };
  gnutls_datum_t x = { NULL, 0 }, y = { NULL, 0 };
  gboolean fits = gnutls_x509_crt_get_pk_ecc_raw (issuer, NULL, &x, &y) >= 0 && x.size <= COORDINATE + 1 &&
                  y.size <= COORDINATE + 1;
  const gnutls_datum_t both[] = { x, y };

  for (guint i = 0; fits && i < G_N_ELEMENTS (both); i++)
    {
      gsize size = MIN (both[i].size, COORDINATE); /* one byte more is a leading zero */

      memcpy (point + 1 + (i + 1) * COORDINATE - size, both[i].data + both[i].size - size, size);
    }
  add_hash (out, point, sizeof point);
  gnutls_free (x.data);
  gnutls_free (y.data);
  return fits;
}

/* Which certificate: hashes of its issuer's name and key, and its number (RFC 6960 4.1.1). */
static gboolean
add_id (GByteArray *out, gnutls_x509_crt_t certificate, gnutls_x509_crt_t issuer)
{
  g_autoptr (GByteArray) id = g_byte_array_new ();
  gnutls_datum_t name = { NULL, 0 };
  guint8 serial[64];
  size_t size = sizeof serial;
  gboolean known = gnutls_x509_crt_get_raw_dn (issuer, &name) >= 0 &&
                   gnutls_x509_crt_get_serial (certificate, serial, &size) >= 0;

  g_byte_array_append (id, sha1_name, sizeof sha1_name);
  if (known)
    add_hash (id, name.data, name.size);
  known = known && add_key_hash (id, issuer);
  add (id, INTEGER, serial, known ? size : 0);
  add (out, SEQUENCE, id->data, id->len);
  gnutls_free (name.data);
  return known;
}

/* The certificate was revoked then, and this is what is known from here to there. */
static gboolean
add_response (GByteArray *out, gnutls_x509_crt_t certificate, gnutls_x509_crt_t issuer, gint64 now)
{
  g_autoptr (GByteArray) response = g_byte_array_new ();
  g_autoptr (GByteArray) revoked = g_byte_array_new ();
  g_autoptr (GByteArray) until = g_byte_array_new ();
  gboolean made = add_id (response, certificate, issuer);

  add_time (revoked, now - DAY);
  add (response, CONTEXT | 1, revoked->data, revoked->len);
  add_time (response, now - HOUR);
  add_time (until, now + 7 * DAY);
  add (response, CONTEXT | 0, until->data, until->len);
  wrap (response, SEQUENCE);
  wrap (response, SEQUENCE); /* a list of one */
  g_byte_array_append (out, response->data, response->len);
  return made;
}

static GByteArray *
make_signed_part (gnutls_x509_crt_t certificate, gnutls_x509_crt_t issuer)
{
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  GByteArray *part = g_byte_array_new ();
  gnutls_datum_t name = { NULL, 0 };

  if (gnutls_x509_crt_get_raw_dn (issuer, &name) >= 0)
    add (part, CONTEXT | 1, name.data, name.size); /* who answers, by name */
  gnutls_free (name.data);
  add_time (part, now - HOUR);
  if (!add_response (part, certificate, issuer, now))
    g_clear_pointer (&part, g_byte_array_unref);
  else
    wrap (part, SEQUENCE);
  return part;
}

static gboolean
add_signature (GByteArray *out, const GByteArray *part, gnutls_x509_privkey_t key)
{
  const gnutls_datum_t data = { part->data, part->len };
  g_autoptr (GByteArray) bits = g_byte_array_new ();
  static const guint8 no_unused_bits = 0;
  gnutls_datum_t signature = { NULL, 0 };
  gnutls_privkey_t signer;
  gboolean made;

  gnutls_privkey_init (&signer);
  made = gnutls_privkey_import_x509 (signer, key, 0) >= 0 &&
         gnutls_privkey_sign_data2 (signer, GNUTLS_SIGN_ECDSA_SHA256, 0, &data, &signature) >= 0;
  g_byte_array_append (out, ecdsa_sha256_name, sizeof ecdsa_sha256_name);
  g_byte_array_append (bits, &no_unused_bits, 1);
  g_byte_array_append (bits, signature.data, signature.size);
  add (out, BIT_STRING, bits->data, bits->len);
  gnutls_free (signature.data);
  gnutls_privkey_deinit (signer);
  return made;
}

GByteArray *
postweg_revocation_make (gnutls_x509_crt_t certificate, gnutls_x509_crt_t issuer,
                         gnutls_x509_privkey_t issuer_key)
{
  g_autoptr (GByteArray) part = make_signed_part (certificate, issuer);
  g_autoptr (GByteArray) answer = g_byte_array_new ();
  g_autoptr (GByteArray) all = g_byte_array_new ();

  if (part == NULL)
    return NULL;
  g_byte_array_append (answer, part->data, part->len);
  if (!add_signature (answer, part, issuer_key))
    return NULL;
  wrap (answer, SEQUENCE);
  wrap (answer, OCTETS);
  g_byte_array_append (all, basic_name, sizeof basic_name);
  g_byte_array_append (all, answer->data, answer->len);
  wrap (all, SEQUENCE);
  wrap (all, CONTEXT | 0);
  g_byte_array_prepend (all, successful, sizeof successful);
  wrap (all, SEQUENCE);
  return g_steal_pointer (&all);
}
