/* libadwaita 1.2 has no breakpoints, and its leaflet resizes while it is resized; a layout that measures needs neither. */
#include "ui/parts/fold-layout.h"

struct _PostwegFoldLayout {
  GtkLayoutManager parent_instance;
  guint spacing, column_width;
};

G_DEFINE_FINAL_TYPE (PostwegFoldLayout, postweg_fold_layout, GTK_TYPE_LAYOUT_MANAGER)

enum { PROP_0, PROP_SPACING, PROP_COLUMN_WIDTH, N_PROPS };

static GtkWidget *
next_shown (GtkWidget *child)
{
  while (child != NULL && !gtk_widget_should_layout (child))
    child = gtk_widget_get_next_sibling (child);
  return child;
}

#define FOR_EACH_SHOWN(child, widget)                                                                        \
  for (GtkWidget *child = next_shown (gtk_widget_get_first_child (widget)); child != NULL;                   \
       child = next_shown (gtk_widget_get_next_sibling (child)))

static int
count (GtkWidget *widget)
{
  int n = 0;

  FOR_EACH_SHOWN (child, widget)
  n++;
  return n;
}

static int
gaps (PostwegFoldLayout *self, GtkWidget *widget)
{
  return MAX (count (widget) - 1, 0) * (int) self->spacing;
}

/* The widest minimum and the widest wish of all children. */
static void
widest (GtkWidget *widget, int *minimum, int *natural)
{
  *minimum = *natural = 0;
  FOR_EACH_SHOWN (child, widget)
  {
    int child_minimum, child_natural;

    gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &child_minimum, &child_natural, NULL, NULL);
    *minimum = MAX (*minimum, child_minimum);
    *natural = MAX (*natural, child_natural);
  }
}

static int
column_width (PostwegFoldLayout *self, GtkWidget *widget)
{
  int minimum, natural;

  widest (widget, &minimum, &natural);
  return self->column_width > 0 ? MAX ((int) self->column_width, minimum) : natural;
}

static gboolean
is_folded (PostwegFoldLayout *self, GtkWidget *widget, int width)
{
  return width >= 0 && width < count (widget) * column_width (self, widget) + gaps (self, widget);
}

/* How wide each child gets when all have `width`. */
static int
width_of_one (PostwegFoldLayout *self, GtkWidget *widget, int width)
{
  if (width < 0 || is_folded (self, widget, width))
    return width;
  return (width - gaps (self, widget)) / MAX (count (widget), 1);
}

static void
measure_height (PostwegFoldLayout *self, GtkWidget *widget, int width, int size[2])
{
  gboolean folded = is_folded (self, widget, width);
  int one = width_of_one (self, widget, width);

  size[0] = size[1] = folded ? gaps (self, widget) : 0;
  FOR_EACH_SHOWN (child, widget)
  {
    int sizes[2];

    gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, one, &sizes[0], &sizes[1], NULL, NULL);
    for (int i = 0; i < 2; i++)
      size[i] = folded ? size[i] + sizes[i] : MAX (size[i], sizes[i]);
  }
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
  PostwegFoldLayout *self = POSTWEG_FOLD_LAYOUT (manager);
  int size[2];

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      widest (widget, &size[0], &size[1]);
      size[1] = count (widget) * MAX (column_width (self, widget), size[0]) + gaps (self, widget);
      size[1] = MAX (size[1], size[0]);
    }
  else
    measure_height (self, widget, for_size, size);
  *minimum = size[0];
  *natural = size[1];
  *minimum_baseline = *natural_baseline = -1;
}

static void
allocate (GtkLayoutManager *manager, GtkWidget *widget, int width, int height, int baseline G_GNUC_UNUSED)
{
  PostwegFoldLayout *self = POSTWEG_FOLD_LAYOUT (manager);
  gboolean folded = is_folded (self, widget, width);
  gboolean mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int one = width_of_one (self, widget, width);
  int offset = 0;

  FOR_EACH_SHOWN (child, widget)
  {
    GtkAllocation place = { 0, 0, one, height };

    if (folded)
      {
        gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, one, NULL, &place.height, NULL, NULL);
        place.y = offset;
        offset += place.height + (int) self->spacing;
      }
    else
      {
        place.x = mirrored ? width - offset - one : offset;
        offset += one + (int) self->spacing;
      }
    gtk_widget_size_allocate (child, &place, -1);
  }
}

static void
set_property (GObject *object, guint id, const GValue *value, GParamSpec *spec)
{
  PostwegFoldLayout *self = POSTWEG_FOLD_LAYOUT (object);

  if (id == PROP_SPACING)
    self->spacing = g_value_get_uint (value);
  else if (id == PROP_COLUMN_WIDTH)
    self->column_width = g_value_get_uint (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
  gtk_layout_manager_layout_changed (GTK_LAYOUT_MANAGER (self));
}

static void
postweg_fold_layout_class_init (PostwegFoldLayoutClass *klass)
{
  GtkLayoutManagerClass *manager_class = GTK_LAYOUT_MANAGER_CLASS (klass);
  const GParamFlags flags = G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS;

  G_OBJECT_CLASS (klass)->set_property = set_property;
  manager_class->get_request_mode = get_request_mode;
  manager_class->measure = measure;
  manager_class->allocate = allocate;
  g_object_class_install_property (G_OBJECT_CLASS (klass), PROP_SPACING,
                                   g_param_spec_uint ("spacing", NULL, NULL, 0, 1000, 0, flags));
  g_object_class_install_property (G_OBJECT_CLASS (klass), PROP_COLUMN_WIDTH,
                                   g_param_spec_uint ("column-width", NULL, NULL, 0, 10000, 0, flags));
}

static void
postweg_fold_layout_init (PostwegFoldLayout *self G_GNUC_UNUSED)
{
}
