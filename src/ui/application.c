/* Starting up, the command line of the window, About. */
#include "ui/application.h"
#include "ui/compat.h"
#include "ui/remember.h"
#include "ui/window.h"
#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <sysexits.h>

struct _PostwegApplication {
  AdwApplication parent_instance;
  char *trust_file;
};

G_DEFINE_FINAL_TYPE (PostwegApplication, postweg_application, ADW_TYPE_APPLICATION)

static void
about (GSimpleAction *action G_GNUC_UNUSED, GVariant *parameter G_GNUC_UNUSED, gpointer application)
{
  postweg_compat_show_about (gtk_application_get_active_window (application));
}

static void
shortcuts (GSimpleAction *action G_GNUC_UNUSED, GVariant *parameter G_GNUC_UNUSED, gpointer application)
{
  GtkWindow *window = gtk_application_get_active_window (application);

  if (window != NULL)
    postweg_compat_show_shortcuts (window);
}

static void
help (GSimpleAction *action G_GNUC_UNUSED, GVariant *parameter G_GNUC_UNUSED, gpointer application)
{
  GtkWindow *window = gtk_application_get_active_window (application);

  if (window != NULL)
    postweg_compat_open (window, "help:postweg", NULL, NULL);
}

/* The help is for those who have a program that shows it; the window explains itself without. */
static void
enable_help (GApplication *application)
{
  g_autoptr (GAppInfo) viewer = g_app_info_get_default_for_uri_scheme ("help");

  g_simple_action_set_enabled (
      G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (application), "help")), viewer != NULL);
}

/* Dialogs first: they would keep the application alive without the window they belong to. */
static void
quit (GSimpleAction *action G_GNUC_UNUSED, GVariant *parameter G_GNUC_UNUSED, gpointer application)
{
  g_autoptr (GList) windows = g_list_copy (gtk_application_get_windows (application));

  for (GList *link = windows; link != NULL; link = link->next)
    if (!POSTWEG_IS_WINDOW (link->data))
      gtk_window_destroy (link->data);
  for (GList *link = windows; link != NULL; link = link->next)
    if (POSTWEG_IS_WINDOW (link->data))
      gtk_window_close (link->data);
}

static void
need_display (void)
{
  if (gtk_init_check ())
    return;
  g_printerr ("%s\n", _("There is no display that a window could open on. The same can be done in a terminal with “postweg-cli”; “postweg-cli --help” tells how."));
  exit (EX_UNAVAILABLE);
}

static void
startup (GApplication *application)
{
  static const GActionEntry actions[] = { { .name = "about", .activate = about },
                                          { .name = "help", .activate = help },
                                          { .name = "quit", .activate = quit },
                                          { .name = "shortcuts", .activate = shortcuts } };
  static const char *const help_keys[] = { "F1", NULL };
  static const char *const quit_keys[] = { "<Control>q", NULL };
  static const char *const shortcuts_keys[] = { "<Control>question", NULL };

  need_display ();
  G_APPLICATION_CLASS (postweg_application_parent_class)->startup (application);
  gtk_window_set_default_icon_name ("org.postweg.Postweg");
  g_action_map_add_action_entries (G_ACTION_MAP (application), actions, G_N_ELEMENTS (actions), application);
  enable_help (application);
  gtk_application_set_accels_for_action (GTK_APPLICATION (application), "app.help", help_keys);
  gtk_application_set_accels_for_action (GTK_APPLICATION (application), "app.quit", quit_keys);
  gtk_application_set_accels_for_action (GTK_APPLICATION (application), "app.shortcuts", shortcuts_keys);
}

static void
activate (GApplication *application)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (application));

  if (window == NULL)
    {
      g_autoptr (PostwegJourney) journey = postweg_journey_new ();

      postweg_remember_load (journey);
      postweg_journey_set_trust_file (journey, POSTWEG_APPLICATION (application)->trust_file);
      window = GTK_WINDOW (postweg_window_new (ADW_APPLICATION (application), journey));
    }
  gtk_window_present (window);
}

static int
handle_local_options (GApplication *application, GVariantDict *options)
{
  PostwegApplication *self = POSTWEG_APPLICATION (application);

  /* a window that is open already would not know of the file */
  if (g_variant_dict_lookup (options, "trust-file", "^ay", &self->trust_file))
    g_application_set_flags (application, g_application_get_flags (application) | G_APPLICATION_NON_UNIQUE);
  return -1;
}

static void
finalize (GObject *object)
{
  g_free (POSTWEG_APPLICATION (object)->trust_file);
  G_OBJECT_CLASS (postweg_application_parent_class)->finalize (object);
}

static void
postweg_application_class_init (PostwegApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = finalize;
  application_class->startup = startup;
  application_class->activate = activate;
  application_class->handle_local_options = handle_local_options;
}

static void
postweg_application_init (PostwegApplication *self)
{
  g_application_add_main_option (G_APPLICATION (self), "trust-file", 0, 0, G_OPTION_ARG_FILENAME,
                                 N_ ("Trust the authorities in this PEM file too"), N_ ("PEM"));
}

PostwegApplication *
postweg_application_new (void)
{
  return g_object_new (POSTWEG_TYPE_APPLICATION, "application-id", "org.postweg.Postweg", NULL);
}
