/* Small steps of building JSON. */
#include "model/json-build.h"
#include "model/json.h"

void
postweg_json_string (JsonBuilder *builder, const char *member, const char *value)
{
  json_builder_set_member_name (builder, member);
  if (value != NULL)
    json_builder_add_string_value (builder, value);
  else
    json_builder_add_null_value (builder);
}

void
postweg_json_int (JsonBuilder *builder, const char *member, gint64 value)
{
  json_builder_set_member_name (builder, member);
  json_builder_add_int_value (builder, value);
}

void
postweg_json_bool (JsonBuilder *builder, const char *member, gboolean value)
{
  json_builder_set_member_name (builder, member);
  json_builder_add_boolean_value (builder, value);
}

void
postweg_json_node (JsonBuilder *builder, const char *member, JsonNode *node)
{
  json_builder_set_member_name (builder, member);
  json_builder_add_value (builder, node);
}

void
postweg_json_array (JsonBuilder *builder, const char *member)
{
  json_builder_set_member_name (builder, member);
  json_builder_begin_array (builder);
}

void
postweg_json_strv (JsonBuilder *builder, const char *member, char *const *strings)
{
  postweg_json_array (builder, member);
  for (; strings != NULL && *strings != NULL; strings++)
    json_builder_add_string_value (builder, *strings);
  json_builder_end_array (builder);
}

void
postweg_json_strings (JsonBuilder *builder, const char *member, const GPtrArray *strings)
{
  postweg_json_array (builder, member);
  for (guint i = 0; i < strings->len; i++)
    json_builder_add_string_value (builder, g_ptr_array_index (strings, i));
  json_builder_end_array (builder);
}

char *
postweg_json_text (JsonNode *node)
{
  g_autofree char *text = json_to_string (node, TRUE);

  return g_strconcat (text, "\n", NULL);
}
