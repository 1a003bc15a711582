/* TOML as mail programs use it: tables, dotted keys, strings, numbers and booleans, one on a line. */
#pragma once
#include "clients/lines.h"

extern const PostwegDialect postweg_toml;

/* Returns: (transfer full): the value of a dotted key in the table, wherever it stands: “a.b.c” in [TABLE], “b.c” in [TABLE.a], …; strings without
 * their quotes. fallback: copied where it is not there; may be NULL */
char *postweg_toml_get (const PostwegLines *lines, const char *table, const char *key, const char *fallback);
/* Changes the key where it stands, or adds it to [TABLE], which must be there. value NULL: takes it away. */
void postweg_toml_set (PostwegLines *lines, const char *table, const char *key, const char *value);
/* The same for a number or a boolean, which has no quotes. */
void postweg_toml_set_bare (PostwegLines *lines, const char *table, const char *key, const char *value);
/* Returns: (transfer full): a name as a part of a key, in quotes if it needs them */
char *postweg_toml_name (const char *name);
