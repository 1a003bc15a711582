/* Whose clock is wrong: certificates that are out of date by this computer's, and servers that tell the time in their greetings. */
#include "checks.h"
#include "papers.h"
#include "practice/practice.h"
#include "script-rows.h"

#define SILENT G_MININT /* tells no time */
#define OFF 50          /* days; both kinds of certificates are valid then */

static Papers papers;

typedef struct {
  PostwegProtocol protocol;
  PostwegSecurity security;
  PostwegPaper paper;
  int days; /* the server's clock against ours */
} Half;

typedef struct {
  const char *name;
  Half in, out;
  const char *verdict, *cause, *side, *confidence;
} Row;

#define GOOD POSTWEG_PAPER_GOOD
#define OLD POSTWEG_PAPER_EXPIRED
#define YOUNG POSTWEG_PAPER_NOT_YET_VALID
#define WORKS "works", NULL, NULL, NULL
#define CLOCK(confidence) "nothing-works", "clock-wrong", "both", confidence

/* clang-format off */
static const Row rows[] = {
  { "behind/two-witnesses", { POP3_UP, YOUNG, OFF }, { SMTP_UP, YOUNG, OFF }, CLOCK ("proven") },
  { "behind/two-witnesses/tls", { POP3S, YOUNG, OFF }, { SMTPS, YOUNG, OFF }, CLOCK ("proven") },
  { "behind/one-witness", { IMAPS, YOUNG, SILENT }, { SMTP_UP, YOUNG, OFF }, CLOCK ("likely") },
  { "behind/one-witness/tls", { IMAP_UP, YOUNG, SILENT }, { SMTPS, YOUNG, OFF }, CLOCK ("likely") },
  { "ahead/two-witnesses", { POP3_UP, OLD, -OFF }, { SMTP_UP, OLD, -OFF }, CLOCK ("proven") },
  { "ahead/two-witnesses/tls", { POP3S, OLD, -OFF }, { SMTPS, OLD, -OFF }, CLOCK ("proven") },
  { "ahead/one-witness", { IMAPS, OLD, SILENT }, { SMTPS, OLD, -OFF }, CLOCK ("likely") },
  { "ahead/by-the-other-server", { POP3_UP, OLD, -OFF }, { SMTPS, OLD, SILENT }, CLOCK ("likely") },
  { "certificate/clocks-agree", { POP3_UP, OLD, 0 }, { SMTPS, OLD, 0 }, "nothing-works", "cert-expired", "both", "proven" },
  { "certificate/not-yet-valid", { POP3S, YOUNG, 0 }, { SMTPS, GOOD, 0 }, "send-only", "cert-not-yet-valid", "receive", "proven" },
  { "certificate/nobody-tells", { IMAPS, OLD, SILENT }, { SMTPS, OLD, SILENT }, "nothing-works", "cert-expired", "both", "proven" },
  { "certificate/at-no-time", { POP3S, OLD, 400 }, { SMTPS, OLD, 400 }, "nothing-works", "cert-expired", "both", "proven" },
  { "certificate/server-that-is-wrong-in-both", { POP3S, OLD, -OFF }, { SMTPS, GOOD, 0 }, "send-only", "cert-expired", "receive", "proven" },
  { "certificate/the-other-one-is-in-force", { POP3_UP, OLD, -OFF }, { SMTPS, GOOD, SILENT }, "send-only", "cert-expired", "receive", "proven" },
  { "certificate/witnesses-disagree", { POP3S, OLD, -OFF }, { SMTPS, OLD, 0 }, "nothing-works", "cert-expired", "both", "proven" },
  { "certificate/incredible", { POP3S, OLD, -12000 }, { SMTPS, OLD, -12000 }, "nothing-works", "cert-expired", "both", "proven" },
  { "works/clocks-agree", { POP3_UP, GOOD, 0 }, { SMTPS, GOOD, 0 }, WORKS },
  { "works/servers-are-wrong", { POP3S, GOOD, 300 }, { SMTP_UP, GOOD, 300 }, WORKS },
  { "works/one-is-wrong", { POP3_UP, GOOD, -300 }, { SMTPS, GOOD, 0 }, WORKS },
};
/* clang-format on */

/* As Exim and Dovecot write it; IMAP servers do not tell. */
static char *
greeting_of (const Half *half)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (GDateTime) moment = g_date_time_add_days (now, half->days == SILENT ? 0 : half->days);
  g_autofree char *date = g_date_time_format (moment, "%a, %d %b %Y %H:%M:%S +0000");

  if (half->protocol == POSTWEG_IMAP)
    return g_strdup ("* OK");
  if (half->days == SILENT)
    return g_strdup (half->protocol == POSTWEG_SMTP ? "220 mail ESMTP" : "+OK ready");
  return half->protocol == POSTWEG_SMTP
             ? g_strdup_printf ("220 mail ESMTP Exim 4.96 %s", date)
             : g_strdup_printf ("+OK ready <4711.%" G_GINT64_FORMAT "@mail>", g_date_time_to_unix (moment));
}

static char *
script_of (const Half *half)
{
  static const char *const implicit[] = { "TLS\n" IMAP_GOOD, "TLS\n" POP3_GOOD, "TLS\n" SMTP_GOOD };
  static const char *const upgraded[] = { IMAP_STARTTLS_GOOD, POP3_STARTTLS_GOOD, SMTP_STARTTLS_GOOD };
  static const char *const greetings[] = { "* OK", "+OK ready", "220 mail ESMTP" };
  GString *script =
      g_string_new (half->security == POSTWEG_TLS ? implicit[half->protocol] : upgraded[half->protocol]);
  g_autofree char *greeting = greeting_of (half);

  g_assert_cmpuint (g_string_replace (script, greetings[half->protocol], greeting, 1), ==, 1);
  return g_string_free (script, FALSE);
}

static PostwegPractice *
start (const Half *half)
{
  g_autofree char *script = script_of (half);
  g_autofree char *certificate = postweg_certificate_path (papers.folder, half->paper, "pem");
  g_autofree char *key = postweg_certificate_path (papers.folder, half->paper, "key");
  PostwegPracticeOptions options = { .script = script, .certificate = certificate, .key = key };
  g_autoptr (GError) error = NULL;
  PostwegPractice *practice = postweg_practice_start (&options, &error);

  g_assert_no_error (error);
  return practice;
}

static PostwegServer *
server_at (const Half *half, PostwegPractice *practice)
{
  return postweg_server_new (half->protocol, "127.0.0.1", postweg_practice_port (practice), half->security,
                             USER);
}

static void
test_row (gconstpointer data)
{
  const Row *row = data;
  g_autoptr (PostwegPractice) in = start (&row->in), out = start (&row->out);
  g_autoptr (Check) check =
      check_new (server_at (&row->in, in), server_at (&row->out, out), SENDER, PASSWORD);
  const PostwegFinding *answer;

  check_run (check, papers.ca);
  check_tell (check);
  check_rules (check, PASSWORD);
  answer = check_answer (check);
  g_assert_cmpstr (answer != NULL ? answer->cause : NULL, ==, row->cause);
  g_assert_cmpstr (postweg_verdict_name (check->result->verdict), ==, row->verdict);
  if (answer == NULL)
    return;
  g_assert_cmpstr (postweg_side_name (answer->side), ==, row->side);
  g_assert_cmpstr (postweg_confidence_name (answer->confidence), ==, row->confidence);
  /* whoever's clock it is, nothing is said before it is known */
  g_assert_cmpuint (check->result->incoming->login_attempts, ==, row->in.paper == GOOD ? 1 : 0);
}

int
main (int argc, char **argv)
{
  int result;

  g_test_init (&argc, &argv, NULL);
  papers_make (&papers);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strconcat ("/checkup/clock/", rows[i].name, NULL);

      g_test_add_data_func (path, &rows[i], test_row);
    }
  g_test_set_nonfatal_assertions ();
  result = g_test_run ();
  papers_remove (&papers);
  return result;
}
