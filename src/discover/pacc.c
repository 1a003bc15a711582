/* PACC: hosts by protocol, sign-ins for all of them together. */
#include "discover/pacc.h"
#include "discover/source.h"
#include "model/error.h"
#include <json-glib/json-glib.h>
#include <string.h>

#define MAX_DEPTH 32 /* of nested brackets; json-glib recurses */

/* Returns: (transfer full): the value of one "name=value" of the record, or NULL */
static char *
tag (char **parts, const char *name)
{
  gsize length = strlen (name);

  for (; *parts != NULL; parts++)
    {
      const char *part = g_strstrip (*parts);

      if (g_ascii_strncasecmp (part, name, length) == 0 && part[length] == '=')
        return g_strdup (part + length + 1);
    }
  return NULL;
}

char *
postweg_pacc_digest (const char *record)
{
  g_auto (GStrv) parts = g_strsplit (record, ";", 16);
  g_autofree char *version = tag (parts, "v");
  g_autofree char *algorithm = tag (parts, "a");

  if (g_strcmp0 (version, "UAAC1") != 0 || algorithm == NULL || g_ascii_strcasecmp (algorithm, "sha256") != 0)
    return NULL;
  return tag (parts, "d");
}

gboolean
postweg_pacc_digest_fits (const char *digest, const char *bytes, gsize length)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 own[32];
  gsize size = sizeof own;
  gsize n_given = 0;
  g_autofree guchar *given = g_base64_decode (digest, &n_given);

  g_checksum_update (sum, (const guchar *) bytes, (gssize) length);
  g_checksum_get_digest (sum, own, &size);
  return n_given == size && memcmp (given, own, size) == 0;
}

/* Returns: where the string that begins here ends, at its quotation mark or at the end of the bytes */
static gsize
end_of_string (const char *bytes, gsize length, gsize at)
{
  for (at++; at < length && bytes[at] != '"'; at++)
    at += bytes[at] == '\\' ? 1 : 0;
  return at;
}

/* How much deeper or less deep a sign leads. */
static gint
depth_of (char sign)
{
  if (sign == '{' || sign == '[')
    return 1;
  return sign == '}' || sign == ']' ? -1 : 0;
}

/* One object, not nested too deeply, and nothing beside it: json-glib recurses, takes several values in a row, and loses the memory of
 * those before the last. */
static gboolean
is_one_object (const char *bytes, gsize length)
{
  gint depth = 0;
  gboolean ended = FALSE;

  for (gsize i = 0; i < length; i++)
    {
      if (g_ascii_isspace (bytes[i]))
        continue;
      if (ended || (depth == 0 && bytes[i] != '{') || bytes[i] == '\0')
        return FALSE;
      if (bytes[i] == '"')
        i = end_of_string (bytes, length, i);
      depth += i < length ? depth_of (bytes[i]) : 0;
      if (depth > MAX_DEPTH)
        return FALSE;
      ended = depth == 0;
    }
  return ended;
}

static JsonObject *
object_in (JsonObject *parent, const char *member)
{
  JsonNode *node = parent != NULL ? json_object_get_member (parent, member) : NULL;

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static void
add_auth (PostwegFoundServer *found, PostwegAuth auth)
{
  if (found->n_auths < POSTWEG_MAX_AUTHS)
    found->auths[found->n_auths++] = auth;
}

static void
take_auths (PostwegFoundServer *found, JsonObject *root)
{
  JsonObject *ways = object_in (root, "authentication");
  JsonNode *password = ways != NULL ? json_object_get_member (ways, "password") : NULL;

  found->n_auths = 0;
  if (object_in (ways, "oauth-public") != NULL)
    add_auth (found, POSTWEG_AUTH_OAUTH2);
  if (found->n_auths == 0 ||
      (password != NULL && JSON_NODE_HOLDS_VALUE (password) &&
       json_node_get_value_type (password) == G_TYPE_BOOLEAN && json_node_get_boolean (password)))
    add_auth (found, POSTWEG_AUTH_PASSWORD);
  found->server->auth = found->auths[0];
}

static void
take_server (GPtrArray *servers, JsonObject *root, const char *name, PostwegProtocol protocol,
             const PostwegAddress *address)
{
  JsonObject *section = object_in (object_in (root, "protocols"), name);
  JsonNode *node = section != NULL ? json_object_get_member (section, "host") : NULL;
  g_autofree char *host = NULL;
  g_autoptr (PostwegServer) server = NULL;
  PostwegFoundServer *found;

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    return;
  host = postweg_source_host (json_node_get_string (node));
  if (host == NULL)
    return;
  server = postweg_server_new (protocol, host, 0, POSTWEG_TLS, address->full);
  found = postweg_found_server_new (server, NULL, NULL);
  take_auths (found, root);
  g_ptr_array_add (servers, found);
}

GPtrArray *
postweg_pacc_parse (const char *bytes, gsize length, const PostwegAddress *address, GError **error)
{
  static const struct {
    const char *name;
    PostwegProtocol protocol;
  } sections[] = {
    { "imap", POSTWEG_IMAP }, { "pop3", POSTWEG_POP3 }, { "smtp", POSTWEG_SMTP }, { "submit", POSTWEG_SMTP }
  };
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GPtrArray) servers = g_ptr_array_new_with_free_func ((GDestroyNotify) postweg_found_server_free);
  JsonNode *root;

  if (!is_one_object (bytes, length) || !g_utf8_validate_len (bytes, length, NULL) ||
      !json_parser_load_from_data (parser, bytes, (gssize) length, NULL) ||
      (root = json_parser_get_root (parser)) == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    {
      g_set_error_literal (error, POSTWEG_ERROR, POSTWEG_ERROR_MALFORMED, "not the expected JSON");
      return NULL;
    }
  for (guint i = 0; i < G_N_ELEMENTS (sections); i++)
    take_server (servers, json_node_get_object (root), sections[i].name, sections[i].protocol, address);
  if (servers->len > 0)
    return g_steal_pointer (&servers);
  g_set_error_literal (error, POSTWEG_ERROR, POSTWEG_ERROR_NOT_FOUND, "no server in it");
  return NULL;
}
