/* What sending, looking and removing have in common. */
#include "probe/parcel.h"
#include "model/address.h"
#include "wire/auth-results.h"
#include "wire/header.h"
#include "wire/received.h"
#include "wire/report.h"
#include <string.h>

PostwegWait
postweg_parcel_wait (const PostwegParcel *parcel, guint step_ms)
{
  PostwegWait whole = { parcel->end, parcel->end, parcel->cancellable };

  return postweg_wait_step (&whole, step_ms);
}

void
postweg_parcel_pause (const PostwegParcel *parcel, guint ms)
{
  PostwegWait wait = postweg_parcel_wait (parcel, ms);

  while (postweg_wait_left (&wait) > 0)
    if (!postweg_wait_poll (&wait, NULL, 0, postweg_wait_left (&wait), NULL))
      return;
}

gboolean
postweg_parcel_is_stopped (const PostwegParcel *parcel)
{
  return g_cancellable_is_cancelled (parcel->cancellable) || g_get_monotonic_time () >= parcel->end;
}

static const PostwegProbeWatch *
watch_of (const PostwegParcel *parcel, PostwegSide side)
{
  return side == POSTWEG_SEND ? &parcel->job->outgoing.watch : &parcel->job->incoming.watch;
}

void
postweg_parcel_keep_step (PostwegParcel *parcel, PostwegSide side, PostwegStep *step)
{
  const PostwegProbeWatch *watch = watch_of (parcel, side);

  g_ptr_array_add (side == POSTWEG_SEND ? parcel->delivery->outgoing_steps : parcel->delivery->incoming_steps,
                   step);
  if (watch->done != NULL)
    watch->done (step, watch->data);
}

/* Where signing in ended: a step that failed, or was left out for a reason. */
static const PostwegStep *
find_obstacle (const PostwegEvidence *evidence)
{
  const PostwegStep *found = postweg_evidence_failure (evidence);

  for (guint i = 0; found == NULL && i < evidence->steps->len; i++)
    {
      const PostwegStep *step = g_ptr_array_index (evidence->steps, i);

      if (step->verdict == POSTWEG_STEP_SKIPPED && step->error != POSTWEG_OK)
        found = step;
    }
  return found;
}

PostwegSession *
postweg_parcel_sign_in (PostwegParcel *parcel, PostwegProbe *probe, PostwegSide side, PostwegStep **obstacle)
{
  PostwegWait wait = postweg_parcel_wait (parcel, G_MAXUINT / 2000);
  PostwegSession *session;
  const PostwegStep *step;

  *obstacle = NULL;
  probe->until = POSTWEG_STAGE_AUTH;
  probe->test_ms = (guint) (postweg_wait_left (&wait) / 1000);
  probe->sign_ins_made = 1;
  probe->watch = (PostwegProbeWatch){ NULL, NULL, NULL };
  probe->sign_in_turn = (PostwegProbeTurn){ NULL, NULL, NULL };
  session = postweg_session_new (probe, POSTWEG_TLS_STRICT, parcel->cancellable);
  if (postweg_road_open (session))
    return session;
  step = find_obstacle (session->evidence);
  *obstacle = step != NULL
                  ? postweg_step_copy (step)
                  : postweg_step_new (POSTWEG_STAGE_AUTH, POSTWEG_STEP_SKIPPED, POSTWEG_ERROR_OUT_OF_TIME);
  postweg_parcel_hang_up (parcel, session, side, NULL);
  return NULL;
}

/* The headers of other mail, which POP3 sends line by line, are nobody's business. */
static void
keep_dialogue (GPtrArray *kept, PostwegEvidence *evidence)
{
  gboolean in_mail = FALSE;

  for (guint i = 0; i < evidence->dialogue->len; i++)
    {
      PostwegDialogueLine *line = g_ptr_array_index (evidence->dialogue, i);
      gboolean hidden = in_mail && line->from_server && strcmp (line->text, ".") != 0;

      if (!line->from_server)
        in_mail = evidence->server->protocol == POSTWEG_POP3 && g_str_has_prefix (line->text, "TOP ");
      if (hidden && g_str_has_prefix (line->text, "-ERR"))
        hidden = FALSE;
      if (!hidden)
        g_ptr_array_add (kept, g_steal_pointer (&g_ptr_array_index (evidence->dialogue, i)));
    }
}

void
postweg_parcel_hang_up (PostwegParcel *parcel, PostwegSession *session, PostwegSide side,
                        const char *farewell)
{
  PostwegDelivery *delivery = parcel->delivery;
  PostwegEvidence *evidence;

  if (session == NULL)
    return;
  if (farewell != NULL && session->conn != NULL)
    {
      session->test = postweg_wait_new (1000, NULL);
      session->wait = session->test;
      postweg_session_send (session, farewell, NULL, NULL);
    }
  evidence = postweg_session_end (session);
  if (side == POSTWEG_SEND)
    delivery->outgoing_sign_ins += evidence->login_attempts;
  else
    delivery->incoming_sign_ins += evidence->login_attempts;
  keep_dialogue (side == POSTWEG_SEND ? delivery->outgoing_dialogue : delivery->incoming_dialogue, evidence);
  postweg_evidence_free (evidence);
}

PostwegWhose
postweg_parcel_whose (const PostwegParcel *parcel, const char *header, gsize length)
{
  g_autoptr (GPtrArray) fields = postweg_header_parse (header, length);
  const char *token = postweg_header_get (fields, POSTWEG_LETTER_FIELD);
  const char *id = postweg_header_get (fields, "message-id");
  const char *type = postweg_header_get (fields, "content-type");

  if (g_strcmp0 (token, parcel->letter->token) == 0)
    return POSTWEG_OURS;
  if (g_strcmp0 (id, parcel->letter->message_id) == 0)
    return POSTWEG_OURS_UNMARKED;
  if (type != NULL && g_ascii_strncasecmp (type, "multipart/report", 16) == 0)
    return POSTWEG_A_REPORT;
  return POSTWEG_NOT_OURS;
}

void
postweg_parcel_read_way (PostwegParcel *parcel, const char *header, gsize length)
{
  g_autoptr (GPtrArray) fields = postweg_header_parse (header, length);
  g_autoptr (PostwegAddress) address = postweg_address_parse (parcel->delivery->address, NULL);
  PostwegDelivery *delivery = parcel->delivery;

  g_ptr_array_set_size (delivery->hops, 0);
  postweg_received_hops (fields, delivery->hops);
  postweg_sender_checks_clear (&delivery->checks);
  postweg_auth_results_find (fields, parcel->job->incoming.server->host,
                             address != NULL ? address->domain : NULL, &delivery->checks);
}

gboolean
postweg_parcel_read_report (PostwegParcel *parcel, const char *text, gsize length)
{
  PostwegReply *reply = postweg_report_parse (text, length, parcel->letter->token);

  if (reply == NULL)
    return FALSE;
  postweg_reply_free (parcel->delivery->bounce);
  parcel->delivery->bounce = reply;
  return TRUE;
}
