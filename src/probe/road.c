/* Walking the table of steps, and the steps that all protocols share. */
#include "probe/road.h"
#include "wire/dns.h"
#include "wire/race.h"
#include "wire/server-clock.h"

/* After so long without a greeting it is looked whether the port expects TLS; the greeting may still come. */
#define SILENCE_MS 4000
#define TIME_MS 1500 /* for a greeting that nobody will answer */

static GPtrArray *
known_addresses (char *const *known, guint16 port)
{
  GPtrArray *addresses = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; known[i] != NULL; i++)
    g_ptr_array_add (addresses, g_inet_socket_address_new_from_string (known[i], port));
  return addresses;
}

gboolean
postweg_road_find_host (PostwegSession *session, GError **error)
{
  const PostwegProbe *probe = session->probe;
  const char *name = probe->address != NULL ? probe->address : session->server->host;
  guint16 port = session->server->port;

  session->addresses = probe->address == NULL && probe->known != NULL
                           ? known_addresses (probe->known, port)
                           : postweg_dns_lookup (name, port, &session->wait, error);
  if (session->addresses == NULL)
    return FALSE;
  for (guint i = 0; i < session->addresses->len; i++)
    {
      GInetSocketAddress *inet = g_ptr_array_index (session->addresses, i);
      g_autofree char *text = g_inet_address_to_string (g_inet_socket_address_get_address (inet));

      g_string_append_printf (session->detail, "%s%s", i > 0 ? " " : "", text);
    }
  return TRUE;
}

gboolean
postweg_road_connect (PostwegSession *session, GError **error)
{
  GPtrArray *attempts = session->evidence->attempts;
  const PostwegRival *rival = session->probe->rival.ms != NULL ? &session->probe->rival : NULL;
  GSocket *socket = postweg_race (session->addresses, attempts, rival, &session->wait, error);

  if (socket == NULL)
    return FALSE;
  postweg_session_take_conn (session, postweg_conn_new (socket, session->evidence->dialogue));
  for (guint i = 0; i < attempts->len; i++)
    {
      const PostwegAttempt *attempt = g_ptr_array_index (attempts, i);

      if (attempt->error != POSTWEG_OK)
        continue;
      session->address = g_strdup (attempt->address);
      session->winner_ms = attempt->ms;
    }
  return TRUE;
}

static void
note_time (PostwegSession *session, const char *greeting)
{
  session->evidence->server_time = postweg_server_clock (greeting);
  session->evidence->server_time_at = g_get_real_time () / G_USEC_PER_SEC;
}

/* With a certificate that is out of date either the server or this computer's clock is wrong. Its greeting may tell; nothing is said to it. */
static void
hear_the_time (PostwegSession *session)
{
  PostwegWait wait = postweg_wait_step (&session->test, TIME_MS);
  g_autofree char *line = NULL;

  if (session->brief || session->evidence->greeting != NULL ||
      (session->evidence->tls->faults & (POSTWEG_CERT_EXPIRED | POSTWEG_CERT_NOT_YET_VALID)) == 0)
    return;
  line = postweg_conn_read_line (session->conn, &wait, NULL);
  note_time (session, line);
}

gboolean
postweg_road_start_tls (PostwegSession *session, GError **error)
{
  PostwegTlsFacts *facts = postweg_tls_facts_new (session->server->host);

  g_clear_pointer (&session->evidence->tls, postweg_tls_facts_free);
  session->evidence->tls = facts;
  if (!postweg_conn_start_tls (session->conn, session->probe->trust, session->tls_kind, facts, &session->wait,
                               &session->evidence->speaks, error))
    return FALSE;
  g_string_assign (session->detail, facts->cipher);
  if (facts->faults == 0)
    return TRUE;
  hear_the_time (session);
  g_set_error_literal (error, POSTWEG_ERROR, POSTWEG_ERROR_CERTIFICATE,
                       facts->refusal != NULL ? facts->refusal : "name");
  return FALSE;
}

/* A second connection, shaken hands with and dropped.
 * Returns: TLS; NOTHING: silence, too; UNKNOWN: something else went wrong */
static PostwegSpeaks
listen_with_tls (PostwegSession *session)
{
  PostwegWait wait = postweg_wait_step (&session->test, SILENCE_MS);
  g_autoptr (GPtrArray) attempts = g_ptr_array_new_with_free_func ((GDestroyNotify) postweg_attempt_free);
  g_autoptr (GPtrArray) dialogue =
      g_ptr_array_new_with_free_func ((GDestroyNotify) postweg_dialogue_line_free);
  g_autoptr (PostwegTlsFacts) facts = postweg_tls_facts_new (session->server->host);
  GSocket *socket = postweg_race (session->addresses, attempts, NULL, &wait, NULL);
  g_autoptr (PostwegConn) conn = socket != NULL ? postweg_conn_new (socket, dialogue) : NULL;
  g_autoptr (GError) cause = NULL;

  if (conn == NULL)
    return POSTWEG_SPEAKS_UNKNOWN;
  if (postweg_conn_start_tls (conn, session->probe->trust, POSTWEG_TLS_STRICT, facts, &wait, NULL, &cause))
    return POSTWEG_SPEAKS_TLS;
  return g_error_matches (cause, POSTWEG_ERROR, POSTWEG_ERROR_SILENT) ? POSTWEG_SPEAKS_NOTHING
                                                                      : POSTWEG_SPEAKS_UNKNOWN;
}

static gboolean
greeting_is_usable (PostwegSession *session, GError **error)
{
  const PostwegReply *greeting = session->answer->reply;

  session->evidence->greeting = postweg_reply_copy (greeting);
  note_time (session, greeting->text);
  if (g_strcmp0 (greeting->status, "PREAUTH") == 0 && !postweg_conn_is_encrypted (session->conn))
    {
      postweg_session_keep_reply (session);
      g_set_error_literal (error, POSTWEG_ERROR, POSTWEG_ERROR_PREAUTH, "signed in before encryption");
      return FALSE;
    }
  return postweg_session_accepted (session, error);
}

/* Nothing came for a while. Either the port expects TLS, or the server takes its time. */
static gboolean
wait_out_silence (PostwegSession *session, GError **error)
{
  if (session->server->security != POSTWEG_TLS)
    session->evidence->speaks = listen_with_tls (session);
  if (session->evidence->speaks == POSTWEG_SPEAKS_TLS)
    {
      g_set_error_literal (error, POSTWEG_ERROR, POSTWEG_ERROR_SILENT, "the port expects TLS");
      return FALSE;
    }
  g_clear_pointer (&session->answer, postweg_answer_free);
  if (!postweg_session_read (session, FALSE, error))
    return FALSE;
  session->evidence->speaks = POSTWEG_SPEAKS_UNKNOWN;
  return TRUE;
}

gboolean
postweg_road_greeting (PostwegSession *session, GError **error)
{
  PostwegWait whole = session->wait;
  g_autoptr (GError) cause = NULL;
  gboolean read;

  session->wait = postweg_wait_step (&whole, SILENCE_MS);
  read = postweg_session_read (session, FALSE, &cause);
  session->wait = whole;
  if (!read && !session->brief && g_error_matches (cause, POSTWEG_ERROR, POSTWEG_ERROR_SILENT))
    {
      g_clear_error (&cause);
      read = wait_out_silence (session, &cause);
    }
  if (read)
    return greeting_is_usable (session, error);
  g_propagate_error (error, g_steal_pointer (&cause));
  return FALSE;
}

void
postweg_road_keep_capabilities (PostwegSession *session, char **capabilities, char **mechanisms)
{
  PostwegEvidence *evidence = session->evidence;

  if (!postweg_conn_is_encrypted (session->conn))
    {
      g_strfreev (evidence->plain_capabilities);
      evidence->plain_capabilities = g_strdupv (capabilities);
    }
  g_strfreev (evidence->capabilities);
  g_strfreev (evidence->mechanisms);
  evidence->capabilities = capabilities;
  evidence->mechanisms = mechanisms;
}

gboolean
postweg_road_ready_for_tls (PostwegSession *session, GError **error)
{
  if (!postweg_conn_has_extra (session->conn, &session->wait))
    return TRUE;
  g_set_error_literal (error, POSTWEG_ERROR, POSTWEG_ERROR_STARTTLS_INJECTION,
                       "text behind the STARTTLS answer");
  return FALSE;
}

static gboolean
applies (const PostwegRoadStep *step, const PostwegServer *server)
{
  static const PostwegSecurity needed[] = {
    [POSTWEG_ROAD_TLS] = POSTWEG_TLS, [POSTWEG_ROAD_STARTTLS] = POSTWEG_STARTTLS
  };

  return step->when == POSTWEG_ROAD_ALWAYS || needed[step->when] == server->security;
}

static void
add_step (PostwegSession *session, PostwegStep *step)
{
  g_ptr_array_add (session->evidence->steps, step);
  if (session->probe->watch.done != NULL)
    session->probe->watch.done (step, session->probe->watch.data);
}

/* Stages that were not reached are told, each once. */
static void
skip (PostwegSession *session, PostwegStage stage, PostwegError why)
{
  if (postweg_evidence_step (session->evidence, stage) == NULL)
    add_step (session, postweg_step_new (stage, POSTWEG_STEP_SKIPPED, why));
}

static PostwegStepVerdict
verdict_of (const PostwegSession *session, const GError *cause)
{
  if (cause != NULL && cause->domain != POSTWEG_ERROR)
    return POSTWEG_STEP_SKIPPED; /* stopped by the person */
  if (cause != NULL)
    return POSTWEG_STEP_FAILED;
  if (session->left_out)
    return POSTWEG_STEP_SKIPPED;
  return session->note ? POSTWEG_STEP_NOTE : POSTWEG_STEP_OK;
}

static PostwegError
error_of (const PostwegSession *session, const GError *cause)
{
  if (cause == NULL)
    return session->left_out ? session->why_left_out : POSTWEG_OK;
  return cause->domain == POSTWEG_ERROR ? (PostwegError) cause->code : POSTWEG_ERROR_OUT_OF_TIME;
}

/* A second look is short: connecting leaves some of its time, so that silence is told from the end of the time. */
static guint
limit_of (const PostwegSession *session, const PostwegRoadStep *made)
{
  gboolean shorter = session->brief && made->stage == POSTWEG_STAGE_CONNECT;

  return shorter ? MIN (made->limit_ms, session->probe->test_ms / 4 * 3) : made->limit_ms;
}

/* Nothing is begun once the test was stopped: a password that has not gone out yet stays here.
 * Returns: when the step itself began, in us */
static gint64
run_step (PostwegSession *session, const PostwegRoadStep *made, GError **cause)
{
  const PostwegProbeTurn *turn = &session->probe->sign_in_turn;
  gboolean takes_turn = made->stage == POSTWEG_STAGE_AUTH && turn->enter != NULL;
  gboolean inside = takes_turn && turn->enter (turn->data, session->test.cancellable);
  gint64 start = g_get_monotonic_time ();

  session->wait = postweg_wait_step (&session->test, limit_of (session, made));
  if (!g_cancellable_set_error_if_cancelled (session->test.cancellable, cause))
    made->run (session, cause);
  if (inside)
    turn->leave (turn->data);
  return start;
}

gboolean
postweg_road_make (PostwegSession *session, const PostwegRoadStep *made)
{
  g_autoptr (GError) cause = NULL;
  gint64 start;
  PostwegStep *step;

  if (session->probe->watch.begun != NULL)
    session->probe->watch.begun (made->stage, session->probe->watch.data);
  g_string_truncate (session->detail, 0);
  session->note = session->left_out = FALSE;
  start = run_step (session, made, &cause);

  step = postweg_step_new (made->stage, verdict_of (session, cause), error_of (session, cause));
  step->ms = (guint) ((g_get_monotonic_time () - start) / 1000);
  step->winner_ms = made->stage == POSTWEG_STAGE_CONNECT ? session->winner_ms : 0;
  step->address = g_strdup (session->address);
  step->reply = g_steal_pointer (&session->reply);
  g_free (step->detail);
  step->detail = g_strdup (session->detail->str);
  add_step (session, step);
  return cause == NULL && !(session->left_out && session->why_left_out != POSTWEG_OK);
}

/* With STARTTLS some stages come twice: "until the capabilities" means those that count, behind the encryption.
 * Returns: how many of the road's steps belong to it */
static guint
count_steps (const PostwegRoad *road, const PostwegSession *session)
{
  guint n = road->n_steps;

  while (n > 0 && (road->steps[n - 1].stage > session->probe->until ||
                   !applies (&road->steps[n - 1], session->server)))
    n--;
  return n;
}

static const PostwegRoad *const roads[POSTWEG_N_PROTOCOLS] = {
  [POSTWEG_IMAP] = &postweg_road_imap,
  [POSTWEG_POP3] = &postweg_road_pop3,
  [POSTWEG_SMTP] = &postweg_road_smtp,
};

gboolean
postweg_road_open (PostwegSession *session)
{
  const PostwegRoad *road = roads[session->server->protocol];
  guint n_steps = count_steps (road, session);
  gint64 start = g_get_monotonic_time ();
  gboolean on = TRUE;
  PostwegError why = POSTWEG_OK;

  for (guint i = 0; i < n_steps; i++)
    {
      if (!applies (&road->steps[i], session->server))
        continue;
      if (on)
        on = postweg_road_make (session, &road->steps[i]);
      else
        skip (session, road->steps[i].stage, why);
      if (!on && session->left_out)
        why = session->why_left_out;
    }
  session->evidence->elapsed_ms = (guint) ((g_get_monotonic_time () - start) / 1000);
  return on;
}

void
postweg_road_walk (PostwegSession *session)
{
  if (postweg_road_open (session) && session->conn != NULL)
    postweg_session_send (session, roads[session->server->protocol]->farewell, NULL, NULL);
}
