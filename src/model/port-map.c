/* The map of ports. */
#include "model/port-map.h"
#include <string.h>

const PostwegUsualPort postweg_usual_ports[POSTWEG_N_USUAL_PORTS] = {
  { 993, POSTWEG_IMAP, POSTWEG_TLS },       { 143, POSTWEG_IMAP, POSTWEG_STARTTLS },
  { 995, POSTWEG_POP3, POSTWEG_TLS },       { 110, POSTWEG_POP3, POSTWEG_STARTTLS },
  { 465, POSTWEG_SMTP, POSTWEG_TLS },       { 587, POSTWEG_SMTP, POSTWEG_STARTTLS },
  { 2525, POSTWEG_SMTP, POSTWEG_STARTTLS }, { 25, POSTWEG_SMTP, POSTWEG_STARTTLS },
};

PostwegPort *
postweg_port_new (const char *host, const char *address, guint16 port, PostwegProtocol protocol)
{
  PostwegPort *made = g_new0 (PostwegPort, 1);

  made->host = g_strdup (host);
  made->address = g_strdup (address);
  made->ipv6 = strchr (address, ':') != NULL;
  made->port = port;
  made->protocol = protocol;
  return made;
}

void
postweg_port_free (PostwegPort *port)
{
  if (port == NULL)
    return;
  g_free (port->host);
  g_free (port->address);
  g_free (port->greeting);
  postweg_tls_facts_free (port->tls);
  g_free (port);
}

static int
rank_of (const char *host, const char *const *hosts)
{
  int rank = 0;

  while (hosts[rank] != NULL && g_ascii_strcasecmp (hosts[rank], host) != 0)
    rank++;
  return rank;
}

static gint
compare (gconstpointer a, gconstpointer b, gpointer hosts)
{
  const PostwegPort *x = *(PostwegPort *const *) a, *y = *(PostwegPort *const *) b;
  const int differences[] = {
    rank_of (x->host, hosts) - rank_of (y->host, hosts),
    (int) x->protocol - (int) y->protocol,
    x->port - y->port,
    x->ipv6 - y->ipv6,
  };

  for (guint i = 0; i < G_N_ELEMENTS (differences); i++)
    if (differences[i] != 0)
      return differences[i];
  return g_strcmp0 (x->address, y->address);
}

void
postweg_port_map_sort (GPtrArray *map, const char *const *hosts)
{
  g_ptr_array_sort_with_data (map, compare, (gpointer) hosts);
}

const char *
postweg_port_state_name (PostwegPortState state)
{
  static const char *const names[] = { "unknown", "open", "refused", "silent", "unreachable", "reset" };

  return names[state];
}
