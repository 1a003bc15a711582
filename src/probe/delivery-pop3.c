/* Waiting for the test mail over POP3: each look is a session of its own, since a mailbox stands still in one (RFC 1939 3). */
#include "probe/parcel.h"
#include "wire/pop3.h"
#include <stdlib.h>
#include <string.h>

#define COMMAND_MS 20000
#define LOOKED_AT_MAX 20 /* new mails whose header is read, the newest */
#define FIRST_PAUSE_MS 2000
#define LONGEST_PAUSE_MS 16000
#define BUSY_MS 10000    /* after a refusal for being too early */
#define REPORT_LINES 200 /* of a report's body; its header is not enough */

typedef struct {
  PostwegParcel *parcel;
  PostwegProbe probe;
  PostwegSession *session; /* while the mail was found and waits for being removed; else NULL */
  GHashTable *known;       /* char*: unique ids before the mail was sent, and of mails that are not ours */
  guint n_before;          /* how many there were, for servers without UIDL */
  GArray *ours;            /* guint: numbers in the present session */
  guint pause_ms, delay_ms;
  gboolean dead;    /* the server does not let us in any more */
  gboolean blind;   /* it did not let us look at a mail, the last time */
  gint64 signed_in; /* the last time */
} Box;

static gboolean
ask (Box *box, const char *command, gboolean listed)
{
  PostwegSession *session = box->session;

  if (session == NULL)
    return FALSE;
  session->test = postweg_parcel_wait (box->parcel, G_MAXUINT / 2000);
  session->wait = postweg_wait_step (&session->test, COMMAND_MS);
  return postweg_session_ask (session, command, listed, NULL) && session->answer->reply->positive;
}

static void
hang_up (Box *box)
{
  postweg_parcel_hang_up (box->parcel, g_steal_pointer (&box->session), POSTWEG_RECEIVE, "QUIT");
}

/* "LOGIN-DELAY 60 USER" (RFC 2449 6.6) */
static void
read_delay (Box *box)
{
  char **capabilities = box->session->evidence->capabilities;

  for (; capabilities != NULL && *capabilities != NULL; capabilities++)
    if (g_str_has_prefix (*capabilities, "LOGIN-DELAY "))
      box->delay_ms = (guint) MIN (g_ascii_strtoull (*capabilities + 12, NULL, 10), 3600) * 1000;
}

/* Returns: (transfer full): where it ended, or NULL when it went well */
static PostwegStep *
sign_in (Box *box)
{
  PostwegStep *obstacle = NULL;

  box->probe = box->parcel->job->incoming;
  box->session = postweg_parcel_sign_in (box->parcel, &box->probe, POSTWEG_RECEIVE, &obstacle);
  box->signed_in = g_get_monotonic_time ();
  if (box->session != NULL)
    read_delay (box);
  return obstacle;
}

/* Refusals that are about the moment (RFC 2449 8.1, RFC 3206), not about the password: they only ask for more patience. */
static gboolean
is_too_early (const PostwegStep *step)
{
  static const char *const codes[] = { "LOGIN-DELAY", "IN-USE", "SYS/TEMP" };

  for (guint i = 0; step->reply != NULL && i < G_N_ELEMENTS (codes); i++)
    if (g_strcmp0 (step->reply->response_code, codes[i]) == 0)
      return TRUE;
  return FALSE;
}

/* The unique ids, or the number of mails where there are none. listed: (out): whether the answer's lines are ids. */
static gboolean
list (Box *box, gboolean *listed)
{
  *listed = ask (box, "UIDL", TRUE);
  return *listed || ask (box, "STAT", FALSE);
}

static void
note_known (Box *box, gboolean listed)
{
  const PostwegAnswer *answer = box->session->answer;

  if (!listed)
    box->n_before = (guint) MIN (g_ascii_strtoull (answer->reply->text, NULL, 10), G_MAXINT);
  for (guint i = 0; listed && i < answer->lines->len; i++)
    {
      const char *id = strchr (g_ptr_array_index (answer->lines, i), ' ');

      if (id != NULL)
        g_hash_table_add (box->known, g_strdup (id + 1));
    }
}

/* A mail that came since: its number, and its unique id or NULL. */
typedef struct {
  guint number;
  char *id;
} Fresh;

static void
fresh_clear (gpointer data)
{
  g_free (((Fresh *) data)->id);
}

static void
add_fresh (GArray *all, guint64 number, const char *id)
{
  Fresh fresh = { (guint) MIN (number, G_MAXINT), g_strdup (id) };

  g_array_append_val (all, fresh);
}

/* Returns: (transfer full): Fresh, of those that are not known; the last ones, which are mostly the newest */
static GArray *
list_fresh (Box *box, gboolean listed)
{
  const PostwegAnswer *answer = box->session->answer;
  GArray *all = g_array_new (FALSE, FALSE, sizeof (Fresh));
  guint64 n = listed ? 0 : g_ascii_strtoull (answer->reply->text, NULL, 10);

  g_array_set_clear_func (all, fresh_clear);
  for (guint i = 0; listed && i < answer->lines->len; i++)
    {
      const char *line = g_ptr_array_index (answer->lines, i);
      const char *id = strchr (line, ' ');

      if (id != NULL && !g_hash_table_contains (box->known, id + 1))
        add_fresh (all, g_ascii_strtoull (line, NULL, 10), id + 1);
    }
  for (guint64 i = MAX (box->n_before, n > LOOKED_AT_MAX ? n - LOOKED_AT_MAX : 0); i < n; i++)
    add_fresh (all, i + 1, NULL);
  if (all->len > LOOKED_AT_MAX)
    g_array_remove_range (all, 0, all->len - LOOKED_AT_MAX);
  return all;
}

/* The listed lines as one text again. Returns: (transfer full) */
static char *
text_of (const PostwegAnswer *answer)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < answer->lines->len && text->len < POSTWEG_PHASE_MAX; i++)
    g_string_append_printf (text, "%s\n", (const char *) g_ptr_array_index (answer->lines, i));
  return g_string_free (text, FALSE);
}

static char *
top (Box *box, guint number, guint n_lines)
{
  g_autofree char *command = g_strdup_printf ("TOP %u %u", number, n_lines);

  return ask (box, command, TRUE) ? text_of (box->session->answer) : NULL;
}

static void
judge (Box *box, const Fresh *fresh, guint *unmarked)
{
  g_autofree char *header = top (box, fresh->number, 0);
  g_autofree char *report = NULL;
  PostwegWhose whose;

  box->blind |= header == NULL;
  if (header == NULL)
    return;
  whose = postweg_parcel_whose (box->parcel, header, strlen (header));
  *unmarked += whose == POSTWEG_OURS_UNMARKED;
  if (whose == POSTWEG_OURS)
    g_array_append_val (box->ours, fresh->number);
  if (whose == POSTWEG_OURS || whose == POSTWEG_OURS_UNMARKED)
    postweg_parcel_read_way (box->parcel, header, strlen (header));
  else if (fresh->id != NULL)
    g_hash_table_add (box->known, g_strdup (fresh->id));
  if (whose == POSTWEG_A_REPORT && (report = top (box, fresh->number, REPORT_LINES)) != NULL)
    postweg_parcel_read_report (box->parcel, report, strlen (report));
}

static void
judge_all (Box *box, const GArray *all)
{
  guint unmarked = 0;

  g_array_set_size (box->ours, 0);
  for (guint i = 0; i < all->len; i++)
    judge (box, &g_array_index (all, Fresh, i), &unmarked);
  if (box->ours->len + unmarked > 0)
    postweg_delivery_place (box->parcel->delivery, POSTWEG_FOLDER_INBOX, "INBOX")->copies =
        box->ours->len + unmarked;
}

static void
close_box (gpointer data)
{
  Box *box = data;

  hang_up (box);
  g_hash_table_unref (box->known);
  g_array_unref (box->ours);
  g_free (box);
}

/* What the server says is kept: a mailbox that cannot be read now will not show the mail either. */
static void
keep_failure (Box *box)
{
  PostwegStep *step = postweg_step_new (POSTWEG_STAGE_MAILBOX, POSTWEG_STEP_FAILED, POSTWEG_ERROR_HUNG_UP);

  if (box->session->answer != NULL && box->session->answer->reply != NULL &&
      !box->session->answer->reply->positive)
    {
      step->error = POSTWEG_ERROR_REJECTED;
      step->reply = postweg_reply_copy (box->session->answer->reply);
    }
  postweg_parcel_keep_step (box->parcel, POSTWEG_RECEIVE, step);
}

static gpointer
open_box (PostwegParcel *parcel)
{
  Box *box = g_new0 (Box, 1);
  gboolean listed = FALSE;
  PostwegStep *obstacle;

  box->parcel = parcel;
  box->pause_ms = FIRST_PAUSE_MS;
  box->known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  box->ours = g_array_new (FALSE, FALSE, sizeof (guint));
  postweg_parcel_pause (parcel, parcel->job->login_delay_s * 1000);
  obstacle = sign_in (box);
  if (obstacle != NULL)
    {
      postweg_parcel_keep_step (parcel, POSTWEG_RECEIVE, obstacle);
      close_box (box);
      return NULL;
    }
  if (!list (box, &listed))
    {
      keep_failure (box);
      close_box (box);
      return NULL;
    }
  note_known (box, listed);
  hang_up (box);
  return box;
}

/* A refusal ends the looking: a password is never tried again and again. */
static void
note_obstacle (Box *box, const PostwegStep *obstacle)
{
  if (is_too_early (obstacle))
    box->delay_ms = MAX (box->delay_ms, BUSY_MS);
  else if (obstacle->verdict == POSTWEG_STEP_FAILED)
    {
      postweg_parcel_keep_step (box->parcel, POSTWEG_RECEIVE, postweg_step_copy (obstacle));
      box->dead = TRUE;
    }
}

static gboolean
look (gpointer data)
{
  Box *box = data;
  gboolean listed = FALSE;
  g_autoptr (GArray) fresh = NULL;
  g_autoptr (PostwegStep) obstacle = NULL;

  hang_up (box);
  if (box->dead)
    return FALSE;
  box->blind = FALSE;
  obstacle = sign_in (box);
  if (obstacle != NULL)
    {
      note_obstacle (box, obstacle);
      return FALSE;
    }
  if (!list (box, &listed))
    {
      hang_up (box);
      return FALSE;
    }
  fresh = list_fresh (box, listed);
  judge_all (box, fresh);
  if (box->ours->len == 0)
    hang_up (box);
  return !box->blind;
}

static gboolean
is_dead (gpointer data)
{
  return ((const Box *) data)->dead;
}

static void
wait_before_next (gpointer data, guint ms)
{
  Box *box = data;
  gint64 since = (g_get_monotonic_time () - box->signed_in) / 1000;
  gint64 demanded = MAX ((gint64) box->delay_ms - since, 0);

  postweg_parcel_pause (box->parcel, (guint) MAX (MIN (ms, box->pause_ms), demanded));
  box->pause_ms = MIN (box->pause_ms * 2, LONGEST_PAUSE_MS);
}

/* What is flagged goes when the session ends in order (RFC 1939 6), and with nothing else: this session has flagged nothing else. */
static void
clear (gpointer data)
{
  Box *box = data;
  guint flagged = 0;

  for (guint i = 0; i < box->ours->len; i++)
    {
      g_autofree char *command = g_strdup_printf ("DELE %u", g_array_index (box->ours, guint, i));

      flagged += ask (box, command, FALSE);
    }
  if (flagged == 0)
    return;
  if (ask (box, "QUIT", FALSE))
    postweg_delivery_place (box->parcel->delivery, POSTWEG_FOLDER_INBOX, "INBOX")->removed = flagged;
  postweg_parcel_hang_up (box->parcel, g_steal_pointer (&box->session), POSTWEG_RECEIVE, NULL);
}

const PostwegBoxWay postweg_box_pop3 = { FALSE, open_box, look, is_dead, wait_before_next, clear, close_box };
