/* The ports of one host as a table of pictures: a line for each port, a column for each family of addresses. */
#pragma once
#include "ui/pictures/port-grid.h"
#include <adwaita.h>

/* lines: PostwegPortLine, at least one. Returns: (transfer floating): a row that is a table to screen readers too */
GtkWidget *postweg_port_table_row (const GArray *lines);
