/* Apple Mail on iPhone, iPad and Mac: a configuration profile (com.apple.mail.managed), which the device asks about before it takes it. */
#include "clients/outputs/leaves.h"
#include "clients/outputs/output.h"
#include "clients/rows.h"
#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

#define SUFFIX ".mobileconfig"

static const char *const auth_words[] = { "EmailAuthPassword", "EmailAuthCRAMMD5", NULL, "EmailAuthNone" };
static const char *const sides[] = { "Incoming", "Outgoing" };

static void
add_string (GString *text, const char *side, const char *key, const char *value)
{
  g_autofree char *escaped = g_markup_escape_text (value, -1);

  g_string_append_printf (text, "\t\t\t<key>%s%s</key>\n\t\t\t<string>%s</string>\n", side, key, escaped);
}

static void
add_flag (GString *text, const char *side, const char *key, gboolean flag)
{
  g_string_append_printf (text, "\t\t\t<key>%s%s</key>\n\t\t\t<%s/>\n", side, key, flag ? "true" : "false");
}

/* The profile has one flag for both kinds of encryption; the comment is for who reads the file, and for us. */
static void
add_server (GString *text, const char *side, const PostwegServer *server)
{
  g_string_append_printf (text, "\t\t\t<!-- %s: %s -->\n", side, postweg_security_name (server->security));
  add_string (text, side, "MailServerHostName", server->host);
  g_string_append_printf (text, "\t\t\t<key>%sMailServerPortNumber</key>\n\t\t\t<integer>%u</integer>\n",
                          side, server->port);
  add_flag (text, side, "MailServerUseSSL", server->security != POSTWEG_PLAIN);
  add_string (text, side, "MailServerAuthentication", auth_words[server->auth]);
  if (server->auth != POSTWEG_AUTH_NONE)
    add_string (text, side, "MailServerUsername", server->user);
}

static void
add_payload (GString *text, const char *type, const char *identifier, const char *name)
{
  g_autofree char *uuid = postweg_output_uuid (identifier);

  add_string (text, "", "PayloadType", type);
  g_string_append (text, "\t\t\t<key>PayloadVersion</key>\n\t\t\t<integer>1</integer>\n");
  add_string (text, "", "PayloadIdentifier", identifier);
  add_string (text, "", "PayloadUUID", uuid);
  add_string (text, "", "PayloadDisplayName", name);
}

static void
add_account (GString *text, const PostwegAccount *account)
{
  add_string (text, "", "EmailAccountDescription", account->address);
  add_string (text, "", "EmailAccountName", account->name);
  add_string (text, "", "EmailAccountType",
              account->incoming->protocol == POSTWEG_POP3 ? "EmailTypePOP" : "EmailTypeIMAP");
  add_string (text, "", "EmailAddress", account->address);
  add_server (text, sides[0], account->incoming);
  add_server (text, sides[1], account->outgoing);
  add_flag (text, "Outgoing", "PasswordSameAsIncomingPassword",
            account->outgoing->auth != POSTWEG_AUTH_NONE &&
                strcmp (account->incoming->user, account->outgoing->user) == 0);
}

static char *
profile_of (const PostwegAccount *account)
{
  g_autofree char *identifier = g_strdup_printf ("org.postweg.mail.%s", account->address);
  g_autofree char *inner = g_strconcat (identifier, ".account", NULL);
  GString *text =
      g_string_new ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                    "<!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\" "
                    "\"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">\n"
                    "<plist version=\"1.0\">\n<dict>\n\t<key>PayloadContent</key>\n\t<array>\n\t\t<dict>\n");

  add_account (text, account);
  add_payload (text, "com.apple.mail.managed", inner, account->address);
  g_string_append (text, "\t\t</dict>\n\t</array>\n");
  add_payload (text, "Configuration", identifier, account->address);
  g_string_append (text, "</dict>\n</plist>\n");
  return g_string_free (text, FALSE);
}

static gboolean
write_profile (const PostwegAccount *account, const PostwegExport *options G_GNUC_UNUSED, PostwegPlan *plan,
               GError **error)
{
  g_autofree char *name = postweg_output_name (account->address, SUFFIX);
  g_autofree char *text = profile_of (account);

  if (!postweg_output_add_text (plan, name, text, error))
    return FALSE;
  g_ptr_array_add (
      plan->notes,
      g_strdup (_("The profile is not signed, so the device calls it “not verified”. That is right.")));
  if (account->incoming->protocol == POSTWEG_POP3)
    g_ptr_array_add (
        plan->notes,
        g_strdup (_("Whether fetched mail is removed from the server is set on the device itself, under "
                                              "“Advanced”.")));
  g_ptr_array_add (
      plan->left_to_do,
      g_strdup_printf (_("Bring “%s” to the device (by AirDrop, by mail or over a web page), open it, and allow it in the "
                                      "settings under “Profile Downloaded”. The device asks for the password."),
          name));
  return TRUE;
}

static const char *
property (GHashTable *leaves, const char *side, const char *key)
{
  g_autofree char *path = g_strdup_printf ("key:%s%s", side, key);

  return postweg_leaf (leaves, path);
}

static PostwegAuth
auth_of (const char *word)
{
  for (guint i = 0; i < G_N_ELEMENTS (auth_words); i++)
    if (auth_words[i] != NULL && strcmp (auth_words[i], word) == 0)
      return i;
  return POSTWEG_AUTH_PASSWORD;
}

static PostwegServer *
server_of (GHashTable *leaves, const char *side, PostwegProtocol protocol)
{
  g_autofree char *mark = g_strdup_printf ("#%s", side);
  gboolean is_protected = strcmp (property (leaves, side, "MailServerUseSSL"), "true") == 0;
  PostwegSecurity security = is_protected ? POSTWEG_TLS : POSTWEG_PLAIN;
  PostwegServer *server;

  postweg_security_from_name (postweg_leaf (leaves, mark), &security);
  server = postweg_server_new (protocol, property (leaves, side, "MailServerHostName"),
                               (guint16) atoi (property (leaves, side, "MailServerPortNumber")), security,
                               property (leaves, side, "MailServerUsername"));
  server->auth = auth_of (property (leaves, side, "MailServerAuthentication"));
  return server;
}

static PostwegAccount *
parse (GBytes *bytes)
{
  g_autoptr (GHashTable) leaves = postweg_leaves (bytes);
  g_autoptr (PostwegServer) in = NULL;
  g_autoptr (PostwegServer) out = NULL;
  const char *type = leaves != NULL ? property (leaves, "", "EmailAccountType") : "";

  if (*type == '\0')
    return NULL;
  in = server_of (leaves, sides[0], strcmp (type, "EmailTypePOP") == 0 ? POSTWEG_POP3 : POSTWEG_IMAP);
  out = server_of (leaves, sides[1], POSTWEG_SMTP);
  return postweg_account_new (property (leaves, "", "EmailAccountName"),
                              property (leaves, "", "EmailAddress"), in, out);
}

static const PostwegOutput apple = { write_profile, parse, SUFFIX };

const PostwegClient postweg_client_apple = {
  .id = "apple",
  .name = "Apple Mail",
  .kind = POSTWEG_KIND_PHONE,
  .abilities = POSTWEG_CAN_IMAP | POSTWEG_CAN_POP3 | POSTWEG_CAN_SMTP | POSTWEG_CAN_TLS |
               POSTWEG_CAN_STARTTLS | POSTWEG_CAN_PLAIN | POSTWEG_CAN_ENCRYPTED | POSTWEG_CAN_SEND_OPEN |
               POSTWEG_CAN_OTHER_USER | POSTWEG_CAN_KEEP | POSTWEG_CAN_UNICODE | POSTWEG_CAN_UNICODE_SECRET |
               POSTWEG_KEEPS_NAME | POSTWEG_KEEPS_ADDRESS | POSTWEG_IS_OUTPUT,
  .details = &apple,
  .find = postweg_output_find,
  .read = postweg_output_read,
  .plan = postweg_output_plan,
};
