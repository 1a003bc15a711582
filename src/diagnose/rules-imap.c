/* IMAP asked for a POP account: its codes are finer, and when it lets the same user name and password in, POP itself is switched off. */
#include "diagnose/explain.h"
#include "diagnose/rules.h"
#include <string.h>

#define MOST_SIGN_INS 2 /* per server and test */
#define FINER 60        /* weight of a reason that is more than a guess */

/* Refused by POP3 without a reason, or with one that only says that something is wrong there. */
static gboolean
is_unclear (const PostwegView *view)
{
  const PostwegReply *reply = view->failure->reply;

  return view->server->protocol == POSTWEG_POP3 && view->failure->stage == POSTWEG_STAGE_AUTH &&
         view->failure->error == POSTWEG_ERROR_REJECTED && reply != NULL &&
         (view->bare_refusal ||
          (reply->response_code != NULL && g_str_has_prefix (reply->response_code, "SYS/")));
}

/* A pair that was refused by the other side as well is not tried a third time. */
static gboolean
others_allow (const PostwegView *view)
{
  if (view->other == NULL || view->other->server->auth == POSTWEG_AUTH_NONE)
    return TRUE;
  return view->the_case->same_password && strcmp (view->server->user, view->other->server->user) == 0 &&
         postweg_view_other_signed_in (view);
}

static void
take_reason (PostwegView *view, const PostwegEvidence *imap, const PostwegReply *reply)
{
  const PostwegReplyContext context = {
    .reply = reply,
    .stages = POSTWEG_STAGE_BIT (POSTWEG_STAGE_AUTH),
    .host = imap->server->host,
    .greeting = imap->greeting != NULL ? imap->greeting->text : NULL,
    .provider = view->the_case->provider,
    .mechanism = imap->mechanism,
    .encrypted = POSTWEG_KNOWN_YES,
    .signed_in = POSTWEG_KNOWN_NO,
  };
  PostwegSuspects said = postweg_explain_reply (&context);
  PostwegCause reason = postweg_suspects_first (&said);

  if (reason == POSTWEG_NO_CAUSE || postweg_is_bare_refusal (&said) || said.weight[reason] < FINER)
    return;
  /* what the bare refusal left open is answered */
  for (PostwegCause cause = POSTWEG_NO_CAUSE + 1; cause < POSTWEG_N_CAUSES; cause++)
    {
      postweg_suspect_at_most (&view->suspects, cause, said.weight[reason] / 2);
      postweg_suspect (&view->suspects, cause, said.weight[cause]);
    }
}

static void
take_success (PostwegView *view)
{
  static const PostwegCause disproved[] = { POSTWEG_CAUSE_WRONG_CREDENTIALS, POSTWEG_CAUSE_USERNAME_FORMAT,
                                            POSTWEG_CAUSE_APP_PASSWORD_REQUIRED,
                                            POSTWEG_CAUSE_OAUTH_REQUIRED };

  if (!view->bare_refusal)
    {
      /* POP3 may be out of order, and not switched off */
      postweg_suspect (&view->suspects, POSTWEG_CAUSE_PROTOCOL_NOT_ENABLED, FINER);
      return;
    }
  postweg_suspect (&view->suspects, POSTWEG_CAUSE_PROTOCOL_NOT_ENABLED, 96);
  for (guint i = 0; i < G_N_ELEMENTS (disproved); i++)
    postweg_suspect_at_most (&view->suspects, disproved[i], 20);
}

static void
want_imap (const PostwegView *view, GPtrArray *wishes)
{
  if (view->evidence->login_attempts < MOST_SIGN_INS && view->server->auth != POSTWEG_AUTH_OAUTH2)
    postweg_view_want (view, POSTWEG_WANT_IMAP, wishes);
}

void
postweg_apply_imap (PostwegView *view, GPtrArray *wishes)
{
  const PostwegEvidence *imap = postweg_view_seen (view, POSTWEG_LOOK_IMAP);
  const PostwegStep *failure = imap != NULL ? postweg_evidence_failure (imap) : NULL;

  if (!is_unclear (view) || !others_allow (view))
    return;
  if (imap == NULL)
    want_imap (view, wishes);
  else if (postweg_evidence_passed (imap, POSTWEG_STAGE_AUTH))
    take_success (view);
  else if (failure != NULL && failure->stage == POSTWEG_STAGE_AUTH && failure->reply != NULL)
    take_reason (view, imap, failure->reply);
}
