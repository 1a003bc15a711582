/* accountrc: one section for each account, values as they stand up to the end of the line. */
#include "clients/desktop/accountrc.h"
#include "clients/lines.h"
#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

#define PREFIX "Account: "
#define POP3 "0"

static const PostwegDialect dialect = {
  .section = postweg_lines_bracket, .separators = "=", .comments = "", .between = "="
};

/* PostwegSecurity */
static const char *const securities[] = { "1", "2", "0" };

/* PostwegProtocol: where the server, its port and its encryption stand */
static const struct {
  const char *host, *set_port, *port, *security;
} keys[] = {
  { "receive_server", "set_imapport", "imap_port", "ssl_imap" },
  { "receive_server", "set_popport", "pop_port", "ssl_pop" },
  { "smtp_server", "set_smtpport", "smtp_port", "ssl_smtp" },
};

static guint
number (const PostwegLines *lines, guint section, const char *key, const char *fallback)
{
  return (guint) strtoul (postweg_lines_get_or (lines, section, key, fallback), NULL, 10);
}

static PostwegSecurity
security_of (const PostwegLines *lines, guint section, PostwegProtocol protocol)
{
  const char *value = postweg_lines_get_or (lines, section, keys[protocol].security, "0");

  for (guint i = 0; i < G_N_ELEMENTS (securities); i++)
    if (strcmp (value, securities[i]) == 0)
      return i;
  return POSTWEG_PLAIN;
}

static PostwegAuth
auth_of_bits (guint bits, guint encrypted, guint token)
{
  if ((bits & token) != 0)
    return POSTWEG_AUTH_OAUTH2;
  return bits != 0 && (bits & ~encrypted) == 0 ? POSTWEG_AUTH_ENCRYPTED : POSTWEG_AUTH_PASSWORD;
}

static PostwegAuth
auth_of (const PostwegAccountrc *kind, const PostwegLines *lines, guint section, PostwegProtocol protocol)
{
  if (protocol == POSTWEG_IMAP)
    return auth_of_bits (number (lines, section, "imap_auth_method", "0"), kind->imap_encrypted,
                         kind->imap_token);
  if (protocol == POSTWEG_POP3)
    return number (lines, section, "use_apop_auth", "0") != 0 ? POSTWEG_AUTH_ENCRYPTED
                                                              : POSTWEG_AUTH_PASSWORD;
  if (number (lines, section, "use_smtp_auth", "0") == 0)
    return POSTWEG_AUTH_NONE;
  return auth_of_bits (number (lines, section, "smtp_auth_method", "0"), kind->smtp_encrypted,
                       kind->smtp_token);
}

/* Without a user of its own for sending, it takes the one for receiving, with the same password. */
static const char *
user_of (const PostwegLines *lines, guint section, PostwegProtocol protocol)
{
  const char *own = postweg_lines_get_or (lines, section, "smtp_user_id", "");

  if (protocol == POSTWEG_SMTP && *own != '\0')
    return own;
  return postweg_lines_get_or (lines, section, "user_id", "");
}

static PostwegServer *
server_of (const PostwegAccountrc *kind, const PostwegLines *lines, guint section, PostwegProtocol protocol)
{
  const char *host = postweg_lines_get_or (lines, section, keys[protocol].host, "");
  guint port = number (lines, section, keys[protocol].set_port, "0") != 0
                   ? number (lines, section, keys[protocol].port, "0")
                   : 0;
  PostwegServer *server;

  if (*host == '\0')
    return NULL;
  server = postweg_server_new (protocol, host, (guint16) port, security_of (lines, section, protocol),
                               user_of (lines, section, protocol));
  server->auth = auth_of (kind, lines, section, protocol);
  if (server->auth == POSTWEG_AUTH_NONE)
    *server->user = '\0';
  return server;
}

static PostwegPopOptions
pop_of (const PostwegAccountrc *kind, const PostwegLines *lines, guint section)
{
  guint days = number (lines, section, "message_leave_time", kind->leave_days);
  guint hours = kind->has_hours ? number (lines, section, "message_leave_hour", "0") : 0;
  gboolean removes = number (lines, section, "remove_mail", "1") != 0;
  PostwegPopOptions pop = { .keep_on_server = !removes || days > 0 || hours > 0 };

  pop.delete_after_days = removes ? days + (hours > 0 ? 1 : 0) : 0;
  return pop;
}

static void
read_habits (const PostwegLines *lines, guint section, PostwegProgramHabits *habits)
{
  g_autofree char *own =
      g_strdup_printf ("#imap/%s/", postweg_lines_get_or (lines, section, "account_name", ""));
  const char *folder = postweg_lines_get_or (lines, section, "sent_folder", "");

  habits->is_known = TRUE;
  habits->sent_copy = POSTWEG_COPY_KEPT;
  if (number (lines, section, "set_sent_folder", "0") != 0 && g_str_has_prefix (folder, own))
    habits->sent_folder = g_strdup (folder + strlen (own));
}

/* Claws counts differently since its files have a version, and turns old ones round when it reads them. */
static gboolean
is_imap (const PostwegAccountrc *kind, const PostwegLines *lines, guint section)
{
  const char *protocol = postweg_lines_get_or (lines, section, "protocol", POP3);

  return strcmp (protocol, number (lines, section, "config_version", "0") == 0 ? "3" : kind->imap) == 0;
}

static void
add_account (const PostwegAccountrc *kind, const PostwegLines *lines, guint section, GPtrArray *accounts)
{
  const char *name = postweg_lines_section (lines, section);
  const char *protocol = postweg_lines_get_or (lines, section, "protocol", POP3);
  gboolean by_imap = is_imap (kind, lines, section);
  g_autoptr (PostwegServer) in = NULL, out = NULL;
  PostwegAccount *account;

  if (!g_str_has_prefix (name, PREFIX) || (!by_imap && strcmp (protocol, POP3) != 0))
    return;
  in = server_of (kind, lines, section, by_imap ? POSTWEG_IMAP : POSTWEG_POP3);
  out = server_of (kind, lines, section, POSTWEG_SMTP);
  account = postweg_account_new (postweg_lines_get_or (lines, section, "name", ""),
                                 postweg_lines_get_or (lines, section, "address", ""), in, out);
  if (!by_imap)
    account->pop = pop_of (kind, lines, section);
  read_habits (lines, section, &account->program);
  g_ptr_array_add (accounts, postweg_stored_account_new (name + strlen (PREFIX), account, ""));
}

void
postweg_accountrc_list (const PostwegAccountrc *kind, const PostwegTextFile *file, GPtrArray *accounts)
{
  g_autoptr (PostwegLines) lines = postweg_lines_new (&dialect, file->bytes);

  for (guint i = 1; i < postweg_lines_n_sections (lines); i++)
    add_account (kind, lines, i, accounts);
}

static void
set_number (PostwegLines *lines, guint section, const char *key, guint value)
{
  g_autofree char *text = g_strdup_printf ("%u", value);

  postweg_lines_set (lines, section, key, text);
}

static void
set_auth (const PostwegAccountrc *kind, PostwegLines *lines, guint section, const PostwegServer *server)
{
  guint row = server->auth == POSTWEG_AUTH_ENCRYPTED ? 1 : 0;

  if (server->protocol == POSTWEG_POP3)
    set_number (lines, section, "use_apop_auth", row);
  else if (server->protocol == POSTWEG_IMAP)
    set_number (lines, section, "imap_auth_method", kind->imap_methods[row]);
  else
    {
      set_number (lines, section, "use_smtp_auth", server->auth != POSTWEG_AUTH_NONE ? 1 : 0);
      if (server->auth != POSTWEG_AUTH_NONE)
        set_number (lines, section, "smtp_auth_method", kind->smtp_methods[row]);
    }
}

/* Only what differs from the server that is there. */
static void
set_server (const PostwegAccountrc *kind, PostwegLines *lines, guint section, const PostwegServer *server)
{
  PostwegProtocol protocol = server->protocol;
  g_autoptr (PostwegServer) now = server_of (kind, lines, section, protocol);

  if (now != NULL && postweg_server_equal (now, server))
    return;
  postweg_lines_set (lines, section, keys[protocol].host, server->host);
  set_number (lines, section, keys[protocol].set_port, 1);
  set_number (lines, section, keys[protocol].port, server->port);
  postweg_lines_set (lines, section, keys[protocol].security, securities[server->security]);
  if (now == NULL || now->auth != server->auth)
    set_auth (kind, lines, section, server);
}

/* A user of its own is needed where the name or the password is another one. */
static void
set_users (PostwegLines *lines, guint section, const PostwegTextEdit *edit)
{
  const PostwegAccount *account = edit->account;
  const PostwegCredentials *in_file = edit->in_file;
  gboolean one_password = in_file == NULL || postweg_secret_equal (in_file->incoming, in_file->outgoing);
  const char *own = postweg_lines_get_or (lines, section, "smtp_user_id", "");
  gboolean is_shared =
      strcmp (account->incoming->user, account->outgoing->user) == 0 && one_password && *own == '\0';

  postweg_lines_set (lines, section, "user_id", account->incoming->user);
  if (account->outgoing->auth != POSTWEG_AUTH_NONE && !is_shared)
    postweg_lines_set (lines, section, "smtp_user_id", account->outgoing->user);
}

static void
set_pop (const PostwegAccountrc *kind, PostwegLines *lines, guint section, const PostwegPopOptions *pop)
{
  postweg_lines_set (lines, section, "remove_mail",
                     !pop->keep_on_server || pop->delete_after_days > 0 ? "1" : "0");
  set_number (lines, section, "message_leave_time", pop->delete_after_days);
  if (kind->has_hours)
    postweg_lines_set (lines, section, "message_leave_hour", "0");
}

static void
set_pop_if_other (const PostwegAccountrc *kind, PostwegLines *lines, guint section,
                  const PostwegAccount *account)
{
  PostwegPopOptions now = pop_of (kind, lines, section);
  gboolean is_set = postweg_lines_get (lines, section, "remove_mail") != NULL;

  if (account->incoming->protocol != POSTWEG_POP3 ||
      (is_set && now.keep_on_server == account->pop.keep_on_server &&
       now.delete_after_days == account->pop.delete_after_days))
    return;
  set_pop (kind, lines, section, &account->pop);
}

static void
set_passwords (PostwegLines *lines, guint section, const PostwegTextEdit *edit)
{
  const PostwegCredentials *in_file = edit->in_file;
  const char *own = postweg_lines_get_or (lines, section, "smtp_user_id", "");

  if (in_file == NULL || in_file->incoming == NULL)
    return;
  postweg_lines_set (lines, section, "password", postweg_secret_peek (in_file->incoming));
  if (*own != '\0' && in_file->outgoing != NULL)
    postweg_lines_set (lines, section, "smtp_password", postweg_secret_peek (in_file->outgoing));
}

/* Numbers count from 1; the first account is the default. */
static guint
add_section (const PostwegAccountrc *kind, PostwegLines *lines, const PostwegTextEdit *edit)
{
  gboolean is_first = TRUE;
  g_autofree char *header = NULL;
  guint last = 0, section;

  for (guint i = 1; i < postweg_lines_n_sections (lines); i++)
    if (g_str_has_prefix (postweg_lines_section (lines, i), PREFIX))
      {
        last = MAX (last, (guint) strtoul (postweg_lines_section (lines, i) + strlen (PREFIX), NULL, 10));
        is_first = FALSE;
      }
  header = g_strdup_printf ("[" PREFIX "%u]", last + 1);
  section = postweg_lines_add_section (lines, header);
  postweg_lines_set (lines, section, "account_name", edit->account->address);
  postweg_lines_set (lines, section, "is_default", is_first ? "1" : "0");
  postweg_lines_set (lines, section, "protocol",
                     edit->account->incoming->protocol == POSTWEG_IMAP ? kind->imap : POP3);
  for (const char *const *key = kind->always; *key != NULL; key += 2)
    postweg_lines_set (lines, section, key[0], key[1]);
  return section;
}

GBytes *
postweg_accountrc_edit (const PostwegAccountrc *kind, const PostwegTextEdit *edit)
{
  g_autoptr (PostwegLines) lines = postweg_lines_new (&dialect, edit->file->bytes);
  g_autofree char *name = g_strdup_printf (PREFIX "%s", edit->id != NULL ? edit->id : "");
  guint section;

  if (edit->id == NULL || !postweg_lines_find (lines, name, &section))
    section = add_section (kind, lines, edit);
  postweg_lines_set (lines, section, "name", edit->account->name);
  postweg_lines_set (lines, section, "address", edit->account->address);
  set_users (lines, section, edit);
  set_server (kind, lines, section, edit->account->incoming);
  set_server (kind, lines, section, edit->account->outgoing);
  set_pop_if_other (kind, lines, section, edit->account);
  set_passwords (lines, section, edit);
  return postweg_lines_bytes (lines);
}
