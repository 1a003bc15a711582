/* One test in progress and its errands, as the files of the test share them. Each errand is a job on the pool. */
#pragma once
#include "checkup/checkup.h"
#include "checkup/gate.h"
#include "checkup/rivals.h"
#include "checkup/turn.h"
#include "probe/probe.h"

/* Looks that are made while a side still waits for its server. Main context only. */
typedef struct {
  GPtrArray *timers;         /* GSource: when they begin; or NULL */
  GCancellable *cancellable; /* of those on their way; NULL: there are none */
  gulong handler;            /* the test's own cancelling goes on to it */
  char **addresses;          /* numeric, of the side's host; NULL before they are known */
} PostwegEarly;

/* One test in progress. The main context owns it; jobs borrow the parts that do not change while they run. */
typedef struct {
  int references;
  PostwegTestRequest *request;
  gint64 end; /* monotonic, µs */
  PostwegTrust *trust;
  PostwegGate *gate;                 /* not owned; NULL: every errand goes at once */
  guint sign_ins_made[POSTWEG_BOTH]; /* before this test, and counted with those of it */
  PostwegTurn turn;
  PostwegRivals rivals;
  GCancellable *cancellable;
  GMainContext *context;

  /* main context only */
  PostwegTestWatch watch;
  PostwegTestResult *result;
  GPtrArray *wishes; /* PostwegWish, all that were ever granted */
  GTask *task;
  guint pending;       /* jobs that are not back yet */
  guint beside;        /* the same, whose results are welcome and not waited for */
  gint64 beside_until; /* but so long, monotonic, µs */
  GSource *patience;   /* until then, or NULL */
  PostwegEarly early[POSTWEG_BOTH];
  PostwegEarly families;
  guint round;
  gboolean
      sober; /* nothing is looked at ahead or beside: the mail after a test, and all but the first tests of a server in a batch */
} PostwegTestRun;

typedef struct {
  PostwegTestRun *test;
  PostwegSide side;
  PostwegWish *wish;   /* NULL: the probe itself */
  char *address;       /* numeric: only there; or NULL */
  guint rival_ms;      /* how long the family that won took; 0: what is known about other ports counts */
  guint connect_ms;    /* of the errand's own thread */
  guint sign_ins_made; /* at the side's server so far */
  char **known;        /* addresses of the server's host, NULL: it is looked up */
} PostwegErrand;

/* What the tests of a batch have in common. */
typedef struct {
  PostwegTrust *trust;
  PostwegGate *gate;
  guint sign_ins_made[POSTWEG_BOTH]; /* for this account, a moment ago */
  gboolean sober;                    /* see PostwegTestRun */
} PostwegTestShare;

/* postweg_checkup_test() as one of many; takes the request, copies the share. Its end is the same: postweg_checkup_test_finish() */
void postweg_test_start (PostwegTestRequest *request, const PostwegTestShare *share,
                         GCancellable *cancellable, GAsyncReadyCallback done, gpointer data);

/* Takes the request. Its end is timeout_s from now. */
PostwegTestRun *postweg_test_run_new (PostwegTestRequest *request, const PostwegTestWatch *watch,
                                      GCancellable *cancellable);
PostwegTestRun *postweg_test_run_ref (PostwegTestRun *test);
void postweg_test_run_unref (gpointer test);

/* Takes the wish. Main context only. */
PostwegErrand *postweg_errand_new (PostwegTestRun *test, PostwegSide side, PostwegWish *wish);
void postweg_errand_free (gpointer errand);
/* Returns: (transfer none): where it goes */
const PostwegServer *postweg_errand_server (const PostwegErrand *errand);
/* What it asks of a probe, with the time that is left. */
PostwegProbe postweg_errand_probe (PostwegErrand *errand);
/* The work of the job. Returns: (transfer full): PostwegEvidence for the probe itself, PostwegObservation for a look */
gpointer postweg_errand_run (gpointer errand, GCancellable *cancellable, GError **error);
/* Counts it as begun and sends it off. cancellable: its own, as in PostwegEarly: when that is cancelled and the test is not, what comes
 * back is thrown away; NULL: the test's. Main context only. */
void postweg_errand_start (PostwegErrand *errand, GCancellable *cancellable);
/* Whether such a look was made already, or is on its way. */
gboolean postweg_test_run_has (const PostwegTestRun *test, const PostwegWish *wish);
/* A job of the test is back and no longer counted; goes on to the diagnosis when it was the last. Gives up the reference. */
void postweg_test_run_back (PostwegTestRun *test);

/* What a probe tells on its way may be a reason to look at something at once. step: NULL when the stage has only begun */
void postweg_early_heard (PostwegTestRun *test, PostwegSide side, PostwegStage stage,
                          const PostwegStep *step);
/* Everything else is done: what is looked at beside has a moment left. */
void postweg_early_hurry (PostwegTestRun *test);
/* Nothing more is begun. */
void postweg_early_end (PostwegTestRun *test);

/* Draws the map of ports of the tested hosts; its jobs count as pending. */
void postweg_ports_start (PostwegTestRun *test);

/* From the errand's thread to the main context, in order. step: taken, or NULL when the stage has only begun */
void postweg_errand_tell (const PostwegErrand *errand, PostwegStage stage, PostwegStep *step);
/* Works out findings and verdict from what the result holds. Returns: (transfer full): PostwegWish */
GPtrArray *postweg_test_judge (PostwegTestResult *result, const PostwegTestRequest *request);
