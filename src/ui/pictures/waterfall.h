/* Where the time of a road went: a bar for each of its steps, on one axis. */
#pragma once
#include "ui/pictures/lane.h"

/* marked: the stop that the person looks at. text: (inout): gets the same in lines.
 * Returns: (transfer floating): or NULL when no time was taken */
GtkWidget *postweg_waterfall_new (const PostwegEvidence *evidence, PostwegStop marked, GString *text);
