/* Whatever fails before the sender is named keeps the mail from being sent; whatever fails on the other side keeps it from being seen. */
#include "ui/mail-road.h"
#include <glib/gi18n-lib.h>

enum { SENDER, RECIPIENT, MESSAGE, ARRIVAL };

static PostwegStationRow *
station_of (PostwegMailRoad *self, PostwegSide side, PostwegStage stage)
{
  if (side == POSTWEG_RECEIVE)
    return self->stations[ARRIVAL];
  if (stage <= POSTWEG_STAGE_SENDER)
    return self->stations[SENDER];
  return self->stations[stage == POSTWEG_STAGE_RECIPIENT ? RECIPIENT : MESSAGE];
}

void
postweg_mail_road_start (PostwegMailRoad *self, PostwegRows *rows)
{
  /* clang-format off */
  static const char *const names[POSTWEG_N_MAIL_STATIONS] = {
    [SENDER] = N_ ("Sender"), [RECIPIENT] = N_ ("Recipient"), [MESSAGE] = N_ ("Message"), [ARRIVAL] = N_ ("Arrival"),
  };
  /* clang-format on */

  for (guint i = 0; i < POSTWEG_N_MAIL_STATIONS; i++)
    {
      self->stations[i] = postweg_station_row_new (g_dgettext (GETTEXT_PACKAGE, names[i]));
      postweg_rows_add (rows, GTK_WIDGET (self->stations[i]));
    }
}

char *
postweg_mail_road_begun (PostwegMailRoad *self, PostwegSide side, PostwegStage stage)
{
  PostwegStationRow *row = station_of (self, side, stage);

  if (row == NULL || postweg_station_row_get_state (row) != POSTWEG_STATION_WAITING)
    return NULL;
  postweg_station_row_set_state (row, POSTWEG_STATION_WORKING, 0);
  return postweg_station_row_words (row);
}

char *
postweg_mail_road_step (PostwegMailRoad *self, PostwegSide side, const PostwegStep *step)
{
  PostwegStationRow *row = station_of (self, side, step->stage);

  if (row == NULL)
    return NULL;
  postweg_station_row_add_step (row, step);
  return postweg_station_row_words (row);
}

static void
add_detail (PostwegStationRow *row, const char *title, const char *text)
{
  if (text != NULL && *text != '\0')
    postweg_station_row_add_detail (row, postweg_parts_fact_row (title, text));
}

static void
replay (PostwegMailRoad *self, PostwegSide side, const GPtrArray *steps)
{
  for (guint i = 0; i < steps->len; i++)
    {
      const PostwegStep *step = g_ptr_array_index (steps, i);
      PostwegStationRow *row = station_of (self, side, step->stage);
      g_autofree char *words = step->reply != NULL ? postweg_reply_words (step->reply) : NULL;

      postweg_station_row_add_step (row, step);
      add_detail (row, _("Technical Detail"), step->detail);
      add_detail (row, _("The Server’s Own Words"), words);
    }
}

void
postweg_mail_road_show (PostwegMailRoad *self, PostwegRows *rows, const PostwegDelivery *delivery)
{
  postweg_mail_road_start (self, rows);
  replay (self, POSTWEG_SEND, delivery->outgoing_steps);
  replay (self, POSTWEG_RECEIVE, delivery->incoming_steps);
  for (guint i = 0; i < POSTWEG_N_MAIL_STATIONS; i++)
    if (postweg_station_row_get_state (self->stations[i]) <= POSTWEG_STATION_WORKING)
      postweg_station_row_set_state (self->stations[i], POSTWEG_STATION_NOT_REACHED, 0);
}

/* Returns: (transfer full): when it came there, and how long after the station before; "" if it does not say */
static char *
moment (const PostwegHop *hop)
{
  g_autoptr (GDateTime) time = hop->time != 0 ? g_date_time_new_from_unix_local (hop->time) : NULL;
  g_autofree char *clock = time != NULL ? g_date_time_format (time, "%H:%M:%S") : g_strdup ("");
  int seconds = (int) (hop->ms / 1000);

  if (time == NULL || !hop->has_ms)
    return g_steal_pointer (&clock);
  if (seconds < 0)
    return g_strdup_printf (_("%s, before the station before: the clocks differ"), clock);
  /* Translators: a time of day, and how long after the station before */
  return g_strdup_printf (_("%s, %d s after the station before"), clock, seconds);
}

static GtkWidget *
hop_row (const PostwegHop *hop)
{
  g_autofree char *when = moment (hop);
  g_autoptr (GString) text = g_string_new (when);
  const char *protection = hop->tls ? _("Came in encrypted") : _("Says nothing about encryption");

  if (text->len > 0)
    g_string_append_c (text, '\n');
  g_string_append (text, protection);
  return postweg_parts_fact_row (*hop->by != '\0' ? hop->by : _("A station without a name"), text->str);
}

GtkWidget *
postweg_hops_row (const GPtrArray *hops)
{
  GtkWidget *row = postweg_parts_row_new (ADW_TYPE_EXPANDER_ROW, _("The Way It Took"));
  g_autofree char *count = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u station wrote itself down",
                                                         "%u stations wrote themselves down", hops->len),
                                            hops->len);

  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (row), count);
  for (guint i = 0; i < hops->len; i++)
    adw_expander_row_add_row (ADW_EXPANDER_ROW (row), hop_row (g_ptr_array_index (hops, i)));
  return row;
}
