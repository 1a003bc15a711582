/* Whether programs run that say so nowhere: by the system's list of processes (Linux; elsewhere none is seen). */
#pragma once
#include <glib.h>

/* Whether a process of this name (at most 15 bytes) runs in whose home folder, as it sees it, this is the file.
 * in_home: the file's path below that folder. path: of the file that is meant. */
gboolean postweg_process_keeps (const char *name, const char *in_home, const char *path);
/* Whether a process of this number lives. */
gboolean postweg_process_lives (guint64 pid);
