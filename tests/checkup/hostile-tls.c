/* A small TLS server per misbehaviour: shakes hands, greets, and then goes wrong until the client has gone. */
#include "hostile-tls.h"
#include <arpa/inet.h>
#include <gnutls/gnutls.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define MAX_TIMES 3000000 /* a client that never ends is not ours; the server ends, so that the test does */

struct _HostileTls {
  HostileTlsKind kind;
  char *hello;
  int fd;
  guint16 port;
  gint stopping;
  GThread *thread;
  gnutls_certificate_credentials_t credentials;
};

static int
send_ticket (gnutls_session_t session)
{
  return gnutls_session_ticket_send (session, 1, 0);
}

static int
ask_again (gnutls_session_t session)
{
  return gnutls_rehandshake (session);
}

static int
update_key (gnutls_session_t session)
{
  return gnutls_session_key_update (session, 0);
}

static int
send_nothing (gnutls_session_t session)
{
  int sent = (int) gnutls_record_send (session, "", 0);

  return MIN (sent, 0);
}

static int
warn (gnutls_session_t session)
{
  return gnutls_alert_send (session, GNUTLS_AL_WARNING, GNUTLS_A_USER_CANCELED);
}

static int
send_garbage (gnutls_session_t session)
{
  static const char record[] = "\x17\x03\x03\x00\x20"
                               "0123456789abcdef0123456789abcdef";

  send (gnutls_transport_get_int (session), record, sizeof record - 1, MSG_NOSIGNAL);
  return GNUTLS_E_PUSH_ERROR;
}

static const struct {
  int (*act) (gnutls_session_t session);
  const char *priority;
} kinds[] = {
  [HOSTILE_TLS_TICKETS] = { send_ticket, "NORMAL:-VERS-ALL:+VERS-TLS1.3" },
  [HOSTILE_TLS_RENEGOTIATE] = { ask_again, "NORMAL:-VERS-ALL:+VERS-TLS1.2" },
  [HOSTILE_TLS_KEY_UPDATES] = { update_key, "NORMAL:-VERS-ALL:+VERS-TLS1.3" },
  [HOSTILE_TLS_EMPTY] = { send_nothing, "NORMAL:-VERS-ALL:+VERS-TLS1.2" },
  [HOSTILE_TLS_HEARTBEATS] = { warn, "NORMAL:-VERS-ALL:+VERS-TLS1.2" },
  [HOSTILE_TLS_GARBAGE] = { send_garbage, "NORMAL" },
};

static void
serve (HostileTls *server, int fd)
{
  gnutls_session_t session;
  gnutls_datum_t key = { NULL, 0 };
  int code;

  gnutls_init (&session, GNUTLS_SERVER | GNUTLS_NO_SIGNAL);
  gnutls_session_ticket_key_generate (&key);
  gnutls_session_ticket_enable_server (session, &key);
  gnutls_priority_set_direct (session, kinds[server->kind].priority, NULL);
  gnutls_credentials_set (session, GNUTLS_CRD_CERTIFICATE, server->credentials);
  gnutls_transport_set_int (session, fd);
  do
    code = gnutls_handshake (session);
  while (code < 0 && !gnutls_error_is_fatal (code));
  if (code == 0)
    gnutls_record_send (session, server->hello, strlen (server->hello));
  for (guint i = 0; code >= 0 && i < MAX_TIMES && !g_atomic_int_get (&server->stopping); i++)
    code = kinds[server->kind].act (session);
  gnutls_deinit (session);
  gnutls_free (key.data);
}

/* One client after the other: a second look may follow. */
static gpointer
run (gpointer data)
{
  HostileTls *server = data;

  while (!g_atomic_int_get (&server->stopping))
    {
      int fd = accept (server->fd, NULL, NULL);

      if (fd < 0)
        break;
      serve (server, fd);
      close (fd);
    }
  return NULL;
}

HostileTls *
hostile_tls_start (HostileTlsKind kind, const char *certificate, const char *key, const char *hello)
{
  HostileTls *server = g_new0 (HostileTls, 1);
  struct sockaddr_in address = { .sin_family = AF_INET, .sin_addr.s_addr = htonl (INADDR_LOOPBACK) };
  socklen_t size = sizeof address;

  server->kind = kind;
  server->hello = g_strdup (hello);
  gnutls_certificate_allocate_credentials (&server->credentials);
  g_assert_cmpint (
      gnutls_certificate_set_x509_key_file (server->credentials, certificate, key, GNUTLS_X509_FMT_PEM), >=,
      0);
  server->fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  g_assert_cmpint (bind (server->fd, (struct sockaddr *) &address, size), ==, 0);
  g_assert_cmpint (listen (server->fd, 8), ==, 0);
  g_assert_cmpint (getsockname (server->fd, (struct sockaddr *) &address, &size), ==, 0);
  server->port = ntohs (address.sin_port);
  server->thread = g_thread_new ("hostile", run, server);
  return server;
}

guint16
hostile_tls_port (const HostileTls *server)
{
  return server->port;
}

void
hostile_tls_stop (HostileTls *server)
{
  g_atomic_int_set (&server->stopping, TRUE);
  shutdown (server->fd, SHUT_RDWR);
  g_thread_join (server->thread);
  close (server->fd);
  gnutls_certificate_free_credentials (server->credentials);
  g_free (server->hello);
  g_free (server);
}
