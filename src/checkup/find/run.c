/* The search: everything that decides runs on the main context, everything that waits runs behind the door. */
#include "checkup/find/run.h"
#include "checkup/find/judge.h"
#include "checkup/find/looks.h"
#include "checkup/find/source.h"
#include "checkup/worker.h"
#include "discover/discover.h"
#include "discover/rank.h"
#include "providers/providers.h"
#include <string.h>

#define TICK_MS 20
#define MAX_SOURCES 16

typedef enum { WAITING, RUNNING, DONE } State;

/* Main context only. */
typedef struct {
  int references;
  PostwegFindRequest *request;
  PostwegFindWatch watch;
  PostwegDiscovery *discovery;
  GPtrArray *results; /* PostwegSourceResult */
  const PostwegSource *sources;
  guint n_sources;
  State states[MAX_SOURCES];
  PostwegLooks *looks;
  PostwegHttpTrust *http_trust;
  PostwegAsked *asked;
  gint64 begun, led; /* monotonic, µs; led: since when there is a whole account, 0: there is none */
  GCancellable *stop;
  GSource *tick, *cancelled;
  GTask *task; /* NULL: it is over */
} Find;

typedef struct {
  Find *find;
  guint source;
} Errand;

static void
unref (Find *find)
{
  if (--find->references > 0)
    return;
  postweg_find_request_free (find->request);
  postweg_discovery_free (find->discovery);
  g_ptr_array_unref (find->results);
  postweg_http_trust_unref (find->http_trust);
  postweg_asked_unref (find->asked);
  g_object_unref (find->stop);
  g_free (find);
}

/* the end */

static void
stop_sources (Find *find)
{
  if (find->tick != NULL)
    g_source_destroy (find->tick);
  g_clear_pointer (&find->tick, g_source_unref);
  if (find->cancelled != NULL)
    g_source_destroy (find->cancelled);
  g_clear_pointer (&find->cancelled, g_source_unref);
  g_cancellable_cancel (find->stop);
  g_clear_pointer (&find->looks, postweg_looks_free);
}

static void
finish (Find *find)
{
  g_autoptr (GTask) task = g_steal_pointer (&find->task);

  postweg_looks_go_on (find->looks, find->results);
  postweg_looks_give_up (find->looks, find->results);
  postweg_looks_name_hosts (find->looks, find->discovery->looked_at);
  stop_sources (find);
  postweg_find_judge (find->discovery, find->results, find->request->consent, find->request->thorough);
  postweg_asked_tell (find->asked, find->discovery->asked);
  g_task_return_pointer (task, g_steal_pointer (&find->discovery), (GDestroyNotify) postweg_discovery_free);
  unref (find);
}

/* going on */

static gboolean
is_idle (const Find *find)
{
  for (guint i = 0; i < find->n_sources; i++)
    if (find->states[i] == RUNNING)
      return FALSE;
  return TRUE;
}

/* Whether a source that is still out can bring something better than this. */
static gboolean
better_ones_are_out (const Find *find, guint lead)
{
  for (guint i = 0; i < find->n_sources; i++)
    if (find->states[i] != DONE && postweg_rank_of_source (find->sources[i].name) < lead)
      return TRUE;
  return FALSE;
}

static State
state_of (const Find *find, const char *source)
{
  for (guint i = 0; i < find->n_sources; i++)
    if (strcmp (find->sources[i].name, source) == 0)
      return find->states[i];
  return DONE;
}

static gboolean
found_something (const Find *find, const char *source)
{
  const PostwegSourceResult *result = postweg_find_result_of (find->results, source);

  return result != NULL && result->servers->len > 0;
}

/* Nobody is bothered for something worse than what is there. */
static gboolean
is_needless (const Find *find, const PostwegSource *source, guint lead)
{
  return source->consent > find->request->consent ||
         (!find->request->thorough && lead < postweg_rank_of_source (source->name));
}

typedef enum { NOT_YET, NOW, NEVER } When;

static When
when_to_start (const Find *find, const PostwegSource *source, gboolean idle, guint lead)
{
  gint64 waited = g_get_monotonic_time () - find->begun;

  if (is_needless (find, source, lead))
    return NEVER;
  if (source->after != NULL && state_of (find, source->after) != DONE)
    return NOT_YET;
  if (source->only_if_empty && found_something (find, source->after))
    return NEVER;
  return source->delay_ms == 0 || idle || waited >= (gint64) source->delay_ms * 1000 ? NOW : NOT_YET;
}

static void source_back (GObject *object, GAsyncResult *result, gpointer data);

static void
start_source (Find *find, guint i)
{
  const PostwegSourceResult *mx = postweg_find_result_of (find->results, "mx-table");
  PostwegWait all = postweg_wait_new (POSTWEG_FIND_ALL_US / 1000, NULL);
  const PostwegSourceTask task = { .address = find->discovery->address,
                                   .consent = find->request->consent,
                                   .mail_hosts = mx != NULL ? mx->mail_hosts : NULL,
                                   .mail_hosts_proven = mx != NULL && mx->mail_hosts_proven,
                                   .trust = find->http_trust,
                                   .asked = find->asked,
                                   .name_server = find->request->name_server,
                                   .wait = postweg_wait_step (&all, POSTWEG_SOURCE_MS) };
  Errand *errand = g_new (Errand, 1);

  *errand = (Errand){ find, i };
  find->references++;
  find->states[i] = RUNNING;
  postweg_find_source (&find->sources[i], &task, find->stop, source_back, errand);
}

/* Returns: whether everything that could be started has been */
static gboolean
start_sources (Find *find, guint lead)
{
  gboolean complete = TRUE;

  for (guint i = 0; i < find->n_sources; i++)
    {
      When when;

      if (find->states[i] != WAITING)
        continue;
      /* those before it may have begun just now */
      when = when_to_start (find, &find->sources[i], is_idle (find), lead);
      if (when == NOW)
        start_source (find, i);
      else if (when == NEVER)
        find->states[i] = DONE;
      complete = complete && when != NOT_YET;
    }
  return complete && is_idle (find);
}

static gboolean
has_final_code (const Find *find)
{
  for (guint i = 0; i < find->results->len; i++)
    if (((const PostwegSourceResult *) g_ptr_array_index (find->results, i))->final)
      return TRUE;
  return FALSE;
}

static gboolean
is_exhausted (const Find *find, gboolean all_back)
{
  return all_back && !postweg_looks_open (find->looks, find->results, G_MAXUINT);
}

/* Whether the answer is good enough: the best that can still come, or nothing better in time. */
static gboolean
is_settled (const Find *find, guint lead, gboolean all_back)
{
  gint64 now = g_get_monotonic_time ();
  gint64 waited = find->led != 0 ? now - find->led : 0;

  if (now - find->begun >= POSTWEG_FIND_ALL_US || has_final_code (find))
    return TRUE;
  if (lead == G_MAXUINT || find->request->thorough)
    return is_exhausted (find, all_back);
  if (!all_back && better_ones_are_out (find, lead) && waited < POSTWEG_FIND_GRACE_US)
    return FALSE;
  return !postweg_looks_open (find->looks, find->results, lead) ||
         waited >= POSTWEG_FIND_GRACE_US + POSTWEG_FIND_LOOKS_US;
}

static void
consider (gpointer data)
{
  Find *find = data;
  gboolean all_back;
  guint lead;

  if (find->task == NULL)
    return;
  postweg_looks_go_on (find->looks, find->results);
  lead = postweg_rank_lead (find->results);
  if (lead == G_MAXUINT)
    find->led = 0;
  else if (find->led == 0)
    find->led = g_get_monotonic_time ();
  all_back = start_sources (find, lead);
  if (is_settled (find, lead, all_back))
    finish (find);
}

static void
look_up_mail_hosts (const Find *find, PostwegSourceResult *result)
{
  const char *telling = postweg_mx_telling (result->mail_hosts);
  const PostwegProvider *provider = telling != NULL ? postweg_providers_by_mx (telling) : NULL;

  if (provider != NULL && result->code == NULL)
    postweg_discover_by_mx (result, provider, find->discovery->address);
}

/* Whoever Autodiscover leads to is not asked, but may be known. */
static void
look_up_lead (const Find *find, PostwegSourceResult *result)
{
  /* Microsoft's hosts serve people and firms alike, but only firms have domains of their own */
  gboolean microsoft = postweg_hosts_same_operator (result->leads_to, "outlook.com") ||
                       postweg_hosts_same_operator (result->leads_to, "office365.com");
  const PostwegProvider *provider =
      postweg_providers_by_mx (microsoft ? "firm.mail.protection.outlook.com" : result->leads_to);

  if (provider == NULL)
    provider = postweg_providers_by_host (result->leads_to);
  if (provider == NULL)
    provider = postweg_providers_by_domain (result->leads_to);
  if (provider != NULL && result->servers->len == 0)
    postweg_discover_by_lead (result, provider, find->discovery->address);
}

static void
source_back (GObject *object G_GNUC_UNUSED, GAsyncResult *async, gpointer data)
{
  g_autofree Errand *errand = data;
  Find *find = errand->find;
  PostwegSourceResult *result = postweg_find_source_finish (async);

  find->states[errand->source] = DONE;
  if (find->task == NULL)
    postweg_source_result_free (result);
  else
    {
      if (strcmp (result->source, "mx-table") == 0)
        look_up_mail_hosts (find, result);
      if (result->leads_to != NULL)
        look_up_lead (find, result);
      g_ptr_array_add (find->results, result);
      if (find->watch.back != NULL)
        find->watch.back (result->source, result->servers->len, find->watch.data);
      consider (find);
    }
  unref (find);
}

static gboolean
tick (gpointer find)
{
  consider (find);
  return G_SOURCE_CONTINUE;
}

static gboolean
cancelled (GCancellable *cancellable G_GNUC_UNUSED, gpointer find)
{
  finish (find);
  return G_SOURCE_REMOVE;
}

/* the beginning */

static gpointer
load_http_trust (gpointer file, GCancellable *cancellable G_GNUC_UNUSED, GError **error)
{
  return postweg_http_trust_new (file, error);
}

static void
http_trust_loaded (GObject *object G_GNUC_UNUSED, GAsyncResult *result, gpointer data)
{
  Find *find = data;
  GError *error = NULL;
  PostwegHttpTrust *trust = postweg_worker_finish (result, &error);

  if (find->task == NULL)
    {
      postweg_http_trust_unref (trust);
      g_clear_error (&error);
    }
  else if (trust == NULL)
    {
      g_autoptr (GTask) task = g_steal_pointer (&find->task);

      stop_sources (find);
      g_task_return_error (task, error);
      unref (find);
    }
  else
    {
      find->http_trust = trust;
      find->tick = g_timeout_source_new (TICK_MS);
      g_source_set_callback (find->tick, tick, find, NULL);
      g_source_attach (find->tick, g_task_get_context (find->task));
      consider (find);
    }
  unref (find);
}

static gpointer
load_trust (gpointer file, GCancellable *cancellable G_GNUC_UNUSED, GError **error)
{
  return postweg_trust_new (file, error);
}

static void
trust_loaded (GObject *object G_GNUC_UNUSED, GAsyncResult *result, gpointer data)
{
  Find *find = data;
  PostwegTrust *trust = postweg_worker_finish (result, NULL);

  if (find->looks != NULL)
    postweg_looks_set_trust (find->looks, trust);
  else
    postweg_trust_unref (trust);
  unref (find);
}

static void
load (Find *find)
{
  static const PostwegJob http_job = { load_http_trust, g_free, (GDestroyNotify) postweg_http_trust_unref };
  static const PostwegJob job = { load_trust, g_free, (GDestroyNotify) postweg_trust_unref };

  find->references += 2;
  postweg_worker_run (&http_job, g_strdup (find->request->trust_file), find->stop, http_trust_loaded, find);
  postweg_worker_run (&job, g_strdup (find->request->trust_file), find->stop, trust_loaded, find);
}

/* Step 0 only suspects; whether the domain takes mail decides. */
static void
suspect_typo (PostwegDiscovery *known)
{
  g_ptr_array_set_size (known->servers, 0);
  known->outcome = POSTWEG_OUTCOME_MANUAL;
  if (known->code == NULL || !g_str_has_prefix (known->code, "typo:"))
    {
      g_clear_pointer (&known->code, g_free);
      return;
    }
  known->meant = g_strdup (strchr (known->code, ':') + 1);
  known->outcome = POSTWEG_OUTCOME_MANUAL;
  g_clear_pointer (&known->code, g_free);
}

void
postweg_find_run (PostwegFindRequest *request, PostwegDiscovery *known, const PostwegFindWatch *watch,
                  GCancellable *cancellable, GTask *task)
{
  Find *find = g_new0 (Find, 1);

  find->references = 1;
  find->request = request;
  find->discovery = known;
  suspect_typo (known);
  if (watch != NULL)
    find->watch = *watch;
  find->results = g_ptr_array_new_with_free_func ((GDestroyNotify) postweg_source_result_free);
  find->sources = postweg_sources (&find->n_sources);
  g_assert (find->n_sources <= MAX_SOURCES);
  find->begun = g_get_monotonic_time ();
  find->stop = g_cancellable_new ();
  find->asked = postweg_asked_new ();
  find->looks =
      postweg_looks_new (known->address, request->consent, request->thorough, find->stop, consider, find);
  find->task = task;
  if (cancellable != NULL)
    {
      find->cancelled = g_cancellable_source_new (cancellable);
      g_source_set_callback (find->cancelled, G_SOURCE_FUNC (cancelled), find, NULL);
      g_source_attach (find->cancelled, g_task_get_context (task));
    }
  load (find);
}
