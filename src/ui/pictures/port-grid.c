/* A port is open as soon as one address of it is: programs try them all. */
#include "ui/pictures/port-grid.h"

/* The higher, the more it says about the port. */
static const guint weights[] = {
  [POSTWEG_PORT_UNKNOWN] = 0, [POSTWEG_PORT_UNREACHABLE] = 1, [POSTWEG_PORT_SILENT] = 2,
  [POSTWEG_PORT_REFUSED] = 3, [POSTWEG_PORT_RESET] = 4,       [POSTWEG_PORT_OPEN] = 5,
};

gboolean
postweg_port_map_same_host (const GPtrArray *map, guint i, const char *host)
{
  return i < map->len &&
         g_ascii_strcasecmp (((const PostwegPort *) g_ptr_array_index (map, i))->host, host) == 0;
}

PostwegPortLine
postweg_port_line (const GPtrArray *map, guint *first)
{
  const PostwegPort *port = g_ptr_array_index (map, *first);
  const char *host = port->host;
  const guint16 number = port->port;
  PostwegPortLine line = { { NULL, NULL } };

  while (postweg_port_map_same_host (map, *first, host) &&
         ((port = g_ptr_array_index (map, *first))->port == number))
    {
      const PostwegPort **best = &line.seen[port->ipv6 ? POSTWEG_IPV6 : POSTWEG_IPV4];

      if (*best == NULL || weights[port->state] > weights[(*best)->state])
        *best = port;
      ++*first;
    }
  return line;
}

const PostwegPort *
postweg_port_line_port (const PostwegPortLine *line)
{
  return line->seen[POSTWEG_IPV4] != NULL ? line->seen[POSTWEG_IPV4] : line->seen[POSTWEG_IPV6];
}

gboolean
postweg_port_line_is_open (const PostwegPortLine *line)
{
  for (guint i = 0; i < POSTWEG_N_FAMILIES; i++)
    if (line->seen[i] != NULL && line->seen[i]->state == POSTWEG_PORT_OPEN)
      return TRUE;
  return FALSE;
}
