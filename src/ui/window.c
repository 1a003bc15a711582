/* The window knows the order of the pages and computes every button from the page that is shown. */
#include "ui/window.h"
#include "ui/parts/fold-layout.h"
#include "ui/pages/address.h"
#include "ui/pages/advice.h"
#include "ui/pages/doctor.h"
#include "ui/pages/explain.h"
#include "ui/pages/password.h"
#include "ui/pages/practice.h"
#include "ui/pages/program.h"
#include "ui/pages/result.h"
#include "ui/pages/servers.h"
#include "ui/pages/test.h"
#include "ui/pages/welcome.h"
#include "ui/parts/parts.h"
#include "ui/remember.h"
#include <glib/gi18n-lib.h>

struct _PostwegWindow {
  AdwApplicationWindow parent_instance;
  PostwegJourney *journey; /* the one that the pages are on */
  PostwegJourney *own;     /* the person's; another one than `journey` while practising */
  AdwWindowTitle *title;
  GtkStack *stack;
  GtkWidget *practice, *back, *bottom, *stop, *second, *way_on;
  PostwegPage *page;  /* the one shown; its place in the stack owns it */
  guint making;       /* pages are made in advance, one at a time, when nothing else is to be done */
  int before;         /* where one came from to the page aside */
  int outside;        /* the same, of the page from which practice began */
  guint32 last_press; /* when a button at the bottom was pressed, event time in ms */
};

G_DEFINE_FINAL_TYPE (PostwegWindow, postweg_window, ADW_TYPE_APPLICATION_WINDOW)

/* The order of the pages, and the roads on which each is a step. The first one of a road is where it begins. From a page that is on none
 * of the road that is taken one goes back to where one came from. */
#define SETUP (1u << POSTWEG_ROAD_SETUP)
#define DOCTOR (1u << POSTWEG_ROAD_DOCTOR)
#define PRACTICE (1u << POSTWEG_ROAD_PRACTICE)

static const struct {
  GType (*type) (void);
  guint roads;
} pages[] = {
  { postweg_page_welcome_get_type, SETUP | DOCTOR },
  { postweg_page_practice_get_type, PRACTICE },
  { postweg_page_doctor_get_type, DOCTOR },
  { postweg_page_address_get_type, SETUP | PRACTICE },
  { postweg_page_advice_get_type, SETUP },
  { postweg_page_servers_get_type, SETUP | PRACTICE },
  { postweg_page_password_get_type, SETUP | DOCTOR | PRACTICE },
  { postweg_page_test_get_type, SETUP | DOCTOR | PRACTICE },
  { postweg_page_result_get_type, SETUP | DOCTOR | PRACTICE },
  { postweg_page_program_get_type, SETUP | DOCTOR },
  { postweg_page_explain_get_type, 0 },
};

#define N_PAGES ((int) G_N_ELEMENTS (pages))

/* Each page has a place in the stack, which slides by their order; the page itself is made when it is wanted. */
static GtkWidget *
place_of (PostwegWindow *self, int index)
{
  return gtk_stack_get_child_by_name (self->stack, g_type_name (pages[index].type ()));
}

static gboolean
is_on_road (PostwegWindow *self, int index)
{
  return (pages[index].roads & (1u << postweg_journey_get_road (self->journey))) != 0;
}

/* Returns: the number of the page among the steps of the road, which are counted behind its begin */
static int
step_of (PostwegWindow *self, int index)
{
  int step = -1;

  for (int i = 0; i <= index; i++)
    step += is_on_road (self, i);
  return step;
}

/* Returns: the next page of the road in this direction, or the page itself */
static int
neighbour (PostwegWindow *self, int index, int direction)
{
  for (int i = index + direction; i >= 0 && i < N_PAGES; i += direction)
    if (is_on_road (self, i))
      return i;
  return index;
}

/* Servers that are changed in passing lead to the password as everywhere. */
static gboolean
leads_on (PostwegWindow *self, int index)
{
  return is_on_road (self, index) || pages[index].roads != 0;
}

static int
index_of (GType type)
{
  for (int i = 0; i < N_PAGES; i++)
    if (pages[i].type () == type)
      return i;
  g_assert_not_reached ();
}

static int
page_index (PostwegWindow *self)
{
  return index_of (G_OBJECT_TYPE (self->page));
}

static void
update_title (PostwegWindow *self, int index)
{
  gboolean is_step = is_on_road (self, index) && step_of (self, index) > 0;
  g_autofree char *step =
      g_strdup_printf (_("Step %d of %d"), step_of (self, index), step_of (self, N_PAGES - 1));
  g_autofree char *title = NULL;

  g_object_get (self->page, "title", &title, NULL);
  adw_window_title_set_title (self->title, index > 0 ? title : "Postweg");
  postweg_parts_name (GTK_WIDGET (self->title), index > 0 ? title : "Postweg");
  adw_window_title_set_subtitle (self->title, is_step ? step : "");
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
  gtk_widget_set_visible (self->practice, self->journey != self->own);
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
  if (self->page == NULL || gtk_stack_get_transition_running (self->stack))
    return;
  for (int i = 0; i < N_PAGES; i++)
    gtk_widget_set_visible (place_of (self, i), i == page_index (self));
}

/* Typing can begin at once where there is something to type; elsewhere Enter takes the recommended way. */
static void
set_focus (PostwegWindow *self)
{
  GtkWidget *entry = postweg_parts_first_entry (GTK_WIDGET (self->page));
  GtkWidget *button = gtk_window_get_default_widget (GTK_WINDOW (self));
  GtkWidget *chosen = gtk_window_get_focus (GTK_WINDOW (self)); /* by the page itself */

  if (chosen != NULL && gtk_widget_is_ancestor (chosen, GTK_WIDGET (self->page)))
    return;
  if (entry != NULL)
    gtk_widget_grab_focus (entry);
  else if (!gtk_widget_is_visible (button) || !gtk_widget_is_sensitive (button) ||
           !gtk_widget_grab_focus (button))
    gtk_widget_child_focus (GTK_WIDGET (self->page), GTK_DIR_TAB_FORWARD);
}

/* Returns: (transfer none): the page, made if it was not wanted before */
static PostwegPage *
page_at (PostwegWindow *self, int index)
{
  AdwBin *place = ADW_BIN (place_of (self, index));

  if (adw_bin_get_child (place) == NULL)
    adw_bin_set_child (place, g_object_new (pages[index].type (), NULL));
  return POSTWEG_PAGE (adw_bin_get_child (place));
}

static void
show_page (PostwegWindow *self, int index)
{
  GtkWidget *place = place_of (self, index);
  PostwegPage *page = page_at (self, index);

  if (page == self->page)
    return;
  /* an entry that is hidden with the focus in it complains */
  gtk_window_set_focus (GTK_WINDOW (self), NULL);
  if (self->page != NULL)
    {
      if (!is_on_road (self, index) && is_on_road (self, page_index (self)))
        self->before = page_index (self);
      postweg_page_leave (self->page);
    }
  self->page = page;
  gtk_widget_set_visible (place, TRUE);
  gtk_stack_set_visible_child (self->stack, place);
  hide_left_pages (self);
  postweg_page_enter (self->page);
  update (self);
  set_focus (self);
}

/* Pages that are not shown do not look at their journey. */
static void
set_journey (PostwegWindow *self, PostwegJourney *journey)
{
  g_set_object (&self->journey, journey);
  for (int i = 0; i < N_PAGES; i++)
    {
      GtkWidget *page = adw_bin_get_child (ADW_BIN (place_of (self, i)));

      if (page != NULL)
        postweg_page_set_journey (POSTWEG_PAGE (page), journey);
    }
}

/* Practice has a journey of its own; what was said and found for a real account waits meanwhile. */
static void
practice_opened (PostwegPagePractice *page, PostwegWindow *self)
{
  PostwegPracticeBox *box = postweg_page_practice_take_box (page);
  g_autoptr (PostwegJourney) journey = postweg_journey_new_practice (box);

  self->outside = self->before;
  set_journey (self, journey);
  show_page (self, neighbour (self, page_index (self), 1));
}

/* Back to the choice of scenarios, as if one had never left it. */
static void
end_practice (GtkWidget *widget, const char *name G_GNUC_UNUSED, GVariant *parameter G_GNUC_UNUSED)
{
  PostwegWindow *self = POSTWEG_WINDOW (widget);

  if (self->journey == self->own)
    return;
  postweg_page_stop (self->page);
  show_page (self, index_of (POSTWEG_TYPE_PAGE_PRACTICE));
  postweg_journey_take_credentials (self->journey, NULL);
  postweg_journey_close_box (self->journey);
  set_journey (self, self->own);
  update (self);
  self->before = self->outside;
}

/* The begin of the practice road is outside practice. */
static void
go_to (PostwegWindow *self, int index)
{
  if (self->journey != self->own && pages[index].type () == POSTWEG_TYPE_PAGE_PRACTICE)
    end_practice (GTK_WIDGET (self), NULL, NULL);
  else
    show_page (self, index);
}

static void
page_done (PostwegPage *page, PostwegWindow *self)
{
  int index = page_index (self);

  if (page == self->page)
    show_page (self, leads_on (self, index) ? neighbour (self, index, 1) : self->before);
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
  int index = page_index (self);

  postweg_page_stop (self->page);
  go_to (self, is_on_road (self, index) ? neighbour (self, index, -1) : self->before);
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
  if (self->journey != self->own)
    {
      end_practice (widget, NULL, NULL);
      return;
    }
  show_page (self, 0);
  postweg_journey_forget (self->journey);
}

/* Everything that was kept for the next time, and what is in the window now. */
static void
forget (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PostwegWindow *self = POSTWEG_WINDOW (widget);

  if (self->journey != self->own)
    end_practice (widget, NULL, NULL);
  start_again (widget, name, parameter);
  postweg_journey_set_consent (self->own, POSTWEG_CONSENT_DEFAULT);
  postweg_remember_forget ();
}

/* Pages name the page to go to when it is not simply the next one: "win.show-page('PostwegPageTest')". */
static void
show_named (GtkWidget *widget, const char *name G_GNUC_UNUSED, GVariant *parameter)
{
  const char *wanted = g_variant_get_string (parameter, NULL);

  for (int i = 0; i < N_PAGES; i++)
    if (g_strcmp0 (g_type_name (pages[i].type ()), wanted) == 0)
      go_to (POSTWEG_WINDOW (widget), i);
}

static gboolean
close_request (GtkWindow *window)
{
  PostwegWindow *self = POSTWEG_WINDOW (window);

  postweg_page_stop (self->page);
  postweg_page_leave (self->page);
  postweg_remember_save (self->own);
  postweg_journey_take_credentials (self->own, NULL);
  postweg_journey_take_credentials (self->journey, NULL);
  postweg_journey_close_box (self->journey);
  return GTK_WINDOW_CLASS (postweg_window_parent_class)->close_request (window);
}

static void
dispose (GObject *object)
{
  /* what pages and the stack tell while they end is nobody's business any more */
  POSTWEG_WINDOW (object)->page = NULL;
  g_clear_handle_id (&POSTWEG_WINDOW (object)->making, g_source_remove);
  g_clear_object (&POSTWEG_WINDOW (object)->journey);
  g_clear_object (&POSTWEG_WINDOW (object)->own);
  G_OBJECT_CLASS (postweg_window_parent_class)->dispose (object);
}

static void
install_actions (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "win.go-on", NULL, go_on);
  gtk_widget_class_install_action (klass, "win.go-second", NULL, go_second);
  gtk_widget_class_install_action (klass, "win.back", NULL, go_back);
  gtk_widget_class_install_action (klass, "win.stop", NULL, stop);
  gtk_widget_class_install_action (klass, "win.end-practice", NULL, end_practice);
  gtk_widget_class_install_action (klass, "win.start-again", NULL, start_again);
  gtk_widget_class_install_action (klass, "win.forget", NULL, forget);
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
  gtk_widget_class_bind_template_child (widget_class, PostwegWindow, practice);
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

static void
page_made (PostwegWindow *self, GParamSpec *spec G_GNUC_UNUSED, AdwBin *place)
{
  PostwegPage *page = POSTWEG_PAGE (adw_bin_get_child (place));

  if (page == NULL)
    return;
  postweg_page_set_journey (page, self->journey);
  g_signal_connect_object (page, "done", G_CALLBACK (page_done), self, 0);
  g_signal_connect_object (page, "notify", G_CALLBACK (page_changed), self, 0);
  if (POSTWEG_IS_PAGE_PRACTICE (page))
    g_signal_connect_object (page, "opened", G_CALLBACK (practice_opened), self, 0);
}

static gboolean
make_next (gpointer data)
{
  PostwegWindow *self = data;

  for (int i = 0; i < N_PAGES; i++)
    if (adw_bin_get_child (ADW_BIN (place_of (self, i))) == NULL)
      {
        page_at (self, i);
        return G_SOURCE_CONTINUE;
      }
  self->making = 0;
  return G_SOURCE_REMOVE;
}

/* The first picture does not wait for pages that nobody has asked for, and later no click waits for its page. */
static gboolean
first_frame (GtkWidget *widget, GdkFrameClock *clock G_GNUC_UNUSED, gpointer data G_GNUC_UNUSED)
{
  POSTWEG_WINDOW (widget)->making = g_idle_add_full (G_PRIORITY_LOW, make_next, widget, NULL);
  return G_SOURCE_REMOVE;
}

PostwegWindow *
postweg_window_new (AdwApplication *application, PostwegJourney *journey)
{
  PostwegWindow *self = g_object_new (POSTWEG_TYPE_WINDOW, "application", application, NULL);

  self->journey = g_object_ref (journey);
  self->own = g_object_ref (journey);
  for (int i = 0; i < N_PAGES; i++)
    {
      GtkWidget *place = adw_bin_new ();

      gtk_widget_set_visible (place, FALSE);
      g_signal_connect_object (place, "notify::child", G_CALLBACK (page_made), self, G_CONNECT_SWAPPED);
      gtk_stack_add_named (self->stack, place, g_type_name (pages[i].type ()));
    }
  show_page (self, 0);
  gtk_widget_add_tick_callback (GTK_WIDGET (self), first_frame, NULL, NULL);
  return self;
}
