/* The evidence of both sides -> findings, the answer first, and what the diagnosis would like to look at next. */
#pragma once
#include "model/finding.h"

/* Pure and instant.
 * wishes: (out) (transfer full): PostwegWish, what would separate the remaining causes; empty when nothing would
 * Returns: (transfer full): PostwegFinding, the answer first; empty for a healthy account */
GPtrArray *postweg_diagnose (const PostwegCase *the_case, GPtrArray **wishes);
