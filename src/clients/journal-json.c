/* The journal as JSON; paths are percent-encoded, since they need not be UTF-8. */
#include "clients/journal-json.h"
#include <json-glib/json-glib.h>
#include <string.h>

#define FORMAT 1

static void
add_string (JsonBuilder *builder, const char *member, const char *value)
{
  json_builder_set_member_name (builder, member);
  if (value != NULL)
    json_builder_add_string_value (builder, value);
  else
    json_builder_add_null_value (builder);
}

static void
add_flag (JsonBuilder *builder, const char *member, gboolean value)
{
  json_builder_set_member_name (builder, member);
  json_builder_add_boolean_value (builder, value);
}

/* Paths are bytes; JSON is UTF-8. */
static void
add_path (JsonBuilder *builder, const char *member, const char *path)
{
  g_autofree char *escaped =
      path != NULL ? g_uri_escape_bytes ((const guint8 *) path, strlen (path), "/ ") : NULL;

  add_string (builder, member, escaped);
}

static void
add_item (JsonBuilder *builder, const PostwegKeyringItem *item)
{
  GHashTableIter iter;
  gpointer name, value;

  json_builder_set_member_name (builder, "keyring");
  json_builder_begin_object (builder);
  add_string (builder, "schema", item->schema);
  add_string (builder, "label", item->label);
  json_builder_set_member_name (builder, "attributes");
  json_builder_begin_object (builder);
  g_hash_table_iter_init (&iter, item->attributes);
  while (g_hash_table_iter_next (&iter, &name, &value))
    add_string (builder, name, value);
  json_builder_end_object (builder);
  json_builder_end_object (builder);
}

static void
add_entry (JsonBuilder *builder, const PostwegJournalEntry *entry)
{
  json_builder_begin_object (builder);
  add_path (builder, "target", entry->target);
  add_path (builder, "backup", entry->backup);
  add_string (builder, "before", entry->before_sum);
  add_string (builder, "after", entry->after_sum);
  json_builder_set_member_name (builder, "mode");
  json_builder_add_int_value (builder, entry->mode);
  add_string (builder, "action", postweg_action_name (entry->action));
  if (entry->item != NULL)
    add_item (builder, entry->item);
  json_builder_end_object (builder);
}

GBytes *
postweg_journal_to_json (const PostwegJournal *journal)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  g_autoptr (JsonNode) root = NULL;
  gsize length;
  char *text;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "format");
  json_builder_add_int_value (builder, FORMAT);
  add_string (builder, "program", journal->program);
  add_string (builder, "name", journal->name);
  add_path (builder, "profile", journal->profile);
  add_path (builder, "lock", journal->lock);
  add_flag (builder, "lock-made", journal->lock_made);
  add_flag (builder, "undone", journal->undone);
  json_builder_set_member_name (builder, "changes");
  json_builder_begin_array (builder);
  for (guint i = 0; i < journal->entries->len; i++)
    add_entry (builder, g_ptr_array_index (journal->entries, i));
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "folders");
  json_builder_begin_array (builder);
  for (guint i = 0; i < journal->folders->len; i++)
    {
      json_builder_begin_object (builder);
      add_path (builder, "path", g_ptr_array_index (journal->folders, i));
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  json_generator_set_root (generator, root);
  json_generator_set_pretty (generator, TRUE);
  text = json_generator_to_data (generator, &length);
  return g_bytes_new_take (text, length);
}

/* NULL when absent, null or of another kind. */
static const char *
string_of (JsonObject *object, const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    return NULL;
  return json_node_get_string (node);
}

static char *
path_of (JsonObject *object, const char *member)
{
  const char *text = string_of (object, member);

  return text != NULL ? g_uri_unescape_string (text, NULL) : NULL;
}

static gboolean
flag_of (JsonObject *object, const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_boolean (node);
}

static JsonArray *
array_of (JsonObject *object, const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

static JsonObject *
object_at (JsonArray *array, guint index)
{
  JsonNode *node = json_array_get_element (array, index);

  return JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static JsonObject *
member_object (JsonObject *object, const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

/* Returns: (transfer full): NULL when there is none, or no whole one */
static PostwegKeyringItem *
read_item (JsonObject *entry)
{
  JsonObject *object = member_object (entry, "keyring");
  JsonObject *attributes = object != NULL ? member_object (object, "attributes") : NULL;
  PostwegKeyringItem *item;
  JsonObjectIter iter;
  const char *name;

  if (attributes == NULL || string_of (object, "schema") == NULL)
    return NULL;
  item = postweg_keyring_item_new (string_of (object, "schema"), string_of (object, "label"), NULL, NULL);
  json_object_iter_init (&iter, attributes);
  while (json_object_iter_next (&iter, &name, NULL))
    if (string_of (attributes, name) != NULL)
      g_hash_table_insert (item->attributes, g_strdup (name), g_strdup (string_of (attributes, name)));
  return item;
}

/* A record without the word is one of files, as all were once. */
static gboolean
read_action (JsonObject *object, PostwegAction *action)
{
  const char *name = string_of (object, "action");

  for (*action = POSTWEG_ACTION_CREATE; *action <= POSTWEG_ACTION_KEYRING; (*action)++)
    if (name == NULL || strcmp (name, postweg_action_name (*action)) == 0)
      return TRUE;
  return FALSE;
}

/* What cannot be taken back makes the whole record useless. */
static gboolean
is_whole (const PostwegJournalEntry *entry)
{
  if (entry->target == NULL)
    return FALSE;
  if (entry->action == POSTWEG_ACTION_KEYRING)
    return entry->item != NULL;
  return (entry->backup == NULL) == (entry->before_sum == NULL);
}

static gboolean
read_entries (JsonObject *root, PostwegJournal *journal)
{
  JsonArray *array = array_of (root, "changes");

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonObject *object = object_at (array, i);
      PostwegJournalEntry *entry = g_new0 (PostwegJournalEntry, 1);

      g_ptr_array_add (journal->entries, entry);
      if (object == NULL || !read_action (object, &entry->action))
        return FALSE;
      entry->target = path_of (object, "target");
      entry->backup = path_of (object, "backup");
      entry->before_sum = g_strdup (string_of (object, "before"));
      entry->after_sum = g_strdup (string_of (object, "after"));
      entry->mode = (guint) json_object_get_int_member_with_default (object, "mode", 0600) & 0777;
      entry->item = read_item (object);
      if (!is_whole (entry))
        return FALSE;
    }
  return array != NULL;
}

static gboolean
read_folders (JsonObject *root, PostwegJournal *journal)
{
  JsonArray *array = array_of (root, "folders");

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonObject *object = object_at (array, i);
      char *path = object != NULL ? path_of (object, "path") : NULL;

      if (path == NULL)
        return FALSE;
      g_ptr_array_add (journal->folders, path);
    }
  return array != NULL;
}

gboolean
postweg_journal_from_json (GBytes *bytes, PostwegJournal *journal)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  JsonNode *node;
  JsonObject *root;

  if (!json_parser_load_from_data (parser, data, (gssize) size, NULL))
    return FALSE;
  node = json_parser_get_root (parser);
  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return FALSE;
  root = json_node_get_object (node);
  journal->program = g_strdup (string_of (root, "program"));
  journal->name = g_strdup (string_of (root, "name"));
  journal->profile = path_of (root, "profile");
  journal->lock = path_of (root, "lock");
  journal->lock_made = flag_of (root, "lock-made");
  journal->undone = flag_of (root, "undone");
  return journal->program != NULL && journal->name != NULL && journal->profile != NULL &&
         json_object_get_int_member_with_default (root, "format", 0) == FORMAT &&
         read_entries (root, journal) && read_folders (root, journal);
}
