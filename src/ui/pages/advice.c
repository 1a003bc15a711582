/* POP or IMAP: habits in, recommendation out. */
#include "ui/pages/advice.h"
#include "ui/parts/fold-layout.h"
#include "ui/parts/parts.h"
#include "ui/pictures/play-view.h"
#include "ui/pictures/two-doors.h"
#include <glib/gi18n-lib.h>

#define N_QUESTIONS 7
#define MAX_ANSWERS 4
#define HEADROOM 12 /* pixels above the questions when they are scrolled to */

struct _PostwegPageAdvice {
  PostwegPage parent_instance;
  AdwPreferencesGroup *questions, *reasons, *against, *notes;
  AdwComboRow *answers[N_QUESTIONS];
  PostwegRows *reason_rows, *against_rows, *note_rows;
  GtkWidget *pop, *days_row, *also_row;
  GtkSwitch *keep, *also;
  GtkSpinButton *days;
  GtkLabel *consequence;
  PostwegPlayView *play;
  PostwegAdvice *advice;
  gboolean filling;     /* the widgets are being set, nobody answers */
  gboolean pop_touched; /* the person has chosen POP options: advice no longer sets them */
};

G_DEFINE_FINAL_TYPE (PostwegPageAdvice, postweg_page_advice, POSTWEG_TYPE_PAGE)

/* In the order of PostwegHabits; the answers in the order of their enums, the unknown one last. */
static const struct {
  const char *question;
  const char *answers[MAX_ANSWERS + 1];
} questions[N_QUESTIONS] = {
  { N_ ("Devices you read mail on"), { N_ ("One"), N_ ("Several"), N_ ("Not sure") } },
        { N_ ("Use of the provider’s web page"),
              { N_ ("Often"), N_ ("Rarely"), N_ ("Never"), N_ ("Not sure") } },
                { N_ ("Same folders on every device"), { N_ ("Yes"), N_ ("No"), N_ ("Not sure") } },
                      { N_ ("Reading without the internet"),
                            { N_ ("Always"), N_ ("Sometimes"), N_ ("Never"), N_ ("Not sure") } },
                              { N_ ("Space at the provider"),
                                    { N_ ("Plenty"), N_ ("Little"), N_ ("Not sure") } },
                                    { N_ ("Who keeps the mail"),
                                          { N_ ("My provider too"), N_ ("Only me"), N_ ("Not sure") } },
                                          { N_ ("Somebody else uses this mailbox"),
                                                { N_ ("Yes"), N_ ("No"), N_ ("Not sure") } },
                                          };

static PostwegPopOptions
pop_options (PostwegPageAdvice *self)
{
  gboolean keep = gtk_switch_get_active (self->keep);

  return (PostwegPopOptions){
    .keep_on_server = keep,
    .delete_after_days = keep ? (guint) gtk_spin_button_get_value_as_int (self->days) : 0,
    .delete_when_deleted = keep && gtk_switch_get_active (self->also),
  };
}

/* What the options mean for a mail that comes today. Returns: (transfer full) */
static char *
consequence_of (const PostwegPopOptions *pop)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autoptr (GDateTime) then = g_date_time_add_days (now, (int) pop->delete_after_days);
  g_autofree char *date = g_date_time_format (then, "%F");

  if (!pop->keep_on_server)
    return g_strdup (_("Once fetched, mail is only on this computer. Back it up; other devices and the web page no longer show it."));
  if (pop->delete_after_days > 0)
    return g_strdup_printf (
        _("A mail that is fetched today vanishes from the server on %s, and stays on this computer."), date);
  if (pop->delete_when_deleted)
    return g_strdup (_("Mail stays on the server until you delete it here."));
  return g_strdup (
      _("Mail stays on the server for good, also what you delete here. The mailbox fills up in time."));
}

static void
show_pop (PostwegPageAdvice *self)
{
  PostwegPopOptions pop = pop_options (self);
  g_autofree char *consequence = consequence_of (&pop);

  gtk_widget_set_sensitive (self->days_row, pop.keep_on_server);
  gtk_widget_set_sensitive (self->also_row, pop.keep_on_server);
  gtk_label_set_label (self->consequence, consequence);
  postweg_play_view_set_pop (self->play, &pop);
}

static void
fill_pop (PostwegPageAdvice *self, const PostwegPopOptions *pop)
{
  self->filling = TRUE;
  gtk_switch_set_active (self->keep, pop->keep_on_server);
  gtk_spin_button_set_value (self->days, pop->delete_after_days);
  gtk_switch_set_active (self->also, pop->delete_when_deleted);
  self->filling = FALSE;
  show_pop (self);
}

static void
pop_changed (PostwegPageAdvice *self)
{
  if (self->filling)
    return;
  self->pop_touched = TRUE;
  show_pop (self);
}

static const char *
headline (const PostwegAdvice *advice)
{
  if (!advice->clear)
    return _("IMAP Is the Safer Choice");
  return advice->recommend == POSTWEG_IMAP ? _("IMAP Fits You") : _("POP Fits You");
}

static void
show_texts (PostwegRows *rows, const char *icon, const GPtrArray *texts)
{
  postweg_rows_clear (rows);
  postweg_rows_add_texts (rows, icon, texts);
  gtk_widget_set_visible (GTK_WIDGET (rows->group), texts->len > 0);
}

static void
show_buttons (PostwegPageAdvice *self, const PostwegProvider *provider)
{
  PostwegPage *page = POSTWEG_PAGE (self);
  gboolean pop = provider == NULL || (provider->quirks & POSTWEG_QUIRK_POP_NOT_OFFERED) == 0;

  postweg_page_set_complete (page, TRUE);
  postweg_page_set_second_complete (page, pop);
  postweg_page_set_suggests (page, self->advice->recommend == POSTWEG_IMAP ? POSTWEG_SUGGEST_WAY_ON
                                                                           : POSTWEG_SUGGEST_SECOND);
  gtk_widget_set_visible (self->pop, pop);
}

static void
show_advice (PostwegPageAdvice *self)
{
  PostwegJourney *journey = postweg_page_get_journey (POSTWEG_PAGE (self));
  const PostwegProvider *provider = postweg_journey_get_provider (journey);

  postweg_advice_free (self->advice);
  self->advice = postweg_checkup_advise (postweg_journey_get_habits (journey), provider);
  adw_preferences_group_set_title (self->reasons, headline (self->advice));
  show_texts (self->reason_rows, "emblem-ok-symbolic", self->advice->reasons);
  gtk_widget_set_visible (GTK_WIDGET (self->reasons), TRUE);
  show_texts (self->against_rows, "dialog-warning-symbolic", self->advice->against);
  show_texts (self->note_rows, "dialog-information-symbolic", self->advice->provider_notes);
  show_buttons (self, provider);
  if (!self->pop_touched)
    fill_pop (self, &self->advice->pop);
}

static void
answered (PostwegPageAdvice *self)
{
  guint chosen[N_QUESTIONS];

  if (self->filling)
    return;
  for (guint i = 0; i < N_QUESTIONS; i++)
    chosen[i] = adw_combo_row_get_selected (self->answers[i]);
  *postweg_journey_get_habits (postweg_page_get_journey (POSTWEG_PAGE (self))) = (PostwegHabits){
    .devices = chosen[0],
    .webmail = chosen[1],
    .folders = chosen[2],
    .offline = chosen[3],
    .space = chosen[4],
    .keeper = chosen[5],
    .shared = chosen[6],
  };
  show_advice (self);
}

static void
fill_answers (PostwegPageAdvice *self, const PostwegHabits *habits)
{
  const guint chosen[N_QUESTIONS] = {
    habits->devices, habits->webmail, habits->folders, habits->offline,
    habits->space,   habits->keeper,  habits->shared,
  };

  self->filling = TRUE;
  for (guint i = 0; i < N_QUESTIONS; i++)
    adw_combo_row_set_selected (self->answers[i], chosen[i]);
  self->filling = FALSE;
}

static void
enter (PostwegPage *page)
{
  PostwegPageAdvice *self = POSTWEG_PAGE_ADVICE (page);

  fill_answers (self, postweg_journey_get_habits (postweg_page_get_journey (page)));
  show_advice (self);
}

static void
choose (PostwegPageAdvice *self, PostwegProtocol protocol)
{
  PostwegPopOptions pop = pop_options (self);

  postweg_journey_set_protocol (postweg_page_get_journey (POSTWEG_PAGE (self)), protocol, &pop);
  postweg_page_done (POSTWEG_PAGE (self));
}

static void
use_imap (PostwegPage *page)
{
  choose (POSTWEG_PAGE_ADVICE (page), POSTWEG_IMAP);
}

static void
use_pop (PostwegPage *page)
{
  choose (POSTWEG_PAGE_ADVICE (page), POSTWEG_POP3);
}

static void
add_question (PostwegPageAdvice *self, guint i)
{
  g_autoptr (GtkStringList) answers = gtk_string_list_new (NULL);
  const char *question = _(questions[i].question);

  for (const char *const *answer = questions[i].answers; *answer != NULL; answer++)
    gtk_string_list_append (answers, _(*answer));
  self->answers[i] = g_object_new (ADW_TYPE_COMBO_ROW, "title", question, "model", answers, NULL);
  postweg_parts_name (GTK_WIDGET (self->answers[i]), question);
  adw_preferences_group_add (self->questions, GTK_WIDGET (self->answers[i]));
  g_signal_connect_swapped (self->answers[i], "notify::selected", G_CALLBACK (answered), self);
}

/* Brings all questions into view, not only the one that gets the focus. */
static void
ask (PostwegPageAdvice *self)
{
  GtkWidget *group = GTK_WIDGET (self->questions);
  GtkWidget *scrolled = gtk_widget_get_ancestor (group, GTK_TYPE_SCROLLED_WINDOW);
  GtkAdjustment *down = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled));
  graphene_point_t top = GRAPHENE_POINT_INIT (0, 0);
  double wanted = gtk_adjustment_get_value (down);

  /* widgets do not know yet where they are once the focus has scrolled */
  if (gtk_widget_compute_point (group, scrolled, &GRAPHENE_POINT_INIT (0, -HEADROOM), &top))
    wanted += (double) top.y;
  gtk_widget_grab_focus (GTK_WIDGET (self->answers[0]));
  gtk_adjustment_set_value (down, wanted);
}

/* The questions stand below the picture, and a small window does not show them. */
static void
add_way_to_questions (PostwegPageAdvice *self)
{
  GtkWidget *button = gtk_button_new_with_label (_("Which Fits Me?"));

  gtk_widget_add_css_class (button, "flat");
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (ask), self);
  postweg_play_view_add_tool (self->play, button);
}

static void
dispose (GObject *object)
{
  PostwegPageAdvice *self = POSTWEG_PAGE_ADVICE (object);

  g_clear_pointer (&self->advice, postweg_advice_free);
  g_clear_pointer (&self->reason_rows, postweg_rows_free);
  g_clear_pointer (&self->against_rows, postweg_rows_free);
  g_clear_pointer (&self->note_rows, postweg_rows_free);
  G_OBJECT_CLASS (postweg_page_advice_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *klass)
{
  gtk_widget_class_bind_template_child (klass, PostwegPageAdvice, questions);
  gtk_widget_class_bind_template_child (klass, PostwegPageAdvice, reasons);
  gtk_widget_class_bind_template_child (klass, PostwegPageAdvice, against);
  gtk_widget_class_bind_template_child (klass, PostwegPageAdvice, notes);
  gtk_widget_class_bind_template_child (klass, PostwegPageAdvice, pop);
  gtk_widget_class_bind_template_child (klass, PostwegPageAdvice, keep);
  gtk_widget_class_bind_template_child (klass, PostwegPageAdvice, days_row);
  gtk_widget_class_bind_template_child (klass, PostwegPageAdvice, days);
  gtk_widget_class_bind_template_child (klass, PostwegPageAdvice, also_row);
  gtk_widget_class_bind_template_child (klass, PostwegPageAdvice, also);
  gtk_widget_class_bind_template_child (klass, PostwegPageAdvice, consequence);
  gtk_widget_class_bind_template_child (klass, PostwegPageAdvice, play);
}

static void
postweg_page_advice_class_init (PostwegPageAdviceClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  PostwegPageClass *page_class = POSTWEG_PAGE_CLASS (klass);

  g_type_ensure (POSTWEG_TYPE_FOLD_LAYOUT);
  g_type_ensure (POSTWEG_TYPE_PLAY_VIEW);
  g_type_ensure (POSTWEG_TYPE_TWO_DOORS);
  G_OBJECT_CLASS (klass)->dispose = dispose;
  page_class->enter = enter;
  page_class->go_on = use_imap;
  page_class->go_second = use_pop;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/postweg/Postweg/page-advice.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, pop_changed);
}

static void
postweg_page_advice_init (PostwegPageAdvice *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; i < N_QUESTIONS; i++)
    add_question (self, i);
  self->reason_rows = postweg_rows_new (self->reasons);
  self->against_rows = postweg_rows_new (self->against);
  self->note_rows = postweg_rows_new (self->notes);
  add_way_to_questions (self);
  postweg_page_set_way_on (POSTWEG_PAGE (self), _("Use IMAP"));
  postweg_page_set_second_way (POSTWEG_PAGE (self), _("Use POP"));
}
