/* The map of ports as lines of a picture: one port of one host, seen by IPv4 and by IPv6. No widget. */
#pragma once
#include "model/port-map.h"

enum { POSTWEG_IPV4, POSTWEG_IPV6, POSTWEG_N_FAMILIES };

/* Points into the map; NULL where the host has no address of that family. Of several addresses the one that says most is taken. */
typedef struct {
  const PostwegPort *seen[POSTWEG_N_FAMILIES];
} PostwegPortLine;

/* first: index of a port in the sorted map; is left behind the last address of that port. */
PostwegPortLine postweg_port_line (const GPtrArray *map, guint *first);
/* Returns: (transfer none): one of those that were seen */
const PostwegPort *postweg_port_line_port (const PostwegPortLine *line);
gboolean postweg_port_line_is_open (const PostwegPortLine *line);
/* Whether the map goes on with the same host. */
gboolean postweg_port_map_same_host (const GPtrArray *map, guint i, const char *host);
