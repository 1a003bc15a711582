/* Sentences that words.c puts together; for this folder only. */
#pragma once
#include <glib.h>

/* fault: a word of postweg_address_parse(). Returns: (transfer none): the translated sentence; a general one for an unknown word */
const char *postweg_address_fault_words (const char *fault);
