/* Children side by side while there is room, one below the other when there is not: for what has to fit 360 pixels. */
#pragma once
#include <adwaita.h>

#define POSTWEG_TYPE_FOLD_LAYOUT (postweg_fold_layout_get_type ())
G_DECLARE_FINAL_TYPE (PostwegFoldLayout, postweg_fold_layout, POSTWEG, FOLD_LAYOUT, GtkLayoutManager)

/* Properties: spacing (pixels) · column-width (pixels that each child must get to stand beside another one; 0: its natural width).
 * Columns are equally wide. */
