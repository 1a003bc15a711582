/* The strokes that roads are drawn with: a bed, what lies on it, signs, locks. A state is a shape first, a colour second. */
#pragma once
#include "ui/pictures/station-state.h"
#include <gtk/gtk.h>

typedef struct {
  GdkRGBA ink, paper, bed;
  GdkRGBA states[POSTWEG_N_STATION_STATES];
} PostwegPalette;

/* A piece of road between two points; bent where they lie neither above nor beside each other. */
typedef struct {
  graphene_point_t from, to;
  PostwegStationState state;
  guint phase;      /* moves what moves; 0 … */
  gboolean upright; /* a bent piece starts and ends downwards instead of sideways */
  gboolean barrier; /* of a broken one: somebody has closed the road */
} PostwegRoadPiece;

#define POSTWEG_SIGN_SIZE 36  /* pixels */
#define POSTWEG_ROAD_WIDTH 12 /* pixels */

/* The colours of the widget's theme, contrast and brightness. */
void postweg_palette_read (PostwegPalette *palette, GtkWidget *widget);
/* Waiting: dots. At work: dashes, which move with the phase. Fine: a line. Broken: a gap with a cross, or a barrier. Not reached: the bed only. */
void postweg_paint_piece (cairo_t *cr, const PostwegPalette *palette, const PostwegRoadPiece *piece);
/* A ring of dots, a ring of dashes, a disc with a tick, one with a dot, an octagon with an exclamation mark, a ring with a dash. */
void postweg_paint_sign (cairo_t *cr, const PostwegPalette *palette, PostwegStationState state, guint phase);
/* A small lock around that point. */
void postweg_paint_lock (cairo_t *cr, const PostwegPalette *palette, gboolean closed,
                         const graphene_point_t *middle);
