/* The other side as a witness: the same user name and password work there, or others do. */
#include "diagnose/rules.h"
#include <string.h>

static gboolean
same_pair (const PostwegView *view)
{
  return view->the_case->same_password && strcmp (view->server->user, view->other->server->user) == 0;
}

static gboolean
is_sending (const PostwegView *view)
{
  return view->side == POSTWEG_SEND;
}

static gboolean
is_receiving (const PostwegView *view)
{
  return view->side == POSTWEG_RECEIVE;
}

static gboolean
sending_has_own_switch (const PostwegView *view)
{
  return is_sending (view) && view->the_case->provider != NULL &&
         (view->the_case->provider->quirks & POSTWEG_QUIRK_SMTP_OWN_SWITCH) != 0;
}

static gboolean
is_microsoft_sending (const PostwegView *view)
{
  return is_sending (view) && (g_str_has_suffix (view->server->host, "office365.com") ||
                               g_str_has_suffix (view->server->host, "outlook.com"));
}

static gboolean
is_undocumented_host (const PostwegView *view)
{
  const PostwegProviderServer *documented = postweg_view_documented (view);

  return is_sending (view) && documented != NULL &&
         g_ascii_strcasecmp (documented->host, view->server->host) != 0;
}

static gboolean
user_is_no_address (const PostwegView *view)
{
  return strchr (view->server->user, '@') == NULL;
}

/* The password is proven right on the other side: what else can it be? */
static const struct {
  gboolean (*when) (const PostwegView *view);
  PostwegCause cause;
  guint8 weight;
} proven_pair[] = {
  { sending_has_own_switch, POSTWEG_CAUSE_PROTOCOL_NOT_ENABLED, 84 },
  { is_microsoft_sending, POSTWEG_CAUSE_SMTP_AUTH_DISABLED, 82 },
  { is_undocumented_host, POSTWEG_CAUSE_WRONG_SMTP_SERVER, 72 },
  { is_sending, POSTWEG_CAUSE_PROTOCOL_NOT_ENABLED, 60 },
  { is_sending, POSTWEG_CAUSE_WRONG_SMTP_SERVER, 44 },
  { is_sending, POSTWEG_CAUSE_SENDING_BLOCKED_FOR_ABUSE, 38 },
  { is_receiving, POSTWEG_CAUSE_PROTOCOL_NOT_ENABLED, 70 },
  { user_is_no_address, POSTWEG_CAUSE_USERNAME_FORMAT, 56 },
};

/* What is about the password is off the table. */
static const PostwegCause password_causes[] = {
  POSTWEG_CAUSE_WRONG_CREDENTIALS,
  POSTWEG_CAUSE_APP_PASSWORD_REQUIRED,
  POSTWEG_CAUSE_OAUTH_REQUIRED,
};

static void
suspect_other_than_password (PostwegView *view)
{
  for (guint i = 0; i < G_N_ELEMENTS (password_causes); i++)
    postweg_suspect_at_most (&view->suspects, password_causes[i], 25);
  for (guint i = 0; i < G_N_ELEMENTS (proven_pair); i++)
    if (proven_pair[i].when (view))
      postweg_suspect (&view->suspects, proven_pair[i].cause, proven_pair[i].weight);
}

/* Sending has a user name or password of its own, and it is refused. Another operator's server has a right to its own, and must
 * never be shown the incoming password. */
static void
compare_pairs (PostwegView *view, GPtrArray *wishes)
{
  const PostwegEvidence *pair = postweg_view_seen (view, POSTWEG_LOOK_INCOMING_PAIR);

  if (!postweg_view_same_operator (view))
    return;
  if (pair == NULL)
    {
      postweg_suspect (&view->suspects, POSTWEG_CAUSE_OUTGOING_CREDENTIALS_DIFFER, 78);
      if (view->evidence->login_attempts < 2)
        postweg_view_want (view, POSTWEG_WANT_PAIR, wishes);
    }
  else if (postweg_evidence_passed (pair, POSTWEG_STAGE_AUTH))
    postweg_suspect (&view->suspects, POSTWEG_CAUSE_OUTGOING_CREDENTIALS_DIFFER, 98);
  else
    suspect_other_than_password (view);
}

void
postweg_apply_both (PostwegView *view, GPtrArray *wishes)
{
  if (!view->bare_refusal || !postweg_view_other_signed_in (view) ||
      view->other->server->auth == POSTWEG_AUTH_OAUTH2)
    return;
  if (same_pair (view))
    suspect_other_than_password (view);
  else if (is_sending (view))
    compare_pairs (view, wishes);
  else if (view->the_case->same_password)
    postweg_suspect (&view->suspects, POSTWEG_CAUSE_USERNAME_FORMAT, 68);
}
