/* Deadlines on the monotonic clock, and cancelling, for everything that blocks. */
#include "wire/wait.h"

PostwegWait
postweg_wait_new (guint test_ms, GCancellable *cancellable)
{
  gint64 end = g_get_monotonic_time () + (gint64) test_ms * 1000;

  return (PostwegWait){ end, end, cancellable };
}

PostwegWait
postweg_wait_step (const PostwegWait *wait, guint step_ms)
{
  gint64 end = g_get_monotonic_time () + (gint64) step_ms * 1000;

  return (PostwegWait){ MIN (end, wait->test_end), wait->test_end, wait->cancellable };
}

gint64
postweg_wait_left (const PostwegWait *wait)
{
  return MAX (wait->step_end - g_get_monotonic_time (), 0);
}

gboolean
postweg_wait_too_late (const PostwegWait *wait, PostwegError late, GError **error)
{
  /* polling counts in ms and may return a little early */
  gboolean all = wait->step_end >= wait->test_end || g_get_monotonic_time () >= wait->test_end;

  g_set_error_literal (error, POSTWEG_ERROR, all ? POSTWEG_ERROR_OUT_OF_TIME : late, "no answer in time");
  return FALSE;
}

gboolean
postweg_wait_is_over (const PostwegWait *wait, GError **error)
{
  if (g_cancellable_set_error_if_cancelled (wait->cancellable, error))
    return TRUE;
  if (postweg_wait_left (wait) > 0)
    return FALSE;
  postweg_wait_too_late (wait, POSTWEG_ERROR_SILENT, error);
  return TRUE;
}

gboolean
postweg_wait_for_socket (const PostwegWait *wait, GSocket *socket, GIOCondition condition, PostwegError late,
                         GError **error)
{
  g_autoptr (GError) cause = NULL;
  gint64 left = postweg_wait_left (wait);

  if (g_cancellable_set_error_if_cancelled (wait->cancellable, error))
    return FALSE;
  if (left == 0)
    return postweg_wait_too_late (wait, late, error);
  if (g_socket_condition_timed_wait (socket, condition, left, wait->cancellable, &cause))
    return TRUE;
  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_propagate_error (error, g_steal_pointer (&cause));
  else
    postweg_wait_too_late (wait, late, error);
  return FALSE;
}

gboolean
postweg_wait_poll (const PostwegWait *wait, GPollFD *fds, guint n_fds, gint64 most_us, GError **error)
{
  g_autofree GPollFD *all = g_new0 (GPollFD, n_fds + 1);
  gboolean can_cancel;
  gint64 us = MIN (most_us, postweg_wait_left (wait));

  for (guint i = 0; i < n_fds; i++)
    all[i] = fds[i];
  can_cancel = g_cancellable_make_pollfd (wait->cancellable, &all[n_fds]);
  g_poll (all, can_cancel ? n_fds + 1 : n_fds, (int) ((us + 999) / 1000));
  if (can_cancel)
    g_cancellable_release_fd (wait->cancellable);
  for (guint i = 0; i < n_fds; i++)
    fds[i].revents = all[i].revents;
  return !g_cancellable_set_error_if_cancelled (wait->cancellable, error);
}
