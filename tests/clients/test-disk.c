/* Each kind of plan on a disk with less and less room, and on one that may only be read: nothing is lost, the sentence says why, and with room it works. */
#include "clients/small-disk.h"
#include "clients/worlds.h"

#define PAGE 4096

static const char *
filler_of (const World *world)
{
  static char path[4096];

  g_snprintf (path, sizeof path, "%s/filler", world->place.home);
  return path;
}

/* Fills the disk but for so many pages. */
static void
leave_room (const World *world, guint pages)
{
  static const char page[PAGE];
  int fd = open (filler_of (world), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  off_t size = 0;

  g_assert_cmpint (fd, !=, -1);
  while (write (fd, page, PAGE) == PAGE)
    size += PAGE;
  g_assert_cmpint (ftruncate (fd, MAX (size - (off_t) pages * PAGE, 0)), ==, 0);
  close (fd);
}

static void
set_read_only (const World *world, gboolean yes)
{
  g_assert_cmpint (mount ("", world->place.home, NULL, MS_REMOUNT | (yes ? MS_RDONLY : 0), NULL), ==, 0);
}

/* It was not possible, and the sentence names the reason and a file or folder. */
static void
assert_refused (const GError *error, const char *reason)
{
  g_assert_error (error, POSTWEG_ERROR, POSTWEG_ERROR_CANNOT_WRITE);
  /* a program that is kept from starting has a sentence of its own */
  g_assert_true (strstr (error->message, reason) != NULL || strstr (error->message, "starting") != NULL);
  g_assert_nonnull (strstr (error->message, "/"));
}

/* Counts everything there is but the filler. */
static guint entries;

static int
count_entry (const char *path, const struct stat *facts, int kind, struct FTW *where)
{
  (void) facts, (void) kind, (void) where;
  entries += !g_str_has_suffix (path, "/filler");
  return 0;
}

static guint
count_all (const World *world)
{
  entries = 0;
  nftw (world->place.home, count_entry, 16, FTW_PHYS);
  return entries;
}

/* Tries with n pages of room. Returns: TRUE if that was enough; if not, all is as it was before */
static gboolean
apply_with_room (const World *world, guint pages)
{
  g_autoptr (GError) error = NULL;
  guint before = count_all (world);
  gboolean ok;

  leave_room (world, pages);
  ok = postweg_plan_apply (world->plan, world->place.state, &error);
  g_assert_cmpuint (count_new (world->plan), ==, ok ? world->plan->changes->len : 0);
  g_unlink (filler_of (world));
  if (ok)
    return TRUE;
  assert_refused (error, "space");
  /* the folder for what can be taken back may stay */
  g_assert_cmpuint (count_all (world), <=, before + 2);
  return FALSE;
}

/* Where it ends in the middle, each file is whole, and the next try brings the rest. */
static gboolean
undo_with_room (const World *world, guint pages)
{
  g_autoptr (PostwegPlan) undone = NULL;
  g_autoptr (GError) error = NULL;

  leave_room (world, pages);
  undone = postweg_plan_undo (NULL, world->place.state, &error);
  g_unlink (filler_of (world));
  count_new (world->plan);
  if (undone == NULL)
    assert_refused (error, "space");
  return undone != NULL;
}

static void
undo_now (const World *world)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PostwegPlan) undone = postweg_plan_undo (NULL, world->place.state, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (count_new (world->plan), ==, 0);
}

static void
do_again (const Row *row, const World *world)
{
  g_autoptr (PostwegPlan) plan = make_plan (row, &world->place);
  g_autoptr (GError) error = NULL;

  postweg_plan_apply (plan, world->place.state, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count_new (plan), ==, plan->changes->len);
}

static void
fill (const Row *row, const Place *place)
{
  World world = world_at (row, *place); /* of the child process, which ends with it */
  guint pages = 0;

  while (!apply_with_room (&world, pages))
    g_assert_cmpuint (++pages, <, 64);
  g_assert_cmpuint (pages, >, 0);
  for (guint n = 0; !undo_with_room (&world, n); n++)
    g_assert_cmpuint (n, <, 64);
  g_assert_cmpuint (count_new (world.plan), ==, 0);
  do_again (row, &world);
  undo_now (&world);
}

static void
forbid (const Row *row, const Place *place)
{
  World world = world_at (row, *place);
  g_autoptr (PostwegPlan) undone = NULL;
  g_autoptr (GError) error = NULL;

  set_read_only (&world, TRUE);
  g_assert_false (postweg_plan_apply (world.plan, world.place.state, &error));
  assert_refused (error, "can only be read");
  g_assert_cmpuint (count_new (world.plan), ==, 0);
  set_read_only (&world, FALSE);
  g_clear_error (&error);
  postweg_plan_apply (world.plan, world.place.state, &error);
  g_assert_no_error (error);
  set_read_only (&world, TRUE);
  undone = postweg_plan_undo (NULL, world.place.state, &error);
  g_assert_null (undone);
  assert_refused (error, "can only be read");
  g_assert_cmpuint (count_new (world.plan), ==, world.plan->changes->len);
  set_read_only (&world, FALSE);
  undo_now (&world);
}

typedef struct {
  const Row *row;
  void (*go) (const Row *row, const Place *place);
} Case;

static void
test_disk (gconstpointer data)
{
  const Case *one = data;
  g_auto (Place) place = place_new ();
  int status = 0;
  pid_t child = fork ();

  if (child == 0)
    {
      if (!mount_small_disk (place.home, "size=256k"))
        _exit (77);
      one->go (one->row, &place);
      _exit (0);
    }
  waitpid (child, &status, 0);
  g_assert_true (WIFEXITED (status));
  if (WEXITSTATUS (status) == 77)
    g_test_skip ("no user namespace with a file system of its own here");
  else
    g_assert_cmpint (WEXITSTATUS (status), ==, 0);
}

int
main (int argc, char **argv)
{
  static Case cases[2 * G_N_ELEMENTS (rows)];

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = NULL;

      cases[i] = (Case){ &rows[i / 2], i % 2 == 1 ? forbid : fill };
      path =
          g_strdup_printf ("/clients/disk/%s/%s", i % 2 == 1 ? "read-only" : "less-room", rows[i / 2].name);
      g_test_add_data_func (path, &cases[i], test_disk);
    }
  return g_test_run ();
}
