/* Accounts out of a profile's settings, with the defaults that Thunderbird applies and a note on what is unusual. */
#include "clients/thunderbird-read.h"
#include "model/address.h"
#include <glib/gi18n-lib.h>
#include <string.h>

typedef enum { KIND_OURS, KIND_SKIPPED, KIND_FOREIGN } Kind;

static const struct {
  const char *type;
  Kind kind;
  PostwegProtocol protocol;
} types[] = {
  { "imap", KIND_OURS, POSTWEG_IMAP }, { "pop3", KIND_OURS, POSTWEG_POP3 }, { "none", KIND_SKIPPED, 0 },
  { "rss", KIND_SKIPPED, 0 },          { "nntp", KIND_SKIPPED, 0 },         { "im", KIND_SKIPPED, 0 },
};

/* Number in the file, what it means, and what to say about it. */
static const struct {
  gint32 number;
  PostwegAuth auth;
  const char *note;
} auths[] = {
  { 1, POSTWEG_AUTH_NONE, NULL },
  { 2, POSTWEG_AUTH_PASSWORD, N_ ("It signs in with old commands that few servers still know.") },
    { 3, POSTWEG_AUTH_PASSWORD, NULL }, { 4, POSTWEG_AUTH_ENCRYPTED, NULL },
    { 5, POSTWEG_AUTH_PASSWORD, N_ ("It signs in with Kerberos, which Postweg does not test.") },
      { 6, POSTWEG_AUTH_PASSWORD, N_ ("It signs in with NTLM, which Postweg does not test.") },
        { 7, POSTWEG_AUTH_PASSWORD, N_ ("It signs in with a certificate, which Postweg does not test.") },
          { 8, POSTWEG_AUTH_PASSWORD, N_ ("It signs in with “any secure method”, which is outdated.") },
            { 9, POSTWEG_AUTH_PASSWORD, N_ ("It signs in with “any method”, which is not advisable.") },
              { 10, POSTWEG_AUTH_OAUTH2, NULL },
          };

static void
add_note (GPtrArray *note, const char *sentence)
{
  if (note != NULL && sentence != NULL)
    g_ptr_array_add (note, g_strdup (_(sentence)));
}

static PostwegAuth
read_auth (gint32 number, GPtrArray *note)
{
  for (guint i = 0; i < G_N_ELEMENTS (auths); i++)
    if (auths[i].number == number)
      {
        add_note (note, auths[i].note);
        return auths[i].auth;
      }
  add_note (note, N_ ("Its sign-in method is not known."));
  return POSTWEG_AUTH_PASSWORD;
}

static PostwegSecurity
read_security (gint32 number, GPtrArray *note)
{
  if (number == 3)
    return POSTWEG_TLS;
  if (number == 2)
    return POSTWEG_STARTTLS;
  if (number == 1)
    add_note (note,
              N_ ("A server is set to “encrypt if offered”: mail and password may travel unprotected."));
  else if (number != 0)
    add_note (note, N_ ("A server’s kind of encryption is not known."));
  return POSTWEG_PLAIN;
}

gint32
postweg_security_number (PostwegSecurity security)
{
  static const gint32 numbers[] = { [POSTWEG_TLS] = 3, [POSTWEG_STARTTLS] = 2, [POSTWEG_PLAIN] = 0 };

  return numbers[security];
}

gint32
postweg_auth_number (PostwegAuth auth)
{
  static const gint32 numbers[] = {
    [POSTWEG_AUTH_PASSWORD] = 3,
    [POSTWEG_AUTH_ENCRYPTED] = 4,
    [POSTWEG_AUTH_OAUTH2] = 10,
    [POSTWEG_AUTH_NONE] = 1,
  };

  return numbers[auth];
}

static gboolean
in_list (const PostwegSettings *settings, const char *account)
{
  const char *text = postweg_settings_text (settings, "mail.accountmanager.accounts");
  g_auto (GStrv) list = g_strsplit (text != NULL ? text : "", ",", -1);

  return g_strv_contains ((const char *const *) list, account);
}

PostwegAccountKeys *
postweg_account_keys_new (const PostwegSettings *settings, const char *account)
{
  PostwegAccountKeys *keys = g_new0 (PostwegAccountKeys, 1);
  g_autofree char *identities = postweg_settings_name ("mail.account", account, "identities");
  const char *outgoing = NULL;

  keys->account = g_strdup (account);
  keys->server = g_strdup (postweg_settings_text_of (settings, "mail.account", account, "server"));
  keys->identity = postweg_settings_first (settings, identities);
  keys->is_listed = in_list (settings, account);
  if (keys->identity != NULL)
    outgoing = postweg_settings_text_of (settings, "mail.identity", keys->identity, "smtpServer");
  if (outgoing == NULL || *outgoing == '\0')
    outgoing = postweg_settings_text (settings, "mail.smtp.defaultserver");
  keys->outgoing = outgoing != NULL && *outgoing != '\0'
                       ? g_strdup (outgoing)
                       : postweg_settings_first (settings, "mail.smtpservers");
  return keys;
}

void
postweg_account_keys_free (PostwegAccountKeys *keys)
{
  if (keys == NULL)
    return;
  g_free (keys->account);
  g_free (keys->server);
  g_free (keys->identity);
  g_free (keys->outgoing);
  g_free (keys);
}

PostwegServer *
postweg_settings_server (const PostwegSettings *settings, const PostwegServerPrefs *prefs, const char *key,
                         PostwegProtocol protocol, GPtrArray *note)
{
  const char *host = postweg_settings_text_of (settings, prefs->branch, key, "hostname");
  const char *user = postweg_settings_text_of (settings, prefs->branch, key, prefs->user);
  gint32 port = postweg_settings_number_of (settings, prefs->branch, key, "port", 0);
  PostwegServer *server;
  PostwegSecurity security;

  if (host == NULL || !postweg_host_is_valid (host))
    {
      add_note (note, N_ ("A server has no host name, or one that cannot be used."));
      return NULL;
    }
  if (port < 0 || port > G_MAXUINT16)
    port = 0;
  security =
      read_security (postweg_settings_number_of (settings, prefs->branch, key, prefs->security, 0), note);
  server = postweg_server_new (protocol, host, (guint16) port, security, user);
  server->auth = read_auth (postweg_settings_number_of (settings, prefs->branch, key, "authMethod", 3), note);
  return server;
}

static PostwegServer *
read_outgoing (const PostwegSettings *settings, const char *key, GPtrArray *note)
{
  const char *type = key != NULL ? postweg_settings_text_of (settings, "mail.smtpserver", key, "type") : NULL;

  if (key == NULL)
    {
      add_note (note, N_ ("It has no outgoing server."));
      return NULL;
    }
  if (type != NULL && strcmp (type, "smtp") != 0)
    {
      add_note (note, N_ ("It sends through Exchange, which Postweg does not handle."));
      return NULL;
    }
  return postweg_settings_server (settings, &postweg_outgoing_prefs, key, POSTWEG_SMTP, note);
}

static void
read_identity (const PostwegSettings *settings, const char *key, PostwegAccount *account, GPtrArray *note)
{
  const char *name =
      key != NULL ? postweg_settings_text_of (settings, "mail.identity", key, "fullName") : NULL;
  const char *address =
      key != NULL ? postweg_settings_text_of (settings, "mail.identity", key, "useremail") : NULL;

  g_free (account->name);
  g_free (account->address);
  account->name = g_strdup (name != NULL ? name : "");
  account->address = g_strdup (address != NULL ? address : "");
  if (*account->address == '\0')
    add_note (note, N_ ("It has no sender address."));
}

/* When mail is taken off the server at once, the other two options have no effect. */
static void
read_pop (const PostwegSettings *settings, const char *key, PostwegPopOptions *pop)
{
  gint32 days = postweg_settings_number_of (settings, "mail.server", key, "num_days_to_leave_on_server", 7);
  gboolean by_age = postweg_settings_flag_of (settings, "mail.server", key, "delete_by_age_from_server");

  pop->keep_on_server = postweg_settings_flag_of (settings, "mail.server", key, "leave_on_server");
  pop->delete_after_days = pop->keep_on_server && by_age && days > 0 ? (guint) days : 0;
  pop->delete_when_deleted = pop->keep_on_server && postweg_settings_flag_of (settings, "mail.server", key,
                                                                              "delete_mail_left_on_server");
}

static Kind
kind_of (const char *type, PostwegProtocol *protocol)
{
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    if (strcmp (types[i].type, type) == 0)
      {
        *protocol = types[i].protocol;
        return types[i].kind;
      }
  return KIND_FOREIGN;
}

/* Returns: (transfer full): NULL when it is no mail account */
static PostwegStoredAccount *
read_account (const PostwegSettings *settings, const PostwegAccountKeys *keys)
{
  g_autoptr (GPtrArray) note = g_ptr_array_new_with_free_func (g_free);
  const char *type = postweg_settings_text_of (settings, "mail.server", keys->server, "type");
  PostwegProtocol protocol = POSTWEG_IMAP;
  Kind kind = type != NULL ? kind_of (type, &protocol) : KIND_SKIPPED;
  PostwegAccount *account;
  g_autofree char *notes = NULL;

  if (kind == KIND_SKIPPED)
    return NULL;
  account = postweg_account_new (NULL, NULL, NULL, NULL);
  if (!keys->is_listed)
    add_note (note, N_ ("Thunderbird skips this account, since a blank stands before it in its list."));
  read_identity (settings, keys->identity, account, note);
  if (kind == KIND_OURS)
    account->incoming =
        postweg_settings_server (settings, &postweg_incoming_prefs, keys->server, protocol, note);
  else
    add_note (note, N_ ("It receives through Exchange or an add-on, which Postweg does not handle."));
  account->outgoing = read_outgoing (settings, keys->outgoing, note);
  if (protocol == POSTWEG_POP3)
    read_pop (settings, keys->server, &account->pop);
  g_ptr_array_add (note, NULL);
  notes = g_strjoinv ("\n", (char **) note->pdata);
  return postweg_stored_account_new (keys->account, account, notes);
}

void
postweg_settings_accounts (const PostwegSettings *settings, GPtrArray *accounts)
{
  g_auto (GStrv) list = postweg_settings_list (settings, "mail.accountmanager.accounts");

  for (guint i = 0; list[i] != NULL; i++)
    {
      g_autoptr (PostwegAccountKeys) keys = postweg_account_keys_new (settings, list[i]);
      PostwegStoredAccount *stored = keys->server != NULL ? read_account (settings, keys) : NULL;

      if (stored != NULL)
        g_ptr_array_add (accounts, stored);
    }
}
