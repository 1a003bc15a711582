/* One mail program to choose: name, profile, accounts, and what is in the way. */
#pragma once
#include "model/program.h"
#include <adwaita.h>

#define POSTWEG_TYPE_PROGRAM_ROW (postweg_program_row_get_type ())
G_DECLARE_FINAL_TYPE (PostwegProgramRow, postweg_program_row, POSTWEG, PROGRAM_ROW, AdwActionRow)

/* Signal "chosen": the person has chosen this one.
 * program: not owned, must live as long as the row. group: one button of the choice.
 * Returns: (transfer floating) */
PostwegProgramRow *postweg_program_row_new (const PostwegProgram *program, GtkCheckButton *group,
                                            gboolean chosen);
const PostwegProgram *postweg_program_row_get_program (PostwegProgramRow *self);
