/* Lines of one thickness, round corners, and one strong colour for what is new. */
#include "ui/pictures/play-paint.h"
#include "ui/compat.h"
#include <math.h>

#define LINE 1.5
#define ARROW 6.0
#define CROSS 5.0

static GdkRGBA
faded (GdkRGBA color, float alpha)
{
  color.alpha *= alpha;
  return color;
}

/* Not by transparency: lines that cross would show where. */
static GdkRGBA
mixed (const GdkRGBA *color, const GdkRGBA *ground, float share)
{
  return (GdkRGBA){ share * color->red + (1 - share) * ground->red,
                    share * color->green + (1 - share) * ground->green,
                    share * color->blue + (1 - share) * ground->blue, 1 };
}

void
postweg_play_colors (PostwegPlayColors *colors, GtkWidget *widget)
{
  gboolean strong = adw_style_manager_get_high_contrast (adw_style_manager_get_default ());

  colors->text = postweg_compat_color (widget, "card_fg_color");
  colors->paper = postweg_compat_color (widget, "view_bg_color");
  colors->line = mixed (&colors->text, &colors->paper, strong ? 1.0f : 0.62f);
  colors->frame = faded (colors->text, strong ? 0.0f : 0.05f);
  colors->fresh = postweg_compat_color (widget, "accent_bg_color");
  colors->roof = faded (colors->fresh, strong ? 0.0f : 0.25f);
  colors->fresh_line = postweg_compat_color (widget, "accent_fg_color");
  colors->wrong = postweg_compat_color (widget, "error_color");
}

static void
ink (cairo_t *cr, const GdkRGBA *color, double alpha)
{
  cairo_set_source_rgba (cr, color->red, color->green, color->blue, color->alpha * alpha);
}

static void
outline (cairo_t *cr, const GdkRGBA *fill, const GdkRGBA *line, double alpha)
{
  ink (cr, fill, alpha);
  cairo_fill_preserve (cr);
  ink (cr, line, alpha);
  cairo_set_line_width (cr, LINE);
  cairo_stroke (cr);
}

static void
round_box (cairo_t *cr, const graphene_rect_t *box, double radius)
{
  double x = box->origin.x, y = box->origin.y, right = x + box->size.width, bottom = y + box->size.height;

  cairo_new_sub_path (cr);
  cairo_arc (cr, right - radius, y + radius, radius, -G_PI_2, 0);
  cairo_arc (cr, right - radius, bottom - radius, radius, 0, G_PI_2);
  cairo_arc (cr, x + radius, bottom - radius, radius, G_PI_2, G_PI);
  cairo_arc (cr, x + radius, y + radius, radius, G_PI, 1.5 * G_PI);
  cairo_close_path (cr);
}

static void
line_to (cairo_t *cr, const graphene_point_t *points, guint n)
{
  cairo_move_to (cr, points[0].x, points[0].y);
  for (guint i = 1; i < n; i++)
    cairo_line_to (cr, points[i].x, points[i].y);
}

/* A house with a roof: mail lives there. */
void
postweg_paint_provider (cairo_t *cr, const PostwegPlayColors *colors, const graphene_rect_t *place)
{
  const float eaves = 24, inset = 7;
  graphene_rect_t walls = *place;
  double x = place->origin.x, y = place->origin.y, right = x + place->size.width;
  double middle = (x + right) / 2;

  graphene_rect_inset_r (place, inset, 0, &walls);
  walls.origin.y += eaves;
  walls.size.height -= eaves;
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_rectangle (cr, walls.origin.x, walls.origin.y, walls.size.width, walls.size.height);
  outline (cr, &colors->frame, &colors->line, 1);
  cairo_move_to (cr, x, y + eaves);
  cairo_line_to (cr, middle, y + 2);
  cairo_line_to (cr, right, y + eaves);
  cairo_close_path (cr);
  outline (cr, &colors->roof, &colors->line, 1);
  /* the window in the gable */
  cairo_arc (cr, middle, y + 15, 4, 0, 2 * G_PI);
  outline (cr, &colors->paper, &colors->line, 1);
}

static void
paint_crack (cairo_t *cr, const PostwegPlayColors *colors, const graphene_rect_t *place)
{
  const graphene_point_t crack[] = { { 0.62f, 0 },     { 0.5f, 0.26f }, { 0.6f, 0.42f },
                                     { 0.42f, 0.62f }, { 0.5f, 0.76f }, { 0.38f, 1 } };
  graphene_point_t points[G_N_ELEMENTS (crack)];

  for (guint i = 0; i < G_N_ELEMENTS (crack); i++)
    points[i] = GRAPHENE_POINT_INIT (place->origin.x + crack[i].x * place->size.width,
                                     place->origin.y + crack[i].y * place->size.height);
  line_to (cr, points, G_N_ELEMENTS (points));
  ink (cr, &colors->wrong, 1);
  cairo_set_line_width (cr, 2.5);
  cairo_stroke (cr);
}

void
postweg_paint_laptop (cairo_t *cr, const PostwegPlayColors *colors, const graphene_rect_t *place,
                      gboolean broken)
{
  double x = place->origin.x, right = x + place->size.width, bottom = place->origin.y + place->size.height;
  const double over = 14, thick = 9;

  round_box (cr, place, 7);
  outline (cr, &colors->frame, &colors->line, 1);
  /* the keyboard, seen from the front */
  cairo_move_to (cr, x - over, bottom + 2);
  cairo_line_to (cr, right + over, bottom + 2);
  cairo_curve_to (cr, right + over, bottom + thick, right + over - 4, bottom + thick, right + over - 10,
                  bottom + thick);
  cairo_line_to (cr, x - over + 10, bottom + thick);
  cairo_curve_to (cr, x - over + 4, bottom + thick, x - over, bottom + thick, x - over, bottom + 2);
  cairo_close_path (cr);
  outline (cr, &colors->frame, &colors->line, 1);
  if (broken)
    paint_crack (cr, colors, place);
}

void
postweg_paint_phone (cairo_t *cr, const PostwegPlayColors *colors, const graphene_rect_t *place)
{
  double middle = place->origin.x + place->size.width / 2, y = place->origin.y + 6.5;

  round_box (cr, place, 11);
  outline (cr, &colors->frame, &colors->line, 1);
  cairo_move_to (cr, middle - 7, y);
  cairo_line_to (cr, middle + 7, y);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_stroke (cr);
}

void
postweg_paint_folder (cairo_t *cr, const PostwegPlayColors *colors, const graphene_rect_t *place,
                      gboolean used)
{
  static const double dots[] = { 2, 3 };
  double x = place->origin.x, y = place->origin.y, right = x + place->size.width,
         bottom = y + place->size.height;
  const double tab = MIN (7, 0.25 * place->size.height), tab_width = MIN (26, 0.4 * place->size.width),
               radius = MIN (4, 0.2 * place->size.height);

  cairo_save (cr);
  cairo_move_to (cr, x, y + radius);
  cairo_arc (cr, x + radius, y + radius, radius, G_PI, 1.5 * G_PI);
  cairo_line_to (cr, x + tab_width, y);
  cairo_line_to (cr, x + tab_width + tab, y + tab);
  cairo_arc (cr, right - radius, y + tab + radius, radius, -G_PI_2, 0);
  cairo_arc (cr, right - radius, bottom - radius, radius, 0, G_PI_2);
  cairo_arc (cr, x + radius, bottom - radius, radius, G_PI_2, G_PI);
  cairo_close_path (cr);
  ink (cr, &colors->frame, used ? 2 : 0);
  cairo_fill_preserve (cr);
  ink (cr, &colors->line, used ? 1 : 0.55);
  cairo_set_line_width (cr, used ? LINE : 1);
  if (!used)
    cairo_set_dash (cr, dots, G_N_ELEMENTS (dots), 0);
  cairo_stroke (cr);
  cairo_restore (cr);
}

/* Sealed: the flap points down into the paper. */
static void
paint_closed (cairo_t *cr, const PostwegPlayColors *colors, const PostwegEnvelope *envelope)
{
  double x = envelope->place.origin.x, y = envelope->place.origin.y, width = envelope->place.size.width,
         height = envelope->place.size.height;

  round_box (cr, &envelope->place, 2.5);
  ink (cr, &colors->fresh, envelope->alpha);
  cairo_fill (cr);
  cairo_move_to (cr, x + 2.5, y + 3.5);
  cairo_line_to (cr, x + width / 2, y + height * 0.62);
  cairo_line_to (cr, x + width - 2.5, y + 3.5);
  ink (cr, &colors->fresh_line, envelope->alpha);
  cairo_set_line_width (cr, 1.6);
  cairo_stroke (cr);
}

/* Opened: the flap stands up, and the letter looks out. */
static void
paint_open (cairo_t *cr, const PostwegPlayColors *colors, const PostwegEnvelope *envelope)
{
  double x = envelope->place.origin.x, y = envelope->place.origin.y, width = envelope->place.size.width,
         height = envelope->place.size.height;
  double fold = y + height * 0.4;

  cairo_move_to (cr, x, fold);
  cairo_line_to (cr, x + width / 2, y - 1);
  cairo_line_to (cr, x + width, fold);
  cairo_line_to (cr, x + width, y + height);
  cairo_line_to (cr, x, y + height);
  cairo_close_path (cr);
  outline (cr, &colors->paper, &colors->line, envelope->alpha);
  cairo_move_to (cr, x, fold);
  cairo_line_to (cr, x + width / 2, y + height * 0.78);
  cairo_line_to (cr, x + width, fold);
  cairo_stroke (cr);
}

void
postweg_paint_envelope (cairo_t *cr, const PostwegPlayColors *colors, const PostwegEnvelope *envelope)
{
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  (envelope->read ? paint_open : paint_closed) (cr, colors, envelope);
}

static void
paint_head (cairo_t *cr, graphene_point_t tip, double angle)
{
  for (int side = -1; side <= 1; side += 2)
    {
      cairo_move_to (cr, tip.x, tip.y);
      cairo_line_to (cr, tip.x - ARROW * cos (angle + side * 0.55),
                     tip.y - ARROW * sin (angle + side * 0.55));
    }
}

static void
paint_cross (cairo_t *cr, const PostwegPlayColors *colors, double x, double y)
{
  cairo_move_to (cr, x - CROSS, y - CROSS);
  cairo_line_to (cr, x + CROSS, y + CROSS);
  cairo_move_to (cr, x - CROSS, y + CROSS);
  cairo_line_to (cr, x + CROSS, y - CROSS);
  ink (cr, &colors->wrong, 1);
  cairo_set_line_width (cr, 2.5);
  cairo_stroke (cr);
}

void
postweg_paint_way (cairo_t *cr, const PostwegPlayColors *colors, const PostwegWay *way)
{
  graphene_point_t from = way->ends[0], to = way->ends[1];
  double angle = atan2 (to.y - from.y, to.x - from.x);
  double gap = way->cut ? 0.3 : 0.5; /* of the way, from each end */

  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_move_to (cr, from.x, from.y);
  cairo_line_to (cr, from.x + gap * (to.x - from.x), from.y + gap * (to.y - from.y));
  cairo_move_to (cr, to.x - gap * (to.x - from.x), to.y - gap * (to.y - from.y));
  cairo_line_to (cr, to.x, to.y);
  paint_head (cr, to, angle);
  if (way->both_ways)
    paint_head (cr, from, angle + G_PI);
  ink (cr, &colors->line, 1);
  cairo_set_line_width (cr, LINE);
  cairo_stroke (cr);
  if (way->cut)
    paint_cross (cr, colors, (from.x + to.x) / 2, (from.y + to.y) / 2);
}
