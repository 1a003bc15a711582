/* Probes against real Dovecot and Postfix: what works, and how far each fault lets a probe come. */
#include "probe/probe.h"
#include "lab.h"

static Lab *lab;
static PostwegTrust *trust;

typedef struct {
  const char *name;
  const char *host; /* NULL: by `paper` */
  PostwegPaper paper;
  LabPort port;
  PostwegProtocol protocol;
  PostwegSecurity security;
  PostwegAuth auth;
  const char *user;
  const char *password; /* NULL: the user's own */
  const char *sender;   /* NULL: the user's address */
  PostwegStage stage;   /* that fails; POSTWEG_STAGE_ARRIVAL: none */
  PostwegError error;
} Row;

#define WORKS POSTWEG_STAGE_ARRIVAL, POSTWEG_OK
#define GUARDED LAB_GUARDED_HOST, POSTWEG_PAPER_GOOD
#define IMAPS LAB_IMAPS, POSTWEG_IMAP, POSTWEG_TLS
#define IMAP LAB_IMAP, POSTWEG_IMAP, POSTWEG_STARTTLS
#define POP3S LAB_POP3S, POSTWEG_POP3, POSTWEG_TLS
#define POP3 LAB_POP3, POSTWEG_POP3, POSTWEG_STARTTLS
#define SMTPS LAB_SMTPS, POSTWEG_SMTP, POSTWEG_TLS
#define SUBMISSION LAB_SUBMISSION, POSTWEG_SMTP, POSTWEG_STARTTLS
#define BAD_PAPER(paper)                                                                                     \
  NULL, paper, IMAPS, POSTWEG_AUTH_PASSWORD, "alice", NULL, NULL, POSTWEG_STAGE_TLS, POSTWEG_ERROR_CERTIFICATE
#define BAD_SMTP_PAPER(paper)                                                                                \
  NULL, paper, SUBMISSION, POSTWEG_AUTH_PASSWORD, "alice", NULL, NULL, POSTWEG_STAGE_TLS,                    \
      POSTWEG_ERROR_CERTIFICATE

/* clang-format off */
static const Row rows[] = {
  { "works/imaps", GUARDED, IMAPS, POSTWEG_AUTH_PASSWORD, "alice", NULL, NULL, WORKS },
  { "works/imap", GUARDED, IMAP, POSTWEG_AUTH_PASSWORD, "alice", NULL, NULL, WORKS },
  { "works/pop3s", GUARDED, POP3S, POSTWEG_AUTH_PASSWORD, "alice", NULL, NULL, WORKS },
  { "works/pop3", GUARDED, POP3, POSTWEG_AUTH_PASSWORD, "alice", NULL, NULL, WORKS },
  { "works/smtps", GUARDED, SMTPS, POSTWEG_AUTH_PASSWORD, "alice", NULL, NULL, WORKS },
  { "works/submission", GUARDED, SUBMISSION, POSTWEG_AUTH_PASSWORD, "alice", NULL, NULL, WORKS },
  { "works/by-name", LAB_HOST, POSTWEG_PAPER_GOOD, IMAPS, POSTWEG_AUTH_PASSWORD, "alice", NULL, NULL, WORKS },
  { "works/special-password/imaps", GUARDED, IMAPS, POSTWEG_AUTH_PASSWORD, "erwin", NULL, NULL, WORKS },
  { "works/special-password/pop3s", GUARDED, POP3S, POSTWEG_AUTH_PASSWORD, "erwin", NULL, NULL, WORKS },
  { "works/special-password/smtps", GUARDED, SMTPS, POSTWEG_AUTH_PASSWORD, "erwin", NULL, NULL, WORKS },
  { "works/other-login/imaps", GUARDED, IMAPS, POSTWEG_AUTH_PASSWORD, "dora", NULL, NULL, WORKS },
  { "works/other-login/smtps", GUARDED, SMTPS, POSTWEG_AUTH_PASSWORD, "dora", NULL, NULL, WORKS },
  { "works/encrypted/imaps", GUARDED, IMAPS, POSTWEG_AUTH_ENCRYPTED, "alice", NULL, NULL, WORKS },
  { "works/encrypted/special-password", GUARDED, POP3S, POSTWEG_AUTH_ENCRYPTED, "erwin", NULL, NULL, WORKS },
  { "works/encrypted/pop3", GUARDED, POP3, POSTWEG_AUTH_ENCRYPTED, "alice", NULL, NULL, WORKS },
  { "works/encrypted/submission", GUARDED, SUBMISSION, POSTWEG_AUTH_ENCRYPTED, "alice", NULL, NULL, WORKS },
  { "works/oauth2/imaps", GUARDED, IMAPS, POSTWEG_AUTH_OAUTH2, "alice", NULL, NULL, WORKS },
  { "works/oauth2/pop3s", GUARDED, POP3S, POSTWEG_AUTH_OAUTH2, "alice", NULL, NULL, WORKS },
  { "works/oauth2/smtps", GUARDED, SMTPS, POSTWEG_AUTH_OAUTH2, "alice", NULL, NULL, WORKS },
  { "wrong-password/imaps", GUARDED, IMAPS, POSTWEG_AUTH_PASSWORD, "alice", "other", NULL, POSTWEG_STAGE_AUTH, POSTWEG_ERROR_REJECTED },
  { "wrong-password/pop3s", GUARDED, POP3S, POSTWEG_AUTH_PASSWORD, "alice", "other", NULL, POSTWEG_STAGE_AUTH, POSTWEG_ERROR_REJECTED },
  { "wrong-password/smtps", GUARDED, SMTPS, POSTWEG_AUTH_PASSWORD, "alice", "other", NULL, POSTWEG_STAGE_AUTH, POSTWEG_ERROR_REJECTED },
  { "wrong-password/encrypted", GUARDED, IMAPS, POSTWEG_AUTH_ENCRYPTED, "alice", "other", NULL, POSTWEG_STAGE_AUTH, POSTWEG_ERROR_REJECTED },
  { "wrong-token", GUARDED, IMAPS, POSTWEG_AUTH_OAUTH2, "alice", "no-token", NULL, POSTWEG_STAGE_AUTH, POSTWEG_ERROR_REJECTED },
  { "wrong-token/smtps", GUARDED, SMTPS, POSTWEG_AUTH_OAUTH2, "alice", "no-token", NULL, POSTWEG_STAGE_AUTH, POSTWEG_ERROR_REJECTED },
  { "pop-switched-off", GUARDED, POP3S, POSTWEG_AUTH_PASSWORD, "carol", NULL, NULL, POSTWEG_STAGE_AUTH, POSTWEG_ERROR_REJECTED },
  { "foreign-sender", GUARDED, SMTPS, POSTWEG_AUTH_PASSWORD, "alice", NULL, "bob@lab.test", POSTWEG_STAGE_RECIPIENT, POSTWEG_ERROR_REJECTED },
  { "no-sign-in/submission", GUARDED, SUBMISSION, POSTWEG_AUTH_NONE, "alice", NULL, NULL, POSTWEG_STAGE_RECIPIENT, POSTWEG_ERROR_REJECTED },
  { "sign-in-not-offered", GUARDED, LAB_SMTP, POSTWEG_SMTP, POSTWEG_STARTTLS, POSTWEG_AUTH_PASSWORD, "alice", NULL, NULL, POSTWEG_STAGE_AUTH, POSTWEG_ERROR_AUTH_NOT_OFFERED },
  { "tls-on-plain-port/imap", GUARDED, LAB_IMAP, POSTWEG_IMAP, POSTWEG_TLS, POSTWEG_AUTH_PASSWORD, "alice", NULL, NULL, POSTWEG_STAGE_TLS, POSTWEG_ERROR_NOT_TLS },
  { "tls-on-plain-port/smtp", GUARDED, LAB_SUBMISSION, POSTWEG_SMTP, POSTWEG_TLS, POSTWEG_AUTH_PASSWORD, "alice", NULL, NULL, POSTWEG_STAGE_TLS, POSTWEG_ERROR_NOT_TLS },
  { "plain-on-tls-port/imap", GUARDED, LAB_IMAPS, POSTWEG_IMAP, POSTWEG_STARTTLS, POSTWEG_AUTH_PASSWORD, "alice", NULL, NULL, POSTWEG_STAGE_GREETING, POSTWEG_ERROR_SILENT },
  { "plain-on-tls-port/smtp", GUARDED, LAB_SMTPS, POSTWEG_SMTP, POSTWEG_STARTTLS, POSTWEG_AUTH_PASSWORD, "alice", NULL, NULL, POSTWEG_STAGE_GREETING, POSTWEG_ERROR_SILENT },
  { "wrong-service/imap-on-smtp", GUARDED, LAB_SUBMISSION, POSTWEG_IMAP, POSTWEG_STARTTLS, POSTWEG_AUTH_PASSWORD, "alice", NULL, NULL, POSTWEG_STAGE_GREETING, POSTWEG_ERROR_WRONG_SERVICE },
  { "wrong-service/smtp-on-imaps", GUARDED, LAB_IMAPS, POSTWEG_SMTP, POSTWEG_TLS, POSTWEG_AUTH_PASSWORD, "alice", NULL, NULL, POSTWEG_STAGE_GREETING, POSTWEG_ERROR_WRONG_SERVICE },
  { "starttls-not-offered/imap", LAB_PLAIN_HOST, POSTWEG_PAPER_GOOD, IMAP, POSTWEG_AUTH_PASSWORD, "alice", NULL, NULL, POSTWEG_STAGE_STARTTLS, POSTWEG_ERROR_STARTTLS_NOT_OFFERED },
  { "starttls-not-offered/pop3", LAB_PLAIN_HOST, POSTWEG_PAPER_GOOD, POP3, POSTWEG_AUTH_PASSWORD, "alice", NULL, NULL, POSTWEG_STAGE_STARTTLS, POSTWEG_ERROR_STARTTLS_NOT_OFFERED },
  { "starttls-not-offered/smtp", LAB_PLAIN_HOST, POSTWEG_PAPER_GOOD, SUBMISSION, POSTWEG_AUTH_PASSWORD, "alice", NULL, NULL, POSTWEG_STAGE_STARTTLS, POSTWEG_ERROR_STARTTLS_NOT_OFFERED },
  { "tls-required/imap", GUARDED, LAB_IMAP, POSTWEG_IMAP, POSTWEG_PLAIN, POSTWEG_AUTH_PASSWORD, "alice", NULL, NULL, POSTWEG_STAGE_AUTH, POSTWEG_ERROR_AUTH_NOT_OFFERED },
  { "tls-required/smtp", GUARDED, LAB_SUBMISSION, POSTWEG_SMTP, POSTWEG_PLAIN, POSTWEG_AUTH_PASSWORD, "alice", NULL, NULL, POSTWEG_STAGE_AUTH, POSTWEG_ERROR_AUTH_NOT_OFFERED },
  { "certificate/expired", BAD_PAPER (POSTWEG_PAPER_EXPIRED) },
  { "certificate/other-name", BAD_PAPER (POSTWEG_PAPER_OTHER_NAME) },
  { "certificate/not-yet-valid", BAD_PAPER (POSTWEG_PAPER_NOT_YET_VALID) },
  { "certificate/self-signed", BAD_PAPER (POSTWEG_PAPER_SELF_SIGNED) },
  { "certificate/unknown-issuer", BAD_PAPER (POSTWEG_PAPER_UNKNOWN_ISSUER) },
  { "certificate/incomplete", BAD_PAPER (POSTWEG_PAPER_INCOMPLETE) },
  { "certificate/issuer-expired", BAD_PAPER (POSTWEG_PAPER_ISSUER_EXPIRED) },
  { "certificate/weak", BAD_PAPER (POSTWEG_PAPER_WEAK) },
  { "certificate/wrong-purpose", BAD_PAPER (POSTWEG_PAPER_WRONG_PURPOSE) },
  { "certificate/smtp/expired", BAD_SMTP_PAPER (POSTWEG_PAPER_EXPIRED) },
  { "certificate/smtp/self-signed", BAD_SMTP_PAPER (POSTWEG_PAPER_SELF_SIGNED) },
};
/* clang-format on */

static guint
fault_of (PostwegPaper paper)
{
  static const guint faults[] = {
    [POSTWEG_PAPER_OTHER_NAME] = POSTWEG_CERT_NAME_MISMATCH,
    [POSTWEG_PAPER_EXPIRED] = POSTWEG_CERT_EXPIRED,
    [POSTWEG_PAPER_NOT_YET_VALID] = POSTWEG_CERT_NOT_YET_VALID,
    [POSTWEG_PAPER_SELF_SIGNED] = POSTWEG_CERT_SELF_SIGNED,
    [POSTWEG_PAPER_UNKNOWN_ISSUER] = POSTWEG_CERT_UNKNOWN_ISSUER,
    [POSTWEG_PAPER_INCOMPLETE] = POSTWEG_CERT_INCOMPLETE,
    [POSTWEG_PAPER_ISSUER_EXPIRED] = POSTWEG_CERT_ISSUER_EXPIRED,
    [POSTWEG_PAPER_WEAK] = POSTWEG_CERT_WEAK,
    [POSTWEG_PAPER_WRONG_PURPOSE] = POSTWEG_CERT_WRONG_PURPOSE,
  };

  return faults[paper];
}

static PostwegSecret *
secret_for (const Row *row, const LabUser *user)
{
  g_autofree char *token = NULL;

  if (row->password != NULL || row->auth != POSTWEG_AUTH_OAUTH2)
    return postweg_secret_new (row->password != NULL ? row->password : user->password);
  token = lab_token (user, 3600);
  return postweg_secret_new (token);
}

static void
print_evidence (const PostwegEvidence *evidence)
{
  for (guint i = 0; i < evidence->steps->len; i++)
    {
      const PostwegStep *step = g_ptr_array_index (evidence->steps, i);

      g_test_message ("%s %s %s %u ms %s", postweg_stage_name (step->stage),
                      postweg_step_verdict_name (step->verdict), postweg_error_name (step->error), step->ms,
                      step->detail);
    }
  for (guint i = 0; i < evidence->dialogue->len; i++)
    {
      const PostwegDialogueLine *line = g_ptr_array_index (evidence->dialogue, i);

      g_test_message ("%s %s", line->from_server ? "S:" : "C:", line->text);
    }
}

/* The password in no form stands in the dialogue or in any reply. */
static void
assert_no_secret (const PostwegEvidence *evidence, const char *secret)
{
  g_autofree char *base64 = g_base64_encode ((const guchar *) secret, strlen (secret));

  base64[strlen (base64) / 4 * 3] = '\0';
  for (guint i = 0; i < evidence->dialogue->len; i++)
    {
      const PostwegDialogueLine *line = g_ptr_array_index (evidence->dialogue, i);

      g_assert_null (strstr (line->text, secret));
      g_assert_null (strstr (line->text, base64));
    }
}

static void
test_row (gconstpointer data)
{
  const Row *row = data;
  const LabUser *user = lab_user (row->user);
  g_autoptr (PostwegServer) server =
      postweg_server_new (row->protocol, row->host != NULL ? row->host : lab_bad_host (row->paper),
                          lab->ports[row->port], row->security, user->login);
  g_autoptr (PostwegSecret) secret = secret_for (row, user);
  PostwegProbe probe = {
    .server = server,
    .secret = secret,
    .sender = row->sender != NULL ? row->sender : user->address,
    .trust = trust,
    .until = POSTWEG_STAGE_ARRIVAL,
    .test_ms = 30000,
  };
  g_autoptr (PostwegEvidence) evidence = NULL;
  const PostwegStep *failure;

  server->auth = row->auth;
  evidence = postweg_probe_run (&probe, NULL);
  print_evidence (evidence);
  failure = postweg_evidence_failure (evidence);
  if (row->error == POSTWEG_OK)
    {
      g_assert_null (failure);
      g_assert_true (postweg_evidence_works (evidence));
      g_assert_cmpuint (evidence->login_attempts, ==, 1);
    }
  else
    {
      g_assert_nonnull (failure);
      g_assert_cmpstr (postweg_stage_name (failure->stage), ==, postweg_stage_name (row->stage));
      g_assert_cmpstr (postweg_error_name (failure->error), ==, postweg_error_name (row->error));
      g_assert_false (postweg_evidence_works (evidence));
      g_assert_cmpuint (evidence->login_attempts, <=, 1);
    }
  if (row->error == POSTWEG_ERROR_CERTIFICATE)
    g_assert_cmphex (evidence->tls->faults, ==, fault_of (row->paper));
  assert_no_secret (evidence, postweg_secret_peek (secret));
}

static void
test_mailbox_facts (void)
{
  const LabUser *user = lab_user ("alice");
  g_autoptr (PostwegServer) server =
      postweg_server_new (POSTWEG_IMAP, LAB_GUARDED_HOST, lab->ports[LAB_IMAPS], POSTWEG_TLS, user->login);
  g_autoptr (PostwegSecret) secret = postweg_secret_new (user->password);
  PostwegProbe probe = {
    .server = server, .secret = secret, .trust = trust, .until = POSTWEG_STAGE_ARRIVAL, .test_ms = 30000
  };
  g_autoptr (PostwegEvidence) evidence = NULL;

  lab_deliver (lab, "alice", "facts");
  evidence = postweg_probe_run (&probe, NULL);
  g_assert_cmpuint (evidence->mailbox.messages, >=, 1);
  g_assert_true (g_strv_contains ((const char *const *) evidence->mailbox.folders, "INBOX"));
  g_assert_cmpstr (evidence->mailbox.sent_folder, ==, "Sent");
  g_assert_cmpstr (evidence->tls->version, ==, "TLS1.3");
  g_assert_cmpuint (evidence->tls->chain->len, >=, 1);
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
  trust = postweg_trust_new (lab->ca, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strconcat ("/probe/lab/", rows[i].name, NULL);

      g_test_add_data_func (path, &rows[i], test_row);
    }
  g_test_add_func ("/probe/lab/mailbox-facts", test_mailbox_facts);
  result = g_test_run ();
  postweg_trust_unref (trust);
  lab_stop (lab);
  return result;
}
