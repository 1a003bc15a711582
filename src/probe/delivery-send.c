/* Handing the test mail over (RFC 5321 3.3, RFC 6409). */
#include "probe/parcel.h"
#include <string.h>

/* An address with letters beyond ASCII in front of the @ needs a server that can carry it (RFC 6531); the domain is in A-labels already. */
static gboolean
sender (PostwegSession *session, GError **error)
{
  const char *address = session->probe->sender;
  gboolean utf8 = !g_str_is_ascii (address);
  g_autofree char *command = g_strdup_printf ("MAIL FROM:<%s>%s", address, utf8 ? " SMTPUTF8" : "");

  if (utf8 && !postweg_capability_listed (session->evidence->capabilities, "SMTPUTF8"))
    {
      g_set_error_literal (error, POSTWEG_ERROR, POSTWEG_ERROR_UNSUPPORTED, "SMTPUTF8 is not announced");
      return FALSE;
    }
  return postweg_session_ask (session, command, FALSE, error) && postweg_session_accepted (session, error);
}

static gboolean
recipient (PostwegSession *session, GError **error)
{
  g_autofree char *command = g_strdup_printf ("RCPT TO:<%s>", session->probe->sender);

  return postweg_session_ask (session, command, FALSE, error) && postweg_session_accepted (session, error);
}

/* A line that begins with a dot gets another one (RFC 5321 4.5.2). */
static gboolean
send_lines (PostwegSession *session, GError **error)
{
  for (guint i = 0; i < session->letter->lines->len; i++)
    {
      const char *line = g_ptr_array_index (session->letter->lines, i);
      g_autofree char *stuffed = g_strconcat (*line == '.' ? "." : "", line, NULL);

      if (!postweg_conn_send (session->conn, stuffed, NULL, &session->wait, error))
        return FALSE;
    }
  session->handed_over = TRUE;
  return postweg_conn_send (session->conn, ".", NULL, &session->wait, error);
}

static gboolean
data (PostwegSession *session, GError **error)
{
  if (!postweg_session_ask (session, "DATA", FALSE, error))
    return FALSE;
  if (session->answer->reply->code != 354)
    {
      if (!postweg_session_accepted (session, error))
        return FALSE;
      g_set_error_literal (error, POSTWEG_ERROR, POSTWEG_ERROR_MALFORMED, "no leave to send the mail");
      return FALSE;
    }
  if (!send_lines (session, error) || !postweg_session_read (session, FALSE, error))
    return FALSE;
  session->handed_over = session->answer->reply->positive && !postweg_session_wants_more (session);
  postweg_session_keep_reply (session);
  return postweg_session_accepted (session, error);
}

static const PostwegRoadStep steps[] = {
  { POSTWEG_STAGE_SENDER, POSTWEG_ROAD_ALWAYS, POSTWEG_LIMIT_MAILBOX, sender },
  { POSTWEG_STAGE_RECIPIENT, POSTWEG_ROAD_ALWAYS, POSTWEG_LIMIT_MAILBOX, recipient },
  { POSTWEG_STAGE_DATA, POSTWEG_ROAD_ALWAYS, POSTWEG_LIMIT_DATA, data },
};

gboolean
postweg_parcel_send (PostwegParcel *parcel)
{
  PostwegDelivery *delivery = parcel->delivery;
  PostwegProbe probe = parcel->job->outgoing;
  PostwegSession *session;
  gboolean on = TRUE;
  gboolean handed_over;
  PostwegStep *obstacle = NULL;

  probe.sender = delivery->address;
  session = postweg_parcel_sign_in (parcel, &probe, POSTWEG_SEND, &obstacle);
  if (session == NULL)
    {
      postweg_parcel_keep_step (parcel, POSTWEG_SEND, obstacle);
      return FALSE;
    }
  session->letter = parcel->letter;
  probe.watch = parcel->job->outgoing.watch;
  for (guint i = 0; on && i < G_N_ELEMENTS (steps); i++)
    {
      const PostwegStep *made;

      on = postweg_road_make (session, &steps[i]);
      made = postweg_evidence_step (session->evidence, steps[i].stage);
      g_ptr_array_add (delivery->outgoing_steps, postweg_step_copy (made));
    }
  handed_over = session->handed_over;
  if (on)
    delivery->accepted = postweg_reply_words (session->answer->reply);
  probe.watch = (PostwegProbeWatch){ NULL, NULL, NULL };
  postweg_parcel_hang_up (parcel, session, POSTWEG_SEND, "QUIT");
  return handed_over;
}
