/* A row for each host, which opens to its ports; each state is a shape, a word and a colour. */
#include "ui/port-map.h"
#include "ui/parts.h"
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

static gboolean
is_same (const PostwegPort *a, const PostwegPort *b)
{
  return a->port == b->port && g_ascii_strcasecmp (a->host, b->host) == 0;
}

/* The addresses of one port, one below the other. i: the first of them; is left behind the last one */
static GtkWidget *
port_row (const GPtrArray *ports, guint *i, gboolean *open)
{
  static const char *const protocols[] = { "IMAP", "POP3", "SMTP" };
  const PostwegPort *first = g_ptr_array_index (ports, *i);
  g_autofree char *title = g_strdup_printf (_("Port %u, %s"), first->port, protocols[first->protocol]);
  GtkWidget *box =
      g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL, "spacing", 6, "margin-top", 9,
                    "margin-bottom", 9, "margin-start", 12, "margin-end", 12, NULL);
  GtkWidget *heading = g_object_new (GTK_TYPE_LABEL, "label", title, "xalign", 0.0, NULL);
  GtkWidget *row = g_object_new (ADW_TYPE_PREFERENCES_ROW, "title", title, "child", box, "activatable", FALSE,
                                 "focusable", FALSE, NULL);

  gtk_widget_add_css_class (heading, "heading");
  gtk_box_append (GTK_BOX (box), heading);
  *open = FALSE;
  for (; *i < ports->len && is_same (first, g_ptr_array_index (ports, *i)); (*i)++)
    {
      const PostwegPort *port = g_ptr_array_index (ports, *i);

      *open = *open || port->state == POSTWEG_PORT_OPEN;
      gtk_box_append (GTK_BOX (box), answer_line (port));
    }
  postweg_parts_name (row, title);
  return row;
}

/* i: the host's first port; is left behind its last one */
static GtkWidget *
host_row (const GPtrArray *ports, guint *i)
{
  const char *host = ((const PostwegPort *) g_ptr_array_index (ports, *i))->host;
  GtkWidget *row = postweg_parts_row_new (ADW_TYPE_EXPANDER_ROW, host);
  guint n_open = 0, n = 0;
  g_autofree char *count = NULL;

  while (*i < ports->len &&
         g_ascii_strcasecmp (((const PostwegPort *) g_ptr_array_index (ports, *i))->host, host) == 0)
    {
      gboolean open;

      adw_expander_row_add_row (ADW_EXPANDER_ROW (row), port_row (ports, i, &open));
      n_open += open ? 1 : 0;
      n++;
    }
  count = g_strdup_printf (_("%u of %u ports are open"), n_open, n);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (row), count);
  return row;
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

void
postweg_port_map_show (PostwegPortMap *self, const GPtrArray *ports)
{
  guint i = 0;

  postweg_rows_clear (self->rows);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self), ports != NULL
                                         ? _("Networks and firewalls often let only some ports through.")
                                         : _("Networks and firewalls often let only some ports through. The test is made once more for this, and looks at all of them."));
  while (ports != NULL && i < ports->len)
    postweg_rows_add (self->rows, host_row (ports, &i));
}
