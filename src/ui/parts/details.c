/* Evidence as rows that can be read and copied; each part is added to the picture and to the text at once. */
#include "ui/parts/details.h"
#include "ui/pictures/certificate-view.h"
#include "ui/parts/parts.h"
#include "ui/pictures/waterfall.h"
#include "checkup/checkup.h"
#include <glib/gi18n-lib.h>

struct _PostwegDetails {
  AdwPreferencesGroup parent_instance;
  PostwegRows *rows; /* NULL after dispose */
  GString *text;
  GtkLabel *copied;
};

G_DEFINE_FINAL_TYPE (PostwegDetails, postweg_details, ADW_TYPE_PREFERENCES_GROUP)

static guint closed_signal;

/* clang-format off */
static const struct {
  const char *fine, *broken;
} sentences[POSTWEG_N_STOPS + 1] = {
  [POSTWEG_STOP_NAME] = { N_ ("The name service knows the server and says where it is."), N_ ("The name service does not lead to the server.") },
  [POSTWEG_STOP_CONNECTION] = { N_ ("The server takes connections on this port."), N_ ("No connection to the server came about on this port.") },
  [POSTWEG_STOP_ENCRYPTION] = { N_ ("From here on everything is encrypted, and the server has proven who it is."), N_ ("No encryption that can be trusted came about.") },
  [POSTWEG_STOP_GREETING] = { N_ ("The server has greeted and said what it can do."), N_ ("The server did not greet as this kind of server does.") },
  [POSTWEG_STOP_SIGN_IN] = { N_ ("The server knows you now."), N_ ("The server did not let you in.") },
  [POSTWEG_STOP_GOAL] = { N_ ("The mailbox opens."), N_ ("The mailbox does not open.") },
  [POSTWEG_N_STOPS] = { N_ ("The server takes mails from your address."), N_ ("The server does not take mails from your address.") },
};
/* clang-format on */

static const char *
sentence (const PostwegOpened *opened)
{
  guint row = opened->stop == POSTWEG_STOP_GOAL && opened->protocol == POSTWEG_SMTP ? POSTWEG_N_STOPS
                                                                                    : (guint) opened->stop;

  if (opened->state == POSTWEG_STATION_WAITING)
    return _("It is not this station’s turn yet.");
  if (opened->state == POSTWEG_STATION_WORKING)
    return _("Postweg is waiting for the server here.");
  if (opened->state == POSTWEG_STATION_NOT_REACHED)
    return _("This station was not tested: the test ended before it, or it was not needed.");
  return opened->state == POSTWEG_STATION_BROKEN ? _(sentences[row].broken) : _(sentences[row].fine);
}

static void
add (PostwegDetails *self, const char *title, const char *words)
{
  if (words == NULL || *words == '\0')
    return;
  postweg_rows_add (self->rows, postweg_parts_fact_row (title, words));
  g_string_append_printf (self->text, "\n%s\n%s\n", title, words);
}

/* A row around a picture. */
static void
add_picture (PostwegDetails *self, const char *title, GtkWidget *picture)
{
  GtkWidget *box =
      g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL, "spacing", 9, "margin-top", 12,
                    "margin-bottom", 12, "margin-start", 12, "margin-end", 12, NULL);
  GtkWidget *heading = g_object_new (GTK_TYPE_LABEL, "label", title, "xalign", 0.0, NULL);
  GtkWidget *row = g_object_new (ADW_TYPE_PREFERENCES_ROW, "title", title, "child", box, "activatable", FALSE,
                                 "focusable", FALSE, NULL);

  gtk_widget_add_css_class (heading, "caption");
  gtk_widget_add_css_class (heading, "dim-label");
  gtk_box_append (GTK_BOX (box), heading);
  gtk_box_append (GTK_BOX (box), picture);
  postweg_parts_name (row, title);
  postweg_rows_add (self->rows, row);
}

static char *
attempt_words (const PostwegAttempt *attempt)
{
  const char *family = attempt->ipv6 ? "IPv6" : "IPv4";
  g_autofree char *why = NULL;

  if (attempt->error == POSTWEG_OK)
    return g_strdup_printf (_("✓ %s, %s answered after %u ms"), family, attempt->address, attempt->ms);
  if (attempt->error == POSTWEG_ERROR_OUT_OF_TIME)
    return g_strdup_printf (_("– %s, %s was let go, another one was faster"), family, attempt->address);
  why = postweg_checkup_error_text (attempt->error);
  return g_strdup_printf (_("✕ %s, %s did not answer in %u ms (%s)"), family, attempt->address, attempt->ms,
                             why);
}

static void
add_attempts (PostwegDetails *self, const PostwegEvidence *evidence)
{
  g_autoptr (GString) lines = g_string_new (NULL);

  for (guint i = 0; i < evidence->attempts->len; i++)
    {
      g_autofree char *words = attempt_words (g_ptr_array_index (evidence->attempts, i));

      g_string_append_printf (lines, "%s%s", lines->len > 0 ? "\n" : "", words);
    }
  add (self, _("Addresses Tried"), lines->str);
}

static void
add_certificate (PostwegDetails *self, const PostwegTlsFacts *tls)
{
  g_autoptr (GString) lines = g_string_new (NULL);
  GtkWidget *picture = postweg_certificate_view_new (tls, lines);

  if (picture == NULL)
    return;
  add_picture (self, _("Certificates"), picture);
  g_string_append_printf (self->text, "\n%s\n%s", _("Certificates"), lines->str);
}

static void
add_times (PostwegDetails *self, const PostwegOpened *opened)
{
  g_autoptr (GString) lines = g_string_new (NULL);
  GtkWidget *picture = postweg_waterfall_new (opened->evidence, opened->stop, lines);

  if (picture == NULL)
    return;
  add_picture (self, _("Where the Time Went"), picture);
  g_string_append_printf (self->text, "\n%s\n%s", _("Where the Time Went"), lines->str);
}

static void
add_step (PostwegDetails *self, const PostwegStep *step)
{
  g_autofree char *words = step->reply != NULL ? postweg_reply_words (step->reply) : NULL;
  /* Translators: the words of a server, quoted */
  g_autofree char *quoted = words != NULL && *words != '\0' ? g_strdup_printf (_("“%s”"), words) : NULL;
  g_autofree char *why = step->error != POSTWEG_OK ? postweg_checkup_error_text (step->error) : NULL;

  add (self, _("The Server’s Own Words"), quoted);
  add (self, step->verdict == POSTWEG_STEP_FAILED ? _("What Went Wrong") : _("Worth Knowing"), why);
  add (self, _("Technical Detail"), step->detail);
}

static void
add_evidence (PostwegDetails *self, const PostwegOpened *opened)
{
  const PostwegEvidence *evidence = opened->evidence;

  for (guint i = 0; i < evidence->steps->len; i++)
    {
      const PostwegStep *step = g_ptr_array_index (evidence->steps, i);

      if (postweg_stop_of (step->stage) == opened->stop)
        add_step (self, step);
    }
  if (opened->stop == POSTWEG_STOP_CONNECTION)
    add_attempts (self, evidence);
  if (opened->stop == POSTWEG_STOP_ENCRYPTION)
    add_certificate (self, evidence->tls);
  add_times (self, opened);
}

static void
copy (PostwegDetails *self)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), self->text->str);
  gtk_label_set_label (self->copied, _("These details were copied."));
}

static void
close_details (PostwegDetails *self)
{
  g_signal_emit (self, closed_signal, 0);
}

static void
add_button (PostwegDetails *self, GtkWidget *box, const char *icon, GCallback clicked)
{
  const char *name = icon == NULL ? _("Copy") : _("Close the Details");
  GtkWidget *button = icon == NULL ? gtk_button_new_with_label (name) : gtk_button_new_from_icon_name (icon);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  postweg_parts_name (button, name);
  if (icon != NULL)
    gtk_widget_set_tooltip_text (button, name);
  g_signal_connect_swapped (button, "clicked", clicked, self);
  gtk_box_append (GTK_BOX (box), button);
}

static void
dispose (GObject *object)
{
  PostwegDetails *self = POSTWEG_DETAILS (object);

  g_clear_pointer (&self->rows, postweg_rows_free);
  G_OBJECT_CLASS (postweg_details_parent_class)->dispose (object);
}

static void
finalize (GObject *object)
{
  g_string_free (POSTWEG_DETAILS (object)->text, TRUE);
  G_OBJECT_CLASS (postweg_details_parent_class)->finalize (object);
}

static void
postweg_details_class_init (PostwegDetailsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dispose;
  G_OBJECT_CLASS (klass)->finalize = finalize;
  closed_signal =
      g_signal_new ("closed", POSTWEG_TYPE_DETAILS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
postweg_details_init (PostwegDetails *self)
{
  GtkWidget *suffix = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->text = g_string_new (NULL);
  self->rows = postweg_rows_new (ADW_PREFERENCES_GROUP (self));
  self->copied = GTK_LABEL (g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_STATUS,
                                          "wrap", TRUE, "margin-top", 6, NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->copied), "dim-label");
  add_button (self, suffix, NULL, G_CALLBACK (copy));
  add_button (self, suffix, "window-close-symbolic", G_CALLBACK (close_details));
  adw_preferences_group_set_header_suffix (ADW_PREFERENCES_GROUP (self), suffix);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), GTK_WIDGET (self->copied));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

void
postweg_details_show (PostwegDetails *self, const PostwegOpened *opened)
{
  const char *stop = postweg_stop_name (opened->stop, opened->protocol);
  /* Translators: a lane and one of its stations, for instance "Receiving – Encryption" */
  g_autofree char *title = g_strdup_printf (_("%s – %s"), opened->lane, stop);
  g_autofree char *markup = g_markup_escape_text (title, -1);

  postweg_rows_clear (self->rows);
  gtk_label_set_label (self->copied, "");
  g_string_printf (self->text, "%s\n%s\n", title, sentence (opened));
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), markup);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self), sentence (opened));
  postweg_parts_name (GTK_WIDGET (self), title);
  if (opened->finding != NULL)
    {
      add (self, _("What It Means"), opened->finding->explanation);
      add (self, _("What to Do"), opened->finding->remedy);
    }
  if (opened->evidence != NULL)
    add_evidence (self, opened);
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
}

void
postweg_details_hide (PostwegDetails *self)
{
  postweg_rows_clear (self->rows);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

const char *
postweg_details_get_text (PostwegDetails *self)
{
  return self->text->str;
}
