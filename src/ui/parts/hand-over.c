/* Nothing secret goes anywhere without a switch that says so; a file begins without the password, a keyring with it. */
#include "ui/parts/hand-over.h"
#include "ui/compat.h"
#include "ui/parts/parts.h"
#include <glib/gi18n-lib.h>

struct _PostwegHandOver {
  AdwPreferencesGroup parent_instance;
  PostwegJourney *journey;
  PostwegKnownProgram known; /* .id NULL: none */
  AdwActionRow *password_row, *folder_row;
  GtkSwitch *password;
  char *folder;
};

G_DEFINE_FINAL_TYPE (PostwegHandOver, postweg_hand_over, ADW_TYPE_PREFERENCES_GROUP)

static guint changed_signal;

/* clang-format off */
static const struct {
  const char *title, *subtitle;
} ways[] = {
  [POSTWEG_PASSWORD_KEYRING] = { N_ ("Keep the Password in the Keyring"), N_ ("The program finds it there and does not ask for it.") },
  [POSTWEG_PASSWORD_FILE] = { N_ ("Put the Password in, Too"), N_ ("Whoever sees it can read your mail. Without it, you are asked for the password there.") },
  [POSTWEG_PASSWORD_NEEDED] = { N_ ("Put the Password in"), N_ ("It does not work without. Whoever sees it can read your mail.") },
};
/* clang-format on */

static const PostwegCredentials *
credentials_of (PostwegHandOver *self)
{
  const PostwegCredentials *credentials =
      self->journey != NULL ? postweg_journey_get_credentials (self->journey) : NULL;

  return credentials != NULL && (credentials->incoming != NULL || credentials->outgoing != NULL) ? credentials
                                                                                                 : NULL;
}

static gboolean
asks_password (PostwegHandOver *self)
{
  return self->known.id != NULL && self->known.password != POSTWEG_PASSWORD_ASKED &&
         credentials_of (self) != NULL;
}

static void
show_password (PostwegHandOver *self)
{
  const char *title, *subtitle;

  gtk_widget_set_visible (GTK_WIDGET (self->password_row), asks_password (self));
  if (!asks_password (self))
    return;
  title = _(ways[self->known.password].title);
  subtitle = _(ways[self->known.password].subtitle);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->password_row), title);
  adw_action_row_set_subtitle (self->password_row, subtitle);
  postweg_parts_name (GTK_WIDGET (self->password_row), title);
  postweg_parts_name (GTK_WIDGET (self->password), title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->password), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  subtitle, -1);
}

static void
show_folder (PostwegHandOver *self)
{
  g_autofree char *path = postweg_parts_path (self->folder);

  gtk_widget_set_visible (GTK_WIDGET (self->folder_row), self->known.is_output);
  adw_action_row_set_subtitle (self->folder_row, path);
}

static void
switched (PostwegHandOver *self)
{
  g_signal_emit (self, changed_signal, 0);
}

static void
folder_chosen (GFile *folder, gpointer data)
{
  g_autoptr (PostwegHandOver) self = data;

  if (folder != NULL && self->folder != NULL)
    postweg_hand_over_set_folder (self, folder);
}

static void
folder_wanted (PostwegHandOver *self)
{
  postweg_compat_choose_folder (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                                _("Choose a Folder"), folder_chosen, g_object_ref (self));
}

static void
dispose (GObject *object)
{
  PostwegHandOver *self = POSTWEG_HAND_OVER (object);

  g_clear_object (&self->journey);
  g_clear_pointer (&self->folder, g_free);
  G_OBJECT_CLASS (postweg_hand_over_parent_class)->dispose (object);
}

static void
postweg_hand_over_class_init (PostwegHandOverClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dispose;
  changed_signal = g_signal_new ("changed", POSTWEG_TYPE_HAND_OVER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/postweg/Postweg/hand-over.ui");
  gtk_widget_class_bind_template_child (widget_class, PostwegHandOver, password_row);
  gtk_widget_class_bind_template_child (widget_class, PostwegHandOver, password);
  gtk_widget_class_bind_template_child (widget_class, PostwegHandOver, folder_row);
  gtk_widget_class_bind_template_callback (widget_class, switched);
  gtk_widget_class_bind_template_callback (widget_class, folder_wanted);
}

static void
postweg_hand_over_init (PostwegHandOver *self)
{
  const char *documents = g_get_user_special_dir (G_USER_DIRECTORY_DOCUMENTS);

  gtk_widget_init_template (GTK_WIDGET (self));
  self->folder = g_build_filename (documents != NULL ? documents : g_get_home_dir (), "Postweg", NULL);
}

void
postweg_hand_over_show (PostwegHandOver *self, PostwegJourney *journey, const char *program)
{
  gboolean same = g_strcmp0 (program, self->known.id) == 0;

  g_set_object (&self->journey, journey);
  if (program == NULL || !postweg_checkup_find_known_program (program, &self->known))
    self->known = (PostwegKnownProgram){ .id = NULL };
  if (!same)
    gtk_switch_set_active (self->password, self->known.password == POSTWEG_PASSWORD_KEYRING);
  show_password (self);
  show_folder (self);
  gtk_widget_set_visible (GTK_WIDGET (self), asks_password (self) || self->known.is_output);
}

char *
postweg_hand_over_obstacle (PostwegHandOver *self)
{
  if (self->known.id == NULL || self->known.password != POSTWEG_PASSWORD_NEEDED)
    return NULL;
  if (credentials_of (self) == NULL)
    return g_strdup_printf (_("The code for %s holds the password. Go back and enter it first."),
                               self->known.name);
  if (gtk_switch_get_active (self->password))
    return NULL;
  return g_strdup_printf (_("The code for %s holds the password. Allow that below, then go on."),
                             self->known.name);
}

void
postweg_hand_over_fill (PostwegHandOver *self, PostwegExportRequest *request)
{
  if (self->known.is_output)
    request->output = g_strdup (self->folder);
  if (!asks_password (self) || !gtk_switch_get_active (self->password))
    return;
  request->credentials = postweg_credentials_copy (credentials_of (self));
  request->password_in_file = self->known.password != POSTWEG_PASSWORD_KEYRING;
}

const char *
postweg_hand_over_get_folder (PostwegHandOver *self)
{
  return self->known.is_output ? self->folder : NULL;
}

void
postweg_hand_over_set_folder (PostwegHandOver *self, GFile *folder)
{
  char *path = g_file_get_path (folder);

  /* a place on the network that is not mounted has no path */
  if (path == NULL)
    return;
  g_free (self->folder);
  self->folder = path;
  show_folder (self);
  g_signal_emit (self, changed_signal, 0);
}
