/* A line-based connection to a mail server: bounded lines, deadlines, the dialogue kept with secrets blackened. */
#pragma once
#include "model/evidence.h"
#include "model/secret.h"
#include "wire/tls.h"
#include "wire/wait.h"

typedef struct _PostwegConn PostwegConn;

#define POSTWEG_LINE_MAX (64 * 1024)    /* bytes of one line; longer is MALFORMED */
#define POSTWEG_PHASE_MAX (1024 * 1024) /* bytes a server may say between two of our commands */

/* Takes the socket. dialogue: PostwegDialogueLine is appended; must outlive the connection. */
PostwegConn *postweg_conn_new (GSocket *socket, GPtrArray *dialogue);
void postweg_conn_free (PostwegConn *conn);

/* Switches to TLS; errors and `first` as postweg_tls_new(). The receive buffer must be empty, see postweg_conn_buffered(). */
gboolean postweg_conn_start_tls (PostwegConn *conn, PostwegTrust *trust, PostwegTlsKind kind,
                                 PostwegTlsFacts *facts, const PostwegWait *wait, PostwegSpeaks *first,
                                 GError **error);
gboolean postweg_conn_is_encrypted (const PostwegConn *conn);
/* Whether the peer is this computer itself. */
gboolean postweg_conn_is_loopback (const PostwegConn *conn);
/* Whether there are bytes that nobody has asked for yet, waiting briefly so that they can show up. */
gboolean postweg_conn_has_extra (PostwegConn *conn, const PostwegWait *wait);

/* Returns: (transfer full): one line without its line break (CRLF or LF), as raw bytes, NUL-terminated; NUL bytes inside are MALFORMED.
 * Or NULL with HUNG_UP, SILENT, MALFORMED, TLS_ALERT, OUT_OF_TIME, G_IO_ERROR_CANCELLED */
char *postweg_conn_read_line (PostwegConn *conn, const PostwegWait *wait, GError **error);
/* Reads exactly `size` bytes (an IMAP literal). Returns: (transfer full): NUL-terminated, errors likewise */
char *postweg_conn_read_bytes (PostwegConn *conn, gsize size, const PostwegWait *wait, GError **error);
/* Returns: what came of a line so far when reading stopped early; (transfer none) */
const char *postweg_conn_peek (PostwegConn *conn, gsize *length);

/* Sends `text` and, when not NULL, `secret` behind it, then CRLF. Only `text` comes into the dialogue; the secret, and every
 * other text that was given to postweg_conn_hide(), is blackened in whatever the server says later.
 * Errors: BAD_INPUT for a line break in either, HUNG_UP, SILENT, OUT_OF_TIME, G_IO_ERROR_CANCELLED */
gboolean postweg_conn_send (PostwegConn *conn, const char *text, const char *secret, const PostwegWait *wait,
                            GError **error);
/* Blackens this text from now on, in its plain form, as base64 (alone and inside longer base64) and percent-encoded. */
void postweg_conn_hide (PostwegConn *conn, const char *secret);
/* Returns: (transfer full): the bytes with what is hidden blackened */
char *postweg_conn_blacken (PostwegConn *conn, const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PostwegConn, postweg_conn_free)
