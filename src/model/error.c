/* The error domain and the names of its codes. */
#include "model/error.h"
#include <errno.h>
#include <gio/gio.h>

static const char *const names[] = {
  [POSTWEG_OK] = "ok",
  [POSTWEG_ERROR_NO_SUCH_HOST] = "no-such-host",
  [POSTWEG_ERROR_NO_ADDRESS] = "no-address",
  [POSTWEG_ERROR_NO_DNS_ANSWER] = "no-dns-answer",
  [POSTWEG_ERROR_OFFLINE] = "offline",
  [POSTWEG_ERROR_REFUSED] = "refused",
  [POSTWEG_ERROR_UNREACHABLE] = "unreachable",
  [POSTWEG_ERROR_NO_CONNECTION] = "no-connection",
  [POSTWEG_ERROR_HUNG_UP] = "hung-up",
  [POSTWEG_ERROR_SILENT] = "silent",
  [POSTWEG_ERROR_NOT_TLS] = "not-tls",
  [POSTWEG_ERROR_TLS_VERSION] = "tls-version",
  [POSTWEG_ERROR_TLS_CIPHER] = "tls-cipher",
  [POSTWEG_ERROR_TLS_ABORTED] = "tls-aborted",
  [POSTWEG_ERROR_TLS_ALERT] = "tls-alert",
  [POSTWEG_ERROR_CERTIFICATE] = "certificate",
  [POSTWEG_ERROR_STARTTLS_NOT_OFFERED] = "starttls-not-offered",
  [POSTWEG_ERROR_STARTTLS_REFUSED] = "starttls-refused",
  [POSTWEG_ERROR_STARTTLS_INJECTION] = "starttls-injection",
  [POSTWEG_ERROR_PREAUTH] = "preauth",
  [POSTWEG_ERROR_WRONG_SERVICE] = "wrong-service",
  [POSTWEG_ERROR_MALFORMED] = "malformed",
  [POSTWEG_ERROR_REJECTED] = "rejected",
  [POSTWEG_ERROR_AUTH_NOT_OFFERED] = "auth-not-offered",
  [POSTWEG_ERROR_NO_MECHANISM] = "no-mechanism",
  [POSTWEG_ERROR_BAD_PROOF] = "bad-proof",
  [POSTWEG_ERROR_NO_SECRET] = "no-secret",
  [POSTWEG_ERROR_UNPROTECTED] = "unprotected",
  [POSTWEG_ERROR_OUT_OF_TIME] = "out-of-time",
  [POSTWEG_ERROR_BAD_INPUT] = "bad-input",
  [POSTWEG_ERROR_NOT_FOUND] = "not-found",
  [POSTWEG_ERROR_CANNOT_READ] = "cannot-read",
  [POSTWEG_ERROR_CANNOT_WRITE] = "cannot-write",
  [POSTWEG_ERROR_BAD_FORMAT] = "bad-format",
  [POSTWEG_ERROR_PROGRAM_RUNNING] = "program-running",
  [POSTWEG_ERROR_CHANGED_MEANWHILE] = "changed-meanwhile",
  [POSTWEG_ERROR_ALREADY_THERE] = "already-there",
  [POSTWEG_ERROR_UNSUPPORTED] = "unsupported",
};

const char *
postweg_error_name (PostwegError code)
{
  g_return_val_if_fail ((guint) code < G_N_ELEMENTS (names), "?");
  return names[code];
}

const char *
postweg_error_reason (const GError *cause)
{
  static const struct {
    int file, io, number; /* a GFileError, a GIOErrorEnum, an errno */
  } rows[] = {
    { G_FILE_ERROR_NOENT, G_IO_ERROR_NOT_FOUND, ENOENT },
    { G_FILE_ERROR_ACCES, G_IO_ERROR_PERMISSION_DENIED, EACCES },
    { G_FILE_ERROR_PERM, G_IO_ERROR_PERMISSION_DENIED, EPERM },
    { G_FILE_ERROR_ISDIR, G_IO_ERROR_IS_DIRECTORY, EISDIR },
    { G_FILE_ERROR_NOTDIR, G_IO_ERROR_NOT_DIRECTORY, ENOTDIR },
    { G_FILE_ERROR_EXIST, G_IO_ERROR_EXISTS, EEXIST },
    { G_FILE_ERROR_ROFS, G_IO_ERROR_READ_ONLY, EROFS },
    { G_FILE_ERROR_NOSPC, G_IO_ERROR_NO_SPACE, ENOSPC },
    { G_FILE_ERROR_NAMETOOLONG, G_IO_ERROR_FILENAME_TOO_LONG, ENAMETOOLONG },
    { G_FILE_ERROR_LOOP, G_IO_ERROR_TOO_MANY_LINKS, ELOOP },
    { G_FILE_ERROR_MFILE, G_IO_ERROR_TOO_MANY_OPEN_FILES, EMFILE },
    { G_FILE_ERROR_NOMEM, -1, ENOMEM },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (g_error_matches (cause, G_FILE_ERROR, rows[i].file) ||
        g_error_matches (cause, G_IO_ERROR, rows[i].io))
      return g_strerror (rows[i].number);
  return g_strerror (EIO);
}

/* GLib's own macro writes a static variable without a lock, and probes run on several threads. */
GQuark
postweg_error_quark (void)
{
  static gsize quark;

  if (g_once_init_enter (&quark))
    g_once_init_leave (&quark, g_quark_from_static_string ("postweg-error-quark"));
  return (GQuark) quark;
}
