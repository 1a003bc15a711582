/* Certificates for practice servers on loopback, in a folder of their own that is removed again. */
#pragma once
#include "practice/certificates.h"
#include <glib/gstdio.h>

typedef struct {
  char *folder;
  char *ca;                /* PEM file of the authority to trust */
  char *certificate, *key; /* good for loopback and *.good.example */
  char *revoked;           /* an OCSP answer against it */
} Papers;

static inline void
papers_make (Papers *papers)
{
  static const char *const hosts[] = { "localhost", "127.0.0.1", "::1", "*.good.example", NULL };
  g_autoptr (GError) error = NULL;

  papers->folder = g_dir_make_tmp ("postweg-papers-XXXXXX", &error);
  g_assert_no_error (error);
  g_assert_true (postweg_certificates_make (papers->folder, hosts, &error));
  papers->ca = g_build_filename (papers->folder, "ca.pem", NULL);
  papers->certificate = postweg_certificate_path (papers->folder, POSTWEG_PAPER_GOOD, "pem");
  papers->key = postweg_certificate_path (papers->folder, POSTWEG_PAPER_GOOD, "key");
  papers->revoked = postweg_certificate_path (papers->folder, POSTWEG_PAPER_GOOD, "ocsp");
}

static inline void
papers_remove (Papers *papers)
{
  g_autoptr (GDir) dir = g_dir_open (papers->folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (papers->folder, name, NULL);

      g_remove (path);
    }
  g_rmdir (papers->folder);
  g_free (papers->folder);
  g_free (papers->ca);
  g_free (papers->certificate);
  g_free (papers->key);
  g_free (papers->revoked);
}
