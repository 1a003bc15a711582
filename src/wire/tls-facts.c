/* Certificate facts: GnuTLS folds many faults into few bits, so the chain is looked at once more. */
#include "wire/tls-facts.h"
#include <gio/gio.h>
#include <gnutls/x509.h>
#include <string.h>
#include <time.h>

#define MIN_RSA_BITS 2048
#define MAX_NAMES 200
#define MAX_CHAIN 20

typedef gnutls_x509_crt_t Certificate;

static char *
take_datum (gnutls_datum_t *datum)
{
  char *text = g_strndup ((const char *) datum->data, datum->size);

  gnutls_free (datum->data);
  datum->data = NULL;
  return text;
}

static char *
subject_of (Certificate certificate)
{
  gnutls_datum_t name = { NULL, 0 };

  return gnutls_x509_crt_get_dn3 (certificate, &name, 0) == 0 ? take_datum (&name) : g_strdup ("");
}

static char *
issuer_of (Certificate certificate)
{
  gnutls_datum_t name = { NULL, 0 };

  return gnutls_x509_crt_get_issuer_dn3 (certificate, &name, 0) == 0 ? take_datum (&name) : g_strdup ("");
}

static char *
address_text (const unsigned char *bytes, gsize size)
{
  g_autoptr (GInetAddress) address = NULL;

  if (size == 4 || size == 16)
    address = g_inet_address_new_from_bytes (bytes, size == 4 ? G_SOCKET_FAMILY_IPV4 : G_SOCKET_FAMILY_IPV6);
  return address != NULL ? g_inet_address_to_string (address) : NULL;
}

static char **
names_of (Certificate certificate)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();

  for (unsigned int i = 0; i < MAX_NAMES; i++)
    {
      char value[512];
      size_t size = sizeof value - 1;
      unsigned int type = 0;
      int code = gnutls_x509_crt_get_subject_alt_name2 (certificate, i, value, &size, &type, NULL);
      g_autofree char *name = NULL;

      if (code == GNUTLS_E_REQUESTED_DATA_NOT_AVAILABLE)
        break;
      if (code < 0)
        continue;
      if (type == GNUTLS_SAN_IPADDRESS)
        name = address_text ((const unsigned char *) value, size);
      else if (type == GNUTLS_SAN_DNSNAME)
        name = g_utf8_make_valid (value, (gssize) size);
      if (name != NULL)
        g_strv_builder_add (names, name);
    }
  return g_strv_builder_end (names);
}

static char *
fingerprint_of (Certificate certificate)
{
  unsigned char digest[32];
  size_t size = sizeof digest;
  GString *text = g_string_new (NULL);

  if (gnutls_x509_crt_get_fingerprint (certificate, GNUTLS_DIG_SHA256, digest, &size) == 0)
    for (gsize i = 0; i < size; i++)
      g_string_append_printf (text, "%s%02X", i > 0 ? ":" : "", digest[i]);
  return g_string_free (text, FALSE);
}

static PostwegCertLink *
link_of (Certificate certificate)
{
  PostwegCertLink *link = g_new0 (PostwegCertLink, 1);
  unsigned int bits = 0;
  int key = gnutls_x509_crt_get_pk_algorithm (certificate, &bits);
  const char *signature = gnutls_sign_get_name (gnutls_x509_crt_get_signature_algorithm (certificate));
  const char *key_name = gnutls_pk_get_name (key);

  link->subject = subject_of (certificate);
  link->issuer = issuer_of (certificate);
  link->names = names_of (certificate);
  link->not_before = gnutls_x509_crt_get_activation_time (certificate);
  link->not_after = gnutls_x509_crt_get_expiration_time (certificate);
  link->key = g_strdup (key_name != NULL ? key_name : "?");
  link->bits = bits;
  link->signature = g_strdup (signature != NULL ? signature : "?");
  link->fingerprint = fingerprint_of (certificate);
  link->self_issued = gnutls_x509_crt_check_issuer (certificate, certificate) != 0;
  return link;
}

static gboolean
link_is_weak (const PostwegCertLink *link)
{
  if (g_str_has_prefix (link->key, "RSA") && link->bits < MIN_RSA_BITS)
    return TRUE;
  /* a root's own signature protects nothing */
  return !link->self_issued &&
         (strstr (link->signature, "SHA1") != NULL || strstr (link->signature, "MD5") != NULL);
}

/* A leaf that nobody vouches for: made by itself, without its issuer, or from an authority that nobody knows. */
static guint
untrusted_fault (const PostwegTlsFacts *facts)
{
  const PostwegCertLink *leaf = g_ptr_array_index (facts->chain, 0);

  if (leaf->self_issued)
    return POSTWEG_CERT_SELF_SIGNED;
  return facts->chain->len == 1 ? POSTWEG_CERT_INCOMPLETE : POSTWEG_CERT_UNKNOWN_ISSUER;
}

static guint
date_faults (const PostwegTlsFacts *facts)
{
  guint faults = 0;

  for (guint i = 0; i < facts->chain->len; i++)
    {
      const PostwegCertLink *link = g_ptr_array_index (facts->chain, i);

      if (link->not_after < facts->checked_at)
        faults |= i == 0 ? POSTWEG_CERT_EXPIRED : POSTWEG_CERT_ISSUER_EXPIRED;
      if (i == 0 && link->not_before > facts->checked_at)
        faults |= POSTWEG_CERT_NOT_YET_VALID;
    }
  return faults;
}

static guint
faults_of_status (const PostwegTlsFacts *facts, unsigned int status)
{
  guint faults = 0;

  if (status == 0)
    return 0;
  /* An expired root that the server sends along does no harm when another path is trusted: dates count only when refused. */
  if ((status & (GNUTLS_CERT_EXPIRED | GNUTLS_CERT_NOT_ACTIVATED)) != 0)
    faults |= date_faults (facts);
  if ((status & GNUTLS_CERT_SIGNER_NOT_FOUND) != 0)
    faults |= untrusted_fault (facts);
  if ((status & GNUTLS_CERT_SIGNER_NOT_CA) != 0)
    faults |= POSTWEG_CERT_UNKNOWN_ISSUER;
  if ((status & GNUTLS_CERT_INSECURE_ALGORITHM) != 0)
    faults |= POSTWEG_CERT_WEAK;
  if ((status & GNUTLS_CERT_PURPOSE_MISMATCH) != 0)
    faults |= POSTWEG_CERT_WRONG_PURPOSE;
  if ((status & GNUTLS_CERT_REVOKED) != 0)
    faults |= POSTWEG_CERT_REVOKED;
  return faults != 0 ? faults : POSTWEG_CERT_OTHER;
}

static void
verify (PostwegTlsFacts *facts, gnutls_session_t session)
{
  gnutls_typed_vdata_st purpose = { GNUTLS_DT_KEY_PURPOSE_OID, (unsigned char *) GNUTLS_KP_TLS_WWW_SERVER,
                                    0 };
  gnutls_datum_t words = { NULL, 0 };
  unsigned int status = 0;

  if (gnutls_certificate_verify_peers (session, &purpose, 1, &status) < 0)
    status = GNUTLS_CERT_INVALID;
  facts->faults |= faults_of_status (facts, status);
  if (status != 0 && gnutls_certificate_verification_status_print (status, GNUTLS_CRT_X509, &words, 0) == 0)
    facts->refusal = g_strchomp (take_datum (&words));
}

/* RFC 9525: only subjectAltNames count; GnuTLS would fall back to the common name. */
static gboolean
name_fits (Certificate leaf, const PostwegTlsFacts *facts)
{
  const PostwegCertLink *link = g_ptr_array_index (facts->chain, 0);

  return link->names[0] != NULL && gnutls_x509_crt_check_hostname (leaf, facts->host) != 0;
}

static void
add_certificate (PostwegTlsFacts *facts, const gnutls_datum_t *der)
{
  Certificate certificate;

  gnutls_x509_crt_init (&certificate);
  if (gnutls_x509_crt_import (certificate, der, GNUTLS_X509_FMT_DER) == 0)
    {
      PostwegCertLink *link = link_of (certificate);

      g_ptr_array_add (facts->chain, link);
      if (link_is_weak (link))
        facts->faults |= POSTWEG_CERT_WEAK;
      if (facts->chain->len == 1 && !name_fits (certificate, facts))
        facts->faults |= POSTWEG_CERT_NAME_MISMATCH;
    }
  gnutls_x509_crt_deinit (certificate);
}

static void
add_to_key (GChecksum *key, const gnutls_datum_t *datum)
{
  const guint32 length = datum->size;

  g_checksum_update (key, (const guchar *) &length, sizeof length);
  g_checksum_update (key, datum->data, datum->size);
}

/* Everything that the proof depends on: the host, what the server showed, and what it stapled (RFC 6066 8, RFC 8446 4.4.2.1). */
static char *
key_of (const PostwegTlsFacts *facts, gnutls_session_t session, const gnutls_datum_t *peers, unsigned int n)
{
  g_autoptr (GChecksum) key = g_checksum_new (G_CHECKSUM_SHA256);
  const gnutls_datum_t host = { (unsigned char *) facts->host, (unsigned int) strlen (facts->host) };

  add_to_key (key, &host);
  for (unsigned int i = 0; i < n; i++)
    {
      gnutls_datum_t stapled = { NULL, 0 };

      add_to_key (key, &peers[i]);
      if (gnutls_ocsp_status_request_get2 (session, i, &stapled) == 0)
        add_to_key (key, &stapled);
      else
        g_checksum_update (key, (const guchar *) "-", 1);
    }
  return g_strdup (g_checksum_get_string (key));
}

static void
look_at_chain (PostwegTlsFacts *facts, gnutls_session_t session, const gnutls_datum_t *peers, unsigned int n)
{
  for (unsigned int i = 0; i < n; i++)
    add_certificate (facts, &peers[i]);
  if (facts->chain->len == 0)
    facts->faults |= POSTWEG_CERT_OTHER;
  else
    verify (facts, session);
}

void
postweg_tls_facts_fill (PostwegTlsFacts *facts, gnutls_session_t session, PostwegProven *proven)
{
  unsigned int n = 0;
  const gnutls_datum_t *peers = gnutls_certificate_get_peers (session, &n);
  char *suite = gnutls_session_get_desc (session);
  g_autofree char *key = proven != NULL ? key_of (facts, session, peers, n) : NULL;
  GPtrArray *known;

  facts->version = g_strdup (gnutls_protocol_get_name (gnutls_protocol_get_version (session)));
  facts->cipher = g_strdup (suite);
  gnutls_free (suite);
  facts->checked_at = time (NULL);
  known = proven != NULL ? postweg_proven_recall (proven, key, facts->checked_at) : NULL;
  if (known != NULL)
    {
      g_ptr_array_unref (facts->chain);
      facts->chain = known;
      return;
    }
  look_at_chain (facts, session, peers, MIN (n, MAX_CHAIN));
  if (proven != NULL && facts->faults == 0)
    postweg_proven_keep (proven, key, facts->chain, facts->checked_at);
}
