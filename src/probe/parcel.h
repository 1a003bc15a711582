/* A delivery in progress: what its parts share. */
#pragma once
#include "probe/delivery.h"
#include "probe/road.h"

typedef struct {
  const PostwegDeliveryJob *job;
  PostwegDelivery *delivery;
  PostwegLetter *letter;
  GCancellable *cancellable; /* (not owned); NULL while clearing up */
  gint64 end;                /* of the present phase, monotonic, µs */
} PostwegParcel;

/* How mail is looked for and removed over one protocol. A box is what it keeps in between. */
typedef struct {
  gboolean looks_again; /* looking costs nothing: copies that come a moment later are counted */
  /* Before anything is sent. Returns: NULL when it cannot be done; the step that failed is among the delivery's then */
  gpointer (*open) (PostwegParcel *parcel);
  /* Looks everywhere once and fills the delivery's places. Returns: FALSE when it could not look to the end */
  gboolean (*look) (gpointer box);
  /* Whether no more looking is possible. */
  gboolean (*is_dead) (gpointer box);
  /* Waits until looking may be worth it, at most this long. */
  void (*wait) (gpointer box, guint ms);
  /* Removes exactly what bears the token. */
  void (*clear) (gpointer box);
  void (*close) (gpointer box);
} PostwegBoxWay;

extern const PostwegBoxWay postweg_box_imap, postweg_box_pop3;

/* What is left of the phase, and how it is stopped. step_ms: limit of the next step. */
PostwegWait postweg_parcel_wait (const PostwegParcel *parcel, guint step_ms);
/* Pauses, unless stopped. */
void postweg_parcel_pause (const PostwegParcel *parcel, guint ms);
gboolean postweg_parcel_is_stopped (const PostwegParcel *parcel);

/* Signs in. probe: changed: it goes as far as the sign-in. obstacle: (out) (transfer full): where it ended, or NULL.
 * Returns: the session, or NULL */
PostwegSession *postweg_parcel_sign_in (PostwegParcel *parcel, PostwegProbe *probe, PostwegSide side,
                                        PostwegStep **obstacle);
/* Ends the session; counts its sign-ins, keeps its dialogue. farewell: NULL for none */
void postweg_parcel_hang_up (PostwegParcel *parcel, PostwegSession *session, PostwegSide side,
                             const char *farewell);
/* Keeps a step of one side, and tells it. Takes the step. */
void postweg_parcel_keep_step (PostwegParcel *parcel, PostwegSide side, PostwegStep *step);

/* Hands the mail over to the outgoing server. Returns: whether it was taken, or may have been */
gboolean postweg_parcel_send (PostwegParcel *parcel);

/* What a header says about whose mail this is. */
typedef enum {
  POSTWEG_NOT_OURS,
  POSTWEG_OURS_UNMARKED, /* our Message-ID, but the field with the token is gone: it arrived, and is left alone */
  POSTWEG_OURS,
  POSTWEG_A_REPORT, /* perhaps about our mail */
} PostwegWhose;

PostwegWhose postweg_parcel_whose (const PostwegParcel *parcel, const char *header, gsize length);
/* Takes the way and the sender checks out of the header of an arrived mail. */
void postweg_parcel_read_way (PostwegParcel *parcel, const char *header, gsize length);
/* Whether this is the report that our mail failed; keeps what it says. */
gboolean postweg_parcel_read_report (PostwegParcel *parcel, const char *text, gsize length);
