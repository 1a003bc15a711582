/* News from an errand's thread to the main context. */
#include "checkup/test/errand.h"
#include "checkup/worker.h"

typedef struct {
  PostwegTestRun *test;
  PostwegSide side;
  PostwegStage stage;
  PostwegStep *step; /* NULL: the stage has begun */
} News;

static void
news_free (gpointer data)
{
  News *news = data;

  postweg_test_run_unref (news->test);
  postweg_step_free (news->step);
  g_free (news);
}

static gboolean
tell (gpointer data)
{
  const News *news = data;
  const PostwegTestWatch *watch;

  postweg_worker_arrive ();
  watch = &news->test->watch;
  if (news->test->task == NULL)
    return G_SOURCE_REMOVE;
  postweg_early_heard (news->test, news->side, news->stage, news->step);
  if (news->step == NULL && watch->begun != NULL)
    watch->begun (news->side, news->stage, watch->data);
  if (news->step != NULL && watch->step != NULL)
    watch->step (news->side, news->step, watch->data);
  return G_SOURCE_REMOVE;
}

/* An idle source of the default priority keeps the order, and comes before the result, which GTask sends the same way. */
void
postweg_errand_tell (const PostwegErrand *errand, PostwegStage stage, PostwegStep *step)
{
  News *news = g_new (News, 1);
  g_autoptr (GSource) source = g_idle_source_new ();

  *news = (News){ postweg_test_run_ref (errand->test), errand->side, stage, step };
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, tell, news, news_free);
  postweg_worker_leave ();
  g_source_attach (source, errand->test->context);
}
