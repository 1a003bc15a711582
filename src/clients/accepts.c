/* What an account demands of a mail program, held against what the program can do; and what it keeps of it. */
#include "clients/clients.h"
#include "model/address.h"
#include "model/error.h"
#include <glib/gi18n-lib.h>
#include <string.h>

#define CAN_RECEIVE (POSTWEG_CAN_IMAP | POSTWEG_CAN_POP3)

/* The parts of an account that concern the program; NULL where they do not. */
typedef struct {
  const PostwegAccount *account;
  const PostwegServer *servers[2];
  const PostwegCredentials *credentials;
} Asked;

static gboolean
any_server (const Asked *asked, gboolean (*wants) (const PostwegServer *server))
{
  for (guint i = 0; i < G_N_ELEMENTS (asked->servers); i++)
    if (asked->servers[i] != NULL && wants (asked->servers[i]))
      return TRUE;
  return FALSE;
}

static gboolean
is_tls (const PostwegServer *server)
{
  return server->security == POSTWEG_TLS;
}

static gboolean
is_starttls (const PostwegServer *server)
{
  return server->security == POSTWEG_STARTTLS;
}

static gboolean
is_plain (const PostwegServer *server)
{
  return server->security == POSTWEG_PLAIN;
}

static gboolean
is_oauth2 (const PostwegServer *server)
{
  return server->auth == POSTWEG_AUTH_OAUTH2;
}

static gboolean
is_encrypted (const PostwegServer *server)
{
  return server->auth == POSTWEG_AUTH_ENCRYPTED;
}

static gboolean
has_unicode_user (const PostwegServer *server)
{
  return !g_str_is_ascii (server->user);
}

static gboolean
wants_tls (const Asked *asked)
{
  return any_server (asked, is_tls);
}

static gboolean
wants_starttls (const Asked *asked)
{
  return any_server (asked, is_starttls);
}

static gboolean
wants_plain (const Asked *asked)
{
  return any_server (asked, is_plain);
}

static gboolean
wants_oauth2 (const Asked *asked)
{
  return any_server (asked, is_oauth2);
}

static gboolean
wants_encrypted (const Asked *asked)
{
  return any_server (asked, is_encrypted);
}

static gboolean
wants_protocol (const Asked *asked, PostwegProtocol protocol)
{
  return asked->servers[0] != NULL && asked->servers[0]->protocol == protocol;
}

static gboolean
wants_imap (const Asked *asked)
{
  return wants_protocol (asked, POSTWEG_IMAP);
}

static gboolean
wants_pop3 (const Asked *asked)
{
  return wants_protocol (asked, POSTWEG_POP3);
}

static gboolean
wants_send_open (const Asked *asked)
{
  return asked->servers[1] != NULL && asked->servers[1]->auth == POSTWEG_AUTH_NONE;
}

static gboolean
wants_other_user (const Asked *asked)
{
  return asked->servers[0] != NULL && asked->servers[1] != NULL &&
         asked->servers[1]->auth != POSTWEG_AUTH_NONE &&
         strcmp (asked->servers[0]->user, asked->servers[1]->user) != 0;
}

static gboolean
wants_keep (const Asked *asked)
{
  return wants_pop3 (asked) && asked->account->pop.keep_on_server;
}

static gboolean
wants_take (const Asked *asked)
{
  return wants_pop3 (asked) && !asked->account->pop.keep_on_server;
}

static gboolean
wants_days (const Asked *asked)
{
  return wants_keep (asked) && asked->account->pop.delete_after_days > 0;
}

static gboolean
wants_delete_there (const Asked *asked)
{
  return wants_keep (asked) && asked->account->pop.delete_when_deleted;
}

static gboolean
wants_unicode (const Asked *asked)
{
  return !g_str_is_ascii (asked->account->address) || any_server (asked, has_unicode_user);
}

static gboolean
is_unicode (const PostwegSecret *secret)
{
  return secret != NULL && !g_str_is_ascii (postweg_secret_peek (secret));
}

static gboolean
wants_unicode_secret (const Asked *asked)
{
  return asked->credentials != NULL &&
         (is_unicode (asked->credentials->incoming) || is_unicode (asked->credentials->outgoing));
}

/* What cannot be done, and the nearest thing that can. %s is the program. */
static const struct {
  guint ability;
  gboolean (*wanted) (const Asked *asked);
  const char *refusal;
} demands[] = {
  /* clang-format off */
  { POSTWEG_CAN_POP3, wants_pop3, N_ ("%s cannot fetch mail by POP3. Use IMAP there, if the provider has it, or another mail program.") },
  { POSTWEG_CAN_IMAP, wants_imap, N_ ("%s cannot use IMAP. Use POP3 there, if the provider has it, or another mail program.") },
  { POSTWEG_CAN_STARTTLS, wants_starttls, N_ ("%s cannot use STARTTLS. Use SSL/TLS instead (ports 993, 995 and 465), if the server offers it.") },
  { POSTWEG_CAN_TLS, wants_tls, N_ ("%s cannot use SSL/TLS from the first byte. Use STARTTLS instead (ports 143, 110 and 587), if the server offers it.") },
  { POSTWEG_CAN_PLAIN, wants_plain, N_ ("%s does not sign in without encryption. Use SSL/TLS or STARTTLS.") },
  { POSTWEG_CAN_OAUTH2, wants_oauth2, N_ ("%s cannot sign in at the provider (OAuth2). Use an app password, if the provider has them, or Thunderbird.") },
  { POSTWEG_CAN_ENCRYPTED, wants_encrypted, N_ ("%s cannot be told to send the password encrypted. Use a normal password over SSL/TLS or STARTTLS.") },
  { POSTWEG_CAN_SEND_OPEN, wants_send_open, N_ ("%s cannot send without signing in. Name a user for the outgoing server, or use another mail program.") },
  { POSTWEG_CAN_OTHER_USER, wants_other_user, N_ ("%s cannot use another user name for sending than for receiving. Use one name for both, if the provider allows it.") },
  { POSTWEG_CAN_KEEP, wants_keep, N_ ("%s cannot leave messages on the server. Use IMAP there, or let it take them away.") },
  { POSTWEG_CAN_TAKE, wants_take, N_ ("%s cannot take messages away from the server. Let them stay there.") },
  { POSTWEG_CAN_DAYS, wants_days, N_ ("%s cannot delete messages on the server after some days. Let them stay there, or let it take them away at once.") },
  { POSTWEG_CAN_DELETE_THERE, wants_delete_there, N_ ("%s cannot delete a message on the server when you delete it here. Let messages stay there, or use IMAP.") },
  { POSTWEG_CAN_UNICODE, wants_unicode, N_ ("%s cannot use an address or user name with letters beyond ASCII. Use a name of the provider without them, or Thunderbird.") },
  { POSTWEG_CAN_UNICODE_SECRET, wants_unicode_secret, N_ ("%s cannot sign in with a password that holds letters beyond ASCII. Choose one of plain letters and digits at the provider.") },
                              /* clang-format on */
                            };

/* sentence: with one %s for the program. Returns: FALSE */
static gboolean
refuse (GError **error, PostwegError code, const char *sentence, const PostwegClient *client)
{
  g_autoptr (GString) text = g_string_new (sentence);

  g_string_replace (text, "%s", client->name, 1);
  g_set_error_literal (error, POSTWEG_ERROR, (gint) code, text->str);
  return FALSE;
}

static gboolean
lacks (GError **error, const PostwegClient *client, const char *sentence)
{
  return refuse (error, POSTWEG_ERROR_BAD_INPUT, sentence, client);
}

static gboolean
can_receive (const PostwegClient *client, const PostwegAccount *account, GError **error)
{
  if ((client->abilities & CAN_RECEIVE) == 0)
    return TRUE;
  if (account->incoming == NULL || account->incoming->protocol == POSTWEG_SMTP)
    return lacks (error, client, _("The account has no incoming server. %s needs one to receive mail."));
  if (account->incoming->auth == POSTWEG_AUTH_NONE)
    return refuse (error, POSTWEG_ERROR_UNSUPPORTED,
                   _("%s cannot receive mail without signing in to the incoming server."), client);
  return TRUE;
}

static gboolean
can_send (const PostwegClient *client, const PostwegAccount *account, GError **error)
{
  if ((client->abilities & POSTWEG_CAN_SMTP) == 0)
    return TRUE;
  if (account->outgoing == NULL || account->outgoing->protocol != POSTWEG_SMTP)
    return lacks (error, client, _("The account has no outgoing server. %s needs one to send mail."));
  if ((client->abilities & POSTWEG_KEEPS_ADDRESS) != 0 && *account->address == '\0')
    return lacks (error, client,
                  _("The account has no e-mail address. %s needs one as the sender of your mail."));
  return TRUE;
}

/* No format knows line breaks inside a value; a host is a name and nothing else. */
static gboolean
is_one_line (const char *text)
{
  if (!g_utf8_validate (text, -1, NULL))
    return FALSE;
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_iscntrl (g_utf8_get_char (p)))
      return FALSE;
  return TRUE;
}

static gboolean
is_clean (const PostwegAccount *account, GError **error)
{
  const PostwegServer *servers[] = { account->incoming, account->outgoing };
  gboolean clean = is_one_line (account->name) && is_one_line (account->address);

  for (guint i = 0; i < G_N_ELEMENTS (servers); i++)
    clean = clean && (servers[i] == NULL || (postweg_host_is_valid (servers[i]->host) &&
                                             servers[i]->port != 0 && is_one_line (servers[i]->user)));
  if (clean)
    return TRUE;
  g_set_error_literal (
      error, POSTWEG_ERROR, POSTWEG_ERROR_BAD_INPUT,
      _("The account’s name, address or one of its servers holds characters that cannot stand there."));
  return FALSE;
}

static gboolean
has_users (const Asked *asked, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (asked->servers); i++)
    {
      const PostwegServer *server = asked->servers[i];

      if (server == NULL || server->auth == POSTWEG_AUTH_NONE || *server->user != '\0')
        continue;
      g_set_error (error, POSTWEG_ERROR, POSTWEG_ERROR_BAD_INPUT,
                   _("The user name for “%s” is missing."), server->host);
      return FALSE;
    }
  return TRUE;
}

static gboolean
has_quotes (const char *text)
{
  return strpbrk (text, "\"\\") != NULL;
}

static gboolean
can_sign_in (const PostwegClient *client, const Asked *asked, GError **error)
{
  const PostwegSecret *secret = asked->credentials != NULL ? asked->credentials->incoming : NULL;

  if ((client->abilities & POSTWEG_LOSES_QUOTES) == 0 || asked->servers[0] == NULL)
    return TRUE;
  if (has_quotes (asked->servers[0]->user))
    return refuse (error, POSTWEG_ERROR_UNSUPPORTED,
                   _("%s cannot sign in with a user name that holds quotation marks or backslashes. Use another mail program."),
                      client);
  if (secret != NULL && has_quotes (postweg_secret_peek (secret)))
    return refuse (error, POSTWEG_ERROR_UNSUPPORTED,
                   _("%s cannot sign in with a password that holds quotation marks or backslashes. Choose one without them at the provider, or use another mail program."),
                      client);
  return TRUE;
}

gboolean
postweg_client_accepts (const PostwegClient *client, const PostwegAccount *account,
                        const PostwegExport *options, GError **error)
{
  Asked asked = { account, { NULL, NULL }, options->credentials };

  if (!is_clean (account, error) || !can_receive (client, account, error) ||
      !can_send (client, account, error))
    return FALSE;
  if ((client->abilities & CAN_RECEIVE) != 0)
    asked.servers[0] = account->incoming;
  if ((client->abilities & POSTWEG_CAN_SMTP) != 0)
    asked.servers[1] = account->outgoing;
  if (!has_users (&asked, error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (demands); i++)
    if ((client->abilities & demands[i].ability) == 0 && demands[i].wanted (&asked))
      return refuse (error, POSTWEG_ERROR_UNSUPPORTED, _(demands[i].refusal), client);
  return can_sign_in (client, &asked, error);
}

/* Options and names without effect are dropped, so that the account compares equal when it is read back. */
static void
drop_idle (PostwegAccount *account)
{
  if (!account->pop.keep_on_server)
    account->pop.delete_after_days = account->pop.delete_when_deleted = 0;
  if (account->outgoing == NULL || account->outgoing->auth != POSTWEG_AUTH_NONE)
    return;
  g_free (account->outgoing->user);
  account->outgoing->user = g_strdup ("");
}

PostwegAccount *
postweg_client_keeps (const PostwegClient *client, const PostwegAccount *account)
{
  gboolean receives = (client->abilities & CAN_RECEIVE) != 0;
  gboolean sends = (client->abilities & POSTWEG_CAN_SMTP) != 0;
  PostwegAccount *kept =
      postweg_account_new ((client->abilities & POSTWEG_KEEPS_NAME) != 0 ? account->name : "",
                           (client->abilities & POSTWEG_KEEPS_ADDRESS) != 0 ? account->address : "",
                           receives ? account->incoming : NULL, sends ? account->outgoing : NULL);

  kept->pop = account->pop;
  drop_idle (kept);
  return kept;
}
