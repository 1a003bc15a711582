/* The moving picture of one play: provider, laptop, phone, and the mail on its way between them. */
#pragma once
#include "model/play.h"
#include <adwaita.h>

#define POSTWEG_TYPE_PLAY_SCENE (postweg_play_scene_get_type ())
G_DECLARE_FINAL_TYPE (PostwegPlayScene, postweg_play_scene, POSTWEG, PLAY_SCENE, GtkWidget)

/* Shows this state; the envelopes glide there from where they are, unless animations are switched off. Says it to screen readers too. */
void postweg_play_scene_show (PostwegPlayScene *self, const PostwegPlay *play);
/* Whether something moves. */
gboolean postweg_play_scene_is_moving (PostwegPlayScene *self);
