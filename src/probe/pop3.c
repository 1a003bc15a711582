/* The road to a POP3 mailbox (RFC 1939, RFC 2449, RFC 2595). */
#include "wire/pop3.h"
#include "probe/road.h"
#include <string.h>

static char **
lines_of (const PostwegAnswer *answer)
{
  g_autoptr (GStrvBuilder) lines = g_strv_builder_new ();

  for (guint i = 0; i < answer->lines->len; i++)
    {
      g_autofree char *upper = g_ascii_strup (g_ptr_array_index (answer->lines, i), -1);

      g_strv_builder_add (lines, g_strstrip (upper));
    }
  return g_strv_builder_end (lines);
}

/* "SASL PLAIN LOGIN" (RFC 5034 3) */
static char **
mechanisms_of (const PostwegAnswer *answer)
{
  const char *line = postweg_answer_line (answer, "SASL");
  g_autofree char *upper = line != NULL ? g_ascii_strup (line + strlen ("SASL"), -1) : g_strdup ("");

  return g_strsplit_set (g_strstrip (upper), " ", -1);
}

/* A server without CAPA is an old server, not a broken one: then nothing is known, and USER is simply tried. One that gives a reason in
 * brackets (RFC 2449 8, RFC 3206) knows more than a command it does not have: it goes on with nobody. */
static gboolean
capability (PostwegSession *session, GError **error)
{
  if (!postweg_session_ask (session, "CAPA", TRUE, error))
    return FALSE;
  if (!session->answer->reply->positive && session->answer->reply->response_code != NULL)
    return postweg_session_accepted (session, error);
  if (session->answer->reply->positive)
    postweg_road_keep_capabilities (session, lines_of (session->answer), mechanisms_of (session->answer));
  else
    {
      postweg_road_keep_capabilities (session, NULL, NULL);
      g_string_assign (session->detail, "no CAPA");
    }
  return TRUE;
}

static gboolean
stls (PostwegSession *session, GError **error)
{
  char **capabilities = session->evidence->plain_capabilities;

  if (capabilities != NULL && !postweg_capability_listed (capabilities, "STLS"))
    {
      g_set_error_literal (error, POSTWEG_ERROR, POSTWEG_ERROR_STARTTLS_NOT_OFFERED, "STLS is not announced");
      return FALSE;
    }
  if (!postweg_session_ask (session, "STLS", FALSE, error))
    return FALSE;
  if (strcmp (session->answer->reply->status, "+OK") != 0)
    {
      postweg_session_keep_reply (session);
      g_set_error_literal (error, POSTWEG_ERROR,
                           capabilities != NULL ? POSTWEG_ERROR_STARTTLS_REFUSED
                                                : POSTWEG_ERROR_STARTTLS_NOT_OFFERED,
                           session->answer->reply->text);
      return FALSE;
    }
  return postweg_road_ready_for_tls (session, error);
}

/* UIDL is what makes "leave messages on server" work; asking for one message keeps the answer short. */
static gboolean
mailbox (PostwegSession *session, GError **error)
{
  PostwegMailboxFacts *facts = &session->evidence->mailbox;
  guint64 n;

  if (!postweg_session_ask (session, "STAT", FALSE, error) || !postweg_session_accepted (session, error))
    return FALSE;
  n = g_ascii_strtoull (session->answer->reply->text, NULL, 10);
  facts->messages = (guint) MIN (n, G_MAXUINT);
  if (!postweg_session_ask (session, n > 0 ? "UIDL 1" : "UIDL", n == 0, error))
    return FALSE;
  facts->uidl = session->answer->reply->positive;
  g_string_printf (session->detail, "%u messages, %s", facts->messages, facts->uidl ? "UIDL" : "no UIDL");
  return TRUE;
}

static const PostwegRoadStep steps[] = {
  { POSTWEG_STAGE_DNS, POSTWEG_ROAD_ALWAYS, POSTWEG_LIMIT_DNS, postweg_road_find_host },
  { POSTWEG_STAGE_CONNECT, POSTWEG_ROAD_ALWAYS, POSTWEG_LIMIT_CONNECT, postweg_road_connect },
  { POSTWEG_STAGE_TLS, POSTWEG_ROAD_TLS, POSTWEG_LIMIT_TLS, postweg_road_start_tls },
  { POSTWEG_STAGE_GREETING, POSTWEG_ROAD_ALWAYS, POSTWEG_LIMIT_GREETING, postweg_road_greeting },
  { POSTWEG_STAGE_CAPABILITY, POSTWEG_ROAD_ALWAYS, POSTWEG_LIMIT_COMMAND, capability },
  { POSTWEG_STAGE_STARTTLS, POSTWEG_ROAD_STARTTLS, POSTWEG_LIMIT_COMMAND, stls },
  { POSTWEG_STAGE_TLS, POSTWEG_ROAD_STARTTLS, POSTWEG_LIMIT_TLS, postweg_road_start_tls },
  { POSTWEG_STAGE_CAPABILITY, POSTWEG_ROAD_STARTTLS, POSTWEG_LIMIT_COMMAND, capability },
  { POSTWEG_STAGE_AUTH, POSTWEG_ROAD_ALWAYS, POSTWEG_LIMIT_AUTH, postweg_road_sign_in },
  { POSTWEG_STAGE_MAILBOX, POSTWEG_ROAD_ALWAYS, POSTWEG_LIMIT_MAILBOX, mailbox },
};

const PostwegRoad postweg_road_pop3 = { steps, G_N_ELEMENTS (steps), "QUIT" };
