/* Settings for an account. Everything that matters is written out, since Thunderbird's defaults are no encryption and, with POP, deleting mail. */
#include "clients/thunderbird/numbers.h"
#include "clients/thunderbird/write.h"
#include "model/address.h"
#include <string.h>

static void
put_text (PostwegAccountWriter *writer, const char *branch, const char *key, const char *name,
          const char *text)
{
  g_autofree char *full = postweg_settings_name (branch, key, name);

  postweg_prefs_edit_text (writer->edit, full, text);
}

static void
put_number (PostwegAccountWriter *writer, const char *branch, const char *key, const char *name,
            gint32 number)
{
  g_autofree char *full = postweg_settings_name (branch, key, name);

  postweg_prefs_edit_number (writer->edit, full, number);
}

static void
put_flag (PostwegAccountWriter *writer, const char *branch, const char *key, const char *name, gboolean flag)
{
  g_autofree char *full = postweg_settings_name (branch, key, name);

  postweg_prefs_edit_flag (writer->edit, full, flag);
}

/* Lists hold no blanks: Thunderbird would take them as part of the key. */
static void
add_to_list (PostwegAccountWriter *writer, const char *name, const char *key)
{
  const char *text = postweg_settings_text (writer->settings, name);
  g_autofree char *list = text != NULL && *text != '\0' ? g_strconcat (text, ",", key, NULL) : g_strdup (key);

  postweg_prefs_edit_text (writer->edit, name, list);
}

/* there NULL: a new server. */
static void
put_protection (PostwegAccountWriter *writer, const PostwegServerPrefs *prefs, const char *key,
                const PostwegServer *server, const PostwegServer *there)
{
  if (there == NULL || there->security != server->security)
    put_number (writer, prefs->branch, key, prefs->security, postweg_security_number (server->security));
  if (there == NULL || there->auth != server->auth)
    put_number (writer, prefs->branch, key, "authMethod", postweg_auth_number (server->auth));
}

static void
put_server (PostwegAccountWriter *writer, const PostwegServerPrefs *prefs, const char *key,
            const PostwegServer *server, const PostwegServer *there)
{
  if (there == NULL || g_ascii_strcasecmp (there->host, server->host) != 0)
    put_text (writer, prefs->branch, key, "hostname", server->host);
  if (there == NULL || strcmp (there->user, server->user) != 0)
    put_text (writer, prefs->branch, key, prefs->user, server->user);
  if (there == NULL || there->port != server->port)
    put_number (writer, prefs->branch, key, "port", server->port);
  put_protection (writer, prefs, key, server, there);
}

static void
put_pop (PostwegAccountWriter *writer, const char *key, const PostwegPopOptions *pop)
{
  guint days = pop->keep_on_server ? pop->delete_after_days : 0;

  put_flag (writer, "mail.server", key, "leave_on_server", pop->keep_on_server);
  put_flag (writer, "mail.server", key, "delete_by_age_from_server", days > 0);
  if (days > 0)
    put_number (writer, "mail.server", key, "num_days_to_leave_on_server", (gint32) MIN (days, G_MAXINT32));
  put_flag (writer, "mail.server", key, "delete_mail_left_on_server",
            pop->keep_on_server && pop->delete_when_deleted);
}

static void
put_incoming (PostwegAccountWriter *writer, const char *key)
{
  const PostwegAccount *account = writer->account;

  put_text (writer, "mail.server", key, "type", postweg_protocol_name (account->incoming->protocol));
  put_server (writer, &postweg_incoming_prefs, key, account->incoming, NULL);
  put_text (writer, "mail.server", key, "name", account->address);
  put_flag (writer, "mail.server", key, "login_at_startup", TRUE);
  put_flag (writer, "mail.server", key, "check_new_mail", TRUE);
  put_number (writer, "mail.server", key, "check_time", 10);
  if (account->incoming->protocol != POSTWEG_POP3)
    return;
  put_flag (writer, "mail.server", key, "download_on_biff", TRUE);
  put_pop (writer, key, &account->pop);
}

/* The same user with a password on both sides: most likely the same password, and one question less. */
static gboolean
shares_password (const PostwegAccountWriter *writer)
{
  const PostwegServer *in = writer->account->incoming;
  const PostwegServer *out = writer->account->outgoing;

  /* a stranger's server must not be shown the incoming password, whatever the user names are */
  if (!writer->same_provider && !postweg_hosts_same_operator (in->host, out->host))
    return FALSE;
  return strcmp (in->user, out->user) == 0 && in->auth <= POSTWEG_AUTH_ENCRYPTED &&
         out->auth <= POSTWEG_AUTH_ENCRYPTED;
}

/* Returns: (transfer full): the key of an equal server, or NULL */
static char *
equal_outgoing (PostwegAccountWriter *writer)
{
  g_auto (GStrv) keys = postweg_settings_list (writer->settings, "mail.smtpservers");

  for (guint i = 0; keys[i] != NULL; i++)
    {
      const char *type = postweg_settings_text_of (writer->settings, "mail.smtpserver", keys[i], "type");
      g_autoptr (PostwegServer) server =
          postweg_settings_server (writer->settings, &postweg_outgoing_prefs, keys[i], POSTWEG_SMTP, NULL);

      if ((type == NULL || strcmp (type, "smtp") == 0) && server != NULL &&
          postweg_server_equal (server, writer->account->outgoing))
        return g_strdup (keys[i]);
    }
  return NULL;
}

/* Returns: (transfer full): the key of the outgoing server, which is there or will be */
static char *
put_outgoing (PostwegAccountWriter *writer, const char *incoming_key)
{
  const PostwegServer *server = writer->account->outgoing;
  g_auto (GStrv) others = postweg_settings_list (writer->settings, "mail.smtpservers");
  char *key = equal_outgoing (writer);

  if (key != NULL)
    return key;
  key = postweg_next_key (writer->settings, "mail.smtpserver", "smtp");
  add_to_list (writer, "mail.smtpservers", key);
  if (others[0] == NULL)
    postweg_prefs_edit_text (writer->edit, "mail.smtp.defaultserver", key);
  put_text (writer, "mail.smtpserver", key, "type", "smtp");
  put_server (writer, &postweg_outgoing_prefs, key, server, NULL);
  put_text (writer, "mail.smtpserver", key, "description", writer->account->address);
  writer->one_password = shares_password (writer);
  if (writer->one_password)
    put_text (writer, "mail.smtpserver", key, "incomingAccount", incoming_key);
  return key;
}

static void
put_identity (PostwegAccountWriter *writer, const char *key, const char *outgoing)
{
  put_text (writer, "mail.identity", key, "fullName", writer->account->name);
  put_text (writer, "mail.identity", key, "useremail", writer->account->address);
  put_flag (writer, "mail.identity", key, "valid", TRUE);
  put_text (writer, "mail.identity", key, "smtpServer", outgoing);
  if (writer->files_sent)
    put_flag (writer, "mail.identity", key, "fcc", FALSE);
}

static gboolean
has_mail_account (const PostwegSettings *settings)
{
  g_autoptr (GPtrArray) accounts =
      g_ptr_array_new_with_free_func ((GDestroyNotify) postweg_stored_account_free);

  postweg_settings_accounts (settings, accounts);
  return accounts->len > 0;
}

static gboolean
is_shared (PostwegAccountWriter *writer, const PostwegAccountKeys *keys)
{
  g_auto (GStrv) list = postweg_settings_list (writer->settings, "mail.accountmanager.accounts");

  for (guint i = 0; list[i] != NULL; i++)
    {
      g_autoptr (PostwegAccountKeys) other = postweg_account_keys_new (writer->settings, list[i]);

      if (other->identity != NULL && strcmp (list[i], keys->account) != 0 &&
          g_strcmp0 (other->outgoing, keys->outgoing) == 0)
        return TRUE;
    }
  return FALSE;
}

static void
write_over_outgoing (PostwegAccountWriter *writer, const PostwegAccountKeys *keys)
{
  g_autoptr (PostwegServer) there = NULL;
  g_autofree char *key = NULL;

  if (keys->outgoing != NULL)
    there = postweg_settings_server (writer->settings, &postweg_outgoing_prefs, keys->outgoing, POSTWEG_SMTP,
                                     NULL);
  if (there != NULL)
    {
      writer->is_shared =
          !postweg_server_equal (there, writer->account->outgoing) && is_shared (writer, keys);
      put_server (writer, &postweg_outgoing_prefs, keys->outgoing, writer->account->outgoing, there);
      return;
    }
  key = put_outgoing (writer, keys->server);
  if (keys->identity != NULL)
    put_text (writer, "mail.identity", keys->identity, "smtpServer", key);
}

static void
write_over_identity (PostwegAccountWriter *writer, const PostwegAccountKeys *keys,
                     const PostwegAccount *there)
{
  if (keys->identity == NULL)
    return;
  if (strcmp (there->name, writer->account->name) != 0)
    put_text (writer, "mail.identity", keys->identity, "fullName", writer->account->name);
  if (strcmp (there->address, writer->account->address) != 0)
    put_text (writer, "mail.identity", keys->identity, "useremail", writer->account->address);
}

static gboolean
same_pop (const PostwegPopOptions *a, const PostwegPopOptions *b)
{
  return !a->keep_on_server == !b->keep_on_server && a->delete_after_days == b->delete_after_days &&
         !a->delete_when_deleted == !b->delete_when_deleted;
}

void
postweg_account_write_new (PostwegAccountWriter *writer)
{
  const PostwegSettings *settings = writer->settings;
  g_autofree char *server = postweg_next_key (settings, "mail.server", "server");
  g_autofree char *identity = postweg_next_key (settings, "mail.identity", "id");
  g_autofree char *outgoing = NULL;

  writer->id = postweg_next_key (settings, "mail.account", "account");
  add_to_list (writer, "mail.accountmanager.accounts", writer->id);
  if (!has_mail_account (settings))
    postweg_prefs_edit_text (writer->edit, "mail.accountmanager.defaultaccount", writer->id);
  postweg_prefs_edit_number (writer->edit, "mail.account.lastKey",
                             (gint32) postweg_key_number (writer->id, "account"));
  put_text (writer, "mail.account", writer->id, "server", server);
  put_text (writer, "mail.account", writer->id, "identities", identity);
  put_incoming (writer, server);
  outgoing = put_outgoing (writer, server);
  put_identity (writer, identity, outgoing);
}

void
postweg_account_write_over (PostwegAccountWriter *writer, const PostwegAccountKeys *keys)
{
  g_autoptr (GPtrArray) accounts =
      g_ptr_array_new_with_free_func ((GDestroyNotify) postweg_stored_account_free);
  const PostwegAccount *there = NULL;

  postweg_settings_accounts (writer->settings, accounts);
  for (guint i = 0; i < accounts->len; i++)
    {
      const PostwegStoredAccount *stored = g_ptr_array_index (accounts, i);

      if (strcmp (stored->id, keys->account) == 0)
        there = stored->account;
    }
  writer->id = g_strdup (keys->account);
  if (there == NULL)
    return;
  put_server (writer, &postweg_incoming_prefs, keys->server, writer->account->incoming, there->incoming);
  if (writer->account->incoming->protocol == POSTWEG_POP3 && !same_pop (&there->pop, &writer->account->pop))
    put_pop (writer, keys->server, &writer->account->pop);
  write_over_outgoing (writer, keys);
  write_over_identity (writer, keys, there);
}
