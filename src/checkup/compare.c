/* Both tests as one row for each side; the sentence stands in a table by what was and what is. */
#include "checkup/compare.h"
#include "model/address.h"
#include <glib/gi18n-lib.h>

typedef enum { UNKNOWN, WORKS, FAILS } Outcome;
#define N_OUTCOMES 3

typedef struct {
  Outcome outcome;
  PostwegStage stage; /* where it failed */
  char *host;
  guint16 port;
  GArray *open; /* guint16: ports of that server that answered */
} Way;

struct _PostwegMemory {
  Way ways[2]; /* by PostwegSide */
  gint64 when;
  PostwegSurroundings *where;
};

static const char *
station_of (const Way *way)
{
  /* clang-format off */
  static const char *const names[POSTWEG_N_STAGES] = {
    [POSTWEG_STAGE_DNS] = N_ ("Name"), [POSTWEG_STAGE_CONNECT] = N_ ("Connection"),
    [POSTWEG_STAGE_TLS] = N_ ("Encryption"), [POSTWEG_STAGE_GREETING] = N_ ("Greeting"),
    [POSTWEG_STAGE_CAPABILITY] = N_ ("Greeting"), [POSTWEG_STAGE_STARTTLS] = N_ ("Encryption"),
    [POSTWEG_STAGE_AUTH] = N_ ("Sign-In"), [POSTWEG_STAGE_MAILBOX] = N_ ("Mailbox"),
    [POSTWEG_STAGE_SENDER] = N_ ("Sender"), [POSTWEG_STAGE_RECIPIENT] = N_ ("Recipient"),
    [POSTWEG_STAGE_DATA] = N_ ("Message"), [POSTWEG_STAGE_ARRIVAL] = N_ ("Arrival"),
  };
  /* clang-format on */

  return _(names[way->stage]);
}

static void
add_port (Way *way, const char *host, guint16 port)
{
  if (g_ascii_strcasecmp (way->host, host) == 0)
    g_array_append_val (way->open, port);
}

static void
add_if_open (Way *way, const PostwegEvidence *evidence)
{
  if (evidence != NULL && postweg_evidence_passed (evidence, POSTWEG_STAGE_CONNECT))
    add_port (way, evidence->server->host, evidence->server->port);
}

static void
collect_ports (Way *way, const PostwegTestResult *result, const PostwegEvidence *evidence)
{
  add_if_open (way, evidence);
  for (guint i = 0; i < result->observations->len; i++)
    add_if_open (way, ((const PostwegObservation *) g_ptr_array_index (result->observations, i))->evidence);
  for (guint i = 0; result->ports != NULL && i < result->ports->len; i++)
    {
      const PostwegPort *port = g_ptr_array_index (result->ports, i);

      if (port->state == POSTWEG_PORT_OPEN)
        add_port (way, port->host, port->port);
    }
}

static void
read_way (Way *way, const PostwegTestResult *result, const PostwegEvidence *evidence)
{
  const PostwegStep *failure = evidence != NULL ? postweg_evidence_failure (evidence) : NULL;
  const char *verdict = postweg_side_verdict_name (evidence);

  way->open = g_array_new (FALSE, FALSE, sizeof (guint16));
  way->host = g_strdup (evidence != NULL ? evidence->server->host : "");
  if (evidence == NULL)
    return;
  way->port = evidence->server->port;
  if (g_strcmp0 (verdict, "not-tested") != 0)
    way->outcome = failure == NULL ? WORKS : FAILS;
  if (failure != NULL)
    way->stage = failure->stage;
  collect_ports (way, result, evidence);
}

static gboolean
has_open (const Way *way, guint16 port)
{
  for (guint i = 0; i < way->open->len; i++)
    if (g_array_index (way->open, guint16, i) == port)
      return TRUE;
  return FALSE;
}

/* clang-format off */
/* By side, by what was, by what is; {then} and {now} are stations. */
static const char *const sentences[2][N_OUTCOMES][N_OUTCOMES] = {
  [POSTWEG_RECEIVE] = {
    [WORKS][FAILS] = N_ ("Receiving worked then. Now it ends at the station “{now}”."),
    [FAILS][WORKS] = N_ ("Receiving ended at the station “{then}” then. Now it works."),
    [FAILS][FAILS] = N_ ("Receiving ended at the station “{then}” then, and ends at “{now}” now."),
  },
  [POSTWEG_SEND] = {
    [WORKS][FAILS] = N_ ("Sending worked then. Now it ends at the station “{now}”."),
    [FAILS][WORKS] = N_ ("Sending ended at the station “{then}” then. Now it works."),
    [FAILS][FAILS] = N_ ("Sending ended at the station “{then}” then, and ends at “{now}” now."),
  },
};
/* clang-format on */

static void
compare_outcome (GPtrArray *lines, PostwegSide side, const Way *then, const Way *now)
{
  const char *words = sentences[side][then->outcome][now->outcome];
  GString *line;

  if (words == NULL || (then->outcome == now->outcome && then->stage == now->stage))
    return;
  line = g_string_new (_(words));
  g_string_replace (line, "{then}", station_of (then), 1);
  g_string_replace (line, "{now}", station_of (now), 1);
  g_ptr_array_add (lines, g_string_free (line, FALSE));
}

/* Practice servers have another port each time: that is of no account. */
static void
compare_server (GPtrArray *lines, const Way *then, const Way *now)
{
  if (postweg_host_is_loopback (now->host) ||
      (g_ascii_strcasecmp (then->host, now->host) == 0 && then->port == now->port))
    return;
  g_ptr_array_add (lines,
                   g_strdup_printf (_("Then it was %s, port %u, that was tested; now it is %s, port %u."),
                                       then->host, then->port, now->host, now->port));
}

/* The port that was tested now, and another test saw open. */
static void
compare_port (GPtrArray *lines, const Way *then, const Way *now)
{
  if (g_ascii_strcasecmp (then->host, now->host) != 0 || has_open (now, now->port) ||
      !has_open (then, now->port))
    return;
  g_ptr_array_add (
      lines, g_strdup_printf (_("Then %s answered on port %u. Now it does not."), now->host, now->port));
}

static void
compare_place (GPtrArray *lines, const PostwegSurroundings *then, const PostwegSurroundings *now)
{
  if (postweg_surroundings_differ (then, now))
    g_ptr_array_add (lines, g_strdup (_("This computer is in another network than then.")));
  if (then->vpn && !now->vpn)
    g_ptr_array_add (lines, g_strdup (_("Then a VPN was switched on. Now it is off.")));
  if (!then->vpn && now->vpn)
    g_ptr_array_add (lines, g_strdup (_("Then no VPN was switched on. Now one is.")));
}

PostwegMemory *
postweg_memory_new (const PostwegTestResult *result, gint64 when, const PostwegSurroundings *where)
{
  PostwegMemory *memory = g_new0 (PostwegMemory, 1);

  memory->when = when;
  memory->where = postweg_surroundings_copy (where);
  read_way (&memory->ways[POSTWEG_RECEIVE], result, result->incoming);
  read_way (&memory->ways[POSTWEG_SEND], result, result->outgoing);
  return memory;
}

void
postweg_memory_free (PostwegMemory *memory)
{
  if (memory == NULL)
    return;
  for (guint i = 0; i < 2; i++)
    {
      g_free (memory->ways[i].host);
      g_array_unref (memory->ways[i].open);
    }
  postweg_surroundings_free (memory->where);
  g_free (memory);
}

char *
postweg_memory_heading (const PostwegMemory *before, gint64 now)
{
  g_autoptr (GDateTime) then = g_date_time_new_from_unix_local (before->when);
  g_autoptr (GDateTime) today = g_date_time_new_from_unix_local (now);
  g_autoptr (GDateTime) yesterday = g_date_time_add_days (today, -1);
  g_autofree char *clock = g_date_time_format (then, "%H:%M");
  g_autofree char *date = g_date_time_format (then, "%x");
  gint day = g_date_time_get_day_of_year (then), year = g_date_time_get_year (then);

  /* Translators: a time of day */
  if (day == g_date_time_get_day_of_year (today) && year == g_date_time_get_year (today))
    return g_strdup_printf (_("Compared with the Test at %s"), clock);
  if (day == g_date_time_get_day_of_year (yesterday) && year == g_date_time_get_year (yesterday))
    return g_strdup_printf (_("Compared with the Test Yesterday at %s"), clock);
  /* Translators: a date and a time of day */
  return g_strdup_printf (_("Compared with the Test on %s at %s"), date, clock);
}

GPtrArray *
postweg_memory_compare (const PostwegMemory *before, const PostwegMemory *after)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_free);
  guint common = 0;

  for (PostwegSide side = POSTWEG_RECEIVE; side <= POSTWEG_SEND; side++)
    {
      const Way *then = &before->ways[side], *now = &after->ways[side];

      if (then->outcome == UNKNOWN || now->outcome == UNKNOWN)
        continue;
      common++;
      compare_outcome (lines, side, then, now);
      compare_port (lines, then, now);
      compare_server (lines, then, now);
    }
  if (common > 0)
    compare_place (lines, before->where, after->where);
  if (common > 0 && lines->len == 0)
    g_ptr_array_add (lines, g_strdup (_("Nothing has changed since then.")));
  return lines;
}
