/* The same acts under IMAP and under POP, one after the other, and what is said about the last one. No widget. */
#pragma once
#include "checkup/checkup.h"

typedef enum { POSTWEG_PAIR_IMAP, POSTWEG_PAIR_POP } PostwegPairSide;
#define POSTWEG_N_PAIR_SIDES 2

typedef struct {
  PostwegPlay plays[POSTWEG_N_PAIR_SIDES];
  char *sentences[POSTWEG_N_PAIR_SIDES]; /* about the last act; "" before the first */
  PostwegPopOptions pop;
  GArray *acts; /* PostwegAct, since the start */
} PostwegPlayPair;

/* pop: the options that POP starts with. */
PostwegPlayPair *postweg_play_pair_new (const PostwegPopOptions *pop);
void postweg_play_pair_free (PostwegPlayPair *self);
/* Whether the act changes something on one side at least. */
gboolean postweg_play_pair_can (const PostwegPlayPair *self, PostwegAct act);
/* Does it on both sides. Returns: FALSE if it can be done on neither; nothing has changed then */
gboolean postweg_play_pair_act (PostwegPlayPair *self, PostwegAct act);
/* Whether days that pass can make a difference under these options. */
gboolean postweg_play_pair_has_days (const PostwegPlayPair *self);
/* From the start again, without mail. */
void postweg_play_pair_restart (PostwegPlayPair *self);
/* The same acts under other options: shows at once what would have become of the mail. */
void postweg_play_pair_set_pop (PostwegPlayPair *self, const PostwegPopOptions *pop);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PostwegPlayPair, postweg_play_pair_free)
