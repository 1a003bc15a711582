/* How many accounts a second postweg-cli batch tests with real servers, and in how much memory: medians over some runs, then one long list.
 *   bench-batch POSTWEG-CLI [RUNS ACCOUNTS LONG]
 * Both sign-ins of every account are made over TLS; servers and program share this computer. */
#include "lab.h"
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static Lab *lab;
static char *folder;

typedef struct {
  double rate;
  double cpu_ms; /* of the program, for each account */
  long peak;     /* KiB resident */
} Measured;

/* nobody: at ports where nobody answers, so that nothing but the program is measured. Returns: (transfer full): its name */
static char *
write_list (guint n, gboolean nobody)
{
  char *file = g_build_filename (folder, "list.csv", NULL);
  g_autoptr (GString) text = g_string_new ("address,password,incoming,outgoing\n");

  for (guint i = 0; i < n; i++)
    {
      g_string_append_printf (text, LAB_CROWD_ADDRESS, i);
      g_string_append_printf (text, "," LAB_CROWD_PASSWORD ",imaps://%s:%u,smtps://%s:%u\n", LAB_GUARDED_HOST,
                              nobody ? 1 : lab->ports[LAB_IMAPS], LAB_GUARDED_HOST,
                              nobody ? 1 : lab->ports[LAB_SMTPS]);
    }
  g_assert_true (g_file_set_contents (file, text->str, (gssize) text->len, NULL));
  g_assert_cmpint (g_chmod (file, 0600), ==, 0);
  return file;
}

static void
run_child (const char *program, const char *list, const char *option)
{
  g_autofree char *trust = g_strconcat ("--trust-file=", lab->ca, NULL);
  int nowhere = open ("/dev/null", O_WRONLY);

  dup2 (nowhere, STDOUT_FILENO);
  dup2 (nowhere, STDERR_FILENO);
  execl (program, program, "batch", trust, option, list, NULL);
  _exit (127);
}

static Measured
run_once (const char *program, guint n, gboolean nobody, const char *option)
{
  g_autofree char *list = write_list (n, nobody);
  gint64 begun = g_get_monotonic_time ();
  double seconds, cpu;
  struct rusage used;
  int status;
  pid_t child = fork ();

  if (child == 0)
    run_child (program, list, option);
  if (wait4 (child, &status, 0, &used) != child || !WIFEXITED (status) ||
      WEXITSTATUS (status) != (nobody ? 3 : 0))
    g_error ("the batch ended with %d", WEXITSTATUS (status));
  seconds = (double) (g_get_monotonic_time () - begun) / G_USEC_PER_SEC;
  cpu = (double) (used.ru_utime.tv_sec + used.ru_stime.tv_sec) * 1000 +
        (double) (used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1000;
  return (Measured){ n / seconds, cpu / n, used.ru_maxrss };
}

static int
compare (gconstpointer a, gconstpointer b)
{
  const Measured *x = a, *y = b;

  return (x->rate > y->rate) - (x->rate < y->rate);
}

static void
tell (const char *what, guint n, const Measured *measured)
{
  g_print ("%-30s %6u accounts: %6.1f a second, %5.2f ms of CPU each, %5.1f MB at most\n", what, n,
           measured->rate, measured->cpu_ms, (double) measured->peak / 1024);
}

static void
measure (const char *what, const char *program, guint runs, guint n, const char *option)
{
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (Measured));

  for (guint i = 0; i < runs; i++)
    {
      Measured measured = run_once (program, n, FALSE, option);

      g_array_append_val (all, measured);
    }
  g_array_sort (all, compare);
  tell (what, n, &g_array_index (all, Measured, runs / 2));
}

static guint
number (int argc, char **argv, int index, guint usual)
{
  return argc > index ? (guint) atoi (argv[index]) : usual;
}

int
main (int argc, char **argv)
{
  guint runs = number (argc, argv, 2, 3), n = number (argc, argv, 3, 1000),
        many = number (argc, argv, 4, 20000);
  g_autoptr (GError) error = NULL;
  g_autofree char *list = NULL;
  Measured measured;

  lab = lab_start (&error);
  if (lab == NULL)
    {
      g_print ("%s\n", error->message);
      return 77;
    }
  folder = g_dir_make_tmp ("postweg-bench-XXXXXX", NULL);
  measure ("8 connections, median", argv[1], runs, n, "--per-server=8");
  measure ("16 connections, median", argv[1], runs, n, "--per-server=16");
  measured = run_once (argv[1], many / 10, TRUE, "--per-server=16");
  tell ("nobody answers", many / 10, &measured);
  measured = run_once (argv[1], many, TRUE, "--per-server=16");
  tell ("nobody answers, ten times more", many, &measured);
  list = g_build_filename (folder, "list.csv", NULL);
  g_remove (list);
  g_rmdir (folder);
  lab_stop (lab);
  return 0;
}
