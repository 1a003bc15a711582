/* What the provider's own rules add to the advice; for this folder only. */
#pragma once
#include "model/advice.h"
#include "model/provider.h"

/* Above 0: for IMAP, below: for POP; as in PostwegHabitRow. */
int postweg_provider_weight (const PostwegProvider *provider, const PostwegHabits *habits);
/* notes: char*, translated; what matters most comes first. */
void postweg_provider_add_notes (const PostwegProvider *provider, GPtrArray *notes);
