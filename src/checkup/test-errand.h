/* One test in progress and its errands, as the files of the test share them. Each errand is a job on the pool. */
#pragma once
#include "checkup/checkup.h"
#include "checkup/turn.h"
#include "wire/trust.h"

/* One test in progress. The main context owns it; jobs borrow the parts that do not change while they run. */
typedef struct {
  int references;
  PostwegTestRequest *request;
  gint64 end; /* monotonic, µs */
  PostwegTrust *trust;
  PostwegTurn turn;
  GCancellable *cancellable;
  GMainContext *context;

  /* main context only */
  PostwegTestWatch watch;
  PostwegTestResult *result;
  GPtrArray *wishes; /* PostwegWish, all that were ever granted */
  GTask *task;
  guint pending; /* jobs that are not back yet */
  guint round;
} PostwegTestRun;

typedef struct {
  PostwegTestRun *test;
  PostwegSide side;
  PostwegWish *wish;   /* NULL: the probe itself */
  guint sign_ins_made; /* at the side's server so far */
} PostwegErrand;

PostwegTestRun *postweg_test_run_ref (PostwegTestRun *test);
void postweg_test_run_unref (gpointer test);

/* Takes the wish. Main context only. */
PostwegErrand *postweg_errand_new (PostwegTestRun *test, PostwegSide side, PostwegWish *wish);
void postweg_errand_free (gpointer errand);
/* The work of the job. Returns: (transfer full): PostwegEvidence for the probe itself, PostwegObservation for a look */
gpointer postweg_errand_run (gpointer errand, GCancellable *cancellable, GError **error);
/* From the errand's thread to the main context, in order. step: taken, or NULL when the stage has only begun */
void postweg_errand_tell (const PostwegErrand *errand, PostwegStage stage, PostwegStep *step);
