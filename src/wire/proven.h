/* Chains that were proven a moment ago, so that a thousand accounts on one server do not prove the same bytes a thousand times. */
#pragma once
#include <glib.h>

typedef struct _PostwegProven PostwegProven;

/* May be used by several threads at once. */
PostwegProven *postweg_proven_new (void);
void postweg_proven_free (PostwegProven *proven);

/* key: names everything that the proof depends on but the time.
 * now: seconds since 1970. Returns: (transfer full) (element-type PostwegCertLink): the chain, not to be changed, if it was proven
 * within the last minute; or NULL */
GPtrArray *postweg_proven_recall (PostwegProven *proven, const char *key, gint64 now);
/* chain: (element-type PostwegCertLink): is never changed any more. */
void postweg_proven_keep (PostwegProven *proven, const char *key, GPtrArray *chain, gint64 now);
