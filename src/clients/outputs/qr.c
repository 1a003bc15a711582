/* Text to QR code to PNG, by libqrencode and libpng. */
#include "clients/outputs/qr.h"
#include "model/secret.h"
#include <png.h>
#include <qrencode.h>
#include <string.h>

#define SCALE 8 /* pixels a module */
#define QUIET 4 /* modules around it */

static void
draw_module (guint8 *pixels, gsize side, gsize column, gsize row)
{
  for (gsize y = 0; y < SCALE; y++)
    memset (pixels + ((row + QUIET) * SCALE + y) * side + (column + QUIET) * SCALE, 0, SCALE);
}

static GBytes *
png_of (const guint8 *pixels, gsize side)
{
  png_image image = { .version = PNG_IMAGE_VERSION,
                      .width = (png_uint_32) side,
                      .height = (png_uint_32) side,
                      .format = PNG_FORMAT_GRAY };
  png_alloc_size_t size = 0;
  g_autofree guint8 *bytes = NULL;

  if (!png_image_write_to_memory (&image, NULL, &size, 0, pixels, 0, NULL))
    return NULL;
  bytes = g_malloc (size);
  if (!png_image_write_to_memory (&image, bytes, &size, 0, pixels, 0, NULL))
    return NULL;
  return g_bytes_new_take (g_steal_pointer (&bytes), size);
}

GBytes *
postweg_qr_png (const char *text)
{
  QRcode *code = QRcode_encodeString8bit (text, 0, QR_ECLEVEL_L);
  g_autofree guint8 *pixels = NULL;
  GBytes *png;
  gsize side;

  if (code == NULL)
    return NULL;
  side = ((gsize) code->width + 2 * QUIET) * SCALE;
  pixels = g_malloc (side * side);
  memset (pixels, 0xff, side * side);
  for (gsize i = 0; i < (gsize) code->width * (gsize) code->width; i++)
    if (code->data[i] & 1)
      draw_module (pixels, side, i % (gsize) code->width, i / (gsize) code->width);
  png = png_of (pixels, side);
  QRcode_free (code);
  return png;
}
