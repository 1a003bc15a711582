/* The settings of one Thunderbird account, made and read without a profile. */
#include "clients/outputs/thunderbird-files.h"
#include "clients/thunderbird/write.h"
#include "model/program.h"

PostwegPrefsEdit *
postweg_thunderbird_prefs (const PostwegAccount *account, const PostwegExport *options)
{
  g_autoptr (PostwegSettings) empty = postweg_settings_new (NULL, NULL, NULL);
  PostwegAccountWriter writer = { .settings = empty,
                                  .account = account,
                                  .files_sent = options->files_sent,
                                  .same_provider = options->same_provider,
                                  .edit = postweg_prefs_edit_new () };

  postweg_account_write_new (&writer);
  g_free (writer.id);
  return writer.edit;
}

PostwegAccount *
postweg_thunderbird_account_in (GBytes *prefs)
{
  g_autoptr (PostwegSettings) settings = postweg_settings_new (prefs, NULL, NULL);
  g_autoptr (GPtrArray) accounts =
      g_ptr_array_new_with_free_func ((GDestroyNotify) postweg_stored_account_free);
  const PostwegStoredAccount *first;

  if (settings == NULL)
    return NULL;
  postweg_settings_accounts (settings, accounts);
  first = accounts->len > 0 ? g_ptr_array_index (accounts, 0) : NULL;
  return first != NULL ? postweg_account_copy (first->account) : NULL;
}
