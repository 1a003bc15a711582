/* Servers that take their time or say nothing at all: every wait ends, and the answer is still the right one. Slow by nature. */
#include "../slower.h"
#include "checks.h"
#include "papers.h"
#include "practice/practice.h"
#include "script-rows.h"

static Papers papers;

typedef struct {
  const char *name;
  PostwegProtocol protocol;
  PostwegSecurity security;
  const char *script;
  guint timeout_s, most_s;
  const char *verdict, *cause, *who;
  gboolean mends;
} Row;

/* clang-format off */
static const Row rows[] = {
  { "plain-on-tls-port/imap", IMAP_UP, "TLS\n" IMAP_GOOD, 40, 5, ONLY_SEND, "plain-on-tls-port", "user", TRUE },
  { "plain-on-tls-port/pop3", POP3_UP, "TLS\n" POP3_GOOD, 40, 5, ONLY_SEND, "plain-on-tls-port", "user", TRUE },
  { "plain-on-tls-port/smtp", SMTP_UP, "TLS\n" SMTP_GOOD, 40, 5, ONLY_RECEIVE, "plain-on-tls-port", "user", TRUE },
  { "plain-on-tls-port/no-encryption-chosen", IMAP_CLEAR, "TLS\n" IMAP_GOOD, 40, 5, ONLY_SEND, "plain-on-tls-port", "user", TRUE },
  { "web-server-that-waits", SMTP_UP, "C?\nS: HTTP/1.1 400 Bad Request\nCLOSE\n", 40, 20, ONLY_RECEIVE, "wrong-service-on-port", "user" },
  { "silent/imap", IMAP_UP, "HANG\n", 40, 20, ONLY_SEND, "server-silent", "provider" },
  { "silent/smtp", SMTP_UP, "HANG\n", 40, 20, ONLY_RECEIVE, "server-silent", "provider" },
  { "silent/pop3-tls", POP3S, "HANG\n", 40, 17, ONLY_SEND, "server-silent", "provider" },
  { "silent/behind-tls", IMAPS, "TLS\nHANG\n", 40, 20, ONLY_SEND, "server-silent", "provider" },
  { "silent/after-greeting", SMTPS, "TLS\nS: 220 mail\nHANG\n", 40, 20, ONLY_RECEIVE, "server-silent", "provider" },
  { "silent/half-a-greeting", SMTPS, "TLS\nS- 220 mail.exam\nHANG\n", 40, 20, ONLY_RECEIVE, "server-silent", "provider" },
  { "silent/in-the-mailbox", IMAPS, "TLS\n" IMAP_GREETING "C: AUTHENTICATE\nS: {tag} OK\nHANG\n", 40, 33, ONLY_SEND, "server-silent", "provider" },
  { "slow/greeting", SMTPS, "TLS\nWAIT 6000\n" SMTP_GOOD, 40, 15, "works-with-note", "server-slow", "provider" },
  { "slow/greeting-in-plain", IMAP_UP, "WAIT 15000\n" IMAP_STARTTLS_GOOD, 40, 20, "works-with-note", "server-slow", "provider" },
  { "slow/greeting-behind-tls", SMTPS, "TLS\nWAIT 15000\n" SMTP_GOOD, 40, 20, "works-with-note", "server-slow", "provider" },
  { "slow/a-little", SMTPS, "TLS\nWAIT 1500\n" SMTP_GOOD, 40, 9, "works", NULL, NULL },
  { "slow/one-byte-after-the-other", IMAPS, "TLS\nDRIP 40 * OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN] ready\\r\\n\n" IMAP_LOOP (IMAP_PLAIN_OK), 40, 9, "works", NULL, NULL },
  { "slow/sign-in", IMAPS, "TLS\n" IMAP_GREETING IMAP_LOOP ("ON AUTHENTICATE\nWAIT 7000\nS: {tag} NO [AUTHENTICATIONFAILED] Please use your full email address as username\n"), 40, 15, ONLY_SEND, "username-format", "user" },
  { "deadline/drips-for-ever", SMTPS, "TLS\nDRIP 400 220-all the time in the world, and no end of it to be seen, whatever one does\n", 6, 7, "not-tested", "server-slow", "provider" },
  { "deadline/silent", POP3_UP, "HANG\n", 3, 4, "not-tested", "server-slow", "provider" },
};
/* clang-format on */

typedef struct {
  PostwegPractice *slow, *healthy;
  Check *check;
} Scene;

static Scene scenes[G_N_ELEMENTS (rows)];

static PostwegPractice *
start (const char *script)
{
  PostwegPracticeOptions options = { .script = script, .certificate = papers.certificate, .key = papers.key };
  g_autoptr (GError) error = NULL;
  PostwegPractice *practice = postweg_practice_start (&options, &error);

  g_assert_no_error (error);
  return practice;
}

static PostwegServer *
server_at (PostwegProtocol protocol, PostwegPractice *practice, PostwegSecurity security)
{
  return postweg_server_new (protocol, "127.0.0.1", postweg_practice_port (practice), security, USER);
}

/* All of them at once: they wait, they do not work. */
static void
play_all (void)
{
  g_autoptr (GPtrArray) checks = g_ptr_array_new ();

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      gboolean sends = rows[i].protocol == POSTWEG_SMTP;
      PostwegServer *slow, *healthy;

      scenes[i].slow = start (rows[i].script);
      scenes[i].healthy = start (sends ? "TLS\n" IMAP_GOOD : "TLS\n" SMTP_GOOD);
      slow = server_at (rows[i].protocol, scenes[i].slow, rows[i].security);
      healthy = server_at (sends ? POSTWEG_IMAP : POSTWEG_SMTP, scenes[i].healthy, POSTWEG_TLS);
      scenes[i].check = check_new (sends ? healthy : slow, sends ? slow : healthy, SENDER, PASSWORD);
      scenes[i].check->timeout_s = rows[i].timeout_s;
      g_ptr_array_add (checks, scenes[i].check);
    }
  checks_run (checks, papers.ca);
}

static void
assert_mended (const PostwegFinding *finding, const PostwegCredentials *credentials)
{
  g_autoptr (Check) again = g_new0 (Check, 1);

  g_assert_nonnull (finding->mended);
  if (finding->mended == NULL)
    return;
  again->account = postweg_account_copy (finding->mended);
  again->credentials = postweg_credentials_copy (credentials);
  again->side = POSTWEG_BOTH;
  again->timeout_s = 40;
  check_run (again, papers.ca);
  g_assert_cmpstr (postweg_verdict_name (again->result->verdict), ==, "works");
}

static void
test_row (gconstpointer data)
{
  const Row *row = data;
  const Check *check = scenes[row - rows].check;
  const PostwegFinding *answer = check_answer (check);

  check_tell (check);
  g_test_message ("%u ms", (guint) (check->took_us / 1000));
  check_rules (check, PASSWORD);
  g_assert_cmpstr (answer != NULL ? answer->cause : NULL, ==, row->cause);
  g_assert_cmpstr (postweg_verdict_name (check->result->verdict), ==, row->verdict);
  g_assert_cmpint (check->took_us, <, (gint64) row->most_s * G_USEC_PER_SEC + SLOWER * G_USEC_PER_SEC / 2);
  if (answer == NULL)
    return;
  g_assert_cmpstr (postweg_who_name (answer->who), ==, row->who);
  if (row->mends)
    assert_mended (answer, check->credentials);
}

/* The side that answers is through long before the silent one: it waits for nothing but the other one's sign-in. */
static void
test_sides_do_not_wait (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const PostwegTestResult *result = scenes[i].check->result;
      const PostwegEvidence *healthy = rows[i].protocol == POSTWEG_SMTP ? result->incoming : result->outgoing;

      g_assert_true (postweg_evidence_works (healthy));
      if (!g_str_equal (rows[i].name, "slow/sign-in"))
        g_assert_cmpuint (healthy->elapsed_ms, <, SLOWER * 2000);
    }
}

int
main (int argc, char **argv)
{
  int result;

  g_test_init (&argc, &argv, NULL);
  papers_make (&papers);
  play_all ();
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strconcat ("/checkup/silence/", rows[i].name, NULL);

      g_test_add_data_func (path, &rows[i], test_row);
    }
  g_test_add_func ("/checkup/silence/sides-do-not-wait", test_sides_do_not_wait);
  g_test_set_nonfatal_assertions ();
  result = g_test_run ();
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_clear_pointer (&scenes[i].slow, postweg_practice_stop);
      g_clear_pointer (&scenes[i].healthy, postweg_practice_stop);
      check_free (scenes[i].check);
    }
  papers_remove (&papers);
  return result;
}
