/* git send-email: its settings in the person's own configuration of git, always read and written by “git config”. */
#include "clients/ask.h"
#include "clients/terminal/look-up.h"
#include "clients/mailbox.h"
#include "clients/rows.h"
#include "clients/text-program.h"
#include "model/error.h"
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>

#define SECTION "sendemail"

/* One copy of the file, which git may change; only the person can read it, and it goes with the folder. */
typedef struct {
  char *folder, *path;
  const char *original; /* its place, for what is said */
} Copy;

static void
copy_clear (Copy *copy)
{
  if (copy->path != NULL)
    g_unlink (copy->path);
  if (copy->folder != NULL)
    g_rmdir (copy->folder);
  g_free (copy->path);
  g_free (copy->folder);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Copy, copy_clear)

static gboolean
copy_make (Copy *copy, const PostwegTextFile *file, GError **error)
{
  gsize size = 0;
  const char *data = file->bytes != NULL ? g_bytes_get_data (file->bytes, &size) : "";

  copy->original = file->path;
  copy->folder = g_dir_make_tmp ("postweg-XXXXXX", NULL);
  copy->path = copy->folder != NULL ? g_build_filename (copy->folder, "config", NULL) : NULL;
  if (copy->path != NULL && g_file_set_contents_full (copy->path, size > 0 ? data : "", (gssize) size,
                                                      G_FILE_SET_CONTENTS_NONE, 0600, NULL))
    return TRUE;
  g_set_error_literal (error, POSTWEG_ERROR, POSTWEG_ERROR_CANNOT_WRITE,
                       _("No temporary file could be made for git."));
  return FALSE;
}

/* git speaks of the copy. */
static void
name_original (const Copy *copy, GError *error)
{
  g_autoptr (GString) words = g_string_new (error->message);

  g_string_replace (words, copy->path, copy->original, 0);
  g_free (error->message);
  error->message = g_strdup (words->str);
}

/* Returns: FALSE with an error if git does not accept it or is not there */
static gboolean
git_config (const Copy *copy, const char *first, const char *second, const char *third, char **said,
            GError **error)
{
  const char *const command[] = { "git", "config", "--file", copy->path, first, second, third, NULL };
  GError *problem = NULL;

  if (!postweg_ask (command, said, &problem))
    {
      name_original (copy, problem);
      g_propagate_error (error, problem);
      return FALSE;
    }
  if (*said != NULL)
    return TRUE;
  g_set_error_literal (error, POSTWEG_ERROR, POSTWEG_ERROR_NOT_FOUND, _("git is not installed."));
  return FALSE;
}

/* Returns: (transfer full): name in lower case (but for what stands between the dots) -> the last value; NULL with an error */
static GHashTable *
read_config (const PostwegTextFile *file, GError **error)
{
  g_autoptr (GHashTable) values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_auto (Copy) copy = { NULL, NULL, NULL };
  g_autofree char *said = NULL;
  g_auto (GStrv) lines = NULL;

  if (file->bytes == NULL)
    return g_steal_pointer (&values);
  if (!copy_make (&copy, file, error) || !git_config (&copy, "--list", NULL, NULL, &said, error))
    return NULL;
  lines = g_strsplit (said, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      char *equals = strchr (lines[i], '=');

      if (equals != NULL)
        g_hash_table_insert (values, g_strndup (lines[i], (gsize) (equals - lines[i])),
                             g_strdup (equals + 1));
    }
  return g_steal_pointer (&values);
}

/* What the identity says, else what holds for all of them. */
static const char *
value_of (GHashTable *values, const char *id, const char *key)
{
  g_autofree char *own = g_strdup_printf ("%s.%s", id, key);
  g_autofree char *common = g_strdup_printf (SECTION ".%s", key);
  const char *value = g_hash_table_lookup (values, own);

  value = value != NULL ? value : g_hash_table_lookup (values, common);
  return value != NULL ? value : "";
}

static PostwegSecurity
security_of (const char *encryption)
{
  if (strcmp (encryption, "ssl") == 0)
    return POSTWEG_TLS;
  return strcmp (encryption, "tls") == 0 ? POSTWEG_STARTTLS : POSTWEG_PLAIN;
}

static PostwegAuth
auth_of (const char *mechanisms)
{
  if (*mechanisms == '\0' || strstr (mechanisms, "PLAIN") != NULL || strstr (mechanisms, "LOGIN") != NULL)
    return POSTWEG_AUTH_PASSWORD;
  return strstr (mechanisms, "OAUTH") != NULL ? POSTWEG_AUTH_OAUTH2 : POSTWEG_AUTH_ENCRYPTED;
}

/* A path is a program that sends, no server. */
static PostwegAccount *
account_of (GHashTable *values, const char *id)
{
  const char *host = value_of (values, id, "smtpserver");
  const char *user = value_of (values, id, "smtpuser");
  PostwegSecurity security = security_of (value_of (values, id, "smtpencryption"));
  guint16 port = (guint16) atoi (value_of (values, id, "smtpserverport"));
  g_autoptr (PostwegServer) server = NULL;
  g_autofree char *name = NULL;
  g_autofree char *address = NULL;

  if (*host == '\0' || g_path_is_absolute (host))
    return NULL;
  if (port == 0)
    port = security == POSTWEG_TLS ? 465 : 25;
  server = postweg_server_new (POSTWEG_SMTP, host, port, security, user);
  server->auth = *user != '\0' ? auth_of (value_of (values, id, "smtpauth")) : POSTWEG_AUTH_NONE;
  postweg_mailbox_parse (value_of (values, id, "from"), &name, &address);
  return postweg_account_new (name, address, NULL, server);
}

static void
add_account (GHashTable *values, const char *id, GPtrArray *accounts)
{
  PostwegAccount *account = account_of (values, id);

  if (account != NULL)
    g_ptr_array_add (accounts, postweg_stored_account_new (id, account, ""));
}

static int
by_name (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

/* Returns: (transfer full): “sendemail.NAME” of the identities that name a server of their own */
static GPtrArray *
identities (GHashTable *values)
{
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);
  GHashTableIter iter;
  gpointer name;

  g_hash_table_iter_init (&iter, values);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    if (g_str_has_prefix (name, SECTION ".") && g_str_has_suffix (name, ".smtpserver") &&
        strlen (name) > strlen (SECTION ".smtpserver"))
      g_ptr_array_add (ids, g_strndup (name, strlen (name) - strlen (".smtpserver")));
  g_ptr_array_sort (ids, by_name);
  return ids;
}

static gboolean
list (const PostwegTextFile *file, GPtrArray *accounts, GError **error)
{
  g_autoptr (GHashTable) values = read_config (file, error);
  g_autoptr (GPtrArray) ids = NULL;

  if (values == NULL)
    return FALSE;
  add_account (values, SECTION, accounts);
  ids = identities (values);
  for (guint i = 0; i < ids->len; i++)
    add_account (values, g_ptr_array_index (ids, i), accounts);
  return TRUE;
}

/* value NULL: takes it away. A key that several lines set is set once. */
static gboolean
set (const Copy *copy, const char *section, const char *key, const char *value, GError **error)
{
  g_autofree char *name = g_strdup_printf ("%s.%s", section, key);
  g_autofree char *said = NULL;
  g_autoptr (GError) ignored = NULL;

  if (value != NULL)
    return git_config (copy, "--replace-all", name, value, &said, error);
  git_config (copy, "--unset-all", name, NULL, &said, &ignored);
  return TRUE;
}

/* git asks helpers for the password; this one looks it up. */
static gboolean
set_helper (const Copy *copy, const PostwegServer *server, const char *command, GError **error)
{
  g_autofree char *section = g_strdup_printf ("credential.smtp://%s:%u", server->host, server->port);
  g_autofree char *helper =
      g_strdup_printf ("!f() { test \"$1\" = get && printf 'password=%%s\\n' \"$(%s)\"; }; f", command);

  return set (copy, section, "helper", helper, error);
}

static gboolean
set_sign_in (const Copy *copy, const char *id, const PostwegTextEdit *edit, GError **error)
{
  const PostwegServer *server = edit->account->outgoing;
  /* what holds for all would hold for an identity that says nothing */
  const char *no_user = strcmp (id, SECTION) == 0 ? NULL : "";
  const char *user = server->auth != POSTWEG_AUTH_NONE ? server->user : no_user;
  const char *mechanisms = server->auth == POSTWEG_AUTH_ENCRYPTED ? "CRAM-MD5" : NULL;

  if (!set (copy, id, "smtpUser", user, error) || !set (copy, id, "smtpAuth", mechanisms, error))
    return FALSE;
  return edit->outgoing_command == NULL || (set (copy, id, "smtpPass", NULL, error) &&
                                            set_helper (copy, server, edit->outgoing_command, error));
}

static gboolean
set_account (const Copy *copy, const char *id, const PostwegTextEdit *edit, GError **error)
{
  static const char *const encryptions[] = { "ssl", "tls", "none" };
  const PostwegServer *server = edit->account->outgoing;
  g_autofree char *from = postweg_mailbox_format (edit->account->name, edit->account->address);
  g_autofree char *port = g_strdup_printf ("%u", server->port);

  return set (copy, id, "from", from, error) && set (copy, id, "smtpServer", server->host, error) &&
         set (copy, id, "smtpServerPort", port, error) &&
         set (copy, id, "smtpEncryption", encryptions[server->security], error) &&
         set_sign_in (copy, id, edit, error);
}

static gboolean
is_taken (gconstpointer values, const char *id)
{
  g_autofree char *name = g_strdup_printf (SECTION ".%s.smtpserver", id);

  return g_hash_table_contains ((GHashTable *) values, name);
}

/* The first account holds for all mail that git sends; further ones are identities. */
static char *
id_for (GHashTable *values, const PostwegTextEdit *edit)
{
  g_autofree char *name = NULL;

  if (edit->id != NULL)
    return g_strdup (edit->id);
  if (!g_hash_table_contains (values, SECTION ".smtpserver"))
    return g_strdup (SECTION);
  name = postweg_text_new_id (edit->account->address, is_taken, values);
  g_ptr_array_add (
      edit->plan->left_to_do,
      g_strdup_printf (_("To send with this account, add “--identity=%s” to “git send-email”."), name));
  return g_strdup_printf (SECTION ".%s", name);
}

static GBytes *
edit_file (const PostwegTextEdit *edit, GError **error)
{
  g_autoptr (GHashTable) values = read_config (edit->file, error);
  g_auto (Copy) copy = { NULL, NULL, NULL };
  g_autofree char *id = NULL;
  char *text;
  gsize length;

  if (values == NULL || !copy_make (&copy, edit->file, error))
    return NULL;
  id = id_for (values, edit);
  if (!set_account (&copy, id, edit, error))
    return NULL;
  if (g_file_get_contents (copy.path, &text, &length, NULL))
    return g_bytes_new_take (text, length);
  g_set_error_literal (error, POSTWEG_ERROR, POSTWEG_ERROR_CANNOT_READ,
                       _("What git has written could not be read."));
  return NULL;
}

static const char *const places[] = { "~/.gitconfig", "$/git/config", NULL };

static const PostwegTextProgram git = { .places = places,
                                        .new_place = "~/.gitconfig",
                                        .command = "git",
                                        .keep = postweg_look_up_plan,
                                        .list = list,
                                        .edit = edit_file };

const PostwegClient postweg_client_git = {
  .id = "git",
  .name = "git send-email",
  .kind = POSTWEG_KIND_TERMINAL,
  .abilities = POSTWEG_CAN_SMTP | POSTWEG_CAN_TLS | POSTWEG_CAN_STARTTLS | POSTWEG_CAN_PLAIN |
               POSTWEG_CAN_ENCRYPTED | POSTWEG_CAN_OAUTH2 | POSTWEG_CAN_SEND_OPEN | POSTWEG_CAN_OTHER_USER |
               POSTWEG_CAN_UNICODE | POSTWEG_CAN_UNICODE_SECRET | POSTWEG_KEEPS_NAME | POSTWEG_KEEPS_ADDRESS,
  .details = &git,
  .find = postweg_text_find,
  .read = postweg_text_read,
  .plan = postweg_text_plan,
};
