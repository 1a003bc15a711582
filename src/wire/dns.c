/* getaddrinfo() can neither be cancelled nor limited, so each call has a thread of its own that may outlive its caller. */
#include "wire/dns.h"
#include "wire/network.h"
#include <errno.h>
#include <netdb.h>
#include <resolv.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

/* Shared by the caller and the thread; the last of the two to leave frees it. */
typedef struct {
  int references;
  int done;     /* eventfd */
  int finished; /* atomic: what the thread wrote can be read */
  char *host;
  int code;
  struct addrinfo *found;
} Lookup;

static void
lookup_release (Lookup *lookup)
{
  if (!g_atomic_int_dec_and_test (&lookup->references))
    return;
  g_clear_pointer (&lookup->found, freeaddrinfo);
  close (lookup->done);
  g_free (lookup->host);
  g_free (lookup);
}

static gpointer
lookup_thread (gpointer data)
{
  Lookup *lookup = data;
  const struct addrinfo hints = { .ai_socktype = SOCK_STREAM };

  /* A server's name is complete: "imap.firm.example" must not become "imap.firm.example.home.arpa". glibc keeps the resolver's
   * options per thread, so this touches nobody else. */
  if (strchr (lookup->host, '.') != NULL && res_init () == 0)
    _res.options &= ~(unsigned long) (RES_DNSRCH | RES_DEFNAMES);
  lookup->code = getaddrinfo (lookup->host, NULL, &hints, &lookup->found);
  g_atomic_int_set (&lookup->finished, TRUE);
  eventfd_write (lookup->done, 1);
  lookup_release (lookup);
  return NULL;
}

static Lookup *
lookup_start (const char *host)
{
  Lookup *lookup = g_new0 (Lookup, 1);

  lookup->references = 2;
  lookup->host = g_strdup (host);
  lookup->done = eventfd (0, EFD_CLOEXEC);
  g_thread_unref (g_thread_new ("dns", lookup_thread, lookup));
  return lookup;
}

static PostwegError
error_of (int code)
{
  switch (code)
    {
    case EAI_NONAME:
      return POSTWEG_ERROR_NO_SUCH_HOST;
    case EAI_NODATA:
    case EAI_ADDRFAMILY:
      return POSTWEG_ERROR_NO_ADDRESS;
    default:
      return postweg_network_is_there () ? POSTWEG_ERROR_NO_DNS_ANSWER : POSTWEG_ERROR_OFFLINE;
    }
}

static void
add_address (GPtrArray *addresses, const struct addrinfo *info, guint16 port)
{
  g_autoptr (GSocketAddress) native = g_socket_address_new_from_native (info->ai_addr, info->ai_addrlen);

  if (native != NULL && G_IS_INET_SOCKET_ADDRESS (native))
    g_ptr_array_add (
        addresses,
        g_inet_socket_address_new (g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (native)), port));
}

static gboolean
of_family (gconstpointer address, int family)
{
  return (int) g_socket_address_get_family (G_SOCKET_ADDRESS ((gpointer) address)) == family;
}

/* The resolver's own order (RFC 6724) decides which family is first; then they take turns. */
static GPtrArray *
in_turn (GPtrArray *addresses)
{
  GPtrArray *ordered = g_ptr_array_new_with_free_func (g_object_unref);
  int family = (int) g_socket_address_get_family (g_ptr_array_index (addresses, 0));

  while (addresses->len > 0)
    {
      guint i = 0;

      while (i < addresses->len && !of_family (g_ptr_array_index (addresses, i), family))
        i++;
      if (i < addresses->len)
        g_ptr_array_add (ordered, g_ptr_array_steal_index (addresses, i));
      family = family == AF_INET6 ? AF_INET : AF_INET6;
    }
  return ordered;
}

static GPtrArray *
addresses_of (const Lookup *lookup, guint16 port, GError **error)
{
  g_autoptr (GPtrArray) addresses = g_ptr_array_new_with_free_func (g_object_unref);

  for (const struct addrinfo *info = lookup->found; lookup->code == 0 && info != NULL; info = info->ai_next)
    add_address (addresses, info, port);
  if (addresses->len > 0)
    return in_turn (addresses);
  g_set_error_literal (error, POSTWEG_ERROR,
                       lookup->code == 0 ? POSTWEG_ERROR_NO_ADDRESS : (gint) error_of (lookup->code),
                       lookup->code == 0 ? "no address" : gai_strerror (lookup->code));
  return NULL;
}

GPtrArray *
postweg_dns_lookup (const char *host, guint16 port, const PostwegWait *wait, GError **error)
{
  g_autoptr (GInetAddress) numeric = g_inet_address_new_from_string (host);
  GPtrArray *addresses = NULL;
  GPollFD done = { .events = G_IO_IN };
  Lookup *lookup;

  if (numeric != NULL)
    {
      addresses = g_ptr_array_new_with_free_func (g_object_unref);
      g_ptr_array_add (addresses, g_inet_socket_address_new (numeric, port));
      return addresses;
    }

  lookup = lookup_start (host);
  done.fd = lookup->done;
  if (postweg_wait_poll (wait, &done, 1, G_MAXINT64, error))
    {
      if (done.revents != 0 && g_atomic_int_get (&lookup->finished))
        addresses = addresses_of (lookup, port, error);
      else
        postweg_wait_too_late (wait, POSTWEG_ERROR_NO_DNS_ANSWER, error);
    }
  lookup_release (lookup);
  return addresses;
}
