/* K-9 Mail and Thunderbird for Android: a settings file (.k9s) for the app's own import. */
#include "clients/outputs/leaves.h"
#include "clients/outputs/output.h"
#include "clients/rows.h"
#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

#define SUFFIX ".k9s"
#define ACCOUNT "k9settings/accounts/account/"

static const char *const security_words[] = { "SSL_TLS_REQUIRED", "STARTTLS_REQUIRED", "NONE" };
static const char *const auth_words[] = { "PLAIN", "CRAM_MD5", "XOAUTH2", "NONE" };
static const char *const protocol_words[] = { "IMAP", "POP3", "SMTP" };

static void
add_element (GString *text, const char *indent, const char *name, const char *value)
{
  g_autofree char *escaped = g_markup_escape_text (value, -1);

  g_string_append_printf (text, "%s<%s>%s</%s>\n", indent, name, escaped, name);
}

static void
add_server (GString *text, const char *element, const PostwegServer *server)
{
  static const char indent[] = "        ";
  g_autofree char *port = g_strdup_printf ("%u", server->port);

  g_string_append_printf (text, "      <%s type=\"%s\">\n", element, protocol_words[server->protocol]);
  add_element (text, indent, "host", server->host);
  add_element (text, indent, "port", port);
  add_element (text, indent, "connection-security", security_words[server->security]);
  add_element (text, indent, "authentication-type", auth_words[server->auth]);
  if (server->auth != POSTWEG_AUTH_NONE)
    add_element (text, indent, "username", server->user);
  g_string_append_printf (text, "      </%s>\n", element);
}

static char *
settings_of (const PostwegAccount *account)
{
  g_autofree char *uuid = postweg_output_uuid (account->address);
  GString *text = g_string_new ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                                "<k9settings version=\"99\" format=\"1\">\n  <accounts>\n");

  g_string_append_printf (text, "    <account uuid=\"%s\">\n", uuid);
  add_element (text, "      ", "name", account->address);
  add_server (text, "incoming-server", account->incoming);
  add_server (text, "outgoing-server", account->outgoing);
  g_string_append (text, "      <identities>\n        <identity>\n");
  add_element (text, "          ", "name", account->name);
  add_element (text, "          ", "email", account->address);
  g_string_append (
      text, "        </identity>\n      </identities>\n    </account>\n  </accounts>\n</k9settings>\n");
  return g_string_free (text, FALSE);
}

static gboolean
write_settings (const PostwegAccount *account, const PostwegExport *options G_GNUC_UNUSED, PostwegPlan *plan,
                GError **error)
{
  g_autofree char *name = postweg_output_name (account->address, SUFFIX);
  g_autofree char *text = settings_of (account);

  if (!postweg_output_add_text (plan, name, text, error))
    return FALSE;
  g_ptr_array_add (
      plan->left_to_do,
      g_strdup_printf (
          _("Copy “%s” to the phone, and choose “Import settings” in the app. It asks for the password."),
             name));
  return TRUE;
}

static const char *
part (GHashTable *leaves, const char *element, const char *name)
{
  g_autofree char *path = g_strconcat (ACCOUNT, element, name, NULL);

  return postweg_leaf (leaves, path);
}

static guint
index_of (const char *const *words, guint n, const char *word)
{
  for (guint i = 0; i < n; i++)
    if (strcmp (words[i], word) == 0)
      return i;
  return 0;
}

static PostwegServer *
server_of (GHashTable *leaves, const char *element)
{
  PostwegProtocol protocol =
      index_of (protocol_words, G_N_ELEMENTS (protocol_words), part (leaves, element, "@type"));
  PostwegServer *server = postweg_server_new (protocol, part (leaves, element, "/host"),
                                              (guint16) atoi (part (leaves, element, "/port")),
                                              index_of (security_words, G_N_ELEMENTS (security_words),
                                                        part (leaves, element, "/connection-security")),
                                              part (leaves, element, "/username"));

  server->auth =
      index_of (auth_words, G_N_ELEMENTS (auth_words), part (leaves, element, "/authentication-type"));
  return server;
}

static PostwegAccount *
parse (GBytes *bytes)
{
  g_autoptr (GHashTable) leaves = postweg_leaves (bytes);
  g_autoptr (PostwegServer) in = NULL;
  g_autoptr (PostwegServer) out = NULL;

  if (leaves == NULL || *part (leaves, "incoming-server", "/host") == '\0')
    return NULL;
  in = server_of (leaves, "incoming-server");
  out = server_of (leaves, "outgoing-server");
  return postweg_account_new (part (leaves, "identities/identity", "/name"),
                              part (leaves, "identities/identity", "/email"), in, out);
}

static const PostwegOutput k9 = { write_settings, parse, SUFFIX };

const PostwegClient postweg_client_k9 = {
  .id = "k9",
  .name = "K-9 Mail",
  .kind = POSTWEG_KIND_PHONE,
  .abilities = POSTWEG_CAN_IMAP | POSTWEG_CAN_POP3 | POSTWEG_CAN_SMTP | POSTWEG_CAN_TLS |
               POSTWEG_CAN_STARTTLS | POSTWEG_CAN_PLAIN | POSTWEG_CAN_OAUTH2 | POSTWEG_CAN_ENCRYPTED |
               POSTWEG_CAN_SEND_OPEN | POSTWEG_CAN_OTHER_USER | POSTWEG_CAN_KEEP |
               POSTWEG_CAN_UNICODE_SECRET | POSTWEG_KEEPS_NAME | POSTWEG_KEEPS_ADDRESS | POSTWEG_IS_OUTPUT,
  .details = &k9,
  .find = postweg_output_find,
  .read = postweg_output_read,
  .plan = postweg_output_plan,
};
