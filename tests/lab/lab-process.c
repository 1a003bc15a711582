/* Ports and processes of a lab. */
#include "lab-private.h"
#include <arpa/inet.h>
#include <errno.h>
#include <gio/gio.h>
#include <netinet/in.h>
#include <sched.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

/* Below the system's own range (32768 and up), so that no outgoing connection takes a port before the server does. */
#define FIRST_PORT 10000
#define LAST_PORT 32000
#define TRIES 1000

static gboolean
can_bind (int family, const struct sockaddr *address, socklen_t size)
{
  int fd = socket (family, SOCK_STREAM | SOCK_CLOEXEC, 0);
  int on = 1;
  gboolean bound;

  if (fd < 0)
    return FALSE;
  if (family == AF_INET6)
    setsockopt (fd, IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof on);
  bound = bind (fd, address, size) == 0;
  close (fd);
  return bound;
}

static gboolean
can_bind_6 (guint16 port)
{
  struct sockaddr_in6 address = { .sin6_family = AF_INET6,
                                  .sin6_port = htons (port),
                                  .sin6_addr = IN6ADDR_LOOPBACK_INIT };

  return can_bind (AF_INET6, (const struct sockaddr *) &address, sizeof address);
}

static gboolean
can_bind_4 (guint16 port)
{
  struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons (port) };

  return can_bind (AF_INET, (const struct sockaddr *) &address, sizeof address);
}

static gboolean
is_free (const Lab *lab, LabPort n, guint16 port)
{
  for (LabPort i = 0; i < n; i++)
    if (lab->ports[i] == port)
      return FALSE;
  return can_bind_4 (port) && (!lab->ipv6 || can_bind_6 (port));
}

/* In the child, between fork and exec. */
static void
lead_a_group (gpointer data)
{
  (void) data;
  setpgid (0, 0);
}

/* The same; data: where the folders are that become /etc and /run. */
static void
live_apart (gpointer data)
{
  const char *const *folders = data;

  setpgid (0, 0);
  if (unshare (CLONE_NEWNS) != 0 || mount (NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0 ||
      mount (folders[0], "/etc", NULL, MS_BIND, NULL) != 0 ||
      mount (folders[1], "/run", NULL, MS_BIND, NULL) != 0)
    _exit (EXIT_FAILURE);
}

static GStrv
make_environment (const Lab *lab)
{
  g_autofree char *config = g_build_filename (lab->folder, "postfix", NULL);
  GStrv environment = g_environ_setenv (NULL, "PATH", "/usr/sbin:/usr/bin:/sbin:/bin", TRUE);

  /* Postfix' daemons learn from the environment where their configuration is. */
  return g_environ_setenv (environment, "MAIL_CONFIG", config, TRUE);
}

gboolean
lab_choose_ports (Lab *lab, GError **error)
{
  lab->ipv6 = can_bind_6 (0);
  for (LabPort i = 0; i < LAB_N_PORTS; i++)
    for (guint tries = 0; lab->ports[i] == 0; tries++)
      {
        guint16 port = (guint16) g_random_int_range (FIRST_PORT, LAST_PORT);

        if (is_free (lab, i, port))
          lab->ports[i] = port;
        else if (tries == TRIES)
          {
            g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_ADDRESS_IN_USE, "no free ports were found");
            return FALSE;
          }
      }
  return TRUE;
}

gboolean
lab_spawn (const Lab *lab, const char *const *command, GPid *pid, GError **error)
{
  g_auto (GStrv) environment = make_environment (lab);

  return g_spawn_async (lab->folder, (char **) (gpointer) command, environment,
                        G_SPAWN_SEARCH_PATH_FROM_ENVP | G_SPAWN_DO_NOT_REAP_CHILD |
                            G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL,
                        lead_a_group, NULL, pid, error);
}

gboolean
lab_spawn_apart (const Lab *lab, const char *const *command, const char *folder, GPid *pid, GError **error)
{
  g_auto (GStrv) environment = make_environment (lab);
  g_autofree char *etc = g_build_filename (lab->folder, folder, "etc", NULL);
  g_autofree char *run = g_build_filename (lab->folder, folder, "run", NULL);
  const char *folders[] = { etc, run };

  return g_spawn_async (lab->folder, (char **) (gpointer) command, environment,
                        G_SPAWN_SEARCH_PATH_FROM_ENVP | G_SPAWN_DO_NOT_REAP_CHILD |
                            G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL,
                        live_apart, folders, pid, error);
}

void
lab_kill (GPid pid)
{
  if (pid <= 0)
    return;
  kill (-pid, SIGKILL);
  while (waitpid (pid, NULL, 0) < 0 && errno == EINTR)
    continue;
}

gboolean
lab_spawn_guard (Lab *lab, GError **error)
{
  static const char script[] =
      "folder=$1; shift; read x; for pid; do kill -s KILL -- -$pid; done; rm -rf \"$folder\"";
  const GPid pids[] = { lab->dovecot, lab->postfix, lab->others[LAB_EXIM], lab->others[LAB_CYRUS],
                        lab->others[LAB_COURIER] };
  g_autoptr (GPtrArray) command = g_ptr_array_new_with_free_func (g_free);
  const char *const begin[] = { "/bin/sh", "-c", script, "sh", lab->folder };

  for (guint i = 0; i < G_N_ELEMENTS (begin); i++)
    g_ptr_array_add (command, g_strdup (begin[i]));
  for (guint i = 0; i < G_N_ELEMENTS (pids); i++)
    if (pids[i] > 0)
      g_ptr_array_add (command, g_strdup_printf ("%d", pids[i]));
  g_ptr_array_add (command, NULL);
  lab_kill (lab->guard);
  if (lab->guard > 0)
    close (lab->guard_fd);
  lab->guard = 0;
  return g_spawn_async_with_pipes ("/", (char **) command->pdata, NULL,
                                   G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_STDOUT_TO_DEV_NULL |
                                       G_SPAWN_STDERR_TO_DEV_NULL,
                                   lead_a_group, NULL, &lab->guard, &lab->guard_fd, NULL, NULL, error);
}
