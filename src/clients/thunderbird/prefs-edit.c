/* A list of settings that are to be written. */
#include "clients/thunderbird/prefs.h"

static void
pref_free (gpointer data)
{
  PostwegPref *pref = data;

  g_free (pref->name);
  g_free (pref->text);
  g_free (pref);
}

static void
want (PostwegPrefsEdit *edit, PostwegPrefType type, const char *name, gint32 number, const char *text)
{
  PostwegPref *pref = g_new0 (PostwegPref, 1);

  pref->name = g_strdup (name);
  pref->type = type;
  pref->number = number;
  pref->text = g_strdup (text);
  g_ptr_array_add (edit->wanted, pref);
}

PostwegPrefsEdit *
postweg_prefs_edit_new (void)
{
  PostwegPrefsEdit *edit = g_new0 (PostwegPrefsEdit, 1);

  edit->wanted = g_ptr_array_new_with_free_func (pref_free);
  return edit;
}

void
postweg_prefs_edit_free (PostwegPrefsEdit *edit)
{
  if (edit == NULL)
    return;
  g_ptr_array_unref (edit->wanted);
  g_free (edit);
}

void
postweg_prefs_edit_text (PostwegPrefsEdit *edit, const char *name, const char *text)
{
  want (edit, POSTWEG_PREF_STRING, name, 0, text);
}

void
postweg_prefs_edit_number (PostwegPrefsEdit *edit, const char *name, gint32 number)
{
  want (edit, POSTWEG_PREF_INT, name, number, NULL);
}

void
postweg_prefs_edit_flag (PostwegPrefsEdit *edit, const char *name, gboolean flag)
{
  want (edit, POSTWEG_PREF_BOOL, name, flag != FALSE, NULL);
}

gboolean
postweg_pref_same_value (const PostwegPref *a, const PostwegPref *b)
{
  return a->type == b->type && a->number == b->number && g_strcmp0 (a->text, b->text) == 0;
}
