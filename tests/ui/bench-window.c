/* First picture and memory of the window beside an empty GTK 4 window: medians of alternating starts in one run. */
#include "ui/application.h"
#include <gio/gio.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define RUNS 11

/* in the child: print ms since `begun` (monotonic µs, by the parent) and resident KiB at the first painted frame */

static gint64 begun;

static long
resident_kib (void)
{
  g_autofree char *status = NULL;
  const char *line;

  g_file_get_contents ("/proc/self/status", &status, NULL, NULL);
  line = strstr (status, "VmRSS:");
  return line != NULL ? strtol (line + strlen ("VmRSS:"), NULL, 10) : 0;
}

static void
painted (GdkFrameClock *clock, gpointer data G_GNUC_UNUSED)
{
  g_signal_handlers_disconnect_by_func (clock, painted, data);
  printf ("%.1f %ld\n", (double) (g_get_monotonic_time () - begun) / 1000, resident_kib ());
  fflush (stdout);
  exit (0);
}

static void
realized (GtkWidget *window, gpointer data G_GNUC_UNUSED)
{
  g_signal_connect (gdk_surface_get_frame_clock (gtk_native_get_surface (GTK_NATIVE (window))), "after-paint",
                    G_CALLBACK (painted), NULL);
}

static void
watch (GtkWindow *window)
{
  if (gtk_widget_get_realized (GTK_WIDGET (window)))
    realized (GTK_WIDGET (window), NULL);
  else
    g_signal_connect_after (window, "realize", G_CALLBACK (realized), NULL);
}

static void
empty_activated (GApplication *application, gpointer data G_GNUC_UNUSED)
{
  GtkWidget *window = gtk_application_window_new (GTK_APPLICATION (application));

  gtk_window_set_default_size (GTK_WINDOW (window), 860, 720);
  watch (GTK_WINDOW (window));
  gtk_window_present (GTK_WINDOW (window));
}

static void
postweg_activated (GApplication *application, gpointer data G_GNUC_UNUSED)
{
  watch (gtk_application_get_active_window (GTK_APPLICATION (application)));
}

static int
run_child (const char *kind)
{
  g_autoptr (GApplication) application = NULL;

  begun = g_ascii_strtoll (g_getenv ("BENCH_BEGUN"), NULL, 10);
  if (strcmp (kind, "empty") == 0)
    {
      application = G_APPLICATION (gtk_application_new (NULL, G_APPLICATION_NON_UNIQUE));
      g_signal_connect (application, "activate", G_CALLBACK (empty_activated), NULL);
    }
  else
    {
      application = G_APPLICATION (postweg_application_new ());
      g_signal_connect_after (application, "activate", G_CALLBACK (postweg_activated), NULL);
    }
  return g_application_run (application, 0, NULL);
}

/* in the parent */

static int
compare (gconstpointer a, gconstpointer b)
{
  const double *x = a, *y = b;

  return (*x > *y) - (*x < *y);
}

static gboolean
measure (const char *program, const char *kind, double *ms, double *mib)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  g_autofree char *now = g_strdup_printf ("%" G_GINT64_FORMAT, g_get_monotonic_time ());
  g_autofree char *out = NULL;
  g_autoptr (GSubprocess) process = NULL;
  long kib = 0;

  g_subprocess_launcher_setenv (launcher, "BENCH_BEGUN", now, TRUE);
  process = g_subprocess_launcher_spawn (launcher, NULL, program, kind, NULL);
  if (process == NULL || !g_subprocess_communicate_utf8 (process, NULL, NULL, &out, NULL, NULL) ||
      sscanf (out, "%lf %ld", ms, &kib) != 2)
    return FALSE;
  *mib = (double) kib / 1024;
  return TRUE;
}

int
main (int argc, char **argv)
{
  static const char *const kinds[] = { "empty", "postweg" };
  double ms[2][RUNS], mib[2][RUNS];

  if (argc == 2)
    return run_child (argv[1]);
  for (int run = -1; run < RUNS; run++)
    for (guint k = 0; k < G_N_ELEMENTS (kinds); k++)
      if (!measure (argv[0], kinds[k], &ms[k][MAX (run, 0)], &mib[k][MAX (run, 0)]))
        {
          g_print ("no window here\n");
          return 77;
        }
  for (guint k = 0; k < G_N_ELEMENTS (kinds); k++)
    {
      qsort (ms[k], RUNS, sizeof (double), compare);
      qsort (mib[k], RUNS, sizeof (double), compare);
      g_print ("%-8s first picture %.0f ms, resident %.0f MiB\n", kinds[k], ms[k][RUNS / 2],
               mib[k][RUNS / 2]);
    }
  g_print ("ratio    %.2f\n", ms[1][RUNS / 2] / ms[0][RUNS / 2]);
  return 0;
}
