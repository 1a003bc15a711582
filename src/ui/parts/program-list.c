/* Groups by kind; everything that is no program of this computer is folded away. */
#include "ui/parts/program-list.h"
#include "ui/parts/parts.h"
#include "ui/parts/program-row.h"
#include <glib/gi18n-lib.h>

#define N_KINDS (POSTWEG_KIND_DOMAIN + 1)

struct _PostwegProgramList {
  AdwPreferencesGroup parent_instance;
  AdwPreferencesGroup *here[2]; /* desktop and terminal programs that were found */
  PostwegRows *here_rows[2];
  AdwPreferencesGroup *elsewhere;
  AdwExpanderRow *kinds[N_KINDS]; /* of what is carried elsewhere; NULL: there is nothing of this kind */
  GPtrArray *programs;            /* PostwegProgram: found, or NULL */
  GPtrArray *outputs;             /* PostwegProgram: what can be carried elsewhere */
  GPtrArray *rows;                /* PostwegProgramRow, all of them, not owned */
  GtkCheckButton *none;           /* never shown: a button alone in its group would not be round */
  const PostwegProgram *chosen;
};

G_DEFINE_FINAL_TYPE (PostwegProgramList, postweg_program_list, ADW_TYPE_PREFERENCES_GROUP)

static guint chosen_signal;

/* clang-format off */
static const char *const here_titles[] = { N_ ("On This Computer"), N_ ("In the Terminal") };

static const struct {
  const char *title, *subtitle;
} kinds[N_KINDS] = {
  [POSTWEG_KIND_DESKTOP] = { N_ ("A Program on Another Computer"), N_ ("A file to be imported there") },
  [POSTWEG_KIND_TERMINAL] = { N_ ("A Terminal Elsewhere"), N_ ("A file to be copied there") },
  [POSTWEG_KIND_PHONE] = { N_ ("Phone or Tablet"), N_ ("A code to be scanned, or a file") },
  [POSTWEG_KIND_SHEET] = { N_ ("Sheet of Settings"), N_ ("To be printed, or typed in by hand") },
  [POSTWEG_KIND_DOMAIN] = { N_ ("For Administrators"), N_ ("So that the programs of others find the servers by themselves") },
};

static const struct {
  const char *id, *sentence;
} outputs[] = {
  { "thunderbird-zip", N_ ("A file that Thunderbird imports, also on Windows and macOS") },
  { "thunderbird-android", N_ ("A QR code that the app scans") },
  { "k9", N_ ("A settings file that the app opens") },
  { "deltachat", N_ ("A QR code that signs the app in") },
  { "apple", N_ ("A profile for iPhone, iPad and Mac") },
  { "outlook", N_ ("A sheet with the field names that Outlook uses") },
  { "sheet", N_ ("All settings on one page, to be printed") },
  { "thunderbird-policies", N_ ("A file that sets Thunderbird up for all users of a computer") },
  { "autoconfig", N_ ("A file for the domain’s web server") },
  { "srv", N_ ("Lines for the domain’s name service") },
  { "pacc", N_ ("A file for the domain’s web server, and a line for its name service") },
};
/* clang-format on */

static const char *
output_sentence (const char *id)
{
  for (guint i = 0; i < G_N_ELEMENTS (outputs); i++)
    if (g_strcmp0 (outputs[i].id, id) == 0)
      return _(outputs[i].sentence);
  return "";
}

static void
choose (PostwegProgramList *self, const PostwegProgram *program)
{
  self->chosen = program;
  g_signal_emit (self, chosen_signal, 0);
}

static void
row_chosen (PostwegProgramRow *row, PostwegProgramList *self)
{
  choose (self, postweg_program_row_get_program (row));
}

static GtkWidget *
add_row (PostwegProgramList *self, const PostwegProgram *program)
{
  PostwegProgramRow *row = postweg_program_row_new (program, self->none, program == self->chosen);

  g_signal_connect_object (row, "chosen", G_CALLBACK (row_chosen), self, 0);
  g_ptr_array_add (self->rows, row);
  return GTK_WIDGET (row);
}

static gboolean
same_place (const PostwegProgram *one, const PostwegProgram *other)
{
  return g_strcmp0 (one->program, other->program) == 0 && g_strcmp0 (one->profile, other->profile) == 0;
}

static gboolean
was_chosen (const PostwegProgram *program, gconstpointer before)
{
  return before != NULL && same_place (program, before);
}

static gboolean
is_place (const PostwegProgram *program, gconstpointer place)
{
  return postweg_place_is_in (place, program);
}

/* Returns: (transfer none): the first in both lists that is what is wanted, or NULL */
static const PostwegProgram *
first_that (PostwegProgramList *self, gboolean (*wanted) (const PostwegProgram *program, gconstpointer data),
            gconstpointer data)
{
  GPtrArray *const lists[] = { self->programs, self->outputs };

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    for (guint k = 0; k < lists[i]->len; k++)
      if (wanted (g_ptr_array_index (lists[i], k), data))
        return g_ptr_array_index (lists[i], k);
  return NULL;
}

static void
fill (PostwegProgramList *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->here); i++)
    postweg_rows_clear (self->here_rows[i]);
  g_ptr_array_remove_range (self->rows, self->outputs->len, self->rows->len - self->outputs->len);
  for (guint i = 0; i < self->programs->len; i++)
    {
      const PostwegProgram *program = g_ptr_array_index (self->programs, i);
      PostwegKnownProgram known = { .kind = POSTWEG_KIND_DESKTOP };

      postweg_checkup_find_known_program (program->program, &known);
      postweg_rows_add (self->here_rows[known.kind == POSTWEG_KIND_TERMINAL], add_row (self, program));
    }
  postweg_program_list_fold (self, FALSE);
}

static void
add_output (PostwegProgramList *self, const PostwegKnownProgram *known)
{
  PostwegProgram *program = postweg_program_new (known->id, known->name, "");
  AdwExpanderRow **kind = &self->kinds[known->kind];

  g_free (program->note);
  program->note = g_strdup (output_sentence (known->id));
  g_ptr_array_add (self->outputs, program);
  if (*kind == NULL)
    {
      *kind = ADW_EXPANDER_ROW (postweg_parts_row_new (ADW_TYPE_EXPANDER_ROW, _(kinds[known->kind].title)));
      adw_expander_row_set_subtitle (*kind, _(kinds[known->kind].subtitle));
      adw_preferences_group_add (self->elsewhere, GTK_WIDGET (*kind));
    }
  adw_expander_row_add_row (*kind, add_row (self, program));
}

/* In the order of the kinds, whatever the order of the programs. */
static void
add_outputs (PostwegProgramList *self)
{
  for (guint kind = 0; kind < N_KINDS; kind++)
    for (guint i = 0; i < postweg_checkup_n_known_programs (); i++)
      {
        PostwegKnownProgram known = postweg_checkup_known_program (i);

        if (known.is_output && known.kind == kind)
          add_output (self, &known);
      }
}

static void
dispose (GObject *object)
{
  PostwegProgramList *self = POSTWEG_PROGRAM_LIST (object);

  for (guint i = 0; i < G_N_ELEMENTS (self->here); i++)
    g_clear_pointer (&self->here_rows[i], postweg_rows_free);
  g_clear_object (&self->none);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->programs, g_ptr_array_unref);
  g_clear_pointer (&self->outputs, g_ptr_array_unref);
  G_OBJECT_CLASS (postweg_program_list_parent_class)->dispose (object);
}

static void
postweg_program_list_class_init (PostwegProgramListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dispose;
  chosen_signal = g_signal_new ("chosen", POSTWEG_TYPE_PROGRAM_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 0);
}

static AdwPreferencesGroup *
new_group (GtkBox *box, const char *title)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());

  adw_preferences_group_set_title (group, title);
  postweg_parts_name (GTK_WIDGET (group), title);
  gtk_box_append (box, GTK_WIDGET (group));
  return group;
}

static void
postweg_program_list_init (PostwegProgramList *self)
{
  GtkWidget *box = g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL, "spacing", 24, NULL);

  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), box);
  self->rows = g_ptr_array_new ();
  self->programs = g_ptr_array_new ();
  self->outputs = g_ptr_array_new_with_free_func ((GDestroyNotify) postweg_program_free);
  self->none = g_object_ref_sink (GTK_CHECK_BUTTON (gtk_check_button_new ()));
  for (guint i = 0; i < G_N_ELEMENTS (self->here); i++)
    {
      self->here[i] = new_group (GTK_BOX (box), _(here_titles[i]));
      self->here_rows[i] = postweg_rows_new (self->here[i]);
    }
  self->elsewhere = new_group (GTK_BOX (box), _("Other Programs and Devices"));
  add_outputs (self);
}

static gboolean
has_shown_row (PostwegProgramList *self, GtkWidget *inside)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      GtkWidget *row = g_ptr_array_index (self->rows, i);

      if (gtk_widget_get_visible (row) && gtk_widget_is_ancestor (row, inside))
        return TRUE;
    }
  return FALSE;
}

void
postweg_program_list_show (PostwegProgramList *self, GPtrArray *programs, const PostwegPlace *place)
{
  g_autoptr (GPtrArray) before = self->programs;
  const PostwegProgram *chosen;

  self->programs = g_ptr_array_ref (programs);
  chosen = first_that (self, was_chosen, self->chosen);
  if (chosen == NULL)
    chosen = first_that (self, is_place, place);
  if (chosen == NULL && programs->len > 0)
    chosen = g_ptr_array_index (programs, 0);
  self->chosen = chosen;
  fill (self);
  choose (self, chosen);
}

const PostwegProgram *
postweg_program_list_get_chosen (PostwegProgramList *self)
{
  return self->chosen;
}

void
postweg_program_list_forget (PostwegProgramList *self)
{
  gtk_check_button_set_active (self->none, TRUE);
  choose (self, NULL);
}

void
postweg_program_list_fold (PostwegProgramList *self, gboolean folded)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      GtkWidget *row = g_ptr_array_index (self->rows, i);

      gtk_widget_set_visible (row, !folded || postweg_program_row_get_program (POSTWEG_PROGRAM_ROW (row)) ==
                                                  self->chosen);
    }
  for (guint i = 0; i < G_N_ELEMENTS (self->here); i++)
    gtk_widget_set_visible (GTK_WIDGET (self->here[i]), has_shown_row (self, GTK_WIDGET (self->here[i])));
  for (guint i = 0; i < N_KINDS; i++)
    if (self->kinds[i] != NULL)
      gtk_widget_set_visible (GTK_WIDGET (self->kinds[i]), has_shown_row (self, GTK_WIDGET (self->kinds[i])));
  gtk_widget_set_visible (GTK_WIDGET (self->elsewhere), has_shown_row (self, GTK_WIDGET (self->elsewhere)));
}
