/* Test: two lanes whose stations light up as the test goes on. */
#include "ui/page-test.h"

struct _PostwegPageTest {
  PostwegPage parent_instance;
};

G_DEFINE_FINAL_TYPE (PostwegPageTest, postweg_page_test, POSTWEG_TYPE_PAGE)

static void
postweg_page_test_class_init (PostwegPageTestClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/postweg/Postweg/page-test.ui");
}

static void
postweg_page_test_init (PostwegPageTest *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
