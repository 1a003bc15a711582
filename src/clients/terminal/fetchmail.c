/* fetchmail: accounts in ~/.fetchmailrc, as version 6.4 reads it. */
#include "clients/ask.h"
#include "clients/terminal/fetchmailrc.h"
#include "clients/rows.h"
#include "clients/text-program.h"
#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

#define SECURE "TLS1.2+" /* demands encryption, whether it is there from the start or begins with STARTTLS */

static gboolean
protocol_of (const char *name, PostwegProtocol *protocol)
{
  static const struct {
    const char *name;
    PostwegProtocol protocol;
  } names[] = { { "imap", POSTWEG_IMAP }, { "pop3", POSTWEG_POP3 }, { "apop", POSTWEG_POP3 } };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_ascii_strcasecmp (names[i].name, name) == 0)
      {
        *protocol = names[i].protocol;
        return TRUE;
      }
  return FALSE;
}

/* An empty sslproto switches STARTTLS off; else it begins where the server offers it. */
static PostwegSecurity
security_of (const PostwegFetchmailrc *rc, guint account)
{
  const char *protocol = postweg_fetchmailrc_get (rc, account, "sslproto");

  if (postweg_fetchmailrc_flag (rc, account, "ssl", FALSE))
    return POSTWEG_TLS;
  return protocol != NULL && *protocol == '\0' ? POSTWEG_PLAIN : POSTWEG_STARTTLS;
}

static PostwegAuth
auth_of (const PostwegFetchmailrc *rc, guint account)
{
  const char *auth = postweg_fetchmailrc_get (rc, account, "auth");
  const char *protocol = postweg_fetchmailrc_get (rc, account, "protocol");

  if (g_strcmp0 (auth, "cram-md5") == 0 || (protocol != NULL && g_ascii_strcasecmp (protocol, "apop") == 0))
    return POSTWEG_AUTH_ENCRYPTED;
  return g_strcmp0 (auth, "oauthbearer") == 0 || g_strcmp0 (auth, "xoauth2") == 0 ? POSTWEG_AUTH_OAUTH2
                                                                                  : POSTWEG_AUTH_PASSWORD;
}

static PostwegAccount *
account_of (const PostwegFetchmailrc *rc, guint number)
{
  const char *name = postweg_fetchmailrc_get (rc, number, "protocol");
  const char *via = postweg_fetchmailrc_get (rc, number, "via");
  const char *port = postweg_fetchmailrc_get (rc, number, "service");
  const char *user = postweg_fetchmailrc_get (rc, number, "username");
  g_autoptr (PostwegServer) server = NULL;
  PostwegProtocol protocol;
  PostwegAccount *account;

  if (name == NULL || !protocol_of (name, &protocol))
    return NULL;
  server = postweg_server_new (protocol, via != NULL ? via : postweg_fetchmailrc_poll (rc, number),
                               (guint16) (port != NULL ? atoi (port) : 0), security_of (rc, number),
                               user != NULL ? user : "");
  server->auth = auth_of (rc, number);
  account = postweg_account_new ("", "", server, NULL);
  account->pop.keep_on_server =
      protocol == POSTWEG_IMAP || postweg_fetchmailrc_flag (rc, number, "keep", FALSE);
  return account;
}

/* Returns: (transfer full): the server's name, with the user's where it has several */
static char *
id_of (const PostwegFetchmailrc *rc, guint number)
{
  const char *poll = postweg_fetchmailrc_poll (rc, number);
  const char *user = postweg_fetchmailrc_get (rc, number, "username");
  guint same = 0;

  for (guint i = 0; i < postweg_fetchmailrc_n_accounts (rc); i++)
    same += strcmp (postweg_fetchmailrc_poll (rc, i), poll) == 0 ? 1 : 0;
  return same > 1 ? g_strdup_printf ("%s/%s", poll, user != NULL ? user : "") : g_strdup (poll);
}

static gboolean
list (const PostwegTextFile *file, GPtrArray *accounts, GError **error G_GNUC_UNUSED)
{
  g_autoptr (PostwegFetchmailrc) rc = postweg_fetchmailrc_new (file->bytes);

  for (guint i = 0; i < postweg_fetchmailrc_n_accounts (rc); i++)
    {
      PostwegAccount *account = account_of (rc, i);
      g_autofree char *id = id_of (rc, i);

      if (account != NULL)
        g_ptr_array_add (accounts, postweg_stored_account_new (id, account, ""));
    }
  return TRUE;
}

static gboolean
find_account (const PostwegFetchmailrc *rc, const char *wanted, guint *number)
{
  for (*number = 0; *number < postweg_fetchmailrc_n_accounts (rc); (*number)++)
    {
      g_autofree char *id = id_of (rc, *number);

      if (strcmp (id, wanted) == 0 || strcmp (postweg_fetchmailrc_poll (rc, *number), wanted) == 0)
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_taken (gconstpointer rc, const char *id)
{
  guint number;

  return find_account (rc, id, &number);
}

static void
set_security (PostwegFetchmailrc *rc, guint number, PostwegSecurity security)
{
  if (postweg_fetchmailrc_flag (rc, number, "ssl", FALSE) != (security == POSTWEG_TLS))
    postweg_fetchmailrc_set_flag (rc, number, "ssl", security == POSTWEG_TLS);
  postweg_fetchmailrc_set (rc, number, "sslproto", security == POSTWEG_PLAIN ? "" : SECURE);
}

static void
set_sign_in (PostwegFetchmailrc *rc, guint number, const PostwegServer *server)
{
  static const char *const names[] = { "imap", "pop3" };
  const char *now = postweg_fetchmailrc_get (rc, number, "protocol");
  PostwegProtocol protocol;

  if (now == NULL || !protocol_of (now, &protocol) || protocol != server->protocol ||
      auth_of (rc, number) != server->auth)
    postweg_fetchmailrc_set (rc, number, "protocol", names[server->protocol]);
  if (auth_of (rc, number) != server->auth)
    postweg_fetchmailrc_set (rc, number, "auth",
                             server->auth == POSTWEG_AUTH_ENCRYPTED ? "cram-md5" : "password");
}

/* By IMAP everything stays on the server; by POP3 what stays there must be recognised the next time. */
static void
set_keep (PostwegFetchmailrc *rc, guint number, const PostwegAccount *account, gboolean is_new)
{
  gboolean pop = account->incoming->protocol == POSTWEG_POP3;
  gboolean keep = !pop || account->pop.keep_on_server;

  if (pop || is_new)
    postweg_fetchmailrc_set_flag (rc, number, "keep", keep);
  if (pop && keep)
    postweg_fetchmailrc_set_flag (rc, number, "uidl", TRUE);
}

static void
set_account (PostwegFetchmailrc *rc, guint number, const PostwegTextEdit *edit)
{
  const PostwegServer *server = edit->account->incoming;
  const char *host = postweg_fetchmailrc_get (rc, number, "via");
  g_autofree char *port = g_strdup_printf ("%u", server->port);

  if (strcmp (host != NULL ? host : postweg_fetchmailrc_poll (rc, number), server->host) != 0)
    postweg_fetchmailrc_set (rc, number, "via", server->host);
  postweg_fetchmailrc_set (rc, number, "service", port);
  postweg_fetchmailrc_set (rc, number, "username", server->user);
  set_sign_in (rc, number, server);
  if (edit->id == NULL || security_of (rc, number) != server->security)
    set_security (rc, number, server->security);
  set_keep (rc, number, edit->account, edit->id == NULL);
  if (edit->in_file != NULL && edit->in_file->incoming != NULL)
    postweg_fetchmailrc_set (rc, number, "password", postweg_secret_peek (edit->in_file->incoming));
}

static GBytes *
edit_file (const PostwegTextEdit *edit, GError **error G_GNUC_UNUSED)
{
  g_autoptr (PostwegFetchmailrc) rc = postweg_fetchmailrc_new (edit->file->bytes);
  const PostwegServer *server = edit->account->incoming;
  g_autofree char *id = NULL;
  guint number;

  if (edit->id == NULL || !find_account (rc, edit->id, &number))
    {
      id = postweg_text_new_id (server->user, is_taken, rc);
      if (!postweg_fetchmailrc_add (rc, id, server->user, &number))
        return postweg_fetchmailrc_bytes (rc); /* does not read back, and is refused for that */
      g_ptr_array_add (
          edit->plan->left_to_do,
          g_strdup (
              _("fetchmail hands mail over to the mail server of this computer, unless its file names a "
                                   "program for that with “mda”.")));
    }
  set_account (rc, number, edit);
  return postweg_fetchmailrc_bytes (rc);
}

/* It prints what it has read as a table of Python, with the passwords. */
static char *
prove (const PostwegClient *client, const PostwegPlan *plan, GError **error)
{
  const char *const command[] = { "fetchmail", "-f", plan->profile, "--configdump", NULL };
  const PostwegServer *server = plan->account->incoming;
  g_autofree char *service = g_strdup_printf ("\"service\":\"%u\"", server->port);
  char *said = NULL;
  gboolean as_meant;

  if (!postweg_ask (command, &said, error) || said == NULL)
    return NULL;
  as_meant = strstr (said, server->host) != NULL && strstr (said, service) != NULL;
  postweg_wipe_free (said);
  if (as_meant)
    return g_strdup (_("fetchmail was asked and reads the account."));
  postweg_ask_other (client, error);
  return NULL;
}

static const char *const places[] = { "~/.fetchmailrc", NULL };

static const PostwegTextProgram fetchmail = { .places = places,
                                              .new_place = "~/.fetchmailrc",
                                              .command = "fetchmail",
                                              .holds_passwords = TRUE,
                                              .list = list,
                                              .edit = edit_file };

const PostwegClient postweg_client_fetchmail = {
  .id = "fetchmail",
  .name = "fetchmail",
  .kind = POSTWEG_KIND_TERMINAL,
  .abilities = POSTWEG_CAN_IMAP | POSTWEG_CAN_POP3 | POSTWEG_CAN_TLS | POSTWEG_CAN_STARTTLS |
               POSTWEG_CAN_PLAIN | POSTWEG_CAN_ENCRYPTED | POSTWEG_CAN_KEEP | POSTWEG_CAN_TAKE |
               POSTWEG_CAN_UNICODE | POSTWEG_CAN_UNICODE_SECRET,
  .details = &fetchmail,
  .find = postweg_text_find,
  .read = postweg_text_read,
  .plan = postweg_text_plan,
  .prove = prove,
};
