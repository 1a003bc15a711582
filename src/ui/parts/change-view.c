/* Before and after: the sign stands in the text, colour only repeats it. */
#include "ui/parts/change-view.h"
#include <glib/gi18n-lib.h>

#define MAX_LINES 1000 /* of a file, shown; nobody reads more, and each costs time to draw */

static const char *
title_of (const PostwegChange *change)
{
  static const char *const titles[] = {
    [POSTWEG_ACTION_CREATE] =
        N_ ("New File"), [POSTWEG_ACTION_MODIFY] =
                             N_ ("Changed File"), [POSTWEG_ACTION_BUS] = N_ ("Told to the Program"), [POSTWEG_ACTION_KEYRING] =
                                                                                  N_ ("Kept in the Keyring"),
                                                      };

  return _(titles[change->action]);
}

static void
append_lines (GtkBox *box, GString *lines, char sign)
{
  GtkWidget *label;

  if (lines->len == 0)
    return;
  g_string_truncate (lines, lines->len - 1);
  label = g_object_new (GTK_TYPE_LABEL, "label", lines->str, "selectable", TRUE, "wrap", TRUE, "wrap-mode",
                        PANGO_WRAP_CHAR, "xalign", 0.0, NULL);
  gtk_widget_add_css_class (label, "monospace");
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, sign == '+' ? "success" : "error");
  postweg_parts_name (label, sign == '+' ? _("Lines That Come") : _("Lines That Go"));
  gtk_box_append (box, label);
  g_string_truncate (lines, 0);
}

/* One label for each run of lines with the same sign, so that they can be selected and copied together. */
static GtkWidget *
lines_of (const PostwegChange *change)
{
  GtkWidget *box = g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL, "margin-top", 9,
                                 "margin-bottom", 9, "margin-start", 12, "margin-end", 12, NULL);
  g_autoptr (GPtrArray) lines = postweg_change_lines (change);
  g_autoptr (GString) run = g_string_new (NULL);
  char sign = '\0';

  for (guint i = 0; i < MIN (lines->len, MAX_LINES); i++)
    {
      const char *line = g_ptr_array_index (lines, i);

      if (*line != sign)
        append_lines (GTK_BOX (box), run, sign);
      sign = *line;
      g_string_append_printf (run, "%s\n", line);
    }
  append_lines (GTK_BOX (box), run, sign);
  return box;
}

static GtkWidget *
change_row (const PostwegChange *change)
{
  GtkWidget *row = postweg_parts_row_new (ADW_TYPE_PREFERENCES_ROW, change->target);

  g_object_set (row, "child", lines_of (change), "activatable", FALSE, "focusable", FALSE, NULL);
  return row;
}

void
postweg_change_view_show (PostwegRows *rows, const PostwegPlan *plan)
{
  postweg_rows_clear (rows);
  for (guint i = 0; i < plan->changes->len; i++)
    {
      const PostwegChange *change = g_ptr_array_index (plan->changes, i);
      g_autofree char *place = postweg_parts_path (change->target);

      postweg_rows_add (rows, postweg_parts_fact_row (title_of (change), place));
      postweg_rows_add (rows, change_row (change));
    }
}
