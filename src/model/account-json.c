/* The account of the command-line contract, from and to JSON. */
#include "model/account-json.h"
#include "model/address.h"
#include "model/error.h"
#include "model/json-build.h"
#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_JSON (1024 * 1024) /* bytes; an account has a few hundred */
#define MAX_BRACKETS 200       /* opening ones; an account has four */

static gboolean
bad_member (GError **error, const char *object, const char *member)
{
  g_set_error (error, POSTWEG_ERROR, POSTWEG_ERROR_BAD_INPUT,
               _("The account’s “%s%s%s” is missing or not of the right kind."), object,
                  *object != '\0' ? "." : "", member);
  return FALSE;
}

/* NULL when absent or null; `ok` turns FALSE when it is there and no string. */
static const char *
string_member (JsonObject *object, const char *member, gboolean *ok)
{
  JsonNode *node = json_object_get_member (object, member);

  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return NULL;
  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
    return json_node_get_string (node);
  *ok = FALSE;
  return NULL;
}

static gboolean
read_text (JsonObject *object, const char *name, const char *member, char **text, GError **error)
{
  gboolean ok = TRUE;
  const char *value = string_member (object, member, &ok);

  if (!ok || (value != NULL && strpbrk (value, "\r\n") != NULL))
    return bad_member (error, name, member);
  g_free (*text);
  *text = g_strdup (value != NULL ? value : "");
  return TRUE;
}

static gboolean
read_count (JsonObject *object, const char *member, gint64 max, gint64 *count)
{
  JsonNode *node = json_object_get_member (object, member);

  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return TRUE;
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_INT64)
    return FALSE;
  *count = json_node_get_int (node);
  return *count >= 0 && *count <= max;
}

static gboolean
read_flag (JsonObject *object, const char *member, gboolean *flag)
{
  JsonNode *node = json_object_get_member (object, member);

  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return TRUE;
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_BOOLEAN)
    return FALSE;
  *flag = json_node_get_boolean (node);
  return TRUE;
}

static gboolean
read_kind (JsonObject *object, const char *name, PostwegServer *server, GError **error)
{
  gboolean ok = TRUE;
  const char *protocol = string_member (object, "protocol", &ok);
  const char *security = string_member (object, "security", &ok);
  const char *auth = string_member (object, "auth", &ok);
  gboolean is_outgoing = strcmp (name, "outgoing") == 0;

  if (protocol == NULL && is_outgoing)
    protocol = "smtp";
  if (!postweg_protocol_from_name (protocol, &server->protocol) ||
      (server->protocol == POSTWEG_SMTP) != is_outgoing)
    return bad_member (error, name, "protocol");
  if (!postweg_security_from_name (security != NULL ? security : "tls", &server->security))
    return bad_member (error, name, "security");
  if (!ok || !postweg_auth_from_name (auth != NULL ? auth : "password", &server->auth))
    return bad_member (error, name, "auth");
  return TRUE;
}

static gboolean
read_place (JsonObject *object, const char *name, PostwegServer *server, GError **error)
{
  gint64 port = postweg_default_port (server->protocol, server->security);
  gboolean ok = TRUE;
  const char *host = string_member (object, "host", &ok);

  server->host = host != NULL ? postweg_host_normalise (host) : NULL;
  if (server->host == NULL)
    return bad_member (error, name, "host");
  if (!read_count (object, "port", G_MAXUINT16, &port) || port == 0)
    return bad_member (error, name, "port");
  server->port = (guint16) port;
  return read_text (object, name, "user", &server->user, error);
}

/* A server that is absent or null stays NULL. */
static gboolean
read_server (JsonObject *root, const char *name, PostwegServer **server, GError **error)
{
  JsonNode *node = json_object_get_member (root, name);
  g_autoptr (PostwegServer) read = g_new0 (PostwegServer, 1);

  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return TRUE;
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return bad_member (error, "", name);
  if (!read_kind (json_node_get_object (node), name, read, error) ||
      !read_place (json_node_get_object (node), name, read, error))
    return FALSE;
  *server = g_steal_pointer (&read);
  return TRUE;
}

static gboolean
read_pop (JsonObject *root, PostwegPopOptions *pop, GError **error)
{
  JsonNode *node = json_object_get_member (root, "pop");
  JsonObject *object;
  gint64 days = pop->delete_after_days;

  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return TRUE;
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return bad_member (error, "", "pop");
  object = json_node_get_object (node);
  if (!read_flag (object, "keep_on_server", &pop->keep_on_server))
    return bad_member (error, "pop", "keep_on_server");
  if (!read_flag (object, "delete_when_deleted", &pop->delete_when_deleted))
    return bad_member (error, "pop", "delete_when_deleted");
  if (!read_count (object, "delete_after_days", 36500, &days))
    return bad_member (error, "pop", "delete_after_days");
  pop->delete_after_days = (guint) days;
  return TRUE;
}

static gboolean
read_identity (JsonObject *root, PostwegAccount *account, GError **error)
{
  g_autoptr (PostwegAddress) address = NULL;

  if (!read_text (root, "", "name", &account->name, error) ||
      !read_text (root, "", "address", &account->address, error))
    return FALSE;
  if (*account->address == '\0')
    return TRUE;
  address = postweg_address_parse (account->address, NULL);
  if (address == NULL)
    return bad_member (error, "", "address");
  g_free (account->address);
  account->address = g_steal_pointer (&address->full);
  return TRUE;
}

/* json-glib parses by recursion and has no limit of its own: a file of opening brackets would exhaust the stack. */
static gboolean
has_few_brackets (const char *text, gsize length)
{
  guint n = 0;

  for (gsize i = 0; i < length; i++)
    n += text[i] == '[' || text[i] == '{';
  return n <= MAX_BRACKETS;
}

static JsonObject *
root_object (JsonParser *parser, const char *text, gssize length, GError **error)
{
  g_autoptr (GError) broken = NULL;
  gsize size = length >= 0 ? (gsize) length : strlen (text);
  JsonNode *root;

  if (size > MAX_JSON || !g_utf8_validate_len (text, size, NULL) || !has_few_brackets (text, size))
    {
      g_set_error_literal (error, POSTWEG_ERROR, POSTWEG_ERROR_BAD_INPUT,
                           _("The account file is too big or no UTF-8 text."));
      return NULL;
    }
  if (!json_parser_load_from_data (parser, text, (gssize) size, &broken))
    {
      g_set_error (error, POSTWEG_ERROR, POSTWEG_ERROR_BAD_INPUT,
                   _("The account file is no JSON: %s"), broken->message);
      return NULL;
    }
  root = json_parser_get_root (parser);
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    {
      g_set_error_literal (error, POSTWEG_ERROR, POSTWEG_ERROR_BAD_INPUT,
                           _("The account file holds no JSON object."));
      return NULL;
    }
  return json_node_get_object (root);
}

PostwegAccount *
postweg_account_from_json (const char *text, gssize length, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (PostwegAccount) account = postweg_account_new (NULL, NULL, NULL, NULL);
  JsonObject *root = root_object (parser, text, length, error);

  if (root == NULL || !read_identity (root, account, error) ||
      !read_server (root, "incoming", &account->incoming, error) ||
      !read_server (root, "outgoing", &account->outgoing, error) || !read_pop (root, &account->pop, error))
    return NULL;
  if (account->incoming == NULL && account->outgoing == NULL)
    {
      g_set_error_literal (error, POSTWEG_ERROR, POSTWEG_ERROR_BAD_INPUT,
                           _("The account names neither an incoming nor an outgoing server."));
      return NULL;
    }
  return g_steal_pointer (&account);
}

JsonNode *
postweg_server_to_json (const PostwegServer *server)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  if (server == NULL)
    return json_node_new (JSON_NODE_NULL);
  json_builder_begin_object (builder);
  postweg_json_string (builder, "protocol", postweg_protocol_name (server->protocol));
  postweg_json_string (builder, "host", server->host);
  postweg_json_int (builder, "port", server->port);
  postweg_json_string (builder, "security", postweg_security_name (server->security));
  postweg_json_string (builder, "user", server->user);
  postweg_json_string (builder, "auth", postweg_auth_name (server->auth));
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}

JsonNode *
postweg_pop_options_to_json (const PostwegPopOptions *pop)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  postweg_json_bool (builder, "keep_on_server", pop->keep_on_server);
  postweg_json_int (builder, "delete_after_days", pop->delete_after_days);
  postweg_json_bool (builder, "delete_when_deleted", pop->delete_when_deleted);
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}

JsonNode *
postweg_account_to_json (const PostwegAccount *account)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  postweg_json_string (builder, "name", account->name);
  postweg_json_string (builder, "address", account->address);
  postweg_json_node (builder, "incoming", postweg_server_to_json (account->incoming));
  postweg_json_node (builder, "outgoing", postweg_server_to_json (account->outgoing));
  postweg_json_node (builder, "pop", postweg_pop_options_to_json (&account->pop));
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}
