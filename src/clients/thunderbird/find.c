/* Thunderbird's profiles on this computer with the accounts in them. */
#include "clients/lock.h"
#include "clients/thunderbird/read.h"
#include "clients/thunderbird/thunderbird.h"
#include "model/error.h"
#include <glib/gi18n-lib.h>
#include <string.h>
#include <unistd.h>

static void
set_note (PostwegProgram *program, const char *note)
{
  g_free (program->note);
  program->note = g_strdup (note);
}

static gboolean
is_read_only (const char *profile)
{
  g_autofree char *prefs = g_build_filename (profile, "prefs.js", NULL);

  return access (profile, W_OK) != 0 || (access (prefs, F_OK) == 0 && access (prefs, W_OK) != 0);
}

static gboolean
fill (PostwegProgram *program, GError **error)
{
  g_autofree char *lock = g_build_filename (program->profile, ".parentlock", NULL);
  g_autoptr (PostwegSettings) settings = NULL;

  program->running = postweg_lock_is_held (lock);
  program->read_only = is_read_only (program->profile);
  settings = postweg_settings_open (program->profile, error);
  if (settings == NULL)
    return FALSE;
  postweg_settings_accounts (settings, program->accounts);
  return TRUE;
}

static PostwegProgram *
found (const PostwegThunderbirdKind *kind, const char *name, const PostwegProfile *profile)
{
  PostwegProgram *program = postweg_program_new (kind->program, name, profile->path);
  g_autoptr (GError) error = NULL;

  program->is_default = profile->is_default;
  if (profile->is_missing)
    set_note (program, _("The program’s list names this profile, but its folder is not there."));
  else if (!fill (program, &error))
    set_note (program, error->message);
  return program;
}

/* The program is there and never ran: an export makes its first profile. */
static void
add_new_one (const PostwegThunderbirdKind *kind, const char *home, GPtrArray *programs)
{
  const PostwegExport options = { .home = home };
  g_autoptr (PostwegThunderbirdPlace) place = postweg_thunderbird_place (kind, &options, NULL);
  PostwegProgram *program;

  if (place == NULL)
    return;
  program = postweg_program_new (kind->program, place->name, place->profile);
  program->is_default = TRUE;
  set_note (program, _("It has not been used yet. A first profile is made for the account."));
  g_ptr_array_add (programs, program);
}

void
postweg_thunderbird_find (const PostwegClient *client, const char *home, GPtrArray *programs)
{
  const PostwegThunderbirdKind *kind = client->details;
  guint before = programs->len;
  gboolean is_here = FALSE;

  for (guint i = 0; i < kind->n_roots; i++)
    {
      const PostwegThunderbirdRoot *root = &kind->roots[i];
      g_autoptr (PostwegProfiles) profiles = postweg_thunderbird_profiles (root, home);

      is_here = is_here || postweg_thunderbird_is_used (root, home);
      for (guint j = 0; profiles != NULL && j < profiles->profiles->len; j++)
        g_ptr_array_add (programs, found (kind, root->name, g_ptr_array_index (profiles->profiles, j)));
    }
  if (programs->len == before && is_here)
    add_new_one (kind, home, programs);
}

PostwegProgram *
postweg_thunderbird_read (const PostwegClient *client, const char *profile, GError **error)
{
  const PostwegThunderbirdKind *kind = client->details;
  g_autoptr (PostwegProgram) program = NULL;

  if (!g_file_test (profile, G_FILE_TEST_IS_DIR))
    {
      g_set_error (error, POSTWEG_ERROR, POSTWEG_ERROR_NOT_FOUND,
                   _("There is no profile folder “%s”."), profile);
      return NULL;
    }
  program = postweg_program_new (kind->program, kind->name, profile);
  return fill (program, error) ? g_steal_pointer (&program) : NULL;
}
