/* What the moving picture is laid out with: rows that wrap, and the words for its shapes. */
#include "ui/play-legend.h"
#include "ui/wrap-layout.h"
#include "widgets.h"

static graphene_rect_t
bounds_in (GtkWidget *widget, gpointer root)
{
  graphene_rect_t bounds;

  g_assert_true (gtk_widget_compute_bounds (widget, GTK_WIDGET (root), &bounds));
  return bounds;
}

/* Rows of boxes: in the order of the children, in the middle, never wider than there is room. */
static void
test_wrap (void)
{
  static const int sizes[] = { 80, 120, 60, 200, 40, 90 };

  for (int width = 200; width <= 700; width += 50)
    for (guint mirrored = 0; mirrored < 2; mirrored++)
      {
        GtkWidget *box = g_object_ref_sink (
            g_object_new (GTK_TYPE_BOX, "layout-manager",
                          g_object_new (POSTWEG_TYPE_WRAP_LAYOUT, "spacing", 10, NULL), NULL));
        GtkWidget *children[G_N_ELEMENTS (sizes)];
        int minimum, natural, height;

        gtk_widget_set_direction (box, mirrored == 1 ? GTK_TEXT_DIR_RTL : GTK_TEXT_DIR_LTR);
        for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
          {
            children[i] = g_object_new (GTK_TYPE_BOX, "width-request", sizes[i], "height-request", 20, NULL);
            gtk_box_append (GTK_BOX (box), children[i]);
          }
        gtk_widget_measure (box, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
        g_assert_cmpint (minimum, ==, 200);
        g_assert_cmpint (natural, ==, 590 + 5 * 10);
        gtk_widget_measure (box, GTK_ORIENTATION_VERTICAL, width, &height, NULL, NULL, NULL);
        gtk_widget_allocate (box, width, height, -1, NULL);
        for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
          {
            graphene_rect_t place = bounds_in (children[i], box), before;

            g_assert_cmpfloat (place.origin.x, >=, 0);
            g_assert_cmpfloat (place.origin.x + place.size.width, <=, width);
            g_assert_cmpfloat (place.origin.y + place.size.height, <=, height);
            g_assert_cmpfloat (place.size.width, ==, sizes[i]);
            if (i == 0)
              continue;
            before = bounds_in (children[i - 1], box);
            g_assert_cmpfloat (place.origin.y, >=, before.origin.y);
            if (place.origin.y <= before.origin.y)
              g_assert_cmpint (place.origin.x > before.origin.x, ==, mirrored == 0);
          }
        g_object_unref (box);
      }
}

static void
test_legend (void)
{
  GtkWidget *box = g_object_ref_sink (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0));

  postweg_play_legend_fill (GTK_BOX (box));
  g_assert_true (test_says (box, "New"));
  g_assert_true (test_says (box, "Read"));
  g_assert_true (test_says (box, "“Open Invoices”"));
  /* the shapes say nothing of their own: the words stand beside them */
  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (test_get (box, GTK_TYPE_DRAWING_AREA, NULL)),
                                   GTK_ACCESSIBLE_ROLE_PRESENTATION);
  g_object_unref (box);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv);
  adw_init ();
  g_test_add_func ("/ui/layouts/wrap", test_wrap);
  g_test_add_func ("/ui/layouts/legend", test_legend);
  return g_test_run ();
}
