/* kill -9 at each step of writing to Evolution's real service and of taking back: its service has what it had or all that was meant once undo was
 * asked, and it can be done again. A step is a system call of any
 * thread that changes a file's name, waits for the disk or says something to somebody. */
#include "clients/apply.h"
#include "clients/clients.h"
#include "clients/desktop/evolution-sources.h"
#include "clients/folders.h"
#include "model/error.h"
#include <errno.h>
#include <signal.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#define SERVICE "org.gnome.evolution.dataserver.Sources5"
#define MAX_STEPS 400
#define SETTLE_US 30000 /* what was said last may still be on its way */

static guint partly; /* kills that left some of the sources */

static guint
count_sources (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) sources = postweg_evolution_sources (SERVICE, &error);

  g_assert_no_error (error);
  return sources->len;
}

static PostwegPlan *
make_plan (GError **error)
{
  g_autoptr (PostwegServer) in = postweg_server_new (POSTWEG_IMAP, "in.test", 0, POSTWEG_TLS, "anna");
  g_autoptr (PostwegServer) out = postweg_server_new (POSTWEG_SMTP, "out.test", 0, POSTWEG_TLS, "anna");
  g_autoptr (PostwegAccount) account = postweg_account_new ("Anna", "anna@example.org", in, out);
  const PostwegExport options = { .home = g_get_home_dir () };

  return postweg_client_plan (postweg_client_by_id ("evolution"), account, &options, error);
}

static int
apply_in (const char *state)
{
  g_autoptr (PostwegPlan) plan = make_plan (NULL);

  return plan != NULL && postweg_plan_apply (plan, state, NULL) ? 0 : 1;
}

static int
undo_in (const char *state)
{
  g_autoptr (PostwegPlan) undone = postweg_plan_undo (NULL, state, NULL);

  return undone != NULL ? 0 : 1;
}

/* killing */

static pid_t
start (const char *what, const char *state)
{
  pid_t child = fork ();

  if (child != 0)
    return child;
  if (ptrace (PTRACE_TRACEME, 0, NULL, NULL) != 0)
    _exit (77);
  raise (SIGSTOP);
  /* the search for leaks wants to trace the process itself */
  g_setenv ("ASAN_OPTIONS", "detect_leaks=0", TRUE);
  execl ("/proc/self/exe", "test-bus-kills", what, state, NULL);
  _exit (78);
}

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

static gboolean
is_step (pid_t thread)
{
  static const guint64 steps[] = {
    SYS_sendmsg, SYS_sendto, SYS_renameat2, SYS_fsync, SYS_mkdirat, SYS_unlinkat, SYS_ftruncate,
#ifdef SYS_rename
    SYS_rename,  SYS_mkdir,  SYS_unlink,    SYS_rmdir,
#endif
  };
  struct __ptrace_syscall_info info = { 0 };

  if (ptrace (PTRACE_GET_SYSCALL_INFO, thread, sizeof info, &info) <= 0 ||
      info.op != PTRACE_SYSCALL_INFO_ENTRY)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    if (info.entry.nr == steps[i])
      return TRUE;
  return FALSE;
}

/* Signals of its own go on to it, those of tracing do not. */
static long
signal_of (int status)
{
  int number = WSTOPSIG (status);

  return number == (SIGTRAP | 0x80) || number == SIGTRAP || number == SIGSTOP ? 0 : number;
}

static void
kill_all_of (pid_t leader)
{
  int status;

  kill (leader, SIGKILL);
  for (pid_t thread = 0; thread != leader && thread != -1;)
    {
      thread = waitpid (-1, &status, __WALL);
      if (thread == leader && !WIFSIGNALED (status) && !WIFEXITED (status))
        thread = 0;
    }
}

/* Kills it as it begins its step number n. Returns: FALSE if it came to its end before */
static gboolean
run_and_kill (pid_t leader, guint n)
{
  guint step = 0;
  int status;

  waitpid (leader, &status, 0);
  g_assert_true (WIFSTOPPED (status));
  ptrace (PTRACE_SETOPTIONS, leader, NULL,
          PTRACE_O_TRACESYSGOOD | PTRACE_O_EXITKILL | PTRACE_O_TRACECLONE | PTRACE_O_TRACEEXEC);
  ptrace (PTRACE_SYSCALL, leader, NULL, NULL);
  while (TRUE)
    {
      pid_t thread = waitpid (-1, &status, __WALL);

      g_assert_cmpint (thread, !=, -1);
      if (thread == leader && WIFEXITED (status))
        g_assert_cmpint (WEXITSTATUS (status), ==, 0);
      if (thread == leader && !WIFSTOPPED (status))
        return FALSE;
      if (!WIFSTOPPED (status))
        continue;
      if (WSTOPSIG (status) == (SIGTRAP | 0x80) && is_step (thread) && step++ == n)
        {
          kill_all_of (leader);
          return TRUE;
        }
      ptrace (PTRACE_SYSCALL, thread, NULL, signal_of (status));
    }
}

/* Undo by somebody else after the crash; then it is done again and taken back. */
static void
assert_way_back (const char *state, guint before)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PostwegPlan) undone = NULL;
  guint now;

  g_usleep (SETTLE_US);
  now = count_sources ();
  g_assert_cmpuint (now, <=, before + 3);
  partly += now != before && now != before + 3;
  undone = postweg_plan_undo (NULL, state, &error);
  if (undone == NULL)
    g_assert_error (error, POSTWEG_ERROR, POSTWEG_ERROR_NOT_FOUND);
  g_assert_cmpuint (count_sources (), ==, before);
  g_assert_cmpint (apply_in (state), ==, 0);
  g_assert_cmpuint (count_sources (), ==, before + 3);
  g_assert_cmpint (undo_in (state), ==, 0);
  g_assert_cmpuint (count_sources (), ==, before);
}

static void
test_kills (gconstpointer data)
{
  const char *what = data;
  guint before = count_sources (), n = 0;
  gboolean killed = TRUE;

  if (!may_trace ())
    {
      g_test_skip ("processes cannot be traced here");
      return;
    }
  partly = 0;
  for (; killed; n++)
    {
      g_autoptr (Folder) state = folder_new ();

      g_assert_cmpuint (n, <, MAX_STEPS);
      if (strcmp (what, "undo") == 0)
        g_assert_cmpint (apply_in (state), ==, 0);
      killed = run_and_kill (start (what, state), n);
      if (killed)
        assert_way_back (state, before);
      else if (strcmp (what, "apply") == 0)
        g_assert_cmpint (undo_in (state), ==, 0);
      g_assert_cmpuint (count_sources (), ==, before);
    }
  g_test_message ("evolution %s: %u kills survived, %u of them had left a part", what, n - 1, partly);
  g_assert_cmpuint (n, >, 10);
}

int
main (int argc, char **argv)
{
  if (argc == 3 && strcmp (argv[1], "apply") == 0)
    return apply_in (argv[2]);
  if (argc == 3 && strcmp (argv[1], "undo") == 0)
    return undo_in (argv[2]);
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/bus-kills/evolution/apply", "apply", test_kills);
  g_test_add_data_func ("/bus-kills/evolution/undo", "undo", test_kills);
  return g_test_run ();
}
