/* Evolution's accounts where its service cannot be asked: in a sandbox, without a session, on a disk of another computer. They are read only. */
#pragma once
#include "clients/clients.h"

/* Why they cannot be changed; translated. */
const char *postweg_evolution_folder_reason (void);
/* Returns: (transfer full): what the files NAME.source in the folder hold, all of it read-only; the note names the first that cannot be read */
PostwegProgram *postweg_evolution_folder_read (const char *id, const char *name, const char *folder);
/* Appends the folders with accounts of Evolution itself and of its Flatpak. answered: two of them, whether the service was asked already. */
void postweg_evolution_folders_find (const char *id, const char *home, const gboolean *answered,
                                     GPtrArray *programs);
