/* Practice: what can go wrong, tried out on servers that this computer plays. */
#include "ui/pages/practice.h"
#include "ui/parts/notice.h"
#include "ui/parts/parts.h"
#include "ui/run.h"
#include <glib/gi18n-lib.h>

struct _PostwegPagePractice {
  PostwegPage parent_instance;
  AdwPreferencesPage *list;
  PostwegNotice *notice;
  const char *scenario;    /* chosen last, or NULL; static */
  GPtrArray *groups;       /* AdwPreferencesGroup, owned by the page */
  GCancellable *opening;   /* while the servers are started; an answer to something older is not looked at */
  PostwegPracticeBox *box; /* open, and not yet taken */
};

G_DEFINE_FINAL_TYPE (PostwegPagePractice, postweg_page_practice, POSTWEG_TYPE_PAGE)

static guint opened_signal;

/* It stands above the list, and what was pressed may be far below. */
static void
say (PostwegPagePractice *self, PostwegNoticeKind kind, const char *words)
{
  postweg_notice_show (self->notice, kind, words,
                       kind == POSTWEG_NOTICE_FAILED || kind == POSTWEG_NOTICE_STOPPED ? _("Try Again")
                                                                                       : NULL);
  if (kind != POSTWEG_NOTICE_HIDDEN)
    postweg_parts_scroll_up (GTK_WIDGET (self));
}

static void
set_opening (PostwegPagePractice *self, gboolean opening)
{
  g_clear_object (&self->opening);
  if (opening)
    self->opening = g_cancellable_new ();
  for (guint i = 0; i < self->groups->len; i++)
    gtk_widget_set_sensitive (g_ptr_array_index (self->groups, i), !opening);
  postweg_page_set_busy (POSTWEG_PAGE (self), opening);
}

static void
opened (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer data)
{
  g_autoptr (PostwegRun) run = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (PostwegPracticeBox) box = postweg_checkup_practice_finish (result, &error);
  PostwegPagePractice *self = run->widget;

  /* a box that nobody waits for any more is closed again */
  if (self->opening != run->cancellable)
    return;
  set_opening (self, FALSE);
  if (box == NULL)
    {
      say (self, POSTWEG_NOTICE_FAILED, error->message);
      return;
    }
  say (self, POSTWEG_NOTICE_HIDDEN, NULL);
  g_clear_pointer (&self->box, postweg_practice_box_free);
  self->box = g_steal_pointer (&box);
  g_signal_emit (self, opened_signal, 0);
}

static void
open_again (PostwegPagePractice *self)
{
  if (self->opening != NULL || self->scenario == NULL)
    return;
  set_opening (self, TRUE);
  say (self, POSTWEG_NOTICE_LOADING, _("Opening the practice mailbox …"));
  postweg_checkup_practice (self->scenario, self->opening, opened, postweg_run_new (self, self->opening));
}

static void
chosen (GtkWidget *row, PostwegPagePractice *self)
{
  if (self->opening == NULL)
    self->scenario = g_object_get_data (G_OBJECT (row), "scenario");
  open_again (self);
}

/* Returns: (transfer none): the group with this title, made if there is none */
static AdwPreferencesGroup *
group_called (PostwegPagePractice *self, const char *title)
{
  AdwPreferencesGroup *group;

  for (guint i = 0; i < self->groups->len; i++)
    if (g_strcmp0 (adw_preferences_group_get_title (g_ptr_array_index (self->groups, i)), title) == 0)
      return g_ptr_array_index (self->groups, i);
  group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  adw_preferences_group_set_title (group, title);
  postweg_parts_name (GTK_WIDGET (group), title);
  adw_preferences_page_add (self->list, group);
  g_ptr_array_add (self->groups, group);
  return group;
}

static void
add_scenario (PostwegPagePractice *self, guint index)
{
  const char *sentence = postweg_checkup_scenario_sentence (index);
  GtkWidget *row = postweg_parts_row_new (ADW_TYPE_ACTION_ROW, postweg_checkup_scenario_caption (index));

  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), sentence);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, sentence, -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             g_object_new (GTK_TYPE_IMAGE, "icon-name", "go-next-symbolic", "accessible-role",
                                           GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data (G_OBJECT (row), "scenario", (gpointer) postweg_checkup_scenario_name (index));
  g_signal_connect_object (row, "activated", G_CALLBACK (chosen), self, 0);
  adw_preferences_group_add (group_called (self, postweg_checkup_scenario_group (index)), row);
}

static void
enter (PostwegPage *page)
{
  say (POSTWEG_PAGE_PRACTICE (page), POSTWEG_NOTICE_HIDDEN, NULL);
}

static void
stop (PostwegPage *page)
{
  PostwegPagePractice *self = POSTWEG_PAGE_PRACTICE (page);

  g_cancellable_cancel (self->opening);
  set_opening (self, FALSE);
  if (postweg_notice_get_kind (self->notice) == POSTWEG_NOTICE_LOADING)
    say (self, POSTWEG_NOTICE_STOPPED, _("Opening was stopped. Try again, or choose another case."));
}

static void
dispose (GObject *object)
{
  PostwegPagePractice *self = POSTWEG_PAGE_PRACTICE (object);

  g_clear_object (&self->opening);
  g_clear_pointer (&self->box, postweg_practice_box_free);
  g_clear_pointer (&self->groups, g_ptr_array_unref);
  G_OBJECT_CLASS (postweg_page_practice_parent_class)->dispose (object);
}

static void
postweg_page_practice_class_init (PostwegPagePracticeClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  PostwegPageClass *page_class = POSTWEG_PAGE_CLASS (klass);

  g_type_ensure (POSTWEG_TYPE_NOTICE);
  G_OBJECT_CLASS (klass)->dispose = dispose;
  page_class->enter = enter;
  page_class->leave = postweg_page_stop;
  page_class->stop = stop;
  opened_signal = g_signal_new ("opened", POSTWEG_TYPE_PAGE_PRACTICE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/postweg/Postweg/page-practice.ui");
  gtk_widget_class_bind_template_child (widget_class, PostwegPagePractice, list);
  gtk_widget_class_bind_template_child (widget_class, PostwegPagePractice, notice);
  gtk_widget_class_bind_template_callback (widget_class, open_again);
}

static void
postweg_page_practice_init (PostwegPagePractice *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->groups = g_ptr_array_new ();
  for (guint i = 0; i < postweg_checkup_n_scenarios (); i++)
    add_scenario (self, i);
}

PostwegPracticeBox *
postweg_page_practice_take_box (PostwegPagePractice *self)
{
  return g_steal_pointer (&self->box);
}
