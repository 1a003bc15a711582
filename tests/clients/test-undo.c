/* Taking back: what is refused, and in which order it goes. */
#include "clients/journal.h"
#include "clients/places.h"
#include <sys/file.h>

static void
test_changed_before_undo (void)
{
  g_auto (Place) place = place_new ();
  g_autoptr (PostwegPlan) plan = plan_two (&place, "old\n", "new\n");
  g_autoptr (GError) error = NULL;

  put_both (&place, "old\n");
  g_assert_true (postweg_plan_apply (plan, place.state, &error));
  put_file (place.profile, "prefs.js", "newer\n");
  g_assert_null (postweg_plan_undo (NULL, place.state, &error));
  g_assert_error (error, POSTWEG_ERROR, POSTWEG_ERROR_CHANGED_MEANWHILE);
  g_assert_nonnull (strstr (error->message, ((PostwegChange *) plan->changes->pdata[0])->backup));
  assert_both (&place, "newer\n", "new\n");
}

static void
test_backup_damaged (void)
{
  g_auto (Place) place = place_new ();
  g_autoptr (PostwegPlan) plan = plan_two (&place, "old\n", "new\n");
  g_autoptr (GError) error = NULL;

  put_both (&place, "old\n");
  g_assert_true (postweg_plan_apply (plan, place.state, &error));
  g_assert_true (
      g_file_set_contents (((PostwegChange *) plan->changes->pdata[0])->backup, "rubbish", -1, NULL));
  g_assert_null (postweg_plan_undo (NULL, place.state, &error));
  g_assert_error (error, POSTWEG_ERROR, POSTWEG_ERROR_NOT_FOUND);
  assert_both (&place, "new\n", "new\n");
}

/* The newest first, then the one before it; an older one cannot be taken back under a newer one. */
static void
test_undo_in_order (void)
{
  g_auto (Place) place = place_new ();
  g_autoptr (PostwegPlan) first = plan_two (&place, "1", "2");
  g_autoptr (PostwegPlan) second = plan_two (&place, "2", "3");
  g_autoptr (PostwegPlan) back_second = NULL;
  g_autoptr (PostwegPlan) back_first = NULL;
  g_autoptr (GError) error = NULL;

  put_both (&place, "1");
  g_assert_true (postweg_plan_apply (first, place.state, &error));
  g_assert_true (postweg_plan_apply (second, place.state, &error));
  g_assert_cmpstr (first->undo, <, second->undo);
  g_assert_null (postweg_plan_undo (first->undo, place.state, &error));
  g_assert_error (error, POSTWEG_ERROR, POSTWEG_ERROR_CHANGED_MEANWHILE);
  g_clear_error (&error);
  back_second = postweg_plan_undo (NULL, place.state, &error);
  g_assert_no_error (error);
  assert_both (&place, "2", "2");
  back_first = postweg_plan_undo (NULL, place.state, &error);
  g_assert_no_error (error);
  assert_both (&place, "1", "1");
  g_assert_null (postweg_plan_undo (NULL, place.state, &error));
  g_assert_error (error, POSTWEG_ERROR, POSTWEG_ERROR_NOT_FOUND);
}

/* The other Postweg that keeps its journals there is writing. Returns: when the lock is taken */
static pid_t
hold_journals (const Place *place)
{
  int pipes[2];
  char byte;
  pid_t child;

  g_assert_cmpint (pipe (pipes), ==, 0);
  child = fork ();
  if (child == 0)
    {
      int fd = open (place->state, O_RDONLY | O_DIRECTORY);
      g_autofree char *text = NULL;

      if (flock (fd, LOCK_EX) != 0 || write (pipes[1], "x", 1) != 1)
        _exit (2);
      g_usleep (G_USEC_PER_SEC / 2);
      text = get_file (place->profile, "prefs.js");
      _exit (strcmp (text, "new\n") == 0 ? 0 : 1);
    }
  close (pipes[1]);
  g_assert_cmpint (read (pipes[0], &byte, 1), ==, 1);
  close (pipes[0]);
  return child;
}

/* Nothing is taken back while somebody else is applying or taking back. */
static void
test_waits_for_others (void)
{
  g_auto (Place) place = place_new ();
  g_autoptr (PostwegPlan) plan = plan_two (&place, "old\n", "new\n");
  g_autoptr (PostwegPlan) undone = NULL;
  g_autoptr (GError) error = NULL;
  pid_t child;
  int status;

  put_both (&place, "old\n");
  g_assert_true (postweg_plan_apply (plan, place.state, &error));
  child = hold_journals (&place);
  undone = postweg_plan_undo (NULL, place.state, &error);
  g_assert_no_error (error);
  waitpid (child, &status, 0);
  g_assert_true (WIFEXITED (status));
  g_assert_cmpint (WEXITSTATUS (status), ==, 0);
  assert_both (&place, "old\n", "old\n");
}

static pid_t
in_child (const Place *place, PostwegPlan *plan)
{
  pid_t child = fork ();

  if (child == 0)
    _exit (plan != NULL ? !postweg_plan_apply (plan, place->state, NULL)
                        : postweg_plan_undo (NULL, place->state, NULL) == NULL);
  return child;
}

static gboolean
worked (pid_t child)
{
  int status;

  waitpid (child, &status, 0);
  g_assert_true (WIFEXITED (status));
  return WEXITSTATUS (status) == 0;
}

/* One applies while another one takes back: as if one had come after the other, whichever was first. */
static void
test_apply_beside_undo (void)
{
  for (guint round = 0; round < 40; round++)
    {
      g_auto (Place) place = place_new ();
      g_autoptr (PostwegPlan) first = plan_two (&place, "1", "2");
      g_autoptr (PostwegPlan) second = plan_two (&place, "2", "3");
      pid_t undo, apply;
      gboolean applied;

      put_both (&place, "1");
      g_assert_true (postweg_plan_apply (first, place.state, NULL));
      undo = in_child (&place, NULL);
      g_usleep (round * 20);
      apply = in_child (&place, second);
      g_assert_true (worked (undo));
      applied = worked (apply);
      /* what came second was taken back, or could not be made any more */
      assert_both (&place, applied ? "2" : "1", applied ? "2" : "1");
    }
}

/* Two take back: one does it, the other one finds nothing. */
static void
test_two_undos (void)
{
  for (guint round = 0; round < 20; round++)
    {
      g_auto (Place) place = place_new ();
      g_autoptr (PostwegPlan) plan = plan_two (&place, NULL, "new");
      pid_t children[2];

      g_assert_true (postweg_plan_apply (plan, place.state, NULL));
      for (guint i = 0; i < 2; i++)
        children[i] = in_child (&place, NULL);
      g_assert_cmpint (worked (children[0]) + worked (children[1]), ==, 1);
      g_assert_false (g_file_test (place.list, G_FILE_TEST_EXISTS));
    }
}

/* Backups of what was taken back do not pile up; the one that can still be taken back stays, however old. */
static void
test_prunes (void)
{
  g_auto (Place) place = place_new ();
  g_autoptr (PostwegPlan) oldest = plan_two (&place, "1", "2");
  g_autoptr (PostwegPlan) undone = NULL;
  g_autoptr (GError) error = NULL;

  put_both (&place, "1");
  g_assert_true (postweg_plan_apply (oldest, place.state, &error));
  for (guint i = 0; i < POSTWEG_JOURNALS_KEPT + 5; i++)
    {
      g_autoptr (PostwegPlan) plan = plan_two (&place, "2", "3");
      g_autoptr (PostwegPlan) back = NULL;

      g_assert_true (postweg_plan_apply (plan, place.state, &error));
      back = postweg_plan_undo (NULL, place.state, &error);
      g_assert_no_error (error);
    }
  g_assert_cmpuint (count_journals (&place), ==, POSTWEG_JOURNALS_KEPT + 1);
  undone = postweg_plan_undo (oldest->undo, place.state, &error);
  g_assert_no_error (error);
  assert_both (&place, "1", "1");
  g_assert_cmpuint (count_journals (&place), ==, POSTWEG_JOURNALS_KEPT);
}

static const struct {
  const char *path;
  const char *id;
  const char *journal; /* what its journal.json holds; NULL: there is none */
  PostwegError code;
} journals[] = {
  { "unknown", "20240101-000000-000000", NULL, POSTWEG_ERROR_NOT_FOUND },
  { "empty", "", NULL, POSTWEG_ERROR_NOT_FOUND },
  { "path", "../../etc", NULL, POSTWEG_ERROR_NOT_FOUND },
  { "dots", "..", NULL, POSTWEG_ERROR_NOT_FOUND },
  { "no-json", "1", "{", POSTWEG_ERROR_BAD_FORMAT },
  { "no-object", "1", "[]", POSTWEG_ERROR_BAD_FORMAT },
  { "empty-object", "1", "{}", POSTWEG_ERROR_BAD_FORMAT },
  { "other-format", "1",
    "{\"format\":2,\"program\":\"p\",\"name\":\"n\",\"profile\":\"/p\",\"changes\":[],\"folders\":[]}",
    POSTWEG_ERROR_BAD_FORMAT },
  { "odd-types", "1",
    "{\"format\":1,\"program\":[],\"name\":{},\"profile\":1,\"undone\":\"x\",\"changes\":{},\"folders\":1}",
    POSTWEG_ERROR_BAD_FORMAT },
  { "odd-change", "1",
    "{\"format\":1,\"program\":\"p\",\"name\":\"n\",\"profile\":\"/p\",\"changes\":[1],\"folders\":[]}",
    POSTWEG_ERROR_BAD_FORMAT },
  { "change-without-target", "1",
    "{\"format\":1,\"program\":\"p\",\"name\":\"n\",\"profile\":\"/p\",\"changes\":[{}],\"folders\":[]}",
    POSTWEG_ERROR_BAD_FORMAT },
  { "odd-folder", "1",
    "{\"format\":1,\"program\":\"p\",\"name\":\"n\",\"profile\":\"/p\",\"changes\":[],\"folders\":[\"/x\"]}",
    POSTWEG_ERROR_BAD_FORMAT },
};

static void
test_bad_journal (gconstpointer data)
{
  guint row = GPOINTER_TO_UINT (data);
  g_auto (Place) place = place_new ();
  g_autoptr (GError) error = NULL;

  if (journals[row].journal != NULL)
    put_file (place.state, "undo/1/journal.json", journals[row].journal);
  g_assert_null (postweg_plan_undo (journals[row].id, place.state, &error));
  g_assert_error (error, POSTWEG_ERROR, (int) journals[row].code);
  g_clear_error (&error);
  g_assert_null (postweg_plan_undo (NULL, place.state, &error));
  g_assert_error (error, POSTWEG_ERROR, POSTWEG_ERROR_NOT_FOUND);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/undo/changed-since", test_changed_before_undo);
  g_test_add_func ("/undo/backup-damaged", test_backup_damaged);
  g_test_add_func ("/undo/in-order", test_undo_in_order);
  g_test_add_func ("/undo/prunes", test_prunes);
  g_test_add_func ("/undo/together/waits", test_waits_for_others);
  g_test_add_func ("/undo/together/apply-beside-undo", test_apply_beside_undo);
  g_test_add_func ("/undo/together/two-undos", test_two_undos);
  for (guint i = 0; i < G_N_ELEMENTS (journals); i++)
    {
      g_autofree char *path = g_strconcat ("/undo/journal/", journals[i].path, NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_bad_journal);
    }
  return g_test_run ();
}
