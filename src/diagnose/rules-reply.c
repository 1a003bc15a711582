/* The deciding reply of a side, explained with all that is known about its session. */
#include "diagnose/explain.h"
#include "diagnose/rules.h"

#define REASON 70 /* weight of words that are more than a guess */

/* Causes that another port of the same host may mend. */
static const PostwegCause other_port_helps[] = {
  POSTWEG_CAUSE_TLS_REQUIRED,         POSTWEG_CAUSE_AUTH_NOT_OFFERED,
  POSTWEG_CAUSE_STARTTLS_NOT_OFFERED, POSTWEG_CAUSE_STARTTLS_TEMPORARILY_UNAVAILABLE,
  POSTWEG_CAUSE_IP_BLOCKLISTED,       POSTWEG_CAUSE_DYNAMIC_IP_REJECTED,
  POSTWEG_CAUSE_REVERSE_DNS_MISSING,  POSTWEG_CAUSE_HELO_REJECTED,
};

/* A report of non-delivery tells what another server said about recipient and message. */
static guint
stages_of (const PostwegStep *failure)
{
  if (failure->stage == POSTWEG_STAGE_ARRIVAL)
    return POSTWEG_STAGE_BIT (POSTWEG_STAGE_RECIPIENT) | POSTWEG_STAGE_BIT (POSTWEG_STAGE_DATA);
  return POSTWEG_STAGE_BIT (failure->stage);
}

static PostwegReplyContext
context_of (const PostwegView *view)
{
  const PostwegEvidence *evidence = view->evidence;
  PostwegReplyContext context = {
    .reply = view->failure->reply,
    .stages = stages_of (view->failure),
    .host = view->server->host,
    .greeting = evidence->greeting != NULL ? evidence->greeting->text : NULL,
    .provider = view->the_case->provider,
    .mechanism = evidence->mechanism,
    .auth_resp_code = view->server->protocol == POSTWEG_POP3 && view->failure->stage == POSTWEG_STAGE_AUTH &&
                      postweg_capability_listed (evidence->capabilities, "AUTH-RESP-CODE"),
  };

  context.encrypted =
      postweg_evidence_passed (evidence, POSTWEG_STAGE_TLS) ? POSTWEG_KNOWN_YES : POSTWEG_KNOWN_NO;
  context.signed_in =
      view->server->auth != POSTWEG_AUTH_NONE && postweg_evidence_passed (evidence, POSTWEG_STAGE_AUTH)
          ? POSTWEG_KNOWN_YES
          : POSTWEG_KNOWN_NO;
  return context;
}

/* Refused, and with the user's own address as sender accepted: it is the sender, unless he was found to be wrong in himself. */
static void
judge_sender (PostwegView *view)
{
  static const PostwegCause others[] = { POSTWEG_CAUSE_SEND_AUTH_MISSING, POSTWEG_CAUSE_WRONG_SMTP_SERVER,
                                         POSTWEG_CAUSE_RECIPIENT_UNKNOWN, POSTWEG_CAUSE_CONTENT_REJECTED,
                                         POSTWEG_CAUSE_SENDING_BLOCKED_FOR_ABUSE };
  static const PostwegCause wrong_in_himself[] = { POSTWEG_CAUSE_SENDER_ADDRESS_INVALID,
                                                   POSTWEG_CAUSE_SENDER_NOT_VERIFIED };
  PostwegCause first = postweg_suspects_first (&view->suspects);

  if (!view->evidence->other_sender_accepted)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    postweg_suspect_at_most (&view->suspects, others[i], 30);
  for (guint i = 0; i < G_N_ELEMENTS (wrong_in_himself); i++)
    if (first == wrong_in_himself[i])
      return;
  postweg_suspect (&view->suspects, POSTWEG_CAUSE_SENDER_NOT_OWNED, 97);
}

/* A goodbye with a reason: that is why the connection was closed. */
static void
judge_goodbye (PostwegView *view, const PostwegSuspects *said)
{
  PostwegCause reason = postweg_suspects_first (said);

  if (view->failure->error == POSTWEG_ERROR_HUNG_UP && reason != POSTWEG_NO_CAUSE &&
      said->weight[reason] >= REASON)
    postweg_suspect_at_most (&view->suspects, POSTWEG_CAUSE_CONNECTION_CLOSED_AFTER_LOGIN, REASON - 20);
}

/* A server that is too busy, or does not like us, may say so in plain text although its port expects TLS (Exim does): a refusal instead of a
 * greeting says more than the missing encryption. */
static void
judge_refusal_in_plain (PostwegView *view)
{
  const PostwegEvidence *plain = postweg_view_seen (view, POSTWEG_LOOK_PLAIN);
  const PostwegStep *refusal = plain != NULL ? postweg_evidence_failure (plain) : NULL;
  PostwegReplyContext context = context_of (view);
  PostwegSuspects said;
  PostwegCause reason;

  if (view->failure->stage != POSTWEG_STAGE_TLS || refusal == NULL || refusal->reply == NULL ||
      refusal->stage != POSTWEG_STAGE_GREETING || refusal->error != POSTWEG_ERROR_REJECTED)
    return;
  context.reply = refusal->reply;
  context.stages = POSTWEG_STAGE_BIT (POSTWEG_STAGE_GREETING);
  said = postweg_explain_reply (&context);
  reason = postweg_suspects_first (&said);
  if (reason == POSTWEG_NO_CAUSE || said.weight[reason] < REASON)
    return;
  postweg_suspect (&view->suspects, reason, said.weight[reason]);
  postweg_suspect_at_most (&view->suspects, POSTWEG_CAUSE_TLS_ON_PLAIN_PORT, REASON - 20);
}

void
postweg_apply_reply (PostwegView *view)
{
  PostwegReplyContext context = context_of (view);
  PostwegSuspects said;

  judge_refusal_in_plain (view);
  if (context.reply == NULL ||
      (view->failure->error != POSTWEG_ERROR_REJECTED && view->failure->error != POSTWEG_ERROR_HUNG_UP &&
       view->failure->error != POSTWEG_ERROR_STARTTLS_REFUSED))
    return;
  said = postweg_explain_reply (&context);
  judge_goodbye (view, &said);
  for (PostwegCause cause = POSTWEG_NO_CAUSE + 1; cause < POSTWEG_N_CAUSES; cause++)
    postweg_suspect (&view->suspects, cause, said.weight[cause]);
  judge_sender (view);
  view->bare_refusal = view->failure->stage == POSTWEG_STAGE_AUTH &&
                       view->server->auth != POSTWEG_AUTH_OAUTH2 && postweg_is_bare_refusal (&said);
}

void
postweg_apply_other_port (const PostwegView *view, GPtrArray *wishes)
{
  PostwegCause first = postweg_suspects_first (&view->suspects);

  for (guint i = 0; i < G_N_ELEMENTS (other_port_helps); i++)
    if (first == other_port_helps[i])
      postweg_view_want (view, POSTWEG_WANT_PORTS, wishes);
}
