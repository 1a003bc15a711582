/* The road of a lane, and the one aside of it. */
#include "ui/pictures/lane-private.h"

#define SIDE_GAP 7 /* between the words on the road aside and the road */

static graphene_point_t
sign_of (PostwegLane *self, guint i)
{
  return postweg_station_sign (self->in_order[i], GTK_WIDGET (self));
}

/* The point on the way from a to b that is that far from a. */
static graphene_point_t
towards (graphene_point_t a, graphene_point_t b, float distance)
{
  graphene_vec2_t way;

  graphene_vec2_init (&way, b.x - a.x, b.y - a.y);
  graphene_vec2_normalize (&way, &way);
  return GRAPHENE_POINT_INIT (a.x + distance * graphene_vec2_get_x (&way),
                              a.y + distance * graphene_vec2_get_y (&way));
}

graphene_point_t
postweg_lane_entry (PostwegLane *self)
{
  graphene_point_t first = self->n_stations > 0 ? sign_of (self, 0) : GRAPHENE_POINT_INIT (0, 0);
  gboolean mirrored = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;

  if (postweg_lane_is_along (self))
    first.x = mirrored ? (float) gtk_widget_get_width (GTK_WIDGET (self)) : 0;
  else
    first.y = 0;
  return first;
}

static void
draw_road (PostwegLane *self, cairo_t *cr, const PostwegPalette *palette)
{
  const float edge = POSTWEG_SIGN_SIZE / 2.0f + 3;
  graphene_point_t from = postweg_lane_entry (self);

  for (guint i = 0; i < self->n_stations; i++)
    {
      graphene_point_t sign = sign_of (self, i);
      PostwegRoadPiece piece = { i == 0 ? from : towards (from, sign, edge),
                                 towards (sign, from, edge),
                                 postweg_station_get_state (self->in_order[i]),
                                 self->phase,
                                 !postweg_lane_is_along (self),
                                 self->blocked &&
                                     self->in_order[i] == self->stations[POSTWEG_STOP_CONNECTION] };

      postweg_paint_piece (cr, palette, &piece);
      from = sign;
    }
}

/* Around the closed connection and back to the road. */
static void
draw_side (PostwegLane *self, cairo_t *cr, const PostwegPalette *palette)
{
  graphene_point_t name = sign_of (self, 0), closed = sign_of (self, 1), next = sign_of (self, 2);
  gboolean mirrored = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  float way = mirrored ? -1 : 1;
  PostwegRoadPiece pieces[2] = { { .state = POSTWEG_STATION_FINE, .upright = !postweg_lane_is_along (self) },
                                 { .state = POSTWEG_STATION_FINE,
                                   .upright = !postweg_lane_is_along (self) } };
  graphene_rect_t side;

  if (!gtk_widget_compute_bounds (GTK_WIDGET (self->side), GTK_WIDGET (self), &side))
    return;
  if (postweg_lane_is_along (self))
    {
      float y = side.origin.y + side.size.height / 2, half = way * (side.size.width / 2 + SIDE_GAP);

      pieces[0].from = GRAPHENE_POINT_INIT (name.x + way * 16, name.y - 14);
      pieces[0].to = GRAPHENE_POINT_INIT (closed.x - half, y);
      pieces[1].from = GRAPHENE_POINT_INIT (closed.x + half, y);
      pieces[1].to = GRAPHENE_POINT_INIT (next.x - way * 16, next.y - 14);
    }
  else
    {
      float x = closed.x - way * 34;

      pieces[0].from = GRAPHENE_POINT_INIT (name.x - way * 10, name.y + 18);
      pieces[0].to = pieces[1].from = GRAPHENE_POINT_INIT (x, closed.y);
      pieces[1].to = GRAPHENE_POINT_INIT (next.x - way * 10, next.y - 16);
    }
  for (guint i = 0; i < 2; i++)
    postweg_paint_piece (cr, palette, &pieces[i]);
}

void
postweg_lane_draw (PostwegLane *self, GtkSnapshot *snapshot)
{
  GtkWidget *widget = GTK_WIDGET (self);
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  /* the road comes in from outside */
  graphene_rect_t place = GRAPHENE_RECT_INIT (-1, -1, (float) width + 2, (float) height + 2);
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &place);
  PostwegPalette palette;

  postweg_palette_read (&palette, widget);
  if (postweg_lane_has_side (self))
    draw_side (self, cr, &palette);
  draw_road (self, cr, &palette);
  cairo_destroy (cr);
}
