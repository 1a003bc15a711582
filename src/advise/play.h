/* What becomes of mail, act by act: the rules behind the moving picture. Pure. */
#pragma once
#include "model/play.h"

/* pop: for POP3. */
void postweg_play_start (PostwegPlay *play, PostwegProtocol protocol, const PostwegPopOptions *pop);
/* Whether the button can be pressed. */
gboolean postweg_play_can (const PostwegPlay *play, PostwegAct act);
PostwegPlayOutcome postweg_play_act (PostwegPlay *play, PostwegAct act);
/* How many mails are at this place. */
guint postweg_play_count (const PostwegPlay *play, PostwegPlayPlace place);

/* Returns: (transfer full): the sentence about what has just happened, translated */
char *postweg_play_sentence (const PostwegPlay *play, PostwegAct act, PostwegPlayOutcome outcome);
/* Returns: (transfer full): what each of the places shows now, one sentence each: what the picture says to who cannot see it */
char *postweg_play_description (const PostwegPlay *play);
/* Returns: (transfer full): the place and how much lies there, in a few words: "Laptop: 2 mails", "Laptop: broken" */
char *postweg_play_place_text (const PostwegPlay *play, PostwegPlayPlace place);
/* Returns: (transfer full): how mail is dealt with under this protocol and these options, one or two short sentences */
char *postweg_play_rule (const PostwegPlay *play);
/* Returns: (transfer none): what the button says, translated */
const char *postweg_play_act_label (PostwegAct act);
