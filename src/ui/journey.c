/* The journey: plain values behind getters and setters, no logic but what makes what obsolete. */
#include "ui/journey.h"
#include "checkup/compare.h"

#define MAX_MEMORIES 100 /* accounts that were tested since the program was started */

struct _PostwegJourney {
  GObject parent_instance;
  char *name, *address;
  PostwegDiscovery *discovery;
  PostwegConsent consent, asked_with;
  PostwegHabits habits;
  PostwegProtocol protocol;
  PostwegPopOptions pop;
  PostwegAccount *account;
  PostwegCredentials *credentials;
  gboolean plaintext_confirmed, ports;
  char *trust_file;
  PostwegTestResult *result;
  guint result_serial;
  GHashTable *memories;  /* checksum of the account (owned) -> PostwegMemory (owned) */
  GPtrArray *comparison; /* char*, or NULL */
  char *comparison_heading;
  PostwegPlace *place; /* or NULL */
  PostwegComplaint complaint;
  const char *complaint_answer; /* (static) or NULL */
  gboolean practises;
  PostwegPracticeBox *box; /* NULL: none is open */
};

G_DEFINE_TYPE (PostwegJourney, postweg_journey, G_TYPE_OBJECT)

static void
set_result (PostwegJourney *self, PostwegTestResult *result)
{
  postweg_test_result_free (self->result);
  self->result = result;
  self->complaint_answer = result != NULL ? postweg_complaint_answer (self->complaint, result) : NULL;
  self->result_serial++;
  g_clear_pointer (&self->comparison, g_ptr_array_unref);
  g_clear_pointer (&self->comparison_heading, g_free);
}

/* Returns: (transfer full): tells accounts apart without keeping the address */
static char *
checksum_of (const PostwegAccount *account)
{
  const char *name =
      *account->address != '\0' || account->incoming == NULL ? account->address : account->incoming->user;
  g_autofree char *folded = g_utf8_casefold (name, -1);

  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, folded, -1);
}

/* Takes the memory. */
static void
remember (PostwegJourney *self, const PostwegAccount *account, PostwegMemory *memory)
{
  if (g_hash_table_size (self->memories) >= MAX_MEMORIES)
    g_hash_table_remove_all (self->memories);
  g_hash_table_replace (self->memories, checksum_of (account), memory);
}

static void
compare (PostwegJourney *self, const PostwegTestResult *result)
{
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  g_autoptr (PostwegSurroundings) where = postweg_surroundings_now ();
  g_autofree char *checksum = checksum_of (result->account);
  const PostwegMemory *before = g_hash_table_lookup (self->memories, checksum);
  PostwegMemory *after = postweg_memory_new (result, now, where);
  g_autoptr (GPtrArray) lines = before != NULL ? postweg_memory_compare (before, after) : NULL;

  if (lines != NULL && lines->len > 0)
    {
      self->comparison = g_steal_pointer (&lines);
      self->comparison_heading = postweg_memory_heading (before, now);
    }
  remember (self, result->account, after);
}

static void
finalize (GObject *object)
{
  PostwegJourney *self = POSTWEG_JOURNEY (object);

  g_free (self->name);
  g_free (self->address);
  postweg_discovery_free (self->discovery);
  postweg_account_free (self->account);
  postweg_credentials_free (self->credentials);
  g_free (self->trust_file);
  set_result (self, NULL);
  g_hash_table_unref (self->memories);
  g_clear_pointer (&self->box, postweg_practice_box_free);
  postweg_place_free (self->place);
  G_OBJECT_CLASS (postweg_journey_parent_class)->finalize (object);
}

static void
postweg_journey_class_init (PostwegJourneyClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = finalize;
}

static void
postweg_journey_init (PostwegJourney *self)
{
  self->memories =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) postweg_memory_free);
  self->name = g_strdup ("");
  self->address = g_strdup ("");
  self->consent = POSTWEG_CONSENT_DEFAULT;
  self->habits = postweg_habits_unknown ();
  self->protocol = POSTWEG_IMAP;
  self->pop.keep_on_server = TRUE;
}

PostwegJourney *
postweg_journey_new (void)
{
  return g_object_new (POSTWEG_TYPE_JOURNEY, NULL);
}

void
postweg_journey_set_person (PostwegJourney *self, const char *name, const char *address)
{
  g_free (self->name);
  g_free (self->address);
  self->name = g_strdup (name);
  self->address = g_strdup (address);
  if (self->account == NULL)
    return;
  /* the name is of no account to the servers: a result stays what it is */
  g_free (self->account->name);
  self->account->name = g_strdup (name);
}

const char *
postweg_journey_get_name (PostwegJourney *self)
{
  return self->name;
}

const char *
postweg_journey_get_address (PostwegJourney *self)
{
  return self->address;
}

void
postweg_journey_take_discovery (PostwegJourney *self, PostwegDiscovery *discovery)
{
  postweg_discovery_free (self->discovery);
  self->discovery = discovery;
  self->asked_with = self->consent;
  g_clear_pointer (&self->account, postweg_account_free);
  g_clear_pointer (&self->credentials, postweg_credentials_free);
  set_result (self, NULL);
  self->plaintext_confirmed = FALSE;
}

const PostwegDiscovery *
postweg_journey_get_discovery (PostwegJourney *self)
{
  return self->discovery;
}

const PostwegProvider *
postweg_journey_get_provider (PostwegJourney *self)
{
  return self->discovery != NULL ? self->discovery->provider : NULL;
}

void
postweg_journey_set_consent (PostwegJourney *self, PostwegConsent consent)
{
  self->consent = consent;
}

PostwegConsent
postweg_journey_get_consent (PostwegJourney *self)
{
  return self->consent;
}

PostwegConsent
postweg_journey_get_asked_with (PostwegJourney *self)
{
  return self->asked_with;
}

PostwegHabits *
postweg_journey_get_habits (PostwegJourney *self)
{
  return &self->habits;
}

void
postweg_journey_set_protocol (PostwegJourney *self, PostwegProtocol protocol, const PostwegPopOptions *pop)
{
  /* another protocol means another incoming server */
  if (self->protocol != protocol)
    {
      g_clear_pointer (&self->account, postweg_account_free);
      set_result (self, NULL);
    }
  self->protocol = protocol;
  self->pop = *pop;
  if (self->account != NULL)
    self->account->pop = *pop;
}

PostwegProtocol
postweg_journey_get_protocol (PostwegJourney *self)
{
  return self->protocol;
}

const PostwegPopOptions *
postweg_journey_get_pop_options (PostwegJourney *self)
{
  return &self->pop;
}

void
postweg_journey_set_account (PostwegJourney *self, const PostwegAccount *account)
{
  PostwegAccount *copy = postweg_account_copy (account);

  if (self->account == NULL || !postweg_account_equal (self->account, account))
    {
      set_result (self, NULL);
      self->plaintext_confirmed = FALSE;
    }
  postweg_account_free (self->account);
  self->account = copy;
}

const PostwegAccount *
postweg_journey_get_account (PostwegJourney *self)
{
  return self->account;
}

void
postweg_journey_take_credentials (PostwegJourney *self, PostwegCredentials *credentials)
{
  postweg_credentials_free (self->credentials);
  self->credentials = credentials;
  set_result (self, NULL);
}

const PostwegCredentials *
postweg_journey_get_credentials (PostwegJourney *self)
{
  return self->credentials;
}

void
postweg_journey_set_plaintext_confirmed (PostwegJourney *self, gboolean confirmed)
{
  self->plaintext_confirmed = confirmed;
}

gboolean
postweg_journey_get_plaintext_confirmed (PostwegJourney *self)
{
  return self->plaintext_confirmed;
}

void
postweg_journey_set_ports (PostwegJourney *self, gboolean ports)
{
  self->ports = ports;
}

gboolean
postweg_journey_get_ports (PostwegJourney *self)
{
  return self->ports;
}

void
postweg_journey_set_trust_file (PostwegJourney *self, const char *file)
{
  g_free (self->trust_file);
  self->trust_file = g_strdup (file);
}

const char *
postweg_journey_get_trust_file (PostwegJourney *self)
{
  return self->trust_file;
}

void
postweg_journey_take_result (PostwegJourney *self, PostwegTestResult *result)
{
  set_result (self, result);
  if (result != NULL)
    compare (self, result);
}

const PostwegTestResult *
postweg_journey_get_result (PostwegJourney *self)
{
  return self->result;
}

guint
postweg_journey_get_result_serial (PostwegJourney *self)
{
  return self->result_serial;
}

gboolean
postweg_journey_finish_delivery (PostwegJourney *self, GAsyncResult *answer, guint serial, GError **error)
{
  /* what is not fetched ends with the answer */
  if (self->result == NULL || self->result_serial != serial)
    return TRUE;
  if (!postweg_checkup_deliver_finish (answer, self->result, error))
    return FALSE;
  /* the findings are new ones */
  self->complaint_answer = postweg_complaint_answer (self->complaint, self->result);
  return TRUE;
}

const GPtrArray *
postweg_journey_get_comparison (PostwegJourney *self)
{
  return self->comparison;
}

const char *
postweg_journey_get_comparison_heading (PostwegJourney *self)
{
  return self->comparison_heading;
}

PostwegTestRequest *
postweg_journey_test_request (PostwegJourney *self)
{
  PostwegTestRequest *request = postweg_test_request_new (self->account, self->credentials);

  request->allow_plaintext = self->plaintext_confirmed;
  request->trust_file = g_strdup (self->trust_file);
  request->side = postweg_place_side (self->place);
  request->ports = self->ports;
  postweg_complaint_aim (self->complaint, request);
  return request;
}

void
postweg_journey_forget (PostwegJourney *self)
{
  postweg_journey_take_discovery (self, NULL);
  postweg_journey_set_person (self, "", "");
  g_clear_pointer (&self->place, postweg_place_free);
  self->complaint = POSTWEG_NO_COMPLAINT;
  self->habits = postweg_habits_unknown ();
}

void
postweg_journey_set_complaint (PostwegJourney *self, PostwegComplaint complaint)
{
  /* other things are looked at then */
  if (self->complaint != complaint)
    set_result (self, NULL);
  self->complaint = complaint;
}

PostwegComplaint
postweg_journey_get_complaint (PostwegJourney *self)
{
  return self->complaint;
}

const char *
postweg_journey_get_complaint_answer (PostwegJourney *self)
{
  return self->complaint_answer;
}

/* Returns: (transfer full): as if somebody had been asked */
static PostwegDiscovery *
discovery_of (const PostwegAccount *account)
{
  PostwegDiscovery *discovery = postweg_checkup_recognise (account->address);
  const PostwegServer *servers[] = { account->incoming, account->outgoing };

  discovery->outcome = POSTWEG_OUTCOME_FOUND;
  discovery->source = discovery->trust = "practice";
  for (guint i = 0; i < G_N_ELEMENTS (servers); i++)
    g_ptr_array_add (discovery->servers, postweg_found_server_new (servers[i], "practice", "practice"));
  return discovery;
}

PostwegJourney *
postweg_journey_new_practice (PostwegPracticeBox *box)
{
  PostwegJourney *self = postweg_journey_new ();
  const PostwegAccount *account = postweg_practice_box_account (box);

  self->practises = TRUE;
  self->box = box;
  self->consent = POSTWEG_CONSENT_OFFLINE;
  postweg_journey_set_person (self, account->name, account->address);
  postweg_journey_take_discovery (self, discovery_of (account));
  postweg_journey_set_account (self, account);
  postweg_journey_take_credentials (self, postweg_credentials_copy (postweg_practice_box_credentials (box)));
  postweg_journey_set_trust_file (self, postweg_practice_box_trust_file (box));
  return self;
}

PostwegRoad
postweg_journey_get_road (PostwegJourney *self)
{
  if (self->practises)
    return POSTWEG_ROAD_PRACTICE;
  return self->place != NULL ? POSTWEG_ROAD_DOCTOR : POSTWEG_ROAD_SETUP;
}

const PostwegPracticeBox *
postweg_journey_get_box (PostwegJourney *self)
{
  return self->box;
}

void
postweg_journey_close_box (PostwegJourney *self)
{
  g_clear_pointer (&self->box, postweg_practice_box_free);
}

void
postweg_journey_take_place (PostwegJourney *self, PostwegPlace *place)
{
  const PostwegAccount *account = place->account;

  postweg_journey_forget (self);
  postweg_journey_set_person (self, account->name, account->address);
  postweg_journey_take_discovery (self, postweg_checkup_recognise (account->address));
  if (account->incoming != NULL)
    postweg_journey_set_protocol (self, account->incoming->protocol, &account->pop);
  self->place = place;
  postweg_journey_set_account (self, account);
}

const PostwegPlace *
postweg_journey_get_place (PostwegJourney *self)
{
  return self->place;
}

gboolean
postweg_journey_is_mended (PostwegJourney *self)
{
  return self->place != NULL && self->account != NULL &&
         !postweg_account_equal (self->account, self->place->account);
}
