/* account -> mail program: list, plan, apply, undo, each through the door. */
#include "checkup/checkup.h"
#include "checkup/worker.h"
#include "clients/apply.h"
#include "clients/clients.h"
#include "model/error.h"
#include "providers/providers.h"
#include <glib/gi18n-lib.h>
#include <string.h>

static const char *
home_or_own (const char *home)
{
  return home != NULL ? home : g_get_home_dir ();
}

gboolean
postweg_checkup_home_is_folder (const char *home, GError **error)
{
  if (home == NULL || g_file_test (home, G_FILE_TEST_IS_DIR))
    return TRUE;
  g_set_error (error, POSTWEG_ERROR, POSTWEG_ERROR_BAD_INPUT,
               _("The home folder “%s” is not a folder."), home);
  return FALSE;
}

/* Backups and journals; not in the home folder that a test may name, but where this person's state lives. */
static char *
state_folder (void)
{
  return g_build_filename (g_get_user_state_dir (), "postweg", NULL);
}

gboolean
postweg_checkup_knows_program (const char *program)
{
  return postweg_client_by_id (program) != NULL;
}

char *
postweg_checkup_program_names (void)
{
  GString *names = g_string_new (NULL);

  for (const PostwegClient *const *client = postweg_clients_all (); *client != NULL; client++)
    g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", (*client)->id);
  return g_string_free (names, FALSE);
}

/* All others ask. */
static const struct {
  const char *id;
  PostwegPasswordWay way;
} password_ways[] = {
  { "evolution", POSTWEG_PASSWORD_KEYRING },
  { "geary", POSTWEG_PASSWORD_KEYRING },
  { "neomutt", POSTWEG_PASSWORD_KEYRING },
  { "mutt", POSTWEG_PASSWORD_KEYRING },
  { "aerc", POSTWEG_PASSWORD_KEYRING },
  { "himalaya", POSTWEG_PASSWORD_KEYRING },
  { "msmtp", POSTWEG_PASSWORD_KEYRING },
  { "mbsync", POSTWEG_PASSWORD_KEYRING },
  { "getmail", POSTWEG_PASSWORD_KEYRING },
  { "offlineimap", POSTWEG_PASSWORD_KEYRING },
  { "git", POSTWEG_PASSWORD_KEYRING },
  { "emacs", POSTWEG_PASSWORD_KEYRING },
  { "mu4e", POSTWEG_PASSWORD_KEYRING },
  { "fetchmail", POSTWEG_PASSWORD_FILE },
  { "thunderbird-android", POSTWEG_PASSWORD_FILE },
  { "deltachat", POSTWEG_PASSWORD_NEEDED },
};

static PostwegPasswordWay
password_way (const char *id)
{
  for (guint i = 0; i < G_N_ELEMENTS (password_ways); i++)
    if (strcmp (password_ways[i].id, id) == 0)
      return password_ways[i].way;
  return POSTWEG_PASSWORD_ASKED;
}

guint
postweg_checkup_n_known_programs (void)
{
  return g_strv_length ((char **) postweg_client_ids ());
}

PostwegKnownProgram
postweg_checkup_known_program (guint index)
{
  const PostwegClient *client = postweg_clients_all ()[index];

  return (PostwegKnownProgram){
    .id = client->id,
    .name = client->name,
    .kind = client->kind,
    .imap = (client->abilities & POSTWEG_CAN_IMAP) != 0,
    .pop3 = (client->abilities & POSTWEG_CAN_POP3) != 0,
    .password = password_way (client->id),
    .receives = (client->abilities & (POSTWEG_CAN_IMAP | POSTWEG_CAN_POP3)) != 0,
    .sends = (client->abilities & POSTWEG_CAN_SMTP) != 0,
    .is_output = (client->abilities & POSTWEG_IS_OUTPUT) != 0,
  };
}

gboolean
postweg_checkup_find_known_program (const char *id, PostwegKnownProgram *known)
{
  for (guint i = 0; i < postweg_checkup_n_known_programs (); i++)
    {
      *known = postweg_checkup_known_program (i);
      if (g_strcmp0 (known->id, id) == 0)
        return TRUE;
    }
  return FALSE;
}

static gpointer
list (gpointer home, GCancellable *cancellable G_GNUC_UNUSED, GError **error)
{
  GPtrArray *programs;

  if (!postweg_checkup_home_is_folder (home, error))
    return NULL;
  programs = g_ptr_array_new_with_free_func ((GDestroyNotify) postweg_program_free);

  for (const PostwegClient *const *client = postweg_clients_all (); *client != NULL; client++)
    postweg_client_find (*client, home_or_own (home), programs);
  return programs;
}

void
postweg_checkup_list_programs (const char *home, GCancellable *cancellable, GAsyncReadyCallback done,
                               gpointer data)
{
  static const PostwegJob job = { list, g_free, (GDestroyNotify) g_ptr_array_unref };

  postweg_worker_run (&job, g_strdup (home), cancellable, done, data);
}

GPtrArray *
postweg_checkup_list_programs_finish (GAsyncResult *result, GError **error)
{
  return postweg_worker_finish (result, error);
}

static gboolean
files_sent_itself (const PostwegAccount *account)
{
  const PostwegProvider *provider =
      account->outgoing != NULL ? postweg_providers_by_host (account->outgoing->host) : NULL;

  return provider != NULL && (provider->quirks & POSTWEG_QUIRK_FILES_SENT) != 0;
}

static gboolean
is_one_provider (const PostwegAccount *account)
{
  const PostwegProvider *provider =
      account->incoming != NULL ? postweg_providers_by_host (account->incoming->host) : NULL;

  return provider != NULL && account->outgoing != NULL &&
         postweg_providers_by_host (account->outgoing->host) == provider;
}

static gpointer
plan (gpointer input, GCancellable *cancellable G_GNUC_UNUSED, GError **error)
{
  const PostwegExportRequest *request = input;
  const PostwegClient *client = postweg_client_by_id (request->program);
  PostwegExport options = { .home = home_or_own (request->home),
                            .profile = request->profile,
                            .replace = request->replace,
                            .files_sent = files_sent_itself (request->account),
                            .same_provider = is_one_provider (request->account),
                            .credentials = request->credentials,
                            .password_in_file = request->password_in_file };

  if (client == NULL)
    {
      g_set_error (error, POSTWEG_ERROR, POSTWEG_ERROR_UNSUPPORTED,
                   _("Postweg does not know a mail program called “%s”."), request->program);
      return NULL;
    }
  if ((client->abilities & POSTWEG_IS_OUTPUT) != 0)
    options.profile = request->output != NULL ? request->output : ".";
  else if (request->output != NULL)
    {
      g_set_error (error, POSTWEG_ERROR, POSTWEG_ERROR_BAD_INPUT,
                   _("The settings of %s stand in its own folder; --profile names another one."),
                      client->name);
      return NULL;
    }
  return postweg_client_plan (client, request->account, &options, error);
}

void
postweg_checkup_plan (PostwegExportRequest *request, GCancellable *cancellable, GAsyncReadyCallback done,
                      gpointer data)
{
  static const PostwegJob job = { plan, (GDestroyNotify) postweg_export_request_free,
                                  (GDestroyNotify) postweg_plan_free };

  postweg_worker_run (&job, request, cancellable, done, data);
}

PostwegPlan *
postweg_checkup_plan_finish (GAsyncResult *result, GError **error)
{
  return postweg_worker_finish (result, error);
}

/* The program itself is asked where that can be done; else its files are read as it will read them. */
static gboolean
is_proven (PostwegPlan *the_plan, GError **error)
{
  const PostwegClient *client = postweg_client_by_id (the_plan->program);
  g_autoptr (GError) cause = NULL;
  char *said;

  if (!postweg_client_has (client, the_plan))
    return FALSE;
  said = client->prove != NULL ? client->prove (client, the_plan, &cause) : NULL;
  if (said != NULL)
    g_ptr_array_add (the_plan->notes, said);
  if (cause == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&cause));
  return FALSE;
}

static gpointer
apply (gpointer input, GCancellable *cancellable G_GNUC_UNUSED, GError **error)
{
  g_autoptr (PostwegPlan) the_plan = input;
  g_autofree char *state = state_folder ();
  g_autoptr (PostwegPlan) taken_back = NULL;
  g_autoptr (GError) cause = NULL;

  if (!postweg_plan_apply (the_plan, state, error))
    return NULL;
  if (the_plan->undo == NULL || is_proven (the_plan, &cause))
    return g_steal_pointer (&the_plan);
  taken_back = postweg_plan_undo (the_plan->undo, state, NULL);
  g_set_error (
      error, POSTWEG_ERROR, POSTWEG_ERROR_CANNOT_WRITE,
      taken_back != NULL
      ? _("%s does not read the account as it was written, so everything was put back as it was.")
      : _("%s does not read the account as it was written. “postweg-cli undo” takes the change back."),
           the_plan->name);
  if (cause != NULL)
    g_prefix_error (error, "%s ", cause->message);
  return NULL;
}

void
postweg_checkup_apply (PostwegPlan *the_plan, GAsyncReadyCallback done, gpointer data)
{
  static const PostwegJob job = { apply, NULL, (GDestroyNotify) postweg_plan_free };

  postweg_worker_run (&job, the_plan, NULL, done, data);
}

PostwegPlan *
postweg_checkup_apply_finish (GAsyncResult *result, GError **error)
{
  return postweg_worker_finish (result, error);
}

static gpointer
undo (gpointer id, GCancellable *cancellable G_GNUC_UNUSED, GError **error)
{
  g_autofree char *state = state_folder ();

  return postweg_plan_undo (id, state, error);
}

void
postweg_checkup_undo (const char *id, GAsyncReadyCallback done, gpointer data)
{
  static const PostwegJob job = { undo, g_free, (GDestroyNotify) postweg_plan_free };

  postweg_worker_run (&job, g_strdup (id), NULL, done, data);
}

PostwegPlan *
postweg_checkup_undo_finish (GAsyncResult *result, GError **error)
{
  return postweg_worker_finish (result, error);
}
