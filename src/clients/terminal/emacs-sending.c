/* What every mail reader in Emacs shares: smtpmail sends, auth-source finds passwords, one init file (Emacs 28). */
#include "clients/terminal/emacs-sending.h"
#include "clients/process.h"
#include "clients/store.h"
#include "model/error.h"
#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

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

PostwegSecurity
postweg_emacs_security (const char *word, PostwegSecurity fallback)
{
  for (guint i = 0; i < G_N_ELEMENTS (streams); i++)
    if (strcmp (streams[i].word, word) == 0)
      return streams[i].security;
  return fallback;
}

const char *
postweg_emacs_stream (PostwegSecurity security)
{
  for (guint i = 0; i < G_N_ELEMENTS (streams); i++)
    if (streams[i].security == security)
      return streams[i].word;
  return NULL;
}

PostwegServer *
postweg_emacs_outgoing (const PostwegElisp *lisp)
{
  const char *host = postweg_elisp_get (lisp, "smtpmail-smtp-server");
  const char *user = postweg_elisp_get_or (lisp, "smtpmail-smtp-user", "");
  PostwegServer *server;

  if (host == NULL)
    return NULL;
  server = postweg_server_new (
      POSTWEG_SMTP, host, (guint16) atoi (postweg_elisp_get_or (lisp, "smtpmail-smtp-service", "25")),
      postweg_emacs_security (postweg_elisp_get_or (lisp, "smtpmail-stream-type", ""), POSTWEG_STARTTLS),
      strcmp (user, "nil") != 0 ? user : "");
  if (*server->user == '\0')
    server->auth = POSTWEG_AUTH_NONE;
  return server;
}

void
postweg_emacs_pairs_free (PostwegEmacsPair *pairs, guint n)
{
  for (guint i = 0; i < n; i++)
    g_free (pairs[i].form);
}

void
postweg_emacs_sending (const PostwegAccount *account, PostwegEmacsPair *pairs)
{
  const PostwegServer *server = account->outgoing;
  gboolean signs_in = server->auth != POSTWEG_AUTH_NONE;
  guint n = 0;

  pairs[n++] = (PostwegEmacsPair){ "user-full-name", postweg_elisp_string (account->name) };
  pairs[n++] = (PostwegEmacsPair){ "user-mail-address", postweg_elisp_string (account->address) };
  pairs[n++] = (PostwegEmacsPair){ "send-mail-function", g_strdup ("'smtpmail-send-it") };
  pairs[n++] = (PostwegEmacsPair){ "message-send-mail-function", g_strdup ("'smtpmail-send-it") };
  pairs[n++] = (PostwegEmacsPair){ "smtpmail-smtp-server", postweg_elisp_string (server->host) };
  pairs[n++] = (PostwegEmacsPair){ "smtpmail-smtp-service", g_strdup_printf ("%u", server->port) };
  pairs[n++] = (PostwegEmacsPair){ "smtpmail-stream-type",
                                   g_strdup_printf ("'%s", postweg_emacs_stream (server->security)) };
  pairs[n++] = (PostwegEmacsPair){ "smtpmail-smtp-user",
                                   signs_in ? postweg_elisp_string (server->user) : g_strdup ("nil") };
}

char *
postweg_emacs_setq (const PostwegEmacsPair *pairs, guint n)
{
  GString *text = g_string_new ("(setq");

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "%s %s %s", i > 0 ? "\n     " : "", pairs[i].name, pairs[i].form);
  g_string_append (text, ")\n");
  return g_string_free (text, FALSE);
}

void
postweg_emacs_mend (PostwegElisp *lisp, const PostwegEmacsPair *pairs, guint n)
{
  for (guint i = 0; i < n; i++)
    if (!postweg_elisp_replace (lisp, pairs[i].name, pairs[i].form))
      {
        g_autofree char *line = g_strdup_printf ("(setq %s %s)\n", pairs[i].name, pairs[i].form);

        postweg_elisp_add (lisp, line);
      }
}

/* auth-source looks items up by these three. */
char *
postweg_emacs_keep (PostwegPlan *plan, const PostwegServer *server, PostwegSecret *secret)
{
  g_autofree char *port = g_strdup_printf ("%u", server->port);
  g_autofree char *label = g_strdup_printf (_("Mail: %s on %s"), server->user, server->host);

  return postweg_plan_keep (plan,
                            postweg_keyring_item_new ("org.freedesktop.Secret.Generic", label, secret, "host",
                                                      server->host, "user", server->user, "port", port, NULL))
             ? g_strdup ("auth-source")
             : NULL;
}

/* An Emacs that runs does no harm: it reads the file again. What harms is that somebody is changing it there. */
gboolean
postweg_emacs_is_running (const PostwegClient *client G_GNUC_UNUSED, const char *profile)
{
  g_autofree char *file = realpath (profile, NULL);
  g_autofree char *folder = g_path_get_dirname (file != NULL ? file : profile);
  g_autofree char *name = g_path_get_basename (file != NULL ? file : profile);
  g_autofree char *link = g_strconcat (folder, G_DIR_SEPARATOR_S ".#", name, NULL);
  g_autofree char *lock = g_file_read_link (link, NULL);

  return lock != NULL && names_this_process (lock);
}

gboolean
postweg_emacs_refuses_second (const char *path, GError **error)
{
  g_set_error (error, POSTWEG_ERROR, POSTWEG_ERROR_ALREADY_THERE,
               _("Emacs sends with one account, and “%s” names another one already."), path);
  return FALSE;
}

const char *const postweg_emacs_places[] = { "~/.emacs", "~/.emacs.d/init.el", "$/emacs/init.el", NULL };
