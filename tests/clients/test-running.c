/* Programs that have their file open are noticed, by processes and locks of every kind; nothing is written then. */
#include "clients/apply.h"
#include "clients/clients.h"
#include "clients/folders.h"
#include "clients/process.h"
#include "model/error.h"
#include <signal.h>
#include <sys/wait.h>

static PostwegPlan *
plan_for (const char *program, const char *home, const char *profile)
{
  g_autoptr (PostwegServer) in = postweg_server_new (POSTWEG_IMAP, "in.test", 0, POSTWEG_TLS, "u");
  g_autoptr (PostwegServer) out = postweg_server_new (POSTWEG_SMTP, "out.test", 0, POSTWEG_TLS, "u");
  g_autoptr (PostwegAccount) account = postweg_account_new ("A", "a@b.test", in, out);
  const PostwegExport export = { .home = home, .profile = profile };
  g_autoptr (GError) error = NULL;
  PostwegPlan *plan = postweg_client_plan (postweg_client_by_id (program), account, &export, &error);

  g_assert_no_error (error);
  return plan;
}

/* The file stays as it is while it is open; afterwards it is written. */
static void
assert_written (const char *program, const char *home, const char *profile, gboolean written)
{
  g_autofree char *state = g_build_filename (home, "state", NULL);
  g_autofree char *before = NULL, *after = NULL;
  g_autoptr (PostwegPlan) plan = plan_for (program, home, profile);
  g_autoptr (PostwegProgram) found = postweg_client_read (postweg_client_by_id (program), profile, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_get_contents (profile, &before, NULL, NULL));
  g_assert_cmpint (found->running, ==, !written);
  g_clear_pointer (&plan->lock, g_free);
  g_assert_cmpint (postweg_plan_apply (plan, state, &error), ==, written);
  g_assert_true (g_file_get_contents (profile, &after, NULL, NULL));
  if (written)
    g_assert_no_error (error);
  else
    {
      g_assert_error (error, POSTWEG_ERROR, POSTWEG_ERROR_PROGRAM_RUNNING);
      g_assert_cmpstr (before, ==, after);
    }
}

/* A process that is called so, and waits. */
static GPid
start (const char *folder, const char *name, const char *home)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *sleep = g_find_program_in_path ("sleep");
  g_autofree char *variable = g_strconcat ("HOME=", home, NULL);
  g_autofree char *seconds = g_strdup ("600");
  g_autofree char *other = g_strdup ("A=b");
  char *arguments[] = { path, seconds, NULL };
  char *environment[] = { other, home != NULL ? variable : NULL, NULL };
  g_autofree char *text = NULL;
  gsize length;
  GPid pid = 0;

  g_assert_true (g_file_get_contents (sleep, &text, &length, NULL));
  g_assert_true (
      g_file_set_contents_full (path, text, (gssize) length, G_FILE_SET_CONTENTS_NONE, 0700, NULL));
  g_assert_true (
      g_spawn_async (folder, arguments, environment, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL, &pid, NULL));
  return pid;
}

static void
stop (GPid pid)
{
  g_assert_cmpint (kill (pid, SIGKILL), ==, 0);
  g_assert_cmpint (waitpid (pid, NULL, 0), ==, pid);
}

typedef struct {
  const char *path, *name, *home; /* below the folder; NULL: it has no home */
  const char *file;               /* that is asked for */
  gboolean runs;
} Process;

static const Process processes[] = {
  { "itself", "alpine", "home", "home/.pinerc", TRUE },
  { "through-a-link", "alpine", "home", "linked/.pinerc", TRUE },
  { "in-a-linked-home", "alpine", "linked", "home/.pinerc", TRUE },
  { "of-another-home", "alpine", "other", "home/.pinerc", FALSE },
  { "another-file", "alpine", "home", "home/.other", FALSE },
  { "another-program", "alpine-x", "home", "home/.pinerc", FALSE },
  { "without-a-home", "alpine", NULL, "home/.pinerc", FALSE },
  { "a-file-to-be-made", "alpine", "other", "other/.pinerc", TRUE },
};

static void
test_process (gconstpointer data)
{
  const Process *row = data;
  g_autoptr (Folder) folder = folder_new ();
  g_autofree char *home = row->home != NULL ? g_build_filename (folder, row->home, NULL) : NULL;
  g_autofree char *file = g_build_filename (folder, row->file, NULL);
  g_autofree char *real = g_build_filename (folder, "home", NULL);
  g_autofree char *linked = g_build_filename (folder, "linked", NULL);
  GPid pid;

  put_file (folder, "home/.pinerc", "");
  put_file (folder, "home/.other", "");
  put_file (folder, "other/keep", "");
  g_assert_cmpint (symlink (real, linked), ==, 0);
  g_assert_false (postweg_process_keeps ("alpine", ".pinerc", file));
  pid = start (folder, row->name, home);
  g_assert_cmpint (postweg_process_keeps ("alpine", ".pinerc", file), ==, row->runs);
  g_assert_true (postweg_process_lives ((guint64) pid));
  stop (pid);
  g_assert_false (postweg_process_lives ((guint64) pid));
  g_assert_false (postweg_process_keeps ("alpine", ".pinerc", file));
}

static void
test_alpine (void)
{
  g_autoptr (Folder) home = folder_new ();
  g_autofree char *profile = g_build_filename (home, ".pinerc", NULL);
  GPid pid;

  put_file (home, ".pinerc", "personal-name=A\n");
  pid = start (home, "alpine", home);
  assert_written ("alpine", home, profile, FALSE);
  stop (pid);
  assert_written ("alpine", home, profile, TRUE);
}

typedef struct {
  const char *path, *lock; /* @HERE@ and @ME@: this machine and this process; NULL: there is none */
  gboolean is_file, runs;
} Lock;

static const Lock locks[] = {
  { "own-process", "anna@@HERE@.@ME@", FALSE, TRUE },
  { "with-time-of-start", "anna@@HERE@.@ME@:1700000000", FALSE, TRUE },
  { "strange-user", "a.b@c@@HERE@.@ME@:1", FALSE, TRUE },
  { "dead-process", "anna@@HERE@.2147483647:1700000000", FALSE, FALSE },
  { "another-machine", "anna@elsewhere.example.@ME@:1700000000", FALSE, FALSE },
  { "no-machine", "@ME@", FALSE, FALSE },
  { "no-number", "anna@@HERE@.", FALSE, FALSE },
  { "no-lock", NULL, FALSE, FALSE },
  { "a-file", "anna@@HERE@.@ME@", TRUE, FALSE },
};

static void
test_emacs (gconstpointer data)
{
  const Lock *row = data;
  g_autoptr (Folder) home = folder_new ();
  g_autofree char *profile = g_build_filename (home, ".emacs.d", "init.el", NULL);
  g_autofree char *link = g_build_filename (home, ".emacs.d", ".#init.el", NULL);
  g_autofree char *me = g_strdup_printf ("%d", (int) getpid ());
  g_autoptr (GString) text = g_string_new (row->lock);

  put_file (home, ".emacs.d/init.el", ";; mine\n");
  g_string_replace (text, "@HERE@", g_get_host_name (), 0);
  g_string_replace (text, "@ME@", me, 0);
  if (row->is_file)
    put_file (home, ".emacs.d/.#init.el", text->str);
  else if (row->lock != NULL)
    g_assert_cmpint (symlink (text->str, link), ==, 0);
  assert_written ("emacs", home, profile, !row->runs);
}

/* Emacs puts its lock beside the file itself, not beside a link to it. */
static void
test_emacs_link (void)
{
  g_autoptr (Folder) home = folder_new ();
  g_autofree char *profile = g_build_filename (home, ".emacs", NULL);
  g_autofree char *real = g_build_filename (home, "dots", "emacs", NULL);
  g_autofree char *link = g_build_filename (home, "dots", ".#emacs", NULL);
  g_autofree char *text = g_strdup_printf ("a@%s.%d", g_get_host_name (), (int) getpid ());

  put_file (home, "dots/emacs", ";; mine\n");
  g_assert_cmpint (symlink (real, profile), ==, 0);
  g_assert_cmpint (symlink (text, link), ==, 0);
  assert_written ("emacs", home, profile, FALSE);
  g_assert_cmpint (unlink (link), ==, 0);
  assert_written ("emacs", home, profile, TRUE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (processes); i++)
    {
      g_autofree char *path = g_strdup_printf ("/running/process/%s", processes[i].path);

      g_test_add_data_func (path, &processes[i], test_process);
    }
  g_test_add_func ("/running/alpine", test_alpine);
  for (guint i = 0; i < G_N_ELEMENTS (locks); i++)
    {
      g_autofree char *path = g_strdup_printf ("/running/emacs/%s", locks[i].path);

      g_test_add_data_func (path, &locks[i], test_emacs);
    }
  g_test_add_func ("/running/emacs/through-a-link", test_emacs_link);
  return g_test_run ();
}
