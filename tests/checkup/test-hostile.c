/* Hostile servers over real sockets: whatever they do, there is an end in time, the right cause, little memory, and no password for them. */
#include "../slower.h"
#include "checks.h"
#include "hostile-spots.h"
#include "hostile-tls.h"
#include "papers.h"
#include "practice/practice.h"
#include <malloc.h>
#include <string.h>

#if defined __SANITIZE_ADDRESS__ || defined __SANITIZE_THREAD__
#define AT_ONCE 6 /* cases that mostly wait */
#else
#define AT_ONCE 48
#endif
#define MAX_GROWTH                                                                                           \
  (8 * 1024)               /* KiB of memory that one server may cost, its own part in this process included */
#define MOST_S 20          /* for a case that ends by itself: two sides of second looks included */
#define ODD_S 2            /* for an odd answer, if the client waits for another one */
#define MAX_CONNECTIONS 12 /* to the hostile server in one test */
#define LONG_CHAIN 150     /* certificates */

static Papers papers;
static char *long_chain; /* PEM file */
static PostwegPractice *other;

typedef struct {
  char *name;
  PostwegProtocol protocol;
  PostwegSecurity security;
  char *script;
  char **causes;
  gboolean signs_in, long_chain, waits;
  PostwegAuth auth;
  const char *priority;
  const Oddity *oddity;
  PostwegStage stage;
  guint timeout_s;
  /* played */
  PostwegPractice *server;
  Check *check;
  glong growth; /* KiB, -1: not measured */
} Case;

static GPtrArray *cases;
/* for the summary */
static struct {
  guint played, ended, right, leaks;
  glong most_memory;
  guint most_connections;
} seen;

/* memory */

static glong
status_kib (const char *field)
{
  g_autofree char *text = NULL;
  const char *line;

  g_file_get_contents ("/proc/self/status", &text, NULL, NULL);
  line = text != NULL ? strstr (text, field) : NULL;
  return line != NULL ? (glong) g_ascii_strtoll (line + strlen (field), NULL, 10) : 0;
}

static void
forget_peak (void)
{
  FILE *file = fopen ("/proc/self/clear_refs", "w");

  if (file == NULL)
    return;
  fputs ("5", file);
  fclose (file);
}

/* playing */

static PostwegServer *
hostile_server (const Case *one, guint16 port)
{
  PostwegServer *server = postweg_server_new (one->protocol, "127.0.0.1", port, one->security, USER);

  server->auth = one->auth;
  return server;
}

static void
prepare (Case *one)
{
  PostwegPracticeOptions options = { .script = one->script,
                                     .certificate = one->long_chain ? long_chain : papers.certificate,
                                     .key = papers.key,
                                     .tls_priority = one->priority };
  gboolean sends = one->protocol == POSTWEG_SMTP;
  g_autoptr (GError) error = NULL;
  PostwegServer *hostile;

  one->server = postweg_practice_start (&options, &error);
  g_assert_no_error (error);
  hostile = hostile_server (one, postweg_practice_port (one->server));
  one->check = check_new (sends ? NULL : hostile, sends ? hostile : NULL, SENDER, PASSWORD);
  one->check->side = sends ? POSTWEG_SEND : POSTWEG_RECEIVE;
  one->check->timeout_s = WATCHED * (one->timeout_s > 0 ? one->timeout_s : MOST_S);
}

static void
play_crowd (guint first)
{
  g_autoptr (GPtrArray) checks = g_ptr_array_new ();

  for (guint i = first; i < cases->len && checks->len < AT_ONCE; i++)
    {
      Case *one = g_ptr_array_index (cases, i);

      if (!one->waits)
        continue;
      prepare (one);
      one->growth = -1;
      g_ptr_array_add (checks, one->check);
    }
  checks_run (checks, papers.ca);
}

static void
play (Case *one, guint index)
{
  glong before;

  if (one->waits)
    {
      play_crowd (index);
      return;
    }
  prepare (one);
  malloc_trim (0);
  before = status_kib ("VmRSS:");
  forget_peak ();
  check_run (one->check, papers.ca);
  one->growth = status_kib ("VmHWM:") - before;
}

/* judging */

static gboolean
is_allowed (const Case *one, const char *cause)
{
  if (g_strv_contains ((const char *const *) one->causes, "*any"))
    return TRUE;
  return g_strv_contains ((const char *const *) one->causes, cause != NULL ? cause : WELL);
}

/* Rule: what is not about the password never blames it. */
static gboolean
may_blame_password (const Oddity *oddity)
{
  return g_str_has_prefix (oddity->answer, "535") || g_str_has_prefix (oddity->answer, "{tag} NO") ||
         g_str_has_prefix (oddity->answer, "-ERR");
}

static const PostwegEvidence *
evidence_of (const Case *one)
{
  return one->protocol == POSTWEG_SMTP ? one->check->result->outgoing : one->check->result->incoming;
}

/* "I do not know this" about a way to sign in, or one more question, is answered once more; what comes then may well be acceptance. */
static gboolean
may_go_on (const Case *one)
{
  static const char *const answers[] = { "{tag} BAD", "504 x", "334 x", "+", "+ x", "+ idling", NULL };

  return one->stage == POSTWEG_STAGE_AUTH && g_strv_contains (answers, one->oddity->answer);
}

static void
assert_odd (const Case *one, const char *cause)
{
  if (!may_go_on (one))
    {
      g_assert_false (postweg_evidence_works (evidence_of (one)));
      g_assert_nonnull (cause);
    }
  if (g_strcmp0 (cause, "wrong-credentials") == 0)
    g_assert_true (one->stage == POSTWEG_STAGE_AUTH && may_blame_password (one->oddity));
}

/* The server's leak record: nothing before encryption, nothing at all before the sign-in began. After an odd answer that may be. */
static gboolean
leaks (const Case *one)
{
  g_autofree char *heard = postweg_practice_heard (one->server);
  char *tls = strstr (heard, "(TLS)");
  gboolean signs_in = one->signs_in || (one->oddity != NULL && evidence_of (one)->login_attempts > 0);

  if (signs_in && tls != NULL)
    *tls = '\0';
  return holds_secret (heard, PASSWORD);
}

static void
assert_case (const Case *one)
{
  const PostwegFinding *answer = check_answer (one->check);
  const char *cause = answer != NULL ? answer->cause : NULL;
  guint limit_s = one->check->timeout_s;
  gboolean in_time = one->check->took_us < (gint64) limit_s * G_USEC_PER_SEC + SLOWER * G_USEC_PER_SEC / 2;
  gboolean leaked = leaks (one);

  check_tell (one->check);
  g_test_message ("%s: %s, %u ms, %ld KiB, %u connections", one->name, cause != NULL ? cause : WELL,
                  (guint) (one->check->took_us / 1000), one->growth,
                  postweg_practice_connections (one->server));
  check_rules (one->check, PASSWORD);
  g_assert_true (in_time);
  g_assert_false (leaked);
  g_assert_cmpuint (postweg_practice_connections (one->server), <=, MAX_CONNECTIONS);
  if (one->oddity != NULL)
    assert_odd (one, cause);
  else
    {
      if (!is_allowed (one, cause))
        g_test_message ("not allowed here: %s", cause != NULL ? cause : WELL);
      g_assert_true (is_allowed (one, cause));
    }
#if !defined __SANITIZE_ADDRESS__ && !defined __SANITIZE_THREAD__
  g_assert_cmpint (one->growth, <, MAX_GROWTH);
#endif
  seen.played++;
  seen.ended += in_time;
  seen.right += one->oddity != NULL ? cause != NULL || may_go_on (one) : is_allowed (one, cause);
  seen.leaks += leaked;
  seen.most_memory = MAX (seen.most_memory, one->growth);
  seen.most_connections = MAX (seen.most_connections, postweg_practice_connections (one->server));
}

static void
test_case (gconstpointer data)
{
  guint index = GPOINTER_TO_UINT (data);
  Case *one = g_ptr_array_index (cases, index);

  if (one->check == NULL)
    play (one, index);
  assert_case (one);
  g_clear_pointer (&one->server, postweg_practice_stop);
  g_clear_pointer (&one->check, check_free);
}

/* behind the handshake */

static void
test_tls (gconstpointer data)
{
  HostileTlsKind kind = (HostileTlsKind) GPOINTER_TO_UINT (data);
  HostileTls *server = hostile_tls_start (kind, papers.certificate, papers.key, "* OK ready\r\n");
  g_autoptr (Check) check =
      check_new (postweg_server_new (POSTWEG_IMAP, "127.0.0.1", hostile_tls_port (server), POSTWEG_TLS, USER),
                 NULL, SENDER, PASSWORD);
  glong before;

  check->side = POSTWEG_RECEIVE;
  check->timeout_s = 3 * WATCHED;
  malloc_trim (0);
  before = status_kib ("VmRSS:");
  forget_peak ();
  check_run (check, papers.ca);
  hostile_tls_stop (server);
  check_tell (check);
  g_test_message ("%u ms, %ld KiB", (guint) (check->took_us / 1000), status_kib ("VmHWM:") - before);
  check_rules (check, PASSWORD);
  g_assert_cmpint (check->took_us, <, SLOWER * 3500 * 1000);
  g_assert_false (postweg_evidence_works (check->result->incoming));
  g_assert_nonnull (check_answer (check));
#if !defined __SANITIZE_ADDRESS__ && !defined __SANITIZE_THREAD__
  g_assert_cmpint (status_kib ("VmHWM:") - before, <, MAX_GROWTH);
#endif
}

/* Nobody has followed a referral. */
static void
test_referrals_not_followed (void)
{
  g_assert_cmpuint (postweg_practice_connections (other), ==, 0);
}

static void
test_summary (void)
{
  if (seen.played < cases->len)
    {
      g_test_skip ("not all cases were played");
      return;
    }
  g_test_message ("%u hostile servers, %u ended in time, %u causes right, %u leaks, at most %ld KiB and %u "
                  "connections",
                  cases->len, seen.ended, seen.right, seen.leaks, seen.most_memory, seen.most_connections);
  g_assert_cmpuint (seen.ended, ==, cases->len);
  g_assert_cmpuint (seen.leaks, ==, 0);
}

/* the cases */

static void
case_free (gpointer data)
{
  Case *one = data;

  g_clear_pointer (&one->server, postweg_practice_stop);
  check_free (one->check);
  g_strfreev (one->causes);
  g_free (one->script);
  g_free (one->name);
  g_free (one);
}

static char *
with_port (const char *script)
{
  g_autoptr (GString) text = g_string_new (script);
  g_autofree char *port = g_strdup_printf ("%u", postweg_practice_port (other));

  g_string_replace (text, "{other}", port, 0);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
add_row (const HostileRow *row)
{
  Case *one = g_new0 (Case, 1);

  *one = (Case){ .name = g_strdup (row->name),
                 .protocol = row->protocol,
                 .security = row->security,
                 .script = with_port (row->script),
                 .causes = g_strsplit (row->causes, "|", -1),
                 .signs_in = row->signs_in,
                 .auth = row->auth,
                 .priority = row->priority,
                 .long_chain = row->long_chain,
                 .timeout_s = row->timeout_s };
  g_ptr_array_add (cases, one);
}

static const char *
causes_at (const Fault *fault, PostwegStage stage)
{
  if (stage == POSTWEG_STAGE_STARTTLS)
    return fault->at_starttls;
  return stage == POSTWEG_STAGE_TLS ? fault->at_tls : fault->cause;
}

static void
add_fault (const Spot *spot, const Fault *fault)
{
  Case *one = g_new0 (Case, 1);

  *one = (Case){ .name = g_strdup_printf ("%s/%s", spot->name, fault->name),
                 .protocol = spot->protocol,
                 .security = spot->security,
                 .script = g_strconcat (spot->script, fault->script, NULL),
                 .causes = g_strsplit (causes_at (fault, spot->stage), "|", -1),
                 .signs_in = spot->signs_in,
                 .stage = spot->stage,
                 .waits = fault->timeout_s > 0,
                 .timeout_s = fault->timeout_s };
  g_ptr_array_add (cases, one);
}

/* Behind the odd answer everything is well: a client that takes it for a good one would say that the account works. */
static void
add_oddity (const Spot *spot, const Oddity *oddity)
{
  static const char *const well[] = { [POSTWEG_IMAP] = "LOOP\nC?\nS: {tag} OK fine\nEND\n",
                                      [POSTWEG_POP3] = "LOOP\nC?\nS: +OK 0 0\nEND\n",
                                      [POSTWEG_SMTP] = "LOOP\nC?\nS: 250 fine\nEND\n" };
  Case *one = g_new0 (Case, 1);

  *one =
      (Case){ .name = g_strdup_printf ("%s/says %s", spot->name, oddity->answer),
              .protocol = spot->protocol,
              .security = spot->security,
              .script = g_strdup_printf ("%sS: %s\n%s", spot->script, oddity->answer, well[spot->protocol]),
              .signs_in = spot->signs_in,
              .oddity = oddity,
              .stage = spot->stage,
              .waits = TRUE,
              .timeout_s = ODD_S };
  g_ptr_array_add (cases, one);
}

static void
make_cases (void)
{
  cases = g_ptr_array_new_with_free_func (case_free);
  for (guint i = 0; i < G_N_ELEMENTS (hostile_rows); i++)
    add_row (&hostile_rows[i]);
  for (guint i = 0; i < G_N_ELEMENTS (spots); i++)
    {
      for (guint k = 0; k < G_N_ELEMENTS (faults); k++)
        if (!faults[k].of_one || faults[k].protocol == spots[i].protocol)
          add_fault (&spots[i], &faults[k]);
      for (guint k = 0; k < G_N_ELEMENTS (oddities); k++)
        if (oddities[k].protocol == spots[i].protocol && spots[i].stage != POSTWEG_STAGE_TLS)
          add_oddity (&spots[i], &oddities[k]);
    }
}

static void
make_long_chain (void)
{
  g_autofree char *one = NULL;
  g_autoptr (GString) all = g_string_new (NULL);

  g_file_get_contents (papers.certificate, &one, NULL, NULL);
  for (guint i = 0; i < LONG_CHAIN; i++)
    g_string_append (all, one);
  long_chain = g_build_filename (papers.folder, "long.pem", NULL);
  g_assert_true (g_file_set_contents (long_chain, all->str, (gssize) all->len, NULL));
}

static void
add_tests (void)
{
  static const char *const tls_names[] = { "tickets",       "renegotiation", "key-updates",
                                           "empty-records", "warnings",      "garbage" };

  for (guint i = 0; i < cases->len; i++)
    {
      const Case *one = g_ptr_array_index (cases, i);
      g_autofree char *plain = g_strdelimit (g_strdup (one->name), " ", '-');
      g_autofree char *path = g_strdup_printf ("/checkup/hostile/%s", plain);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_case);
    }
  for (guint i = 0; i < N_HOSTILE_TLS; i++)
    {
      g_autofree char *path = g_strdup_printf ("/checkup/hostile/behind-tls/%s", tls_names[i]);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_tls);
    }
  g_test_add_func ("/checkup/hostile-end/referrals-not-followed", test_referrals_not_followed);
  g_test_add_func ("/checkup/hostile-end/summary", test_summary);
}

int
main (int argc, char **argv)
{
  PostwegPracticeOptions options = { .script = "HANG\n" };
  int result;

  g_test_init (&argc, &argv, NULL);
  mallopt (M_ARENA_MAX, 2);
  papers_make (&papers);
  make_long_chain ();
  other = postweg_practice_start (&options, NULL);
  make_cases ();
  add_tests ();
  g_test_set_nonfatal_assertions ();
  result = g_test_run ();
  g_ptr_array_unref (cases);
  postweg_practice_stop (other);
  papers_remove (&papers);
  g_free (long_chain);
  return result;
}
