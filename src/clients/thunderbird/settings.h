/* The settings of one Thunderbird profile as the program sees them at its next start: prefs.js with user.js on top. */
#pragma once
#include "clients/thunderbird/prefs.h"
#include "model/account.h"

typedef struct {
  GBytes *bytes;       /* prefs.js; NULL: there is none */
  PostwegPrefs *prefs; /* never NULL */
  PostwegPrefs *user;  /* user.js, which wins; never NULL */
} PostwegSettings;

/* Incoming and outgoing servers are kept alike, under other names. */
typedef struct {
  const char *branch;   /* "mail.server" */
  const char *user;     /* "userName" */
  const char *security; /* "socketType" */
} PostwegServerPrefs;

extern const PostwegServerPrefs postweg_incoming_prefs, postweg_outgoing_prefs;

/* Both may be NULL. Errors: BAD_FORMAT, the message names file and line. */
PostwegSettings *postweg_settings_new (GBytes *prefs, GBytes *user, GError **error);
/* Files that are not there count as empty. Errors: CANNOT_READ, BAD_FORMAT. */
PostwegSettings *postweg_settings_open (const char *profile, GError **error);
void postweg_settings_free (PostwegSettings *settings);

/* A value of another type than asked for counts as absent, as in the program. Text is valid UTF-8; NULL when absent. */
const char *postweg_settings_text (const PostwegSettings *settings, const char *name);
gint32 postweg_settings_number (const PostwegSettings *settings, const char *name, gint32 fallback);
gboolean postweg_settings_flag (const PostwegSettings *settings, const char *name);

/* Returns: (transfer full): BRANCH.KEY.NAME */
char *postweg_settings_name (const char *branch, const char *key, const char *name);
/* The value of BRANCH.KEY.NAME. */
const char *postweg_settings_text_of (const PostwegSettings *settings, const char *branch, const char *key,
                                      const char *name);
gint32 postweg_settings_number_of (const PostwegSettings *settings, const char *branch, const char *key,
                                   const char *name, gint32 fallback);
gboolean postweg_settings_flag_or (const PostwegSettings *settings, const char *branch, const char *key,
                                   const char *name, gboolean fallback);
gboolean postweg_settings_flag_of (const PostwegSettings *settings, const char *branch, const char *key,
                                   const char *name);
/* Returns: (transfer full): the keys of a comma list, blanks around them taken off; empty when absent */
char **postweg_settings_list (const PostwegSettings *settings, const char *name);
/* Returns: (transfer full): the first key of the list, or NULL */
char *postweg_settings_first (const PostwegSettings *settings, const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PostwegSettings, postweg_settings_free)
