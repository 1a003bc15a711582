/* What the shapes of the moving picture mean. */
#pragma once
#include <adwaita.h>

/* Adds a shape with its word for each of them. */
void postweg_play_legend_fill (GtkBox *box);
