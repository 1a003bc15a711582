/* Asking msmtp itself which settings it reads from its file; nothing is sent for that. */
#include "clients/terminal/msmtp-prove.h"
#include "clients/ask.h"
#include "clients/lines.h"
#include "model/error.h"
#include <glib/gi18n-lib.h>
#include <string.h>

static const PostwegDialect answer = { .separators = "=", .comments = "", .between = " = " };

static gboolean
says (const PostwegLines *lines, const char *key, const char *wanted)
{
  return strcmp (postweg_lines_get_or (lines, 0, key, ""), wanted) == 0;
}

static gboolean
is_as_meant (const PostwegLines *lines, const PostwegAccount *account)
{
  const PostwegServer *server = account->outgoing;
  g_autofree char *port = g_strdup_printf ("%u", server->port);

  return says (lines, "host", server->host) && says (lines, "port", port) &&
         says (lines, "from", account->address) &&
         says (lines, "tls", server->security != POSTWEG_PLAIN ? "on" : "off") &&
         (server->security == POSTWEG_PLAIN ||
          says (lines, "tls_starttls", server->security == POSTWEG_STARTTLS ? "on" : "off")) &&
         (server->auth == POSTWEG_AUTH_NONE || says (lines, "user", server->user));
}

char *
postweg_msmtp_prove (const PostwegClient *client, const PostwegPlan *plan, GError **error)
{
  g_autofree char *id = postweg_client_id_of (client, plan);
  const char *const command[] = { "msmtp", "-P", "-C", plan->profile, "-a", id, NULL };
  g_autofree char *said = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (PostwegLines) lines = NULL;

  if (!postweg_ask (command, &said, error) || said == NULL)
    return NULL;
  bytes = g_bytes_new (said, strlen (said));
  lines = postweg_lines_new (&answer, bytes);
  if (is_as_meant (lines, plan->account))
    return g_strdup (_("msmtp was asked and reads the account as meant."));
  postweg_ask_other (client, error);
  return NULL;
}
