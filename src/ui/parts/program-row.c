/* A row with a round button; a program that cannot be written to says why and cannot be chosen. */
#include "ui/parts/program-row.h"
#include "ui/parts/parts.h"
#include <glib/gi18n-lib.h>

struct _PostwegProgramRow {
  AdwActionRow parent_instance;
  GtkCheckButton *button;
  const PostwegProgram *program;
};

G_DEFINE_FINAL_TYPE (PostwegProgramRow, postweg_program_row, ADW_TYPE_ACTION_ROW)

static guint chosen_signal;

static void
toggled (PostwegProgramRow *self)
{
  if (gtk_check_button_get_active (self->button))
    g_signal_emit (self, chosen_signal, 0);
}

static char *
addresses (const PostwegProgram *program)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) list = NULL;

  for (guint i = 0; i < program->accounts->len; i++)
    {
      const PostwegStoredAccount *stored = g_ptr_array_index (program->accounts, i);

      g_strv_builder_add (builder, stored->account->address);
    }
  list = g_strv_builder_end (builder);
  return g_strjoinv (", ", list);
}

static const char *
state_words (const PostwegProgram *program)
{
  if (program->read_only)
    return *program->note != '\0' ? "" : _("This profile cannot be written to.");
  return program->running ? _("It is open at the moment.") : "";
}

/* Folder, accounts, note, state: one line each, those that there are. */
static char *
subtitle_of (const PostwegProgram *program)
{
  g_autofree char *path = postweg_parts_path (program->profile);
  g_autofree char *accounts = addresses (program);
  const char *const lines[] = { path, accounts, program->note, state_words (program) };
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    if (*lines[i] != '\0')
      g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", lines[i]);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
postweg_program_row_class_init (PostwegProgramRowClass *klass)
{
  chosen_signal = g_signal_new ("chosen", POSTWEG_TYPE_PROGRAM_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 0);
  (void) klass;
}

static void
postweg_program_row_init (PostwegProgramRow *self)
{
  self->button = GTK_CHECK_BUTTON (gtk_check_button_new ());
  gtk_widget_set_valign (GTK_WIDGET (self->button), GTK_ALIGN_CENTER);
  adw_action_row_add_prefix (ADW_ACTION_ROW (self), GTK_WIDGET (self->button));
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (self), GTK_WIDGET (self->button));
}

PostwegProgramRow *
postweg_program_row_new (const PostwegProgram *program, GtkCheckButton *group, gboolean chosen)
{
  PostwegProgramRow *self =
      POSTWEG_PROGRAM_ROW (postweg_parts_row_new (POSTWEG_TYPE_PROGRAM_ROW, program->name));
  g_autofree char *subtitle = subtitle_of (program);

  self->program = program;
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), subtitle);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (self), 0);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  subtitle, -1);
  postweg_parts_name (GTK_WIDGET (self->button), program->name);
  gtk_check_button_set_group (self->button, group);
  gtk_check_button_set_active (self->button, chosen);
  gtk_widget_set_sensitive (GTK_WIDGET (self), !program->read_only);
  g_signal_connect_swapped (self->button, "toggled", G_CALLBACK (toggled), self);
  return self;
}

const PostwegProgram *
postweg_program_row_get_program (PostwegProgramRow *self)
{
  return self->program;
}
