/* QR codes as pictures. */
#pragma once
#include <glib.h>

/* text: up to 2,900 bytes of UTF-8; level L, as apps ask for. Returns: (transfer full): a PNG, eight pixels a module with the quiet zone that the
 * standard asks for (ISO/IEC 18004: four modules); NULL if the text is too long */
GBytes *postweg_qr_png (const char *text);
