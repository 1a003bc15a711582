/* What a dead IPv6 costs: the time until both sides have their verdict, beside a name that has IPv4 only; medians of runs in turn. */
#include "checks.h"
#include "island.h"
#include "papers.h"
#include "practice/practice.h"
#include "scenes.h"

#define RUNS 21

/* Whatever goes to 2001:db8::/32 is swallowed, and to 192.0.2.x comes from a far server behind 20 ms. */
static const IslandName names[] = {
  { "four.good.example", ISLAND_FOUND, "192.0.2.61", NULL },
  { "refuses.good.example", ISLAND_FOUND, "192.0.2.61", "::1" },
  { "swallows.good.example", ISLAND_FOUND, "192.0.2.61", "2001:db8::dead" },
  { "no-answer.good.example", ISLAND_NO_SIX, "192.0.2.61", NULL },
  { NULL, ISLAND_UNKNOWN, NULL, NULL },
};
static const IslandRoute routes[] = { { "192.0.2.61", 0, FALSE, 20 }, { NULL, 0, TRUE, 0 } };
static const char *const what[] = { "IPv4 only", "IPv6 refused", "IPv6 swallowed",
                                    "IPv6 address not answered" };

typedef struct {
  double verdict, all; /* ms until both sides are done; until everything that was looked at beside them is */
} Measured;

static Papers papers;

static Measured
run_once (const char *host)
{
  g_autoptr (Check) check = check_new (postweg_server_new (POSTWEG_IMAP, host, 993, POSTWEG_TLS, "anna"),
                                       postweg_server_new (POSTWEG_SMTP, host, 465, POSTWEG_TLS, "anna"),
                                       "anna@good.example", "Leuchtturm 9");

  check_run (check, papers.ca);
  if (!postweg_evidence_works (check->result->incoming) || !postweg_evidence_works (check->result->outgoing))
    g_error ("%s did not work", host);
  return (Measured){ MAX (check->result->incoming->elapsed_ms, check->result->outgoing->elapsed_ms),
                     (double) check->took_us / 1000 };
}

static int
compare (gconstpointer a, gconstpointer b)
{
  const Measured *x = a, *y = b;

  return (x->verdict > y->verdict) - (x->verdict < y->verdict);
}

static void
measure (void)
{
  Measured runs[G_N_ELEMENTS (what)][RUNS];
  double floor = 0;

  for (guint i = 0; i < G_N_ELEMENTS (what); i++)
    run_once (names[i].name);
  for (guint run = 0; run < RUNS; run++)
    for (guint i = 0; i < G_N_ELEMENTS (what); i++)
      runs[i][run] = run_once (names[i].name);
  for (guint i = 0; i < G_N_ELEMENTS (what); i++)
    {
      const Measured *median = &runs[i][RUNS / 2];

      qsort (runs[i], RUNS, sizeof (Measured), compare);
      floor = i == 0 ? median->verdict : floor;
      g_print ("%-26s verdict after %4.0f ms (%+4.0f ms, %.2f times), everything after %4.0f ms\n", what[i],
               median->verdict, median->verdict - floor, median->verdict / floor, median->all);
    }
}

static PostwegPractice *
start (const char *script, guint16 port)
{
  PostwegPracticeOptions options = {
    .script = script, .certificate = papers.certificate, .key = papers.key, .port = port
  };
  g_autoptr (GError) error = NULL;
  PostwegPractice *practice = postweg_practice_start (&options, &error);

  g_assert_no_error (error);
  return practice;
}

int
main (void)
{
  const char *reason;
  PostwegPractice *incoming, *outgoing;

  if (!island_enter (names, &reason) || !island_add_far (routes, &reason))
    {
      g_print ("%s\n", reason);
      return 77;
    }
  papers_make (&papers);
  incoming = start ("TLS\n" IMAP_GOOD, 993);
  outgoing = start ("TLS\n" SMTP_GOOD, 465);
  if (island_relay (ISLAND_V4, 993, "127.0.0.1") && island_relay (ISLAND_V4, 465, "127.0.0.1"))
    measure ();
  postweg_practice_stop (incoming);
  postweg_practice_stop (outgoing);
  papers_remove (&papers);
  return 0;
}
