/* Passwords for a test: from a descriptor, a file, the keyring or the terminal, never from arguments or the environment. */
#include "cli/cli.h"
#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#define MAX_SECRET 65536 /* bytes */

static gboolean
cannot (const char *what, int *status)
{
  fprintf (stderr, "postweg-cli: %s: %s\n", what, g_strerror (errno));
  *status = CLI_IO;
  return FALSE;
}

/* Reads to the end of the stream or of the line, whichever comes first. */
static gboolean
read_secret (int fd, const char *what, PostwegSecret **secret, int *status)
{
  char buffer[MAX_SECRET];
  gsize length = 0;
  gssize n = 1;

  while (n > 0 && length < sizeof buffer && memchr (buffer, '\n', length) == NULL)
    {
      n = read (fd, buffer + length, sizeof buffer - length);
      if (n < 0)
        return cannot (what, status);
      length += (gsize) n;
    }
  if (memchr (buffer, '\n', length) != NULL)
    length = (gsize) ((char *) memchr (buffer, '\n', length) - buffer) + 1;
  /* no password is like that, and one that was cut off would be tried in its place */
  if (length == sizeof buffer || memchr (buffer, '\0', length) != NULL)
    length = 0;
  *secret = postweg_secret_new_from_line (buffer, length);
  postweg_wipe (buffer, sizeof buffer);
  if (postweg_secret_length (*secret) > 0)
    return TRUE;
  g_clear_pointer (secret, postweg_secret_unref);
  fprintf (stderr, "postweg-cli: %s: %s\n", what, _("there is no password in it"));
  *status = CLI_BAD_INPUT;
  return FALSE;
}

static gboolean
read_file (const char *file, PostwegSecret **secret, int *status)
{
  int fd;
  gboolean ok;

  if (file == NULL)
    return TRUE;
  fd = open (file, O_RDONLY | O_CLOEXEC);
  if (fd < 0)
    return cannot (file, status);
  ok = read_secret (fd, file, secret, status);
  close (fd);
  return ok;
}

static gboolean
read_fd (int fd, PostwegSecret **secret, int *status)
{
  g_autofree char *what = g_strdup_printf ("--password-fd=%d", fd);

  return fd < 0 || read_secret (fd, what, secret, status);
}

/* On the terminal, without echo. */
static PostwegSecret *
prompt (const PostwegServer *server)
{
  struct termios before, quiet;
  PostwegSecret *secret = NULL;
  int status;

  if (!isatty (STDIN_FILENO) || tcgetattr (STDIN_FILENO, &before) != 0)
    return NULL;
  quiet = before;
  quiet.c_lflag &= ~(tcflag_t) ECHO;
  fprintf (stderr, _("Password of %s at %s: "), server->user, server->host);
  tcsetattr (STDIN_FILENO, TCSAFLUSH, &quiet);
  read_secret (STDIN_FILENO, _("Terminal"), &secret, &status);
  tcsetattr (STDIN_FILENO, TCSAFLUSH, &before);
  fputc ('\n', stderr);
  return secret;
}

static gboolean
from_keyring (const PostwegAccount *account, PostwegCredentials **credentials, int *status)
{
  g_auto (CliWait) wait = { NULL };
  g_autoptr (GError) error = NULL;

  cli_wait_init (&wait);
  postweg_checkup_keyring (account, wait.cancellable, cli_wait_done, &wait);
  *credentials = postweg_checkup_keyring_finish (cli_wait_run (&wait), &error);
  if (error != NULL)
    {
      *status = cli_complain (error);
      return FALSE;
    }
  if (*credentials == NULL)
    fprintf (stderr, "postweg-cli: %s\n", _("The keyring has no password for these servers."));
  return TRUE;
}

typedef struct {
  PostwegSecret *incoming, *outgoing, *token;
} Given;

static void
given_clear (Given *given)
{
  postweg_secret_unref (given->incoming);
  postweg_secret_unref (given->outgoing);
  postweg_secret_unref (given->token);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Given, given_clear)

static gboolean
read_given (const CliOptions *options, Given *given, int *status)
{
  if (options->password_fd >= 0 ? !read_fd (options->password_fd, &given->incoming, status)
                                : !read_file (options->password_file, &given->incoming, status))
    return FALSE;
  return read_file (options->outgoing_password_file, &given->outgoing, status) &&
         read_file (options->token_file, &given->token, status);
}

gboolean
cli_secrets (const CliOptions *options, const PostwegAccount *account, PostwegCredentials **credentials,
             int *status)
{
  const PostwegServer *server = account->incoming != NULL ? account->incoming : account->outgoing;
  g_auto (Given) given = { NULL, NULL, NULL };

  *credentials = NULL;
  if (options->keyring)
    return from_keyring (account, credentials, status);
  if (!read_given (options, &given, status))
    return FALSE;
  if (given.incoming == NULL && given.token == NULL && server->auth != POSTWEG_AUTH_NONE)
    given.incoming = prompt (server);
  *credentials = postweg_credentials_new (given.incoming, given.outgoing, given.token);
  if (given.incoming == NULL && given.outgoing == NULL && given.token == NULL)
    fprintf (
        stderr, "postweg-cli: %s\n",
        _("There is no password (--password-file, --password-fd, --keyring), so the sign-in is left out."));
  return TRUE;
}
