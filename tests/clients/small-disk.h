/* A small disk that a test can fill. */
#pragma once
#include "clients/places.h"
#include <sched.h>
#include <sys/mount.h>

static inline gboolean
write_text (const char *path, const char *text)
{
  int fd = open (path, O_WRONLY);
  gboolean ok = fd != -1 && write (fd, text, strlen (text)) == (gssize) strlen (text);

  close (fd);
  return ok;
}

/* A disk of one's own, without rights outside. size: as “size=64k”. Returns: FALSE where that is not allowed */
static inline gboolean
mount_small_disk (const char *path, const char *size)
{
  g_autofree char *user = g_strdup_printf ("0 %u 1", geteuid ());
  g_autofree char *group = g_strdup_printf ("0 %u 1", getegid ());

  return unshare (CLONE_NEWUSER | CLONE_NEWNS) == 0 && write_text ("/proc/self/uid_map", user) &&
         write_text ("/proc/self/setgroups", "deny") && write_text ("/proc/self/gid_map", group) &&
         mount ("tmpfs", path, "tmpfs", 0, size) == 0;
}
