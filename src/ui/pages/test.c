/* Test: the road map, and what its stations open to. */
#include "ui/pages/test.h"
#include "ui/parts/details.h"
#include "ui/pictures/road-map.h"
#include "ui/run.h"
#include <glib/gi18n-lib.h>

#define GLANCE_MS 900 /* the last station can be seen before the result takes over */
#define REVEAL_MS 50
#define PATIENCE_MS 5000 /* a network that comes back so soon was not gone */
#define REVEAL_MARGIN 36

struct _PostwegPageTest {
  PostwegPage parent_instance;
  PostwegRoadMap *map;
  PostwegDetails *details;
  GtkScrolledWindow *scrolled;
  GtkLabel *status, *news, *hint;
  GNetworkMonitor *network;
  gboolean connected;             /* when the test began */
  int open_side, open_stop;       /* the station whose details are shown; -1: none */
  PostwegTestResult *part;        /* of a test that did not come to its end, or NULL */
  GCancellable *running;          /* of the test whose news are shown; NULL when none runs */
  gboolean gone;                  /* the network, and the test was ended for that */
  guint glance, reveal, patience; /* sources */
};

G_DEFINE_FINAL_TYPE (PostwegPageTest, postweg_page_test, POSTWEG_TYPE_PAGE)

static gboolean
is_current (const PostwegRun *run)
{
  return POSTWEG_PAGE_TEST (run->widget)->running == run->cancellable;
}

static void
tell (PostwegPageTest *self, const char *words)
{
  if (words != NULL)
    gtk_label_set_label (self->news, words);
}

static void
begun (PostwegSide side, PostwegStage stage, gpointer data)
{
  const PostwegRun *run = data;
  g_autofree char *words = NULL;

  if (!is_current (run))
    return;
  words = postweg_road_map_begun (POSTWEG_PAGE_TEST (run->widget)->map, side, stage);
  tell (run->widget, words);
}

static void
step (PostwegSide side, const PostwegStep *the_step, gpointer data)
{
  const PostwegRun *run = data;
  g_autofree char *words = NULL;

  if (!is_current (run))
    return;
  words = postweg_road_map_step (POSTWEG_PAGE_TEST (run->widget)->map, side, the_step);
  tell (run->widget, words);
}

static void
so_far (const PostwegTestResult *result, gpointer data)
{
  const PostwegRun *run = data;

  if (is_current (run) && result->verdict != POSTWEG_VERDICT_WORKS)
    gtk_label_set_label (POSTWEG_PAGE_TEST (run->widget)->status, _("Looking for the Cause …"));
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
  g_clear_handle_id (&self->patience, g_source_remove);
  if (running)
    self->running = g_cancellable_new ();
  postweg_page_set_busy (POSTWEG_PAGE (self), running);
  postweg_page_set_complete (POSTWEG_PAGE (self), !running);
  gtk_widget_set_visible (GTK_WIDGET (self->hint), !running);
  if (running)
    postweg_page_set_way_on (POSTWEG_PAGE (self), "");
}

static gboolean
reveal (gpointer data)
{
  PostwegPageTest *self = data;
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scrolled);
  double page = gtk_adjustment_get_page_size (adjustment), end, start;
  graphene_rect_t bounds;

  self->reveal = 0;
  if (!gtk_widget_compute_bounds (GTK_WIDGET (self->details),
                                  gtk_widget_get_parent (GTK_WIDGET (self->details)), &bounds))
    return G_SOURCE_REMOVE;
  /* all of it if it fits; else its begin, with some of the road above it */
  end = bounds.origin.y + bounds.size.height - page + REVEAL_MARGIN;
  start = bounds.origin.y - page / 3;
  gtk_adjustment_set_value (adjustment, MAX (gtk_adjustment_get_value (adjustment), MIN (end, start)));
  return G_SOURCE_REMOVE;
}

/* Returns: (transfer none): what the map shows, or NULL */
static const PostwegTestResult *
shown_result (PostwegPageTest *self)
{
  return self->part != NULL ? self->part
                            : postweg_journey_get_result (postweg_page_get_journey (POSTWEG_PAGE (self)));
}

/* Returns: (transfer none): the answer, if the station is what it is about; or NULL */
static const PostwegFinding *
finding_about (const PostwegTestResult *result, const PostwegOpened *opened, PostwegSide side)
{
  const PostwegFinding *first =
      result != NULL && result->findings->len > 0 ? g_ptr_array_index (result->findings, 0) : NULL;

  return first != NULL && opened->state == POSTWEG_STATION_BROKEN &&
                 (first->side == side || first->side == POSTWEG_BOTH)
             ? first
             : NULL;
}

static void
show_details (PostwegPageTest *self)
{
  int side = self->open_side, stop = self->open_stop;
  PostwegLane *lane = postweg_road_map_lane (self->map, (PostwegSide) side);
  const PostwegTestResult *result = shown_result (self);
  const PostwegAccount *account =
      postweg_journey_get_account (postweg_page_get_journey (POSTWEG_PAGE (self)));
  PostwegOpened what = { .lane = postweg_lane_get_name (lane), .stop = (PostwegStop) stop };

  if (stop < 0)
    {
      postweg_details_hide (self->details);
      return;
    }
  what.state = postweg_station_get_state (postweg_lane_station (lane, what.stop));
  what.protocol = (side == POSTWEG_SEND ? account->outgoing : account->incoming)->protocol;
  if (result != NULL)
    what.evidence = side == POSTWEG_SEND ? result->outgoing : result->incoming;
  what.finding = finding_about (result, &what, (PostwegSide) side);
  postweg_details_show (self->details, &what);
}

static void
opened (PostwegPageTest *self, int side, int stop)
{
  g_clear_handle_id (&self->glance, g_source_remove);
  self->open_side = side;
  self->open_stop = stop;
  show_details (self);
  if (stop < 0)
    return;
  /* its place is known when it has been laid out */
  if (self->reveal == 0)
    self->reveal = g_timeout_add (REVEAL_MS, reveal, self);
}

static void
closed (PostwegPageTest *self)
{
  self->open_stop = -1;
  postweg_road_map_close (self->map);
  postweg_details_hide (self->details);
}

/* A test that did not come to its end: what was seen can be looked at, and the way on is to begin again. Takes the result. */
static void
show_part (PostwegPageTest *self, PostwegTestResult *result, const char *words, const char *way_on)
{
  set_running (self, FALSE);
  g_clear_pointer (&self->part, postweg_test_result_free);
  self->part = result;
  gtk_label_set_label (self->status, words);
  gtk_label_set_label (self->news, "");
  postweg_page_set_way_on (POSTWEG_PAGE (self), way_on);
}

/* Takes the result. */
static void
show_stopped (PostwegPageTest *self, PostwegTestResult *result)
{
  show_part (self, result, _("Stopped"), _("Test Again"));
  tell (self, _("What was seen so far is shown below. The test can be made again at any time."));
}

static gboolean
needs_no_network (PostwegPageTest *self)
{
  return postweg_journey_get_road (postweg_page_get_journey (POSTWEG_PAGE (self))) == POSTWEG_ROAD_PRACTICE;
}

/* Whether the network went while the test ran, or was not there at all. */
static gboolean
is_offline (PostwegPageTest *self, const PostwegTestResult *result)
{
  const PostwegFinding *first = result->findings->len > 0 ? g_ptr_array_index (result->findings, 0) : NULL;

  if (result->verdict <= POSTWEG_VERDICT_WORKS_WITH_NOTE || needs_no_network (self))
    return FALSE;
  if (self->gone)
    return TRUE;
  if (first != NULL && g_strcmp0 (first->cause, "offline") == 0)
    return TRUE;
  return self->connected && !g_network_monitor_get_network_available (self->network);
}

static void
show_offline (PostwegPageTest *self, PostwegTestResult *result)
{
  postweg_road_map_set_offline (self->map, TRUE);
  show_part (self, result, _("This Computer Is Not Connected to a Network"), _("Try Again"));
  tell (self, _("The test ended on the way. Connect to a network, then try again; Postweg notices when it is there."));
}

static gboolean
patience_over (gpointer data)
{
  PostwegPageTest *self = data;

  self->patience = 0;
  self->gone = TRUE;
  g_cancellable_cancel (self->running);
  return G_SOURCE_REMOVE;
}

static void
network_changed (PostwegPageTest *self)
{
  gboolean available = g_network_monitor_get_network_available (self->network);

  if (self->running != NULL && self->connected)
    {
      g_clear_handle_id (&self->patience, g_source_remove);
      if (!available)
        self->patience = g_timeout_add (PATIENCE_MS, patience_over, self);
      postweg_road_map_set_offline (self->map, !available);
      tell (self, available ? _("The network is back.") : _("The network is gone."));
    }
  else if (self->part != NULL && available)
    {
      postweg_road_map_set_offline (self->map, FALSE);
      gtk_label_set_label (self->status, _("The Network Is Back"));
      tell (self, _("The test can be made now."));
    }
}

static void
show_through (PostwegPageTest *self, const PostwegTestResult *result)
{
  g_autofree char *words = postweg_checkup_verdict_text (result);

  gtk_label_set_label (self->status, _("The Test Is Through"));
  tell (self, words);
  postweg_page_set_way_on (POSTWEG_PAGE (self), _("Continue"));
}

/* Takes the result. */
static void
show_end (PostwegPageTest *self, PostwegTestResult *result)
{
  set_running (self, FALSE);
  show_through (self, result);
  postweg_journey_take_result (postweg_page_get_journey (POSTWEG_PAGE (self)), result);
  /* somebody is looking at a station */
  if (self->open_stop < 0)
    self->glance = g_timeout_add (GLANCE_MS, glance_over, self);
}

static void
finished (GObject *source G_GNUC_UNUSED, GAsyncResult *async, gpointer data)
{
  g_autoptr (PostwegRun) run = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (PostwegTestResult) result = postweg_checkup_test_finish (async, &error);
  PostwegPageTest *self = run->widget;

  if (!is_current (run))
    return;
  postweg_road_map_finish (self->map, result);
  if (result == NULL)
    show_part (self, NULL, error->message, _("Test Again"));
  else if (g_cancellable_is_cancelled (run->cancellable) && !self->gone)
    show_stopped (self, g_steal_pointer (&result));
  else if (is_offline (self, result))
    show_offline (self, g_steal_pointer (&result));
  else
    show_end (self, g_steal_pointer (&result));
  show_details (self);
}

static void
start (PostwegPageTest *self)
{
  PostwegJourney *journey = postweg_page_get_journey (POSTWEG_PAGE (self));
  PostwegTestRequest *request = postweg_journey_test_request (journey);
  PostwegTestWatch watch = { begun, step, so_far, NULL };
  PostwegSide side = request->side;
  const char *const headings[] = {
    [POSTWEG_RECEIVE] =
        _("Testing the Way In …"), [POSTWEG_SEND] =
                                        _("Testing the Way Out …"), [POSTWEG_BOTH] =
                                                                         _("Testing Both Ways …") };

  postweg_journey_set_ports (journey, FALSE);
  g_clear_pointer (&self->part, postweg_test_result_free);
  closed (self);
  postweg_road_map_start (self->map, postweg_journey_get_account (journey));
  self->gone = FALSE;
  self->connected = g_network_monitor_get_network_available (self->network) && !needs_no_network (self);
  gtk_label_set_label (self->status, headings[side]);
  gtk_label_set_label (self->news, "");
  set_running (self, TRUE);
  watch.data = postweg_run_new (self, self->running);
  postweg_checkup_test (request, &watch, self->running, finished, watch.data);
}

/* What was tested is shown, whoever tested it; what was not is tested. */
static void
enter (PostwegPage *page)
{
  PostwegPageTest *self = POSTWEG_PAGE_TEST (page);
  const PostwegTestResult *result = postweg_journey_get_result (postweg_page_get_journey (page));

  if (result == NULL)
    {
      start (self);
      return;
    }
  g_clear_pointer (&self->part, postweg_test_result_free);
  closed (self);
  postweg_road_map_start (self->map, result->account);
  postweg_road_map_finish (self->map, result);
  set_running (self, FALSE);
  show_through (self, result);
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
  closed (self);
  if (self->running == NULL)
    return;
  g_cancellable_cancel (self->running);
  set_running (self, FALSE);
}

static void
go_on (PostwegPage *page)
{
  if (postweg_journey_get_result (postweg_page_get_journey (page)) != NULL)
    postweg_page_done (page);
  else
    start (POSTWEG_PAGE_TEST (page));
}

static void
dispose (GObject *object)
{
  PostwegPageTest *self = POSTWEG_PAGE_TEST (object);

  g_clear_handle_id (&self->glance, g_source_remove);
  g_clear_handle_id (&self->reveal, g_source_remove);
  g_clear_handle_id (&self->patience, g_source_remove);
  g_clear_object (&self->running);
  g_clear_pointer (&self->part, postweg_test_result_free);
  if (self->network != NULL)
    g_signal_handlers_disconnect_by_func (self->network, network_changed, self);
  g_clear_object (&self->network);
  G_OBJECT_CLASS (postweg_page_test_parent_class)->dispose (object);
}

static void
postweg_page_test_class_init (PostwegPageTestClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  PostwegPageClass *page_class = POSTWEG_PAGE_CLASS (klass);

  g_type_ensure (POSTWEG_TYPE_DETAILS);
  g_type_ensure (POSTWEG_TYPE_ROAD_MAP);
  G_OBJECT_CLASS (klass)->dispose = dispose;
  page_class->enter = enter;
  page_class->leave = leave;
  page_class->go_on = go_on;
  page_class->stop = stop;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/postweg/Postweg/page-test.ui");
  gtk_widget_class_bind_template_child (widget_class, PostwegPageTest, map);
  gtk_widget_class_bind_template_child (widget_class, PostwegPageTest, details);
  gtk_widget_class_bind_template_child (widget_class, PostwegPageTest, scrolled);
  gtk_widget_class_bind_template_child (widget_class, PostwegPageTest, status);
  gtk_widget_class_bind_template_child (widget_class, PostwegPageTest, news);
  gtk_widget_class_bind_template_child (widget_class, PostwegPageTest, hint);
  gtk_widget_class_bind_template_callback (widget_class, opened);
  gtk_widget_class_bind_template_callback (widget_class, closed);
}

static void
postweg_page_test_init (PostwegPageTest *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->open_stop = -1;
  postweg_road_map_set_details (self->map, GTK_WIDGET (self->details));
  postweg_page_test_set_network (self, g_network_monitor_get_default ());
}

void
postweg_page_test_set_network (PostwegPageTest *self, GNetworkMonitor *network)
{
  if (self->network != NULL)
    g_signal_handlers_disconnect_by_func (self->network, network_changed, self);
  g_set_object (&self->network, network);
  g_signal_connect_swapped (self->network, "network-changed", G_CALLBACK (network_changed), self);
}
