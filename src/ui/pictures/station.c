/* The states of a station, in a table. */
#include "ui/pictures/station.h"
#include "ui/parts/parts.h"
#include <glib/gi18n-lib.h>

struct _PostwegStation {
  GtkToggleButton parent_instance;
  char *name;
  GtkBox *box, *texts;
  GtkWidget *sign;
  GtkLabel *title, *word, *time;
  PostwegStationState state;
  PostwegLock lock;
  guint ms, phase;
};

G_DEFINE_FINAL_TYPE (PostwegStation, postweg_station, GTK_TYPE_TOGGLE_BUTTON)

/* clang-format off */
static const struct {
  const char *css_class, *word;
  gboolean timed;
} looks[POSTWEG_N_STATION_STATES] = {
  [POSTWEG_STATION_WAITING] = { "dim-label", N_ ("Waiting"), FALSE },
  [POSTWEG_STATION_WORKING] = { "accent", N_ ("At work"), FALSE },
  [POSTWEG_STATION_FINE] = { "success", N_ ("Works"), TRUE },
  [POSTWEG_STATION_NOTE] = { "warning", N_ ("Works with a note"), TRUE },
  [POSTWEG_STATION_BROKEN] = { "error", N_ ("Does not work"), TRUE },
  [POSTWEG_STATION_NOT_REACHED] = { "dim-label", N_ ("Not tested"), FALSE },
};

static const char *const lock_words[] = {
  [POSTWEG_LOCK_NONE] = NULL,
  [POSTWEG_LOCK_OPEN] = N_ ("The way from here on is not encrypted."),
  [POSTWEG_LOCK_CLOSED] = N_ ("The way from here on is encrypted."),
};
/* clang-format on */

static const PostwegStationState states[] = {
  [POSTWEG_STEP_OK] = POSTWEG_STATION_FINE,
  [POSTWEG_STEP_NOTE] = POSTWEG_STATION_NOTE,
  [POSTWEG_STEP_FAILED] = POSTWEG_STATION_BROKEN,
  [POSTWEG_STEP_SKIPPED] = POSTWEG_STATION_NOT_REACHED,
};

static char *
state_words (PostwegStation *self)
{
  const char *word = _(looks[self->state].word);

  if (!looks[self->state].timed)
    return g_strdup (word);
  /* Translators: the state of a station and how long it took, for instance "Works, 12 ms" */
  return g_strdup_printf (_("%s, %u ms"), word, self->ms);
}

static PostwegLock
shown_lock (PostwegStation *self)
{
  gboolean passed = self->state == POSTWEG_STATION_FINE || self->state == POSTWEG_STATION_NOTE;

  return passed ? self->lock : POSTWEG_LOCK_NONE;
}

/* The name stays, so that it can be found again; what changes is the description. */
static void
name_all (PostwegStation *self)
{
  g_autofree char *state = state_words (self);
  const char *lock = lock_words[shown_lock (self)];
  /* Translators: the state of a station and a sentence about encryption */
  g_autofree char *both = lock != NULL ? g_strdup_printf (_("%s. %s"), state, _(lock)) : g_strdup (state);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, self->name,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, both, -1);
}

static void
show (PostwegStation *self)
{
  const char *const css_classes[] = { "caption", looks[self->state].css_class, NULL };
  /* Translators: a time in milliseconds */
  g_autofree char *time = g_strdup_printf (_("%u ms"), self->ms);

  gtk_label_set_label (self->word, _(looks[self->state].word));
  gtk_widget_set_css_classes (GTK_WIDGET (self->word), (const char **) css_classes);
  gtk_label_set_label (self->time, looks[self->state].timed ? time : "");
  name_all (self);
  gtk_widget_queue_draw (self->sign);
}

static void
draw_sign (GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer data)
{
  PostwegStation *self = data;
  PostwegPalette palette;
  gboolean mirrored = gtk_widget_get_direction (GTK_WIDGET (area)) == GTK_TEXT_DIR_RTL;
  graphene_point_t corner = { mirrored ? 9 : (float) width - 9, (float) height - 9 };

  postweg_palette_read (&palette, GTK_WIDGET (area));
  cairo_translate (cr, (width - POSTWEG_SIGN_SIZE) / 2.0, (height - POSTWEG_SIGN_SIZE) / 2.0);
  postweg_paint_sign (cr, &palette, self->state, self->phase);
  cairo_translate (cr, (POSTWEG_SIGN_SIZE - width) / 2.0, (POSTWEG_SIGN_SIZE - height) / 2.0);
  if (shown_lock (self) != POSTWEG_LOCK_NONE)
    postweg_paint_lock (cr, &palette, self->lock == POSTWEG_LOCK_CLOSED, &corner);
}

static GtkLabel *
add_label (PostwegStation *self, const char *css_class)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR, NULL);

  gtk_widget_add_css_class (label, css_class);
  gtk_box_append (self->texts, label);
  return GTK_LABEL (label);
}

static void
finalize (GObject *object)
{
  g_free (POSTWEG_STATION (object)->name);
  G_OBJECT_CLASS (postweg_station_parent_class)->finalize (object);
}

static void
toggled (GtkToggleButton *button)
{
  gtk_accessible_update_state (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_STATE_EXPANDED,
                               gtk_toggle_button_get_active (button), -1);
}

static void
postweg_station_class_init (PostwegStationClass *klass)
{
  GTK_TOGGLE_BUTTON_CLASS (klass)->toggled = toggled;
  G_OBJECT_CLASS (klass)->finalize = finalize;
}

static void
postweg_station_init (PostwegStation *self)
{
  self->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 3));
  self->texts = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 0));
  self->sign = g_object_new (GTK_TYPE_DRAWING_AREA, "content-width", POSTWEG_SIGN_SIZE + 8, "content-height",
                             POSTWEG_SIGN_SIZE, "halign", GTK_ALIGN_CENTER, "valign", GTK_ALIGN_CENTER,
                             "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (self->sign), draw_sign, self, NULL);
  gtk_box_append (self->box, self->sign);
  gtk_box_append (self->box, GTK_WIDGET (self->texts));
  self->title = add_label (self, "caption-heading");
  self->word = add_label (self, "caption");
  self->time = add_label (self, "caption");
  gtk_widget_add_css_class (GTK_WIDGET (self->time), "numeric");
  gtk_button_set_child (GTK_BUTTON (self), GTK_WIDGET (self->box));
  gtk_widget_add_css_class (GTK_WIDGET (self), "flat");
  gtk_widget_add_css_class (GTK_WIDGET (self), "station");
  postweg_station_set_orientation (self, GTK_ORIENTATION_HORIZONTAL);
}

PostwegStation *
postweg_station_new (const char *name)
{
  PostwegStation *self = g_object_new (POSTWEG_TYPE_STATION, NULL);

  self->name = g_strdup (name);
  gtk_label_set_label (self->title, name);
  toggled (GTK_TOGGLE_BUTTON (self));
  show (self);
  return self;
}

const char *
postweg_station_get_name (PostwegStation *self)
{
  return self->name;
}

PostwegStationState
postweg_station_get_state (PostwegStation *self)
{
  return self->state;
}

void
postweg_station_set_state (PostwegStation *self, PostwegStationState state, guint ms)
{
  self->state = state;
  self->ms = ms;
  show (self);
}

void
postweg_station_add_step (PostwegStation *self, const PostwegStep *step)
{
  PostwegStationState state = states[step->verdict];
  gboolean known = self->state > POSTWEG_STATION_WORKING && self->state != POSTWEG_STATION_NOT_REACHED;

  /* a second step that was not needed does not take back what the first one showed */
  if (known)
    state = state == POSTWEG_STATION_NOT_REACHED ? self->state : MAX (state, self->state);
  postweg_station_set_state (self, state, self->ms + step->ms);
}

void
postweg_station_set_lock (PostwegStation *self, PostwegLock lock)
{
  self->lock = lock;
  show (self);
}

char *
postweg_station_words (PostwegStation *self)
{
  g_autofree char *state = state_words (self);

  /* Translators: a station and its state, for instance "Encryption: Works, 12 ms" */
  return g_strdup_printf (_("%s: %s"), self->name, state);
}

void
postweg_station_set_orientation (PostwegStation *self, GtkOrientation orientation)
{
  gboolean below = orientation == GTK_ORIENTATION_HORIZONTAL;
  GtkLabel *const labels[] = { self->title, self->word, self->time };

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->box),
                                  below ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  gtk_box_set_spacing (self->box, below ? 3 : 9);
  gtk_widget_set_valign (GTK_WIDGET (self->texts), below ? GTK_ALIGN_START : GTK_ALIGN_CENTER);
  for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
    {
      gtk_label_set_justify (labels[i], below ? GTK_JUSTIFY_CENTER : GTK_JUSTIFY_LEFT);
      gtk_label_set_xalign (labels[i], below ? 0.5f : 0.0f);
    }
}

int
postweg_station_column_width (PostwegStation *self)
{
  int title, outside, inside;

  gtk_widget_measure (GTK_WIDGET (self->title), GTK_ORIENTATION_HORIZONTAL, -1, NULL, &title, NULL, NULL);
  gtk_widget_measure (GTK_WIDGET (self), GTK_ORIENTATION_HORIZONTAL, -1, NULL, &outside, NULL, NULL);
  gtk_widget_measure (GTK_WIDGET (self->box), GTK_ORIENTATION_HORIZONTAL, -1, NULL, &inside, NULL, NULL);
  return MAX (title, POSTWEG_SIGN_SIZE + 32) + outside - inside;
}

graphene_point_t
postweg_station_sign (PostwegStation *self, GtkWidget *seen_from)
{
  graphene_rect_t bounds;

  if (!gtk_widget_compute_bounds (self->sign, seen_from, &bounds))
    return GRAPHENE_POINT_INIT (0, 0);
  return GRAPHENE_POINT_INIT (bounds.origin.x + bounds.size.width / 2,
                              bounds.origin.y + bounds.size.height / 2);
}

void
postweg_station_set_phase (PostwegStation *self, guint phase)
{
  self->phase = phase;
  gtk_widget_queue_draw (self->sign);
}
