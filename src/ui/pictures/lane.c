/* Which stage of a probe belongs to which station, and in which order stations stand. */
#include "ui/pictures/lane-private.h"
#include "ui/parts/parts.h"
#include <glib/gi18n-lib.h>

#define PHASE_MS 100

G_DEFINE_FINAL_TYPE (PostwegLane, postweg_lane, GTK_TYPE_WIDGET)

static guint opened_signal;

static const PostwegStop stop_of[POSTWEG_N_STAGES] = {
  [POSTWEG_STAGE_DNS] = POSTWEG_STOP_NAME,
  [POSTWEG_STAGE_CONNECT] = POSTWEG_STOP_CONNECTION,
  [POSTWEG_STAGE_TLS] = POSTWEG_STOP_ENCRYPTION,
  [POSTWEG_STAGE_GREETING] = POSTWEG_STOP_GREETING,
  [POSTWEG_STAGE_CAPABILITY] = POSTWEG_STOP_GREETING,
  [POSTWEG_STAGE_STARTTLS] = POSTWEG_STOP_ENCRYPTION,
  [POSTWEG_STAGE_AUTH] = POSTWEG_STOP_SIGN_IN,
  [POSTWEG_STAGE_MAILBOX] = POSTWEG_STOP_GOAL,
  [POSTWEG_STAGE_SENDER] = POSTWEG_STOP_GOAL,
  [POSTWEG_STAGE_RECIPIENT] = POSTWEG_STOP_GOAL,
  [POSTWEG_STAGE_DATA] = POSTWEG_STOP_GOAL,
  [POSTWEG_STAGE_ARRIVAL] = POSTWEG_STOP_GOAL,
};

/* With STARTTLS the server greets before the encryption; without encryption there is no such station. */
static const PostwegStop orders[][POSTWEG_N_STOPS + 1] = {
  [POSTWEG_TLS] = { POSTWEG_STOP_NAME, POSTWEG_STOP_CONNECTION, POSTWEG_STOP_ENCRYPTION,
                    POSTWEG_STOP_GREETING, POSTWEG_STOP_SIGN_IN, POSTWEG_STOP_GOAL, POSTWEG_N_STOPS },
  [POSTWEG_STARTTLS] = { POSTWEG_STOP_NAME, POSTWEG_STOP_CONNECTION, POSTWEG_STOP_GREETING,
                         POSTWEG_STOP_ENCRYPTION, POSTWEG_STOP_SIGN_IN, POSTWEG_STOP_GOAL, POSTWEG_N_STOPS },
  [POSTWEG_PLAIN] = { POSTWEG_STOP_NAME, POSTWEG_STOP_CONNECTION, POSTWEG_STOP_GREETING, POSTWEG_STOP_SIGN_IN,
                      POSTWEG_STOP_GOAL, POSTWEG_N_STOPS },
};

/* What is at work moves, ten times a second, unless the person wants nothing to move. */

static gboolean
is_working (PostwegLane *self)
{
  for (guint i = 0; i < self->n_stations; i++)
    if (postweg_station_get_state (self->in_order[i]) == POSTWEG_STATION_WORKING)
      return TRUE;
  return FALSE;
}

static gboolean
move (gpointer data)
{
  PostwegLane *self = data;

  if (!is_working (self) || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    {
      self->timer = 0;
      return G_SOURCE_REMOVE;
    }
  self->phase++;
  for (guint i = 0; i < self->n_stations; i++)
    if (postweg_station_get_state (self->in_order[i]) == POSTWEG_STATION_WORKING)
      postweg_station_set_phase (self->in_order[i], self->phase);
  gtk_widget_queue_draw (gtk_widget_get_parent (GTK_WIDGET (self)));
  gtk_widget_queue_draw (GTK_WIDGET (self));
  return G_SOURCE_CONTINUE;
}

static void
changed (PostwegLane *self)
{
  gtk_widget_queue_draw (GTK_WIDGET (self));
  if (gtk_widget_get_parent (GTK_WIDGET (self)) != NULL)
    gtk_widget_queue_draw (gtk_widget_get_parent (GTK_WIDGET (self)));
  if (self->timer == 0 && is_working (self) && adw_get_enable_animations (GTK_WIDGET (self)))
    self->timer = g_timeout_add (PHASE_MS, move, self);
}

static void
toggled (PostwegStation *station, PostwegLane *self)
{
  PostwegStop stop = 0;

  while (self->stations[stop] != station)
    stop++;
  g_signal_emit (self, opened_signal, 0,
                 gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (station)) ? (int) stop : -1);
}

static void
clear (PostwegLane *self)
{
  for (guint i = 0; i < self->n_stations; i++)
    gtk_widget_unparent (GTK_WIDGET (self->in_order[i]));
  memset (self->stations, 0, sizeof self->stations);
  self->n_stations = 0;
  self->blocked = FALSE;
  gtk_widget_set_visible (GTK_WIDGET (self->side), FALSE);
}

static PostwegStation *
add (PostwegLane *self, guint stop, const char *name)
{
  PostwegStation *station = postweg_station_new (name);

  self->stations[stop] = self->in_order[self->n_stations++] = station;
  postweg_station_set_orientation (station, self->orientation);
  if (self->details != NULL)
    gtk_accessible_update_relation (GTK_ACCESSIBLE (station), GTK_ACCESSIBLE_RELATION_CONTROLS, self->details,
                                    NULL, -1);
  g_signal_connect (station, "toggled", G_CALLBACK (toggled), self);
  gtk_widget_set_parent (GTK_WIDGET (station), GTK_WIDGET (self));
  return station;
}

static void
add_stop (PostwegLane *self, PostwegStop stop, const PostwegServer *server)
{
  PostwegStation *station = add (self, stop, postweg_stop_name (stop, server->protocol));

  if (stop == POSTWEG_STOP_ENCRYPTION)
    postweg_station_set_lock (station, POSTWEG_LOCK_CLOSED);
  else if (stop == POSTWEG_STOP_CONNECTION && server->security == POSTWEG_PLAIN)
    postweg_station_set_lock (station, POSTWEG_LOCK_OPEN);
}

/* Returns: (transfer full) */
static char *
where_text (const PostwegServer *server)
{
  if (server == NULL)
    return g_strdup (_("No server is set up for this."));
  if (server->security == POSTWEG_PLAIN)
    return g_strdup_printf (_("%s, port %u, not encrypted"), server->host, server->port);
  return g_strdup_printf (_("%s, port %u"), server->host, server->port);
}

static void
snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  postweg_lane_draw (POSTWEG_LANE (widget), snapshot);
  GTK_WIDGET_CLASS (postweg_lane_parent_class)->snapshot (widget, snapshot);
}

static GtkSizeRequestMode
get_request_mode (GtkWidget *widget G_GNUC_UNUSED)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
dispose (GObject *object)
{
  PostwegLane *self = POSTWEG_LANE (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  self->n_stations = 0;
  for (GtkWidget *child; (child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL;)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (postweg_lane_parent_class)->dispose (object);
}

static void
postweg_lane_class_init (PostwegLaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dispose;
  widget_class->measure = postweg_lane_measure;
  widget_class->get_request_mode = get_request_mode;
  widget_class->size_allocate = postweg_lane_allocate;
  widget_class->snapshot = snapshot;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  opened_signal = g_signal_new ("opened", POSTWEG_TYPE_LANE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 1, G_TYPE_INT);
}

static GtkLabel *
new_label (const char *css_class)
{
  GtkWidget *label =
      g_object_new (GTK_TYPE_LABEL, "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR, "xalign", 0.0, NULL);

  gtk_widget_add_css_class (label, css_class);
  return GTK_LABEL (label);
}

static void
postweg_lane_init (PostwegLane *self)
{
  self->header = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 0));
  self->title = new_label ("heading");
  self->where = new_label ("caption");
  self->side = new_label ("caption-heading");
  postweg_parts_no_hyphens (self->where);
  gtk_widget_add_css_class (GTK_WIDGET (self->where), "dim-label");
  gtk_widget_add_css_class (GTK_WIDGET (self->side), "success");
  g_object_set (self->side, "margin-start", 8, "margin-end", 8, "margin-top", 6, "margin-bottom", 6,
                "visible", FALSE, NULL);
  gtk_widget_set_margin_bottom (GTK_WIDGET (self->header), 6);
  gtk_box_append (self->header, GTK_WIDGET (self->title));
  gtk_box_append (self->header, GTK_WIDGET (self->where));
  gtk_widget_set_parent (GTK_WIDGET (self->header), GTK_WIDGET (self));
  gtk_widget_set_parent (GTK_WIDGET (self->side), GTK_WIDGET (self));
}

const char *
postweg_stop_name (PostwegStop stop, PostwegProtocol protocol)
{
  /* clang-format off */
  static const char *const names[POSTWEG_N_STOPS] = {
    N_ ("Name"), N_ ("Connection"), N_ ("Encryption"), N_ ("Greeting"), N_ ("Sign-In"), N_ ("Mailbox"),
  };
  /* clang-format on */

  return stop == POSTWEG_STOP_GOAL && protocol == POSTWEG_SMTP ? _("Sender") : _(names[stop]);
}

PostwegStop
postweg_stop_of (PostwegStage stage)
{
  return stop_of[stage];
}

void
postweg_lane_set_name (PostwegLane *self, const char *name)
{
  gtk_label_set_label (self->title, name);
  postweg_parts_name (GTK_WIDGET (self), name);
}

const char *
postweg_lane_get_name (PostwegLane *self)
{
  return gtk_label_get_label (self->title);
}

void
postweg_lane_start (PostwegLane *self, const PostwegServer *server)
{
  g_autofree char *where = where_text (server);

  clear (self);
  gtk_label_set_label (self->where, where);
  if (server != NULL)
    for (const PostwegStop *stop = orders[server->security]; *stop != POSTWEG_N_STOPS; stop++)
      add_stop (self, *stop, server);
  changed (self);
}

void
postweg_lane_start_named (PostwegLane *self, const char *const *names, guint n)
{
  gtk_widget_set_visible (GTK_WIDGET (self->header), FALSE);
  /* stations that are there already stay: one of them may have the focus */
  for (guint i = 0; i < self->n_stations; i++)
    postweg_station_set_state (self->in_order[i], POSTWEG_STATION_WAITING, 0);
  for (guint i = self->n_stations; i < n; i++)
    add (self, i, names[i]);
  changed (self);
}

char *
postweg_lane_station_begun (PostwegLane *self, guint number)
{
  PostwegStation *station = self->stations[number];

  /* a station that was passed before stays as it is: the server is asked again what it can do after STARTTLS */
  if (station == NULL || postweg_station_get_state (station) != POSTWEG_STATION_WAITING)
    return NULL;
  postweg_station_set_state (station, POSTWEG_STATION_WORKING, 0);
  changed (self);
  return postweg_station_words (station);
}

char *
postweg_lane_begun (PostwegLane *self, PostwegStage stage)
{
  return postweg_lane_station_begun (self, stop_of[stage]);
}

char *
postweg_lane_station_step (PostwegLane *self, guint number, const PostwegStep *step)
{
  PostwegStation *station = self->stations[number];

  if (station == NULL)
    return NULL;
  postweg_station_add_step (station, step);
  changed (self);
  return postweg_station_words (station);
}

char *
postweg_lane_step (PostwegLane *self, const PostwegStep *step)
{
  return postweg_lane_station_step (self, stop_of[step->stage], step);
}

void
postweg_lane_finish (PostwegLane *self, const PostwegEvidence *evidence)
{
  if (evidence != NULL)
    {
      for (guint i = 0; i < self->n_stations; i++)
        postweg_station_set_state (self->in_order[i], POSTWEG_STATION_WAITING, 0);
      for (guint i = 0; i < evidence->steps->len; i++)
        g_free (postweg_lane_step (self, g_ptr_array_index (evidence->steps, i)));
    }
  for (guint i = 0; i < self->n_stations; i++)
    if (postweg_station_get_state (self->in_order[i]) <= POSTWEG_STATION_WORKING)
      postweg_station_set_state (self->in_order[i], POSTWEG_STATION_NOT_REACHED, 0);
  changed (self);
}

void
postweg_lane_block (PostwegLane *self, guint16 port)
{
  g_autofree char *words = g_strdup_printf (_("Port %u is open"), port);

  self->blocked = TRUE;
  gtk_label_set_label (self->side, words);
  gtk_widget_set_visible (GTK_WIDGET (self->side), port != 0);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

PostwegStation *
postweg_lane_station (PostwegLane *self, PostwegStop stop)
{
  return self->stations[stop];
}

void
postweg_lane_close (PostwegLane *self, int except)
{
  for (guint i = 0; i < self->n_stations; i++)
    {
      if (except >= 0 && self->in_order[i] == self->stations[except])
        continue;
      g_signal_handlers_block_by_func (self->in_order[i], toggled, self);
      gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->in_order[i]), FALSE);
      g_signal_handlers_unblock_by_func (self->in_order[i], toggled, self);
    }
}

void
postweg_lane_set_orientation (PostwegLane *self, GtkOrientation orientation)
{
  if (self->orientation == orientation)
    return;
  self->orientation = orientation;
  for (guint i = 0; i < self->n_stations; i++)
    postweg_station_set_orientation (self->in_order[i], orientation);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

void
postweg_lane_set_details (PostwegLane *self, GtkWidget *details)
{
  self->details = details;
}

void
postweg_lane_set_folds (PostwegLane *self)
{
  self->folds = TRUE;
}

gboolean
postweg_lane_has_stations (PostwegLane *self)
{
  return self->n_stations > 0;
}

PostwegStationState
postweg_lane_entry_state (PostwegLane *self)
{
  return self->n_stations > 0 ? postweg_station_get_state (self->in_order[0]) : POSTWEG_STATION_WAITING;
}

guint
postweg_lane_get_phase (PostwegLane *self)
{
  return self->phase;
}
