/* Mail program: choose one, see the changes, write them, take them back. */
#include "ui/page-program.h"

struct _PostwegPageProgram {
  PostwegPage parent_instance;
};

G_DEFINE_FINAL_TYPE (PostwegPageProgram, postweg_page_program, POSTWEG_TYPE_PAGE)

static void
postweg_page_program_class_init (PostwegPageProgramClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/postweg/Postweg/page-program.ui");
}

static void
postweg_page_program_init (PostwegPageProgram *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
