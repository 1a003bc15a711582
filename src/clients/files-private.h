/* What reading and replacing files share. */
#pragma once
#include "model/error.h"

/* Sets CANNOT_READ or CANNOT_WRITE with a sentence for the errno `number`. Returns: FALSE */
gboolean postweg_files_fault (GError **error, PostwegError code, const char *path, int number);
gboolean postweg_files_sync_folder_of (const char *path);
/* What root makes in somebody's home belongs to them: gives the file at `path` to the owner of its folder. */
gboolean postweg_files_give_to_owner (int fd, const char *path);
