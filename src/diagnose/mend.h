/* The mended account: what would work instead, as far as it was seen or is documented. */
#pragma once
#include "diagnose/view.h"

/* Changes the account, a copy of the one that was tested, so that this cause goes away on this side.
 * Returns: whether anything was changed */
gboolean postweg_mend (PostwegAccount *account, const PostwegView *view, PostwegCause cause);
