/* Where an account stands that is to be mended: a program, a profile, and what it says there. */
#pragma once
#include "checkup/checkup.h"

typedef struct {
  char *program, *name;     /* PROGRAM of the command-line contract, and for people */
  char *profile, *id;       /* where it is, and under which id */
  gboolean read_only;       /* it cannot be written back */
  gboolean receives, sends; /* what the program is there for */
  PostwegAccount *account;
} PostwegPlace;

/* stored: one of the program's. Returns: (transfer full) */
PostwegPlace *postweg_place_new (const PostwegProgram *program, const PostwegStoredAccount *stored);
void postweg_place_free (PostwegPlace *place);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PostwegPlace, postweg_place_free)

/* Which sides the program has. place: NULL for no program: both */
PostwegSide postweg_place_side (const PostwegPlace *place);
/* Whether this profile of this program is the place. */
gboolean postweg_place_is_in (const PostwegPlace *place, const PostwegProgram *program);
/* Returns: (transfer full): "msmtp only sends mail." for the side that it has nothing to do with; NULL where it has */
char *postweg_place_side_words (const PostwegPlace *place, PostwegSide side);
