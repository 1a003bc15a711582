/* aerc: accounts.conf, as version 0.14 reads it (go-ini), in a form that newer versions take too. */
#include "clients/lines.h"
#include "clients/terminal/look-up.h"
#include "clients/terminal/mail-url.h"
#include "clients/mailbox.h"
#include "clients/rows.h"
#include "clients/text-program.h"
#include <glib/gi18n-lib.h>
#include <string.h>

/* In backticks a value stands as it is; else a comment may follow it. */
static char *
unquote (const char *raw)
{
  gsize length = strlen (raw);
  gboolean quoted = length > 1 && strchr ("`\"'", *raw) != NULL && *raw != '\0' && raw[length - 1] == *raw;
  const char *end;

  if (quoted)
    return g_strndup (raw + 1, length - 2);
  end = strpbrk (raw, "#;");
  while (end != NULL && end != raw && end[-1] != ' ' && end[-1] != '\t')
    end = strpbrk (end + 1, "#;");
  return g_strchomp (end != NULL ? g_strndup (raw, (gsize) (end - raw)) : g_strdup (raw));
}

static char *
quote (const char *value)
{
  gboolean plain = *value != '\0' && value[strcspn (value, " #;`\"'\\")] == '\0';

  return plain ? g_strdup (value) : g_strdup_printf ("`%s`", value);
}

static const PostwegDialect dialect = { .section = postweg_lines_bracket,
                                        .separators = "=:",
                                        .comments = "#;",
                                        .between = " = ",
                                        .unquote = unquote,
                                        .quote = quote,
                                        .slash_continues = TRUE };

/* Schemes that it knows, with what they stand for; the first that fits is written. */
static const struct {
  const char *scheme;
  PostwegProtocol protocol;
  PostwegSecurity security;
  PostwegAuth auth;
} schemes[] = {
  { "imaps", POSTWEG_IMAP, POSTWEG_TLS, POSTWEG_AUTH_PASSWORD },
  { "imap", POSTWEG_IMAP, POSTWEG_STARTTLS, POSTWEG_AUTH_PASSWORD },
  { "imap+insecure", POSTWEG_IMAP, POSTWEG_PLAIN, POSTWEG_AUTH_PASSWORD },
  { "imaps+oauthbearer", POSTWEG_IMAP, POSTWEG_TLS, POSTWEG_AUTH_OAUTH2 },
  { "imaps+xoauth2", POSTWEG_IMAP, POSTWEG_TLS, POSTWEG_AUTH_OAUTH2 },
  { "smtps+plain", POSTWEG_SMTP, POSTWEG_TLS, POSTWEG_AUTH_PASSWORD },
  { "smtps", POSTWEG_SMTP, POSTWEG_TLS, POSTWEG_AUTH_PASSWORD },
  { "smtps+login", POSTWEG_SMTP, POSTWEG_TLS, POSTWEG_AUTH_PASSWORD },
  { "smtps+none", POSTWEG_SMTP, POSTWEG_TLS, POSTWEG_AUTH_NONE },
  { "smtps+oauthbearer", POSTWEG_SMTP, POSTWEG_TLS, POSTWEG_AUTH_OAUTH2 },
  { "smtps+xoauth2", POSTWEG_SMTP, POSTWEG_TLS, POSTWEG_AUTH_OAUTH2 },
  { "smtp+plain", POSTWEG_SMTP, POSTWEG_STARTTLS, POSTWEG_AUTH_PASSWORD },
  { "smtp", POSTWEG_SMTP, POSTWEG_STARTTLS, POSTWEG_AUTH_PASSWORD },
  { "smtp+login", POSTWEG_SMTP, POSTWEG_STARTTLS, POSTWEG_AUTH_PASSWORD },
  { "smtp+none", POSTWEG_SMTP, POSTWEG_STARTTLS, POSTWEG_AUTH_NONE },
  { "smtp+oauthbearer", POSTWEG_SMTP, POSTWEG_STARTTLS, POSTWEG_AUTH_OAUTH2 },
  { "smtp+xoauth2", POSTWEG_SMTP, POSTWEG_STARTTLS, POSTWEG_AUTH_OAUTH2 },
};

static const char *
scheme_for (const PostwegServer *server)
{
  for (guint i = 0; i < G_N_ELEMENTS (schemes); i++)
    if (schemes[i].protocol == server->protocol && schemes[i].security == server->security &&
        schemes[i].auth == server->auth)
      return schemes[i].scheme;
  return NULL;
}

/* In version 0.14 “smtp” alone is not encrypted; in newer ones it is, and the key means nothing. */
static gboolean
begins_tls (const PostwegLines *lines, guint section)
{
  return strcmp (postweg_lines_get_or (lines, section, "smtp-starttls", ""), "yes") == 0;
}

/* Returns: the row of the scheme; -1 if it is unknown */
static int
row_of (const PostwegMailUrl *url, PostwegProtocol protocol)
{
  for (guint i = 0; url != NULL && *url->host != '\0' && i < G_N_ELEMENTS (schemes); i++)
    if (schemes[i].protocol == protocol && strcmp (schemes[i].scheme, url->scheme) == 0)
      return (int) i;
  return -1;
}

static PostwegServer *
server_of (const PostwegLines *lines, guint section, const char *key, PostwegProtocol protocol)
{
  g_autoptr (PostwegMailUrl) url = postweg_mail_url_parse (postweg_lines_get_or (lines, section, key, ""));
  int row = row_of (url, protocol);
  PostwegSecurity security;
  PostwegServer *server;

  if (row < 0)
    return NULL;
  security = schemes[row].security;
  if (protocol == POSTWEG_SMTP && security == POSTWEG_STARTTLS && !begins_tls (lines, section))
    security = POSTWEG_PLAIN;
  server = postweg_server_new (protocol, url->host, url->port, security,
                               schemes[row].auth != POSTWEG_AUTH_NONE ? url->user : "");
  server->auth = schemes[row].auth;
  return server;
}

static void
add_account (const PostwegLines *lines, guint section, GPtrArray *accounts)
{
  g_autoptr (PostwegServer) in = server_of (lines, section, "source", POSTWEG_IMAP);
  g_autoptr (PostwegServer) out = server_of (lines, section, "outgoing", POSTWEG_SMTP);
  const char *sent = postweg_lines_get (lines, section, "copy-to");
  g_autofree char *name = NULL;
  g_autofree char *address = NULL;
  PostwegAccount *account;

  if (in == NULL && out == NULL)
    return;
  postweg_mailbox_parse (postweg_lines_get_or (lines, section, "from", ""), &name, &address);
  account = postweg_account_new (name, address, in, out);
  account->program.is_known = TRUE;
  account->program.sent_copy = sent != NULL ? POSTWEG_COPY_KEPT : POSTWEG_COPY_NOT_KEPT;
  account->program.sent_folder = g_strdup (sent);
  g_ptr_array_add (accounts,
                   postweg_stored_account_new (postweg_lines_section (lines, section), account, ""));
}

static gboolean
list (const PostwegTextFile *file, GPtrArray *accounts, GError **error G_GNUC_UNUSED)
{
  g_autoptr (PostwegLines) lines = postweg_lines_new (&dialect, file->bytes);

  for (guint i = 1; i < postweg_lines_n_sections (lines); i++)
    add_account (lines, i, accounts);
  return TRUE;
}

/* Returns: (transfer full): a password that stands in the URL wins over the command, so it goes when there is one */
static char *
url_for (const PostwegServer *server, const PostwegMailUrl *old, const char *command)
{
  PostwegMailUrl url = { .scheme = (char *) scheme_for (server),
                         .user = server->user,
                         .password = old != NULL && command == NULL ? old->password : NULL,
                         .host = server->host,
                         .port = server->port,
                         .rest = old != NULL ? old->rest : (char *) "" };

  return postweg_mail_url_format (&url);
}

static void
set_server (PostwegLines *lines, guint section, const char *key, const PostwegServer *server,
            const char *command)
{
  g_autoptr (PostwegServer) now = server_of (lines, section, key, server->protocol);
  g_autoptr (PostwegMailUrl) old = postweg_mail_url_parse (postweg_lines_get_or (lines, section, key, ""));
  g_autofree char *text = url_for (server, old, command);
  g_autofree char *command_key = g_strdup_printf ("%s-cred-cmd", key);
  gboolean drops_password = command != NULL && old != NULL && old->password != NULL;

  if (command != NULL)
    postweg_lines_set (lines, section, command_key, command);
  if (now == NULL || !postweg_server_equal (now, server) || drops_password)
    postweg_lines_set (lines, section, key, text);
}

static gboolean
is_taken (gconstpointer lines, const char *id)
{
  guint section;

  return postweg_lines_find (lines, id, &section);
}

static guint
section_for (PostwegLines *lines, const PostwegTextEdit *edit)
{
  g_autofree char *id = NULL;
  g_autofree char *header = NULL;
  guint section;

  if (edit->id != NULL && postweg_lines_find (lines, edit->id, &section))
    return section;
  id = postweg_text_new_id (edit->account->address, is_taken, lines);
  header = g_strdup_printf ("[%s]", id);
  return postweg_lines_add_section (lines, header);
}

static void
set_from (PostwegLines *lines, guint section, const PostwegAccount *account)
{
  g_autofree char *from = postweg_mailbox_format (account->name, account->address);
  g_autofree char *name = NULL;
  g_autofree char *address = NULL;

  postweg_mailbox_parse (postweg_lines_get_or (lines, section, "from", ""), &name, &address);
  if (strcmp (name, account->name) != 0 || strcmp (address, account->address) != 0)
    postweg_lines_set (lines, section, "from", from);
}

static GBytes *
edit_file (const PostwegTextEdit *edit, GError **error G_GNUC_UNUSED)
{
  g_autoptr (PostwegLines) lines = postweg_lines_new (&dialect, edit->file->bytes);
  const PostwegAccount *account = edit->account;
  guint section = section_for (lines, edit);

  set_server (lines, section, "source", account->incoming, edit->incoming_command);
  if (account->outgoing->security == POSTWEG_STARTTLS)
    postweg_lines_set (lines, section, "smtp-starttls", "yes");
  else
    postweg_lines_set (lines, section, "smtp-starttls", NULL);
  set_server (lines, section, "outgoing", account->outgoing, edit->outgoing_command);
  set_from (lines, section, account);
  if (edit->id == NULL)
    {
      postweg_lines_set (lines, section, "default", "INBOX");
      if (!edit->files_sent)
        postweg_lines_set (lines, section, "copy-to", "Sent");
    }
  return postweg_lines_bytes (lines);
}

static const char *const places[] = { "$/aerc/accounts.conf", NULL };

static const PostwegTextProgram aerc = { .places = places,
                                         .new_place = "$/aerc/accounts.conf",
                                         .command = "aerc",
                                         .keep = postweg_look_up_plan,
                                         .list = list,
                                         .edit = edit_file };

const PostwegClient postweg_client_aerc = {
  .id = "aerc",
  .name = "aerc",
  .kind = POSTWEG_KIND_TERMINAL,
  .abilities = POSTWEG_CAN_IMAP | POSTWEG_CAN_SMTP | POSTWEG_CAN_TLS | POSTWEG_CAN_STARTTLS |
               POSTWEG_CAN_OAUTH2 | POSTWEG_CAN_SEND_OPEN | POSTWEG_CAN_OTHER_USER | POSTWEG_CAN_UNICODE |
               POSTWEG_CAN_UNICODE_SECRET | POSTWEG_KEEPS_NAME | POSTWEG_KEEPS_ADDRESS,
  .details = &aerc,
  .find = postweg_text_find,
  .read = postweg_text_read,
  .plan = postweg_text_plan,
};
