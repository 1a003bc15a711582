/* GnuTLS on a non-blocking socket: its pull and push functions wait with our deadline. */
#include "wire/tls.h"
#include "wire/socket.h"
#include "wire/tls-facts.h"
#include <errno.h>
#include <string.h>

/* GnuTLS's own defaults on Debian 12 accept TLS 1.0, which today's mail programs refuse. */
#define STRICT "NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2"
#define OLD "NORMAL:+VERS-TLS1.1:+VERS-TLS1.0:+ARCFOUR-128:+SHA1:+SIGN-ALL:%VERIFY_ALLOW_SIGN_WITH_SHA1"

#define MAX_FIRST 256         /* bytes kept of what a peer says that speaks no TLS */
#define FIRST_PATIENCE_MS 300 /* how long the rest of its first line may take */

struct _PostwegTls {
  gnutls_session_t session;
  GSocket *socket;
  PostwegTlsFacts *facts;  /* not owned */
  const PostwegWait *wait; /* of the call in progress */
  GError *trouble;         /* why pull or push gave up */
  char first[MAX_FIRST];
  gsize n_first;
};

/* A wait that ended is no broken connection: "again" keeps the session usable for a server that is only slow. */
static int
errno_of (const GError *trouble)
{
  return g_error_matches (trouble, POSTWEG_ERROR, POSTWEG_ERROR_HUNG_UP) ? EIO : EAGAIN;
}

static ssize_t
pull (gnutls_transport_ptr_t data, void *buffer, size_t size)
{
  PostwegTls *tls = data;
  gssize n;

  g_clear_error (&tls->trouble);
  n = postweg_socket_read (tls->socket, buffer, size, tls->wait, &tls->trouble);
  if (n < 0)
    {
      gnutls_transport_set_errno (tls->session, errno_of (tls->trouble));
      return -1;
    }
  if (n > 0 && tls->n_first < MAX_FIRST)
    {
      gsize keep = MIN ((gsize) n, MAX_FIRST - tls->n_first);

      memcpy (tls->first + tls->n_first, buffer, keep);
      tls->n_first += keep;
    }
  return n;
}

static ssize_t
push (gnutls_transport_ptr_t data, const void *bytes, size_t length)
{
  PostwegTls *tls = data;

  g_clear_error (&tls->trouble);
  if (postweg_socket_write (tls->socket, bytes, length, tls->wait, &tls->trouble))
    return (ssize_t) length;
  gnutls_transport_set_errno (tls->session, errno_of (tls->trouble));
  return -1;
}

/* Whether GnuTLS only wants to be called once more; not when pull or push gave up. */
static gboolean
wants_another_call (const PostwegTls *tls, ssize_t code)
{
  return code < 0 && tls->trouble == NULL && gnutls_error_is_fatal ((int) code) == 0;
}

PostwegSpeaks
postweg_speaks_by_bytes (const char *bytes, gsize length)
{
  static const struct {
    const char *start;
    PostwegSpeaks speaks;
  } starts[] = {
    { "* ", POSTWEG_SPEAKS_IMAP },      { "+OK", POSTWEG_SPEAKS_POP3 },
    { "-ERR", POSTWEG_SPEAKS_POP3 },    { "220", POSTWEG_SPEAKS_SMTP },
    { "421", POSTWEG_SPEAKS_SMTP },     { "554", POSTWEG_SPEAKS_SMTP },
    { "550", POSTWEG_SPEAKS_SMTP },     { "500", POSTWEG_SPEAKS_SMTP },
    { "501", POSTWEG_SPEAKS_SMTP },     { "502", POSTWEG_SPEAKS_SMTP },
    { "HTTP/", POSTWEG_SPEAKS_HTTP },   { "<!DOCTYPE", POSTWEG_SPEAKS_HTTP },
    { "<html", POSTWEG_SPEAKS_HTTP },   { "\x16\x03", POSTWEG_SPEAKS_TLS },
    { "\x15\x03", POSTWEG_SPEAKS_TLS },
  };

  if (length == 0)
    return POSTWEG_SPEAKS_NOTHING;
  for (guint i = 0; i < G_N_ELEMENTS (starts); i++)
    if (length >= strlen (starts[i].start) &&
        g_ascii_strncasecmp (bytes, starts[i].start, strlen (starts[i].start)) == 0)
      return starts[i].speaks;
  return POSTWEG_SPEAKS_OTHER;
}

/* GnuTLS stops after the first five bytes; the rest of the line says who is there. */
static PostwegSpeaks
listen_on (PostwegTls *tls, const PostwegWait *wait)
{
  PostwegWait patience = postweg_wait_step (wait, FIRST_PATIENCE_MS);

  if (tls->n_first < MAX_FIRST)
    {
      gssize n = postweg_socket_read (tls->socket, tls->first + tls->n_first, MAX_FIRST - tls->n_first,
                                      &patience, NULL);

      tls->n_first += n > 0 ? (gsize) n : 0;
    }
  return postweg_speaks_by_bytes (tls->first, tls->n_first);
}

static PostwegError
error_of_alert (int alert)
{
  switch (alert)
    {
    case GNUTLS_A_PROTOCOL_VERSION:
    case GNUTLS_A_INAPPROPRIATE_FALLBACK:
      return POSTWEG_ERROR_TLS_VERSION;
    case GNUTLS_A_HANDSHAKE_FAILURE:
    case GNUTLS_A_INSUFFICIENT_SECURITY:
      return POSTWEG_ERROR_TLS_CIPHER;
    default:
      return POSTWEG_ERROR_TLS_ALERT;
    }
}

static PostwegError
error_of (PostwegTls *tls, int code)
{
  gboolean looks_like_tls = postweg_speaks_by_bytes (tls->first, tls->n_first) == POSTWEG_SPEAKS_TLS;

  switch (code)
    {
    case GNUTLS_E_FATAL_ALERT_RECEIVED:
      tls->facts->alert = (int) gnutls_alert_get (tls->session);
      return error_of_alert (tls->facts->alert);
    case GNUTLS_E_UNSUPPORTED_VERSION_PACKET:
      /* also what a server causes that answers with a version we do not want */
      return looks_like_tls ? POSTWEG_ERROR_TLS_VERSION : POSTWEG_ERROR_NOT_TLS;
    case GNUTLS_E_NO_CIPHER_SUITES:
    case GNUTLS_E_UNKNOWN_CIPHER_SUITE:
    case GNUTLS_E_INSUFFICIENT_SECURITY:
    case GNUTLS_E_DH_PRIME_UNACCEPTABLE:
    case GNUTLS_E_UNSUPPORTED_SIGNATURE_ALGORITHM:
    case GNUTLS_E_UNWANTED_ALGORITHM:
      return POSTWEG_ERROR_TLS_CIPHER;
    default:
      return tls->n_first == 0 || looks_like_tls ? POSTWEG_ERROR_TLS_ABORTED : POSTWEG_ERROR_NOT_TLS;
    }
}

/* Cut off by the peer is TLS_ABORTED in a handshake; our own waiting keeps its name. */
static void
set_handshake_error (PostwegTls *tls, int code, GError **error)
{
  if (tls->trouble != NULL && !g_error_matches (tls->trouble, POSTWEG_ERROR, POSTWEG_ERROR_HUNG_UP))
    g_propagate_error (error, g_steal_pointer (&tls->trouble));
  else
    g_set_error_literal (error, POSTWEG_ERROR, (gint) error_of (tls, code), gnutls_strerror (code));
}

static PostwegTls *
tls_start (GSocket *socket, PostwegTrust *trust, PostwegTlsKind kind, PostwegTlsFacts *facts)
{
  PostwegTls *tls = g_new0 (PostwegTls, 1);

  tls->socket = g_object_ref (socket);
  tls->facts = facts;
  gnutls_init (&tls->session, GNUTLS_CLIENT | GNUTLS_NO_SIGNAL);
  gnutls_priority_set_direct (tls->session, kind == POSTWEG_TLS_OLD ? OLD : STRICT, NULL);
  gnutls_credentials_set (tls->session, GNUTLS_CRD_CERTIFICATE, postweg_trust_credentials (trust));
  gnutls_transport_set_ptr (tls->session, tls);
  gnutls_transport_set_pull_function (tls->session, pull);
  gnutls_transport_set_push_function (tls->session, push);
  gnutls_handshake_set_timeout (tls->session, 0); /* ours counts */
  if (!g_hostname_is_ip_address (facts->host))
    gnutls_server_name_set (tls->session, GNUTLS_NAME_DNS, facts->host, strlen (facts->host));
  return tls;
}

PostwegTls *
postweg_tls_new (GSocket *socket, PostwegTrust *trust, PostwegTlsKind kind, PostwegTlsFacts *facts,
                 const PostwegWait *wait, PostwegSpeaks *first, GError **error)
{
  g_autoptr (PostwegTls) tls = tls_start (socket, trust, kind, facts);
  g_autoptr (GError) cause = NULL;
  int code;

  tls->wait = wait;
  do
    code = gnutls_handshake (tls->session);
  while (wants_another_call (tls, code));

  if (code == GNUTLS_E_SUCCESS)
    {
      /* with old ciphers weaker signatures count, too */
      postweg_tls_facts_fill (facts, tls->session,
                              kind == POSTWEG_TLS_STRICT ? postweg_trust_proven (trust) : NULL);
      return g_steal_pointer (&tls);
    }
  set_handshake_error (tls, code, &cause);
  if (first != NULL && g_error_matches (cause, POSTWEG_ERROR, POSTWEG_ERROR_NOT_TLS))
    *first = listen_on (tls, wait);
  g_propagate_error (error, g_steal_pointer (&cause));
  return NULL;
}

void
postweg_tls_free (PostwegTls *tls)
{
  if (tls == NULL)
    return;
  gnutls_deinit (tls->session);
  g_object_unref (tls->socket);
  g_clear_error (&tls->trouble);
  g_free (tls);
}

static void
set_record_error (PostwegTls *tls, int code, GError **error)
{
  if (tls->trouble != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&tls->trouble));
      return;
    }
  if (code == GNUTLS_E_FATAL_ALERT_RECEIVED)
    tls->facts->alert = (int) gnutls_alert_get (tls->session);
  g_set_error_literal (error, POSTWEG_ERROR,
                       code == GNUTLS_E_FATAL_ALERT_RECEIVED ? POSTWEG_ERROR_TLS_ALERT
                                                             : POSTWEG_ERROR_HUNG_UP,
                       gnutls_strerror (code));
}

gssize
postweg_tls_read (PostwegTls *tls, char *buffer, gsize size, const PostwegWait *wait, GError **error)
{
  ssize_t n;

  tls->wait = wait;
  g_clear_error (&tls->trouble);
  do
    n = gnutls_record_recv (tls->session, buffer, size);
  while (wants_another_call (tls, n));

  /* Servers that close without a close_notify are common; for a line protocol it is the end of the stream. */
  if (n >= 0 || n == GNUTLS_E_PREMATURE_TERMINATION)
    return MAX (n, 0);
  set_record_error (tls, (int) n, error);
  return -1;
}

gboolean
postweg_tls_write (PostwegTls *tls, const char *bytes, gsize length, const PostwegWait *wait, GError **error)
{
  tls->wait = wait;
  g_clear_error (&tls->trouble);
  while (length > 0)
    {
      ssize_t n = gnutls_record_send (tls->session, bytes, length);

      if (n < 0 && !wants_another_call (tls, n))
        {
          set_record_error (tls, (int) n, error);
          return FALSE;
        }
      bytes += MAX (n, 0);
      length -= (gsize) MAX (n, 0);
    }
  return TRUE;
}
