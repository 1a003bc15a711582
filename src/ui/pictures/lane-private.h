/* What the files of the lane share: its parts, its layout, its drawing. */
#pragma once
#include "ui/pictures/lane.h"

struct _PostwegLane {
  GtkWidget parent_instance;
  GtkBox *header;
  GtkLabel *title, *where, *side;
  PostwegStation *stations[POSTWEG_N_STOPS]; /* NULL where there is none */
  PostwegStation *in_order[POSTWEG_N_STOPS];
  guint n_stations;
  GtkOrientation orientation;
  gboolean blocked, folds;
  guint timer, phase; /* source; while a station is at work */
  guint folding;      /* tick callback */
  GtkWidget *details; /* what the stations open, or NULL */
};

/* Whether the road runs from start to end, not downwards. */
gboolean postweg_lane_is_along (PostwegLane *self);
/* Whether there is another open port to show. */
gboolean postweg_lane_has_side (PostwegLane *self);
void postweg_lane_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                           int *natural, int *minimum_baseline, int *natural_baseline);
void postweg_lane_allocate (GtkWidget *widget, int width, int height, int baseline);
/* The same with stations side by side, or one below the other; a lane that folds can be both. */
int postweg_lane_minimum_width (PostwegLane *self);
/* The road; the stations stand on it. */
void postweg_lane_draw (PostwegLane *self, GtkSnapshot *snapshot);
