/* All drawing of roads, with cairo; where something lies is the business of those who call. */
#include "ui/pictures/road-paint.h"
#include "ui/compat.h"
#include <adwaita.h>
#include <math.h>

#define LINE 4.0  /* what lies on the bed */
#define GAP 13.0  /* half of what is missing of a broken road */
#define CROSS 7.0 /* half of the cross in it */
#define STEP 4    /* pixels that dashes move by in one phase */
#define DASH 8.0
#define LOCK 9.0 /* half of the plate that a lock lies on */

static void
ink (cairo_t *cr, const GdkRGBA *color)
{
  gdk_cairo_set_source_rgba (cr, color);
}

/* Along the piece; `start` and `end` are what is left out at its ends. */
static void
trace (cairo_t *cr, const PostwegRoadPiece *piece)
{
  const graphene_point_t *from = &piece->from, *to = &piece->to;
  double x = (from->x + to->x) / 2, y = (from->y + to->y) / 2;

  cairo_new_path (cr);
  cairo_move_to (cr, from->x, from->y);
  if (piece->upright)
    cairo_curve_to (cr, from->x, y, to->x, y, to->x, to->y);
  else
    cairo_curve_to (cr, x, from->y, x, to->y, to->x, to->y);
}

static void
paint_bed (cairo_t *cr, const PostwegPalette *palette, const PostwegRoadPiece *piece)
{
  trace (cr, piece);
  cairo_set_dash (cr, NULL, 0, 0);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_BUTT);
  cairo_set_line_width (cr, POSTWEG_ROAD_WIDTH);
  ink (cr, &palette->bed);
  cairo_stroke (cr);
}

static void
paint_dots (cairo_t *cr, const PostwegPalette *palette, const PostwegRoadPiece *piece)
{
  const double dots[] = { 0.01, DASH };

  trace (cr, piece);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_width (cr, 3.5);
  cairo_set_dash (cr, dots, 2, -DASH / 2);
  ink (cr, &palette->states[POSTWEG_STATION_WAITING]);
  cairo_stroke (cr);
}

static void
paint_dashes (cairo_t *cr, const PostwegPalette *palette, const PostwegRoadPiece *piece)
{
  const double dashes[] = { DASH, DASH };

  trace (cr, piece);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_BUTT);
  cairo_set_line_width (cr, LINE);
  cairo_set_dash (cr, dashes, 2, -(double) (piece->phase * STEP % (guint) (2 * DASH)));
  ink (cr, &palette->states[POSTWEG_STATION_WORKING]);
  cairo_stroke (cr);
}

static void
paint_line (cairo_t *cr, const PostwegPalette *palette, const PostwegRoadPiece *piece)
{
  trace (cr, piece);
  cairo_set_dash (cr, NULL, 0, 0);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_BUTT);
  cairo_set_line_width (cr, LINE);
  ink (cr, &palette->states[POSTWEG_STATION_FINE]);
  cairo_stroke (cr);
}

static void
paint_cross (cairo_t *cr, const GdkRGBA *color, double x, double y)
{
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_width (cr, 4);
  cairo_move_to (cr, x - CROSS, y - CROSS);
  cairo_line_to (cr, x + CROSS, y + CROSS);
  cairo_move_to (cr, x - CROSS, y + CROSS);
  cairo_line_to (cr, x + CROSS, y - CROSS);
  ink (cr, color);
  cairo_stroke (cr);
}

/* A pole with stripes across the road, which runs along the x axis here. */
static void
paint_barrier (cairo_t *cr, const PostwegPalette *palette)
{
  const double width = 9, height = 34, stripe = height / 5;

  cairo_rectangle (cr, -width / 2 - 2, -height / 2 - 2, width + 4, height + 4);
  ink (cr, &palette->paper);
  cairo_fill (cr);
  ink (cr, &palette->states[POSTWEG_STATION_BROKEN]);
  for (guint i = 0; i < 5; i += 2)
    cairo_rectangle (cr, -width / 2, -height / 2 + i * stripe, width, stripe);
  cairo_fill (cr);
  cairo_set_line_width (cr, 1.5);
  cairo_rectangle (cr, -width / 2, -height / 2, width, height);
  cairo_stroke (cr);
}

/* One end of what is left of the road: torn, not cut. The road runs along the x axis towards the gap; colour: of what lies on it. */
static void
paint_stump (cairo_t *cr, const PostwegPalette *palette, const GdkRGBA *color, double length)
{
  const double half = POSTWEG_ROAD_WIDTH / 2.0;

  if (length <= 0)
    return;
  cairo_move_to (cr, 0, -half);
  cairo_line_to (cr, length, -half);
  cairo_line_to (cr, length - 4, -half / 3);
  cairo_line_to (cr, length + 1, half / 3);
  cairo_line_to (cr, length - 4, half);
  cairo_line_to (cr, 0, half);
  cairo_close_path (cr);
  ink (cr, &palette->bed);
  cairo_fill (cr);
  if (color == NULL)
    return;
  cairo_rectangle (cr, 0, -LINE / 2, MAX (length - 4, 0), LINE);
  ink (cr, color);
  cairo_fill (cr);
}

static void
paint_broken (cairo_t *cr, const PostwegPalette *palette, const PostwegRoadPiece *piece)
{
  const GdkRGBA *red = &palette->states[POSTWEG_STATION_BROKEN];
  double dx = piece->to.x - piece->from.x, dy = piece->to.y - piece->from.y;
  double length = hypot (dx, dy);

  cairo_save (cr);
  cairo_translate (cr, piece->from.x, piece->from.y);
  cairo_rotate (cr, atan2 (dy, dx));
  cairo_set_dash (cr, NULL, 0, 0);
  paint_stump (cr, palette, red, length / 2 - GAP);
  cairo_translate (cr, length, 0);
  cairo_rotate (cr, G_PI);
  paint_stump (cr, palette, NULL, length / 2 - GAP);
  cairo_translate (cr, length / 2, 0);
  if (piece->barrier)
    paint_barrier (cr, palette);
  else
    paint_cross (cr, red, 0, 0);
  cairo_restore (cr);
}

static void
octagon (cairo_t *cr, double radius)
{
  cairo_new_path (cr);
  for (guint i = 0; i < 8; i++)
    cairo_line_to (cr, radius * cos ((i + 0.5) * G_PI / 4), radius * sin ((i + 0.5) * G_PI / 4));
  cairo_close_path (cr);
}

static void
disc (cairo_t *cr, double radius)
{
  cairo_new_path (cr);
  cairo_arc (cr, 0, 0, radius, 0, 2 * G_PI);
}

static void
sign_waiting (cairo_t *cr, const PostwegPalette *palette, guint phase G_GNUC_UNUSED)
{
  const double dots[] = { 0.01, 2 * G_PI * 12 / 12 };

  disc (cr, 12);
  cairo_set_line_width (cr, 3);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_dash (cr, dots, 2, 0);
  ink (cr, &palette->states[POSTWEG_STATION_WAITING]);
  cairo_stroke (cr);
}

static void
sign_working (cairo_t *cr, const PostwegPalette *palette, guint phase)
{
  const double dashes[] = { 2 * G_PI * 13 / 12, 2 * G_PI * 13 / 12 };

  disc (cr, 13);
  cairo_set_line_width (cr, 4);
  cairo_set_dash (cr, dashes, 2, -(double) (phase * STEP));
  ink (cr, &palette->states[POSTWEG_STATION_WORKING]);
  cairo_stroke (cr);
  cairo_set_dash (cr, NULL, 0, 0);
  disc (cr, 4);
  cairo_fill (cr);
}

static void
sign_fine (cairo_t *cr, const PostwegPalette *palette, guint phase G_GNUC_UNUSED)
{
  disc (cr, 15);
  ink (cr, &palette->states[POSTWEG_STATION_FINE]);
  cairo_fill (cr);
  cairo_set_line_width (cr, 3.5);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_move_to (cr, -6.5, 0.5);
  cairo_line_to (cr, -2, 5);
  cairo_line_to (cr, 6.5, -5);
  ink (cr, &palette->paper);
  cairo_stroke (cr);
}

static void
sign_note (cairo_t *cr, const PostwegPalette *palette, guint phase G_GNUC_UNUSED)
{
  disc (cr, 13);
  cairo_set_line_width (cr, 4);
  ink (cr, &palette->states[POSTWEG_STATION_NOTE]);
  cairo_stroke (cr);
  disc (cr, 5.5);
  cairo_fill (cr);
}

static void
sign_broken (cairo_t *cr, const PostwegPalette *palette, guint phase G_GNUC_UNUSED)
{
  octagon (cr, 16.5);
  ink (cr, &palette->states[POSTWEG_STATION_BROKEN]);
  cairo_fill (cr);
  ink (cr, &palette->paper);
  cairo_set_line_width (cr, 3.5);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_move_to (cr, 0, -7.5);
  cairo_line_to (cr, 0, 1.5);
  cairo_stroke (cr);
  cairo_arc (cr, 0, 7.5, 2.2, 0, 2 * G_PI);
  cairo_fill (cr);
}

static void
sign_not_reached (cairo_t *cr, const PostwegPalette *palette, guint phase G_GNUC_UNUSED)
{
  disc (cr, 12);
  cairo_set_line_width (cr, 2);
  ink (cr, &palette->states[POSTWEG_STATION_NOT_REACHED]);
  cairo_stroke (cr);
  cairo_set_line_width (cr, 3);
  cairo_move_to (cr, -5, 0);
  cairo_line_to (cr, 5, 0);
  cairo_stroke (cr);
}

static void (*const signs[POSTWEG_N_STATION_STATES]) (cairo_t *cr, const PostwegPalette *palette,
                                                      guint phase) = {
  [POSTWEG_STATION_WAITING] = sign_waiting, [POSTWEG_STATION_WORKING] = sign_working,
  [POSTWEG_STATION_FINE] = sign_fine,       [POSTWEG_STATION_NOTE] = sign_note,
  [POSTWEG_STATION_BROKEN] = sign_broken,   [POSTWEG_STATION_NOT_REACHED] = sign_not_reached,
};

static GdkRGBA
faded (GdkRGBA color, float alpha)
{
  color.alpha *= alpha;
  return color;
}

void
postweg_palette_read (PostwegPalette *palette, GtkWidget *widget)
{
  gboolean strong = adw_style_manager_get_high_contrast (adw_style_manager_get_default ());
  GdkRGBA text = postweg_compat_color (widget, "window_fg_color");

  palette->ink = text;
  palette->paper = postweg_compat_color (widget, "window_bg_color");
  palette->bed = faded (text, strong ? 0.35f : 0.13f);
  palette->states[POSTWEG_STATION_WAITING] = faded (text, strong ? 1 : 0.6f);
  palette->states[POSTWEG_STATION_WORKING] = postweg_compat_color (widget, "accent_color");
  palette->states[POSTWEG_STATION_FINE] = postweg_compat_color (widget, "success_color");
  palette->states[POSTWEG_STATION_NOTE] = postweg_compat_color (widget, "warning_color");
  palette->states[POSTWEG_STATION_BROKEN] = postweg_compat_color (widget, "error_color");
  palette->states[POSTWEG_STATION_NOT_REACHED] = faded (text, strong ? 1 : 0.5f);
}

void
postweg_paint_piece (cairo_t *cr, const PostwegPalette *palette, const PostwegRoadPiece *piece)
{
  if (piece->state == POSTWEG_STATION_BROKEN)
    {
      paint_broken (cr, palette, piece);
      return;
    }
  paint_bed (cr, palette, piece);
  if (piece->state == POSTWEG_STATION_WAITING)
    paint_dots (cr, palette, piece);
  else if (piece->state == POSTWEG_STATION_WORKING)
    paint_dashes (cr, palette, piece);
  else if (piece->state != POSTWEG_STATION_NOT_REACHED)
    paint_line (cr, palette, piece);
}

void
postweg_paint_sign (cairo_t *cr, const PostwegPalette *palette, PostwegStationState state, guint phase)
{
  cairo_save (cr);
  cairo_translate (cr, POSTWEG_SIGN_SIZE / 2.0, POSTWEG_SIGN_SIZE / 2.0);
  signs[state](cr, palette, phase);
  cairo_restore (cr);
}

void
postweg_paint_lock (cairo_t *cr, const PostwegPalette *palette, gboolean closed,
                    const graphene_point_t *middle)
{
  const GdkRGBA *color = &palette->states[closed ? POSTWEG_STATION_FINE : POSTWEG_STATION_NOTE];

  cairo_save (cr);
  cairo_translate (cr, middle->x, middle->y);
  cairo_set_dash (cr, NULL, 0, 0);
  disc (cr, LOCK + 1);
  ink (cr, &palette->paper);
  cairo_fill (cr);
  ink (cr, color);
  cairo_rectangle (cr, -5.5, -1, 11, 8);
  cairo_fill (cr);
  cairo_set_line_width (cr, 2);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_BUTT);
  /* an open shackle stands beside the body, with one leg in the air */
  cairo_translate (cr, closed ? 0 : 5, closed ? 0 : -1);
  cairo_move_to (cr, -3.5, 0);
  cairo_arc (cr, 0, -3.5, 3.5, G_PI, 0);
  cairo_line_to (cr, 3.5, closed ? 0 : -2);
  cairo_stroke (cr);
  cairo_restore (cr);
}
