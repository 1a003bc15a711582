/* GLib's key files as GNOME's programs keep their settings: read by its rules, changed line by line. */
#pragma once
#include "clients/lines.h"

extern const PostwegDialect postweg_key_file; /* values as they stand, with their escapes */

/* A file that GLib would refuse is refused here too, with the line. path: for the message. Errors: BAD_FORMAT. */
gboolean postweg_key_file_check (const char *path, GBytes *bytes, GError **error);

/* Groups of the same name are one, and the last such key counts. Returns: (transfer full): NULL if there is none */
char *postweg_key_file_get (const PostwegLines *lines, const char *group, const char *key);
/* Returns: (transfer full): "" if there is none */
char *postweg_key_file_text (const PostwegLines *lines, const char *group, const char *key);
gboolean postweg_key_file_is_true (const PostwegLines *lines, const char *group, const char *key,
                                   gboolean fallback);
guint postweg_key_file_number (const PostwegLines *lines, const char *group, const char *key, guint fallback);
/* Returns: (transfer full): the parts between semicolons; empty if there is none */
char **postweg_key_file_list (const PostwegLines *lines, const char *group, const char *key);

/* Make the group if it is missing; nothing happens if it says so already. value NULL: takes the key away. */
void postweg_key_file_set (PostwegLines *lines, const char *group, const char *key, const char *value);
void postweg_key_file_set_number (PostwegLines *lines, const char *group, const char *key, guint value);
void postweg_key_file_set_list (PostwegLines *lines, const char *group, const char *key,
                                const char *const *values);
