/* Reports of non-delivery (RFC 3462, RFC 3464) about one mail; pure. */
#pragma once
#include "model/reply.h"

/* text: the report, as much of it as was fetched. mark: what stands in the returned header of the mail in question, such as its Message-ID.
 * Returns: (transfer full): what the server that refused it said, as an SMTP reply; or NULL if this is no report that the mail failed */
PostwegReply *postweg_report_parse (const char *text, gsize length, const char *mark);
