/* Fetching from web servers that behave, and from those that do not. */
#include "../slower.h"
#include "wire/http.h"
#include "model/certificate.h"
#include "practice/certificates.h"
#include "wire/web.h"
#include <glib/gstdio.h>

#define MANY "0123456789abcdef"

static WebPage pages[] = {
  { NULL, "/good", .body = "<good/>" },
  { NULL, "/typed", .headers = "Content-Type: Text/HTML; charset=utf-8\r\n", .body = "x" },
  { NULL, "/empty", .body = "" },
  { NULL, "/missing", .status = "404 Not Found", .body = "no" },
  { NULL, "/broken", .status = "500 Internal Server Error" },
  { NULL, "/challenge", .status = "401 Unauthorized", .headers = "WWW-Authenticate: Basic realm=\"x\"\r\n" },
  { NULL, "/negotiate", .status = "401 Unauthorized", .headers = "WWW-Authenticate: Negotiate\r\n" },
  { NULL, "/cookie", .status = "302 Found", .headers = "Set-Cookie: a=b\r\nLocation: /good\r\n" },
  { NULL, "/zipped", .headers = "Content-Encoding: gzip\r\n", .body = "\x1f\x8b" },
  { NULL, "/identity", .headers = "Content-Encoding: identity\r\n", .body = "same" },
  { NULL, "/endless", WEB_ENDLESS_BODY },
  { NULL, "/headers", WEB_ENDLESS_HEADERS },
  { NULL, "/drip", WEB_DRIP, .body = MANY MANY MANY },
  { NULL, "/hang", WEB_HANG },
  { NULL, "/cut", WEB_CUT, .body = MANY },
  { NULL, "/one", .status = "302 Found", .headers = "Location: /good\r\n" },
  { NULL, "/two", .status = "301 Moved", .headers = "Location: /one\r\n" },
  { NULL, "/three", .status = "307 Temporary Redirect", .headers = "Location: /two\r\n" },
  { NULL, "/four", .status = "308 Permanent Redirect", .headers = "Location: /three\r\n" },
  { NULL, "/five", .status = "302 Found", .headers = "Location: /four\r\n" },
  { NULL, "/loop", .status = "302 Found", .headers = "Location: /loop\r\n" },
  { NULL, "/to-http", .status = "302 Found", .headers = NULL },
  { NULL, "/to-other", .status = "302 Found", .headers = NULL },
  { NULL, "/to-sign-in", .status = "302 Found", .headers = NULL },
  { NULL, "/to-file", .status = "302 Found", .headers = "Location: file:///etc/passwd\r\n" },
  { NULL, "/to-ftp", .status = "302 Found", .headers = "Location: ftp://127.0.0.1/x\r\n" },
  { NULL, "/to-nothing", .status = "302 Found", .headers = "Location:\r\n" },
  { NULL, "/nowhere", .status = "302 Found" },
  { NULL, NULL },
};

typedef struct {
  const char *path;
  gboolean allow_http;
  gboolean may_ask; /* other hosts */
  PostwegError error;
  guint status;
  const char *body;
  gboolean insecure;
  guint most_ms;
} Row;

/* clang-format off */
static const Row rows[] = {
  { "/good", .status = 200, .body = "<good/>" },
  { "/typed", .status = 200, .body = "x" },
  { "/empty", .status = 200, .body = "" },
  { "/missing", .error = POSTWEG_ERROR_REJECTED, .status = 404 },
  { "/broken", .error = POSTWEG_ERROR_REJECTED, .status = 500 },
  { "/challenge", .error = POSTWEG_ERROR_REJECTED, .status = 401 },
  { "/negotiate", .error = POSTWEG_ERROR_REJECTED, .status = 401 },
  { "/cookie", .status = 200, .body = "<good/>" },
  { "/zipped", .error = POSTWEG_ERROR_MALFORMED, .status = 200 },
  { "/identity", .status = 200, .body = "same" },
  { "/endless", .error = POSTWEG_ERROR_MALFORMED, .status = 200 },
  { "/headers", .error = POSTWEG_ERROR_MALFORMED, .status = 200 },
  { "/drip", .error = POSTWEG_ERROR_SILENT, .status = 200, .most_ms = 1400 },
  { "/hang", .error = POSTWEG_ERROR_SILENT, .most_ms = 1400 },
  { "/cut", .error = POSTWEG_ERROR_HUNG_UP, .status = 200 },
  { "/one", .status = 200, .body = "<good/>" },
  { "/four", .status = 200, .body = "<good/>" },
  { "/five", .error = POSTWEG_ERROR_MALFORMED, .status = 302 },
  { "/loop", .error = POSTWEG_ERROR_MALFORMED, .status = 302 },
  { "/to-http", .error = POSTWEG_ERROR_UNPROTECTED, .status = 302 },
  { "/to-http", .allow_http = TRUE, .status = 200, .body = "<good/>", .insecure = TRUE },
  { "/to-other", .error = POSTWEG_ERROR_UNSUPPORTED, .status = 302 },
  { "/to-other", .may_ask = TRUE, .status = 200, .body = "<good/>" },
  { "/to-sign-in", .error = POSTWEG_ERROR_MALFORMED, .status = 302 },
  { "/to-file", .error = POSTWEG_ERROR_MALFORMED, .status = 302 },
  { "/to-ftp", .error = POSTWEG_ERROR_MALFORMED, .status = 302 },
  { "/nowhere", .error = POSTWEG_ERROR_REJECTED, .status = 302 },
};
/* clang-format on */

static char *folder, *ca;
static Web *https, *http;
static PostwegHttpTrust *trust;

static gboolean
everybody (const char *host G_GNUC_UNUSED, gpointer data G_GNUC_UNUSED)
{
  return TRUE;
}

static PostwegHttpAnswer *
fetch (const char *url, const Row *row)
{
  const PostwegHttpRequest request = {
    .url = url, .allow_http = row->allow_http, .trust = trust, .may_ask = row->may_ask ? everybody : NULL
  };
  PostwegWait wait = postweg_wait_new (row->most_ms != 0 ? row->most_ms - 400 : 5000, NULL);

  return postweg_http_fetch (&request, &wait, NULL);
}

static void
test_row (gconstpointer data)
{
  const Row *row = data;
  g_autofree char *url = g_strdup_printf ("https://localhost:%u%s", https->port, row->path);
  gint64 begun = g_get_monotonic_time ();
  g_autoptr (PostwegHttpAnswer) answer = fetch (url, row);
  gint64 took = g_get_monotonic_time () - begun;

  g_assert_cmpstr (postweg_error_name (answer->error), ==, postweg_error_name (row->error));
  g_assert_cmpuint (answer->status, ==, row->status);
  g_assert_cmpint (answer->insecure, ==, row->insecure);
  g_assert_cmpint (took, <, SLOWER * (row->most_ms != 0 ? row->most_ms : 4000) * 1000);
  g_assert_cmpuint (answer->body->len, <=, POSTWEG_HTTP_MAX_BODY);
  if (row->body == NULL)
    g_assert_cmpuint (answer->body->len, ==, 0);
  else
    g_assert_cmpmem (answer->body->data, answer->body->len, row->body, strlen (row->body));
}

static void
test_type (void)
{
  static const Row row = { .path = "/typed" };
  g_autofree char *url = g_strdup_printf ("https://localhost:%u/typed", https->port);
  g_autoptr (PostwegHttpAnswer) answer = fetch (url, &row);

  g_assert_cmpstr (answer->type, ==, "text/html");
}

static void
test_hops (void)
{
  static const Row row = { .may_ask = TRUE };
  static const Row strict = { .may_ask = FALSE };
  g_autofree char *url = g_strdup_printf ("https://localhost:%u/to-other", https->port);
  g_autoptr (PostwegHttpAnswer) gone = fetch (url, &row);
  g_autoptr (PostwegHttpAnswer) stopped = fetch (url, &strict);

  g_assert_cmpuint (gone->hosts->len, ==, 2);
  g_assert_cmpstr (g_ptr_array_index (gone->hosts, 0), ==, "localhost");
  g_assert_cmpstr (g_ptr_array_index (gone->hosts, 1), ==, "127.0.0.1");
  g_assert_cmpuint (stopped->hosts->len, ==, 1);
  g_assert_cmpstr (stopped->stopped_at, ==, "127.0.0.1");
}

static void
test_post (void)
{
  const PostwegHttpRequest request = { .post = "<question/>", .content_type = "text/xml", .trust = trust };
  g_autofree char *url = g_strdup_printf ("https://localhost:%u/three", https->port);
  PostwegHttpRequest copy = request;
  PostwegWait wait = postweg_wait_new (2000, NULL);
  g_autoptr (PostwegHttpAnswer) answer = NULL;
  g_autofree char *heard = NULL;

  copy.url = url;
  answer = postweg_http_fetch (&copy, &wait, NULL);
  heard = web_heard (https);
  g_assert_cmpuint (answer->status, ==, 200);
  g_assert_nonnull (strstr (heard, "POST /good HTTP/1.1"));
  g_assert_nonnull (strstr (heard, "Content-Type: text/xml"));
  g_assert_nonnull (strstr (heard, "<question/>"));
}

/* Over all of the requests above, nothing was said about the person or the computer. */
static void
test_discreet (void)
{
  static const char *const never[] = { "Authorization", "Cookie:",          "Referer", "Accept-Encoding",
                                       "Expect:",       "Accept-Language:", "Proxy" };
  g_autofree char *heard = web_heard (https);
  g_autofree char *in_plain = web_heard (http);

  for (guint i = 0; i < G_N_ELEMENTS (never); i++)
    {
      g_assert_null (strstr (heard, never[i]));
      g_assert_null (strstr (in_plain, never[i]));
    }
  g_assert_nonnull (strstr (heard, "User-Agent: Postweg\n"));
}

static void
test_certificates (void)
{
  static const struct {
    PostwegPaper paper;
    guint faults;
  } table[] = {
    { POSTWEG_PAPER_OTHER_NAME, POSTWEG_CERT_NAME_MISMATCH },
    { POSTWEG_PAPER_SELF_SIGNED, POSTWEG_CERT_UNKNOWN_ISSUER },
    { POSTWEG_PAPER_UNKNOWN_ISSUER, POSTWEG_CERT_UNKNOWN_ISSUER },
    { POSTWEG_PAPER_EXPIRED, POSTWEG_CERT_UNKNOWN_ISSUER },
    { POSTWEG_PAPER_INCOMPLETE, POSTWEG_CERT_UNKNOWN_ISSUER },
    { POSTWEG_PAPER_GOOD, 0 },
  };
  static const Row row = { .path = "/good" };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *certificate = postweg_certificate_path (folder, table[i].paper, "pem");
      g_autofree char *key = postweg_certificate_path (folder, table[i].paper, "key");
      Web *web = web_start (pages, "127.0.0.1", 0, certificate, key);
      g_autofree char *url = g_strdup_printf ("https://localhost:%u/good", web->port);
      g_autoptr (PostwegHttpAnswer) answer = fetch (url, &row);
      g_autofree char *heard = web_heard (web);

      g_test_message ("%s", postweg_paper_name (table[i].paper));
      g_assert_cmpint (answer->error, ==, table[i].faults != 0 ? POSTWEG_ERROR_CERTIFICATE : POSTWEG_OK);
      g_assert_cmpuint (answer->cert_faults, ==, table[i].faults);
      /* nothing is asked of a server that is not proven */
      g_assert_true ((*heard == '\0') == (table[i].faults != 0));
      web_stop (web);
    }
}

static void
test_unknown_authority (void)
{
  g_autoptr (PostwegHttpTrust) own = postweg_http_trust_new (NULL, NULL);
  g_autofree char *url = g_strdup_printf ("https://localhost:%u/good", https->port);
  const PostwegHttpRequest request = { .url = url, .trust = own };
  PostwegWait wait = postweg_wait_new (2000, NULL);
  g_autoptr (PostwegHttpAnswer) answer = postweg_http_fetch (&request, &wait, NULL);

  g_assert_cmpint (answer->error, ==, POSTWEG_ERROR_CERTIFICATE);
}

static void
test_unreadable_trust (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (postweg_http_trust_new ("/nowhere/at-all.pem", &error));
  g_assert_error (error, POSTWEG_ERROR, POSTWEG_ERROR_CANNOT_READ);
}

static void
test_places (void)
{
  static const struct {
    const char *url;
    PostwegError error;
  } table[] = {
    { "https://127.0.0.1:1/", POSTWEG_ERROR_REFUSED },
    { "http://127.0.0.1:1/", POSTWEG_ERROR_UNPROTECTED },
    { "https://anna:secret@127.0.0.1:1/", POSTWEG_ERROR_MALFORMED },
    { "ftp://127.0.0.1/", POSTWEG_ERROR_MALFORMED },
    { "file:///etc/passwd", POSTWEG_ERROR_MALFORMED },
    { "https://", POSTWEG_ERROR_MALFORMED },
    { "nonsense", POSTWEG_ERROR_MALFORMED },
    { "", POSTWEG_ERROR_MALFORMED },
  };
  static const Row row = { NULL };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (PostwegHttpAnswer) answer = fetch (table[i].url, &row);

      g_test_message ("%s", table[i].url);
      g_assert_cmpstr (postweg_error_name (answer->error), ==, postweg_error_name (table[i].error));
    }
}

static gpointer
cancel_soon (gpointer cancellable)
{
  g_usleep (100 * 1000);
  g_cancellable_cancel (cancellable);
  return NULL;
}

static void
test_cancelled (void)
{
  static const char *const paths[] = { "/hang", "/drip" };

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autofree char *url = g_strdup_printf ("https://localhost:%u%s", https->port, paths[i]);
      const PostwegHttpRequest request = { .url = url, .trust = trust };
      PostwegWait wait = postweg_wait_new (10000, cancellable);
      GThread *thread = g_thread_new ("cancel", cancel_soon, cancellable);
      gint64 begun = g_get_monotonic_time ();
      g_autoptr (GError) error = NULL;

      g_assert_null (postweg_http_fetch (&request, &wait, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_assert_cmpint (g_get_monotonic_time () - begun, <, SLOWER * 300 * 1000);
      g_thread_join (thread);
    }
}

static void
point (const char *path, char *location)
{
  for (guint i = 0; pages[i].path != NULL; i++)
    if (strcmp (pages[i].path, path) == 0)
      pages[i].headers = location;
}

static void
start (void)
{
  static const char *const hosts[] = { "localhost", "127.0.0.1", NULL };
  g_autoptr (GError) error = NULL;
  g_autofree char *certificate = NULL;
  g_autofree char *key = NULL;

  folder = g_dir_make_tmp ("postweg-papers-XXXXXX", &error);
  g_assert_no_error (error);
  g_assert_true (postweg_certificates_make (folder, hosts, &error));
  ca = g_build_filename (folder, "ca.pem", NULL);
  certificate = postweg_certificate_path (folder, POSTWEG_PAPER_GOOD, "pem");
  key = postweg_certificate_path (folder, POSTWEG_PAPER_GOOD, "key");
  trust = postweg_http_trust_new (ca, &error);
  g_assert_no_error (error);
  https = web_start (pages, "127.0.0.1", 0, certificate, key);
  http = web_start (pages, "127.0.0.1", 0, NULL, NULL);
  point ("/to-http", g_strdup_printf ("Location: http://localhost:%u/good\r\n", http->port));
  point ("/to-other", g_strdup_printf ("Location: https://127.0.0.1:%u/good\r\n", https->port));
  point ("/to-sign-in", g_strdup_printf ("Location: https://a:b@localhost:%u/good\r\n", https->port));
}

static void
stop (void)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  web_stop (https);
  web_stop (http);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_remove (path);
    }
  g_rmdir (folder);
  postweg_http_trust_unref (trust);
  g_free (folder);
  g_free (ca);
}

int
main (int argc, char **argv)
{
  int result;

  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path =
          g_strdup_printf ("/wire/http%s%s%s", rows[i].path, rows[i].allow_http ? "-allowed" : "",
                           rows[i].may_ask ? "-agreed" : "");

      g_test_add_data_func (path, &rows[i], test_row);
    }
  g_test_add_func ("/wire/http/type", test_type);
  g_test_add_func ("/wire/http/hops", test_hops);
  g_test_add_func ("/wire/http/post", test_post);
  g_test_add_func ("/wire/http/discreet", test_discreet);
  g_test_add_func ("/wire/http/certificates", test_certificates);
  g_test_add_func ("/wire/http/unknown-authority", test_unknown_authority);
  g_test_add_func ("/wire/http/unreadable-trust", test_unreadable_trust);
  g_test_add_func ("/wire/http/places", test_places);
  g_test_add_func ("/wire/http/cancelled", test_cancelled);
  start ();
  result = g_test_run ();
  stop ();
  return result;
}
