/* offlineimap: IMAP accounts in ~/.offlineimaprc, as the offlineimap3 of Debian 12 reads it. */
#include "clients/terminal/config-parser.h"
#include "clients/terminal/look-up.h"
#include "clients/rows.h"
#include "clients/text-program.h"
#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

#define REPOSITORY "Repository "

static PostwegSecurity
security_of (const PostwegLines *lines, guint section)
{
  if (postweg_python_is_true (postweg_lines_get_or (lines, section, "ssl", "yes")))
    return POSTWEG_TLS;
  return postweg_python_is_true (postweg_lines_get_or (lines, section, "starttls", "yes")) ? POSTWEG_STARTTLS
                                                                                           : POSTWEG_PLAIN;
}

static PostwegAuth
auth_of (const char *mechanisms)
{
  if (strstr (mechanisms, "PLAIN") != NULL || strstr (mechanisms, "LOGIN") != NULL)
    return POSTWEG_AUTH_PASSWORD;
  return strstr (mechanisms, "XOAUTH2") != NULL ? POSTWEG_AUTH_OAUTH2 : POSTWEG_AUTH_ENCRYPTED;
}

/* Where one is a Gmail repository, the server is known to the program. */
static const char *
host_of (const PostwegLines *lines, guint section)
{
  const char *type = postweg_lines_get_or (lines, section, "type", "");

  if (!g_str_has_prefix (postweg_lines_section (lines, section), REPOSITORY))
    return NULL;
  if (strcmp (type, "Gmail") == 0)
    return postweg_lines_get_or (lines, section, "remotehost", "imap.gmail.com");
  return strcmp (type, "IMAP") == 0 ? postweg_lines_get (lines, section, "remotehost") : NULL;
}

static gboolean
list (const PostwegTextFile *file, GPtrArray *accounts, GError **error G_GNUC_UNUSED)
{
  g_autoptr (PostwegLines) lines = postweg_lines_new (&postweg_interpolated_config_parser, file->bytes);

  for (guint i = 1; i < postweg_lines_n_sections (lines); i++)
    {
      const char *host = host_of (lines, i);
      const char *id = postweg_lines_section (lines, i) + (host != NULL ? strlen (REPOSITORY) : 0);
      g_autoptr (PostwegServer) server = NULL;

      if (host == NULL)
        continue;
      server = postweg_server_new (POSTWEG_IMAP, host,
                                   (guint16) atoi (postweg_lines_get_or (lines, i, "remoteport", "0")),
                                   security_of (lines, i), postweg_lines_get_or (lines, i, "remoteuser", ""));
      server->auth = auth_of (postweg_lines_get_or (lines, i, "auth_mechanisms", "PLAIN"));
      g_ptr_array_add (accounts,
                       postweg_stored_account_new (id, postweg_account_new ("", "", server, NULL), ""));
    }
  return TRUE;
}

/* A Python expression, as the program evaluates it. */
static char *
expression (const PostwegServer *server)
{
  g_auto (GStrv) words = postweg_look_up_words (server);
  g_autofree char *strings = postweg_python_strings ((const char *const *) words);

  return g_strdup_printf ("__import__('subprocess').check_output([%s])", strings);
}

static void
set_mechanisms (PostwegLines *lines, guint section, PostwegAuth wanted)
{
  static const char *const words[] = { NULL, "CRAM-MD5", "XOAUTH2", NULL };
  PostwegAuth now = auth_of (postweg_lines_get_or (lines, section, "auth_mechanisms", "PLAIN"));

  if (now != wanted)
    postweg_lines_set (lines, section, "auth_mechanisms", words[wanted]);
}

static void
set_server (PostwegLines *lines, guint section, const PostwegTextEdit *edit)
{
  const PostwegServer *server = edit->account->incoming;
  g_autofree char *port = g_strdup_printf ("%u", server->port);
  g_autofree char *evaluated = expression (server);

  postweg_lines_set (lines, section, "remotehost", server->host);
  postweg_lines_set (lines, section, "remoteport", port);
  postweg_lines_set (lines, section, "remoteuser", server->user);
  if (edit->id == NULL || security_of (lines, section) != server->security)
    {
      postweg_lines_set (lines, section, "ssl", server->security == POSTWEG_TLS ? "yes" : "no");
      postweg_lines_set (lines, section, "starttls", server->security == POSTWEG_STARTTLS ? "yes" : "no");
    }
  set_mechanisms (lines, section, server->auth);
  if (edit->incoming_command == NULL)
    return;
  postweg_lines_set (lines, section, "remotepass", NULL);
  postweg_lines_set (lines, section, "remotepasseval", evaluated);
}

/* kind: "Repository"; suffix: of the name */
static guint
add_section (PostwegLines *lines, const char *kind, const char *id, const char *suffix)
{
  g_autofree char *header = g_strdup_printf ("[%s %s%s]", kind, id, suffix);

  return postweg_lines_add_section (lines, header);
}

static void
add_to_list (PostwegLines *lines, const char *id)
{
  guint section;
  const char *now;
  g_autofree char *names = NULL;

  if (!postweg_lines_find (lines, "general", &section))
    section = postweg_lines_add_section (lines, "[general]");
  now = postweg_lines_get_or (lines, section, "accounts", "");
  names = *now != '\0' ? g_strdup_printf ("%s, %s", now, id) : g_strdup (id);
  postweg_lines_set (lines, section, "accounts", names);
}

static void
add_account (PostwegLines *lines, const PostwegTextEdit *edit, const char *id)
{
  g_autofree char *local = g_strdup_printf ("%s-local", id);
  g_autofree char *remote = g_strdup_printf ("%s-remote", id);
  g_autofree char *path = g_strdup_printf ("~/Mail/%s", id);
  guint section;

  add_to_list (lines, id);
  section = add_section (lines, "Account", id, "");
  postweg_lines_set (lines, section, "localrepository", local);
  postweg_lines_set (lines, section, "remoterepository", remote);
  section = add_section (lines, "Repository", id, "-local");
  postweg_lines_set (lines, section, "type", "Maildir");
  postweg_lines_set (lines, section, "localfolders", path);
  section = add_section (lines, "Repository", id, "-remote");
  postweg_lines_set (lines, section, "type", "IMAP");
  postweg_lines_set (lines, section, "sslcacertfile", "OS-DEFAULT");
  set_server (lines, section, edit);
  g_ptr_array_add (edit->plan->folders, postweg_text_path (edit->file, "~/Mail"));
  g_ptr_array_add (
      edit->plan->left_to_do,
      g_strdup_printf (_("Run “offlineimap -a %s” to fetch mail into the folder “%s”."), id, path));
}

static gboolean
is_taken (gconstpointer lines, const char *id)
{
  static const char *const forms[] = { "Account %s", "Repository %s", "Repository %s-local",
                                       "Repository %s-remote" };

  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      g_autoptr (GString) name = g_string_new (forms[i]);
      guint section;

      g_string_replace (name, "%s", id, 1);
      if (postweg_lines_find (lines, name->str, &section))
        return TRUE;
    }
  return FALSE;
}

static GBytes *
edit_file (const PostwegTextEdit *edit, GError **error G_GNUC_UNUSED)
{
  g_autoptr (PostwegLines) lines = postweg_lines_new (&postweg_interpolated_config_parser, edit->file->bytes);
  g_autofree char *name = g_strconcat (REPOSITORY, edit->id, NULL);
  g_autofree char *id = NULL;
  guint section;

  if (edit->id != NULL && postweg_lines_find (lines, name, &section))
    set_server (lines, section, edit);
  else
    {
      id = postweg_text_new_id (edit->account->incoming->user, is_taken, lines);
      add_account (lines, edit, id);
    }
  return postweg_lines_bytes (lines);
}

static const char *const places[] = { "$/offlineimap/config", "~/.offlineimaprc", NULL };

static const PostwegTextProgram offlineimap = { .places = places,
                                                .new_place = "~/.offlineimaprc",
                                                .command = "offlineimap",
                                                .keep = postweg_look_up_plan,
                                                .list = list,
                                                .edit = edit_file };

const PostwegClient postweg_client_offlineimap = {
  .id = "offlineimap",
  .name = "OfflineIMAP",
  .kind = POSTWEG_KIND_TERMINAL,
  .abilities = POSTWEG_CAN_IMAP | POSTWEG_CAN_TLS | POSTWEG_CAN_STARTTLS | POSTWEG_CAN_PLAIN |
               POSTWEG_CAN_OAUTH2 | POSTWEG_CAN_ENCRYPTED | POSTWEG_CAN_UNICODE | POSTWEG_CAN_UNICODE_SECRET,
  .details = &offlineimap,
  .find = postweg_text_find,
  .read = postweg_text_read,
  .plan = postweg_text_plan,
};
