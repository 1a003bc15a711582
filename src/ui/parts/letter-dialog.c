/* The letter stands in a window of its own, beside the result that it is about. */
#include "ui/parts/letter-dialog.h"
#include "ui/compat.h"
#include "ui/parts/fold-layout.h"
#include <glib/gi18n-lib.h>
#include <string.h>

#define POSTWEG_TYPE_LETTER_DIALOG (postweg_letter_dialog_get_type ())
G_DECLARE_FINAL_TYPE (PostwegLetterDialog, postweg_letter_dialog, POSTWEG, LETTER_DIALOG, AdwWindow)

struct _PostwegLetterDialog {
  AdwWindow parent_instance;
  GtkTextView *text;
  GtkLabel *news;
};

G_DEFINE_FINAL_TYPE (PostwegLetterDialog, postweg_letter_dialog, ADW_TYPE_WINDOW)

/* Returns: (transfer full) */
static char *
letter_of (PostwegLetterDialog *self)
{
  char *letter;

  g_object_get (gtk_text_view_get_buffer (self->text), "text", &letter, NULL);
  return letter;
}

static void
say (PostwegLetterDialog *self, const char *words)
{
  gtk_label_set_label (self->news, words);
  gtk_widget_set_visible (GTK_WIDGET (self->news), TRUE);
}

static void
copy (PostwegLetterDialog *self)
{
  g_autofree char *letter = letter_of (self);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), letter);
  say (self, _("The letter was copied. You can paste it now."));
}

static void
opened (gboolean there, gpointer data)
{
  g_autoptr (PostwegLetterDialog) self = data;

  if (self->news == NULL)
    return;
  say (self, there ? _("The letter is in your mail program. Enter who it is for, and send it.")
                   : _("No mail program has taken the letter. Copy it, and paste it where you write mail."));
}

static void
open_in_program (PostwegLetterDialog *self)
{
  g_autofree char *letter = letter_of (self);
  g_autofree char *uri = postweg_letter_uri (letter);

  postweg_compat_open (GTK_WINDOW (self), uri, opened, g_object_ref (self));
}

static void
dispose (GObject *object)
{
  POSTWEG_LETTER_DIALOG (object)->news = NULL;
  G_OBJECT_CLASS (postweg_letter_dialog_parent_class)->dispose (object);
}

static void
postweg_letter_dialog_class_init (PostwegLetterDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (POSTWEG_TYPE_FOLD_LAYOUT);
  G_OBJECT_CLASS (klass)->dispose = dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/postweg/Postweg/letter-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, PostwegLetterDialog, text);
  gtk_widget_class_bind_template_child (widget_class, PostwegLetterDialog, news);
  gtk_widget_class_bind_template_callback (widget_class, copy);
  gtk_widget_class_bind_template_callback (widget_class, open_in_program);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_w, GDK_CONTROL_MASK, "window.close", NULL);
}

static void
postweg_letter_dialog_init (PostwegLetterDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
postweg_letter_dialog_present (GtkWindow *parent, const char *letter)
{
  PostwegLetterDialog *self = g_object_new (POSTWEG_TYPE_LETTER_DIALOG, "transient-for", parent, NULL);

  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->text), letter, -1);
  gtk_window_present (GTK_WINDOW (self));
}

char *
postweg_letter_uri (const char *letter)
{
  const char *end = strchrnul (letter, '\n');
  const char *colon = memchr (letter, ':', (gsize) (end - letter));
  const char *start = colon != NULL ? colon + 1 : letter;
  g_autofree char *line = g_strstrip (g_strndup (start, (gsize) (end - start)));
  g_autofree char *subject = g_uri_escape_string (line, NULL, FALSE);
  g_autoptr (GString) text = g_string_new (end + strspn (end, "\n"));
  g_autofree char *body = NULL;

  g_string_replace (text, "\n", "\r\n", 0);
  body = g_uri_escape_string (text->str, NULL, FALSE);
  return g_strdup_printf ("mailto:?subject=%s&body=%s", subject, body);
}
