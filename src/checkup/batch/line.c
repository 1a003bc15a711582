/* From the fields of a line to an account and its passwords. */
#include "checkup/batch/line.h"
#include "model/account-json.h"
#include "model/address.h"
#include "model/error.h"
#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Only what is an address is repeated: where columns are mixed up, a password may stand in its place. */
static char *
shown_address (const char *text)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (text != NULL ? text : ""));
  g_autoptr (PostwegAddress) address = postweg_address_parse (trimmed, NULL);

  if (address != NULL)
    return g_steal_pointer (&trimmed);
  postweg_wipe (trimmed, strlen (trimmed));
  return g_strdup ("");
}

PostwegBatchLine *
postweg_batch_line_new_bad (guint number, const char *address, char *error)
{
  PostwegBatchLine *line = g_new0 (PostwegBatchLine, 1);

  line->number = number;
  line->address = shown_address (address);
  line->error = error;
  return line;
}

void
postweg_batch_line_free (PostwegBatchLine *line)
{
  if (line == NULL)
    return;
  g_free (line->address);
  postweg_account_free (line->account);
  g_free (line->user);
  postweg_credentials_free (line->credentials);
  g_free (line->error);
  g_free (line);
}

/* passwords */

/* With an access list for one user, as systemd sets it, the bits of the group are the mask of that list (acl(5)). */
gboolean
postweg_batch_is_open_to_others (int fd, const char *path)
{
  const char *credentials = g_getenv ("CREDENTIALS_DIRECTORY");
  gboolean handed_over = credentials != NULL && *credentials == '/' && g_str_has_prefix (path, credentials);
  struct stat facts;

  if (fstat (fd, &facts) != 0 || !S_ISREG (facts.st_mode))
    return FALSE;
  return (facts.st_mode & (handed_over ? S_IROTH : S_IRGRP | S_IROTH)) != 0;
}

static gboolean
cannot_read (const char *why, GError **error)
{
  g_set_error (error, POSTWEG_ERROR, POSTWEG_ERROR_CANNOT_READ,
               _("The password file of this line cannot be read: %s"), why);
  return FALSE;
}

static gboolean
read_password (int fd, const char *path, PostwegSecret **secret, GError **error)
{
  char bytes[POSTWEG_FIELD_MAX];
  ssize_t n;

  if (postweg_batch_is_open_to_others (fd, path))
    {
      g_set_error_literal (
          error, POSTWEG_ERROR, POSTWEG_ERROR_BAD_INPUT,
          _("Others can read the password file of this line. Please run “chmod 600” on it."));
      return FALSE;
    }
  n = read (fd, bytes, sizeof bytes);
  if (n < 0)
    return cannot_read (g_strerror (errno), error);
  if (n == (ssize_t) sizeof bytes || memchr (bytes, '\0', (gsize) n) != NULL)
    {
      postweg_wipe (bytes, (gsize) n);
      return cannot_read (_("this is no password"), error);
    }
  *secret = postweg_secret_new_from_line (bytes, (gsize) n);
  postweg_wipe (bytes, (gsize) n);
  return TRUE;
}

/* secret: (out): stays NULL without a file */
static gboolean
read_password_file (const char *name, const char *folder, PostwegSecret **secret, GError **error)
{
  g_autofree char *path = name != NULL ? g_canonicalize_filename (name, folder) : NULL;
  gboolean ok;
  int fd;

  if (path == NULL)
    return TRUE;
  /* a pipe that nobody writes to must not keep us */
  fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (fd < 0)
    return cannot_read (g_strerror (errno), error);
  ok = read_password (fd, path, secret, error);
  close (fd);
  return ok;
}

static gboolean
one_password (const PostwegFields *fields, PostwegField text, const char *folder, PostwegSecret **secret,
              GError **error)
{
  const char *password = fields->texts[text];
  const char *file = fields->texts[text + 1];

  if (password != NULL && file != NULL)
    {
      g_set_error (error, POSTWEG_ERROR, POSTWEG_ERROR_BAD_INPUT,
                   _("Please give either “%s” or “%s”, not both."), postweg_field_name (text),
                      postweg_field_name (text + 1));
      return FALSE;
    }
  if (password != NULL)
    *secret = postweg_secret_new (password);
  return read_password_file (file, folder, secret, error);
}

static gboolean
read_credentials (const PostwegFields *fields, const char *folder, PostwegBatchLine *line, GError **error)
{
  g_autoptr (PostwegSecret) incoming = NULL;
  g_autoptr (PostwegSecret) outgoing = NULL;

  if (!one_password (fields, POSTWEG_FIELD_PASSWORD, folder, &incoming, error) ||
      !one_password (fields, POSTWEG_FIELD_OUTGOING_PASSWORD, folder, &outgoing, error))
    return FALSE;
  if (incoming != NULL || outgoing != NULL)
    line->credentials = postweg_credentials_new (incoming, outgoing, NULL);
  return TRUE;
}

/* the account */

static gboolean
bad (GError **error, const char *message)
{
  g_set_error_literal (error, POSTWEG_ERROR, POSTWEG_ERROR_BAD_INPUT, message);
  return FALSE;
}

static gboolean
read_server (const char *url, const char *user, gboolean outgoing, PostwegServer **server, GError **error)
{
  if (url == NULL)
    return TRUE;
  *server = postweg_server_from_url (url, error);
  if (*server == NULL)
    return FALSE;
  if (((*server)->protocol == POSTWEG_SMTP) != outgoing)
    return bad (error,
                outgoing ? _("“outgoing” must be an smtp:// or smtps:// address.")
                         : _("“incoming” must be an imap://, imaps://, pop3:// or pop3s:// address."));
  if (*(*server)->user != '\0')
    return TRUE;
  g_free ((*server)->user);
  (*server)->user = g_strdup (user);
  return TRUE;
}

static gboolean
has_line_break (const char *text)
{
  return text != NULL && strpbrk (text, "\r\n") != NULL;
}

static gboolean
from_columns (const PostwegFields *fields, const PostwegAddress *address, PostwegBatchLine *line,
              GError **error)
{
  g_autoptr (PostwegServer) incoming = NULL;
  g_autoptr (PostwegServer) outgoing = NULL;
  const char *user = line->user != NULL ? line->user : address->full;
  const char *sender = fields->texts[POSTWEG_FIELD_OUTGOING_USER];

  if (has_line_break (line->user) || has_line_break (sender) ||
      has_line_break (fields->texts[POSTWEG_FIELD_NAME]))
    return bad (error, _("A user name has no line breaks."));
  if (!read_server (fields->texts[POSTWEG_FIELD_INCOMING], user, FALSE, &incoming, error) ||
      !read_server (fields->texts[POSTWEG_FIELD_OUTGOING], sender != NULL ? sender : user, TRUE, &outgoing,
                    error))
    return FALSE;
  line->account = postweg_account_new (fields->texts[POSTWEG_FIELD_NAME], address->full, incoming, outgoing);
  return TRUE;
}

static gboolean
from_object (const PostwegFields *fields, PostwegBatchLine *line, GError **error)
{
  if (fields->texts[POSTWEG_FIELD_INCOMING] != NULL || fields->texts[POSTWEG_FIELD_OUTGOING] != NULL)
    return bad (error, _("Please give either “account” or “incoming” and “outgoing”."));
  line->account = postweg_account_from_json (fields->texts[POSTWEG_FIELD_ACCOUNT], -1, error);
  if (line->account == NULL)
    return FALSE;
  if (*line->account->address == '\0')
    {
      g_free (line->account->address);
      line->account->address = g_strdup (line->address);
    }
  if (*line->address == '\0')
    {
      g_free (line->address);
      line->address = shown_address (line->account->address);
    }
  return TRUE;
}

static gboolean
read_account (const PostwegFields *fields, PostwegBatchLine *line, GError **error)
{
  g_autoptr (PostwegAddress) address = postweg_address_parse (line->address, NULL);

  if (address == NULL && fields->texts[POSTWEG_FIELD_ADDRESS] != NULL)
    return bad (error, _("This is no e-mail address that Postweg can use."));
  if (fields->texts[POSTWEG_FIELD_ACCOUNT] != NULL)
    return from_object (fields, line, error);
  if (address == NULL)
    return bad (error, _("The address is missing."));
  return from_columns (fields, address, line, error);
}

PostwegBatchLine *
postweg_batch_line_new (guint number, PostwegFields *fields, const char *folder)
{
  PostwegBatchLine *line = g_new0 (PostwegBatchLine, 1);
  g_autoptr (GError) error = NULL;
  const char *address = fields->texts[POSTWEG_FIELD_ADDRESS];

  line->number = number;
  line->address = shown_address (address);
  line->user = g_strdup (fields->texts[POSTWEG_FIELD_USER]);
  if (!read_account (fields, line, &error) || !read_credentials (fields, folder, line, &error))
    line->error = g_strdup (error->message);
  postweg_fields_clear (fields);
  return line;
}
