/* The states of a station, in a table. */
#include "ui/station-row.h"
#include "ui/parts.h"
#include <glib/gi18n-lib.h>

struct _PostwegStationRow {
  AdwExpanderRow parent_instance;
  GtkWidget *signs; /* a stack: a still image, or a spinner */
  GtkImage *image;
  GtkSpinner *spinner;
  PostwegStationState state;
  guint ms;
};

G_DEFINE_FINAL_TYPE (PostwegStationRow, postweg_station_row, ADW_TYPE_EXPANDER_ROW)

static const struct {
  const char *icon;
  const char *css_class;
  const char *word;
  gboolean timed;
} looks[] = {
  [POSTWEG_STATION_WAITING] = {
      "content-loading-symbolic", "dim-label", N_ ("Waiting"), FALSE },
      [POSTWEG_STATION_WORKING] = {
          "content-loading-symbolic", "accent", N_ ("At work"), FALSE },
          [POSTWEG_STATION_FINE] = {
              "object-select-symbolic", "success", N_ ("Works"), TRUE },
              [POSTWEG_STATION_NOTE] = {
                  "dialog-information-symbolic", "warning", N_ ("Works with a note"), TRUE },
                  [POSTWEG_STATION_BROKEN] = { "window-close-symbolic", "error", N_ ("Does not work"), TRUE },
                                               [POSTWEG_STATION_NOT_REACHED] = { "list-remove-symbolic",
                                                                                 "dim-label",
                                                                                 N_ ("Not tested"), FALSE },
                                               };

static const PostwegStationState states[] = {
  [POSTWEG_STEP_OK] = POSTWEG_STATION_FINE,
  [POSTWEG_STEP_NOTE] = POSTWEG_STATION_NOTE,
  [POSTWEG_STEP_FAILED] = POSTWEG_STATION_BROKEN,
  [POSTWEG_STEP_SKIPPED] = POSTWEG_STATION_NOT_REACHED,
};

static char *
state_words (PostwegStationRow *self)
{
  const char *word = _(looks[self->state].word);

  if (!looks[self->state].timed)
    return g_strdup (word);
  /* Translators: the state of a station and how long it took, for instance "Works, 12 ms" */
  return g_strdup_printf (_("%s, %u ms"), word, self->ms);
}

static void
show (PostwegStationRow *self)
{
  g_autofree char *words = state_words (self);
  gboolean working = self->state == POSTWEG_STATION_WORKING;
  const char *const css_classes[] = { looks[self->state].css_class, NULL };

  gtk_image_set_from_icon_name (self->image, looks[self->state].icon);
  gtk_widget_set_css_classes (GTK_WIDGET (self->image), (const char **) css_classes);
  gtk_stack_set_visible_child (GTK_STACK (self->signs),
                               working ? GTK_WIDGET (self->spinner) : GTK_WIDGET (self->image));
  gtk_spinner_set_spinning (self->spinner, working);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, words, -1);
}

static void
postweg_station_row_class_init (PostwegStationRowClass *klass G_GNUC_UNUSED)
{
}

static void
postweg_station_row_init (PostwegStationRow *self)
{
  self->signs = gtk_stack_new ();
  self->image = g_object_new (GTK_TYPE_IMAGE, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  self->spinner = g_object_new (GTK_TYPE_SPINNER, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  gtk_widget_set_valign (self->signs, GTK_ALIGN_CENTER);
  gtk_stack_add_child (GTK_STACK (self->signs), GTK_WIDGET (self->image));
  gtk_stack_add_child (GTK_STACK (self->signs), GTK_WIDGET (self->spinner));
  adw_expander_row_add_prefix (ADW_EXPANDER_ROW (self), self->signs);
  show (self);
}

PostwegStationRow *
postweg_station_row_new (const char *name)
{
  return POSTWEG_STATION_ROW (postweg_parts_row_new (POSTWEG_TYPE_STATION_ROW, name));
}

PostwegStationState
postweg_station_row_get_state (PostwegStationRow *self)
{
  return self->state;
}

void
postweg_station_row_set_state (PostwegStationRow *self, PostwegStationState state, guint ms)
{
  self->state = state;
  self->ms = ms;
  show (self);
}

void
postweg_station_row_add_step (PostwegStationRow *self, const PostwegStep *step)
{
  PostwegStationState state = states[step->verdict];

  /* a second step that was not needed does not take back what the first one showed */
  if (state == POSTWEG_STATION_NOT_REACHED && self->state > POSTWEG_STATION_WORKING)
    state = self->state;
  postweg_station_row_set_state (self,
                                 self->state > POSTWEG_STATION_WORKING &&
                                         self->state != POSTWEG_STATION_NOT_REACHED
                                     ? MAX (state, self->state)
                                     : state,
                                 self->ms + step->ms);
}

void
postweg_station_row_add_detail (PostwegStationRow *self, GtkWidget *row)
{
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), row);
}

char *
postweg_station_row_words (PostwegStationRow *self)
{
  g_autofree char *state = state_words (self);

  /* Translators: a station and its state, for instance "Encryption: Works, 12 ms" */
  return g_strdup_printf (_("%s: %s"), adw_preferences_row_get_title (ADW_PREFERENCES_ROW (self)), state);
}
