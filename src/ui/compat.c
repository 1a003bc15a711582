/* AdwAboutWindow and AdwMessageDialog, deprecated since libadwaita 1.6, in one place. */
#include "ui/compat.h"
#include "checkup/postweg-paths.h"
#include <glib/gi18n-lib.h>

typedef struct {
  void (*done) (gboolean yes, gpointer data);
  gpointer data;
} Answer;

G_GNUC_BEGIN_IGNORE_DEPRECATIONS

void
postweg_compat_show_about (GtkWindow *parent)
{
  adw_show_about_window (parent, "application-name", "Postweg", "application-icon", "org.postweg.Postweg",
                         "version", POSTWEG_VERSION, "license-type", GTK_LICENSE_GPL_3_0, "comments",
                         _("Makes an e-mail account work, and proves it."), NULL);
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

G_GNUC_END_IGNORE_DEPRECATIONS
