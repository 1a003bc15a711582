/* The way from this computer to one port, drawn: a road, and what stands at its end. */
#pragma once
#include "model/port-map.h"
#include <gtk/gtk.h>

#define POSTWEG_TYPE_PORT_LANE (postweg_port_lane_get_type ())
G_DECLARE_FINAL_TYPE (PostwegPortLane, postweg_port_lane, POSTWEG, PORT_LANE, GtkWidget)

/* Returns: (transfer floating); it has no words of its own: these stand beside it */
GtkWidget *postweg_port_lane_new (PostwegPortState state);
