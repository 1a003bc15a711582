/* What a receiving server says about the sender: Authentication-Results (RFC 8601); pure. */
#pragma once
#include "model/delivery.h"

/* One field: authserv-id [version] 1*( ";" method "=" result … ). Of several results of one method a pass counts, else the first.
 * Returns: FALSE if it is none, or says nothing about SPF, DKIM or DMARC; checks: (out): filled, to be cleared by the caller */
gboolean postweg_auth_results_parse (const char *value, PostwegSenderChecks *checks);
void postweg_sender_checks_clear (PostwegSenderChecks *checks);
/* The topmost field that can be trusted: one by the incoming server's operator, standing above the second Received field, since whatever
 * is further below may have come along with the mail (RFC 8601 5). host: of the incoming server. */
void postweg_auth_results_find (const GPtrArray *fields, const char *host, const char *domain,
                                PostwegSenderChecks *checks);
