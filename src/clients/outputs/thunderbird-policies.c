/* Thunderbird for administrators: a policies.json that gives the account as preset preferences. */
#include "clients/outputs/output.h"
#include "clients/outputs/thunderbird-files.h"
#include "clients/rows.h"
#include "clients/thunderbird/thunderbird.h"
#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>
#include <string.h>

#define NAME "policies.json"

static void
add_value (JsonBuilder *builder, const PostwegPref *pref)
{
  json_builder_set_member_name (builder, "Value");
  if (pref->type == POSTWEG_PREF_STRING)
    json_builder_add_string_value (builder, pref->text);
  else if (pref->type == POSTWEG_PREF_BOOL)
    json_builder_add_boolean_value (builder, pref->number != 0);
  else
    json_builder_add_int_value (builder, pref->number);
}

/* “default” lets the program keep what it adds itself; “user” would pile up leftovers. */
static char *
policies_of (const PostwegPrefsEdit *edit)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "policies");
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "Preferences");
  json_builder_begin_object (builder);
  for (guint i = 0; i < edit->wanted->len; i++)
    {
      const PostwegPref *pref = g_ptr_array_index (edit->wanted, i);

      json_builder_set_member_name (builder, pref->name);
      json_builder_begin_object (builder);
      add_value (builder, pref);
      json_builder_set_member_name (builder, "Status");
      json_builder_add_string_value (builder, "default");
      json_builder_end_object (builder);
    }
  for (guint i = 0; i < 3; i++)
    json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  return json_to_string (root, TRUE);
}

static gboolean
write_policies (const PostwegAccount *account, const PostwegExport *options, PostwegPlan *plan,
                GError **error)
{
  g_autoptr (PostwegPrefsEdit) edit = NULL;
  g_autofree char *text = NULL;

  if (!postweg_thunderbird_accepts (account, error))
    return FALSE;
  edit = postweg_thunderbird_prefs (account, options);
  text = policies_of (edit);
  if (!postweg_output_add_text (plan, NAME, text, error))
    return FALSE;
  g_ptr_array_add (
      plan->left_to_do,
      g_strdup (_("Put the file into /etc/thunderbird/policies, as an administrator. A policy that is there "
                                                 "already must be merged by hand.")));
  g_ptr_array_add (plan->notes,
                   g_strdup (_("Everybody who uses Thunderbird on that computer gets this account.")));
  return TRUE;
}

static void
take_preference (PostwegPrefsEdit *edit, const char *name, JsonNode *value)
{
  GType type =
      value != NULL && JSON_NODE_HOLDS_VALUE (value) ? json_node_get_value_type (value) : G_TYPE_NONE;

  if (type == G_TYPE_STRING)
    postweg_prefs_edit_text (edit, name, json_node_get_string (value));
  else if (type == G_TYPE_BOOLEAN)
    postweg_prefs_edit_flag (edit, name, json_node_get_boolean (value));
  else if (type == G_TYPE_INT64)
    postweg_prefs_edit_number (edit, name, (gint32) json_node_get_int (value));
}

static JsonObject *
object_in (JsonObject *parent, const char *member)
{
  JsonNode *node = parent != NULL ? json_object_get_member (parent, member) : NULL;

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static PostwegAccount *
parse (GBytes *bytes)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (PostwegPrefsEdit) edit = postweg_prefs_edit_new ();
  g_autoptr (GBytes) prefs = NULL;
  g_autoptr (GList) names = NULL;
  gsize size = 0;
  const char *data = g_bytes_get_data (bytes, &size);
  JsonObject *preferences = NULL;

  if (size == 0 || !g_utf8_validate_len (data, size, NULL) ||
      !json_parser_load_from_data (parser, data, (gssize) size, NULL))
    return NULL;
  if (json_parser_get_root (parser) != NULL && JSON_NODE_HOLDS_OBJECT (json_parser_get_root (parser)))
    preferences = object_in (object_in (json_node_get_object (json_parser_get_root (parser)), "policies"),
                             "Preferences");
  names = preferences != NULL ? json_object_get_members (preferences) : NULL;
  for (GList *name = names; name != NULL; name = name->next)
    {
      JsonObject *preference = object_in (preferences, name->data);

      take_preference (edit, name->data,
                       preference != NULL ? json_object_get_member (preference, "Value") : NULL);
    }
  prefs = postweg_prefs_write (NULL, edit, NULL);
  return prefs != NULL ? postweg_thunderbird_account_in (prefs) : NULL;
}

static const PostwegOutput thunderbird_policies = { write_policies, parse, NAME };

const PostwegClient postweg_client_thunderbird_policies = {
  .id = "thunderbird-policies",
  .name = "Thunderbird (policies.json)",
  .kind = POSTWEG_KIND_DOMAIN,
  .abilities = POSTWEG_THUNDERBIRD_ABILITIES | POSTWEG_IS_OUTPUT,
  .details = &thunderbird_policies,
  .find = postweg_output_find,
  .read = postweg_output_read,
  .plan = postweg_output_plan,
};
