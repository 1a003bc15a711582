/* Second looks: short probes that answer one question of the diagnosis. */
#include "probe/probe.h"
#include "probe/road.h"
#include <string.h>

#define LOOK_MS 8000      /* for a whole look */
#define ELSEWHERE_MS 4000 /* for another host, after all the waiting for this one */
#define SPOKEN_TO_MS 2000 /* for an answer after we said something */

/* How far each look goes, and with what. */
static const struct {
  PostwegStage until;
  gboolean use_security;
  PostwegSecurity security;
  PostwegTlsKind tls_kind;
  guint ms;
} looks[] = {
  [POSTWEG_LOOK_PLAIN] = { POSTWEG_STAGE_CAPABILITY, TRUE, POSTWEG_PLAIN, POSTWEG_TLS_STRICT, LOOK_MS },
  [POSTWEG_LOOK_TLS] = { POSTWEG_STAGE_CAPABILITY, TRUE, POSTWEG_TLS, POSTWEG_TLS_STRICT, LOOK_MS },
  [POSTWEG_LOOK_OLD_TLS] = { POSTWEG_STAGE_TLS, FALSE, POSTWEG_TLS, POSTWEG_TLS_OLD, LOOK_MS },
  [POSTWEG_LOOK_OTHER_PORT] = { POSTWEG_STAGE_CAPABILITY, FALSE, POSTWEG_TLS, POSTWEG_TLS_STRICT, LOOK_MS },
  [POSTWEG_LOOK_OTHER_NAME] = { POSTWEG_STAGE_DNS, FALSE, POSTWEG_TLS, POSTWEG_TLS_STRICT, LOOK_MS },
  [POSTWEG_LOOK_OTHER_HOST] = { POSTWEG_STAGE_CONNECT, FALSE, POSTWEG_TLS, POSTWEG_TLS_STRICT, ELSEWHERE_MS },
  [POSTWEG_LOOK_OTHER_FAMILY] = { POSTWEG_STAGE_GREETING, FALSE, POSTWEG_TLS, POSTWEG_TLS_STRICT, LOOK_MS },
  [POSTWEG_LOOK_INCOMING_PAIR] = { POSTWEG_STAGE_AUTH, FALSE, POSTWEG_TLS, POSTWEG_TLS_STRICT, 60000 },
  [POSTWEG_LOOK_IMAP] = { POSTWEG_STAGE_AUTH, FALSE, POSTWEG_TLS, POSTWEG_TLS_STRICT, 60000 },
};

/* A web server says nothing until it is spoken to; one harmless command shows what is there. */
static void
speak_first (PostwegSession *session)
{
  static const char *const words[] = { "a CAPABILITY", "CAPA", "EHLO [127.0.0.1]" };
  gsize length = 0;
  const char *bytes;

  session->wait = postweg_wait_step (&session->test, SPOKEN_TO_MS);
  if (postweg_conn_send (session->conn, words[session->server->protocol], NULL, &session->wait, NULL))
    g_free (postweg_conn_read_line (session->conn, &session->wait, NULL));
  if (session->evidence->dialogue->len > 0)
    {
      const PostwegDialogueLine *last =
          g_ptr_array_index (session->evidence->dialogue, session->evidence->dialogue->len - 1);

      if (last->from_server)
        session->evidence->speaks = postweg_speaks_by_bytes (last->text, strlen (last->text));
    }
  bytes = postweg_conn_peek (session->conn, &length);
  if (session->evidence->speaks == POSTWEG_SPEAKS_UNKNOWN)
    session->evidence->speaks = postweg_speaks_by_bytes (bytes, length);
}

/* What speaks on the port when it is not encrypted from the start. */
static void
listen_in_plain (PostwegSession *session)
{
  PostwegEvidence *evidence = session->evidence;
  const PostwegStep *greeting = postweg_evidence_step (evidence, POSTWEG_STAGE_GREETING);

  if (greeting == NULL)
    return;
  if (evidence->greeting != NULL)
    evidence->speaks = postweg_speaks_of (session->server->protocol);
  else if (greeting->error == POSTWEG_ERROR_SILENT && session->conn != NULL &&
           evidence->speaks == POSTWEG_SPEAKS_UNKNOWN)
    speak_first (session);
}

PostwegEvidence *
postweg_probe_look (const PostwegProbe *probe, PostwegLook look, GCancellable *cancellable)
{
  g_autoptr (PostwegServer) server = postweg_server_copy (probe->server);
  PostwegProbe changed = *probe;
  PostwegSession *session;

  if (looks[look].use_security)
    server->security = looks[look].security;
  changed.server = server;
  changed.until = looks[look].until;
  changed.test_ms = MIN (probe->test_ms, looks[look].ms);
  changed.watch = (PostwegProbeWatch){ NULL, NULL, NULL };
  if (looks[look].until < POSTWEG_STAGE_AUTH)
    changed.sign_in_turn = (PostwegProbeTurn){ NULL, NULL, NULL };
  session = postweg_session_new (&changed, looks[look].tls_kind, cancellable);
  session->brief = TRUE;
  postweg_road_walk (session);
  if (look == POSTWEG_LOOK_PLAIN || (look == POSTWEG_LOOK_OTHER_PORT && server->security != POSTWEG_TLS))
    listen_in_plain (session);
  return postweg_session_end (session);
}
