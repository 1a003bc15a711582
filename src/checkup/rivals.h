/* What the errands of one test tell each other while they run: which addresses answer, and how quickly. */
#pragma once
#include <glib.h>
#include <pthread.h>

/* As in turn.h, pthread's own lock: ThreadSanitizer sees it. */
typedef struct {
  pthread_mutex_t mutex;
  GHashTable *ms; /* char* -> guint */
} PostwegRivals;

void postweg_rivals_init (PostwegRivals *rivals);
void postweg_rivals_clear (PostwegRivals *rivals);
/* A port of this numeric address was connected to within so many ms, and a mail server answered there. The quickest is kept. */
void postweg_rivals_add (PostwegRivals *rivals, const char *address, guint ms);
/* A PostwegRival's `ms`; rivals: PostwegRivals. Returns: at least 1, or 0 if nothing is known to answer there */
guint postweg_rivals_ms (const char *address, gpointer rivals);
