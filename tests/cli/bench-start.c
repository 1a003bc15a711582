/* How long postweg-cli takes to start, beside a program that does nothing; medians of one run. */
#include <gio/gio.h>

#define RUNS 41

static int
compare (gconstpointer a, gconstpointer b)
{
  const double *x = a, *y = b;

  return (*x > *y) - (*x < *y);
}

static double
start_once (const char *const *argv)
{
  gint64 begun = g_get_monotonic_time ();
  g_autoptr (GSubprocess) process = g_subprocess_newv (argv, G_SUBPROCESS_FLAGS_STDOUT_SILENCE, NULL);

  if (process == NULL || !g_subprocess_wait_check (process, NULL, NULL))
    g_error ("%s did not run", argv[0]);
  return (double) (g_get_monotonic_time () - begun) / 1000;
}

static double
median (const char *const *argv)
{
  double times[RUNS];

  start_once (argv);
  for (guint i = 0; i < RUNS; i++)
    times[i] = start_once (argv);
  qsort (times, RUNS, sizeof (double), compare);
  return times[RUNS / 2];
}

int
main (int argc G_GNUC_UNUSED, char **argv)
{
  const char *const nothing[] = { "true", NULL };
  const char *const version[] = { argv[1], "--version", NULL };
  const char *const explain[] = { argv[1], "explain", "535 5.7.8 Error: authentication failed", NULL };
  const char *const discover[] = { argv[1], "discover", "--json", "a@gmail.com", NULL };
  double floor = median (nothing);

  g_print ("true %.1f ms, postweg-cli --version %.1f ms, explain %.1f ms, discover %.1f ms\n", floor,
           median (version), median (explain), median (discover));
  return 0;
}
