/* What goes with an account into a program: a password, if that means something there, and the folder for files. */
#pragma once
#include "ui/journey.h"
#include <adwaita.h>

#define POSTWEG_TYPE_HAND_OVER (postweg_hand_over_get_type ())
G_DECLARE_FINAL_TYPE (PostwegHandOver, postweg_hand_over, POSTWEG, HAND_OVER, AdwPreferencesGroup)

/* Signal "changed": something was switched, or another folder chosen. */

/* program: the PROGRAM that is chosen, or NULL. Hides itself where there is nothing to ask. */
void postweg_hand_over_show (PostwegHandOver *self, PostwegJourney *journey, const char *program);
/* Returns: (transfer full): why it cannot go on like this; NULL when it can */
char *postweg_hand_over_obstacle (PostwegHandOver *self);
/* Puts what was agreed to into the request. */
void postweg_hand_over_fill (PostwegHandOver *self, PostwegExportRequest *request);
/* Returns: (transfer none): where files go; NULL where the program has its own place */
const char *postweg_hand_over_get_folder (PostwegHandOver *self);
/* As if the person had chosen it. */
void postweg_hand_over_set_folder (PostwegHandOver *self, GFile *folder);
