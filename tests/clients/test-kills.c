/* kill -9 at every system call of writing and of taking back, one after the other: each file is as before or as meant, never anything else; undo
 * leads back or says why not; and afterwards everything can be done again. */
#include "clients/worlds.h"
#include <sys/ptrace.h>
#include <sys/user.h>

#define MAX_CALLS 3000

static guint survived, calls_most, back, nothing_begun; /* for the summary */

/* killing */

static pid_t
start (const World *world, gboolean undo)
{
  pid_t child = fork ();

  if (child != 0)
    return child;
  if (ptrace (PTRACE_TRACEME, 0, NULL, NULL) != 0)
    _exit (77);
  raise (SIGSTOP);
  if (undo)
    _exit (postweg_plan_undo (NULL, world->place.state, NULL) != NULL ? 0 : 1);
  _exit (postweg_plan_apply (world->plan, world->place.state, NULL) ? 0 : 1);
}

/* Lets the child make n system calls and kills it as it begins the next one. Returns: TRUE if it was killed, FALSE if it came to its end before */
static gboolean
run_and_kill (pid_t child, guint n)
{
  int status;

  waitpid (child, &status, 0);
  g_assert_false (WIFEXITED (status));
  ptrace (PTRACE_SETOPTIONS, child, NULL, PTRACE_O_TRACESYSGOOD | PTRACE_O_EXITKILL);
  for (guint stops = 0; stops < 2 * n + 1; stops++)
    {
      ptrace (PTRACE_SYSCALL, child, NULL, NULL);
      waitpid (child, &status, 0);
      if (WIFEXITED (status))
        {
          g_assert_cmpint (WEXITSTATUS (status), ==, 0);
          return FALSE;
        }
    }
  kill (child, SIGKILL);
  waitpid (child, &status, 0);
  g_assert_true (WIFSIGNALED (status));
  return TRUE;
}

/* Undo, by somebody else after the crash: the files are all as before then, with or without its help. */
static void
undo_after (const World *world)
{
  g_autoptr (GError) error = NULL;
  guint made = count_new (world->plan);
  g_autoptr (PostwegPlan) undone = postweg_plan_undo (NULL, world->place.state, &error);

  if (undone == NULL)
    {
      /* nothing was begun, or it is done already */
      g_assert_error (error, POSTWEG_ERROR, POSTWEG_ERROR_NOT_FOUND);
      g_assert_cmpuint (made, ==, 0);
      nothing_begun++;
    }
  else
    back++;
  g_assert_cmpuint (count_new (world->plan), ==, 0);
}

/* A lock or a rest that was left behind keeps nobody from doing it again. */
static void
do_again (const Row *row, const World *world)
{
  g_autoptr (PostwegPlan) plan = make_plan (row, &world->place);
  g_autoptr (GError) error = NULL;

  postweg_plan_apply (plan, world->place.state, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count_new (plan), ==, plan->changes->len);
}

/* Returns: FALSE when n is more than there are */
static gboolean
kill_one (const Row *row, gboolean undo, guint n)
{
  g_auto (World) world = world_new (row);
  gboolean killed;

  if (undo)
    {
      g_autoptr (GError) error = NULL;

      postweg_plan_apply (world.plan, world.place.state, &error);
      g_assert_no_error (error);
    }
  killed = run_and_kill (start (&world, undo), n);
  if (!killed)
    {
      g_assert_cmpuint (count_new (world.plan), ==, undo ? 0 : world.plan->changes->len);
      return FALSE;
    }
  count_new (world.plan);
  undo_after (&world);
  do_again (row, &world);
  survived++;
  return TRUE;
}

typedef struct {
  const Row *row;
  gboolean undo;
} Case;

static gboolean
may_trace (void)
{
  int status = 0;
  pid_t child = fork ();

  if (child == 0)
    _exit (ptrace (PTRACE_TRACEME, 0, NULL, NULL) == 0 ? 0 : 1);
  waitpid (child, &status, 0);
  return WIFEXITED (status) && WEXITSTATUS (status) == 0;
}

static void
test_kills (gconstpointer data)
{
  const Case *one = data;
  guint before = survived, n = 0;

  if (!may_trace ())
    {
      g_test_skip ("processes cannot be traced here");
      return;
    }
  back = nothing_begun = 0;
  while (kill_one (one->row, one->undo, n))
    g_assert_cmpuint (++n, <, MAX_CALLS);
  calls_most = MAX (calls_most, n);
  g_test_message ("%s %s: %u kills survived, %u taken back, %u with nothing to take back", one->row->name,
                  one->undo ? "undo" : "apply", survived - before, back, nothing_begun);
  g_assert_cmpuint (n, >, 10);
}

/* Two at once: exactly one makes its change, the other one is told; the file is never a mixture. */
static void
test_two_at_once (void)
{
  for (guint round = 0; round < 4 * G_N_ELEMENTS (rows); round++)
    {
      g_auto (World) world = world_new (&rows[round % G_N_ELEMENTS (rows)]);
      pid_t children[2];
      guint done = 0;

      for (guint i = 0; i < 2; i++)
        if ((children[i] = fork ()) == 0)
          _exit (postweg_plan_apply (world.plan, world.place.state, NULL) ? 0 : 1);
      for (guint i = 0; i < 2; i++)
        {
          int status;

          waitpid (children[i], &status, 0);
          g_assert_true (WIFEXITED (status));
          done += WEXITSTATUS (status) == 0;
        }
      g_assert_cmpuint (done, ==, 1);
      g_assert_cmpuint (count_new (world.plan), ==, world.plan->changes->len);
      undo_after (&world);
    }
}

/* Each file but the first is as before or as meant, the first one may hold the other program's text too. Returns: TRUE if it does */
static gboolean
others_text_is_there (const World *world, const char *text)
{
  const PostwegChange *first = g_ptr_array_index (world->plan->changes, 0);
  g_autoptr (GBytes) other = g_bytes_new_static (text, strlen (text));
  g_autoptr (GBytes) now = read_file (first->target);

  if (!equal (now, other))
    count_new (world->plan);
  for (guint i = 1; i < world->plan->changes->len; i++)
    {
      const PostwegChange *change = g_ptr_array_index (world->plan->changes, i);
      g_autoptr (GBytes) file = read_file (change->target);

      g_assert_true (equal (file, change->after) || equal (file, change->before));
    }
  return equal (now, other);
}

/* What the other program wrote last stays; without that, all is as it was before. */
static void
undo_beside_other (const World *world, const char *text, gboolean applied)
{
  gboolean others = others_text_is_there (world, text);
  g_autoptr (GError) error = NULL;
  g_autoptr (PostwegPlan) undone = postweg_plan_undo (NULL, world->place.state, &error);

  if (others && applied)
    {
      g_assert_error (error, POSTWEG_ERROR, POSTWEG_ERROR_CHANGED_MEANWHILE);
      g_assert_nonnull (strstr (error->message, "/"));
      g_assert_true (others_text_is_there (world, text));
    }
  else
    g_assert_true (applied ? undone != NULL : undone == NULL);
}

/* Another program writes all the time: its text or ours, whole, and what it wrote after ours is not lost by undo. */
static void
test_other_writer (void)
{
  g_autofree char *text = g_strnfill (100000, 'x');

  for (guint round = 0; round < 4 * G_N_ELEMENTS (rows); round++)
    {
      g_auto (World) world = world_new (&rows[round % G_N_ELEMENTS (rows)]);
      const PostwegChange *change = g_ptr_array_index (world.plan->changes, 0);
      g_autoptr (GError) error = NULL;
      pid_t child = fork ();
      gboolean applied;
      int status;

      if (child == 0)
        {
          for (guint i = 0; i < 200; i++)
            g_file_set_contents (change->target, text, -1, NULL);
          _exit (0);
        }
      g_usleep (round * 50);
      applied = postweg_plan_apply (world.plan, world.place.state, &error);
      waitpid (child, &status, 0);
      if (!applied)
        g_assert_error (error, POSTWEG_ERROR, POSTWEG_ERROR_CHANGED_MEANWHILE);
      undo_beside_other (&world, text, applied);
    }
}

static void
test_summary (void)
{
  g_test_message ("%u kills survived, at most %u system calls in one run", survived, calls_most);
}

int
main (int argc, char **argv)
{
  static Case cases[2 * G_N_ELEMENTS (rows)];

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = NULL;

      cases[i] = (Case){ &rows[i / 2], i % 2 == 1 };
      path = g_strdup_printf ("/clients/kills/%s/%s", i % 2 == 1 ? "undo" : "apply", rows[i / 2].name);
      g_test_add_data_func (path, &cases[i], test_kills);
    }
  g_test_add_func ("/clients/kills/together/two-at-once", test_two_at_once);
  g_test_add_func ("/clients/kills/together/other-writer", test_other_writer);
  g_test_add_func ("/clients/kills-end/summary", test_summary);
  return g_test_run ();
}
