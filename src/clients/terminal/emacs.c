/* Emacs: smtpmail for sending and Gnus for IMAP, in the person's init file (Emacs 28). */
#include "clients/terminal/emacs-sending.h"
#include "clients/rows.h"
#include "clients/text-program.h"
#include "model/error.h"
#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

#define ID "emacs" /* the account that Emacs sends with */

static PostwegServer *
incoming_of (const PostwegElisp *lisp)
{
  const char *host = postweg_elisp_get (lisp, "nnimap-address");

  if (host == NULL)
    return NULL;
  return postweg_server_new (
      POSTWEG_IMAP, host, (guint16) atoi (postweg_elisp_get_or (lisp, "nnimap-server-port", "0")),
      postweg_emacs_security (postweg_elisp_get_or (lisp, "nnimap-stream", ""), POSTWEG_TLS),
      postweg_elisp_get_or (lisp, "nnimap-user", ""));
}

static gboolean
list (const PostwegTextFile *file, GPtrArray *accounts, GError **error G_GNUC_UNUSED)
{
  g_autoptr (PostwegElisp) lisp = postweg_elisp_new (file->bytes);
  g_autoptr (PostwegServer) in = incoming_of (lisp);
  g_autoptr (PostwegServer) out = postweg_emacs_outgoing (lisp);
  gboolean is_mu4e = in == NULL && postweg_elisp_get (lisp, "mu4e-get-mail-command") != NULL;

  if (!is_mu4e && (in != NULL || out != NULL))
    g_ptr_array_add (accounts,
                     postweg_stored_account_new (
                         ID,
                         postweg_account_new (postweg_elisp_get_or (lisp, "user-full-name", ""),
                                              postweg_elisp_get_or (lisp, "user-mail-address", ""), in, out),
                         ""));
  return TRUE;
}

#define N_GNUS 4

static void
gnus_pairs (const PostwegServer *server, PostwegEmacsPair *pairs)
{
  pairs[0] = (PostwegEmacsPair){ "nnimap-address", postweg_elisp_string (server->host) };
  /* as text: Emacs 28 cannot look up passwords for a number */
  pairs[1] = (PostwegEmacsPair){ "nnimap-server-port", g_strdup_printf ("\"%u\"", server->port) };
  pairs[2] = (PostwegEmacsPair){ "nnimap-stream", g_strdup (postweg_emacs_stream (server->security)) };
  pairs[3] = (PostwegEmacsPair){ "nnimap-user", postweg_elisp_string (server->user) };
}

static char *
new_block (const PostwegAccount *account, const PostwegEmacsPair *sending, const PostwegEmacsPair *gnus)
{
  /* passwords are looked up for the name first, so it is the host's */
  g_autofree char *name = postweg_elisp_string (account->incoming->host);
  g_autofree char *setq = postweg_emacs_setq (sending, POSTWEG_EMACS_SENDING);
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, ";; Mail of %s\n%s", account->address, setq);
  g_string_append_printf (text, "(setq gnus-select-method\n      '(nnimap %s", name);
  for (guint i = 0; i < N_GNUS; i++)
    g_string_append_printf (text, "\n               (%s %s)", gnus[i].name, gnus[i].form);
  g_string_append (text, "))\n;; passwords are looked up in the keyring\n"
                         "(with-eval-after-load 'auth-source (add-to-list 'auth-sources 'default))\n");
  return g_string_free (text, FALSE);
}

static void
mend_gnus (PostwegElisp *lisp, const PostwegEmacsPair *pairs)
{
  for (guint i = 0; i < N_GNUS; i++)
    if (!postweg_elisp_replace (lisp, pairs[i].name, pairs[i].form))
      {
        g_autofree char *form = g_strdup_printf (" (%s %s)", pairs[i].name, pairs[i].form);

        postweg_elisp_insert_behind (lisp, "nnimap-address", form);
      }
}

static GBytes *
edit_file (const PostwegTextEdit *edit, GError **error)
{
  g_autoptr (PostwegElisp) lisp = postweg_elisp_new (edit->file->bytes);
  PostwegEmacsPair sending[POSTWEG_EMACS_SENDING], gnus[N_GNUS];
  g_autofree char *block = NULL;

  if (edit->id == NULL && (postweg_elisp_get (lisp, "nnimap-address") != NULL ||
                           postweg_elisp_get (lisp, "smtpmail-smtp-server") != NULL))
    {
      postweg_emacs_refuses_second (edit->file->path, error);
      return NULL;
    }
  postweg_emacs_sending (edit->account, sending);
  gnus_pairs (edit->account->incoming, gnus);
  block = new_block (edit->account, sending, gnus);
  if (edit->id == NULL)
    postweg_elisp_add (lisp, block);
  else
    {
      postweg_emacs_mend (lisp, sending, POSTWEG_EMACS_SENDING);
      mend_gnus (lisp, gnus);
    }
  postweg_emacs_pairs_free (sending, POSTWEG_EMACS_SENDING);
  postweg_emacs_pairs_free (gnus, N_GNUS);
  return postweg_elisp_bytes (lisp);
}

static const PostwegTextProgram emacs = { .places = postweg_emacs_places,
                                          .new_place = "~/.emacs.d/init.el",
                                          .command = "emacs",
                                          .keep = postweg_emacs_keep,
                                          .list = list,
                                          .edit = edit_file };

/* Gnus signs in with passwords in ASCII only. */
const PostwegClient postweg_client_emacs = {
  .id = "emacs",
  .name = "Emacs",
  .kind = POSTWEG_KIND_TERMINAL,
  .abilities = POSTWEG_CAN_IMAP | POSTWEG_CAN_SMTP | POSTWEG_CAN_TLS | POSTWEG_CAN_STARTTLS |
               POSTWEG_CAN_PLAIN | POSTWEG_CAN_SEND_OPEN | POSTWEG_CAN_OTHER_USER | POSTWEG_CAN_UNICODE |
               POSTWEG_CAN_UNICODE_SECRET | POSTWEG_KEEPS_NAME | POSTWEG_KEEPS_ADDRESS,
  .details = &emacs,
  .find = postweg_text_find,
  .read = postweg_text_read,
  .plan = postweg_text_plan,
  .is_running = postweg_emacs_is_running,
  .how_to_quit = N_ ("It has unsaved changes of this file; it is enough to save them there."),
  };
