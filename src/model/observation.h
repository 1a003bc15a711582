/* A second look that the diagnosis wishes for, and what it showed. Only checkup/ makes it. */
#pragma once
#include "model/evidence.h"

/* None of these but POSTWEG_LOOK_INCOMING_PAIR and POSTWEG_LOOK_IMAP signs in. */
typedef enum {
  POSTWEG_LOOK_PLAIN,         /* same port, no TLS: read the first bytes, speak once if nothing comes */
  POSTWEG_LOOK_TLS,           /* same port, TLS from the first byte */
  POSTWEG_LOOK_OLD_TLS,       /* the same, with TLS 1.0 and old ciphers allowed; only to name the cause */
  POSTWEG_LOOK_OTHER_PORT,    /* another usual port of the same host, up to its capabilities */
  POSTWEG_LOOK_OTHER_NAME,    /* does another name resolve? */
  POSTWEG_LOOK_INCOMING_PAIR, /* sign in for sending with the incoming user name and password, once */
  POSTWEG_LOOK_OTHER_HOST,    /* another host of the provider on the same port: does anything there answer? */
  POSTWEG_LOOK_OTHER_FAMILY,  /* the same server at an address of the other family, up to its greeting */
  POSTWEG_LOOK_IMAP, /* for a POP account: sign in by IMAP with the same user name and password, once */
} PostwegLook;

typedef enum { POSTWEG_RECEIVE, POSTWEG_SEND, POSTWEG_BOTH } PostwegSide;
const char *postweg_side_name (PostwegSide side); /* "receive" "send" "both" */

/* A wish: look at `server` in this way, for the sake of this side. */
typedef struct {
  PostwegLook look;
  PostwegSide side;
  PostwegServer *server; /* where to look */
} PostwegWish;

/* What it showed: an evidence of its own, as far as it went. */
typedef struct {
  PostwegLook look;
  PostwegSide side;
  PostwegEvidence *evidence;
} PostwegObservation;

PostwegWish *postweg_wish_new (PostwegLook look, PostwegSide side, const PostwegServer *server);
void postweg_wish_free (PostwegWish *wish);
gboolean postweg_wish_equal (const PostwegWish *a, const PostwegWish *b);
/* Takes the evidence. */
PostwegObservation *postweg_observation_new (PostwegLook look, PostwegSide side, PostwegEvidence *evidence);
void postweg_observation_free (PostwegObservation *observation);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PostwegWish, postweg_wish_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PostwegObservation, postweg_observation_free)
