/* One column: a still drawing or a spinner, the sentence, the button. */
#include "ui/parts/notice.h"

struct _PostwegNotice {
  AdwBin parent_instance;
  PostwegNoticeKind kind;
  GtkWidget *spinner, *way;
  GtkImage *sign;
  GtkLabel *words;
};

G_DEFINE_FINAL_TYPE (PostwegNotice, postweg_notice, ADW_TYPE_BIN)

static guint taken_signal;

/* NULL: nothing, or a spinner */
static const char *const icons[] = {
  [POSTWEG_NOTICE_HIDDEN] = NULL,
  [POSTWEG_NOTICE_EMPTY] = "edit-paste-symbolic",
  [POSTWEG_NOTICE_LOADING] = NULL,
  [POSTWEG_NOTICE_NONE] = "edit-find-symbolic",
  [POSTWEG_NOTICE_STOPPED] = "process-stop-symbolic",
  [POSTWEG_NOTICE_FAILED] = "dialog-warning-symbolic",
};

static void
taken (PostwegNotice *self)
{
  g_signal_emit (self, taken_signal, 0);
}

static void
postweg_notice_class_init (PostwegNoticeClass *klass G_GNUC_UNUSED)
{
  taken_signal =
      g_signal_new ("taken", POSTWEG_TYPE_NOTICE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
postweg_notice_init (PostwegNotice *self)
{
  GtkWidget *box =
      g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL, "spacing", 12, "margin-top", 12,
                    "margin-bottom", 12, "margin-start", 12, "margin-end", 12, NULL);

  self->spinner = g_object_new (GTK_TYPE_SPINNER, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                                "width-request", 32, "height-request", 32, "halign", GTK_ALIGN_CENTER, NULL);
  self->sign = GTK_IMAGE (g_object_new (GTK_TYPE_IMAGE, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                                        "pixel-size", 48, NULL));
  self->words = GTK_LABEL (g_object_new (
      GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_STATUS, "wrap", TRUE, "wrap-mode",
      PANGO_WRAP_WORD_CHAR, "justify", GTK_JUSTIFY_CENTER, "max-width-chars", 60, "selectable", TRUE, NULL));
  self->way = g_object_new (GTK_TYPE_BUTTON, "halign", GTK_ALIGN_CENTER, NULL);
  gtk_widget_add_css_class (GTK_WIDGET (self->sign), "dim-label");
  g_signal_connect_swapped (self->way, "clicked", G_CALLBACK (taken), self);
  gtk_box_append (GTK_BOX (box), self->spinner);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->sign));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->words));
  gtk_box_append (GTK_BOX (box), self->way);
  adw_bin_set_child (ADW_BIN (self), box);
  postweg_notice_show (self, POSTWEG_NOTICE_HIDDEN, NULL, NULL);
}

void
postweg_notice_show (PostwegNotice *self, PostwegNoticeKind kind, const char *words, const char *way)
{
  gboolean shown = kind != POSTWEG_NOTICE_HIDDEN;
  gboolean waits = kind == POSTWEG_NOTICE_LOADING;

  self->kind = kind;
  gtk_widget_set_visible (GTK_WIDGET (self), shown);
  /* one that turns unseen would cost time all the same */
  gtk_spinner_set_spinning (GTK_SPINNER (self->spinner), waits);
  gtk_widget_set_visible (self->spinner, waits);
  gtk_widget_set_visible (GTK_WIDGET (self->sign), shown && !waits);
  gtk_image_set_from_icon_name (self->sign, icons[kind]);
  gtk_label_set_label (self->words, shown && words != NULL ? words : "");
  gtk_widget_set_visible (self->way, shown && way != NULL);
  if (way != NULL)
    gtk_button_set_label (GTK_BUTTON (self->way), way);
}

PostwegNoticeKind
postweg_notice_get_kind (PostwegNotice *self)
{
  return self->kind;
}
