/* Asking and reading for all three protocols. */
#include "probe/session.h"
#include "wire/imap.h"
#include "wire/text.h"
#include <string.h>

#define MAX_LITERALS 1000    /* of one line; each costs memory of its own */
#define SHOWN_OF_NONSENSE 80 /* bytes of an answer that is not understood */

PostwegSession *
postweg_session_new (const PostwegProbe *probe, PostwegTlsKind tls_kind, GCancellable *cancellable)
{
  PostwegSession *session = g_new0 (PostwegSession, 1);

  session->probe = probe;
  session->server = probe->server;
  session->evidence = postweg_evidence_new (probe->server);
  session->tls_kind = tls_kind;
  session->test = postweg_wait_new (probe->test_ms, cancellable);
  session->wait = session->test;
  session->tag_prefix =
      g_strdup_printf ("%c%05x", 'A' + g_random_int_range (0, 26), g_random_int () & 0xfffff);
  session->detail = g_string_new (NULL);
  g_queue_init (&session->tags);
  return session;
}

PostwegEvidence *
postweg_session_end (PostwegSession *session)
{
  PostwegEvidence *evidence = session->evidence;

  g_clear_pointer (&session->conn, postweg_conn_free);
  g_clear_pointer (&session->addresses, g_ptr_array_unref);
  g_clear_pointer (&session->answer, postweg_answer_free);
  g_clear_pointer (&session->reply, postweg_reply_free);
  g_queue_clear_full (&session->tags, g_free);
  g_string_free (session->detail, TRUE);
  g_free (session->tag_prefix);
  g_free (session->address);
  g_free (session);
  return evidence;
}

void
postweg_session_take_conn (PostwegSession *session, PostwegConn *conn)
{
  session->conn = conn;
  if (session->probe->secret != NULL)
    postweg_conn_hide (conn, postweg_secret_peek (session->probe->secret));
}

gboolean
postweg_session_send (PostwegSession *session, const char *command, const char *secret, GError **error)
{
  g_autofree char *tagged = NULL;

  if (session->server->protocol == POSTWEG_IMAP)
    {
      char *tag = g_strdup_printf ("%s%u", session->tag_prefix, ++session->tag_number);

      g_queue_push_tail (&session->tags, tag);
      tagged = g_strdup_printf ("%s %s", tag, command);
    }
  return postweg_conn_send (session->conn, tagged != NULL ? tagged : command, secret, &session->wait, error);
}

/* A whole IMAP line with the literals that it announces, or a plain line. Returns: (transfer full) */
static char *
read_logical_line (PostwegSession *session, GError **error)
{
  g_autoptr (GString) whole = NULL;
  gsize size = 0;
  guint literals = 0;
  char *line = postweg_conn_read_line (session->conn, &session->wait, error);

  while (line != NULL && session->server->protocol == POSTWEG_IMAP && postweg_imap_literal (line, &size))
    {
      gsize wanted = ++literals > MAX_LITERALS ? G_MAXSIZE : size; /* too large to be read */
      g_autofree char *bytes = postweg_conn_read_bytes (session->conn, wanted, &session->wait, error);

      if (whole == NULL)
        whole = g_string_new (NULL);
      g_string_append_printf (whole, "%s\r\n%s", line, bytes != NULL ? bytes : "");
      g_free (line);
      if (bytes == NULL)
        return NULL;
      line = postweg_conn_read_line (session->conn, &session->wait, error);
    }
  if (whole == NULL || line == NULL)
    return line;
  g_string_append (whole, line);
  g_free (line);
  return g_string_free (g_steal_pointer (&whole), FALSE);
}

/* What does not parse as a greeting may well be another protocol's. */
static gboolean
set_not_understood (PostwegSession *session, const char *line, gboolean is_greeting, GError **error)
{
  static const PostwegSpeaks own[POSTWEG_N_PROTOCOLS] = { [POSTWEG_IMAP] = POSTWEG_SPEAKS_IMAP,
                                                          [POSTWEG_POP3] = POSTWEG_SPEAKS_POP3,
                                                          [POSTWEG_SMTP] = POSTWEG_SPEAKS_SMTP };
  PostwegSpeaks speaks = postweg_speaks_by_bytes (line, strlen (line));
  gboolean known = speaks != POSTWEG_SPEAKS_OTHER && speaks != POSTWEG_SPEAKS_NOTHING &&
                   speaks != own[session->server->protocol];
  g_autofree char *clean = NULL;
  g_autofree char *black = NULL;

  if (is_greeting)
    session->evidence->speaks = speaks;
  clean = postweg_text_clean (line, MIN (strlen (line), SHOWN_OF_NONSENSE));
  black = postweg_conn_blacken (session->conn, clean);
  g_string_assign (session->detail, black);
  g_set_error_literal (error, POSTWEG_ERROR,
                       is_greeting && known ? POSTWEG_ERROR_WRONG_SERVICE : POSTWEG_ERROR_MALFORMED,
                       "an answer that is not this protocol");
  return FALSE;
}

static char *
next_tag (PostwegSession *session)
{
  if (session->server->protocol != POSTWEG_IMAP)
    return NULL;
  return g_queue_pop_head (&session->tags);
}

gboolean
postweg_session_read (PostwegSession *session, gboolean listed, GError **error)
{
  g_autofree char *tag = next_tag (session);
  gboolean is_greeting = session->answer == NULL;
  PostwegAnswerState state = POSTWEG_ANSWER_MORE;

  g_clear_pointer (&session->answer, postweg_answer_free);
  session->answer = postweg_answer_new (session->server->protocol, tag, listed);
  while (state == POSTWEG_ANSWER_MORE)
    {
      g_autoptr (GError) cause = NULL;
      char *line = read_logical_line (session, &cause);
      gboolean ended = line == NULL;
      g_autofree char *black = line != NULL ? postweg_conn_blacken (session->conn, line) : NULL;

      postweg_wipe_free (line); /* it may hold a password that the server says back */

      if (ended && session->answer->reply != NULL &&
          g_error_matches (cause, POSTWEG_ERROR, POSTWEG_ERROR_HUNG_UP))
        return TRUE;
      if (ended)
        {
          g_propagate_error (error, g_steal_pointer (&cause));
          return FALSE;
        }
      state = postweg_answer_feed (session->answer, black);
      if (state == POSTWEG_ANSWER_MALFORMED)
        return set_not_understood (session, black, is_greeting, error);
    }
  /* a continuation: the tagged answer is still to come */
  if (tag != NULL && strcmp (session->answer->reply->status, "+") == 0)
    g_queue_push_head (&session->tags, g_steal_pointer (&tag));
  return TRUE;
}

gboolean
postweg_session_ask (PostwegSession *session, const char *command, gboolean listed, GError **error)
{
  g_autoptr (GError) cause = NULL;

  if (postweg_session_send (session, command, NULL, &cause))
    return postweg_session_read (session, listed, error);
  /* The server has hung up meanwhile. Its goodbye may still be there, and say why. */
  if (g_error_matches (cause, POSTWEG_ERROR, POSTWEG_ERROR_HUNG_UP) &&
      postweg_session_read (session, listed, NULL))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&cause));
  return FALSE;
}

void
postweg_session_keep_reply (PostwegSession *session)
{
  char *text;

  g_clear_pointer (&session->reply, postweg_reply_free);
  session->reply = postweg_reply_copy (session->answer->reply);
  /* once more: cleaning may have joined what stood apart */
  text = postweg_conn_blacken (session->conn, session->reply->text);
  g_free (session->reply->text);
  session->reply->text = text;
}

gboolean
postweg_session_wants_more (const PostwegSession *session)
{
  const PostwegReply *reply = session->answer->reply;

  return strcmp (reply->status, "+") == 0 || reply->code / 100 == 3;
}

gboolean
postweg_session_accepted (PostwegSession *session, GError **error)
{
  if (postweg_session_wants_more (session))
    {
      postweg_session_keep_reply (session);
      g_set_error_literal (error, POSTWEG_ERROR, POSTWEG_ERROR_MALFORMED,
                           "leave to go on where nothing follows");
      return FALSE;
    }
  if (session->answer->reply->positive)
    return TRUE;
  postweg_session_keep_reply (session);
  g_set_error_literal (error, POSTWEG_ERROR, POSTWEG_ERROR_REJECTED, session->answer->reply->text);
  return FALSE;
}

gboolean
postweg_session_leave_out (PostwegSession *session, PostwegError why)
{
  session->left_out = TRUE;
  session->why_left_out = why;
  return TRUE;
}

gboolean
postweg_session_is_protected (const PostwegSession *session)
{
  const PostwegTlsFacts *tls = session->evidence->tls;
  gboolean encrypted = postweg_conn_is_encrypted (session->conn) && tls != NULL && tls->faults == 0 &&
                       session->tls_kind == POSTWEG_TLS_STRICT;

  return encrypted || session->probe->allow_plaintext || postweg_conn_is_loopback (session->conn);
}
