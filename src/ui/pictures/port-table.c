/* Each cell is a drawn road with its state in words below it, and says its port and family to who cannot see where it stands. */
#include "ui/pictures/port-table.h"
#include "ui/parts/parts.h"
#include "ui/pictures/port-lane.h"
#include "checkup/checkup.h"
#include <glib/gi18n-lib.h>

#define PORT_WIDTH 84 /* of the first column, pixels */

static const char *const families[POSTWEG_N_FAMILIES] = { "IPv4", "IPv6" };

static GtkWidget *
new_label (const char *text, const char *css_class)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", text, "xalign", 0.0, "wrap", TRUE, "wrap-mode",
                                   PANGO_WRAP_WORD_CHAR, NULL);

  gtk_widget_add_css_class (label, css_class);
  return label;
}

/* A cell, and a line of cells. */
static GtkWidget *
new_box (GtkAccessibleRole role, GtkOrientation orientation, int spacing)
{
  return g_object_new (GTK_TYPE_BOX, "accessible-role", role, "orientation", orientation, "spacing", spacing,
                       NULL);
}

/* Returns: (transfer full): "open, 12 ms", "no answer" */
static char *
state_words (const PostwegPort *port)
{
  g_autofree char *state = postweg_checkup_port_state_text (port);

  /* Translators: the state of a port ("open"), and how long it took to get there */
  return port->state == POSTWEG_PORT_OPEN ? g_strdup_printf (_("%s, %u ms"), state, port->ms)
                                          : g_steal_pointer (&state);
}

static GtkWidget *
cell (const PostwegPortLine *line, guint family)
{
  const PostwegPort *port = line->seen[family];
  guint number = postweg_port_line_port (line)->port;
  GtkWidget *box = new_box (GTK_ACCESSIBLE_ROLE_CELL, GTK_ORIENTATION_VERTICAL, 0);
  g_autofree char *words = port != NULL ? state_words (port) : g_strdup (C_ ("port", "no address"));
  /* Translators: a port, a family of addresses ("IPv4"), and the state: "Port 993, IPv4: open, 12 ms" */
  g_autofree char *name = g_strdup_printf (_("Port %u, %s: %s"), number, families[family], words);

  if (port != NULL)
    gtk_box_append (GTK_BOX (box), postweg_port_lane_new (port->state));
  gtk_box_append (GTK_BOX (box), new_label (words, "caption"));
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  postweg_parts_name (box, name);
  return box;
}

static GtkWidget *
port_cell (const PostwegPort *port)
{
  static const char *const protocols[] = { "IMAP", "POP3", "SMTP" };
  GtkWidget *box = new_box (GTK_ACCESSIBLE_ROLE_ROW_HEADER, GTK_ORIENTATION_VERTICAL, 0);
  g_autofree char *number = g_strdup_printf ("%u", port->port);
  g_autofree char *name = g_strdup_printf (_("Port %u, %s"), port->port, protocols[port->protocol]);
  GtkWidget *protocol = new_label (protocols[port->protocol], "caption");

  gtk_widget_add_css_class (protocol, "dim-label");
  gtk_box_append (GTK_BOX (box), new_label (number, "heading"));
  gtk_box_append (GTK_BOX (box), protocol);
  gtk_widget_set_size_request (box, PORT_WIDTH, -1);
  postweg_parts_name (box, name);
  return box;
}

/* Takes the first cell; the others are equally wide. */
static GtkWidget *
new_line (GtkWidget *first, GtkWidget *const *others)
{
  GtkWidget *line = new_box (GTK_ACCESSIBLE_ROLE_ROW, GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *same = g_object_new (GTK_TYPE_BOX, "homogeneous", TRUE, "spacing", 12, "hexpand", TRUE,
                                  "accessible-role", GTK_ACCESSIBLE_ROLE_GENERIC, NULL);

  gtk_box_append (GTK_BOX (line), first);
  for (guint i = 0; i < POSTWEG_N_FAMILIES; i++)
    gtk_box_append (GTK_BOX (same), others[i]);
  gtk_box_append (GTK_BOX (line), same);
  return line;
}

static GtkWidget *
heading (const char *text)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", text, "xalign", 0.0, "accessible-role",
                                   GTK_ACCESSIBLE_ROLE_COLUMN_HEADER, NULL);

  gtk_widget_add_css_class (label, "caption-heading");
  gtk_widget_add_css_class (label, "dim-label");
  return label;
}

static GtkWidget *
heading_line (void)
{
  GtkWidget *port = heading (C_ ("table", "Port"));
  GtkWidget *others[POSTWEG_N_FAMILIES];

  gtk_widget_set_size_request (port, PORT_WIDTH, -1);
  for (guint i = 0; i < POSTWEG_N_FAMILIES; i++)
    others[i] = heading (families[i]);
  return new_line (port, others);
}

GtkWidget *
postweg_port_table_row (const GArray *lines)
{
  GtkWidget *table = new_box (GTK_ACCESSIBLE_ROLE_TABLE, GTK_ORIENTATION_VERTICAL, 9);
  const char *host = postweg_port_line_port (&g_array_index (lines, PostwegPortLine, 0))->host;
  /* Translators: the host is a name like imap.example.org */
  g_autofree char *name = g_strdup_printf (_("Ports of %s"), host);
  GtkWidget *row = g_object_new (ADW_TYPE_PREFERENCES_ROW, "title", name, "child", table, "activatable",
                                 FALSE, "focusable", FALSE, NULL);

  g_object_set (table, "margin-top", 12, "margin-bottom", 12, "margin-start", 12, "margin-end", 12, NULL);
  gtk_box_append (GTK_BOX (table), heading_line ());
  for (guint i = 0; i < lines->len; i++)
    {
      const PostwegPortLine *line = &g_array_index (lines, PostwegPortLine, i);
      GtkWidget *others[POSTWEG_N_FAMILIES] = { cell (line, POSTWEG_IPV4), cell (line, POSTWEG_IPV6) };

      gtk_box_append (GTK_BOX (table), new_line (port_cell (postweg_port_line_port (line)), others));
    }
  postweg_parts_name (table, name);
  postweg_parts_name (row, name);
  return row;
}
