/* Address: who the account is for. */
#include "ui/pages/address.h"
#include "ui/parts/asking.h"
#include "ui/parts/parts.h"
#include "ui/parts/search-view.h"
#include "ui/run.h"
#include <glib/gi18n-lib.h>
#include <string.h>

#define PAUSE_MS 1200 /* who stops typing for so long has finished, or wants to be told what is missing */

struct _PostwegPageAddress {
  PostwegPage parent_instance;
  GtkEditable *name, *address;
  GtkWidget *answer, *typo, *help, *by_hand;
  GtkImage *sign;
  GtkLabel *words, *typo_label;
  PostwegAsking *asking;
  PostwegSearchView *search_view;
  gconstpointer filled_from;    /* the journey that the entries were filled from; only compared */
  PostwegDiscovery *recognised; /* of what is in the entry now */
  PostwegDiscovery *found;      /* over the network, for the person to look at; NULL: nothing */
  guint pause;                  /* source */
  GCancellable *search;         /* while the servers are looked for */
};

G_DEFINE_FINAL_TYPE (PostwegPageAddress, postweg_page_address, POSTWEG_TYPE_PAGE)

static gboolean
is_code (const PostwegDiscovery *discovery, const char *code)
{
  return discovery->outcome == POSTWEG_OUTCOME_EXPLAIN && g_strcmp0 (discovery->code, code) == 0;
}

/* Returns: (transfer full): the address with the domain that was probably meant, or NULL */
static char *
meant_address (const PostwegDiscovery *discovery)
{
  if (discovery->outcome != POSTWEG_OUTCOME_EXPLAIN || discovery->address == NULL ||
      discovery->code == NULL || !g_str_has_prefix (discovery->code, "typo:"))
    return NULL;
  return g_strconcat (discovery->address->local, "@", discovery->code + strlen ("typo:"), NULL);
}

/* The domain is a slip of the finger away from a big one. It may exist all the same, so that it is asked like any other. */
static gboolean
is_doubted (const PostwegDiscovery *discovery)
{
  g_autofree char *meant = meant_address (discovery);

  return meant != NULL || discovery->meant != NULL;
}

/* An address that looks mistyped may be right all the same; one that is none, or cannot work this way, leads nowhere. */
static gboolean
leads_on (const PostwegDiscovery *discovery)
{
  return discovery->outcome != POSTWEG_OUTCOME_EXPLAIN || is_doubted (discovery);
}

/* What the person is told about: what the network said, else what is known without it. */
static const PostwegDiscovery *
told (PostwegPageAddress *self)
{
  return self->found != NULL ? self->found : self->recognised;
}

/* Everything else about an address that nobody was asked about yet is said by who will be asked. */
static gboolean
says_something (PostwegPageAddress *self)
{
  return self->found != NULL || self->recognised->outcome != POSTWEG_OUTCOME_MANUAL;
}

/* Servers can be entered where they are not known, unless no mail program can use them at all. */
static gboolean
can_be_entered (PostwegPageAddress *self)
{
  return self->recognised->address != NULL && self->recognised->outcome != POSTWEG_OUTCOME_FOUND &&
         self->recognised->outcome != POSTWEG_OUTCOME_CONFIRM && !is_code (self->recognised, "no-imap-pop");
}

/* Returns: (transfer full): the button beside it asks what was meant, and the way on leads on with what was typed */
static char *
typo_words (PostwegPageAddress *self)
{
  const char *domain = strrchr (self->recognised->address->display, '@') + 1;

  if (self->found == NULL)
    return g_strdup_printf (
        _("%s looks like a typing error. If it is right all the same, continue with it."), domain);
  return g_strdup_printf (_("No servers were found for %s, and it looks like a typing error. If it is right all the same, continue and enter them yourself."),
                             domain);
}

static char *
words_for (PostwegPageAddress *self)
{
  g_autofree char *meant = meant_address (told (self));

  return meant != NULL ? typo_words (self) : postweg_checkup_discovery_text (told (self));
}

static const char *
icon_for (const PostwegDiscovery *discovery)
{
  if (discovery->outcome == POSTWEG_OUTCOME_FOUND)
    return "emblem-ok-symbolic";
  return discovery->outcome == POSTWEG_OUTCOME_MANUAL ? "dialog-information-symbolic"
                                                      : "dialog-warning-symbolic";
}

static void
show_typo (PostwegPageAddress *self)
{
  g_autofree char *meant = meant_address (self->recognised);
  g_autofree char *question = NULL;

  gtk_widget_set_visible (self->typo, meant != NULL);
  if (meant == NULL)
    return;
  question = g_strdup_printf (_("Did you mean %s?"), meant);
  gtk_label_set_label (self->typo_label, question);
  postweg_parts_name (self->typo, question);
}

static gboolean
practises (PostwegPageAddress *self)
{
  PostwegJourney *journey = postweg_page_get_journey (POSTWEG_PAGE (self));

  return journey != NULL && postweg_journey_get_road (journey) == POSTWEG_ROAD_PRACTICE;
}

/* Nobody is asked about an address that exists here only. */
static void
show_practice (PostwegPageAddress *self)
{
  gtk_widget_set_visible (self->answer, TRUE);
  gtk_widget_set_visible (self->help, FALSE);
  gtk_widget_set_visible (self->typo, FALSE);
  gtk_widget_set_visible (self->by_hand, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->asking), FALSE);
  postweg_parts_mark (GTK_WIDGET (self->address), FALSE);
  gtk_image_set_from_icon_name (self->sign, "dialog-information-symbolic");
  gtk_label_set_label (self->words, _("This person exists for practice only. Postweg plays both mail servers itself, so nobody needs to be asked for them."));
}

/* patient: what is still missing is not complained of, for the person is typing. */
static void
show_answer (PostwegPageAddress *self, gboolean patient)
{
  const PostwegDiscovery *discovery = told (self);
  gboolean faulty = is_code (discovery, "invalid-address");
  gboolean empty = *gtk_editable_get_text (self->address) == '\0';
  g_autofree char *words = words_for (self);

  if (practises (self))
    {
      show_practice (self);
      return;
    }
  gtk_widget_set_visible (self->answer, !empty && !(faulty && patient) && says_something (self));
  postweg_parts_mark (GTK_WIDGET (self->address), faulty && !patient && !empty);
  gtk_label_set_label (self->words, words);
  gtk_image_set_from_icon_name (self->sign, icon_for (discovery));
  show_typo (self);
  gtk_widget_set_visible (self->help, !leads_on (discovery) && discovery->provider != NULL &&
                                          *discovery->provider->help != '\0');
  gtk_widget_set_visible (self->by_hand, can_be_entered (self));
  postweg_asking_show (self->asking, self->recognised);
}

static gboolean
pause_over (gpointer data)
{
  PostwegPageAddress *self = data;

  self->pause = 0;
  show_answer (self, FALSE);
  return G_SOURCE_REMOVE;
}

/* What was found for another address, or with another consent, is not shown. */
static void
forget_found (PostwegPageAddress *self)
{
  g_clear_pointer (&self->found, postweg_discovery_free);
  if (self->search == NULL)
    postweg_search_view_clear (self->search_view);
}

static void
address_changed (PostwegPageAddress *self)
{
  forget_found (self);
  postweg_discovery_free (self->recognised);
  self->recognised = postweg_checkup_recognise (gtk_editable_get_text (self->address));
  show_answer (self, TRUE);
  postweg_page_set_complete (POSTWEG_PAGE (self), leads_on (self->recognised) && self->search == NULL);
  g_clear_handle_id (&self->pause, g_source_remove);
  self->pause = g_timeout_add (PAUSE_MS, pause_over, self);
}

static void
consent_changed (PostwegPageAddress *self)
{
  PostwegJourney *journey = postweg_page_get_journey (POSTWEG_PAGE (self));

  if (journey != NULL)
    postweg_journey_set_consent (journey, postweg_asking_get_consent (self->asking));
  if (self->found == NULL)
    return;
  forget_found (self);
  show_answer (self, FALSE);
}

static void
address_left (PostwegPageAddress *self)
{
  show_answer (self, FALSE);
}

static void
typo_taken (PostwegPageAddress *self)
{
  g_autofree char *meant = meant_address (self->recognised);

  if (meant == NULL)
    return;
  gtk_editable_set_text (self->address, meant);
  gtk_editable_set_position (self->address, -1);
  gtk_widget_grab_focus (GTK_WIDGET (self->address));
}

static void
help_wanted (PostwegPageAddress *self)
{
  if (self->recognised->provider != NULL)
    postweg_parts_open (GTK_WIDGET (self), self->recognised->provider->help);
}

static void
set_searching (PostwegPageAddress *self, gboolean searching)
{
  g_clear_object (&self->search);
  if (searching)
    self->search = g_cancellable_new ();
  gtk_editable_set_editable (self->address, !searching);
  gtk_widget_set_sensitive (GTK_WIDGET (self->asking), !searching);
  postweg_page_set_busy (POSTWEG_PAGE (self), searching);
  postweg_page_set_complete (POSTWEG_PAGE (self), !searching && leads_on (self->recognised));
}

static void
take (PostwegPageAddress *self, PostwegDiscovery *discovery)
{
  PostwegJourney *journey = postweg_page_get_journey (POSTWEG_PAGE (self));

  postweg_journey_set_person (journey, gtk_editable_get_text (self->name), discovery->address->full);
  postweg_journey_take_discovery (journey, discovery);
  postweg_page_done (POSTWEG_PAGE (self));
}

/* What is sure, or not there at all; the rest waits for the person. */
static gboolean
needs_no_look (const PostwegDiscovery *discovery)
{
  return discovery->outcome == POSTWEG_OUTCOME_FOUND ||
         (discovery->outcome == POSTWEG_OUTCOME_MANUAL && !is_doubted (discovery));
}

/* Takes the discovery. */
static void
settle (PostwegPageAddress *self, PostwegDiscovery *discovery, gboolean stopped)
{
  if (needs_no_look (discovery) && !stopped)
    {
      postweg_search_view_clear (self->search_view);
      take (self, discovery);
      return;
    }
  postweg_search_view_finish (self->search_view, discovery);
  /* whoever was not asked to the end may still have an answer: a doubt is none */
  if (stopped && discovery->outcome == POSTWEG_OUTCOME_EXPLAIN && is_doubted (discovery))
    postweg_discovery_free (discovery);
  else
    self->found = discovery;
  show_answer (self, FALSE);
}

static void
answered (const char *source, guint n_servers, gpointer data)
{
  const PostwegRun *run = data;

  if (POSTWEG_PAGE_ADDRESS (run->widget)->search == run->cancellable)
    postweg_search_view_answered (POSTWEG_PAGE_ADDRESS (run->widget)->search_view, source, n_servers);
}

static void
found (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer data)
{
  g_autoptr (PostwegRun) run = data;
  g_autoptr (GError) error = NULL;
  PostwegPageAddress *self = run->widget;
  PostwegDiscovery *discovery = postweg_checkup_find_finish (result, &error);

  if (self->search != run->cancellable)
    {
      postweg_discovery_free (discovery);
      return;
    }
  set_searching (self, FALSE);
  if (discovery != NULL)
    settle (self, discovery, g_cancellable_is_cancelled (run->cancellable));
  else
    {
      postweg_search_view_clear (self->search_view);
      gtk_label_set_label (self->words, error->message);
      gtk_widget_set_visible (self->answer, TRUE);
    }
}

static void
search (PostwegPageAddress *self)
{
  PostwegJourney *journey = postweg_page_get_journey (POSTWEG_PAGE (self));
  PostwegFindRequest *request = postweg_find_request_new (gtk_editable_get_text (self->address),
                                                          postweg_asking_get_consent (self->asking));
  PostwegFindWatch watch = { answered, NULL };

  forget_found (self);
  request->trust_file = g_strdup (postweg_journey_get_trust_file (journey));
  set_searching (self, TRUE);
  show_answer (self, FALSE);
  if (gtk_widget_get_visible (GTK_WIDGET (self->asking)))
    postweg_search_view_start (self->search_view);
  watch.data = postweg_run_new (self, self->search);
  postweg_checkup_find (request, &watch, self->search, found, watch.data);
}

/* It was looked at, so that going on means that it is what the person wants. */
static gboolean
was_looked_at (PostwegPageAddress *self)
{
  return self->found != NULL &&
         (is_doubted (self->found) || (self->found->outcome != POSTWEG_OUTCOME_EXPLAIN &&
                                       self->found->outcome != POSTWEG_OUTCOME_MANUAL));
}

/* The same person again: nothing is looked for twice, and nothing of what was chosen is lost. */
static gboolean
is_known (PostwegPageAddress *self)
{
  PostwegJourney *journey = postweg_page_get_journey (POSTWEG_PAGE (self));

  return postweg_journey_get_discovery (journey) != NULL && self->recognised->address != NULL &&
         postweg_journey_get_asked_with (journey) == postweg_journey_get_consent (journey) &&
         g_strcmp0 (postweg_journey_get_address (journey), self->recognised->address->full) == 0;
}

static void
go_on (PostwegPage *page)
{
  PostwegPageAddress *self = POSTWEG_PAGE_ADDRESS (page);

  if (self->search != NULL)
    return;
  if (is_known (self))
    {
      postweg_journey_set_person (postweg_page_get_journey (page), gtk_editable_get_text (self->name),
                                  self->recognised->address->full);
      postweg_page_done (page);
      return;
    }
  if (was_looked_at (self))
    take (self, g_steal_pointer (&self->found));
  else
    search (self);
}

static void
drop_search (PostwegPageAddress *self)
{
  if (self->search == NULL)
    return;
  g_cancellable_cancel (self->search);
  set_searching (self, FALSE);
  postweg_search_view_clear (self->search_view);
}

/* A bridge on this computer is a server like any other, but only the person knows its ports. */
static void
by_hand_wanted (PostwegPageAddress *self)
{
  drop_search (self);
  take (self, postweg_checkup_recognise (gtk_editable_get_text (self->address)));
}

/* Stopping keeps the page's search current, so that what was found so far still arrives. */
static void
stop (PostwegPage *page)
{
  g_cancellable_cancel (POSTWEG_PAGE_ADDRESS (page)->search);
}

/* Empty entries for another account; else they are as the person left them. */
static void
enter (PostwegPage *page)
{
  PostwegPageAddress *self = POSTWEG_PAGE_ADDRESS (page);
  PostwegJourney *journey = postweg_page_get_journey (page);

  postweg_asking_set_consent (self->asking, postweg_journey_get_consent (journey));
  gtk_editable_set_editable (self->name, !practises (self));
  gtk_editable_set_editable (self->address, !practises (self));
  if (self->filled_from == journey &&
      (*postweg_journey_get_address (journey) != '\0' || *postweg_journey_get_name (journey) != '\0'))
    return;
  self->filled_from = journey;
  gtk_editable_set_text (self->name, postweg_journey_get_name (journey));
  gtk_editable_set_text (self->address, postweg_journey_get_address (journey));
}

static void
leave (PostwegPage *page)
{
  PostwegPageAddress *self = POSTWEG_PAGE_ADDRESS (page);
  PostwegJourney *journey = postweg_page_get_journey (page);

  drop_search (self);
  g_clear_handle_id (&self->pause, g_source_remove);
  if (postweg_journey_get_discovery (journey) == NULL)
    postweg_journey_set_person (journey, gtk_editable_get_text (self->name),
                                gtk_editable_get_text (self->address));
}

static void
dispose (GObject *object)
{
  PostwegPageAddress *self = POSTWEG_PAGE_ADDRESS (object);

  g_clear_handle_id (&self->pause, g_source_remove);
  g_clear_object (&self->search);
  g_clear_pointer (&self->recognised, postweg_discovery_free);
  g_clear_pointer (&self->found, postweg_discovery_free);
  G_OBJECT_CLASS (postweg_page_address_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *klass)
{
  gtk_widget_class_bind_template_child (klass, PostwegPageAddress, name);
  gtk_widget_class_bind_template_child (klass, PostwegPageAddress, address);
  gtk_widget_class_bind_template_child (klass, PostwegPageAddress, answer);
  gtk_widget_class_bind_template_child (klass, PostwegPageAddress, sign);
  gtk_widget_class_bind_template_child (klass, PostwegPageAddress, words);
  gtk_widget_class_bind_template_child (klass, PostwegPageAddress, typo);
  gtk_widget_class_bind_template_child (klass, PostwegPageAddress, typo_label);
  gtk_widget_class_bind_template_child (klass, PostwegPageAddress, help);
  gtk_widget_class_bind_template_child (klass, PostwegPageAddress, by_hand);
  gtk_widget_class_bind_template_child (klass, PostwegPageAddress, asking);
  gtk_widget_class_bind_template_child (klass, PostwegPageAddress, search_view);
}

static void
postweg_page_address_class_init (PostwegPageAddressClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  PostwegPageClass *page_class = POSTWEG_PAGE_CLASS (klass);

  g_type_ensure (POSTWEG_TYPE_ASKING);
  g_type_ensure (POSTWEG_TYPE_SEARCH_VIEW);
  G_OBJECT_CLASS (klass)->dispose = dispose;
  page_class->enter = enter;
  page_class->leave = leave;
  page_class->go_on = go_on;
  page_class->stop = stop;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/postweg/Postweg/page-address.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, address_changed);
  gtk_widget_class_bind_template_callback (widget_class, consent_changed);
  gtk_widget_class_bind_template_callback (widget_class, typo_taken);
  gtk_widget_class_bind_template_callback (widget_class, help_wanted);
  gtk_widget_class_bind_template_callback (widget_class, by_hand_wanted);
}

static void
postweg_page_address_init (PostwegPageAddress *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->recognised = postweg_checkup_recognise ("");
  postweg_parts_name_entry (GTK_WIDGET (self->name), _("Your Name"));
  postweg_parts_name_entry (GTK_WIDGET (self->address), _("E-Mail Address"));
  postweg_parts_when_left (GTK_WIDGET (self->address), G_CALLBACK (address_left), self);
}
