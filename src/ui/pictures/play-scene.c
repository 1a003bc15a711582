/* Nothing is decided here: what is where comes from the play, and what is said about it as well. */
#include "ui/pictures/play-scene.h"
#include "ui/pictures/play-glide.h"
#include "ui/pictures/play-paint.h"
#include "ui/pictures/play-plan.h"
#include "checkup/checkup.h"

#define GLIDE_MS 750
#define NARROWEST 220
#define WIDEST 310 /* at which the picture grows no more */
#define LEAST_FORK 40
#define ROOM 5        /* around words */
#define COMES_FROM 26 /* above its place, units of the picture */
#define GOES_TO 14    /* below it */

struct _PostwegPlayScene {
  GtkWidget parent_instance;
  PostwegPlay before, after;
  AdwAnimation *animation;
  double moved; /* from before to after: 0 … 1 */
};

G_DEFINE_FINAL_TYPE (PostwegPlayScene, postweg_play_scene, GTK_TYPE_WIDGET)

/* How wide the words below a place may be, units of the picture: those of the provider stand between the ways. */
static const float words_widths[POSTWEG_N_PLAY_PLACES] = { 118, 150, 106 };

/* The picture at a certain width. */
typedef struct {
  PostwegPlayPlan plan;
  float scale, x; /* pixels per unit; left edge */
  PangoLayout *words[POSTWEG_N_PLAY_PLACES];
  int heights[POSTWEG_N_PLAY_PLACES]; /* of the words, pixels */
} Picture;

static PangoLayout *
words_of (PostwegPlayScene *self, PostwegPlayPlace place, float width)
{
  g_autofree char *text = postweg_checkup_play_place_text (&self->after, place);
  PangoLayout *layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);

  pango_layout_set_width (layout, (int) width * PANGO_SCALE);
  pango_layout_set_alignment (layout, PANGO_ALIGN_CENTER);
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  return layout;
}

static void
picture_init (Picture *picture, PostwegPlayScene *self, int width)
{
  gboolean mirrored = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;

  picture->scale = (float) MIN (width, WIDEST) / POSTWEG_PLAN_WIDTH;
  picture->x = ((float) width - picture->scale * POSTWEG_PLAN_WIDTH) / 2;
  for (guint i = 0; i < POSTWEG_N_PLAY_PLACES; i++)
    {
      picture->words[i] = words_of (self, (PostwegPlayPlace) i, words_widths[i] * picture->scale);
      pango_layout_get_pixel_size (picture->words[i], NULL, &picture->heights[i]);
    }
  postweg_play_plan (
      &picture->plan,
      MAX (LEAST_FORK, (float) (picture->heights[POSTWEG_AT_PROVIDER] + 2 * ROOM) / picture->scale),
      mirrored);
}

static void
picture_clear (Picture *picture)
{
  for (guint i = 0; i < POSTWEG_N_PLAY_PLACES; i++)
    g_object_unref (picture->words[i]);
}

static int
picture_height (const Picture *picture)
{
  int words = MAX (picture->heights[POSTWEG_AT_LAPTOP], picture->heights[POSTWEG_AT_PHONE]);

  return (int) (picture->scale * picture->plan.height) + ROOM + words + 1;
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
  *minimum = NARROWEST;
  *natural = WIDEST;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    return;
  picture_init (&picture, POSTWEG_PLAY_SCENE (widget), for_size < 0 ? NARROWEST : for_size);
  *minimum = *natural = picture_height (&picture);
  picture_clear (&picture);
}

static graphene_rect_t
rect_of (const PostwegPlayPlan *plan, const PostwegSpot *spot, guint mail)
{
  return postweg_play_plan_spot (plan, spot->place, mail, spot->filed);
}

static void
paint_glide (cairo_t *cr, PostwegPlayScene *self, const PostwegPlayPlan *plan,
             const PostwegPlayColors *colors, const PostwegGlide *glide)
{
  graphene_rect_t from = rect_of (plan, &glide->from, glide->mail);
  graphene_rect_t to = rect_of (plan, &glide->to, glide->mail);
  PostwegEnvelope envelope = { .read = self->moved < 0.5 ? glide->from.read : glide->to.read, .alpha = 1 };

  if (glide->kind == POSTWEG_GLIDE_COMES)
    {
      from.origin.y -= COMES_FROM;
      envelope.alpha = self->moved;
    }
  if (glide->kind == POSTWEG_GLIDE_GOES)
    {
      to.origin.y += GOES_TO;
      envelope.alpha = 1 - self->moved;
    }
  graphene_rect_interpolate (&from, &to, self->moved, &envelope.place);
  postweg_paint_envelope (cr, colors, &envelope);
}

static gboolean
has_filed (const PostwegPlay *play, guint place)
{
  for (guint i = 0; i < POSTWEG_PLAY_MAILS; i++)
    if (play->copies[place][i].there && play->copies[place][i].filed)
      return TRUE;
  return FALSE;
}

static void
paint_places (cairo_t *cr, PostwegPlayScene *self, const PostwegPlayPlan *plan,
              const PostwegPlayColors *colors)
{
  postweg_paint_provider (cr, colors, &plan->places[POSTWEG_AT_PROVIDER]);
  postweg_paint_laptop (cr, colors, &plan->places[POSTWEG_AT_LAPTOP], self->after.laptop_broken);
  postweg_paint_phone (cr, colors, &plan->places[POSTWEG_AT_PHONE]);
  for (guint place = 0; place < POSTWEG_N_PLAY_PLACES; place++)
    postweg_paint_folder (cr, colors, &plan->folders[place], has_filed (&self->after, place));
  for (guint device = POSTWEG_AT_LAPTOP; device <= POSTWEG_AT_PHONE; device++)
    {
      PostwegWay way = { .both_ways = self->after.protocol == POSTWEG_IMAP,
                         .cut = device == POSTWEG_AT_LAPTOP && self->after.laptop_broken };

      postweg_play_plan_way (plan, (PostwegPlayPlace) device, way.ends);
      postweg_paint_way (cr, colors, &way);
    }
}

static void
paint_picture (cairo_t *cr, PostwegPlayScene *self, const Picture *picture, const PostwegPlayColors *colors)
{
  PostwegGlide glides[POSTWEG_MAX_GLIDES];
  guint n = postweg_glides (&self->before, &self->after, glides);

  /* in cairo: GTK 4.8 shifts what is drawn below a scaled snapshot */
  cairo_translate (cr, picture->x, 0);
  cairo_scale (cr, picture->scale, picture->scale);
  paint_places (cr, self, &picture->plan, colors);
  /* what rests below what moves */
  for (guint moving = 0; moving < 2; moving++)
    for (guint i = 0; i < n; i++)
      if ((glides[i].kind != POSTWEG_GLIDE_RESTS) == (moving == 1))
        paint_glide (cr, self, &picture->plan, colors, &glides[i]);
}

static void
snapshot_words (GtkSnapshot *snapshot, const Picture *picture, const GdkRGBA *color)
{
  for (guint i = 0; i < POSTWEG_N_PLAY_PLACES; i++)
    {
      const graphene_rect_t *place = &picture->plan.places[i];
      float width = (float) pango_layout_get_width (picture->words[i]) / PANGO_SCALE;
      float x = picture->x + picture->scale * (place->origin.x + place->size.width / 2) - width / 2;
      float y = i == POSTWEG_AT_PROVIDER ? picture->scale * place->size.height + ROOM
                                         : picture->scale * picture->plan.height + ROOM;

      gtk_snapshot_save (snapshot);
      gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (x, y));
      gtk_snapshot_append_layout (snapshot, picture->words[i], color);
      gtk_snapshot_restore (snapshot);
    }
}

static void
snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  PostwegPlayScene *self = POSTWEG_PLAY_SCENE (widget);
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  cairo_t *cr =
      gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height));
  PostwegPlayColors colors;
  Picture picture;

  postweg_play_colors (&colors, widget);
  picture_init (&picture, self, width);
  paint_picture (cr, self, &picture, &colors);
  cairo_destroy (cr);
  snapshot_words (snapshot, &picture, &colors.text);
  picture_clear (&picture);
}

static void
move (double moved, gpointer data)
{
  PostwegPlayScene *self = data;

  self->moved = moved;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
theme_changed (GtkWidget *self)
{
  gtk_widget_queue_draw (self);
}

static void
dispose (GObject *object)
{
  g_clear_object (&POSTWEG_PLAY_SCENE (object)->animation);
  G_OBJECT_CLASS (postweg_play_scene_parent_class)->dispose (object);
}

static void
postweg_play_scene_class_init (PostwegPlaySceneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dispose;
  widget_class->get_request_mode = get_request_mode;
  widget_class->measure = measure;
  widget_class->snapshot = snapshot;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
postweg_play_scene_init (PostwegPlayScene *self)
{
  AdwAnimationTarget *target = adw_callback_animation_target_new (move, self, NULL);

  self->moved = 1;
  self->animation = adw_timed_animation_new (GTK_WIDGET (self), 0, 1, GLIDE_MS, target);
  adw_timed_animation_set_easing (ADW_TIMED_ANIMATION (self->animation), ADW_EASE_IN_OUT_CUBIC);
  gtk_widget_add_css_class (GTK_WIDGET (self), "caption-heading");
  g_signal_connect_object (adw_style_manager_get_default (), "notify::high-contrast",
                           G_CALLBACK (theme_changed), self, G_CONNECT_SWAPPED);
}

void
postweg_play_scene_show (PostwegPlayScene *self, const PostwegPlay *play)
{
  g_autofree char *description = postweg_checkup_play_description (play);

  adw_animation_skip (self->animation);
  self->before = self->after;
  self->after = *play;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, description,
                                  -1);
  /* words may take more room than before */
  gtk_widget_queue_resize (GTK_WIDGET (self));
  adw_animation_reset (self->animation);
  adw_animation_play (self->animation);
}

gboolean
postweg_play_scene_is_moving (PostwegPlayScene *self)
{
  return adw_animation_get_state (self->animation) == ADW_ANIMATION_PLAYING;
}
