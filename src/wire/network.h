/* Whether this computer is connected to anything. */
#pragma once
#include <gio/gio.h>

/* Whether any interface other than loopback is up with an address; TRUE when that cannot be told. */
gboolean postweg_network_is_there (void);
/* Whether this computer has a route and an address of its own to reach this one with. */
gboolean postweg_network_has_way (GSocketAddress *address);
