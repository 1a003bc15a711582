/* Which stage of a probe belongs to which station, and in which order stations stand. */
#include "ui/lane.h"
#include "ui/details.h"
#include "ui/parts.h"
#include "ui/station-row.h"
#include <glib/gi18n-lib.h>

typedef enum { NAME, CONNECTION, ENCRYPTION, GREETING, SIGN_IN, GOAL, N_STATIONS } Station;

struct _PostwegLane {
  AdwBin parent_instance;
  AdwPreferencesGroup *group;
  PostwegRows *rows;
  PostwegStationRow *stations[N_STATIONS]; /* owned by the group; NULL where there is none */
};

G_DEFINE_FINAL_TYPE (PostwegLane, postweg_lane, ADW_TYPE_BIN)

static const Station station_of[POSTWEG_N_STAGES] = {
  [POSTWEG_STAGE_DNS] = NAME,
  [POSTWEG_STAGE_CONNECT] = CONNECTION,
  [POSTWEG_STAGE_TLS] = ENCRYPTION,
  [POSTWEG_STAGE_GREETING] = GREETING,
  [POSTWEG_STAGE_CAPABILITY] = GREETING,
  [POSTWEG_STAGE_STARTTLS] = ENCRYPTION,
  [POSTWEG_STAGE_AUTH] = SIGN_IN,
  [POSTWEG_STAGE_MAILBOX] = GOAL,
  [POSTWEG_STAGE_SENDER] = GOAL,
  [POSTWEG_STAGE_RECIPIENT] = GOAL,
  [POSTWEG_STAGE_DATA] = GOAL,
  [POSTWEG_STAGE_ARRIVAL] = GOAL,
};

/* With STARTTLS the server greets before the encryption; without encryption there is no such station. */
static const Station orders[][N_STATIONS + 1] = {
  [POSTWEG_TLS] = { NAME, CONNECTION, ENCRYPTION, GREETING, SIGN_IN, GOAL, N_STATIONS },
  [POSTWEG_STARTTLS] = { NAME, CONNECTION, GREETING, ENCRYPTION, SIGN_IN, GOAL, N_STATIONS },
  [POSTWEG_PLAIN] = { NAME, CONNECTION, GREETING, SIGN_IN, GOAL, N_STATIONS },
};

static const char *
station_name (Station station, PostwegProtocol protocol)
{
  static const char
      *const
          names
              [] = {
                [NAME] = N_ ("Name"),
                             [CONNECTION] = N_ ("Connection"),
                                                [ENCRYPTION] = N_ ("Encryption"),
                                                                   [GREETING] = N_ ("Greeting"),
                                                                                    [SIGN_IN] = N_ ("Sign-In"),
                                                                                                    [GOAL] = N_ ("Mailbox"),
                                                                                                    };

  return station == GOAL && protocol == POSTWEG_SMTP ? _("Sender") : _(names[station]);
}

static void
clear (PostwegLane *self)
{
  postweg_rows_clear (self->rows);
  for (guint i = 0; i < N_STATIONS; i++)
    self->stations[i] = NULL;
}

static void
dispose (GObject *object)
{
  g_clear_pointer (&POSTWEG_LANE (object)->rows, postweg_rows_free);
  G_OBJECT_CLASS (postweg_lane_parent_class)->dispose (object);
}

static void
postweg_lane_class_init (PostwegLaneClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dispose;
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
postweg_lane_init (PostwegLane *self)
{
  self->group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  self->rows = postweg_rows_new (self->group);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->group));
}

void
postweg_lane_set_name (PostwegLane *self, const char *name)
{
  adw_preferences_group_set_title (self->group, name);
  postweg_parts_name (GTK_WIDGET (self), name);
}

void
postweg_lane_start (PostwegLane *self, const PostwegServer *server)
{
  g_autofree char *where = g_strdup_printf (_("%s, port %u"), server->host, server->port);
  g_autofree char *markup = g_markup_escape_text (where, -1);

  clear (self);
  adw_preferences_group_set_description (self->group, markup);
  for (const Station *station = orders[server->security]; *station != N_STATIONS; station++)
    {
      self->stations[*station] = postweg_station_row_new (station_name (*station, server->protocol));
      postweg_rows_add (self->rows, GTK_WIDGET (self->stations[*station]));
    }
}

char *
postweg_lane_begun (PostwegLane *self, PostwegStage stage)
{
  PostwegStationRow *row = self->stations[station_of[stage]];

  /* a station that was passed before stays as it is: the server is asked again what it can do after STARTTLS */
  if (row == NULL || postweg_station_row_get_state (row) != POSTWEG_STATION_WAITING)
    return NULL;
  postweg_station_row_set_state (row, POSTWEG_STATION_WORKING, 0);
  return postweg_station_row_words (row);
}

char *
postweg_lane_step (PostwegLane *self, const PostwegStep *step)
{
  PostwegStationRow *row = self->stations[station_of[step->stage]];

  if (row == NULL)
    return NULL;
  postweg_station_row_add_step (row, step);
  return postweg_station_row_words (row);
}

static void
replay (PostwegLane *self, const PostwegEvidence *evidence)
{
  for (guint i = 0; i < evidence->steps->len; i++)
    {
      const PostwegStep *step = g_ptr_array_index (evidence->steps, i);
      PostwegStationRow *row = self->stations[station_of[step->stage]];

      if (row == NULL)
        continue;
      postweg_station_row_add_step (row, step);
      postweg_details_add (row, evidence, step);
    }
}

void
postweg_lane_finish (PostwegLane *self, const PostwegEvidence *evidence)
{
  if (evidence != NULL)
    {
      postweg_lane_start (self, evidence->server);
      replay (self, evidence);
    }
  for (guint i = 0; i < N_STATIONS; i++)
    if (self->stations[i] != NULL &&
        postweg_station_row_get_state (self->stations[i]) <= POSTWEG_STATION_WORKING)
      postweg_station_row_set_state (self->stations[i], POSTWEG_STATION_NOT_REACHED, 0);
}
