/* Which ports are open from here, by host, port and family of addresses. */
#pragma once
#include "ui/journey.h"
#include <adwaita.h>

#define POSTWEG_TYPE_PORT_MAP (postweg_port_map_get_type ())
G_DECLARE_FINAL_TYPE (PostwegPortMap, postweg_port_map, POSTWEG, PORT_MAP, AdwPreferencesGroup)

/* Signal "wanted": the person wants the ports to be looked at. */

/* ports: PostwegPort in the order of the map, or NULL: nobody has looked yet */
void postweg_port_map_show (PostwegPortMap *self, const GPtrArray *ports);
