/* mu4e in Emacs: mbsync fetches into a Maildir that mu4e reads, smtpmail sends (mu 1.8). */
#include "clients/rows.h"
#include "clients/terminal/emacs-sending.h"
#include "clients/terminal/look-up.h"
#include "clients/terminal/mbsync.h"
#include "model/error.h"
#include <glib/gi18n-lib.h>
#include <string.h>

#define ID "mu4e"
#define COMMAND "mu4e-get-mail-command"
#define USUAL "~/.mbsyncrc"

static const PostwegTextProgram mu4e;

/* How mbsync is called: its file and the channel; channel NULL: all of them. */
typedef struct {
  char *file, *channel;
} Fetch;

static void
fetch_clear (Fetch *fetch)
{
  g_free (fetch->file);
  g_free (fetch->channel);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Fetch, fetch_clear)

static gboolean
names_file (const char *option)
{
  return strcmp (option, "-c") == 0 || strcmp (option, "--config") == 0;
}

/* Returns: FALSE if another program fetches */
static gboolean
parse_command (const char *command, Fetch *fetch)
{
  g_auto (GStrv) words = NULL;
  g_autofree char *name = NULL;

  if (command == NULL || !g_shell_parse_argv (command, NULL, &words, NULL))
    return FALSE;
  name = g_path_get_basename (words[0]);
  if (strcmp (name, "mbsync") != 0)
    return FALSE;
  for (char **word = words + 1; *word != NULL; word++)
    if (names_file (*word) && word[1] != NULL)
      {
        g_free (fetch->file);
        fetch->file = g_strdup (*++word);
      }
    else if (**word != '-' && fetch->channel == NULL)
      fetch->channel = g_strdup (*word);
  if (fetch->file == NULL)
    fetch->file = g_strdup (USUAL);
  return TRUE;
}

static GPtrArray *
channels_of (const PostwegTextFile *file, const char *path)
{
  g_autoptr (GBytes) bytes = NULL;

  postweg_text_other (file, path, &bytes, NULL);
  return postweg_mbsync_channels (bytes);
}

/* Returns: (transfer none): the one that is called; a group or “all” is clear if there is one only */
static const PostwegMbsyncChannel *
called (const GPtrArray *channels, const Fetch *fetch)
{
  for (guint i = 0; i < channels->len; i++)
    {
      const PostwegMbsyncChannel *channel = g_ptr_array_index (channels, i);

      if (g_strcmp0 (channel->name, fetch->channel) == 0)
        return channel;
    }
  return channels->len == 1 ? g_ptr_array_index (channels, 0) : NULL;
}

/* account: (out) (optional) (transfer full): the id in mbsync's file */
static PostwegServer *
incoming_of (const PostwegTextFile *file, const PostwegElisp *lisp, Fetch *fetch, char **account)
{
  const PostwegMbsyncChannel *channel;
  g_autoptr (GPtrArray) channels = NULL;

  if (!parse_command (postweg_elisp_get (lisp, COMMAND), fetch))
    return NULL;
  channels = channels_of (file, fetch->file);
  channel = called (channels, fetch);
  if (channel != NULL && account != NULL)
    *account = g_strdup (channel->account);
  return channel != NULL ? postweg_server_copy (channel->server) : NULL;
}

static gboolean
list (const PostwegTextFile *file, GPtrArray *accounts, GError **error G_GNUC_UNUSED)
{
  g_autoptr (PostwegElisp) lisp = postweg_elisp_new (file->bytes);
  g_auto (Fetch) fetch = { 0 };
  g_autoptr (PostwegServer) in = incoming_of (file, lisp, &fetch, NULL);
  g_autoptr (PostwegServer) out = postweg_emacs_outgoing (lisp);

  if (postweg_elisp_get (lisp, COMMAND) != NULL && (in != NULL || out != NULL))
    g_ptr_array_add (accounts,
                     postweg_stored_account_new (
                         ID,
                         postweg_account_new (postweg_elisp_get_or (lisp, "user-full-name", ""),
                                              postweg_elisp_get_or (lisp, "user-mail-address", ""), in, out),
                         ""));
  return TRUE;
}

/* Beside an init file elsewhere, mbsync's settings lie elsewhere too. Returns: (transfer full) */
static char *
new_mbsyncrc (const PostwegTextFile *file)
{
  g_autofree char *folder = g_path_get_dirname (file->path);

  return postweg_text_is_usual (&mu4e, file) ? g_strdup (USUAL)
                                             : g_build_filename (folder, ".mbsyncrc", NULL);
}

/* Plans what mbsync needs. fetch: the file; gets the channel. id: of the account there that is mended, or NULL. */
static gboolean
plan_fetching (const PostwegTextEdit *edit, const char *path, const char *id, GError **error)
{
  const PostwegClient *mbsync = postweg_client_by_id ("mbsync");
  g_autofree char *full = postweg_text_path (edit->file, path);
  const PostwegExport options = { .home = edit->file->home,
                                  .profile = full,
                                  .replace = id,
                                  .files_sent = edit->files_sent,
                                  .credentials = edit->credentials };
  g_autoptr (PostwegPlan) plan = postweg_client_plan (mbsync, edit->account, &options, error);

  if (plan == NULL)
    return FALSE;
  while (plan->changes->len > 0)
    {
      PostwegChange *change = g_ptr_array_steal_index (plan->changes, 0);

      /* the password is planned for by ourselves */
      if (postweg_change_is_file (change))
        g_ptr_array_add (edit->plan->changes, change);
      else
        postweg_change_free (change);
    }
  g_ptr_array_extend_and_steal (edit->plan->folders, g_ptr_array_ref (plan->folders));
  return TRUE;
}

/* The folder that "mu init" is to look at, and how mu4e calls the account's folder in it. Nobody's home folder is one of mail. */
static void
split (const char *path, char **root, char **prefix)
{
  g_autofree char *folder = g_strdup (path);
  g_autofree char *parent = NULL;
  gsize length = strlen (folder);

  while (length > 1 && folder[length - 1] == '/')
    folder[--length] = '\0';
  parent = g_path_get_dirname (folder);
  if (strcmp (parent, "~") == 0 || strcmp (parent, g_get_home_dir ()) == 0 || strcmp (parent, "/") == 0)
    {
      *root = g_steal_pointer (&folder);
      *prefix = g_strdup ("");
      return;
    }
  *prefix = g_strdup (folder + strlen (parent));
  *root = g_steal_pointer (&parent);
}

static PostwegEmacsPair
folder_pair (const char *name, const char *prefix, const char *folder)
{
  g_autofree char *path = g_strdup_printf ("%s/%s", prefix, folder);

  return (PostwegEmacsPair){ name, postweg_elisp_string (path) };
}

#define N_MU4E 8

static char *
command_for (const char *path, const char *channel)
{
  g_autofree char *word = g_shell_quote (channel);
  g_autofree char *file = g_shell_quote (path);
  const char *shown =
      channel[strspn (channel, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "@._-")] != '\0' ? word : channel;

  return strcmp (path, USUAL) == 0 ? g_strdup_printf ("mbsync %s", shown)
                                   : g_strdup_printf ("mbsync -c %s %s", file, shown);
}

static void
reading_pairs (const char *command, const char *prefix, gboolean files_sent, PostwegEmacsPair *pairs)
{
  guint n = 0;

  pairs[n++] = (PostwegEmacsPair){ "mail-user-agent", g_strdup ("'mu4e-user-agent") };
  pairs[n++] = (PostwegEmacsPair){ COMMAND, postweg_elisp_string (command) };
  /* mbsync takes a moved file under its old name for one that it knows */
  pairs[n++] = (PostwegEmacsPair){ "mu4e-change-filenames-when-moving", g_strdup ("t") };
  pairs[n++] = folder_pair ("mu4e-sent-folder", prefix, "Sent");
  pairs[n++] = folder_pair ("mu4e-drafts-folder", prefix, "Drafts");
  pairs[n++] = folder_pair ("mu4e-trash-folder", prefix, "Trash");
  pairs[n++] = folder_pair ("mu4e-refile-folder", prefix, "Archive");
  pairs[n++] =
      (PostwegEmacsPair){ "mu4e-sent-messages-behavior", g_strdup (files_sent ? "'delete" : "'sent") };
}

static void
say_how_to_begin (const PostwegTextEdit *edit, const char *root)
{
  g_ptr_array_add (
      edit->plan->left_to_do,
      g_strdup_printf (
          _("Run “mu init --maildir=%s --my-address=%s” once, so that mu4e knows where the mail is."), root,
             edit->account->address));
}

/* A new account: everything that mu4e needs, behind what is there. */
static gboolean
add_reading (PostwegElisp *lisp, const PostwegTextEdit *edit, const char *path, GError **error)
{
  const PostwegTextFile ahead = { edit->file->path, NULL, edit->file->home, edit->plan, NULL };
  g_autoptr (GPtrArray) channels = channels_of (&ahead, path);

  for (guint i = 0; i < channels->len; i++)
    {
      const PostwegMbsyncChannel *channel = g_ptr_array_index (channels, i);
      PostwegEmacsPair pairs[N_MU4E];
      g_autofree char *command = command_for (path, channel->name);
      g_autofree char *root = NULL, *prefix = NULL, *setq = NULL;

      if (!postweg_server_equal (channel->server, edit->account->incoming))
        continue;
      split (channel->path, &root, &prefix);
      reading_pairs (command, prefix, edit->files_sent, pairs);
      setq = postweg_emacs_setq (pairs, N_MU4E);
      postweg_emacs_pairs_free (pairs, N_MU4E);
      postweg_elisp_add (lisp, setq);
      say_how_to_begin (edit, root);
      return TRUE;
    }
  g_set_error (error, POSTWEG_ERROR, POSTWEG_ERROR_UNSUPPORTED,
               _("“%s” has this account, but does not say into which folder its mail is fetched. Please add a channel for it there first."),
                  path);
  return FALSE;
}

/* Gnus may send with the same account already. */
static gboolean
add_sending (PostwegElisp *lisp, const PostwegTextEdit *edit, const PostwegEmacsPair *pairs, GError **error)
{
  g_autoptr (PostwegServer) now = postweg_emacs_outgoing (lisp);
  g_autofree char *setq = postweg_emacs_setq (pairs, POSTWEG_EMACS_SENDING);
  g_autofree char *block =
      g_strdup_printf (";; Mail of %s\n%s;; passwords are looked up in the keyring\n"
                       "(with-eval-after-load 'auth-source (add-to-list 'auth-sources 'default))\n",
                       edit->account->address, setq);

  if (postweg_elisp_get (lisp, COMMAND) != NULL ||
      (now != NULL && !postweg_server_equal (now, edit->account->outgoing)))
    return postweg_emacs_refuses_second (edit->file->path, error);
  if (now != NULL)
    postweg_emacs_mend (lisp, pairs, POSTWEG_EMACS_SENDING);
  else
    postweg_elisp_add (lisp, block);
  return TRUE;
}

static gboolean
edit_lisp (PostwegElisp *lisp, const PostwegTextEdit *edit, const PostwegEmacsPair *sending, GError **error)
{
  g_auto (Fetch) fetch = { 0 };
  g_autofree char *account = NULL;
  g_autofree char *path = NULL;

  if (edit->id == NULL)
    {
      path = new_mbsyncrc (edit->file);
      return add_sending (lisp, edit, sending, error) && plan_fetching (edit, path, NULL, error) &&
             add_reading (lisp, edit, path, error);
    }
  postweg_server_free (incoming_of (edit->file, lisp, &fetch, &account));
  postweg_emacs_mend (lisp, sending, POSTWEG_EMACS_SENDING);
  if (account != NULL)
    return plan_fetching (edit, fetch.file, account, error);
  g_set_error (error, POSTWEG_ERROR, POSTWEG_ERROR_UNSUPPORTED,
               _("mu4e does not fetch this account’s mail with mbsync, so it has to be changed where it is fetched."));
  return FALSE;
}

static GBytes *
edit_file (const PostwegTextEdit *edit, GError **error)
{
  g_autoptr (PostwegElisp) lisp = postweg_elisp_new (edit->file->bytes);
  PostwegEmacsPair sending[POSTWEG_EMACS_SENDING];
  gboolean done;

  postweg_emacs_sending (edit->account, sending);
  done = edit_lisp (lisp, edit, sending, error);
  postweg_emacs_pairs_free (sending, POSTWEG_EMACS_SENDING);
  return done ? postweg_elisp_bytes (lisp) : NULL;
}

/* mbsync runs a command for the password, smtpmail asks auth-source. */
static char *
keep (PostwegPlan *plan, const PostwegServer *server, PostwegSecret *secret)
{
  return server->protocol == POSTWEG_SMTP ? postweg_emacs_keep (plan, server, secret)
                                          : postweg_look_up_plan (plan, server, secret);
}

/* The init file is there for many reasons, so it is listed where mu is there too, or the account. */
static void
find (const PostwegClient *client, const char *home, GPtrArray *programs)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func ((GDestroyNotify) postweg_program_free);
  g_autofree char *command = g_strcmp0 (home, g_get_home_dir ()) == 0 ? g_find_program_in_path ("mu") : NULL;

  postweg_text_find (client, home, found);
  while (found->len > 0)
    {
      PostwegProgram *program = g_ptr_array_steal_index (found, 0);

      if (program->accounts->len > 0 || command != NULL)
        g_ptr_array_add (programs, program);
      else
        postweg_program_free (program);
    }
}

static const PostwegTextProgram mu4e = { .places = postweg_emacs_places,
                                         .new_place = "~/.emacs.d/init.el",
                                         .command = "mu",
                                         .keep = keep,
                                         .list = list,
                                         .edit = edit_file };

const PostwegClient postweg_client_mu4e = {
  .id = ID,
  .name = "mu4e",
  .kind = POSTWEG_KIND_TERMINAL,
  .abilities = POSTWEG_CAN_IMAP | POSTWEG_CAN_SMTP | POSTWEG_CAN_TLS | POSTWEG_CAN_STARTTLS |
               POSTWEG_CAN_PLAIN | POSTWEG_CAN_SEND_OPEN | POSTWEG_CAN_OTHER_USER | POSTWEG_CAN_UNICODE |
               POSTWEG_CAN_UNICODE_SECRET | POSTWEG_KEEPS_NAME | POSTWEG_KEEPS_ADDRESS,
  .details = &mu4e,
  .find = find,
  .read = postweg_text_read,
  .plan = postweg_text_plan,
  .is_running = postweg_emacs_is_running,
  .how_to_quit = N_ ("It has unsaved changes of this file; it is enough to save them there."),
  };
