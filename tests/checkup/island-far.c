/* Far servers that are this computer's own: packets go out, wait as long as the table says, and come back with their addresses exchanged.
 * The checksums stay right, since both addresses are summed up alike. */
#include "island-far.h"
#include <arpa/inet.h>
#include <errno.h>
#include <gio/gio.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

#define MAX_PACKET 2048
#define MAX_WAITING 256
#define TCP 6
#define SYN_FLAG 0x02
#define ACK_FLAG 0x10

typedef struct {
  guint8 bytes[MAX_PACKET];
  gsize length;
  gint64 due;
} Packet;

typedef struct {
  int fd;
  const IslandRoute *routes;
  GQueue waiting; /* Packet */
} Far;

/* Where things are in a packet of either family. */
typedef struct {
  gsize from, to, size, tcp;
} Layout;

static gboolean
layout_of (const guint8 *bytes, gsize length, Layout *layout)
{
  guint version = length > 0 ? bytes[0] >> 4 : 0;

  if (version == 4 && length >= 40)
    *layout = (Layout){ 12, 16, 4, (gsize) (bytes[0] & 0xf) * 4 };
  else if (version == 6 && length >= 60)
    *layout = (Layout){ 8, 24, 16, 40 };
  else
    return FALSE;
  return bytes[version == 4 ? 9 : 6] == TCP && length >= layout->tcp + 20;
}

static const IslandRoute *
route_of (const Far *far, const guint8 *bytes, const Layout *layout)
{
  static const IslandRoute nowhere = { NULL, 0, TRUE, 0 };
  guint16 port = (guint16) (bytes[layout->tcp + 2] << 8 | bytes[layout->tcp + 3]);
  char address[INET6_ADDRSTRLEN];

  inet_ntop (layout->size == 4 ? AF_INET : AF_INET6, bytes + layout->to, address, sizeof address);
  for (const IslandRoute *route = far->routes; route->address != NULL; route++)
    if (strcmp (route->address, address) == 0 && (route->port == 0 || route->port == port))
      return route;
  return &nowhere;
}

static void
exchange (guint8 *bytes, const Layout *layout)
{
  guint8 from[16];

  memcpy (from, bytes + layout->from, layout->size);
  memcpy (bytes + layout->from, bytes + layout->to, layout->size);
  memcpy (bytes + layout->to, from, layout->size);
}

static void
take_in (Far *far)
{
  g_autofree Packet *packet = g_new (Packet, 1);
  gssize length = read (far->fd, packet->bytes, MAX_PACKET);
  Layout layout;
  const IslandRoute *route;
  guint8 flags;

  if (length <= 0 || !layout_of (packet->bytes, (gsize) length, &layout))
    return;
  route = route_of (far, packet->bytes, &layout);
  if (route->swallow || far->waiting.length >= MAX_WAITING)
    return;
  flags = packet->bytes[layout.tcp + 13];
  packet->length = (gsize) length;
  packet->due =
      g_get_monotonic_time () + ((flags & (SYN_FLAG | ACK_FLAG)) == SYN_FLAG ? route->syn_ms * 1000 : 0);
  exchange (packet->bytes, &layout);
  g_queue_push_tail (&far->waiting, g_steal_pointer (&packet));
}

/* Returns: how long until the next one is due, in ms; -1: none waits */
static int
send_due (Far *far)
{
  gint64 now = g_get_monotonic_time (), next = G_MAXINT64;

  for (GList *link = far->waiting.head, *after; link != NULL; link = after)
    {
      Packet *packet = link->data;

      after = link->next;
      if (packet->due > now)
        {
          next = MIN (next, packet->due);
          continue;
        }
      if (write (far->fd, packet->bytes, packet->length) < 0 && errno == EBADF)
        return -1;
      g_queue_delete_link (&far->waiting, link);
      g_free (packet);
    }
  return next == G_MAXINT64 ? -1 : (int) ((next - now + 999) / 1000);
}

static gpointer
run (gpointer data)
{
  Far *far = data;

  while (TRUE)
    {
      struct pollfd poll_fd = { far->fd, POLLIN, 0 };

      if (poll (&poll_fd, 1, send_due (far)) > 0)
        take_in (far);
    }
  return NULL;
}

void
island_far_start (int fd, const IslandRoute *routes)
{
  Far *far = g_new0 (Far, 1);

  far->fd = fd;
  far->routes = routes;
  g_queue_init (&far->waiting);
  g_thread_unref (g_thread_new ("far", run, far));
}

/* Passes on what one end says. Returns: FALSE at its end */
static gboolean
pass (GSocket *from, GSocket *to)
{
  char bytes[4096];
  gssize length = g_socket_receive (from, bytes, sizeof bytes, NULL, NULL);

  for (gssize sent = 0; sent < length;)
    {
      gssize n = g_socket_send (to, bytes + sent, (gsize) (length - sent), NULL, NULL);

      if (n <= 0)
        return FALSE;
      sent += n;
    }
  return length > 0;
}

static void
relay (GSocket *near, GSocket *far)
{
  gboolean open = TRUE;

  while (open)
    {
      struct pollfd ends[] = { { g_socket_get_fd (near), POLLIN, 0 }, { g_socket_get_fd (far), POLLIN, 0 } };

      open = poll (ends, 2, 60000) > 0 && (ends[0].revents == 0 || pass (near, far)) &&
             (ends[1].revents == 0 || pass (far, near));
    }
}

/* A thread of its own; hangs up at once when there is nobody to relay to. */
static gboolean
serve (GThreadedSocketService *service G_GNUC_UNUSED, GSocketConnection *connection,
       GObject *source G_GNUC_UNUSED, gpointer data)
{
  const char *to = data;
  g_autoptr (GSocketAddress) own = g_socket_connection_get_local_address (connection, NULL);
  guint16 port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (own));
  g_autoptr (GSocketAddress) place = to != NULL ? g_inet_socket_address_new_from_string (to, port) : NULL;
  g_autoptr (GSocket) socket =
      g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL);

  if (place != NULL && g_socket_connect (socket, place, NULL, NULL))
    relay (g_socket_connection_get_socket (connection), socket);
  g_socket_close (socket, NULL);
  return TRUE;
}

gboolean
island_relay (const char *address, guint16 port, const char *to)
{
  GSocketService *service = g_threaded_socket_service_new (64); /* until the process ends */
  g_autoptr (GSocketAddress) place = g_inet_socket_address_new_from_string (address, port);

  g_signal_connect (service, "run", G_CALLBACK (serve), (gpointer) to);
  /* an address of the other family becomes usable only a moment after it was given */
  for (guint i = 0; i < 40; i++, g_usleep (50 * 1000))
    if (g_socket_listener_add_address (G_SOCKET_LISTENER (service), place, G_SOCKET_TYPE_STREAM,
                                       G_SOCKET_PROTOCOL_TCP, NULL, NULL, NULL))
      return TRUE;
  return FALSE;
}
