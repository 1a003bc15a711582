/* Looks at the interfaces; no packet is sent. */
#include "wire/network.h"
#include <ifaddrs.h>
#include <net/if.h>
#include <sys/socket.h>

gboolean
postweg_network_is_there (void)
{
  struct ifaddrs *all = NULL;
  gboolean found = FALSE;

  if (getifaddrs (&all) != 0)
    return TRUE;
  for (const struct ifaddrs *one = all; one != NULL; one = one->ifa_next)
    if (one->ifa_addr != NULL && (one->ifa_flags & IFF_UP) != 0 && (one->ifa_flags & IFF_LOOPBACK) == 0 &&
        (one->ifa_addr->sa_family == AF_INET || one->ifa_addr->sa_family == AF_INET6))
      found = TRUE;
  freeifaddrs (all);
  return found;
}

/* Connecting a datagram socket asks the routing table and sends nothing. */
gboolean
postweg_network_has_way (GSocketAddress *address)
{
  g_autoptr (GSocket) socket = g_socket_new (g_socket_address_get_family (address), G_SOCKET_TYPE_DATAGRAM,
                                             G_SOCKET_PROTOCOL_UDP, NULL);

  return socket != NULL && g_socket_connect (socket, address, NULL, NULL);
}
