/* The stapled answer against the good certificate is one that GnuTLS itself reads, believes and matches. */
#include "practice/certificates.h"
#include <glib/gstdio.h>
#include <gnutls/ocsp.h>
#include <gnutls/x509.h>

#define DAY (24 * 60 * 60)

static gnutls_datum_t
load (const char *folder, PostwegPaper paper, const char *extension)
{
  g_autofree char *path = postweg_certificate_path (folder, paper, extension);
  gnutls_datum_t data = { NULL, 0 };

  g_assert_cmpint (gnutls_load_file (path, &data), ==, GNUTLS_E_SUCCESS);
  return data;
}

static gnutls_x509_crt_t *
load_chain (const char *folder, PostwegPaper paper, unsigned *n)
{
  gnutls_datum_t pem = load (folder, paper, "pem");
  gnutls_x509_crt_t *chain = NULL;

  g_assert_cmpint (gnutls_x509_crt_list_import2 (&chain, n, &pem, GNUTLS_X509_FMT_PEM, 0), ==,
                   GNUTLS_E_SUCCESS);
  gnutls_free (pem.data);
  return chain;
}

static void
free_chain (gnutls_x509_crt_t *chain, unsigned n)
{
  for (unsigned i = 0; i < n; i++)
    gnutls_x509_crt_deinit (chain[i]);
  gnutls_free (chain);
}

static gnutls_ocsp_resp_t
load_answer (const char *folder)
{
  gnutls_datum_t der = load (folder, POSTWEG_PAPER_GOOD, "ocsp");
  gnutls_ocsp_resp_t answer;

  gnutls_ocsp_resp_init (&answer);
  g_assert_cmpint (gnutls_ocsp_resp_import (answer, &der), ==, GNUTLS_E_SUCCESS);
  gnutls_free (der.data);
  return answer;
}

static char *
make (void)
{
  static const char *const hosts[] = { "localhost", NULL };
  char *folder = g_dir_make_tmp ("postweg-revocation-XXXXXX", NULL);

  g_assert_true (postweg_certificates_make (folder, hosts, NULL));
  return folder;
}

static void
clear (char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_remove (path);
    }
  g_rmdir (folder);
  g_free (folder);
}

/* It says that exactly this certificate was revoked, before now, and until some days from now. */
static void
test_says_revoked (void)
{
  char *folder = make ();
  gnutls_ocsp_resp_t answer = load_answer (folder);
  unsigned n = 0, status = 0;
  gnutls_x509_crt_t *chain = load_chain (folder, POSTWEG_PAPER_GOOD, &n);
  time_t now = time (NULL), since = 0, until = 0, revoked = 0;

  g_assert_cmpint (gnutls_ocsp_resp_get_single (answer, 0, NULL, NULL, NULL, NULL, &status, &since, &until,
                                                &revoked, NULL),
                   ==, GNUTLS_E_SUCCESS);
  g_assert_cmpuint (status, ==, GNUTLS_OCSP_CERT_REVOKED);
  g_assert_cmpint (revoked, <, since);
  g_assert_cmpint (since, <, now);
  g_assert_cmpint (until, >, now + DAY);
  g_assert_cmpint (gnutls_ocsp_resp_check_crt (answer, 0, chain[0]), ==, GNUTLS_E_SUCCESS);
  free_chain (chain, n);
  gnutls_ocsp_resp_deinit (answer);
  clear (folder);
}

/* The issuer has signed it, and nobody else. */
static void
test_is_signed (void)
{
  char *folder = make ();
  gnutls_ocsp_resp_t answer = load_answer (folder);
  unsigned n = 0, m = 0, wrong = 0;
  gnutls_x509_crt_t *chain = load_chain (folder, POSTWEG_PAPER_GOOD, &n);
  gnutls_x509_crt_t *stranger = load_chain (folder, POSTWEG_PAPER_UNKNOWN_ISSUER, &m);

  g_assert_cmpuint (n, ==, 2);
  g_assert_cmpint (gnutls_ocsp_resp_verify_direct (answer, chain[1], &wrong, 0), ==, GNUTLS_E_SUCCESS);
  g_assert_cmpuint (wrong, ==, 0);
  g_assert_cmpint (gnutls_ocsp_resp_verify_direct (answer, stranger[1], &wrong, 0), ==, GNUTLS_E_SUCCESS);
  g_assert_cmpuint (wrong, !=, 0);
  free_chain (chain, n);
  free_chain (stranger, m);
  gnutls_ocsp_resp_deinit (answer);
  clear (folder);
}

/* Nor does it fit another certificate of the same issuer. */
static void
test_fits_only_one (void)
{
  char *folder = make ();
  gnutls_ocsp_resp_t answer = load_answer (folder);
  unsigned n = 0;
  gnutls_x509_crt_t *other = load_chain (folder, POSTWEG_PAPER_OTHER_NAME, &n);

  g_assert_cmpint (gnutls_ocsp_resp_check_crt (answer, 0, other[0]), !=, GNUTLS_E_SUCCESS);
  free_chain (other, n);
  gnutls_ocsp_resp_deinit (answer);
  clear (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/practice/revocation/says-revoked", test_says_revoked);
  g_test_add_func ("/practice/revocation/is-signed", test_is_signed);
  g_test_add_func ("/practice/revocation/fits-only-one", test_fits_only_one);
  return g_test_run ();
}
