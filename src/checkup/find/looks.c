/* A queue of looks: few at once, fewer at one host, each server once. */
#include "checkup/find/looks.h"
#include "discover/rank.h"
#include <string.h>

#define MAX_AT_ONCE 12
#define MAX_AT_HOST 2 /* more at once looks like an attack */
#define MAX_LOOKS 30
#define LONG_US (1000 * 1000)

typedef enum { WAITING, RUNNING, DONE } State;

typedef struct {
  PostwegServer *server;
  State state;
  gint64 begun;          /* monotonic, µs */
  PostwegLooked *looked; /* when DONE; NULL: nothing was seen */
} Look;

struct _PostwegLooks {
  int references; /* main context only: one of the owner, one of each look */
  const PostwegAddress *address;
  PostwegConsent consent;
  gboolean thorough;
  PostwegTrust *trust;
  GCancellable *stop;
  GPtrArray *looks; /* Look */
  void (*news) (gpointer data);
  gpointer data;
};

typedef struct {
  PostwegLooks *looks;
  Look *look;
} Errand;

static void
look_free (gpointer data)
{
  Look *look = data;

  postweg_server_free (look->server);
  postweg_looked_free (look->looked);
  g_free (look);
}

PostwegLooks *
postweg_looks_new (const PostwegAddress *address, PostwegConsent consent, gboolean thorough,
                   GCancellable *stop, void (*news) (gpointer data), gpointer data)
{
  PostwegLooks *looks = g_new0 (PostwegLooks, 1);

  looks->references = 1;
  looks->address = address;
  looks->consent = consent;
  looks->thorough = thorough;
  looks->stop = g_object_ref (stop);
  looks->looks = g_ptr_array_new_with_free_func (look_free);
  looks->news = news;
  looks->data = data;
  return looks;
}

static void
unref (PostwegLooks *looks)
{
  if (--looks->references > 0)
    return;
  postweg_trust_unref (looks->trust);
  g_object_unref (looks->stop);
  g_ptr_array_unref (looks->looks);
  g_free (looks);
}

void
postweg_looks_free (PostwegLooks *looks)
{
  looks->news = NULL;
  unref (looks);
}

void
postweg_looks_set_trust (PostwegLooks *looks, PostwegTrust *trust)
{
  looks->trust = trust;
}

static PostwegCheck
check_of (const Look *look)
{
  return look->looked != NULL ? look->looked->check : POSTWEG_CHECK_NONE;
}

static gboolean
same_place (const PostwegServer *a, const PostwegServer *b)
{
  return a->protocol == b->protocol && a->port == b->port && a->security == b->security &&
         g_ascii_strcasecmp (a->host, b->host) == 0;
}

static Look *
look_at (const PostwegLooks *looks, const PostwegServer *server)
{
  for (guint i = 0; i < looks->looks->len; i++)
    {
      Look *look = g_ptr_array_index (looks->looks, i);

      if (same_place (look->server, server))
        return look;
    }
  return NULL;
}

/* Whoever can prove to speak for the domain may name its servers; others' hosts are gone to only when the person agreed. What the bundled
 * table knows needs no look. */
static gboolean
may_look (const PostwegLooks *looks, const PostwegFoundServer *found)
{
  gboolean proven = strcmp (found->trust, "tls") == 0 || strcmp (found->trust, "dnssec") == 0;

  return found->server->security != POSTWEG_PLAIN && strcmp (found->source, "mx-table") != 0 &&
         (!found->tells_address || looks->consent >= POSTWEG_CONSENT_SEND_ADDRESS) &&
         (proven || looks->consent >= POSTWEG_CONSENT_ALL ||
          postweg_hosts_same_operator (found->server->host, looks->address->domain));
}

static void
add (PostwegLooks *looks, const PostwegServer *server)
{
  Look *look;

  if (looks->looks->len >= MAX_LOOKS || look_at (looks, server) != NULL)
    return;
  look = g_new0 (Look, 1);
  look->server = postweg_server_copy (server);
  g_ptr_array_add (looks->looks, look);
}

/* A published server is looked at when those before it did not do. */
static void
want_published (PostwegLooks *looks, const PostwegSourceResult *result)
{
  gboolean enough[POSTWEG_N_PROTOCOLS] = { FALSE };

  for (guint i = 0; i < result->servers->len; i++)
    {
      const PostwegFoundServer *found = g_ptr_array_index (result->servers, i);
      PostwegProtocol protocol = found->server->protocol;
      const Look *look;

      /* what is derived has its turn at the same time as what it is derived from */
      if ((enough[protocol] && !found->derived && !looks->thorough) || !may_look (looks, found))
        continue;
      add (looks, found->server);
      look = look_at (looks, found->server);
      enough[protocol] =
          enough[protocol] || look == NULL || look->state != DONE || check_of (look) == POSTWEG_CHECK_GOOD;
    }
}

static void
want_guesses (PostwegLooks *looks, const PostwegSourceResult *result, PostwegSecurity security,
              const gboolean *enough, const GPtrArray *results)
{
  for (guint i = 0; i < result->servers->len; i++)
    {
      const PostwegFoundServer *found = g_ptr_array_index (result->servers, i);

      if (found->server->security == security && !enough[found->server->protocol] &&
          may_look (looks, found) && !postweg_rank_is_refused (results, found))
        add (looks, found->server);
    }
}

/* Guesses are all looked at, those with STARTTLS only when none with implicit TLS is good. */
static void
want_guessed (PostwegLooks *looks, const PostwegSourceResult *result, const GPtrArray *results)
{
  gboolean enough[POSTWEG_N_PROTOCOLS] = { FALSE };

  want_guesses (looks, result, POSTWEG_TLS, enough, results);
  for (guint i = 0; i < result->servers->len; i++)
    {
      const PostwegFoundServer *found = g_ptr_array_index (result->servers, i);
      const Look *look = look_at (looks, found->server);

      if (look != NULL && (look->state != DONE || check_of (look) == POSTWEG_CHECK_GOOD))
        enough[found->server->protocol] = TRUE;
    }
  want_guesses (looks, result, POSTWEG_STARTTLS, enough, results);
}

static void
take_auths (PostwegFoundServer *found, const PostwegLooked *looked)
{
  gboolean says_nothing = strcmp (found->source, "srv") == 0 || strcmp (found->source, "guess") == 0;

  if (!says_nothing || looked->n_auths == 0)
    return;
  found->n_auths = looked->n_auths;
  memcpy (found->auths, looked->auths, sizeof found->auths);
  found->server->auth = found->auths[0];
}

/* A certificate for another name may tell the server's right one: it is offered, and asked about. */
static void
offer_name (const PostwegLooks *looks, PostwegSourceResult *result, const PostwegFoundServer *found,
            const char *host)
{
  PostwegFoundServer *other = postweg_found_server_copy (found);

  g_free (other->server->host);
  other->server->host = g_strdup (host);
  other->check = POSTWEG_CHECK_NONE;
  other->trust = "cert-mismatch";
  other->foreign = !postweg_hosts_same_operator (host, looks->address->domain);
  g_ptr_array_add (result->servers, other);
}

static void
take_checks (PostwegLooks *looks, PostwegSourceResult *result)
{
  guint n = result->servers->len;

  for (guint i = 0; i < n; i++)
    {
      PostwegFoundServer *found = g_ptr_array_index (result->servers, i);
      const Look *look = look_at (looks, found->server);

      if (look == NULL || look->looked == NULL || found->check != POSTWEG_CHECK_NONE)
        continue;
      found->check = look->looked->check;
      take_auths (found, look->looked);
      if (look->looked->cert_host != NULL && strcmp (found->trust, "cert-mismatch") != 0)
        offer_name (looks, result, found, look->looked->cert_host);
    }
}

static guint
count_running (const PostwegLooks *looks, const char *host)
{
  guint n = 0;

  for (guint i = 0; i < looks->looks->len; i++)
    {
      const Look *look = g_ptr_array_index (looks->looks, i);

      n += look->state == RUNNING && (host == NULL || g_ascii_strcasecmp (look->server->host, host) == 0);
    }
  return n;
}

static void
back (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer data)
{
  Errand *errand = data;
  PostwegLooks *looks = errand->looks;

  errand->look->state = DONE;
  errand->look->looked = postweg_find_look_finish (result);
  g_free (errand);
  if (looks->news != NULL)
    looks->news (looks->data);
  unref (looks);
}

static void
start_some (PostwegLooks *looks)
{
  for (guint i = 0; i < looks->looks->len && looks->trust != NULL; i++)
    {
      Look *look = g_ptr_array_index (looks->looks, i);
      Errand *errand;

      if (look->state != WAITING || count_running (looks, NULL) >= MAX_AT_ONCE ||
          count_running (looks, look->server->host) >= MAX_AT_HOST)
        continue;
      look->state = RUNNING;
      look->begun = g_get_monotonic_time ();
      looks->references++;
      errand = g_new (Errand, 1);
      *errand = (Errand){ looks, look };
      postweg_find_look (look->server, looks->trust, looks->stop, back, errand);
    }
}

void
postweg_looks_go_on (PostwegLooks *looks, const GPtrArray *results)
{
  for (guint i = 0; i < results->len; i++)
    {
      const PostwegSourceResult *result = g_ptr_array_index (results, i);

      if (strcmp (result->source, "guess") == 0)
        want_guessed (looks, result, results);
      else
        want_published (looks, result);
    }
  start_some (looks);
  for (guint i = 0; i < results->len; i++)
    take_checks (looks, g_ptr_array_index (results, i));
}

void
postweg_looks_give_up (PostwegLooks *looks, const GPtrArray *results)
{
  gint64 now = g_get_monotonic_time ();

  for (guint i = 0; i < results->len; i++)
    {
      const PostwegSourceResult *result = g_ptr_array_index (results, i);

      for (guint k = 0; k < result->servers->len; k++)
        {
          PostwegFoundServer *found = g_ptr_array_index (result->servers, k);
          const Look *look = look_at (looks, found->server);

          if (look != NULL && look->state == RUNNING && now - look->begun >= LONG_US)
            found->check = POSTWEG_CHECK_SILENT;
        }
    }
}

void
postweg_looks_name_hosts (const PostwegLooks *looks, GPtrArray *hosts)
{
  for (guint i = 0; i < looks->looks->len; i++)
    {
      const Look *look = g_ptr_array_index (looks->looks, i);

      if (look->state != WAITING &&
          !g_ptr_array_find_with_equal_func (hosts, look->server->host, g_str_equal, NULL))
        g_ptr_array_add (hosts, g_strdup (look->server->host));
    }
}

gboolean
postweg_looks_open (const PostwegLooks *looks, const GPtrArray *results, guint rank)
{
  for (guint i = 0; i < results->len; i++)
    {
      const PostwegSourceResult *result = g_ptr_array_index (results, i);

      for (guint k = 0; k < result->servers->len; k++)
        {
          const PostwegFoundServer *found = g_ptr_array_index (result->servers, k);
          const Look *look = look_at (looks, found->server);

          if (look != NULL && look->state != DONE && postweg_rank_of (found) <= rank)
            return TRUE;
        }
    }
  return FALSE;
}
