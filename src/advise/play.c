/* The rules of the play: IMAP is one mailbox that all look into, POP hands out copies. */
#include "advise/play.h"

#define NO_MAIL G_MAXUINT

typedef gboolean (*Fits) (const PostwegPlayCopy *copy);

static gboolean
is_there (const PostwegPlayCopy *copy)
{
  return copy->there;
}

static gboolean
is_unread (const PostwegPlayCopy *copy)
{
  return copy->there && !copy->read;
}

static gboolean
is_in_inbox (const PostwegPlayCopy *copy)
{
  return copy->there && !copy->filed;
}

void
postweg_play_start (PostwegPlay *play, PostwegProtocol protocol, const PostwegPopOptions *pop)
{
  *play = (PostwegPlay){ .protocol = protocol };
  if (pop != NULL)
    play->pop = *pop;
}

guint
postweg_play_count (const PostwegPlay *play, PostwegPlayPlace place)
{
  guint n = 0;

  for (guint i = 0; i < play->n_mails; i++)
    n += play->copies[place][i].there ? 1 : 0;
  return n;
}

/* The newest on the laptop. */
static guint
find (const PostwegPlay *play, Fits fits)
{
  for (guint i = play->n_mails; i > 0 && !play->laptop_broken; i--)
    if (fits (&play->copies[POSTWEG_AT_LAPTOP][i - 1]))
      return i - 1;
  return NO_MAIL;
}

static gboolean
can_fetch (const PostwegPlay *play, PostwegPlayPlace device)
{
  if (device == POSTWEG_AT_LAPTOP && play->laptop_broken)
    return FALSE;
  for (guint i = 0; i < play->n_mails; i++)
    if (play->copies[POSTWEG_AT_PROVIDER][i].there && !play->seen[device][i])
      return TRUE;
  return FALSE;
}

/* Copies that the provider keeps only for some days. */
static gboolean
can_wait (const PostwegPlay *play)
{
  if (play->protocol != POSTWEG_POP3 || !play->pop.keep_on_server || play->pop.delete_after_days == 0)
    return FALSE;
  for (guint i = 0; i < play->n_mails; i++)
    if (play->copies[POSTWEG_AT_PROVIDER][i].there && play->seen[POSTWEG_AT_LAPTOP][i])
      return TRUE;
  return FALSE;
}

gboolean
postweg_play_can (const PostwegPlay *play, PostwegAct act)
{
  static const Fits needed[POSTWEG_N_ACTS] = {
    [POSTWEG_ACT_READ] = is_unread, [POSTWEG_ACT_MOVE] = is_in_inbox, [POSTWEG_ACT_DELETE] = is_there
  };

  if (act == POSTWEG_ACT_ARRIVE)
    return play->n_mails < POSTWEG_PLAY_MAILS;
  if (act == POSTWEG_ACT_FETCH_LAPTOP || act == POSTWEG_ACT_FETCH_PHONE)
    return can_fetch (play, act == POSTWEG_ACT_FETCH_LAPTOP ? POSTWEG_AT_LAPTOP : POSTWEG_AT_PHONE);
  if (act == POSTWEG_ACT_WAIT)
    return can_wait (play);
  if (act == POSTWEG_ACT_BREAK)
    return !play->laptop_broken;
  return find (play, needed[act]) != NO_MAIL;
}

static PostwegPlayOutcome
arrive (PostwegPlay *play)
{
  play->copies[POSTWEG_AT_PROVIDER][play->n_mails++] = (PostwegPlayCopy){ .there = TRUE };
  return POSTWEG_CAME_ARRIVED;
}

static PostwegPlayOutcome
fetch (PostwegPlay *play, PostwegPlayPlace device)
{
  for (guint i = 0; i < play->n_mails; i++)
    {
      PostwegPlayCopy *at_provider = &play->copies[POSTWEG_AT_PROVIDER][i];

      if (!at_provider->there || play->seen[device][i])
        continue;
      play->copies[device][i] = *at_provider;
      play->seen[device][i] = TRUE;
      /* a program that fetches does not know what another one has read or filed */
      if (play->protocol == POSTWEG_POP3)
        play->copies[device][i].read = play->copies[device][i].filed = FALSE;
      if (play->protocol == POSTWEG_POP3 && !play->pop.keep_on_server)
        at_provider->there = FALSE;
    }
  if (play->protocol == POSTWEG_IMAP)
    return POSTWEG_CAME_SHOWN;
  return play->pop.keep_on_server ? POSTWEG_CAME_COPIED : POSTWEG_CAME_TAKEN;
}

/* What the laptop has done to this mail is done in the one mailbox: every place that shows it follows. */
static void
follow_laptop (PostwegPlay *play, guint mail)
{
  for (guint place = 0; place < POSTWEG_N_PLAY_PLACES; place++)
    if (play->copies[place][mail].there)
      play->copies[place][mail] = play->copies[POSTWEG_AT_LAPTOP][mail];
}

static PostwegPlayOutcome
change (PostwegPlay *play, guint mail, PostwegPlayCopy changed)
{
  gboolean elsewhere =
      play->copies[POSTWEG_AT_PROVIDER][mail].there || play->copies[POSTWEG_AT_PHONE][mail].there;

  play->copies[POSTWEG_AT_LAPTOP][mail] = changed;
  if (play->protocol != POSTWEG_IMAP)
    return elsewhere ? POSTWEG_CAME_ONLY_HERE : POSTWEG_CAME_ONLY_COPY;
  follow_laptop (play, mail);
  return POSTWEG_CAME_EVERYWHERE;
}

static PostwegPlayOutcome delete (PostwegPlay *play, guint mail)
{
  gboolean follows = play->pop.keep_on_server && play->pop.delete_when_deleted &&
                     play->copies[POSTWEG_AT_PROVIDER][mail].there;
  PostwegPlayOutcome outcome = change (play, mail, (PostwegPlayCopy){ .there = FALSE });

  if (play->protocol == POSTWEG_IMAP || !follows)
    return outcome;
  play->copies[POSTWEG_AT_PROVIDER][mail].there = FALSE;
  return play->copies[POSTWEG_AT_PHONE][mail].there ? POSTWEG_CAME_ALSO_THERE : POSTWEG_CAME_EVERYWHERE;
}

static PostwegPlayOutcome
let_days_pass (PostwegPlay *play)
{
  for (guint i = 0; i < play->n_mails; i++)
    if (play->seen[POSTWEG_AT_LAPTOP][i])
      play->copies[POSTWEG_AT_PROVIDER][i].there = FALSE;
  return POSTWEG_CAME_RAN_OUT;
}

/* A copy elsewhere is as good as the lost one only if it shows the same. */
static gboolean
knows_as_much (const PostwegPlayCopy *copy, const PostwegPlayCopy *lost)
{
  return copy->there && copy->read == lost->read && copy->filed == lost->filed;
}

static PostwegPlayOutcome
break_laptop (PostwegPlay *play)
{
  PostwegPlayOutcome outcome = POSTWEG_CAME_NOTHING_LOST;

  for (guint i = 0; i < play->n_mails; i++)
    {
      const PostwegPlayCopy lost = play->copies[POSTWEG_AT_LAPTOP][i];
      const PostwegPlayCopy *provider = &play->copies[POSTWEG_AT_PROVIDER][i];
      const PostwegPlayCopy *phone = &play->copies[POSTWEG_AT_PHONE][i];

      play->copies[POSTWEG_AT_LAPTOP][i].there = FALSE;
      if (!lost.there)
        continue;
      if (!provider->there && !phone->there)
        outcome = POSTWEG_CAME_LOST;
      else if (outcome != POSTWEG_CAME_LOST && !knows_as_much (provider, &lost) &&
               !knows_as_much (phone, &lost))
        outcome = POSTWEG_CAME_PARTLY_LOST;
    }
  play->laptop_broken = TRUE;
  return outcome;
}

PostwegPlayOutcome
postweg_play_act (PostwegPlay *play, PostwegAct act)
{
  PostwegPlayCopy changed = { .there = TRUE };
  guint mail;

  if (!postweg_play_can (play, act))
    return POSTWEG_CAME_NOTHING;
  switch (act)
    {
    case POSTWEG_ACT_ARRIVE:
      return arrive (play);
    case POSTWEG_ACT_FETCH_LAPTOP:
      return fetch (play, POSTWEG_AT_LAPTOP);
    case POSTWEG_ACT_FETCH_PHONE:
      return fetch (play, POSTWEG_AT_PHONE);
    case POSTWEG_ACT_READ:
      mail = find (play, is_unread);
      changed = play->copies[POSTWEG_AT_LAPTOP][mail];
      changed.read = TRUE;
      return change (play, mail, changed);
    case POSTWEG_ACT_MOVE:
      mail = find (play, is_in_inbox);
      changed = play->copies[POSTWEG_AT_LAPTOP][mail];
      changed.filed = TRUE;
      return change (play, mail, changed);
    case POSTWEG_ACT_DELETE:
      return delete (play, find (play, is_there));
    case POSTWEG_ACT_WAIT:
      return let_days_pass (play);
    case POSTWEG_ACT_BREAK:
      return break_laptop (play);
    default:
      g_assert_not_reached ();
    }
}
