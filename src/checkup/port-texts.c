/* What the map of ports says, in words. */
#include "checkup/checkup.h"
#include <glib/gi18n-lib.h>

char *
postweg_checkup_port_state_text (const PostwegPort *port)
{
  /* clang-format off */
  static const char *const words[] = {
    [POSTWEG_PORT_UNKNOWN] = NC_ ("port", "not known"),
    [POSTWEG_PORT_OPEN] = NC_ ("port", "open"),
    [POSTWEG_PORT_REFUSED] = NC_ ("port", "closed"),
    [POSTWEG_PORT_SILENT] = NC_ ("port", "no answer"),
    [POSTWEG_PORT_UNREACHABLE] = NC_ ("port", "no way there"),
    [POSTWEG_PORT_RESET] = NC_ ("port", "hangs up"),
  };
  /* clang-format on */

  return g_strdup (g_dpgettext2 (GETTEXT_PACKAGE, "port", words[port->state]));
}

/* Behind encryption it is the greeting that tells. */
static const char *
service_of (const PostwegPort *port)
{
  static const char *const names[] = {
    [POSTWEG_SPEAKS_UNKNOWN] = "",  [POSTWEG_SPEAKS_NOTHING] = "",  [POSTWEG_SPEAKS_IMAP] = "IMAP",
    [POSTWEG_SPEAKS_POP3] = "POP3", [POSTWEG_SPEAKS_SMTP] = "SMTP", [POSTWEG_SPEAKS_HTTP] = "HTTP",
    [POSTWEG_SPEAKS_TLS] = "TLS",   [POSTWEG_SPEAKS_OTHER] = "?",
  };

  return names[port->speaks];
}

char *
postweg_checkup_port_service_text (const PostwegPort *port)
{
  const char *words = port->greeting != NULL ? port->greeting : "";

  if (port->state == POSTWEG_PORT_OPEN && port->speaks <= POSTWEG_SPEAKS_NOTHING)
    return g_strdup (_("says nothing"));
  if (port->tls != NULL && port->tls->faults != 0)
    /* TRANSLATORS: a service and the first words of a server: “TLS, certificate not proven  * OK ready” */
    return g_strdup_printf (_("%s, certificate not proven  %s"), service_of (port), words);
  return g_strdup_printf ("%-4s  %s", service_of (port), words);
}
