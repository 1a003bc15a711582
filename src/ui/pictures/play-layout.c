/* The order of the children stays the same, and with it the order of the keyboard. */
#include "ui/pictures/play-layout.h"

#define SPACING 12
#define PICTURE 300 /* what a picture needs to stand beside the other one, pixels */

enum { FIRST, BUTTONS, SECOND, N_CHILDREN };

struct _PostwegPlayLayout {
  GtkLayoutManager parent_instance;
};

G_DEFINE_FINAL_TYPE (PostwegPlayLayout, postweg_play_layout, GTK_TYPE_LAYOUT_MANAGER)

static void
children_of (GtkWidget *widget, GtkWidget *children[N_CHILDREN])
{
  children[FIRST] = gtk_widget_get_first_child (widget);
  children[BUTTONS] = gtk_widget_get_next_sibling (children[FIRST]);
  children[SECOND] = gtk_widget_get_next_sibling (children[BUTTONS]);
}

static int
least_width (GtkWidget *child)
{
  int width;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL, NULL, NULL);
  return width;
}

static int
picture_width (GtkWidget *children[N_CHILDREN])
{
  return MAX (PICTURE, MAX (least_width (children[FIRST]), least_width (children[SECOND])));
}

/* The places of the children at that width. Returns: the height of it all */
static int
place (GtkWidget *children[N_CHILDREN], int width, GtkAllocation places[N_CHILDREN])
{
  gboolean beside = width >= 2 * picture_width (children) + SPACING;
  int half = (width - SPACING) / 2, picture = beside ? half : width;

  for (guint i = 0; i < N_CHILDREN; i++)
    {
      places[i] = (GtkAllocation){ .width = i == BUTTONS ? width : picture };
      gtk_widget_measure (children[i], GTK_ORIENTATION_VERTICAL, places[i].width, NULL, &places[i].height,
                          NULL, NULL);
    }
  if (beside)
    {
      places[FIRST].height = places[SECOND].height = MAX (places[FIRST].height, places[SECOND].height);
      places[SECOND].x = width - half;
      places[BUTTONS].y = places[FIRST].height + SPACING;
      return places[BUTTONS].y + places[BUTTONS].height;
    }
  places[BUTTONS].y = places[FIRST].height + SPACING;
  places[SECOND].y = places[BUTTONS].y + places[BUTTONS].height + SPACING;
  return places[SECOND].y + places[SECOND].height;
}

static GtkSizeRequestMode
get_request_mode (GtkLayoutManager *manager G_GNUC_UNUSED, GtkWidget *widget G_GNUC_UNUSED)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
measure (GtkLayoutManager *manager G_GNUC_UNUSED, GtkWidget *widget, GtkOrientation orientation, int for_size,
         int *minimum, int *natural, int *minimum_baseline, int *natural_baseline)
{
  GtkWidget *children[N_CHILDREN];
  GtkAllocation places[N_CHILDREN];

  *minimum_baseline = *natural_baseline = -1;
  children_of (widget, children);
  *minimum = MAX (least_width (children[BUTTONS]),
                  MAX (least_width (children[FIRST]), least_width (children[SECOND])));
  *natural = MAX (*minimum, 2 * picture_width (children) + SPACING);
  if (orientation == GTK_ORIENTATION_VERTICAL)
    *minimum = *natural = place (children, for_size < 0 ? *natural : for_size, places);
}

static void
allocate (GtkLayoutManager *manager G_GNUC_UNUSED, GtkWidget *widget, int width, int height G_GNUC_UNUSED,
          int baseline G_GNUC_UNUSED)
{
  gboolean mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  GtkWidget *children[N_CHILDREN];
  GtkAllocation places[N_CHILDREN];

  children_of (widget, children);
  place (children, width, places);
  for (guint i = 0; i < N_CHILDREN; i++)
    {
      if (mirrored)
        places[i].x = width - places[i].x - places[i].width;
      gtk_widget_size_allocate (children[i], &places[i], -1);
    }
}

static void
postweg_play_layout_class_init (PostwegPlayLayoutClass *klass)
{
  GtkLayoutManagerClass *manager_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  manager_class->get_request_mode = get_request_mode;
  manager_class->measure = measure;
  manager_class->allocate = allocate;
}

static void
postweg_play_layout_init (PostwegPlayLayout *self G_GNUC_UNUSED)
{
}
