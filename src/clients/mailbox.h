/* “Name <address>” as it stands in settings (RFC 5322 3.4, RFC 2047), for programs that keep both in one value. */
#pragma once
#include <glib.h>

/* Names with characters that settings files find special become encoded words. name "": only the address.
 * Returns: (transfer full) */
char *postweg_mailbox_format (const char *name, const char *address);
/* Reads one mailbox: quoted strings, encoded words (UTF-8, ISO-8859-1 and what else GLib converts), or a bare address.
 * name, address: (out) (transfer full): "" if there is none */
void postweg_mailbox_parse (const char *text, char **name, char **address);
