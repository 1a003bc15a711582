/* The evidence of both sides -> findings, the answer first, and what the diagnosis would like to look at next. */
#pragma once
#include "model/finding.h"

/* Pure and instant. The wishes end after three rounds of looking at the latest, whatever the looks show.
 * Order: the answer of each side, proven before likely, receiving before sending; then what else it could be; then notes about a side that works.
 * A cause of both sides is one finding. No finding comes from a sign-in that was left out.
 * A mended account with another user name for sending means the incoming password, too (outgoing-credentials-differ).
 * wishes: (out) (transfer full): PostwegWish, what would separate the remaining causes; empty when nothing would
 * Returns: (transfer full): PostwegFinding, the answer first; empty for a healthy account */
GPtrArray *postweg_diagnose (const PostwegCase *the_case, GPtrArray **wishes);
