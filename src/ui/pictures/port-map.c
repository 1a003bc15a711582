/* For each host a table of drawn roads, and a row that opens to every address and what answers there. */
#include "ui/pictures/port-map.h"
#include "ui/parts/parts.h"
#include "ui/pictures/port-grid.h"
#include "ui/pictures/port-table.h"
#include <glib/gi18n-lib.h>

struct _PostwegPortMap {
  AdwPreferencesGroup parent_instance;
  PostwegRows *rows;
  GtkWidget *look;
};

G_DEFINE_FINAL_TYPE (PostwegPortMap, postweg_port_map, ADW_TYPE_PREFERENCES_GROUP)

static guint wanted_signal;

/* clang-format off */
static const struct {
  const char *icon, *css_class;
} looks[] = {
  [POSTWEG_PORT_UNKNOWN] = { "dialog-question-symbolic", "dim-label" },
  [POSTWEG_PORT_OPEN] = { "object-select-symbolic", "success" },
  [POSTWEG_PORT_REFUSED] = { "window-close-symbolic", "error" },
  [POSTWEG_PORT_SILENT] = { "action-unavailable-symbolic", "error" },
  [POSTWEG_PORT_UNREACHABLE] = { "network-offline-symbolic", "dim-label" },
  [POSTWEG_PORT_RESET] = { "edit-cut-symbolic", "error" },
};
/* clang-format on */

/* Returns: (transfer full): "IPv6, 2001:db8::7: open, 12 ms" and what answers there */
static char *
answer_text (const PostwegPort *port)
{
  g_autofree char *state = postweg_checkup_port_state_text (port);
  g_autofree char *service = postweg_checkup_port_service_text (port);
  g_autofree char *text = NULL;

  /* Translators: family and number of an address, the state of a port there, and the time until that was known */
  text =
      g_strdup_printf (_("%s, %s: %s, %u ms"), port->ipv6 ? "IPv6" : "IPv4", port->address, state, port->ms);
  return *service != '\0' ? g_strdup_printf ("%s\n%s", text, service) : g_steal_pointer (&text);
}

static GtkWidget *
answer_line (const PostwegPort *port)
{
  g_autofree char *text = answer_text (port);
  GtkWidget *box = g_object_new (GTK_TYPE_BOX, "spacing", 9, NULL);
  GtkWidget *image = g_object_new (GTK_TYPE_IMAGE, "icon-name", looks[port->state].icon, "accessible-role",
                                   GTK_ACCESSIBLE_ROLE_PRESENTATION, "valign", GTK_ALIGN_START, NULL);
  GtkWidget *label =
      g_object_new (GTK_TYPE_LABEL, "label", text, "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR, "xalign",
                    0.0, "selectable", TRUE, "hexpand", TRUE, NULL);

  gtk_widget_add_css_class (image, looks[port->state].css_class);
  gtk_box_append (GTK_BOX (box), image);
  gtk_box_append (GTK_BOX (box), label);
  return box;
}

/* The addresses of one port, one below the other. from, to: indexes on the map, behind the last one */
static GtkWidget *
port_row (const GPtrArray *ports, guint from, guint to)
{
  static const char *const protocols[] = { "IMAP", "POP3", "SMTP" };
  const PostwegPort *first = g_ptr_array_index (ports, from);
  g_autofree char *title = g_strdup_printf (_("Port %u, %s"), first->port, protocols[first->protocol]);
  GtkWidget *box =
      g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL, "spacing", 6, "margin-top", 9,
                    "margin-bottom", 9, "margin-start", 12, "margin-end", 12, NULL);
  GtkWidget *heading = g_object_new (GTK_TYPE_LABEL, "label", title, "xalign", 0.0, NULL);
  GtkWidget *row = g_object_new (ADW_TYPE_PREFERENCES_ROW, "title", title, "child", box, "activatable", FALSE,
                                 "focusable", FALSE, NULL);

  gtk_widget_add_css_class (heading, "heading");
  gtk_box_append (GTK_BOX (box), heading);
  for (guint i = from; i < to; i++)
    gtk_box_append (GTK_BOX (box), answer_line (g_ptr_array_index (ports, i)));
  postweg_parts_name (row, title);
  return row;
}

/* The row that opens, and the table below it. i: the host's first port; is left behind its last one */
static void
add_host (PostwegPortMap *self, const GPtrArray *ports, guint *i)
{
  const char *host = ((const PostwegPort *) g_ptr_array_index (ports, *i))->host;
  GtkWidget *row = postweg_parts_row_new (ADW_TYPE_EXPANDER_ROW, host);
  g_autoptr (GArray) lines = g_array_new (FALSE, FALSE, sizeof (PostwegPortLine));
  g_autofree char *count = NULL;
  guint n_open = 0;

  while (postweg_port_map_same_host (ports, *i, host))
    {
      guint from = *i;
      PostwegPortLine line = postweg_port_line (ports, i);

      adw_expander_row_add_row (ADW_EXPANDER_ROW (row), port_row (ports, from, *i));
      g_array_append_val (lines, line);
      n_open += postweg_port_line_is_open (&line) ? 1 : 0;
    }
  count = g_strdup_printf (_("%u of %u ports are open"), n_open, lines->len);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (row), count);
  postweg_rows_add (self->rows, row);
  postweg_rows_add (self->rows, postweg_port_table_row (lines));
}

static void
look_wanted (PostwegPortMap *self)
{
  g_signal_emit (self, wanted_signal, 0);
}

static void
dispose (GObject *object)
{
  g_clear_pointer (&POSTWEG_PORT_MAP (object)->rows, postweg_rows_free);
  G_OBJECT_CLASS (postweg_port_map_parent_class)->dispose (object);
}

static void
postweg_port_map_class_init (PostwegPortMapClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dispose;
  wanted_signal =
      g_signal_new ("wanted", POSTWEG_TYPE_PORT_MAP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
postweg_port_map_init (PostwegPortMap *self)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (self);

  self->rows = postweg_rows_new (group);
  self->look = gtk_button_new_with_label (_("Look at the Ports"));
  gtk_widget_set_halign (self->look, GTK_ALIGN_CENTER);
  gtk_widget_set_margin_top (self->look, 12);
  g_signal_connect_swapped (self->look, "clicked", G_CALLBACK (look_wanted), self);
  adw_preferences_group_set_title (group, _("Ports, Seen from Here"));
  adw_preferences_group_add (group, self->look);
}

/* Returns: (transfer none): what the map shows, or why it shows nothing */
static const char *
description_of (const GPtrArray *ports)
{
  if (ports == NULL)
    return _("Networks and firewalls often let only some ports through. The test is made once more for this, and looks at all of them.");
  if (ports->len == 0)
    return _("No port could be looked at, since no address of a server was found.");
  return _("Networks and firewalls often let only some ports through.");
}

void
postweg_port_map_show (PostwegPortMap *self, const GPtrArray *ports)
{
  guint i = 0;

  postweg_rows_clear (self->rows);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self), description_of (ports));
  while (ports != NULL && i < ports->len)
    add_host (self, ports, &i);
}
