/* New keys for accounts, servers and identities. */
#pragma once
#include "clients/thunderbird/settings.h"

/* Returns: the number in "server12" or "server12.port…"; 0 if it is none of that kind */
guint64 postweg_key_number (const char *text, const char *prefix);
/* A number above all that are in use, orphans included: their settings would be inherited.
 * Returns: (transfer full): "server4" */
char *postweg_next_key (const PostwegSettings *settings, const char *branch, const char *prefix);
