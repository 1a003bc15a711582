/* How long each page keeps the main loop: while it is made, while it is entered, and the longest turn of the loop after that, with its first
 * pictures; 0.0 for pages that others have to come before. Medians of several windows in one run. */
#include "ui/application.h"
#include "ui/pages/address.h"
#include "ui/pages/advice.h"
#include "ui/pages/doctor.h"
#include "ui/pages/explain.h"
#include "ui/pages/password.h"
#include "ui/pages/practice.h"
#include "ui/pages/program.h"
#include "ui/pages/result.h"
#include "ui/pages/servers.h"
#include "ui/pages/test.h"
#include "ui/pages/welcome.h"
#include "ui/window.h"
#include <stdlib.h>

#define RUNS 5
#define SETTLE_US (250 * 1000) /* the loop is watched for so long after a page was shown */

static GType (*const types[]) (void) = {
  postweg_page_welcome_get_type,  postweg_page_practice_get_type, postweg_page_doctor_get_type,
  postweg_page_address_get_type,  postweg_page_advice_get_type,   postweg_page_servers_get_type,
  postweg_page_password_get_type, postweg_page_test_get_type,     postweg_page_result_get_type,
  postweg_page_program_get_type,  postweg_page_explain_get_type,
};

#define N_PAGES G_N_ELEMENTS (types)

/* Those that ask for nothing before them; the first one is shown already, and comes back last. */
static const guint open_pages[] = { 1, 2, 3, 10, 0 };

enum { MADE, ENTERED, TURN, N_TIMES };

static int
compare (gconstpointer a, gconstpointer b)
{
  const double *x = a, *y = b;

  return (*x > *y) - (*x < *y);
}

static double
ms_since (gint64 begun)
{
  return (double) (g_get_monotonic_time () - begun) / 1000;
}

/* Returns: the longest turn of the main loop in ms, waiting not counted */
static double
longest_turn (void)
{
  gint64 end = g_get_monotonic_time () + SETTLE_US;
  double longest = 0;

  while (g_get_monotonic_time () < end)
    {
      gint64 begun = g_get_monotonic_time ();

      if (g_main_context_iteration (NULL, FALSE))
        longest = MAX (longest, ms_since (begun));
      else
        g_usleep (500);
    }
  return longest;
}

static void
measure (AdwApplication *application, double ms[N_PAGES][N_TIMES][RUNS], int run)
{
  g_autoptr (PostwegJourney) journey = postweg_journey_new ();
  GtkWidget *window = NULL;

  postweg_journey_set_person (journey, "Anna", "anna@gmail.com");
  window = GTK_WIDGET (postweg_window_new (application, journey));
  gtk_window_present (GTK_WINDOW (window));
  longest_turn ();
  for (guint i = 0; i < N_PAGES; i++)
    {
      gint64 begun = g_get_monotonic_time ();
      GtkWidget *page = g_object_ref_sink (g_object_new (types[i](), NULL));

      ms[i][MADE][run] = ms_since (begun);
      g_object_unref (page);
    }
  for (guint i = 0; i < G_N_ELEMENTS (open_pages); i++)
    {
      guint page = open_pages[i];
      gint64 begun = g_get_monotonic_time ();

      gtk_widget_activate_action (window, "win.show-page", "s", g_type_name (types[page]()));
      ms[page][ENTERED][run] = ms_since (begun);
      ms[page][TURN][run] = longest_turn ();
    }
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
activated (GApplication *application)
{
  static double ms[N_PAGES][N_TIMES][RUNS];

  g_signal_stop_emission_by_name (application, "activate"); /* its own window would stay open */
  for (int run = -1; run < RUNS; run++)
    measure (ADW_APPLICATION (application), ms, MAX (run, 0));
  g_print ("%-22s made ms  entered ms  longest turn after ms\n", "page");
  for (guint i = 0; i < N_PAGES; i++)
    {
      for (guint t = 0; t < N_TIMES; t++)
        qsort (ms[i][t], RUNS, sizeof (double), compare);
      g_print ("%-22s %7.1f  %10.1f  %21.1f\n", g_type_name (types[i]()), ms[i][MADE][RUNS / 2],
               ms[i][ENTERED][RUNS / 2], ms[i][TURN][RUNS / 2]);
    }
}

int
main (void)
{
  g_autoptr (GApplication) application = G_APPLICATION (postweg_application_new ());

  g_application_set_flags (application, G_APPLICATION_NON_UNIQUE);
  g_signal_connect (application, "activate", G_CALLBACK (activated), NULL);
  return g_application_run (application, 0, NULL);
}
