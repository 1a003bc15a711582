/* Wishes and observations. */
#include "model/observation.h"

const char *
postweg_side_name (PostwegSide side)
{
  static const char *const names[] = { "receive", "send", "both" };

  return names[side];
}

PostwegWish *
postweg_wish_new (PostwegLook look, PostwegSide side, const PostwegServer *server)
{
  PostwegWish *wish = g_new (PostwegWish, 1);

  *wish = (PostwegWish){ look, side, postweg_server_copy (server) };
  return wish;
}

void
postweg_wish_free (PostwegWish *wish)
{
  if (wish == NULL)
    return;
  postweg_server_free (wish->server);
  g_free (wish);
}

gboolean
postweg_wish_equal (const PostwegWish *a, const PostwegWish *b)
{
  return a->look == b->look && a->side == b->side && postweg_server_equal (a->server, b->server);
}

PostwegObservation *
postweg_observation_new (PostwegLook look, PostwegSide side, PostwegEvidence *evidence)
{
  PostwegObservation *observation = g_new (PostwegObservation, 1);

  *observation = (PostwegObservation){ look, side, evidence };
  return observation;
}

void
postweg_observation_free (PostwegObservation *observation)
{
  if (observation == NULL)
    return;
  postweg_evidence_free (observation->evidence);
  g_free (observation);
}
