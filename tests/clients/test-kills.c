/* kill -9 at every system call of writing and of taking back, one after the other: each file is as before or as meant, never anything else; undo
 * leads back or says why not; and afterwards everything can be done again. */
#include "clients/clients.h"
#include "clients/places.h"
#include "model/account-json.h"
#include <sys/ptrace.h>
#include <sys/user.h>

#define MAX_CALLS 3000

typedef struct {
  const char *name, *program,
      *golden;  /* golden: case with its account and what is there before; NULL: nothing is there */
  gboolean two; /* a plan of two files instead */
} Row;

static const Row rows[] = {
  { "thunderbird", "thunderbird", "thunderbird/new-imap", FALSE },
  { "thunderbird-without-profile", "thunderbird", NULL, FALSE },
  { "two-files", "thunderbird", NULL, TRUE },
  { "msmtp", "msmtp", "msmtp/beside-others", FALSE },
  { "mutt-account-file", "mutt", "mutt/repair-account-file", FALSE },
  { "mutt-new", "mutt", NULL, FALSE },
};

static guint survived, calls_most, back, nothing_begun; /* for the summary */

/* a world of its own for each kill */

typedef struct {
  Place place;
  PostwegPlan *plan;
} World;

static void
world_clear (World *world)
{
  postweg_plan_free (world->plan);
  place_clear (&world->place);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (World, world_clear)

static void
copy_into (const char *from, const char *to)
{
  g_autoptr (GDir) dir = g_dir_open (from, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (from, name, NULL);
      g_autofree char *inner = g_build_filename (to, name, NULL);
      g_autofree char *text = NULL;

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        copy_into (path, inner);
      else if (g_file_get_contents (path, &text, NULL, NULL))
        put_file (to, name, text);
    }
}

static PostwegAccount *
account_of (const Row *row)
{
  const char *golden = row->golden != NULL ? row->golden : "thunderbird/new-imap";
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "golden", golden, "account.json", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  PostwegAccount *account;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  account = postweg_account_from_json (text, -1, &error);
  g_assert_no_error (error);
  return account;
}

static char *
replaced_id (const Row *row, const char *home)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "golden",
                                                 row->golden != NULL ? row->golden : "none", "options", NULL);
  g_autofree char *text = NULL;
  GString *id;

  if (!g_file_get_contents (path, &text, NULL, NULL) || !g_str_has_prefix (text, "replace "))
    return NULL;
  id = g_string_new (g_strchomp (text) + strlen ("replace "));
  g_string_replace (id, "@HOME@", home, 0);
  return g_string_free (id, FALSE);
}

static PostwegPlan *
make_plan (const Row *row, const Place *place)
{
  g_autoptr (PostwegAccount) account = account_of (row);
  g_autofree char *profile = g_build_filename (place->home, "profile", NULL);
  g_autofree char *id = replaced_id (row, place->home);
  PostwegExport options = { .home = place->home,
                            .profile = row->golden != NULL ? profile : NULL,
                            .replace = id };
  g_autoptr (GError) error = NULL;
  PostwegPlan *plan;

  if (row->two)
    return plan_two (place, "old\n", "new\n");
  plan = postweg_client_plan (postweg_client_by_id (row->program), account, &options, &error);
  g_assert_no_error (error);
  return plan;
}

static World
world_new (const Row *row)
{
  World world = { place_new (), NULL };

  if (row->two)
    put_both (&world.place, "old\n");
  if (row->golden != NULL)
    {
      g_autofree char *before = g_test_build_filename (G_TEST_DIST, "golden", row->golden, "before", NULL);
      g_autofree char *profile = g_build_filename (world.place.home, "profile", NULL);

      g_mkdir (profile, 0700);
      copy_into (before, profile);
    }
  world.plan = make_plan (row, &world.place);
  g_assert_cmpuint (world.plan->changes->len, >, 0);
  return world;
}

/* what is there */

static GBytes *
read_file (const char *path)
{
  char *text;
  gsize size;

  return g_file_get_contents (path, &text, &size, NULL) ? g_bytes_new_take (text, size) : NULL;
}

static gboolean
equal (GBytes *a, GBytes *b)
{
  return a == b || (a != NULL && b != NULL && g_bytes_equal (a, b));
}

/* Returns: how many files are as meant; every other one is as before */
static guint
count_new (const PostwegPlan *plan)
{
  guint n = 0;

  for (guint i = 0; i < plan->changes->len; i++)
    {
      const PostwegChange *change = g_ptr_array_index (plan->changes, i);
      g_autoptr (GBytes) now = read_file (change->target);

      if (equal (now, change->after))
        n++;
      else
        g_assert_true (equal (now, change->before));
    }
  return n;
}

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
  for (guint round = 0; round < 40; round++)
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

/* Another program writes all the time: its text or ours, whole, and if ours was written over something newer, a backup has it. */
static void
test_other_writer (void)
{
  g_autofree char *long_text = g_strnfill (100000, 'x');

  for (guint round = 0; round < 20; round++)
    {
      g_auto (World) world = world_new (&rows[3]);
      const PostwegChange *change = g_ptr_array_index (world.plan->changes, 0);
      g_autoptr (GBytes) other = g_bytes_new_static (long_text, strlen (long_text));
      g_autoptr (GBytes) now = NULL;
      pid_t child = fork ();
      int status;

      if (child == 0)
        {
          for (guint i = 0; i < 200; i++)
            g_file_set_contents (change->target, long_text, -1, NULL);
          _exit (0);
        }
      g_usleep (round * 100);
      postweg_plan_apply (world.plan, world.place.state, NULL);
      waitpid (child, &status, 0);
      now = read_file (change->target);
      g_assert_true (equal (now, change->after) || equal (now, change->before) || equal (now, other));
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
