/* Handshakes with every kind of certificate, and with peers that speak no TLS. */
#include "checkup/papers.h"
#include "practice/practice.h"
#include "wire/conn.h"
#include "wire/race.h"
#include <string.h>

static Papers papers;
static PostwegTrust *trust;

typedef struct {
  const char *name;
  PostwegPaper paper;
  const char *script, *priority, *host;
  PostwegTlsKind kind;
  PostwegError error; /* of the handshake */
  guint faults;
  gboolean revoked; /* by a stapled answer */
} Row;

#define TLS "TLS\nS: hello\n"

/* clang-format off */
static const Row rows[] = {
  { "good", POSTWEG_PAPER_GOOD, TLS, NULL, "localhost", POSTWEG_TLS_STRICT, POSTWEG_OK, 0 },
  { "good/address", POSTWEG_PAPER_GOOD, TLS, NULL, "127.0.0.1", POSTWEG_TLS_STRICT, POSTWEG_OK, 0 },
  { "good/other-host", POSTWEG_PAPER_GOOD, TLS, NULL, "mail.example.org", POSTWEG_TLS_STRICT, POSTWEG_OK, POSTWEG_CERT_NAME_MISMATCH },
  { "other-name", POSTWEG_PAPER_OTHER_NAME, TLS, NULL, "localhost", POSTWEG_TLS_STRICT, POSTWEG_OK, POSTWEG_CERT_NAME_MISMATCH },
  { "expired", POSTWEG_PAPER_EXPIRED, TLS, NULL, "localhost", POSTWEG_TLS_STRICT, POSTWEG_OK, POSTWEG_CERT_EXPIRED },
  { "self-signed", POSTWEG_PAPER_SELF_SIGNED, TLS, NULL, "localhost", POSTWEG_TLS_STRICT, POSTWEG_OK, POSTWEG_CERT_SELF_SIGNED },
  { "incomplete", POSTWEG_PAPER_INCOMPLETE, TLS, NULL, "localhost", POSTWEG_TLS_STRICT, POSTWEG_OK, POSTWEG_CERT_INCOMPLETE },
  { "tls-1.2", POSTWEG_PAPER_GOOD, TLS, "NORMAL:-VERS-ALL:+VERS-TLS1.2", "localhost", POSTWEG_TLS_STRICT, POSTWEG_OK, 0 },
  { "tls-1.0", POSTWEG_PAPER_GOOD, TLS, "NORMAL:-VERS-ALL:+VERS-TLS1.0", "localhost", POSTWEG_TLS_STRICT, POSTWEG_ERROR_TLS_VERSION, 0 },
  { "tls-1.1", POSTWEG_PAPER_GOOD, TLS, "NORMAL:-VERS-ALL:+VERS-TLS1.1", "localhost", POSTWEG_TLS_STRICT, POSTWEG_ERROR_TLS_VERSION, 0 },
  { "tls-1.0/old-allowed", POSTWEG_PAPER_GOOD, TLS, "NORMAL:-VERS-ALL:+VERS-TLS1.0", "localhost", POSTWEG_TLS_OLD, POSTWEG_OK, 0 },
  { "no-common-cipher", POSTWEG_PAPER_GOOD, TLS, "NONE:+VERS-TLS1.2:+NULL:+SHA1:+ECDHE-ECDSA:+SIGN-ALL:+GROUP-ALL:+COMP-NULL", "localhost", POSTWEG_TLS_STRICT, POSTWEG_ERROR_TLS_CIPHER, 0 },
  { "not-tls/smtp", POSTWEG_PAPER_GOOD, "S: 220 mail ESMTP\nHANG\n", NULL, "localhost", POSTWEG_TLS_STRICT, POSTWEG_ERROR_NOT_TLS, 0 },
  { "not-tls/short", POSTWEG_PAPER_GOOD, "S: x\nHANG\n", NULL, "localhost", POSTWEG_TLS_STRICT, POSTWEG_ERROR_SILENT, 0 },
  { "hangs-up", POSTWEG_PAPER_GOOD, "CLOSE\n", NULL, "localhost", POSTWEG_TLS_STRICT, POSTWEG_ERROR_TLS_ABORTED, 0 },
  { "resets", POSTWEG_PAPER_GOOD, "RESET\n", NULL, "localhost", POSTWEG_TLS_STRICT, POSTWEG_ERROR_TLS_ABORTED, 0 },
  { "silence", POSTWEG_PAPER_GOOD, "HANG\n", NULL, "localhost", POSTWEG_TLS_STRICT, POSTWEG_ERROR_SILENT, 0 },
};
/* clang-format on */

static GSocket *
connect_to (guint16 port)
{
  g_autoptr (GInetAddress) inet = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GPtrArray) addresses = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) attempts = g_ptr_array_new_with_free_func ((GDestroyNotify) postweg_attempt_free);
  PostwegWait wait = postweg_wait_new (5000, NULL);

  g_ptr_array_add (addresses, g_inet_socket_address_new (inet, port));
  return postweg_race (addresses, attempts, NULL, &wait, NULL);
}

static PostwegPractice *
start (const Row *row)
{
  g_autofree char *certificate = postweg_certificate_path (papers.folder, row->paper, "pem");
  g_autofree char *key = postweg_certificate_path (papers.folder, row->paper, "key");
  PostwegPracticeOptions options = { .script = row->script,
                                     .certificate = certificate,
                                     .key = key,
                                     .ocsp = row->revoked ? papers.revoked : NULL,
                                     .tls_priority = row->priority };

  return postweg_practice_start (&options, NULL);
}

static void
test_row (gconstpointer data)
{
  const Row *row = data;
  g_autoptr (PostwegPractice) practice = start (row);
  g_autoptr (GPtrArray) dialogue =
      g_ptr_array_new_with_free_func ((GDestroyNotify) postweg_dialogue_line_free);
  g_autoptr (PostwegConn) conn = postweg_conn_new (connect_to (postweg_practice_port (practice)), dialogue);
  g_autoptr (PostwegTlsFacts) facts = postweg_tls_facts_new (row->host);
  PostwegWait test = postweg_wait_new (10000, NULL);
  PostwegWait wait = postweg_wait_step (&test, 1000);
  PostwegSpeaks first = POSTWEG_SPEAKS_UNKNOWN;
  g_autoptr (GError) error = NULL;
  gboolean ok = postweg_conn_start_tls (conn, trust, row->kind, facts, &wait, &first, &error);

  g_assert_cmpstr (postweg_error_name (error != NULL ? (PostwegError) error->code : POSTWEG_OK), ==,
                   postweg_error_name (row->error));
  g_assert_cmphex (facts->faults, ==, row->faults);
  if (ok)
    {
      g_autofree char *line = postweg_conn_read_line (conn, &wait, NULL);

      g_assert_cmpstr (line, ==, "hello");
      g_assert_cmpuint (facts->chain->len, >=, 1);
    }
  if (row->error == POSTWEG_ERROR_NOT_TLS)
    g_assert_cmpint (first, ==, POSTWEG_SPEAKS_SMTP);
}

/* What was proven once is not proven again – for nobody else, with nothing else, and not for what was refused. Each line comes after the
 * ones before it, with the same authorities. */
static void
test_proven_before (void)
{
  static const Row after[] = {
    { "fresh", POSTWEG_PAPER_GOOD, TLS, NULL, "localhost", POSTWEG_TLS_STRICT, POSTWEG_OK, 0 },
    { "again", POSTWEG_PAPER_GOOD, TLS, NULL, "localhost", POSTWEG_TLS_STRICT, POSTWEG_OK, 0 },
    { "revoked", POSTWEG_PAPER_GOOD, TLS, NULL, "localhost", POSTWEG_TLS_STRICT, POSTWEG_OK,
      POSTWEG_CERT_REVOKED, TRUE },
    { "other-host", POSTWEG_PAPER_GOOD, TLS, NULL, "mail.example.org", POSTWEG_TLS_STRICT, POSTWEG_OK,
      POSTWEG_CERT_NAME_MISMATCH },
    { "other-certificate", POSTWEG_PAPER_EXPIRED, TLS, NULL, "localhost", POSTWEG_TLS_STRICT, POSTWEG_OK,
      POSTWEG_CERT_EXPIRED },
    { "refused-again", POSTWEG_PAPER_EXPIRED, TLS, NULL, "localhost", POSTWEG_TLS_STRICT, POSTWEG_OK,
      POSTWEG_CERT_EXPIRED },
    { "still-good", POSTWEG_PAPER_GOOD, TLS, NULL, "localhost", POSTWEG_TLS_STRICT, POSTWEG_OK, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (after); i++)
    test_row (&after[i]);
}

static void
test_speaks (void)
{
  static const struct {
    const char *bytes;
    PostwegSpeaks speaks;
  } table[] = {
    { "* OK ready", POSTWEG_SPEAKS_IMAP },   { "+OK ready", POSTWEG_SPEAKS_POP3 },
    { "220 mail", POSTWEG_SPEAKS_SMTP },     { "554 no", POSTWEG_SPEAKS_SMTP },
    { "HTTP/1.1 200", POSTWEG_SPEAKS_HTTP }, { "<!doctype html>", POSTWEG_SPEAKS_HTTP },
    { "\x15\x03\x01", POSTWEG_SPEAKS_TLS },  { "SSH-2.0", POSTWEG_SPEAKS_OTHER },
    { "", POSTWEG_SPEAKS_NOTHING },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    g_assert_cmpint (postweg_speaks_by_bytes (table[i].bytes, strlen (table[i].bytes)), ==, table[i].speaks);
}

static void
test_trust_file (void)
{
  g_autofree char *key = postweg_certificate_path (papers.folder, POSTWEG_PAPER_GOOD, "key");
  g_autoptr (GError) missing = NULL;
  g_autoptr (GError) useless = NULL;

  g_assert_null (postweg_trust_new ("/nonexistent/ca.pem", &missing));
  g_assert_error (missing, POSTWEG_ERROR, POSTWEG_ERROR_CANNOT_READ);
  g_assert_null (postweg_trust_new (key, &useless));
  g_assert_error (useless, POSTWEG_ERROR, POSTWEG_ERROR_BAD_FORMAT);
}

int
main (int argc, char **argv)
{
  int result;

  g_test_init (&argc, &argv, NULL);
  papers_make (&papers);
  trust = postweg_trust_new (papers.ca, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strconcat ("/wire/tls/", rows[i].name, NULL);

      g_test_add_data_func (path, &rows[i], test_row);
    }
  g_test_add_func ("/wire/tls/proven-before", test_proven_before);
  g_test_add_func ("/wire/tls/speaks", test_speaks);
  g_test_add_func ("/wire/tls/trust-file", test_trust_file);
  result = g_test_run ();
  postweg_trust_unref (trust);
  papers_remove (&papers);
  return result;
}
