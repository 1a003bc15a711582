/* Mozilla's prefs.js: read with the program's own grammar, changed line by line, everything else kept byte for byte. */
#pragma once
#include <glib.h>

#define POSTWEG_PREFS_MAX (16 * 1024 * 1024) /* bytes; what is longer is no prefs.js of a mail program */

typedef enum { POSTWEG_PREF_BOOL, POSTWEG_PREF_INT, POSTWEG_PREF_STRING } PostwegPrefType;

typedef struct {
  char *name;
  PostwegPrefType type;
  gboolean is_default; /* from pref() or sticky_pref(): any user_pref() of that name wins */
  gint32 number;       /* of an int; 0 or 1 for a bool */
  char *text;          /* of a string: UTF-8 unless the file says otherwise by \xHH or raw bytes; else NULL */
  gsize start, end;    /* byte range of the value in the file, the quotes of a string included */
} PostwegPref;

typedef struct {
  GBytes *bytes;
  GPtrArray *entries; /* PostwegPref in the order of the file, duplicates included */
  GHashTable *names;  /* name -> the PostwegPref that counts */
} PostwegPrefs;

/* Grammar as seen in Thunderbird 153: user_pref, pref and sticky_pref with an int32, a bool or a string; comments with //, # and C's.
 * Returns: (transfer full): the entries, or NULL with POSTWEG_ERROR_BAD_FORMAT and a message with the line's number */
PostwegPrefs *postweg_prefs_parse (GBytes *bytes, GError **error);
void postweg_prefs_free (PostwegPrefs *prefs);
/* Returns: (transfer none): the entry that counts (the last one), or NULL */
const PostwegPref *postweg_prefs_get (const PostwegPrefs *prefs, const char *name);

/* Values to be set, in order. */
typedef struct {
  GPtrArray *wanted; /* PostwegPref without a byte range */
} PostwegPrefsEdit;

PostwegPrefsEdit *postweg_prefs_edit_new (void);
void postweg_prefs_edit_free (PostwegPrefsEdit *edit);
/* text: UTF-8 */
void postweg_prefs_edit_text (PostwegPrefsEdit *edit, const char *name, const char *text);
void postweg_prefs_edit_number (PostwegPrefsEdit *edit, const char *name, gint32 number);
void postweg_prefs_edit_flag (PostwegPrefsEdit *edit, const char *name, gboolean flag);
gboolean postweg_pref_same_value (const PostwegPref *a, const PostwegPref *b);

/* Values that are there are replaced where they stand, new ones are added at the end in the file's own line ending; what already has
 * the value stays as it is. The result is read back before it is returned.
 * prefs NULL: a new file.
 * Returns: (transfer full): the new file, or NULL with POSTWEG_ERROR_BAD_INPUT for text that a prefs.js cannot hold */
GBytes *postweg_prefs_write (const PostwegPrefs *prefs, const PostwegPrefsEdit *edit, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PostwegPrefs, postweg_prefs_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PostwegPrefsEdit, postweg_prefs_edit_free)
