/* What is kept of a test until the account is tested again, and what is different then. */
#pragma once
#include "checkup/surroundings.h"
#include "model/test-result.h"

/* No password, no user name, no address, no server's words: how far each side came, at which server, when and where. */
typedef struct _PostwegMemory PostwegMemory;

/* when: seconds since 1970. where: copied. Returns: (transfer full) */
PostwegMemory *postweg_memory_new (const PostwegTestResult *result, gint64 when,
                                   const PostwegSurroundings *where);
void postweg_memory_free (PostwegMemory *memory);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PostwegMemory, postweg_memory_free)

/* The headline of a comparison: when the other test was made, as seen from `now`. Returns: (transfer full): translated */
char *postweg_memory_heading (const PostwegMemory *before, gint64 now);
/* Returns: (transfer full): char*: what is different, or that nothing is, in sentences; empty when the tests have no side in common */
GPtrArray *postweg_memory_compare (const PostwegMemory *before, const PostwegMemory *after);
