/* The strokes are those of the test's road, smaller. */
#include "ui/pictures/port-lane.h"
#include "ui/pictures/road-paint.h"

#define SCALE 0.62
#define HEIGHT 24 /* pixels */
#define NARROWEST 60
#define WIDEST 150

struct _PostwegPortLane {
  GtkWidget parent_instance;
  PostwegPortState state;
};

G_DEFINE_FINAL_TYPE (PostwegPortLane, postweg_port_lane, GTK_TYPE_WIDGET)

/* The shape of the road and of the sign at its end; no two are the same. Closed: a barrier; no answer: a gap with a cross. */
static const struct {
  PostwegStationState road, sign;
  gboolean barrier;
} looks[] = {
  [POSTWEG_PORT_UNKNOWN] = { POSTWEG_STATION_WAITING, POSTWEG_STATION_WAITING, FALSE },
  [POSTWEG_PORT_OPEN] = { POSTWEG_STATION_FINE, POSTWEG_STATION_FINE, FALSE },
  [POSTWEG_PORT_REFUSED] = { POSTWEG_STATION_BROKEN, POSTWEG_STATION_BROKEN, TRUE },
  [POSTWEG_PORT_SILENT] = { POSTWEG_STATION_BROKEN, POSTWEG_STATION_BROKEN, FALSE },
  [POSTWEG_PORT_UNREACHABLE] = { POSTWEG_STATION_NOT_REACHED, POSTWEG_STATION_NOT_REACHED, FALSE },
  [POSTWEG_PORT_RESET] = { POSTWEG_STATION_FINE, POSTWEG_STATION_BROKEN, FALSE },
};

static void
measure (GtkWidget *widget G_GNUC_UNUSED, GtkOrientation orientation, int for_size G_GNUC_UNUSED,
         int *minimum, int *natural, int *minimum_baseline, int *natural_baseline)
{
  *minimum_baseline = *natural_baseline = -1;
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? NARROWEST : HEIGHT;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? WIDEST : HEIGHT;
}

/* From left to right; a mirrored one has been turned around already, and its sign is turned back. */
static void
paint (cairo_t *cr, const PostwegPalette *palette, PostwegPortState state, float width, gboolean mirrored)
{
  const float sign = POSTWEG_SIGN_SIZE;
  PostwegRoadPiece piece = { .to = { width - sign - 3, 0 },
                             .state = looks[state].road,
                             .barrier = looks[state].barrier };

  postweg_paint_piece (cr, palette, &piece);
  cairo_translate (cr, mirrored ? width : width - sign, -sign / 2);
  cairo_scale (cr, mirrored ? -1 : 1, 1);
  postweg_paint_sign (cr, palette, looks[state].sign, 0);
}

static void
snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  int width = MIN (gtk_widget_get_width (widget), WIDEST), height = gtk_widget_get_height (widget);
  gboolean mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  float left = mirrored ? (float) (gtk_widget_get_width (widget) - width) : 0;
  cairo_t *cr =
      gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (left, 0, (float) width, (float) height));
  PostwegPalette palette;

  postweg_palette_read (&palette, widget);
  cairo_translate (cr, mirrored ? left + (float) width : 0, height / 2.0);
  cairo_scale (cr, mirrored ? -SCALE : SCALE, SCALE);
  paint (cr, &palette, POSTWEG_PORT_LANE (widget)->state, (float) (width / SCALE), mirrored);
  cairo_destroy (cr);
}

static void
postweg_port_lane_class_init (PostwegPortLaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->measure = measure;
  widget_class->snapshot = snapshot;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
postweg_port_lane_init (PostwegPortLane *self G_GNUC_UNUSED)
{
}

GtkWidget *
postweg_port_lane_new (PostwegPortState state)
{
  PostwegPortLane *self = g_object_new (POSTWEG_TYPE_PORT_LANE, NULL);

  self->state = state;
  return GTK_WIDGET (self);
}
