/* A small web server for tests: pages by host and path, honest and hostile ones, over real sockets; it keeps what it was asked. */
#pragma once
#include "practice/channel.h"
#include <arpa/inet.h>
#include <netinet/in.h>
#include <pthread.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

typedef enum {
  WEB_PAGE,
  WEB_ENDLESS_BODY,
  WEB_ENDLESS_HEADERS,
  WEB_DRIP, /* a byte every 100 ms */
  WEB_HANG, /* takes the question and says nothing */
  WEB_CUT,  /* half of what was announced */
} WebKind;

typedef struct {
  const char *host; /* NULL: any */
  const char *path; /* without the query */
  WebKind kind;
  const char *status;  /* NULL: "200 OK" */
  const char *headers; /* with line ends, or NULL; "text/xml" is added where there is no Content-Type */
  const char *body;    /* or NULL */
  gssize length;       /* of the body; 0: up to its NUL */
  const char *query;   /* what must stand behind the "?"; NULL: anything or nothing */
} WebPage;

typedef struct {
  const WebPage *pages; /* ends with a NULL path */
  gboolean tls;
  PostwegChannelTls credentials;
  int socket;
  guint16 port;
  pthread_mutex_t lock; /* no GMutex: ThreadSanitizer sees that only in a GLib built for it */
  GString *heard;       /* under the lock: requests, with their bodies */
  GPtrArray *threads;
  int open[64]; /* under the lock */
  guint n_open;
  GThread *listener;
  int ended; /* atomic */
} Web;

static inline const WebPage *
web_find (const Web *web, const char *host, const char *path, const char *query)
{
  for (const WebPage *page = web->pages; page->path != NULL; page++)
    if ((page->host == NULL || g_ascii_strcasecmp (page->host, host) == 0) &&
        strcmp (page->path, path) == 0 && (page->query == NULL || strcmp (page->query, query) == 0))
      return page;
  return NULL;
}

static inline void
web_say (PostwegChannel *channel, const char *text)
{
  postweg_channel_send (channel, text, strlen (text));
}

static inline void
web_answer (Web *web, PostwegChannel *channel, const WebPage *page)
{
  static const WebPage missing = { NULL, "", WEB_PAGE, "404 Not Found", NULL, "not here", 0 };
  const WebPage *shown = page != NULL ? page : &missing;
  const char *body = shown->body != NULL ? shown->body : "";
  gsize length = shown->length > 0 ? (gsize) shown->length : strlen (body);
  gboolean typed = shown->headers != NULL && strstr (shown->headers, "Content-Type") != NULL;
  g_autofree char *head = g_strdup_printf (
      "HTTP/1.1 %s\r\n%s%sConnection: close\r\n", shown->status != NULL ? shown->status : "200 OK",
      shown->headers != NULL ? shown->headers : "", typed ? "" : "Content-Type: text/xml\r\n");
  g_autofree char *announced = g_strdup_printf ("Content-Length: %" G_GSIZE_FORMAT "\r\n\r\n", length);
  g_autofree char *filler = g_strnfill (16000, 'x');

  while (shown->kind == WEB_HANG && !g_atomic_int_get (&web->ended))
    g_usleep (10 * 1000);
  web_say (channel, head);
  while (shown->kind == WEB_ENDLESS_HEADERS && !g_atomic_int_get (&web->ended) &&
         postweg_channel_send (channel, "X-More: ", 8) && postweg_channel_send (channel, filler, 8000) &&
         postweg_channel_send (channel, "\r\n", 2))
    continue;
  web_say (channel, shown->kind == WEB_ENDLESS_BODY ? "\r\n" : announced);
  while (shown->kind == WEB_ENDLESS_BODY && !g_atomic_int_get (&web->ended) &&
         postweg_channel_send (channel, filler, 16000))
    continue;
  for (gsize i = 0; shown->kind == WEB_DRIP && i < length && !g_atomic_int_get (&web->ended); i++)
    {
      postweg_channel_send (channel, body + i, 1);
      g_usleep (100 * 1000);
    }
  if (shown->kind == WEB_PAGE || shown->kind == WEB_CUT)
    postweg_channel_send (channel, body, shown->kind == WEB_CUT ? length / 2 : length);
}

typedef struct {
  Web *web;
  int fd;
} WebVisit;

static inline void
web_keep (Web *web, const char *text)
{
  pthread_mutex_lock (&web->lock);
  g_string_append_printf (web->heard, "%s\n", text);
  pthread_mutex_unlock (&web->lock);
}

static inline void
web_serve (Web *web, PostwegChannel *channel)
{
  g_autoptr (GString) line = g_string_new (NULL);
  g_autoptr (GString) body = g_string_new (NULL);
  g_autofree char *path = NULL;
  g_autofree char *query = NULL;
  g_autofree char *host = g_strdup ("");
  gsize length = 0;

  if (!postweg_channel_read_line (channel, line))
    return;
  web_keep (web, line->str);
  path = g_strdup (strchr (line->str, ' ') != NULL ? strchr (line->str, ' ') + 1 : "");
  path[strcspn (path, " ")] = '\0';
  query = g_strdup (strchr (path, '?') != NULL ? strchr (path, '?') + 1 : "");
  path[strcspn (path, "?")] = '\0';
  while (postweg_channel_read_line (channel, line) && line->len > 0)
    {
      web_keep (web, line->str);
      if (g_ascii_strncasecmp (line->str, "Host: ", 6) == 0)
        {
          g_free (host);
          host = g_strndup (line->str + 6, strcspn (line->str + 6, ":"));
        }
      if (g_ascii_strncasecmp (line->str, "Content-Length: ", 16) == 0)
        length = (gsize) g_ascii_strtoull (line->str + 16, NULL, 10);
    }
  if (length > 0 && postweg_channel_read_bytes (channel, body, length))
    web_keep (web, body->str);
  web_answer (web, channel, web_find (web, host, path, query));
}

static inline gpointer
web_visit (gpointer data)
{
  g_autofree WebVisit *visit = data;
  Web *web = visit->web;
  PostwegChannel *channel = postweg_channel_new (visit->fd);

  if (!web->tls || postweg_channel_start_tls (channel, &web->credentials))
    {
      web_serve (web, channel);
      postweg_channel_finish (channel, TRUE);
    }
  postweg_channel_free (channel);
  pthread_mutex_lock (&web->lock);
  for (guint i = 0; i < web->n_open; i++)
    if (web->open[i] == visit->fd)
      web->open[i] = -1;
  close (visit->fd);
  pthread_mutex_unlock (&web->lock);
  return NULL;
}

static inline gpointer
web_listen (gpointer data)
{
  Web *web = data;

  while (TRUE)
    {
      int fd = accept (web->socket, NULL, NULL);
      WebVisit *visit;

      if (fd < 0 || g_atomic_int_get (&web->ended))
        return NULL;
      visit = g_new (WebVisit, 1);
      *visit = (WebVisit){ web, fd };
      pthread_mutex_lock (&web->lock);
      web->open[web->n_open % G_N_ELEMENTS (web->open)] = fd;
      web->n_open = MIN (web->n_open + 1, G_N_ELEMENTS (web->open));
      pthread_mutex_unlock (&web->lock);
      g_ptr_array_add (web->threads, g_thread_new ("visit", web_visit, visit));
    }
}

/* certificate: PEM files, or NULL for http. port 0: any. */
static inline Web *
web_start (const WebPage *pages, const char *address, guint16 port, const char *certificate, const char *key)
{
  Web *web = g_new0 (Web, 1);
  struct sockaddr_in name = { .sin_family = AF_INET, .sin_port = htons (port) };
  socklen_t size = sizeof name;
  int on = 1;

  pthread_mutex_init (&web->lock, NULL);
  web->pages = pages;
  web->heard = g_string_new (NULL);
  web->threads = g_ptr_array_new ();
  web->tls = certificate != NULL;
  if (web->tls)
    {
      gnutls_certificate_allocate_credentials (&web->credentials.credentials);
      g_assert_cmpint (gnutls_certificate_set_x509_key_file (web->credentials.credentials, certificate, key,
                                                             GNUTLS_X509_FMT_PEM),
                       >=, 0);
      gnutls_priority_init (&web->credentials.priority, "NORMAL", NULL);
    }
  inet_pton (AF_INET, address, &name.sin_addr);
  web->socket = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  setsockopt (web->socket, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  g_assert_cmpint (bind (web->socket, (struct sockaddr *) &name, size), ==, 0);
  g_assert_cmpint (listen (web->socket, 64), ==, 0);
  getsockname (web->socket, (struct sockaddr *) &name, &size);
  web->port = ntohs (name.sin_port);
  web->listener = g_thread_new ("web", web_listen, web);
  return web;
}

/* Returns: (transfer full): all that was asked */
static inline char *
web_heard (Web *web)
{
  char *text;

  pthread_mutex_lock (&web->lock);
  text = g_strdup (web->heard->str);
  pthread_mutex_unlock (&web->lock);
  return text;
}

static inline void
web_stop (Web *web)
{
  g_atomic_int_set (&web->ended, 1);
  shutdown (web->socket, SHUT_RDWR);
  g_thread_join (web->listener);
  pthread_mutex_lock (&web->lock);
  for (guint i = 0; i < web->n_open; i++)
    if (web->open[i] >= 0)
      shutdown (web->open[i], SHUT_RDWR);
  pthread_mutex_unlock (&web->lock);
  for (guint i = 0; i < web->threads->len; i++)
    g_thread_join (g_ptr_array_index (web->threads, i));
  g_ptr_array_unref (web->threads);
  close (web->socket);
  if (web->tls)
    {
      gnutls_certificate_free_credentials (web->credentials.credentials);
      gnutls_priority_deinit (web->credentials.priority);
    }
  g_string_free (web->heard, TRUE);
  pthread_mutex_destroy (&web->lock);
  g_free (web);
}
