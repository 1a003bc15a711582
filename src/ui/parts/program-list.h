/* Where an account can go: programs on this computer by kind, and what can be carried elsewhere. */
#pragma once
#include "ui/place.h"
#include <adwaita.h>

#define POSTWEG_TYPE_PROGRAM_LIST (postweg_program_list_get_type ())
G_DECLARE_FINAL_TYPE (PostwegProgramList, postweg_program_list, POSTWEG, PROGRAM_LIST, AdwPreferencesGroup)

/* Signal "chosen": the person, or the list itself when it was filled, has chosen another one. */

/* Fills the list. programs: PostwegProgram, those found here; a reference is taken. What was chosen before stays chosen if it is still
 * there; else it is the place's program, else the first. place: or NULL. */
void postweg_program_list_show (PostwegProgramList *self, GPtrArray *programs, const PostwegPlace *place);
/* Returns: (transfer none): or NULL */
const PostwegProgram *postweg_program_list_get_chosen (PostwegProgramList *self);
/* Nothing is chosen any more. */
void postweg_program_list_forget (PostwegProgramList *self);
/* Shows nothing but the one that was chosen, or everything again. */
void postweg_program_list_fold (PostwegProgramList *self, gboolean folded);
