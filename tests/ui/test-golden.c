/* Our own drawings as they were when somebody last looked at them: in light, dark, high contrast, German and narrow.
 *
 *     test-ui-golden LOOK    one of the names of looks[]
 *
 * POSTWEG_GOLDEN is the folder with the pictures. A drawing that has changed is saved, and the test says where; when it is meant to be so,
 * POSTWEG_GOLDEN_RENEW=1 writes the pictures anew, to be looked at before they are committed. */
#include "golden.h"
#include "checkup/language.h"
#include "ui/pages/welcome.h"
#include "ui/pictures/date-bar.h"
#include "ui/pictures/play-scene.h"
#include "ui/pictures/port-map.h"
#include "ui/pictures/road-map.h"
#include "ui/pictures/two-doors.h"
#include "ui/pictures/waterfall.h"
#include "widgets.h"
#include <glib/gstdio.h>

#define TOLERANCE 0.005  /* share of the pixels */
#define OTHER_WORDS 0.03 /* the same for a translation: a better word may come, but not another layout */
#define NARROW 336       /* what pages leave of 360 */
#define HIGH 1250

static const struct {
  const char *name, *language;
  gboolean dark, contrast, narrow;
} looks[] = {
  { "light", "C", FALSE, FALSE, FALSE },   { "dark", "C", TRUE, FALSE, FALSE },
  { "contrast", "C", FALSE, TRUE, FALSE }, { "german", "de", FALSE, FALSE, FALSE },
  { "narrow", "C", FALSE, FALSE, TRUE },
};

static guint look;
static char *unlike; /* folder for what differs; made when it is needed */

static PostwegEvidence *
evidence_of (const PostwegServer *server, PostwegStage broken, PostwegError error)
{
  PostwegEvidence *evidence = postweg_evidence_new (server);

  for (PostwegStage stage = POSTWEG_STAGE_DNS; stage <= MIN (broken, POSTWEG_STAGE_RECIPIENT); stage++)
    {
      PostwegStep *step = postweg_step_new (stage, stage == broken ? POSTWEG_STEP_FAILED : POSTWEG_STEP_OK,
                                            stage == broken ? error : POSTWEG_OK);

      step->ms = 7 + 9 * (guint) stage;
      g_ptr_array_add (evidence->steps, step);
    }
  return evidence;
}

static PostwegAccount *
account_new (void)
{
  g_autoptr (PostwegServer) in =
      postweg_server_new (POSTWEG_IMAP, "imap.example.org", 993, POSTWEG_TLS, "anna");
  g_autoptr (PostwegServer) out =
      postweg_server_new (POSTWEG_SMTP, "smtp.example.org", 465, POSTWEG_TLS, "anna");

  return postweg_account_new ("Anna", "anna@example.org", in, out);
}

/* Mail that was read, filed and deleted, and one on its way. */
static GtkWidget *
new_play (void)
{
  static const PostwegAct acts[] = { POSTWEG_ACT_ARRIVE,      POSTWEG_ACT_FETCH_LAPTOP,
                                     POSTWEG_ACT_FETCH_PHONE, POSTWEG_ACT_READ,
                                     POSTWEG_ACT_MOVE,        POSTWEG_ACT_ARRIVE,
                                     POSTWEG_ACT_FETCH_LAPTOP };
  static const PostwegPopOptions pop = { .keep_on_server = TRUE };
  GtkWidget *box =
      gtk_box_new (looks[look].narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL, 12);

  for (PostwegProtocol protocol = POSTWEG_IMAP; protocol <= POSTWEG_POP3; protocol++)
    {
      PostwegPlayScene *scene = g_object_new (POSTWEG_TYPE_PLAY_SCENE, "hexpand", TRUE, NULL);
      PostwegPlay play;

      postweg_checkup_play_start (&play, protocol, &pop);
      for (guint i = 0; i < G_N_ELEMENTS (acts); i++)
        if (postweg_checkup_play_can (&play, acts[i]))
          g_free (postweg_checkup_play_act (&play, acts[i]));
      postweg_play_scene_show (scene, &play);
      gtk_box_append (GTK_BOX (box), GTK_WIDGET (scene));
    }
  return box;
}

/* Receiving works with a note; sending is refused at the sign-in. */
static GtkWidget *
new_road (void)
{
  g_autoptr (PostwegAccount) account = account_new ();
  g_autoptr (PostwegTestResult) result = postweg_test_result_new (account);
  PostwegRoadMap *map = g_object_new (POSTWEG_TYPE_ROAD_MAP, NULL);

  result->incoming = evidence_of (account->incoming, POSTWEG_STAGE_ARRIVAL, POSTWEG_OK);
  result->outgoing = evidence_of (account->outgoing, POSTWEG_STAGE_AUTH, POSTWEG_ERROR_REJECTED);
  result->verdict = postweg_verdict_of (result->incoming, result->outgoing);
  postweg_road_map_start (map, account);
  postweg_road_map_finish (map, result);
  return GTK_WIDGET (map);
}

static GtkWidget *
new_ports (void)
{
  static const PostwegPortState states[] = { POSTWEG_PORT_OPEN, POSTWEG_PORT_SILENT, POSTWEG_PORT_REFUSED };
  static const guint16 numbers[] = { 25, 465, 587 };
  g_autoptr (GPtrArray) ports = g_ptr_array_new_with_free_func ((GDestroyNotify) postweg_port_free);
  PostwegPortMap *map = g_object_new (POSTWEG_TYPE_PORT_MAP, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      PostwegPort *port = postweg_port_new ("smtp.example.org", "192.0.2.1", numbers[i], POSTWEG_SMTP);

      port->state = states[i];
      port->ms = 12;
      g_ptr_array_add (ports, port);
    }
  postweg_port_map_show (map, ports);
  return GTK_WIDGET (map);
}

static GtkWidget *
new_dates (void)
{
  static const PostwegPeriod periods[] = { { 0, 1000000, 400000 },
                                           { 0, 1000000, 1300000 },
                                           { 500000, 1000000, 0 } };
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  for (guint i = 0; i < G_N_ELEMENTS (periods); i++)
    gtk_box_append (GTK_BOX (box), postweg_date_bar_new (&periods[i]));
  return box;
}

static GtkWidget *
new_waterfall (void)
{
  g_autoptr (PostwegAccount) account = account_new ();
  g_autoptr (PostwegEvidence) evidence =
      evidence_of (account->outgoing, POSTWEG_STAGE_AUTH, POSTWEG_ERROR_REJECTED);
  g_autoptr (GString) text = g_string_new (NULL);

  return postweg_waterfall_new (evidence, POSTWEG_STOP_ENCRYPTION, text);
}

static GtkWidget *
new_doors (void)
{
  return g_object_new (POSTWEG_TYPE_TWO_DOORS, NULL);
}

static GtkWidget *
new_cards (void)
{
  return g_object_new (POSTWEG_TYPE_PAGE_WELCOME, NULL);
}

static const struct {
  const char *name;
  GtkWidget *(*make) (void);
  int width; /* where there is room */
} drawings[] = {
  { "play", new_play, 520 },   { "road", new_road, 860 },           { "ports", new_ports, 420 },
  { "dates", new_dates, 280 }, { "waterfall", new_waterfall, 360 }, { "doors", new_doors, 320 },
  { "cards", new_cards, 720 },
};

/* The drawing on the ground that it stands on, as wide as it is wanted and as high as it wants to be. */
static GtkWindow *
show (GtkWidget *drawing, int width)
{
  GtkWidget *ground = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWindow *window = g_object_new (GTK_TYPE_WINDOW, "decorated", FALSE, "child", ground, NULL);

  gtk_widget_add_css_class (ground, "background");
  g_object_set (drawing, "hexpand", TRUE, "valign", GTK_ALIGN_START, NULL);
  gtk_box_append (GTK_BOX (ground), drawing);
  gtk_window_set_default_size (window, width, HIGH);
  gtk_window_present (window);
  AWAIT (gtk_widget_get_width (drawing) == width);
  return window;
}

/* Returns: (transfer full): what was drawn last, or NULL before anything was */
static GdkTexture *
last_picture (GtkWidget *drawing)
{
  GtkWidget *ground = gtk_widget_get_parent (drawing);
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (ground);
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  graphene_rect_t all = GRAPHENE_RECT_INIT (0, 0, (float) gtk_widget_get_width (drawing),
                                            (float) gtk_widget_get_height (drawing));
  GskRenderNode *node;
  GdkTexture *texture;

  gdk_paintable_snapshot (paintable, snapshot, gtk_widget_get_width (ground), gtk_widget_get_height (ground));
  node = gtk_snapshot_free_to_node (snapshot);
  if (node == NULL)
    return NULL;
  texture =
      gsk_renderer_render_texture (gtk_native_get_renderer (gtk_widget_get_native (ground)), node, &all);
  gsk_render_node_unref (node);
  return texture;
}

/* Whether it has been laid out and drawn to its end: the same as before. Takes the place of the one before. */
static gboolean
has_settled (GtkWidget *drawing, GdkTexture **before)
{
  GdkTexture *now = last_picture (drawing);
  gboolean same;
  int height;

  gtk_widget_measure (drawing, GTK_ORIENTATION_VERTICAL, gtk_widget_get_width (drawing), NULL, &height, NULL,
                      NULL);
  same = now != NULL && *before != NULL && height == gtk_widget_get_height (drawing) &&
         golden_difference (now, *before) <= 0;
  g_set_object (before, now);
  g_clear_object (&now);
  gtk_widget_queue_draw (drawing);
  test_turn (40);
  return same;
}

/* Returns: (transfer full) */
static GdkTexture *
picture_of (GtkWidget *drawing)
{
  GdkTexture *picture = NULL;

  AWAIT (has_settled (drawing, &picture));
  return picture;
}

static void
keep (GdkTexture *picture, const char *folder, const char *name)
{
  g_autofree char *file = g_build_filename (folder, name, NULL);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0755), ==, 0);
  g_assert_true (gdk_texture_save_to_png (picture, file));
  g_test_message ("The new picture is %s", file);
}

static void
test_drawing (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autofree char *name = g_strdup_printf ("%s-%s.png", drawings[i].name, looks[look].name);
  g_autofree char *file = g_build_filename (g_getenv ("POSTWEG_GOLDEN"), name, NULL);
  GtkWidget *drawing = drawings[i].make ();
  GtkWindow *window = show (drawing, looks[look].narrow ? NARROW : drawings[i].width);
  g_autoptr (GdkTexture) picture = picture_of (drawing);
  g_autoptr (GdkTexture) stored = NULL;
  g_autoptr (GError) error = NULL;
  double difference;

  gtk_window_destroy (window);
  if (g_getenv ("POSTWEG_GOLDEN_RENEW") != NULL)
    {
      g_autoptr (GdkTexture) coarse = golden_coarse (picture);

      keep (coarse, g_getenv ("POSTWEG_GOLDEN"), name);
    }
  stored = gdk_texture_new_from_filename (file, &error);
  g_assert_no_error (error);
  difference = golden_difference (picture, stored);
  g_test_message ("%s: %.3f %% differ", name, 100 * difference);
  if (difference <= (looks[look].language[0] == 'C' ? TOLERANCE : OTHER_WORDS))
    return;
  if (unlike == NULL)
    unlike = g_dir_make_tmp ("postweg-golden-XXXXXX", NULL);
  keep (picture, unlike, name);
  g_test_fail_printf ("%.1f %% of %s differ", 100 * difference, name);
}

/* Returns: (transfer full): a ground of 100 × 100 with a block of this size in it */
static GdkTexture *
block (guint size, guchar shade)
{
  guchar *pixels = g_malloc (4 * 100 * 100);
  g_autoptr (GBytes) bytes = g_bytes_new_take (pixels, 4 * 100 * 100);

  for (guint i = 0; i < 4 * 100 * 100; i++)
    pixels[i] = i % 4 == 3 ? 255 : (i / 4 / 100 < size && i / 4 % 100 < size ? shade : 200);
  return gdk_memory_texture_new (100, 100, GDK_MEMORY_DEFAULT, bytes, 400);
}

/* Shades are forgiven, shapes are not: eight pixels square are too much. */
static void
test_difference (void)
{
  g_autoptr (GdkTexture) ground = block (0, 0);
  g_autoptr (GdkTexture) shaded = block (100, 160);
  g_autoptr (GdkTexture) small = block (7, 0);
  g_autoptr (GdkTexture) large = block (8, 0);

  g_assert_cmpfloat (golden_difference (ground, ground), ==, 0);
  g_assert_cmpfloat (golden_difference (ground, shaded), ==, 0);
  g_assert_cmpfloat (golden_difference (ground, small), <=, TOLERANCE);
  g_assert_cmpfloat (golden_difference (ground, large), >, TOLERANCE);
}

/* Whatever a machine has of its own is set. */
static void
settle_look (void)
{
  AdwStyleManager *style = adw_style_manager_get_default ();

  g_object_set (gtk_settings_get_default (), "gtk-font-name", "DejaVu Sans 10", "gtk-xft-dpi", 96 * 1024,
                "gtk-xft-antialias", 1, "gtk-xft-hinting", 0, "gtk-xft-hintstyle", "hintnone", "gtk-xft-rgba",
                "none", "gtk-enable-animations", FALSE, "gtk-icon-theme-name", "Adwaita", NULL);
  adw_style_manager_set_color_scheme (style, looks[look].dark ? ADW_COLOR_SCHEME_FORCE_DARK
                                                              : ADW_COLOR_SCHEME_FORCE_LIGHT);
  g_assert_cmpint (adw_style_manager_get_high_contrast (style), ==, looks[look].contrast);
}

/* Another font, or another release of the toolkit, draws everything otherwise. Returns: why nothing can be compared here, or NULL */
static const char *
other_machine (void)
{
  PangoFontFamily **families;
  int n;
  gboolean found = FALSE;

  if (gtk_get_major_version () != 4 || gtk_get_minor_version () != 8 || adw_get_minor_version () != 2)
    return "the pictures are those of GTK 4.8 and libadwaita 1.2";
  pango_font_map_list_families (pango_cairo_font_map_get_default (), &families, &n);
  for (int i = 0; i < n; i++)
    found = found || g_strcmp0 (pango_font_family_get_name (families[i]), "DejaVu Sans") == 0;
  g_free (families);
  return found ? NULL : "the font DejaVu Sans is not installed";
}

int
main (int argc, char **argv)
{
  g_assert_cmpint (argc, >, 1);
  while (g_strcmp0 (looks[look].name, argv[1]) != 0)
    g_assert_cmpuint (++look, <, G_N_ELEMENTS (looks));
  if (looks[look].contrast)
    g_setenv ("ADW_DEBUG_HIGH_CONTRAST", "1", TRUE);
  if (other_machine () != NULL)
    {
      g_print ("1..0 # SKIP %s\n", other_machine ());
      return 0;
    }
  postweg_language_init (looks[look].language);
  gtk_disable_setlocale ();
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  test_window_free (test_window_new ()); /* brings styles and icons */
  settle_look ();
  g_test_add_func ("/ui/golden/difference", test_difference);
  for (guint i = 0; i < G_N_ELEMENTS (drawings); i++)
    {
      g_autofree char *path = g_strdup_printf ("/ui/golden/%s/%s", looks[look].name, drawings[i].name);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_drawing);
    }
  return g_test_run ();
}
