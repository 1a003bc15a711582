/* Explain: the answer follows the text while it is typed. */
#include "ui/pages/explain.h"
#include "ui/parts/finding-row.h"
#include "ui/parts/notice.h"
#include "ui/parts/parts.h"
#include "ui/parts/provider-list.h"
#include <glib/gi18n-lib.h>

#define PAUSE_MS 200 /* so long nobody has typed */

struct _PostwegPageExplain {
  PostwegPage parent_instance;
  GtkTextView *text;
  GtkTextBuffer *buffer;
  AdwComboRow *protocol;
  AdwActionRow *provider_row;
  GtkDropDown *provider;
  AdwPreferencesGroup *causes, *demands;
  PostwegRows *rows, *demand_rows;
  GtkLabel *news, *copied;
  GtkWidget *copy;
  PostwegNotice *notice; /* while there is no answer */
  GPtrArray *findings;   /* PostwegFinding: what is shown */
  guint pause;           /* source */
};

G_DEFINE_FINAL_TYPE (PostwegPageExplain, postweg_page_explain, POSTWEG_TYPE_PAGE)

/* In the order of the row; the first one leaves it open. */
static const PostwegProtocol protocols[] = { POSTWEG_IMAP, POSTWEG_IMAP, POSTWEG_POP3, POSTWEG_SMTP };

static const char *const protocol_names[] = { N_ ("Guessed: IMAP"), N_ ("Guessed: POP"),
                                                                        N_ ("Guessed: SMTP") };

/* What was guessed stands below the question until the person knows better. */
static void
show_guess (PostwegPageExplain *self, const PostwegErrorGuess *guess)
{
  gboolean protocol = guess->protocol_known && adw_combo_row_get_selected (self->protocol) == 0;
  gboolean provider = guess->provider != NULL && postweg_provider_list_is_guess (self->provider);
  g_autofree char *said =
      provider ? g_strdup_printf (_("Guessed: %s"), guess->provider->name) : g_strdup ("");
  g_autofree char *safe = g_markup_escape_text (said, -1);
  const char *kind = protocol ? _(protocol_names[guess->protocol]) : "";

  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->protocol), kind);
  adw_action_row_set_subtitle (self->provider_row, safe);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->protocol), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, kind,
                                  -1);
  postweg_provider_list_describe (self->provider, said);
}

static void
show_demands (PostwegPageExplain *self, const PostwegErrorText *error_text)
{
  g_autoptr (GPtrArray) demands = postweg_checkup_demands (error_text, self->findings);

  for (guint i = 0; i < demands->len; i++)
    {
      const PostwegPrerequisite *demand = g_ptr_array_index (demands, i);
      g_autofree char *words = postweg_checkup_prerequisite_text (demand);
      g_autofree char *since = g_strdup_printf (_("As of %s"), demand->since);

      postweg_rows_add (self->demand_rows, postweg_parts_link_row (words, since, demand->url));
    }
  gtk_widget_set_visible (GTK_WIDGET (self->demands), demands->len > 0);
}

static void
look_up (PostwegPageExplain *self)
{
  g_autofree char *text = NULL;
  guint chosen = adw_combo_row_get_selected (self->protocol);
  PostwegErrorText error_text = { .protocol_known = chosen > 0 && chosen < G_N_ELEMENTS (protocols) };
  PostwegErrorGuess guess;

  g_object_get (self->buffer, "text", &text, NULL);
  g_strstrip (text);
  guess = postweg_checkup_guess (text);
  show_guess (self, &guess);
  postweg_rows_clear (self->demand_rows);
  gtk_widget_hide (GTK_WIDGET (self->demands));
  if (*text == '\0')
    return;
  error_text.text = text;
  if (error_text.protocol_known)
    error_text.protocol = protocols[chosen];
  error_text.provider = postweg_provider_list_is_guess (self->provider)
                            ? guess.provider
                            : postweg_provider_list_get (self->provider);
  self->findings = postweg_checkup_explain (&error_text);
  show_demands (self, &error_text);
}

/* Returns: (transfer full) */
static char *
summary (guint n)
{
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u cause is known for this.",
                                       "%u causes are known for this, the likeliest first.", n),
                          n);
}

static void
show_notice (PostwegPageExplain *self)
{
  if (self->findings == NULL)
    postweg_notice_show (self->notice, POSTWEG_NOTICE_EMPTY,
                         _("Causes and remedies appear here while you type."), _("Try an Example"));
  else if (self->findings->len == 0)
    postweg_notice_show (
        self->notice, POSTWEG_NOTICE_NONE,
        _("Postweg does not recognise this. Paste the server’s own words, best with the number in front, such as “550 5.1.1 …”; or let Postweg test the account itself."),
           _("Find Out What Is Wrong"));
  else
    postweg_notice_show (self->notice, POSTWEG_NOTICE_HIDDEN, NULL, NULL);
}

static void
show (PostwegPageExplain *self)
{
  guint n;
  g_autofree char *words = NULL;

  g_clear_pointer (&self->findings, g_ptr_array_unref);
  look_up (self);
  n = self->findings != NULL ? self->findings->len : 0;
  words = n > 0 ? summary (n) : g_strdup ("");
  gtk_label_set_label (self->news, words);
  show_notice (self);
  postweg_rows_clear (self->rows);
  for (guint i = 0; i < n; i++)
    {
      GtkWidget *row = postweg_finding_row (g_ptr_array_index (self->findings, i));

      postweg_rows_add (self->rows, row);
      adw_expander_row_set_expanded (ADW_EXPANDER_ROW (row), i == 0);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->causes), n > 0);
  gtk_widget_set_visible (self->copy, n > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->copied), FALSE);
}

static gboolean
pause_over (gpointer data)
{
  PostwegPageExplain *self = data;

  self->pause = 0;
  show (self);
  return G_SOURCE_REMOVE;
}

static void
changed (PostwegPageExplain *self)
{
  g_clear_handle_id (&self->pause, g_source_remove);
  self->pause = g_timeout_add (PAUSE_MS, pause_over, self);
}

/* What the notice offers: an example for an empty text, a test for one that says nothing. */
static void
way_taken (PostwegPageExplain *self)
{
  if (postweg_notice_get_kind (self->notice) != POSTWEG_NOTICE_EMPTY)
    {
      gtk_widget_activate_action (GTK_WIDGET (self), "win.show-page", "s", "PostwegPageDoctor");
      return;
    }
  gtk_text_buffer_set_text (self->buffer,
                            "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled "
                            "for the Tenant.",
                            -1);
  gtk_widget_grab_focus (GTK_WIDGET (self->text));
}

static void
copy_wanted (PostwegPageExplain *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; self->findings != NULL && i < self->findings->len; i++)
    {
      g_autofree char *finding = postweg_finding_text (g_ptr_array_index (self->findings, i));

      g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", finding);
    }
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text->str);
  gtk_widget_set_visible (GTK_WIDGET (self->copied), TRUE);
}

static void
leave (PostwegPage *page)
{
  g_clear_handle_id (&POSTWEG_PAGE_EXPLAIN (page)->pause, g_source_remove);
}

/* What was pasted is still there when the person comes back. */
static void
enter (PostwegPage *page)
{
  show (POSTWEG_PAGE_EXPLAIN (page));
}

static void
dispose (GObject *object)
{
  PostwegPageExplain *self = POSTWEG_PAGE_EXPLAIN (object);

  g_clear_handle_id (&self->pause, g_source_remove);
  g_clear_pointer (&self->rows, postweg_rows_free);
  g_clear_pointer (&self->demand_rows, postweg_rows_free);
  g_clear_pointer (&self->findings, g_ptr_array_unref);
  G_OBJECT_CLASS (postweg_page_explain_parent_class)->dispose (object);
}

static void
postweg_page_explain_class_init (PostwegPageExplainClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  PostwegPageClass *page_class = POSTWEG_PAGE_CLASS (klass);

  g_type_ensure (POSTWEG_TYPE_NOTICE);
  G_OBJECT_CLASS (klass)->dispose = dispose;
  page_class->enter = enter;
  page_class->leave = leave;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/postweg/Postweg/page-explain.ui");
  gtk_widget_class_bind_template_child (widget_class, PostwegPageExplain, text);
  gtk_widget_class_bind_template_child (widget_class, PostwegPageExplain, buffer);
  gtk_widget_class_bind_template_child (widget_class, PostwegPageExplain, protocol);
  gtk_widget_class_bind_template_child (widget_class, PostwegPageExplain, provider_row);
  gtk_widget_class_bind_template_child (widget_class, PostwegPageExplain, provider);
  gtk_widget_class_bind_template_child (widget_class, PostwegPageExplain, demands);
  gtk_widget_class_bind_template_child (widget_class, PostwegPageExplain, causes);
  gtk_widget_class_bind_template_child (widget_class, PostwegPageExplain, news);
  gtk_widget_class_bind_template_child (widget_class, PostwegPageExplain, copied);
  gtk_widget_class_bind_template_child (widget_class, PostwegPageExplain, copy);
  gtk_widget_class_bind_template_child (widget_class, PostwegPageExplain, notice);
  gtk_widget_class_bind_template_callback (widget_class, changed);
  gtk_widget_class_bind_template_callback (widget_class, way_taken);
  gtk_widget_class_bind_template_callback (widget_class, copy_wanted);
}

static void
postweg_page_explain_init (PostwegPageExplain *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->rows = postweg_rows_new (self->causes);
  self->demand_rows = postweg_rows_new (self->demands);
  postweg_provider_list_fill (self->provider);
}
