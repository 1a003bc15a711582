/* Whole tests of accounts against real Dovecot and Postfix: the verdict, the first finding, and whether the mended account works. */
#include "../slower.h"
#include "checkup/checkup.h"
#include "lab.h"

static Lab *lab;

typedef struct {
  const char *host; /* NULL: by `paper` */
  PostwegPaper paper;
  LabPort port;
  PostwegSecurity security;
  PostwegAuth auth;
  const char *user;     /* NULL: the login of the row's user */
  const char *password; /* NULL: the user's own */
} Half;

typedef struct {
  const char *name;
  const char *user;
  PostwegProtocol protocol;
  Half in, out;
  const char *sender;                       /* NULL: the user's address */
  const char *verdict, *cause, *side, *who; /* cause NULL: no finding */
  gboolean mends;                           /* a mended account is offered, and works */
} Row;

#define G LAB_GUARDED_HOST, POSTWEG_PAPER_GOOD
#define P LAB_PLAIN_HOST, POSTWEG_PAPER_GOOD
#define PASSWORD POSTWEG_AUTH_PASSWORD, NULL, NULL
#define IMAPS                                                                                                \
  {                                                                                                          \
    G, LAB_IMAPS, POSTWEG_TLS, PASSWORD                                                                      \
  }
#define POP3S                                                                                                \
  {                                                                                                          \
    G, LAB_POP3S, POSTWEG_TLS, PASSWORD                                                                      \
  }
#define SMTPS                                                                                                \
  {                                                                                                          \
    G, LAB_SMTPS, POSTWEG_TLS, PASSWORD                                                                      \
  }
#define SUBMISSION                                                                                           \
  {                                                                                                          \
    G, LAB_SUBMISSION, POSTWEG_STARTTLS, PASSWORD                                                            \
  }
#define BAD(paper, port)                                                                                     \
  {                                                                                                          \
    NULL, paper, port, POSTWEG_TLS, PASSWORD                                                                 \
  }

/* clang-format off */
static const Row rows[] = {
  { "works/imap", "alice", POSTWEG_IMAP, IMAPS, SMTPS, NULL, "works" },
  { "works/imap-starttls", "alice", POSTWEG_IMAP, { G, LAB_IMAP, POSTWEG_STARTTLS, PASSWORD }, SUBMISSION, NULL, "works" },
  { "works/pop3", "alice", POSTWEG_POP3, POP3S, SUBMISSION, NULL, "works" },
  { "works/pop3-stls", "bob", POSTWEG_POP3, { G, LAB_POP3, POSTWEG_STARTTLS, PASSWORD }, SMTPS, NULL, "works" },
  { "works/special-password", "erwin", POSTWEG_IMAP, IMAPS, SMTPS, NULL, "works" },
  { "works/other-login", "dora", POSTWEG_IMAP, IMAPS, SUBMISSION, NULL, "works" },
  { "works/encrypted", "alice", POSTWEG_IMAP, { G, LAB_IMAPS, POSTWEG_TLS, POSTWEG_AUTH_ENCRYPTED, NULL, NULL }, { G, LAB_SMTPS, POSTWEG_TLS, POSTWEG_AUTH_ENCRYPTED, NULL, NULL }, NULL, "works" },
  { "wrong-password", "alice", POSTWEG_IMAP, { G, LAB_IMAPS, POSTWEG_TLS, POSTWEG_AUTH_PASSWORD, NULL, "other" }, { G, LAB_SMTPS, POSTWEG_TLS, POSTWEG_AUTH_PASSWORD, NULL, "other" }, NULL, "nothing-works", "wrong-credentials", "both", "user" },
  { "wrong-password/pop3", "alice", POSTWEG_POP3, { G, LAB_POP3S, POSTWEG_TLS, POSTWEG_AUTH_PASSWORD, NULL, "other" }, { G, LAB_SMTPS, POSTWEG_TLS, POSTWEG_AUTH_PASSWORD, NULL, "other" }, NULL, "nothing-works", "wrong-credentials", "both", "user" },
  { "old-password-for-sending", "alice", POSTWEG_IMAP, IMAPS, { G, LAB_SMTPS, POSTWEG_TLS, POSTWEG_AUTH_PASSWORD, NULL, "old" }, NULL, "receive-only", "outgoing-credentials-differ", "send", "user" },
  { "other-user-for-sending", "alice", POSTWEG_IMAP, IMAPS, { G, LAB_SMTPS, POSTWEG_TLS, POSTWEG_AUTH_PASSWORD, "nobody", NULL }, NULL, "receive-only", "outgoing-credentials-differ", "send", "user", TRUE },
  { "tls-on-plain-port/sending", "alice", POSTWEG_IMAP, IMAPS, { G, LAB_SUBMISSION, POSTWEG_TLS, PASSWORD }, NULL, "receive-only", "tls-on-plain-port", "send", "user", TRUE },
  { "plain-on-tls-port/sending", "alice", POSTWEG_IMAP, IMAPS, { G, LAB_SMTPS, POSTWEG_STARTTLS, PASSWORD }, NULL, "receive-only", "plain-on-tls-port", "send", "user", TRUE },
  { "tls-on-plain-port/receiving", "alice", POSTWEG_IMAP, { G, LAB_IMAP, POSTWEG_TLS, PASSWORD }, SMTPS, NULL, "send-only", "tls-on-plain-port", "receive", "user", TRUE },
  { "plain-on-tls-port/pop3", "alice", POSTWEG_POP3, { G, LAB_POP3S, POSTWEG_STARTTLS, PASSWORD }, SMTPS, NULL, "send-only", "plain-on-tls-port", "receive", "user", TRUE },
  { "no-encryption-demanded/imap", "alice", POSTWEG_IMAP, { G, LAB_IMAP, POSTWEG_PLAIN, PASSWORD }, SMTPS, NULL, "send-only", "tls-required", "receive", "user", TRUE },
  { "no-encryption-demanded/smtp", "alice", POSTWEG_IMAP, IMAPS, { G, LAB_SUBMISSION, POSTWEG_PLAIN, PASSWORD }, NULL, "receive-only", "tls-required", "send", "user", TRUE },
  { "starttls-not-offered/smtp", "alice", POSTWEG_IMAP, IMAPS, { P, LAB_SUBMISSION, POSTWEG_STARTTLS, PASSWORD }, NULL, "receive-only", "starttls-not-offered", "send", "user" },
  { "starttls-not-offered/imap", "alice", POSTWEG_IMAP, { P, LAB_IMAP, POSTWEG_STARTTLS, PASSWORD }, SMTPS, NULL, "send-only", "starttls-not-offered", "receive", "user" },
  { "wrong-service/smtp-is-imap", "alice", POSTWEG_IMAP, IMAPS, { G, LAB_IMAPS, POSTWEG_TLS, PASSWORD }, NULL, "receive-only", "wrong-service-on-port", "send", "user" },
  { "wrong-service/imap-is-pop3", "alice", POSTWEG_IMAP, { G, LAB_POP3S, POSTWEG_TLS, PASSWORD }, SMTPS, NULL, "send-only", "wrong-service-on-port", "receive", "user" },
  { "sign-in-not-offered", "alice", POSTWEG_IMAP, IMAPS, { G, LAB_SMTP, POSTWEG_STARTTLS, PASSWORD }, NULL, "receive-only", "auth-not-offered", "send", "user" },
  { "sign-in-not-set-up", "alice", POSTWEG_IMAP, IMAPS, { G, LAB_SUBMISSION, POSTWEG_STARTTLS, POSTWEG_AUTH_NONE, "", NULL }, NULL, "receive-only", "send-auth-missing", "send", "user", TRUE },
  { "foreign-sender", "alice", POSTWEG_IMAP, IMAPS, SMTPS, "bob@lab.test", "receive-only", "sender-not-owned", "send", "user" },
  { "pop-switched-off", "carol", POSTWEG_POP3, POP3S, SMTPS, NULL, "send-only", "protocol-not-enabled", "receive", "user" },
  { "certificate/expired", "alice", POSTWEG_IMAP, BAD (POSTWEG_PAPER_EXPIRED, LAB_IMAPS), SMTPS, NULL, "send-only", "cert-expired", "receive", "provider" },
  { "certificate/other-name", "alice", POSTWEG_IMAP, IMAPS, BAD (POSTWEG_PAPER_OTHER_NAME, LAB_SMTPS), NULL, "receive-only", "cert-name-mismatch", "send", "user" },
  { "certificate/self-signed", "alice", POSTWEG_IMAP, IMAPS, BAD (POSTWEG_PAPER_SELF_SIGNED, LAB_SMTPS), NULL, "receive-only", "cert-self-signed", "send", "provider" },
  { "certificate/unknown-issuer", "alice", POSTWEG_IMAP, BAD (POSTWEG_PAPER_UNKNOWN_ISSUER, LAB_IMAPS), SMTPS, NULL, "send-only", "cert-unknown-issuer", "receive", "provider" },
  { "certificate/incomplete", "alice", POSTWEG_POP3, BAD (POSTWEG_PAPER_INCOMPLETE, LAB_POP3S), SMTPS, NULL, "send-only", "cert-chain-incomplete", "receive", "provider" },
  { "certificate/issuer-expired", "alice", POSTWEG_IMAP, BAD (POSTWEG_PAPER_ISSUER_EXPIRED, LAB_IMAPS), SMTPS, NULL, "send-only", "cert-issuer-expired", "receive", "provider" },
  { "certificate/weak", "alice", POSTWEG_IMAP, BAD (POSTWEG_PAPER_WEAK, LAB_IMAPS), SMTPS, NULL, "send-only", "cert-too-weak", "receive", "provider" },
  { "certificate/wrong-purpose", "alice", POSTWEG_IMAP, BAD (POSTWEG_PAPER_WRONG_PURPOSE, LAB_IMAPS), SMTPS, NULL, "send-only", "cert-wrong-purpose", "receive", "provider" },
  { "certificate/not-yet-valid", "alice", POSTWEG_IMAP, BAD (POSTWEG_PAPER_NOT_YET_VALID, LAB_IMAPS), SMTPS, NULL, "send-only", "cert-not-yet-valid", "receive", "user" },
  { "certificate/both-expired", "alice", POSTWEG_IMAP, BAD (POSTWEG_PAPER_EXPIRED, LAB_IMAPS), BAD (POSTWEG_PAPER_EXPIRED, LAB_SMTPS), NULL, "nothing-works", "cert-expired", "both", "provider" },
  { "full-mailbox", "full", POSTWEG_IMAP, IMAPS, SMTPS, NULL, "works-with-note", "own-mailbox-full", "receive", "user" },
};
/* clang-format on */

static PostwegServer *
server_of (const Half *half, PostwegProtocol protocol, const LabUser *user)
{
  PostwegServer *server = postweg_server_new (
      protocol, half->host != NULL ? half->host : lab_bad_host (half->paper), lab->ports[half->port],
      half->security, half->user != NULL ? half->user : user->login);

  server->auth = half->auth;
  return server;
}

typedef struct {
  GMainLoop *loop;
  PostwegTestResult *result;
  guint steps[2];
  guint so_far;
} Run;

static void
count_step (PostwegSide side, const PostwegStep *step G_GNUC_UNUSED, gpointer data)
{
  ((Run *) data)->steps[side]++;
}

static void
count_so_far (const PostwegTestResult *result, gpointer data)
{
  g_assert_nonnull (result->findings);
  ((Run *) data)->so_far++;
}

static void
tested (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer data)
{
  Run *run = data;
  g_autoptr (GError) error = NULL;

  run->result = postweg_checkup_test_finish (result, &error);
  g_assert_no_error (error);
  g_main_loop_quit (run->loop);
}

static PostwegTestResult *
run_test (const PostwegAccount *account, const PostwegCredentials *credentials)
{
  PostwegTestRequest *request = postweg_test_request_new (account, credentials);
  Run run = { .loop = g_main_loop_new (NULL, FALSE) };
  PostwegTestWatch watch = { .step = count_step, .so_far = count_so_far, .data = &run };

  request->trust_file = g_strdup (lab->ca);
  request->timeout_s = 40;
  postweg_checkup_test (request, &watch, NULL, tested, &run);
  g_main_loop_run (run.loop);
  g_main_loop_unref (run.loop);
  g_assert_cmpuint (run.steps[POSTWEG_RECEIVE], >, 0);
  g_assert_cmpuint (run.steps[POSTWEG_SEND], >, 0);
  g_assert_cmpuint (run.so_far, >=, 1);
  return run.result;
}

static void
check_mended (const PostwegFinding *finding, const PostwegCredentials *credentials)
{
  g_autoptr (PostwegCredentials) mended = postweg_checkup_mended_credentials (finding, credentials);
  g_autoptr (PostwegTestResult) again = NULL;

  g_assert_nonnull (finding->mended);
  again = run_test (finding->mended, mended);
  g_assert_cmpstr (postweg_verdict_name (again->verdict), ==, "works");
  g_assert_cmpuint (again->findings->len, ==, 0);
}

static void
test_row (gconstpointer data)
{
  const Row *row = data;
  const LabUser *user = lab_user (row->user);
  g_autoptr (PostwegServer) in = server_of (&row->in, row->protocol, user);
  g_autoptr (PostwegServer) out = server_of (&row->out, POSTWEG_SMTP, user);
  g_autoptr (PostwegAccount) account =
      postweg_account_new ("Name", row->sender != NULL ? row->sender : user->address, in, out);
  g_autoptr (PostwegSecret) incoming =
      postweg_secret_new (row->in.password != NULL ? row->in.password : user->password);
  g_autoptr (PostwegSecret) outgoing =
      postweg_secret_new (row->out.password != NULL ? row->out.password : user->password);
  g_autoptr (PostwegCredentials) credentials = postweg_credentials_new (incoming, outgoing, NULL);
  g_autoptr (PostwegTestResult) result = run_test (account, credentials);
  const PostwegFinding *finding = result->findings->len > 0 ? g_ptr_array_index (result->findings, 0) : NULL;

  if (finding != NULL)
    g_test_message ("%s %s: %s / %s", finding->cause, postweg_confidence_name (finding->confidence),
                    finding->headline, finding->remedy);
  g_assert_cmpstr (finding != NULL ? finding->cause : NULL, ==, row->cause);
  g_assert_cmpstr (postweg_verdict_name (result->verdict), ==, row->verdict);
  g_assert_cmpuint (result->incoming->login_attempts, <=, 2);
  g_assert_cmpuint (result->outgoing->login_attempts, <=, 2);
  if (g_strcmp0 (row->cause, "outgoing-credentials-differ") == 0)
    g_assert_cmpuint (result->outgoing->login_attempts, ==, 2);
  if (finding == NULL)
    return;
  g_assert_cmpstr (postweg_side_name (finding->side), ==, row->side);
  g_assert_cmpstr (postweg_who_name (finding->who), ==, row->who);
  if (row->mends)
    check_mended (finding, credentials);
}

static void
stop_when_known (PostwegSide side, const PostwegStep *step, gpointer cancellable)
{
  if (side == POSTWEG_RECEIVE && step->stage == POSTWEG_STAGE_CAPABILITY)
    g_cancellable_cancel (cancellable);
}

/* A test that is stopped ends at once with what it has. */
static void
test_stopped (void)
{
  const LabUser *user = lab_user ("alice");
  Half silent = { G, LAB_SMTPS, POSTWEG_STARTTLS, PASSWORD };
  g_autoptr (PostwegServer) in =
      postweg_server_new (POSTWEG_IMAP, LAB_GUARDED_HOST, lab->ports[LAB_IMAPS], POSTWEG_TLS, user->login);
  g_autoptr (PostwegServer) out = server_of (&silent, POSTWEG_SMTP, user);
  g_autoptr (PostwegAccount) account = postweg_account_new ("", user->address, in, out);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  PostwegTestRequest *request = postweg_test_request_new (account, NULL);
  const PostwegTestWatch watch = { .step = stop_when_known, .data = cancellable };
  Run run = { .loop = g_main_loop_new (NULL, FALSE) };
  gint64 begun = g_get_monotonic_time ();

  request->trust_file = g_strdup (lab->ca);
  postweg_checkup_test (request, &watch, cancellable, tested, &run);
  g_main_loop_run (run.loop);
  g_main_loop_unref (run.loop);
  g_assert_cmpint (g_get_monotonic_time () - begun, <, SLOWER * 2 * G_USEC_PER_SEC);
  g_assert_cmpstr (postweg_verdict_name (run.result->verdict), ==, "not-tested");
  g_assert_true (postweg_evidence_passed (run.result->incoming, POSTWEG_STAGE_CAPABILITY));
  postweg_test_result_free (run.result);
}

static void
refused (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (postweg_checkup_test_finish (result, &error));
  g_assert_error (error, POSTWEG_ERROR, POSTWEG_ERROR_CANNOT_READ);
  g_main_loop_quit (data);
}

static void
test_no_trust_file (void)
{
  g_autoptr (PostwegServer) in = postweg_server_new (POSTWEG_IMAP, "127.0.0.1", 1, POSTWEG_TLS, "a");
  g_autoptr (PostwegAccount) account = postweg_account_new ("", "a@lab.test", in, NULL);
  PostwegTestRequest *request = postweg_test_request_new (account, NULL);
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);

  request->trust_file = g_strdup ("/nonexistent.pem");
  postweg_checkup_test (request, NULL, NULL, refused, loop);
  g_main_loop_run (loop);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  int result;

  g_test_init (&argc, &argv, NULL);
  lab = lab_start (&error);
  if (lab == NULL)
    {
      g_print ("1..0 # SKIP %s\n", error->message);
      return 0;
    }
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strconcat ("/checkup/lab/", rows[i].name, NULL);

      g_test_add_data_func (path, &rows[i], test_row);
    }
  g_test_add_func ("/checkup/lab/stopped", test_stopped);
  g_test_add_func ("/checkup/lab/no-trust-file", test_no_trust_file);
  result = g_test_run ();
  lab_stop (lab);
  return result;
}
