/* Reports are blackened unless the person wants them otherwise, and every button says what it has done. */
#include "ui/parts/hand-on.h"
#include "ui/compat.h"
#include "ui/parts/fold-layout.h"
#include "ui/parts/letter-dialog.h"
#include "ui/parts/parts.h"
#include <glib/gi18n-lib.h>

struct _PostwegHandOn {
  AdwPreferencesGroup parent_instance;
  PostwegJourney *journey;
  GtkSwitch *addresses;
  GtkWidget *letter;
  GtkLabel *news;
};

G_DEFINE_FINAL_TYPE (PostwegHandOn, postweg_hand_on, ADW_TYPE_PREFERENCES_GROUP)

static void
say (PostwegHandOn *self, const char *words)
{
  gtk_label_set_label (self->news, words);
  gtk_widget_set_visible (GTK_WIDGET (self->news), *words != '\0');
}

static GtkWindow *
window_of (PostwegHandOn *self)
{
  return GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
}

/* Returns: (transfer full): the report, or NULL if the result is gone meanwhile */
static char *
report (PostwegHandOn *self, const char *format)
{
  const PostwegTestResult *result = self->journey != NULL ? postweg_journey_get_result (self->journey) : NULL;

  return result != NULL ? postweg_checkup_report (result, format, gtk_switch_get_active (self->addresses))
                        : NULL;
}

static void
copy (PostwegHandOn *self)
{
  g_autofree char *text = report (self, "markdown");

  if (text == NULL)
    return;
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
  say (self, gtk_switch_get_active (self->addresses)
       ? _("The report was copied, with addresses and server names. You can paste it now.")
       : _("The report was copied, without addresses and server names. You can paste it now."));
}

/* What stood in the way of a file, and what helps; {file} is its name. */
/* clang-format off */
static const struct {
  GIOErrorEnum code;
  const char *words;
} obstacles[] = {
  { G_IO_ERROR_NO_SPACE, N_ ("There is not enough space for “{file}”. Make room, or save the report somewhere else.") },
  { G_IO_ERROR_PERMISSION_DENIED, N_ ("You may not write “{file}”. Save the report in a folder of your own.") },
  { G_IO_ERROR_READ_ONLY, N_ ("“{file}” is in a place that cannot be written to. Save the report in a folder of your own.") },
  { G_IO_ERROR_NOT_FOUND, N_ ("The folder for “{file}” does not exist any more. Choose another one.") },
  { G_IO_ERROR_NOT_DIRECTORY, N_ ("The folder for “{file}” does not exist any more. Choose another one.") },
  { G_IO_ERROR_IS_DIRECTORY, N_ ("“{file}” is a folder. Choose another name for the report.") },
  { G_IO_ERROR_FAILED, N_ ("The report could not be written to “{file}”. Save it somewhere else.") },
};
/* clang-format on */

static const char *
obstacle (const GError *error)
{
  guint i = 0;

  while (i + 1 < G_N_ELEMENTS (obstacles) && !g_error_matches (error, G_IO_ERROR, (int) obstacles[i].code))
    i++;
  return _(obstacles[i].words);
}

static void
saved (GObject *file, GAsyncResult *result, gpointer data)
{
  g_autoptr (PostwegHandOn) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) words = NULL;
  g_autofree char *name = g_file_get_parse_name (G_FILE (file));

  /* a page whose window was closed has nobody to tell */
  if (g_file_replace_contents_finish (G_FILE (file), result, NULL, &error))
    words = g_string_new (_("The report was saved as “{file}”."));
  else
    words = g_string_new (obstacle (error));
  g_string_replace (words, "{file}", name, 1);
  if (self->news != NULL)
    say (self, words->str);
}

static const char *
format_of (GFile *file)
{
  g_autofree char *base = g_file_get_basename (file);
  g_autofree char *name = g_ascii_strdown (base, -1);

  return g_str_has_suffix (name, ".md") || g_str_has_suffix (name, ".markdown") ? "markdown" : "html";
}

static void
place_chosen (GFile *file, gpointer data)
{
  g_autoptr (PostwegHandOn) self = data;

  if (file != NULL)
    postweg_hand_on_save (self, file);
}

static void
save (PostwegHandOn *self)
{
  /* Translators: the name of a file that is proposed; keep its end */
  postweg_compat_save (window_of (self), _("Save Report"), _("mail-report.html"), place_chosen,
                                                               g_object_ref (self));
}

static void
show_letter (PostwegHandOn *self)
{
  const PostwegTestResult *result = postweg_journey_get_result (self->journey);
  g_autofree char *letter = result != NULL ? postweg_checkup_letter (result) : NULL;

  if (letter != NULL)
    postweg_letter_dialog_present (window_of (self), letter);
}

static void
switched (PostwegHandOn *self)
{
  say (self, "");
}

static void
dispose (GObject *object)
{
  PostwegHandOn *self = POSTWEG_HAND_ON (object);

  self->news = NULL;
  g_clear_object (&self->journey);
  G_OBJECT_CLASS (postweg_hand_on_parent_class)->dispose (object);
}

static void
postweg_hand_on_class_init (PostwegHandOnClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (POSTWEG_TYPE_FOLD_LAYOUT);
  G_OBJECT_CLASS (klass)->dispose = dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/postweg/Postweg/hand-on.ui");
  gtk_widget_class_bind_template_child (widget_class, PostwegHandOn, addresses);
  gtk_widget_class_bind_template_child (widget_class, PostwegHandOn, letter);
  gtk_widget_class_bind_template_child (widget_class, PostwegHandOn, news);
  gtk_widget_class_bind_template_callback (widget_class, copy);
  gtk_widget_class_bind_template_callback (widget_class, save);
  gtk_widget_class_bind_template_callback (widget_class, show_letter);
  gtk_widget_class_bind_template_callback (widget_class, switched);
}

static void
postweg_hand_on_init (PostwegHandOn *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
postweg_hand_on_show (PostwegHandOn *self, PostwegJourney *journey)
{
  const PostwegTestResult *result = postweg_journey_get_result (journey);
  g_autofree char *letter = result != NULL ? postweg_checkup_letter (result) : NULL;

  g_set_object (&self->journey, journey);
  gtk_switch_set_active (self->addresses, FALSE);
  gtk_widget_set_visible (self->letter, letter != NULL);
  say (self, "");
}

void
postweg_hand_on_save (PostwegHandOn *self, GFile *file)
{
  char *text = report (self, format_of (file));
  g_autoptr (GBytes) bytes = text != NULL ? g_bytes_new_take (text, strlen (text)) : NULL;

  if (bytes != NULL)
    g_file_replace_contents_bytes_async (file, bytes, NULL, FALSE, G_FILE_CREATE_NONE, NULL, saved,
                                         g_object_ref (self));
}
