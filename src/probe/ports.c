/* A port is knocked at: connect, listen, and where nothing is said offer TLS. */
#include "probe/ports.h"
#include "wire/conn.h"
#include "wire/text.h"
#include <string.h>

#define BRIEFLY_MS 400 /* on a port of TLS; who speaks in plain there does so at once */
#define TLS_MS 3000
#define GREETING_MAX 200 /* bytes shown */

/* One look in progress. */
typedef struct {
  const PostwegPortLook *look;
  PostwegPort *port; /* what comes of it */
  PostwegWait test;
  GPtrArray *dialogue;
  PostwegConn *conn;
} Knock;

static PostwegPortState
state_of (const GError *cause)
{
  static const struct {
    PostwegError error;
    PostwegPortState state;
  } states[] = {
    { POSTWEG_ERROR_REFUSED, POSTWEG_PORT_REFUSED },
    { POSTWEG_ERROR_NO_CONNECTION, POSTWEG_PORT_SILENT },
    { POSTWEG_ERROR_UNREACHABLE, POSTWEG_PORT_UNREACHABLE },
    { POSTWEG_ERROR_OFFLINE, POSTWEG_PORT_UNREACHABLE },
    { POSTWEG_ERROR_HUNG_UP, POSTWEG_PORT_RESET },
  };

  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    if (g_error_matches (cause, POSTWEG_ERROR, (gint) states[i].error))
      return states[i].state;
  return POSTWEG_PORT_UNKNOWN;
}

static gboolean
connect_to (Knock *knock)
{
  const PostwegPortLook *look = knock->look;
  g_autoptr (GPtrArray) addresses = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) attempts = g_ptr_array_new_with_free_func ((GDestroyNotify) postweg_attempt_free);
  PostwegWait wait = postweg_wait_step (&knock->test, POSTWEG_PORT_CONNECT_MS);
  g_autoptr (GError) cause = NULL;
  GSocket *socket;

  g_ptr_array_add (addresses, g_inet_socket_address_new_from_string (look->address, look->port));
  socket = postweg_race (addresses, attempts, look->rival.ms != NULL ? &look->rival : NULL, &wait, &cause);
  if (attempts->len > 0)
    knock->port->ms = ((const PostwegAttempt *) g_ptr_array_index (attempts, 0))->ms;
  if (socket == NULL)
    {
      knock->port->state = state_of (cause);
      return FALSE;
    }
  knock->port->state = POSTWEG_PORT_OPEN;
  knock->conn = postweg_conn_new (socket, knock->dialogue);
  return TRUE;
}

/* Returns: whether the connection is still worth talking to: nothing was said, and nobody hung up */
static gboolean
listen_for (Knock *knock, guint ms)
{
  PostwegWait wait = postweg_wait_step (&knock->test, ms);
  g_autoptr (GError) cause = NULL;
  g_autofree char *line = postweg_conn_read_line (knock->conn, &wait, &cause);
  gsize length = 0;
  const char *bytes = line;
  PostwegSpeaks speaks;

  if (line != NULL)
    length = strlen (line);
  else
    bytes = postweg_conn_peek (knock->conn, &length);
  speaks = postweg_speaks_by_bytes (bytes, length);
  if (!postweg_conn_is_encrypted (knock->conn))
    knock->port->speaks = speaks;
  if (length > 0)
    knock->port->greeting = postweg_text_clean (bytes, MIN (length, GREETING_MAX));
  if (length == 0 && g_error_matches (cause, POSTWEG_ERROR, POSTWEG_ERROR_HUNG_UP))
    {
      knock->port->state = knock->port->tls == NULL ? POSTWEG_PORT_RESET : knock->port->state;
      return FALSE;
    }
  return length == 0;
}

/* Returns: whether the connection is encrypted now */
static gboolean
offer_tls (Knock *knock)
{
  PostwegWait wait = postweg_wait_step (&knock->test, TLS_MS);
  g_autoptr (PostwegTlsFacts) facts = postweg_tls_facts_new (knock->look->host);
  PostwegSpeaks first = POSTWEG_SPEAKS_NOTHING;
  g_autoptr (GError) cause = NULL;

  if (!postweg_conn_start_tls (knock->conn, knock->look->trust, POSTWEG_TLS_STRICT, facts, &wait, &first,
                               &cause))
    {
      gboolean no_tls = g_error_matches (cause, POSTWEG_ERROR, POSTWEG_ERROR_NOT_TLS) ||
                        g_error_matches (cause, POSTWEG_ERROR, POSTWEG_ERROR_TLS_ABORTED) ||
                        g_error_matches (cause, POSTWEG_ERROR, POSTWEG_ERROR_SILENT) ||
                        cause->domain != POSTWEG_ERROR;

      knock->port->speaks = no_tls ? first : POSTWEG_SPEAKS_TLS;
      return FALSE;
    }
  knock->port->speaks = POSTWEG_SPEAKS_TLS;
  knock->port->tls = g_steal_pointer (&facts);
  return TRUE;
}

PostwegPort *
postweg_probe_port (const PostwegPortLook *look, GCancellable *cancellable)
{
  g_autoptr (GPtrArray) dialogue =
      g_ptr_array_new_with_free_func ((GDestroyNotify) postweg_dialogue_line_free);
  Knock knock = { .look = look, .dialogue = dialogue };

  knock.port = postweg_port_new (look->host, look->address, look->port, look->protocol);
  knock.test = postweg_wait_new (look->test_ms, cancellable);
  if (connect_to (&knock) && listen_for (&knock, look->is_tls ? BRIEFLY_MS : POSTWEG_PORT_LISTEN_MS) &&
      offer_tls (&knock))
    listen_for (&knock, POSTWEG_PORT_LISTEN_MS);
  g_clear_pointer (&knock.conn, postweg_conn_free);
  return knock.port;
}
