/* Geary: a folder for each account, read once when it starts; passwords in the keyring. */
#include "clients/desktop/bus.h"
#include "clients/files.h"
#include "clients/desktop/geary-account.h"
#include "clients/desktop/key-file.h"
#include "clients/match.h"
#include "clients/rows.h"
#include "clients/store.h"
#include "model/error.h"
#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define FILE_NAME "geary.ini"
#define FOLDERS_MAX 100
#define MAX_BYTES (1024 * 1024)
#define BUS_NAME "org.gnome.Geary"

/* Below the home folder; NULL: the configuration folder. */
static const struct {
  const char *folder;
  const char *name;
} roots[] = { { NULL, "Geary" }, { ".var/app/org.gnome.Geary/config/geary", "Geary (Flatpak)" } };

static char *
root_path (guint root, const char *home)
{
  g_autofree char *config = postweg_config_home (home);

  return roots[root].folder != NULL ? g_build_filename (home, roots[root].folder, NULL)
                                    : g_build_filename (config, "geary", NULL);
}

/* What stands in one profile. */
typedef struct {
  char *id;
  GBytes *bytes;
} AccountFile;

static void
account_file_free (gpointer data)
{
  AccountFile *file = data;

  g_free (file->id);
  g_bytes_unref (file->bytes);
  g_free (file);
}

static int
by_id (gconstpointer a, gconstpointer b)
{
  return strcmp ((*(AccountFile *const *) a)->id, (*(AccountFile *const *) b)->id);
}

static char *
path_of (const char *profile, const char *id)
{
  return g_build_filename (profile, id, FILE_NAME, NULL);
}

/* error: the first file that cannot be read, the others are still there; NULL: nobody asks */
static GPtrArray *
read_files (const char *profile, GError **error)
{
  GPtrArray *files = g_ptr_array_new_with_free_func (account_file_free);
  g_autoptr (GDir) dir = g_dir_open (profile, 0, NULL);
  g_autoptr (GError) first = NULL;
  const char *id;

  while (dir != NULL && files->len < FOLDERS_MAX && (id = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = path_of (profile, id);
      g_autoptr (GBytes) bytes = NULL;
      GError **place = first == NULL ? &first : NULL;

      if (!postweg_file_read (path, MAX_BYTES, &bytes, place) || bytes == NULL ||
          !postweg_key_file_check (path, bytes, place))
        continue;
      g_ptr_array_add (files, g_new (AccountFile, 1));
      *(AccountFile *) files->pdata[files->len - 1] =
          (AccountFile){ g_strdup (id), g_steal_pointer (&bytes) };
    }
  g_ptr_array_sort (files, by_id);
  if (first != NULL)
    g_propagate_error (error, g_steal_pointer (&first));
  return files;
}

static void
list_accounts (const GPtrArray *files, GPtrArray *accounts)
{
  for (guint i = 0; i < files->len; i++)
    {
      const AccountFile *file = g_ptr_array_index (files, i);
      PostwegStoredAccount *stored = postweg_geary_parse (file->id, file->bytes);

      if (stored != NULL)
        g_ptr_array_add (accounts, stored);
    }
}

static gboolean
is_running (const PostwegClient *client G_GNUC_UNUSED, const char *profile)
{
  return postweg_bus_runs (BUS_NAME, profile);
}

static PostwegProgram *
program_at (const PostwegClient *client, const char *name, const char *profile)
{
  PostwegProgram *program = postweg_program_new (client->id, name, profile);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) files = read_files (profile, &error);

  program->running = is_running (client, profile);
  program->read_only = access (profile, F_OK) == 0 && access (profile, W_OK) != 0;
  list_accounts (files, program->accounts);
  if (error == NULL && g_file_test (profile, G_FILE_TEST_EXISTS))
    return program;
  g_free (program->note);
  program->note = g_strdup (
      error != NULL ? error->message : _("It has no settings yet. They are made when an account is added."));
  return program;
}

static gboolean
is_installed (const char *home)
{
  g_autofree char *command =
      g_strcmp0 (home, g_get_home_dir ()) == 0 ? g_find_program_in_path ("geary") : NULL;

  return command != NULL;
}

static void
find (const PostwegClient *client, const char *home, GPtrArray *programs)
{
  guint before = programs->len;

  for (guint i = 0; i < G_N_ELEMENTS (roots); i++)
    {
      g_autofree char *profile = root_path (i, home);
      PostwegProgram *program;

      if (!g_file_test (profile, G_FILE_TEST_IS_DIR) && !(i == 0 && is_installed (home)))
        continue;
      program = program_at (client, roots[i].name, profile);
      program->is_default = programs->len == before;
      g_ptr_array_add (programs, program);
    }
}

static PostwegProgram *
read_profile (const PostwegClient *client, const char *profile, GError **error)
{
  if (g_file_test (profile, G_FILE_TEST_IS_DIR))
    return program_at (client, client->name, profile);
  g_set_error (error, POSTWEG_ERROR, POSTWEG_ERROR_NOT_FOUND,
               _("There is no profile folder “%s”."), profile);
  return NULL;
}

/* Geary itself, unless only its Flatpak has settings. */
static char *
default_profile (const char *home)
{
  g_autofree char *usual = root_path (0, home);
  g_autofree char *flatpak = root_path (1, home);
  gboolean is_flatpak = !g_file_test (usual, G_FILE_TEST_IS_DIR) && !is_installed (home) &&
                        g_file_test (flatpak, G_FILE_TEST_IS_DIR);

  return is_flatpak ? g_steal_pointer (&flatpak) : g_steal_pointer (&usual);
}

/* One export on its way. */
typedef struct {
  const PostwegClient *client;
  const PostwegExport *options;
  PostwegAccount *account;
  GPtrArray *files;
  GPtrArray *accounts;
  PostwegPlan *plan;
} Export;

static void
export_clear (Export *export)
{
  postweg_account_free (export->account);
  g_clear_pointer (&export->files, g_ptr_array_unref);
  g_clear_pointer (&export->accounts, g_ptr_array_unref);
  postweg_plan_free (export->plan);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Export, export_clear)

/* One number for all, as Geary counts: also those whose mail still lies there. */
static char *
new_id (const Export *export)
{
  g_autofree char *data =
      export->options->profile == NULL ? g_build_filename (g_get_user_data_dir (), "geary", NULL) : NULL;

  for (guint n = 1;; n++)
    {
      char *id = g_strdup_printf ("account_%02u", n);
      g_autofree char *folder = g_build_filename (export->plan->profile, id, NULL);
      g_autofree char *mail = data != NULL ? g_build_filename (data, id, NULL) : NULL;

      if (!g_file_test (folder, G_FILE_TEST_EXISTS) &&
          (mail == NULL || !g_file_test (mail, G_FILE_TEST_EXISTS)))
        return id;
      g_free (id);
    }
}

static guint
next_ordinal (const GPtrArray *files)
{
  guint next = 0;

  for (guint i = 0; i < files->len; i++)
    next = MAX (next, postweg_geary_ordinal (((AccountFile *) files->pdata[i])->bytes));
  return next + 1;
}

/* Returns: whether Geary will find it */
static gboolean
keep (PostwegPlan *plan, const PostwegServer *server, PostwegSecret *secret)
{
  g_autofree char *label = g_strdup_printf (_("Mail: %s on %s"), server->user, server->host);

  return secret != NULL && postweg_plan_keep (plan, postweg_keyring_item_new (
                                                        "org.gnome.Geary", label, secret, "proto",
                                                        server->protocol == POSTWEG_IMAP ? "IMAP" : "SMTP",
                                                        "host", server->host, "login", server->user, NULL));
}

/* Nothing is known of another one for sending. */
static gboolean
one_password (const Export *export)
{
  const PostwegCredentials *credentials = export->options->credentials;
  const PostwegServer *out = export->account->outgoing;

  return out->auth != POSTWEG_AUTH_NONE && strcmp (export->account->incoming->user, out->user) == 0 &&
         (credentials == NULL || postweg_secret_equal (credentials->incoming, credentials->outgoing));
}

static void
plan_passwords (Export *export, GBytes *after)
{
  const PostwegCredentials *credentials = export->options->credentials;
  const PostwegAccount *account = export->account;
  gboolean asks = credentials == NULL || !keep (export->plan, account->incoming, credentials->incoming);

  if (!postweg_geary_has_one_password (after) && account->outgoing->auth != POSTWEG_AUTH_NONE)
    asks = credentials == NULL || !keep (export->plan, account->outgoing, credentials->outgoing) || asks;
  if (asks && export->options->replace == NULL)
    g_ptr_array_add (export->plan->left_to_do,
                     g_strdup (_("Geary asks for the password when it is opened next.")));
}

/* Where it stands twice, each message is shown twice. */
static void
note_online (const Export *export)
{
  for (guint i = 0; i < export->accounts->len; i++)
    {
      const PostwegStoredAccount *stored = g_ptr_array_index (export->accounts, i);

      if (stored->read_only && g_ascii_strcasecmp (stored->account->address, export->account->address) == 0)
        g_ptr_array_add (
            export->plan->notes,
            g_strdup_printf (
                _("Geary has “%s” already, from GNOME Online Accounts. Both stay there, and it shows "
                                            "every message twice until you remove one."),
                   stored->account->address));
    }
}

static gboolean
plan_edit (Export *export, GError **error)
{
  PostwegGearyEdit edit = { .account = export->account,
                            .files_sent = export->options->files_sent,
                            .one_password = one_password (export),
                            .ordinal = next_ordinal (export->files) };
  const char *replace = export->options->replace;
  g_autofree char *id = replace != NULL ? g_strdup (replace) : new_id (export);
  g_autofree char *path = path_of (export->plan->profile, id);
  g_autoptr (GBytes) after = NULL;
  PostwegStoredAccount *stored;

  for (guint i = 0; i < export->files->len; i++)
    if (g_strcmp0 (((AccountFile *) export->files->pdata[i])->id, replace) == 0)
      edit.before = ((AccountFile *) export->files->pdata[i])->bytes;
  after = postweg_geary_edit (&edit);
  stored = postweg_geary_parse (id, after);
  if (stored == NULL || !postweg_account_equal (stored->account, export->account))
    {
      postweg_stored_account_free (stored);
      return postweg_match_reads_otherwise (export->client, error);
    }
  postweg_stored_account_free (stored);
  plan_passwords (export, after);
  postweg_plan_add_file (export->plan, path, edit.before, after, 0600);
  postweg_match_note_open (export->plan, export->account);
  note_online (export);
  return TRUE;
}

/* A password may be new all the same. */
static void
note_there (Export *export)
{
  const PostwegStoredAccount *stored = postweg_match_equal (export->accounts, export->account);

  postweg_match_note_there (export->plan);
  for (guint i = 0; export->options->credentials != NULL && i < export->files->len; i++)
    if (strcmp (((AccountFile *) export->files->pdata[i])->id, stored->id) == 0)
      plan_passwords (export, ((AccountFile *) export->files->pdata[i])->bytes);
}

static gboolean
plan_account (Export *export, GError **error)
{
  PostwegMatch match =
      postweg_match (export->client, export->accounts, export->account, export->options->replace, error);

  if (match == POSTWEG_MATCH_THERE)
    note_there (export);
  return match == POSTWEG_MATCH_THERE || (match != POSTWEG_MATCH_REFUSED && plan_edit (export, error));
}

static PostwegPlan *
plan (const PostwegClient *client, const PostwegAccount *account, const PostwegExport *options,
      GError **error)
{
  g_auto (Export) export = { .client = client, .options = options };
  g_autoptr (GError) cause = NULL;
  g_autofree char *profile =
      options->profile != NULL ? g_strdup (options->profile) : default_profile (options->home);

  export.account = postweg_client_keeps (client, account);
  export.plan = postweg_plan_new (client->id, client->name, profile);
  /* it loses them by itself as soon as it saves the account */
  postweg_match_drop (export.plan, export.account, "\"\\");
  export.plan->account = postweg_account_copy (export.account);
  export.files = read_files (profile, &cause);
  export.accounts = postweg_match_list ();
  if (cause != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&cause));
      return NULL;
    }
  list_accounts (export.files, export.accounts);
  return plan_account (&export, error) ? g_steal_pointer (&export.plan) : NULL;
}

const PostwegClient postweg_client_geary = {
  .id = "geary",
  .name = "Geary",
  .kind = POSTWEG_KIND_DESKTOP,
  .abilities = POSTWEG_CAN_IMAP | POSTWEG_CAN_SMTP | POSTWEG_CAN_TLS | POSTWEG_CAN_STARTTLS |
               POSTWEG_CAN_PLAIN | POSTWEG_CAN_SEND_OPEN | POSTWEG_CAN_OTHER_USER | POSTWEG_CAN_UNICODE |
               POSTWEG_CAN_UNICODE_SECRET | POSTWEG_KEEPS_NAME | POSTWEG_KEEPS_ADDRESS,
  .find = find,
  .read = read_profile,
  .plan = plan,
  .is_running = is_running,
  .how_to_quit = N_ ("“geary --quit” closes it, too."),
  };
