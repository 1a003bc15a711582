/* Servers: where mail comes in and goes out, filled in and editable. */
#include "ui/pages/servers.h"
#include "ui/compat.h"
#include "ui/parts/fold-layout.h"
#include "ui/parts/server-group.h"
#include <glib/gi18n-lib.h>

struct _PostwegPageServers {
  PostwegPage parent_instance;
  PostwegServerGroup *incoming, *outgoing;
  GtkWidget *users, *others;
  AdwActionRow *others_row;
  PostwegAccount *shown; /* what the rows were filled with, or said when the page was left */
};

G_DEFINE_FINAL_TYPE (PostwegPageServers, postweg_page_servers, POSTWEG_TYPE_PAGE)

static void
compare_users (PostwegPageServers *self)
{
  g_autoptr (PostwegServer) incoming = postweg_server_group_read (self->incoming);
  g_autoptr (PostwegServer) outgoing = postweg_server_group_read (self->outgoing);

  gtk_widget_set_visible (self->users, incoming != NULL && outgoing != NULL &&
                                           outgoing->auth != POSTWEG_AUTH_NONE &&
                                           g_strcmp0 (incoming->user, outgoing->user) != 0);
}

/* Returns: (transfer full): what is known, with the address as the user name where nothing is */
static PostwegAccount *
proposal (PostwegJourney *journey)
{
  const PostwegDiscovery *discovery = postweg_journey_get_discovery (journey);
  PostwegProtocol protocol = postweg_journey_get_protocol (journey);
  const char *address = postweg_journey_get_address (journey);
  const PostwegFoundServer *incoming = postweg_discovery_best (discovery, protocol);
  const PostwegFoundServer *outgoing = postweg_discovery_best (discovery, POSTWEG_SMTP);
  g_autoptr (PostwegServer) unknown_incoming = postweg_server_new (protocol, "", 0, POSTWEG_TLS, address);
  g_autoptr (PostwegServer) unknown_outgoing = postweg_server_new (POSTWEG_SMTP, "", 0, POSTWEG_TLS, address);

  return postweg_account_new (postweg_journey_get_name (journey), address,
                              incoming != NULL ? incoming->server : unknown_incoming,
                              outgoing != NULL ? outgoing->server : unknown_outgoing);
}

/* Where nobody who was asked knows anything, the ones who were not are named. */
static void
show_others (PostwegPageServers *self, const PostwegDiscovery *discovery)
{
  gboolean known = discovery == NULL || discovery->servers->len > 0 || discovery->askable->len == 0;
  g_autoptr (GString) hosts = g_string_new (NULL);
  g_autofree char *text = NULL;

  gtk_widget_set_visible (self->others, !known);
  for (guint i = 0; !known && i < discovery->askable->len; i++)
    {
      const PostwegAskable *askable = g_ptr_array_index (discovery->askable, i);

      g_string_append_printf (hosts, "%s%s", hosts->len > 0 ? ", " : "", askable->host);
    }
  text = g_strdup_printf (_("Not asked, since you have not agreed: %s"), hosts->str);
  adw_action_row_set_subtitle (self->others_row, text);
}

static void
others_wanted (PostwegPageServers *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.show-page", "s", "PostwegPageAddress");
}

static void
show (PostwegPageServers *self, PostwegAccount *account)
{
  postweg_account_free (self->shown);
  self->shown = account;
}

/* Programs that only fetch or only send have one side. */
static gboolean
has_side (PostwegPageServers *self, PostwegSide side)
{
  PostwegJourney *journey = postweg_page_get_journey (POSTWEG_PAGE (self));
  PostwegSide has = postweg_place_side (postweg_journey_get_place (journey));

  return has == POSTWEG_BOTH || has == side;
}

static void
fill (PostwegPageServers *self, const PostwegAccount *account, const PostwegDiscovery *discovery)
{
  PostwegProtocol protocol =
      account->incoming != NULL
          ? account->incoming->protocol
          : postweg_journey_get_protocol (postweg_page_get_journey (POSTWEG_PAGE (self)));

  postweg_server_group_fill (self->incoming, protocol, account->incoming, discovery);
  postweg_server_group_fill (self->outgoing, POSTWEG_SMTP, account->outgoing, discovery);
}

/* Rows that the person has half filled are left as they are when nothing else was chosen meanwhile. */
static void
enter (PostwegPage *page)
{
  PostwegPageServers *self = POSTWEG_PAGE_SERVERS (page);
  PostwegJourney *journey = postweg_page_get_journey (page);
  const PostwegDiscovery *discovery = postweg_journey_get_discovery (journey);
  const PostwegAccount *chosen = postweg_journey_get_account (journey);
  g_autoptr (PostwegAccount) account = chosen != NULL ? postweg_account_copy (chosen) : proposal (journey);

  if (self->shown == NULL || !postweg_account_equal (self->shown, account))
    fill (self, account, discovery);
  show (self, g_steal_pointer (&account));
  gtk_widget_set_visible (GTK_WIDGET (self->incoming), has_side (self, POSTWEG_RECEIVE));
  gtk_widget_set_visible (GTK_WIDGET (self->outgoing), has_side (self, POSTWEG_SEND));
  compare_users (self);
  show_others (self, discovery);
}

/* Returns: (transfer full): the account as the rows say, or NULL */
static PostwegAccount *
read_account (PostwegPageServers *self)
{
  PostwegJourney *journey = postweg_page_get_journey (POSTWEG_PAGE (self));
  gboolean receives = has_side (self, POSTWEG_RECEIVE), sends = has_side (self, POSTWEG_SEND);
  g_autoptr (PostwegServer) incoming = receives ? postweg_server_group_read (self->incoming) : NULL;
  g_autoptr (PostwegServer) outgoing = sends ? postweg_server_group_read (self->outgoing) : NULL;
  PostwegAccount *account;

  if ((receives && incoming == NULL) || (sends && outgoing == NULL))
    return NULL;
  account = postweg_account_new (postweg_journey_get_name (journey), postweg_journey_get_address (journey),
                                 incoming, outgoing);
  account->pop = *postweg_journey_get_pop_options (journey);
  return account;
}

static gboolean
is_bare (const PostwegServer *server)
{
  return server != NULL && server->security == POSTWEG_PLAIN && server->auth != POSTWEG_AUTH_NONE &&
         !postweg_host_is_loopback (server->host);
}

static void
confirmed (gboolean yes, gpointer data)
{
  g_autoptr (PostwegPageServers) self = data;

  if (!yes)
    return;
  postweg_journey_set_plaintext_confirmed (postweg_page_get_journey (POSTWEG_PAGE (self)), TRUE);
  postweg_page_done (POSTWEG_PAGE (self));
}

static void
ask_plaintext (PostwegPageServers *self)
{
  const PostwegQuestion question = {
    .heading = _("Sign In Without Encryption?"),
                  .body = _("Your password would cross the network in plain text, and everybody on the way could read it. Nearly every provider offers SSL/TLS or STARTTLS."),
                             .yes = _("Use It Anyway"), .no = _("Cancel"), .dangerous = TRUE,
                             };

  postweg_compat_ask (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), &question, confirmed,
                      g_object_ref (self));
}

static void
go_on (PostwegPage *page)
{
  PostwegPageServers *self = POSTWEG_PAGE_SERVERS (page);
  PostwegJourney *journey = postweg_page_get_journey (page);
  g_autoptr (PostwegAccount) account = NULL;

  /* both are checked, so that everything is said at once; the focus goes to the first that is wrong */
  gboolean outgoing = !has_side (self, POSTWEG_SEND) || postweg_server_group_check (self->outgoing);
  if ((has_side (self, POSTWEG_RECEIVE) && !postweg_server_group_check (self->incoming)) || !outgoing)
    return;
  account = read_account (self);
  postweg_journey_set_account (journey, account);
  if ((is_bare (account->incoming) || is_bare (account->outgoing)) &&
      !postweg_journey_get_plaintext_confirmed (journey))
    ask_plaintext (self);
  else
    postweg_page_done (page);
}

/* What was edited is kept when the person goes back to look at something. */
static void
leave (PostwegPage *page)
{
  PostwegPageServers *self = POSTWEG_PAGE_SERVERS (page);
  PostwegAccount *account = read_account (self);

  if (account == NULL)
    return;
  postweg_journey_set_account (postweg_page_get_journey (page), account);
  show (self, account);
}

static void
dispose (GObject *object)
{
  g_clear_pointer (&POSTWEG_PAGE_SERVERS (object)->shown, postweg_account_free);
  G_OBJECT_CLASS (postweg_page_servers_parent_class)->dispose (object);
}

static void
postweg_page_servers_class_init (PostwegPageServersClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  PostwegPageClass *page_class = POSTWEG_PAGE_CLASS (klass);

  g_type_ensure (POSTWEG_TYPE_FOLD_LAYOUT);
  g_type_ensure (POSTWEG_TYPE_SERVER_GROUP);
  G_OBJECT_CLASS (klass)->dispose = dispose;
  page_class->enter = enter;
  page_class->leave = leave;
  page_class->go_on = go_on;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/postweg/Postweg/page-servers.ui");
  gtk_widget_class_bind_template_child (widget_class, PostwegPageServers, incoming);
  gtk_widget_class_bind_template_child (widget_class, PostwegPageServers, outgoing);
  gtk_widget_class_bind_template_child (widget_class, PostwegPageServers, users);
  gtk_widget_class_bind_template_child (widget_class, PostwegPageServers, others);
  gtk_widget_class_bind_template_child (widget_class, PostwegPageServers, others_row);
  gtk_widget_class_bind_template_callback (widget_class, others_wanted);
  gtk_widget_class_bind_template_callback (widget_class, compare_users);
}

static void
postweg_page_servers_init (PostwegPageServers *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  postweg_server_group_set_name (self->incoming, _("Incoming Server"));
  postweg_server_group_set_name (self->outgoing, _("Outgoing Server"));
}
