/* A small table under a lock; what is old is forgotten when it is asked for, and everything when there is too much of it. */
#include "wire/proven.h"
#include <pthread.h>

#define GOOD_FOR_S 60
#define MOST 64

typedef struct {
  GPtrArray *chain;
  gint64 since; /* seconds since 1970 */
} Proof;

struct _PostwegProven {
  pthread_mutex_t mutex; /* ThreadSanitizer does not see GMutex */
  GHashTable *proofs;    /* key -> Proof */
};

static void
proof_free (gpointer data)
{
  Proof *proof = data;

  g_ptr_array_unref (proof->chain);
  g_free (proof);
}

PostwegProven *
postweg_proven_new (void)
{
  PostwegProven *proven = g_new0 (PostwegProven, 1);

  pthread_mutex_init (&proven->mutex, NULL);
  proven->proofs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, proof_free);
  return proven;
}

void
postweg_proven_free (PostwegProven *proven)
{
  if (proven == NULL)
    return;
  g_hash_table_unref (proven->proofs);
  pthread_mutex_destroy (&proven->mutex);
  g_free (proven);
}

/* A clock that was set back makes a proof of the future: that one is none. */
static gboolean
still_good (const Proof *proof, gint64 now)
{
  return proof != NULL && now >= proof->since && now - proof->since < GOOD_FOR_S;
}

GPtrArray *
postweg_proven_recall (PostwegProven *proven, const char *key, gint64 now)
{
  GPtrArray *chain = NULL;
  Proof *proof;

  pthread_mutex_lock (&proven->mutex);
  proof = g_hash_table_lookup (proven->proofs, key);
  if (still_good (proof, now))
    chain = g_ptr_array_ref (proof->chain);
  else
    g_hash_table_remove (proven->proofs, key);
  pthread_mutex_unlock (&proven->mutex);
  return chain;
}

void
postweg_proven_keep (PostwegProven *proven, const char *key, GPtrArray *chain, gint64 now)
{
  Proof *proof = g_new (Proof, 1);

  *proof = (Proof){ g_ptr_array_ref (chain), now };
  pthread_mutex_lock (&proven->mutex);
  if (g_hash_table_size (proven->proofs) >= MOST)
    g_hash_table_remove_all (proven->proofs);
  g_hash_table_replace (proven->proofs, g_strdup (key), proof);
  pthread_mutex_unlock (&proven->mutex);
}
