/* A house with two doors above a computer, drawn with the strokes of the moving picture. */
#include "ui/pictures/two-doors.h"
#include "ui/parts/parts.h"
#include "ui/pictures/play-paint.h"
#include <glib/gi18n-lib.h>

#define ROOF 24
#define ROOM 6 /* around words */
#define DOOR_WIDTH 30
#define DOOR_HEIGHT 38
#define WAY 40      /* the shortest */
#define PAIR 9      /* from the middle of the door to each of two ways */
#define ENVELOPE 26 /* wide */
#define SCREEN 44   /* high */
#define KEYBOARD 10 /* below the screen */
#define OVERHANG 26 /* of the screen over the doors' middles */
#define SHARE 0.25f /* of the width, from each side to the middle of a door */
#define WORDS_AT 6  /* from a way to its word */
#define LINE 1.5

struct _PostwegTwoDoors {
  GtkWidget parent_instance;
};

G_DEFINE_FINAL_TYPE (PostwegTwoDoors, postweg_two_doors, GTK_TYPE_WIDGET)

static const char *const way_words[POSTWEG_N_DOOR_WAYS] = { "IMAP", "POP", "SMTP" };

/* The words at a certain width. */
typedef struct {
  PangoLayout *names[POSTWEG_N_DOORS], *ways[POSTWEG_N_DOOR_WAYS], *computer;
  PostwegDoorPlan plan;
  int height; /* of everything */
} Picture;

static float
picture_width (float width)
{
  return CLAMP (width, POSTWEG_DOORS_NARROWEST, POSTWEG_DOORS_WIDEST);
}

static PangoLayout *
words_new (GtkWidget *widget, const char *text, float width)
{
  PangoLayout *layout = gtk_widget_create_pango_layout (widget, text);

  if (width > 0)
    {
      pango_layout_set_width (layout, (int) width * PANGO_SCALE);
      pango_layout_set_alignment (layout, PANGO_ALIGN_CENTER);
      pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
    }
  return layout;
}

static float
height_of (PangoLayout *layout)
{
  int height;

  pango_layout_get_pixel_size (layout, NULL, &height);
  return (float) height;
}

static void
picture_init (Picture *picture, GtkWidget *widget, int width)
{
  float wide = picture_width ((float) width), half = SHARE * wide * 2 - 2 * ROOM;
  PostwegDoorWords heights;

  picture->names[POSTWEG_DOOR_IN] = words_new (widget, _("Incoming Server"), half);
  picture->names[POSTWEG_DOOR_OUT] = words_new (widget, _("Outgoing Server"), half);
  picture->computer = words_new (widget, _("Your computer"), wide);
  for (guint i = 0; i < POSTWEG_N_DOOR_WAYS; i++)
    picture->ways[i] = words_new (widget, way_words[i], 0);
  heights.names = MAX (height_of (picture->names[0]), height_of (picture->names[1]));
  heights.way = height_of (picture->ways[0]);
  postweg_door_plan (&picture->plan, (float) width, &heights,
                     gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL);
  picture->height = (int) (picture->plan.bottom + ROOM + height_of (picture->computer)) + 1;
}

static void
picture_clear (Picture *picture)
{
  for (guint i = 0; i < POSTWEG_N_DOORS; i++)
    g_object_unref (picture->names[i]);
  for (guint i = 0; i < POSTWEG_N_DOOR_WAYS; i++)
    g_object_unref (picture->ways[i]);
  g_object_unref (picture->computer);
}

static GtkSizeRequestMode
get_request_mode (GtkWidget *widget G_GNUC_UNUSED)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
         int *minimum_baseline, int *natural_baseline)
{
  Picture picture;

  *minimum_baseline = *natural_baseline = -1;
  *minimum = POSTWEG_DOORS_NARROWEST;
  *natural = POSTWEG_DOORS_WIDEST;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    return;
  picture_init (&picture, widget, for_size < 0 ? POSTWEG_DOORS_NARROWEST : for_size);
  *minimum = *natural = picture.height;
  picture_clear (&picture);
}

/* Rounded at the top, with a knob. */
static void
paint_door (cairo_t *cr, const PostwegPlayColors *colors, const graphene_rect_t *door)
{
  double x = door->origin.x, bottom = door->origin.y + door->size.height;
  double radius = door->size.width / 2;

  cairo_move_to (cr, x, bottom);
  cairo_arc (cr, x + radius, door->origin.y + radius, radius, G_PI, 2 * G_PI);
  cairo_line_to (cr, x + door->size.width, bottom);
  cairo_close_path (cr);
  gdk_cairo_set_source_rgba (cr, &colors->roof);
  cairo_fill_preserve (cr);
  gdk_cairo_set_source_rgba (cr, &colors->line);
  cairo_set_line_width (cr, LINE);
  cairo_stroke (cr);
  cairo_arc (cr, x + 1.55 * radius, bottom - 0.42 * door->size.height, 2, 0, 2 * G_PI);
  cairo_fill (cr);
}

static void
paint (cairo_t *cr, const PostwegDoorPlan *plan, const PostwegPlayColors *colors)
{
  postweg_paint_provider (cr, colors, &plan->house);
  postweg_paint_laptop (cr, colors, &plan->laptop, FALSE);
  for (guint i = 0; i < POSTWEG_N_DOORS; i++)
    {
      PostwegEnvelope envelope = { plan->envelopes[i], FALSE, 1 };

      paint_door (cr, colors, &plan->doors[i]);
      postweg_paint_envelope (cr, colors, &envelope);
    }
  for (guint i = 0; i < POSTWEG_N_DOOR_WAYS; i++)
    {
      /* under IMAP both sides are kept in step */
      PostwegWay way = { { plan->ways[i][0], plan->ways[i][1] }, i == POSTWEG_DOOR_IMAP, FALSE };

      postweg_paint_way (cr, colors, &way);
    }
}

static void
show_words (GtkSnapshot *snapshot, PangoLayout *layout, const graphene_rect_t *place, const GdkRGBA *color)
{
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &place->origin);
  gtk_snapshot_append_layout (snapshot, layout, color);
  gtk_snapshot_restore (snapshot);
}

/* Beside its way: the room for it is as wide as it may be, and the words are at the side where the way is. */
static void
show_way_words (GtkSnapshot *snapshot, PangoLayout *layout, const PostwegDoorPlan *plan, PostwegDoorWay way,
                const GdkRGBA *color)
{
  graphene_rect_t place = plan->words[way];
  int width;

  pango_layout_get_pixel_size (layout, &width, NULL);
  if (place.origin.x < plan->ways[way][0].x)
    place.origin.x += place.size.width - (float) width;
  show_words (snapshot, layout, &place, color);
}

static void
snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  float wide = picture_width ((float) width);
  cairo_t *cr =
      gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height));
  PostwegPlayColors colors;
  Picture picture;
  graphene_rect_t computer;

  postweg_play_colors (&colors, widget);
  picture_init (&picture, widget, width);
  paint (cr, &picture.plan, &colors);
  cairo_destroy (cr);
  for (guint i = 0; i < POSTWEG_N_DOORS; i++)
    show_words (snapshot, picture.names[i], &picture.plan.names[i], &colors.text);
  for (guint i = 0; i < POSTWEG_N_DOOR_WAYS; i++)
    show_way_words (snapshot, picture.ways[i], &picture.plan, (PostwegDoorWay) i, &colors.text);
  computer = GRAPHENE_RECT_INIT (((float) width - wide) / 2, picture.plan.bottom + ROOM, wide, 0);
  show_words (snapshot, picture.computer, &computer, &colors.text);
  picture_clear (&picture);
}

static void
postweg_two_doors_class_init (PostwegTwoDoorsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->get_request_mode = get_request_mode;
  widget_class->measure = measure;
  widget_class->snapshot = snapshot;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
postweg_two_doors_init (PostwegTwoDoors *self)
{
  GtkWidget *widget = GTK_WIDGET (self);

  gtk_widget_add_css_class (widget, "caption-heading");
  postweg_parts_name (widget, _("Your provider’s two doors"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  _("Mail comes to your computer through the incoming server, by IMAP or by POP. It leaves through the outgoing server, always by SMTP."),
                                     -1);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::high-contrast",
                           G_CALLBACK (gtk_widget_queue_draw), self, G_CONNECT_SWAPPED);
}

static void
plan_door (PostwegDoorPlan *plan, PostwegDoor door, float middle, float words)
{
  float half = SHARE * plan->house.size.width - ROOM;
  float top = ROOF + ROOM + words + ROOM;

  plan->names[door] = GRAPHENE_RECT_INIT (middle - half, ROOF + ROOM, 2 * half, words);
  plan->doors[door] = GRAPHENE_RECT_INIT (middle - DOOR_WIDTH / 2.0f, top, DOOR_WIDTH, DOOR_HEIGHT);
  plan->envelopes[door] = GRAPHENE_RECT_INIT (middle - ENVELOPE / 2.0f,
                                              plan->laptop.origin.y + (SCREEN - 18) / 2.0f, ENVELOPE, 18);
}

/* side: -1 and 1: left and right of its way; what is read first comes first */
static void
plan_way (PostwegDoorPlan *plan, PostwegDoorWay way, float x, float side, float words)
{
  float top = plan->house.origin.y + plan->house.size.height + 5, bottom = plan->laptop.origin.y - 5;
  gboolean up = way == POSTWEG_DOOR_SMTP;
  float room = SHARE * plan->house.size.width - PAIR - WORDS_AT; /* to the edge */

  plan->ways[way][0] = GRAPHENE_POINT_INIT (x, up ? bottom : top);
  plan->ways[way][1] = GRAPHENE_POINT_INIT (x, up ? top : bottom);
  plan->words[way] = GRAPHENE_RECT_INIT (side < 0 ? x - WORDS_AT - room : x + WORDS_AT,
                                         (top + bottom - words) / 2, room, words);
}

void
postweg_door_plan (PostwegDoorPlan *plan, float width, const PostwegDoorWords *words, gboolean mirrored)
{
  float wide = picture_width (width), left = (width - wide) / 2, side = mirrored ? -1 : 1;
  float near = left + (mirrored ? 1 - SHARE : SHARE) * wide,
        far = left + (mirrored ? SHARE : 1 - SHARE) * wide;
  float house = ROOF + ROOM + words->names + ROOM + DOOR_HEIGHT;
  float way = MAX (WAY, words->way + 2 * ROOM);

  plan->house = GRAPHENE_RECT_INIT (left, 0, wide, house);
  plan->laptop =
      GRAPHENE_RECT_INIT (MIN (near, far) - OVERHANG, house + way, ABS (far - near) + 2 * OVERHANG, SCREEN);
  plan->bottom = house + way + SCREEN + KEYBOARD;
  plan_door (plan, POSTWEG_DOOR_IN, near, words->names);
  plan_door (plan, POSTWEG_DOOR_OUT, far, words->names);
  plan_way (plan, POSTWEG_DOOR_IMAP, near - side * PAIR, -side, words->way);
  plan_way (plan, POSTWEG_DOOR_POP, near + side * PAIR, side, words->way);
  plan_way (plan, POSTWEG_DOOR_SMTP, far, side, words->way);
}
