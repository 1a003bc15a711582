/* The trunk of the road and its fork; wide, the roads run side by side to the right, narrow, they run downwards. */
#include "ui/pictures/road-map.h"
#include "ui/parts/parts.h"
#include "checkup/checkup.h"
#include <glib/gi18n-lib.h>

#define PLACE_SIZE 48
#define TRUNK 32 /* between computer and network */
#define FORK 52  /* between network and the roads */
#define LANE_SPACING 18
#define COLUMN_SPACING 6

struct _PostwegRoadMap {
  GtkWidget parent_instance;
  GtkWidget *computer, *network;
  GtkLabel *network_label;
  PostwegLane *lanes[2]; /* by PostwegSide */
  gboolean offline, narrow;
  guint folding; /* tick callback */
};

G_DEFINE_FINAL_TYPE (PostwegRoadMap, postweg_road_map, GTK_TYPE_WIDGET)

static guint opened_signal;

static GtkWidget *
new_place (const char *icon, const char *text, GtkLabel **label)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *image = g_object_new (GTK_TYPE_IMAGE, "icon-name", icon, "pixel-size", 32, "height-request",
                                   PLACE_SIZE, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  GtkWidget *words = g_object_new (GTK_TYPE_LABEL, "label", text, "wrap", TRUE, "justify", GTK_JUSTIFY_CENTER,
                                   "max-width-chars", 12, NULL);

  gtk_widget_add_css_class (words, "caption-heading");
  gtk_box_append (GTK_BOX (box), image);
  gtk_box_append (GTK_BOX (box), words);
  if (label != NULL)
    *label = GTK_LABEL (words);
  return box;
}

/* Sizes. */

static int
natural_width (GtkWidget *widget)
{
  int width;

  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &width, NULL, NULL);
  return width;
}

static int
natural_height (GtkWidget *widget, int width)
{
  int height;

  gtk_widget_measure (widget, GTK_ORIENTATION_VERTICAL, width, NULL, &height, NULL, NULL);
  return height;
}

static int
place_width (PostwegRoadMap *self)
{
  return MAX (MAX (natural_width (self->computer), natural_width (self->network)), PLACE_SIZE);
}

static int
trunk_width (PostwegRoadMap *self)
{
  return 2 * place_width (self) + TRUNK + FORK;
}

static int
wide_width (PostwegRoadMap *self)
{
  return trunk_width (self) +
         MAX (postweg_lane_columns_width (self->lanes[0]), postweg_lane_columns_width (self->lanes[1]));
}

static int
lane_minimum (PostwegLane *lane)
{
  int width;

  gtk_widget_measure (GTK_WIDGET (lane), GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL, NULL, NULL);
  return width;
}

static int
column (PostwegRoadMap *self, int width)
{
  return MAX ((width - COLUMN_SPACING) / 2,
              MAX (lane_minimum (self->lanes[0]), lane_minimum (self->lanes[1])));
}

static int
trunk_height (PostwegRoadMap *self)
{
  int width = place_width (self);

  return natural_height (self->computer, width) + TRUNK + natural_height (self->network, width) + FORK;
}

static int
height_for (PostwegRoadMap *self, int width)
{
  int heights[2];

  for (guint i = 0; i < 2; i++)
    heights[i] =
        natural_height (GTK_WIDGET (self->lanes[i]),
                        self->narrow ? column (self, width)
                                     : MAX (width - trunk_width (self), lane_minimum (self->lanes[i])));
  if (self->narrow)
    return trunk_height (self) + MAX (heights[0], heights[1]);
  return heights[0] + heights[1] + LANE_SPACING;
}

static void
measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
         int *minimum_baseline, int *natural_baseline)
{
  PostwegRoadMap *self = POSTWEG_ROAD_MAP (widget);

  *minimum_baseline = *natural_baseline = -1;
  if (orientation == GTK_ORIENTATION_VERTICAL)
    {
      *minimum = *natural = height_for (self, for_size);
      return;
    }
  /* the wide map can be folded, and will be when there is not enough room */
  *minimum = self->narrow ? 2 * column (self, 0) + COLUMN_SPACING : 2 * place_width (self);
  *natural = MAX (wide_width (self), *minimum);
}

static GtkSizeRequestMode
get_request_mode (GtkWidget *widget G_GNUC_UNUSED)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

/* Not while sizes are worked out: that would change what is being worked out. */
static gboolean
fold (GtkWidget *widget, GdkFrameClock *clock G_GNUC_UNUSED, gpointer data G_GNUC_UNUSED)
{
  PostwegRoadMap *self = POSTWEG_ROAD_MAP (widget);

  self->folding = 0;
  self->narrow = !self->narrow;
  for (guint i = 0; i < 2; i++)
    postweg_lane_set_orientation (self->lanes[i],
                                  self->narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  gtk_widget_queue_resize (widget);
  return G_SOURCE_REMOVE;
}

/* place: as if text ran from left to right */
static void
put (PostwegRoadMap *self, gpointer child, GtkAllocation place)
{
  if (gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL)
    place.x = gtk_widget_get_width (GTK_WIDGET (self)) - place.x - place.width;
  gtk_widget_size_allocate (GTK_WIDGET (child), &place, -1);
}

static void
allocate_wide (PostwegRoadMap *self, int width)
{
  int start = trunk_width (self), places = place_width (self), y = 0, middle = 0;

  for (guint i = 0; i < 2; i++)
    {
      int lane_width = MAX (width - start, lane_minimum (self->lanes[i]));
      int height = natural_height (GTK_WIDGET (self->lanes[i]), lane_width);

      put (self, self->lanes[i], (GtkAllocation){ start, y, lane_width, height });
      middle += (y + (int) postweg_lane_entry (self->lanes[i]).y) / 2;
      y += height + LANE_SPACING;
    }
  put (self, self->computer,
       (GtkAllocation){ 0, middle - PLACE_SIZE / 2, places, natural_height (self->computer, places) });
  put (self, self->network,
       (GtkAllocation){ places + TRUNK, middle - PLACE_SIZE / 2, places,
                        natural_height (self->network, places) });
}

static void
allocate_narrow (PostwegRoadMap *self, int width)
{
  int places = place_width (self), one = column (self, width);
  int first = natural_height (self->computer, places), y = trunk_height (self);

  put (self, self->computer, (GtkAllocation){ (width - places) / 2, 0, places, first });
  put (
      self, self->network,
      (GtkAllocation){ (width - places) / 2, first + TRUNK, places, natural_height (self->network, places) });
  for (guint i = 0; i < 2; i++)
    put (self, self->lanes[i],
         (GtkAllocation){ i * (guint) (width - one), y, one,
                          natural_height (GTK_WIDGET (self->lanes[i]), one) });
}

static void
size_allocate (GtkWidget *widget, int width, int height G_GNUC_UNUSED, int baseline G_GNUC_UNUSED)
{
  PostwegRoadMap *self = POSTWEG_ROAD_MAP (widget);

  if (self->narrow)
    allocate_narrow (self, width);
  else
    allocate_wide (self, width);
  if (self->narrow != (width < wide_width (self)) && self->folding == 0)
    self->folding = gtk_widget_add_tick_callback (widget, fold, NULL, NULL);
}

/* States and drawing. */

static gboolean
any (PostwegRoadMap *self, PostwegStationState from, PostwegStationState to)
{
  for (guint i = 0; i < 2; i++)
    for (PostwegStop stop = 0; stop < POSTWEG_N_STOPS; stop++)
      {
        PostwegStation *station = postweg_lane_station (self->lanes[i], stop);

        if (station != NULL && postweg_station_get_state (station) >= from &&
            postweg_station_get_state (station) <= to)
          return TRUE;
      }
  return FALSE;
}

static PostwegStationState
trunk_state (PostwegRoadMap *self)
{
  if (self->offline)
    return POSTWEG_STATION_BROKEN;
  if (any (self, POSTWEG_STATION_FINE, POSTWEG_STATION_BROKEN))
    return POSTWEG_STATION_FINE;
  if (any (self, POSTWEG_STATION_WORKING, POSTWEG_STATION_WORKING))
    return POSTWEG_STATION_WORKING;
  return any (self, POSTWEG_STATION_NOT_REACHED, POSTWEG_STATION_NOT_REACHED) ? POSTWEG_STATION_NOT_REACHED
                                                                              : POSTWEG_STATION_WAITING;
}

/* The fork is as far as its road: it breaks further on. */
static PostwegStationState
fork_state (PostwegRoadMap *self, guint side)
{
  PostwegStationState state = postweg_lane_entry_state (self->lanes[side]);

  if (self->offline)
    return POSTWEG_STATION_NOT_REACHED;
  return state == POSTWEG_STATION_BROKEN || state == POSTWEG_STATION_NOTE ? POSTWEG_STATION_FINE : state;
}

/* Where the road touches a place: on which of its sides. */
static graphene_point_t
touch (PostwegRoadMap *self, GtkWidget *place, gboolean behind)
{
  GtkWidget *image = gtk_widget_get_first_child (place);
  gboolean mirrored = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  float side = (behind != mirrored ? 1 : -1) * (PLACE_SIZE / 2.0f - 2);
  graphene_rect_t inner = GRAPHENE_RECT_INIT (0, 0, 0, 0), outer = GRAPHENE_RECT_INIT (0, 0, 0, 0);

  if (!gtk_widget_compute_bounds (image, GTK_WIDGET (self), &inner) ||
      !gtk_widget_compute_bounds (place, GTK_WIDGET (self), &outer))
    return GRAPHENE_POINT_INIT (0, 0);
  if (!self->narrow)
    return GRAPHENE_POINT_INIT (inner.origin.x + inner.size.width / 2 + side,
                                inner.origin.y + inner.size.height / 2);
  return GRAPHENE_POINT_INIT (outer.origin.x + outer.size.width / 2,
                              behind ? outer.origin.y + outer.size.height + 2 : outer.origin.y + 4);
}

static void
draw (PostwegRoadMap *self, cairo_t *cr)
{
  PostwegPalette palette;
  PostwegRoadPiece piece = { .from = touch (self, self->computer, TRUE),
                             .to = touch (self, self->network, FALSE),
                             .state = trunk_state (self),
                             .phase = postweg_lane_get_phase (self->lanes[0]),
                             .upright = self->narrow };

  postweg_palette_read (&palette, GTK_WIDGET (self));
  postweg_paint_piece (cr, &palette, &piece);
  piece.from = touch (self, self->network, TRUE);
  for (guint i = 0; i < 2; i++)
    {
      graphene_point_t entry = postweg_lane_entry (self->lanes[i]);

      if (!postweg_lane_has_stations (self->lanes[i]))
        continue;
      if (!gtk_widget_compute_point (GTK_WIDGET (self->lanes[i]), GTK_WIDGET (self), &entry, &piece.to))
        continue;
      piece.state = fork_state (self, i);
      piece.phase = postweg_lane_get_phase (self->lanes[i]);
      postweg_paint_piece (cr, &palette, &piece);
    }
}

static void
snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  cairo_t *cr =
      gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height));

  draw (POSTWEG_ROAD_MAP (widget), cr);
  cairo_destroy (cr);
  GTK_WIDGET_CLASS (postweg_road_map_parent_class)->snapshot (widget, snapshot);
}

static void
opened (PostwegLane *lane, int stop, PostwegRoadMap *self)
{
  guint side = lane == self->lanes[POSTWEG_SEND] ? POSTWEG_SEND : POSTWEG_RECEIVE;

  postweg_lane_close (lane, stop);
  postweg_lane_close (self->lanes[1 - side], -1);
  g_signal_emit (self, opened_signal, 0, (int) side, stop);
}

static void
dispose (GObject *object)
{
  for (GtkWidget *child; (child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL;)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (postweg_road_map_parent_class)->dispose (object);
}

static void
postweg_road_map_class_init (PostwegRoadMapClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dispose;
  widget_class->measure = measure;
  widget_class->get_request_mode = get_request_mode;
  widget_class->size_allocate = size_allocate;
  widget_class->snapshot = snapshot;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  opened_signal = g_signal_new ("opened", POSTWEG_TYPE_ROAD_MAP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 2, G_TYPE_INT, G_TYPE_INT);
}

static void
postweg_road_map_init (PostwegRoadMap *self)
{
  static const char *const names[] = { N_ ("Receiving"), N_ ("Sending") };

  postweg_parts_name (GTK_WIDGET (self), _("The Way of Your Mail"));
  self->computer = new_place ("postweg-computer-symbolic", _("Your computer"), NULL);
  self->network = new_place ("postweg-network-symbolic", _("Network"), &self->network_label);
  gtk_widget_set_parent (self->computer, GTK_WIDGET (self));
  gtk_widget_set_parent (self->network, GTK_WIDGET (self));
  for (guint i = 0; i < 2; i++)
    {
      self->lanes[i] = g_object_new (POSTWEG_TYPE_LANE, NULL);
      postweg_lane_set_name (self->lanes[i], _(names[i]));
      gtk_widget_set_parent (GTK_WIDGET (self->lanes[i]), GTK_WIDGET (self));
      g_signal_connect (self->lanes[i], "opened", G_CALLBACK (opened), self);
    }
}

PostwegLane *
postweg_road_map_lane (PostwegRoadMap *self, PostwegSide side)
{
  return self->lanes[side == POSTWEG_SEND ? 1 : 0];
}

void
postweg_road_map_set_details (PostwegRoadMap *self, GtkWidget *details)
{
  for (guint i = 0; i < 2; i++)
    postweg_lane_set_details (self->lanes[i], details);
}

void
postweg_road_map_start (PostwegRoadMap *self, const PostwegAccount *account)
{
  postweg_road_map_set_offline (self, FALSE);
  postweg_lane_start (self->lanes[POSTWEG_RECEIVE], account->incoming);
  postweg_lane_start (self->lanes[POSTWEG_SEND], account->outgoing);
}

/* Takes the words. */
static char *
sentence (PostwegLane *lane, char *words)
{
  g_autofree char *taken = words;

  if (words == NULL)
    return NULL;
  /* Translators: one lane of the test and its news, for instance "Receiving – Encryption: Works, 12 ms" */
  return g_strdup_printf (_("%s – %s"), postweg_lane_get_name (lane), taken);
}

char *
postweg_road_map_begun (PostwegRoadMap *self, PostwegSide side, PostwegStage stage)
{
  PostwegLane *lane = postweg_road_map_lane (self, side);

  return sentence (lane, postweg_lane_begun (lane, stage));
}

char *
postweg_road_map_step (PostwegRoadMap *self, PostwegSide side, const PostwegStep *step)
{
  PostwegLane *lane = postweg_road_map_lane (self, side);

  return sentence (lane, postweg_lane_step (lane, step));
}

void
postweg_road_map_finish (PostwegRoadMap *self, const PostwegTestResult *result)
{
  const PostwegEvidence *evidence[2] = { result != NULL ? result->incoming : NULL,
                                         result != NULL ? result->outgoing : NULL };

  for (guint i = 0; i < 2; i++)
    {
      guint16 port;

      postweg_lane_finish (self->lanes[i], evidence[i]);
      if (result != NULL && postweg_checkup_is_blocked (result, (PostwegSide) i, &port))
        postweg_lane_block (self->lanes[i], port);
    }
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
postweg_road_map_set_offline (PostwegRoadMap *self, gboolean offline)
{
  self->offline = offline;
  gtk_label_set_label (self->network_label, offline ? _("No network") : _("Network"));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
postweg_road_map_close (PostwegRoadMap *self)
{
  for (guint i = 0; i < 2; i++)
    postweg_lane_close (self->lanes[i], -1);
}
