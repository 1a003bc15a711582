/* AdwWrapBox came with libadwaita 1.7; a GtkFlowBox would be a Tab stop per child. */
#include "ui/parts/wrap-layout.h"

struct _PostwegWrapLayout {
  GtkLayoutManager parent_instance;
  guint spacing;
};

G_DEFINE_FINAL_TYPE (PostwegWrapLayout, postweg_wrap_layout, GTK_TYPE_LAYOUT_MANAGER)

enum { PROP_0, PROP_SPACING, N_PROPS };

static GtkWidget *
next_shown (GtkWidget *child)
{
  while (child != NULL && !gtk_widget_should_layout (child))
    child = gtk_widget_get_next_sibling (child);
  return child;
}

static GtkWidget *
first_shown (GtkWidget *widget)
{
  return next_shown (gtk_widget_get_first_child (widget));
}

/* No child is wider than the row. */
static int
child_width (GtkWidget *child, int width)
{
  int minimum, natural;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
  return MAX (minimum, MIN (natural, width));
}

static int
child_height (GtkWidget *child, int width)
{
  int natural;

  gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, width, NULL, &natural, NULL, NULL);
  return natural;
}

typedef struct {
  GtkWidget *first, *end; /* the first child of the row, and the one behind its last */
  int width, height;
} Row;

static Row
row_from (PostwegWrapLayout *self, GtkWidget *first, int width)
{
  Row row = { first, first, 0, 0 };

  while (row.end != NULL)
    {
      int child = child_width (row.end, width);
      int wider = row.width + (row.end != first ? (int) self->spacing : 0) + child;

      if (row.end != first && wider > width)
        break;
      row.width = wider;
      row.height = MAX (row.height, child_height (row.end, child));
      row.end = next_shown (gtk_widget_get_next_sibling (row.end));
    }
  return row;
}

static void
measure_width (PostwegWrapLayout *self, GtkWidget *widget, int *minimum, int *natural)
{
  *minimum = *natural = 0;
  for (GtkWidget *child = first_shown (widget); child != NULL;
       child = next_shown (gtk_widget_get_next_sibling (child)))
    {
      int child_minimum, child_natural;

      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &child_minimum, &child_natural, NULL, NULL);
      *minimum = MAX (*minimum, child_minimum);
      *natural += child_natural + (*natural > 0 ? (int) self->spacing : 0);
    }
}

static int
height_for (PostwegWrapLayout *self, GtkWidget *widget, int width)
{
  int height = 0;

  for (Row row = { .end = first_shown (widget) }; row.end != NULL;)
    {
      row = row_from (self, row.end, width);
      height += row.height + (height > 0 ? (int) self->spacing : 0);
    }
  return height;
}

static GtkSizeRequestMode
get_request_mode (GtkLayoutManager *manager G_GNUC_UNUSED, GtkWidget *widget G_GNUC_UNUSED)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
measure (GtkLayoutManager *manager, GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
         int *natural, int *minimum_baseline, int *natural_baseline)
{
  PostwegWrapLayout *self = POSTWEG_WRAP_LAYOUT (manager);

  *minimum_baseline = *natural_baseline = -1;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    measure_width (self, widget, minimum, natural);
  else
    *minimum = *natural = height_for (self, widget, for_size < 0 ? G_MAXINT : for_size);
}

static void
allocate (GtkLayoutManager *manager, GtkWidget *widget, int width, int height G_GNUC_UNUSED,
          int baseline G_GNUC_UNUSED)
{
  PostwegWrapLayout *self = POSTWEG_WRAP_LAYOUT (manager);
  gboolean mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int y = 0;

  for (Row row = { .end = first_shown (widget) }; row.end != NULL;)
    {
      int x;

      row = row_from (self, row.end, width);
      x = (width - row.width) / 2;
      for (GtkWidget *child = row.first; child != row.end;
           child = next_shown (gtk_widget_get_next_sibling (child)))
        {
          int one = child_width (child, width);

          gtk_widget_size_allocate (
              child, &(GtkAllocation){ mirrored ? width - x - one : x, y, one, row.height }, -1);
          x += one + (int) self->spacing;
        }
      y += row.height + (int) self->spacing;
    }
}

static void
set_property (GObject *object, guint id, const GValue *value, GParamSpec *spec)
{
  if (id != PROP_SPACING)
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
  else
    POSTWEG_WRAP_LAYOUT (object)->spacing = g_value_get_uint (value);
  gtk_layout_manager_layout_changed (GTK_LAYOUT_MANAGER (object));
}

static void
postweg_wrap_layout_class_init (PostwegWrapLayoutClass *klass)
{
  GtkLayoutManagerClass *manager_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  G_OBJECT_CLASS (klass)->set_property = set_property;
  manager_class->get_request_mode = get_request_mode;
  manager_class->measure = measure;
  manager_class->allocate = allocate;
  g_object_class_install_property (
      G_OBJECT_CLASS (klass), PROP_SPACING,
      g_param_spec_uint ("spacing", NULL, NULL, 0, 1000, 0, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS));
}

static void
postweg_wrap_layout_init (PostwegWrapLayout *self G_GNUC_UNUSED)
{
}
