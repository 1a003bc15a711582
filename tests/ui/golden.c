/* A pixel differs when one of its colours is off by more than what antialiasing does. */
#include "golden.h"
#include <stdlib.h>

#define SHADE 48 /* of 255 */
#define STEP 17  /* between the shades of a coarse picture: 15 of them make 255 */

static guchar *
pixels_of (GdkTexture *texture)
{
  gsize stride = (gsize) gdk_texture_get_width (texture) * 4;
  guchar *pixels = g_malloc (stride * (gsize) gdk_texture_get_height (texture));

  gdk_texture_download (texture, pixels, stride);
  return pixels;
}

double
golden_difference (GdkTexture *a, GdkTexture *b)
{
  gsize n = (gsize) gdk_texture_get_width (a) * (gsize) gdk_texture_get_height (a), different = 0;
  g_autofree guchar *x = pixels_of (a);
  g_autofree guchar *y = NULL;

  if (gdk_texture_get_width (a) != gdk_texture_get_width (b) ||
      gdk_texture_get_height (a) != gdk_texture_get_height (b))
    return 1;
  y = pixels_of (b);
  for (gsize i = 0; i < n; i++)
    for (guint part = 0; part < 4; part++)
      if (abs (x[4 * i + part] - y[4 * i + part]) > SHADE)
        {
          different++;
          break;
        }
  return (double) different / (double) n;
}

GdkTexture *
golden_coarse (GdkTexture *picture)
{
  int width = gdk_texture_get_width (picture), height = gdk_texture_get_height (picture);
  gsize size = (gsize) width * (gsize) height * 4;
  guchar *pixels = pixels_of (picture);
  g_autoptr (GBytes) bytes = g_bytes_new_take (pixels, size);

  for (gsize i = 0; i < size; i++)
    pixels[i] = (guchar) ((pixels[i] + STEP / 2) / STEP * STEP);
  return gdk_memory_texture_new (width, height, GDK_MEMORY_DEFAULT, bytes, (gsize) width * 4);
}
