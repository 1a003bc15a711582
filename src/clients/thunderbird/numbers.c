/* Numbers of keys: what is taken, and what comes next. */
#include "clients/thunderbird/numbers.h"
#include <string.h>

#define MAX_NUMBER 1000000000 /* above it a number is nobody's count */

guint64
postweg_key_number (const char *text, const char *prefix)
{
  char *end = NULL;
  guint64 number;

  if (!g_str_has_prefix (text, prefix) || !g_ascii_isdigit (text[strlen (prefix)]))
    return 0;
  number = g_ascii_strtoull (text + strlen (prefix), &end, 10);
  return (*end == '\0' || *end == '.') && number <= MAX_NUMBER ? number : 0;
}

static guint64
highest_in (const PostwegPrefs *prefs, const char *branch, const char *prefix)
{
  guint64 highest = 0;

  for (guint i = 0; i < prefs->entries->len; i++)
    {
      const PostwegPref *pref = g_ptr_array_index (prefs->entries, i);
      g_auto (GStrv) words = NULL;

      if (!g_str_has_prefix (pref->name, "mail."))
        continue;
      if (g_str_has_prefix (pref->name, branch) && pref->name[strlen (branch)] == '.')
        highest = MAX (highest, postweg_key_number (pref->name + strlen (branch) + 1, prefix));
      words = g_strsplit (pref->text != NULL ? pref->text : "", ",", -1);
      for (guint j = 0; words[j] != NULL; j++)
        highest = MAX (highest, postweg_key_number (g_strstrip (words[j]), prefix));
    }
  return highest;
}

char *
postweg_next_key (const PostwegSettings *settings, const char *branch, const char *prefix)
{
  guint64 highest =
      MAX (highest_in (settings->prefs, branch, prefix), highest_in (settings->user, branch, prefix));
  gint32 last = postweg_settings_number (settings, "mail.account.lastKey", 0);

  if (strcmp (prefix, "account") == 0 && last > 0 && last <= MAX_NUMBER)
    highest = MAX (highest, (guint64) last);
  return g_strdup_printf ("%s%" G_GUINT64_FORMAT, prefix, highest + 1);
}
