/* Plays a script on one connection; what the connections of a server share is the stage. */
#pragma once
#include "practice/channel.h"
#include "practice/script.h"
#include <pthread.h>

/* Several players use one stage at the same time: heard and complaint only under the lock, which
 * is no GMutex because ThreadSanitizer sees that only in a GLib built for it. */
typedef struct {
  PostwegScript *script;
  PostwegChannelTls tls;
  int stop_fd; /* an eventfd that becomes readable, and stays so, when everything is to end */
  pthread_mutex_t lock;
  GString *heard;
  char *complaint; /* the first one, or NULL */
} PostwegStage;

#define POSTWEG_STAGE_MAX_HEARD                                                                              \
  (4 * 1024 * 1024) /* bytes; what is said beyond is answered, but not recorded */

PostwegStage *postweg_stage_new (PostwegScript *script); /* script: (transfer full) */
void postweg_stage_free (PostwegStage *stage);

/* Blocks until the script or the connection ends; the caller closes the socket. */
void postweg_player_run (PostwegStage *stage, int fd);
