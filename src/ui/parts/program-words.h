/* What is said over a plan: that it could be written, that it need not be, that it was. */
#pragma once
#include "model/plan.h"

/* folder: where files for elsewhere go, or NULL for a program of this computer. Returns: (transfer full) */
char *postweg_program_planned_words (const PostwegPlan *plan, const char *folder);
char *postweg_program_written_words (const PostwegPlan *plan, const char *folder);
