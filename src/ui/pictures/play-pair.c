/* Acts are remembered, so that they can be played again under other options. */
#include "ui/pictures/play-pair.h"

static void
start (PostwegPlayPair *self)
{
  postweg_checkup_play_start (&self->plays[POSTWEG_PAIR_IMAP], POSTWEG_IMAP, NULL);
  postweg_checkup_play_start (&self->plays[POSTWEG_PAIR_POP], POSTWEG_POP3, &self->pop);
  for (guint side = 0; side < POSTWEG_N_PAIR_SIDES; side++)
    {
      g_free (self->sentences[side]);
      self->sentences[side] = g_strdup ("");
    }
}

static void
play (PostwegPlayPair *self, PostwegAct act)
{
  for (guint side = 0; side < POSTWEG_N_PAIR_SIDES; side++)
    {
      g_free (self->sentences[side]);
      self->sentences[side] = postweg_checkup_play_act (&self->plays[side], act);
    }
}

PostwegPlayPair *
postweg_play_pair_new (const PostwegPopOptions *pop)
{
  PostwegPlayPair *self = g_new0 (PostwegPlayPair, 1);

  self->pop = *pop;
  self->acts = g_array_new (FALSE, FALSE, sizeof (PostwegAct));
  start (self);
  return self;
}

void
postweg_play_pair_free (PostwegPlayPair *self)
{
  if (self == NULL)
    return;
  for (guint side = 0; side < POSTWEG_N_PAIR_SIDES; side++)
    g_free (self->sentences[side]);
  g_array_unref (self->acts);
  g_free (self);
}

gboolean
postweg_play_pair_can (const PostwegPlayPair *self, PostwegAct act)
{
  return postweg_checkup_play_can (&self->plays[POSTWEG_PAIR_IMAP], act) ||
         postweg_checkup_play_can (&self->plays[POSTWEG_PAIR_POP], act);
}

gboolean
postweg_play_pair_act (PostwegPlayPair *self, PostwegAct act)
{
  if (!postweg_play_pair_can (self, act))
    return FALSE;
  g_array_append_val (self->acts, act);
  play (self, act);
  return TRUE;
}

gboolean
postweg_play_pair_has_days (const PostwegPlayPair *self)
{
  return self->pop.keep_on_server && self->pop.delete_after_days > 0;
}

void
postweg_play_pair_restart (PostwegPlayPair *self)
{
  g_array_set_size (self->acts, 0);
  start (self);
}

void
postweg_play_pair_set_pop (PostwegPlayPair *self, const PostwegPopOptions *pop)
{
  self->pop = *pop;
  start (self);
  for (guint i = 0; i < self->acts->len; i++)
    play (self, g_array_index (self->acts, PostwegAct, i));
}
