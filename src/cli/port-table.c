/* The map of ports as a table of aligned columns. */
#include "cli/cli.h"
#include <glib/gi18n-lib.h>
#include <string.h>

enum { COLUMN_PORT, COLUMN_FOR, COLUMN_ADDRESS, COLUMN_STATE, COLUMN_TIME, COLUMN_SERVICE, N_COLUMNS };

#define LONGEST_SERVICE 60 /* characters */

typedef char *Row[N_COLUMNS];

static void
fill_heading (Row row)
{
  row[COLUMN_PORT] = g_strdup (C_ ("table", "Port"));
  row[COLUMN_FOR] = g_strdup (C_ ("table", "For"));
  row[COLUMN_ADDRESS] = g_strdup (C_ ("table", "Address"));
  row[COLUMN_STATE] = g_strdup (C_ ("table", "State"));
  row[COLUMN_TIME] = g_strdup (C_ ("table", "Time"));
  row[COLUMN_SERVICE] = g_strdup (C_ ("table", "What answers"));
}

/* Greetings can be as long as they like; the JSON has all of them. Returns: (transfer full); takes the text */
static char *
shorten (char *text)
{
  g_autofree char *whole = text;
  g_autofree char *start = NULL;

  if (g_utf8_strlen (whole, -1) <= LONGEST_SERVICE)
    return g_steal_pointer (&whole);
  start = g_utf8_substring (whole, 0, LONGEST_SERVICE);
  return g_strconcat (start, "…", NULL);
}

static void
fill_row (Row row, const PostwegPort *port)
{
  row[COLUMN_PORT] = g_strdup_printf ("%u", port->port);
  row[COLUMN_FOR] = g_ascii_strup (postweg_protocol_name (port->protocol), -1);
  row[COLUMN_ADDRESS] = g_strdup (port->address);
  row[COLUMN_STATE] = postweg_checkup_port_state_text (port);
  row[COLUMN_TIME] = g_strdup_printf ("%u ms", port->ms);
  row[COLUMN_SERVICE] = shorten (postweg_checkup_port_service_text (port));
}

/* printf's widths count bytes. */
static void
add_padded (GString *line, const char *text, glong width)
{
  g_string_append (line, text);
  for (glong n = g_utf8_strlen (text, -1); n < width + 2; n++)
    g_string_append_c (line, ' ');
}

static void
print_row (const Row row, const glong *widths)
{
  g_autoptr (GString) line = g_string_new ("  ");

  for (guint column = 0; column < N_COLUMNS; column++)
    add_padded (line, row[column], widths[column]);
  cli_say ("%s\n", g_strchomp (line->str));
}

/* Hosts are headings, so that the table stays narrow. */
static void
print_rows (const GPtrArray *map, Row *rows, const glong *widths)
{
  const char *host = "";

  for (guint i = 0; i < map->len; i++)
    {
      const PostwegPort *port = g_ptr_array_index (map, i);

      if (g_ascii_strcasecmp (port->host, host) != 0)
        {
          cli_say ("\n%s\n", port->host);
          print_row (rows[0], widths);
        }
      host = port->host;
      print_row (rows[i + 1], widths);
    }
}

void
cli_print_ports (const GPtrArray *map)
{
  g_autofree Row *rows = g_new0 (Row, map->len + 1);
  glong widths[N_COLUMNS] = { 0 };

  fill_heading (rows[0]);
  for (guint i = 0; i < map->len; i++)
    fill_row (rows[i + 1], g_ptr_array_index (map, i));
  for (guint i = 0; i <= map->len; i++)
    for (guint column = 0; column < COLUMN_SERVICE; column++)
      widths[column] = MAX (widths[column], g_utf8_strlen (rows[i][column], -1));
  print_rows (map, rows, widths);
  for (guint i = 0; i <= map->len; i++)
    for (guint column = 0; column < N_COLUMNS; column++)
      g_free (rows[i][column]);
}
