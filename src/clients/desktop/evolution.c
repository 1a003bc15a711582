/* Evolution: accounts are kept by its service on the session bus, passwords in the keyring; nothing has to be closed. */
#include "clients/desktop/evolution-account.h"
#include "clients/desktop/evolution-folder.h"
#include "clients/match.h"
#include "clients/rows.h"
#include "model/error.h"
#include <glib/gi18n-lib.h>
#include <string.h>

#define OWN_SERVICE "org.gnome.evolution.dataserver.Sources5"

static void
fill (PostwegProgram *program)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) sources = postweg_evolution_sources (program->profile, &error);

  if (sources != NULL)
    {
      postweg_evolution_accounts (sources, program->accounts);
      return;
    }
  g_free (program->note);
  program->note = g_strdup (error->message);
}

static PostwegProgram *
program_of (const PostwegClient *client, const char *service)
{
  const char *name = strcmp (service, OWN_SERVICE) == 0 ? client->name : "Evolution (Flatpak)";
  PostwegProgram *program = postweg_program_new (client->id, name, service);

  program->is_default = strcmp (service, OWN_SERVICE) == 0;
  fill (program);
  return program;
}

/* Calendars use the service too: without accounts it counts only where Evolution is. The bus is this person's only. */
static void
find (const PostwegClient *client, const char *home, GPtrArray *programs)
{
  g_auto (GStrv) services = g_strcmp0 (home, g_get_home_dir ()) == 0 ? postweg_evolution_services () : NULL;
  g_autofree char *command = g_find_program_in_path ("evolution");
  gboolean answered[] = { FALSE, FALSE };

  for (guint i = 0; services != NULL && services[i] != NULL; i++)
    {
      g_autoptr (PostwegProgram) program = program_of (client, services[i]);

      answered[program->is_default ? 0 : 1] = TRUE;
      if (program->accounts->len > 0 || (program->is_default && command != NULL))
        g_ptr_array_add (programs, g_steal_pointer (&program));
    }
  postweg_evolution_folders_find (client->id, home, answered, programs);
}

static gboolean
check_service (const char *service, GError **error)
{
  g_auto (GStrv) services = NULL;

  if (g_path_is_absolute (service))
    {
      g_set_error_literal (error, POSTWEG_ERROR, POSTWEG_ERROR_UNSUPPORTED,
                           postweg_evolution_folder_reason ());
      return FALSE;
    }
  services = postweg_evolution_services ();
  if (g_strv_contains ((const char *const *) services, service))
    return TRUE;
  g_set_error (error, POSTWEG_ERROR, POSTWEG_ERROR_NOT_FOUND,
               _("Evolution’s service “%s” is not there. It needs a desktop session, and Evolution."),
                  service);
  return FALSE;
}

static PostwegProgram *
read_service (const PostwegClient *client, const char *service, GError **error)
{
  if (g_path_is_absolute (service) && g_file_test (service, G_FILE_TEST_IS_DIR))
    return postweg_evolution_folder_read (client->id, client->name, service);
  return check_service (service, error) ? program_of (client, service) : NULL;
}

/* One export on its way. */
typedef struct {
  const PostwegClient *client;
  const PostwegExport *options;
  PostwegAccount *account;
  GPtrArray *sources;
  GPtrArray *accounts;
  PostwegPlan *plan;
} Export;

static void
export_clear (Export *export)
{
  postweg_account_free (export->account);
  g_clear_pointer (&export->sources, g_ptr_array_unref);
  g_clear_pointer (&export->accounts, g_ptr_array_unref);
  postweg_plan_free (export->plan);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Export, export_clear)

/* Returns: whether Evolution will find it */
static gboolean
keep (PostwegPlan *plan, const char *uid, const PostwegServer *server, PostwegSecret *secret)
{
  g_autofree char *label = g_strdup_printf (_("Mail: %s on %s"), server->user, server->host);

  if (server->auth == POSTWEG_AUTH_NONE || server->auth == POSTWEG_AUTH_OAUTH2)
    return TRUE;
  return secret != NULL &&
         postweg_plan_keep (plan, postweg_keyring_item_new ("org.gnome.Evolution.Data.Source", label, secret,
                                                            "e-source-uid", uid, "eds-origin",
                                                            "evolution-data-server", NULL));
}

static void
plan_passwords (Export *export, const PostwegEvolutionEdit *edit)
{
  const PostwegCredentials *credentials = export->options->credentials;
  gboolean kept = credentials != NULL;

  if (kept)
    kept = keep (export->plan, edit->uids[POSTWEG_EVOLUTION_RECEIVING], export->account->incoming,
                 credentials->incoming);
  if (kept)
    kept = keep (export->plan, edit->uids[POSTWEG_EVOLUTION_SENDING], export->account->outgoing,
                 credentials->outgoing);
  if (!kept && export->options->replace == NULL)
    g_ptr_array_add (export->plan->left_to_do,
                     g_strdup (_("Evolution asks for the password when it needs it first.")));
}

/* It gets tokens only for accounts that it has signed in itself. */
static gboolean
check_token (const Export *export, const PostwegServer *now, const PostwegServer *then, GError **error)
{
  if (then->auth != POSTWEG_AUTH_OAUTH2 || (now != NULL && now->auth == POSTWEG_AUTH_OAUTH2))
    return TRUE;
  g_set_error (error, POSTWEG_ERROR, POSTWEG_ERROR_UNSUPPORTED,
               _("Postweg cannot sign %s in at the provider (OAuth2). Add the account there or in GNOME’s settings, or "
                 "use an app password, if the provider has them."),
                  export->client->name);
  return FALSE;
}

static gboolean
check_tokens (const Export *export, GError **error)
{
  const PostwegStoredAccount *stored = postweg_match_id (export->accounts, export->options->replace);

  return check_token (export, stored != NULL ? stored->account->incoming : NULL, export->account->incoming,
                      error) &&
         check_token (export, stored != NULL ? stored->account->outgoing : NULL, export->account->outgoing,
                      error);
}

/* The sources as they would be, read as those that are there. */
static gboolean
reads_back (const Export *export, const PostwegEvolutionEdit *edit, GBytes *const *after)
{
  g_autoptr (GPtrArray) sources = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) accounts = postweg_match_list ();

  for (guint i = 0; i < POSTWEG_EVOLUTION_N_PARTS; i++)
    {
      PostwegEvolutionSource *source = g_new (PostwegEvolutionSource, 1);

      *source = (PostwegEvolutionSource){ edit->uids[i], NULL, after[i], TRUE };
      g_ptr_array_add (sources, source);
    }
  postweg_evolution_accounts (sources, accounts);
  return postweg_match_equal (accounts, export->account) != NULL;
}

static void
add_changes (Export *export, const PostwegEvolutionEdit *edit, GBytes *const *after)
{
  for (guint i = 0; i < POSTWEG_EVOLUTION_N_PARTS; i++)
    {
      g_autofree char *target = postweg_evolution_target (export->plan->profile, edit->uids[i]);

      if (edit->before[i] == NULL || !g_bytes_equal (edit->before[i], after[i]))
        postweg_plan_add_bus (export->plan, target, edit->before[i], after[i], NULL);
    }
}

static gboolean
plan_edit (Export *export, GError **error)
{
  g_auto (PostwegEvolutionEdit)
      edit = { .account = export->account, .files_sent = export->options->files_sent };
  GBytes *after[POSTWEG_EVOLUTION_N_PARTS];
  gboolean ok;

  if (!check_tokens (export, error))
    return FALSE;
  postweg_evolution_edit_init (&edit, export->sources, export->options->replace);
  for (guint i = 0; i < POSTWEG_EVOLUTION_N_PARTS; i++)
    after[i] = postweg_evolution_edit_part (&edit, i);
  ok = reads_back (export, &edit, after);
  if (ok)
    {
      plan_passwords (export, &edit);
      add_changes (export, &edit, after);
      postweg_match_note_open (export->plan, export->account);
    }
  for (guint i = 0; i < POSTWEG_EVOLUTION_N_PARTS; i++)
    g_bytes_unref (after[i]);
  return ok || postweg_match_reads_otherwise (export->client, error);
}

/* A password may be new all the same. */
static void
note_there (Export *export)
{
  const PostwegStoredAccount *stored = postweg_match_equal (export->accounts, export->account);
  g_auto (PostwegEvolutionEdit) edit = { .account = export->account };

  postweg_match_note_there (export->plan);
  postweg_evolution_edit_init (&edit, export->sources, stored->id);
  if (export->options->credentials != NULL && !stored->read_only)
    plan_passwords (export, &edit);
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
  const char *service = options->profile != NULL ? options->profile : OWN_SERVICE;

  if (!check_service (service, error))
    return NULL;
  export.account = postweg_client_keeps (client, account);
  export.plan = postweg_plan_new (client->id, client->name, service);
  export.sources = postweg_evolution_sources (service, error);
  if (export.sources == NULL)
    return NULL;
  export.accounts = postweg_match_list ();
  postweg_evolution_accounts (export.sources, export.accounts);
  return plan_account (&export, error) ? g_steal_pointer (&export.plan) : NULL;
}

/* What was read back came from the service already. */
static char *
prove (const PostwegClient *client G_GNUC_UNUSED, const PostwegPlan *the_plan G_GNUC_UNUSED,
       GError **error G_GNUC_UNUSED)
{
  return g_strdup (_("Evolution’s service was asked and has the account as meant."));
}

const PostwegClient postweg_client_evolution = {
  .id = "evolution",
  .name = "Evolution",
  .kind = POSTWEG_KIND_DESKTOP,
  .abilities = POSTWEG_CAN_IMAP | POSTWEG_CAN_POP3 | POSTWEG_CAN_SMTP | POSTWEG_CAN_TLS |
               POSTWEG_CAN_STARTTLS | POSTWEG_CAN_PLAIN | POSTWEG_CAN_OAUTH2 | POSTWEG_CAN_ENCRYPTED |
               POSTWEG_CAN_SEND_OPEN | POSTWEG_CAN_OTHER_USER | POSTWEG_CAN_KEEP | POSTWEG_CAN_TAKE |
               POSTWEG_CAN_DAYS | POSTWEG_CAN_DELETE_THERE | POSTWEG_CAN_UNICODE |
               POSTWEG_CAN_UNICODE_SECRET | POSTWEG_KEEPS_NAME | POSTWEG_KEEPS_ADDRESS,
  .find = find,
  .read = read_service,
  .plan = plan,
  .bus = &postweg_store_evolution,
  .prove = prove,
};
