/* Whatever fails before the sender is named keeps the mail from being sent; whatever fails on the other side keeps it from being seen. */
#include "ui/pictures/mail-road.h"
#include "checkup/checkup.h"
#include <glib/gi18n-lib.h>

enum { SENDER, RECIPIENT, MESSAGE, ARRIVAL, N_STATIONS };

static guint
number_of (PostwegSide side, PostwegStage stage)
{
  if (side == POSTWEG_RECEIVE)
    return ARRIVAL;
  if (stage <= POSTWEG_STAGE_SENDER)
    return SENDER;
  return stage == POSTWEG_STAGE_RECIPIENT ? RECIPIENT : MESSAGE;
}

PostwegLane *
postweg_mail_road_new (void)
{
  PostwegLane *road = g_object_new (POSTWEG_TYPE_LANE, NULL);

  postweg_lane_set_name (road, _("The Way of the Mail"));
  postweg_lane_set_folds (road);
  return road;
}

void
postweg_mail_road_start (PostwegLane *road)
{
  const char *const names[N_STATIONS] = {
    [SENDER] = _("Sender"), [RECIPIENT] = _("Recipient"), [MESSAGE] = _("Message"), [ARRIVAL] =
                                                                                           _("Arrival"),
                                                            };

  postweg_lane_start_named (road, names, N_STATIONS);
}

char *
postweg_mail_road_begun (PostwegLane *road, PostwegSide side, PostwegStage stage)
{
  return postweg_lane_station_begun (road, number_of (side, stage));
}

char *
postweg_mail_road_step (PostwegLane *road, PostwegSide side, const PostwegStep *step)
{
  return postweg_lane_station_step (road, number_of (side, step->stage), step);
}

static void
replay (PostwegLane *road, PostwegSide side, const GPtrArray *steps)
{
  for (guint i = 0; i < steps->len; i++)
    g_free (postweg_mail_road_step (road, side, g_ptr_array_index (steps, i)));
}

void
postweg_mail_road_show (PostwegLane *road, const PostwegDelivery *delivery)
{
  postweg_mail_road_start (road);
  replay (road, POSTWEG_SEND, delivery->outgoing_steps);
  replay (road, POSTWEG_RECEIVE, delivery->incoming_steps);
  postweg_lane_finish (road, NULL);
}

static void
add_detail (PostwegRows *rows, const char *title, const char *text)
{
  if (text != NULL && *text != '\0')
    postweg_rows_add (rows, postweg_parts_fact_row (title, text));
}

static void
add_step (PostwegRows *rows, const PostwegStep *step)
{
  g_autofree char *words = step->reply != NULL ? postweg_reply_words (step->reply) : NULL;
  /* Translators: the words of a server, quoted */
  g_autofree char *quoted = words != NULL && *words != '\0' ? g_strdup_printf (_("“%s”"), words) : NULL;
  g_autofree char *why = step->error != POSTWEG_OK ? postweg_checkup_error_text (step->error) : NULL;

  add_detail (rows, _("The Server’s Own Words"), quoted);
  add_detail (rows, step->verdict == POSTWEG_STEP_FAILED ? _("What Went Wrong") : _("Worth Knowing"), why);
  add_detail (rows, _("Technical Detail"), step->detail);
}

void
postweg_mail_road_add_details (PostwegRows *rows, const PostwegDelivery *delivery, guint number)
{
  PostwegSide side = number == ARRIVAL ? POSTWEG_RECEIVE : POSTWEG_SEND;
  const GPtrArray *steps = side == POSTWEG_SEND ? delivery->outgoing_steps : delivery->incoming_steps;
  guint before = rows->rows->len;

  for (guint i = 0; i < steps->len; i++)
    {
      const PostwegStep *step = g_ptr_array_index (steps, i);

      if (number_of (side, step->stage) == number)
        add_step (rows, step);
    }
  if (rows->rows->len == before)
    postweg_rows_add (rows, postweg_parts_text_row (NULL, _("Nothing more is known about this station.")));
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
