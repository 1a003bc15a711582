/* Whole tests of accounts where both servers have something to say: common causes, and passwords that differ. */
#include "checks.h"
#include "papers.h"
#include "practice/practice.h"
#include "script-rows.h"
#include <string.h>

static Papers papers;

typedef struct {
  const char *name;
  PostwegProtocol protocol; /* of the incoming server */
  PostwegSecurity in_security, out_security;
  const char *in, *out;                     /* NULL: nobody listens */
  const char *user, *out_user;              /* NULL: USER, the same */
  const char *out_password;                 /* NULL: the same */
  const char *verdict, *cause, *side, *who; /* of the answer */
  gboolean mends;                           /* by the incoming user name and password */
} BothRow;

#define RIGHT_PAIR "AGFubmFAZmlybS5leGFtcGxlAEdyMHNzZSBXZWxsZSA3" /* NUL, USER, NUL, PASSWORD in base64 */
#define IMAP_WRONG IMAP_NO ("[AUTHENTICATIONFAILED] Authentication failed.")
#define POP3_WRONG POP3_ERR ("[AUTH] Authentication failed.")
#define SMTP_WRONG SMTP_REFUSES ("S: 535 5.7.8 Error: authentication failed: (reason unavailable)\n")
#define TLS_IMAP "TLS\n" IMAP_GOOD
#define TLS_POP3 "TLS\n" POP3_GOOD
#define TLS_SMTP "TLS\n" SMTP_GOOD
#define SMTP_PAIR                                                                                            \
  "TLS\nS: 220 mail ESMTP\n" SMTP_LOOP ("ON AUTH PLAIN " RIGHT_PAIR                                          \
                                        "\nS: 235 2.7.0 signed in\nON AUTH\nS: 535 5.7.8 Error: "            \
                                        "authentication failed: (reason unavailable)\n")
#define S POSTWEG_TLS
#define U POSTWEG_STARTTLS

/* clang-format off */
static const BothRow rows[] = {
  { "wrong-password/imap", POSTWEG_IMAP, S, S, IMAP_WRONG, SMTP_WRONG, NULL, NULL, NULL, "nothing-works", "wrong-credentials", "both", "user" },
  { "wrong-password/pop3", POSTWEG_POP3, S, S, POP3_WRONG, SMTP_WRONG, NULL, NULL, NULL, "nothing-works", "wrong-credentials", "both", "user" },
  { "wrong-password/gmail", POSTWEG_IMAP, S, S, IMAP_NO ("[AUTHENTICATIONFAILED] Invalid credentials (Failure)"), SMTP_REFUSES ("S: 535-5.7.8 Username and Password not accepted. For more information, go to\nS: 535 5.7.8  https://support.google.com/mail/?p=BadCredentials a1 - gsmtp\n"), NULL, NULL, NULL, "nothing-works", "wrong-credentials", "both", "user" },
  { "wrong-password/exchange", POSTWEG_IMAP, S, S, IMAP_NO ("LOGIN failed."), SMTP_REFUSES ("S: 535 5.7.3 Authentication unsuccessful\n"), NULL, NULL, NULL, "nothing-works", "wrong-credentials", "both", "user" },
  { "username-format", POSTWEG_IMAP, S, S, IMAP_NO ("[AUTHENTICATIONFAILED] Please use your full email address as username"), SMTP_REFUSES ("S: 535 5.7.8 Error: user name must be the complete email address\n"), "anna", NULL, NULL, "nothing-works", "username-format", "both", "user" },
  { "app-password/google", POSTWEG_IMAP, S, S, IMAP_NO ("[ALERT] Application-specific password required: https://support.google.com/accounts/answer/185833 (Failure)"), SMTP_REFUSES ("S: 534-5.7.9 Application-specific password required. For more information, go to\nS: 534 5.7.9  https://support.google.com/mail/?p=InvalidSecondFactor a1 - gsmtp\n"), NULL, NULL, NULL, "nothing-works", "app-password-required", "both", "user" },
  { "oauth-required", POSTWEG_IMAP, S, S, IMAP_OFFERS ("SASL-IR LOGINDISABLED AUTH=XOAUTH2"), SMTP_OFFERS ("S: 250-AUTH XOAUTH2\n"), NULL, NULL, NULL, "nothing-works", "oauth-required", "both", "user" },
  { "refused", POSTWEG_IMAP, S, S, NULL, NULL, NULL, NULL, NULL, "nothing-works", "connection-refused", "both", "user" },
  { "captive-portal", POSTWEG_IMAP, U, U, "S: HTTP/1.1 302 Found\nCLOSE\n", "S: HTTP/1.1 302 Found\nCLOSE\n", NULL, NULL, NULL, "nothing-works", "captive-portal", "both", "network" },
  { "starttls-not-offered", POSTWEG_IMAP, U, U, IMAP_GOOD, SMTP_GOOD, NULL, NULL, NULL, "nothing-works", "starttls-not-offered", "both", "user" },
  { "old-password-for-sending", POSTWEG_IMAP, S, S, TLS_IMAP, SMTP_PAIR, NULL, NULL, "der alte Schatz", "receive-only", "outgoing-credentials-differ", "send", "user", TRUE },
  { "old-password-for-sending/pop3", POSTWEG_POP3, S, S, TLS_POP3, SMTP_PAIR, NULL, NULL, "der alte Schatz", "receive-only", "outgoing-credentials-differ", "send", "user", TRUE },
  { "other-user-for-sending", POSTWEG_IMAP, S, S, TLS_IMAP, SMTP_PAIR, NULL, "anna", NULL, "receive-only", "outgoing-credentials-differ", "send", "user", TRUE },
  { "different-troubles", POSTWEG_IMAP, S, U, IMAP_WRONG, SMTP_GOOD, NULL, NULL, NULL, "nothing-works", "starttls-not-offered", "send", "user" },
  { "receiving-first", POSTWEG_IMAP, U, S, IMAP_GOOD, SMTP_OFFERS ("S: 250-SIZE 0\n"), NULL, NULL, NULL, "nothing-works", "starttls-not-offered", "receive", "user" },
  { "all-well", POSTWEG_IMAP, S, S, TLS_IMAP, TLS_SMTP, NULL, NULL, NULL, "works" },
  { "all-well/own-password-for-sending", POSTWEG_POP3, S, S, TLS_POP3, TLS_SMTP, NULL, NULL, "another one for sending", "works" },
};
/* clang-format on */

typedef struct {
  PostwegPractice *in, *out;
  Check *check;
} Pair;

static PostwegPractice *
start (const char *script)
{
  PostwegPracticeOptions options = { .script = script != NULL ? script : "CLOSE\n",
                                     .certificate = papers.certificate,
                                     .key = papers.key };
  g_autoptr (GError) error = NULL;
  PostwegPractice *practice = postweg_practice_start (&options, &error);

  g_assert_no_error (error);
  return practice;
}

static void
pair_start (Pair *pair, const BothRow *row)
{
  const char *user = row->user != NULL ? row->user : USER;
  const char *out_user = row->out_user != NULL ? row->out_user : user;

  pair->in = start (row->in);
  pair->out = start (row->out);
  pair->check = check_new (postweg_server_new (row->protocol, "127.0.0.1", postweg_practice_port (pair->in),
                                               row->in_security, user),
                           postweg_server_new (POSTWEG_SMTP, "127.0.0.1", postweg_practice_port (pair->out),
                                               row->out_security, out_user),
                           SENDER, PASSWORD);
  if (row->out_password != NULL)
    {
      g_autoptr (PostwegSecret) incoming = postweg_secret_new (PASSWORD);
      g_autoptr (PostwegSecret) outgoing = postweg_secret_new (row->out_password);

      postweg_credentials_free (pair->check->credentials);
      pair->check->credentials = postweg_credentials_new (incoming, outgoing, NULL);
    }
  if (row->in == NULL)
    g_clear_pointer (&pair->in, postweg_practice_stop);
  if (row->out == NULL)
    g_clear_pointer (&pair->out, postweg_practice_stop);
}

static void
pair_end (Pair *pair)
{
  g_clear_pointer (&pair->in, postweg_practice_stop);
  g_clear_pointer (&pair->out, postweg_practice_stop);
  check_free (pair->check);
}

/* A wrong password is tried once at each server, and never at a server of the other kind. */
static void
assert_polite (const Pair *pair, const BothRow *row)
{
  const PostwegTestResult *result = pair->check->result;

  g_assert_cmpuint (result->incoming->login_attempts, <=, 1);
  /* second looks that sign in are counted where they did */
  g_assert_cmpuint (result->outgoing->login_attempts, <=, row->mends ? 2 : 1);
}

static void
test_mended (const Pair *pair, const PostwegFinding *finding)
{
  g_autoptr (Check) again = g_new0 (Check, 1);

  /* where only the password differs the account itself stays as it is */
  again->account = postweg_account_copy (finding->mended != NULL ? finding->mended : pair->check->account);
  again->credentials = postweg_checkup_mended_credentials (finding, pair->check->credentials);
  again->side = POSTWEG_BOTH;
  again->timeout_s = 40;
  check_run (again, papers.ca);
  g_assert_cmpstr (postweg_verdict_name (again->result->verdict), ==, "works");
  g_assert_null (check_answer (again));
}

static void
test_row (gconstpointer data)
{
  const BothRow *row = data;
  Pair pair;
  const PostwegFinding *answer;

  pair_start (&pair, row);
  check_run (pair.check, papers.ca);
  check_tell (pair.check);
  check_rules (pair.check, PASSWORD);
  answer = check_answer (pair.check);
  g_assert_cmpstr (answer != NULL ? answer->cause : NULL, ==, row->cause);
  g_assert_cmpstr (postweg_verdict_name (pair.check->result->verdict), ==, row->verdict);
  assert_polite (&pair, row);
  if (answer != NULL)
    {
      g_assert_cmpstr (postweg_side_name (answer->side), ==, row->side);
      g_assert_cmpstr (postweg_who_name (answer->who), ==, row->who);
      if (row->mends)
        test_mended (&pair, answer);
    }
  pair_end (&pair);
}

/* The headline says what works and what does not. */
static void
test_headline (void)
{
  static const struct {
    const char *in, *out, *begins;
  } table[] = {
    { TLS_IMAP, SMTP_OFFERS ("S: 250-SIZE 0\n"), "You can receive. You cannot send, because " },
    { IMAP_OFFERS ("LOGINDISABLED AUTH=XOAUTH2"), TLS_SMTP, "You can send. You cannot receive, because " },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      const BothRow row = {
        .name = "headline", .protocol = POSTWEG_IMAP, .in = table[i].in, .out = table[i].out
      };
      Pair pair;

      pair_start (&pair, &row);
      check_run (pair.check, papers.ca);
      if (!g_str_has_prefix (check_answer (pair.check)->headline, table[i].begins))
        g_test_fail_printf ("“%s” does not begin with “%s”", check_answer (pair.check)->headline,
                            table[i].begins);
      pair_end (&pair);
    }
}

/* One side only: the other one is not touched, and does not count. */
static void
test_one_side (void)
{
  static const PostwegSide sides[] = { POSTWEG_RECEIVE, POSTWEG_SEND };

  for (guint i = 0; i < G_N_ELEMENTS (sides); i++)
    {
      const BothRow row = { .name = "one", .protocol = POSTWEG_IMAP, .in = TLS_IMAP, .out = TLS_SMTP };
      gboolean receives = sides[i] == POSTWEG_RECEIVE;
      Pair pair;

      pair_start (&pair, &row);
      pair.check->side = sides[i];
      check_run (pair.check, papers.ca);
      g_assert_cmpstr (postweg_verdict_name (pair.check->result->verdict), ==, "works");
      g_assert_true ((pair.check->result->incoming != NULL) == receives);
      g_assert_true ((pair.check->result->outgoing != NULL) == !receives);
      g_assert_cmpuint (postweg_practice_connections (receives ? pair.out : pair.in), ==, 0);
      pair_end (&pair);
    }
}

/* Without a password both roads are walked up to the sign-in, and the verdict stays open. */
static void
test_no_password (void)
{
  const BothRow row = { .name = "none", .protocol = POSTWEG_POP3, .in = TLS_POP3, .out = TLS_SMTP };
  Pair pair;

  pair_start (&pair, &row);
  g_clear_pointer (&pair.check->credentials, postweg_credentials_free);
  check_run (pair.check, papers.ca);
  g_assert_cmpstr (postweg_verdict_name (pair.check->result->verdict), ==, "not-tested");
  g_assert_cmpuint (pair.check->result->findings->len, ==, 0);
  g_assert_true (postweg_evidence_passed (pair.check->result->incoming, POSTWEG_STAGE_CAPABILITY));
  g_assert_true (postweg_evidence_passed (pair.check->result->outgoing, POSTWEG_STAGE_CAPABILITY));
  g_assert_cmpuint (pair.check->result->incoming->login_attempts, ==, 0);
  pair_end (&pair);
}

int
main (int argc, char **argv)
{
  int result;

  g_test_init (&argc, &argv, NULL);
  papers_make (&papers);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strconcat ("/checkup/both/", rows[i].name, NULL);

      g_test_add_data_func (path, &rows[i], test_row);
    }
  g_test_add_func ("/checkup/both/headline", test_headline);
  g_test_add_func ("/checkup/both/one-side", test_one_side);
  g_test_add_func ("/checkup/both/no-password", test_no_password);
  g_test_set_nonfatal_assertions ();
  result = g_test_run ();
  papers_remove (&papers);
  return result;
}
