/* Mail program: choose one, see the changes, write them, take them back. */
#include "ui/page-program.h"
#include "ui/change-view.h"
#include "ui/differences.h"
#include "ui/program-row.h"
#include <glib/gi18n-lib.h>

#define ASK_SECONDS 2 /* how often it is looked whether the program was closed */

typedef enum { CHOOSING, PLANNED, WRITTEN } State;

struct _PostwegPageProgram {
  PostwegPage parent_instance;
  AdwPreferencesGroup *list, *left, *changes;
  PostwegRows *list_rows, *left_rows, *change_rows;
  GtkImage *sign;
  GtkLabel *words;
  GtkWidget *ask;
  GtkCheckButton *none; /* never shown: a button alone in its group would not be round */
  AdwExpanderRow *other;
  GPtrArray *other_rows;        /* GtkWidget, owned by the expander row */
  GPtrArray *programs;          /* PostwegProgram, or NULL before they were looked for */
  const PostwegProgram *chosen; /* one of them, or NULL */
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
  gtk_image_set_from_icon_name (self->sign, icon);
  gtk_label_set_label (self->words, words != NULL ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (self->words), words != NULL);
}

static gboolean
is_usable (const PostwegProgram *program)
{
  return program != NULL && !program->running && !program->read_only;
}

/* Nothing is left to do on this page: nothing was found, or everything is there already. */
static gboolean
is_over (PostwegPageProgram *self)
{
  gboolean nothing_found = self->programs != NULL && self->programs->len == 0;
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
  postweg_page_set_second_way (page, can_undo ? _("Undo") : "");
  postweg_page_set_complete (page, idle && (over || is_usable (self->chosen)));
  postweg_page_set_second_complete (page, idle);
  gtk_widget_set_sensitive (GTK_WIDGET (self->list), idle && self->state != WRITTEN);
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

static void
set_state (PostwegPageProgram *self, State state, PostwegPlan *plan)
{
  postweg_plan_free (self->plan);
  self->plan = plan;
  self->state = state;
  show_plan (self);
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
choose (PostwegPageProgram *self, const PostwegProgram *program)
{
  gboolean was_running = gtk_widget_get_visible (self->ask);

  self->chosen = program;
  if (was_running || self->state == PLANNED)
    say (self, NULL, NULL);
  if (self->state == PLANNED)
    set_state (self, CHOOSING, NULL);
  show_running (self);
  show_buttons (self);
}

static void
row_chosen (PostwegProgramRow *row, PostwegPageProgram *self)
{
  choose (self, postweg_program_row_get_program (row));
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

static const PostwegPlace *
place_of (PostwegPageProgram *self)
{
  return postweg_journey_get_place (postweg_page_get_journey (POSTWEG_PAGE (self)));
}

/* Returns: the one that was chosen before, else the one that the account is from, or the first */
static const PostwegProgram *
preferred (const GPtrArray *programs, const PostwegProgram *chosen, const PostwegPlace *place)
{
  for (guint i = 0; chosen == NULL && i < programs->len; i++)
    if (postweg_place_is_in (place, g_ptr_array_index (programs, i)))
      return g_ptr_array_index (programs, i);
  for (guint i = 0; chosen != NULL && i < programs->len; i++)
    {
      const PostwegProgram *program = g_ptr_array_index (programs, i);

      if (g_strcmp0 (program->program, chosen->program) == 0 &&
          g_strcmp0 (program->profile, chosen->profile) == 0)
        return program;
    }
  return programs->len > 0 ? g_ptr_array_index (programs, 0) : NULL;
}

static void
show_programs (PostwegPageProgram *self, GPtrArray *programs)
{
  const PostwegProgram *chosen = preferred (programs, self->chosen, place_of (self));

  postweg_rows_clear (self->list_rows);
  for (guint i = 0; i < programs->len; i++)
    {
      const PostwegProgram *program = g_ptr_array_index (programs, i);
      PostwegProgramRow *row = postweg_program_row_new (program, self->none, program == chosen);

      g_signal_connect_object (row, "chosen", G_CALLBACK (row_chosen), self, 0);
      postweg_rows_add (self->list_rows, GTK_WIDGET (row));
    }
  gtk_widget_set_visible (GTK_WIDGET (self->list), programs->len > 0);
  self->chosen = NULL;
  g_clear_pointer (&self->programs, g_ptr_array_unref);
  self->programs = g_ptr_array_ref (programs);
  choose (self, chosen);
}

static void
listed (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer data)
{
  g_autoptr (Errand) errand = data;
  g_autoptr (GPtrArray) programs = postweg_checkup_list_programs_finish (result, NULL);
  PostwegPageProgram *self = errand->page;

  if (!is_awaited (errand) || programs == NULL)
    return;
  if (!same_programs (self->programs, programs))
    show_programs (self, programs);
  if (programs->len == 0)
    {
      say (self, "dialog-information-symbolic",
           _("There is no mail program here that Postweg can write to. The settings below can be entered in any mail program by hand."));
      adw_expander_row_set_expanded (self->other, TRUE);
    }
  show_buttons (self);
}

static void
look (PostwegPageProgram *self)
{
  Errand *errand = errand_new (self);

  postweg_checkup_list_programs (NULL, errand->cancellable, listed, errand);
}

static void
ask_again (PostwegPageProgram *self)
{
  look (self);
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
  words = plan->changes->len > 0
      ? g_strdup_printf (_("This is what Postweg would write for %s. Nothing is written yet."), plan->name)
      : g_strdup_printf (_("%s has this account already. Nothing needs to be written."), plan->name);
  say (self, "dialog-information-symbolic", words);
  set_state (self, PLANNED, g_steal_pointer (&plan));
}

static void
show_changes (PostwegPageProgram *self)
{
  const PostwegAccount *account =
      postweg_journey_get_account (postweg_page_get_journey (POSTWEG_PAGE (self)));
  PostwegExportRequest *request = postweg_export_request_new (self->chosen->program, account);
  Errand *errand = errand_new (self);

  /* a program that was never used has no profile yet: it gets its first one */
  if (g_file_test (self->chosen->profile, G_FILE_TEST_EXISTS))
    request->profile = g_strdup (self->chosen->profile);
  /* the account is mended where it stands, and new everywhere else */
  if (postweg_place_is_in (place_of (self), self->chosen))
    request->replace = g_strdup (place_of (self)->id);
  show_buttons (self);
  postweg_checkup_plan (request, errand->cancellable, planned, errand);
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
  words = g_strdup_printf (_("%s has the account now. The files as they were before are kept."), plan->name);
  say (self, "emblem-ok-symbolic", words);
  set_state (self, WRITTEN, plan);
}

static void
write_changes (PostwegPageProgram *self)
{
  PostwegPlan *plan = g_steal_pointer (&self->plan);
  Errand *errand = errand_new (self);

  self->state = CHOOSING;
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
undo (PostwegPage *page)
{
  PostwegPageProgram *self = POSTWEG_PAGE_PROGRAM (page);

  if (self->working != NULL || self->plan == NULL || self->plan->undo == NULL)
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
add_other (PostwegPageProgram *self, const char *title, const PostwegServer *server)
{
  g_autofree char *lines = server != NULL ? postweg_server_lines (server) : NULL;
  GtkWidget *row;

  if (lines == NULL)
    return;
  row = postweg_parts_fact_row (title, lines);
  g_ptr_array_add (self->other_rows, row);
  adw_expander_row_add_row (self->other, row);
}

static void
show_other (PostwegPageProgram *self, const PostwegAccount *account)
{
  for (guint i = 0; i < self->other_rows->len; i++)
    adw_expander_row_remove (self->other, g_ptr_array_index (self->other_rows, i));
  g_ptr_array_set_size (self->other_rows, 0);
  add_other (self, _("Incoming Server"), account->incoming);
  add_other (self, _("Outgoing Server"), account->outgoing);
}

static void
enter (PostwegPage *page)
{
  PostwegPageProgram *self = POSTWEG_PAGE_PROGRAM (page);
  const PostwegAccount *account = postweg_journey_get_account (postweg_page_get_journey (page));

  say (self, NULL, NULL);
  set_state (self, CHOOSING, NULL);
  if (account != NULL)
    show_other (self, account);
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
}

static void
dispose (GObject *object)
{
  PostwegPageProgram *self = POSTWEG_PAGE_PROGRAM (object);

  g_clear_handle_id (&self->asking, g_source_remove);
  g_clear_object (&self->working);
  g_clear_object (&self->none);
  g_clear_pointer (&self->plan, postweg_plan_free);
  g_clear_pointer (&self->programs, g_ptr_array_unref);
  g_clear_pointer (&self->list_rows, postweg_rows_free);
  g_clear_pointer (&self->left_rows, postweg_rows_free);
  g_clear_pointer (&self->change_rows, postweg_rows_free);
  g_clear_pointer (&self->other_rows, g_ptr_array_unref);
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
  gtk_widget_class_bind_template_child (klass, PostwegPageProgram, other);
}

static void
postweg_page_program_class_init (PostwegPageProgramClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  PostwegPageClass *page_class = POSTWEG_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dispose;
  page_class->enter = enter;
  page_class->leave = leave;
  page_class->go_on = go_on;
  page_class->go_second = undo;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/postweg/Postweg/page-program.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, ask_again);
}

static void
postweg_page_program_init (PostwegPageProgram *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->list_rows = postweg_rows_new (self->list);
  self->left_rows = postweg_rows_new (self->left);
  self->change_rows = postweg_rows_new (self->changes);
  self->other_rows = g_ptr_array_new ();
  self->none = g_object_ref_sink (GTK_CHECK_BUTTON (gtk_check_button_new ()));
}
