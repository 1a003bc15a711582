/* Find out what is wrong: which account it is about. */
#include "ui/pages/doctor.h"
#include "ui/parts/complaints.h"
#include "ui/parts/notice.h"
#include "ui/parts/parts.h"
#include "ui/run.h"
#include <glib/gi18n-lib.h>

struct _PostwegPageDoctor {
  PostwegPage parent_instance;
  AdwPreferencesPage *list;
  PostwegComplaints *complaints;
  AdwPreferencesGroup *another; /* always the last one */
  PostwegNotice *notice;        /* while there is no list, or nothing on it */
  GPtrArray *groups;     /* AdwPreferencesGroup, owned by the page: one for each program with accounts */
  GPtrArray *programs;   /* PostwegProgram, or NULL before they were looked for */
  GCancellable *looking; /* of the look that is waited for */
};

G_DEFINE_FINAL_TYPE (PostwegPageDoctor, postweg_page_doctor, POSTWEG_TYPE_PAGE)

static const PostwegServer *
any_server (const PostwegAccount *account)
{
  return account->incoming != NULL ? account->incoming : account->outgoing;
}

/* Programs that only fetch or only send know no address. Returns: (transfer full) */
static char *
title_of (const PostwegAccount *account)
{
  const PostwegServer *server = any_server (account);

  if (*account->address != '\0')
    return g_strdup (account->address);
  if (server == NULL)
    return g_strdup (_("An account without servers"));
  if (*server->user == '\0')
    return g_strdup (server->host);
  /* Translators: a user name and a server, for instance "anna on imap.example.org" */
  return g_strdup_printf (_("%s on %s"), server->user, server->host);
}

static void
append_line (GString *text, const char *line)
{
  if (*line == '\0')
    return;
  if (text->len > 0)
    g_string_append_c (text, '\n');
  g_string_append (text, line);
}

/* Returns: (transfer full): servers and what is unusual, one line each */
static char *
subtitle_of (const PostwegStoredAccount *stored)
{
  const PostwegAccount *account = stored->account;
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *incoming =
      account->incoming != NULL ? g_strdup_printf (_("Receives from %s"), account->incoming->host) : NULL;
  g_autofree char *outgoing =
      account->outgoing != NULL ? g_strdup_printf (_("Sends through %s"), account->outgoing->host) : NULL;

  append_line (text, incoming != NULL ? incoming : "");
  append_line (text, outgoing != NULL ? outgoing : "");
  append_line (text, stored->note);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
chosen (GtkWidget *row, PostwegPageDoctor *self)
{
  const PostwegProgram *program = g_object_get_data (G_OBJECT (row), "program");
  const PostwegStoredAccount *stored = g_object_get_data (G_OBJECT (row), "account");
  PostwegJourney *journey = postweg_page_get_journey (POSTWEG_PAGE (self));
  const PostwegPlace *place = postweg_journey_get_place (journey);

  /* the same one again: a password that was typed and a result that was waited for are kept */
  if (!postweg_place_is_in (place, program) || g_strcmp0 (place->id, stored->id) != 0 ||
      !postweg_account_equal (place->account, stored->account))
    postweg_journey_take_place (journey, postweg_place_new (program, stored));
  postweg_journey_set_complaint (journey, postweg_complaints_get (self->complaints));
  postweg_page_done (POSTWEG_PAGE (self));
}

static GtkWidget *
account_row (PostwegPageDoctor *self, const PostwegProgram *program, const PostwegStoredAccount *stored)
{
  g_autofree char *title = title_of (stored->account);
  g_autofree char *subtitle = subtitle_of (stored);
  GtkWidget *row = postweg_parts_row_new (ADW_TYPE_ACTION_ROW, title);

  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, subtitle, -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             g_object_new (GTK_TYPE_IMAGE, "icon-name", "go-next-symbolic", "accessible-role",
                                           GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL));
  gtk_widget_set_sensitive (row, any_server (stored->account) != NULL);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data (G_OBJECT (row), "program", (gpointer) program);
  g_object_set_data (G_OBJECT (row), "account", (gpointer) stored);
  g_signal_connect_object (row, "activated", G_CALLBACK (chosen), self, 0);
  return row;
}

/* Returns: (transfer full): where it is, and why it cannot be used as it is */
static char *
description_of (const PostwegProgram *program)
{
  g_autofree char *path = postweg_parts_path (program->profile);
  g_autoptr (GString) text = g_string_new (path);
  g_autofree char *markup = NULL;

  append_line (text, program->note);
  if (program->read_only && *program->note == '\0')
    append_line (text, _("It can be tested, but not written back."));
  markup = g_markup_escape_text (text->str, -1);
  return g_steal_pointer (&markup);
}

static void
add_program (PostwegPageDoctor *self, const PostwegProgram *program)
{
  AdwPreferencesGroup *group;
  g_autofree char *description = description_of (program);
  g_autofree char *name = g_markup_escape_text (program->name, -1);

  if (program->accounts->len == 0)
    return;
  group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  adw_preferences_group_set_title (group, name);
  adw_preferences_group_set_description (group, description);
  postweg_parts_name (GTK_WIDGET (group), program->name);
  for (guint i = 0; i < program->accounts->len; i++)
    adw_preferences_group_add (group, account_row (self, program, g_ptr_array_index (program->accounts, i)));
  adw_preferences_page_add (self->list, group);
  g_ptr_array_add (self->groups, group);
}

/* Takes the programs. */
static void
show (PostwegPageDoctor *self, GPtrArray *programs)
{
  for (guint i = 0; i < self->groups->len; i++)
    adw_preferences_page_remove (self->list, g_ptr_array_index (self->groups, i));
  g_ptr_array_set_size (self->groups, 0);
  g_clear_pointer (&self->programs, g_ptr_array_unref);
  self->programs = programs;
  g_object_ref (self->another);
  adw_preferences_page_remove (self->list, self->another);
  for (guint i = 0; i < programs->len; i++)
    add_program (self, g_ptr_array_index (programs, i));
  adw_preferences_page_add (self->list, self->another);
  g_object_unref (self->another);
  postweg_notice_show (self->notice, self->groups->len == 0 ? POSTWEG_NOTICE_NONE : POSTWEG_NOTICE_HIDDEN,
                       _("None of the mail programs on this computer has an account that Postweg can read. Choose “Another Account” and enter its address."),
                          _("Look Again"));
}

static void
set_looking (PostwegPageDoctor *self, gboolean looking)
{
  g_clear_object (&self->looking);
  if (looking)
    self->looking = g_cancellable_new ();
  postweg_page_set_busy (POSTWEG_PAGE (self), looking);
}

static void
listed (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer data)
{
  g_autoptr (PostwegRun) run = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) programs = postweg_checkup_list_programs_finish (result, &error);
  PostwegPageDoctor *self = run->widget;

  if (self->looking != run->cancellable)
    return;
  set_looking (self, FALSE);
  if (programs != NULL)
    show (self, g_steal_pointer (&programs));
  else if (self->programs == NULL)
    postweg_notice_show (self->notice, POSTWEG_NOTICE_FAILED, error->message, _("Look Again"));
}

/* A list that is there already stays until it is known better. */
static void
look (PostwegPageDoctor *self)
{
  set_looking (self, TRUE);
  if (self->programs == NULL || self->groups->len == 0)
    postweg_notice_show (self->notice, POSTWEG_NOTICE_LOADING,
                         _("Looking for accounts in your mail programs …"), NULL);
  postweg_checkup_list_programs (NULL, self->looking, listed, postweg_run_new (self, self->looking));
}

static void
look_again (PostwegPageDoctor *self)
{
  if (self->looking == NULL)
    look (self);
}

static void
enter (PostwegPage *page)
{
  PostwegPageDoctor *self = POSTWEG_PAGE_DOCTOR (page);

  postweg_complaints_set (self->complaints, postweg_journey_get_complaint (postweg_page_get_journey (page)));
  look (self);
}

static void
stop (PostwegPage *page)
{
  PostwegPageDoctor *self = POSTWEG_PAGE_DOCTOR (page);

  g_cancellable_cancel (self->looking);
  set_looking (self, FALSE);
  if (postweg_notice_get_kind (self->notice) == POSTWEG_NOTICE_LOADING)
    postweg_notice_show (
        self->notice, POSTWEG_NOTICE_STOPPED,
        _("The search was stopped. Look again, or choose “Another Account” and enter its address."),
           _("Look Again"));
}

/* An account that is in no program here begins with its address. */
static void
another_chosen (PostwegPageDoctor *self)
{
  PostwegJourney *journey = postweg_page_get_journey (POSTWEG_PAGE (self));

  if (postweg_journey_get_place (journey) != NULL)
    postweg_journey_forget (journey);
  postweg_journey_set_complaint (journey, postweg_complaints_get (self->complaints));
  gtk_widget_activate_action (GTK_WIDGET (self), "win.show-page", "s", "PostwegPageAddress");
}

static void
dispose (GObject *object)
{
  PostwegPageDoctor *self = POSTWEG_PAGE_DOCTOR (object);

  g_clear_object (&self->looking);
  g_clear_pointer (&self->groups, g_ptr_array_unref);
  g_clear_pointer (&self->programs, g_ptr_array_unref);
  G_OBJECT_CLASS (postweg_page_doctor_parent_class)->dispose (object);
}

static void
postweg_page_doctor_class_init (PostwegPageDoctorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  PostwegPageClass *page_class = POSTWEG_PAGE_CLASS (klass);

  g_type_ensure (POSTWEG_TYPE_COMPLAINTS);
  g_type_ensure (POSTWEG_TYPE_NOTICE);
  G_OBJECT_CLASS (klass)->dispose = dispose;
  page_class->enter = enter;
  page_class->leave = postweg_page_stop;
  page_class->stop = stop;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/postweg/Postweg/page-doctor.ui");
  gtk_widget_class_bind_template_child (widget_class, PostwegPageDoctor, list);
  gtk_widget_class_bind_template_child (widget_class, PostwegPageDoctor, complaints);
  gtk_widget_class_bind_template_child (widget_class, PostwegPageDoctor, another);
  gtk_widget_class_bind_template_child (widget_class, PostwegPageDoctor, notice);
  gtk_widget_class_bind_template_callback (widget_class, another_chosen);
  gtk_widget_class_bind_template_callback (widget_class, look_again);
}

static void
postweg_page_doctor_init (PostwegPageDoctor *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->groups = g_ptr_array_new ();
}
