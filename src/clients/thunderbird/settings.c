/* Values from prefs.js with user.js on top. */
#include "clients/thunderbird/settings.h"
#include "clients/files.h"
#include "model/error.h"
#include <glib/gi18n-lib.h>
#include <string.h>

const PostwegServerPrefs postweg_incoming_prefs = { "mail.server", "userName", "socketType" };
const PostwegServerPrefs postweg_outgoing_prefs = { "mail.smtpserver", "username", "try_ssl" };

static PostwegPrefs *
parse (GBytes *bytes, const char *name, GError **error)
{
  g_autoptr (GBytes) nothing = g_bytes_new_static ("", 0);
  g_autoptr (GError) fault = NULL;
  PostwegPrefs *prefs = postweg_prefs_parse (bytes != NULL ? bytes : nothing, &fault);

  if (prefs == NULL)
    g_set_error (error, POSTWEG_ERROR, POSTWEG_ERROR_BAD_FORMAT,
                 /* Translators: a file name, then a whole sentence about a line in it */
                 _("The profile’s file “%s” is damaged and was not touched. %s"), name, fault->message);
  return prefs;
}

PostwegSettings *
postweg_settings_new (GBytes *prefs, GBytes *user, GError **error)
{
  g_autoptr (PostwegSettings) settings = g_new0 (PostwegSettings, 1);

  settings->bytes = prefs != NULL ? g_bytes_ref (prefs) : NULL;
  settings->prefs = parse (prefs, "prefs.js", error);
  if (settings->prefs == NULL)
    return NULL;
  settings->user = parse (user, "user.js", error);
  if (settings->user == NULL)
    return NULL;
  return g_steal_pointer (&settings);
}

PostwegSettings *
postweg_settings_open (const char *profile, GError **error)
{
  g_autofree char *prefs_path = g_build_filename (profile, "prefs.js", NULL);
  g_autofree char *user_path = g_build_filename (profile, "user.js", NULL);
  g_autoptr (GBytes) prefs = NULL;
  g_autoptr (GBytes) user = NULL;

  if (!postweg_file_read (prefs_path, POSTWEG_PREFS_MAX, &prefs, error) ||
      !postweg_file_read (user_path, POSTWEG_PREFS_MAX, &user, error))
    return NULL;
  return postweg_settings_new (prefs, user, error);
}

void
postweg_settings_free (PostwegSettings *settings)
{
  if (settings == NULL)
    return;
  g_clear_pointer (&settings->bytes, g_bytes_unref);
  postweg_prefs_free (settings->prefs);
  postweg_prefs_free (settings->user);
  g_free (settings);
}

static const PostwegPref *
find (const PostwegSettings *settings, const char *name, PostwegPrefType type)
{
  const PostwegPref *pref = postweg_prefs_get (settings->user, name);

  if (pref == NULL)
    pref = postweg_prefs_get (settings->prefs, name);
  return pref != NULL && pref->type == type ? pref : NULL;
}

const char *
postweg_settings_text (const PostwegSettings *settings, const char *name)
{
  const PostwegPref *pref = find (settings, name, POSTWEG_PREF_STRING);

  return pref != NULL && g_utf8_validate (pref->text, -1, NULL) ? pref->text : NULL;
}

gint32
postweg_settings_number (const PostwegSettings *settings, const char *name, gint32 fallback)
{
  const PostwegPref *pref = find (settings, name, POSTWEG_PREF_INT);

  return pref != NULL ? pref->number : fallback;
}

gboolean
postweg_settings_flag (const PostwegSettings *settings, const char *name)
{
  const PostwegPref *pref = find (settings, name, POSTWEG_PREF_BOOL);

  return pref != NULL && pref->number != 0;
}

char *
postweg_settings_name (const char *branch, const char *key, const char *name)
{
  return g_strconcat (branch, ".", key, ".", name, NULL);
}

const char *
postweg_settings_text_of (const PostwegSettings *settings, const char *branch, const char *key,
                          const char *name)
{
  g_autofree char *full = postweg_settings_name (branch, key, name);

  return postweg_settings_text (settings, full);
}

gint32
postweg_settings_number_of (const PostwegSettings *settings, const char *branch, const char *key,
                            const char *name, gint32 fallback)
{
  g_autofree char *full = postweg_settings_name (branch, key, name);

  return postweg_settings_number (settings, full, fallback);
}

gboolean
postweg_settings_flag_or (const PostwegSettings *settings, const char *branch, const char *key,
                          const char *name, gboolean fallback)
{
  g_autofree char *full = postweg_settings_name (branch, key, name);
  const PostwegPref *pref = find (settings, full, POSTWEG_PREF_BOOL);

  return pref != NULL ? pref->number != 0 : fallback;
}

gboolean
postweg_settings_flag_of (const PostwegSettings *settings, const char *branch, const char *key,
                          const char *name)
{
  g_autofree char *full = postweg_settings_name (branch, key, name);

  return postweg_settings_flag (settings, full);
}

char **
postweg_settings_list (const PostwegSettings *settings, const char *name)
{
  const char *text = postweg_settings_text (settings, name);
  g_auto (GStrv) keys = g_strsplit (text != NULL ? text : "", ",", -1);
  GStrvBuilder *builder = g_strv_builder_new ();
  char **list;

  for (guint i = 0; keys[i] != NULL; i++)
    if (*g_strstrip (keys[i]) != '\0')
      g_strv_builder_add (builder, keys[i]);
  list = g_strv_builder_end (builder);
  g_strv_builder_unref (builder);
  return list;
}

char *
postweg_settings_first (const PostwegSettings *settings, const char *name)
{
  g_auto (GStrv) list = postweg_settings_list (settings, name);

  return g_strdup (list[0]);
}
