/* Result: one answer, whose matter it is, and what to do. */
#include "ui/page-result.h"

struct _PostwegPageResult {
  PostwegPage parent_instance;
};

G_DEFINE_FINAL_TYPE (PostwegPageResult, postweg_page_result, POSTWEG_TYPE_PAGE)

static void
postweg_page_result_class_init (PostwegPageResultClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/postweg/Postweg/page-result.ui");
}

static void
postweg_page_result_init (PostwegPageResult *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
