/* The window knows the order of the pages and computes every button from the page that is shown. */
#include "ui/window.h"
#include "ui/fold-layout.h"
#include "ui/page-address.h"
#include "ui/page-advice.h"
#include "ui/page-explain.h"
#include "ui/page-password.h"
#include "ui/page-program.h"
#include "ui/page-result.h"
#include "ui/page-servers.h"
#include "ui/page-test.h"
#include "ui/page-welcome.h"
#include "ui/parts.h"
#include <glib/gi18n-lib.h>

struct _PostwegWindow {
  AdwApplicationWindow parent_instance;
  PostwegJourney *journey;
  AdwWindowTitle *title;
  GtkStack *stack;
  GtkWidget *back, *bottom, *stop, *second, *way_on;
  PostwegPage *page;  /* the one shown; the stack owns it */
  int before;         /* where one came from to the page aside */
  guint32 last_press; /* when a button at the bottom was pressed, event time in ms */
};

G_DEFINE_FINAL_TYPE (PostwegWindow, postweg_window, ADW_TYPE_APPLICATION_WINDOW)

/* The order of the pages; a page is the next one of the page above it. Behind the steps stand the pages aside of the road, from which
 * one goes back to where one came from. */
#define N_STEPS 8
static GType (*const page_types[]) (void) = {
  postweg_page_welcome_get_type, postweg_page_address_get_type,  postweg_page_advice_get_type,
  postweg_page_servers_get_type, postweg_page_password_get_type, postweg_page_test_get_type,
  postweg_page_result_get_type,  postweg_page_program_get_type,  postweg_page_explain_get_type,
};

static int
page_index (PostwegWindow *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (page_types); i++)
    if (G_OBJECT_TYPE (self->page) == page_types[i]())
      return (int) i;
  g_assert_not_reached ();
}

static void
update_title (PostwegWindow *self, int index)
{
  g_autofree char *step = g_strdup_printf (_("Step %d of %d"), index, N_STEPS - 1);
  g_autofree char *title = NULL;

  g_object_get (self->page, "title", &title, NULL);
  adw_window_title_set_title (self->title, index > 0 ? title : "Postweg");
  adw_window_title_set_subtitle (self->title, index > 0 && index < N_STEPS ? step : "");
}

static void
update_button (GtkWidget *button, const char *label, gboolean suggested)
{
  gtk_widget_set_visible (button, *label != '\0');
  gtk_button_set_label (GTK_BUTTON (button), label);
  if (suggested)
    gtk_widget_add_css_class (button, "suggested-action");
  else
    gtk_widget_remove_css_class (button, "suggested-action");
}

/* The buttons, from the properties of the page that is shown. */
static void
update (PostwegWindow *self)
{
  g_autofree char *way_on = NULL;
  g_autofree char *second = NULL;
  gboolean complete, second_complete, busy;
  guint suggests;
  int index = page_index (self);

  g_object_get (self->page, "way-on", &way_on, "second-way", &second, "complete", &complete,
                "second-complete", &second_complete, "suggests", &suggests, "busy", &busy, NULL);
  update_title (self, index);
  update_button (self->way_on, way_on, suggests == POSTWEG_SUGGEST_WAY_ON);
  update_button (self->second, second, suggests == POSTWEG_SUGGEST_SECOND);
  gtk_widget_set_visible (self->back, index > 0);
  gtk_widget_set_visible (self->stop, busy);
  gtk_widget_set_visible (self->bottom, busy || *way_on != '\0' || *second != '\0');
  gtk_window_set_default_widget (GTK_WINDOW (self),
                                 suggests == POSTWEG_SUGGEST_SECOND ? self->second : self->way_on);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.go-on", complete && *way_on != '\0');
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.go-second", second_complete && *second != '\0');
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.stop", busy);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.back", index > 0);
}

/* A page that is not shown must not be found by a screen reader; GTK 4.8 leaves it in the tree as long as it is visible.
 * Not before the transition is through, or the page would vanish instead of sliding away. */
static void
hide_left_pages (PostwegWindow *self)
{
  GtkWidget *page = gtk_widget_get_first_child (GTK_WIDGET (self->stack));

  if (self->page == NULL || gtk_stack_get_transition_running (self->stack))
    return;
  for (; page != NULL; page = gtk_widget_get_next_sibling (page))
    gtk_widget_set_visible (page, page == GTK_WIDGET (self->page));
}

/* Typing can begin at once where there is something to type; elsewhere Enter takes the recommended way. */
static void
set_focus (PostwegWindow *self)
{
  GtkWidget *entry = postweg_parts_first_entry (GTK_WIDGET (self->page));
  GtkWidget *button = gtk_window_get_default_widget (GTK_WINDOW (self));

  if (entry != NULL)
    gtk_widget_grab_focus (entry);
  else if (!gtk_widget_is_visible (button) || !gtk_widget_is_sensitive (button) ||
           !gtk_widget_grab_focus (button))
    gtk_widget_child_focus (GTK_WIDGET (self->page), GTK_DIR_TAB_FORWARD);
}

static void
show_page (PostwegWindow *self, int index)
{
  GtkWidget *page = gtk_stack_get_child_by_name (self->stack, g_type_name (page_types[index]()));

  if (POSTWEG_PAGE (page) == self->page)
    return;
  /* an entry that is hidden with the focus in it complains */
  gtk_window_set_focus (GTK_WINDOW (self), NULL);
  if (self->page != NULL)
    {
      if (index >= N_STEPS && page_index (self) < N_STEPS)
        self->before = page_index (self);
      postweg_page_leave (self->page);
    }
  self->page = POSTWEG_PAGE (page);
  gtk_widget_set_visible (page, TRUE);
  gtk_stack_set_visible_child (self->stack, page);
  hide_left_pages (self);
  postweg_page_enter (self->page);
  update (self);
  set_focus (self);
}

static void
page_done (PostwegPage *page, PostwegWindow *self)
{
  if (page == self->page)
    show_page (self, page_index (self) < N_STEPS ? MIN (page_index (self) + 1, N_STEPS - 1) : self->before);
}

static void
page_changed (PostwegPage *page, GParamSpec *spec, PostwegWindow *self)
{
  if (page == self->page && spec->owner_type == POSTWEG_TYPE_PAGE)
    update (self);
}

/* The second click of a double click is not meant for the button that has come into the first one's place: "Write" comes
 * where "Show Changes" was. The gesture cannot count clicks itself, since the button takes each away from it. */
static void
swallow_second_click (PostwegWindow *self, int n_press G_GNUC_UNUSED, double x G_GNUC_UNUSED,
                      double y G_GNUC_UNUSED, GtkGesture *gesture)
{
  guint32 now = gtk_event_controller_get_current_event_time (GTK_EVENT_CONTROLLER (gesture));
  int double_click_ms;

  g_object_get (gtk_widget_get_settings (GTK_WIDGET (self)), "gtk-double-click-time", &double_click_ms, NULL);
  if (now - self->last_press < (guint32) double_click_ms)
    gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  self->last_press = now;
}

static void
go_on (GtkWidget *widget, const char *name G_GNUC_UNUSED, GVariant *parameter G_GNUC_UNUSED)
{
  postweg_page_go_on (POSTWEG_WINDOW (widget)->page);
}

static void
go_second (GtkWidget *widget, const char *name G_GNUC_UNUSED, GVariant *parameter G_GNUC_UNUSED)
{
  postweg_page_go_second (POSTWEG_WINDOW (widget)->page);
}

static void
go_back (GtkWidget *widget, const char *name G_GNUC_UNUSED, GVariant *parameter G_GNUC_UNUSED)
{
  PostwegWindow *self = POSTWEG_WINDOW (widget);

  postweg_page_stop (self->page);
  show_page (self, page_index (self) < N_STEPS ? MAX (page_index (self) - 1, 0) : self->before);
}

static void
stop (GtkWidget *widget, const char *name G_GNUC_UNUSED, GVariant *parameter G_GNUC_UNUSED)
{
  postweg_page_stop (POSTWEG_WINDOW (widget)->page);
}

static void
start_again (GtkWidget *widget, const char *name G_GNUC_UNUSED, GVariant *parameter G_GNUC_UNUSED)
{
  PostwegWindow *self = POSTWEG_WINDOW (widget);

  postweg_page_stop (self->page);
  show_page (self, 0);
  postweg_journey_forget (self->journey);
}

/* Pages name the page to go to when it is not simply the next one: "win.show-page('PostwegPageTest')". */
static void
show_named (GtkWidget *widget, const char *name G_GNUC_UNUSED, GVariant *parameter)
{
  const char *wanted = g_variant_get_string (parameter, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (page_types); i++)
    if (g_strcmp0 (g_type_name (page_types[i]()), wanted) == 0)
      show_page (POSTWEG_WINDOW (widget), (int) i);
}

static gboolean
close_request (GtkWindow *window)
{
  PostwegWindow *self = POSTWEG_WINDOW (window);

  postweg_page_stop (self->page);
  postweg_page_leave (self->page);
  postweg_journey_take_credentials (self->journey, NULL);
  return GTK_WINDOW_CLASS (postweg_window_parent_class)->close_request (window);
}

static void
dispose (GObject *object)
{
  /* what pages and the stack tell while they end is nobody's business any more */
  POSTWEG_WINDOW (object)->page = NULL;
  g_clear_object (&POSTWEG_WINDOW (object)->journey);
  G_OBJECT_CLASS (postweg_window_parent_class)->dispose (object);
}

static void
install_actions (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "win.go-on", NULL, go_on);
  gtk_widget_class_install_action (klass, "win.go-second", NULL, go_second);
  gtk_widget_class_install_action (klass, "win.back", NULL, go_back);
  gtk_widget_class_install_action (klass, "win.stop", NULL, stop);
  gtk_widget_class_install_action (klass, "win.start-again", NULL, start_again);
  gtk_widget_class_install_action (klass, "win.show-page", "s", show_named);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_Left, GDK_ALT_MASK, "win.back", NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_Escape, 0, "win.stop", NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_w, GDK_CONTROL_MASK, "window.close", NULL);
}

static void
postweg_window_class_init (PostwegWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (POSTWEG_TYPE_FOLD_LAYOUT);
  G_OBJECT_CLASS (klass)->dispose = dispose;
  GTK_WINDOW_CLASS (klass)->close_request = close_request;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/postweg/Postweg/window.ui");
  gtk_widget_class_bind_template_child (widget_class, PostwegWindow, title);
  gtk_widget_class_bind_template_child (widget_class, PostwegWindow, back);
  gtk_widget_class_bind_template_child (widget_class, PostwegWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, PostwegWindow, bottom);
  gtk_widget_class_bind_template_child (widget_class, PostwegWindow, stop);
  gtk_widget_class_bind_template_child (widget_class, PostwegWindow, second);
  gtk_widget_class_bind_template_child (widget_class, PostwegWindow, way_on);
  gtk_widget_class_bind_template_callback (widget_class, hide_left_pages);
  gtk_widget_class_bind_template_callback (widget_class, swallow_second_click);
  install_actions (widget_class);
}

static void
postweg_window_init (PostwegWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

PostwegWindow *
postweg_window_new (AdwApplication *application, PostwegJourney *journey)
{
  PostwegWindow *self = g_object_new (POSTWEG_TYPE_WINDOW, "application", application, NULL);

  self->journey = g_object_ref (journey);
  for (guint i = 0; i < G_N_ELEMENTS (page_types); i++)
    {
      PostwegPage *page = g_object_new (page_types[i](), "visible", FALSE, NULL);

      postweg_page_set_journey (page, journey);
      gtk_stack_add_named (self->stack, GTK_WIDGET (page), G_OBJECT_TYPE_NAME (page));
      g_signal_connect_object (page, "done", G_CALLBACK (page_done), self, 0);
      g_signal_connect_object (page, "notify", G_CALLBACK (page_changed), self, 0);
    }
  show_page (self, 0);
  return self;
}
