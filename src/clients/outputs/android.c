/* Thunderbird for Android: the QR code that its own desktop program shows for “Export for Mobile” (Thunderbird 153). */
#include "clients/outputs/output.h"
#include "clients/outputs/qr.h"
#include "clients/rows.h"
#include "model/error.h"
#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>
#include <string.h>

#define SUFFIX ".thunderbird-qr.txt"

/* Numbers of the format. */
static const int security_numbers[] = { [POSTWEG_TLS] = 3, [POSTWEG_STARTTLS] = 2, [POSTWEG_PLAIN] = 0 };
static const int auth_numbers[] = { [POSTWEG_AUTH_PASSWORD] = 1,
                                    [POSTWEG_AUTH_ENCRYPTED] = 2,
                                    [POSTWEG_AUTH_OAUTH2] = 6,
                                    [POSTWEG_AUTH_NONE] = 0 };

/* Protocol, place, protection, sign-in: the first six values of every server. */
static void
add_server (JsonBuilder *builder, int protocol, const PostwegServer *server)
{
  json_builder_begin_array (builder);
  json_builder_add_int_value (builder, protocol);
  json_builder_add_string_value (builder, server->host);
  json_builder_add_int_value (builder, server->port);
  json_builder_add_int_value (builder, security_numbers[server->security]);
  json_builder_add_int_value (builder, auth_numbers[server->auth]);
  json_builder_add_string_value (builder, server->user);
}

/* What stands for a password until the end, so that no part of the JSON library ever holds one. */
static const char *const markers[] = { "\x01in", "\x01out" };

static void
add_password (JsonBuilder *builder, gboolean outgoing)
{
  json_builder_add_string_value (builder, markers[outgoing ? 1 : 0]);
  json_builder_end_array (builder);
}

static void
append_escaped (GString *text, const char *secret)
{
  for (const char *p = secret; *p != '\0'; p++)
    if ((guchar) *p < 0x20)
      g_string_append_printf (text, "\\u%04x", (guint) (guchar) *p);
    else
      {
        if (*p == '"' || *p == '\\')
          g_string_append_c (text, '\\');
        g_string_append_c (text, *p);
      }
}

/* An empty password: the app asks. Returns: (transfer full): to be wiped */
static char *
with_passwords (const char *json, const PostwegExport *options)
{
  static const char *const written[] = { "\\u0001in", "\\u0001out" };
  GString *text = g_string_sized_new (strlen (json) + 4096); /* never moved, so that no copy stays behind */

  for (guint i = 0; i < G_N_ELEMENTS (written); i++)
    {
      const char *place = strstr (json, written[i]);
      PostwegSecret *secret = postweg_output_secret (options, i == 1);

      g_string_append_len (text, json, place - json);
      append_escaped (text, secret != NULL ? postweg_secret_peek (secret) : "");
      json = place + strlen (written[i]);
    }
  g_string_append (text, json);
  return g_string_free (text, FALSE);
}

static void
add_outgoing (JsonBuilder *builder, const PostwegAccount *account)
{
  json_builder_begin_array (builder);
  json_builder_begin_array (builder);
  add_server (builder, 0, account->outgoing);
  add_password (builder, TRUE);
  json_builder_begin_array (builder);
  json_builder_add_string_value (builder, account->address);
  json_builder_add_string_value (builder, account->name);
  json_builder_end_array (builder);
  json_builder_end_array (builder);
  json_builder_end_array (builder);
}

/* Version 1, the first of one code, the two sides of the account. */
static char *
code_of (const PostwegAccount *account, const PostwegExport *options)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *json = NULL;

  json_builder_begin_array (builder);
  json_builder_add_int_value (builder, 1);
  json_builder_begin_array (builder);
  json_builder_add_int_value (builder, 1);
  json_builder_add_int_value (builder, 1);
  json_builder_end_array (builder);
  add_server (builder, account->incoming->protocol == POSTWEG_POP3 ? 1 : 0, account->incoming);
  json_builder_add_string_value (builder, account->address);
  add_password (builder, FALSE);
  add_outgoing (builder, account);
  json_builder_end_array (builder);
  root = json_builder_get_root (builder);
  json = json_to_string (root, FALSE);
  return with_passwords (json, options);
}

static gboolean
write_code (const PostwegAccount *account, const PostwegExport *options, PostwegPlan *plan, GError **error)
{
  gboolean is_secret = postweg_output_secret (options, FALSE) != NULL;
  g_autofree char *picture = postweg_output_name (account->address, ".thunderbird-qr.png");
  g_autofree char *name = postweg_output_name (account->address, SUFFIX);
  char *code = code_of (account, options);
  g_autoptr (GBytes) text =
      g_bytes_new_with_free_func (code, strlen (code), (GDestroyNotify) postweg_wipe_free, code);
  g_autoptr (GBytes) png = postweg_qr_png (code);

  if (png == NULL)
    {
      g_set_error_literal (error, POSTWEG_ERROR, POSTWEG_ERROR_UNSUPPORTED,
                           _("The account’s texts are too long for a QR code. Use the settings file for K-9 Mail instead; the app "
                             "reads it too."));
      return FALSE;
    }
  if (!postweg_output_add (plan, picture, png, is_secret, error) ||
      !postweg_output_add (plan, name, text, is_secret, error))
    return FALSE;
  if (is_secret)
    g_ptr_array_add (
        plan->notes,
        g_strdup (
            _("The code holds the password: whoever photographs it can read the mail. Delete the files "
                                              "when the phone has scanned it.")));
  g_ptr_array_add (plan->left_to_do, g_strdup (_("Open Thunderbird on the phone, choose “Import settings”, then “Scan a QR code”, and point the camera at the "
                               "picture.")));
  return TRUE;
}

static const char *
string_at (JsonArray *array, guint i)
{
  JsonNode *node = i < json_array_get_length (array) ? json_array_get_element (array, i) : NULL;

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING
             ? json_node_get_string (node)
             : "";
}

static int
number_at (JsonArray *array, guint i)
{
  JsonNode *node = i < json_array_get_length (array) ? json_array_get_element (array, i) : NULL;

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_INT64
             ? (int) json_node_get_int (node)
             : -1;
}

static JsonArray *
array_at (JsonArray *array, guint i)
{
  JsonNode *node =
      array != NULL && i < json_array_get_length (array) ? json_array_get_element (array, i) : NULL;

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

static guint
index_of (const int *numbers, guint n, int number)
{
  for (guint i = 0; i < n; i++)
    if (numbers[i] == number)
      return i;
  return 0;
}

static PostwegServer *
server_of (JsonArray *array, PostwegProtocol protocol)
{
  PostwegServer *server =
      postweg_server_new (protocol, string_at (array, 1), (guint16) number_at (array, 2),
                          index_of (security_numbers, 3, number_at (array, 3)), string_at (array, 5));

  server->auth = index_of (auth_numbers, 4, number_at (array, 4));
  return server;
}

static PostwegAccount *
account_of (JsonArray *root)
{
  JsonArray *incoming = array_at (root, 2);
  JsonArray *group = array_at (array_at (root, 3), 0);
  JsonArray *outgoing = array_at (group, 0);
  JsonArray *identity = array_at (group, 1);
  g_autoptr (PostwegServer) in = NULL;
  g_autoptr (PostwegServer) out = NULL;

  if (incoming == NULL || outgoing == NULL || identity == NULL)
    return NULL;
  in = server_of (incoming, number_at (incoming, 0) == 1 ? POSTWEG_POP3 : POSTWEG_IMAP);
  out = server_of (outgoing, POSTWEG_SMTP);
  return postweg_account_new (string_at (identity, 1), string_at (identity, 0), in, out);
}

static PostwegAccount *
parse (GBytes *bytes)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  gsize size = 0;
  const char *data = g_bytes_get_data (bytes, &size);
  JsonNode *root;

  if (size == 0 || !g_utf8_validate_len (data, size, NULL) ||
      !json_parser_load_from_data (parser, data, (gssize) size, NULL))
    return NULL;
  root = json_parser_get_root (parser);
  return root != NULL && JSON_NODE_HOLDS_ARRAY (root) ? account_of (json_node_get_array (root)) : NULL;
}

static const PostwegOutput android = { write_code, parse, SUFFIX };

const PostwegClient postweg_client_android = {
  .id = "thunderbird-android",
  .name = "Thunderbird for Android",
  .kind = POSTWEG_KIND_PHONE,
  .abilities = POSTWEG_CAN_IMAP | POSTWEG_CAN_POP3 | POSTWEG_CAN_SMTP | POSTWEG_CAN_TLS |
               POSTWEG_CAN_STARTTLS | POSTWEG_CAN_PLAIN | POSTWEG_CAN_OAUTH2 | POSTWEG_CAN_ENCRYPTED |
               POSTWEG_CAN_SEND_OPEN | POSTWEG_CAN_OTHER_USER | POSTWEG_CAN_KEEP |
               POSTWEG_CAN_UNICODE_SECRET | POSTWEG_KEEPS_NAME | POSTWEG_KEEPS_ADDRESS | POSTWEG_IS_OUTPUT,
  .details = &android,
  .find = postweg_output_find,
  .read = postweg_output_read,
  .plan = postweg_output_plan,
};
