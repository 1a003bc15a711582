/* Playing with POP and IMAP: buttons, sentences, pictures and descriptions say what the model says, however one presses. */
#include "ui/pages/advice.h"
#include "ui/pictures/play-pair.h"
#include "ui/pictures/play-scene.h"
#include "ui/pictures/play-view.h"
#include "widgets.h"
#include <string.h>

static const PostwegPopOptions options[] = {
  { .keep_on_server = TRUE },
  { .keep_on_server = FALSE },
  { .keep_on_server = TRUE, .delete_after_days = 14 },
  { .keep_on_server = TRUE, .delete_when_deleted = TRUE },
};

static const char *const scene_names[POSTWEG_N_PAIR_SIDES] = { "Your mail with IMAP", "Your mail with POP" };

typedef struct {
  GtkWidget *window;
  PostwegPlayView *view;
} Stage;

static Stage *
stage_new (int width)
{
  Stage *stage = g_new (Stage, 1);

  stage->window = g_object_ref_sink (gtk_window_new ());
  stage->view = g_object_new (POSTWEG_TYPE_PLAY_VIEW, NULL);
  gtk_window_set_child (GTK_WINDOW (stage->window), GTK_WIDGET (stage->view));
  gtk_window_set_default_size (GTK_WINDOW (stage->window), width, 700);
  gtk_window_present (GTK_WINDOW (stage->window));
  AWAIT (gtk_widget_get_width (GTK_WIDGET (stage->view)) > 0);
  return stage;
}

static void
stage_free (Stage *stage)
{
  gtk_window_destroy (GTK_WINDOW (stage->window));
  g_object_unref (stage->window);
  g_free (stage);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Stage, stage_free)

static void
set_animations (gboolean enabled)
{
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", enabled, NULL);
}

static GtkWidget *
button_of (Stage *stage, PostwegAct act)
{
  return test_find (stage->view, GTK_TYPE_BUTTON, postweg_checkup_play_label (act));
}

/* As a person would: only what can be pressed. Returns: whether it could */
static gboolean
press (Stage *stage, PostwegAct act)
{
  GtkWidget *button = button_of (stage, act);

  if (button == NULL || !gtk_widget_is_sensitive (button))
    return FALSE;
  g_signal_emit_by_name (button, "clicked");
  return TRUE;
}

static void
assert_described (Stage *stage, PostwegPairSide side, const char *description)
{
  GtkWidget *scene = test_get (stage->view, POSTWEG_TYPE_PLAY_SCENE, scene_names[side]);
  g_autofree char *other = gtk_test_accessible_check_property (
      GTK_ACCESSIBLE (scene), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, description);

  g_assert_null (other);
}

/* All that the view shows and says, against the pair. */
static void
assert_shows (Stage *stage, const PostwegPlayPair *pair)
{
  for (guint side = 0; side < POSTWEG_N_PAIR_SIDES; side++)
    {
      g_autofree char *description = postweg_checkup_play_description (&pair->plays[side]);
      g_autofree char *rule = postweg_checkup_play_rule (&pair->plays[side]);

      assert_described (stage, (PostwegPairSide) side, description);
      g_assert_true (test_says (stage->view, rule));
      g_assert_true (test_says (stage->view, pair->sentences[side]));
    }
  for (guint act = 0; act < POSTWEG_N_ACTS; act++)
    {
      GtkWidget *button = button_of (stage, (PostwegAct) act);

      if (act == POSTWEG_ACT_WAIT && !postweg_play_pair_has_days (pair))
        g_assert_null (button);
      else
        g_assert_cmpint (gtk_widget_is_sensitive (button), ==,
                         postweg_play_pair_can (pair, (PostwegAct) act));
    }
}

/* Every act, in the order of the buttons and in some others, under every option. */
static void
test_acts (void)
{
  static const PostwegAct orders[][POSTWEG_N_ACTS] = {
    { 0, 1, 2, 3, 4, 5, 6, 7 }, { 0, 2, 1, 4, 3, 6, 5, 7 }, { 0, 0, 1, 7, 2, 6, 0, 2 },
    { 7, 0, 2, 0, 0, 0, 0, 0 }, { 0, 1, 6, 4, 5, 2, 0, 1 },
  };

  for (guint option = 0; option < G_N_ELEMENTS (options); option++)
    for (guint order = 0; order < G_N_ELEMENTS (orders); order++)
      {
        g_autoptr (Stage) stage = stage_new (860);
        g_autoptr (PostwegPlayPair) pair = postweg_play_pair_new (&options[option]);

        postweg_play_view_set_pop (stage->view, &options[option]);
        assert_shows (stage, pair);
        for (guint i = 0; i < POSTWEG_N_ACTS; i++)
          {
            gboolean shown = orders[order][i] != POSTWEG_ACT_WAIT || postweg_play_pair_has_days (pair);

            g_assert_cmpint (press (stage, orders[order][i]), ==,
                             shown && postweg_play_pair_act (pair, orders[order][i]));
            assert_shows (stage, pair);
          }
      }
}

/* Options turned to and fro in the middle of the play. */
static void
test_options (void)
{
  g_autoptr (Stage) stage = stage_new (860);
  g_autoptr (PostwegPlayPair) pair = postweg_play_pair_new (&options[0]);
  static const PostwegAct acts[] = { POSTWEG_ACT_ARRIVE, POSTWEG_ACT_FETCH_LAPTOP, POSTWEG_ACT_FETCH_PHONE,
                                     POSTWEG_ACT_READ, POSTWEG_ACT_DELETE };

  for (guint i = 0; i < G_N_ELEMENTS (acts); i++)
    {
      g_assert_true (press (stage, acts[i]));
      postweg_play_pair_act (pair, acts[i]);
      for (guint round = 0; round < 2 * G_N_ELEMENTS (options); round++)
        {
          postweg_play_view_set_pop (stage->view, &options[round % G_N_ELEMENTS (options)]);
          postweg_play_pair_set_pop (pair, &options[round % G_N_ELEMENTS (options)]);
          assert_shows (stage, pair);
        }
      postweg_play_view_set_pop (stage->view, &options[0]);
      postweg_play_pair_set_pop (pair, &options[0]);
    }
}

static void
test_relations (void)
{
  g_autoptr (Stage) stage = stage_new (860);

  for (guint side = 0; side < POSTWEG_N_PAIR_SIDES; side++)
    {
      GtkWidget *scene = test_get (stage->view, POSTWEG_TYPE_PLAY_SCENE, scene_names[side]);

      gtk_test_accessible_assert_role (GTK_ACCESSIBLE (scene), GTK_ACCESSIBLE_ROLE_IMG);
      g_assert_true (
          gtk_test_accessible_has_relation (GTK_ACCESSIBLE (scene), GTK_ACCESSIBLE_RELATION_DESCRIBED_BY));
    }
  g_assert_true (press (stage, POSTWEG_ACT_ARRIVE));
  for (guint act = 0; act < POSTWEG_N_ACTS; act++)
    if (act != POSTWEG_ACT_WAIT)
      g_assert_true (gtk_widget_get_focusable (button_of (stage, (PostwegAct) act)));
}

/* As fast as a machine can, with what moves in the middle of its way. */
static void
test_fast (void)
{
  g_autoptr (Stage) stage = stage_new (860);
  g_autoptr (PostwegPlayPair) pair = postweg_play_pair_new (&options[0]);

  set_animations (TRUE);
  for (guint i = 0; i < 10000; i++)
    {
      PostwegAct act = (PostwegAct) g_test_rand_int_range (0, POSTWEG_N_ACTS + 1);

      if (act == POSTWEG_N_ACTS)
        {
          postweg_play_view_restart (stage->view);
          postweg_play_pair_restart (pair);
        }
      else if (press (stage, act))
        postweg_play_pair_act (pair, act);
      if (i % 500 == 0)
        {
          test_turn (1);
          assert_shows (stage, pair);
        }
    }
  assert_shows (stage, pair);
  set_animations (FALSE);
}

static gboolean
moves (Stage *stage)
{
  gboolean moving = FALSE;

  for (guint side = 0; side < POSTWEG_N_PAIR_SIDES; side++)
    moving |= postweg_play_scene_is_moving (
        POSTWEG_PLAY_SCENE (test_get (stage->view, POSTWEG_TYPE_PLAY_SCENE, scene_names[side])));
  return moving;
}

/* Envelopes glide and come to rest; with reduced motion they jump. */
static void
test_motion (void)
{
  g_autoptr (Stage) stage = stage_new (860);

  set_animations (FALSE);
  g_assert_true (press (stage, POSTWEG_ACT_ARRIVE));
  g_assert_false (moves (stage));
  set_animations (TRUE);
  g_assert_true (press (stage, POSTWEG_ACT_FETCH_LAPTOP));
  g_assert_true (moves (stage));
  test_turn (50);
  /* in the middle of it the next one begins */
  g_assert_true (press (stage, POSTWEG_ACT_READ));
  g_assert_true (moves (stage));
  AWAIT (!moves (stage));
  set_animations (FALSE);
}

/* What nobody sees does not move. */
static void
test_hidden (void)
{
  g_autoptr (Stage) stage = stage_new (860);

  set_animations (TRUE);
  gtk_widget_set_visible (stage->window, FALSE);
  postweg_play_view_set_pop (stage->view, &options[1]);
  g_assert_false (moves (stage));
  set_animations (FALSE);
}

/* A story tells all, ends by itself, and can be told again. */
static void
test_story (void)
{
  g_autoptr (Stage) stage = stage_new (860);

  postweg_play_view_set_pop (stage->view, &options[2]);
  postweg_play_view_set_pace (stage->view, 10);
  for (guint round = 0; round < 2; round++)
    {
      /* its first act is told at once, the others by the clock */
      g_signal_emit_by_name (test_get (stage->view, GTK_TYPE_BUTTON, "Play the Story"), "clicked");
      g_assert_true (test_says (stage->view, "A mail arrives at the provider."));
      AWAIT (test_find (stage->view, GTK_TYPE_BUTTON, "Play the Story") != NULL);
      g_assert_true (test_says (stage->view, "The laptop is gone, and no mail with it."));
      g_assert_true (test_says (stage->view, "The laptop is gone, and with it mail that was nowhere else.") ||
                     test_says (stage->view, "what was read and filed on the laptop is lost"));
      g_assert_false (gtk_widget_is_sensitive (button_of (stage, POSTWEG_ACT_BREAK)));
    }
}

/* Paused, it goes on where it was; when somebody has done something meanwhile, from the beginning. */
static void
test_story_paused (void)
{
  g_autoptr (Stage) stage = stage_new (860);

  postweg_play_view_set_pace (stage->view, 60000);
  test_press (stage->view, "Play the Story");
  g_assert_true (test_says (stage->view, "A mail arrives at the provider."));
  test_press (stage->view, "Pause the Story");
  test_press (stage->view, "Play the Story");
  g_assert_true (test_says (stage->view, "The laptop shows what is at the provider."));
  /* a button ends it at once */
  g_assert_true (press (stage, POSTWEG_ACT_READ));
  test_get (stage->view, GTK_TYPE_BUTTON, "Play the Story");
  test_press (stage->view, "Play the Story");
  g_assert_true (test_says (stage->view, "A mail arrives at the provider."));
  g_assert_false (gtk_widget_is_sensitive (button_of (stage, POSTWEG_ACT_READ)));
  test_press (stage->view, "Start Again");
  test_get (stage->view, GTK_TYPE_BUTTON, "Play the Story");
  g_assert_false (test_says (stage->view, "A mail arrives at the provider."));
}

/* Twice fast on the same button, and gone from the page in the middle. */
static void
test_story_left (void)
{
  g_autoptr (Stage) stage = stage_new (860);

  postweg_play_view_set_pace (stage->view, 5);
  for (guint i = 0; i < 21; i++)
    g_signal_emit_by_name (
        test_get (stage->view, GTK_TYPE_BUTTON, i % 2 == 0 ? "Play the Story" : "Pause the Story"),
        "clicked");
  gtk_widget_set_visible (stage->window, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (stage->view), TRUE);
  test_get (stage->view, GTK_TYPE_BUTTON, "Play the Story");
  test_turn (50);
  test_get (stage->view, GTK_TYPE_BUTTON, "Play the Story");
}

/* The keyboard's focus is never dropped by a button that can no longer be pressed. */
static void
test_focus (void)
{
  static const PostwegAct acts[] = { POSTWEG_ACT_ARRIVE, POSTWEG_ACT_ARRIVE,       POSTWEG_ACT_ARRIVE,
                                     POSTWEG_ACT_ARRIVE, POSTWEG_ACT_FETCH_LAPTOP, POSTWEG_ACT_READ,
                                     POSTWEG_ACT_DELETE, POSTWEG_ACT_BREAK };
  g_autoptr (Stage) stage = stage_new (860);

  for (guint i = 0; i < G_N_ELEMENTS (acts); i++)
    {
      GtkWidget *focus;

      gtk_widget_grab_focus (button_of (stage, acts[i]));
      g_assert_true (press (stage, acts[i]));
      test_turn (1);
      focus = gtk_window_get_focus (GTK_WINDOW (stage->window));
      g_assert_nonnull (focus);
      g_assert_true (GTK_IS_BUTTON (focus));
      g_assert_true (gtk_widget_is_sensitive (focus));
    }
}

static graphene_rect_t
bounds_in (GtkWidget *widget, gpointer root)
{
  graphene_rect_t bounds;

  g_assert_true (gtk_widget_compute_bounds (widget, GTK_WIDGET (root), &bounds));
  return bounds;
}

/* At any width, text size and direction: nothing sticks out, nothing lies over something else. */
static void
test_widths (void)
{
  static const int dpis[] = { 96, 144 }, widths[] = { 336, 400, 500, 613, 720, 860, 1400 };

  for (guint i = 0; i < 2 * G_N_ELEMENTS (dpis) * G_N_ELEMENTS (widths); i++)
    {
      int width = widths[i / 2 / G_N_ELEMENTS (dpis)];
      Stage *stage;
      int minimum;

      g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", dpis[i / 2 % 2] * 1024, NULL);
      gtk_widget_set_default_direction (i % 2 == 0 ? GTK_TEXT_DIR_LTR : GTK_TEXT_DIR_RTL);
      stage = stage_new (width);
      gtk_widget_measure (GTK_WIDGET (stage->view), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL,
                          NULL);
      g_assert_cmpint (minimum, <=, 336);
      for (guint act = 0; act < POSTWEG_N_ACTS; act++)
        {
          graphene_rect_t one, whole = bounds_in (GTK_WIDGET (stage->view), stage->view);

          if (act == POSTWEG_ACT_WAIT)
            continue;
          one = bounds_in (button_of (stage, (PostwegAct) act), stage->view);
          g_assert_cmpfloat (one.origin.x, >=, whole.origin.x - 1);
          g_assert_cmpfloat (one.origin.x + one.size.width, <=, whole.origin.x + whole.size.width + 1);
          for (guint side = 0; side < POSTWEG_N_PAIR_SIDES; side++)
            {
              graphene_rect_t scene =
                  bounds_in (test_get (stage->view, POSTWEG_TYPE_PLAY_SCENE, scene_names[side]), stage->view);

              g_assert_false (graphene_rect_intersection (&scene, &one, NULL));
            }
        }
      stage_free (stage);
    }
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", 96 * 1024, NULL);
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
}

/* Wide: side by side. Narrow: the buttons between the two pictures. */
static void
test_places (void)
{
  static const int widths[] = { 400, 860 };

  for (guint i = 0; i < G_N_ELEMENTS (widths); i++)
    {
      g_autoptr (Stage) stage = stage_new (widths[i]);
      graphene_rect_t imap =
          bounds_in (test_get (stage->view, POSTWEG_TYPE_PLAY_SCENE, scene_names[0]), stage->view);
      graphene_rect_t pop =
          bounds_in (test_get (stage->view, POSTWEG_TYPE_PLAY_SCENE, scene_names[1]), stage->view);
      graphene_rect_t button = bounds_in (button_of (stage, POSTWEG_ACT_READ), stage->view);

      g_assert_cmpfloat (button.origin.y, >, imap.origin.y);
      g_assert_cmpint (button.origin.y > pop.origin.y, ==, i == 1);
      g_assert_cmpint (pop.origin.x > imap.origin.x + imap.size.width, ==, i == 1);
    }
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

/* Returns: (transfer full): what is drawn, as bytes */
static GBytes *
picture_of (GtkWidget *widget)
{
  GskRenderNode *node;
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  g_autoptr (GdkTexture) texture = NULL;
  guchar *pixels = g_malloc0 ((gsize) width * (gsize) height * 4);

  /* not the one from before the last act */
  gtk_widget_queue_draw (widget);
  gtk_test_widget_wait_for_draw (widget);
  node = drawing_of (widget);
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (gtk_widget_get_native (widget)), node,
                                         &GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height));
  gsk_render_node_unref (node);
  gdk_texture_download (texture, pixels, (gsize) width * 4);
  return g_bytes_new_take (pixels, (gsize) width * (gsize) height * 4);
}

/* Each state is a picture of its own: what was read, moved, deleted or broken can be seen. */
static void
test_pictures (void)
{
  static const PostwegAct acts[] = { POSTWEG_ACT_ARRIVE, POSTWEG_ACT_FETCH_LAPTOP, POSTWEG_ACT_FETCH_PHONE,
                                     POSTWEG_ACT_READ,   POSTWEG_ACT_MOVE,         POSTWEG_ACT_DELETE,
                                     POSTWEG_ACT_BREAK };
  g_autoptr (Stage) stage = stage_new (860);
  g_autoptr (GPtrArray) seen = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  GtkWidget *scene = test_get (stage->view, POSTWEG_TYPE_PLAY_SCENE, scene_names[POSTWEG_PAIR_POP]);

  g_ptr_array_add (seen, picture_of (scene));
  for (guint i = 0; i < G_N_ELEMENTS (acts); i++)
    {
      g_assert_true (press (stage, acts[i]));
      test_turn (20);
      g_ptr_array_add (seen, picture_of (scene));
      for (guint earlier = 0; earlier <= i; earlier++)
        g_assert_false (g_bytes_equal (g_ptr_array_index (seen, earlier), g_ptr_array_index (seen, i + 1)));
    }
  /* and the same state is the same picture */
  test_press (stage->view, "Start Again");
  test_turn (20);
  g_ptr_array_add (seen, picture_of (scene));
  g_assert_true (g_bytes_equal (g_ptr_array_index (seen, 0), g_ptr_array_index (seen, seen->len - 1)));
}

/* On the page: the switches of POP drive the picture, and one button leads to the questions. */
static void
test_page_options (void)
{
  g_autoptr (TestWindow) test = test_window_new ();
  PostwegPage *page;

  test_fill (test, "anna@example.org", 993, 465);
  page = test_show (test, POSTWEG_TYPE_PAGE_ADVICE);
  test_press (page, "A Mail Arrives");
  test_press (page, "Fetch on Laptop");
  g_assert_true (test_says (page, "The laptop gets a copy of its own."));
  gtk_switch_set_active (GTK_SWITCH (test_get (page, GTK_TYPE_SWITCH, "Leave Messages on Server")), FALSE);
  g_assert_true (test_says (page, "gone from the provider: the phone will not get it"));
  g_assert_true (test_says (page, "The first device that asks takes the mail away."));
  g_assert_null (test_find (page, GTK_TYPE_BUTTON, "Let the Days Pass"));
  gtk_switch_set_active (GTK_SWITCH (test_get (page, GTK_TYPE_SWITCH, "Leave Messages on Server")), TRUE);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (test_get (page, GTK_TYPE_SPIN_BUTTON, "Delete After")), 1);
  g_assert_true (test_says (page, "goes after 1 day."));
  test_press (page, "Let the Days Pass");
  g_assert_true (test_says (page, "what the laptop has fetched is gone from the provider"));
  g_assert_true (test_says (page, "The days pass, and no mail goes."));
}

/* One button brings the questions before one's eyes, from wherever one has scrolled to, and takes the keyboard there. */
static void
test_page_questions (void)
{
  g_autoptr (TestWindow) test = test_window_new ();
  PostwegPage *page;

  test_fill (test, "anna@example.org", 993, 465);
  page = test_show (test, POSTWEG_TYPE_PAGE_ADVICE);
  for (guint i = 0; i < 2; i++)
    {
      GtkWidget *focus;
      graphene_rect_t first, last;

      test_press (page, "Which Fits Me?");
      test_turn (100);
      focus = gtk_window_get_focus (GTK_WINDOW (test->window));
      g_assert_true (test_is_named (focus, "Devices you read mail on"));
      first = bounds_in (test_get (page, ADW_TYPE_COMBO_ROW, "Devices you read mail on"), page);
      last = bounds_in (test_get (page, ADW_TYPE_COMBO_ROW, "Somebody else uses this mailbox"), page);
      g_assert_cmpfloat (first.origin.y, >=, 0);
      g_assert_cmpfloat (last.origin.y + last.size.height, <=, gtk_widget_get_height (GTK_WIDGET (page)));
    }
}

/* Back and forth: what was played is still there, and the story does not run behind one's back. */
static void
test_page_back (void)
{
  g_autoptr (TestWindow) test = test_window_new ();
  PostwegPage *page;

  test_fill (test, "anna@example.org", 993, 465);
  for (guint i = 0; i < 2; i++)
    {
      page = test_show (test, POSTWEG_TYPE_PAGE_ADVICE);
      test_press (page, i == 0 ? "A Mail Arrives" : "Play the Story");
      test_press (test->window, "Use IMAP");
      gtk_widget_activate_action (GTK_WIDGET (test->window), "win.back", NULL);
      test_turn (20);
      g_assert_true (POSTWEG_IS_PAGE_ADVICE (test_page (test)));
      g_assert_true (test_says (test_page (test), "A mail arrives at the provider."));
      test_get (test->window, GTK_TYPE_BUTTON, "Play the Story");
    }
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv);
  adw_init ();
  set_animations (FALSE);
  g_test_add_func ("/ui/play/acts", test_acts);
  g_test_add_func ("/ui/play/options", test_options);
  g_test_add_func ("/ui/play/relations", test_relations);
  g_test_add_func ("/ui/play/fast", test_fast);
  g_test_add_func ("/ui/play/motion", test_motion);
  g_test_add_func ("/ui/play/hidden", test_hidden);
  g_test_add_func ("/ui/play/story", test_story);
  g_test_add_func ("/ui/play/story/paused", test_story_paused);
  g_test_add_func ("/ui/play/story/left", test_story_left);
  g_test_add_func ("/ui/play/focus", test_focus);
  g_test_add_func ("/ui/play/widths", test_widths);
  g_test_add_func ("/ui/play/places", test_places);
  g_test_add_func ("/ui/play/pictures", test_pictures);
  g_test_add_func ("/ui/play/page/options", test_page_options);
  g_test_add_func ("/ui/play/page/questions", test_page_questions);
  g_test_add_func ("/ui/play/page/back", test_page_back);
  return g_test_run ();
}
