/* getaddrinfo() can neither be cancelled nor limited, so each call has a thread of its own that may outlive its caller. */
#include "wire/dns.h"
#include "wire/network.h"
#include <errno.h>
#include <netdb.h>
#include <resolv.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#define IMPATIENT_US                                                                                         \
  (300 * 1000) /* after so long IPv4 is asked for alone: some routers swallow what is asked for IPv6 */
#define FAVOUR_US (50 * 1000) /* how much longer IPv6 may take (RFC 8305 3, “Resolution Delay”) */

/* Shared by the caller and the thread; the last of the two to leave frees it. */
typedef struct {
  int references;
  int done;     /* eventfd */
  int finished; /* atomic: what the thread wrote can be read */
  char *host;
  int family;
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
  const struct addrinfo hints = { .ai_family = lookup->family, .ai_socktype = SOCK_STREAM };

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
lookup_start (const char *host, int family)
{
  Lookup *lookup = g_new0 (Lookup, 1);

  lookup->references = 2;
  lookup->host = g_strdup (host);
  lookup->family = family;
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

static gboolean
is_there (const Lookup *lookup)
{
  return g_atomic_int_get (&lookup->finished) && lookup->code == 0;
}

/* Waits until one of the look-ups has ended. second: or NULL. Returns: FALSE with an error when stopped */
static gboolean
wait_for (const Lookup *lookup, const Lookup *second, const PostwegWait *wait, gint64 most_us, GError **error)
{
  GPollFD done[] = { { lookup->done, G_IO_IN, 0 }, { second != NULL ? second->done : -1, G_IO_IN, 0 } };

  return postweg_wait_poll (wait, done, second != NULL ? 2 : 1, most_us, error);
}

/* Asks for IPv4 alone, too. Returns: (transfer none): the look-up that counts, or NULL with an error */
static const Lookup *
ask_for_four (const Lookup *lookup, const Lookup *four, const PostwegWait *wait, GError **error)
{
  if (!wait_for (lookup, four, wait, G_MAXINT64, error))
    return NULL;
  if (!wait_for (lookup, NULL, wait, is_there (four) ? FAVOUR_US : G_MAXINT64, error))
    return NULL;
  return is_there (four) && !is_there (lookup) ? four : lookup;
}

/* Returns: (transfer full): as postweg_dns_lookup() */
static GPtrArray *
ask (const Lookup *lookup, guint16 port, const PostwegWait *wait, GError **error)
{
  const Lookup *counts = lookup;
  Lookup *four = NULL;
  GPtrArray *addresses = NULL;

  if (!wait_for (lookup, NULL, wait, IMPATIENT_US, error))
    return NULL;
  if (!g_atomic_int_get (&lookup->finished) && postweg_wait_left (wait) > 0)
    {
      four = lookup_start (lookup->host, AF_INET);
      counts = ask_for_four (lookup, four, wait, error);
    }
  if (counts != NULL && g_atomic_int_get (&counts->finished))
    addresses = addresses_of (counts, port, error);
  else if (counts != NULL)
    postweg_wait_too_late (wait, POSTWEG_ERROR_NO_DNS_ANSWER, error);
  g_clear_pointer (&four, lookup_release);
  return addresses;
}

GPtrArray *
postweg_dns_lookup (const char *host, guint16 port, const PostwegWait *wait, GError **error)
{
  g_autoptr (GInetAddress) numeric = g_inet_address_new_from_string (host);
  GPtrArray *addresses;
  Lookup *lookup;

  if (numeric != NULL)
    {
      addresses = g_ptr_array_new_with_free_func (g_object_unref);
      g_ptr_array_add (addresses, g_inet_socket_address_new (numeric, port));
      return addresses;
    }

  lookup = lookup_start (host, AF_UNSPEC);
  addresses = ask (lookup, port, wait, error);
  lookup_release (lookup);
  return addresses;
}
