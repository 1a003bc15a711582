/* A closed port beside an open one, for the map of the road. */
#include "checkup/checkup.h"

static const PostwegServer *
server_of (const PostwegAccount *account, PostwegSide side)
{
  return side == POSTWEG_SEND ? account->outgoing : account->incoming;
}

static guint16
mended_port (const PostwegFinding *finding, const PostwegServer *server, PostwegSide side)
{
  const PostwegServer *mended = finding->mended != NULL ? server_of (finding->mended, side) : NULL;

  return mended != NULL && mended->port != server->port &&
                 g_ascii_strcasecmp (mended->host, server->host) == 0
             ? mended->port
             : 0;
}

/* Returns: the port of a second look that got through, or 0 */
static guint16
looked_port (const PostwegTestResult *result, PostwegSide side)
{
  for (guint i = 0; i < result->observations->len; i++)
    {
      const PostwegObservation *seen = g_ptr_array_index (result->observations, i);

      if (seen->look == POSTWEG_LOOK_OTHER_PORT && seen->side == side &&
          postweg_evidence_passed (seen->evidence, POSTWEG_STAGE_CONNECT))
        return seen->evidence->server->port;
    }
  return 0;
}

static guint16
mapped_port (const PostwegTestResult *result, const PostwegServer *server)
{
  for (guint i = 0; result->ports != NULL && i < result->ports->len; i++)
    {
      const PostwegPort *port = g_ptr_array_index (result->ports, i);

      if (port->state == POSTWEG_PORT_OPEN && port->protocol == server->protocol &&
          port->port != server->port && g_ascii_strcasecmp (port->host, server->host) == 0)
        return port->port;
    }
  return 0;
}

gboolean
postweg_checkup_is_blocked (const PostwegTestResult *result, PostwegSide side, guint16 *port)
{
  const PostwegServer *server = server_of (result->account, side);

  *port = 0;
  for (guint i = 0; server != NULL && i < result->findings->len; i++)
    {
      const PostwegFinding *finding = g_ptr_array_index (result->findings, i);

      if (g_strcmp0 (finding->cause, "port-blocked") != 0 ||
          (finding->side != side && finding->side != POSTWEG_BOTH))
        continue;
      *port = mended_port (finding, server, side);
      *port = *port != 0 ? *port : looked_port (result, side);
      *port = *port != 0 ? *port : mapped_port (result, server);
      return TRUE;
    }
  return FALSE;
}
