/* The moving picture's play, for the window. */
#include "advise/play.h"
#include "checkup/checkup.h"

void
postweg_checkup_play_start (PostwegPlay *play, PostwegProtocol protocol, const PostwegPopOptions *pop)
{
  postweg_play_start (play, protocol, pop);
}

gboolean
postweg_checkup_play_can (const PostwegPlay *play, PostwegAct act)
{
  return postweg_play_can (play, act);
}

char *
postweg_checkup_play_act (PostwegPlay *play, PostwegAct act)
{
  PostwegPlayOutcome outcome = postweg_play_act (play, act);

  return postweg_play_sentence (play, act, outcome);
}

char *
postweg_checkup_play_description (const PostwegPlay *play)
{
  return postweg_play_description (play);
}

char *
postweg_checkup_play_place_text (const PostwegPlay *play, PostwegPlayPlace place)
{
  return postweg_play_place_text (play, place);
}

char *
postweg_checkup_play_rule (const PostwegPlay *play)
{
  return postweg_play_rule (play);
}

const char *
postweg_checkup_play_label (PostwegAct act)
{
  return postweg_play_act_label (act);
}
