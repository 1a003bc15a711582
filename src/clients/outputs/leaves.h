/* The texts of an XML file with the way to each: enough to read back what was written. */
#pragma once
#include <glib.h>

/* Returns: (transfer full): “a/b/c” -> text of the first such element, “a/b@name” -> attribute; NULL if it is no XML. The keys of property lists
 * (<key>NAME</key><TYPE>VALUE</TYPE>) come as “key:NAME” -> VALUE, TRUE and FALSE as “true” and “false”. Comments come as “#NAME” -> VALUE where
 * they say “NAME: VALUE”. */
GHashTable *postweg_leaves (GBytes *bytes);
/* Returns: (transfer none): "" if there is none */
const char *postweg_leaf (GHashTable *leaves, const char *path);
