/* KMail: its accounts are kept by Akonadi, in key files that it reads when it starts; it asks for passwords itself. */
#include "clients/desktop/bus.h"
#include "clients/desktop/kmail-account.h"
#include "clients/match.h"
#include "clients/rows.h"
#include "model/error.h"
#include <glib/gi18n-lib.h>
#include <unistd.h>

#define AGENTS "akonadi/agentsrc"

/* Below the home folder; NULL: the configuration folder. */
static const struct {
  const char *folder;
  const char *name;
} roots[] = { { NULL, "KMail" }, { ".var/app/org.kde.kontact/config", "KMail (Flatpak)" } };

/* The Flatpak's own Akonadi; how it calls its files was never seen. */
#define OWN_AGENTS "akonadi/instance/flatpak/agentsrc"

static gboolean
is_running (const PostwegClient *client G_GNUC_UNUSED, const char *profile)
{
  g_autofree char *entry = g_build_filename (profile, AGENTS, NULL);

  return postweg_bus_runs ("org.freedesktop.Akonadi.Control", entry) ||
         postweg_bus_runs ("org.kde.kmail2", entry);
}

static void
set_note (PostwegProgram *program, const char *note)
{
  g_free (program->note);
  program->note = g_strdup (note);
}

static PostwegProgram *
program_at (const PostwegClient *client, const char *name, const char *profile)
{
  PostwegProgram *program = postweg_program_new (client->id, name, profile);
  g_autoptr (PostwegBundle) files = postweg_bundle_new (profile);
  g_autoptr (GError) error = NULL;

  program->is_default = TRUE;
  program->running = is_running (client, profile);
  program->read_only = access (profile, F_OK) == 0 && access (profile, W_OK) != 0;
  postweg_kmail_accounts (files, program->accounts);
  if (!postweg_bundle_is_readable (files, &error))
    set_note (program, error->message);
  return program;
}

static char *
root_path (guint root, const char *home)
{
  return roots[root].folder != NULL ? g_build_filename (home, roots[root].folder, NULL)
                                    : postweg_config_home (home);
}

/* Returns: (transfer full): NULL if there is no KMail; calendars use Akonadi too. command: its program is installed */
static PostwegProgram *
program_in_root (const PostwegClient *client, guint root, const char *home, gboolean command)
{
  g_autofree char *profile = root_path (root, home);
  g_autofree char *agents = g_build_filename (profile, AGENTS, NULL);
  g_autofree char *own = g_build_filename (profile, OWN_AGENTS, NULL);
  gboolean is_own = !g_file_test (agents, G_FILE_TEST_EXISTS) && g_file_test (own, G_FILE_TEST_EXISTS);
  g_autoptr (PostwegProgram) program = NULL;

  if (!g_file_test (agents, G_FILE_TEST_EXISTS) && !is_own && !command)
    return NULL;
  program = program_at (client, roots[root].name, profile);
  program->is_default = root == 0;
  program->read_only = program->read_only || is_own;
  if (is_own)
    set_note (
        program,
        _("Its accounts are kept inside the sandbox, where they cannot be read. Use its own settings."));
  return program->accounts->len > 0 || is_own || command ? g_steal_pointer (&program) : NULL;
}

static void
find (const PostwegClient *client, const char *home, GPtrArray *programs)
{
  g_autofree char *command =
      g_strcmp0 (home, g_get_home_dir ()) == 0 ? g_find_program_in_path ("kmail") : NULL;

  for (guint i = 0; i < G_N_ELEMENTS (roots); i++)
    {
      PostwegProgram *program = program_in_root (client, i, home, i == 0 && command != NULL);

      if (program != NULL)
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

static gboolean
plan_edit (const PostwegClient *client, PostwegBundle *files, const PostwegExport *options, PostwegPlan *plan,
           GError **error)
{
  g_autoptr (GPtrArray) then = postweg_match_list ();

  postweg_kmail_edit (files, plan->account, options->replace);
  postweg_kmail_accounts (files, then);
  if (!postweg_bundle_is_readable (files, error))
    return FALSE;
  if (postweg_match_equal (then, plan->account) == NULL)
    return postweg_match_reads_otherwise (client, error);
  postweg_bundle_plan (files, plan);
  postweg_match_note_open (plan, plan->account);
  if (options->replace == NULL)
    g_ptr_array_add (plan->left_to_do, g_strdup (_("KMail asks for the passwords when it needs them first, and offers to keep them in KDE’s wallet.")));
  return TRUE;
}

static PostwegPlan *
plan (const PostwegClient *client, const PostwegAccount *account, const PostwegExport *options,
      GError **error)
{
  g_autofree char *profile =
      options->profile != NULL ? g_strdup (options->profile) : postweg_config_home (options->home);
  g_autoptr (PostwegBundle) files = postweg_bundle_new (profile);
  g_autoptr (PostwegPlan) the_plan = postweg_plan_new (client->id, client->name, profile);
  g_autoptr (GPtrArray) now = postweg_match_list ();
  PostwegMatch match;

  the_plan->account = postweg_client_keeps (client, account);
  postweg_kmail_accounts (files, now);
  if (!postweg_bundle_is_readable (files, error))
    return NULL;
  match = postweg_match (client, now, the_plan->account, options->replace, error);
  if (match == POSTWEG_MATCH_THERE)
    postweg_match_note_there (the_plan);
  else if (match == POSTWEG_MATCH_REFUSED || !plan_edit (client, files, options, the_plan, error))
    return NULL;
  return g_steal_pointer (&the_plan);
}

const PostwegClient postweg_client_kmail = {
  .id = "kmail",
  .name = "KMail",
  .kind = POSTWEG_KIND_DESKTOP,
  .abilities = POSTWEG_CAN_IMAP | POSTWEG_CAN_POP3 | POSTWEG_CAN_SMTP | POSTWEG_CAN_TLS |
               POSTWEG_CAN_STARTTLS | POSTWEG_CAN_PLAIN | POSTWEG_CAN_ENCRYPTED | POSTWEG_CAN_SEND_OPEN |
               POSTWEG_CAN_OTHER_USER | POSTWEG_CAN_KEEP | POSTWEG_CAN_TAKE | POSTWEG_CAN_DAYS |
               POSTWEG_CAN_UNICODE | POSTWEG_CAN_UNICODE_SECRET | POSTWEG_KEEPS_NAME | POSTWEG_KEEPS_ADDRESS,
  .find = find,
  .read = read_profile,
  .plan = plan,
  .is_running = is_running,
  .how_to_quit = N_ ("Its service goes on without its window: “akonadictl stop” ends it."),
  };
