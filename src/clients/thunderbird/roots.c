/* What is installed, and what lists of profiles there are. */
#include "clients/thunderbird/thunderbird.h"

/* Returns: (transfer full): hashes of the installations that are there */
static char **
installed_hashes (const PostwegThunderbirdRoot *root)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (const char *const *row = root->installs; row[0] != NULL; row += 2)
    if (*row[0] == '\0' || g_file_test (row[0], G_FILE_TEST_IS_DIR))
      g_strv_builder_add (builder, row[1]);
  return g_strv_builder_end (builder);
}

const char *
postweg_thunderbird_hash (const PostwegThunderbirdRoot *root)
{
  for (const char *const *row = root->installs; row[0] != NULL; row += 2)
    if (*row[0] == '\0' || g_file_test (row[0], G_FILE_TEST_IS_DIR))
      return row[1];
  return root->installs[0] != NULL ? root->installs[1] : NULL;
}

PostwegProfiles *
postweg_thunderbird_profiles (const PostwegThunderbirdRoot *root, const char *home)
{
  g_autofree char *folder = g_build_filename (home, root->folder, NULL);
  g_auto (GStrv) hashes = installed_hashes (root);

  return postweg_profiles_read (folder, (const char *const *) hashes, NULL);
}

gboolean
postweg_thunderbird_is_used (const PostwegThunderbirdRoot *root, const char *home)
{
  g_auto (GStrv) hashes = installed_hashes (root);
  g_autofree char *sign = root->sign != NULL ? g_build_filename (home, root->sign, NULL) : NULL;

  return sign != NULL ? g_file_test (sign, G_FILE_TEST_IS_DIR) : hashes[0] != NULL;
}
