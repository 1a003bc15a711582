/* Starts and stops a lab. */
#include "lab-private.h"
#include <fcntl.h>
#include <ftw.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <pwd.h>
#include <string.h>
#include <sys/file.h>
#include <sys/wait.h>
#include <unistd.h>

#define DOVECOT "/usr/sbin/dovecot"
#define POSTFIX "/usr/lib/postfix/sbin/master"
#define START_MS 10000
#define TRIES 3 /* a program outside may take a port in between */

typedef struct {
  const char *path;
  const char *message;
} Need;

static const Need needs[] = {
  { DOVECOT, "Dovecot is not installed (dovecot-core)" },
  { "/usr/lib/dovecot/imap-login", "Dovecot's IMAP is not installed (dovecot-imapd)" },
  { "/usr/lib/dovecot/pop3-login", "Dovecot's POP3 is not installed (dovecot-pop3d)" },
  { "/usr/lib/dovecot/lmtp", "Dovecot's LMTP is not installed (dovecot-lmtpd)" },
  { POSTFIX, "Postfix is not installed (postfix)" },
};

static const char *const accounts[] = { LAB_MAIL_USER, "dovecot", "dovenull", "postfix" };

static gboolean
explain (GError **error, const char *message)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, message);
  return FALSE;
}

static gboolean
can_run (GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (needs); i++)
    if (!g_file_test (needs[i].path, G_FILE_TEST_IS_EXECUTABLE))
      return explain (error, needs[i].message);
  for (guint i = 0; i < G_N_ELEMENTS (accounts); i++)
    if (getpwnam (accounts[i]) == NULL)
      return explain (error, "the users that Dovecot and Postfix run as do not exist");
  if (geteuid () != 0)
    return explain (error, "Dovecot and Postfix need root, or a user namespace with several user ids");
  return TRUE;
}

static int
remove_one (const char *path, const struct stat *info, int type, struct FTW *ftw)
{
  (void) info;
  (void) type;
  (void) ftw;
  g_remove (path);
  return 0;
}

static gboolean
is_alive (GPid pid)
{
  return waitpid (pid, NULL, WNOHANG) == 0;
}

/* Whether the server greets: Dovecot accepts long before its sign-in service is ready. */
static gboolean
greets (const char *host, guint16 port)
{
  g_autoptr (GSocket) socket = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, 0, NULL);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new_from_string (host, port);
  char byte;

  if (socket == NULL)
    return FALSE;
  g_socket_set_timeout (socket, START_MS / 1000);
  return g_socket_connect (socket, address, NULL, NULL) &&
         g_socket_receive (socket, &byte, 1, NULL, NULL) == 1;
}

/* The servers say the reason in their logs. */
static gboolean
fail_with_log (const Lab *lab, const char *server, GError **error)
{
  g_autofree char *name = g_strdup_printf ("%s.log", server);
  g_autofree char *path = g_build_filename (lab->folder, name, NULL);
  g_autofree char *log = NULL;

  if (!g_file_get_contents (path, &log, NULL, NULL))
    log = g_strdup ("(no log)");
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "%s did not start: %s", server, g_strstrip (log));
  return FALSE;
}

gboolean
lab_wait_for (const Lab *lab, const char *server, GPid pid, const char *address, guint16 port, GError **error)
{
  for (guint waited = 0; waited < START_MS; waited += 10)
    {
      if (!is_alive (pid))
        break;
      if (greets (address, port))
        return TRUE;
      g_usleep (10 * 1000);
    }
  return fail_with_log (lab, server, error);
}

static gboolean
start_servers (Lab *lab, GError **error)
{
  g_autofree char *config = g_build_filename (lab->folder, "dovecot.conf", NULL);
  g_autofree char *postfix = g_build_filename (lab->folder, "postfix", NULL);
  const char *const dovecot_command[] = { DOVECOT, "-F", "-c", config, NULL };
  /* -d: does not become a daemon, so that it ends with us */
  const char *const postfix_command[] = { POSTFIX, "-d", "-c", postfix, NULL };

  return lab_spawn (lab, dovecot_command, &lab->dovecot, error) &&
         lab_spawn (lab, postfix_command, &lab->postfix, error) && lab_spawn_guard (lab, error) &&
         lab_wait_for (lab, "dovecot", lab->dovecot, "127.0.0.1", lab->ports[LAB_POP3], error) &&
         lab_wait_for (lab, "postfix", lab->postfix, "127.0.0.1", lab->ports[LAB_SMTP], error);
}

static Lab *
try_to_start (GError **error)
{
  g_autoptr (Lab) lab = g_new0 (Lab, 1);

  lab->folder = g_dir_make_tmp ("postweg-lab-XXXXXX", error);
  if (lab->folder == NULL)
    return NULL;
  lab->ca = g_build_filename (lab->folder, "papers", "ca.pem", NULL);
  if (lab_choose_ports (lab, error) && lab_write_folders (lab, error) && lab_write_config (lab, error) &&
      start_servers (lab, error))
    return g_steal_pointer (&lab);
  return NULL;
}

void
lab_stop (Lab *lab)
{
  if (lab == NULL)
    return;
  lab_kill (lab->guard);
  if (lab->guard > 0)
    close (lab->guard_fd);
  for (guint i = 0; i < LAB_N_MAKERS; i++)
    lab_kill (lab->others[i]);
  lab_kill (lab->postfix);
  lab_kill (lab->dovecot);
  if (lab->folder != NULL)
    nftw (lab->folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
  g_free (lab->folder);
  g_free (lab->ca);
  g_free (lab);
}

Lab *
lab_start (GError **error)
{
  Lab *lab = NULL;
  int lock;

  if (!can_run (error))
    return NULL;
  /* A port that is free now must not be chosen by another lab before its server has taken it. */
  lock = open (g_get_tmp_dir (), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  flock (lock, LOCK_EX);
  for (guint tries = 0; lab == NULL && tries < TRIES; tries++)
    {
      g_clear_error (error);
      lab = try_to_start (error);
    }
  close (lock);
  return lab;
}
