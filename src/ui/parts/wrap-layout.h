/* Children in their natural widths in rows, as many in a row as there is room for, the rows in the middle. */
#pragma once
#include <adwaita.h>

#define POSTWEG_TYPE_WRAP_LAYOUT (postweg_wrap_layout_get_type ())
G_DECLARE_FINAL_TYPE (PostwegWrapLayout, postweg_wrap_layout, POSTWEG, WRAP_LAYOUT, GtkLayoutManager)

/* Property: spacing (pixels, between children and between rows). */
