/* The settings to be entered by hand, folded away: for a program that Postweg does not know. */
#pragma once
#include "model/account.h"
#include <adwaita.h>

#define POSTWEG_TYPE_BY_HAND (postweg_by_hand_get_type ())
G_DECLARE_FINAL_TYPE (PostwegByHand, postweg_by_hand, POSTWEG, BY_HAND, AdwPreferencesGroup)

void postweg_by_hand_show (PostwegByHand *self, const PostwegAccount *account);
void postweg_by_hand_unfold (PostwegByHand *self);
