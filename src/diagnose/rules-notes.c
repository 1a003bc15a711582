/* What is worth saying about a side that works. A healthy one gives nothing. */
#include "diagnose/rules.h"
#include "model/address.h"

#define SLOW_MS 5000      /* a server that needs longer for one answer is slow */
#define SHORT_WAY_MS 1000 /* unless the way to it is as long */
#define NOT_LOCAL_MS                                                                                         \
  30 /* “unreachable” sooner than this comes from this computer or its own router: there is no IPv6 here */
#define FULL_PERCENT 95 /* of the storage */
#define QUITE_FULL_PERCENT 100

static gboolean
is_unencrypted (const PostwegView *view)
{
  return view->server->security == POSTWEG_PLAIN &&
         postweg_evidence_passed (view->evidence, POSTWEG_STAGE_AUTH) &&
         !postweg_host_is_loopback (view->server->host);
}

static gboolean
way_is_broken (const PostwegAttempt *attempt)
{
  return attempt->error == POSTWEG_ERROR_NO_CONNECTION || attempt->error == POSTWEG_ERROR_REFUSED ||
         attempt->error == POSTWEG_ERROR_HUNG_UP ||
         (attempt->error == POSTWEG_ERROR_UNREACHABLE && attempt->ms >= NOT_LOCAL_MS);
}

/* Every IPv6 address failed for a reason, and an IPv4 address answered. */
static gboolean
is_ipv6_broken (const PostwegView *view)
{
  gboolean broken = FALSE, ipv4_works = FALSE;

  for (guint i = 0; i < view->evidence->attempts->len; i++)
    {
      const PostwegAttempt *attempt = g_ptr_array_index (view->evidence->attempts, i);

      if (!attempt->ipv6)
        ipv4_works |= attempt->error == POSTWEG_OK;
      else if (way_is_broken (attempt))
        broken = TRUE;
      else
        return FALSE;
    }
  return broken && ipv4_works;
}

/* The probe did not wait for IPv6, since IPv4 was quicker; the look beside it did, up to the greeting. */
static gboolean
is_ipv6_dead_beside (const PostwegView *view)
{
  const PostwegEvidence *beside = postweg_view_seen (view, POSTWEG_LOOK_OTHER_FAMILY);

  return beside != NULL && postweg_view_family_is_ipv6 (beside) &&
         postweg_evidence_failure (beside) != NULL && way_is_broken (g_ptr_array_index (beside->attempts, 0));
}

/* It is taken, and then cut off, while the same server answers over IPv4. */
static gboolean
is_ipv6_cut_off_beside (const PostwegView *view)
{
  const PostwegEvidence *beside = postweg_view_seen (view, POSTWEG_LOOK_OTHER_FAMILY);
  const PostwegStep *failure = beside != NULL ? postweg_evidence_failure (beside) : NULL;

  return failure != NULL && postweg_view_family_is_ipv6 (beside) && failure->stage > POSTWEG_STAGE_CONNECT &&
         (failure->error == POSTWEG_ERROR_HUNG_UP || failure->error == POSTWEG_ERROR_TLS_ABORTED ||
          failure->error == POSTWEG_ERROR_SILENT);
}

/* How long a mail is on its way, and how long filters read it, says nothing about the server's answers. */
static gboolean
is_slow (const PostwegView *view)
{
  const PostwegStep *connect = postweg_evidence_step (view->evidence, POSTWEG_STAGE_CONNECT);

  if (connect == NULL || connect->ms > SHORT_WAY_MS)
    return FALSE;
  for (guint i = 0; i < view->evidence->steps->len; i++)
    {
      const PostwegStep *step = g_ptr_array_index (view->evidence->steps, i);

      if (step->stage > POSTWEG_STAGE_CONNECT && step->stage < POSTWEG_STAGE_DATA && step->ms > SLOW_MS)
        return TRUE;
    }
  return FALSE;
}

static gboolean
needs_client_id (const PostwegView *view)
{
  return view->evidence->client_id_helped;
}

static gboolean
is_full (const PostwegView *view)
{
  return view->evidence->mailbox.quota_percent >= QUITE_FULL_PERCENT;
}

static gboolean
is_nearly_full (const PostwegView *view)
{
  return view->evidence->mailbox.quota_percent >= FULL_PERCENT;
}

static const struct {
  gboolean (*when) (const PostwegView *view);
  PostwegCause cause;
  guint8 weight;
  guint wants;
} notes[] = {
  { is_unencrypted, POSTWEG_CAUSE_INSECURE_CONNECTION, 100, POSTWEG_WANT_PORTS },
  { needs_client_id, POSTWEG_CAUSE_CLIENT_ID_REQUIRED, 98, 0 },
  { is_full, POSTWEG_CAUSE_OWN_MAILBOX_FULL, 99, 0 },
  { is_nearly_full, POSTWEG_CAUSE_OWN_MAILBOX_FULL, 90, 0 },
  { is_slow, POSTWEG_CAUSE_SERVER_SLOW, 96, 0 },
  { is_ipv6_broken, POSTWEG_CAUSE_IPV6_BROKEN, 96, 0 },
  { is_ipv6_dead_beside, POSTWEG_CAUSE_IPV6_BROKEN, 90, 0 },
  { is_ipv6_cut_off_beside, POSTWEG_CAUSE_IPV6_BROKEN, 85, 0 },
};

void
postweg_apply_notes (PostwegView *view, GPtrArray *wishes)
{
  for (guint i = 0; i < G_N_ELEMENTS (notes); i++)
    if (notes[i].when (view))
      {
        postweg_suspect (&view->suspects, notes[i].cause, notes[i].weight);
        postweg_view_want (view, notes[i].wants, wishes);
      }
}
