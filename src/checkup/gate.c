/* Queues in front of the pool, one for each server. */
#include "checkup/gate.h"
#include "wire/dns.h"

#define DNS_MS 6000
#define KNOWN_FOR_US (5 * 60 * G_USEC_PER_SEC)
#define MANY 1024    /* hosts or servers: those that nobody is at are forgotten */
#define GOOD_ONES 20 /* until one more is tried at the same time */
#define MAX_PAUSE_MS 30000
#define HOPELESS 4 /* refusals of single ones */

/* A server: hosts at one address, or a host whose address is not known. */
typedef struct {
  PostwegGate *gate;
  guint limit, used, good;
  guint refused;  /* times, one at a time as they were, since it last went well */
  guint pause_ms; /* the next one */
  GSource *pause; /* until it ends, or NULL */
  GQueue waiting; /* Visitor */
} Place;

typedef struct {
  char *address;    /* the first one, or NULL */
  char **addresses; /* or NULL */
  gint64 since;     /* monotonic, us; 0: being looked up */
  GArray *curious;  /* of Curious */
} Host;

typedef struct {
  void (*known) (gpointer data);
  gpointer data;
} Curious;

struct _PostwegGate {
  guint per_server, pause_ms;
  void (*rested) (gpointer data); /* or NULL */
  gpointer data;
  GHashTable *hosts;  /* char* -> Host */
  GHashTable *places; /* char* -> Place */
};

typedef struct {
  Place *place;
  PostwegGateJob job;
  GSource *cancelled; /* while it waits, or NULL */
} Visitor;

static void
source_free (GSource *source)
{
  g_source_destroy (source);
  g_source_unref (source);
}

static void
place_free (gpointer data)
{
  Place *place = data;

  g_clear_pointer (&place->pause, source_free);
  g_free (place);
}

static void
host_free (gpointer data)
{
  Host *host = data;

  g_free (host->address);
  g_strfreev (host->addresses);
  g_array_unref (host->curious);
  g_free (host);
}

PostwegGate *
postweg_gate_new (guint per_server, guint pause_ms)
{
  PostwegGate *gate = g_new0 (PostwegGate, 1);

  gate->per_server = per_server;
  gate->pause_ms = pause_ms;
  gate->hosts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, host_free);
  gate->places = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, place_free);
  return gate;
}

void
postweg_gate_watch (PostwegGate *gate, void (*rested) (gpointer data), gpointer data)
{
  gate->rested = rested;
  gate->data = data;
}

void
postweg_gate_free (PostwegGate *gate)
{
  if (gate == NULL)
    return;
  g_hash_table_unref (gate->hosts);
  g_hash_table_unref (gate->places);
  g_free (gate);
}

/* names */

static gboolean
is_old (gpointer key G_GNUC_UNUSED, gpointer value, gpointer data G_GNUC_UNUSED)
{
  const Host *host = value;

  return host->since > 0 && g_get_monotonic_time () - host->since > KNOWN_FOR_US;
}

static gboolean
is_known (gpointer key G_GNUC_UNUSED, gpointer value, gpointer data G_GNUC_UNUSED)
{
  return ((const Host *) value)->since > 0;
}

static Host *
known_host (PostwegGate *gate, const char *name)
{
  Host *host = g_hash_table_lookup (gate->hosts, name);

  return host != NULL && host->since > 0 ? host : NULL;
}

static gpointer
look_up (gpointer name, GCancellable *cancellable, GError **error G_GNUC_UNUSED)
{
  PostwegWait wait = postweg_wait_new (DNS_MS, cancellable);
  g_autoptr (GPtrArray) found = postweg_dns_lookup (name, 0, &wait, NULL);
  GPtrArray *texts = g_ptr_array_new ();

  for (guint i = 0; found != NULL && i < found->len; i++)
    {
      GInetSocketAddress *place = g_ptr_array_index (found, i);

      g_ptr_array_add (texts, g_inet_address_to_string (g_inet_socket_address_get_address (place)));
    }
  g_ptr_array_add (texts, NULL);
  return g_ptr_array_free (texts, FALSE);
}

typedef struct {
  PostwegGate *gate;
  char *name;
} Question;

static void
looked_up (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer data)
{
  g_autofree Question *question = data;
  g_autofree char *name = question->name;
  Host *host = g_hash_table_lookup (question->gate->hosts, name);
  g_autoptr (GArray) curious = g_steal_pointer (&host->curious);

  host->curious = g_array_new (FALSE, FALSE, sizeof (Curious));
  host->addresses = postweg_worker_finish (result, NULL);
  host->since = g_get_monotonic_time ();
  if (host->addresses[0] == NULL)
    g_clear_pointer (&host->addresses, g_strfreev);
  else
    host->address = g_strdup (host->addresses[0]);
  for (guint i = 0; i < curious->len; i++)
    g_array_index (curious, Curious, i).known (g_array_index (curious, Curious, i).data);
}

gboolean
postweg_gate_look_up (PostwegGate *gate, const char *name, GCancellable *cancellable,
                      void (*known) (gpointer data), gpointer data)
{
  static const PostwegJob job = { look_up, g_free, (GDestroyNotify) g_strfreev };
  const Curious curious = { known, data };
  Host *host = g_hash_table_lookup (gate->hosts, name);

  if (host != NULL && is_old (NULL, host, NULL))
    host = NULL;
  if (host != NULL && host->since > 0)
    return FALSE;
  if (host == NULL)
    {
      Question *question = g_new (Question, 1);

      if (g_hash_table_size (gate->hosts) >= MANY)
        g_hash_table_foreach_remove (gate->hosts, is_known, NULL);
      host = g_new0 (Host, 1);
      host->curious = g_array_new (FALSE, FALSE, sizeof (Curious));
      g_hash_table_replace (gate->hosts, g_strdup (name), host);
      *question = (Question){ gate, g_strdup (name) };
      postweg_worker_run (&job, g_strdup (name), cancellable, looked_up, question);
    }
  g_array_append_val (host->curious, curious);
  return TRUE;
}

char **
postweg_gate_addresses (PostwegGate *gate, const char *name)
{
  const Host *host = known_host (gate, name);

  return host != NULL ? g_strdupv (host->addresses) : NULL;
}

/* servers */

static gboolean
is_idle (gpointer key G_GNUC_UNUSED, gpointer value, gpointer data G_GNUC_UNUSED)
{
  const Place *place = value;

  return place->used == 0 && place->pause == NULL && g_queue_is_empty ((GQueue *) &place->waiting);
}

static Place *
place_of (PostwegGate *gate, const char *name)
{
  const Host *host = known_host (gate, name);
  const char *key = host != NULL && host->address != NULL ? host->address : name;
  Place *place = g_hash_table_lookup (gate->places, key);

  if (place != NULL)
    return place;
  if (g_hash_table_size (gate->places) >= MANY)
    g_hash_table_foreach_remove (gate->places, is_idle, NULL);
  place = g_new0 (Place, 1);
  place->gate = gate;
  place->limit = gate->per_server;
  place->pause_ms = gate->pause_ms;
  g_queue_init (&place->waiting);
  g_hash_table_insert (gate->places, g_strdup (key), place);
  return place;
}

static gboolean
has_room (const Place *place)
{
  return place->used < place->limit && place->pause == NULL;
}

static void visitor_go (Visitor *visitor);

static void
serve (Place *place)
{
  while (has_room (place) && !g_queue_is_empty (&place->waiting))
    visitor_go (g_queue_pop_head (&place->waiting));
}

static void
visitor_back (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Visitor *visitor = data;
  Place *place = visitor->place;

  place->used--;
  serve (place);
  visitor->job.done (source, result, visitor->job.data);
}

static void
visitor_go (Visitor *visitor)
{
  g_autoptr (GCancellable) cancellable = visitor->job.cancellable;

  g_clear_pointer (&visitor->cancelled, source_free);
  visitor->place->used++;
  postweg_worker_run (visitor->job.job, visitor->job.input, cancellable, visitor_back, visitor);
}

static gboolean
give_up (GCancellable *cancellable G_GNUC_UNUSED, gpointer data)
{
  Visitor *visitor = data;

  g_queue_remove (&visitor->place->waiting, visitor);
  visitor_go (visitor);
  return G_SOURCE_REMOVE;
}

void
postweg_gate_run (PostwegGate *gate, const char *host, const PostwegGateJob *job)
{
  Visitor *visitor = g_new0 (Visitor, 1);

  visitor->place = place_of (gate, host);
  visitor->job = *job;
  g_object_ref (job->cancellable);
  if (has_room (visitor->place) || g_cancellable_is_cancelled (job->cancellable))
    {
      visitor_go (visitor);
      return;
    }
  visitor->cancelled = g_cancellable_source_new (job->cancellable);
  g_source_set_callback (visitor->cancelled, G_SOURCE_FUNC (give_up), visitor, NULL);
  g_source_attach (visitor->cancelled, g_main_context_get_thread_default ());
  g_queue_push_tail (&visitor->place->waiting, visitor);
}

gboolean
postweg_gate_has_room (PostwegGate *gate, const char *host)
{
  const Place *place = place_of (gate, host);

  return has_room (place) && g_queue_is_empty ((GQueue *) &place->waiting);
}

guint
postweg_gate_limit (PostwegGate *gate, const char *host)
{
  return place_of (gate, host)->limit;
}

static gboolean
pause_over (gpointer data)
{
  Place *place = data;
  PostwegGate *gate = place->gate;

  g_clear_pointer (&place->pause, g_source_unref);
  serve (place);
  if (gate->rested != NULL)
    gate->rested (gate->data);
  return G_SOURCE_REMOVE;
}

gboolean
postweg_gate_is_hopeless (PostwegGate *gate, const char *host)
{
  return place_of (gate, host)->refused >= HOPELESS;
}

guint
postweg_gate_slow_down (PostwegGate *gate, const char *host)
{
  Place *place = place_of (gate, host);

  place->good = 0;
  if (place->pause != NULL)
    return place->limit;
  place->refused += place->limit == 1;
  if (postweg_gate_is_hopeless (gate, host))
    place->pause_ms = gate->pause_ms;
  place->limit = MAX (place->limit / 2, 1);
  place->pause = g_timeout_source_new (place->pause_ms);
  place->pause_ms = MIN (place->pause_ms * 2, MAX_PAUSE_MS);
  g_source_set_callback (place->pause, pause_over, place, NULL);
  g_source_attach (place->pause, g_main_context_get_thread_default ());
  return place->limit;
}

void
postweg_gate_went_well (PostwegGate *gate, const char *host)
{
  Place *place = place_of (gate, host);

  place->refused = 0;
  if (place->limit >= gate->per_server || ++place->good < GOOD_ONES)
    return;
  place->good = 0;
  place->limit++;
  place->pause_ms = gate->pause_ms;
}
