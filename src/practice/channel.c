/* Blocking sends and reads of a practice server. Nothing is read ahead, so that what a client says before it may is
 * still on the socket when a handshake begins. */
#include "practice/channel.h"
#include <errno.h>
#include <sys/socket.h>
#include <sys/time.h>

struct _PostwegChannel {
  int fd;
  gnutls_session_t session; /* NULL: plain text */
};

PostwegChannel *
postweg_channel_new (int fd)
{
  PostwegChannel *channel = g_new0 (PostwegChannel, 1);

  channel->fd = fd;
  return channel;
}

void
postweg_channel_free (PostwegChannel *channel)
{
  if (channel == NULL)
    return;
  if (channel->session != NULL)
    gnutls_deinit (channel->session);
  g_free (channel);
}

static gssize
send_some (PostwegChannel *channel, const char *bytes, gsize length)
{
  gssize sent;

  if (channel->session != NULL)
    {
      do
        sent = gnutls_record_send (channel->session, bytes, length);
      while (sent == GNUTLS_E_AGAIN || sent == GNUTLS_E_INTERRUPTED);
      return sent;
    }
  do
    sent = send (channel->fd, bytes, length, MSG_NOSIGNAL);
  while (sent < 0 && errno == EINTR);
  return sent;
}

static gssize
receive_some (PostwegChannel *channel, char *bytes, gsize length)
{
  gssize got;

  if (channel->session != NULL)
    {
      do
        got = gnutls_record_recv (channel->session, bytes, length);
      while (got == GNUTLS_E_INTERRUPTED || got == GNUTLS_E_REHANDSHAKE);
      return got;
    }
  do
    got = recv (channel->fd, bytes, length, 0);
  while (got < 0 && errno == EINTR);
  return got;
}

gboolean
postweg_channel_send (PostwegChannel *channel, const char *bytes, gsize length)
{
  while (length > 0)
    {
      gssize sent = send_some (channel, bytes, length);

      if (sent <= 0)
        return FALSE;
      bytes += sent;
      length -= (gsize) sent;
    }
  return TRUE;
}

gboolean
postweg_channel_read_line (PostwegChannel *channel, GString *line)
{
  char byte;

  g_string_truncate (line, 0);
  while (line->len < POSTWEG_CHANNEL_MAX_LINE && receive_some (channel, &byte, 1) == 1)
    {
      if (byte != '\n')
        {
          g_string_append_c (line, byte);
          continue;
        }
      if (line->len > 0 && line->str[line->len - 1] == '\r')
        g_string_truncate (line, line->len - 1);
      return TRUE;
    }
  return FALSE;
}

gboolean
postweg_channel_read_bytes (PostwegChannel *channel, GString *bytes, gsize length)
{
  char byte;

  g_string_truncate (bytes, 0);
  if (length > POSTWEG_CHANNEL_MAX_LINE)
    return FALSE;
  while (bytes->len < length && receive_some (channel, &byte, 1) == 1)
    g_string_append_c (bytes, byte);
  return bytes->len == length;
}

gboolean
postweg_channel_start_tls (PostwegChannel *channel, const PostwegChannelTls *tls)
{
  gnutls_session_t session;
  int result;

  if (channel->session != NULL || gnutls_init (&session, GNUTLS_SERVER | GNUTLS_NO_SIGNAL) < 0)
    return FALSE;
  gnutls_priority_set (session, tls->priority);
  gnutls_credentials_set (session, GNUTLS_CRD_CERTIFICATE, tls->credentials);
  gnutls_transport_set_int (session, channel->fd);
  do
    result = gnutls_handshake (session);
  while (result < 0 && !gnutls_error_is_fatal (result));
  if (result >= 0)
    {
      channel->session = session;
      return TRUE;
    }
  gnutls_alert_send_appropriate (session, result);
  gnutls_deinit (session);
  return FALSE;
}

void
postweg_channel_finish (PostwegChannel *channel, gboolean politely)
{
  struct timeval patience = { .tv_sec = POSTWEG_CHANNEL_DRAIN_SECONDS };

  if (channel->session != NULL && politely)
    gnutls_bye (channel->session, GNUTLS_SHUT_WR);
  shutdown (channel->fd, SHUT_WR);
  setsockopt (channel->fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
}

void
postweg_channel_reset (PostwegChannel *channel)
{
  struct linger at_once = { .l_onoff = 1, .l_linger = 0 };

  setsockopt (channel->fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
}
