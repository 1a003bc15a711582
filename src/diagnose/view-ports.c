/* What is known about the other ports of a side's host, by looks and by the map. */
#include "diagnose/view.h"
#include "model/port-map.h"

/* Returns: the i-th port of the side's host on the map other than the tested one, or NULL behind the last one */
static const PostwegPort *
port_at (const PostwegView *view, guint *i)
{
  const GPtrArray *map = view->the_case->ports;

  while (map != NULL && *i < map->len)
    {
      const PostwegPort *port = g_ptr_array_index (map, (*i)++);

      if (g_ascii_strcasecmp (port->host, view->server->host) == 0 && port->port != view->server->port)
        return port;
    }
  return NULL;
}

/* Returns: the next look at another port of this side from `i` on, or NULL */
static const PostwegEvidence *
look_at (const PostwegView *view, PostwegLook look, guint *i)
{
  const PostwegObservation *observation;

  while ((observation = postweg_view_observation (view, (*i)++)) != NULL)
    if (observation->look == look && observation->side == view->side)
      return observation->evidence;
  return NULL;
}

static gboolean
is_safe (const PostwegEvidence *evidence)
{
  return postweg_evidence_failure (evidence) == NULL &&
         postweg_evidence_passed (evidence, POSTWEG_STAGE_TLS) &&
         postweg_evidence_passed (evidence, POSTWEG_STAGE_CAPABILITY) &&
         (evidence->tls == NULL || evidence->tls->faults == 0);
}

const PostwegEvidence *
postweg_view_safe_port (const PostwegView *view)
{
  const PostwegEvidence *seen, *found = NULL;

  for (guint i = 0; (seen = look_at (view, POSTWEG_LOOK_OTHER_PORT, &i)) != NULL;)
    if (is_safe (seen) && (found == NULL || seen->server->security == POSTWEG_TLS))
      found = seen;
  return found;
}

gboolean
postweg_view_host_answers (const PostwegView *view)
{
  const PostwegEvidence *seen;
  const PostwegPort *port;

  if (view->other != NULL && g_ascii_strcasecmp (view->other->server->host, view->server->host) == 0 &&
      view->other->server->port != view->server->port &&
      postweg_evidence_passed (view->other, POSTWEG_STAGE_CONNECT))
    return TRUE;
  for (guint i = 0; (seen = look_at (view, POSTWEG_LOOK_OTHER_PORT, &i)) != NULL;)
    if (postweg_evidence_passed (seen, POSTWEG_STAGE_CONNECT))
      return TRUE;
  for (guint i = 0; (port = port_at (view, &i)) != NULL;)
    if (port->state == POSTWEG_PORT_OPEN || port->state == POSTWEG_PORT_RESET)
      return TRUE;
  return FALSE;
}

gboolean
postweg_view_ports_seen (const PostwegView *view)
{
  guint i = 0;

  return postweg_view_seen (view, POSTWEG_LOOK_OTHER_PORT) != NULL || port_at (view, &i) != NULL;
}

gboolean
postweg_view_port_is_closed (const PostwegView *view, guint16 port)
{
  const PostwegPort *known;
  gboolean closed = FALSE;

  for (guint i = 0; (known = port_at (view, &i)) != NULL;)
    if (known->port == port && (known->state == POSTWEG_PORT_OPEN || known->state == POSTWEG_PORT_UNKNOWN))
      return FALSE;
    else
      closed |= known->port == port;
  return closed;
}

gboolean
postweg_view_all_ports_silent (const PostwegView *view)
{
  const PostwegEvidence *seen;
  const PostwegPort *port;

  if (!postweg_view_ports_seen (view) || view->failure->error != POSTWEG_ERROR_NO_CONNECTION)
    return FALSE;
  for (guint i = 0; (seen = look_at (view, POSTWEG_LOOK_OTHER_PORT, &i)) != NULL;)
    if (postweg_evidence_failure (seen) == NULL ||
        postweg_evidence_failure (seen)->error != POSTWEG_ERROR_NO_CONNECTION)
      return FALSE;
  for (guint i = 0; (port = port_at (view, &i)) != NULL;)
    if ((port->protocol == POSTWEG_SMTP) == (view->side == POSTWEG_SEND) &&
        port->state != POSTWEG_PORT_SILENT)
      return FALSE;
  return TRUE;
}

gboolean
postweg_view_other_port_speaks_mail (const PostwegView *view)
{
  const PostwegEvidence *seen;
  const PostwegPort *port;

  for (guint i = 0; (seen = look_at (view, POSTWEG_LOOK_OTHER_PORT, &i)) != NULL;)
    if (postweg_evidence_passed (seen, POSTWEG_STAGE_GREETING))
      return TRUE;
  for (guint i = 0; (port = port_at (view, &i)) != NULL;)
    if (port->protocol == view->server->protocol && port->speaks == postweg_speaks_of (port->protocol))
      return TRUE;
  return FALSE;
}

gboolean
postweg_view_web_elsewhere (const PostwegView *view)
{
  const PostwegEvidence *seen;
  const PostwegPort *port;

  if (view->other != NULL && view->other->speaks == POSTWEG_SPEAKS_HTTP)
    return TRUE;
  for (guint i = 0; (seen = look_at (view, POSTWEG_LOOK_OTHER_PORT, &i)) != NULL;)
    if (seen->speaks == POSTWEG_SPEAKS_HTTP)
      return TRUE;
  for (guint i = 0; (port = port_at (view, &i)) != NULL;)
    if (port->speaks == POSTWEG_SPEAKS_HTTP)
      return TRUE;
  return FALSE;
}

const PostwegEvidence *
postweg_view_other_host (const PostwegView *view)
{
  const PostwegEvidence *seen, *found = NULL;

  for (guint i = 0; (seen = look_at (view, POSTWEG_LOOK_OTHER_HOST, &i)) != NULL;)
    if (found == NULL || postweg_evidence_passed (seen, POSTWEG_STAGE_CONNECT))
      found = seen;
  return found;
}
