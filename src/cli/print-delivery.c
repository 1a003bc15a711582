/* One mail to oneself, printed. */
#include "cli/cli.h"
#include <glib/gi18n-lib.h>

/* “+2 s”, or nothing where it cannot be told. Returns: (transfer full) */
static char *
delay_text (const PostwegHop *hop)
{
  return hop->has_ms ? g_strdup_printf ("%+" G_GINT64_FORMAT " s", hop->ms / 1000) : g_strdup ("");
}

static void
print_hop (const PostwegHop *hop)
{
  g_autoptr (GDateTime) moment = hop->time != 0 ? g_date_time_new_from_unix_local (hop->time) : NULL;
  g_autofree char *clock = moment != NULL ? g_date_time_format (moment, "%H:%M:%S") : g_strdup ("");
  g_autofree char *delay = delay_text (hop);

  cli_say ("  %-8s %6s  %-30s %-12s %s\n", clock, delay, hop->by, hop->with, hop->tls ? "TLS" : "");
}

void
cli_print_delivery (const PostwegDelivery *delivery)
{
  g_autoptr (GPtrArray) lines = postweg_checkup_delivery_text (delivery);

  cli_say ("\n%s\n", _ ("The mail to yourself:"));
  for (guint i = 0; i < lines->len; i++)
    cli_say ("%s\n", (const char *) g_ptr_array_index (lines, i));
  if (delivery->hops->len > 0)
    cli_say ("%s\n", _ ("Its way, as the servers on it wrote it down:"));
  for (guint i = 0; i < delivery->hops->len; i++)
    print_hop (g_ptr_array_index (delivery->hops, i));
}
