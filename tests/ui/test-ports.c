/* The picture of the ports: a table to who cannot see it, and six states that look different. */
#include "ui/pictures/port-lane.h"
#include "ui/pictures/port-map.h"
#include "ui/pictures/port-table.h"
#include "widgets.h"
#include <string.h>

static const char *const state_words[] = {
  [POSTWEG_PORT_UNKNOWN] = "not known",        [POSTWEG_PORT_OPEN] = "open, 12 ms",
  [POSTWEG_PORT_REFUSED] = "closed",           [POSTWEG_PORT_SILENT] = "no answer",
  [POSTWEG_PORT_UNREACHABLE] = "no way there", [POSTWEG_PORT_RESET] = "hangs up",
};
#define N_STATES G_N_ELEMENTS (state_words)

static void
add (GPtrArray *map, const char *host, const char *address, guint16 number, PostwegPortState state)
{
  PostwegPort *port = postweg_port_new (host, address, number, POSTWEG_SMTP);

  port->state = state;
  port->ipv6 = strchr (address, ':') != NULL;
  port->ms = 12;
  g_ptr_array_add (map, port);
}

static GtkWidget *
table_of (const GPtrArray *map)
{
  g_autoptr (GArray) lines = g_array_new (FALSE, FALSE, sizeof (PostwegPortLine));

  for (guint i = 0; i < map->len;)
    {
      PostwegPortLine line = postweg_port_line (map, &i);

      g_array_append_val (lines, line);
    }
  return g_object_ref_sink (postweg_port_table_row (lines));
}

static GPtrArray *
new_map (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) postweg_port_free);
}

static void
assert_cell (GtkWidget *row, const char *name, GtkAccessibleRole role)
{
  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (test_get (row, GTK_TYPE_BOX, name)), role);
}

/* Every pair of states: the cells say port, family and state; a family without an address is said, not left out. */
static void
test_cells (void)
{
  for (guint v4 = 0; v4 < N_STATES; v4++)
    for (guint v6 = 0; v6 <= N_STATES; v6++)
      {
        g_autoptr (GPtrArray) map = new_map ();
        GtkWidget *row;
        g_autofree char *first = g_strdup_printf ("Port 587, IPv4: %s", state_words[v4]);
        g_autofree char *second =
            g_strdup_printf ("Port 587, IPv6: %s", v6 < N_STATES ? state_words[v6] : "no address");

        add (map, "smtp.example.org", "192.0.2.1", 587, (PostwegPortState) v4);
        if (v6 < N_STATES)
          add (map, "smtp.example.org", "2001:db8::1", 587, (PostwegPortState) v6);
        row = table_of (map);
        assert_cell (row, "Ports of smtp.example.org", GTK_ACCESSIBLE_ROLE_TABLE);
        assert_cell (row, "Port 587, SMTP", GTK_ACCESSIBLE_ROLE_ROW_HEADER);
        assert_cell (row, first, GTK_ACCESSIBLE_ROLE_CELL);
        assert_cell (row, second, GTK_ACCESSIBLE_ROLE_CELL);
        g_assert_true (test_says (row, state_words[v4]));
        g_assert_true (test_says (row, v6 < N_STATES ? state_words[v6] : "no address"));
        g_assert_true (test_says (row, "IPv4"));
        g_assert_true (test_says (row, "IPv6"));
        g_object_unref (row);
      }
}

/* All usual ports of one host fit a narrow window, also with large text. */
static void
test_width (void)
{
  static const int dpis[] = { 96, 144 };

  for (guint i = 0; i < G_N_ELEMENTS (dpis); i++)
    {
      g_autoptr (GPtrArray) map = new_map ();
      PostwegPortMap *ports;
      int minimum, heights[2];

      g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", dpis[i] * 1024, NULL);
      for (guint port = 0; port < POSTWEG_N_USUAL_PORTS; port++)
        {
          add (map, "mail.example.org", "192.0.2.1", postweg_usual_ports[port].port,
               (PostwegPortState) (port % N_STATES));
          add (map, "mail.example.org", "2001:db8::1", postweg_usual_ports[port].port,
               POSTWEG_PORT_UNREACHABLE);
        }
      ports = g_object_ref_sink (g_object_new (POSTWEG_TYPE_PORT_MAP, NULL));
      postweg_port_map_show (ports, map);
      gtk_widget_measure (GTK_WIDGET (ports), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
      g_assert_cmpint (minimum, <=, 336);
      gtk_widget_measure (GTK_WIDGET (ports), GTK_ORIENTATION_VERTICAL, 336, &heights[0], NULL, NULL, NULL);
      gtk_widget_measure (GTK_WIDGET (ports), GTK_ORIENTATION_VERTICAL, 800, &heights[1], NULL, NULL, NULL);
      g_assert_cmpint (heights[0], >=, heights[1]);
      g_assert_true (test_says (ports, "2 of 8 ports are open"));
      g_object_unref (ports);
    }
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", 96 * 1024, NULL);
}

/* Returns: (transfer full): how the widget was drawn last, waiting for the first time */
static GskRenderNode *
drawing_of (GtkWidget *widget)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (widget);
  GskRenderNode *node = NULL;

  for (guint i = 0; i < 500 && node == NULL; i++)
    {
      GtkSnapshot *snapshot = gtk_snapshot_new ();

      gdk_paintable_snapshot (paintable, snapshot, gtk_widget_get_width (widget),
                              gtk_widget_get_height (widget));
      node = gtk_snapshot_free_to_node (snapshot);
      if (node == NULL)
        test_turn (10);
    }
  g_assert_nonnull (node);
  return node;
}

/* Returns: (transfer full): how dark each pixel of the drawn lane is, without its colour */
static GBytes *
shape_of (GtkWidget *widget)
{
  GskRenderNode *node = drawing_of (widget);
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  gsize n = (gsize) width * (gsize) height;
  g_autofree guchar *pixels = g_malloc0 (4 * n);
  guchar *shape = g_malloc0 (n);
  g_autoptr (GdkTexture) texture = NULL;

  texture = gsk_renderer_render_texture (gtk_native_get_renderer (gtk_widget_get_native (widget)), node,
                                         &GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height));
  gsk_render_node_unref (node);
  gdk_texture_download (texture, pixels, (gsize) width * 4);
  for (gsize i = 0; i < n; i++)
    shape[i] = pixels[4 * i + 3] > 100 ? 1 : 0;
  return g_bytes_new_take (shape, n);
}

static guint
differing (GBytes *a, GBytes *b)
{
  gsize n, m;
  const guchar *one = g_bytes_get_data (a, &n), *other = g_bytes_get_data (b, &m);
  guint differs = 0;

  g_assert_cmpuint (n, ==, m);
  for (gsize i = 0; i < n; i++)
    differs += one[i] != other[i] ? 1 : 0;
  return differs;
}

/* No two states have the same shape, whatever their colours. */
static void
test_shapes (void)
{
  for (guint mirrored = 0; mirrored < 2; mirrored++)
    {
      GBytes *shapes[N_STATES];
      GtkWidget *window = gtk_window_new (), *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
      GtkWidget *lanes[N_STATES];

      for (guint i = 0; i < N_STATES; i++)
        {
          lanes[i] = postweg_port_lane_new ((PostwegPortState) i);
          gtk_widget_set_direction (lanes[i], mirrored == 1 ? GTK_TEXT_DIR_RTL : GTK_TEXT_DIR_LTR);
          gtk_test_accessible_assert_role (GTK_ACCESSIBLE (lanes[i]), GTK_ACCESSIBLE_ROLE_PRESENTATION);
          gtk_box_append (GTK_BOX (box), lanes[i]);
        }
      gtk_window_set_child (GTK_WINDOW (window), box);
      gtk_window_present (GTK_WINDOW (window));
      AWAIT (gtk_widget_get_width (box) > 0);
      for (guint i = 0; i < N_STATES; i++)
        {
          shapes[i] = shape_of (lanes[i]);
          for (guint other = 0; other < i; other++)
            g_assert_cmpuint (differing (shapes[i], shapes[other]), >, 20);
        }
      for (guint i = 0; i < N_STATES; i++)
        g_bytes_unref (shapes[i]);
      gtk_window_destroy (GTK_WINDOW (window));
    }
}

/* Shown again and again, with hosts that come and go. */
static void
test_again (void)
{
  PostwegPortMap *ports = g_object_ref_sink (g_object_new (POSTWEG_TYPE_PORT_MAP, NULL));

  for (guint n = 0; n < 30; n++)
    {
      g_autoptr (GPtrArray) map = new_map ();

      for (guint host = 0; host < n % 4; host++)
        {
          g_autofree char *name = g_strdup_printf ("host%u.example.org", host);

          add (map, name, "192.0.2.1", 993, POSTWEG_PORT_OPEN);
          add (map, name, "192.0.2.2", 993, POSTWEG_PORT_SILENT);
          add (map, name, "192.0.2.1", 143, POSTWEG_PORT_SILENT);
        }
      postweg_port_map_show (ports, n % 5 == 4 ? NULL : map);
      for (guint host = 0; host < 4; host++)
        {
          g_autofree char *name = g_strdup_printf ("Ports of host%u.example.org", host);

          g_assert_cmpint (test_find (ports, GTK_TYPE_BOX, name) != NULL, ==, n % 5 != 4 && host < n % 4);
        }
      g_assert_cmpint (test_says (ports, "1 of 2 ports are open"), ==, n % 5 != 4 && n % 4 > 0);
    }
  g_object_unref (ports);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv);
  adw_init ();
  g_test_add_func ("/ui/ports/cells", test_cells);
  g_test_add_func ("/ui/ports/width", test_width);
  g_test_add_func ("/ui/ports/shapes", test_shapes);
  g_test_add_func ("/ui/ports/again", test_again);
  return g_test_run ();
}
