/* A whole session against a server that says any bytes: the real steps over a pair of sockets, then the diagnosis of what came of it. */
#pragma once
#include "diagnose/diagnose.h"
#include "fuzz.h"
#include "probe/road.h"
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define FUZZ_SECRET "Gr0sse Welle 7"

static inline void
fuzz_check_text (const char *text)
{
  if (text == NULL)
    return;
  g_assert_true (g_utf8_validate (text, -1, NULL));
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    g_assert_true (*p == '\n' || !g_unichar_iscntrl (g_utf8_get_char (p)));
}

static inline void
fuzz_check_evidence (const PostwegEvidence *evidence)
{
  g_assert_cmpuint (evidence->login_attempts, <=, 2);
  for (guint i = 0; i < evidence->steps->len; i++)
    {
      const PostwegStep *step = g_ptr_array_index (evidence->steps, i);

      fuzz_check_text (step->reply != NULL ? step->reply->text : NULL);
      g_assert_true (step->detail == NULL || strstr (step->detail, FUZZ_SECRET) == NULL);
    }
  for (guint i = 0; i < evidence->dialogue->len; i++)
    {
      const PostwegDialogueLine *line = g_ptr_array_index (evidence->dialogue, i);

      fuzz_check_text (line->text);
      g_assert_null (strstr (line->text, FUZZ_SECRET));
    }
}

static inline void
fuzz_diagnose (PostwegEvidence *evidence)
{
  gboolean sends = evidence->server->protocol == POSTWEG_SMTP;
  g_autoptr (PostwegAccount) account = postweg_account_new (
      "Anna", "anna@firm.example", sends ? NULL : evidence->server, sends ? evidence->server : NULL);
  PostwegCase the_case = { .account = account,
                           .incoming = sends ? NULL : evidence,
                           .outgoing = sends ? evidence : NULL };
  GPtrArray *wishes = NULL;
  g_autoptr (GPtrArray) findings = postweg_diagnose (&the_case, &wishes);

  for (guint i = 0; i < findings->len; i++)
    {
      const PostwegFinding *finding = g_ptr_array_index (findings, i);

      g_assert_true (*finding->headline != '\0' && *finding->remedy != '\0');
      g_assert_true (g_utf8_validate (finding->explanation, -1, NULL));
    }
  g_ptr_array_unref (wishes);
}

/* Both ends of a connection; everything the server says is there at once, and then it hangs up. */
static inline GSocket *
fuzz_socket (const uint8_t *bytes, size_t length, int *server)
{
  int ends[2];
  GSocket *socket;

  g_assert_cmpint (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, ends), ==, 0);
  for (size_t sent = 0; sent < length;)
    {
      ssize_t n = send (ends[1], bytes + sent, length - sent, MSG_NOSIGNAL);

      if (n <= 0)
        break;
      sent += (size_t) n;
    }
  shutdown (ends[1], SHUT_WR);
  socket = g_socket_new_from_fd (ends[0], NULL);
  g_socket_set_blocking (socket, FALSE);
  *server = ends[1];
  return socket;
}

/* A plain connection: from the greeting to the end. */
static inline void
fuzz_walk (PostwegSession *session, const PostwegRoad *road)
{
  gboolean on = TRUE;

  for (guint i = 0; on && i < road->n_steps; i++)
    if (road->steps[i].when == POSTWEG_ROAD_ALWAYS && road->steps[i].stage >= POSTWEG_STAGE_GREETING)
      on = postweg_road_make (session, &road->steps[i]);
}

/* The first byte chooses how one signs in. Tags of IMAP are A1, A2, … */
static inline int
fuzz_session (PostwegProtocol protocol, const PostwegRoad *road, const uint8_t *bytes, size_t length)
{
  static const PostwegAuth auths[] = { POSTWEG_AUTH_PASSWORD, POSTWEG_AUTH_ENCRYPTED, POSTWEG_AUTH_OAUTH2,
                                       POSTWEG_AUTH_NONE };
  g_autoptr (PostwegServer) server =
      postweg_server_new (protocol, "mail.example", 0, POSTWEG_PLAIN, "anna@firm.example");
  g_autoptr (PostwegSecret) secret = postweg_secret_new (FUZZ_SECRET);
  PostwegProbe probe = { .server = server,
                         .secret = secret,
                         .sender = "anna.b@firm.example",
                         .allow_plaintext = TRUE,
                         .until = POSTWEG_STAGE_ARRIVAL,
                         .test_ms = 3000 };
  PostwegSession *session;
  g_autoptr (PostwegEvidence) evidence = NULL;
  int other;

  if (length == 0)
    return 0;
  server->auth = auths[bytes[0] % G_N_ELEMENTS (auths)];
  session = postweg_session_new (&probe, POSTWEG_TLS_STRICT, NULL);
  session->brief = TRUE;
  g_free (session->tag_prefix);
  session->tag_prefix = g_strdup ("A");
  postweg_session_take_conn (
      session, postweg_conn_new (fuzz_socket (bytes + 1, length - 1, &other), session->evidence->dialogue));
  fuzz_walk (session, road);
  evidence = postweg_session_end (session);
  close (other);
  fuzz_check_evidence (evidence);
  fuzz_diagnose (evidence);
  return 0;
}
