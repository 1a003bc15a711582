/* The person's session bus, for programs that are asked over it. Nothing here starts a bus, a display or a window. */
#pragma once
#include <gio/gio.h>

/* Returns: (transfer full): NULL without a session bus */
GDBusConnection *postweg_bus_session (GCancellable *cancellable);
/* Whether the name is owned now, and the folder is below this person's own home folder: only those programs are seen from here. */
gboolean postweg_bus_runs (const char *name, const char *folder);

/* One call and its answer, which must be of that type; the service is started if need be.
 * method: “INTERFACE.NAME”. arguments: taken if floating; NULL: none. seconds: how long to wait.
 * Returns: (transfer full): NULL with CANNOT_READ and what the service said */
GVariant *postweg_bus_call (const char *service, const char *path, const char *method, GVariant *arguments,
                            const char *answer, guint seconds, GError **error);
