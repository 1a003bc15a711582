/* Habits and the provider's rules -> POP or IMAP, with reasons and counter-reasons. */
#pragma once
#include "model/advice.h"
#include "model/provider.h"

/* Pure. provider: NULL if not known. Returns: (transfer full): the advice, with translated sentences */
PostwegAdvice *postweg_advise (const PostwegHabits *habits, const PostwegProvider *provider);
