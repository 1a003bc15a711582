/* Whether it was the password that did not pass, so that another one is the next thing to try. */
#pragma once
#include "checkup/checkup.h"

/* result: or NULL. side: (out) (optional): where it was refused.
 * Returns: whether the answer of the result is a refused password that nothing but another one mends */
gboolean postweg_refused_password (const PostwegTestResult *result, PostwegSide *side);
