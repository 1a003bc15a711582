/* geary.ini, version 1, as Geary 43 reads and writes it. */
#include "clients/desktop/geary-account.h"
#include "clients/desktop/key-file.h"
#include "clients/mailbox.h"
#include <glib/gi18n-lib.h>
#include <string.h>

#define METADATA "Metadata"
#define ACCOUNT "Account"
#define CREDENTIALS "credentials"
#define USE_INCOMING "use-incoming"
#define OTHER "other" /* a provider that Geary knows nothing about */

/* PostwegSecurity */
static const char *const securities[] = { "transport", "start-tls", "none" };

/* Providers whose servers Geary knows itself; only the user stands in the file then. */
static const struct {
  const char *provider;
  PostwegProtocol protocol;
  const char *host;
  PostwegSecurity security;
} known_servers[] = {
  { "gmail", POSTWEG_IMAP, "imap.gmail.com", POSTWEG_TLS },
  { "gmail", POSTWEG_SMTP, "smtp.gmail.com", POSTWEG_TLS },
  { "outlook", POSTWEG_IMAP, "imap-mail.outlook.com", POSTWEG_TLS },
  { "outlook", POSTWEG_SMTP, "smtp-mail.outlook.com", POSTWEG_STARTTLS },
};

static const char *
group_of (PostwegProtocol protocol)
{
  return protocol == POSTWEG_IMAP ? "Incoming" : "Outgoing";
}

static char *
provider_of (const PostwegLines *lines)
{
  char *provider = postweg_key_file_get (lines, ACCOUNT, "service_provider");

  return provider != NULL ? provider : g_strdup (OTHER);
}

static PostwegServer *
known_server (const char *provider, PostwegProtocol protocol, const char *user)
{
  for (guint i = 0; i < G_N_ELEMENTS (known_servers); i++)
    if (strcmp (known_servers[i].provider, provider) == 0 && known_servers[i].protocol == protocol)
      return postweg_server_new (protocol, known_servers[i].host, 0, known_servers[i].security, user);
  return NULL;
}

/* Returns: FALSE: Geary refuses the account */
static gboolean
security_of (const PostwegLines *lines, const char *group, PostwegSecurity *security)
{
  g_autofree char *name = postweg_key_file_text (lines, group, "transport_security");

  for (guint i = 0; i < G_N_ELEMENTS (securities); i++)
    if (g_ascii_strcasecmp (name, securities[i]) == 0)
      {
        *security = i;
        return TRUE;
      }
  return FALSE;
}

/* incoming: its user serves for sending too where the file says so. */
static PostwegServer *
server_of (const PostwegLines *lines, PostwegProtocol protocol, const PostwegServer *incoming)
{
  const char *group = group_of (protocol);
  g_autofree char *provider = provider_of (lines);
  g_autofree char *login = postweg_key_file_text (lines, group, "login");
  g_autofree char *host = postweg_key_file_text (lines, group, "host");
  g_autofree char *credentials = postweg_key_file_text (lines, group, CREDENTIALS);
  gboolean shares = strcmp (credentials, USE_INCOMING) == 0 || strcmp (provider, OTHER) != 0;
  const char *user = shares && incoming != NULL ? incoming->user : login;
  PostwegServer *server = known_server (provider, protocol, user);
  PostwegSecurity security;

  if (server != NULL || *host == '\0' || !security_of (lines, group, &security))
    return server;
  server = postweg_server_new (protocol, host, (guint16) postweg_key_file_number (lines, group, "port", 0),
                               security, user);
  if (strcmp (credentials, "none") == 0)
    {
      server->auth = POSTWEG_AUTH_NONE;
      *server->user = '\0';
    }
  return server;
}

static char *
folder_of (const PostwegLines *lines, const char *key)
{
  g_auto (GStrv) parts = postweg_key_file_list (lines, "Folders", key);

  return *parts != NULL ? g_strjoinv ("/", parts) : NULL;
}

/* The providers that Geary knows file sent mail themselves. */
static void
read_habits (const PostwegLines *lines, PostwegAccount *account)
{
  g_autofree char *provider = provider_of (lines);
  gboolean keeps =
      strcmp (provider, OTHER) == 0 && postweg_key_file_is_true (lines, ACCOUNT, "save_sent", TRUE);

  account->program.is_known = TRUE;
  account->program.sent_copy = keeps ? POSTWEG_COPY_KEPT : POSTWEG_COPY_NOT_KEPT;
  account->program.sent_folder = folder_of (lines, "sent_folder");
}

static const char *
note_for (const PostwegLines *lines, gboolean is_online)
{
  g_autofree char *status = postweg_key_file_text (lines, METADATA, "status");

  if (is_online)
    return _("It belongs to GNOME Online Accounts and is changed there, in GNOME’s settings.");
  if (strcmp (status, "disabled") == 0)
    return _("It is switched off in Geary.");
  return "";
}

PostwegStoredAccount *
postweg_geary_parse (const char *id, GBytes *bytes)
{
  g_autoptr (PostwegLines) lines = postweg_lines_new (&postweg_key_file, bytes);
  g_auto (GStrv) senders = postweg_key_file_list (lines, ACCOUNT, "sender_mailboxes");
  g_autofree char *online = postweg_key_file_get (lines, METADATA, "goa_id");
  gboolean is_online = online != NULL || g_str_has_prefix (id, "goa_");
  g_autofree char *status = postweg_key_file_text (lines, METADATA, "status");
  g_autofree char *name = NULL, *address = NULL;
  g_autoptr (PostwegServer) in = NULL, out = NULL;
  PostwegStoredAccount *stored;

  if (postweg_key_file_number (lines, METADATA, "version", 0) != 1 || *senders == NULL ||
      strcmp (status, "removed") == 0)
    return NULL;
  postweg_mailbox_parse (*senders, &name, &address);
  in = is_online ? NULL : server_of (lines, POSTWEG_IMAP, NULL);
  out = is_online ? NULL : server_of (lines, POSTWEG_SMTP, in);
  stored = postweg_stored_account_new (id, postweg_account_new (name, address, in, out),
                                       note_for (lines, is_online));
  stored->read_only = is_online;
  read_habits (lines, stored->account);
  return stored;
}

guint
postweg_geary_ordinal (GBytes *bytes)
{
  g_autoptr (PostwegLines) lines = postweg_lines_new (&postweg_key_file, bytes);

  return postweg_key_file_number (lines, ACCOUNT, "ordinal", 0);
}

/* Other senders stay behind it. */
static void
set_sender (PostwegLines *lines, const PostwegAccount *account)
{
  g_auto (GStrv) now = postweg_key_file_list (lines, ACCOUNT, "sender_mailboxes");
  g_autoptr (GPtrArray) senders = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *name = NULL, *address = NULL;

  postweg_mailbox_parse (*now != NULL ? *now : "", &name, &address);
  if (strcmp (name, account->name) == 0 && strcmp (address, account->address) == 0)
    return;
  g_ptr_array_add (senders, postweg_mailbox_format (account->name, account->address));
  for (guint i = 1; *now != NULL && now[i] != NULL; i++)
    g_ptr_array_add (senders, g_strdup (now[i]));
  g_ptr_array_add (senders, NULL);
  postweg_key_file_set_list (lines, ACCOUNT, "sender_mailboxes", (const char *const *) senders->pdata);
}

static void
set_server (PostwegLines *lines, const PostwegServer *server, const char *credentials)
{
  const char *group = group_of (server->protocol);

  postweg_key_file_set (lines, group, "login", *server->user != '\0' ? server->user : NULL);
  postweg_key_file_set (lines, group, "remember_password", "true");
  postweg_key_file_set (lines, group, "host", server->host);
  postweg_key_file_set_number (lines, group, "port", server->port);
  postweg_key_file_set (lines, group, "transport_security", securities[server->security]);
  postweg_key_file_set (lines, group, CREDENTIALS, credentials);
}

static gboolean
has_one_password (const PostwegLines *lines)
{
  g_autofree char *provider = provider_of (lines);
  g_autofree char *credentials = postweg_key_file_text (lines, group_of (POSTWEG_SMTP), CREDENTIALS);

  return strcmp (provider, OTHER) != 0 || strcmp (credentials, USE_INCOMING) == 0;
}

/* One password for both is what a new account begins with; an old one stays as it is where that can be. */
static const char *
credentials_for (const PostwegLines *lines, const PostwegGearyEdit *edit)
{
  gboolean shares = edit->before == NULL || has_one_password (lines);

  if (edit->account->outgoing->auth == POSTWEG_AUTH_NONE)
    return "none";
  return edit->one_password && shares ? USE_INCOMING : "custom";
}

static gboolean
is_as_meant (const PostwegLines *lines, const PostwegAccount *account)
{
  g_autoptr (PostwegServer) in = server_of (lines, POSTWEG_IMAP, NULL);
  g_autoptr (PostwegServer) out = server_of (lines, POSTWEG_SMTP, in);

  return in != NULL && out != NULL && postweg_server_equal (in, account->incoming) &&
         postweg_server_equal (out, account->outgoing);
}

static void
set_servers (PostwegLines *lines, const PostwegGearyEdit *edit)
{
  const char *credentials = credentials_for (lines, edit);

  if (is_as_meant (lines, edit->account))
    return;
  postweg_key_file_set (lines, ACCOUNT, "service_provider", OTHER);
  set_server (lines, edit->account->incoming, "custom");
  set_server (lines, edit->account->outgoing, credentials);
}

gboolean
postweg_geary_has_one_password (GBytes *bytes)
{
  g_autoptr (PostwegLines) lines = postweg_lines_new (&postweg_key_file, bytes);

  return has_one_password (lines);
}

GBytes *
postweg_geary_edit (const PostwegGearyEdit *edit)
{
  g_autoptr (PostwegLines) lines = postweg_lines_new (&postweg_key_file, edit->before);

  if (edit->before == NULL)
    {
      postweg_key_file_set_number (lines, METADATA, "version", 1);
      postweg_key_file_set (lines, METADATA, "status", "enabled");
      postweg_key_file_set_number (lines, ACCOUNT, "ordinal", edit->ordinal);
      postweg_key_file_set (lines, ACCOUNT, "label", edit->account->address);
      postweg_key_file_set (lines, ACCOUNT, "save_sent", edit->files_sent ? "false" : "true");
    }
  set_sender (lines, edit->account);
  set_servers (lines, edit);
  return postweg_lines_bytes (lines);
}
