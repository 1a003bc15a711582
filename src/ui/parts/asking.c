/* Hosts are named before they are asked; what goes beyond the domain's own hosts waits for a switch. */
#include "ui/parts/asking.h"
#include "ui/parts/parts.h"
#include <glib/gi18n-lib.h>

struct _PostwegAsking {
  AdwPreferencesGroup parent_instance;
  GtkLabel *hosts;
  GtkSwitch *others, *whole_address;
  AdwActionRow *others_row, *whole_address_row;
};

G_DEFINE_FINAL_TYPE (PostwegAsking, postweg_asking, ADW_TYPE_PREFERENCES_GROUP)

static guint changed_signal;

/* Returns: (transfer full): the hosts that are asked with this consent and not with the one below it, separated */
static char *
added_hosts (const char *address, PostwegConsent consent, const char *separator)
{
  g_autoptr (GPtrArray) hosts = postweg_checkup_find_hosts (address, consent);
  g_autoptr (GPtrArray) before = postweg_checkup_find_hosts (address, consent - 1);

  for (guint i = hosts->len; i > 0; i--)
    if (g_ptr_array_find_with_equal_func (before, g_ptr_array_index (hosts, i - 1), g_str_equal, NULL))
      g_ptr_array_remove_index (hosts, i - 1);
  g_ptr_array_add (hosts, NULL);
  return g_strjoinv (separator, (char **) hosts->pdata);
}

static void
show_row (AdwActionRow *row, const char *text)
{
  adw_action_row_set_subtitle (row, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
}

static void
show_others (PostwegAsking *self, const PostwegAddress *address)
{
  g_autofree char *hosts = added_hosts (address->full, POSTWEG_CONSENT_ALL, ", ");
  g_autofree char *text =
      g_strdup_printf (_("%s and whoever takes mail for %s learn the domain"), hosts, address->domain);

  show_row (self->others_row, text);
}

static void
show_whole_address (PostwegAsking *self, const PostwegAddress *address)
{
  g_autofree char *hosts = added_hosts (address->full, POSTWEG_CONSENT_SEND_ADDRESS, ", ");
  g_autofree char *text = NULL;

  if (*hosts != '\0')
    text = g_strdup_printf (_("%s and autoconfig.%s learn %s, over an encrypted connection"), hosts,
                               address->domain, address->display);
  else
    text = g_strdup_printf (_("The domain’s own hosts learn %s, over an encrypted connection"),
                               address->display);
  show_row (self->whole_address_row, text);
}

static void
show_hosts (PostwegAsking *self, const PostwegAddress *address)
{
  g_autofree char *hosts = added_hosts (address->full, POSTWEG_CONSENT_DEFAULT, "\n");
  g_autofree char *text = g_strdup_printf (_("Your name service (DNS)\n%s"), hosts);
  const char *domain = strrchr (address->display, '@') + 1;
  g_autofree char *words =
      g_strdup_printf (_("Postweg’s own table does not have %s. When you continue, these are asked for its servers. They learn the domain, but not who you are there."),
                          domain);
  g_autofree char *markup = g_markup_escape_text (words, -1);

  gtk_label_set_label (self->hosts, text);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self), markup);
}

/* Each level holds the one before. */
static void
switched (PostwegAsking *self)
{
  gtk_widget_set_sensitive (GTK_WIDGET (self->whole_address_row), gtk_switch_get_active (self->others));
  g_signal_emit (self, changed_signal, 0);
}

static void
postweg_asking_class_init (PostwegAskingClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  changed_signal =
      g_signal_new ("changed", POSTWEG_TYPE_ASKING, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/postweg/Postweg/asking.ui");
  gtk_widget_class_bind_template_child (widget_class, PostwegAsking, hosts);
  gtk_widget_class_bind_template_child (widget_class, PostwegAsking, others);
  gtk_widget_class_bind_template_child (widget_class, PostwegAsking, others_row);
  gtk_widget_class_bind_template_child (widget_class, PostwegAsking, whole_address);
  gtk_widget_class_bind_template_child (widget_class, PostwegAsking, whole_address_row);
  gtk_widget_class_bind_template_callback (widget_class, switched);
}

static void
postweg_asking_init (PostwegAsking *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
postweg_asking_show (PostwegAsking *self, const PostwegDiscovery *recognised)
{
  g_autoptr (GPtrArray) hosts =
      recognised->address != NULL
          ? postweg_checkup_find_hosts (recognised->address->full, POSTWEG_CONSENT_DEFAULT)
          : NULL;
  gboolean asks = hosts != NULL && hosts->len > 0;

  gtk_widget_set_visible (GTK_WIDGET (self), asks);
  if (!asks)
    return;
  show_hosts (self, recognised->address);
  show_others (self, recognised->address);
  show_whole_address (self, recognised->address);
}

PostwegConsent
postweg_asking_get_consent (PostwegAsking *self)
{
  if (!gtk_switch_get_active (self->others))
    return POSTWEG_CONSENT_DEFAULT;
  return gtk_switch_get_active (self->whole_address) ? POSTWEG_CONSENT_SEND_ADDRESS : POSTWEG_CONSENT_ALL;
}

void
postweg_asking_set_consent (PostwegAsking *self, PostwegConsent consent)
{
  gtk_switch_set_active (self->others, consent >= POSTWEG_CONSENT_ALL);
  gtk_switch_set_active (self->whole_address, consent >= POSTWEG_CONSENT_SEND_ADDRESS);
}
