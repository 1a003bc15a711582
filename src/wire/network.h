/* Whether this computer is connected to anything. */
#pragma once
#include <glib.h>

/* Whether any interface other than loopback is up with an address; TRUE when that cannot be told. */
gboolean postweg_network_is_there (void);
