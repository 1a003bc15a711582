/* The certificates of practice and test servers: tables of what is wrong with each, and GnuTLS to make them. */
#include "practice/certificates.h"
#include "model/error.h"
#include "model/secret.h"
#include "practice/revocation.h"
#include <arpa/inet.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <gnutls/crypto.h>
#include <gnutls/gnutls.h>
#include <gnutls/x509.h>
#include <string.h>

#define DAY (24 * 60 * 60)
#define SERIAL_BYTES 16
#define MAX_PEM 16384

typedef enum { ITSELF, ROOT, INTERMEDIATE, OLD_INTERMEDIATE, STRANGER, N_AUTHORITIES } Authority;

typedef struct {
  const char *name;
  Authority issuer;
  int from; /* days from now */
  int to;
  const char *purpose; /* OID of the extended key usage; NULL: an authority */
  gboolean other_name;
  gboolean weak;
  gboolean alone; /* the chain file has the leaf only */
} Paper;

static const Paper authorities[N_AUTHORITIES] = {
  [ROOT] = { "Postweg Practice Authority", ITSELF, -3650, 3650 },
  [INTERMEDIATE] = { "Postweg Practice Issuer", ROOT, -365, 1825 },
  [OLD_INTERMEDIATE] = { "Postweg Practice Issuer of Old", ROOT, -1825, -5 },
  [STRANGER] = { "Postweg Stranger", ITSELF, -3650, 3650 },
};

#define SERVER GNUTLS_KP_TLS_WWW_SERVER
#define CLIENT GNUTLS_KP_TLS_WWW_CLIENT

static const Paper papers[] = {
  [POSTWEG_PAPER_GOOD] = { "good", INTERMEDIATE, -10, 80, SERVER },
  [POSTWEG_PAPER_OTHER_NAME] = { "other-name", INTERMEDIATE, -10, 80, SERVER, .other_name = TRUE },
  [POSTWEG_PAPER_EXPIRED] = { "expired", INTERMEDIATE, -100, -10, SERVER },
  [POSTWEG_PAPER_NOT_YET_VALID] = { "not-yet-valid", INTERMEDIATE, 10, 100, SERVER },
  [POSTWEG_PAPER_SELF_SIGNED] = { "self-signed", ITSELF, -10, 80, SERVER },
  [POSTWEG_PAPER_UNKNOWN_ISSUER] = { "unknown-issuer", STRANGER, -10, 80, SERVER },
  [POSTWEG_PAPER_INCOMPLETE] = { "incomplete", INTERMEDIATE, -10, 80, SERVER, .alone = TRUE },
  [POSTWEG_PAPER_ISSUER_EXPIRED] = { "issuer-expired", OLD_INTERMEDIATE, -30, 60, SERVER },
  [POSTWEG_PAPER_WEAK] = { "weak", INTERMEDIATE, -10, 80, SERVER, .weak = TRUE },
  [POSTWEG_PAPER_WRONG_PURPOSE] = { "wrong-purpose", INTERMEDIATE, -10, 80, CLIENT },
};

static const char *const other_hosts[] = { "mail.somewhere-else.example", NULL };

typedef struct {
  gnutls_x509_crt_t certificate;
  gnutls_x509_privkey_t key;
} Pair;

/* While certificates are made the first result that is an error stays here: GnuTLS takes further calls without harm. */
typedef struct {
  Pair pairs[N_AUTHORITIES];
  int result;
} Maker;

static void
keep (Maker *maker, int result)
{
  if (maker->result >= 0 && result < 0)
    maker->result = result;
}

static void
pair_clear (Pair *pair)
{
  if (pair->certificate != NULL)
    gnutls_x509_crt_deinit (pair->certificate);
  if (pair->key != NULL)
    gnutls_x509_privkey_deinit (pair->key);
  *pair = (Pair){ NULL };
}

static void
make_key (Maker *maker, Pair *pair, gboolean weak)
{
  keep (maker, gnutls_x509_privkey_init (&pair->key));
  keep (maker,
        gnutls_x509_privkey_generate (pair->key, weak ? GNUTLS_PK_RSA : GNUTLS_PK_ECDSA,
                                      weak ? 1024 : GNUTLS_CURVE_TO_BITS (GNUTLS_ECC_CURVE_SECP256R1), 0));
}

/* RFC 5280 4.1.2.2: positive, unique, at most 20 bytes */
static void
set_serial (Maker *maker, gnutls_x509_crt_t certificate)
{
  guint8 serial[SERIAL_BYTES];

  keep (maker, gnutls_rnd (GNUTLS_RND_NONCE, serial, sizeof serial));
  serial[0] = (serial[0] & 0x7f) | 0x40;
  keep (maker, gnutls_x509_crt_set_serial (certificate, serial, sizeof serial));
}

static void
set_host (Maker *maker, gnutls_x509_crt_t certificate, const char *host)
{
  guint8 ip[sizeof (struct in6_addr)];
  guint size = inet_pton (AF_INET, host, ip) == 1 ? 4 : inet_pton (AF_INET6, host, ip) == 1 ? 16 : 0;

  if (size > 0)
    keep (maker, gnutls_x509_crt_set_subject_alt_name (certificate, GNUTLS_SAN_IPADDRESS, ip, size,
                                                       GNUTLS_FSAN_APPEND));
  else
    keep (maker, gnutls_x509_crt_set_subject_alt_name (certificate, GNUTLS_SAN_DNSNAME, host,
                                                       (guint) strlen (host), GNUTLS_FSAN_APPEND));
}

static void
set_name_and_time (Maker *maker, gnutls_x509_crt_t certificate, const char *name, const Paper *paper)
{
  time_t now = time (NULL);

  keep (maker, gnutls_x509_crt_set_version (certificate, 3));
  keep (maker, gnutls_x509_crt_set_dn_by_oid (certificate, GNUTLS_OID_X520_COMMON_NAME, 0, name,
                                              (guint) strlen (name)));
  keep (maker, gnutls_x509_crt_set_activation_time (certificate, now + (time_t) paper->from * DAY));
  keep (maker, gnutls_x509_crt_set_expiration_time (certificate, now + (time_t) paper->to * DAY));
  set_serial (maker, certificate);
}

static void
set_use (Maker *maker, gnutls_x509_crt_t certificate, const Paper *paper)
{
  guint usage = GNUTLS_KEY_KEY_CERT_SIGN | GNUTLS_KEY_CRL_SIGN;

  if (paper->purpose != NULL)
    usage = GNUTLS_KEY_DIGITAL_SIGNATURE | (paper->weak ? GNUTLS_KEY_KEY_ENCIPHERMENT : 0);
  keep (maker, gnutls_x509_crt_set_key_usage (certificate, usage));
  keep (maker, gnutls_x509_crt_set_basic_constraints (certificate, paper->purpose == NULL, -1));
  if (paper->purpose != NULL)
    keep (maker, gnutls_x509_crt_set_key_purpose_oid (certificate, paper->purpose, 0));
}

static void
set_key_ids (Maker *maker, Pair *pair, const Pair *issuer)
{
  guint8 id[64];
  size_t size = sizeof id;

  keep (maker, gnutls_x509_crt_get_key_id (pair->certificate, 0, id, &size));
  keep (maker, gnutls_x509_crt_set_subject_key_id (pair->certificate, id, size));
  size = sizeof id;
  keep (maker, gnutls_x509_crt_get_key_id (issuer->certificate, 0, id, &size));
  keep (maker, gnutls_x509_crt_set_authority_key_id (pair->certificate, id, size));
}

/* hosts: NULL for an authority */
static void
make_pair (Maker *maker, Pair *pair, const Paper *paper, const char *const *hosts)
{
  const Pair *issuer = paper->issuer == ITSELF ? pair : &maker->pairs[paper->issuer];

  make_key (maker, pair, paper->weak);
  keep (maker, gnutls_x509_crt_init (&pair->certificate));
  if (maker->result < 0)
    return;
  set_name_and_time (maker, pair->certificate, hosts != NULL ? hosts[0] : paper->name, paper);
  for (guint i = 0; hosts != NULL && hosts[i] != NULL; i++)
    set_host (maker, pair->certificate, hosts[i]);
  set_use (maker, pair->certificate, paper);
  keep (maker, gnutls_x509_crt_set_key (pair->certificate, pair->key));
  set_key_ids (maker, pair, issuer);
  keep (maker,
        gnutls_x509_crt_sign2 (pair->certificate, issuer->certificate, issuer->key, GNUTLS_DIG_SHA256, 0));
}

static void
add_pem (Maker *maker, GString *chain, const Pair *pair)
{
  gnutls_datum_t pem = { NULL, 0 };

  keep (maker, gnutls_x509_crt_export2 (pair->certificate, GNUTLS_X509_FMT_PEM, &pem));
  if (pem.data != NULL)
    g_string_append_len (chain, (const char *) pem.data, pem.size);
  gnutls_free (pem.data);
}

static gboolean
write_file (const char *path, const char *text, gsize length, int mode, GError **error)
{
  g_autoptr (GError) inner = NULL;

  if (g_file_set_contents_full (path, text, (gssize) length, G_FILE_SET_CONTENTS_CONSISTENT, mode, &inner))
    return TRUE;
  g_set_error (error, POSTWEG_ERROR, POSTWEG_ERROR_CANNOT_WRITE, _("“%s” cannot be written."), path);
  return FALSE;
}

static gboolean
write_chain (Maker *maker, const char *path, const Pair *leaf, const Paper *paper, GError **error)
{
  g_autoptr (GString) chain = g_string_new (NULL);

  add_pem (maker, chain, leaf);
  if (!paper->alone && paper->issuer != ITSELF)
    add_pem (maker, chain, &maker->pairs[paper->issuer]);
  return write_file (path, chain->str, chain->len, 0644, error);
}

static gboolean
write_key (Maker *maker, const char *path, const Pair *pair, GError **error)
{
  gnutls_datum_t pem = { NULL, 0 };
  gboolean written;

  keep (maker,
        gnutls_x509_privkey_export2_pkcs8 (pair->key, GNUTLS_X509_FMT_PEM, NULL, GNUTLS_PKCS_PLAIN, &pem));
  written = write_file (path, (const char *) pem.data, pem.size, 0600, error);
  if (pem.data != NULL)
    postweg_wipe (pem.data, pem.size);
  gnutls_free (pem.data);
  return written;
}

static gboolean
gnutls_went_well (const Maker *maker, GError **error)
{
  if (maker->result >= 0)
    return TRUE;
  g_set_error (error, POSTWEG_ERROR, POSTWEG_ERROR_BAD_INPUT,
               _("The practice certificates cannot be made: %s"), gnutls_strerror (maker->result));
  return FALSE;
}

static gboolean
make_authorities (Maker *maker, const char *folder, GError **error)
{
  g_autofree char *path = g_build_filename (folder, "ca.pem", NULL);

  for (Authority i = ROOT; i < N_AUTHORITIES; i++)
    make_pair (maker, &maker->pairs[i], &authorities[i], NULL);
  return gnutls_went_well (maker, error) &&
         write_chain (maker, path, &maker->pairs[ROOT], &authorities[ROOT], error);
}

/* What a server staples that wants to be taken for revoked. */
static gboolean
write_revocation (Maker *maker, const char *folder, PostwegPaper kind, const Pair *pair, GError **error)
{
  const Pair *issuer = &maker->pairs[papers[kind].issuer];
  g_autoptr (GByteArray) answer =
      postweg_revocation_make (pair->certificate, issuer->certificate, issuer->key);
  g_autofree char *path = postweg_certificate_path (folder, kind, "ocsp");

  keep (maker, answer != NULL ? GNUTLS_E_SUCCESS : GNUTLS_E_OCSP_RESPONSE_ERROR);
  return gnutls_went_well (maker, error) &&
         write_file (path, (const char *) answer->data, answer->len, 0644, error);
}

static gboolean
make_paper (Maker *maker, const char *folder, PostwegPaper kind, const char *const *hosts, GError **error)
{
  const Paper *paper = &papers[kind];
  g_autofree char *pem = postweg_certificate_path (folder, kind, "pem");
  g_autofree char *key = postweg_certificate_path (folder, kind, "key");
  Pair pair = { NULL };
  gboolean made;

  make_pair (maker, &pair, paper, paper->other_name ? other_hosts : hosts);
  made = gnutls_went_well (maker, error) && write_chain (maker, pem, &pair, paper, error) &&
         write_key (maker, key, &pair, error) &&
         (kind != POSTWEG_PAPER_GOOD || write_revocation (maker, folder, kind, &pair, error));
  pair_clear (&pair);
  return made;
}

gboolean
postweg_certificates_make (const char *folder, const char *const *hosts, GError **error)
{
  Maker maker = { .result = 0 };
  gboolean made;

  g_return_val_if_fail (folder != NULL && hosts != NULL && hosts[0] != NULL, FALSE);
  made = make_authorities (&maker, folder, error);
  for (PostwegPaper i = 0; made && i < G_N_ELEMENTS (papers); i++)
    made = make_paper (&maker, folder, i, hosts, error);
  for (Authority i = ROOT; i < N_AUTHORITIES; i++)
    pair_clear (&maker.pairs[i]);
  return made;
}

char *
postweg_certificate_path (const char *folder, PostwegPaper paper, const char *extension)
{
  g_autofree char *name = g_strdup_printf ("%s.%s", postweg_paper_name (paper), extension);

  return g_build_filename (folder, name, NULL);
}

const char *
postweg_paper_name (PostwegPaper paper)
{
  g_return_val_if_fail ((guint) paper < G_N_ELEMENTS (papers), "?");
  return papers[paper].name;
}
