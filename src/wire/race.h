/* Connecting to the first of several addresses that answers (RFC 8305), with evidence about each of them. */
#pragma once
#include "model/evidence.h"
#include "wire/wait.h"

/* A next address is tried 250 ms after the one before, or as soon as that one has failed.
 * attempts: PostwegAttempt is appended for each address that was tried.
 * Returns: (transfer full): the connected socket, non-blocking; or NULL with the most telling error: HUNG_UP (accepted, and
 * reset at once), REFUSED, NO_CONNECTION, UNREACHABLE, OFFLINE (there is no way out of this computer); OUT_OF_TIME, G_IO_ERROR_CANCELLED */
GSocket *postweg_race (GPtrArray *addresses, GPtrArray *attempts, const PostwegWait *wait, GError **error);
