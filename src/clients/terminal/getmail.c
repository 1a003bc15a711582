/* getmail: one file for each account it fetches, as version 6.18 reads them. */
#include "clients/terminal/config-parser.h"
#include "clients/terminal/look-up.h"
#include "clients/rows.h"
#include "clients/text-program.h"
#include "model/error.h"
#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

#define RETRIEVER "retriever"

/* By the end of the name, since there are multidrop kinds and old ones of each. */
static const struct {
  const char *name;
  PostwegProtocol protocol;
  PostwegSecurity security;
} types[] = {
  { "SimpleIMAPSSLRetriever", POSTWEG_IMAP, POSTWEG_TLS },
  { "SimplePOP3SSLRetriever", POSTWEG_POP3, POSTWEG_TLS },
  { "SimpleIMAPRetriever", POSTWEG_IMAP, POSTWEG_PLAIN },
  { "SimplePOP3Retriever", POSTWEG_POP3, POSTWEG_PLAIN },
};

static const char *
type_for (const PostwegServer *server)
{
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    if (types[i].protocol == server->protocol && types[i].security == server->security)
      return types[i].name;
  return NULL;
}

static gboolean
is_true (const PostwegLines *lines, const char *section_name, const char *key)
{
  guint section;

  return postweg_lines_find (lines, section_name, &section) &&
         postweg_python_is_true (postweg_lines_get_or (lines, section, key, "false"));
}

static PostwegServer *
server_of (const PostwegLines *lines, guint section)
{
  const char *type = postweg_lines_get_or (lines, section, "type", "");
  const char *host = postweg_lines_get (lines, section, "server");
  PostwegServer *server;

  for (guint i = 0; host != NULL && i < G_N_ELEMENTS (types); i++)
    if (strcmp (types[i].name, type) == 0)
      {
        server = postweg_server_new (
            types[i].protocol, host, (guint16) atoi (postweg_lines_get_or (lines, section, "port", "0")),
            types[i].security, postweg_lines_get_or (lines, section, "username", ""));
        if (is_true (lines, RETRIEVER, "use_xoauth2"))
          server->auth = POSTWEG_AUTH_OAUTH2;
        else if (is_true (lines, RETRIEVER, "use_apop") || is_true (lines, RETRIEVER, "use_cram_md5"))
          server->auth = POSTWEG_AUTH_ENCRYPTED;
        return server;
      }
  return NULL;
}

static PostwegPopOptions
pop_of (const PostwegLines *lines)
{
  PostwegPopOptions pop = { .keep_on_server = !is_true (lines, "options", "delete") };
  guint section;

  if (pop.keep_on_server && postweg_lines_find (lines, "options", &section))
    pop.delete_after_days = (guint) atoi (postweg_lines_get_or (lines, section, "delete_after", "0"));
  return pop;
}

static gboolean
list (const PostwegTextFile *file, GPtrArray *accounts, GError **error G_GNUC_UNUSED)
{
  g_autoptr (PostwegLines) lines = postweg_lines_new (&postweg_config_parser, file->bytes);
  g_autofree char *id = g_path_get_basename (file->path);
  g_autoptr (PostwegServer) server = NULL;
  PostwegAccount *account;
  guint section;

  if (!postweg_lines_find (lines, RETRIEVER, &section))
    return TRUE;
  server = server_of (lines, section);
  if (server == NULL)
    return TRUE;
  account = postweg_account_new ("", "", server, NULL);
  if (server->protocol == POSTWEG_POP3)
    account->pop = pop_of (lines);
  g_ptr_array_add (accounts, postweg_stored_account_new (id, account, ""));
  return TRUE;
}

static guint
section_called (PostwegLines *lines, const char *name)
{
  g_autofree char *header = g_strdup_printf ("[%s]", name);
  guint section;

  return postweg_lines_find (lines, name, &section) ? section : postweg_lines_add_section (lines, header);
}

static void
set_mechanism (PostwegLines *lines, guint section, const PostwegServer *server)
{
  const char *key = server->protocol == POSTWEG_POP3 ? "use_apop" : "use_cram_md5";
  gboolean encrypted = server->auth == POSTWEG_AUTH_ENCRYPTED;

  if (postweg_python_is_true (postweg_lines_get_or (lines, section, key, "false")) != encrypted)
    postweg_lines_set (lines, section, key, encrypted ? "true" : NULL);
}

static void
set_retriever (PostwegLines *lines, const PostwegTextEdit *edit)
{
  const PostwegServer *server = edit->account->incoming;
  guint section = section_called (lines, RETRIEVER);
  g_autofree char *port = g_strdup_printf ("%u", server->port);
  g_auto (GStrv) words = postweg_look_up_words (server);
  g_autofree char *strings = postweg_python_strings ((const char *const *) words);
  g_autofree char *command = g_strdup_printf ("(%s)", strings);

  postweg_lines_set (lines, section, "type", type_for (server));
  postweg_lines_set (lines, section, "server", server->host);
  postweg_lines_set (lines, section, "port", port);
  postweg_lines_set (lines, section, "username", server->user);
  set_mechanism (lines, section, server);
  if (edit->incoming_command == NULL)
    return;
  postweg_lines_set (lines, section, "password", NULL);
  postweg_lines_set (lines, section, "password_command", command);
}

/* What POP does with mail on the server; by IMAP everything stays there. */
static void
set_options (PostwegLines *lines, const PostwegAccount *account)
{
  gboolean pop = account->incoming->protocol == POSTWEG_POP3;
  gboolean takes = pop && !account->pop.keep_on_server;
  guint section = section_called (lines, "options");
  const char *now = postweg_lines_get (lines, section, "delete");
  g_autofree char *days = g_strdup_printf ("%u", account->pop.delete_after_days);

  if (now == NULL || postweg_python_is_true (now) != takes)
    postweg_lines_set (lines, section, "delete", takes ? "true" : "false");
  if (pop && account->pop.keep_on_server && account->pop.delete_after_days > 0)
    postweg_lines_set (lines, section, "delete_after", days);
  else
    postweg_lines_set (lines, section, "delete_after", NULL);
}

static gboolean
is_there (gconstpointer folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

/* A Maildir of its own, named for the user. */
static char *
folder_name (const PostwegTextEdit *edit)
{
  g_autofree char *mail = postweg_text_path (edit->file, "~/Mail");

  return postweg_text_new_id (edit->account->incoming->user, is_there, mail);
}

static void
add_destination (PostwegLines *lines, const PostwegTextEdit *edit)
{
  static const char *const parts[] = { "cur", "new", "tmp" };
  g_autofree char *id = g_path_get_basename (edit->file->path);
  g_autofree char *mailbox = folder_name (edit);
  g_autofree char *path = g_strdup_printf ("~/Mail/%s/", mailbox);
  g_autofree char *folder = postweg_text_path (edit->file, path);
  guint section = section_called (lines, "destination");

  postweg_lines_set (lines, section, "type", "Maildir");
  postweg_lines_set (lines, section, "path", path);
  postweg_lines_set (lines, section_called (lines, "options"), "read_all", "false");
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    g_ptr_array_add (edit->plan->folders, g_build_filename (folder, parts[i], NULL));
  g_ptr_array_add (
      edit->plan->left_to_do,
      g_strdup_printf (_("Run “getmail --rcfile=%s” to fetch mail into the folder “%s”."), id, path));
}

static GBytes *
edit_file (const PostwegTextEdit *edit, GError **error)
{
  g_autoptr (PostwegLines) lines = postweg_lines_new (&postweg_config_parser, edit->file->bytes);
  guint section;

  if (edit->id == NULL && postweg_lines_find (lines, RETRIEVER, &section))
    {
      g_set_error (error, POSTWEG_ERROR, POSTWEG_ERROR_UNSUPPORTED,
                   _("A file of getmail holds one account. Please name a new file instead of “%s”."),
                      edit->file->path);
      return NULL;
    }
  set_retriever (lines, edit);
  if (edit->id == NULL)
    add_destination (lines, edit);
  if (edit->id == NULL || edit->account->incoming->protocol == POSTWEG_POP3)
    set_options (lines, edit->account);
  return postweg_lines_bytes (lines);
}

/* Its library for IMAP writes the password in ASCII. */
static gboolean
accepts (const PostwegAccount *account, const PostwegExport *options, GError **error)
{
  const PostwegSecret *secret = options->credentials != NULL ? options->credentials->incoming : NULL;

  if (account->incoming->protocol == POSTWEG_POP3 || secret == NULL ||
      g_str_is_ascii (postweg_secret_peek (secret)))
    return TRUE;
  g_set_error_literal (
      error, POSTWEG_ERROR, POSTWEG_ERROR_UNSUPPORTED,
      _("getmail cannot sign in to IMAP with a password that holds letters beyond ASCII. Use POP3, or "
                         "choose a password of plain letters and digits."));
  return FALSE;
}

static const char *const places[] = { "$/getmail/getmailrc", "~/.getmail/getmailrc", NULL };

static const PostwegTextProgram getmail = { .places = places,
                                            .new_place = "$/getmail/getmailrc",
                                            .command = "getmail",
                                            .is_folder = TRUE,
                                            .keep = postweg_look_up_plan,
                                            .accepts = accepts,
                                            .list = list,
                                            .edit = edit_file };

const PostwegClient postweg_client_getmail = {
  .id = "getmail",
  .name = "getmail",
  .kind = POSTWEG_KIND_TERMINAL,
  .abilities = POSTWEG_CAN_IMAP | POSTWEG_CAN_POP3 | POSTWEG_CAN_TLS | POSTWEG_CAN_PLAIN | POSTWEG_CAN_KEEP |
               POSTWEG_CAN_TAKE | POSTWEG_CAN_DAYS | POSTWEG_CAN_ENCRYPTED | POSTWEG_CAN_UNICODE_SECRET |
               POSTWEG_CAN_OAUTH2,
  .details = &getmail,
  .find = postweg_text_find,
  .read = postweg_text_read,
  .plan = postweg_text_plan,
};
