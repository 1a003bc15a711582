/* What the moving picture is laid out with: rows that wrap, and the words for its shapes; and the picture of the two doors. */
#include "ui/pages/advice.h"
#include "ui/pictures/play-legend.h"
#include "ui/pictures/two-doors.h"
#include "ui/parts/wrap-layout.h"
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

#define ROUNDED 0.01f

/* Whether a begins after b and ends before it, rounding aside, where both are this far along and that long. */
static gboolean
is_within (float a, float a_length, float b, float b_length)
{
  return a >= b - ROUNDED && a + a_length <= b + b_length + ROUNDED;
}

static void
assert_inside (const graphene_rect_t *inner, const graphene_rect_t *outer)
{
  g_assert_true (is_within (inner->origin.x, inner->size.width, outer->origin.x, outer->size.width));
  g_assert_true (is_within (inner->origin.y, inner->size.height, outer->origin.y, outer->size.height));
}

static void
assert_apart (const graphene_rect_t *a, const graphene_rect_t *b)
{
  g_assert_true (a->origin.x + a->size.width <= b->origin.x + ROUNDED ||
                 b->origin.x + b->size.width <= a->origin.x + ROUNDED ||
                 a->origin.y + a->size.height <= b->origin.y + ROUNDED ||
                 b->origin.y + b->size.height <= a->origin.y + ROUNDED);
}

static graphene_rect_t
mirror (const graphene_rect_t *rect, float width)
{
  return GRAPHENE_RECT_INIT (width - rect->origin.x - rect->size.width, rect->origin.y, rect->size.width,
                             rect->size.height);
}

/* Doors stand on the ground of the house with their names over them; ways lead from the doors to the computer, words beside them. */
static void
check_plan (const PostwegDoorPlan *plan, float width)
{
  const graphene_rect_t all = GRAPHENE_RECT_INIT (0, 0, width, plan->bottom);
  float ground = plan->house.size.height, screen = plan->laptop.origin.y;

  assert_inside (&plan->house, &all);
  assert_inside (&plan->laptop, &all);
  assert_apart (&plan->house, &plan->laptop);
  assert_apart (&plan->names[POSTWEG_DOOR_IN], &plan->names[POSTWEG_DOOR_OUT]);
  for (guint i = 0; i < POSTWEG_N_DOORS; i++)
    {
      assert_inside (&plan->doors[i], &plan->house);
      assert_inside (&plan->names[i], &plan->house);
      assert_inside (&plan->envelopes[i], &plan->laptop);
      assert_apart (&plan->names[i], &plan->doors[i]);
      g_assert_cmpfloat_with_epsilon (plan->doors[i].origin.y + plan->doors[i].size.height, ground, 0.01);
    }
  for (guint i = 0; i < POSTWEG_N_DOOR_WAYS; i++)
    {
      const graphene_point_t *ends = plan->ways[i];
      const graphene_rect_t *door = &plan->doors[i == POSTWEG_DOOR_SMTP ? POSTWEG_DOOR_OUT : POSTWEG_DOOR_IN];

      g_assert_cmpfloat (MIN (ends[0].y, ends[1].y), >, ground);
      g_assert_cmpfloat (MAX (ends[0].y, ends[1].y), <, screen);
      /* only sending goes up to the house */
      g_assert_cmpint (ends[1].y < ends[0].y, ==, i == POSTWEG_DOOR_SMTP);
      g_assert_cmpfloat (ends[0].x, >=, door->origin.x);
      g_assert_cmpfloat (ends[0].x, <=, door->origin.x + door->size.width);
      assert_inside (&plan->words[i], &all);
      assert_apart (&plan->words[i], &plan->house);
      assert_apart (&plan->words[i], &plan->laptop);
      for (guint j = 0; j < POSTWEG_N_DOOR_WAYS; j++)
        {
          g_assert_false (graphene_rect_contains_point (&plan->words[i], &plan->ways[j][0]));
          if (j != i)
            assert_apart (&plan->words[i], &plan->words[j]);
        }
    }
}

static void
test_door_plan (void)
{
  static const PostwegDoorWords sizes[] = { { 0, 0 }, { 17, 17 }, { 60, 30 }, { 17, 90 } };

  for (float width = POSTWEG_DOORS_NARROWEST; width <= 700; width += 23)
    for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
      {
        PostwegDoorPlan plan, mirrored;

        postweg_door_plan (&plan, width, &sizes[i], FALSE);
        postweg_door_plan (&mirrored, width, &sizes[i], TRUE);
        check_plan (&plan, width);
        check_plan (&mirrored, width);
        g_assert_cmpfloat (plan.doors[POSTWEG_DOOR_IN].origin.x, <, plan.doors[POSTWEG_DOOR_OUT].origin.x);
        g_assert_cmpfloat (plan.bottom, ==, mirrored.bottom);
        for (guint door = 0; door < POSTWEG_N_DOORS; door++)
          {
            graphene_rect_t other = mirror (&plan.doors[door], width);

            assert_inside (&other, &mirrored.doors[door]);
          }
        for (guint way = 0; way < POSTWEG_N_DOOR_WAYS; way++)
          {
            graphene_rect_t other = mirror (&plan.words[way], width);

            assert_inside (&other, &mirrored.words[way]);
          }
      }
}

/* On the page: an image that says in words what it shows, and needs no more room than there is. */
static void
test_doors (void)
{
  g_autoptr (TestWindow) test = test_window_new ();
  PostwegPage *page;
  GtkWidget *doors;
  int narrow, wide;

  test_fill (test, "anna@example.org", 993, 465);
  page = test_show (test, POSTWEG_TYPE_PAGE_ADVICE);
  doors = test_get (page, POSTWEG_TYPE_TWO_DOORS, "Your provider’s two doors");
  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (doors), GTK_ACCESSIBLE_ROLE_IMG);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (doors), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       "Mail comes to your computer through the incoming server, by IMAP or "
                                       "by POP. It leaves through the outgoing server, always by SMTP.");
  g_assert_true (test_says (page, "changes only the way in"));
  gtk_widget_measure (doors, GTK_ORIENTATION_HORIZONTAL, -1, &narrow, NULL, NULL, NULL);
  g_assert_cmpint (narrow, <=, 300);
  gtk_widget_measure (doors, GTK_ORIENTATION_VERTICAL, narrow, &narrow, NULL, NULL, NULL);
  gtk_widget_measure (doors, GTK_ORIENTATION_VERTICAL, 600, &wide, NULL, NULL, NULL);
  g_assert_cmpint (wide, <=, narrow);
  test_scroll (page, 1);
  test_picture (test, "two-doors");
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv);
  adw_init ();
  g_test_add_func ("/ui/layouts/wrap", test_wrap);
  g_test_add_func ("/ui/layouts/legend", test_legend);
  g_test_add_func ("/ui/layouts/door-plan", test_door_plan);
  g_test_add_func ("/ui/layouts/two-doors", test_doors);
  return g_test_run ();
}
