/* profiles.ini of Mozilla's programs: which profiles there are, and which one the program opens by itself. */
#pragma once
#include <glib.h>

typedef struct {
  char *path; /* folder */
  gboolean is_default;
  gboolean is_missing; /* listed, but there is no such folder */
} PostwegProfile;

typedef struct {
  char *root;           /* folder of profiles.ini */
  GBytes *bytes;        /* profiles.ini; NULL: there is none */
  GPtrArray *profiles;  /* PostwegProfile in the order of the file */
  gboolean has_install; /* an [Install…] section of one of the hashes is there */
} PostwegProfiles;

/* The default is the one that an [Install…] section of `hashes` names, then that of another one, then the one with Default=1, then the one whose
 * prefs.js changed last; only folders that are there count.
 * hashes: NULL-terminated, installations found on this computer. Errors: CANNOT_READ. */
PostwegProfiles *postweg_profiles_read (const char *root, const char *const *hashes, GError **error);
void postweg_profiles_free (PostwegProfiles *profiles);
/* Returns: (transfer none): NULL if there is none */
const PostwegProfile *postweg_profiles_default (const PostwegProfiles *profiles);
/* When prefs.js of the profile changed last, seconds since 1970; 0: there is none. */
gint64 postweg_profile_changed (const char *profile);

/* Without an [Install…] section a Thunderbird that never ran makes a profile of its own and ignores Default=1 (seen with 153).
 * path: relative to the root. is_listed: the profile has a section already. hash: of the installation.
 * Returns: (transfer full): profiles.ini with the profile as the installation's default; nothing else is touched */
GBytes *postweg_profiles_with_default (const PostwegProfiles *profiles, const char *path, gboolean is_listed,
                                       const char *hash);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PostwegProfiles, postweg_profiles_free)
