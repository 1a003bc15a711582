/* Playing with POP and IMAP: the two moving pictures, the acts that happen on both, and a story that plays by itself. */
#pragma once
#include "model/account.h"
#include <adwaita.h>

#define POSTWEG_TYPE_PLAY_VIEW (postweg_play_view_get_type ())
G_DECLARE_FINAL_TYPE (PostwegPlayView, postweg_play_view, POSTWEG, PLAY_VIEW, AdwBin)

/* Shows what has been done so far under these options of POP. */
void postweg_play_view_set_pop (PostwegPlayView *self, const PostwegPopOptions *pop);
/* Without mail again; the story ends. */
void postweg_play_view_restart (PostwegPlayView *self);
/* Puts a widget beside the button of the story; takes it. */
void postweg_play_view_add_tool (PostwegPlayView *self, GtkWidget *widget);
/* How long each step of a story that is started from now on stays; 3200 ms until told otherwise. */
void postweg_play_view_set_pace (PostwegPlayView *self, guint ms);
