/* The list of profiles, and the choice of the default as Mozilla's programs make it. */
#include "clients/thunderbird/profiles.h"
#include "clients/files.h"
#include "clients/thunderbird/ini.h"
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#define MAX_INI (1024 * 1024) /* bytes; a list of profiles has a few hundred */

static char *
full_path (const char *root, const char *path)
{
  return g_path_is_absolute (path) ? g_strdup (path) : g_build_filename (root, path, NULL);
}

static void
profile_free (gpointer data)
{
  PostwegProfile *profile = data;

  g_free (profile->path);
  g_free (profile);
}

/* Returns: (transfer none): NULL when the folder is missing or not listed */
static PostwegProfile *
profile_at (const PostwegProfiles *profiles, const char *path)
{
  g_autofree char *full = full_path (profiles->root, path);

  for (guint i = 0; i < profiles->profiles->len; i++)
    {
      PostwegProfile *profile = g_ptr_array_index (profiles->profiles, i);

      if (!profile->is_missing && strcmp (profile->path, full) == 0)
        return profile;
    }
  return NULL;
}

static PostwegProfile *
newer (PostwegProfile *a, PostwegProfile *b)
{
  if (a == NULL || b == NULL)
    return a != NULL ? a : b;
  return postweg_profile_changed (b->path) > postweg_profile_changed (a->path) ? b : a;
}

static PostwegProfile *
default_of_install (PostwegProfiles *profiles, GPtrArray *sections, const char *const *hashes)
{
  PostwegProfile *ours = NULL;
  PostwegProfile *other = NULL;

  for (guint i = 0; i < sections->len; i++)
    {
      const PostwegIniSection *section = g_ptr_array_index (sections, i);
      const char *path = postweg_ini_value (section, "Default");
      PostwegProfile *profile;

      if (!g_str_has_prefix (section->name, "Install") || path == NULL)
        continue;
      profile = profile_at (profiles, path);
      if (g_strv_contains (hashes, section->name + strlen ("Install")))
        {
          profiles->has_install = TRUE;
          ours = newer (ours, profile);
        }
      else
        other = newer (other, profile);
    }
  return ours != NULL ? ours : other;
}

static PostwegProfile *
default_by_list (PostwegProfiles *profiles, GPtrArray *sections)
{
  PostwegProfile *found = NULL;

  for (guint i = 0; i < sections->len; i++)
    {
      const PostwegIniSection *section = g_ptr_array_index (sections, i);
      const char *path = postweg_ini_value (section, "Path");

      if (path != NULL && g_strcmp0 (postweg_ini_value (section, "Default"), "1") == 0 &&
          profile_at (profiles, path) != NULL)
        return profile_at (profiles, path);
    }
  for (guint i = 0; i < profiles->profiles->len; i++)
    {
      PostwegProfile *profile = g_ptr_array_index (profiles->profiles, i);

      if (!profile->is_missing)
        found = newer (found, profile);
    }
  return found;
}

static void
add_profiles (PostwegProfiles *profiles, GPtrArray *sections)
{
  for (guint i = 0; i < sections->len; i++)
    {
      const PostwegIniSection *section = g_ptr_array_index (sections, i);
      const char *path = postweg_ini_value (section, "Path");
      PostwegProfile *profile;

      if (!g_str_has_prefix (section->name, "Profile") || path == NULL || *path == '\0')
        continue;
      profile = g_new0 (PostwegProfile, 1);
      profile->path = full_path (profiles->root, path);
      profile->is_missing = !g_file_test (profile->path, G_FILE_TEST_IS_DIR);
      g_ptr_array_add (profiles->profiles, profile);
    }
}

PostwegProfiles *
postweg_profiles_read (const char *root, const char *const *hashes, GError **error)
{
  g_autoptr (PostwegProfiles) profiles = g_new0 (PostwegProfiles, 1);
  g_autofree char *path = g_build_filename (root, "profiles.ini", NULL);
  g_autoptr (GPtrArray) sections = NULL;
  PostwegProfile *chosen;

  profiles->root = g_strdup (root);
  profiles->profiles = g_ptr_array_new_with_free_func (profile_free);
  if (!postweg_file_read (path, MAX_INI, &profiles->bytes, error))
    return NULL;
  sections = postweg_ini_read (profiles->bytes);
  add_profiles (profiles, sections);
  chosen = default_of_install (profiles, sections, hashes);
  if (chosen == NULL)
    chosen = default_by_list (profiles, sections);
  if (chosen != NULL)
    chosen->is_default = TRUE;
  return g_steal_pointer (&profiles);
}

void
postweg_profiles_free (PostwegProfiles *profiles)
{
  if (profiles == NULL)
    return;
  g_free (profiles->root);
  g_clear_pointer (&profiles->bytes, g_bytes_unref);
  g_ptr_array_unref (profiles->profiles);
  g_free (profiles);
}

const PostwegProfile *
postweg_profiles_default (const PostwegProfiles *profiles)
{
  for (guint i = 0; i < profiles->profiles->len; i++)
    {
      const PostwegProfile *profile = g_ptr_array_index (profiles->profiles, i);

      if (profile->is_default)
        return profile;
    }
  return NULL;
}

gint64
postweg_profile_changed (const char *profile)
{
  g_autofree char *path = g_build_filename (profile, "prefs.js", NULL);
  struct stat facts;

  return stat (path, &facts) == 0 ? (gint64) facts.st_mtime : 0;
}

GBytes *
postweg_profiles_with_default (const PostwegProfiles *profiles, const char *path, gboolean is_listed,
                               const char *hash)
{
  gsize size = 0;
  const char *data = profiles->bytes != NULL ? g_bytes_get_data (profiles->bytes, &size) : "";
  const char *end = size > 0 && memchr (data, '\r', size) != NULL ? "\r\n" : "\n";
  GString *out = g_string_new_len (data, (gssize) size);

  if (size > 0)
    g_string_append (out, data[size - 1] == '\n' ? end : "\n\n");
  g_string_append_printf (out, "[Install%s]%sDefault=%s%sLocked=1%s", hash, end, path, end, end);
  if (!is_listed)
    g_string_append_printf (out, "%s[Profile0]%sName=default%sIsRelative=1%sPath=%s%sDefault=1%s", end, end,
                            end, end, path, end, end);
  if (size == 0)
    g_string_append (out, "\n[General]\nStartWithLastProfile=1\nVersion=2\n");
  return g_string_free_to_bytes (out);
}
