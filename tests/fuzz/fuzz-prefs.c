/* Any bytes as prefs.js: what parses is changed, written and read again; everything that was not changed stays byte for byte. */
#include "clients/thunderbird/ini.h"
#include "clients/thunderbird/prefs.h"
#include "clients/thunderbird/settings.h"
#include "clients/thunderbird/read.h"
#include "fuzz.h"
#include <string.h>

static void
check_edit (const PostwegPrefs *prefs)
{
  g_autoptr (PostwegPrefsEdit) edit = postweg_prefs_edit_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) written = NULL;
  g_autoptr (PostwegPrefs) again = NULL;

  postweg_prefs_edit_text (edit, "mail.server.server1.hostname", "imap.\"firm\".example\\");
  postweg_prefs_edit_number (edit, "mail.server.server1.port", -993);
  postweg_prefs_edit_flag (edit, "a", TRUE);
  written = postweg_prefs_write (prefs, edit, &error);
  g_assert_no_error (error);
  again = postweg_prefs_parse (written, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < edit->wanted->len; i++)
    {
      const PostwegPref *wanted = g_ptr_array_index (edit->wanted, i);
      const PostwegPref *there = postweg_prefs_get (again, wanted->name);

      g_assert_true (there != NULL && postweg_pref_same_value (wanted, there));
    }
  for (guint i = 0; i < prefs->entries->len; i++)
    {
      const PostwegPref *old = g_ptr_array_index (prefs->entries, i);
      const PostwegPref *now = postweg_prefs_get (again, old->name);
      const PostwegPref *counted = postweg_prefs_get (prefs, old->name);

      g_assert_nonnull (now);
      if (!g_str_has_prefix (old->name, "mail.server.server1.") && strcmp (old->name, "a") != 0)
        g_assert_true (postweg_pref_same_value (counted, now));
    }
}

static void
read_ini (GBytes *bytes)
{
  g_autoptr (GPtrArray) sections = postweg_ini_read (bytes);

  for (guint i = 0; i < sections->len; i++)
    postweg_ini_value (g_ptr_array_index (sections, i), "Path");
}

int
LLVMFuzzerTestOneInput (const uint8_t *bytes, size_t length)
{
  g_autoptr (GBytes) file = g_bytes_new (bytes, length);
  g_autoptr (GError) error = NULL;
  g_autoptr (PostwegPrefs) prefs = postweg_prefs_parse (file, &error);
  g_autoptr (PostwegSettings) settings = postweg_settings_new (file, NULL, NULL);

  g_assert_true ((prefs == NULL) == (error != NULL));
  if (prefs != NULL)
    check_edit (prefs);
  if (settings != NULL)
    g_strfreev (postweg_settings_list (settings, "mail.accountmanager.accounts"));
  read_ini (file);
  return 0;
}
