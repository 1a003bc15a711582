/* journal.json, written and read. */
#pragma once
#include "clients/journal.h"

/* Returns: (transfer full) */
GBytes *postweg_journal_to_json (const PostwegJournal *journal);
/* Fills an empty journal. Returns: FALSE when it is damaged or of another format */
gboolean postweg_journal_from_json (GBytes *bytes, PostwegJournal *journal);
