/* The table behind the closed list of causes. */
#include "diagnose/causes.h"

static const struct {
  const char *slug;
  PostwegSide side;
  PostwegWho who;
} causes[POSTWEG_N_CAUSES] = {
#define X(name, slug, side, who) [POSTWEG_CAUSE_##name] = { slug, POSTWEG_##side, POSTWEG_WHO_##who },
  POSTWEG_CAUSES (X)
#undef X
};

const char *
postweg_cause_slug (PostwegCause cause)
{
  return causes[cause].slug;
}

PostwegSide
postweg_cause_side (PostwegCause cause)
{
  return causes[cause].side;
}

PostwegWho
postweg_cause_who (PostwegCause cause)
{
  return causes[cause].who;
}

PostwegCause
postweg_cause_from_slug (const char *slug)
{
  for (PostwegCause cause = POSTWEG_NO_CAUSE + 1; cause < POSTWEG_N_CAUSES; cause++)
    if (g_strcmp0 (causes[cause].slug, slug) == 0)
      return cause;
  return POSTWEG_NO_CAUSE;
}
