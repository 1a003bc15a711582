/* Every kind of certificate, judged by GnuTLS as a mail program would. */
#include "model/error.h"
#include "practice/certificates.h"
#include <glib/gstdio.h>
#include <gnutls/gnutls.h>
#include <gnutls/x509.h>
#include <sys/stat.h>

static const char *const hosts[] = { "localhost", "mail.lab.test", "127.0.0.1", "::1", NULL };

typedef struct {
  char *folder;
} Fixture;

static void
remove_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_remove (path);
    }
  g_rmdir (folder);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  (void) data;
  fixture->folder = g_dir_make_tmp ("postweg-papers-XXXXXX", &error);
  g_assert_no_error (error);
  g_assert_true (postweg_certificates_make (fixture->folder, hosts, &error));
  g_assert_no_error (error);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  (void) data;
  remove_folder (fixture->folder);
  g_free (fixture->folder);
}

typedef struct {
  gnutls_x509_crt_t *certificates;
  guint n;
} Chain;

static void
chain_clear (Chain *chain)
{
  for (guint i = 0; i < chain->n; i++)
    gnutls_x509_crt_deinit (chain->certificates[i]);
  gnutls_free (chain->certificates);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Chain, chain_clear)

static Chain
load_chain (const char *path)
{
  Chain chain = { NULL };
  gnutls_datum_t pem;

  g_assert_cmpint (gnutls_load_file (path, &pem), ==, 0);
  g_assert_cmpint (gnutls_x509_crt_list_import2 (&chain.certificates, &chain.n, &pem, GNUTLS_X509_FMT_PEM, 0),
                   ==, 0);
  gnutls_free (pem.data);
  return chain;
}

static guint
judge (const Fixture *fixture, Chain *chain, const char *host)
{
  g_autofree char *ca = g_build_filename (fixture->folder, "ca.pem", NULL);
  gnutls_typed_vdata_st data[] = { { .type = GNUTLS_DT_DNS_HOSTNAME, .data = (unsigned char *) host },
                                   { .type = GNUTLS_DT_KEY_PURPOSE_OID,
                                     .data = (unsigned char *) GNUTLS_KP_TLS_WWW_SERVER } };
  gnutls_x509_trust_list_t trust;
  guint status = 0;

  g_assert_cmpint (gnutls_x509_trust_list_init (&trust, 0), ==, 0);
  g_assert_cmpint (gnutls_x509_trust_list_add_trust_file (trust, ca, NULL, GNUTLS_X509_FMT_PEM, 0, 0), ==, 1);
  g_assert_cmpint (
      gnutls_x509_trust_list_verify_crt2 (trust, chain->certificates, chain->n, data, 2, 0, &status, NULL),
      ==, 0);
  gnutls_x509_trust_list_deinit (trust, 1);
  return status;
}

#define NO_ISSUER (GNUTLS_CERT_INVALID | GNUTLS_CERT_SIGNER_NOT_FOUND)

static const struct {
  PostwegPaper paper;
  const char *name;
  guint status;
  guint chain_length;
} verdicts[] = {
  { POSTWEG_PAPER_GOOD, "good", 0, 2 },
  { POSTWEG_PAPER_OTHER_NAME, "other-name", GNUTLS_CERT_INVALID | GNUTLS_CERT_UNEXPECTED_OWNER, 2 },
  { POSTWEG_PAPER_EXPIRED, "expired", GNUTLS_CERT_INVALID | GNUTLS_CERT_EXPIRED, 2 },
  { POSTWEG_PAPER_NOT_YET_VALID, "not-yet-valid", GNUTLS_CERT_INVALID | GNUTLS_CERT_NOT_ACTIVATED, 2 },
  { POSTWEG_PAPER_SELF_SIGNED, "self-signed", NO_ISSUER, 1 },
  { POSTWEG_PAPER_UNKNOWN_ISSUER, "unknown-issuer", NO_ISSUER, 2 },
  { POSTWEG_PAPER_INCOMPLETE, "incomplete", NO_ISSUER, 1 },
  { POSTWEG_PAPER_ISSUER_EXPIRED, "issuer-expired", GNUTLS_CERT_INVALID | GNUTLS_CERT_EXPIRED, 2 },
  { POSTWEG_PAPER_WEAK, "weak", 0, 2 },
  { POSTWEG_PAPER_WRONG_PURPOSE, "wrong-purpose", GNUTLS_CERT_INVALID | GNUTLS_CERT_PURPOSE_MISMATCH, 2 },
};

static void
test_verdicts (Fixture *fixture, gconstpointer data)
{
  (void) data;
  G_STATIC_ASSERT (G_N_ELEMENTS (verdicts) == POSTWEG_N_PAPERS);
  for (guint i = 0; i < G_N_ELEMENTS (verdicts); i++)
    {
      g_autofree char *path = postweg_certificate_path (fixture->folder, verdicts[i].paper, "pem");
      g_auto (Chain) chain = load_chain (path);

      g_test_message ("%s", path);
      g_assert_cmpstr (postweg_paper_name (verdicts[i].paper), ==, verdicts[i].name);
      g_assert_cmpuint (chain.n, ==, verdicts[i].chain_length);
      g_assert_cmphex (judge (fixture, &chain, "localhost"), ==, verdicts[i].status);
    }
}

static void
test_every_host (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = postweg_certificate_path (fixture->folder, POSTWEG_PAPER_GOOD, "pem");
  g_auto (Chain) chain = load_chain (path);

  (void) data;
  for (guint i = 0; hosts[i] != NULL; i++)
    g_assert_cmphex (judge (fixture, &chain, hosts[i]), ==, 0);
  g_assert_cmphex (judge (fixture, &chain, "127.0.0.2"), ==,
                   GNUTLS_CERT_INVALID | GNUTLS_CERT_UNEXPECTED_OWNER);
}

static void
test_algorithms (Fixture *fixture, gconstpointer data)
{
  (void) data;
  for (PostwegPaper paper = 0; paper < POSTWEG_N_PAPERS; paper++)
    {
      g_autofree char *path = postweg_certificate_path (fixture->folder, paper, "pem");
      g_auto (Chain) chain = load_chain (path);
      gboolean weak = paper == POSTWEG_PAPER_WEAK;
      guint bits = 0;

      g_assert_cmpint (gnutls_x509_crt_get_pk_algorithm (chain.certificates[0], &bits), ==,
                       weak ? GNUTLS_PK_RSA : GNUTLS_PK_ECDSA);
      g_assert_cmpuint (bits, ==, weak ? 1024 : 256);
      g_assert_cmpint (gnutls_x509_crt_get_ca_status (chain.certificates[0], NULL), ==, 0);
      g_assert_cmpint (gnutls_x509_crt_get_version (chain.certificates[0]), ==, 3);
    }
}

static void
test_serials_differ (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  (void) data;
  for (PostwegPaper paper = 0; paper < POSTWEG_N_PAPERS; paper++)
    {
      g_autofree char *path = postweg_certificate_path (fixture->folder, paper, "pem");
      g_auto (Chain) chain = load_chain (path);
      guint8 serial[20];
      size_t size = sizeof serial;

      g_assert_cmpint (gnutls_x509_crt_get_serial (chain.certificates[0], serial, &size), ==, 0);
      g_assert_cmpint (serial[0] & 0x80, ==, 0);
      g_assert_true (g_hash_table_add (seen, g_compute_checksum_for_data (G_CHECKSUM_SHA1, serial, size)));
    }
}

static void
test_key_fits_and_is_private (Fixture *fixture, gconstpointer data)
{
  (void) data;
  for (PostwegPaper paper = 0; paper < POSTWEG_N_PAPERS; paper++)
    {
      g_autofree char *pem = postweg_certificate_path (fixture->folder, paper, "pem");
      g_autofree char *key = postweg_certificate_path (fixture->folder, paper, "key");
      gnutls_certificate_credentials_t credentials;
      struct stat info;

      g_assert_cmpint (stat (key, &info), ==, 0);
      g_assert_cmpint (info.st_mode & 0777, ==, 0600);
      gnutls_certificate_allocate_credentials (&credentials);
      /* GnuTLS compares the key with the certificate */
      g_assert_cmpint (gnutls_certificate_set_x509_key_file (credentials, pem, key, GNUTLS_X509_FMT_PEM), >=,
                       0);
      gnutls_certificate_free_credentials (credentials);
    }
}

static void
test_no_folder (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (postweg_certificates_make ("/proc/no/such/folder", hosts, &error));
  g_assert_error (error, POSTWEG_ERROR, POSTWEG_ERROR_CANNOT_WRITE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, test) g_test_add ("/practice/certificates/" path, Fixture, NULL, set_up, test, tear_down)
  ADD ("verdicts", test_verdicts);
  ADD ("every-host", test_every_host);
  ADD ("algorithms", test_algorithms);
  ADD ("serials-differ", test_serials_differ);
  ADD ("key-fits-and-is-private", test_key_fits_and_is_private);
  g_test_add_func ("/practice/certificates/no-folder", test_no_folder);
  return g_test_run ();
}
