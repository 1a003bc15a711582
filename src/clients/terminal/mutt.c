/* mutt and neomutt: each account in a file of its own, which the person's muttrc sources. */
#include "clients/ask.h"
#include "clients/terminal/look-up.h"
#include "clients/terminal/mutt-server.h"
#include "clients/terminal/muttrc.h"
#include "clients/rows.h"
#include "clients/text-program.h"
#include "model/error.h"
#include <glib/gi18n-lib.h>
#include <string.h>

#define DEPTH_MAX 4 /* files that source files that … */

static char *
accounts_folder (const PostwegTextFile *file)
{
  g_autofree char *folder = g_path_get_dirname (file->path);
  g_autofree char *name = g_path_get_basename (file->path);
  g_autofree char *hidden = NULL;

  if (*name != '.')
    return g_build_filename (folder, "accounts", NULL);
  /* ~/.muttrc has its folder beside it: ~/.mutt */
  hidden = g_strndup (name, strlen (name) - (g_str_has_suffix (name, "rc") ? 2 : 0));
  return g_build_filename (folder, hidden, "accounts", NULL);
}

static PostwegAccount *
account_of (const PostwegMuttrc *rc)
{
  g_autoptr (PostwegServer) in = postweg_mutt_incoming (rc);
  g_autoptr (PostwegServer) out = postweg_mutt_outgoing (rc);
  const char *record = postweg_muttrc_get (rc, "record");
  PostwegAccount *account;

  if (in == NULL && out == NULL)
    return NULL;
  account = postweg_account_new (postweg_muttrc_get_or (rc, "realname", ""),
                                 postweg_muttrc_get_or (rc, "from", ""), in, out);
  account->pop.keep_on_server = strcmp (postweg_muttrc_get_or (rc, "pop_delete", "no"), "yes") != 0;
  account->program.is_known = TRUE;
  if (record != NULL && (*record == '+' || *record == '='))
    account->program.sent_folder = g_strdup (record + 1);
  return account;
}

/* What has been looked at, so that files that source each other come to an end. */
typedef struct {
  const PostwegTextFile *file;
  GPtrArray *accounts;
  GHashTable *seen; /* paths */
} Look;

static void look_into (Look *look, const char *path, GBytes *bytes, guint depth);

static void
look_at (Look *look, const char *path, guint depth)
{
  g_autofree char *full = postweg_text_path (look->file, path);
  g_autoptr (GBytes) bytes = NULL;

  if (depth < DEPTH_MAX && g_path_is_absolute (full) && !g_str_has_suffix (full, "|") &&
      !g_hash_table_contains (look->seen, full) && postweg_text_other (look->file, full, &bytes, NULL) &&
      bytes != NULL)
    look_into (look, full, bytes, depth);
}

static void
look_into (Look *look, const char *path, GBytes *bytes, guint depth)
{
  g_autoptr (PostwegMuttrc) rc = postweg_muttrc_new (bytes);
  const GPtrArray *sources = postweg_muttrc_sources (rc);
  PostwegAccount *account = account_of (rc);

  g_hash_table_add (look->seen, g_strdup (path));
  if (account != NULL)
    g_ptr_array_add (look->accounts, postweg_stored_account_new (path, account, ""));
  for (guint i = 0; i < sources->len; i++)
    look_at (look, g_ptr_array_index (sources, i), depth + 1);
}

/* Files that are only used with -F lie in the folder of accounts, too. */
static void
look_into_folder (Look *look)
{
  g_autofree char *folder = accounts_folder (look->file);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (!g_file_test (path, G_FILE_TEST_IS_DIR))
        look_at (look, path, 1);
    }
}

static void
look_at_planned (Look *look)
{
  const PostwegPlan *plan = look->file->ahead;

  for (guint i = 0; plan != NULL && i < plan->changes->len; i++)
    {
      const PostwegChange *change = g_ptr_array_index (plan->changes, i);

      if (postweg_change_is_file (change))
        look_at (look, change->target, 1);
    }
}

static gboolean
list (const PostwegTextFile *file, GPtrArray *accounts, GError **error G_GNUC_UNUSED)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Look look = { file, accounts, seen };

  look_into (&look, file->path, file->bytes, 0);
  look_at_planned (&look);
  look_into_folder (&look);
  return TRUE;
}

static gboolean
is_taken (gconstpointer folder, const char *id)
{
  g_autofree char *path = g_build_filename (folder, id, NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static void
set_identity (PostwegMuttrc *rc, const PostwegAccount *account)
{
  postweg_muttrc_set (rc, "realname", account->name);
  postweg_muttrc_set (rc, "from", account->address);
}

static void
set_folders (PostwegMuttrc *rc, const PostwegTextEdit *edit)
{
  static const char *const folders[] = { "spoolfile", "+INBOX", "postponed", "+Drafts", "trash", "+Trash" };

  if (edit->account->incoming->protocol != POSTWEG_IMAP)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (folders); i += 2)
    postweg_muttrc_set (rc, folders[i], folders[i + 1]);
  if (edit->files_sent)
    postweg_muttrc_set (rc, "copy", "no");
  else
    postweg_muttrc_set (rc, "record", "+Sent");
}

static void
set_account (PostwegMuttrc *rc, const PostwegTextEdit *edit)
{
  if (edit->id == NULL || edit->account->name[0] != '\0' || edit->account->address[0] != '\0')
    set_identity (rc, edit->account);
  postweg_mutt_set_servers (rc, edit->account, edit->incoming_command, edit->outgoing_command);
}

/* The account that mutt begins with is sourced; for further ones there is a file to begin with. */
static void
say_how_to_start (const PostwegTextEdit *edit, const char *path, gboolean is_first)
{
  if (edit->account->incoming->protocol == POSTWEG_POP3)
    g_ptr_array_add (edit->plan->left_to_do, g_strdup (_("Press G in the index to fetch mail.")));
  if (!is_first)
    g_ptr_array_add (edit->plan->left_to_do,
                     g_strdup_printf (_("To use this account, start the program with “-F %s”."), path));
}

/* Returns: (transfer full): the person's own file, which sources the new one if it has no account yet */
static GBytes *
add_account (const PostwegTextEdit *edit)
{
  g_autofree char *folder = accounts_folder (edit->file);
  g_autofree char *id = postweg_text_new_id (edit->account->address, is_taken, folder);
  g_autofree char *path = g_build_filename (folder, id, NULL);
  g_autoptr (GPtrArray) there = g_ptr_array_new_with_free_func ((GDestroyNotify) postweg_stored_account_free);
  g_autoptr (PostwegMuttrc) own = postweg_muttrc_new (NULL);
  g_autoptr (PostwegMuttrc) main_rc = postweg_muttrc_new (edit->file->bytes);
  g_autofree char *quoted = postweg_muttrc_quote (path);
  g_autofree char *main_quoted = postweg_muttrc_quote (edit->file->path);
  g_autofree char *source = g_strdup_printf ("source %s", quoted);
  g_autofree char *main_source = g_strdup_printf ("source %s", main_quoted);
  g_autoptr (GBytes) bytes = NULL;
  gboolean is_first;

  list (edit->file, there, NULL);
  is_first = there->len == 0;
  if (!is_first)
    postweg_muttrc_add (own, main_source);
  postweg_muttrc_set (own, "use_from", "yes");
  postweg_muttrc_set (own, "ssl_force_tls", "yes");
  set_account (own, edit);
  set_folders (own, edit);
  bytes = postweg_muttrc_bytes (own);
  postweg_plan_add_file (edit->plan, path, NULL, bytes, 0600);
  say_how_to_start (edit, path, is_first);
  if (is_first)
    postweg_muttrc_add (main_rc, source);
  return postweg_muttrc_bytes (main_rc);
}

/* The account's file is another one than the person's own, as a rule. */
static GBytes *
mend_account (const PostwegTextEdit *edit, GError **error)
{
  gboolean is_own = strcmp (edit->id, edit->file->path) == 0;
  g_autoptr (GBytes) before = is_own && edit->file->bytes != NULL ? g_bytes_ref (edit->file->bytes) : NULL;
  g_autoptr (GBytes) after = NULL;
  g_autoptr (PostwegMuttrc) rc = NULL;

  if (!is_own && !postweg_text_other (edit->file, edit->id, &before, error))
    return NULL;
  rc = postweg_muttrc_new (before);
  set_account (rc, edit);
  after = postweg_muttrc_bytes (rc);
  if (is_own)
    return g_steal_pointer (&after);
  postweg_change_conceal (postweg_plan_add_file (edit->plan, edit->id, before, after, 0600),
                          postweg_text_conceal);
  return edit->file->bytes != NULL ? g_bytes_ref (edit->file->bytes) : g_bytes_new (NULL, 0);
}

static GBytes *
edit_file (const PostwegTextEdit *edit, GError **error)
{
  return edit->id != NULL ? mend_account (edit, error) : add_account (edit);
}

/* Asked for single variables, it reads its files and says what it makes of them. */
static char *
prove (const PostwegClient *client, const PostwegPlan *plan, GError **error)
{
  g_autofree char *id = postweg_client_id_of (client, plan);
  const char *const command[] = { client->id, "-F", id, "-Q", "smtp_url", "-Q", "from", NULL };
  g_autofree char *url = postweg_mutt_url (plan->account->outgoing);
  g_autofree char *said = NULL;

  if (id == NULL || !postweg_ask (command, &said, error) || said == NULL)
    return NULL;
  if (strstr (said, url) != NULL && strstr (said, plan->account->address) != NULL)
    return g_strdup_printf (_("%s was asked and reads the account as meant."), client->name);
  postweg_ask_other (client, error);
  return NULL;
}

#define ABILITIES                                                                                            \
  (POSTWEG_CAN_IMAP | POSTWEG_CAN_POP3 | POSTWEG_CAN_SMTP | POSTWEG_CAN_TLS | POSTWEG_CAN_STARTTLS |         \
   POSTWEG_CAN_OAUTH2 | POSTWEG_CAN_ENCRYPTED | POSTWEG_CAN_SEND_OPEN | POSTWEG_CAN_OTHER_USER |             \
   POSTWEG_CAN_KEEP | POSTWEG_CAN_TAKE | POSTWEG_CAN_UNICODE | POSTWEG_CAN_UNICODE_SECRET |                  \
   POSTWEG_KEEPS_NAME | POSTWEG_KEEPS_ADDRESS)

static const char *const neomutt_places[] = { "$/neomutt/neomuttrc", "~/.neomutt/neomuttrc", "~/.neomuttrc",
                                              NULL };
static const char *const mutt_places[] = { "~/.muttrc", "~/.mutt/muttrc", "$/mutt/muttrc", NULL };

static const PostwegTextProgram neomutt = { .places = neomutt_places,
                                            .new_place = "$/neomutt/neomuttrc",
                                            .command = "neomutt",
                                            .keep = postweg_look_up_plan,
                                            .list = list,
                                            .edit = edit_file };
static const PostwegTextProgram mutt = { .places = mutt_places,
                                         .new_place = "~/.muttrc",
                                         .command = "mutt",
                                         .keep = postweg_look_up_plan,
                                         .list = list,
                                         .edit = edit_file };

const PostwegClient postweg_client_neomutt = {
  .id = "neomutt",
  .name = "NeoMutt",
  .kind = POSTWEG_KIND_TERMINAL,
  .abilities = ABILITIES,
  .details = &neomutt,
  .find = postweg_text_find,
  .read = postweg_text_read,
  .plan = postweg_text_plan,
  .prove = prove,
};
const PostwegClient postweg_client_mutt = {
  .id = "mutt",
  .name = "Mutt",
  .kind = POSTWEG_KIND_TERMINAL,
  .abilities = ABILITIES,
  .details = &mutt,
  .find = postweg_text_find,
  .read = postweg_text_read,
  .plan = postweg_text_plan,
  .prove = prove,
};
