/* Accounts out of a profile's settings, with the defaults that Thunderbird applies and a note on what is unusual. */
#include "clients/thunderbird/read.h"
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

static void
add_note (GPtrArray *note, const char *sentence)
{
  if (note != NULL && sentence != NULL)
    g_ptr_array_add (note, g_strdup (_(sentence)));
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
  postweg_settings_habits (settings, keys, account);
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
