/* The mail's little road, what became of it in sentences, and its way; clearing up goes on when nobody looks any more. */
#include "ui/parts/delivering.h"
#include "ui/pictures/mail-road.h"
#include <glib/gi18n-lib.h>
#include <string.h>

struct _PostwegDelivering {
  AdwPreferencesGroup parent_instance;
  PostwegJourney *journey;
  PostwegRows *rows, *details; /* NULL after dispose */
  PostwegLane *road;
  GtkWidget *place; /* the row with the road */
  GtkWidget *send;
  GtkLabel *news;
  GCancellable *running; /* of the mail whose news are shown; NULL when none is on its way */
  guint left;            /* mails that are still being cleared up after their page was left */
};

G_DEFINE_FINAL_TYPE (PostwegDelivering, postweg_delivering, ADW_TYPE_PREFERENCES_GROUP)

static guint changed_signal;

/* One mail. The news of one that was left may arrive while the next one is on its way: each knows its own. */
typedef struct {
  PostwegDelivering *widget; /* (owned) */
  PostwegJourney *journey;   /* (owned) */
  GCancellable *cancellable;
  guint serial; /* of the result that it is for */
} Run;

static Run *
run_new (PostwegDelivering *self)
{
  Run *run = g_new (Run, 1);

  *run = (Run){ g_object_ref (self), g_object_ref (self->journey), g_object_ref (self->running),
                postweg_journey_get_result_serial (self->journey) };
  /* a mail must not stay in the mailbox because the window was closed */
  if (g_application_get_default () != NULL)
    g_application_hold (g_application_get_default ());
  return run;
}

static void
run_free (Run *run)
{
  if (g_application_get_default () != NULL)
    g_application_release (g_application_get_default ());
  g_object_unref (run->widget);
  g_object_unref (run->journey);
  g_object_unref (run->cancellable);
  g_free (run);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Run, run_free)

static gboolean
is_current (const Run *run)
{
  return run->widget->running == run->cancellable;
}

static void
tell (PostwegDelivering *self, const char *words)
{
  if (words != NULL)
    gtk_label_set_label (self->news, words);
  gtk_widget_set_visible (GTK_WIDGET (self->news), *gtk_label_get_label (self->news) != '\0');
}

static void
begun (PostwegSide side, PostwegStage stage, gpointer data)
{
  const Run *run = data;
  g_autofree char *words = NULL;

  if (!is_current (run))
    return;
  words = postweg_mail_road_begun (run->widget->road, side, stage);
  tell (run->widget, words);
}

static void
step (PostwegSide side, const PostwegStep *the_step, gpointer data)
{
  const Run *run = data;
  g_autofree char *words = NULL;

  if (!is_current (run))
    return;
  words = postweg_mail_road_step (run->widget->road, side, the_step);
  tell (run->widget, words);
}

static void
clear_rows (PostwegDelivering *self)
{
  postweg_rows_clear (self->rows);
  postweg_rows_clear (self->details);
}

/* A list of hidden rows would still draw its edge. */
static void
show_place (PostwegDelivering *self, gboolean visible)
{
  gtk_widget_set_visible (self->place, visible);
  gtk_widget_set_visible (gtk_widget_get_parent (self->place), visible);
}

static void
show_rows (PostwegDelivering *self, const PostwegDelivery *delivery)
{
  g_autoptr (GPtrArray) lines = NULL;

  clear_rows (self);
  show_place (self, delivery != NULL);
  if (delivery == NULL)
    return;
  lines = postweg_checkup_delivery_text (delivery);
  /* the sentence that was just told stands below already */
  if (lines->len > 0 && strcmp (gtk_label_get_label (self->news), g_ptr_array_index (lines, 0)) == 0)
    g_ptr_array_remove_index (lines, 0);
  postweg_rows_add_texts (self->rows, NULL, lines);
  postweg_mail_road_show (self->road, delivery);
  if (delivery->hops->len > 0)
    postweg_rows_add (self->rows, postweg_hops_row (delivery->hops));
}

static void
show (PostwegDelivering *self)
{
  const PostwegTestResult *result = postweg_journey_get_result (self->journey);
  gboolean offered = result != NULL && postweg_journey_get_road (self->journey) != POSTWEG_ROAD_PRACTICE &&
                     postweg_checkup_can_deliver (result);
  gboolean again = result != NULL && result->delivery != NULL;

  gtk_widget_set_visible (GTK_WIDGET (self), offered || again);
  gtk_widget_set_visible (self->send, offered && self->running == NULL);
  gtk_widget_set_sensitive (self->send, self->left == 0);
  if (self->running == NULL)
    show_rows (self, result != NULL ? result->delivery : NULL);
}

/* Returns: (transfer full): what became of the mail, in one sentence */
static char *
outcome (PostwegDelivering *self)
{
  const PostwegTestResult *result = postweg_journey_get_result (self->journey);
  g_autoptr (GPtrArray) lines =
      result != NULL && result->delivery != NULL ? postweg_checkup_delivery_text (result->delivery) : NULL;

  return lines != NULL && lines->len > 0 ? g_strdup (g_ptr_array_index (lines, 0)) : g_strdup ("");
}

static void
end (PostwegDelivering *self, const char *words)
{
  g_clear_object (&self->running);
  tell (self, words);
  show (self);
  g_signal_emit (self, changed_signal, 0);
  /* the button was taken away while the mail was on its way */
  if (gtk_widget_get_mapped (self->send))
    gtk_widget_grab_focus (self->send);
}

static void
finished (GObject *source G_GNUC_UNUSED, GAsyncResult *answer, gpointer data)
{
  g_autoptr (Run) run = data;
  g_autoptr (GError) error = NULL;
  PostwegDelivering *self = run->widget;
  gboolean done = postweg_journey_finish_delivery (run->journey, answer, run->serial, &error);

  if (self->rows == NULL)
    return;
  if (is_current (run))
    {
      g_autofree char *words = done ? outcome (self) : g_strdup (error->message);

      end (self, words);
      return;
    }
  self->left--;
  if (self->running == NULL)
    end (self, "");
}

static void
start (PostwegDelivering *self)
{
  PostwegTestWatch watch = { begun, step, NULL, NULL };

  if (self->running != NULL)
    return;
  self->running = g_cancellable_new ();
  postweg_mail_road_start (self->road);
  show_place (self, TRUE);
  /* what had the focus goes away */
  gtk_widget_grab_focus (GTK_WIDGET (postweg_lane_station (self->road, POSTWEG_STOP_NAME)));
  clear_rows (self);
  tell (self, _("One mail to yourself goes out …"));
  show (self);
  watch.data = run_new (self);
  postweg_checkup_deliver (postweg_journey_test_request (self->journey),
                           postweg_journey_get_result (self->journey), &watch, self->running, finished,
                           watch.data);
  g_signal_emit (self, changed_signal, 0);
}

static void
opened (PostwegDelivering *self, int number)
{
  const PostwegTestResult *result = postweg_journey_get_result (self->journey);

  postweg_rows_clear (self->details);
  postweg_lane_close (self->road, number);
  if (number >= 0 && self->running == NULL && result != NULL && result->delivery != NULL)
    postweg_mail_road_add_details (self->details, result->delivery, (guint) number);
}

static void
dispose (GObject *object)
{
  PostwegDelivering *self = POSTWEG_DELIVERING (object);

  g_clear_pointer (&self->rows, postweg_rows_free);
  g_clear_pointer (&self->details, postweg_rows_free);
  g_clear_object (&self->running);
  g_clear_object (&self->journey);
  G_OBJECT_CLASS (postweg_delivering_parent_class)->dispose (object);
}

static void
postweg_delivering_class_init (PostwegDeliveringClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dispose;
  changed_signal = g_signal_new ("changed", POSTWEG_TYPE_DELIVERING, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/postweg/Postweg/delivering.ui");
  gtk_widget_class_bind_template_child (widget_class, PostwegDelivering, send);
  gtk_widget_class_bind_template_child (widget_class, PostwegDelivering, news);
  gtk_widget_class_bind_template_child (widget_class, PostwegDelivering, place);
  gtk_widget_class_bind_template_callback (widget_class, start);
}

static void
postweg_delivering_init (PostwegDelivering *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->road = postweg_mail_road_new ();
  g_object_set (self->road, "margin-top", 12, "margin-bottom", 12, "margin-start", 6, "margin-end", 6, NULL);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self->place), GTK_WIDGET (self->road));
  postweg_lane_set_details (self->road, GTK_WIDGET (self));
  g_signal_connect_swapped (self->road, "opened", G_CALLBACK (opened), self);
  self->rows = postweg_rows_new (ADW_PREFERENCES_GROUP (self));
  self->details = postweg_rows_new (ADW_PREFERENCES_GROUP (self));
}

void
postweg_delivering_show (PostwegDelivering *self, PostwegJourney *journey)
{
  g_set_object (&self->journey, journey);
  gtk_label_set_label (self->news, "");
  tell (self, self->left > 0 ? _("The last mail is still being removed from the mailbox.") : NULL);
  show (self);
}

gboolean
postweg_delivering_is_running (PostwegDelivering *self)
{
  return self->running != NULL;
}

void
postweg_delivering_stop (PostwegDelivering *self)
{
  if (self->running == NULL)
    return;
  tell (self, _("Stopping: the mail is being removed from the mailbox …"));
  g_cancellable_cancel (self->running);
}

void
postweg_delivering_leave (PostwegDelivering *self)
{
  if (self->running == NULL)
    return;
  self->left++;
  g_cancellable_cancel (self->running);
  g_clear_object (&self->running);
}
