/* libcurl, hop by hop: names are looked up with our own deadline, redirects are judged before they are followed, and nothing that
 * libcurl could remember or answer by itself is switched on. */
#include "wire/http.h"
#include "model/address.h"
#include "model/certificate.h"
#include "wire/dns.h"
#include "wire/trust.h"
#include <curl/curl.h>
#include <errno.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define USER_AGENT "Postweg"

struct _PostwegHttpTrust {
  int references;
  int fd;     /* a file in memory with both lists, or -1 */
  char *path; /* of it; NULL: libcurl's own */
};

/* One answer while it comes in. */
typedef struct {
  PostwegHttpAnswer *answer;
  gsize header_bytes;
  gboolean too_much;
  gboolean encoded;
} Hop;

static void
start_library (void)
{
  static gsize started;

  if (g_once_init_enter (&started))
    g_once_init_leave (&started, curl_global_init (CURL_GLOBAL_DEFAULT) == CURLE_OK ? 1 : 2);
}

/* libcurl reads authorities from one file only, so both lists are put into one that exists in memory. */
static gboolean
join_lists (PostwegHttpTrust *trust, const char *extra_file, GError **error)
{
  const char *system = curl_version_info (CURLVERSION_NOW)->cainfo;
  g_autoptr (GByteArray) both = postweg_trust_read_file (extra_file, error);
  g_autofree char *own = NULL;
  gsize length = 0;

  if (both == NULL)
    return FALSE;
  if (system != NULL)
    g_file_get_contents (system, &own, &length, NULL);
  g_byte_array_append (both, (const guint8 *) "\n", 1);
  g_byte_array_append (both, (const guint8 *) (own != NULL ? own : ""), (guint) length);
  trust->fd = memfd_create ("postweg-authorities", MFD_CLOEXEC);
  if (trust->fd < 0 || write (trust->fd, both->data, both->len) != (gssize) both->len)
    {
      g_set_error (error, POSTWEG_ERROR, POSTWEG_ERROR_CANNOT_READ,
                   _("The certificate file %s cannot be read: %s"), extra_file, g_strerror (errno));
      return FALSE;
    }
  trust->path = g_strdup_printf ("/proc/self/fd/%d", trust->fd);
  return TRUE;
}

PostwegHttpTrust *
postweg_http_trust_new (const char *extra_file, GError **error)
{
  g_autoptr (PostwegHttpTrust) trust = g_new0 (PostwegHttpTrust, 1);

  trust->references = 1;
  trust->fd = -1;
  start_library ();
  if (extra_file != NULL && !join_lists (trust, extra_file, error))
    return NULL;
  return g_steal_pointer (&trust);
}

PostwegHttpTrust *
postweg_http_trust_ref (PostwegHttpTrust *trust)
{
  g_atomic_int_inc (&trust->references);
  return trust;
}

void
postweg_http_trust_unref (PostwegHttpTrust *trust)
{
  if (trust == NULL || !g_atomic_int_dec_and_test (&trust->references))
    return;
  if (trust->fd >= 0)
    close (trust->fd);
  g_free (trust->path);
  g_free (trust);
}

void
postweg_http_answer_free (PostwegHttpAnswer *answer)
{
  if (answer == NULL)
    return;
  g_ptr_array_unref (answer->hosts);
  g_free (answer->stopped_at);
  g_free (answer->type);
  g_byte_array_unref (answer->body);
  g_free (answer);
}

static PostwegHttpAnswer *
answer_new (void)
{
  PostwegHttpAnswer *answer = g_new0 (PostwegHttpAnswer, 1);

  answer->hosts = g_ptr_array_new_with_free_func (g_free);
  answer->type = g_strdup ("");
  answer->body = g_byte_array_new ();
  return answer;
}

static gsize
take_body (char *bytes, gsize size, gsize n, void *data)
{
  Hop *hop = data;
  GByteArray *body = hop->answer->body;

  if (body->len + size * n > POSTWEG_HTTP_MAX_BODY)
    {
      hop->too_much = TRUE;
      return 0;
    }
  g_byte_array_append (body, (const guint8 *) bytes, (guint) (size * n));
  return size * n;
}

/* Returns: (transfer full): the value if the line is this header, else NULL */
static char *
header_value (const char *line, gsize length, const char *name)
{
  gsize n = strlen (name);

  if (length <= n || g_ascii_strncasecmp (line, name, n) != 0 || line[n] != ':')
    return NULL;
  return g_strstrip (g_strndup (line + n + 1, length - n - 1));
}

static gsize
take_header (char *bytes, gsize size, gsize n, void *data)
{
  Hop *hop = data;
  g_autofree char *encoding = header_value (bytes, size * n, "Content-Encoding");

  hop->header_bytes += size * n;
  hop->too_much = hop->header_bytes > POSTWEG_HTTP_MAX_HEADERS;
  hop->encoded = hop->encoded || (encoding != NULL && g_ascii_strcasecmp (encoding, "identity") != 0);
  return hop->too_much || hop->encoded ? 0 : size * n;
}

/* Returns: (transfer full): "HOST:PORT:ADDRESS,ADDRESS" for libcurl, "" for a numeric host; NULL with an error */
static char *
resolve (const char *host, guint16 port, const PostwegWait *wait, GError **error)
{
  g_autoptr (GPtrArray) addresses = NULL;
  GString *row;

  if (g_hostname_is_ip_address (host))
    return g_strdup ("");
  addresses = postweg_dns_lookup (host, port, wait, error);
  if (addresses == NULL)
    return NULL;
  row = g_string_new (NULL);
  g_string_printf (row, "%s:%u:", host, port);
  for (guint i = 0; i < addresses->len; i++)
    {
      GInetSocketAddress *one = g_ptr_array_index (addresses, i);
      GInetAddress *address = g_inet_socket_address_get_address (one);
      g_autofree char *text = g_inet_address_to_string (address);
      gboolean v6 = g_inet_address_get_family (address) == G_SOCKET_FAMILY_IPV6;

      g_string_append_printf (row, "%s%s%s%s", i > 0 ? "," : "", v6 ? "[" : "", text, v6 ? "]" : "");
    }
  return g_string_free (row, FALSE);
}

/* One transfer, watched by our clock and cancellable. Returns: FALSE when cancelled */
static gboolean
transfer (CURL *easy, const PostwegWait *wait, CURLcode *code, GError **error)
{
  CURLM *multi = curl_multi_init ();
  int running = 1;
  int left = 0;
  GPollFD cancel = { .fd = -1 };
  gboolean can_cancel = g_cancellable_make_pollfd (wait->cancellable, &cancel);
  struct curl_waitfd stop = { .fd = cancel.fd, .events = CURL_WAIT_POLLIN };
  const CURLMsg *message;

  *code = CURLE_OPERATION_TIMEDOUT;
  curl_multi_add_handle (multi, easy);
  while (running > 0 && curl_multi_perform (multi, &running) == CURLM_OK && running > 0 &&
         postweg_wait_left (wait) > 0 && !g_cancellable_is_cancelled (wait->cancellable))
    curl_multi_poll (multi, &stop, can_cancel ? 1 : 0, (int) (postweg_wait_left (wait) / 1000 + 1), NULL);
  while ((message = curl_multi_info_read (multi, &left)) != NULL)
    if (message->msg == CURLMSG_DONE)
      *code = message->data.result;
  curl_multi_remove_handle (multi, easy);
  curl_multi_cleanup (multi);
  if (can_cancel)
    g_cancellable_release_fd (wait->cancellable);
  return !g_cancellable_set_error_if_cancelled (wait->cancellable, error);
}

static PostwegError
error_of (CURLcode code, long system_error)
{
  static const struct {
    CURLcode code;
    PostwegError error;
  } rows[] = {
    { CURLE_OK, POSTWEG_OK },
    { CURLE_PEER_FAILED_VERIFICATION, POSTWEG_ERROR_CERTIFICATE },
    { CURLE_SSL_CONNECT_ERROR, POSTWEG_ERROR_TLS_ABORTED },
    { CURLE_OPERATION_TIMEDOUT, POSTWEG_ERROR_SILENT },
    { CURLE_GOT_NOTHING, POSTWEG_ERROR_HUNG_UP },
    { CURLE_RECV_ERROR, POSTWEG_ERROR_HUNG_UP },
    { CURLE_SEND_ERROR, POSTWEG_ERROR_HUNG_UP },
    { CURLE_PARTIAL_FILE, POSTWEG_ERROR_HUNG_UP },
  };

  if (code == CURLE_COULDNT_CONNECT)
    return system_error == ECONNREFUSED ? POSTWEG_ERROR_REFUSED : POSTWEG_ERROR_NO_CONNECTION;
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (rows[i].code == code)
      return rows[i].error;
  return POSTWEG_ERROR_MALFORMED;
}

static void
set_limits (CURL *easy, const PostwegHttpRequest *request, const PostwegWait *wait)
{
  curl_easy_setopt (easy, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt (easy, CURLOPT_PROTOCOLS_STR, request->allow_http ? "https,http" : "https");
  curl_easy_setopt (easy, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt (easy, CURLOPT_TIMEOUT_MS, (long) (postweg_wait_left (wait) / 1000 + 1));
  curl_easy_setopt (easy, CURLOPT_HTTP_VERSION, (long) CURL_HTTP_VERSION_1_1);
  curl_easy_setopt (easy, CURLOPT_HTTP_CONTENT_DECODING, 0L);
  curl_easy_setopt (easy, CURLOPT_SSLVERSION, (long) CURL_SSLVERSION_TLSv1_2);
  curl_easy_setopt (easy, CURLOPT_PROXY, "");
  curl_easy_setopt (easy, CURLOPT_NETRC, (long) CURL_NETRC_IGNORED);
  curl_easy_setopt (easy, CURLOPT_USERAGENT, USER_AGENT);
  if (request->trust != NULL && request->trust->path != NULL)
    curl_easy_setopt (easy, CURLOPT_CAINFO, request->trust->path);
}

static struct curl_slist *
set_body (CURL *easy, const PostwegHttpRequest *request)
{
  struct curl_slist *headers = NULL;
  g_autofree char *type = NULL;

  if (request->post == NULL)
    return NULL;
  type = g_strconcat ("Content-Type: ", request->content_type, NULL);
  headers = curl_slist_append (NULL, type);
  headers = curl_slist_append (headers, "Expect:");
  curl_easy_setopt (easy, CURLOPT_POSTFIELDS, request->post);
  curl_easy_setopt (easy, CURLOPT_HTTPHEADER, headers);
  return headers;
}

/* What libcurl knows about the hop that ended. Returns: (transfer full): where it leads on to, or NULL */
static char *
take_facts (CURL *easy, const Hop *hop, CURLcode code)
{
  PostwegHttpAnswer *answer = hop->answer;
  long status = 0, system_error = 0, verified = 0;
  const char *next = NULL;
  const char *type = NULL;

  curl_easy_getinfo (easy, CURLINFO_RESPONSE_CODE, &status);
  curl_easy_getinfo (easy, CURLINFO_OS_ERRNO, &system_error);
  curl_easy_getinfo (easy, CURLINFO_SSL_VERIFYRESULT, &verified);
  curl_easy_getinfo (easy, CURLINFO_CONTENT_TYPE, &type);
  curl_easy_getinfo (easy, CURLINFO_REDIRECT_URL, &next);
  answer->status = (guint) status;
  answer->error = hop->too_much || hop->encoded ? POSTWEG_ERROR_MALFORMED : error_of (code, system_error);
  if (answer->error == POSTWEG_ERROR_CERTIFICATE)
    answer->cert_faults = verified != 0 ? POSTWEG_CERT_UNKNOWN_ISSUER : POSTWEG_CERT_NAME_MISMATCH;
  if (answer->error != POSTWEG_OK)
    return NULL;
  if (status != 200)
    answer->error = POSTWEG_ERROR_REJECTED;
  g_free (answer->type);
  answer->type = type != NULL ? g_ascii_strdown (type, (gssize) strcspn (type, "; ")) : g_strdup ("");
  return next != NULL ? g_strdup (next) : NULL;
}

/* Returns: (transfer full): where the hop leads to, or NULL at the end; cancelled: with an error */
static char *
make_hop (const PostwegHttpRequest *request, const char *url, const char *addresses,
          PostwegHttpAnswer *answer, const PostwegWait *wait)
{
  CURL *easy = curl_easy_init ();
  Hop hop = { answer, 0, FALSE, FALSE };
  struct curl_slist *headers = set_body (easy, request);
  struct curl_slist *known = *addresses != '\0' ? curl_slist_append (NULL, addresses) : NULL;
  CURLcode code;
  char *next = NULL;

  set_limits (easy, request, wait);
  g_byte_array_set_size (answer->body, 0);
  curl_easy_setopt (easy, CURLOPT_URL, url);
  curl_easy_setopt (easy, CURLOPT_RESOLVE, known);
  curl_easy_setopt (easy, CURLOPT_WRITEFUNCTION, take_body);
  curl_easy_setopt (easy, CURLOPT_WRITEDATA, &hop);
  curl_easy_setopt (easy, CURLOPT_HEADERFUNCTION, take_header);
  curl_easy_setopt (easy, CURLOPT_HEADERDATA, &hop);
  if (transfer (easy, wait, &code, NULL))
    next = take_facts (easy, &hop, code);
  curl_easy_cleanup (easy);
  curl_slist_free_all (headers);
  curl_slist_free_all (known);
  return next;
}

/* A URL that may be asked. */
typedef struct {
  char *host;
  guint16 port;
  gboolean https;
} Place;

static char *
part_of (CURLU *parsed, CURLUPart part, unsigned int flags)
{
  char *text = NULL;
  char *copy = NULL;

  if (curl_url_get (parsed, part, &text, flags) == CURLUE_OK)
    copy = g_strdup (text);
  curl_free (text);
  return copy;
}

/* A name and password in the URL would be sent as a sign-in, so such URLs are not gone to. */
static gboolean
read_place (const char *url, Place *place)
{
  CURLU *parsed = curl_url ();
  g_autofree char *user = NULL;
  g_autofree char *scheme = NULL;
  g_autofree char *port = NULL;
  gboolean good = curl_url_set (parsed, CURLUPART_URL, url, 0) == CURLUE_OK;

  user = part_of (parsed, CURLUPART_USER, 0);
  scheme = part_of (parsed, CURLUPART_SCHEME, 0);
  port = part_of (parsed, CURLUPART_PORT, CURLU_DEFAULT_PORT);
  place->host = part_of (parsed, CURLUPART_HOST, 0);
  place->https = g_strcmp0 (scheme, "https") == 0;
  place->port = port != NULL ? (guint16) g_ascii_strtoull (port, NULL, 10) : 0;
  curl_url_cleanup (parsed);
  return good && user == NULL && place->host != NULL && (place->https || g_strcmp0 (scheme, "http") == 0) &&
         place->port != 0 && (*place->host == '[' || postweg_host_is_valid (place->host));
}

static void
add_host (PostwegHttpAnswer *answer, const char *host)
{
  if (!g_ptr_array_find_with_equal_func (answer->hosts, host, g_str_equal, NULL))
    g_ptr_array_add (answer->hosts, g_strdup (host));
}

/* Whether the next hop may be made; else the answer says why not. */
static gboolean
may_go (const PostwegHttpRequest *request, PostwegHttpAnswer *answer, const Place *place)
{
  const char *first = answer->hosts->len > 0 ? g_ptr_array_index (answer->hosts, 0) : place->host;

  if (!place->https && !request->allow_http)
    {
      answer->error = POSTWEG_ERROR_UNPROTECTED;
      return FALSE;
    }
  if (g_ascii_strcasecmp (first, place->host) == 0 ||
      (request->may_ask != NULL && request->may_ask (place->host, request->data)))
    return TRUE;
  answer->error = POSTWEG_ERROR_UNSUPPORTED;
  answer->stopped_at = g_strdup (place->host);
  return FALSE;
}

/* Goes to one URL. Returns: (transfer full): the next one, or NULL */
static char *
go (const PostwegHttpRequest *request, const char *url, PostwegHttpAnswer *answer, const PostwegWait *wait)
{
  Place place = { NULL };
  g_autofree char *addresses = NULL;
  g_autofree char *host = NULL;
  g_autoptr (GError) cause = NULL;
  char *next = NULL;

  if (!read_place (url, &place))
    answer->error = POSTWEG_ERROR_MALFORMED;
  else if (may_go (request, answer, &place))
    {
      answer->insecure = answer->insecure || !place.https;
      add_host (answer, place.host);
      if (request->asking != NULL)
        request->asking (place.host, request->data);
      addresses = resolve (place.host, place.port, wait, &cause);
      if (addresses != NULL)
        next = make_hop (request, url, addresses, answer, wait);
      else
        answer->error = cause->domain == POSTWEG_ERROR ? (PostwegError) cause->code : POSTWEG_ERROR_SILENT;
    }
  g_free (place.host);
  return next;
}

PostwegHttpAnswer *
postweg_http_fetch (const PostwegHttpRequest *request, const PostwegWait *wait, GError **error)
{
  g_autoptr (PostwegHttpAnswer) answer = answer_new ();
  g_autofree char *url = g_strdup (request->url);

  start_library ();
  for (guint hops = 0; url != NULL && hops <= POSTWEG_HTTP_MAX_REDIRECTS; hops++)
    {
      char *next = go (request, url, answer, wait);

      g_free (url);
      url = next;
      if (g_cancellable_set_error_if_cancelled (wait->cancellable, error))
        return NULL;
    }
  if (url != NULL)
    answer->error = POSTWEG_ERROR_MALFORMED;
  if (answer->error != POSTWEG_OK)
    g_byte_array_set_size (answer->body, 0);
  return g_steal_pointer (&answer);
}
