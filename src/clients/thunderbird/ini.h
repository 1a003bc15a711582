/* Mozilla's .ini files. */
#pragma once
#include <glib.h>

typedef struct {
  char *name;
  GHashTable *values;
} PostwegIniSection;

/* bytes: NULL counts as empty. Lines that are neither a section nor a value are skipped.
 * Returns: (transfer full): PostwegIniSection in the order of the file */
GPtrArray *postweg_ini_read (GBytes *bytes);
/* Returns: (transfer none): NULL when absent */
const char *postweg_ini_value (const PostwegIniSection *section, const char *name);
