/* A queue of looks: few at once, fewer at one host, each server once. */
#include "checkup/find-looks.h"
#include "discover/rank.h"
#include <string.h>

#define MAX_AT_ONCE 12
#define MAX_AT_HOST 2 /* more at once looks like an attack */
#define MAX_LOOKS 30

typedef enum { WAITING, RUNNING, DONE } State;

typedef struct {
  PostwegServer *server;
  State state;
  PostwegLooked looked;
} Look;

struct _PostwegLooks {
  int references; /* main context only: one of the owner, one of each look */
  const PostwegAddress *address;
  PostwegConsent consent;
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
  postweg_server_free (((Look *) data)->server);
  g_free (data);
}

PostwegLooks *
postweg_looks_new (const PostwegAddress *address, PostwegConsent consent, GCancellable *stop,
                   void (*news) (gpointer data), gpointer data)
{
  PostwegLooks *looks = g_new0 (PostwegLooks, 1);

  looks->references = 1;
  looks->address = address;
  looks->consent = consent;
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

      if (enough[protocol] || !may_look (looks, found))
        continue;
      add (looks, found->server);
      look = look_at (looks, found->server);
      enough[protocol] = look == NULL || look->state != DONE || look->looked.check == POSTWEG_CHECK_GOOD;
    }
}

/* Guesses are all looked at, those with STARTTLS only when none with implicit TLS is good. */
static void
want_guessed (PostwegLooks *looks, const PostwegSourceResult *result)
{
  gboolean enough[POSTWEG_N_PROTOCOLS] = { FALSE };

  for (guint i = 0; i < result->servers->len; i++)
    {
      const PostwegServer *server =
          ((const PostwegFoundServer *) g_ptr_array_index (result->servers, i))->server;
      const Look *look;

      if (server->security == POSTWEG_TLS)
        add (looks, server);
      look = look_at (looks, server);
      if (look != NULL && (look->state != DONE || look->looked.check == POSTWEG_CHECK_GOOD))
        enough[server->protocol] = TRUE;
    }
  for (guint i = 0; i < result->servers->len; i++)
    {
      const PostwegServer *server =
          ((const PostwegFoundServer *) g_ptr_array_index (result->servers, i))->server;

      if (server->security == POSTWEG_STARTTLS && !enough[server->protocol])
        add (looks, server);
    }
}

static void
take_checks (PostwegLooks *looks, const PostwegSourceResult *result)
{
  for (guint i = 0; i < result->servers->len; i++)
    {
      PostwegFoundServer *found = g_ptr_array_index (result->servers, i);
      const Look *look = look_at (looks, found->server);
      gboolean says_nothing = strcmp (found->source, "srv") == 0 || strcmp (found->source, "guess") == 0;

      if (look == NULL || look->state != DONE)
        continue;
      found->check = look->looked.check;
      if (!says_nothing || look->looked.n_auths == 0)
        continue;
      found->n_auths = look->looked.n_auths;
      memcpy (found->auths, look->looked.auths, sizeof found->auths);
      found->server->auth = found->auths[0];
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
  g_autofree PostwegLooked *looked = postweg_find_look_finish (result);

  errand->look->state = DONE;
  if (looked != NULL)
    errand->look->looked = *looked;
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
        want_guessed (looks, result);
      else
        want_published (looks, result);
    }
  start_some (looks);
  for (guint i = 0; i < results->len; i++)
    take_checks (looks, g_ptr_array_index (results, i));
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
