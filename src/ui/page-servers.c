/* Servers: where mail comes in and goes out, filled in and editable. */
#include "ui/page-servers.h"

struct _PostwegPageServers {
  PostwegPage parent_instance;
};

G_DEFINE_FINAL_TYPE (PostwegPageServers, postweg_page_servers, POSTWEG_TYPE_PAGE)

static void
postweg_page_servers_class_init (PostwegPageServersClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/postweg/Postweg/page-servers.ui");
}

static void
postweg_page_servers_init (PostwegPageServers *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
