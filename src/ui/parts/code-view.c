/* Black on white whatever the theme: scanners know nothing of dark colours. */
#include "ui/parts/code-view.h"
#include "ui/parts/parts.h"
#include <glib/gi18n-lib.h>

#define EDGE 324 /* pixels, with its margin: what fits the narrowest window */

struct _PostwegCodeView {
  AdwPreferencesGroup parent_instance;
  GtkBox *pictures;
  GtkLabel *words;
};

G_DEFINE_FINAL_TYPE (PostwegCodeView, postweg_code_view, ADW_TYPE_PREFERENCES_GROUP)

static void
postweg_code_view_class_init (PostwegCodeViewClass *klass G_GNUC_UNUSED)
{
}

static void
postweg_code_view_init (PostwegCodeView *self)
{
  GtkWidget *box = g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL, "spacing", 12, NULL);

  self->pictures = g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL, "spacing", 24, NULL);
  self->words = g_object_new (GTK_TYPE_LABEL, "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR, "justify",
                              GTK_JUSTIFY_CENTER, NULL);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->pictures));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->words));
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), _("Scan This"));
  postweg_parts_name (GTK_WIDGET (self), _("Scan This"));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), box);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

static void
clear (PostwegCodeView *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->pictures))) != NULL)
    gtk_box_remove (self->pictures, child);
}

/* Returns: whether the change was a picture, and is shown now */
static gboolean
add (PostwegCodeView *self, const PostwegChange *change, const char *description)
{
  g_autoptr (GdkTexture) texture = NULL;
  GtkWidget *picture;

  if (change->after == NULL || !g_str_has_suffix (change->target, ".png"))
    return FALSE;
  texture = gdk_texture_new_from_bytes (change->after, NULL);
  if (texture == NULL)
    return FALSE;
  picture = g_object_new (GTK_TYPE_PICTURE, "paintable", texture, "can-shrink", TRUE, "alternative-text",
                          description, "width-request", EDGE, "height-request", EDGE, "halign",
                          GTK_ALIGN_CENTER, NULL);
  gtk_widget_add_css_class (picture, "code");
  postweg_parts_name (picture, description);
  gtk_box_append (self->pictures, picture);
  return TRUE;
}

void
postweg_code_view_show (PostwegCodeView *self, const PostwegPlan *plan, gboolean secret)
{
  guint n = 0;
  g_autofree char *description = NULL;

  clear (self);
  if (plan != NULL)
    description =
        g_strdup_printf (secret ? _("QR code for %s, with the settings and the password")
                                : _("QR code for %s, with the settings, without a password"), plan->name);
  for (guint i = 0; plan != NULL && i < plan->changes->len; i++)
    n += add (self, g_ptr_array_index (plan->changes, i), description);
  gtk_label_set_label (self->words, secret
                       ? _("The phone can scan it from here; no file is needed for that. The code holds your password: show it to nobody, and leave this page when the phone has it.")
                       : _("The phone can scan it from here; no file is needed for that. The code holds the settings only, and the phone asks for the password."));
  gtk_widget_set_visible (GTK_WIDGET (self), n > 0);
}
