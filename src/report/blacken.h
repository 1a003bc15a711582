/* Takes out of a text what tells who somebody is and where: addresses, user names, own hosts, numeric addresses. */
#pragma once
#include "model/provider.h"
#include "model/test-result.h"
#include <json-glib/json-glib.h>

typedef struct _PostwegBlacken PostwegBlacken;

/* Hides by shape only. */
PostwegBlacken *postweg_blacken_new (void);
/* Hides everything in the result that is the person's own; what the provider documents for everybody stays readable.
 * provider: or NULL */
PostwegBlacken *postweg_blacken_for (const PostwegTestResult *result, const PostwegProvider *provider);
void postweg_blacken_free (PostwegBlacken *blacken);
/* This text is replaced from now on, whatever its case, where it is not part of a longer word; shorter than three bytes: ignored. */
void postweg_blacken_hide (PostwegBlacken *blacken, const char *text, const char *placeholder);

/* Also hides other people's addresses, numeric addresses (each by a number of its own) with the host names beside them, and base64
 * that holds anything hidden. blacken NULL: nothing is hidden. Returns: (transfer full) */
char *postweg_blacken_text (PostwegBlacken *blacken, const char *text);
/* Every string in the tree. Returns: (transfer full): a new tree; takes the old one */
JsonNode *postweg_blacken_json (PostwegBlacken *blacken, JsonNode *node);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PostwegBlacken, postweg_blacken_free)
