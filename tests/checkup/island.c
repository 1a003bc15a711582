/* Namespaces, an interface that swallows packets, and a small name server. */
#include "island.h"
#include "island-far.h"
#include <arpa/inet.h>
#include <fcntl.h>
#include <linux/if.h>
#include <linux/if_tun.h>
#include <linux/ipv6.h>
#include <linux/route.h>
#include <poll.h>
#include <sched.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <unistd.h>

#define PORT 53
#define MAX_PACKET 512
#define HEADER 12
#define TYPE_A 1
#define TYPE_AAAA 28
#define MAX_ANSWER 2048

static const IslandName *the_names;
static GMutex lock;
static GHashTable *asked; /* char* -> count, under the lock */

static gboolean
fail (const char **reason, const char *text)
{
  *reason = text;
  return FALSE;
}

static gboolean
write_text (const char *path, const char *text)
{
  int fd = open (path, O_WRONLY | O_CLOEXEC);
  gboolean ok = fd >= 0 && write (fd, text, strlen (text)) == (gssize) strlen (text);

  if (fd >= 0)
    close (fd);
  return ok;
}

static gboolean
be_root_of_an_own_world (void)
{
  g_autofree char *users = g_strdup_printf ("0 %d 1", (int) getuid ());
  g_autofree char *groups = g_strdup_printf ("0 %d 1", (int) getgid ());

  return unshare (CLONE_NEWUSER | CLONE_NEWNET | CLONE_NEWNS) == 0 &&
         write_text ("/proc/self/setgroups", "deny") && write_text ("/proc/self/uid_map", users) &&
         write_text ("/proc/self/gid_map", groups) && mount (NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0;
}

/* Lays a file with this text over the real one, for this process only. */
static gboolean
cover_file (const char *path, const char *text)
{
  g_autofree char *file = NULL;
  int fd = g_file_open_tmp ("postweg-island-XXXXXX", &file, NULL);
  gboolean ok = fd >= 0 && write (fd, text, strlen (text)) == (gssize) strlen (text) &&
                mount (file, path, NULL, MS_BIND, NULL) == 0;

  if (fd >= 0)
    close (fd);
  if (file != NULL)
    unlink (file);
  return ok;
}

static gboolean
raise_interface (const char *name)
{
  struct ifreq request = { 0 };
  int fd = socket (AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  gboolean ok;

  g_strlcpy (request.ifr_name, name, sizeof request.ifr_name);
  request.ifr_flags = IFF_UP | IFF_RUNNING;
  ok = ioctl (fd, SIOCSIFFLAGS, &request) == 0;
  close (fd);
  return ok;
}

/* the name server */

static const IslandName *
find_name (const char *name)
{
  static const IslandName unknown = { "", ISLAND_UNKNOWN };

  for (const IslandName *row = the_names; row->name != NULL; row++)
    if (g_ascii_strcasecmp (row->name, name) == 0 ||
        (*row->name == '*' && g_str_has_suffix (name, row->name + 1)))
      return row;
  return &unknown;
}

/* Reads the one question (RFC 1035 4.1.2). Returns: where it ends, 0 if it is none */
static gsize
read_question (const guint8 *packet, gsize length, GString *name, guint16 *type)
{
  gsize at = HEADER;

  while (at < length && packet[at] != 0)
    {
      gsize label = packet[at];

      if (label > 63 || at + label + 1 >= length)
        return 0;
      g_string_append_printf (name, "%s%.*s", name->len > 0 ? "." : "", (int) label,
                              (const char *) packet + at + 1);
      at += label + 1;
    }
  if (at + 5 > length)
    return 0;
  *type = (guint16) (packet[at + 1] << 8 | packet[at + 2]);
  return at + 5;
}

/* Adds an address record that points back at the question (RFC 1035 4.1.3, 4.1.4). Returns: the new length */
static gsize
add_address (guint8 *packet, gsize length, guint16 type, const char *address)
{
  static const guint8 pointer[] = { 0xc0, HEADER };
  gboolean v6 = type == TYPE_AAAA;
  const guint8 middle[] = { 0, (guint8) type, 0, 1, 0, 0, 0, 0, 0, v6 ? 16 : 4 };

  memcpy (packet + length, pointer, sizeof pointer);
  memcpy (packet + length + 2, middle, sizeof middle);
  inet_pton (v6 ? AF_INET6 : AF_INET, address, packet + length + 12);
  packet[7] = 1;
  return length + 12 + (v6 ? 16 : 4);
}

static gsize
put_number (guint8 *packet, gsize at, guint number)
{
  packet[at] = (guint8) (number >> 8);
  packet[at + 1] = (guint8) number;
  return at + 2;
}

/* A name without compression (RFC 1035 3.1). */
static gsize
put_name (guint8 *packet, gsize at, const char *name)
{
  g_auto (GStrv) labels = g_strsplit (strcmp (name, ".") == 0 ? "" : name, ".", -1);

  for (guint i = 0; labels[i] != NULL; i++)
    {
      packet[at++] = (guint8) strlen (labels[i]);
      memcpy (packet + at, labels[i], strlen (labels[i]));
      at += strlen (labels[i]);
    }
  packet[at++] = 0;
  return at;
}

static gsize
put_data (guint8 *packet, gsize at, char **words)
{
  guint n = g_strv_length (words);

  if (strcmp (words[0], "TXT") == 0)
    {
      g_autofree char *text = g_strjoinv (" ", words + 1);

      packet[at++] = (guint8) strlen (text);
      memcpy (packet + at, text, strlen (text));
      return at + strlen (text);
    }
  for (guint i = 1; i + 1 < n; i++)
    at = put_number (packet, at, (guint) g_ascii_strtoull (words[i], NULL, 10));
  return put_name (packet, at, words[n - 1]);
}

/* Adds the row's records of this type. Returns: the new length */
static gsize
add_records (guint8 *packet, gsize length, guint16 type, const char *records)
{
  static const struct {
    const char *name;
    guint16 type;
  } types[] = { { "MX", 15 }, { "TXT", 16 }, { "SRV", 33 } };
  g_auto (GStrv) rows = g_strsplit (records, " | ", -1);

  for (guint i = 0; rows[i] != NULL; i++)
    {
      g_auto (GStrv) words = g_strsplit (rows[i], " ", -1);

      for (guint k = 0; k < G_N_ELEMENTS (types); k++)
        if (types[k].type == type && g_strcmp0 (types[k].name, words[0]) == 0)
          {
            gsize at = put_number (packet, length, 0xc000 | HEADER);
            gsize end;

            at = put_number (packet, put_number (packet, at, type), 1);
            at = put_number (packet, put_number (packet, at, 0), 60);
            end = put_data (packet, at + 2, words);
            put_number (packet, at, (guint) (end - at - 2));
            length = end;
            packet[7]++;
          }
    }
  return length;
}

/* Turns the question into its answer, in place. Returns: its length, 0 for silence */
static gsize
answer (guint8 *packet, gsize length, const IslandName *row, guint16 type)
{
  static const guint8 codes[] = { [ISLAND_FOUND] = 0,  [ISLAND_UNKNOWN] = 3,  [ISLAND_EMPTY] = 0,
                                  [ISLAND_BROKEN] = 2, [ISLAND_REFUSING] = 5, [ISLAND_NO_SIX] = 0 };
  const char *address = type == TYPE_A ? row->v4 : type == TYPE_AAAA ? row->v6 : NULL;

  if (row->answer == ISLAND_SILENT || (row->answer == ISLAND_NO_SIX && type == TYPE_AAAA))
    return 0;
  if (row->answer == ISLAND_GARBAGE)
    return memset (packet + 2, 0xff, length - 2), length;
  packet[2] = 0x84; /* an answer, with authority */
  packet[3] = (guint8) (0x80 | codes[row->answer]);
  memset (packet + 6, 0, 6);
  if (row->proven)
    packet[3] |= 0x20;
  if (row->answer == ISLAND_FOUND && row->records != NULL)
    length = add_records (packet, length, type, row->records);
  if ((row->answer == ISLAND_FOUND || row->answer == ISLAND_NO_SIX) && address != NULL)
    return add_address (packet, length, type, address);
  return length;
}

static void
count (const char *name)
{
  g_mutex_lock (&lock);
  g_hash_table_insert (asked, g_ascii_strdown (name, -1),
                       GUINT_TO_POINTER (GPOINTER_TO_UINT (g_hash_table_lookup (asked, name)) + 1));
  g_mutex_unlock (&lock);
}

static gpointer
serve_names (gpointer data)
{
  int fd = GPOINTER_TO_INT (data);

  while (TRUE)
    {
      guint8 packet[MAX_ANSWER];
      struct sockaddr_storage from;
      socklen_t size = sizeof from;
      gssize length = recvfrom (fd, packet, MAX_PACKET, 0, (struct sockaddr *) &from, &size);
      g_autoptr (GString) name = g_string_new (NULL);
      guint16 type = 0;
      gsize end = length > HEADER ? read_question (packet, (gsize) length, name, &type) : 0;

      if (end == 0)
        continue;
      count (name->str);
      end = answer (packet, end, find_name (name->str), type);
      if (end > 0)
        sendto (fd, packet, end, 0, (struct sockaddr *) &from, size);
    }
  return NULL;
}

static gboolean
start_name_server (void)
{
  struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons (PORT) };
  int fd = socket (AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);

  inet_pton (AF_INET, ISLAND_NAME_SERVER, &address.sin_addr);
  if (bind (fd, (struct sockaddr *) &address, sizeof address) != 0)
    return close (fd), FALSE;
  asked = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_thread_unref (g_thread_new ("names", serve_names, GINT_TO_POINTER (fd)));
  return TRUE;
}

gboolean
island_enter (const IslandName *names, const char **reason)
{
  the_names = names;
  if (!be_root_of_an_own_world ())
    return fail (reason, "this kernel allows no user and network namespace");
  if (!cover_file ("/etc/resolv.conf", "nameserver " ISLAND_NAME_SERVER
                                       "\nsearch inner.example\noptions timeout:1 attempts:2\n") ||
      !cover_file ("/etc/nsswitch.conf", "hosts: files dns\n"))
    return fail (reason, "the name service's files cannot be covered");
  if (!raise_interface ("lo"))
    return fail (reason, "loopback cannot be switched on");
  return names == NULL || start_name_server () || fail (reason, "the name server cannot listen");
}

char **
island_take_asked (void)
{
  static GHashTable *taken;
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer name;

  g_mutex_lock (&lock);
  if (taken == NULL)
    taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_hash_table_iter_init (&iter, asked);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    if (g_hash_table_add (taken, g_strdup (name)))
      g_ptr_array_add (names, g_strdup (name));
  g_mutex_unlock (&lock);
  g_ptr_array_add (names, NULL);
  return (char **) g_ptr_array_steal (names, NULL);
}

guint
island_asked_all (void)
{
  GHashTableIter iter;
  gpointer times;
  guint n = 0;

  g_mutex_lock (&lock);
  g_hash_table_iter_init (&iter, asked);
  while (g_hash_table_iter_next (&iter, NULL, &times))
    n += GPOINTER_TO_UINT (times);
  g_mutex_unlock (&lock);
  return n;
}

guint
island_asked (const char *name)
{
  guint n;

  g_mutex_lock (&lock);
  n = GPOINTER_TO_UINT (g_hash_table_lookup (asked, name));
  g_mutex_unlock (&lock);
  return n;
}

/* the sink */

static gboolean
set_v4 (const char *name)
{
  struct ifreq request = { 0 };
  struct sockaddr_in address = { .sin_family = AF_INET };
  int fd = socket (AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  gboolean ok;

  g_strlcpy (request.ifr_name, name, sizeof request.ifr_name);
  inet_pton (AF_INET, ISLAND_V4, &address.sin_addr);
  memcpy (&request.ifr_addr, &address, sizeof address);
  ok = ioctl (fd, SIOCSIFADDR, &request) == 0;
  inet_pton (AF_INET, "255.255.255.0", &address.sin_addr);
  memcpy (&request.ifr_netmask, &address, sizeof address);
  ok = ok && ioctl (fd, SIOCSIFNETMASK, &request) == 0;
  close (fd);
  return ok;
}

/* Duplicate address detection would keep the address unusable for a second. */
static gboolean
set_v6 (const char *name)
{
  g_autofree char *detection = g_strdup_printf ("/proc/sys/net/ipv6/conf/%s/accept_dad", name);
  struct ifreq index = { 0 };
  struct in6_ifreq address = { .ifr6_prefixlen = 32 };
  int fd = socket (AF_INET6, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  gboolean ok;

  write_text (detection, "0");
  g_strlcpy (index.ifr_name, name, sizeof index.ifr_name);
  inet_pton (AF_INET6, ISLAND_V6, &address.ifr6_addr);
  ok = fd >= 0 && ioctl (fd, SIOCGIFINDEX, &index) == 0;
  address.ifr6_ifindex = index.ifr_ifindex;
  ok = ok && ioctl (fd, SIOCSIFADDR, &address) == 0;
  if (fd >= 0)
    close (fd);
  return ok;
}

gboolean
island_add_far (const IslandRoute *routes, const char **reason)
{
  struct ifreq request = { .ifr_flags = IFF_TUN | IFF_NO_PI };
  int fd =
      open ("/dev/net/tun", O_RDWR | O_CLOEXEC); /* open until the end: closing takes the interface away */

  g_strlcpy (request.ifr_name, "sink", sizeof request.ifr_name);
  if (fd < 0 || ioctl (fd, TUNSETIFF, &request) != 0)
    return fail (reason, "there is no /dev/net/tun for an interface that swallows packets");
  if (!set_v4 ("sink") || !raise_interface ("sink"))
    return fail (reason, "the interface that swallows packets cannot be set up");
  set_v6 ("sink");
  island_far_start (fd, routes);
  return TRUE;
}

gboolean
island_add_sink (const char **reason)
{
  static const IslandRoute none[] = { { NULL, 0, TRUE, 0 } };

  return island_add_far (none, reason);
}

guint16
island_blocked_port (guint16 port)
{
  struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons (port) };
  socklen_t size = sizeof address;
  int fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

  address.sin_addr.s_addr = htonl (INADDR_LOOPBACK);
  if (bind (fd, (struct sockaddr *) &address, size) != 0 || listen (fd, 0) != 0 ||
      getsockname (fd, (struct sockaddr *) &address, &size) != 0)
    return close (fd), 0;
  for (guint i = 0; i < 4; i++)
    {
      int held = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);

      if (connect (held, (struct sockaddr *) &address, size) == 0)
        continue;
    }
  g_usleep (50 * 1000);
  return ntohs (address.sin_port);
}
