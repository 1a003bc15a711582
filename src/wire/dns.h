/* Names to addresses: blocking, with a deadline, cancellable at once. */
#pragma once
#include "wire/wait.h"

/* Numeric addresses are taken as they are. Names with a dot are not completed by the resolver's search list.
 * Returns: (transfer full) (element-type GInetSocketAddress): at least one, families in turn as RFC 8305 4 orders them;
 * or NULL with NO_SUCH_HOST (the name service says that the name does not exist), NO_ADDRESS, NO_DNS_ANSWER, OFFLINE (there is no
 * way out of this computer), OUT_OF_TIME or G_IO_ERROR_CANCELLED */
GPtrArray *postweg_dns_lookup (const char *host, guint16 port, const PostwegWait *wait, GError **error);
