/* Buttons of which at most one stays pressed, and a sentence about what follows from it. */
#include "ui/parts/complaints.h"
#include "ui/parts/parts.h"
#include "ui/parts/wrap-layout.h"
#include <glib/gi18n-lib.h>

struct _PostwegComplaints {
  AdwPreferencesGroup parent_instance;
  GtkToggleButton *buttons[POSTWEG_N_COMPLAINTS]; /* the first is NULL */
  GtkLabel *plan;
  PostwegComplaint chosen;
};

G_DEFINE_FINAL_TYPE (PostwegComplaints, postweg_complaints, ADW_TYPE_PREFERENCES_GROUP)

static void
toggled (GtkToggleButton *button, PostwegComplaints *self)
{
  gboolean active = gtk_toggle_button_get_active (button);

  for (guint i = 1; i < POSTWEG_N_COMPLAINTS; i++)
    if (self->buttons[i] == button && (active || self->chosen == i))
      postweg_complaints_set (self, active ? (PostwegComplaint) i : POSTWEG_NO_COMPLAINT);
}

static GtkWidget *
button_new (PostwegComplaints *self, PostwegComplaint complaint)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", postweg_complaint_label (complaint), "wrap", TRUE,
                                   "wrap-mode", PANGO_WRAP_WORD_CHAR, NULL);
  GtkWidget *button = g_object_new (GTK_TYPE_TOGGLE_BUTTON, "child", label, NULL);

  postweg_parts_name (button, postweg_complaint_label (complaint));
  self->buttons[complaint] = GTK_TOGGLE_BUTTON (button);
  g_signal_connect (button, "toggled", G_CALLBACK (toggled), self);
  return button;
}

static void
postweg_complaints_class_init (PostwegComplaintsClass *klass G_GNUC_UNUSED)
{
}

static void
postweg_complaints_init (PostwegComplaints *self)
{
  GtkLayoutManager *wrap = g_object_new (POSTWEG_TYPE_WRAP_LAYOUT, "spacing", 6, NULL);
  GtkWidget *box = g_object_new (GTK_TYPE_BOX, "layout-manager", wrap, NULL);

  gtk_widget_add_css_class (box, "complaints");
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), _("What Have You Noticed?"));
  adw_preferences_group_set_description (
      ADW_PREFERENCES_GROUP (self), _("Choose what fits best, or nothing at all. Then choose the account."));
  for (PostwegComplaint complaint = 1; complaint < POSTWEG_N_COMPLAINTS; complaint++)
    gtk_box_append (GTK_BOX (box), button_new (self, complaint));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), box);
  self->plan = g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_STATUS, "wrap", TRUE,
                             "wrap-mode", PANGO_WRAP_WORD_CHAR, "margin-top", 12, "visible", FALSE, NULL);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), GTK_WIDGET (self->plan));
}

void
postweg_complaints_set (PostwegComplaints *self, PostwegComplaint complaint)
{
  self->chosen = complaint;
  for (guint i = 1; i < POSTWEG_N_COMPLAINTS; i++)
    gtk_toggle_button_set_active (self->buttons[i], i == complaint);
  gtk_label_set_label (self->plan, postweg_complaint_plan (complaint));
  gtk_widget_set_visible (GTK_WIDGET (self->plan), complaint != POSTWEG_NO_COMPLAINT);
}

PostwegComplaint
postweg_complaints_get (PostwegComplaints *self)
{
  return self->chosen;
}
