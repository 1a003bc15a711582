/* The lock file of a mail program's profile: is the program running, and keeping it from starting while its files change. */
#pragma once
#include <glib.h>

/* Whether a program holds the lock (a POSIX write lock on the file, as Mozilla's programs take it). Where locks cannot be tested, the link
 * "lock" beside it (ADDRESS:+PID) and the process list decide. */
gboolean postweg_lock_is_held (const char *path);

typedef struct {
  int fd;        /* -1: none is held */
  gboolean made; /* the file was not there before */
} PostwegLock;

#define POSTWEG_LOCK_NONE                                                                                    \
  {                                                                                                          \
    -1, FALSE                                                                                                \
  }

/* Takes the lock, making the file if needed. It is bound to the descriptor (F_OFD_SETLK), so that opening the file elsewhere in this process
 * does not lose it. name: the program, for the message. Errors: PROGRAM_RUNNING, CANNOT_WRITE. */
gboolean postweg_lock_take (PostwegLock *lock, const char *path, const char *name, GError **error);
void postweg_lock_release (PostwegLock *lock);

/* Keeps other Postwegs from writing into the same profile (or keeping the same journals) at the same time, so that what was compared is what is replaced; waits for them up to
 * ten seconds. Ends with the process. Returns: a descriptor to be closed, -1 where the file system has no such locks */
int postweg_lock_out_others (const char *profile);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PostwegLock, postweg_lock_release)
