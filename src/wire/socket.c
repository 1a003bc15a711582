/* The lowest layer: bytes through a GSocket. */
#include "wire/socket.h"
#include <netinet/in.h>
#include <netinet/tcp.h>

/* On a connected socket everything but waiting means that the connection is gone. */
static void
set_gone (const GError *cause, GError **error)
{
  g_set_error_literal (error, POSTWEG_ERROR, POSTWEG_ERROR_HUNG_UP, cause->message);
}

void
postweg_socket_tune (GSocket *socket)
{
  g_socket_set_option (socket, IPPROTO_TCP, TCP_NODELAY, 1, NULL);
}

gssize
postweg_socket_read (GSocket *socket, char *buffer, gsize size, const PostwegWait *wait, GError **error)
{
  while (TRUE)
    {
      g_autoptr (GError) cause = NULL;
      gssize n;

      /* A peer that never stops sending what nobody reads (tickets, renegotiation) must not outlast the deadline either. */
      if (postweg_wait_is_over (wait, error))
        return -1;
      /* The kernel forgets this one after each segment. */
      g_socket_set_option (socket, IPPROTO_TCP, TCP_QUICKACK, 1, NULL);
      n = g_socket_receive_with_blocking (socket, buffer, size, FALSE, NULL, &cause);
      if (n >= 0)
        return n;
      if (!g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
        return set_gone (cause, error), -1;
      if (!postweg_wait_for_socket (wait, socket, G_IO_IN, POSTWEG_ERROR_SILENT, error))
        return -1;
    }
}

gboolean
postweg_socket_write (GSocket *socket, const char *bytes, gsize length, const PostwegWait *wait,
                      GError **error)
{
  while (length > 0)
    {
      g_autoptr (GError) cause = NULL;
      gssize n = g_socket_send_with_blocking (socket, bytes, length, FALSE, NULL, &cause);

      if (n >= 0)
        {
          bytes += n;
          length -= (gsize) n;
        }
      else if (!g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
        return set_gone (cause, error), FALSE;
      else if (!postweg_wait_for_socket (wait, socket, G_IO_OUT, POSTWEG_ERROR_SILENT, error))
        return FALSE;
    }
  return TRUE;
}
