/* Probes against scripted servers: every way to misbehave ends in time, with the right error, and without a password sent. */
#include "../slower.h"
#include "checkup/papers.h"
#include "practice/practice.h"
#include "probe/probe.h"
#include <string.h>

#define SECRET "Geh31mn1s zum Suchen"

static Papers papers;
static PostwegTrust *trust;

typedef struct {
  const char *name;
  PostwegProtocol protocol;
  PostwegSecurity security;
  const char *script;
  PostwegStage stage;
  PostwegError error;
  gboolean asked_for_secret; /* the password may have been sent */
} Row;

#define IMAP_TLS POSTWEG_IMAP, POSTWEG_TLS
#define IMAP_STARTTLS POSTWEG_IMAP, POSTWEG_STARTTLS
#define IMAP_PLAIN POSTWEG_IMAP, POSTWEG_PLAIN
#define POP3_TLS POSTWEG_POP3, POSTWEG_TLS
#define POP3_STARTTLS POSTWEG_POP3, POSTWEG_STARTTLS
#define SMTP_TLS POSTWEG_SMTP, POSTWEG_TLS
#define SMTP_STARTTLS POSTWEG_SMTP, POSTWEG_STARTTLS
#define SMTP_PLAIN POSTWEG_SMTP, POSTWEG_PLAIN

#define IMAP_HELLO "S: * OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN] hello\n"
#define IMAP_SIGNED_IN "TLS\n" IMAP_HELLO "C: AUTHENTICATE PLAIN\nS: {tag} OK welcome\n"
#define SMTP_HELLO "S: 220 hello\nC: EHLO\nS: 250-hello\nS: 250 AUTH PLAIN LOGIN\n"
#define POP3_HELLO "S: +OK hello\nC: CAPA\nS: +OK\nS: SASL PLAIN\nS: .\n"

/* clang-format off */
static const Row rows[] = {
  /* connections */
  { "hangs-up/imap", IMAP_STARTTLS, "CLOSE\n", POSTWEG_STAGE_GREETING, POSTWEG_ERROR_HUNG_UP },
  { "hangs-up/tls", IMAP_TLS, "CLOSE\n", POSTWEG_STAGE_TLS, POSTWEG_ERROR_TLS_ABORTED },
  { "resets/smtp", SMTP_STARTTLS, "RESET\n", POSTWEG_STAGE_GREETING, POSTWEG_ERROR_HUNG_UP },
  { "hangs-up-after-greeting", SMTP_STARTTLS, "S: 220 hi\nC: EHLO\nCLOSE\n", POSTWEG_STAGE_CAPABILITY, POSTWEG_ERROR_HUNG_UP },
  { "hangs-up-after-sign-in", IMAP_TLS, IMAP_SIGNED_IN "CLOSE\n", POSTWEG_STAGE_MAILBOX, POSTWEG_ERROR_HUNG_UP, TRUE },
  /* other services */
  { "web-server", SMTP_PLAIN, "S: HTTP/1.1 400 Bad Request\n", POSTWEG_STAGE_GREETING, POSTWEG_ERROR_WRONG_SERVICE },
  { "web-server-under-tls", SMTP_TLS, "TLS\nS: HTTP/1.1 400 Bad Request\n", POSTWEG_STAGE_GREETING, POSTWEG_ERROR_WRONG_SERVICE },
  { "web-server-instead-of-tls", SMTP_TLS, "C?\nS: HTTP/1.1 400 Bad Request\n", POSTWEG_STAGE_TLS, POSTWEG_ERROR_NOT_TLS },
  { "pop-on-imap", IMAP_PLAIN, "S: +OK POP3 ready\n", POSTWEG_STAGE_GREETING, POSTWEG_ERROR_WRONG_SERVICE },
  { "smtp-on-pop", POP3_STARTTLS, "S: 220 mail ESMTP\n", POSTWEG_STAGE_GREETING, POSTWEG_ERROR_WRONG_SERVICE },
  { "ssh", IMAP_PLAIN, "S: SSH-2.0-OpenSSH_9.2\n", POSTWEG_STAGE_GREETING, POSTWEG_ERROR_MALFORMED },
  /* greetings that refuse */
  { "greeting-554", SMTP_STARTTLS, "S: 554 5.7.1 blocked\n", POSTWEG_STAGE_GREETING, POSTWEG_ERROR_REJECTED },
  { "greeting-421", SMTP_TLS, "TLS\nS: 421 4.3.2 too busy\n", POSTWEG_STAGE_GREETING, POSTWEG_ERROR_REJECTED },
  { "greeting-bye", IMAP_TLS, "TLS\nS: * BYE too many connections\n", POSTWEG_STAGE_GREETING, POSTWEG_ERROR_REJECTED },
  { "greeting-err", POP3_TLS, "TLS\nS: -ERR [SYS/TEMP] later\n", POSTWEG_STAGE_GREETING, POSTWEG_ERROR_REJECTED },
  /* STARTTLS */
  { "starttls-refused/imap", IMAP_STARTTLS, "S: * OK [CAPABILITY IMAP4rev1 STARTTLS] hi\nC: STARTTLS\nS: {tag} NO not now\nHANG\n", POSTWEG_STAGE_STARTTLS, POSTWEG_ERROR_STARTTLS_REFUSED },
  { "starttls-bad/imap", IMAP_STARTTLS, "S: * OK [CAPABILITY IMAP4rev1 STARTTLS] hi\nC: STARTTLS\nS: {tag} BAD what\nHANG\n", POSTWEG_STAGE_STARTTLS, POSTWEG_ERROR_STARTTLS_REFUSED },
  { "starttls-454", SMTP_STARTTLS, "S: 220 hi\nC: EHLO\nS: 250-hi\nS: 250 STARTTLS\nC: STARTTLS\nS: 454 4.7.0 TLS not available\nHANG\n", POSTWEG_STAGE_STARTTLS, POSTWEG_ERROR_STARTTLS_REFUSED },
  { "starttls-334", SMTP_STARTTLS, "S: 220 hi\nC: EHLO\nS: 250-hi\nS: 250 STARTTLS\nC: STARTTLS\nS: 334 go on\nHANG\n", POSTWEG_STAGE_STARTTLS, POSTWEG_ERROR_STARTTLS_REFUSED },
  { "starttls-plus", POP3_STARTTLS, "S: +OK hi\nC: CAPA\nS: +OK\nS: STLS\nS: .\nC: STLS\nS: + go on\nHANG\n", POSTWEG_STAGE_STARTTLS, POSTWEG_ERROR_STARTTLS_REFUSED },
  { "starttls-hidden", SMTP_STARTTLS, "S: 220 hi\nC: EHLO\nS: 250-hi\nS: 250 XXXXXXXA\nHANG\n", POSTWEG_STAGE_STARTTLS, POSTWEG_ERROR_STARTTLS_NOT_OFFERED },
  { "starttls-old-server", SMTP_STARTTLS, "S: 220 hi\nC: EHLO\nS: 502 what\nC: HELO\nS: 250 hi\nHANG\n", POSTWEG_STAGE_STARTTLS, POSTWEG_ERROR_STARTTLS_NOT_OFFERED },
  { "stls-without-capa", POP3_STARTTLS, "S: +OK hi\nC: CAPA\nS: -ERR what\nC: STLS\nS: -ERR what\nHANG\n", POSTWEG_STAGE_STARTTLS, POSTWEG_ERROR_STARTTLS_NOT_OFFERED },
  { "starttls-injection/smtp", SMTP_STARTTLS, "S: 220 hi\nC: EHLO\nS: 250-hi\nS: 250 STARTTLS\nC: STARTTLS\nS- 220 go\\r\\n250 AUTH " "PLAIN\\r\\n\nHANG\n", POSTWEG_STAGE_STARTTLS, POSTWEG_ERROR_STARTTLS_INJECTION },
  { "starttls-injection/imap", IMAP_STARTTLS, "S: * OK [CAPABILITY IMAP4rev1 STARTTLS] hi\nC: STARTTLS\nS- {tag} OK go\\r\\n* OK " "injected\\r\\n\nHANG\n", POSTWEG_STAGE_STARTTLS, POSTWEG_ERROR_STARTTLS_INJECTION },
  { "starttls-injection/pop3", POP3_STARTTLS, "S: +OK hi\nC: CAPA\nS: +OK\nS: STLS\nS: .\nC: STLS\nS- +OK go\\r\\n+OK more\\r\\n\nHANG\n", POSTWEG_STAGE_STARTTLS, POSTWEG_ERROR_STARTTLS_INJECTION },
  { "starttls-then-silence", SMTP_STARTTLS, "S: 220 hi\nC: EHLO\nS: 250-hi\nS: 250 STARTTLS\nC: STARTTLS\nS: 220 go\nCLOSE\n", POSTWEG_STAGE_TLS, POSTWEG_ERROR_TLS_ABORTED },
  { "preauth", IMAP_STARTTLS, "S: * PREAUTH [CAPABILITY IMAP4rev1 STARTTLS] hi\nHANG\n", POSTWEG_STAGE_GREETING, POSTWEG_ERROR_PREAUTH },
  /* nonsense */
  { "endless-line", IMAP_TLS, "TLS\nREPEAT 70000 x\nHANG\n", POSTWEG_STAGE_GREETING, POSTWEG_ERROR_MALFORMED },
  { "endless-capabilities", SMTP_STARTTLS, "S: 220 hi\nC: EHLO\nREPEAT 100000 250-X\\r\\n\nHANG\n", POSTWEG_STAGE_CAPABILITY, POSTWEG_ERROR_MALFORMED },
  { "endless-untagged", IMAP_PLAIN, "S: * OK hi\nC: CAPABILITY\nREPEAT 100000 * OK still here\\r\\n\nHANG\n", POSTWEG_STAGE_CAPABILITY, POSTWEG_ERROR_MALFORMED },
  { "nul", SMTP_STARTTLS, "S- 220 h\\0i\\r\\n\nHANG\n", POSTWEG_STAGE_GREETING, POSTWEG_ERROR_MALFORMED },
  { "huge-literal", IMAP_PLAIN, "S: * OK hi\nC: CAPABILITY\nS: * LIST () \"/\" {1000000000}\nHANG\n", POSTWEG_STAGE_CAPABILITY, POSTWEG_ERROR_MALFORMED },
  { "impossible-literal", IMAP_PLAIN, "S: * OK hi\nC: CAPABILITY\nS: * LIST () \"/\" {18446744073709551616}\nHANG\n", POSTWEG_STAGE_CAPABILITY, POSTWEG_ERROR_MALFORMED },
  { "answer-to-another-command", IMAP_PLAIN, "S: * OK hi\nC: CAPABILITY\nS: A999 OK done\nHANG\n", POSTWEG_STAGE_CAPABILITY, POSTWEG_ERROR_MALFORMED },
  { "no-capabilities", IMAP_PLAIN, "S: * OK hi\nC: CAPABILITY\nS: {tag} OK done\nHANG\n", POSTWEG_STAGE_CAPABILITY, POSTWEG_ERROR_MALFORMED },
  { "code-999", SMTP_STARTTLS, "S: 999 hi\nHANG\n", POSTWEG_STAGE_GREETING, POSTWEG_ERROR_MALFORMED },
  { "helo-refused", SMTP_STARTTLS, "S: 220 hi\nC: EHLO\nS: 550 5.7.1 who are you\nHANG\n", POSTWEG_STAGE_CAPABILITY, POSTWEG_ERROR_REJECTED },
  /* signing in */
  { "challenge-without-end", SMTP_TLS, "TLS\n" SMTP_HELLO "LOOP\nC?\nS: 334 bW9yZQ==\nEND\n", POSTWEG_STAGE_AUTH, POSTWEG_ERROR_MALFORMED, TRUE },
  { "hangs-up-at-sign-in", SMTP_TLS, "TLS\n" SMTP_HELLO "C: AUTH\nCLOSE\n", POSTWEG_STAGE_AUTH, POSTWEG_ERROR_HUNG_UP, TRUE },
  { "535", SMTP_TLS, "TLS\n" SMTP_HELLO "C: AUTH PLAIN\nS: 535 5.7.8 no\nHANG\n", POSTWEG_STAGE_AUTH, POSTWEG_ERROR_REJECTED, TRUE },
  { "504-then-login", SMTP_TLS, "TLS\n" SMTP_HELLO "C: AUTH PLAIN\nS: 504 5.5.4 no\nC: AUTH LOGIN\nS: 334 VXNlcm5hbWU6\nC?\nS: 334 " "UGFzc3dvcmQ6\nC?\nS: 535 5.7.8 no\nHANG\n", POSTWEG_STAGE_AUTH, POSTWEG_ERROR_REJECTED, TRUE },
  { "echoes-the-password", SMTP_TLS, "TLS\n" SMTP_HELLO "C: AUTH PLAIN\nS: 535 5.7.8 " SECRET " is wrong, and so is AGFsaWNlAEdlaDMxbW4xcyB6dW0gU3VjaGVu\nHANG\n", POSTWEG_STAGE_AUTH, POSTWEG_ERROR_REJECTED, TRUE },
  { "knows-the-password-before", SMTP_TLS, "TLS\nS: 550 5.7.1 " SECRET ", I know\nHANG\n", POSTWEG_STAGE_GREETING, POSTWEG_ERROR_REJECTED },
  { "password-with-holes", SMTP_TLS, "TLS\nS: 550 5.7.1 Geh31mn1s\\x01 zum\\x7f Suchen\nHANG\n", POSTWEG_STAGE_GREETING, POSTWEG_ERROR_REJECTED },
  { "password-with-holes-as-nonsense", IMAP_TLS, "TLS\nS: Geh31mn1s\\x01 zum Suchen\nHANG\n", POSTWEG_STAGE_GREETING, POSTWEG_ERROR_MALFORMED },
  { "only-oauth", IMAP_TLS, "TLS\nS: * OK [CAPABILITY IMAP4rev1 LOGINDISABLED AUTH=XOAUTH2] hi\nHANG\n", POSTWEG_STAGE_AUTH, POSTWEG_ERROR_NO_MECHANISM },
  { "nothing-offered", SMTP_TLS, "TLS\nS: 220 hi\nC: EHLO\nS: 250 hi\nHANG\n", POSTWEG_STAGE_AUTH, POSTWEG_ERROR_AUTH_NOT_OFFERED },
  { "bye-at-sign-in", IMAP_TLS, "TLS\n" IMAP_HELLO "C: AUTHENTICATE\nS: * BYE too many\nCLOSE\n", POSTWEG_STAGE_AUTH, POSTWEG_ERROR_REJECTED, TRUE },
  { "pop3-in-use", POP3_TLS, "TLS\n" POP3_HELLO "C: AUTH PLAIN\nS: -ERR [IN-USE] busy\nHANG\n", POSTWEG_STAGE_AUTH, POSTWEG_ERROR_REJECTED, TRUE },
  { "mailbox-refused", IMAP_TLS, IMAP_SIGNED_IN "C: EXAMINE\nS: {tag} NO not here\nHANG\n", POSTWEG_STAGE_MAILBOX, POSTWEG_ERROR_REJECTED, TRUE },
  { "sender-refused", SMTP_TLS, "TLS\n" SMTP_HELLO "C: AUTH PLAIN\nS: 235 ok\nC: MAIL FROM\nS: 553 5.7.1 not yours\nHANG\n", POSTWEG_STAGE_SENDER, POSTWEG_ERROR_REJECTED, TRUE },
  { "recipient-refused", SMTP_TLS, "TLS\n" SMTP_HELLO "C: AUTH PLAIN\nS: 235 ok\nC: MAIL FROM\nS: 250 ok\nC: RCPT TO\nS: 550 5.1.1 who\nHANG\n", POSTWEG_STAGE_RECIPIENT, POSTWEG_ERROR_REJECTED, TRUE },
};
/* clang-format on */

static PostwegPractice *
start (const Row *row)
{
  g_autofree char *certificate = postweg_certificate_path (papers.folder, POSTWEG_PAPER_GOOD, "pem");
  g_autofree char *key = postweg_certificate_path (papers.folder, POSTWEG_PAPER_GOOD, "key");
  PostwegPracticeOptions options = { .script = row->script, .certificate = certificate, .key = key };
  g_autoptr (GError) error = NULL;
  PostwegPractice *practice = postweg_practice_start (&options, &error);

  g_assert_no_error (error);
  return practice;
}

static PostwegEvidence *
probe (const Row *row, guint16 port, GCancellable *cancellable, guint test_ms)
{
  g_autoptr (PostwegServer) server =
      postweg_server_new (row->protocol, "127.0.0.1", port, row->security, "alice");
  g_autoptr (PostwegSecret) secret = postweg_secret_new (SECRET);
  PostwegProbe request = {
    .server = server,
    .secret = secret,
    .sender = "alice@lab.test",
    .trust = trust,
    .until = POSTWEG_STAGE_ARRIVAL,
    .test_ms = test_ms,
  };

  return postweg_probe_run (&request, cancellable);
}

static gboolean
holds_secret (const char *text)
{
  return strstr (text, SECRET) != NULL || strstr (text, "R2VoMzFtbjFz") != NULL ||
         strstr (text, "dlaDMxbW4xcy") != NULL || strstr (text, "HZWgzMW1uMX") != NULL;
}

static void
assert_dialogue_is_black (const PostwegEvidence *evidence)
{
  for (guint i = 0; i < evidence->dialogue->len; i++)
    g_assert_false (
        holds_secret (((const PostwegDialogueLine *) g_ptr_array_index (evidence->dialogue, i))->text));
  for (guint i = 0; i < evidence->steps->len; i++)
    {
      const PostwegStep *step = g_ptr_array_index (evidence->steps, i);

      g_assert_false (holds_secret (step->detail));
      g_assert_false (step->reply != NULL && holds_secret (step->reply->text));
    }
}

static void
test_row (gconstpointer data)
{
  const Row *row = data;
  g_autoptr (PostwegPractice) practice = start (row);
  g_autoptr (PostwegEvidence) evidence = probe (row, postweg_practice_port (practice), NULL, 10000);
  const PostwegStep *failure = postweg_evidence_failure (evidence);
  g_autofree char *heard = postweg_practice_heard (practice);

  g_assert_nonnull (failure);
  g_assert_cmpstr (postweg_stage_name (failure->stage), ==, postweg_stage_name (row->stage));
  g_assert_cmpstr (postweg_error_name (failure->error), ==, postweg_error_name (row->error));
  g_assert_false (postweg_evidence_works (evidence));
  g_assert_cmpuint (evidence->login_attempts, <=, 2);
  g_assert_true (row->asked_for_secret || !holds_secret (heard));
  assert_dialogue_is_black (evidence);
}

/* What a good script proves: both roads to their end. */
static void
test_works (void)
{
  static const Row good[] = {
    { "smtp", SMTP_TLS,
      "TLS\n" SMTP_HELLO "C: AUTH PLAIN\nS: 235 ok\nC: MAIL FROM:<alice@lab.test>\nS: 250 ok\nC: RCPT "
      "TO:<alice@lab.test>\nS: 250 ok\nC: RSET\nS: 250 ok\nC: QUIT\n" },
    { "pop3", POP3_TLS,
      "TLS\n" POP3_HELLO "C: AUTH PLAIN\nS: +OK\nC: STAT\nS: +OK 0 0\nC: UIDL\nS: +OK\nS: .\nC: QUIT\n" },
    { "pop3/no-capa", POP3_TLS,
      "TLS\nS: +OK hi\nC: CAPA\nS: -ERR\nC: USER alice\nS: +OK\nC: PASS\nS: +OK\nC: STAT\nS: +OK 2 300\nC: "
      "UIDL 1\nS: +OK 1 x\nC: QUIT\n" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autoptr (PostwegPractice) practice = start (&good[i]);
      g_autoptr (PostwegEvidence) evidence = probe (&good[i], postweg_practice_port (practice), NULL, 10000);
      g_autofree char *complaint = postweg_practice_complaint (practice);

      g_assert_cmpstr (complaint, ==, NULL);
      g_assert_null (postweg_evidence_failure (evidence));
      g_assert_true (postweg_evidence_works (evidence));
    }
}

/* Without protection the sign-in is left out; loopback counts as protected, so this needs a server elsewhere: the refusal is
 * seen in the decision about an unproven certificate instead, see the certificate rows of the lab. */
static void
test_no_secret (void)
{
  const Row row = { "no-secret", IMAP_TLS, "TLS\n" IMAP_HELLO "C: LOGOUT\n" };
  g_autoptr (PostwegPractice) practice = start (&row);
  g_autoptr (PostwegServer) server =
      postweg_server_new (POSTWEG_IMAP, "127.0.0.1", postweg_practice_port (practice), POSTWEG_TLS, "alice");
  PostwegProbe request = {
    .server = server, .trust = trust, .until = POSTWEG_STAGE_ARRIVAL, .test_ms = 5000
  };
  g_autoptr (PostwegEvidence) evidence = postweg_probe_run (&request, NULL);

  g_assert_null (postweg_evidence_failure (evidence));
  g_assert_false (postweg_evidence_works (evidence));
  g_assert_cmpint (postweg_evidence_step (evidence, POSTWEG_STAGE_AUTH)->error, ==, POSTWEG_ERROR_NO_SECRET);
  g_assert_cmpint (postweg_evidence_step (evidence, POSTWEG_STAGE_MAILBOX)->error, ==,
                   POSTWEG_ERROR_NO_SECRET);
}

/* The reason for refusing a token comes coded; it is shown decoded, and never with the token in it. */
static void
test_oauth_reason (void)
{
  const Row row = {
    "oauth", IMAP_TLS,
    "TLS\nS: * OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=XOAUTH2] hi\nC: AUTHENTICATE XOAUTH2\n"
    "S: + eyJzdGF0dXMiOiI0MDEiLCJ0b2tlbiI6IkdlaDMxbW4xcyB6dW0gU3VjaGVuIn0=\nC+\nS: {tag} NO failed\nHANG\n"
  };
  g_autoptr (PostwegPractice) practice = start (&row);
  g_autoptr (PostwegServer) server =
      postweg_server_new (POSTWEG_IMAP, "127.0.0.1", postweg_practice_port (practice), POSTWEG_TLS, "alice");
  g_autoptr (PostwegSecret) token = postweg_secret_new (SECRET);
  PostwegProbe request = {
    .server = server, .secret = token, .trust = trust, .until = POSTWEG_STAGE_ARRIVAL, .test_ms = 5000
  };
  g_autoptr (PostwegEvidence) evidence = NULL;

  server->auth = POSTWEG_AUTH_OAUTH2;
  evidence = postweg_probe_run (&request, NULL);
  g_assert_nonnull (strstr (postweg_evidence_failure (evidence)->detail, "401"));
  assert_dialogue_is_black (evidence);
}

static void
test_out_of_time (void)
{
  const Row row = { "silence", SMTP_STARTTLS, "HANG\n" };
  g_autoptr (PostwegPractice) practice = start (&row);
  gint64 begun = g_get_monotonic_time ();
  g_autoptr (PostwegEvidence) evidence = probe (&row, postweg_practice_port (practice), NULL, 500);

  g_assert_cmpint (postweg_evidence_failure (evidence)->error, ==, POSTWEG_ERROR_OUT_OF_TIME);
  g_assert_cmpint (g_get_monotonic_time () - begun, <, SLOWER * 2 * G_USEC_PER_SEC);
}

static gpointer
cancel_soon (gpointer cancellable)
{
  g_usleep (200 * 1000);
  g_cancellable_cancel (cancellable);
  return NULL;
}

static void
test_stopped (void)
{
  const Row row = { "silence", SMTP_STARTTLS, "HANG\n" };
  g_autoptr (PostwegPractice) practice = start (&row);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  GThread *thread = g_thread_new ("cancel", cancel_soon, cancellable);
  gint64 begun = g_get_monotonic_time ();
  g_autoptr (PostwegEvidence) evidence = probe (&row, postweg_practice_port (practice), cancellable, 20000);

  g_thread_join (thread);
  g_assert_null (postweg_evidence_failure (evidence));
  g_assert_cmpint (postweg_evidence_step (evidence, POSTWEG_STAGE_GREETING)->error, ==,
                   POSTWEG_ERROR_OUT_OF_TIME);
  g_assert_cmpint (postweg_evidence_step (evidence, POSTWEG_STAGE_RECIPIENT)->verdict, ==,
                   POSTWEG_STEP_SKIPPED);
  g_assert_cmpint (g_get_monotonic_time () - begun, <, SLOWER * 2 * G_USEC_PER_SEC);
}

/* Second looks at a port that speaks otherwise than expected. */
static void
test_look_plain (void)
{
  static const struct {
    const char *script;
    PostwegSpeaks speaks;
  } table[] = {
    { "S: 220 hi\nC: EHLO\nS: 250 hi\n", POSTWEG_SPEAKS_SMTP },
    { "S: * OK hi\n", POSTWEG_SPEAKS_IMAP },
    { "C?\nS: HTTP/1.0 400 Bad Request\n", POSTWEG_SPEAKS_HTTP },
    { "CLOSE\n", POSTWEG_SPEAKS_UNKNOWN },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      const Row row = { "look", SMTP_TLS, table[i].script };
      g_autoptr (PostwegPractice) practice = start (&row);
      g_autoptr (PostwegServer) server = postweg_server_new (
          POSTWEG_SMTP, "127.0.0.1", postweg_practice_port (practice), POSTWEG_TLS, "alice");
      PostwegProbe request = {
        .server = server, .trust = trust, .until = POSTWEG_STAGE_ARRIVAL, .test_ms = 20000
      };
      g_autoptr (PostwegEvidence) evidence = postweg_probe_look (&request, POSTWEG_LOOK_PLAIN, NULL);

      g_assert_cmpstr (postweg_speaks_name (evidence->speaks), ==, postweg_speaks_name (table[i].speaks));
    }
}

int
main (int argc, char **argv)
{
  int result;

  g_test_init (&argc, &argv, NULL);
  papers_make (&papers);
  trust = postweg_trust_new (papers.ca, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strconcat ("/probe/scripts/", rows[i].name, NULL);

      g_test_add_data_func (path, &rows[i], test_row);
    }
  g_test_add_func ("/probe/scripts/works", test_works);
  g_test_add_func ("/probe/scripts/no-secret", test_no_secret);
  g_test_add_func ("/probe/scripts/oauth-reason", test_oauth_reason);
  g_test_add_func ("/probe/scripts/out-of-time", test_out_of_time);
  g_test_add_func ("/probe/scripts/stopped", test_stopped);
  g_test_add_func ("/probe/scripts/look-plain", test_look_plain);
  result = g_test_run ();
  postweg_trust_unref (trust);
  papers_remove (&papers);
  return result;
}
