/* A list under a lock. */
#include "discover/asked.h"
#include <pthread.h>

struct _PostwegAsked {
  int references;
  pthread_mutex_t lock; /* no GMutex: ThreadSanitizer sees that only in a GLib built for it */
  GPtrArray *hosts;     /* char*, under the lock */
};

PostwegAsked *
postweg_asked_new (void)
{
  PostwegAsked *asked = g_new0 (PostwegAsked, 1);

  asked->references = 1;
  pthread_mutex_init (&asked->lock, NULL);
  asked->hosts = g_ptr_array_new_with_free_func (g_free);
  return asked;
}

PostwegAsked *
postweg_asked_ref (PostwegAsked *asked)
{
  if (asked != NULL)
    g_atomic_int_inc (&asked->references);
  return asked;
}

void
postweg_asked_unref (PostwegAsked *asked)
{
  if (asked == NULL || !g_atomic_int_dec_and_test (&asked->references))
    return;
  pthread_mutex_destroy (&asked->lock);
  g_ptr_array_unref (asked->hosts);
  g_free (asked);
}

static void
add_once (GPtrArray *hosts, const char *host)
{
  if (!g_ptr_array_find_with_equal_func (hosts, host, g_str_equal, NULL))
    g_ptr_array_add (hosts, g_strdup (host));
}

void
postweg_asked_add (PostwegAsked *asked, const char *host)
{
  if (asked == NULL)
    return;
  pthread_mutex_lock (&asked->lock);
  add_once (asked->hosts, host);
  pthread_mutex_unlock (&asked->lock);
}

void
postweg_asked_tell (PostwegAsked *asked, GPtrArray *hosts)
{
  pthread_mutex_lock (&asked->lock);
  for (guint i = 0; i < asked->hosts->len; i++)
    add_once (hosts, g_ptr_array_index (asked->hosts, i));
  pthread_mutex_unlock (&asked->lock);
}
