/* Servers of other makers beside Dovecot and Postfix. */
#include "lab-private.h"
#include <errno.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <pwd.h>
#include <unistd.h>

static const LabMakerSetup *const setups[LAB_N_MAKERS] = { &lab_exim, &lab_cyrus, &lab_courier };

/* Returns: (transfer full): the folder below which the maker's files lie, as the package names them; "" when it is installed; NULL when it
 * is not there */
static char *
find_server (const LabMakerSetup *setup, GError **error)
{
  g_autofree char *unpacked = g_build_filename (LAB_SERVERS, setup->name, NULL);
  g_autofree char *program = g_build_filename (unpacked, setup->program, NULL);

  if (g_file_test (program, G_FILE_TEST_IS_EXECUTABLE))
    return g_steal_pointer (&unpacked);
  if (g_file_test (setup->program, G_FILE_TEST_IS_EXECUTABLE))
    return g_strdup ("");
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
               "%s is neither installed nor unpacked (data/start --prepare build tests)", setup->name);
  return NULL;
}

static gboolean
make_folder (const Lab *lab, const char *name, const char *below, GError **error)
{
  g_autofree char *path = g_build_filename (lab->folder, name, below, NULL);

  if (lab_make_mail_folder (path) && g_chmod (path, 0755) == 0)
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "%s cannot be made", path);
  return FALSE;
}

/* What a program needs of /etc; missing ones are left out. */
static const char *const etc_files[] = { "nsswitch.conf", "hosts",     "host.conf", "ld.so.cache",
                                         "services",      "protocols", "localtime" };

/* The users that packages would have made are the lab's mail user under other names. */
static gboolean
make_etc (const Lab *lab, const char *name, GError **error)
{
  const struct passwd *owner = getpwnam (LAB_MAIL_USER);
  g_autofree char *passwd = g_strdup_printf ("%s/etc/passwd", name);
  g_autofree char *group = g_strdup_printf ("%s/etc/group", name);
  g_autofree char *users =
      g_strdup_printf ("root:x:0:0::/:/bin/sh\n%s:x:%u:%u::/:/bin/false\nDebian-exim:x:%u:%u::/:/bin/false\n"
                       "courier:x:%u:%u::/:/bin/false\n",
                       LAB_MAIL_USER, owner->pw_uid, owner->pw_gid, owner->pw_uid, owner->pw_gid,
                       owner->pw_uid, owner->pw_gid);
  g_autofree char *groups = g_strdup_printf ("root:x:0:\n%s:x:%u:\nDebian-exim:x:%u:\ncourier:x:%u:\n",
                                             LAB_MAIL_USER, owner->pw_gid, owner->pw_gid, owner->pw_gid);

  if (!make_folder (lab, name, "etc", error) || !make_folder (lab, name, "run", error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (etc_files); i++)
    {
      g_autofree char *from = g_build_filename ("/etc", etc_files[i], NULL);
      g_autofree char *to = g_build_filename (lab->folder, name, "etc", etc_files[i], NULL);
      g_autoptr (GFile) source = g_file_new_for_path (from), target = g_file_new_for_path (to);

      g_file_copy (source, target, G_FILE_COPY_OVERWRITE, NULL, NULL, NULL, NULL);
    }
  return lab_write_file (lab, passwd, users, 0644, error) && lab_write_file (lab, group, groups, 0644, error);
}

static gboolean
write_files (const Lab *lab, const LabMakerSetup *setup, const char *server, GError **error)
{
  g_autoptr (GPtrArray) values = lab_values_new (lab);
  g_autofree char *log = g_strdup_printf ("%s/%s.log", lab->folder, setup->name);

  if (!setup->prepare (lab, values, error))
    return FALSE;
  lab_values_add (values, "SERVER", g_strdup (server));
  lab_values_add (values, "MAIL_USER", g_strdup (LAB_MAIL_USER));
  lab_values_add (values, "LOG", g_steal_pointer (&log));
  lab_values_add (values, "OWN", g_build_filename (lab->folder, setup->name, NULL));
  for (guint i = 0; setup->templates[i] != NULL; i++)
    {
      g_autofree char *target = g_build_filename (setup->name, setup->templates[i], NULL);

      if (!lab_fill_in (lab, values, setup->templates[i], target, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
start (Lab *lab, const LabMakerSetup *setup, GPid *pid, GError **error)
{
  g_autofree char *script = g_build_filename (lab->folder, setup->name, setup->templates[0], NULL);
  /* some of these leave their process group, but nothing leaves a process namespace */
  const char *const command[] = { "unshare", "--pid", "--fork", "--kill-child", "/bin/sh", script, NULL };

  return (setup->apart ? lab_spawn_apart (lab, command, setup->name, pid, error)
                       : lab_spawn (lab, command, pid, error)) &&
         lab_spawn_guard (lab, error) &&
         lab_wait_for (lab, setup->name, *pid, setup->health, lab->ports[setup->port], error);
}

gboolean
lab_add (Lab *lab, LabMaker maker, GError **error)
{
  const LabMakerSetup *setup = setups[maker];
  g_autofree char *server = NULL;

  if (lab->others[maker] > 0)
    return TRUE;
  server = find_server (setup, error);
  return server != NULL && make_folder (lab, setup->name, NULL, error) &&
         (!setup->apart || make_etc (lab, setup->name, error)) && write_files (lab, setup, server, error) &&
         start (lab, setup, &lab->others[maker], error);
}
