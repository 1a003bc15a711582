/* Small parts that several pages are made of. */
#pragma once
#include <adwaita.h>

/* The name that a screen reader says; translated. */
void postweg_parts_name (GtkWidget *widget, const char *name);
/* The same for an AdwEntryRow, where the text inside takes the focus, and the row only surrounds it. */
void postweg_parts_name_entry (GtkWidget *row, const char *name);
/* Whether something is wrong with what a row holds: by style, and for screen readers. */
void postweg_parts_mark (GtkWidget *row, gboolean wrong);
/* Calls `left` (data) when the keyboard focus goes elsewhere. */
void postweg_parts_when_left (GtkWidget *widget, GCallback left, gpointer data);
/* Returns: (transfer none): the first entry inside that is shown and can be typed into, or NULL; numbers do not count */
GtkWidget *postweg_parts_first_entry (GtkWidget *widget);
/* For names of servers and the like: where they are too long for a line, no hyphen is put in. */
void postweg_parts_no_hyphens (GtkLabel *label);
/* Returns: (transfer full): a path as people read it, with "~" for their home folder */
char *postweg_parts_path (const char *path);
/* Brings the begin of what is scrolled inside into view. */
void postweg_parts_scroll_up (GtkWidget *widget);
/* Opens a web page in the person's browser. */
void postweg_parts_open (GtkWidget *widget, const char *url);

/* A row of that type whose texts are no markup. The title is set last: what g_object_new() sets is told backwards, and the title
 * would be read as markup first. Returns: (transfer floating) */
GtkWidget *postweg_parts_row_new (GType type, const char *title);
/* A row of plain text with a symbolic icon (NULL: none) before it. The text is not markup, wraps and can be selected.
 * Returns: (transfer floating) */
GtkWidget *postweg_parts_text_row (const char *icon, const char *text);
/* A row with a small title and the text below it, which can be selected. Returns: (transfer floating) */
GtkWidget *postweg_parts_fact_row (const char *title, const char *text);
/* A row that opens a web page, or only says something if the URL is "". Returns: (transfer floating) */
GtkWidget *postweg_parts_link_row (const char *title, const char *subtitle, const char *url);

/* Rows that are made anew whenever what they show changes. */
typedef struct {
  AdwPreferencesGroup *group;
  GPtrArray *rows;
} PostwegRows;

PostwegRows *postweg_rows_new (AdwPreferencesGroup *group);
void postweg_rows_free (PostwegRows *rows);
/* Takes away what was added. */
void postweg_rows_clear (PostwegRows *rows);
/* Takes the row. */
void postweg_rows_add (PostwegRows *rows, GtkWidget *row);
/* One text row for each of the strings. */
void postweg_rows_add_texts (PostwegRows *rows, const char *icon, const GPtrArray *texts);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PostwegRows, postweg_rows_free)
