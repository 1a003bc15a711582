/* Comparing pictures pixel by pixel, with patience for what another machine draws a shade differently. */
#pragma once
#include <gdk/gdk.h>

/* How much of two pictures of the same size differs visibly: 0 … 1; 1 when the sizes differ. */
double golden_difference (GdkTexture *a, GdkTexture *b);

/* Returns: (transfer full): the same picture with fewer shades, which takes a third of the room; no shade is off by more than is forgiven */
GdkTexture *golden_coarse (GdkTexture *picture);
