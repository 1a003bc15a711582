/* What time a server says it is, in words that most of them write anyway; pure. */
#pragma once
#include <glib.h>

/* In greetings: a date (RFC 5322) as Exim, Sendmail and Exchange write it, or the seconds in the stamp of POP3's APOP (RFC 1939 7:
 * “<1896.1763900000@host>”), which Dovecot and Cyrus send.
 * Returns: seconds since 1970; 0 when the text does not tell, or tells a time outside this century's first hundred years */
gint64 postweg_server_clock (const char *greeting);
