/* What adding or mending an account would change in a Thunderbird profile; nothing is written here. */
#include "clients/lock.h"
#include "clients/thunderbird/write.h"
#include "clients/thunderbird/thunderbird.h"
#include "model/error.h"
#include <glib/gi18n-lib.h>
#include <string.h>

/* One export on its way. */
typedef struct {
  const PostwegExport *options;
  const PostwegThunderbirdPlace *place;
  PostwegAccount *account; /* as Thunderbird will read it back */
  PostwegSettings *settings;
  GPtrArray *accounts; /* PostwegStoredAccount, what is there */
  PostwegPlan *plan;
  PostwegAccountWriter writer;
} Export;

static void
export_clear (Export *export)
{
  postweg_account_free (export->account);
  postweg_settings_free (export->settings);
  g_clear_pointer (&export->accounts, g_ptr_array_unref);
  postweg_plan_free (export->plan);
  postweg_prefs_edit_free (export->writer.edit);
  g_free (export->writer.id);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Export, export_clear)

static void
add (GPtrArray *sentences, const char *sentence)
{
  g_ptr_array_add (sentences, g_strdup (sentence));
}

/* Options without effect are dropped, so that the account compares equal when it is read back. */
static PostwegAccount *
as_read_back (const PostwegAccount *account)
{
  PostwegAccount *copy = postweg_account_copy (account);

  if (!copy->pop.keep_on_server)
    copy->pop.delete_after_days = copy->pop.delete_when_deleted = 0;
  return copy;
}

static gboolean
same_mailbox (const PostwegAccount *a, const PostwegAccount *b)
{
  return a->incoming != NULL && b->incoming != NULL && a->incoming->protocol == b->incoming->protocol &&
         g_ascii_strcasecmp (a->incoming->host, b->incoming->host) == 0 &&
         strcmp (a->incoming->user, b->incoming->user) == 0;
}

/* Returns: (transfer none): another account for the same mailbox, or NULL */
static const PostwegStoredAccount *
find_same_mailbox (const Export *export)
{
  for (guint i = 0; i < export->accounts->len; i++)
    {
      const PostwegStoredAccount *stored = g_ptr_array_index (export->accounts, i);

      if (g_strcmp0 (stored->id, export->options->replace) != 0 &&
          same_mailbox (stored->account, export->account))
        return stored;
    }
  return NULL;
}

static gboolean
already_there (const Export *export, const PostwegStoredAccount *stored, GError **error)
{
  g_set_error (
      error, POSTWEG_ERROR, POSTWEG_ERROR_ALREADY_THERE,
      _("%s has the mailbox of “%s” on “%s” already, with other settings. It is the account “%s” and can "
                  "be repaired."),
         export->place->name, stored->account->incoming->user, stored->account->incoming->host, stored->id);
  return FALSE;
}

static gboolean
check_replaced (const Export *export, GError **error)
{
  const PostwegStoredAccount *stored = NULL;

  for (guint i = 0; i < export->accounts->len; i++)
    if (strcmp (((PostwegStoredAccount *) g_ptr_array_index (export->accounts, i))->id,
                export->options->replace) == 0)
      stored = g_ptr_array_index (export->accounts, i);
  if (stored == NULL)
    {
      g_set_error (error, POSTWEG_ERROR, POSTWEG_ERROR_NOT_FOUND,
                   _("%s has no account “%s”."), export->place->name, export->options->replace);
      return FALSE;
    }
  if (stored->account->incoming == NULL ||
      stored->account->incoming->protocol != export->account->incoming->protocol)
    {
      g_set_error (
          error, POSTWEG_ERROR, POSTWEG_ERROR_UNSUPPORTED,
          _("The account “%s” cannot be turned into one of another kind. Please add a new account."),
             stored->id);
      return FALSE;
    }
  return TRUE;
}

/* user.js is applied at each start: what it sets too would not last. */
static gboolean
check_overrides (const Export *export, GError **error)
{
  const GPtrArray *wanted = export->writer.edit->wanted;

  for (guint i = 0; i < wanted->len; i++)
    {
      const PostwegPref *pref = g_ptr_array_index (wanted, i);
      const PostwegPref *fixed = postweg_prefs_get (export->settings->user, pref->name);

      if (fixed == NULL || postweg_pref_same_value (fixed, pref))
        continue;
      g_set_error (
          error, POSTWEG_ERROR, POSTWEG_ERROR_UNSUPPORTED,
          _("The profile’s file “user.js” sets “%s” at each start, so the change would be lost. Please "
                      "remove that line from it first."),
             pref->name);
      return FALSE;
    }
  return TRUE;
}

/* The new file, read as Thunderbird reads it, must hold exactly this account. */
static gboolean
check_reads_back (const Export *export, GBytes *after, GError **error)
{
  g_autoptr (GPtrArray) accounts =
      g_ptr_array_new_with_free_func ((GDestroyNotify) postweg_stored_account_free);
  g_autoptr (PostwegSettings) settings = NULL;

  settings = postweg_settings_new (after, export->settings->user->bytes, error);
  if (settings == NULL)
    return FALSE;
  postweg_settings_accounts (settings, accounts);
  for (guint i = 0; i < accounts->len; i++)
    {
      const PostwegStoredAccount *stored = g_ptr_array_index (accounts, i);

      if (strcmp (stored->id, export->writer.id) == 0 &&
          postweg_account_equal (stored->account, export->account))
        return TRUE;
    }
  g_set_error (
      error, POSTWEG_ERROR, POSTWEG_ERROR_UNSUPPORTED,
      _("%s would read the account differently from this profile, so nothing is written. Please set it up "
                  "there by hand."),
         export->place->name);
  return FALSE;
}

static gboolean
add_prefs (Export *export, GError **error)
{
  g_autofree char *path = g_build_filename (export->place->profile, "prefs.js", NULL);
  g_autoptr (GBytes) after = postweg_prefs_write (export->settings->prefs, export->writer.edit, error);

  if (after == NULL || !check_reads_back (export, after, error))
    return FALSE;
  if (export->settings->bytes == NULL || !g_bytes_equal (after, export->settings->bytes))
    postweg_plan_add_file (export->plan, path, export->settings->bytes, after, 0600);
  return TRUE;
}

/* After prefs.js, so that no moment leaves a listed profile without its account. */
static void
add_profile_list (Export *export)
{
  const PostwegThunderbirdPlace *place = export->place;
  g_autofree char *path = NULL;
  g_autoptr (GBytes) after = NULL;

  if (place->profiles == NULL)
    return;
  path = g_build_filename (place->profiles->root, "profiles.ini", NULL);
  after = postweg_profiles_with_default (place->profiles, place->path, place->is_listed, place->hash);
  postweg_plan_add_file (export->plan, path, place->profiles->bytes, after, 0644);
  if (!place->is_listed)
    add (export->plan->notes, _("A new profile is made, since there is none yet."));
}

static void
add_security_notes (Export *export)
{
  const PostwegAccount *account = export->account;

  if (account->incoming->security == POSTWEG_PLAIN || account->outgoing->security == POSTWEG_PLAIN)
    add (export->plan->notes, _("A connection of this account is not encrypted: others may read along."));
  else
    add (export->plan->notes, _("Thunderbird has its own list of trusted certificate issuers. If your organisation uses an issuer of its "
            "own, it must be added there as well."));
  if (export->options->files_sent && export->options->replace == NULL)
    add (export->plan->notes,
         _("The provider keeps sent mail itself, so Thunderbird does not put a second copy into Sent."));
}

static void
add_left_to_do (Export *export)
{
  GPtrArray *left = export->plan->left_to_do;
  PostwegAuth in = export->account->incoming->auth;
  PostwegAuth out = export->account->outgoing->auth;

  if (in == POSTWEG_AUTH_OAUTH2 || out == POSTWEG_AUTH_OAUTH2)
    add (left, _("Start Thunderbird and sign in at the provider in the window that it opens."));
  if (in != POSTWEG_AUTH_OAUTH2)
    add (left, _("Start Thunderbird, enter the password when it asks, and tick “Use Password Manager to remember this "
                  "password”."));
  if (out <= POSTWEG_AUTH_ENCRYPTED && !export->writer.one_password)
    add (left,
         _("When the first mail is sent, Thunderbird asks for the password of the outgoing server too."));
}

static void
add_mended_notes (Export *export)
{
  const GPtrArray *wanted = export->writer.edit->wanted;
  gboolean moves = FALSE;

  for (guint i = 0; i < wanted->len; i++)
    {
      const char *name = ((PostwegPref *) g_ptr_array_index (wanted, i))->name;

      moves = moves || g_str_has_suffix (name, ".hostname") || g_str_has_suffix (name, ".userName") ||
              g_str_has_suffix (name, ".username");
    }
  if (moves)
    add (export->plan->left_to_do,
         _("A server or user name has changed, so Thunderbird asks for the password again."));
  if (export->writer.is_shared)
    add (export->plan->notes,
         _("Other accounts send through the same outgoing server. It changes for them too."));
}

static gboolean
plan_change (Export *export, GError **error)
{
  if (!check_overrides (export, error) || !add_prefs (export, error))
    return FALSE;
  add_profile_list (export);
  if (export->plan->changes->len == 0)
    {
      add (export->plan->notes, _("The account is there already with exactly these settings."));
      return TRUE;
    }
  add_security_notes (export);
  if (export->options->replace != NULL)
    add_mended_notes (export);
  else
    add_left_to_do (export);
  return TRUE;
}

static gboolean
plan_account (Export *export, GError **error)
{
  const PostwegStoredAccount *same = find_same_mailbox (export);
  g_autoptr (PostwegAccountKeys) keys = NULL;

  export->writer.settings = export->settings;
  export->writer.account = export->account;
  export->writer.files_sent = export->options->files_sent;
  export->writer.same_provider = export->options->same_provider;
  export->writer.edit = postweg_prefs_edit_new ();
  if (export->options->replace != NULL && !check_replaced (export, error))
    return FALSE;
  if (same != NULL &&
      (export->options->replace != NULL || !postweg_account_equal (same->account, export->account)))
    return already_there (export, same, error);
  if (export->options->replace != NULL)
    {
      keys = postweg_account_keys_new (export->settings, export->options->replace);
      postweg_account_write_over (&export->writer, keys);
    }
  else if (same == NULL)
    postweg_account_write_new (&export->writer);
  else
    export->writer.id = g_strdup (same->id);
  return plan_change (export, error);
}

static gboolean
check_closed (const Export *export, GError **error)
{
  if (!postweg_lock_is_held (export->plan->lock))
    return TRUE;
  g_set_error (error, POSTWEG_ERROR, POSTWEG_ERROR_PROGRAM_RUNNING,
               _("%s is running. Please close it first; changes would be lost otherwise."),
                  export->place->name);
  return FALSE;
}

PostwegPlan *
postweg_thunderbird_plan (const PostwegClient *client, const PostwegAccount *account,
                          const PostwegExport *options, GError **error)
{
  const PostwegThunderbirdKind *kind = client->details;
  g_autoptr (PostwegThunderbirdPlace) place = NULL;
  g_auto (Export) export = { .options = options };

  g_return_val_if_fail (account != NULL && options != NULL, NULL);
  if (!postweg_thunderbird_accepts (account, error))
    return NULL;
  place = postweg_thunderbird_place (kind, options, error);
  if (place == NULL)
    return NULL;
  export.place = place;
  export.account = as_read_back (account);
  export.accounts = g_ptr_array_new_with_free_func ((GDestroyNotify) postweg_stored_account_free);
  export.plan = postweg_plan_new (kind->program, place->name, place->profile);
  export.plan->account = postweg_account_copy (export.account);
  export.plan->lock = g_build_filename (place->profile, ".parentlock", NULL);
  if (!check_closed (&export, error))
    return NULL;
  export.settings = postweg_settings_open (place->profile, error);
  if (export.settings == NULL)
    return NULL;
  postweg_settings_accounts (export.settings, export.accounts);
  return plan_account (&export, error) ? g_steal_pointer (&export.plan) : NULL;
}
