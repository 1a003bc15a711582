/* The server's end of one connection: bytes and lines, in plain text or through TLS; blocking. */
#pragma once
#include <glib.h>
#include <gnutls/gnutls.h>

#define POSTWEG_CHANNEL_MAX_LINE 65536  /* bytes; a longer line counts as the end of the connection */
#define POSTWEG_CHANNEL_DRAIN_SECONDS 1 /* how long a client is listened to after the server's end */

typedef struct _PostwegChannel PostwegChannel;

typedef struct {
  gnutls_certificate_credentials_t credentials;
  gnutls_priority_t priority;
  gnutls_datum_t ocsp; /* an answer to staple, or empty; freed by gnutls_free() */
} PostwegChannelTls;

/* A call that blocks ends at once when somebody shuts the socket down. The socket stays the caller's. */
PostwegChannel *postweg_channel_new (int fd);
void postweg_channel_free (PostwegChannel *channel);

/* FALSE when the client is gone */
gboolean postweg_channel_send (PostwegChannel *channel, const char *bytes, gsize length);
/* One line without its line end goes into `line`; FALSE when the client is gone or the line too long. What came of
 * an unfinished line is in `line` then. */
gboolean postweg_channel_read_line (PostwegChannel *channel, GString *line);
/* Exactly `length` bytes, at most POSTWEG_CHANNEL_MAX_LINE */
gboolean postweg_channel_read_bytes (PostwegChannel *channel, GString *bytes, gsize length);
/* Makes the handshake; an alert tells the client why it ends. `tls` must outlive the channel. */
gboolean postweg_channel_start_tls (PostwegChannel *channel, const PostwegChannelTls *tls);
/* Says goodbye (close_notify) if TLS is up and politely is TRUE, then ends the sending direction; reading goes on, but each read
 * ends after POSTWEG_CHANNEL_DRAIN_SECONDS. */
void postweg_channel_finish (PostwegChannel *channel, gboolean politely);
/* The next close of the socket sends a TCP reset. */
void postweg_channel_reset (PostwegChannel *channel);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PostwegChannel, postweg_channel_free)
