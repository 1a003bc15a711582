/* Delta Chat: a “dclogin:” code, which always carries the password. */
#include "clients/outputs/output.h"
#include "clients/outputs/qr.h"
#include "clients/rows.h"
#include "model/error.h"
#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

#define SUFFIX ".dclogin.txt"
#define SCHEME "dclogin:"

static const char *const security_words[] = { "ssl", "starttls", "plain" };

/* Everything but letters, digits and “-._~” is encoded, “+” and “@” too. */
static void
add (GString *text, const char *name, const char *value)
{
  g_autofree char *encoded = g_uri_escape_string (value, NULL, FALSE);

  g_string_append_printf (text, "&%s=%s", name, encoded);
}

static void
add_server (GString *text, char side, const PostwegServer *server)
{
  const char host[] = { side, 'h', '\0' }, port[] = { side, 'p', '\0' };
  const char user[] = { side, 'u', '\0' }, security[] = { side, 's', '\0' };
  g_autofree char *number = g_strdup_printf ("%u", server->port);

  add (text, host, server->host);
  add (text, port, number);
  add (text, user, server->user);
  add (text, security, security_words[server->security]);
}

static GString *
code_of (const PostwegAccount *account, PostwegSecret *incoming, PostwegSecret *outgoing)
{
  g_autofree char *address = g_uri_escape_string (account->address, "@", FALSE);
  GString *text = g_string_sized_new (1024); /* never moved, so that no copy of the password stays behind */
  char *password = g_uri_escape_string (postweg_secret_peek (incoming), NULL, FALSE);
  char *sending = g_uri_escape_string (postweg_secret_peek (outgoing), NULL, FALSE);

  g_string_append_printf (text, SCHEME "%s?p=%s&v=1", address, password);
  add_server (text, 'i', account->incoming);
  add_server (text, 's', account->outgoing);
  if (strcmp (password, sending) != 0)
    g_string_append_printf (text, "&spw=%s", sending);
  postweg_wipe_free (password);
  postweg_wipe_free (sending);
  return text;
}

static gboolean
add_files (const PostwegAccount *account, GString *code, PostwegPlan *plan, GError **error)
{
  g_autofree char *name = postweg_output_name (account->address, SUFFIX);
  g_autofree char *picture = postweg_output_name (account->address, ".dclogin.png");
  g_autoptr (GBytes) text = g_bytes_new (code->str, code->len);
  g_autoptr (GBytes) png = postweg_qr_png (code->str);

  return (png == NULL || postweg_output_add (plan, picture, png, TRUE, error)) &&
         postweg_output_add (plan, name, text, TRUE, error);
}

static gboolean
write_code (const PostwegAccount *account, const PostwegExport *options, PostwegPlan *plan, GError **error)
{
  PostwegSecret *incoming = postweg_output_secret (options, FALSE);
  PostwegSecret *outgoing = postweg_output_secret (options, TRUE);
  GString *code;
  gboolean ok;

  if (incoming == NULL)
    {
      g_set_error_literal (
          error, POSTWEG_ERROR, POSTWEG_ERROR_UNSUPPORTED,
          _("A code for Delta Chat always holds the password. Give the password and allow it in the file "
                             "(--password-in-file), or type the servers into the app by hand."));
      return FALSE;
    }
  code = code_of (account, incoming, outgoing != NULL ? outgoing : incoming);
  ok = add_files (account, code, plan, error);
  postweg_wipe (code->str, code->len);
  g_string_free (code, TRUE);
  if (!ok)
    return FALSE;
  g_ptr_array_add (
      plan->notes,
      g_strdup (_("The code holds the password: whoever photographs it can read the mail. Delete the files "
                                            "when the phone has scanned it.")));
  g_ptr_array_add (
      plan->left_to_do,
      g_strdup (_("In Delta Chat, choose “Create New Profile”, then scan the code or paste its text.")));
  return TRUE;
}

static char *
value_of (GHashTable *values, const char *name)
{
  const char *value = g_hash_table_lookup (values, name);

  return g_strdup (value != NULL ? value : "");
}

static PostwegServer *
server_of (GHashTable *values, char side, PostwegProtocol protocol)
{
  const char names[4][3] = {
    { side, 'h', '\0' }, { side, 'p', '\0' }, { side, 'u', '\0' }, { side, 's', '\0' }
  };
  g_autofree char *host = value_of (values, names[0]);
  g_autofree char *port = value_of (values, names[1]);
  g_autofree char *user = value_of (values, names[2]);
  g_autofree char *word = value_of (values, names[3]);
  PostwegSecurity security = POSTWEG_TLS;

  for (guint i = 0; i < G_N_ELEMENTS (security_words); i++)
    if (strcmp (security_words[i], word) == 0)
      security = i;
  return postweg_server_new (protocol, host, (guint16) atoi (port), security, user);
}

static PostwegAccount *
parse (GBytes *bytes)
{
  gsize size = 0;
  const char *data = g_bytes_get_data (bytes, &size);
  g_autofree char *text = g_strndup (data != NULL ? data : "", size);
  char *question = strchr (text, '?');
  g_autoptr (GHashTable) values = NULL;
  g_autofree char *address = NULL;
  g_autoptr (PostwegServer) in = NULL;
  g_autoptr (PostwegServer) out = NULL;

  if (!g_str_has_prefix (text, SCHEME) || question == NULL)
    return NULL;
  *question = '\0';
  address = g_uri_unescape_string (text + strlen (SCHEME), NULL);
  values = g_uri_parse_params (g_strchomp (question + 1), -1, "&", G_URI_PARAMS_NONE, NULL);
  if (address == NULL || values == NULL)
    return NULL;
  in = server_of (values, 'i', POSTWEG_IMAP);
  out = server_of (values, 's', POSTWEG_SMTP);
  return postweg_account_new ("", address, in, out);
}

static const PostwegOutput deltachat = { write_code, parse, SUFFIX };

const PostwegClient postweg_client_deltachat = {
  .id = "deltachat",
  .name = "Delta Chat",
  .kind = POSTWEG_KIND_PHONE,
  .abilities = POSTWEG_CAN_IMAP | POSTWEG_CAN_SMTP | POSTWEG_CAN_TLS | POSTWEG_CAN_STARTTLS |
               POSTWEG_CAN_PLAIN | POSTWEG_CAN_OTHER_USER | POSTWEG_CAN_UNICODE | POSTWEG_CAN_UNICODE_SECRET |
               POSTWEG_KEEPS_ADDRESS | POSTWEG_IS_OUTPUT,
  .details = &deltachat,
  .find = postweg_output_find,
  .read = postweg_output_read,
  .plan = postweg_output_plan,
};
