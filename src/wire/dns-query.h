/* Questions to the name service that getaddrinfo() cannot ask: MX, SRV, TXT; several at once, blocking, cancellable at once. */
#pragma once
#include "wire/dns-answer.h"
#include "wire/wait.h"

typedef struct {
  const char *name; /* complete; nothing is added to it */
  PostwegDnsType type;
} PostwegDnsQuestion;

/* Asks all questions at the same time, on this thread.
 * server: "ADDRESS" or "ADDRESS:PORT" of a name server, or NULL for the system's (/etc/resolv.conf).
 * The AD bit is believed when every name server is on this computer, or resolv.conf says `options trust-ad` (resolv.conf(5)).
 * Returns: (transfer full): PostwegDnsAnswer for each question, in their order; questions that are not answered when the time
 * is over are SILENT. NULL only when cancelled (G_IO_ERROR_CANCELLED). */
GPtrArray *postweg_dns_query (const PostwegDnsQuestion *questions, guint n_questions, const char *server,
                              const PostwegWait *wait, GError **error);
