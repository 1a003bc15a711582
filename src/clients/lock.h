/* The lock file of a mail program's profile: is the program running, and keeping it from starting while its files change. */
#pragma once
#include <glib.h>

/* Whether a program holds the lock (a POSIX write lock on the file, as Mozilla's programs take it). Where locks cannot be tested, the link
 * "lock" beside it (ADDRESS:+PID) and the process list decide. */
gboolean postweg_lock_is_held (const char *path);

/* Takes the lock, making the file if needed. It is bound to the descriptor (F_OFD_SETLK), so that opening the file elsewhere in this process
 * does not lose it. Close the descriptor to let go.
 * made: (out): the file was not there before. name: the program, for the message.
 * Returns: a descriptor; or -1 with PROGRAM_RUNNING or CANNOT_WRITE */
int postweg_lock_take (const char *path, const char *name, gboolean *made, GError **error);
