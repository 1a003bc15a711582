/* A table under a lock. */
#include "checkup/rivals.h"

void
postweg_rivals_init (PostwegRivals *rivals)
{
  pthread_mutex_init (&rivals->mutex, NULL);
  rivals->ms = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

void
postweg_rivals_clear (PostwegRivals *rivals)
{
  g_hash_table_unref (rivals->ms);
  pthread_mutex_destroy (&rivals->mutex);
}

void
postweg_rivals_add (PostwegRivals *rivals, const char *address, guint ms)
{
  guint known;

  pthread_mutex_lock (&rivals->mutex);
  known = GPOINTER_TO_UINT (g_hash_table_lookup (rivals->ms, address));
  if (known == 0 || ms < known)
    g_hash_table_insert (rivals->ms, g_strdup (address), GUINT_TO_POINTER (MAX (ms, 1)));
  pthread_mutex_unlock (&rivals->mutex);
}

guint
postweg_rivals_ms (const char *address, gpointer data)
{
  PostwegRivals *rivals = data;
  guint known;

  pthread_mutex_lock (&rivals->mutex);
  known = GPOINTER_TO_UINT (g_hash_table_lookup (rivals->ms, address));
  pthread_mutex_unlock (&rivals->mutex);
  return known;
}
