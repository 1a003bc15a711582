/* The first page: the things one can come for. */
#include "ui/pages/welcome.h"
#include "ui/parts/fold-layout.h"

struct _PostwegPageWelcome {
  PostwegPage parent_instance;
};

G_DEFINE_FINAL_TYPE (PostwegPageWelcome, postweg_page_welcome, POSTWEG_TYPE_PAGE)

static void
set_up_chosen (PostwegPageWelcome *self)
{
  PostwegJourney *journey = postweg_page_get_journey (POSTWEG_PAGE (self));

  if (postweg_journey_get_place (journey) != NULL)
    postweg_journey_forget (journey);
  postweg_journey_set_complaint (journey, POSTWEG_NO_COMPLAINT);
  postweg_page_done (POSTWEG_PAGE (self));
}

static void
doctor_chosen (PostwegPageWelcome *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.show-page", "s", "PostwegPageDoctor");
}

static void
explain_chosen (PostwegPageWelcome *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.show-page", "s", "PostwegPageExplain");
}

static void
practice_chosen (PostwegPageWelcome *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.show-page", "s", "PostwegPagePractice");
}

static void
postweg_page_welcome_class_init (PostwegPageWelcomeClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (POSTWEG_TYPE_FOLD_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/postweg/Postweg/page-welcome.ui");
  gtk_widget_class_bind_template_callback (widget_class, set_up_chosen);
  gtk_widget_class_bind_template_callback (widget_class, doctor_chosen);
  gtk_widget_class_bind_template_callback (widget_class, explain_chosen);
  gtk_widget_class_bind_template_callback (widget_class, practice_chosen);
}

static void
postweg_page_welcome_init (PostwegPageWelcome *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
