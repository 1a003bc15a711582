/* The rows of one server, what couples them, and what may stand in them. */
#include "ui/parts/server-group.h"
#include "ui/parts/differences.h"
#include "ui/parts/origin.h"
#include <glib/gi18n-lib.h>

struct _PostwegServerGroup {
  AdwBin parent_instance;
  AdwPreferencesGroup *group;
  AdwComboRow *found, *security, *auth;
  GtkEditable *host, *port, *user;
  GtkLabel *words;
  GtkWidget *bare;
  PostwegProtocol protocol;
  GPtrArray *alternatives; /* PostwegServer */
  PostwegServer *best;     /* what was found, or NULL */
  char *origin;            /* where it comes from, in sentences */
  gboolean filling;        /* the rows are being set, nobody edits */
  gboolean port_touched;   /* the person wants this port, whatever the security */
};

G_DEFINE_FINAL_TYPE (PostwegServerGroup, postweg_server_group, ADW_TYPE_BIN)

static guint changed_signal;

static void
fill_securities (AdwComboRow *row)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);

  for (PostwegSecurity security = POSTWEG_TLS; security <= POSTWEG_PLAIN; security++)
    gtk_string_list_append (list, postweg_security_words (security));
  adw_combo_row_set_model (row, G_LIST_MODEL (list));
}

static void
fill_auths (AdwComboRow *row)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);

  for (PostwegAuth auth = POSTWEG_AUTH_PASSWORD; auth <= POSTWEG_AUTH_NONE; auth++)
    gtk_string_list_append (list, postweg_auth_words (auth));
  adw_combo_row_set_model (row, G_LIST_MODEL (list));
}

static PostwegSecurity
security_of (PostwegServerGroup *self)
{
  return (PostwegSecurity) adw_combo_row_get_selected (self->security);
}

/* Returns: 0 for what is no port; an empty row means the usual one */
static guint
port_of (PostwegServerGroup *self)
{
  g_autofree char *text = g_strstrip (g_strndup (gtk_editable_get_text (self->port), 16));
  guint64 port = 0;

  if (*text == '\0')
    return postweg_default_port (self->protocol, security_of (self));
  return g_ascii_string_to_unsigned (text, 10, 1, G_MAXUINT16, &port, NULL) ? (guint) port : 0;
}

static void
set_port (PostwegServerGroup *self, guint port)
{
  g_autofree char *text = g_strdup_printf ("%u", port);

  gtk_editable_set_text (self->port, text);
}

static void
say (PostwegServerGroup *self, const char *words)
{
  gtk_label_set_label (self->words, words != NULL ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (self->words), words != NULL);
}

/* Returns: (transfer full): the names of the fields that are not as they were found; "" for none */
static char *
changed_fields (PostwegServerGroup *self)
{
  const PostwegServer *best = self->best;
  const struct {
    gboolean changed;
    const char *name;
  } fields[] = {
    { g_strcmp0 (gtk_editable_get_text (self->host), best->host) != 0, _("Server") },
      { security_of (self) != best->security, _("Security") },
        { port_of (self) != best->port, _("Port") },
          { adw_combo_row_get_selected (self->auth) != (guint) best->auth, _("Sign-In Method") },
            { g_strcmp0 (gtk_editable_get_text (self->user), best->user) != 0, _("User Name") },
          };
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    if (fields[i].changed)
      g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", fields[i].name);
  return g_strdup (names->str);
}

/* Every field is as it was found, or the person's own. */
static void
show_origin (PostwegServerGroup *self)
{
  g_autofree char *changed = self->best != NULL ? changed_fields (self) : g_strdup ("");
  g_autofree char *own = g_strdup_printf (_("Your own: %s."), changed);
  g_autofree char *text =
      *changed != '\0' ? g_strdup_printf ("%s\n%s", self->origin, own) : g_strdup (self->origin);
  g_autofree char *markup = g_markup_escape_text (text, -1);

  adw_preferences_group_set_description (self->group, markup);
}

/* While somebody edits, nothing is red. */
static void
edited (PostwegServerGroup *self)
{
  gtk_widget_set_visible (self->bare, security_of (self) == POSTWEG_PLAIN);
  gtk_widget_set_visible (GTK_WIDGET (self->user),
                          adw_combo_row_get_selected (self->auth) != POSTWEG_AUTH_NONE);
  if (self->filling)
    return;
  show_origin (self);
  say (self, NULL);
  g_signal_emit (self, changed_signal, 0);
}

static void
host_changed (PostwegServerGroup *self)
{
  postweg_parts_mark (GTK_WIDGET (self->host), FALSE);
  edited (self);
}

static void
user_changed (PostwegServerGroup *self)
{
  postweg_parts_mark (GTK_WIDGET (self->user), FALSE);
  edited (self);
}

static void
auth_changed (PostwegServerGroup *self)
{
  edited (self);
}

static void
port_changed (PostwegServerGroup *self)
{
  postweg_parts_mark (GTK_WIDGET (self->port), FALSE);
  if (!self->filling)
    self->port_touched = *gtk_editable_get_text (self->port) != '\0';
  edited (self);
}

static void
security_changed (PostwegServerGroup *self)
{
  if (!self->filling && !self->port_touched)
    {
      self->filling = TRUE;
      set_port (self, postweg_default_port (self->protocol, security_of (self)));
      self->filling = FALSE;
    }
  edited (self);
}

static void
fill_rows (PostwegServerGroup *self, const PostwegServer *server)
{
  self->filling = TRUE;
  gtk_editable_set_text (self->host, server->host);
  adw_combo_row_set_selected (self->security, server->security);
  set_port (self, server->port);
  adw_combo_row_set_selected (self->auth, server->auth);
  gtk_editable_set_text (self->user, server->user);
  self->port_touched = server->port != postweg_default_port (server->protocol, server->security);
  self->filling = FALSE;
  edited (self);
}

static void
alternative_chosen (PostwegServerGroup *self)
{
  guint chosen = adw_combo_row_get_selected (self->found);

  if (self->filling || chosen >= self->alternatives->len)
    return;
  fill_rows (self, g_ptr_array_index (self->alternatives, chosen));
  g_signal_emit (self, changed_signal, 0);
}

static char *
alternative_text (const PostwegServer *server)
{
  return g_strdup_printf (_("%s, port %u, %s"), server->host, server->port,
                             postweg_security_words (server->security));
}

static void
offer (PostwegServerGroup *self, const PostwegDiscovery *discovery, const PostwegServer *current)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);
  guint selected = GTK_INVALID_LIST_POSITION;

  g_ptr_array_set_size (self->alternatives, 0);
  for (guint i = 0; discovery != NULL && i < discovery->servers->len; i++)
    {
      const PostwegFoundServer *found = g_ptr_array_index (discovery->servers, i);
      g_autofree char *text = alternative_text (found->server);

      if (found->server->protocol != self->protocol)
        continue;
      if (current != NULL && postweg_server_equal (current, found->server))
        selected = self->alternatives->len;
      gtk_string_list_append (list, text);
      g_ptr_array_add (self->alternatives, postweg_server_copy (found->server));
    }
  self->filling = TRUE;
  adw_combo_row_set_model (self->found, G_LIST_MODEL (list));
  adw_combo_row_set_selected (self->found, selected);
  self->filling = FALSE;
  gtk_widget_set_visible (GTK_WIDGET (self->found), self->alternatives->len > 1);
}

/* Where the values come from. protocol: its name */
static char *
origin (const char *protocol, const PostwegFoundServer *best, const PostwegProvider *provider)
{
  if (best == NULL)
    return g_strdup_printf (
        _("The %s server is not known to Postweg: your provider’s instructions name it."), protocol);
  if (provider != NULL && strcmp (best->source, "table") == 0)
    return g_strdup_printf (_("The %s server from Postweg’s own table, as %s had it in %s"), protocol,
                               provider->name, provider->date);
  return g_strdup_printf (_("The %s server. Source: %s. %s"), protocol, postweg_origin_source (best->source),
                             postweg_origin_trust (best->trust));
}

static void
add_conflicts (PostwegServerGroup *self, const PostwegDiscovery *discovery, GString *text)
{
  for (guint i = 0; discovery != NULL && i < discovery->conflicts->len; i++)
    {
      const PostwegConflict *conflict = g_ptr_array_index (discovery->conflicts, i);
      g_autofree char *words = postweg_origin_conflict (conflict);

      if (conflict->protocol == self->protocol)
        g_string_append_printf (text, "\n%s", words);
    }
}

static void
find_origin (PostwegServerGroup *self, const PostwegDiscovery *discovery)
{
  static const char *const names[] = { "IMAP", "POP3", "SMTP" };
  const PostwegFoundServer *best =
      discovery != NULL ? postweg_discovery_best (discovery, self->protocol) : NULL;
  g_autofree char *words =
      origin (names[self->protocol], best, discovery != NULL ? discovery->provider : NULL);
  GString *text = g_string_new (words);

  add_conflicts (self, discovery, text);
  g_free (self->origin);
  self->origin = g_string_free (text, FALSE);
  postweg_server_free (self->best);
  self->best = best != NULL ? postweg_server_copy (best->server) : NULL;
  adw_preferences_group_set_header_suffix (self->group,
                                           best != NULL ? postweg_origin_badge (best->trust) : NULL);
}

static void
postweg_server_group_dispose (GObject *object)
{
  PostwegServerGroup *self = POSTWEG_SERVER_GROUP (object);

  g_clear_pointer (&self->alternatives, g_ptr_array_unref);
  g_clear_pointer (&self->best, postweg_server_free);
  g_clear_pointer (&self->origin, g_free);
  G_OBJECT_CLASS (postweg_server_group_parent_class)->dispose (object);
}

static void
postweg_server_group_class_init (PostwegServerGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = postweg_server_group_dispose;
  changed_signal = g_signal_new ("changed", POSTWEG_TYPE_SERVER_GROUP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/postweg/Postweg/server-group.ui");
  gtk_widget_class_bind_template_child (widget_class, PostwegServerGroup, group);
  gtk_widget_class_bind_template_child (widget_class, PostwegServerGroup, found);
  gtk_widget_class_bind_template_child (widget_class, PostwegServerGroup, host);
  gtk_widget_class_bind_template_child (widget_class, PostwegServerGroup, security);
  gtk_widget_class_bind_template_child (widget_class, PostwegServerGroup, port);
  gtk_widget_class_bind_template_child (widget_class, PostwegServerGroup, auth);
  gtk_widget_class_bind_template_child (widget_class, PostwegServerGroup, user);
  gtk_widget_class_bind_template_child (widget_class, PostwegServerGroup, words);
  gtk_widget_class_bind_template_child (widget_class, PostwegServerGroup, bare);
  gtk_widget_class_bind_template_callback (widget_class, alternative_chosen);
  gtk_widget_class_bind_template_callback (widget_class, host_changed);
  gtk_widget_class_bind_template_callback (widget_class, security_changed);
  gtk_widget_class_bind_template_callback (widget_class, port_changed);
  gtk_widget_class_bind_template_callback (widget_class, auth_changed);
  gtk_widget_class_bind_template_callback (widget_class, user_changed);
}

static void
postweg_server_group_init (PostwegServerGroup *self)
{
  self->origin = g_strdup ("");
  self->alternatives = g_ptr_array_new_with_free_func ((GDestroyNotify) postweg_server_free);
  self->filling = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  fill_securities (self->security);
  fill_auths (self->auth);
  self->filling = FALSE;
  postweg_parts_name_entry (GTK_WIDGET (self->host), _("Server"));
  postweg_parts_name_entry (GTK_WIDGET (self->port), _("Port"));
  postweg_parts_name_entry (GTK_WIDGET (self->user), _("User Name"));
  postweg_parts_name (GTK_WIDGET (self->security), _("Security"));
  postweg_parts_name (GTK_WIDGET (self->auth), _("Sign-In Method"));
  postweg_parts_name (GTK_WIDGET (self->found), _("Known Servers"));
}

void
postweg_server_group_set_name (PostwegServerGroup *self, const char *name)
{
  adw_preferences_group_set_title (self->group, name);
  postweg_parts_name (GTK_WIDGET (self), name);
}

void
postweg_server_group_fill (PostwegServerGroup *self, PostwegProtocol protocol, const PostwegServer *server,
                           const PostwegDiscovery *discovery)
{
  g_autoptr (PostwegServer) empty = postweg_server_new (protocol, "", 0, POSTWEG_TLS, "");

  self->protocol = protocol;
  offer (self, discovery, server);
  find_origin (self, discovery);
  fill_rows (self, server != NULL ? server : empty);
  show_origin (self);
  say (self, NULL);
}

PostwegServer *
postweg_server_group_read (PostwegServerGroup *self)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (self->host)));
  g_autofree char *host = postweg_host_normalise (text);
  g_autofree char *user = g_strstrip (g_strdup (gtk_editable_get_text (self->user)));
  PostwegAuth auth = (PostwegAuth) adw_combo_row_get_selected (self->auth);
  guint port = port_of (self);
  PostwegServer *server;

  if (host == NULL || port == 0 || (auth != POSTWEG_AUTH_NONE && *user == '\0'))
    return NULL;
  server = postweg_server_new (self->protocol, host, (guint16) port, security_of (self),
                               auth != POSTWEG_AUTH_NONE ? user : "");
  server->auth = auth;
  return server;
}

gboolean
postweg_server_group_check (PostwegServerGroup *self)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (self->host)));
  g_autofree char *host = postweg_host_normalise (text);
  g_autoptr (PostwegServer) server = postweg_server_group_read (self);
  gboolean port = port_of (self) > 0;
  GtkEditable *faulty = host == NULL ? self->host : port ? self->user : self->port;

  postweg_parts_mark (GTK_WIDGET (self->host), host == NULL);
  postweg_parts_mark (GTK_WIDGET (self->port), !port);
  postweg_parts_mark (GTK_WIDGET (self->user), server == NULL && host != NULL && port);
  if (server != NULL)
    say (self, NULL);
  else if (host == NULL)
    say (self, *text == '\0'
         ? _("Enter the server’s name, such as mail.example.org.")
         : _("This cannot be a server’s name. It looks like mail.example.org, without blanks and slashes."));
  else
    say (self, port ? _("Enter the user name that the server knows you by; mostly it is the whole address.")
                    : _("Enter a port from 1 to 65535, or empty the field for the usual one."));
  if (server == NULL)
    gtk_widget_grab_focus (GTK_WIDGET (faulty));
  return server != NULL;
}
