/* Password: what the provider demands first, then the password. */
#include "ui/pages/password.h"
#include "ui/parts/parts.h"
#include "ui/refused.h"
#include <glib/gi18n-lib.h>

#define APP_PASSWORD_LENGTH 16 /* letters; blanks and hyphens only make them easier to read */
#define PAUSE_MS 1200

struct _PostwegPagePassword {
  PostwegPage parent_instance;
  AdwPreferencesGroup *demands;
  PostwegRows *demand_rows;
  GtkWidget *token, *instead, *passwords, *differs_row, *keyring;
  GtkEditable *password, *sending;
  GtkSwitch *differs;
  GtkLabel *words;
  GCancellable *asking;             /* while the keyring is asked */
  PostwegCredentials *from_keyring; /* taken, and nothing typed since */
  guint pause;                      /* source */
};

G_DEFINE_FINAL_TYPE (PostwegPagePassword, postweg_page_password, POSTWEG_TYPE_PAGE)

static gboolean
is_typed (GtkEditable *entry)
{
  return *gtk_editable_get_text (entry) != '\0';
}

static gboolean
may_be_app_password (const char *text)
{
  guint letters = 0;

  for (; *text != '\0'; text++)
    {
      if (*text == ' ' || *text == '-')
        continue;
      if (!g_ascii_isalpha (*text))
        return FALSE;
      letters++;
    }
  return letters == APP_PASSWORD_LENGTH;
}

/* Whether the provider's own password is certain to be refused, and this looks like it. */
static gboolean
looks_wrong (PostwegPagePassword *self)
{
  const PostwegProvider *provider =
      postweg_journey_get_provider (postweg_page_get_journey (POSTWEG_PAGE (self)));

  if (provider == NULL || (provider->quirks & POSTWEG_QUIRK_OWN_APP_PASSWORD) == 0 ||
      !is_typed (self->password))
    return FALSE;
  return !may_be_app_password (gtk_editable_get_text (self->password));
}

static void
say (PostwegPagePassword *self, const char *words)
{
  gtk_label_set_label (self->words, words);
  gtk_widget_set_visible (GTK_WIDGET (self->words), *words != '\0');
}

/* Returns: whether this is practice, where the password is told */
static gboolean
show_practice (PostwegPagePassword *self)
{
  const PostwegPracticeBox *box = postweg_journey_get_box (postweg_page_get_journey (POSTWEG_PAGE (self)));
  g_autofree char *words = NULL;

  if (box == NULL)
    return FALSE;
  words = g_strdup_printf (_("The password of the practice mailbox is “%s”. It is known already: just go on, or try another one."),
      postweg_practice_box_password (box));
  say (self, words);
  return TRUE;
}

/* The same one again would be refused again, and some servers count. Returns: whether there is anything to say */
static gboolean
show_refused (PostwegPagePassword *self)
{
  PostwegJourney *journey = postweg_page_get_journey (POSTWEG_PAGE (self));
  PostwegSide side;

  if (!postweg_refused_password (postweg_journey_get_result (journey), &side))
    return FALSE;
  say (self, side == POSTWEG_SEND ? _("The password for sending was refused. Enter another one.")
                                  : _("The password you entered before was refused. Enter another one."));
  return TRUE;
}

static void
show_words (PostwegPagePassword *self)
{
  gboolean kept = postweg_journey_get_credentials (postweg_page_get_journey (POSTWEG_PAGE (self))) != NULL;

  if (!is_typed (self->password) && show_practice (self))
    return;
  if (looks_wrong (self))
    say (self, _("This does not look like an app password, which has 16 letters. The password of the web page is refused here."));
  else if (is_typed (self->password))
    say (self, "");
  else if (self->from_keyring != NULL)
    say (self, _("The password from the keyring is used."));
  else if (kept && !show_refused (self))
    say (self, _("The password you entered before is used again."));
  else if (!kept)
    say (self, _("You can go on without a password. Then everything up to the sign-in is tested."));
}

static gboolean
pause_over (gpointer data)
{
  PostwegPagePassword *self = data;

  self->pause = 0;
  show_words (self);
  return G_SOURCE_REMOVE;
}

static void
password_changed (PostwegPagePassword *self)
{
  if (is_typed (self->password))
    {
      g_clear_pointer (&self->from_keyring, postweg_credentials_free);
      say (self, "");
    }
  g_clear_handle_id (&self->pause, g_source_remove);
  self->pause = g_timeout_add (PAUSE_MS, pause_over, self);
}

static void
set_asking (PostwegPagePassword *self, gboolean asking)
{
  g_clear_object (&self->asking);
  if (asking)
    self->asking = g_cancellable_new ();
  gtk_widget_set_sensitive (self->keyring, !asking);
  postweg_page_set_busy (POSTWEG_PAGE (self), asking);
}

static void
keyring_answered (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer data)
{
  g_autoptr (PostwegPagePassword) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (PostwegCredentials) credentials = postweg_checkup_keyring_finish (result, &error);

  if (g_cancellable_is_cancelled (g_task_get_cancellable (G_TASK (result))))
    return;
  set_asking (self, FALSE);
  postweg_credentials_free (self->from_keyring);
  self->from_keyring = g_steal_pointer (&credentials);
  if (self->from_keyring != NULL)
    show_words (self);
  else
    say (self, error != NULL ? error->message
                             : _("The keyring has no password for these servers. Enter it above."));
}

/* Only on demand: the keyring may ask the person to unlock it. */
static void
keyring_wanted (PostwegPagePassword *self)
{
  const PostwegAccount *account =
      postweg_journey_get_account (postweg_page_get_journey (POSTWEG_PAGE (self)));

  if (self->asking != NULL || account == NULL)
    return;
  set_asking (self, TRUE);
  say (self, _("Asking the keyring …"));
  postweg_checkup_keyring (account, self->asking, keyring_answered, g_object_ref (self));
}

static PostwegSecret *
secret_in (GtkEditable *entry)
{
  return is_typed (entry) ? postweg_secret_new (gtk_editable_get_text (entry)) : NULL;
}

/* GtkPasswordEntry keeps its text in a buffer that is locked and wiped when the text goes. */
static void
forget (PostwegPagePassword *self)
{
  gtk_editable_set_text (self->password, "");
  gtk_editable_set_text (self->sending, "");
  g_clear_pointer (&self->from_keyring, postweg_credentials_free);
  g_clear_handle_id (&self->pause, g_source_remove);
}

static PostwegSecret *
incoming_of (const PostwegCredentials *credentials)
{
  return credentials != NULL && credentials->incoming != NULL ? postweg_secret_ref (credentials->incoming)
                                                              : NULL;
}

/* known: what there was before, for a field that was left empty, or NULL */
static PostwegCredentials *
typed (PostwegPagePassword *self, const PostwegCredentials *known)
{
  g_autoptr (PostwegSecret) incoming =
      is_typed (self->password) ? secret_in (self->password) : incoming_of (known);
  g_autoptr (PostwegSecret) outgoing =
      gtk_switch_get_active (self->differs) ? secret_in (self->sending) : NULL;

  return postweg_credentials_new (incoming, outgoing, NULL);
}

static void
go_on (PostwegPage *page)
{
  PostwegPagePassword *self = POSTWEG_PAGE_PASSWORD (page);
  PostwegJourney *journey = postweg_page_get_journey (page);

  if (is_typed (self->password) || (gtk_switch_get_active (self->differs) && is_typed (self->sending)))
    postweg_journey_take_credentials (journey, typed (self, self->from_keyring != NULL
                                                                ? self->from_keyring
                                                                : postweg_journey_get_credentials (journey)));
  else if (self->from_keyring != NULL)
    postweg_journey_take_credentials (journey, g_steal_pointer (&self->from_keyring));
  postweg_page_done (page);
}

static void
stop (PostwegPage *page)
{
  PostwegPagePassword *self = POSTWEG_PAGE_PASSWORD (page);

  g_cancellable_cancel (self->asking);
  set_asking (self, FALSE);
  show_words (self);
}

static char *
demand_subtitle (const PostwegPrerequisite *demand)
{
  if (*demand->url == '\0')
    return g_strdup_printf (_("As of %s"), demand->since);
  return g_strdup_printf (_("As of %s. Opens the provider’s page"), demand->since);
}

static gboolean
uses (const PostwegAccount *account, PostwegAuth auth)
{
  return (account->incoming != NULL && account->incoming->auth == auth) ||
         (account->outgoing != NULL && account->outgoing->auth == auth);
}

static gboolean
needs_password (const PostwegAccount *account)
{
  return uses (account, POSTWEG_AUTH_PASSWORD) || uses (account, POSTWEG_AUTH_ENCRYPTED);
}

/* A demand on the other incoming protocol, or on the other way to sign in, is none of this account's business. */
static gboolean
concerns (const PostwegPrerequisite *demand, const PostwegAccount *account)
{
  gboolean pop3 = account->incoming != NULL && account->incoming->protocol == POSTWEG_POP3;

  if (g_strcmp0 (demand->protocol, pop3 ? "imap" : "pop3") == 0)
    return FALSE;
  if (g_str_has_prefix (demand->code, "app-password"))
    return needs_password (account);
  return g_strcmp0 (demand->code, "oauth2") != 0 || uses (account, POSTWEG_AUTH_OAUTH2);
}

static void
show_demands (PostwegPagePassword *self, const PostwegProvider *provider, const PostwegAccount *account)
{
  guint shown = 0;

  postweg_rows_clear (self->demand_rows);
  for (guint i = 0; provider != NULL && i < provider->n_prerequisites; i++)
    {
      const PostwegPrerequisite *demand = &provider->prerequisites[i];
      g_autofree char *text = postweg_checkup_prerequisite_text (demand);
      g_autofree char *subtitle = demand_subtitle (demand);

      if (!concerns (demand, account))
        continue;
      postweg_rows_add (self->demand_rows, postweg_parts_link_row (text, subtitle, demand->url));
      shown++;
    }
  gtk_widget_set_visible (GTK_WIDGET (self->demands), shown > 0);
}

static gboolean
takes_password (const PostwegDiscovery *discovery, PostwegProtocol protocol)
{
  const PostwegFoundServer *found = postweg_discovery_best (discovery, protocol);

  for (guint i = 0; found != NULL && i < found->n_auths; i++)
    if (found->auths[i] == POSTWEG_AUTH_PASSWORD)
      return TRUE;
  return FALSE;
}

/* Where only sending was refused, another password for receiving would break what works. */
static void
offer_other_for_sending (PostwegPagePassword *self)
{
  PostwegSide side;

  if (!gtk_widget_get_visible (self->passwords) || !gtk_widget_get_visible (self->differs_row) ||
      !postweg_refused_password (postweg_journey_get_result (postweg_page_get_journey (POSTWEG_PAGE (self))),
                                 &side) ||
      side != POSTWEG_SEND)
    return;
  gtk_switch_set_active (self->differs, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->sending));
}

static void
enter (PostwegPage *page)
{
  PostwegPagePassword *self = POSTWEG_PAGE_PASSWORD (page);
  PostwegJourney *journey = postweg_page_get_journey (page);
  const PostwegAccount *account = postweg_journey_get_account (journey);
  const PostwegDiscovery *discovery = postweg_journey_get_discovery (journey);

  gtk_widget_set_visible (self->keyring, postweg_journey_get_road (journey) != POSTWEG_ROAD_PRACTICE);
  show_demands (self, postweg_journey_get_provider (journey), account);
  gtk_widget_set_visible (self->passwords, needs_password (account));
  gtk_widget_set_visible (self->token, uses (account, POSTWEG_AUTH_OAUTH2));
  gtk_widget_set_visible (self->differs_row, account->incoming != NULL && account->outgoing != NULL);
  gtk_widget_set_visible (self->instead, takes_password (discovery, postweg_journey_get_protocol (journey)) &&
                                             takes_password (discovery, POSTWEG_SMTP));
  show_words (self);
  offer_other_for_sending (self);
}

static void
password_instead (PostwegPagePassword *self)
{
  PostwegJourney *journey = postweg_page_get_journey (POSTWEG_PAGE (self));
  g_autoptr (PostwegAccount) account = postweg_account_copy (postweg_journey_get_account (journey));

  if (account->incoming != NULL)
    account->incoming->auth = POSTWEG_AUTH_PASSWORD;
  if (account->outgoing != NULL)
    account->outgoing->auth = POSTWEG_AUTH_PASSWORD;
  postweg_journey_set_account (journey, account);
  enter (POSTWEG_PAGE (self));
  gtk_widget_grab_focus (GTK_WIDGET (self->password));
}

static void
leave (PostwegPage *page)
{
  postweg_page_stop (page);
  forget (POSTWEG_PAGE_PASSWORD (page));
}

static void
dispose (GObject *object)
{
  PostwegPagePassword *self = POSTWEG_PAGE_PASSWORD (object);

  g_clear_handle_id (&self->pause, g_source_remove);
  g_clear_object (&self->asking);
  g_clear_pointer (&self->from_keyring, postweg_credentials_free);
  g_clear_pointer (&self->demand_rows, postweg_rows_free);
  G_OBJECT_CLASS (postweg_page_password_parent_class)->dispose (object);
}

static void
postweg_page_password_class_init (PostwegPagePasswordClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  PostwegPageClass *page_class = POSTWEG_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dispose;
  page_class->enter = enter;
  page_class->leave = leave;
  page_class->go_on = go_on;
  page_class->stop = stop;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/postweg/Postweg/page-password.ui");
  gtk_widget_class_bind_template_child (widget_class, PostwegPagePassword, demands);
  gtk_widget_class_bind_template_child (widget_class, PostwegPagePassword, token);
  gtk_widget_class_bind_template_child (widget_class, PostwegPagePassword, passwords);
  gtk_widget_class_bind_template_child (widget_class, PostwegPagePassword, instead);
  gtk_widget_class_bind_template_child (widget_class, PostwegPagePassword, differs_row);
  gtk_widget_class_bind_template_child (widget_class, PostwegPagePassword, password);
  gtk_widget_class_bind_template_child (widget_class, PostwegPagePassword, differs);
  gtk_widget_class_bind_template_child (widget_class, PostwegPagePassword, sending);
  gtk_widget_class_bind_template_child (widget_class, PostwegPagePassword, words);
  gtk_widget_class_bind_template_child (widget_class, PostwegPagePassword, keyring);
  gtk_widget_class_bind_template_callback (widget_class, password_changed);
  gtk_widget_class_bind_template_callback (widget_class, keyring_wanted);
  gtk_widget_class_bind_template_callback (widget_class, password_instead);
}

static gboolean
stop_history (gpointer text)
{
  gtk_editable_set_enable_undo (text, FALSE);
  return G_SOURCE_REMOVE;
}

/* A history of what is typed would lie in memory that is neither locked nor wiped. GTK begins one whenever the text is made visible, right
 * behind this signal; it is stopped before the next key comes. */
static void
visibility_changed (GtkEditable *text)
{
  g_idle_add_full (G_PRIORITY_HIGH, stop_history, g_object_ref (text), g_object_unref);
}

static void
keep_no_history (GtkEditable *entry)
{
  GtkEditable *text = gtk_editable_get_delegate (entry);

  stop_history (text);
  g_signal_connect (text, "notify::visibility", G_CALLBACK (visibility_changed), NULL);
}

static void
postweg_page_password_init (PostwegPagePassword *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->demand_rows = postweg_rows_new (self->demands);
  keep_no_history (self->password);
  keep_no_history (self->sending);
}
