/* POP or IMAP: habits in, recommendation out. */
#include "ui/page-advice.h"

struct _PostwegPageAdvice {
  PostwegPage parent_instance;
};

G_DEFINE_FINAL_TYPE (PostwegPageAdvice, postweg_page_advice, POSTWEG_TYPE_PAGE)

static void
postweg_page_advice_class_init (PostwegPageAdviceClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/postweg/Postweg/page-advice.ui");
}

static void
postweg_page_advice_init (PostwegPageAdvice *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
