/* The road to an accepted sender over SMTP submission (RFC 6409, RFC 5321); nothing is ever sent. */
#include "wire/smtp.h"
#include "probe/road.h"
#include <string.h>

static char **
mechanisms_of (const PostwegAnswer *answer)
{
  g_auto (GStrv) capabilities = postweg_smtp_capabilities (answer);
  g_autoptr (GString) all = g_string_new (NULL);

  for (char **capability = capabilities; *capability != NULL; capability++)
    if (g_str_has_prefix (*capability, "AUTH "))
      g_string_append_printf (all, "%s%s", all->len > 0 ? " " : "", *capability + strlen ("AUTH "));
  return g_strsplit_set (all->str, " ", -1);
}

static guint64
size_limit_of (char *const *capabilities)
{
  for (; *capabilities != NULL; capabilities++)
    if (g_str_has_prefix (*capabilities, "SIZE "))
      return g_ascii_strtoull (*capabilities + strlen ("SIZE "), NULL, 10);
  return 0;
}

/* The address literal says nothing about this computer's name (RFC 5321 4.1.3). */
static gboolean
say_hello (PostwegSession *session, const char *verb, GError **error)
{
  g_autofree char *command = g_strdup_printf ("%s [127.0.0.1]", verb);

  return postweg_session_ask (session, command, FALSE, error);
}

static gboolean
capability (PostwegSession *session, GError **error)
{
  if (!say_hello (session, "EHLO", error))
    return FALSE;
  if (session->answer->reply->code == 500 || session->answer->reply->code == 502)
    {
      g_string_assign (session->detail, "no EHLO");
      if (!say_hello (session, "HELO", error))
        return FALSE;
    }
  if (!postweg_session_accepted (session, error))
    return FALSE;
  postweg_road_keep_capabilities (session, postweg_smtp_capabilities (session->answer),
                                  mechanisms_of (session->answer));
  session->evidence->mailbox.size_limit = size_limit_of (session->evidence->capabilities);
  return TRUE;
}

static gboolean
starttls (PostwegSession *session, GError **error)
{
  if (!postweg_capability_listed (session->evidence->plain_capabilities, "STARTTLS"))
    {
      g_set_error_literal (error, POSTWEG_ERROR, POSTWEG_ERROR_STARTTLS_NOT_OFFERED,
                           "STARTTLS is not announced");
      return FALSE;
    }
  if (!postweg_session_ask (session, "STARTTLS", FALSE, error))
    return FALSE;
  if (session->answer->reply->code != 220)
    {
      postweg_session_keep_reply (session);
      g_set_error_literal (error, POSTWEG_ERROR, POSTWEG_ERROR_STARTTLS_REFUSED,
                           session->answer->reply->text);
      return FALSE;
    }
  return postweg_road_ready_for_tls (session, error);
}

static gboolean
has_other_sender (const PostwegSession *session)
{
  const char *user = session->server->user;

  return strchr (user, '@') != NULL && g_str_is_ascii (user) &&
         g_ascii_strcasecmp (user, session->evidence->sender) != 0 &&
         postweg_evidence_passed (session->evidence, POSTWEG_STAGE_AUTH);
}

/* A sender that is refused where the user's own address is taken proves what the refusal is about. It costs no sign-in. The words of the
 * refusal stay those of the step. unread: answers that are still to come */
static void
try_other_sender (PostwegSession *session, guint unread)
{
  PostwegEvidence *evidence = session->evidence;
  g_autofree char *mail = g_strdup_printf ("MAIL FROM:<%s>", session->server->user);
  g_autofree char *rcpt = g_strdup_printf ("RCPT TO:<%s>", evidence->sender);
  const char *const commands[] = { "RSET", mail, rcpt };
  gboolean accepted = TRUE;

  for (; unread > 0; unread--)
    if (!postweg_session_read (session, FALSE, NULL))
      return;
  for (guint i = 0; accepted && i < G_N_ELEMENTS (commands); i++)
    {
      if (!postweg_session_ask (session, commands[i], FALSE, NULL))
        return;
      accepted = session->answer->reply->positive && !postweg_session_wants_more (session);
    }
  evidence->other_sender = g_strdup (session->server->user);
  evidence->other_sender_accepted = accepted;
}

/* Reads what the server says to a sender or recipient; unread: answers that come behind it */
static gboolean
read_verdict (PostwegSession *session, guint unread, GError **error)
{
  if (!postweg_session_read (session, FALSE, error))
    return FALSE;
  if (postweg_session_accepted (session, error))
    return TRUE;
  if (session->reply->code / 100 == 5 && has_other_sender (session))
    try_other_sender (session, unread);
  return FALSE;
}

/* With PIPELINING (RFC 2920) the recipient and the reset ride along. */
static gboolean
sender (PostwegSession *session, GError **error)
{
  const char *address = session->probe->sender;
  char **capabilities = session->evidence->capabilities;
  g_autofree char *mail = NULL;
  g_autofree char *rcpt = NULL;
  gboolean utf8;

  if (address == NULL || strchr (address, '@') == NULL)
    return postweg_session_leave_out (session, POSTWEG_OK);
  utf8 = !g_str_is_ascii (address) && postweg_capability_listed (capabilities, "SMTPUTF8");
  session->evidence->sender = g_strdup (address);
  session->pipelined = postweg_capability_listed (capabilities, "PIPELINING");
  mail = g_strdup_printf ("MAIL FROM:<%s>%s", address, utf8 ? " SMTPUTF8" : "");
  rcpt = g_strdup_printf ("RCPT TO:<%s>", address);

  if (!postweg_session_send (session, mail, NULL, error))
    return FALSE;
  if (session->pipelined && (!postweg_session_send (session, rcpt, NULL, error) ||
                             !postweg_session_send (session, "RSET", NULL, error)))
    return FALSE;
  return read_verdict (session, session->pipelined ? 2 : 0, error);
}

static gboolean
recipient (PostwegSession *session, GError **error)
{
  g_autofree char *rcpt = NULL;

  if (session->evidence->sender == NULL)
    return postweg_session_leave_out (session, POSTWEG_OK);
  rcpt = g_strdup_printf ("RCPT TO:<%s>", session->evidence->sender);
  if (!session->pipelined && !postweg_session_send (session, rcpt, NULL, error))
    return FALSE;
  if (!read_verdict (session, session->pipelined ? 1 : 0, error))
    return FALSE;
  if (!session->pipelined && !postweg_session_send (session, "RSET", NULL, error))
    return FALSE;
  return postweg_session_read (session, FALSE, error);
}

static const PostwegRoadStep steps[] = {
  { POSTWEG_STAGE_DNS, POSTWEG_ROAD_ALWAYS, POSTWEG_LIMIT_DNS, postweg_road_find_host },
  { POSTWEG_STAGE_CONNECT, POSTWEG_ROAD_ALWAYS, POSTWEG_LIMIT_CONNECT, postweg_road_connect },
  { POSTWEG_STAGE_TLS, POSTWEG_ROAD_TLS, POSTWEG_LIMIT_TLS, postweg_road_start_tls },
  { POSTWEG_STAGE_GREETING, POSTWEG_ROAD_ALWAYS, POSTWEG_LIMIT_GREETING, postweg_road_greeting },
  { POSTWEG_STAGE_CAPABILITY, POSTWEG_ROAD_ALWAYS, POSTWEG_LIMIT_COMMAND, capability },
  { POSTWEG_STAGE_STARTTLS, POSTWEG_ROAD_STARTTLS, POSTWEG_LIMIT_COMMAND, starttls },
  { POSTWEG_STAGE_TLS, POSTWEG_ROAD_STARTTLS, POSTWEG_LIMIT_TLS, postweg_road_start_tls },
  { POSTWEG_STAGE_CAPABILITY, POSTWEG_ROAD_STARTTLS, POSTWEG_LIMIT_COMMAND, capability },
  { POSTWEG_STAGE_AUTH, POSTWEG_ROAD_ALWAYS, POSTWEG_LIMIT_AUTH, postweg_road_sign_in },
  { POSTWEG_STAGE_SENDER, POSTWEG_ROAD_ALWAYS, POSTWEG_LIMIT_MAILBOX, sender },
  { POSTWEG_STAGE_RECIPIENT, POSTWEG_ROAD_ALWAYS, POSTWEG_LIMIT_MAILBOX, recipient },
};

const PostwegRoad postweg_road_smtp = { steps, G_N_ELEMENTS (steps), "QUIT" };
