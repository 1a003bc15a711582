/* Result: one answer, whose matter it is, and what to do. */
#include "ui/pages/result.h"
#include "ui/parts/delivering.h"
#include "ui/parts/differences.h"
#include "ui/parts/finding-row.h"
#include "ui/parts/fold-layout.h"
#include "ui/parts/hand-on.h"
#include "ui/pictures/port-map.h"
#include "ui/refused.h"
#include <glib/gi18n-lib.h>

struct _PostwegPageResult {
  PostwegPage parent_instance;
  GtkImage *sign;
  GtkLabel *headline, *matter;
  AdwPreferencesGroup *said, *ways, *answer, *mending, *further, *comparison;
  PostwegRows *said_rows, *way_rows, *answer_rows, *mending_rows, *further_rows, *comparison_rows;
  GtkWidget *again, *seen;
  AdwExpanderRow *evidence;
  PostwegDelivering *delivering;
  PostwegHandOn *hand_on;
  PostwegPortMap *port_map;
  GPtrArray *evidence_rows; /* GtkWidget, owned by the expander row */
};

G_DEFINE_FINAL_TYPE (PostwegPageResult, postweg_page_result, POSTWEG_TYPE_PAGE)

static const struct {
  const char *icon;
  const char *css_class;
} looks[] = {
  [POSTWEG_VERDICT_WORKS] = { "postweg-verdict-works-symbolic", "success" },
  [POSTWEG_VERDICT_WORKS_WITH_NOTE] = { "postweg-verdict-works-with-note-symbolic", "success" },
  [POSTWEG_VERDICT_RECEIVE_ONLY] = { "postweg-verdict-receive-only-symbolic", "verdict" },
  [POSTWEG_VERDICT_SEND_ONLY] = { "postweg-verdict-send-only-symbolic", "verdict" },
  [POSTWEG_VERDICT_NOTHING_WORKS] = { "postweg-verdict-nothing-works-symbolic", "verdict" },
  [POSTWEG_VERDICT_NOT_TESTED] = { "postweg-verdict-not-tested-symbolic", "dim-label" },
};

static const PostwegTestResult *
result_of (PostwegPageResult *self)
{
  return postweg_journey_get_result (postweg_page_get_journey (POSTWEG_PAGE (self)));
}

static const PostwegFinding *
first_of (const PostwegTestResult *result)
{
  return result != NULL && result->findings->len > 0 ? g_ptr_array_index (result->findings, 0) : NULL;
}

/* What the settings alone give reason to say leaves no trace in the steps; the picture must not say less than the headline. */
static PostwegVerdict
shown_verdict (const PostwegTestResult *result)
{
  return result->verdict == POSTWEG_VERDICT_WORKS && result->findings->len > 0
             ? POSTWEG_VERDICT_WORKS_WITH_NOTE
             : result->verdict;
}

static void
show_headline (PostwegPageResult *self, const PostwegTestResult *result)
{
  PostwegVerdict verdict = shown_verdict (result);
  const char *const css_classes[] = { looks[verdict].css_class, NULL };
  g_autofree char *words = postweg_checkup_verdict_text (result);

  gtk_image_set_from_icon_name (self->sign, looks[verdict].icon);
  gtk_widget_set_css_classes (GTK_WIDGET (self->sign), (const char **) css_classes);
  gtk_label_set_label (self->headline, words);
}

static const struct {
  const char *name; /* of postweg_side_verdict_name() */
  const char *icon, *css_class, *word;
} sides[] = {
  { "works", "object-select-symbolic", "success", N_ ("Works") },
    { "note", "dialog-information-symbolic", "warning", N_ ("Works with a note") },
      { "fails", "window-close-symbolic", "error", N_ ("Does not work") },
        { "not-tested", "list-remove-symbolic", "dim-label", N_ ("Not tested") },
      };

static gboolean
has_note (const PostwegTestResult *result, PostwegSide side)
{
  for (guint i = 0; i < result->findings->len; i++)
    {
      const PostwegFinding *finding = g_ptr_array_index (result->findings, i);

      if (finding->side == side || finding->side == POSTWEG_BOTH)
        return TRUE;
    }
  return FALSE;
}

static guint
side_look (const PostwegTestResult *result, PostwegSide side)
{
  const char *name =
      postweg_side_verdict_name (side == POSTWEG_RECEIVE ? result->incoming : result->outgoing);
  guint i = 0;

  if (g_strcmp0 (name, "works") == 0 && has_note (result, side))
    name = "note";
  while (i + 1 < G_N_ELEMENTS (sides) && g_strcmp0 (sides[i].name, name) != 0)
    i++;
  return i;
}

/* Returns: (transfer full): a server, and whether it works */
static char *
way_text (const PostwegPlace *place, PostwegSide side, const PostwegServer *server, guint look)
{
  char *words = postweg_place_side_words (place, side);

  if (words != NULL)
    return words;
  if (server == NULL)
    return g_strdup (_("No server is set up for this."));
  /* Translators: a server, its port, and whether it works, for instance "imap.example.org, port 993: Works" */
  return g_strdup_printf (_("%s, port %u: %s"), server->host, server->port, _(sides[look].word));
}

static void
add_way (PostwegPageResult *self, const PostwegTestResult *result, PostwegSide side, const char *title)
{
  const PostwegPlace *place = postweg_journey_get_place (postweg_page_get_journey (POSTWEG_PAGE (self)));
  guint look = side_look (result, side);
  GtkWidget *row, *image;
  g_autofree char *text = way_text (
      place, side, side == POSTWEG_RECEIVE ? result->account->incoming : result->account->outgoing, look);

  row = postweg_parts_row_new (ADW_TYPE_ACTION_ROW, title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), text);
  image = g_object_new (GTK_TYPE_IMAGE, "icon-name", sides[look].icon, "accessible-role",
                        GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  gtk_widget_add_css_class (image, sides[look].css_class);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), image);
  postweg_rows_add (self->way_rows, row);
}

static void
show_ways (PostwegPageResult *self, const PostwegTestResult *result)
{
  postweg_rows_clear (self->way_rows);
  add_way (self, result, POSTWEG_RECEIVE, _("Receiving"));
  add_way (self, result, POSTWEG_SEND, _("Sending"));
}

static void
show_matter (PostwegPageResult *self, const PostwegFinding *finding)
{
  g_autofree char *who = NULL;
  g_autofree char *confidence = NULL;
  g_autofree char *text = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->matter), finding != NULL);
  if (finding == NULL)
    return;
  who = postweg_checkup_who_text (finding->who);
  confidence = postweg_checkup_confidence_text (finding->confidence);
  text = g_strdup_printf ("%s\n%s", who, confidence);
  gtk_label_set_label (self->matter, text);
}

static void
add_text (PostwegRows *rows, const char *icon, const char *text)
{
  if (text != NULL && *text != '\0')
    postweg_rows_add (rows, postweg_parts_text_row (icon, text));
}

static void
show_answer (PostwegPageResult *self, const PostwegFinding *finding)
{
  postweg_rows_clear (self->answer_rows);
  gtk_widget_set_visible (GTK_WIDGET (self->answer), finding != NULL);
  if (finding == NULL)
    return;
  add_text (self->answer_rows, "emblem-system-symbolic", finding->remedy);
  add_text (self->answer_rows, "dialog-information-symbolic", finding->explanation);
}

/* What the person came for, when the test has not found anything of that sort. */
static void
show_said (PostwegPageResult *self)
{
  PostwegJourney *journey = postweg_page_get_journey (POSTWEG_PAGE (self));
  const char *answer = postweg_journey_get_complaint_answer (journey);
  /* Translators: one of the sentences that people can choose, for instance “I Can Receive but Not Send” */
  g_autofree char *title =
      g_strdup_printf (_("You Said: %s"), postweg_complaint_label (postweg_journey_get_complaint (journey)));
  g_autofree char *markup = g_markup_escape_text (title, -1);

  postweg_rows_clear (self->said_rows);
  gtk_widget_set_visible (GTK_WIDGET (self->said), answer != NULL);
  if (answer == NULL)
    return;
  adw_preferences_group_set_title (self->said, markup);
  postweg_parts_name (GTK_WIDGET (self->said), title);
  add_text (self->said_rows, "dialog-information-symbolic", answer);
}

/* What will change is said before it changes. */
static void
show_mending (PostwegPageResult *self, const PostwegTestResult *result, const PostwegFinding *finding)
{
  gboolean mended = finding != NULL && finding->mended != NULL;

  postweg_rows_clear (self->mending_rows);
  gtk_widget_set_visible (GTK_WIDGET (self->mending), mended);
  if (mended && postweg_differences_add (self->mending_rows, result->account, finding->mended) == 0)
    add_text (self->mending_rows, NULL, _("The password for receiving is used for sending too."));
}

static void
show_evidence (PostwegPageResult *self, const PostwegFinding *finding)
{
  for (guint i = 0; i < self->evidence_rows->len; i++)
    adw_expander_row_remove (self->evidence, g_ptr_array_index (self->evidence_rows, i));
  g_ptr_array_set_size (self->evidence_rows, 0);
  for (guint i = 0; finding != NULL && i < finding->evidence->len; i++)
    {
      GtkWidget *row = postweg_parts_text_row (NULL, g_ptr_array_index (finding->evidence, i));

      g_ptr_array_add (self->evidence_rows, row);
      adw_expander_row_add_row (self->evidence, row);
    }
  gtk_widget_set_visible (self->seen, self->evidence_rows->len > 0);
}

static void
show_further (PostwegPageResult *self, const PostwegTestResult *result)
{
  postweg_rows_clear (self->further_rows);
  gtk_widget_set_visible (GTK_WIDGET (self->further), result->findings->len > 1);
  for (guint i = 1; i < result->findings->len; i++)
    postweg_rows_add (self->further_rows, postweg_finding_row (g_ptr_array_index (result->findings, i)));
}

static void
show_comparison (PostwegPageResult *self)
{
  PostwegJourney *journey = postweg_page_get_journey (POSTWEG_PAGE (self));
  const GPtrArray *lines = postweg_journey_get_comparison (journey);

  postweg_rows_clear (self->comparison_rows);
  gtk_widget_set_visible (GTK_WIDGET (self->comparison), lines != NULL);
  if (lines == NULL)
    return;
  adw_preferences_group_set_title (self->comparison, postweg_journey_get_comparison_heading (journey));
  postweg_parts_name (GTK_WIDGET (self->comparison), postweg_journey_get_comparison_heading (journey));
  postweg_rows_add_texts (self->comparison_rows, NULL, lines);
}

static void
to_test (PostwegPageResult *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.show-page", "s", "PostwegPageTest");
}

static void
test_again (PostwegPageResult *self)
{
  postweg_journey_take_result (postweg_page_get_journey (POSTWEG_PAGE (self)), NULL);
  to_test (self);
}

static void
mend (PostwegPageResult *self)
{
  PostwegJourney *journey = postweg_page_get_journey (POSTWEG_PAGE (self));
  const PostwegFinding *finding = first_of (result_of (self));
  /* the finding ends with the result, which the new account makes obsolete */
  g_autoptr (PostwegAccount) mended = postweg_account_copy (finding->mended);
  PostwegCredentials *credentials =
      postweg_checkup_mended_credentials (finding, postweg_journey_get_credentials (journey));

  postweg_journey_set_account (journey, mended);
  postweg_journey_take_credentials (journey, credentials);
  to_test (self);
}

static void
change_password (PostwegPageResult *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.show-page", "s", "PostwegPagePassword");
}

static void
change_servers (PostwegPageResult *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.show-page", "s", "PostwegPageServers");
}

static gboolean
practises (PostwegPageResult *self)
{
  return postweg_journey_get_road (postweg_page_get_journey (POSTWEG_PAGE (self))) == POSTWEG_ROAD_PRACTICE;
}

/* A practice account is written into no mail program. */
static void
to_program (PostwegPageResult *self)
{
  if (practises (self))
    gtk_widget_activate_action (GTK_WIDGET (self), "win.end-practice", NULL);
  else
    postweg_page_done (POSTWEG_PAGE (self));
}

/* What the person can do next, by what the test has shown. */
/* clang-format off */
typedef enum { MENDS, WORKS, FAILS, REFUSED, NOT_TESTED, NO_PASSWORD, NOT_ENCRYPTED } Outcome;

static const struct {
  const char *way_on, *second;
  void (*go_on) (PostwegPageResult *self);
  void (*go_second) (PostwegPageResult *self);
  PostwegSuggest suggests;
} next_ways[] = {
  [MENDS] = { N_ ("Mend and Test Again"), N_ ("Set Up a Mail Program"), mend, to_program, POSTWEG_SUGGEST_WAY_ON },
  [WORKS] = { N_ ("Set Up a Mail Program"), N_ ("Test Again"), to_program, test_again, POSTWEG_SUGGEST_WAY_ON },
  [FAILS] = { N_ ("Set Up a Mail Program"), N_ ("Test Again"), to_program, test_again, POSTWEG_SUGGEST_NONE },
  [REFUSED] = { N_ ("Enter Another Password"), N_ ("Set Up a Mail Program"), change_password, to_program, POSTWEG_SUGGEST_WAY_ON },
  [NOT_TESTED] = { N_ ("Test Again"), N_ ("Set Up a Mail Program"), test_again, to_program, POSTWEG_SUGGEST_WAY_ON },
  [NO_PASSWORD] = { N_ ("Enter the Password"), N_ ("Set Up a Mail Program"), change_password, to_program, POSTWEG_SUGGEST_WAY_ON },
  [NOT_ENCRYPTED] = { N_ ("Choose Encryption"), N_ ("Set Up a Mail Program"), change_servers, to_program, POSTWEG_SUGGEST_WAY_ON },
};
/* clang-format on */

static PostwegError
left_out (const PostwegEvidence *evidence)
{
  const PostwegStep *step = evidence != NULL ? postweg_evidence_step (evidence, POSTWEG_STAGE_AUTH) : NULL;

  return step != NULL && step->verdict == POSTWEG_STEP_SKIPPED ? step->error : POSTWEG_OK;
}

static Outcome
outcome_of (const PostwegTestResult *result)
{
  const PostwegFinding *finding = first_of (result);
  PostwegError incoming = left_out (result->incoming), outgoing = left_out (result->outgoing);

  if (finding != NULL && finding->mended != NULL)
    return MENDS;
  if (result->verdict <= POSTWEG_VERDICT_WORKS_WITH_NOTE)
    return WORKS;
  if (result->verdict != POSTWEG_VERDICT_NOT_TESTED)
    return postweg_refused_password (result, NULL) ? REFUSED : FAILS;
  if (incoming == POSTWEG_ERROR_NO_SECRET || outgoing == POSTWEG_ERROR_NO_SECRET)
    return NO_PASSWORD;
  return incoming == POSTWEG_ERROR_UNPROTECTED || outgoing == POSTWEG_ERROR_UNPROTECTED ? NOT_ENCRYPTED
                                                                                        : NOT_TESTED;
}

/* Returns: (transfer full) */
static char *
label_of (PostwegPageResult *self, void (*go) (PostwegPageResult *self), const char *label)
{
  PostwegJourney *journey = postweg_page_get_journey (POSTWEG_PAGE (self));
  const PostwegPlace *place = postweg_journey_get_place (journey);

  if (go != to_program)
    return g_strdup (_(label));
  if (practises (self))
    return g_strdup (_("Try Another Case"));
  if (postweg_journey_is_mended (journey) && !place->read_only)
    return g_strdup_printf (_("Write the Mended Setting to %s"), place->name);
  return g_strdup (place != NULL ? _("Set Up Another Program") : _(label));
}

/* Each of mending, testing and the mail program can be had in any case. */
static void
show_buttons (PostwegPageResult *self, const PostwegTestResult *result)
{
  PostwegPage *page = POSTWEG_PAGE (self);
  Outcome outcome = outcome_of (result);
  g_autofree char *way_on = label_of (self, next_ways[outcome].go_on, next_ways[outcome].way_on);
  g_autofree char *second = label_of (self, next_ways[outcome].go_second, next_ways[outcome].second);

  postweg_page_set_way_on (page, way_on);
  postweg_page_set_second_way (page, second);
  postweg_page_set_suggests (page, next_ways[outcome].suggests);
  gtk_widget_set_visible (self->again, next_ways[outcome].go_on != test_again &&
                                           next_ways[outcome].go_second != test_again);
}

static void
show (PostwegPageResult *self)
{
  const PostwegTestResult *result = result_of (self);
  const PostwegFinding *finding = first_of (result);

  if (result == NULL)
    return;
  show_headline (self, result);
  show_said (self);
  show_ways (self, result);
  show_matter (self, finding);
  show_answer (self, finding);
  show_mending (self, result, finding);
  show_evidence (self, finding);
  show_further (self, result);
  show_comparison (self);
  postweg_port_map_show (self->port_map, result->ports);
  show_buttons (self, result);
}

static void
enter (PostwegPage *page)
{
  PostwegPageResult *self = POSTWEG_PAGE_RESULT (page);

  show (self);
  postweg_delivering_show (self->delivering, postweg_page_get_journey (page));
  postweg_hand_on_show (self->hand_on, postweg_page_get_journey (page));
}

/* While the mail is on its way, the only way is to stop it. */
static void
delivering_changed (PostwegPageResult *self)
{
  PostwegPage *page = POSTWEG_PAGE (self);
  gboolean running = postweg_delivering_is_running (self->delivering);

  show (self);
  postweg_page_set_busy (page, running);
  if (running)
    {
      postweg_page_set_way_on (page, "");
      postweg_page_set_second_way (page, "");
    }
  else
    postweg_hand_on_show (self->hand_on, postweg_page_get_journey (page));
}

static void
stop (PostwegPage *page)
{
  postweg_delivering_stop (POSTWEG_PAGE_RESULT (page)->delivering);
}

static void
leave (PostwegPage *page)
{
  postweg_delivering_leave (POSTWEG_PAGE_RESULT (page)->delivering);
  postweg_page_set_busy (page, FALSE);
}

static void
ports_wanted (PostwegPageResult *self)
{
  postweg_journey_set_ports (postweg_page_get_journey (POSTWEG_PAGE (self)), TRUE);
  test_again (self);
}

static void
go_on (PostwegPage *page)
{
  PostwegPageResult *self = POSTWEG_PAGE_RESULT (page);

  next_ways[outcome_of (result_of (self))].go_on (self);
}

static void
go_second (PostwegPage *page)
{
  PostwegPageResult *self = POSTWEG_PAGE_RESULT (page);

  next_ways[outcome_of (result_of (self))].go_second (self);
}

static void
dispose (GObject *object)
{
  PostwegPageResult *self = POSTWEG_PAGE_RESULT (object);

  g_clear_pointer (&self->said_rows, postweg_rows_free);
  g_clear_pointer (&self->way_rows, postweg_rows_free);
  g_clear_pointer (&self->answer_rows, postweg_rows_free);
  g_clear_pointer (&self->mending_rows, postweg_rows_free);
  g_clear_pointer (&self->further_rows, postweg_rows_free);
  g_clear_pointer (&self->comparison_rows, postweg_rows_free);
  g_clear_pointer (&self->evidence_rows, g_ptr_array_unref);
  G_OBJECT_CLASS (postweg_page_result_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *klass)
{
  gtk_widget_class_bind_template_child (klass, PostwegPageResult, sign);
  gtk_widget_class_bind_template_child (klass, PostwegPageResult, headline);
  gtk_widget_class_bind_template_child (klass, PostwegPageResult, matter);
  gtk_widget_class_bind_template_child (klass, PostwegPageResult, said);
  gtk_widget_class_bind_template_child (klass, PostwegPageResult, ways);
  gtk_widget_class_bind_template_child (klass, PostwegPageResult, answer);
  gtk_widget_class_bind_template_child (klass, PostwegPageResult, mending);
  gtk_widget_class_bind_template_child (klass, PostwegPageResult, again);
  gtk_widget_class_bind_template_child (klass, PostwegPageResult, seen);
  gtk_widget_class_bind_template_child (klass, PostwegPageResult, evidence);
  gtk_widget_class_bind_template_child (klass, PostwegPageResult, delivering);
  gtk_widget_class_bind_template_child (klass, PostwegPageResult, further);
  gtk_widget_class_bind_template_child (klass, PostwegPageResult, comparison);
  gtk_widget_class_bind_template_child (klass, PostwegPageResult, hand_on);
  gtk_widget_class_bind_template_child (klass, PostwegPageResult, port_map);
}

static void
postweg_page_result_class_init (PostwegPageResultClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  PostwegPageClass *page_class = POSTWEG_PAGE_CLASS (klass);

  g_type_ensure (POSTWEG_TYPE_DELIVERING);
  g_type_ensure (POSTWEG_TYPE_FOLD_LAYOUT);
  g_type_ensure (POSTWEG_TYPE_HAND_ON);
  g_type_ensure (POSTWEG_TYPE_PORT_MAP);
  G_OBJECT_CLASS (klass)->dispose = dispose;
  page_class->enter = enter;
  page_class->leave = leave;
  page_class->stop = stop;
  page_class->go_on = go_on;
  page_class->go_second = go_second;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/postweg/Postweg/page-result.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, delivering_changed);
  gtk_widget_class_bind_template_callback (widget_class, test_again);
  gtk_widget_class_bind_template_callback (widget_class, ports_wanted);
}

static void
postweg_page_result_init (PostwegPageResult *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->said_rows = postweg_rows_new (self->said);
  self->way_rows = postweg_rows_new (self->ways);
  self->answer_rows = postweg_rows_new (self->answer);
  self->mending_rows = postweg_rows_new (self->mending);
  self->further_rows = postweg_rows_new (self->further);
  self->comparison_rows = postweg_rows_new (self->comparison);
  self->evidence_rows = g_ptr_array_new ();
}
