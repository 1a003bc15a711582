/* Changes to a prefs.js: values replaced where they stand, new lines at the end, nothing else touched. */
#include "clients/thunderbird/prefs.h"
#include "model/error.h"
#include <glib/gi18n-lib.h>
#include <string.h>

static void
append_text (GString *out, const char *text)
{
  g_string_append_c (out, '"');
  for (const char *p = text; *p != '\0'; p++)
    switch (*p)
      {
      case '"':
      case '\\':
        g_string_append_c (out, '\\');
        g_string_append_c (out, *p);
        break;
      case '\n':
        g_string_append (out, "\\n");
        break;
      case '\r':
        g_string_append (out, "\\r");
        break;
      default:
        g_string_append_c (out, *p);
      }
  g_string_append_c (out, '"');
}

static void
append_value (GString *out, const PostwegPref *pref)
{
  if (pref->type == POSTWEG_PREF_STRING)
    append_text (out, pref->text);
  else if (pref->type == POSTWEG_PREF_INT)
    g_string_append_printf (out, "%d", pref->number);
  else
    g_string_append (out, pref->number != 0 ? "true" : "false");
}

static const char *
line_end (const char *data, gsize size)
{
  const char *found = size > 0 ? memchr (data, '\n', size) : NULL;

  return found != NULL && found > data && found[-1] == '\r' ? "\r\n" : "\n";
}

static int
by_position (gconstpointer a, gconstpointer b, gpointer prefs)
{
  const PostwegPref *left = postweg_prefs_get (prefs, (*(PostwegPref *const *) a)->name);
  const PostwegPref *right = postweg_prefs_get (prefs, (*(PostwegPref *const *) b)->name);

  return left->start < right->start ? -1 : left->start > right->start;
}

/* The last value that is wanted for a name counts, as in the file itself. */
static gboolean
wanted_again (const PostwegPrefsEdit *edit, guint index)
{
  const PostwegPref *pref = g_ptr_array_index (edit->wanted, index);

  for (guint i = index + 1; i < edit->wanted->len; i++)
    if (strcmp (((PostwegPref *) g_ptr_array_index (edit->wanted, i))->name, pref->name) == 0)
      return TRUE;
  return FALSE;
}

/* Sorts what is wanted into values to replace and lines to add; what is there already is in neither. */
static void
sort_wanted (const PostwegPrefs *prefs, const PostwegPrefsEdit *edit, GPtrArray *replace, GPtrArray *add)
{
  for (guint i = 0; i < edit->wanted->len; i++)
    {
      PostwegPref *pref = g_ptr_array_index (edit->wanted, i);
      const PostwegPref *there = postweg_prefs_get (prefs, pref->name);

      if (wanted_again (edit, i))
        continue;
      if (there == NULL || there->is_default)
        g_ptr_array_add (add, pref);
      else if (!postweg_pref_same_value (there, pref))
        g_ptr_array_add (replace, pref);
    }
  g_ptr_array_sort_with_data (replace, by_position, (gpointer) prefs);
}

static GBytes *
write_file (const PostwegPrefs *prefs, GPtrArray *replace, GPtrArray *add)
{
  gsize size, at = 0;
  const char *held = g_bytes_get_data (prefs->bytes, &size);
  const char *data = held != NULL ? held : ""; /* an empty file */
  const char *end = line_end (data, size);
  GString *out = g_string_sized_new (size + 4096);

  for (guint i = 0; i < replace->len; i++)
    {
      const PostwegPref *pref = g_ptr_array_index (replace, i);
      const PostwegPref *there = postweg_prefs_get (prefs, pref->name);

      g_string_append_len (out, data + at, (gssize) (there->start - at));
      append_value (out, pref);
      at = there->end;
    }
  g_string_append_len (out, data + at, (gssize) (size - at));
  if (add->len > 0 && out->len > 0 && out->str[out->len - 1] != '\n')
    g_string_append (out, end);
  for (guint i = 0; i < add->len; i++)
    {
      const PostwegPref *pref = g_ptr_array_index (add, i);

      g_string_append (out, "user_pref(");
      append_text (out, pref->name);
      g_string_append (out, ", ");
      append_value (out, pref);
      g_string_append_printf (out, ");%s", end);
    }
  return g_string_free_to_bytes (out);
}

static gboolean
can_be_written (const PostwegPrefsEdit *edit)
{
  for (guint i = 0; i < edit->wanted->len; i++)
    {
      const PostwegPref *pref = g_ptr_array_index (edit->wanted, i);

      if (pref->text != NULL && !g_utf8_validate (pref->text, -1, NULL))
        return FALSE;
    }
  return TRUE;
}

/* What was wanted is there, and nothing was added or lost besides. */
static gboolean
reads_back (GBytes *bytes, const PostwegPrefs *prefs, const PostwegPrefsEdit *edit, guint added)
{
  g_autoptr (PostwegPrefs) again = postweg_prefs_parse (bytes, NULL);

  if (again == NULL || again->entries->len != prefs->entries->len + added)
    return FALSE;
  for (guint i = 0; i < edit->wanted->len; i++)
    {
      const PostwegPref *pref = g_ptr_array_index (edit->wanted, i);
      const PostwegPref *there = postweg_prefs_get (again, pref->name);

      if (!wanted_again (edit, i) && (there == NULL || !postweg_pref_same_value (there, pref)))
        return FALSE;
    }
  return TRUE;
}

static GBytes *
write_and_check (const PostwegPrefs *prefs, const PostwegPrefsEdit *edit, GError **error)
{
  g_autoptr (GPtrArray) replace = g_ptr_array_new ();
  g_autoptr (GPtrArray) add = g_ptr_array_new ();
  g_autoptr (GBytes) bytes = NULL;

  if (can_be_written (edit))
    {
      sort_wanted (prefs, edit, replace, add);
      bytes = write_file (prefs, replace, add);
      if (reads_back (bytes, prefs, edit, add->len))
        return g_steal_pointer (&bytes);
    }
  g_set_error_literal (error, POSTWEG_ERROR, POSTWEG_ERROR_BAD_INPUT,
                       _("The account holds characters that the mail program’s settings cannot hold."));
  return NULL;
}

GBytes *
postweg_prefs_write (const PostwegPrefs *prefs, const PostwegPrefsEdit *edit, GError **error)
{
  g_autoptr (GBytes) nothing = g_bytes_new_static ("", 0);
  g_autoptr (PostwegPrefs) empty = NULL;

  if (prefs != NULL)
    return write_and_check (prefs, edit, error);
  empty = postweg_prefs_parse (nothing, NULL);
  return write_and_check (empty, edit, error);
}
