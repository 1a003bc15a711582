/* Labels are compared from the right, where names are alike longest. */
#include "ui/pictures/name-match.h"
#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_LABELS 31 /* of 127 that a name can have: a bit each */

static gboolean
label_fits (const char *asked, const char *label, gboolean first)
{
  return (first && strcmp (label, "*") == 0) || g_ascii_strcasecmp (asked, label) == 0;
}

/* How many labels fit, from the right. */
static guint
count_fitting (char *const *asked, char *const *name)
{
  guint a = g_strv_length ((char **) asked), n = g_strv_length ((char **) name), fitting = 0;

  while (a > 0 && n > 0 && label_fits (asked[a - 1], name[n - 1], n == 1 && a == 1))
    {
      a--;
      n--;
      fitting++;
    }
  return fitting;
}

guint
postweg_name_differences (const char *asked, const char *name)
{
  g_auto (GStrv) asked_labels = g_strsplit (asked, ".", MAX_LABELS);
  g_auto (GStrv) labels = g_strsplit (name, ".", MAX_LABELS);
  guint a = g_strv_length (asked_labels), n = g_strv_length (labels), differences = a == n ? 0 : 1;

  for (guint i = 0; i < n; i++)
    {
      gint j = (gint) (a - n + i);

      if (j < 0 || !label_fits (asked_labels[j], labels[i], i == 0))
        differences |= 1u << i;
    }
  return differences;
}

guint
postweg_name_nearest (const char *asked, char *const *names)
{
  g_auto (GStrv) asked_labels = g_strsplit (asked, ".", MAX_LABELS);
  guint nearest = 0, most = 0;

  for (guint i = 0; names[i] != NULL; i++)
    {
      g_auto (GStrv) labels = g_strsplit (names[i], ".", MAX_LABELS);
      guint fitting = count_fitting (asked_labels, labels);

      if (postweg_name_differences (asked, names[i]) == 0)
        return i;
      if (fitting > most)
        {
          nearest = i;
          most = fitting;
        }
    }
  return nearest;
}

char *
postweg_name_markup (const char *asked, const char *name)
{
  g_auto (GStrv) labels = g_strsplit (name, ".", MAX_LABELS);
  guint differences = postweg_name_differences (asked, name);
  GString *markup = g_string_new (NULL);

  for (guint i = 0; labels[i] != NULL; i++)
    {
      g_autofree char *label = g_markup_escape_text (labels[i], -1);

      g_string_append_printf (markup, (differences & (1u << i)) != 0 ? "%s<b><u>%s</u></b>" : "%s%s",
                              i > 0 ? "." : "", label);
    }
  return g_string_free (markup, FALSE);
}

char *
postweg_name_words (const char *asked, const char *name)
{
  g_auto (GStrv) asked_labels = g_strsplit (asked, ".", MAX_LABELS);
  g_auto (GStrv) labels = g_strsplit (name, ".", MAX_LABELS);
  guint differences = postweg_name_differences (asked, name);
  guint i = 0;

  if (differences == 0)
    return g_strdup (_("This is the name that was asked for."));
  while ((differences & (1u << i)) == 0)
    i++;
  if (g_strv_length (asked_labels) != g_strv_length (labels) || differences != 1u << i)
    return g_strdup_printf (_("Another name: %s was asked for, %s stands there."), asked, name);
  return g_strdup_printf (_("Another name: “%s” was asked for, “%s” stands there."), asked_labels[i],
                             labels[i]);
}
