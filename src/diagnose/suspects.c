/* The set of suspected causes. */
#include "diagnose/suspects.h"

void
postweg_suspect (PostwegSuspects *suspects, PostwegCause cause, guint weight)
{
  if (cause == POSTWEG_CAUSE_WRONG_CREDENTIALS)
    weight = MIN (weight, POSTWEG_WEIGHT_PROVEN - 1);
  suspects->weight[cause] = (guint8) MAX (suspects->weight[cause], MIN (weight, 100));
}

void
postweg_suspect_at_most (PostwegSuspects *suspects, PostwegCause cause, guint weight)
{
  suspects->weight[cause] = (guint8) MIN (suspects->weight[cause], weight);
}

guint
postweg_suspects_order (const PostwegSuspects *suspects, PostwegCause *ordered, guint n)
{
  PostwegSuspects left = *suspects;
  guint found = 0;

  for (; found < n; found++)
    {
      PostwegCause best = postweg_suspects_first (&left);

      if (best == POSTWEG_NO_CAUSE)
        break;
      ordered[found] = best;
      left.weight[best] = 0;
    }
  return found;
}

PostwegCause
postweg_suspects_first (const PostwegSuspects *suspects)
{
  PostwegCause best = POSTWEG_NO_CAUSE;

  for (PostwegCause cause = POSTWEG_NO_CAUSE + 1; cause < POSTWEG_N_CAUSES; cause++)
    if (suspects->weight[cause] > (best == POSTWEG_NO_CAUSE ? 0 : suspects->weight[best]))
      best = cause;
  return best;
}

PostwegConfidence
postweg_weight_confidence (guint weight)
{
  if (weight >= POSTWEG_WEIGHT_PROVEN)
    return POSTWEG_PROVEN;
  return weight >= POSTWEG_WEIGHT_LIKELY ? POSTWEG_LIKELY : POSTWEG_POSSIBLE;
}
