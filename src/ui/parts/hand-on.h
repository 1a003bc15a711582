/* What a person can hand on of a result: the report, copied or saved, and a letter. */
#pragma once
#include "ui/journey.h"
#include <adwaita.h>

#define POSTWEG_TYPE_HAND_ON (postweg_hand_on_get_type ())
G_DECLARE_FINAL_TYPE (PostwegHandOn, postweg_hand_on, POSTWEG, HAND_ON, AdwPreferencesGroup)

/* Offers what there is for the journey's result; addresses are left out again until the person wants them in. */
void postweg_hand_on_show (PostwegHandOn *self, PostwegJourney *journey);
/* Writes the report into the file, as Markdown if its name ends like that, else as HTML; says what came of it. */
void postweg_hand_on_save (PostwegHandOn *self, GFile *file);
