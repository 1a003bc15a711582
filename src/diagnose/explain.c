/* From one reply to suspected causes: codes, vendor, words, then what is known of the session. */
#include "diagnose/explain.h"
#include "diagnose/reply-rules.h"
#include "diagnose/words.h"
#include <glib/gi18n-lib.h>
#include <string.h>

#define ALL_STAGES ((1u << POSTWEG_N_STAGES) - 1)
#define TRANSPORT (ON (GREETING) | ON (SENDER) | ON (RECIPIENT) | ON (DATA))

/* Causes that name a reason other than the password. Above this weight one of them explains a refusal better than the password does. */
#define NAMED_REASON 80

static gboolean
is_oauth (const char *mechanism)
{
  return g_strcmp0 (mechanism, "XOAUTH2") == 0 || g_strcmp0 (mechanism, "OAUTHBEARER") == 0;
}

/* An answer that is not about the password must not lead to it. */
static void
drop_password (const PostwegReplyContext *context, PostwegSuspects *suspects)
{
  PostwegCause first = postweg_suspects_first (suspects);

  if (context->auth_resp_code && g_strcmp0 (context->reply->response_code, "AUTH") != 0)
    {
      postweg_suspect_at_most (suspects, POSTWEG_CAUSE_WRONG_CREDENTIALS, 0);
      postweg_suspect_at_most (suspects, POSTWEG_CAUSE_APP_PASSWORD_REQUIRED, 0);
    }
  if (first != POSTWEG_CAUSE_WRONG_CREDENTIALS && suspects->weight[first] >= NAMED_REASON)
    postweg_suspect_at_most (suspects, POSTWEG_CAUSE_WRONG_CREDENTIALS, 30);
}

/* A temporary code (RFC 4954 4.7) is the server's trouble, whatever its words. */
static gboolean
is_temporary (const PostwegReply *reply)
{
  return reply->code >= 400 && reply->code < 500;
}

static void
apply_habits (const PostwegReplyContext *context, guint vendors, PostwegSuspects *suspects)
{
  if (!postweg_is_bare_refusal (suspects))
    return;
  if (is_oauth (context->mechanism))
    {
      postweg_suspect (suspects, POSTWEG_CAUSE_OAUTH_TOKEN_REJECTED, 90);
      postweg_suspect_at_most (suspects, POSTWEG_CAUSE_WRONG_CREDENTIALS, 30);
      return;
    }
  postweg_vendor_habits (vendors, suspects);
  postweg_suspect (suspects, POSTWEG_CAUSE_APP_PASSWORD_REQUIRED, 35);
  postweg_suspect (suspects, POSTWEG_CAUSE_PROTOCOL_NOT_ENABLED, 34);
}

/* Whether the connection was encrypted, and somebody signed in, decides between causes that use the same words. */
static void
apply_session (const PostwegReplyContext *context, PostwegSuspects *suspects)
{
  guint8 *weight = suspects->weight;

  if (context->encrypted == POSTWEG_KNOWN_YES)
    postweg_suspect_at_most (suspects, POSTWEG_CAUSE_TLS_REQUIRED, 35);
  if (context->signed_in == POSTWEG_KNOWN_YES)
    {
      postweg_suspect_at_most (suspects, POSTWEG_CAUSE_SEND_AUTH_MISSING, 50);
      return;
    }
  if (context->signed_in == POSTWEG_KNOWN_NO && weight[POSTWEG_CAUSE_SEND_AUTH_MISSING] > 0)
    {
      postweg_suspect (suspects, POSTWEG_CAUSE_SEND_AUTH_MISSING, 97);
      postweg_suspect_at_most (suspects, POSTWEG_CAUSE_WRONG_SMTP_SERVER, 50);
    }
  else if (context->signed_in == POSTWEG_KNOWN_NO && context->reply->code >= 500 &&
           (context->stages & (ON (SENDER) | ON (RECIPIENT))) != 0 &&
           weight[postweg_suspects_first (suspects)] < NAMED_REASON)
    postweg_suspect (suspects, POSTWEG_CAUSE_SEND_AUTH_MISSING, 82);
}

/* Services that only send say “not allowed” and mean “not verified”. */
static void
apply_sending_service (guint vendors, PostwegSuspects *suspects)
{
  guint weight = suspects->weight[POSTWEG_CAUSE_SENDER_NOT_OWNED];

  if ((vendors & POSTWEG_VENDOR_SENDING) != 0 && weight > 0)
    postweg_suspect (suspects, POSTWEG_CAUSE_SENDER_NOT_VERIFIED, MIN (weight + 1, 100));
}

gboolean
postweg_is_bare_refusal (const PostwegSuspects *suspects)
{
  PostwegCause first = postweg_suspects_first (suspects);

  return first == POSTWEG_CAUSE_WRONG_CREDENTIALS ||
         (suspects->weight[POSTWEG_CAUSE_WRONG_CREDENTIALS] > 0 && suspects->weight[first] < NAMED_REASON);
}

/* Where a reply with this code is usually given, for replies that come without their place (RFC 5321 4.2.4, RFC 4954 6). */
static const struct {
  int first, last;
  guint stages;
} usual[] = {
  { 334, 334, ON (AUTH) },
  { 421, 421, ON (GREETING) | ON (AUTH) | ON (DATA) },
  { 432, 435, ON (AUTH) },
  { 450, 453, TRANSPORT },
  { 454, 454, ON (AUTH) | ON (RECIPIENT) },
  { 455, 499, TRANSPORT },
  { 500, 503, ON (CAPABILITY) | ON (AUTH) | ON (SENDER) },
  { 504, 504, ON (AUTH) | ON (CAPABILITY) | ON (SENDER) },
  { 505, 520, ON_SUBMIT },
  { 521, 521, TRANSPORT },
  { 522, 529, ON_SUBMIT | ON (AUTH) },
  { 530, 530, ON (AUTH) | ON (SENDER) | ON (RECIPIENT) },
  { 531, 539, ON (AUTH) },
  { 540, 553, ON_SUBMIT },
  { 554, 554, TRANSPORT },
  { 555, 599, ON_SUBMIT },
};

static guint
usual_for_code (int code)
{
  for (guint i = 0; i < G_N_ELEMENTS (usual); i++)
    if (code >= usual[i].first && code <= usual[i].last)
      return usual[i].stages;
  return TRANSPORT;
}

static guint
usual_stages (const PostwegReply *reply)
{
  g_autofree char *words = g_utf8_casefold (reply->text, -1);
  guint encryption =
      strstr (words, "tls") != NULL || strstr (words, "ssl") != NULL ? ON (STARTTLS) | ON (TLS) : 0;

  if (reply->code != 0)
    return usual_for_code (reply->code) | encryption;
  if (reply->protocol != POSTWEG_SMTP && *reply->status != '\0')
    return ON (AUTH) | ON (MAILBOX) | encryption;
  return reply->enhanced[0] != 0 ? ON (AUTH) | TRANSPORT | encryption
                                 : (ALL_STAGES & ~ON (STARTTLS)) | encryption;
}

PostwegSuspects
postweg_explain_reply (const PostwegReplyContext *given)
{
  PostwegReplyContext context = *given;
  PostwegSuspects suspects = { 0 };
  guint vendors = postweg_vendors_of (given);

  if (context.stages == 0)
    context.stages = usual_stages (context.reply);
  postweg_apply_smtp_codes (&context, vendors, &suspects);
  postweg_apply_response_codes (&context, &suspects);
  postweg_apply_text (&context, &suspects);
  if (is_temporary (context.reply))
    postweg_suspect_at_most (&suspects, POSTWEG_CAUSE_WRONG_CREDENTIALS, 0);
  apply_habits (&context, vendors, &suspects);
  apply_sending_service (vendors, &suspects);
  apply_session (&context, &suspects);
  drop_password (&context, &suspects);
  return suspects;
}

static PostwegFinding *
explain_cause (PostwegCause cause, guint weight)
{
  PostwegFinding *finding = postweg_finding_new (postweg_cause_slug (cause));
  const PostwegWords *words = postweg_words_of (cause);

  finding->side = postweg_cause_side (cause);
  finding->who = postweg_cause_who (cause);
  finding->confidence = postweg_weight_confidence (weight);
  finding->headline = g_strdup (g_dgettext (GETTEXT_PACKAGE, words->title));
  finding->explanation = g_strdup (g_dgettext (GETTEXT_PACKAGE, words->explanation));
  finding->remedy = g_strdup (g_dgettext (GETTEXT_PACKAGE, words->remedy));
  return finding;
}

GPtrArray *
postweg_explain (const PostwegReplyContext *context, guint n)
{
  GPtrArray *findings = g_ptr_array_new_with_free_func ((GDestroyNotify) postweg_finding_free);
  PostwegSuspects suspects = postweg_explain_reply (context);
  PostwegCause ordered[POSTWEG_N_CAUSES];
  guint found;

  if (context->provider != NULL && postweg_suspects_first (&suspects) == POSTWEG_CAUSE_WRONG_CREDENTIALS)
    postweg_apply_demands (context->provider, context->reply->protocol, &suspects);
  found = postweg_suspects_order (&suspects, ordered, MIN (n, POSTWEG_N_CAUSES));

  for (guint i = 0; i < found; i++)
    g_ptr_array_add (findings, explain_cause (ordered[i], suspects.weight[ordered[i]]));
  return findings;
}
