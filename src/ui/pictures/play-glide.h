/* Which envelopes go where between two states of a play. No widget. */
#pragma once
#include "model/play.h"

#define POSTWEG_MAX_GLIDES (POSTWEG_N_PLAY_PLACES * POSTWEG_PLAY_MAILS)

typedef enum {
  POSTWEG_GLIDE_RESTS, /* may be read meanwhile */
  POSTWEG_GLIDE_COMES, /* from nowhere to where it is */
  POSTWEG_GLIDE_MOVES,
  POSTWEG_GLIDE_GOES, /* is gone from where it was */
} PostwegGlideKind;

typedef struct {
  PostwegPlayPlace place;
  gboolean filed, read;
} PostwegSpot;

/* One envelope. What comes or goes has the same place at both ends. */
typedef struct {
  guint mail;
  PostwegGlideKind kind;
  PostwegSpot from, to;
} PostwegGlide;

/* glides: room for POSTWEG_MAX_GLIDES. Returns: how many were filled in */
guint postweg_glides (const PostwegPlay *before, const PostwegPlay *after, PostwegGlide *glides);
