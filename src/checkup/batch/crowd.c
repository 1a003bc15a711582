/* The causes that mean too many at once, and the failures behind which they can hide. */
#include "checkup/batch/crowd.h"

static gboolean
says_so (const PostwegTestResult *result, PostwegSide side)
{
  static const char *const causes[] = { "too-many-connections", "rate-limited", "too-many-login-attempts",
                                        NULL };

  for (guint i = 0; i < result->findings->len; i++)
    {
      const PostwegFinding *finding = g_ptr_array_index (result->findings, i);

      if ((finding->side == side || finding->side == POSTWEG_BOTH) &&
          g_strv_contains (causes, finding->cause))
        return TRUE;
    }
  return FALSE;
}

/* On a TLS port a server that has no room says so in plain text, or hangs up (observed with Exim 4.96, Courier 1.0). One that shows a
 * certificate or greets has room. */
static gboolean
is_doubtful (const PostwegEvidence *evidence)
{
  const PostwegStep *failure = postweg_evidence_failure (evidence);

  if (failure == NULL || evidence->greeting != NULL)
    return FALSE;
  if (failure->stage == POSTWEG_STAGE_TLS)
    return evidence->tls == NULL || evidence->tls->chain->len == 0;
  return failure->stage == POSTWEG_STAGE_GREETING;
}

PostwegCrowd
postweg_crowd_at (const PostwegTestResult *result, PostwegSide side)
{
  const PostwegEvidence *evidence = side == POSTWEG_RECEIVE ? result->incoming : result->outgoing;

  if (evidence == NULL || postweg_evidence_works (evidence))
    return POSTWEG_CROWD_NONE;
  if (says_so (result, side))
    return POSTWEG_CROWD_SAID;
  return is_doubtful (evidence) ? POSTWEG_CROWD_DOUBTFUL : POSTWEG_CROWD_NONE;
}
