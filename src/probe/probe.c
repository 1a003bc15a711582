/* Running a probe from its first step to its last. */
#include "probe/probe.h"
#include "probe/road.h"

PostwegEvidence *
postweg_probe_run (const PostwegProbe *probe, GCancellable *cancellable)
{
  PostwegSession *session = postweg_session_new (probe, POSTWEG_TLS_STRICT, cancellable);

  postweg_road_walk (session);
  return postweg_session_end (session);
}
