/* Text files of mail programs: found, read, and changes to them planned. */
#include "clients/text-program.h"
#include "clients/files.h"
#include "clients/match.h"
#include "model/error.h"
#include <glib/gi18n-lib.h>
#include <string.h>
#include <unistd.h>

#define FILES_MAX 100               /* in one folder */
#define MAX_BYTES (8 * 1024 * 1024) /* nobody writes that by hand */

static char *
place_path (const char *place, const char *home)
{
  g_autofree char *config = postweg_config_home (home);

  return g_build_filename (*place == '$' ? config : home, place + 2, NULL);
}

/* Returns: (transfer full): the file that the program reads; NULL if there is none */
static char *
file_there (const PostwegTextProgram *program, const char *home)
{
  for (guint i = 0; program->places[i] != NULL; i++)
    {
      g_autofree char *path = place_path (program->places[i], home);

      if (g_file_test (path, G_FILE_TEST_EXISTS) || g_file_test (path, G_FILE_TEST_IS_SYMLINK))
        return g_steal_pointer (&path);
    }
  return NULL;
}

/* In a folder that somebody names, the file is called as in its usual place. */
static char *
file_in (const PostwegTextProgram *program, const char *folder)
{
  g_autofree char *usual = g_path_get_basename (program->new_place);

  for (guint i = 0; program->places[i] != NULL; i++)
    {
      g_autofree char *name = g_path_get_basename (program->places[i]);
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_file_test (path, G_FILE_TEST_EXISTS))
        return g_steal_pointer (&path);
    }
  return g_build_filename (folder, usual, NULL);
}

static char *
file_of (const PostwegTextProgram *program, const char *profile)
{
  return g_file_test (profile, G_FILE_TEST_IS_DIR) ? file_in (program, profile) : g_strdup (profile);
}

static gboolean
read_text (const char *path, GBytes **bytes, GError **error)
{
  gsize size = 0;
  const char *data, *nul;
  guint line = 1;

  if (!postweg_file_read (path, MAX_BYTES, bytes, error))
    return FALSE;
  data = *bytes != NULL ? g_bytes_get_data (*bytes, &size) : NULL;
  nul = size > 0 ? memchr (data, '\0', size) : NULL;
  if (nul == NULL)
    return TRUE;
  for (const char *p = data; p < nul; p++)
    line += *p == '\n';
  g_set_error (error, POSTWEG_ERROR, POSTWEG_ERROR_BAD_FORMAT,
               _("%s, line %u: there is something that is no text, so the file was left alone."), path,
                  line);
  g_clear_pointer (bytes, g_bytes_unref);
  return FALSE;
}

static PostwegProgram *
program_at (const PostwegClient *client, const char *path, const char *home, GError **error)
{
  const PostwegTextProgram *details = client->details;
  g_autoptr (PostwegProgram) program = postweg_program_new (client->id, client->name, path);
  g_autoptr (GBytes) bytes = NULL;
  char *note = NULL;
  const PostwegTextFile file = { path, NULL, home, NULL, &note };
  PostwegTextFile now = file;

  program->is_default = TRUE;
  program->running = client->is_running != NULL && client->is_running (client, path);
  program->read_only = access (path, F_OK) == 0 && access (path, W_OK) != 0;
  if (!read_text (path, &bytes, error))
    return NULL;
  now.bytes = bytes;
  if (!details->list (&now, program->accounts, error))
    return NULL;
  if (note != NULL)
    {
      g_free (program->note);
      program->note = note;
    }
  return g_steal_pointer (&program);
}

static void
add_with_note (const PostwegClient *client, const char *path, const char *note, GPtrArray *programs)
{
  PostwegProgram *program = postweg_program_new (client->id, client->name, path);

  program->is_default = TRUE;
  g_free (program->note);
  program->note = g_strdup (note);
  g_ptr_array_add (programs, program);
}

/* Only the person's own home folder tells what is installed for them. */
static gboolean
is_installed (const PostwegTextProgram *details, const char *home)
{
  g_autofree char *command =
      g_strcmp0 (home, g_get_home_dir ()) == 0 ? g_find_program_in_path (details->command) : NULL;

  return command != NULL;
}

static int
by_name (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

/* Returns: (transfer full): the files beside the usual one, by name */
static GPtrArray *
files_beside (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  GPtrArray *files = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  while (dir != NULL && files->len < FILES_MAX && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *file = g_build_filename (folder, name, NULL);

      if (*name != '.' && g_file_test (file, G_FILE_TEST_IS_REGULAR))
        g_ptr_array_add (files, g_steal_pointer (&file));
    }
  g_ptr_array_sort (files, by_name);
  return files;
}

gboolean
postweg_text_is_usual (const PostwegTextProgram *program, const PostwegTextFile *file)
{
  for (guint i = 0; program->places[i] != NULL; i++)
    {
      g_autofree char *path = place_path (program->places[i], file->home);

      if (strcmp (path, file->path) == 0)
        return TRUE;
    }
  return FALSE;
}

/* Returns: FALSE if there is nothing to be said of this file */
static gboolean
find_file (const PostwegClient *client, const char *path, const char *home, GPtrArray *programs)
{
  const PostwegTextProgram *details = client->details;
  g_autoptr (GError) error = NULL;
  g_autoptr (PostwegProgram) program = program_at (client, path, home, &error);

  if (program == NULL && details->is_folder &&
      !postweg_text_is_usual (details, &(PostwegTextFile){ .path = path, .home = home }))
    return FALSE;
  if (program == NULL)
    add_with_note (client, path, error->message, programs);
  else if (program->accounts->len > 0 || !details->is_folder)
    g_ptr_array_add (programs, g_steal_pointer (&program));
  else
    return FALSE;
  return TRUE;
}

static gboolean
find_files (const PostwegClient *client, const char *home, GPtrArray *programs)
{
  const PostwegTextProgram *details = client->details;
  gboolean found = FALSE;

  for (guint i = 0; details->places[i] != NULL && !found; i++)
    {
      g_autofree char *path = place_path (details->places[i], home);
      g_autoptr (GPtrArray) files = files_beside (path);

      for (guint j = 0; j < files->len; j++)
        found = find_file (client, g_ptr_array_index (files, j), home, programs) || found;
    }
  return found;
}

void
postweg_text_find (const PostwegClient *client, const char *home, GPtrArray *programs)
{
  const PostwegTextProgram *details = client->details;
  g_autofree char *path = details->is_folder ? NULL : file_there (details, home);
  g_autofree char *new_path = place_path (details->new_place, home);
  gboolean found = details->is_folder ? find_files (client, home, programs)
                                      : path != NULL && find_file (client, path, home, programs);

  if (!found && is_installed (details, home))
    add_with_note (client, new_path,
                   _("It has no settings yet. They are made when an account is added."), programs);
}

PostwegProgram *
postweg_text_read (const PostwegClient *client, const char *profile, GError **error)
{
  g_autofree char *path = file_of (client->details, profile);

  if (g_file_test (profile, G_FILE_TEST_EXISTS))
    return program_at (client, path, g_get_home_dir (), error);
  g_set_error (error, POSTWEG_ERROR, POSTWEG_ERROR_NOT_FOUND, _("There is no “%s”."), profile);
  return NULL;
}

/* One export on its way. */
typedef struct {
  const PostwegClient *client;
  const PostwegTextProgram *details;
  const PostwegExport *options;
  PostwegAccount *account; /* as it will be read back */
  GBytes *bytes;
  GPtrArray *accounts; /* what is there */
  PostwegPlan *plan;
  char *commands[2];
} Export;

static void
export_clear (Export *export)
{
  postweg_account_free (export->account);
  g_clear_pointer (&export->bytes, g_bytes_unref);
  g_clear_pointer (&export->accounts, g_ptr_array_unref);
  postweg_plan_free (export->plan);
  g_free (export->commands[0]);
  g_free (export->commands[1]);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Export, export_clear)

static const char *
home_of (const Export *export)
{
  return export->options->home != NULL ? export->options->home : g_get_home_dir ();
}

static gboolean
wants_token (const PostwegAccount *account)
{
  return (account->incoming != NULL && account->incoming->auth == POSTWEG_AUTH_OAUTH2) ||
         (account->outgoing != NULL && account->outgoing->auth == POSTWEG_AUTH_OAUTH2);
}

static void
plan_passwords (Export *export)
{
  const PostwegCredentials *credentials = export->options->credentials;
  const PostwegServer *in = export->account->incoming;
  const PostwegServer *out = export->account->outgoing;

  if (credentials == NULL || export->details->keep == NULL)
    return;
  if (in != NULL && in->auth != POSTWEG_AUTH_NONE)
    export->commands[0] = export->details->keep (export->plan, in, credentials->incoming);
  if (out != NULL && out->auth != POSTWEG_AUTH_NONE)
    export->commands[1] = export->details->keep (export->plan, out, credentials->outgoing);
}

static gboolean
reads_back (const Export *export, GBytes *after)
{
  g_autoptr (GPtrArray) accounts = postweg_match_list ();
  const PostwegTextFile file = { export->plan->profile, after, home_of (export), export->plan, NULL };

  return export->details->list (&file, accounts, NULL) &&
         postweg_match_equal (accounts, export->account) != NULL;
}

static void
add_file (Export *export, GBytes *after)
{
  PostwegChange *change;

  if (export->bytes != NULL && g_bytes_equal (export->bytes, after))
    return;
  change = postweg_plan_add_file (export->plan, export->plan->profile, export->bytes, after, 0600);
  postweg_change_conceal (change, postweg_text_conceal);
}

static gboolean
signs_in (const PostwegServer *server)
{
  return server != NULL && server->auth != POSTWEG_AUTH_NONE;
}

static void
add_sentences (Export *export, const PostwegTextEdit *edit)
{
  const PostwegAccount *account = export->account;
  gboolean asks = (signs_in (account->incoming) && edit->incoming_command == NULL) ||
                  (signs_in (account->outgoing) && edit->outgoing_command == NULL);
  g_autoptr (GString) text =
      g_string_new (export->details->asks != NULL ? _(export->details->asks)
                                                  : _("%s asks for the password whenever it needs it."));

  postweg_match_note_open (export->plan, account);
  g_string_replace (text, "%s", export->client->name, 1);
  if (asks && edit->in_file == NULL && export->options->replace == NULL)
    g_ptr_array_add (export->plan->left_to_do, g_strdup (text->str));
}

/* It cannot get a token by itself; where it does already, that is left to it. */
static gboolean
check_token (const Export *export, GError **error)
{
  const PostwegStoredAccount *replaced = postweg_match_id (export->accounts, export->options->replace);
  gboolean gets_one = replaced != NULL && wants_token (replaced->account);

  if (!wants_token (export->account) || gets_one)
    return TRUE;
  g_set_error (error, POSTWEG_ERROR, POSTWEG_ERROR_UNSUPPORTED,
               _("%s cannot sign in at the provider (OAuth2). Use an app password, if the provider has them, or Thunderbird."),
                  export->client->name);
  return FALSE;
}

static gboolean
plan_edit (Export *export, GError **error)
{
  const PostwegTextFile file = { export->plan->profile, export->bytes, home_of (export), NULL, NULL };
  const PostwegExport *options = export->options;
  PostwegTextEdit edit = { .file = &file,
                           .account = export->account,
                           .id = options->replace,
                           .files_sent = options->files_sent,
                           .credentials = options->credentials,
                           .plan = export->plan };
  g_autoptr (GBytes) after = NULL;

  if (!check_token (export, error))
    return FALSE;
  plan_passwords (export);
  edit.incoming_command = export->commands[0];
  edit.outgoing_command = export->commands[1];
  edit.in_file = options->password_in_file && export->details->holds_passwords ? options->credentials : NULL;
  after = export->details->edit (&edit, error);
  if (after == NULL)
    return FALSE;
  if (!reads_back (export, after))
    return postweg_match_reads_otherwise (export->client, error);
  add_file (export, after);
  add_sentences (export, &edit);
  return TRUE;
}

static gboolean
plan_account (Export *export, GError **error)
{
  PostwegMatch match =
      postweg_match (export->client, export->accounts, export->account, export->options->replace, error);

  if (match == POSTWEG_MATCH_THERE)
    postweg_match_note_there (export->plan);
  return match == POSTWEG_MATCH_THERE || (match != POSTWEG_MATCH_REFUSED && plan_edit (export, error));
}

static gboolean
holds_mailbox (const Export *export, const char *path)
{
  g_autoptr (PostwegProgram) program = program_at (export->client, path, home_of (export), NULL);

  for (guint i = 0; program != NULL && i < program->accounts->len; i++)
    if (postweg_same_mailbox (((PostwegStoredAccount *) program->accounts->pdata[i])->account,
                              export->account))
      return TRUE;
  return FALSE;
}

static gboolean
is_there (gconstpointer folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

/* The file that has the mailbox already, else a new one. usual: where the first account goes */
static char *
own_file (const Export *export, const char *usual)
{
  g_autoptr (GPtrArray) files = files_beside (usual);
  g_autofree char *folder = g_path_get_dirname (usual);
  g_autofree char *name = NULL;

  for (guint i = 0; i < files->len; i++)
    if (holds_mailbox (export, g_ptr_array_index (files, i)))
      return g_strdup (g_ptr_array_index (files, i));
  if (!g_file_test (usual, G_FILE_TEST_EXISTS))
    return g_strdup (usual);
  name = postweg_text_new_id (export->account->incoming->user, is_there, folder);
  return g_build_filename (folder, name, NULL);
}

/* Returns: (transfer full): the file that is written */
static char *
path_for (const Export *export)
{
  const PostwegTextProgram *details = export->details;
  const char *profile = export->options->profile;
  g_autofree char *there = profile == NULL ? file_there (details, home_of (export)) : NULL;
  g_autofree char *usual =
      there != NULL ? g_steal_pointer (&there) : place_path (details->new_place, home_of (export));

  if (profile != NULL)
    return file_of (details, profile);
  return details->is_folder ? own_file (export, usual) : g_steal_pointer (&usual);
}

PostwegPlan *
postweg_text_plan (const PostwegClient *client, const PostwegAccount *account, const PostwegExport *options,
                   GError **error)
{
  g_auto (Export) export = { .client = client, .details = client->details, .options = options };
  g_autofree char *path = NULL;

  if (export.details->accepts != NULL && !export.details->accepts (account, options, error))
    return NULL;
  export.account = postweg_client_keeps (client, account);
  path = path_for (&export);
  export.accounts = postweg_match_list ();
  export.plan = postweg_plan_new (client->id, client->name, path);
  if (export.details->drops != NULL)
    postweg_match_drop (export.plan, export.account, export.details->drops);
  export.plan->account = postweg_account_copy (export.account);
  if (!read_text (path, &export.bytes, error) ||
      !export.details->list (&(PostwegTextFile){ path, export.bytes, home_of (&export), NULL, NULL },
                             export.accounts, error) ||
      !plan_account (&export, error))
    return NULL;
  return g_steal_pointer (&export.plan);
}

char *
postweg_text_path (const PostwegTextFile *file, const char *path)
{
  if (g_str_has_prefix (path, "~/"))
    return g_canonicalize_filename (path + 2, file->home);
  return g_strdup (path);
}

gboolean
postweg_text_other (const PostwegTextFile *file, const char *path, GBytes **bytes, GError **error)
{
  g_autofree char *full = postweg_text_path (file, path);
  g_autoptr (GError) fault = NULL;

  for (guint i = 0; file->ahead != NULL && i < file->ahead->changes->len; i++)
    {
      const PostwegChange *change = g_ptr_array_index (file->ahead->changes, i);

      if (postweg_change_is_file (change) && strcmp (change->target, full) == 0)
        {
          *bytes = change->after != NULL ? g_bytes_ref (change->after) : NULL;
          return TRUE;
        }
    }
  if (read_text (full, bytes, &fault))
    return TRUE;
  if (file->note != NULL && *file->note == NULL)
    *file->note = g_strdup (fault->message);
  g_propagate_error (error, g_steal_pointer (&fault));
  return FALSE;
}

char *
postweg_text_conceal (const char *text)
{
  static const char *const places[] = {
    /* scheme://user:PASSWORD@host */
    "(://[^/\\s:@]*:)[^@/\\s]+(@)",
    /* key = PASSWORD, but no command in backticks */
    "(?im)^(\\s*(?:set\\s+)?[a-z_.-]*(?:pass|password|passwd|raw)(?>\\s*[=:]\\s*|\\s+))(?!\"?`)\\S.*()$",
    /* fetchmail: … password PASSWORD … */
    "(?i)(\\b(?:user|there|is)\\b.*\\bpass(?:word)?\\s+)(?:\"(?:[^\"\\\\]|\\\\.)*\"|\\S+)()",
  };
  char *shown = g_strdup (text);

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_autoptr (GRegex) regex = g_regex_new (places[i], G_REGEX_RAW, 0, NULL);
      char *next = g_regex_replace (regex, shown, -1, 0, "\\1" POSTWEG_DOTS "\\2", 0, NULL);

      postweg_wipe_free (shown);
      shown = next;
    }
  return shown;
}

char *
postweg_text_new_id (const char *address, gboolean (*is_taken) (gconstpointer data, const char *id),
                     gconstpointer data)
{
  g_autofree char *base = g_strdup (*address != '\0' ? address : "mail");
  char *id;

  g_strcanon (base, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "@._-", '_');
  id = g_strdup (base);
  for (guint n = 2; is_taken (data, id); n++)
    {
      g_free (id);
      id = g_strdup_printf ("%s-%u", base, n);
    }
  return id;
}
