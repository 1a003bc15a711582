/* Test: two lanes whose stations light up as the test goes on. */
#include "ui/page-test.h"
#include "ui/fold-layout.h"
#include "ui/lane.h"
#include <glib/gi18n-lib.h>

#define GLANCE_MS 700 /* the last station can be seen before the result takes over */

struct _PostwegPageTest {
  PostwegPage parent_instance;
  PostwegLane *receiving, *sending;
  GtkLabel *status, *news;
  GCancellable *running; /* of the test whose news are shown; NULL when none runs */
  guint glance;          /* source */
};

G_DEFINE_FINAL_TYPE (PostwegPageTest, postweg_page_test, POSTWEG_TYPE_PAGE)

/* One run of the test. The news of a run that was stopped may arrive while the next one is on its way: each knows its own. */
typedef struct {
  PostwegPageTest *page; /* (owned): a window that is closed meanwhile must not take it away */
  GCancellable *cancellable;
} Run;

static Run *
run_new (PostwegPageTest *page)
{
  Run *run = g_new (Run, 1);

  *run = (Run){ g_object_ref (page), g_object_ref (page->running) };
  return run;
}

static void
run_free (Run *run)
{
  g_object_unref (run->page);
  g_object_unref (run->cancellable);
  g_free (run);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Run, run_free)

static gboolean
is_current (const Run *run)
{
  return run->page->running == run->cancellable;
}

static PostwegLane *
lane_of (PostwegPageTest *self, PostwegSide side)
{
  return side == POSTWEG_RECEIVE ? self->receiving : self->sending;
}

static void
tell (PostwegPageTest *self, PostwegSide side, const char *words)
{
  const char *lane = side == POSTWEG_RECEIVE ? _("Receiving") : _("Sending");
  g_autofree char *text = NULL;

  if (words == NULL)
    return;
  /* Translators: one lane of the test and its news, for instance "Receiving – Encryption: Works, 12 ms" */
  text = g_strdup_printf (_("%s – %s"), lane, words);
  gtk_label_set_label (self->news, text);
}

static void
begun (PostwegSide side, PostwegStage stage, gpointer data)
{
  const Run *run = data;
  g_autofree char *words = NULL;

  if (!is_current (run))
    return;
  words = postweg_lane_begun (lane_of (run->page, side), stage);
  tell (run->page, side, words);
}

static void
step (PostwegSide side, const PostwegStep *the_step, gpointer data)
{
  const Run *run = data;
  g_autofree char *words = NULL;

  if (!is_current (run))
    return;
  words = postweg_lane_step (lane_of (run->page, side), the_step);
  tell (run->page, side, words);
}

static void
so_far (const PostwegTestResult *result, gpointer data)
{
  const Run *run = data;

  if (is_current (run) && result->verdict != POSTWEG_VERDICT_WORKS)
    gtk_label_set_label (run->page->status, _("Looking for the Cause …"));
}

static gboolean
glance_over (gpointer data)
{
  PostwegPageTest *self = data;

  self->glance = 0;
  postweg_page_done (POSTWEG_PAGE (self));
  return G_SOURCE_REMOVE;
}

static void
set_running (PostwegPageTest *self, gboolean running)
{
  g_clear_object (&self->running);
  if (running)
    self->running = g_cancellable_new ();
  postweg_page_set_busy (POSTWEG_PAGE (self), running);
  postweg_page_set_complete (POSTWEG_PAGE (self), !running);
  if (running)
    postweg_page_set_way_on (POSTWEG_PAGE (self), "");
}

static void
show_stopped (PostwegPageTest *self, const char *words)
{
  set_running (self, FALSE);
  gtk_label_set_label (self->status, words);
  postweg_page_set_way_on (POSTWEG_PAGE (self), _("Test Again"));
}

static void
show_evidence (PostwegPageTest *self, const PostwegTestResult *result)
{
  postweg_lane_finish (self->receiving, result != NULL ? result->incoming : NULL);
  postweg_lane_finish (self->sending, result != NULL ? result->outgoing : NULL);
}

static void
finished (GObject *source G_GNUC_UNUSED, GAsyncResult *async, gpointer data)
{
  g_autoptr (Run) run = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (PostwegTestResult) result = postweg_checkup_test_finish (async, &error);
  PostwegPageTest *self = run->page;

  if (!is_current (run))
    return;
  show_evidence (self, result);
  if (result == NULL)
    {
      show_stopped (self, error->message);
      return;
    }
  if (g_cancellable_is_cancelled (run->cancellable))
    {
      show_stopped (self, _("Stopped. What Was Seen so Far Is Shown Below."));
      return;
    }
  set_running (self, FALSE);
  gtk_label_set_label (self->status, _("The Test Is Through"));
  postweg_page_set_way_on (POSTWEG_PAGE (self), _("Continue"));
  postweg_journey_take_result (postweg_page_get_journey (POSTWEG_PAGE (self)), g_steal_pointer (&result));
  self->glance = g_timeout_add (GLANCE_MS, glance_over, self);
}

static void
start (PostwegPageTest *self)
{
  PostwegJourney *journey = postweg_page_get_journey (POSTWEG_PAGE (self));
  const PostwegAccount *account = postweg_journey_get_account (journey);
  PostwegTestRequest *request = postweg_journey_test_request (journey);
  PostwegTestWatch watch = { begun, step, so_far, NULL };

  request->ports = postweg_journey_get_ports (journey);
  postweg_journey_set_ports (journey, FALSE);
  postweg_lane_start (self->receiving, account->incoming);
  postweg_lane_start (self->sending, account->outgoing);
  gtk_label_set_label (self->status, _("Testing Both Ways …"));
  gtk_label_set_label (self->news, "");
  set_running (self, TRUE);
  watch.data = run_new (self);
  postweg_checkup_test (request, &watch, self->running, finished, watch.data);
}

static void
enter (PostwegPage *page)
{
  if (postweg_journey_get_result (postweg_page_get_journey (page)) == NULL)
    start (POSTWEG_PAGE_TEST (page));
}

/* Stopping keeps the page's run current, so that what was seen so far still arrives. */
static void
stop (PostwegPage *page)
{
  g_cancellable_cancel (POSTWEG_PAGE_TEST (page)->running);
}

static void
leave (PostwegPage *page)
{
  PostwegPageTest *self = POSTWEG_PAGE_TEST (page);

  g_clear_handle_id (&self->glance, g_source_remove);
  if (self->running == NULL)
    return;
  g_cancellable_cancel (self->running);
  set_running (self, FALSE);
}

static void
go_on (PostwegPage *page)
{
  enter (page);
  if (postweg_journey_get_result (postweg_page_get_journey (page)) != NULL)
    postweg_page_done (page);
}

static void
dispose (GObject *object)
{
  PostwegPageTest *self = POSTWEG_PAGE_TEST (object);

  g_clear_handle_id (&self->glance, g_source_remove);
  g_clear_object (&self->running);
  G_OBJECT_CLASS (postweg_page_test_parent_class)->dispose (object);
}

static void
postweg_page_test_class_init (PostwegPageTestClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  PostwegPageClass *page_class = POSTWEG_PAGE_CLASS (klass);

  g_type_ensure (POSTWEG_TYPE_FOLD_LAYOUT);
  g_type_ensure (POSTWEG_TYPE_LANE);
  G_OBJECT_CLASS (klass)->dispose = dispose;
  page_class->enter = enter;
  page_class->leave = leave;
  page_class->go_on = go_on;
  page_class->stop = stop;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/postweg/Postweg/page-test.ui");
  gtk_widget_class_bind_template_child (widget_class, PostwegPageTest, receiving);
  gtk_widget_class_bind_template_child (widget_class, PostwegPageTest, sending);
  gtk_widget_class_bind_template_child (widget_class, PostwegPageTest, status);
  gtk_widget_class_bind_template_child (widget_class, PostwegPageTest, news);
}

static void
postweg_page_test_init (PostwegPageTest *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  postweg_lane_set_name (self->receiving, _("Receiving"));
  postweg_lane_set_name (self->sending, _("Sending"));
}
