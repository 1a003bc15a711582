/* Where the parts of an account are kept in a profile. */
#include "clients/thunderbird/read.h"

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
  keys->outgoing_is_default = outgoing == NULL || *outgoing == '\0';
  if (keys->outgoing_is_default)
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
