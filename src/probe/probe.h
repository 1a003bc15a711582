/* One server and a secret -> evidence, step by step. */
#pragma once
#include "model/observation.h"
#include "model/secret.h"
#include "wire/race.h"
#include "wire/trust.h"
#include <gio/gio.h>

/* Told on the thread of the probe; either may be NULL. */
typedef struct {
  void (*begun) (PostwegStage stage, gpointer data);
  void (*done) (const PostwegStep *step, gpointer data);
  gpointer data;
} PostwegProbeWatch;

/* Two probes of one account must not sign in at the same time. The door is passed before the sign-in and left behind it; waiting there
 * does not count as the step's time. Either may be NULL. */
typedef struct {
  gboolean (*enter) (gpointer data, GCancellable *cancellable); /* FALSE: stopped while waiting, not inside */
  void (*leave) (gpointer data);
  gpointer data;
} PostwegProbeTurn;

/* What to probe. Nothing is owned. */
typedef struct {
  const PostwegServer *server;
  const char *address; /* numeric: only there, the name is not looked up; or NULL */
  char *const *known;  /* numeric: what the name was found to be a moment ago; NULL: it is looked up */
  PostwegRival rival;  /* ms may be NULL */
  const PostwegSecret
      *secret;        /* password, or token when the server's auth is OAuth2; NULL: up to the sign-in */
  const char *sender; /* SMTP: the identity's address; NULL or "": MAIL FROM is left out */
  PostwegTrust *trust;
  gboolean allow_plaintext; /* the person confirmed to sign in without encryption on this server */
  PostwegStage until;       /* the last stage to go through; POSTWEG_STAGE_ARRIVAL for all */
  guint test_ms;            /* for everything together */
  guint
      sign_ins_made; /* at this server, earlier in the same test: they count towards the two that are allowed */
  PostwegProbeWatch watch;
  PostwegProbeTurn sign_in_turn;
} PostwegProbe;

/* Blocking. A failed step is a result, and so is being stopped: then the rest of the steps is marked as skipped with OUT_OF_TIME.
 * Signs in at most twice, the second time only when the server said that it does not know the mechanism.
 * Returns: (transfer full): the evidence, never NULL */
PostwegEvidence *postweg_probe_run (const PostwegProbe *probe, GCancellable *cancellable);

/* A second look (see PostwegLook); signs in only for POSTWEG_LOOK_INCOMING_PAIR and POSTWEG_LOOK_IMAP, once.
 * Returns: (transfer full): the evidence, never NULL */
PostwegEvidence *postweg_probe_look (const PostwegProbe *probe, PostwegLook look, GCancellable *cancellable);
