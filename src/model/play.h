/* The state of the moving picture: mail at the provider, on a laptop and on a phone, and what can be done to it. */
#pragma once
#include "model/account.h"

typedef enum { POSTWEG_AT_PROVIDER, POSTWEG_AT_LAPTOP, POSTWEG_AT_PHONE } PostwegPlayPlace;
#define POSTWEG_N_PLAY_PLACES 3

#define POSTWEG_PLAY_MAILS 4 /* as many as the picture has room for */

/* One mail at one place. */
typedef struct {
  gboolean there;
  gboolean read;
  gboolean filed; /* in the folder “Open Invoices”, else in the inbox */
} PostwegPlayCopy;

typedef struct {
  PostwegProtocol protocol; /* IMAP or POP3 */
  PostwegPopOptions pop;
  guint n_mails; /* that have arrived since the start */
  PostwegPlayCopy copies[POSTWEG_N_PLAY_PLACES][POSTWEG_PLAY_MAILS];
  gboolean seen[POSTWEG_N_PLAY_PLACES]
               [POSTWEG_PLAY_MAILS]; /* fetched there before; POP fetches nothing twice */
  gboolean laptop_broken;
} PostwegPlay;

/* In the order of the buttons. Reading, moving and deleting happen on the laptop, to the newest mail that it can happen to. */
typedef enum {
  POSTWEG_ACT_ARRIVE,
  POSTWEG_ACT_FETCH_LAPTOP,
  POSTWEG_ACT_FETCH_PHONE,
  POSTWEG_ACT_READ,
  POSTWEG_ACT_MOVE,
  POSTWEG_ACT_DELETE,
  POSTWEG_ACT_WAIT, /* as long as POP leaves copies at the provider */
  POSTWEG_ACT_BREAK,
} PostwegAct;
#define POSTWEG_N_ACTS 8

/* What came of an act, for the sentence about it. */
typedef enum {
  POSTWEG_CAME_NOTHING, /* there was nothing to do it to */
  POSTWEG_CAME_ARRIVED,
  POSTWEG_CAME_SHOWN,      /* on the device; it stays at the provider, and is the same mail */
  POSTWEG_CAME_COPIED,     /* to the device; the provider keeps one of its own */
  POSTWEG_CAME_TAKEN,      /* to the device, and away from the provider */
  POSTWEG_CAME_EVERYWHERE, /* done on the laptop, and so everywhere */
  POSTWEG_CAME_ONLY_HERE,  /* done on the laptop; other places show it as before */
  POSTWEG_CAME_ONLY_COPY,  /* done on the laptop, and there is no other copy */
  POSTWEG_CAME_ALSO_THERE, /* deleted on the laptop and at the provider, but not on the phone */
  POSTWEG_CAME_RAN_OUT,    /* the provider’s copies went when their days were over */
  POSTWEG_CAME_NOTHING_LOST,
  POSTWEG_CAME_LOST,        /* with the laptop, mail that was nowhere else */
  POSTWEG_CAME_PARTLY_LOST, /* mail is still there, but what was done to it on the laptop is gone */
} PostwegPlayOutcome;
