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

static gpointer
list (gpointer home, GCancellable *cancellable G_GNUC_UNUSED, GError **error G_GNUC_UNUSED)
{
  GPtrArray *programs = g_ptr_array_new_with_free_func ((GDestroyNotify) postweg_program_free);

  for (const PostwegClient *const *client = postweg_clients_all (); *client != NULL; client++)
    (*client)->find (home_or_own (home), programs);
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
  PostwegExport options = { home_or_own (request->home), request->profile, request->replace,
                            files_sent_itself (request->account), is_one_provider (request->account) };
  PostwegPlan *made;

  if (client == NULL)
    {
      g_set_error (error, POSTWEG_ERROR, POSTWEG_ERROR_UNSUPPORTED,
                   _("Postweg does not know a mail program called “%s”."), request->program);
      return NULL;
    }
  made = client->plan (request->account, &options, error);
  if (made != NULL)
    made->account = postweg_account_copy (request->account);
  return made;
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

/* Reads the profile as the program will, and looks for the account that was meant. */
static gboolean
is_there (const PostwegPlan *plan)
{
  const PostwegClient *client = postweg_client_by_id (plan->program);
  g_autoptr (PostwegProgram) program = client->read (plan->profile, NULL);

  for (guint i = 0; program != NULL && i < program->accounts->len; i++)
    if (postweg_account_equal (
            ((const PostwegStoredAccount *) g_ptr_array_index (program->accounts, i))->account,
            plan->account))
      return TRUE;
  return FALSE;
}

static gpointer
apply (gpointer input, GCancellable *cancellable G_GNUC_UNUSED, GError **error)
{
  g_autoptr (PostwegPlan) the_plan = input;
  g_autofree char *state = state_folder ();
  g_autoptr (PostwegPlan) taken_back = NULL;

  if (!postweg_plan_apply (the_plan, state, error))
    return NULL;
  if (the_plan->undo == NULL || is_there (the_plan))
    return g_steal_pointer (&the_plan);
  taken_back = postweg_plan_undo (the_plan->undo, state, NULL);
  g_set_error (
      error, POSTWEG_ERROR, POSTWEG_ERROR_CANNOT_WRITE,
      taken_back != NULL
      ? _("%s does not read the account as it was written, so everything was put back as it was.")
      : _("%s does not read the account as it was written. “postweg-cli undo” takes the change back."),
           the_plan->name);
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
