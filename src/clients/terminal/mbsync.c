/* mbsync (isync): IMAP accounts in ~/.mbsyncrc, as version 1.4.4 reads it. */
#include "clients/ask.h"
#include "clients/lines.h"
#include "clients/terminal/look-up.h"
#include "clients/terminal/mbsync.h"
#include "clients/rows.h"
#include "clients/text-program.h"
#include "model/error.h"
#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

/* The first word of a line: in quotes or not, a backslash takes the next character as it is. */
static char *
unquote (const char *raw)
{
  GString *word = g_string_new (NULL);
  gboolean quoted = FALSE;

  for (const char *p = raw; *p != '\0' && (quoted || !g_ascii_isspace (*p)); p++)
    if (*p == '\\' && p[1] != '\0')
      g_string_append_c (word, *++p);
    else if (*p == '"')
      quoted = !quoted;
    else
      g_string_append_c (word, *p);
  return g_string_free (word, FALSE);
}

static char *
quote (const char *value)
{
  g_autoptr (GString) word = g_string_new (NULL);

  if (*value != '\0' && value[strcspn (value, " \t\"\\#")] == '\0')
    return g_strdup (value);
  for (const char *p = value; *p != '\0'; p++)
    {
      if (*p == '"' || *p == '\\')
        g_string_append_c (word, '\\');
      g_string_append_c (word, *p);
    }
  return g_strdup_printf ("\"%s\"", word->str);
}

/* Several words, such as the list of AuthMechs, are one value. */
static char *
unquote_value (const char *raw)
{
  gboolean is_list = strpbrk (raw, "\"\\") == NULL;

  return is_list ? g_strdup (raw) : unquote (raw);
}

static char *
section_of (const char *line)
{
  static const char *const kinds[] = { "IMAPAccount", "IMAPStore", "MaildirStore", "Channel", "Group", NULL };

  for (guint i = 0; kinds[i] != NULL; i++)
    {
      gsize length = strlen (kinds[i]);
      g_autofree char *name = NULL;

      if (g_ascii_strncasecmp (line, kinds[i], length) != 0 || !g_ascii_isspace (line[length]))
        continue;
      name = g_strstrip (g_strdup (line + length));
      return g_strdup_printf ("%s %s", kinds[i], name);
    }
  return NULL;
}

static const PostwegDialect dialect = { .section = section_of,
                                        .separators = " \t",
                                        .comments = "#",
                                        .between = " ",
                                        .unquote = unquote_value,
                                        .quote = quote,
                                        .blank_ends = TRUE,
                                        .any_case = TRUE };

/* Version 1.5 calls it TLSType and knows the old name. */
static const char *
tls_key (const PostwegLines *lines, guint section)
{
  return postweg_lines_get (lines, section, "TLSType") != NULL ? "TLSType" : "SSLType";
}

static PostwegSecurity
security_of (const PostwegLines *lines, guint section)
{
  const char *type = postweg_lines_get_or (lines, section, tls_key (lines, section), "STARTTLS");

  if (g_ascii_strcasecmp (type, "IMAPS") == 0)
    return POSTWEG_TLS;
  return g_ascii_strcasecmp (type, "None") == 0 ? POSTWEG_PLAIN : POSTWEG_STARTTLS;
}

static gboolean
is_plain_mechanism (const char *name)
{
  static const char *const plain[] = { "*", "PLAIN", "LOGIN", NULL };

  for (guint i = 0; plain[i] != NULL; i++)
    if (g_ascii_strcasecmp (plain[i], name) == 0)
      return TRUE;
  return FALSE;
}

static PostwegAuth
auth_of (const char *mechanisms)
{
  g_auto (GStrv) names = g_strsplit_set (mechanisms, " \t", -1);
  gboolean token = FALSE;

  for (guint i = 0; names[i] != NULL; i++)
    if (is_plain_mechanism (names[i]))
      return POSTWEG_AUTH_PASSWORD;
    else
      token = token || g_ascii_strcasecmp (names[i], "XOAUTH2") == 0 ||
              g_ascii_strcasecmp (names[i], "OAUTHBEARER") == 0;
  return token ? POSTWEG_AUTH_OAUTH2 : POSTWEG_AUTH_ENCRYPTED;
}

/* A store can hold an account itself, without a section for it. */
static char *
id_of (const PostwegLines *lines, guint section)
{
  const char *name = postweg_lines_section (lines, section);
  gboolean holds = g_str_has_prefix (name, "IMAPAccount ") || g_str_has_prefix (name, "IMAPStore ");

  if (!holds || postweg_lines_get (lines, section, "Host") == NULL)
    return NULL;
  return unquote (strchr (name, ' ') + 1);
}

static PostwegServer *
server_of (const PostwegLines *lines, guint section)
{
  const char *port = postweg_lines_get_or (lines, section, "Port", "0");
  PostwegServer *server =
      postweg_server_new (POSTWEG_IMAP, postweg_lines_get (lines, section, "Host"), (guint16) atoi (port),
                          security_of (lines, section), postweg_lines_get_or (lines, section, "User", ""));

  server->auth = auth_of (postweg_lines_get_or (lines, section, "AuthMechs", "*"));
  return server;
}

static gboolean
list (const PostwegTextFile *file, GPtrArray *accounts, GError **error G_GNUC_UNUSED)
{
  g_autoptr (PostwegLines) lines = postweg_lines_new (&dialect, file->bytes);

  for (guint i = 1; i < postweg_lines_n_sections (lines); i++)
    {
      g_autofree char *id = id_of (lines, i);
      g_autoptr (PostwegServer) server = id != NULL ? server_of (lines, i) : NULL;

      if (id != NULL)
        g_ptr_array_add (accounts,
                         postweg_stored_account_new (id, postweg_account_new ("", "", server, NULL), ""));
    }
  return TRUE;
}

/* Names of accounts, stores, channels and groups are looked at alike, so that none is used twice. */
static gboolean
is_taken (gconstpointer data, const char *id)
{
  const PostwegLines *lines = data;

  for (guint i = 1; i < postweg_lines_n_sections (lines); i++)
    {
      g_autofree char *name = unquote (strchr (postweg_lines_section (lines, i), ' ') + 1);

      if (g_str_has_prefix (name, id))
        return TRUE;
    }
  return FALSE;
}

static gboolean
find_account (const PostwegLines *lines, const char *wanted, guint *section)
{
  for (*section = 1; *section < postweg_lines_n_sections (lines); (*section)++)
    {
      g_autofree char *id = id_of (lines, *section);

      if (g_strcmp0 (id, wanted) == 0)
        return TRUE;
    }
  return FALSE;
}

/* Without encryption, the plain sign-in has to be asked for by name. */
static const char *
mechanisms_for (const PostwegServer *server)
{
  static const char *const words[] = { NULL, "SCRAM-SHA-256 SCRAM-SHA-1 CRAM-MD5", "XOAUTH2", NULL };

  return server->auth == POSTWEG_AUTH_PASSWORD && server->security == POSTWEG_PLAIN ? "LOGIN"
                                                                                    : words[server->auth];
}

static void
set_account (PostwegLines *lines, guint section, const PostwegTextEdit *edit)
{
  static const char *const types[] = { "IMAPS", "STARTTLS", "None" };
  const PostwegServer *server = edit->account->incoming;
  g_autofree char *port = g_strdup_printf ("%u", server->port);
  const char *now = postweg_lines_get_or (lines, section, "AuthMechs", "*");

  postweg_lines_set (lines, section, "Host", server->host);
  postweg_lines_set (lines, section, "Port", port);
  postweg_lines_set (lines, section, "User", server->user);
  if (edit->id == NULL || security_of (lines, section) != server->security)
    postweg_lines_set (lines, section, tls_key (lines, section), types[server->security]);
  if (auth_of (now) != server->auth || (server->security == POSTWEG_PLAIN && strcmp (now, "*") == 0))
    postweg_lines_set (lines, section, "AuthMechs", mechanisms_for (server));
  if (edit->incoming_command == NULL)
    return;
  postweg_lines_set (lines, section, "Pass", NULL);
  postweg_lines_set (lines, section, "PassCmd", edit->incoming_command);
}

/* kind: "IMAPStore"; suffix: of the name */
static guint
add_section (PostwegLines *lines, const char *kind, const char *id, const char *suffix)
{
  g_autofree char *header = g_strdup_printf ("%s %s%s", kind, id, suffix);

  return postweg_lines_add_section (lines, header);
}

/* Where the mail goes: a Maildir for this account; nothing is ever deleted on the other side. */
static void
add_channel (PostwegLines *lines, const PostwegTextEdit *edit, const char *id)
{
  g_autofree char *path = g_strdup_printf ("~/Mail/%s/", id);
  g_autofree char *inbox = g_strdup_printf ("~/Mail/%s/INBOX", id);
  g_autofree char *far = g_strdup_printf (":%s-remote:", id);
  g_autofree char *near = g_strdup_printf (":%s-local:", id);
  guint section = add_section (lines, "IMAPStore", id, "-remote");

  postweg_lines_set (lines, section, "Account", id);
  section = add_section (lines, "MaildirStore", id, "-local");
  postweg_lines_set (lines, section, "SubFolders", "Verbatim");
  postweg_lines_set (lines, section, "Path", path);
  postweg_lines_set (lines, section, "Inbox", inbox);
  section = add_section (lines, "Channel", id, "");
  postweg_lines_set (lines, section, "Far", far);
  postweg_lines_set (lines, section, "Near", near);
  postweg_lines_set (lines, section, "Patterns", "*");
  postweg_lines_set (lines, section, "Create", "Both");
  postweg_lines_set (lines, section, "Expunge", "None");
  postweg_lines_set (lines, section, "SyncState", "*");
  g_ptr_array_add (edit->plan->folders, postweg_text_path (edit->file, path));
  g_ptr_array_add (edit->plan->left_to_do,
                   g_strdup_printf (_("Run “mbsync %s” to fetch mail into the folder “%s”."), id, path));
}

static GBytes *
edit_file (const PostwegTextEdit *edit, GError **error G_GNUC_UNUSED)
{
  g_autoptr (PostwegLines) lines = postweg_lines_new (&dialect, edit->file->bytes);
  g_autofree char *id = NULL;
  guint section;

  if (edit->id != NULL && find_account (lines, edit->id, &section))
    set_account (lines, section, edit);
  else
    {
      id = postweg_text_new_id (edit->account->incoming->user, is_taken, lines);
      set_account (lines, add_section (lines, "IMAPAccount", id, ""), edit);
      add_channel (lines, edit, id);
    }
  return postweg_lines_bytes (lines);
}

/* Asked for a channel that cannot be there, it reads its file, says so and goes without connecting. */
#define NO_CHANNEL "postweg-asks"

static char *
prove (const PostwegClient *client G_GNUC_UNUSED, const PostwegPlan *plan, GError **error)
{
  const char *const command[] = { "mbsync", "-c", plan->profile, NO_CHANNEL, NULL };
  g_autofree char *said = NULL;
  g_autofree char *complaints = NULL;

  if (!postweg_ask_anyway (command, &said, &complaints))
    return NULL;
  /* what it does not like about the file comes instead of this, never before it */
  if (g_str_has_prefix (complaints, "No channel or group named '" NO_CHANNEL "'") ||
      g_str_has_prefix (complaints, "No channels defined"))
    return g_strdup (_("mbsync was asked and accepts the file."));
  g_set_error (error, POSTWEG_ERROR, POSTWEG_ERROR_BAD_FORMAT,
               _("%s was asked and does not accept the settings: “%s”"), "mbsync", g_strchomp (complaints));
  return NULL;
}

static const char *const places[] = { "~/.mbsyncrc", "$/isyncrc", NULL };

static const PostwegTextProgram mbsync = { .places = places,
                                           .new_place = "~/.mbsyncrc",
                                           .command = "mbsync",
                                           .keep = postweg_look_up_plan,
                                           .list = list,
                                           .edit = edit_file };

const PostwegClient postweg_client_mbsync = {
  .id = "mbsync",
  .name = "mbsync",
  .kind = POSTWEG_KIND_TERMINAL,
  .abilities = POSTWEG_CAN_IMAP | POSTWEG_CAN_TLS | POSTWEG_CAN_STARTTLS | POSTWEG_CAN_PLAIN |
               POSTWEG_CAN_OAUTH2 | POSTWEG_CAN_ENCRYPTED | POSTWEG_CAN_UNICODE | POSTWEG_CAN_UNICODE_SECRET,
  .details = &mbsync,
  .find = postweg_text_find,
  .read = postweg_text_read,
  .plan = postweg_text_plan,
  .prove = prove,
};

/* Returns: (transfer full): the section that ":STORE:" or ":STORE:FOLDER" means; 0: none */
static guint
store_section (const PostwegLines *lines, const char *kind, const char *reference)
{
  const char *end = reference != NULL && *reference == ':' ? strchr (reference + 1, ':') : NULL;
  g_autofree char *wanted = end != NULL ? g_strndup (reference + 1, (gsize) (end - reference - 1)) : NULL;

  for (guint i = 1; wanted != NULL && i < postweg_lines_n_sections (lines); i++)
    {
      const char *header = postweg_lines_section (lines, i);
      g_autofree char *name = g_str_has_prefix (header, kind) ? unquote (strchr (header, ' ') + 1) : NULL;

      if (g_strcmp0 (name, wanted) == 0)
        return i;
    }
  return 0;
}

/* The store of this kind at one of the channel's ends. Before version 1.4 these were Master and Slave. */
static guint
end_of (const PostwegLines *lines, guint channel, const char *kind)
{
  static const char *const ends[] = { "Far", "Near", "Master", "Slave" };
  guint section = 0;

  for (guint i = 0; i < G_N_ELEMENTS (ends) && section == 0; i++)
    section = store_section (lines, kind, postweg_lines_get (lines, channel, ends[i]));
  return section;
}

static PostwegMbsyncChannel *
channel_at (const PostwegLines *lines, guint section)
{
  const char *header = postweg_lines_section (lines, section);
  guint far = g_str_has_prefix (header, "Channel ") ? end_of (lines, section, "IMAPStore ") : 0;
  guint near = far != 0 ? end_of (lines, section, "MaildirStore ") : 0;
  const char *account = far != 0 ? postweg_lines_get (lines, far, "Account") : NULL;
  g_autofree char *id = far != 0 && account == NULL ? id_of (lines, far) : g_strdup (account);
  PostwegMbsyncChannel *channel;

  if (near == 0 || id == NULL || !find_account (lines, id, &far))
    return NULL;
  channel = g_new0 (PostwegMbsyncChannel, 1);
  channel->name = unquote (strchr (header, ' ') + 1);
  channel->account = g_steal_pointer (&id);
  channel->server = server_of (lines, far);
  channel->path = g_strdup (postweg_lines_get_or (lines, near, "Path", ""));
  channel->inbox = g_strdup (postweg_lines_get_or (lines, near, "Inbox", "~/Maildir"));
  return channel;
}

static void
channel_free (gpointer data)
{
  PostwegMbsyncChannel *channel = data;

  g_free (channel->name);
  g_free (channel->account);
  postweg_server_free (channel->server);
  g_free (channel->path);
  g_free (channel->inbox);
  g_free (channel);
}

GPtrArray *
postweg_mbsync_channels (GBytes *bytes)
{
  g_autoptr (PostwegLines) lines = postweg_lines_new (&dialect, bytes);
  GPtrArray *channels = g_ptr_array_new_with_free_func (channel_free);

  for (guint i = 1; i < postweg_lines_n_sections (lines); i++)
    {
      PostwegMbsyncChannel *channel = channel_at (lines, i);

      if (channel != NULL)
        g_ptr_array_add (channels, channel);
    }
  return channels;
}
