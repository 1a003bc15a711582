/* The default route names the network, the gateway's hardware address tells networks apart that number themselves alike. */
#include "checkup/surroundings.h"
#include <string.h>

#define MAX_LINES 1000

/* Columns of /proc/net/route and /proc/net/arp. */
enum { ROUTE_INTERFACE, ROUTE_TO, ROUTE_GATEWAY, ROUTE_FLAGS, ROUTE_METRIC = 6, ROUTE_MASK, ROUTE_COLUMNS };
enum { ARP_ADDRESS, ARP_HARDWARE = 3, ARP_DEVICE = 5, ARP_COLUMNS };

/* Returns: (transfer full): the columns of a line, or NULL if there are too few */
static char **
columns_of (const char *line, guint n)
{
  g_auto (GStrv) raw = g_strsplit_set (line, " \t", -1);
  g_autoptr (GPtrArray) columns = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; raw[i] != NULL; i++)
    if (*raw[i] != '\0')
      g_ptr_array_add (columns, g_strdup (raw[i]));
  if (columns->len < n)
    return NULL;
  g_ptr_array_add (columns, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&columns), FALSE);
}

static gboolean
is_tunnel (const char *interface)
{
  static const char *const prefixes[] = { "tun", "tap", "wg", "ppp", "ipsec", "proton", "nordlynx", "vpn" };

  for (guint i = 0; i < G_N_ELEMENTS (prefixes); i++)
    if (g_str_has_prefix (interface, prefixes[i]))
      return TRUE;
  return FALSE;
}

/* "010200C0" -> "192.0.2.1": the kernel prints the number as it lies in memory */
static char *
dotted (const char *hex)
{
  guint32 number = (guint32) g_ascii_strtoull (hex, NULL, 16);
  const guint8 *bytes = (const guint8 *) &number;

  return g_strdup_printf ("%u.%u.%u.%u", bytes[0], bytes[1], bytes[2], bytes[3]);
}

static void
read_routes (PostwegSurroundings *self, const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", MAX_LINES);
  guint64 best = G_MAXUINT64;

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) columns = columns_of (lines[i], ROUTE_COLUMNS);
      guint64 metric = columns != NULL ? g_ascii_strtoull (columns[ROUTE_METRIC], NULL, 10) : 0;
      g_autofree char *gateway = NULL;

      if (columns == NULL)
        continue;
      self->vpn = self->vpn || is_tunnel (columns[ROUTE_INTERFACE]);
      if (strcmp (columns[ROUTE_TO], "00000000") != 0 || strcmp (columns[ROUTE_MASK], "00000000") != 0 ||
          is_tunnel (columns[ROUTE_INTERFACE]) || metric >= best)
        continue;
      best = metric;
      gateway = dotted (columns[ROUTE_GATEWAY]);
      g_free (self->gateway);
      self->gateway = g_strdup_printf ("%s %s", columns[ROUTE_INTERFACE], gateway);
    }
}

static void
read_neighbours (PostwegSurroundings *self, const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", MAX_LINES);

  for (guint i = 0; lines[i] != NULL && self->hardware == NULL; i++)
    {
      g_auto (GStrv) columns = columns_of (lines[i], ARP_COLUMNS);
      g_autofree char *gateway =
          columns != NULL ? g_strdup_printf ("%s %s", columns[ARP_DEVICE], columns[ARP_ADDRESS]) : NULL;

      if (gateway != NULL && strcmp (gateway, self->gateway) == 0 &&
          strcmp (columns[ARP_HARDWARE], "00:00:00:00:00:00") != 0)
        self->hardware = g_strdup (columns[ARP_HARDWARE]);
    }
}

PostwegSurroundings *
postweg_surroundings_parse (const char *routes, const char *neighbours)
{
  PostwegSurroundings *self = g_new0 (PostwegSurroundings, 1);

  if (routes != NULL)
    read_routes (self, routes);
  if (neighbours != NULL && self->gateway != NULL)
    read_neighbours (self, neighbours);
  return self;
}

PostwegSurroundings *
postweg_surroundings_now (void)
{
  g_autofree char *routes = NULL;
  g_autofree char *neighbours = NULL;

  /* where there are no such files nothing is known, which is no fault */
  g_file_get_contents ("/proc/net/route", &routes, NULL, NULL);
  g_file_get_contents ("/proc/net/arp", &neighbours, NULL, NULL);
  return postweg_surroundings_parse (routes, neighbours);
}

PostwegSurroundings *
postweg_surroundings_copy (const PostwegSurroundings *surroundings)
{
  PostwegSurroundings *copy = g_new (PostwegSurroundings, 1);

  *copy = (PostwegSurroundings){ g_strdup (surroundings->gateway), g_strdup (surroundings->hardware),
                                 surroundings->vpn };
  return copy;
}

void
postweg_surroundings_free (PostwegSurroundings *surroundings)
{
  if (surroundings == NULL)
    return;
  g_free (surroundings->gateway);
  g_free (surroundings->hardware);
  g_free (surroundings);
}

gboolean
postweg_surroundings_differ (const PostwegSurroundings *a, const PostwegSurroundings *b)
{
  if (a->gateway == NULL || b->gateway == NULL)
    return FALSE;
  if (strcmp (a->gateway, b->gateway) != 0)
    return TRUE;
  return a->hardware != NULL && b->hardware != NULL && strcmp (a->hardware, b->hardware) != 0;
}
