/* What is new on a device has come from the provider; what the provider gave away has gone to the device. */
#include "ui/pictures/play-glide.h"

static PostwegSpot
spot_of (const PostwegPlay *play, PostwegPlayPlace place, guint mail)
{
  const PostwegPlayCopy *copy = &play->copies[place][mail];

  return (PostwegSpot){ place, copy->filed, copy->read };
}

static gboolean
appears (const PostwegPlay *before, const PostwegPlay *after, PostwegPlayPlace place, guint mail)
{
  return !before->copies[place][mail].there && after->copies[place][mail].there;
}

/* Taken by a device: the envelope that comes there is this one. */
static gboolean
is_taken (const PostwegPlay *before, const PostwegPlay *after, PostwegPlayPlace place, guint mail)
{
  return place == POSTWEG_AT_PROVIDER && (appears (before, after, POSTWEG_AT_LAPTOP, mail) ||
                                          appears (before, after, POSTWEG_AT_PHONE, mail));
}

/* Of a mail that is there afterwards. */
static PostwegGlide
glide_to (const PostwegPlay *before, const PostwegPlay *after, PostwegPlayPlace place, guint mail)
{
  PostwegGlide glide = { mail, POSTWEG_GLIDE_COMES, spot_of (after, place, mail),
                         spot_of (after, place, mail) };

  if (before->copies[place][mail].there)
    {
      glide.from = spot_of (before, place, mail);
      glide.kind = glide.from.filed == glide.to.filed ? POSTWEG_GLIDE_RESTS : POSTWEG_GLIDE_MOVES;
    }
  else if (before->copies[POSTWEG_AT_PROVIDER][mail].there)
    {
      glide.from = spot_of (before, POSTWEG_AT_PROVIDER, mail);
      glide.kind = POSTWEG_GLIDE_MOVES;
    }
  return glide;
}

guint
postweg_glides (const PostwegPlay *before, const PostwegPlay *after, PostwegGlide *glides)
{
  guint n = 0;

  for (PostwegPlayPlace place = POSTWEG_AT_PROVIDER; place < POSTWEG_N_PLAY_PLACES; place++)
    for (guint mail = 0; mail < POSTWEG_PLAY_MAILS; mail++)
      if (after->copies[place][mail].there)
        glides[n++] = glide_to (before, after, place, mail);
      else if (before->copies[place][mail].there && !is_taken (before, after, place, mail))
        glides[n++] = (PostwegGlide){ mail, POSTWEG_GLIDE_GOES, spot_of (before, place, mail),
                                      spot_of (before, place, mail) };
  return n;
}
