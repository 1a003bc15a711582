/* Small steps of building JSON that several values share; for the *-json files of this folder. */
#pragma once
#include <json-glib/json-glib.h>

/* Each adds one member to the object being built. value NULL: null. */
void postweg_json_string (JsonBuilder *builder, const char *member, const char *value);
void postweg_json_int (JsonBuilder *builder, const char *member, gint64 value);
void postweg_json_bool (JsonBuilder *builder, const char *member, gboolean value);
/* Takes the node. */
void postweg_json_node (JsonBuilder *builder, const char *member, JsonNode *node);
/* strings: NULL-terminated, or NULL for an empty array. */
void postweg_json_strv (JsonBuilder *builder, const char *member, char *const *strings);
/* strings: char* elements. */
void postweg_json_strings (JsonBuilder *builder, const char *member, const GPtrArray *strings);
/* Begins an array as a member; close it with json_builder_end_array(). */
void postweg_json_array (JsonBuilder *builder, const char *member);
