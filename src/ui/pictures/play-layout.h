/* Two pictures and what is pressed for both: wide, the pictures side by side and the buttons below; narrow, the buttons between them,
 * so that each picture is near. */
#pragma once
#include <adwaita.h>

#define POSTWEG_TYPE_PLAY_LAYOUT (postweg_play_layout_get_type ())
G_DECLARE_FINAL_TYPE (PostwegPlayLayout, postweg_play_layout, POSTWEG, PLAY_LAYOUT, GtkLayoutManager)

/* For exactly three children: picture, buttons, picture. */
