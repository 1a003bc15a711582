/* Buttons ask the pair of plays, and the pictures show what it answers; a story is the same buttons pressed by a clock. */
#include "ui/pictures/play-view.h"
#include "ui/parts/fold-layout.h"
#include "ui/pictures/play-layout.h"
#include "ui/pictures/play-legend.h"
#include "ui/pictures/play-pair.h"
#include "ui/pictures/play-scene.h"
#include "ui/parts/wrap-layout.h"
#include "ui/parts/parts.h"
#include <glib/gi18n-lib.h>

#define PACE_MS 3200        /* long enough to read both sentences */
#define SENTENCE_LINES "\n" /* room is kept for two, so that the buttons stay where they are */

struct _PostwegPlayView {
  AdwBin parent_instance;
  PostwegPlayPair *pair;
  PostwegPlayScene *imap_scene, *pop_scene;
  GtkLabel *imap_rule, *pop_rule, *imap_sentence, *pop_sentence;
  GtkBox *acts, *legend, *tools;
  GtkWidget *buttons[POSTWEG_N_ACTS];
  GtkWidget *story, *again;
  AdwButtonContent *story_words;
  guint pace;       /* ms */
  guint clock;      /* of the story; 0: it does not run */
  guint story_step; /* the next one */
  guint story_acts; /* that had been done when it was paused */
};

G_DEFINE_FINAL_TYPE (PostwegPlayView, postweg_play_view, ADW_TYPE_BIN)

static const char *const icons[POSTWEG_N_ACTS] = {
  [POSTWEG_ACT_ARRIVE] = "mail-unread-symbolic",
  [POSTWEG_ACT_FETCH_LAPTOP] = "computer-symbolic",
  [POSTWEG_ACT_FETCH_PHONE] = "phone-symbolic",
  [POSTWEG_ACT_READ] = "view-reveal-symbolic",
  [POSTWEG_ACT_MOVE] = "folder-symbolic",
  [POSTWEG_ACT_DELETE] = "user-trash-symbolic",
  [POSTWEG_ACT_WAIT] = "x-office-calendar-symbolic",
  [POSTWEG_ACT_BREAK] = "computer-fail-symbolic",
};

static const PostwegAct story_acts[] = {
  POSTWEG_ACT_ARRIVE, POSTWEG_ACT_FETCH_LAPTOP, POSTWEG_ACT_FETCH_PHONE, POSTWEG_ACT_READ, POSTWEG_ACT_MOVE,
  POSTWEG_ACT_ARRIVE, POSTWEG_ACT_FETCH_LAPTOP, POSTWEG_ACT_DELETE,      POSTWEG_ACT_WAIT, POSTWEG_ACT_BREAK,
};

static void
show_side (PostwegPlayView *self, PostwegPairSide side, PostwegPlayScene *scene, GtkLabel *rule,
           GtkLabel *sentence)
{
  const PostwegPlay *play = &self->pair->plays[side];
  g_autofree char *words = postweg_checkup_play_rule (play);

  gtk_label_set_label (rule, words);
  gtk_label_set_label (sentence, self->pair->sentences[side]);
  postweg_play_scene_show (scene, play);
}

/* A button that can no longer be pressed would drop the keyboard's focus. */
static void
hand_focus_on (PostwegPlayView *self, GtkWidget *from)
{
  GtkWidget *next = from;

  while (next != NULL && !(gtk_widget_get_visible (next) && gtk_widget_get_sensitive (next)))
    next = gtk_widget_get_next_sibling (next);
  gtk_widget_grab_focus (next != NULL ? next : self->story);
}

static void
show_buttons (PostwegPlayView *self)
{
  for (guint act = 0; act < POSTWEG_N_ACTS; act++)
    {
      gboolean can = postweg_play_pair_can (self->pair, (PostwegAct) act);
      gboolean focused = gtk_widget_is_focus (self->buttons[act]);

      gtk_widget_set_sensitive (self->buttons[act], can);
      if (focused && !can)
        hand_focus_on (self, self->buttons[act]);
    }
  gtk_widget_set_visible (self->buttons[POSTWEG_ACT_WAIT], postweg_play_pair_has_days (self->pair));
  gtk_widget_set_sensitive (self->again, self->pair->acts->len > 0);
}

static void
show_story (PostwegPlayView *self)
{
  const char *words = self->clock != 0 ? _("Pause the Story") : _("Play the Story");

  adw_button_content_set_label (self->story_words, words);
  adw_button_content_set_icon_name (self->story_words, self->clock != 0 ? "media-playback-pause-symbolic"
                                                                        : "media-playback-start-symbolic");
}

static void
show (PostwegPlayView *self)
{
  show_side (self, POSTWEG_PAIR_IMAP, self->imap_scene, self->imap_rule, self->imap_sentence);
  show_side (self, POSTWEG_PAIR_POP, self->pop_scene, self->pop_rule, self->pop_sentence);
  show_buttons (self);
}

static void
pause_story (PostwegPlayView *self)
{
  g_clear_handle_id (&self->clock, g_source_remove);
  self->story_acts = self->pair != NULL ? self->pair->acts->len : 0;
  show_story (self);
}

static void
act_pressed (GtkWidget *button, gpointer data)
{
  PostwegPlayView *self = data;

  pause_story (self);
  for (guint act = 0; act < POSTWEG_N_ACTS; act++)
    if (self->buttons[act] == button && postweg_play_pair_act (self->pair, (PostwegAct) act))
      show (self);
}

/* Returns: whether there was something left to happen */
static gboolean
tell_next (PostwegPlayView *self)
{
  while (self->story_step < G_N_ELEMENTS (story_acts))
    if (postweg_play_pair_act (self->pair, story_acts[self->story_step++]))
      {
        show (self);
        return TRUE;
      }
  return FALSE;
}

static gboolean
clock_struck (gpointer data)
{
  PostwegPlayView *self = data;

  if (tell_next (self))
    return G_SOURCE_CONTINUE;
  self->clock = 0;
  pause_story (self);
  return G_SOURCE_REMOVE;
}

static void
story_pressed (PostwegPlayView *self)
{
  if (self->clock != 0)
    {
      pause_story (self);
      return;
    }
  /* at its end, or when somebody has done something meanwhile, it is told from the beginning */
  if (self->story_step >= G_N_ELEMENTS (story_acts) || self->story_acts != self->pair->acts->len)
    postweg_play_view_restart (self);
  if (tell_next (self))
    self->clock = g_timeout_add (self->pace, clock_struck, self);
  show_story (self);
}

/* AdwButtonContent does not wrap: long words in large letters would make the whole page wider than the window. */
static void
add_button (PostwegPlayView *self, PostwegAct act)
{
  const char *label = postweg_checkup_play_label (act);
  GtkWidget *content = g_object_new (GTK_TYPE_BOX, "spacing", 6, "halign", GTK_ALIGN_CENTER, NULL);

  gtk_box_append (GTK_BOX (content), g_object_new (GTK_TYPE_IMAGE, "icon-name", icons[act], "accessible-role",
                                                   GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL));
  gtk_box_append (GTK_BOX (content), g_object_new (GTK_TYPE_LABEL, "label", label, "wrap", TRUE, "wrap-mode",
                                                   PANGO_WRAP_WORD_CHAR, NULL));
  self->buttons[act] = g_object_new (GTK_TYPE_BUTTON, "child", content, NULL);
  gtk_widget_add_css_class (self->buttons[act], "image-text-button");
  postweg_parts_name (self->buttons[act], label);
  g_signal_connect (self->buttons[act], "clicked", G_CALLBACK (act_pressed), self);
  gtk_box_append (self->acts, self->buttons[act]);
}

static void
keep_room (GtkLabel *label)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (label), SENTENCE_LINES);
  int height;

  pango_layout_get_pixel_size (layout, NULL, &height);
  gtk_widget_set_size_request (GTK_WIDGET (label), -1,
                               height + gtk_widget_get_margin_top (GTK_WIDGET (label)));
}

static void
map (GtkWidget *widget)
{
  PostwegPlayView *self = POSTWEG_PLAY_VIEW (widget);

  /* the size of the font is known now */
  keep_room (self->imap_sentence);
  keep_room (self->pop_sentence);
  GTK_WIDGET_CLASS (postweg_play_view_parent_class)->map (widget);
}

/* A story that nobody sees costs nothing. */
static void
unmap (GtkWidget *widget)
{
  pause_story (POSTWEG_PLAY_VIEW (widget));
  GTK_WIDGET_CLASS (postweg_play_view_parent_class)->unmap (widget);
}

static void
dispose (GObject *object)
{
  PostwegPlayView *self = POSTWEG_PLAY_VIEW (object);

  g_clear_handle_id (&self->clock, g_source_remove);
  g_clear_pointer (&self->pair, postweg_play_pair_free);
  G_OBJECT_CLASS (postweg_play_view_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *klass)
{
  gtk_widget_class_bind_template_child (klass, PostwegPlayView, imap_scene);
  gtk_widget_class_bind_template_child (klass, PostwegPlayView, pop_scene);
  gtk_widget_class_bind_template_child (klass, PostwegPlayView, imap_rule);
  gtk_widget_class_bind_template_child (klass, PostwegPlayView, pop_rule);
  gtk_widget_class_bind_template_child (klass, PostwegPlayView, imap_sentence);
  gtk_widget_class_bind_template_child (klass, PostwegPlayView, pop_sentence);
  gtk_widget_class_bind_template_child (klass, PostwegPlayView, acts);
  gtk_widget_class_bind_template_child (klass, PostwegPlayView, legend);
  gtk_widget_class_bind_template_child (klass, PostwegPlayView, tools);
  gtk_widget_class_bind_template_child (klass, PostwegPlayView, story);
  gtk_widget_class_bind_template_child (klass, PostwegPlayView, story_words);
  gtk_widget_class_bind_template_child (klass, PostwegPlayView, again);
}

static void
postweg_play_view_class_init (PostwegPlayViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (POSTWEG_TYPE_FOLD_LAYOUT);
  g_type_ensure (POSTWEG_TYPE_PLAY_LAYOUT);
  g_type_ensure (POSTWEG_TYPE_PLAY_SCENE);
  g_type_ensure (POSTWEG_TYPE_WRAP_LAYOUT);
  G_OBJECT_CLASS (klass)->dispose = dispose;
  widget_class->map = map;
  widget_class->unmap = unmap;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/postweg/Postweg/play-view.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, story_pressed);
  gtk_widget_class_bind_template_callback (widget_class, postweg_play_view_restart);
}

static void
postweg_play_view_init (PostwegPlayView *self)
{
  const PostwegPopOptions keep = { .keep_on_server = TRUE };

  gtk_widget_init_template (GTK_WIDGET (self));
  self->pace = PACE_MS;
  self->pair = postweg_play_pair_new (&keep);
  for (guint act = 0; act < POSTWEG_N_ACTS; act++)
    add_button (self, (PostwegAct) act);
  gtk_box_append (self->acts, self->again);
  postweg_play_legend_fill (self->legend);
  show_story (self);
  show (self);
}

void
postweg_play_view_set_pop (PostwegPlayView *self, const PostwegPopOptions *pop)
{
  postweg_play_pair_set_pop (self->pair, pop);
  show (self);
}

void
postweg_play_view_restart (PostwegPlayView *self)
{
  self->story_step = 0;
  postweg_play_pair_restart (self->pair);
  pause_story (self);
  show (self);
}

void
postweg_play_view_add_tool (PostwegPlayView *self, GtkWidget *widget)
{
  gtk_box_prepend (self->tools, widget);
}

void
postweg_play_view_set_pace (PostwegPlayView *self, guint ms)
{
  self->pace = ms;
}
