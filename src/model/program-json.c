/* Mail programs, and changes to their files, as JSON. */
#include "model/json-build.h"
#include "model/json.h"

static void
add_account (JsonBuilder *builder, const PostwegStoredAccount *stored)
{
  json_builder_begin_object (builder);
  postweg_json_string (builder, "id", stored->id);
  postweg_json_node (builder, "account", postweg_account_to_json (stored->account));
  postweg_json_string (builder, "note", stored->note);
  json_builder_end_object (builder);
}

static void
add_program (JsonBuilder *builder, const PostwegProgram *program)
{
  json_builder_begin_object (builder);
  postweg_json_string (builder, "program", program->program);
  postweg_json_string (builder, "name", program->name);
  postweg_json_string (builder, "profile", program->profile);
  postweg_json_bool (builder, "default", program->is_default);
  postweg_json_bool (builder, "running", program->running);
  postweg_json_bool (builder, "read_only", program->read_only);
  postweg_json_string (builder, "note", program->note);
  postweg_json_array (builder, "accounts");
  for (guint i = 0; i < program->accounts->len; i++)
    add_account (builder, g_ptr_array_index (program->accounts, i));
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

JsonNode *
postweg_programs_to_json (const GPtrArray *programs)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  postweg_json_array (builder, "programs");
  for (guint i = 0; i < programs->len; i++)
    add_program (builder, g_ptr_array_index (programs, i));
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}

static void
add_content (JsonBuilder *builder, const char *member, GBytes *content)
{
  gsize length = 0;
  const char *bytes = content != NULL ? g_bytes_get_data (content, &length) : NULL;
  g_autofree char *text =
      content != NULL ? g_utf8_make_valid (bytes != NULL ? bytes : "", (gssize) length) : NULL;

  postweg_json_string (builder, member, text);
}

static void
add_change (JsonBuilder *builder, const PostwegChange *change)
{
  json_builder_begin_object (builder);
  postweg_json_string (builder, "target", change->target);
  postweg_json_string (builder, "action", postweg_action_name (change->action));
  add_content (builder, "before", postweg_change_shown_before (change));
  add_content (builder, "after", postweg_change_shown_after (change));
  postweg_json_string (builder, "backup", change->backup);
  json_builder_end_object (builder);
}

JsonNode *
postweg_plan_to_json (const PostwegPlan *plan)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  postweg_json_string (builder, "program", plan->program);
  postweg_json_string (builder, "profile", plan->profile);
  postweg_json_array (builder, "changes");
  for (guint i = 0; i < plan->changes->len; i++)
    add_change (builder, g_ptr_array_index (plan->changes, i));
  json_builder_end_array (builder);
  postweg_json_strings (builder, "notes", plan->notes);
  postweg_json_strings (builder, "left_to_do", plan->left_to_do);
  postweg_json_string (builder, "undo", plan->undo);
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}
