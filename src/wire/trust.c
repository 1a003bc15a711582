/* Trust anchors as GnuTLS credentials, shared by reference. */
#include "wire/trust.h"
#include "model/error.h"
#include <errno.h>
#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

#define MAX_PEM (4 * 1024 * 1024) /* bytes; all authorities of the world are a quarter of one MiB */
#define BEGIN "-----BEGIN "

struct _PostwegTrust {
  int references;
  gnutls_certificate_credentials_t credentials;
  PostwegProven *proven;
};

static gboolean
holds_none (const char *file, GError **error)
{
  g_set_error (error, POSTWEG_ERROR, POSTWEG_ERROR_BAD_FORMAT,
               _("The file %s holds no certificate in PEM form."), file);
  return FALSE;
}

/* Not much more than the limit. Returns: 0, or the system's error */
static int
read_some (const char *name, GByteArray *bytes)
{
  FILE *file = fopen (name, "re");
  int problem = file == NULL ? errno : 0;
  guint8 piece[16 * 1024];
  gsize n;

  if (file == NULL)
    return problem;
  while (bytes->len <= MAX_PEM && (n = fread (piece, 1, sizeof piece, file)) > 0)
    g_byte_array_append (bytes, piece, (guint) n);
  problem = ferror (file) ? errno : 0;
  fclose (file);
  return problem;
}

static gboolean
is_pem (const GByteArray *bytes)
{
  return bytes->len > 0 && bytes->len <= MAX_PEM &&
         memmem (bytes->data, bytes->len, BEGIN, strlen (BEGIN)) != NULL;
}

GByteArray *
postweg_trust_read_file (const char *file, GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  int problem = read_some (file, bytes);

  if (problem != 0)
    {
      g_set_error (error, POSTWEG_ERROR, POSTWEG_ERROR_CANNOT_READ,
                   _("The certificate file %s cannot be read: %s"), file, g_strerror (problem));
      return NULL;
    }
  return is_pem (bytes) || holds_none (file, error) ? g_steal_pointer (&bytes) : NULL;
}

static gboolean
add_file (PostwegTrust *trust, const char *file, GError **error)
{
  g_autoptr (GByteArray) pem = postweg_trust_read_file (file, error);
  gnutls_datum_t datum;

  if (pem == NULL)
    return FALSE;
  datum = (gnutls_datum_t){ pem->data, pem->len };
  return gnutls_certificate_set_x509_trust_mem (trust->credentials, &datum, GNUTLS_X509_FMT_PEM) > 0 ||
         holds_none (file, error);
}

PostwegTrust *
postweg_trust_new (const char *extra_file, GError **error)
{
  g_autoptr (PostwegTrust) trust = g_new0 (PostwegTrust, 1);

  trust->references = 1;
  trust->proven = postweg_proven_new ();
  gnutls_certificate_allocate_credentials (&trust->credentials);
  gnutls_certificate_set_x509_system_trust (trust->credentials);
  if (extra_file != NULL && !add_file (trust, extra_file, error))
    return NULL;
  return g_steal_pointer (&trust);
}

PostwegTrust *
postweg_trust_ref (PostwegTrust *trust)
{
  g_atomic_int_inc (&trust->references);
  return trust;
}

void
postweg_trust_unref (PostwegTrust *trust)
{
  if (trust == NULL || !g_atomic_int_dec_and_test (&trust->references))
    return;
  gnutls_certificate_free_credentials (trust->credentials);
  postweg_proven_free (trust->proven);
  g_free (trust);
}

gnutls_certificate_credentials_t
postweg_trust_credentials (PostwegTrust *trust)
{
  return trust->credentials;
}

PostwegProven *
postweg_trust_proven (PostwegTrust *trust)
{
  return trust->proven;
}
