/* Lines over a socket, encrypted or not; the one place that writes the dialogue. */
#include "wire/conn.h"
#include "wire/socket.h"
#include "wire/text.h"
#include <string.h>

#define CHUNK 4096
#define BLACK "••••"
#define MIN_HIDDEN 4         /* shorter texts would blacken half of what a server says */
#define MIN_GROUPED 6        /* the same for secrets inside of base64: eight characters */
#define EXTRA_PATIENCE_MS 20 /* how long injected bytes may lag behind the reply that they follow */

struct _PostwegConn {
  GSocket *socket;
  PostwegTls *tls; /* NULL: not encrypted */
  GByteArray *buffer;
  gsize phase;         /* bytes read since we last said something */
  GPtrArray *dialogue; /* not owned */
  GPtrArray *hidden;   /* char*, wiped when freed */
  gint64 start;
};

PostwegConn *
postweg_conn_new (GSocket *socket, GPtrArray *dialogue)
{
  PostwegConn *conn = g_new0 (PostwegConn, 1);

  conn->socket = socket;
  conn->buffer = g_byte_array_sized_new (2 * CHUNK);
  conn->dialogue = dialogue;
  conn->hidden = g_ptr_array_new_with_free_func ((GDestroyNotify) postweg_wipe_free);
  conn->start = g_get_monotonic_time ();
  postweg_socket_tune (socket);
  return conn;
}

void
postweg_conn_free (PostwegConn *conn)
{
  if (conn == NULL)
    return;
  postweg_tls_free (conn->tls);
  g_socket_close (conn->socket, NULL);
  g_object_unref (conn->socket);
  postweg_wipe (conn->buffer->data, conn->buffer->len);
  g_byte_array_unref (conn->buffer);
  g_ptr_array_unref (conn->hidden);
  g_free (conn);
}

gboolean
postweg_conn_start_tls (PostwegConn *conn, PostwegTrust *trust, PostwegTlsKind kind, PostwegTlsFacts *facts,
                        const PostwegWait *wait, PostwegSpeaks *first, GError **error)
{
  conn->tls = postweg_tls_new (conn->socket, trust, kind, facts, wait, first, error);
  return conn->tls != NULL;
}

gboolean
postweg_conn_is_encrypted (const PostwegConn *conn)
{
  return conn->tls != NULL;
}

gboolean
postweg_conn_is_loopback (const PostwegConn *conn)
{
  g_autoptr (GSocketAddress) peer = g_socket_get_remote_address (conn->socket, NULL);

  return peer != NULL &&
         g_inet_address_get_is_loopback (g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (peer)));
}

static void
hide (PostwegConn *conn, char *text)
{
  if (strlen (text) >= MIN_HIDDEN)
    g_ptr_array_add (conn->hidden, text);
  else
    postweg_wipe_free (text);
}

/* Inside longer base64, such as that of user and password together, a secret begins at one of three places of a group. Whole groups
 * of it look the same there, whatever stands before and behind. */
static void
hide_groups (PostwegConn *conn, const char *secret)
{
  gsize length = strlen (secret);

  for (gsize skip = 0; skip < 3 && skip + MIN_GROUPED <= length; skip++)
    hide (conn, g_base64_encode ((const guchar *) secret + skip, (length - skip) / 3 * 3));
}

void
postweg_conn_hide (PostwegConn *conn, const char *secret)
{
  char *base64 = g_base64_encode ((const guchar *) secret, strlen (secret));

  hide (conn, g_strdup (secret));
  hide (conn, g_uri_escape_string (secret, NULL, FALSE));
  base64[strcspn (base64, "=")] = '\0';
  hide (conn, base64);
  hide_groups (conn, secret);
}

char *
postweg_conn_blacken (PostwegConn *conn, const char *text)
{
  /* room for everything, so that growing leaves no copy behind */
  GString *black = g_string_sized_new (strlen (text) * strlen (BLACK) / MIN_HIDDEN + 1);

  g_string_append (black, text);
  for (guint i = 0; i < conn->hidden->len; i++)
    g_string_replace (black, g_ptr_array_index (conn->hidden, i), BLACK, 0);
  postweg_wipe (black->str + black->len, black->allocated_len - black->len);
  return g_string_free (black, FALSE);
}

static void
note (PostwegConn *conn, gboolean from_server, const char *text)
{
  PostwegDialogueLine *line = g_new0 (PostwegDialogueLine, 1);
  g_autofree char *black = postweg_conn_blacken (conn, text);
  g_autofree char *clean = postweg_text_clean (black, strlen (black));

  line->from_server = from_server;
  line->encrypted = conn->tls != NULL;
  line->ms = (guint) ((g_get_monotonic_time () - conn->start) / 1000);
  /* once more: cleaning may have joined what stood apart */
  line->text = postweg_conn_blacken (conn, clean);
  g_ptr_array_add (conn->dialogue, line);
}

static gboolean
malformed (GError **error, const char *what)
{
  g_set_error_literal (error, POSTWEG_ERROR, POSTWEG_ERROR_MALFORMED, what);
  return FALSE;
}

/* Appends at least one byte to the buffer. */
static gboolean
fill (PostwegConn *conn, const PostwegWait *wait, GError **error)
{
  char chunk[CHUNK];
  gssize n;

  if (conn->phase >= POSTWEG_PHASE_MAX)
    return malformed (error, "too much text at once");
  n = conn->tls != NULL ? postweg_tls_read (conn->tls, chunk, sizeof chunk, wait, error)
                        : postweg_socket_read (conn->socket, chunk, sizeof chunk, wait, error);
  if (n < 0)
    return FALSE;
  if (n == 0)
    {
      g_set_error_literal (error, POSTWEG_ERROR, POSTWEG_ERROR_HUNG_UP, "end of stream");
      return FALSE;
    }
  conn->phase += (gsize) n;
  g_byte_array_append (conn->buffer, (const guint8 *) chunk, (guint) n);
  postweg_wipe (chunk, (gsize) n);
  return TRUE;
}

gboolean
postweg_conn_has_extra (PostwegConn *conn, const PostwegWait *wait)
{
  PostwegWait patience = postweg_wait_step (wait, EXTRA_PATIENCE_MS);

  return conn->buffer->len > 0 || fill (conn, &patience, NULL);
}

const char *
postweg_conn_peek (PostwegConn *conn, gsize *length)
{
  *length = conn->buffer->len;
  return (const char *) conn->buffer->data;
}

/* A server may say a password back: nothing of what was read is left behind in memory. */
static void
take_off (PostwegConn *conn, gsize length)
{
  gsize left = conn->buffer->len - length;

  memmove (conn->buffer->data, conn->buffer->data + length, left);
  postweg_wipe (conn->buffer->data + left, length);
  g_byte_array_set_size (conn->buffer, (guint) left);
}

/* Reads until the buffer holds a whole line. Returns: where its line feed is, or NULL with an error */
static const guint8 *
find_line_end (PostwegConn *conn, const PostwegWait *wait, GError **error)
{
  gsize seen = 0;

  while (TRUE)
    {
      const guint8 *end = conn->buffer->len > seen
                              ? memchr (conn->buffer->data + seen, '\n', conn->buffer->len - seen)
                              : NULL;
      gsize length = end != NULL ? (gsize) (end - conn->buffer->data) : conn->buffer->len;

      if (length > POSTWEG_LINE_MAX)
        return malformed (error, "a line without an end"), NULL;
      if (end != NULL)
        return end;
      seen = conn->buffer->len;
      if (!fill (conn, wait, error))
        return NULL;
    }
}

char *
postweg_conn_read_line (PostwegConn *conn, const PostwegWait *wait, GError **error)
{
  const guint8 *end = find_line_end (conn, wait, error);
  char *line;
  gsize length;

  if (end == NULL)
    return NULL;
  length = (gsize) (end - conn->buffer->data);
  if (memchr (conn->buffer->data, '\0', length) != NULL)
    return malformed (error, "a NUL byte in a line"), NULL;
  line = g_strndup ((const char *) conn->buffer->data, length);
  take_off (conn, length + 1);
  if (length > 0 && line[length - 1] == '\r')
    line[length - 1] = '\0';
  note (conn, TRUE, line);
  return line;
}

char *
postweg_conn_read_bytes (PostwegConn *conn, gsize size, const PostwegWait *wait, GError **error)
{
  char *bytes;

  if (size > POSTWEG_PHASE_MAX)
    return malformed (error, "a literal without measure"), NULL;
  while (conn->buffer->len < size)
    if (!fill (conn, wait, error))
      return NULL;
  bytes = g_malloc (size + 1);
  if (size > 0)
    memcpy (bytes, conn->buffer->data, size);
  bytes[size] = '\0';
  if (size > 0)
    take_off (conn, size);
  return bytes;
}

static gboolean
write_all (PostwegConn *conn, GString *bytes, const PostwegWait *wait, GError **error)
{
  if (conn->tls != NULL)
    return postweg_tls_write (conn->tls, bytes->str, bytes->len, wait, error);
  return postweg_socket_write (conn->socket, bytes->str, bytes->len, wait, error);
}

/* A line break inside would be a second command: user names and passwords come from files that anybody may have written. */
static gboolean
is_one_line (const char *text, GError **error)
{
  if (text == NULL || strpbrk (text, "\r\n") == NULL)
    return TRUE;
  g_set_error_literal (error, POSTWEG_ERROR, POSTWEG_ERROR_BAD_INPUT, "a line break inside a command");
  return FALSE;
}

gboolean
postweg_conn_send (PostwegConn *conn, const char *text, const char *secret, const PostwegWait *wait,
                   GError **error)
{
  g_autofree char *shown = g_strconcat (text, secret != NULL ? BLACK : NULL, NULL);
  GString *bytes;
  gboolean ok;

  if (!is_one_line (text, error) || !is_one_line (secret, error))
    return FALSE;
  /* room for everything, so that growing leaves no copy of the secret behind */
  bytes = g_string_sized_new (strlen (text) + (secret != NULL ? strlen (secret) : 0) + 3);
  g_string_append (bytes, text);
  if (secret != NULL)
    {
      g_string_append (bytes, secret);
      hide (conn, g_strdup (secret));
    }
  g_string_append (bytes, "\r\n");
  conn->phase = 0;
  note (conn, FALSE, shown);
  ok = write_all (conn, bytes, wait, error);
  postweg_wipe (bytes->str, bytes->len);
  g_string_free (bytes, TRUE);
  return ok;
}
