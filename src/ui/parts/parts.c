/* Rows, names and marks. */
#include "ui/parts/parts.h"
#include "ui/compat.h"
#include <string.h>

void
postweg_parts_name (GtkWidget *widget, const char *name)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

void
postweg_parts_name_entry (GtkWidget *row, const char *name)
{
  GtkEditable *inner = gtk_editable_get_delegate (GTK_EDITABLE (row));

  /* the text inside has no role of its own in GTK 4.8, and the row never has the focus: nobody would hear where it is */
  g_object_set (inner, "accessible-role", GTK_ACCESSIBLE_ROLE_TEXT_BOX, NULL);
  postweg_parts_name (GTK_WIDGET (inner), name);
}

void
postweg_parts_mark (GtkWidget *row, gboolean wrong)
{
  GtkEditable *inner = GTK_IS_EDITABLE (row) ? gtk_editable_get_delegate (GTK_EDITABLE (row)) : NULL;

  if (wrong)
    gtk_widget_add_css_class (row, "error");
  else
    gtk_widget_remove_css_class (row, "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (inner != NULL ? GTK_WIDGET (inner) : row),
                               GTK_ACCESSIBLE_STATE_INVALID,
                               wrong ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
}

void
postweg_parts_when_left (GtkWidget *widget, GCallback left, gpointer data)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();

  g_signal_connect_swapped (focus, "leave", left, data);
  gtk_widget_add_controller (widget, focus);
}

GtkWidget *
postweg_parts_first_entry (GtkWidget *widget)
{
  if (!gtk_widget_get_visible (widget) || !gtk_widget_get_sensitive (widget) || GTK_IS_SPIN_BUTTON (widget))
    return NULL;
  if (GTK_IS_EDITABLE (widget))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *entry = postweg_parts_first_entry (child);

      if (entry != NULL)
        return entry;
    }
  return NULL;
}

void
postweg_parts_no_hyphens (GtkLabel *label)
{
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_insert_hyphens_new (FALSE));
  gtk_label_set_attributes (label, attributes);
}

char *
postweg_parts_path (const char *path)
{
  const char *home = g_get_home_dir ();
  gsize length = strlen (home);

  if (length > 1 && strncmp (path, home, length) == 0 && (path[length] == '/' || path[length] == '\0'))
    return g_strconcat ("~", path + length, NULL);
  return g_strdup (path);
}

void
postweg_parts_scroll_up (GtkWidget *widget)
{
  while (widget != NULL && !GTK_IS_SCROLLED_WINDOW (widget))
    widget = gtk_widget_get_first_child (widget);
  if (widget != NULL)
    gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (widget)), 0);
}

void
postweg_parts_open (GtkWidget *widget, const char *url)
{
  GtkRoot *root = gtk_widget_get_root (widget);

  if (GTK_IS_WINDOW (root))
    postweg_compat_open (GTK_WINDOW (root), url, NULL, NULL);
}

GtkWidget *
postweg_parts_row_new (GType type, const char *title)
{
  GtkWidget *row = g_object_new (type, "use-markup", FALSE, NULL);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  postweg_parts_name (row, title);
  return row;
}

GtkWidget *
postweg_parts_text_row (const char *icon, const char *text)
{
  GtkWidget *row = postweg_parts_row_new (ADW_TYPE_ACTION_ROW, text);

  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  if (icon != NULL)
    adw_action_row_add_prefix (ADW_ACTION_ROW (row),
                               g_object_new (GTK_TYPE_IMAGE, "icon-name", icon, "accessible-role",
                                             GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL));
  /* the text can be reached and copied; a row around it would be a second stop */
  adw_preferences_row_set_title_selectable (ADW_PREFERENCES_ROW (row), TRUE);
  gtk_widget_set_focusable (row, FALSE);
  return row;
}

static GtkWidget *
wrapped_label (const char *text, const char *css_class)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", text, "wrap", TRUE, "wrap-mode",
                                   PANGO_WRAP_WORD_CHAR, "xalign", 0.0, NULL);

  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

GtkWidget *
postweg_parts_fact_row (const char *title, const char *text)
{
  GtkWidget *box =
      g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL, "spacing", 3, "margin-top", 9,
                    "margin-bottom", 9, "margin-start", 12, "margin-end", 12, NULL);
  GtkWidget *caption = wrapped_label (title, "caption");
  GtkWidget *value = wrapped_label (text, NULL);
  GtkWidget *row = g_object_new (ADW_TYPE_PREFERENCES_ROW, "title", title, "child", box, "activatable", FALSE,
                                 "focusable", FALSE, NULL);

  gtk_widget_add_css_class (caption, "dim-label");
  gtk_label_set_selectable (GTK_LABEL (value), TRUE);
  postweg_parts_no_hyphens (GTK_LABEL (value));
  gtk_box_append (GTK_BOX (box), caption);
  gtk_box_append (GTK_BOX (box), value);
  postweg_parts_name (row, title);
  return row;
}

static void
link_activated (GtkWidget *row, const char *url)
{
  postweg_parts_open (row, url);
}

GtkWidget *
postweg_parts_link_row (const char *title, const char *subtitle, const char *url)
{
  GtkWidget *row = postweg_parts_row_new (ADW_TYPE_ACTION_ROW, title);

  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  if (*url == '\0')
    return row;
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             g_object_new (GTK_TYPE_IMAGE, "icon-name", "adw-external-link-symbolic",
                                           "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_widget_set_tooltip_text (row, url);
  g_signal_connect_data (row, "activated", G_CALLBACK (link_activated), g_strdup (url),
                         (GClosureNotify) (GCallback) g_free, 0);
  return row;
}

PostwegRows *
postweg_rows_new (AdwPreferencesGroup *group)
{
  PostwegRows *rows = g_new (PostwegRows, 1);

  *rows = (PostwegRows){ group, g_ptr_array_new () };
  return rows;
}

void
postweg_rows_free (PostwegRows *rows)
{
  if (rows == NULL)
    return;
  g_ptr_array_unref (rows->rows);
  g_free (rows);
}

void
postweg_rows_clear (PostwegRows *rows)
{
  for (guint i = 0; i < rows->rows->len; i++)
    adw_preferences_group_remove (rows->group, g_ptr_array_index (rows->rows, i));
  g_ptr_array_set_size (rows->rows, 0);
}

void
postweg_rows_add (PostwegRows *rows, GtkWidget *row)
{
  adw_preferences_group_add (rows->group, row);
  g_ptr_array_add (rows->rows, row);
}

void
postweg_rows_add_texts (PostwegRows *rows, const char *icon, const GPtrArray *texts)
{
  for (guint i = 0; i < texts->len; i++)
    postweg_rows_add (rows, postweg_parts_text_row (icon, g_ptr_array_index (texts, i)));
}
