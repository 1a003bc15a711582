/* A cause as a row that opens to what it means and what to do. */
#pragma once
#include "checkup/checkup.h"
#include <adwaita.h>

/* Returns: (transfer floating) */
GtkWidget *postweg_finding_row (const PostwegFinding *finding);
/* Returns: (transfer full): the same as text, for others */
char *postweg_finding_text (const PostwegFinding *finding);
