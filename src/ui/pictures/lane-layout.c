/* Stations side by side, each as wide as its name and an equal share of what is left; or one below the other. */
#include "ui/pictures/lane-private.h"

#define INDENT 64     /* of the heading, beside a vertical road */
#define SIDE_SPACE 44 /* above the stations, for the road aside */
#define SIDE_SHIFT 26 /* of a vertical road, for the road aside */

gboolean
postweg_lane_is_along (PostwegLane *self)
{
  return self->orientation == GTK_ORIENTATION_HORIZONTAL;
}

gboolean
postweg_lane_has_side (PostwegLane *self)
{
  return gtk_widget_get_visible (GTK_WIDGET (self->side));
}

int
postweg_lane_columns_width (PostwegLane *self)
{
  int width = 0;

  for (guint i = 0; i < self->n_stations; i++)
    width += postweg_station_column_width (self->in_order[i]);
  return width;
}

static int
column_width (PostwegLane *self, guint i, int width)
{
  int extra = MAX (width - postweg_lane_columns_width (self), 0) / (int) MAX (self->n_stations, 1);

  return postweg_station_column_width (self->in_order[i]) + extra;
}

static int
height_of (GtkWidget *widget, int width)
{
  int height, minimum;

  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  gtk_widget_measure (widget, GTK_ORIENTATION_VERTICAL, MAX (width, minimum), NULL, &height, NULL, NULL);
  return height;
}

static int
along_height (PostwegLane *self, int width)
{
  int height = 0;

  for (guint i = 0; i < self->n_stations; i++)
    height = MAX (height, height_of (GTK_WIDGET (self->in_order[i]), column_width (self, i, width)));
  return height + height_of (GTK_WIDGET (self->header), width) +
         (postweg_lane_has_side (self) ? SIDE_SPACE : 0);
}

static int
shift (PostwegLane *self)
{
  return postweg_lane_has_side (self) ? SIDE_SHIFT : 0;
}

static int
down_height (PostwegLane *self, int width)
{
  int height = height_of (GTK_WIDGET (self->header), width - INDENT - shift (self));

  for (guint i = 0; i < self->n_stations; i++)
    height += height_of (GTK_WIDGET (self->in_order[i]), width - shift (self));
  if (postweg_lane_has_side (self))
    height += height_of (GTK_WIDGET (self->side), width - INDENT - shift (self));
  return height;
}

static int
widest_station (PostwegLane *self, int *natural)
{
  int widest = 0;

  *natural = 0;
  for (guint i = 0; i < self->n_stations; i++)
    {
      int minimum, wish;

      gtk_widget_measure (GTK_WIDGET (self->in_order[i]), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &wish,
                          NULL, NULL);
      widest = MAX (widest, minimum);
      *natural = MAX (*natural, wish);
    }
  return widest;
}

int
postweg_lane_minimum_width (PostwegLane *self)
{
  int header, wish;

  if (postweg_lane_is_along (self) && !self->folds)
    return postweg_lane_columns_width (self);
  gtk_widget_measure (GTK_WIDGET (self->header), GTK_ORIENTATION_HORIZONTAL, -1, &header, NULL, NULL, NULL);
  return MAX (header + INDENT, widest_station (self, &wish)) + shift (self);
}

static int
natural_width (PostwegLane *self)
{
  int wish;

  if (postweg_lane_is_along (self) || self->folds)
    return postweg_lane_columns_width (self);
  widest_station (self, &wish);
  return wish + shift (self);
}

/* place: as if text ran from left to right */
static void
put (PostwegLane *self, GtkWidget *child, GtkAllocation place)
{
  if (gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL)
    place.x = gtk_widget_get_width (GTK_WIDGET (self)) - place.x - place.width;
  gtk_widget_size_allocate (child, &place, -1);
}

static void
allocate_along (PostwegLane *self, int width, int height)
{
  int top = height_of (GTK_WIDGET (self->header), width);
  int x = 0;

  put (self, GTK_WIDGET (self->header), (GtkAllocation){ 12, 0, width - 12, top });
  top += postweg_lane_has_side (self) ? SIDE_SPACE : 0;
  for (guint i = 0; i < self->n_stations; i++)
    {
      int column = column_width (self, i, width);

      put (self, GTK_WIDGET (self->in_order[i]), (GtkAllocation){ x, top, column, height - top });
      if (self->in_order[i] == self->stations[POSTWEG_STOP_CONNECTION] && postweg_lane_has_side (self))
        {
          int wish, side_height = height_of (GTK_WIDGET (self->side), width);

          gtk_widget_measure (GTK_WIDGET (self->side), GTK_ORIENTATION_HORIZONTAL, -1, NULL, &wish, NULL,
                              NULL);
          put (self, GTK_WIDGET (self->side),
               (GtkAllocation){ x + (column - wish) / 2, top - SIDE_SPACE + 6, wish, side_height });
        }
      x += column;
    }
}

static void
allocate_down (PostwegLane *self, int width)
{
  int x = shift (self);
  int y = height_of (GTK_WIDGET (self->header), width - INDENT - x);

  put (self, GTK_WIDGET (self->header), (GtkAllocation){ x + INDENT, 0, width - INDENT - x, y });
  for (guint i = 0; i < self->n_stations; i++)
    {
      int height = height_of (GTK_WIDGET (self->in_order[i]), width - x);

      put (self, GTK_WIDGET (self->in_order[i]), (GtkAllocation){ x, y, width - x, height });
      y += height;
      if (self->in_order[i] != self->stations[POSTWEG_STOP_CONNECTION] || !postweg_lane_has_side (self))
        continue;
      height = height_of (GTK_WIDGET (self->side), width - INDENT - x);
      put (self, GTK_WIDGET (self->side),
           (GtkAllocation){ x + INDENT - 8, y, width - INDENT - x + 8, height });
      y += height;
    }
}

void
postweg_lane_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                      int *minimum_baseline, int *natural_baseline)
{
  PostwegLane *self = POSTWEG_LANE (widget);
  int width = postweg_lane_minimum_width (self);

  *minimum_baseline = *natural_baseline = -1;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = width;
      *natural = MAX (width, natural_width (self));
      return;
    }
  width = MAX (width, for_size);
  *minimum = *natural = postweg_lane_is_along (self) ? along_height (self, width) : down_height (self, width);
}

/* Not while sizes are worked out: that would change what is being worked out. */
static gboolean
fold (GtkWidget *widget, GdkFrameClock *clock G_GNUC_UNUSED, gpointer data G_GNUC_UNUSED)
{
  PostwegLane *self = POSTWEG_LANE (widget);

  self->folding = 0;
  postweg_lane_set_orientation (self, postweg_lane_is_along (self) ? GTK_ORIENTATION_VERTICAL
                                                                   : GTK_ORIENTATION_HORIZONTAL);
  return G_SOURCE_REMOVE;
}

void
postweg_lane_allocate (GtkWidget *widget, int width, int height, int baseline G_GNUC_UNUSED)
{
  PostwegLane *self = POSTWEG_LANE (widget);

  if (postweg_lane_is_along (self))
    allocate_along (self, width, height);
  else
    allocate_down (self, width);
  if (self->folds && self->folding == 0 &&
      postweg_lane_is_along (self) != (width >= postweg_lane_columns_width (self)))
    self->folding = gtk_widget_add_tick_callback (widget, fold, NULL, NULL);
}
