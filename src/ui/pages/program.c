/* Mail program: choose one, see the changes, write them, take them back. */
#include "ui/pages/program.h"
#include "ui/parts/by-hand.h"
#include "ui/parts/change-view.h"
#include "ui/parts/code-view.h"
#include "ui/parts/hand-over.h"
#include "ui/parts/program-list.h"
#include "ui/parts/program-words.h"
#include <glib/gi18n-lib.h>

#define ASK_SECONDS 2 /* how often it is looked whether the program was closed */

typedef enum { CHOOSING, PLANNED, WRITTEN } State;

struct _PostwegPageProgram {
  PostwegPage parent_instance;
  AdwPreferencesGroup *left, *changes;
  PostwegRows *left_rows, *change_rows;
  PostwegProgramList *list;
  PostwegHandOver *hand_over;
  PostwegCodeView *code;
  GtkImage *sign;
  GtkLabel *words;
  GtkWidget *ask, *open;
  PostwegByHand *by_hand;
  GPtrArray *programs;          /* PostwegProgram, or NULL before they were looked for */
  const PostwegProgram *chosen; /* one of the list, or NULL */
  gboolean secret;              /* the plan holds the password */
  gconstpointer place;          /* what the list was filled for; only compared */
  PostwegPlan *plan;            /* worked out, or written */
  State state;
  GCancellable *working; /* of what was asked for last; an answer to something older is not looked at */
  guint asking;          /* source: asks again while the chosen program runs */
};

G_DEFINE_FINAL_TYPE (PostwegPageProgram, postweg_page_program, POSTWEG_TYPE_PAGE)

/* What is asked for in the background, and by whom. */
typedef struct {
  PostwegPageProgram *page; /* (owned) */
  GCancellable *cancellable;
} Errand;

static Errand *
errand_new (PostwegPageProgram *self)
{
  Errand *errand = g_new (Errand, 1);

  g_cancellable_cancel (self->working);
  g_clear_object (&self->working);
  self->working = g_cancellable_new ();
  *errand = (Errand){ g_object_ref (self), g_object_ref (self->working) };
  return errand;
}

static void
errand_free (Errand *errand)
{
  g_object_unref (errand->page);
  g_object_unref (errand->cancellable);
  g_free (errand);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Errand, errand_free)

/* Returns: whether the answer is still waited for; then nothing is any more */
static gboolean
is_awaited (Errand *errand)
{
  if (errand->page->working != errand->cancellable)
    return FALSE;
  g_clear_object (&errand->page->working);
  return TRUE;
}

static void
say (PostwegPageProgram *self, const char *icon, const char *words)
{
  if (words != NULL)
    postweg_parts_scroll_up (GTK_WIDGET (self));
  gtk_image_set_from_icon_name (self->sign, icon);
  gtk_label_set_label (self->words, words != NULL ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (self->words), words != NULL);
}

static gboolean
is_usable (PostwegPageProgram *self)
{
  g_autofree char *obstacle = postweg_hand_over_obstacle (self->hand_over);

  return self->chosen != NULL && !self->chosen->running && !self->chosen->read_only && obstacle == NULL;
}

/* Nothing is left to do on this page: nothing was found, or everything is there already. */
static gboolean
is_over (PostwegPageProgram *self)
{
  gboolean nothing_found = self->programs != NULL && self->programs->len == 0 && self->chosen == NULL;
  gboolean nothing_to_write = self->state == PLANNED && self->plan->changes->len == 0;

  return self->state == WRITTEN || nothing_found || nothing_to_write;
}

static void
show_buttons (PostwegPageProgram *self)
{
  PostwegPage *page = POSTWEG_PAGE (self);
  gboolean over = is_over (self);
  gboolean idle = self->working == NULL;
  gboolean can_undo = self->state == WRITTEN && self->plan->undo != NULL;

  if (over)
    postweg_page_set_way_on (page, _("Done"));
  else
    postweg_page_set_way_on (page, self->state == PLANNED ? _("Write") : _("Show Changes"));
  if (can_undo)
    postweg_page_set_second_way (page, _("Undo"));
  else
    postweg_page_set_second_way (page, self->state == PLANNED ? _("Choose Another") : "");
  postweg_page_set_complete (page, idle && (over || is_usable (self)));
  postweg_page_set_second_complete (page, idle);
  gtk_widget_set_sensitive (GTK_WIDGET (self->list), idle);
  gtk_widget_set_sensitive (GTK_WIDGET (self->hand_over), idle);
}

static void
show_plan (PostwegPageProgram *self)
{
  gboolean written = self->state == WRITTEN;
  guint rows = 0;

  postweg_rows_clear (self->change_rows);
  postweg_rows_clear (self->left_rows);
  if (self->plan != NULL)
    {
      postweg_change_view_show (self->change_rows, self->plan);
      if (written)
        postweg_rows_add_texts (self->left_rows, "emblem-system-symbolic", self->plan->left_to_do);
      postweg_rows_add_texts (self->left_rows, "dialog-information-symbolic", self->plan->notes);
      rows = self->plan->notes->len + (written ? self->plan->left_to_do->len : 0);
    }
  adw_preferences_group_set_title (self->left, written ? _("What Is Left to Do") : _("Good to Know"));
  gtk_widget_set_visible (GTK_WIDGET (self->changes), self->plan != NULL && self->plan->changes->len > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->left), rows > 0);
}

/* Once it is known what becomes of it, only what was chosen is shown. */
static void
show_choice (PostwegPageProgram *self)
{
  const char *folder = postweg_hand_over_get_folder (self->hand_over);

  postweg_program_list_fold (self->list, self->state != CHOOSING);
  /* what it says of the program was true before */
  gtk_widget_set_visible (GTK_WIDGET (self->list), self->state != WRITTEN);
  gtk_widget_set_visible (GTK_WIDGET (self->by_hand), self->state == CHOOSING);
  gtk_widget_set_visible (self->open, self->state == WRITTEN && folder != NULL);
  postweg_hand_over_show (self->hand_over, postweg_page_get_journey (POSTWEG_PAGE (self)),
                          self->chosen != NULL ? self->chosen->program : NULL);
  if (self->state == WRITTEN)
    gtk_widget_set_visible (GTK_WIDGET (self->hand_over), FALSE);
}

/* Takes the plan. */
static void
set_state (PostwegPageProgram *self, State state, PostwegPlan *plan)
{
  postweg_plan_free (self->plan);
  self->plan = plan;
  self->state = state;
  show_plan (self);
  show_choice (self);
  postweg_code_view_show (self->code, plan, self->secret);
  show_buttons (self);
}

static void look (PostwegPageProgram *self);

static gboolean
look_again (gpointer data)
{
  PostwegPageProgram *self = data;

  if (self->working == NULL)
    look (self);
  return G_SOURCE_CONTINUE;
}

/* While the chosen program is open, it is looked every other second whether it was closed; otherwise nothing is polled. */
static void
show_running (PostwegPageProgram *self)
{
  gboolean running = self->chosen != NULL && self->chosen->running && self->state != WRITTEN;
  g_autofree char *words = NULL;

  gtk_widget_set_visible (self->ask, running);
  if (!running)
    g_clear_handle_id (&self->asking, g_source_remove);
  else if (self->asking == 0)
    self->asking = g_timeout_add_seconds (ASK_SECONDS, look_again, self);
  if (!running)
    return;
  words = g_strdup_printf (_("%s is open. Close it, then go on."), self->chosen->name);
  say (self, "dialog-warning-symbolic", words);
}

static void
show_obstacle (PostwegPageProgram *self)
{
  g_autofree char *obstacle = postweg_hand_over_obstacle (self->hand_over);

  if (obstacle != NULL && self->state == CHOOSING)
    say (self, "dialog-information-symbolic", obstacle);
}

/* What was worked out for something else is not shown any more. */
static void
choose_again (PostwegPageProgram *self)
{
  if (self->state != WRITTEN)
    {
      say (self, NULL, NULL);
      set_state (self, CHOOSING, NULL);
      show_obstacle (self);
    }
  show_running (self);
}

static void
chosen (PostwegPageProgram *self)
{
  self->chosen = postweg_program_list_get_chosen (self->list);
  choose_again (self);
}

static void
handed_over (PostwegPageProgram *self)
{
  if (self->state == PLANNED || self->working == NULL)
    choose_again (self);
}

static const PostwegPlace *
place_of (PostwegPageProgram *self)
{
  return postweg_journey_get_place (postweg_page_get_journey (POSTWEG_PAGE (self)));
}

static gboolean
same_program (gconstpointer a, gconstpointer b)
{
  const PostwegProgram *one = a, *other = b;

  return g_strcmp0 (one->program, other->program) == 0 && g_strcmp0 (one->profile, other->profile) == 0 &&
         one->running == other->running && one->read_only == other->read_only &&
         one->accounts->len == other->accounts->len;
}

static gboolean
same_programs (const GPtrArray *one, const GPtrArray *other)
{
  if (one == NULL || one->len != other->len)
    return FALSE;
  for (guint i = 0; i < one->len; i++)
    if (!same_program (g_ptr_array_index (one, i), g_ptr_array_index (other, i)))
      return FALSE;
  return TRUE;
}

static void
show_programs (PostwegPageProgram *self, GPtrArray *programs)
{
  /* an answer that changes nothing leaves what was said */
  if (same_programs (self->programs, programs))
    return;
  g_clear_pointer (&self->programs, g_ptr_array_unref);
  self->programs = g_ptr_array_ref (programs);
  postweg_program_list_show (self->list, programs, place_of (self));
}

static void
listed (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer data)
{
  g_autoptr (Errand) errand = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) programs = postweg_checkup_list_programs_finish (result, &error);
  PostwegPageProgram *self = errand->page;

  if (!is_awaited (errand))
    return;
  if (programs != NULL)
    show_programs (self, programs);
  else if (self->programs == NULL)
    say (self, "dialog-warning-symbolic", error->message);
  if (programs != NULL && programs->len == 0 && self->chosen == NULL)
    {
      say (self, "dialog-information-symbolic",
           _("There is no mail program here that Postweg can write to. The settings below can be entered in any mail program by hand."));
      postweg_by_hand_unfold (self->by_hand);
    }
  show_buttons (self);
}

static void
look (PostwegPageProgram *self)
{
  Errand *errand = errand_new (self);

  /* what is shown already stays until it is known better */
  if (self->programs == NULL)
    say (self, "content-loading-symbolic", _("Looking for mail programs on this computer …"));
  postweg_checkup_list_programs (NULL, errand->cancellable, listed, errand);
}

static void
ask_again (PostwegPageProgram *self)
{
  look (self);
}

/* Returns: (transfer full): what is to be written where, as it was chosen */
static PostwegExportRequest *
new_request (PostwegPageProgram *self)
{
  const PostwegAccount *account =
      postweg_journey_get_account (postweg_page_get_journey (POSTWEG_PAGE (self)));
  PostwegExportRequest *request = postweg_export_request_new (self->chosen->program, account);

  /* a program that was never used has no profile yet: it gets its first one */
  if (g_file_test (self->chosen->profile, G_FILE_TEST_EXISTS))
    request->profile = g_strdup (self->chosen->profile);
  /* the account is mended where it stands, and new everywhere else */
  if (postweg_place_is_in (place_of (self), self->chosen))
    request->replace = g_strdup (place_of (self)->id);
  postweg_hand_over_fill (self->hand_over, request);
  return request;
}

static void
previewed (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer data)
{
  g_autoptr (Errand) errand = data;
  g_autoptr (PostwegPlan) plan = postweg_checkup_plan_finish (result, NULL);

  if (is_awaited (errand))
    postweg_code_view_show (errand->page->code, plan, errand->page->secret);
  show_buttons (errand->page);
}

/* A code whose file is there already is in no plan; one for a folder that is not there has it. */
static void
preview (PostwegPageProgram *self)
{
  const char *folder = postweg_hand_over_get_folder (self->hand_over);
  PostwegExportRequest *request;
  Errand *errand;

  if (folder == NULL || self->plan->changes->len > 0)
    return;
  request = new_request (self);
  errand = errand_new (self);
  g_free (request->output);
  request->output = g_build_filename (folder, ".preview", NULL);
  postweg_checkup_plan (request, errand->cancellable, previewed, errand);
}

static void
planned (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer data)
{
  g_autoptr (Errand) errand = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (PostwegPlan) plan = postweg_checkup_plan_finish (result, &error);
  PostwegPageProgram *self = errand->page;
  g_autofree char *words = NULL;

  if (!is_awaited (errand))
    return;
  if (plan == NULL)
    {
      say (self, "dialog-warning-symbolic", error->message);
      show_buttons (self);
      return;
    }
  words = postweg_program_planned_words (plan, postweg_hand_over_get_folder (self->hand_over));
  say (self, "dialog-information-symbolic", words);
  set_state (self, PLANNED, g_steal_pointer (&plan));
  preview (self);
}

static void
show_changes (PostwegPageProgram *self)
{
  PostwegExportRequest *request = new_request (self);
  Errand *errand = errand_new (self);

  self->secret = request->credentials != NULL && request->password_in_file;
  show_buttons (self);
  postweg_checkup_plan (request, errand->cancellable, planned, errand);
}

static void
open_wanted (PostwegPageProgram *self)
{
  const char *folder = postweg_hand_over_get_folder (self->hand_over);
  g_autofree char *uri = folder != NULL ? g_filename_to_uri (folder, NULL, NULL) : NULL;

  if (uri != NULL)
    postweg_parts_open (GTK_WIDGET (self), uri);
}

static void
applied (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer data)
{
  g_autoptr (Errand) errand = data;
  g_autoptr (GError) error = NULL;
  PostwegPlan *plan = postweg_checkup_apply_finish (result, &error);
  PostwegPageProgram *self = errand->page;
  g_autofree char *words = NULL;

  is_awaited (errand);
  if (plan == NULL)
    {
      set_state (self, CHOOSING, NULL);
      say (self, "dialog-warning-symbolic", error->message);
      look (self);
      return;
    }
  words = postweg_program_written_words (plan, postweg_hand_over_get_folder (self->hand_over));
  say (self, "emblem-ok-symbolic", words);
  set_state (self, WRITTEN, plan);
}

static void
write_changes (PostwegPageProgram *self)
{
  PostwegPlan *plan = g_steal_pointer (&self->plan);
  Errand *errand = errand_new (self);

  self->state = CHOOSING;
  say (self, "content-loading-symbolic", _("Writing the changes …"));
  show_buttons (self);
  postweg_checkup_apply (plan, applied, errand);
}

static void
undone (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer data)
{
  g_autoptr (Errand) errand = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (PostwegPlan) plan = postweg_checkup_undo_finish (result, &error);
  PostwegPageProgram *self = errand->page;

  is_awaited (errand);
  if (plan == NULL)
    say (self, "dialog-warning-symbolic", error->message);
  else
    {
      set_state (self, CHOOSING, NULL);
      say (self, "emblem-ok-symbolic", _("The change was taken back. Everything is as it was before."));
    }
  show_buttons (self);
}

static void
go_second (PostwegPage *page)
{
  PostwegPageProgram *self = POSTWEG_PAGE_PROGRAM (page);

  if (self->working != NULL || self->plan == NULL)
    return;
  if (self->state == PLANNED)
    {
      choose_again (self);
      return;
    }
  if (self->plan->undo == NULL)
    return;
  postweg_checkup_undo (self->plan->undo, undone, errand_new (self));
  show_buttons (self);
}

static void
finish (PostwegPageProgram *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "window.close", NULL);
}

static void
go_on (PostwegPage *page)
{
  PostwegPageProgram *self = POSTWEG_PAGE_PROGRAM (page);

  if (self->working != NULL)
    return;
  if (self->state == CHOOSING && self->chosen != NULL)
    show_changes (self);
  else if (self->state == PLANNED && self->plan->changes->len > 0)
    write_changes (self);
  else
    finish (self);
}

static void
enter (PostwegPage *page)
{
  PostwegPageProgram *self = POSTWEG_PAGE_PROGRAM (page);
  const PostwegAccount *account = postweg_journey_get_account (postweg_page_get_journey (page));

  if (self->place != place_of (self))
    {
      self->place = place_of (self);
      g_clear_pointer (&self->programs, g_ptr_array_unref);
      postweg_program_list_forget (self->list);
    }
  say (self, NULL, NULL);
  set_state (self, CHOOSING, NULL);
  if (account != NULL)
    postweg_by_hand_show (self->by_hand, account);
  look (self);
  show_buttons (self);
}

static void
leave (PostwegPage *page)
{
  PostwegPageProgram *self = POSTWEG_PAGE_PROGRAM (page);

  g_clear_handle_id (&self->asking, g_source_remove);
  g_cancellable_cancel (self->working);
  g_clear_object (&self->working);
  /* a code may hold the password */
  set_state (self, CHOOSING, NULL);
}

static void
dispose (GObject *object)
{
  PostwegPageProgram *self = POSTWEG_PAGE_PROGRAM (object);

  g_clear_handle_id (&self->asking, g_source_remove);
  g_clear_object (&self->working);
  g_clear_pointer (&self->plan, postweg_plan_free);
  g_clear_pointer (&self->programs, g_ptr_array_unref);
  g_clear_pointer (&self->left_rows, postweg_rows_free);
  g_clear_pointer (&self->change_rows, postweg_rows_free);
  G_OBJECT_CLASS (postweg_page_program_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *klass)
{
  gtk_widget_class_bind_template_child (klass, PostwegPageProgram, list);
  gtk_widget_class_bind_template_child (klass, PostwegPageProgram, left);
  gtk_widget_class_bind_template_child (klass, PostwegPageProgram, changes);
  gtk_widget_class_bind_template_child (klass, PostwegPageProgram, sign);
  gtk_widget_class_bind_template_child (klass, PostwegPageProgram, words);
  gtk_widget_class_bind_template_child (klass, PostwegPageProgram, ask);
  gtk_widget_class_bind_template_child (klass, PostwegPageProgram, open);
  gtk_widget_class_bind_template_child (klass, PostwegPageProgram, by_hand);
  gtk_widget_class_bind_template_child (klass, PostwegPageProgram, hand_over);
  gtk_widget_class_bind_template_child (klass, PostwegPageProgram, code);
}

static void
postweg_page_program_class_init (PostwegPageProgramClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  PostwegPageClass *page_class = POSTWEG_PAGE_CLASS (klass);

  g_type_ensure (POSTWEG_TYPE_BY_HAND);
  g_type_ensure (POSTWEG_TYPE_CODE_VIEW);
  g_type_ensure (POSTWEG_TYPE_HAND_OVER);
  g_type_ensure (POSTWEG_TYPE_PROGRAM_LIST);
  G_OBJECT_CLASS (klass)->dispose = dispose;
  page_class->enter = enter;
  page_class->leave = leave;
  page_class->go_on = go_on;
  page_class->go_second = go_second;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/postweg/Postweg/page-program.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, ask_again);
  gtk_widget_class_bind_template_callback (widget_class, open_wanted);
  gtk_widget_class_bind_template_callback (widget_class, chosen);
  gtk_widget_class_bind_template_callback (widget_class, handed_over);
}

static void
postweg_page_program_init (PostwegPageProgram *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->left_rows = postweg_rows_new (self->left);
  self->change_rows = postweg_rows_new (self->changes);
}
