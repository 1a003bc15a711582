/* Which profile an export means, and what must be done so that Thunderbird opens it. */
#include "clients/thunderbird/thunderbird.h"
#include "model/error.h"
#include <glib/gi18n-lib.h>
#include <string.h>

/* Returns: (transfer full): the same on each call for one computer and folder, and not to be guessed from outside, as
 * Thunderbird's own names are */
static char *
new_profile_name (const char *root)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree char *machine = NULL;

  if (g_file_get_contents ("/etc/machine-id", &machine, NULL, NULL))
    g_checksum_update (sum, (const guchar *) machine, -1);
  g_checksum_update (sum, (const guchar *) root, -1);
  return g_strdup_printf ("%.8s.default", g_checksum_get_string (sum));
}

/* A program that never ran under this profile's name would make another one. */
static gboolean
opens_by_itself (const PostwegProfiles *profiles, const PostwegProfile *profile)
{
  g_autofree char *mark = g_build_filename (profile->path, "compatibility.ini", NULL);

  return profiles->has_install || !profile->is_default || g_file_test (mark, G_FILE_TEST_EXISTS);
}

/* The path as the list names it: relative where it lies below the root. */
static char *
listed_path (const char *root, const char *profile)
{
  gsize length = strlen (root);

  if (g_str_has_prefix (profile, root) && profile[length] == '/')
    return g_strdup (profile + length + 1);
  return g_strdup (profile);
}

static PostwegThunderbirdPlace *
place_new (const char *name, const char *profile)
{
  PostwegThunderbirdPlace *place = g_new0 (PostwegThunderbirdPlace, 1);

  place->name = g_strdup (name);
  place->profile = g_strdup (profile);
  return place;
}

static PostwegThunderbirdPlace *
place_existing (const PostwegThunderbirdRoot *root, PostwegProfiles *profiles, const PostwegProfile *profile)
{
  PostwegThunderbirdPlace *place = place_new (root->name, profile->path);

  place->hash = postweg_thunderbird_hash (root);
  place->is_listed = TRUE;
  if (place->hash != NULL && !opens_by_itself (profiles, profile))
    {
      place->path = listed_path (profiles->root, profile->path);
      place->profiles = profiles;
    }
  else
    postweg_profiles_free (profiles);
  return place;
}

/* Errors: NOT_FOUND. */
static PostwegThunderbirdPlace *
place_made (const PostwegThunderbirdRoot *root, const char *home, GError **error)
{
  g_autoptr (PostwegProfiles) profiles = postweg_thunderbird_profiles (root, home);
  g_autofree char *name = profiles != NULL ? new_profile_name (profiles->root) : NULL;
  g_autofree char *path = profiles != NULL ? g_build_filename (profiles->root, name, NULL) : NULL;
  PostwegThunderbirdPlace *place;

  if (profiles == NULL || profiles->profiles->len > 0 || profiles->has_install ||
      postweg_thunderbird_hash (root) == NULL)
    {
      g_set_error (error, POSTWEG_ERROR, POSTWEG_ERROR_NOT_FOUND,
                   _("%s has no profile that could be used. Please start it once, so that it makes one."),
                      root->name);
      return NULL;
    }
  place = place_new (root->name, path);
  place->path = g_steal_pointer (&name);
  place->hash = postweg_thunderbird_hash (root);
  place->profiles = g_steal_pointer (&profiles);
  return place;
}

/* Of several kinds on one computer the one whose profile changed last is the one in use. */
static PostwegThunderbirdPlace *
place_default (const PostwegThunderbirdKind *kind, const char *home)
{
  g_autoptr (PostwegThunderbirdPlace) best = NULL;

  for (guint i = 0; i < kind->n_roots; i++)
    {
      PostwegProfiles *profiles = postweg_thunderbird_profiles (&kind->roots[i], home);
      const PostwegProfile *profile = profiles != NULL ? postweg_profiles_default (profiles) : NULL;

      if (profile == NULL)
        postweg_profiles_free (profiles);
      else if (best != NULL &&
               postweg_profile_changed (profile->path) <= postweg_profile_changed (best->profile))
        postweg_profiles_free (profiles);
      else
        {
          postweg_thunderbird_place_free (best);
          best = place_existing (&kind->roots[i], profiles, profile);
        }
    }
  return g_steal_pointer (&best);
}

/* Returns: (transfer none): the first root by its sign, with a known hash if that is asked for; NULL if there is none */
static const PostwegThunderbirdRoot *
root_with_sign (const PostwegThunderbirdKind *kind, const char *home, gboolean with_hash)
{
  for (guint i = 0; i < kind->n_roots; i++)
    {
      const PostwegThunderbirdRoot *root = &kind->roots[i];

      if (root->sign != NULL && postweg_thunderbird_is_used (root, home) &&
          (!with_hash || postweg_thunderbird_hash (root) != NULL))
        return root;
    }
  return NULL;
}

/* What was used in this home comes before what is merely installed; the native program is the last resort. */
static const PostwegThunderbirdRoot *
root_for_new (const PostwegThunderbirdKind *kind, const char *home)
{
  const PostwegThunderbirdRoot *root = root_with_sign (kind, home, TRUE);

  if (root == NULL && !postweg_thunderbird_is_used (&kind->roots[0], home))
    root = root_with_sign (kind, home, FALSE);
  return root != NULL ? root : &kind->roots[0];
}

static const PostwegProfile *
profile_at (const PostwegProfiles *profiles, const char *path)
{
  for (guint i = 0; profiles != NULL && i < profiles->profiles->len; i++)
    {
      const PostwegProfile *profile = g_ptr_array_index (profiles->profiles, i);

      if (!profile->is_missing && strcmp (profile->path, path) == 0)
        return profile;
    }
  return NULL;
}

static PostwegThunderbirdPlace *
place_in_lists (const PostwegThunderbirdKind *kind, const char *home, const char *path)
{
  for (guint i = 0; i < kind->n_roots; i++)
    {
      PostwegProfiles *profiles = postweg_thunderbird_profiles (&kind->roots[i], home);
      const PostwegProfile *profile = profile_at (profiles, path);

      if (profile != NULL)
        return place_existing (&kind->roots[i], profiles, profile);
      postweg_profiles_free (profiles);
    }
  return NULL;
}

static PostwegThunderbirdPlace *
place_named (const PostwegThunderbirdKind *kind, const char *home, const char *profile, GError **error)
{
  g_autofree char *path = g_canonicalize_filename (profile, NULL);
  g_autofree char *parent = g_path_get_dirname (path);
  g_autoptr (PostwegThunderbirdPlace) place = place_in_lists (kind, home, path);

  if (place != NULL)
    return g_steal_pointer (&place);
  place = place_made (root_for_new (kind, home), home, NULL);
  if (place != NULL && strcmp (place->profile, path) == 0)
    return g_steal_pointer (&place);
  if (g_file_test (path, G_FILE_TEST_EXISTS) ? g_file_test (path, G_FILE_TEST_IS_DIR)
                                             : g_file_test (parent, G_FILE_TEST_IS_DIR))
    return place_new (kind->name, path);
  g_set_error (error, POSTWEG_ERROR, POSTWEG_ERROR_NOT_FOUND, _("There is no profile folder “%s”."), path);
  return NULL;
}

PostwegThunderbirdPlace *
postweg_thunderbird_place (const PostwegThunderbirdKind *kind, const PostwegExport *options, GError **error)
{
  const char *home = options->home != NULL ? options->home : g_get_home_dir ();
  PostwegThunderbirdPlace *place;

  if (options->profile != NULL)
    return place_named (kind, home, options->profile, error);
  place = place_default (kind, home);
  return place != NULL ? place : place_made (root_for_new (kind, home), home, error);
}

void
postweg_thunderbird_place_free (PostwegThunderbirdPlace *place)
{
  if (place == NULL)
    return;
  g_free (place->name);
  g_free (place->profile);
  postweg_profiles_free (place->profiles);
  g_free (place->path);
  g_free (place);
}
