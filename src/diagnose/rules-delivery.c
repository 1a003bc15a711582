/* What a mail to oneself shows beyond the steps: it is lost, the sender is not proven, it lies among the sent mail twice. */
#include "diagnose/rules.h"

#define LONG_ENOUGH_MS 45000 /* a mail to oneself that needs longer is no everyday thing */

/* POP3 shows the inbox only: a mail in the spam folder cannot be told from a lost one. */
static gboolean
is_lost (const PostwegView *view)
{
  const PostwegDelivery *delivery = view->the_case->delivery;
  const PostwegEvidence *incoming = view->the_case->incoming;

  return delivery->outcome == POSTWEG_DELIVERY_LOST && delivery->waited_ms >= LONG_ENOUGH_MS &&
         incoming->server->protocol == POSTWEG_IMAP;
}

static gboolean
is_perhaps_lost (const PostwegView *view)
{
  return view->the_case->delivery->outcome == POSTWEG_DELIVERY_LOST;
}

static gboolean
is (const char *result, const char *word)
{
  return g_strcmp0 (result, word) == 0;
}

/* DMARC is the domain's own judgement over both others. */
static gboolean
dmarc_failed (const PostwegView *view)
{
  return is (view->the_case->delivery->checks.dmarc, "fail");
}

/* Without DMARC one of the two is enough: a mail without any signature is common. */
static gboolean
spf_failed (const PostwegView *view)
{
  const PostwegSenderChecks *checks = &view->the_case->delivery->checks;
  gboolean failed = is (checks->spf, "fail") || is (checks->spf, "softfail");

  return failed && !is (checks->dmarc, "pass") && !is (checks->dkim, "pass");
}

static gboolean
dkim_failed (const PostwegView *view)
{
  const PostwegSenderChecks *checks = &view->the_case->delivery->checks;

  return is (checks->dkim, "fail") && !is (checks->dmarc, "pass") && !is (checks->spf, "pass");
}

/* No program has filed this mail: the server did, and twice. */
static gboolean
is_filed_twice (const PostwegView *view)
{
  return postweg_delivery_copies (view->the_case->delivery, POSTWEG_FOLDER_SENT) >= 2;
}

static const struct {
  gboolean (*when) (const PostwegView *view);
  PostwegCause cause;
  guint8 weight;
} rules[] = {
  { is_lost, POSTWEG_CAUSE_TEST_MAIL_LOST, 75 },
  { is_perhaps_lost, POSTWEG_CAUSE_TEST_MAIL_LOST, 50 },
  { dmarc_failed, POSTWEG_CAUSE_SENDER_AUTH_FAILED, 90 },
  { spf_failed, POSTWEG_CAUSE_SENDER_AUTH_FAILED, 70 },
  { dkim_failed, POSTWEG_CAUSE_SENDER_AUTH_FAILED, 65 },
  { is_filed_twice, POSTWEG_CAUSE_SENT_TWICE, 80 },
};

void
postweg_apply_delivery (PostwegView *view)
{
  if (view->the_case->delivery == NULL)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    if (rules[i].when (view))
      postweg_suspect (&view->suspects, rules[i].cause, rules[i].weight);
}
