/* The road to an IMAP mailbox (RFC 9051, RFC 3501). */
#include "wire/imap.h"
#include "probe/road.h"
#include <string.h>

#define NEARLY_FULL 95 /* percent of the quota that are worth a note */

/* "AUTH=PLAIN" among the capabilities names a mechanism. */
static char **
mechanisms_of (char *const *capabilities)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();

  for (; *capabilities != NULL; capabilities++)
    if (g_str_has_prefix (*capabilities, "AUTH="))
      g_strv_builder_add (names, *capabilities + strlen ("AUTH="));
  return g_strv_builder_end (names);
}

static gboolean
capability (PostwegSession *session, GError **error)
{
  char **capabilities = postweg_imap_capabilities (session->answer);

  /* A greeting may bring them along and save a round trip. */
  if (capabilities == NULL)
    {
      if (!postweg_session_ask (session, "CAPABILITY", FALSE, error) ||
          !postweg_session_accepted (session, error))
        return FALSE;
      capabilities = postweg_imap_capabilities (session->answer);
    }
  if (capabilities == NULL)
    {
      g_set_error_literal (error, POSTWEG_ERROR, POSTWEG_ERROR_MALFORMED, "no capabilities");
      return FALSE;
    }
  postweg_road_keep_capabilities (session, capabilities, mechanisms_of (capabilities));
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
  if (strcmp (session->answer->reply->status, "OK") != 0)
    {
      postweg_session_keep_reply (session);
      g_set_error_literal (error, POSTWEG_ERROR, POSTWEG_ERROR_STARTTLS_REFUSED,
                           session->answer->reply->text);
      return FALSE;
    }
  g_clear_pointer (&session->answer, postweg_answer_free);
  session->answer = postweg_answer_new (POSTWEG_IMAP, NULL, FALSE);
  return postweg_road_ready_for_tls (session, error);
}

static void
read_folders (PostwegSession *session)
{
  g_autoptr (GStrvBuilder) folders = g_strv_builder_new ();
  PostwegMailboxFacts *facts = &session->evidence->mailbox;

  for (guint i = 0; i < session->answer->lines->len; i++)
    {
      const char *line = g_ptr_array_index (session->answer->lines, i);
      g_autofree char *name = NULL;
      g_autofree char *flags = NULL;

      if (g_ascii_strncasecmp (line, "LIST ", 5) != 0 || !postweg_imap_list (line, &name, &flags))
        continue;
      g_strv_builder_add (folders, name);
      if (facts->sent_folder == NULL && strstr (flags, "\\Sent") != NULL)
        facts->sent_folder = g_steal_pointer (&name);
    }
  g_strfreev (facts->folders);
  facts->folders = g_strv_builder_end (folders);
}

static void
read_count (PostwegSession *session)
{
  for (guint i = 0; i < session->answer->lines->len; i++)
    {
      char *end = NULL;
      guint64 n = g_ascii_strtoull (g_ptr_array_index (session->answer->lines, i), &end, 10);

      if (g_ascii_strcasecmp (end, " EXISTS") == 0)
        session->evidence->mailbox.messages = (guint) MIN (n, G_MAXUINT);
    }
}

static void
read_quota (PostwegSession *session)
{
  PostwegMailboxFacts *facts = &session->evidence->mailbox;
  const char *line = postweg_answer_line (session->answer, "QUOTA");
  guint64 used = 0, limit = 0;

  if (line == NULL || !postweg_imap_quota (line, &used, &limit) || limit == 0)
    return;
  facts->quota = g_strdup_printf ("%" G_GUINT64_FORMAT "/%" G_GUINT64_FORMAT " KiB", used, limit);
  facts->quota_percent = (guint) MIN (used / (limit / 100.0), 100.0);
  session->note = facts->quota_percent >= NEARLY_FULL;
}

/* One question about the mailbox: what is asked, and what is made of the answer. */
typedef struct {
  const char *command;
  const char *needs[2]; /* capabilities; NULL: none */
  void (*read) (PostwegSession *session);
  gboolean may_be_refused;
} Question;

static const Question questions[] = {
  { "EXAMINE INBOX", { NULL }, read_count, FALSE },
  { "LIST \"\" \"*\" RETURN (SPECIAL-USE)", { "LIST-EXTENDED", "SPECIAL-USE" }, read_folders, FALSE },
  { "LIST \"\" \"*\"", { NULL }, read_folders, FALSE },
  { "GETQUOTAROOT INBOX", { "QUOTA" }, read_quota, TRUE },
};

static gboolean
may_ask (const Question *question, char *const *capabilities)
{
  for (guint i = 0; i < G_N_ELEMENTS (question->needs) && question->needs[i] != NULL; i++)
    if (!postweg_capability_listed (capabilities, question->needs[i]))
      return FALSE;
  return TRUE;
}

/* unread: how many answers are still to come after a refusal */
static gboolean
read_answers (PostwegSession *session, const GPtrArray *asked, guint *unread, GError **error)
{
  for (guint i = 0; i < asked->len; i++)
    {
      const Question *question = g_ptr_array_index (asked, i);

      if (!postweg_session_read (session, FALSE, error))
        return FALSE;
      if (session->answer->reply->positive && !postweg_session_wants_more (session))
        question->read (session);
      else if (!question->may_be_refused || session->answer->reply->positive)
        {
          *unread = asked->len - i - 1;
          return postweg_session_accepted (session, error);
        }
    }
  return TRUE;
}

/* Sends the questions that this server can be asked. Returns: (transfer container): those that were sent, or NULL */
static GPtrArray *
ask_all (PostwegSession *session, char *const *capabilities, GError **error)
{
  g_autoptr (GPtrArray) asked = g_ptr_array_new ();

  for (guint i = 0; i < G_N_ELEMENTS (questions); i++)
    {
      const Question *previous = asked->len > 0 ? g_ptr_array_index (asked, asked->len - 1) : NULL;

      /* of the two ways to list, the first that is possible */
      if (!may_ask (&questions[i], capabilities) || (previous != NULL && previous->read == questions[i].read))
        continue;
      if (!postweg_session_send (session, questions[i].command, NULL, error))
        return NULL;
      g_ptr_array_add (asked, (gpointer) &questions[i]);
    }
  return g_steal_pointer (&asked);
}

/* All questions go out together: none depends on another's answer (RFC 9051 5.5). */
static gboolean
ask_and_read (PostwegSession *session, char *const *capabilities, guint *unread, GError **error)
{
  g_autoptr (GPtrArray) asked = ask_all (session, capabilities, error);

  return asked != NULL && read_answers (session, asked, unread, error);
}

/* Some servers open a mailbox only to programs that name themselves (RFC 2971; NetEase). The words of the refusal stay the step's. */
static gboolean
ask_by_name (PostwegSession *session, char *const *capabilities, guint unread, GError **error)
{
  for (; unread > 0; unread--)
    if (!postweg_session_read (session, FALSE, error))
      return FALSE;
  if (!postweg_session_ask (session, "ID (\"name\" \"Postweg\")", FALSE, error) ||
      !ask_and_read (session, capabilities, &unread, error))
    return FALSE;
  session->evidence->client_id_helped = session->note = TRUE;
  return TRUE;
}

static gboolean
mailbox (PostwegSession *session, GError **error)
{
  g_auto (GStrv) now = postweg_imap_capabilities (session->answer);
  char **capabilities = now != NULL ? now : session->evidence->capabilities;
  PostwegMailboxFacts *facts = &session->evidence->mailbox;
  g_autoptr (GError) refusal = NULL;
  guint unread = 0;

  if (!ask_and_read (session, capabilities, &unread, &refusal))
    {
      if (!g_error_matches (refusal, POSTWEG_ERROR, POSTWEG_ERROR_REJECTED) ||
          !postweg_capability_listed (capabilities, "ID"))
        {
          g_propagate_error (error, g_steal_pointer (&refusal));
          return FALSE;
        }
      if (!ask_by_name (session, capabilities, unread, error))
        return FALSE;
    }
  g_string_printf (session->detail, "%u messages, %u folders%s%s", facts->messages,
                   g_strv_length (facts->folders), facts->quota != NULL ? ", quota " : "",
                   facts->quota != NULL ? facts->quota : "");
  return TRUE;
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
  { POSTWEG_STAGE_MAILBOX, POSTWEG_ROAD_ALWAYS, POSTWEG_LIMIT_MAILBOX, mailbox },
};

const PostwegRoad postweg_road_imap = { steps, G_N_ELEMENTS (steps), "LOGOUT" };
