/* Holds what a run's news needs until the last of it has come. */
#include "ui/run.h"

PostwegRun *
postweg_run_new (gpointer widget, GCancellable *cancellable)
{
  PostwegRun *run = g_new (PostwegRun, 1);

  *run = (PostwegRun){ g_object_ref (widget), g_object_ref (cancellable) };
  return run;
}

void
postweg_run_free (PostwegRun *run)
{
  g_object_unref (run->widget);
  g_object_unref (run->cancellable);
  g_free (run);
}
