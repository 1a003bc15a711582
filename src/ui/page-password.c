/* Password: what the provider demands first, then the password. */
#include "ui/page-password.h"

struct _PostwegPagePassword {
  PostwegPage parent_instance;
};

G_DEFINE_FINAL_TYPE (PostwegPagePassword, postweg_page_password, POSTWEG_TYPE_PAGE)

static void
postweg_page_password_class_init (PostwegPagePasswordClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/postweg/Postweg/page-password.ui");
}

static void
postweg_page_password_init (PostwegPagePassword *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
