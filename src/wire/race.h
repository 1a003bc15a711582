/* Connecting to the first of several addresses that answers (RFC 8305), with evidence about each of them. */
#pragma once
#include "model/evidence.h"
#include "wire/wait.h"

/* What others find out meanwhile about the same address. `ms` is called on the thread that waits. */
typedef struct {
  guint (*ms) (const char *address,
               gpointer data); /* how long another port of this numeric address took to connect, that was then
                                                     * found to be up; 0: no such port is known */
  gpointer data;
} PostwegRival;

/* A next address is tried 250 ms after the one before, or as soon as that one has failed; each up to three times, 300 ms apart.
 * attempts: PostwegAttempt is appended for each address that was tried.
 * rival: or NULL. When another port of one of the addresses is up, silence is silence after 900 ms and eight times its time.
 * Returns: (transfer full): the connected socket, non-blocking; or NULL with the most telling error: HUNG_UP (accepted, and
 * reset at once), REFUSED, NO_CONNECTION, UNREACHABLE, OFFLINE (there is no way out of this computer); OUT_OF_TIME, G_IO_ERROR_CANCELLED */
GSocket *postweg_race (GPtrArray *addresses, GPtrArray *attempts, const PostwegRival *rival,
                       const PostwegWait *wait, GError **error);
