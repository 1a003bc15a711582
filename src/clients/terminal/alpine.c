/* alpine: the account in ~/.pinerc, as version 2.26 reads it. */
#include "clients/lines.h"
#include "clients/mailbox.h"
#include "clients/process.h"
#include "clients/rows.h"
#include "clients/text-program.h"
#include "model/error.h"
#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

#define ID "pinerc" /* it has one account of its own; more are folder collections */
#define INBOX "inbox-path"
#define SMTP "smtp-server"
#define HEADERS "customized-hdrs"

static const PostwegDialect dialect = {
  .separators = "=", .comments = "#", .between = "=", .indent_continues = TRUE
};

/* HOST[:PORT][/FLAG]…: what c-client takes for a server. */
typedef struct {
  char *host, *user;
  guint16 port;
  gboolean ssl, tls, notls, pop;
} Place;

static void
place_clear (Place *place)
{
  g_free (place->host);
  g_free (place->user);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Place, place_clear)

/* A value may stand in quotes, with backslashes. Returns: (transfer full); next: (out): behind it */
static char *
read_value (const char *text, const char **next)
{
  GString *value = g_string_new (NULL);
  gboolean quoted = *text == '"';
  const char *p = text + (quoted ? 1 : 0);

  while (*p != '\0' && *p != (quoted ? '"' : '/'))
    {
      if (quoted && *p == '\\' && p[1] != '\0')
        p++;
      g_string_append_c (value, *p++);
    }
  *next = p + (quoted && *p == '"' ? 1 : 0);
  return g_string_free (value, FALSE);
}

static void
read_flag (Place *place, const char *flag)
{
  static const struct {
    const char *name;
    gsize offset;
  } flags[] = { { "ssl", offsetof (Place, ssl) },     { "tls", offsetof (Place, tls) },
                { "notls", offsetof (Place, notls) }, { "pop3", offsetof (Place, pop) },
                { "pop", offsetof (Place, pop) },     { "service=pop3", offsetof (Place, pop) } };

  for (guint i = 0; i < G_N_ELEMENTS (flags); i++)
    if (g_ascii_strcasecmp (flags[i].name, flag) == 0)
      *(gboolean *) ((char *) place + flags[i].offset) = TRUE;
}

static void
read_place (Place *place, const char *text)
{
  const char *p = text + strcspn (text, "/");
  const char *colon = memchr (text, ':', (gsize) (p - text));

  place->host = g_strndup (text, (gsize) ((colon != NULL ? colon : p) - text));
  place->port = colon != NULL ? (guint16) atoi (colon + 1) : 0;
  while (*p == '/')
    if (g_ascii_strncasecmp (p, "/user=", strlen ("/user=")) == 0)
      {
        g_free (place->user);
        place->user = read_value (p + strlen ("/user="), &p);
      }
    else
      {
        gsize length = strcspn (p + 1, "/");
        g_autofree char *flag = g_strndup (p + 1, length);

        read_flag (place, flag);
        p += 1 + length;
      }
}

static PostwegSecurity
security_of (const Place *place)
{
  if (place->ssl)
    return POSTWEG_TLS;
  return place->notls ? POSTWEG_PLAIN : POSTWEG_STARTTLS;
}

static PostwegServer *
server_of (const Place *place, PostwegProtocol protocol)
{
  PostwegSecurity security = security_of (place);
  guint16 usual = protocol == POSTWEG_SMTP && security != POSTWEG_TLS ? 25 : 0;
  PostwegServer *server = postweg_server_new (protocol, place->host, place->port != 0 ? place->port : usual,
                                              security, place->user != NULL ? place->user : "");

  if (protocol == POSTWEG_SMTP && place->user == NULL)
    server->auth = POSTWEG_AUTH_NONE;
  return server;
}

/* {PLACE}INBOX */
static PostwegServer *
incoming_of (const PostwegLines *lines)
{
  const char *text = postweg_lines_get_or (lines, 0, INBOX, "");
  const char *end = strrchr (text, '}');
  g_autofree char *inner =
      *text == '{' && end != NULL ? g_strndup (text + 1, (gsize) (end - text - 1)) : NULL;
  g_auto (Place) place = { 0 };

  if (inner == NULL)
    return NULL;
  read_place (&place, inner);
  return *place.host != '\0' ? server_of (&place, place.pop ? POSTWEG_POP3 : POSTWEG_IMAP) : NULL;
}

/* The first of a list; commas in a user name stand in quotes. */
static char *
first_of (const char *text)
{
  gboolean quoted = FALSE;
  const char *p = text;

  for (; *p != '\0' && (quoted || *p != ','); p++)
    if (*p == '\\' && p[1] != '\0')
      p++;
    else if (*p == '"')
      quoted = !quoted;
  return g_strndup (text, (gsize) (p - text));
}

/* What stands behind the first of a list, with the comma. */
static const char *
rest_of (const char *text)
{
  g_autofree char *first = first_of (text);

  return text + strlen (first);
}

static PostwegServer *
outgoing_of (const PostwegLines *lines)
{
  g_autofree char *text = first_of (postweg_lines_get_or (lines, 0, SMTP, ""));
  g_auto (Place) place = { 0 };

  read_place (&place, text);
  return *place.host != '\0' ? server_of (&place, POSTWEG_SMTP) : NULL;
}

/* What “customized-hdrs” says of the sender. */
static void
read_sender (const PostwegLines *lines, char **name, char **address)
{
  const char *headers = postweg_lines_get_or (lines, 0, HEADERS, "");

  postweg_mailbox_parse (g_str_has_prefix (headers, "From:") ? headers + strlen ("From:") : "", name,
                         address);
}

static gboolean
list (const PostwegTextFile *file, GPtrArray *accounts, GError **error G_GNUC_UNUSED)
{
  g_autoptr (PostwegLines) lines = postweg_lines_new (&dialect, file->bytes);
  g_autoptr (PostwegServer) in = incoming_of (lines);
  g_autoptr (PostwegServer) out = outgoing_of (lines);
  g_autofree char *name = NULL;
  g_autofree char *address = NULL;

  if (in == NULL && out == NULL)
    return TRUE;
  read_sender (lines, &name, &address);
  g_ptr_array_add (accounts,
                   postweg_stored_account_new (ID, postweg_account_new (name, address, in, out), ""));
  return TRUE;
}

static char *
quoted_user (const char *user)
{
  GString *text = g_string_new ("\"");

  for (const char *p = user; *p != '\0'; p++)
    {
      if (*p == '"' || *p == '\\')
        g_string_append_c (text, '\\');
      g_string_append_c (text, *p);
    }
  g_string_append_c (text, '"');
  return g_string_free (text, FALSE);
}

static char *
place_for (const PostwegServer *server)
{
  static const char *const flags[] = { "/ssl", "/tls", "/notls" };
  gboolean plain =
      server->user[strspn (server->user, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "@._+-")] == '\0';
  g_autofree char *user = plain ? g_strdup (server->user) : quoted_user (server->user);
  GString *text = g_string_new (server->host);

  g_string_append_printf (text, ":%u%s", server->port, flags[server->security]);
  if (server->auth != POSTWEG_AUTH_NONE)
    g_string_append_printf (text, "/user=%s", user);
  return g_string_free (text, FALSE);
}

static void
set_servers (PostwegLines *lines, const PostwegAccount *account)
{
  g_autoptr (PostwegServer) in = incoming_of (lines);
  g_autoptr (PostwegServer) out = outgoing_of (lines);
  g_autofree char *incoming = place_for (account->incoming);
  g_autofree char *outgoing = place_for (account->outgoing);
  g_autofree char *inbox = g_strdup_printf ("{%s}INBOX", incoming);
  g_autofree char *list_of_servers =
      g_strconcat (outgoing, rest_of (postweg_lines_get_or (lines, 0, SMTP, "")), NULL);

  if (in == NULL || !postweg_server_equal (in, account->incoming))
    postweg_lines_set (lines, 0, INBOX, inbox);
  if (out == NULL || !postweg_server_equal (out, account->outgoing))
    postweg_lines_set (lines, 0, SMTP, list_of_servers);
}

static void
set_sender (PostwegLines *lines, const PostwegAccount *account)
{
  g_autofree char *mailbox = postweg_mailbox_format (account->name, account->address);
  g_autofree char *from = g_strconcat ("From: ", mailbox, NULL);
  g_autofree char *name = NULL;
  g_autofree char *address = NULL;

  read_sender (lines, &name, &address);
  if (strcmp (name, account->name) != 0 || strcmp (address, account->address) != 0)
    postweg_lines_set (lines, 0, HEADERS, from);
}

/* Also one that only sends: its outgoing server would be lost. */
static gboolean
names_another (const PostwegLines *lines, const PostwegAccount *account)
{
  g_autoptr (PostwegServer) out = outgoing_of (lines);

  return *postweg_lines_get_or (lines, 0, INBOX, "") == '{' ||
         (out != NULL && !postweg_server_equal (out, account->outgoing));
}

static GBytes *
edit_file (const PostwegTextEdit *edit, GError **error)
{
  g_autoptr (PostwegLines) lines = postweg_lines_new (&dialect, edit->file->bytes);
  g_autofree char *folders = NULL;

  if (edit->id == NULL && names_another (lines, edit->account))
    {
      g_set_error (error, POSTWEG_ERROR, POSTWEG_ERROR_ALREADY_THERE,
                   _("Alpine has one account, and “%s” names another one already."), edit->file->path);
      return NULL;
    }
  set_servers (lines, edit->account);
  set_sender (lines, edit->account);
  if (edit->id == NULL)
    {
      g_autofree char *place = place_for (edit->account->incoming);

      folders = g_strdup_printf ("Mail {%s}[]", place);
      postweg_lines_set (lines, 0, "folder-collections", folders);
    }
  return postweg_lines_bytes (lines);
}

/* It writes its file anew when a setting changes there. */
static gboolean
is_running (const PostwegClient *client G_GNUC_UNUSED, const char *profile)
{
  return postweg_process_keeps ("alpine", ".pinerc", profile);
}

static const char *const places[] = { "~/.pinerc", NULL };

static const PostwegTextProgram alpine = {
  .places = places, .new_place = "~/.pinerc", .command = "alpine", .list = list, .edit = edit_file
};

/* POP there is a remote folder with another meaning of every option, so it is not offered. */
const PostwegClient postweg_client_alpine = {
  .id = "alpine",
  .name = "Alpine",
  .kind = POSTWEG_KIND_TERMINAL,
  .abilities = POSTWEG_CAN_IMAP | POSTWEG_CAN_SMTP | POSTWEG_CAN_TLS | POSTWEG_CAN_STARTTLS |
               POSTWEG_CAN_PLAIN | POSTWEG_CAN_SEND_OPEN | POSTWEG_CAN_OTHER_USER | POSTWEG_CAN_UNICODE |
               POSTWEG_CAN_UNICODE_SECRET | POSTWEG_KEEPS_NAME | POSTWEG_KEEPS_ADDRESS,
  .details = &alpine,
  .find = postweg_text_find,
  .read = postweg_text_read,
  .plan = postweg_text_plan,
  .is_running = is_running,
  .how_to_quit = N_ ("Press Q in its main menu."),
  };
