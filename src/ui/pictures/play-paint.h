/* The shapes of the moving picture. Each state is a shape, never a colour alone. */
#pragma once
#include "model/play.h"
#include <adwaita.h>

typedef struct {
  GdkRGBA text, line, paper, frame, roof, fresh, fresh_line, wrong;
} PostwegPlayColors;

/* How an envelope looks. */
typedef struct {
  graphene_rect_t place;
  gboolean read; /* open and empty, else closed and filled */
  double alpha;
} PostwegEnvelope;

/* Reads the theme's colours as the widget sees them. */
void postweg_play_colors (PostwegPlayColors *colors, GtkWidget *widget);
void postweg_paint_provider (cairo_t *cr, const PostwegPlayColors *colors, const graphene_rect_t *place);
/* broken: with a crack through the screen */
void postweg_paint_laptop (cairo_t *cr, const PostwegPlayColors *colors, const graphene_rect_t *place,
                           gboolean broken);
void postweg_paint_phone (cairo_t *cr, const PostwegPlayColors *colors, const graphene_rect_t *place);
/* used: something lies in it; an empty one is only hinted at */
void postweg_paint_folder (cairo_t *cr, const PostwegPlayColors *colors, const graphene_rect_t *place,
                           gboolean used);
void postweg_paint_envelope (cairo_t *cr, const PostwegPlayColors *colors, const PostwegEnvelope *envelope);
/* From the provider (first) to a device: an arrow there, for IMAP one back too; cut: a gap with a cross. */
typedef struct {
  graphene_point_t ends[2];
  gboolean both_ways, cut;
} PostwegWay;
void postweg_paint_way (cairo_t *cr, const PostwegPlayColors *colors, const PostwegWay *way);
