/* One source on a thread of its own. */
#pragma once
#include "discover/source.h"
#include <gio/gio.h>

/* task: copied; its cancellable is replaced. Finishes with (transfer full) the result, never NULL. */
void postweg_find_source (const PostwegSource *source, const PostwegSourceTask *task,
                          GCancellable *cancellable, GAsyncReadyCallback done, gpointer data);
PostwegSourceResult *postweg_find_source_finish (GAsyncResult *result);
