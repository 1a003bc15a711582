/* himalaya: accounts in config.toml, in the language of version 1 and in the one that follows it. */
#include "clients/terminal/look-up.h"
#include "clients/terminal/mail-url.h"
#include "clients/rows.h"
#include "clients/text-program.h"
#include "clients/terminal/toml.h"
#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

#define ACCOUNTS "accounts."

/* Names of the keys in one version, for one protocol. Where `url` is set, one URL holds host, port and TLS. */
typedef struct {
  const char *type; /* "backend.type"; NULL: the keys say it themselves */
  const char *host, *port;
  const char *encryption; /* tls, start-tls or none */
  const char *url, *starttls;
  const char *login;
  const char *command; /* prints the password */
  const char *kind;    /* password or oauth2; NULL: the keys say it */
  const char *raw;     /* a password in clear */
} Keys;

/* [language][0: incoming, 1: outgoing] */
static const Keys languages[2][2] = {
  { { "backend.type", "backend.host", "backend.port", "backend.encryption.type", NULL, NULL, "backend.login",
      "backend.auth.cmd", "backend.auth.type", "backend.auth.raw" },
    { "message.send.backend.type", "message.send.backend.host", "message.send.backend.port",
      "message.send.backend.encryption.type", NULL, NULL, "message.send.backend.login",
      "message.send.backend.auth.cmd", "message.send.backend.auth.type", "message.send.backend.auth.raw" } },
  { { NULL, NULL, NULL, NULL, "imap.server", "imap.starttls", "imap.sasl.plain.username",
      "imap.sasl.plain.password.command", NULL, "imap.sasl.plain.password.raw" },
    { NULL, NULL, NULL, NULL, "smtp.server", "smtp.starttls", "smtp.sasl.plain.username",
      "smtp.sasl.plain.password.command", NULL, "smtp.sasl.plain.password.raw" } },
};

static const char *const protocol_words[] = { "imap", NULL, "smtp" };
static const char *const encryption_words[] = { "tls", "start-tls", "none" };

/* Version 1 has a backend; what follows it has protocols. */
static guint
language_of (const PostwegLines *lines, const char *table)
{
  g_autofree char *in = postweg_toml_get (lines, table, languages[1][0].url, NULL);
  g_autofree char *out = postweg_toml_get (lines, table, languages[1][1].url, NULL);

  return in != NULL || out != NULL ? 1 : 0;
}

static PostwegServer *
server_in_keys (const PostwegLines *lines, const char *table, const Keys *keys, PostwegProtocol protocol)
{
  g_autofree char *type = postweg_toml_get (lines, table, keys->type, "");
  g_autofree char *host = postweg_toml_get (lines, table, keys->host, NULL);
  g_autofree char *port = postweg_toml_get (lines, table, keys->port, "0");
  g_autofree char *encryption = postweg_toml_get (lines, table, keys->encryption, "tls");
  g_autofree char *login = postweg_toml_get (lines, table, keys->login, "");
  g_autofree char *kind = postweg_toml_get (lines, table, keys->kind, "password");
  PostwegSecurity security = POSTWEG_TLS;
  PostwegServer *server;

  if (host == NULL || strcmp (type, protocol_words[protocol]) != 0)
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (encryption_words); i++)
    if (strcmp (encryption_words[i], encryption) == 0)
      security = i;
  server = postweg_server_new (protocol, host, (guint16) atoi (port), security, login);
  if (strcmp (kind, "oauth2") == 0)
    server->auth = POSTWEG_AUTH_OAUTH2;
  return server;
}

static PostwegServer *
server_in_url (const PostwegLines *lines, const char *table, const Keys *keys, PostwegProtocol protocol)
{
  g_autofree char *text = postweg_toml_get (lines, table, keys->url, "");
  g_autofree char *starttls = postweg_toml_get (lines, table, keys->starttls, "false");
  g_autofree char *login = postweg_toml_get (lines, table, keys->login, "");
  g_autoptr (PostwegMailUrl) url = postweg_mail_url_parse (text);
  PostwegSecurity security = strcmp (starttls, "true") == 0 ? POSTWEG_STARTTLS : POSTWEG_PLAIN;

  if (url == NULL || *url->host == '\0' || !g_str_has_prefix (url->scheme, protocol_words[protocol]))
    return NULL;
  if (g_str_has_suffix (url->scheme, "s"))
    security = POSTWEG_TLS;
  return postweg_server_new (protocol, url->host, url->port, security, login);
}

static PostwegServer *
server_of (const PostwegLines *lines, const char *table, guint side)
{
  const Keys *keys = &languages[language_of (lines, table)][side];
  PostwegProtocol protocol = side == 0 ? POSTWEG_IMAP : POSTWEG_SMTP;

  return keys->url != NULL ? server_in_url (lines, table, keys, protocol)
                           : server_in_keys (lines, table, keys, protocol);
}

/* Returns: (transfer full): NAME of [accounts.NAME], NULL for the tables inside it and others */
static char *
name_of (const char *table)
{
  const char *name = table + strlen (ACCOUNTS);
  gsize length;

  if (!g_str_has_prefix (table, ACCOUNTS))
    return NULL;
  length = strlen (name);
  if (*name == '"' && length > 1)
    return name[length - 1] == '"' && memchr (name + 1, '"', length - 2) == NULL
               ? g_strndup (name + 1, length - 2)
               : NULL;
  return strchr (name, '.') == NULL ? g_strdup (name) : NULL;
}

static gboolean
list (const PostwegTextFile *file, GPtrArray *accounts, GError **error G_GNUC_UNUSED)
{
  g_autoptr (PostwegLines) lines = postweg_lines_new (&postweg_toml, file->bytes);

  for (guint i = 1; i < postweg_lines_n_sections (lines); i++)
    {
      const char *table = postweg_lines_section (lines, i);
      g_autofree char *id = name_of (table);
      g_autofree char *name = postweg_toml_get (lines, table, "display-name", "");
      g_autofree char *address = postweg_toml_get (lines, table, "email", "");
      g_autoptr (PostwegServer) in = id != NULL ? server_of (lines, table, 0) : NULL;
      g_autoptr (PostwegServer) out = id != NULL ? server_of (lines, table, 1) : NULL;

      if (in != NULL || out != NULL)
        g_ptr_array_add (accounts,
                         postweg_stored_account_new (id, postweg_account_new (name, address, in, out), ""));
    }
  return TRUE;
}

static char *
table_of (const char *id)
{
  g_autofree char *name = postweg_toml_name (id);

  return g_strconcat (ACCOUNTS, name, NULL);
}

static gboolean
is_taken (gconstpointer lines, const char *id)
{
  g_autofree char *table = table_of (id);
  guint section;

  return postweg_lines_find (lines, table, &section);
}

static void
set_place (PostwegLines *lines, const char *table, const Keys *keys, const PostwegServer *server)
{
  const char *protocol = protocol_words[server->protocol];
  g_autofree char *port = g_strdup_printf ("%u", server->port);
  g_autofree char *scheme = g_strconcat (protocol, server->security == POSTWEG_TLS ? "s" : "", NULL);
  PostwegMailUrl url = {
    .scheme = scheme, .user = (char *) "", .host = server->host, .port = server->port, .rest = (char *) ""
  };
  g_autofree char *text = postweg_mail_url_format (&url);

  if (keys->url != NULL)
    {
      postweg_toml_set (lines, table, keys->url, text);
      postweg_toml_set_bare (lines, table, keys->starttls,
                             server->security == POSTWEG_STARTTLS ? "true" : "false");
      return;
    }
  postweg_toml_set (lines, table, keys->type, protocol);
  postweg_toml_set (lines, table, keys->host, server->host);
  postweg_toml_set_bare (lines, table, keys->port, port);
  postweg_toml_set (lines, table, keys->encryption, encryption_words[server->security]);
}

static void
set_server (PostwegLines *lines, const char *table, guint side, const PostwegServer *server,
            const char *command)
{
  const Keys *keys = &languages[language_of (lines, table)][side];

  set_place (lines, table, keys, server);
  postweg_toml_set (lines, table, keys->login, server->user);
  if (keys->kind != NULL && server->auth == POSTWEG_AUTH_PASSWORD)
    postweg_toml_set (lines, table, keys->kind, "password");
  if (command == NULL)
    return;
  postweg_toml_set (lines, table, keys->raw, NULL);
  postweg_toml_set (lines, table, keys->command, command);
}

/* In the language that the other accounts of the file are written in. */
static void
begin_like_others (PostwegLines *lines, const char *table)
{
  for (guint i = 1; i < postweg_lines_n_sections (lines); i++)
    if (language_of (lines, postweg_lines_section (lines, i)) == 1)
      {
        postweg_toml_set (lines, table, languages[1][0].url, "imaps://");
        return;
      }
}

static GBytes *
edit_file (const PostwegTextEdit *edit, GError **error G_GNUC_UNUSED)
{
  g_autoptr (PostwegLines) lines = postweg_lines_new (&postweg_toml, edit->file->bytes);
  const PostwegAccount *account = edit->account;
  gboolean is_first = postweg_lines_n_sections (lines) == 1;
  g_autofree char *id =
      edit->id != NULL ? g_strdup (edit->id) : postweg_text_new_id (account->address, is_taken, lines);
  g_autofree char *table = table_of (id);
  g_autofree char *header = g_strdup_printf ("[%s]", table);

  if (edit->id == NULL)
    {
      postweg_lines_add_section (lines, header);
      begin_like_others (lines, table);
    }
  if (edit->id == NULL && is_first)
    postweg_toml_set_bare (lines, table, "default", "true");
  postweg_toml_set (lines, table, "email", account->address);
  postweg_toml_set (lines, table, "display-name", account->name);
  set_server (lines, table, 0, account->incoming, edit->incoming_command);
  set_server (lines, table, 1, account->outgoing, edit->outgoing_command);
  return postweg_lines_bytes (lines);
}

static const char *const places[] = { "$/himalaya/config.toml", "~/.himalayarc", NULL };

static const PostwegTextProgram himalaya = {
  .places = places,
  .new_place = "$/himalaya/config.toml",
  .command = "himalaya",
  .keep = postweg_look_up_plan,
  .asks = N_("%s has no password yet: run “himalaya account configure”, which asks for it."), .list = list,
              .edit = edit_file
  };

const PostwegClient postweg_client_himalaya = {
  .id = "himalaya",
  .name = "Himalaya",
  .kind = POSTWEG_KIND_TERMINAL,
  .abilities = POSTWEG_CAN_IMAP | POSTWEG_CAN_SMTP | POSTWEG_CAN_TLS | POSTWEG_CAN_STARTTLS |
               POSTWEG_CAN_PLAIN | POSTWEG_CAN_OAUTH2 | POSTWEG_CAN_OTHER_USER | POSTWEG_CAN_UNICODE |
               POSTWEG_CAN_UNICODE_SECRET | POSTWEG_KEEPS_NAME | POSTWEG_KEEPS_ADDRESS,
  .details = &himalaya,
  .find = postweg_text_find,
  .read = postweg_text_read,
  .plan = postweg_text_plan,
};
