/* A place is a copy: the list that it was chosen from may be gone. */
#include "ui/place.h"
#include <glib/gi18n-lib.h>

PostwegPlace *
postweg_place_new (const PostwegProgram *program, const PostwegStoredAccount *stored)
{
  PostwegPlace *place = g_new (PostwegPlace, 1);
  PostwegKnownProgram known = { .receives = TRUE, .sends = TRUE };

  postweg_checkup_find_known_program (program->program, &known);
  *place = (PostwegPlace){
    .program = g_strdup (program->program),
    .name = g_strdup (program->name),
    .profile = g_strdup (program->profile),
    .id = g_strdup (stored->id),
    .read_only = program->read_only,
    .receives = known.receives,
    .sends = known.sends,
    .account = postweg_account_copy (stored->account),
  };
  return place;
}

void
postweg_place_free (PostwegPlace *place)
{
  if (place == NULL)
    return;
  g_free (place->program);
  g_free (place->name);
  g_free (place->profile);
  g_free (place->id);
  postweg_account_free (place->account);
  g_free (place);
}

PostwegSide
postweg_place_side (const PostwegPlace *place)
{
  if (place == NULL || place->receives == place->sends)
    return POSTWEG_BOTH;
  return place->receives ? POSTWEG_RECEIVE : POSTWEG_SEND;
}

gboolean
postweg_place_is_in (const PostwegPlace *place, const PostwegProgram *program)
{
  return place != NULL && g_strcmp0 (place->program, program->program) == 0 &&
         g_strcmp0 (place->profile, program->profile) == 0;
}

char *
postweg_place_side_words (const PostwegPlace *place, PostwegSide side)
{
  PostwegSide has = postweg_place_side (place);

  if (has == POSTWEG_BOTH || has == side)
    return NULL;
  return g_strdup_printf (has == POSTWEG_SEND ? _("%s only sends mail.")
                                              : _("%s only fetches mail."), place->name);
}
