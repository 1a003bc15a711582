/* AdwAboutWindow and AdwMessageDialog, deprecated since libadwaita 1.6, GtkShortcutsWindow, since GTK 4.18, gtk_show_uri_full(), GtkFileChooserNative and GtkStyleContext,
 * since GTK 4.10. */
#include "ui/compat.h"
#include "checkup/postweg-paths.h"
#include <glib/gi18n-lib.h>

typedef struct {
  void (*done) (gboolean yes, gpointer data);
  gpointer data;
} Answer;

typedef struct {
  void (*done) (gboolean opened, gpointer data);
  gpointer data;
} Opening;

typedef struct {
  void (*done) (GFile *file, gpointer data);
  gpointer data;
} Saving;

G_GNUC_BEGIN_IGNORE_DEPRECATIONS

void
postweg_compat_show_about (GtkWindow *parent)
{
  adw_show_about_window (parent, "application-name", "Postweg", "application-icon", "org.postweg.Postweg",
                         "version", POSTWEG_VERSION, "license-type", GTK_LICENSE_GPL_3_0, "comments",
                         _("Makes an e-mail account work, and proves it."), NULL);
}

/* Made when it is wanted: GTK 4.8 tells screen readers of windows that were never shown, and stumbles over it. */
void
postweg_compat_show_shortcuts (GtkWindow *parent)
{
  g_autoptr (GtkBuilder) builder = gtk_builder_new_from_resource ("/org/postweg/Postweg/shortcuts.ui");
  GtkWindow *shortcuts = GTK_WINDOW (gtk_builder_get_object (builder, "shortcuts"));

  gtk_window_set_transient_for (shortcuts, parent);
  gtk_window_present (shortcuts);
}

static void
responded (AdwMessageDialog *dialog G_GNUC_UNUSED, const char *response, Answer *answer)
{
  void (*done) (gboolean yes, gpointer data) = g_steal_pointer (&answer->done);

  /* a dialog that is on its way out can still be pressed */
  if (done != NULL)
    done (g_strcmp0 (response, "yes") == 0, answer->data);
}

/* A dialog that ends with its window, unanswered, says no. */
static void
answer_free (gpointer data, GClosure *closure G_GNUC_UNUSED)
{
  Answer *answer = data;

  if (answer->done != NULL)
    answer->done (FALSE, answer->data);
  g_free (answer);
}

void
postweg_compat_ask (GtkWindow *parent, const PostwegQuestion *question,
                    void (*done) (gboolean yes, gpointer data), gpointer data)
{
  GtkWidget *dialog = adw_message_dialog_new (parent, question->heading, question->body);
  AdwMessageDialog *message = ADW_MESSAGE_DIALOG (dialog);
  Answer *answer = g_new (Answer, 1);

  *answer = (Answer){ done, data };
  adw_message_dialog_add_responses (message, "no", question->no, "yes", question->yes, NULL);
  adw_message_dialog_set_response_appearance (
      message, "yes", question->dangerous ? ADW_RESPONSE_DESTRUCTIVE : ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (message, "no");
  adw_message_dialog_set_close_response (message, "no");
  g_signal_connect_data (dialog, "response", G_CALLBACK (responded), answer, answer_free, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
shown (GObject *parent, GAsyncResult *result, gpointer data)
{
  g_autofree Opening *opening = data;
  gboolean opened = gtk_show_uri_full_finish (GTK_WINDOW (parent), result, NULL);

  if (opening->done != NULL)
    opening->done (opened, opening->data);
}

void
postweg_compat_open (GtkWindow *parent, const char *uri, void (*done) (gboolean opened, gpointer data),
                     gpointer data)
{
  Opening *opening = g_new (Opening, 1);

  *opening = (Opening){ done, data };
  gtk_show_uri_full (parent, uri, GDK_CURRENT_TIME, NULL, shown, opening);
}

static void
saving_free (gpointer data, GClosure *closure G_GNUC_UNUSED)
{
  Saving *saving = data;

  if (saving->done != NULL)
    saving->done (NULL, saving->data);
  g_free (saving);
}

static void
place_chosen (GtkNativeDialog *dialog, int response, Saving *saving)
{
  g_autoptr (GFile) file =
      response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog)) : NULL;
  void (*done) (GFile * file, gpointer data) = g_steal_pointer (&saving->done);

  if (done != NULL)
    done (file, saving->data);
  gtk_native_dialog_destroy (dialog);
  g_object_unref (dialog);
}

/* Takes the dialog: nobody but this owns it until it has answered. */
static void
ask_place (GtkFileChooserNative *dialog, void (*done) (GFile *file, gpointer data), gpointer data)
{
  Saving *saving = g_new (Saving, 1);

  *saving = (Saving){ done, data };
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_data (dialog, "response", G_CALLBACK (place_chosen), saving, saving_free, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

void
postweg_compat_save (GtkWindow *parent, const char *title, const char *name,
                     void (*done) (GFile *file, gpointer data), gpointer data)
{
  GtkFileChooserNative *dialog =
      gtk_file_chooser_native_new (title, parent, GTK_FILE_CHOOSER_ACTION_SAVE, NULL, NULL);

  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), name);
  ask_place (dialog, done, data);
}

void
postweg_compat_choose_folder (GtkWindow *parent, const char *title,
                              void (*done) (GFile *folder, gpointer data), gpointer data)
{
  ask_place (gtk_file_chooser_native_new (title, parent, GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER, NULL, NULL),
             done, data);
}

GdkRGBA
postweg_compat_color (GtkWidget *widget, const char *name)
{
  GtkStyleContext *style = gtk_widget_get_style_context (widget);
  GdkRGBA color;

  if (!gtk_style_context_lookup_color (style, name, &color))
    gtk_style_context_get_color (style, &color);
  return color;
}

G_GNUC_END_IGNORE_DEPRECATIONS
