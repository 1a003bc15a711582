/* Emacs: smtpmail for sending and Gnus for IMAP, in the person's init file (Emacs 28). */
#include "clients/terminal/elisp.h"
#include "clients/process.h"
#include "clients/rows.h"
#include "clients/store.h"
#include "clients/text-program.h"
#include "model/error.h"
#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

#define ID "emacs" /* the account that Emacs sends with */

/* Words of nnimap-stream and smtpmail-stream-type; the first for each kind is written. */
static const struct {
  const char *word;
  PostwegSecurity security;
} streams[] = {
  { "ssl", POSTWEG_TLS },
  { "tls", POSTWEG_TLS },
  { "starttls", POSTWEG_STARTTLS },
  { "plain", POSTWEG_PLAIN },
  { "network-only", POSTWEG_PLAIN },
  { "network", POSTWEG_PLAIN },
};

static PostwegSecurity
security_of (const char *word, PostwegSecurity fallback)
{
  for (guint i = 0; i < G_N_ELEMENTS (streams); i++)
    if (strcmp (streams[i].word, word) == 0)
      return streams[i].security;
  return fallback;
}

static const char *
word_for (PostwegSecurity security)
{
  for (guint i = 0; i < G_N_ELEMENTS (streams); i++)
    if (streams[i].security == security)
      return streams[i].word;
  return NULL;
}

static PostwegServer *
incoming_of (const PostwegElisp *lisp)
{
  const char *host = postweg_elisp_get (lisp, "nnimap-address");

  if (host == NULL)
    return NULL;
  return postweg_server_new (POSTWEG_IMAP, host,
                             (guint16) atoi (postweg_elisp_get_or (lisp, "nnimap-server-port", "0")),
                             security_of (postweg_elisp_get_or (lisp, "nnimap-stream", ""), POSTWEG_TLS),
                             postweg_elisp_get_or (lisp, "nnimap-user", ""));
}

static PostwegServer *
outgoing_of (const PostwegElisp *lisp)
{
  const char *host = postweg_elisp_get (lisp, "smtpmail-smtp-server");
  const char *user = postweg_elisp_get_or (lisp, "smtpmail-smtp-user", "");
  PostwegServer *server;

  if (host == NULL)
    return NULL;
  server = postweg_server_new (
      POSTWEG_SMTP, host, (guint16) atoi (postweg_elisp_get_or (lisp, "smtpmail-smtp-service", "25")),
      security_of (postweg_elisp_get_or (lisp, "smtpmail-stream-type", ""), POSTWEG_STARTTLS),
      strcmp (user, "nil") != 0 ? user : "");
  if (*server->user == '\0')
    server->auth = POSTWEG_AUTH_NONE;
  return server;
}

static gboolean
list (const PostwegTextFile *file, GPtrArray *accounts, GError **error G_GNUC_UNUSED)
{
  g_autoptr (PostwegElisp) lisp = postweg_elisp_new (file->bytes);
  g_autoptr (PostwegServer) in = incoming_of (lisp);
  g_autoptr (PostwegServer) out = outgoing_of (lisp);

  if (in != NULL || out != NULL)
    g_ptr_array_add (accounts,
                     postweg_stored_account_new (
                         ID,
                         postweg_account_new (postweg_elisp_get_or (lisp, "user-full-name", ""),
                                              postweg_elisp_get_or (lisp, "user-mail-address", ""), in, out),
                         ""));
  return TRUE;
}

/* One variable and the form that it gets. */
typedef struct {
  const char *name;
  char *form;
} Pair;

static void
pairs_free (Pair *pairs, guint n)
{
  for (guint i = 0; i < n; i++)
    g_free (pairs[i].form);
}

#define N_SENDING 8
#define N_GNUS 4

static void
sending_pairs (const PostwegAccount *account, Pair *pairs)
{
  const PostwegServer *server = account->outgoing;
  gboolean signs_in = server->auth != POSTWEG_AUTH_NONE;
  guint n = 0;

  pairs[n++] = (Pair){ "user-full-name", postweg_elisp_string (account->name) };
  pairs[n++] = (Pair){ "user-mail-address", postweg_elisp_string (account->address) };
  pairs[n++] = (Pair){ "send-mail-function", g_strdup ("'smtpmail-send-it") };
  pairs[n++] = (Pair){ "message-send-mail-function", g_strdup ("'smtpmail-send-it") };
  pairs[n++] = (Pair){ "smtpmail-smtp-server", postweg_elisp_string (server->host) };
  pairs[n++] = (Pair){ "smtpmail-smtp-service", g_strdup_printf ("%u", server->port) };
  pairs[n++] = (Pair){ "smtpmail-stream-type", g_strdup_printf ("'%s", word_for (server->security)) };
  pairs[n++] =
      (Pair){ "smtpmail-smtp-user", signs_in ? postweg_elisp_string (server->user) : g_strdup ("nil") };
}

static void
gnus_pairs (const PostwegServer *server, Pair *pairs)
{
  pairs[0] = (Pair){ "nnimap-address", postweg_elisp_string (server->host) };
  /* as text: Emacs 28 cannot look up passwords for a number */
  pairs[1] = (Pair){ "nnimap-server-port", g_strdup_printf ("\"%u\"", server->port) };
  pairs[2] = (Pair){ "nnimap-stream", g_strdup (word_for (server->security)) };
  pairs[3] = (Pair){ "nnimap-user", postweg_elisp_string (server->user) };
}

static char *
new_block (const PostwegAccount *account, const Pair *sending, const Pair *gnus)
{
  /* passwords are looked up for the name first, so it is the host's */
  g_autofree char *name = postweg_elisp_string (account->incoming->host);
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, ";; Mail of %s\n(setq", account->address);
  for (guint i = 0; i < N_SENDING; i++)
    g_string_append_printf (text, "%s %s %s", i > 0 ? "\n     " : "", sending[i].name, sending[i].form);
  g_string_append_printf (text, ")\n(setq gnus-select-method\n      '(nnimap %s", name);
  for (guint i = 0; i < N_GNUS; i++)
    g_string_append_printf (text, "\n               (%s %s)", gnus[i].name, gnus[i].form);
  g_string_append (text, "))\n;; passwords are looked up in the keyring\n"
                         "(with-eval-after-load 'auth-source (add-to-list 'auth-sources 'default))\n");
  return g_string_free (text, FALSE);
}

static void
mend_sending (PostwegElisp *lisp, const Pair *pairs)
{
  for (guint i = 0; i < N_SENDING; i++)
    if (!postweg_elisp_replace (lisp, pairs[i].name, pairs[i].form))
      {
        g_autofree char *line = g_strdup_printf ("(setq %s %s)\n", pairs[i].name, pairs[i].form);

        postweg_elisp_add (lisp, line);
      }
}

static void
mend_gnus (PostwegElisp *lisp, const Pair *pairs)
{
  for (guint i = 0; i < N_GNUS; i++)
    if (!postweg_elisp_replace (lisp, pairs[i].name, pairs[i].form))
      {
        g_autofree char *form = g_strdup_printf (" (%s %s)", pairs[i].name, pairs[i].form);

        postweg_elisp_insert_behind (lisp, "nnimap-address", form);
      }
}

static gboolean
has_other_gnus (const PostwegElisp *lisp, const PostwegTextEdit *edit, GError **error)
{
  if (edit->id != NULL || (postweg_elisp_get (lisp, "nnimap-address") == NULL &&
                           postweg_elisp_get (lisp, "smtpmail-smtp-server") == NULL))
    return FALSE;
  g_set_error (error, POSTWEG_ERROR, POSTWEG_ERROR_ALREADY_THERE,
               _("Emacs sends with one account, and “%s” names another one already."), edit->file->path);
  return TRUE;
}

static GBytes *
edit_file (const PostwegTextEdit *edit, GError **error)
{
  g_autoptr (PostwegElisp) lisp = postweg_elisp_new (edit->file->bytes);
  Pair sending[N_SENDING], gnus[N_GNUS];
  g_autofree char *block = NULL;

  if (has_other_gnus (lisp, edit, error))
    return NULL;
  sending_pairs (edit->account, sending);
  gnus_pairs (edit->account->incoming, gnus);
  block = new_block (edit->account, sending, gnus);
  if (edit->id == NULL)
    postweg_elisp_add (lisp, block);
  else
    {
      mend_sending (lisp, sending);
      mend_gnus (lisp, gnus);
    }
  pairs_free (sending, N_SENDING);
  pairs_free (gnus, N_GNUS);
  return postweg_elisp_bytes (lisp);
}

/* auth-source looks items up by these three. */
static char *
keep (PostwegPlan *plan, const PostwegServer *server, PostwegSecret *secret)
{
  g_autofree char *port = g_strdup_printf ("%u", server->port);
  g_autofree char *label = g_strdup_printf (_("Mail: %s on %s"), server->user, server->host);

  return postweg_plan_keep (plan,
                            postweg_keyring_item_new ("org.freedesktop.Secret.Generic", label, secret, "host",
                                                      server->host, "user", server->user, "port", port, NULL))
             ? g_strdup ("auth-source")
             : NULL;
}

/* The link that Emacs puts beside a file with unsaved changes: “USER@HOST.PID”, maybe with “:BOOT”. On another machine the process cannot be seen. */
static gboolean
names_this_process (const char *lock)
{
  const char *at = strrchr (lock, '@');
  const char *dot = at != NULL ? strrchr (at, '.') : NULL;
  g_autofree char *host = dot != NULL ? g_strndup (at + 1, (gsize) (dot - at - 1)) : NULL;

  return host != NULL && strcmp (host, g_get_host_name ()) == 0 &&
         postweg_process_lives (g_ascii_strtoull (dot + 1, NULL, 10));
}

/* An Emacs that runs does no harm: it reads the file again. What harms is that somebody is changing it there. */
static gboolean
is_running (const PostwegClient *client G_GNUC_UNUSED, const char *profile)
{
  g_autofree char *file = realpath (profile, NULL);
  g_autofree char *folder = g_path_get_dirname (file != NULL ? file : profile);
  g_autofree char *name = g_path_get_basename (file != NULL ? file : profile);
  g_autofree char *link = g_strconcat (folder, G_DIR_SEPARATOR_S ".#", name, NULL);
  g_autofree char *lock = g_file_read_link (link, NULL);

  return lock != NULL && names_this_process (lock);
}

static const char *const places[] = { "~/.emacs", "~/.emacs.d/init.el", "$/emacs/init.el", NULL };

static const PostwegTextProgram emacs = { .places = places,
                                          .new_place = "~/.emacs.d/init.el",
                                          .command = "emacs",
                                          .keep = keep,
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
  .is_running = is_running,
  .how_to_quit = N_ ("It has unsaved changes of this file; it is enough to save them there."),
  };
