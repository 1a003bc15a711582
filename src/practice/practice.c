/* Listens on loopback and gives every connection a thread that plays the script. */
#include "practice/practice.h"
#include "model/error.h"
#include "practice/player.h"
#include <arpa/inet.h>
#include <errno.h>
#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define MAX_CONNECTIONS 256 /* at the same time; further ones are closed at once */

struct _PostwegPractice {
  PostwegStage *stage;
  int listen_fd;
  guint16 port;
  GThread *thread;
  pthread_mutex_t lock;
  GPtrArray *connections; /* of Connection, under the lock */
  guint accepted;         /* under the lock */
};

typedef struct {
  PostwegPractice *practice;
  GThread *thread;
  int fd; /* -1: over; under the lock */
} Connection;

static void
connection_join (gpointer data)
{
  Connection *connection = data;

  g_thread_join (connection->thread);
  g_free (connection);
}

static gpointer
play (gpointer data)
{
  Connection *connection = data;
  PostwegPractice *practice = connection->practice;

  postweg_player_run (practice->stage, connection->fd);
  pthread_mutex_lock (&practice->lock);
  close (connection->fd);
  connection->fd = -1;
  pthread_mutex_unlock (&practice->lock);
  return NULL;
}

/* With the lock held. */
static void
reap (PostwegPractice *practice)
{
  for (guint i = practice->connections->len; i > 0; i--)
    if (((Connection *) g_ptr_array_index (practice->connections, i - 1))->fd < 0)
      g_ptr_array_remove_index_fast (practice->connections, i - 1);
}

static void
welcome (PostwegPractice *practice, int fd)
{
  Connection *connection = g_new0 (Connection, 1);
  int on = 1;

  setsockopt (fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  *connection = (Connection){ .practice = practice, .fd = fd };
  pthread_mutex_lock (&practice->lock);
  practice->accepted++;
  reap (practice);
  if (practice->connections->len < MAX_CONNECTIONS)
    connection->thread = g_thread_try_new ("practice-play", play, connection, NULL);
  if (connection->thread != NULL)
    g_ptr_array_add (practice->connections, connection);
  else
    {
      close (fd);
      g_free (connection);
    }
  pthread_mutex_unlock (&practice->lock);
}

static gpointer
listen_until_stopped (gpointer data)
{
  PostwegPractice *practice = data;
  struct pollfd fds[] = { { .fd = practice->listen_fd, .events = POLLIN },
                          { .fd = practice->stage->stop_fd, .events = POLLIN } };

  for (;;)
    {
      int fd;

      if (poll (fds, G_N_ELEMENTS (fds), -1) < 0 && errno != EINTR)
        return NULL;
      if (fds[1].revents != 0)
        return NULL;
      if (fds[0].revents == 0)
        continue;
      fd = accept4 (practice->listen_fd, NULL, NULL, SOCK_CLOEXEC);
      if (fd >= 0)
        welcome (practice, fd);
      else if (errno == EMFILE || errno == ENFILE)
        g_usleep (10000); /* the client stays in the queue, and poll() would return at once */
    }
}

static gboolean
bad_input (GError **error, const char *message)
{
  g_set_error_literal (error, POSTWEG_ERROR, POSTWEG_ERROR_BAD_INPUT, message);
  return FALSE;
}

/* Given as a file GnuTLS would look into it, and not staple what speaks against the server itself. */
static int
staple (gnutls_session_t session, void *data, gnutls_datum_t *answer)
{
  const gnutls_datum_t *ocsp = data;

  (void) session;
  answer->data = gnutls_malloc (ocsp->size);
  answer->size = ocsp->size;
  memcpy (answer->data, ocsp->data, ocsp->size);
  return GNUTLS_E_SUCCESS;
}

static gboolean
read_ocsp (PostwegStage *stage, const char *file, GError **error)
{
  if (file == NULL)
    return TRUE;
  if (gnutls_load_file (file, &stage->tls.ocsp) < 0)
    return bad_input (error, _("The answer about the certificate’s revocation cannot be read."));
  gnutls_certificate_set_ocsp_status_request_function (stage->tls.credentials, staple, &stage->tls.ocsp);
  return TRUE;
}

static gboolean
read_tls (PostwegStage *stage, const PostwegPracticeOptions *options, GError **error)
{
  const char *priority = options->tls_priority != NULL ? options->tls_priority : "NORMAL";

  if (!stage->script->tls)
    return TRUE;
  if (options->certificate == NULL || options->key == NULL)
    return bad_input (error, _("A script with “TLS” needs a certificate and its key."));
  if (gnutls_priority_init (&stage->tls.priority, priority, NULL) < 0)
    return bad_input (error, _("The TLS priorities cannot be understood."));
  if (gnutls_certificate_allocate_credentials (&stage->tls.credentials) < 0 ||
      gnutls_certificate_set_x509_key_file (stage->tls.credentials, options->certificate, options->key,
                                            GNUTLS_X509_FMT_PEM) < 0)
    return bad_input (error, _("The certificate and its key cannot be used."));
  return read_ocsp (stage, options->ocsp, error);
}

static int
socket_error (GError **error)
{
  gboolean taken = errno == EADDRINUSE;

  g_set_error_literal (error, POSTWEG_ERROR, taken ? POSTWEG_ERROR_ALREADY_THERE : POSTWEG_ERROR_UNREACHABLE,
                       taken ? _("Another program already uses this port.")
                             : _("This computer does not have the address for the practice server."));
  return -1;
}

static int
bind_to (GSocketAddress *address, GError **error)
{
  struct sockaddr_storage native;
  gssize size = g_socket_address_get_native_size (address);
  int fd = socket (g_socket_address_get_family (address), SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  int on = 1;

  if (fd < 0)
    return socket_error (error);
  setsockopt (fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  g_socket_address_to_native (address, &native, sizeof native, NULL);
  if (bind (fd, (struct sockaddr *) &native, (socklen_t) size) == 0 && listen (fd, SOMAXCONN) == 0)
    return fd;
  socket_error (error);
  close (fd);
  return -1;
}

static int
open_listener (const PostwegPracticeOptions *options, GError **error)
{
  const char *text = options->address != NULL ? options->address : "127.0.0.1";
  g_autoptr (GInetAddress) inet = g_inet_address_new_from_string (text);
  g_autoptr (GSocketAddress) address = NULL;

  if (inet == NULL || !g_inet_address_get_is_loopback (inet))
    {
      bad_input (error, _("Practice servers listen on loopback addresses only."));
      return -1;
    }
  address = g_inet_socket_address_new (inet, options->port);
  return bind_to (address, error);
}

static guint16
port_of (int fd)
{
  union {
    struct sockaddr any;
    struct sockaddr_in v4;
    struct sockaddr_in6 v6;
  } address = { 0 };
  socklen_t size = sizeof address;

  getsockname (fd, &address.any, &size);
  return ntohs (address.any.sa_family == AF_INET6 ? address.v6.sin6_port : address.v4.sin_port);
}

static PostwegPractice *
practice_new (PostwegStage *stage, int listen_fd)
{
  PostwegPractice *practice = g_new0 (PostwegPractice, 1);

  practice->stage = stage;
  practice->listen_fd = listen_fd;
  practice->port = port_of (listen_fd);
  practice->connections = g_ptr_array_new_with_free_func (connection_join);
  pthread_mutex_init (&practice->lock, NULL);
  practice->thread = g_thread_new ("practice-listen", listen_until_stopped, practice);
  return practice;
}

PostwegPractice *
postweg_practice_start (const PostwegPracticeOptions *options, GError **error)
{
  PostwegScript *script;
  PostwegStage *stage;
  int listen_fd;

  g_return_val_if_fail (options != NULL && options->script != NULL, NULL);
  script = postweg_script_parse (options->script, error);
  if (script == NULL)
    return NULL;
  stage = postweg_stage_new (script);
  listen_fd = read_tls (stage, options, error) ? open_listener (options, error) : -1;
  if (listen_fd >= 0)
    return practice_new (stage, listen_fd);
  postweg_stage_free (stage);
  return NULL;
}

guint16
postweg_practice_port (PostwegPractice *practice)
{
  return practice->port;
}

guint
postweg_practice_connections (PostwegPractice *practice)
{
  guint accepted;

  pthread_mutex_lock (&practice->lock);
  accepted = practice->accepted;
  pthread_mutex_unlock (&practice->lock);
  return accepted;
}

char *
postweg_practice_heard (PostwegPractice *practice)
{
  char *heard;

  pthread_mutex_lock (&practice->stage->lock);
  heard = g_strdup (practice->stage->heard->str);
  pthread_mutex_unlock (&practice->stage->lock);
  return heard;
}

char *
postweg_practice_complaint (PostwegPractice *practice)
{
  char *complaint;

  pthread_mutex_lock (&practice->stage->lock);
  complaint = g_strdup (practice->stage->complaint);
  pthread_mutex_unlock (&practice->stage->lock);
  return complaint;
}

void
postweg_practice_stop (PostwegPractice *practice)
{
  guint64 one = 1;

  if (practice == NULL)
    return;
  while (write (practice->stage->stop_fd, &one, sizeof one) < 0 && errno == EINTR)
    continue;
  g_thread_join (practice->thread);
  close (practice->listen_fd);
  pthread_mutex_lock (&practice->lock);
  for (guint i = 0; i < practice->connections->len; i++)
    {
      Connection *connection = g_ptr_array_index (practice->connections, i);

      if (connection->fd >= 0)
        shutdown (connection->fd, SHUT_RDWR);
    }
  pthread_mutex_unlock (&practice->lock);
  /* joins the threads, which take the lock when they end: no new one can come any more */
  g_ptr_array_unref (practice->connections);
  pthread_mutex_destroy (&practice->lock);
  postweg_stage_free (practice->stage);
  g_free (practice);
}
