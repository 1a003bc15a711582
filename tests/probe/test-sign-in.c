/* Signing in and what comes behind it, over scripted servers that check every byte: mechanisms, quoting, literals, second tries. */
#include "practice/practice.h"
#include "probe/probe.h"
#include <string.h>

typedef struct {
  const char *name;
  PostwegProtocol protocol;
  PostwegAuth auth;
  const char *user, *secret;
  const char *script;    /* every expectation must be met */
  const char *mechanism; /* the last one tried, NULL: none */
  guint attempts;
  PostwegStage failed; /* POSTWEG_STAGE_DNS: nothing */
  PostwegError error;
  const char *detail; /* must be in the detail of the sign-in step, NULL: anything */
} Row;

#define PASSWORD POSTWEG_AUTH_PASSWORD
#define ENCRYPTED POSTWEG_AUTH_ENCRYPTED
#define OAUTH2 POSTWEG_AUTH_OAUTH2
#define WORKS POSTWEG_STAGE_DNS, POSTWEG_OK
#define REFUSED POSTWEG_STAGE_AUTH, POSTWEG_ERROR_REJECTED

/* What follows a good sign-in. IMAP's questions come all at once. */
#define IMAP_BEHIND "C: EXAMINE INBOX\nS: * 1 EXISTS\nS: {tag} OK\nC: LIST\nS: {tag} OK\nC: LOGOUT\n"
#define POP3_BEHIND "C: STAT\nS: +OK 1 10\nC: UIDL 1\nS: +OK 1 x\nC: QUIT\n"
#define SMTP_BEHIND "C: QUIT\n"
#define IMAP(capabilities) "S: * OK [CAPABILITY IMAP4rev1 " capabilities "] hi\n"
#define POP3(capabilities) "S: +OK hi\nC: CAPA\nS: +OK\n" capabilities "S: .\n"
#define SMTP(mechanisms) "S: 220 hi\nC: EHLO\nS: 250-hi\nS: 250 AUTH " mechanisms "\n"
#define ANNA_GEHEIM "AGFubmEAZ2VoZWlt" /* NUL anna NUL geheim */

/* clang-format off */
static const Row rows[] = {
  /* IMAP */
  { "imap/plain-at-once", POSTWEG_IMAP, PASSWORD, "anna", "geheim", IMAP ("SASL-IR AUTH=PLAIN") "C: AUTHENTICATE PLAIN " ANNA_GEHEIM "\nS: {tag} OK\n" IMAP_BEHIND, "PLAIN", 1, WORKS, "PLAIN" },
  { "imap/plain-when-asked", POSTWEG_IMAP, PASSWORD, "anna", "geheim", IMAP ("AUTH=PLAIN") "C: AUTHENTICATE PLAIN\nS: +\nC+ " ANNA_GEHEIM "\nS: {tag} OK\n" IMAP_BEHIND, "PLAIN", 1, WORKS },
  { "imap/plain-before-login", POSTWEG_IMAP, PASSWORD, "anna", "geheim", IMAP ("SASL-IR AUTH=LOGIN AUTH=PLAIN") "C: AUTHENTICATE PLAIN\nS: {tag} OK\n" IMAP_BEHIND, "PLAIN", 1, WORKS },
  { "imap/mechanism-login", POSTWEG_IMAP, PASSWORD, "anna", "geheim", IMAP ("AUTH=LOGIN") "C: AUTHENTICATE LOGIN\nS: + VXNlcm5hbWU6\nC+ YW5uYQ==\nS: + UGFzc3dvcmQ6\nC+ Z2VoZWlt\nS: {tag} OK\n" IMAP_BEHIND, "LOGIN", 1, WORKS },
  { "imap/login", POSTWEG_IMAP, PASSWORD, "anna", "geheim", IMAP ("") "C: LOGIN \"anna\" \"geheim\"\nS: {tag} OK\n" IMAP_BEHIND, "LOGIN", 1, WORKS },
  { "imap/login-quoted", POSTWEG_IMAP, PASSWORD, "an\"na", "a\\b \"c\" d", IMAP ("") "C: LOGIN \"an\\\\\"na\" \"a\\\\\\\\b \\\\\"c\\\\\" d\"\nS: {tag} OK\n" IMAP_BEHIND, "LOGIN", 1, WORKS },
  { "imap/login-literals", POSTWEG_IMAP, PASSWORD, "anna", "größer", IMAP ("") "C: LOGIN {4}\nS: + go\nC{} anna\nC+  {8}\nS: + go\nC{} gr\\xc3\\xb6\\xc3\\x9fer\nC+\nS: {tag} OK\n" IMAP_BEHIND, "LOGIN", 1, WORKS },
  { "imap/login-literal-refused", POSTWEG_IMAP, PASSWORD, "anna", "größer", IMAP ("") "C: LOGIN {4}\nS: {tag} BAD no literals here\nHANG\n", "LOGIN", 1, REFUSED },
  { "imap/login-second-literal-refused", POSTWEG_IMAP, PASSWORD, "anna", "größer", IMAP ("") "C: LOGIN {4}\nS: + go\nC{} anna\nC+  {8}\nS: {tag} NO too long\nHANG\n", "LOGIN", 1, REFUSED },
  { "imap/login-disabled", POSTWEG_IMAP, PASSWORD, "anna", "geheim", IMAP ("LOGINDISABLED AUTH=GSSAPI") "HANG\n", NULL, 0, POSTWEG_STAGE_AUTH, POSTWEG_ERROR_AUTH_NOT_OFFERED },
  { "imap/plain-refused-once", POSTWEG_IMAP, PASSWORD, "anna", "geheim", IMAP ("SASL-IR AUTH=PLAIN AUTH=LOGIN") "C: AUTHENTICATE PLAIN\nS: {tag} NO [AUTHENTICATIONFAILED] no\nHANG\n", "PLAIN", 1, REFUSED },
  { "imap/refused-when-asked", POSTWEG_IMAP, PASSWORD, "anna", "geheim", IMAP ("AUTH=PLAIN") "C: AUTHENTICATE PLAIN\nS: {tag} NO [UNAVAILABLE] later\nHANG\n", "PLAIN", 1, REFUSED },
  { "imap/mechanism-unknown-after-all", POSTWEG_IMAP, PASSWORD, "anna", "geheim", IMAP ("SASL-IR AUTH=PLAIN AUTH=LOGIN") "C: AUTHENTICATE PLAIN\nS: {tag} NO Unsupported authentication mechanism.\nC: AUTHENTICATE LOGIN\nS: + VXNlcm5hbWU6\nC+\nS: + UGFzc3dvcmQ6\nC+\nS: {tag} OK\n" IMAP_BEHIND, "LOGIN", 2, WORKS },
  { "imap/bad-then-the-command", POSTWEG_IMAP, PASSWORD, "anna", "geheim", IMAP ("SASL-IR AUTH=PLAIN") "C: AUTHENTICATE PLAIN\nS: {tag} BAD what\nC: LOGIN \"anna\"\nS: {tag} OK\n" IMAP_BEHIND, "LOGIN", 2, WORKS },
  { "imap/cram-md5", POSTWEG_IMAP, ENCRYPTED, "tim", "tanstaaftanstaaf", IMAP ("AUTH=PLAIN AUTH=CRAM-MD5") "C: AUTHENTICATE CRAM-MD5\nS: + PDE4OTYuNjk3MTcwOTUyQHBvc3RvZmZpY2UucmVzdG9uLm1jaS5uZXQ+\nC+ dGltIGI5MTNhNjAyYzdlZGE3YTQ5NWI0ZTZlNzMzNGQzODkw\nS: {tag} OK\n" IMAP_BEHIND, "CRAM-MD5", 1, WORKS },
  { "imap/scram-first", POSTWEG_IMAP, ENCRYPTED, "anna", "geheim", IMAP ("AUTH=CRAM-MD5 AUTH=SCRAM-SHA-1 AUTH=SCRAM-SHA-256") "C: AUTHENTICATE SCRAM-SHA-256\nS: {tag} NO no\nHANG\n", "SCRAM-SHA-256", 1, REFUSED },
  { "imap/scram-without-proof", POSTWEG_IMAP, ENCRYPTED, "anna", "geheim", IMAP ("SASL-IR AUTH=SCRAM-SHA-1") "C: AUTHENTICATE SCRAM-SHA-1\nS: {tag} OK welcome\nHANG\n", "SCRAM-SHA-1", 1, POSTWEG_STAGE_AUTH, POSTWEG_ERROR_BAD_PROOF },
  { "imap/scram-with-nonsense", POSTWEG_IMAP, ENCRYPTED, "anna", "geheim", IMAP ("SASL-IR AUTH=SCRAM-SHA-1") "C: AUTHENTICATE SCRAM-SHA-1\nS: + bm9uc2Vuc2U=\nC+ *\nHANG\n", "SCRAM-SHA-1", 1, POSTWEG_STAGE_AUTH, POSTWEG_ERROR_MALFORMED },
  { "imap/encrypted-not-offered", POSTWEG_IMAP, ENCRYPTED, "anna", "geheim", IMAP ("AUTH=PLAIN") "HANG\n", NULL, 0, POSTWEG_STAGE_AUTH, POSTWEG_ERROR_NO_MECHANISM },
  { "imap/xoauth2", POSTWEG_IMAP, OAUTH2, "anna", "tok", IMAP ("SASL-IR AUTH=PLAIN AUTH=XOAUTH2") "C: AUTHENTICATE XOAUTH2 dXNlcj1hbm5hAWF1dGg9QmVhcmVyIHRvawEB\nS: {tag} OK\n" IMAP_BEHIND, "XOAUTH2", 1, WORKS },
  { "imap/xoauth2-refused", POSTWEG_IMAP, OAUTH2, "anna", "tok", IMAP ("SASL-IR AUTH=XOAUTH2") "C: AUTHENTICATE XOAUTH2\nS: + eyJzdGF0dXMiOiI0MDAiLCJzY2hlbWVzIjoiQmVhcmVyIn0=\nC+\nS: {tag} NO SASL authentication failed\nHANG\n", "XOAUTH2", 1, REFUSED, "{\"status\":\"400\",\"schemes\":\"Bearer\"}" },
  { "imap/oauthbearer-first", POSTWEG_IMAP, OAUTH2, "anna", "tok", IMAP ("SASL-IR AUTH=XOAUTH2 AUTH=OAUTHBEARER") "C: AUTHENTICATE OAUTHBEARER\nS: + eyJzdGF0dXMiOiJpbnZhbGlkX3Rva2VuIn0=\nC+ AQ==\nS: {tag} NO failed\nHANG\n", "OAUTHBEARER", 1, REFUSED, "invalid_token" },
  { "imap/no-sign-in", POSTWEG_IMAP, POSTWEG_AUTH_NONE, "", "geheim", IMAP ("AUTH=PLAIN") "C: EXAMINE\nS: {tag} BAD sign in first\nHANG\n", NULL, 0, POSTWEG_STAGE_MAILBOX, POSTWEG_ERROR_REJECTED },
  /* POP3 */
  { "pop3/plain", POSTWEG_POP3, PASSWORD, "anna", "geheim", POP3 ("S: SASL PLAIN LOGIN\nS: USER\n") "C: AUTH PLAIN " ANNA_GEHEIM "\nS: +OK\n" POP3_BEHIND, "PLAIN", 1, WORKS },
  { "pop3/mechanism-login", POSTWEG_POP3, PASSWORD, "anna", "geheim", POP3 ("S: SASL LOGIN\n") "C: AUTH LOGIN\nS: + VXNlcm5hbWU6\nC+ YW5uYQ==\nS: + UGFzc3dvcmQ6\nC+ Z2VoZWlt\nS: +OK\n" POP3_BEHIND, "LOGIN", 1, WORKS },
  { "pop3/user", POSTWEG_POP3, PASSWORD, "anna", "ge heim", POP3 ("S: USER\n") "C: USER anna\nS: +OK\nC: PASS ge heim\nS: +OK\n" POP3_BEHIND, "USER", 1, WORKS },
  { "pop3/user-refused", POSTWEG_POP3, PASSWORD, "anna", "geheim", POP3 ("S: USER\n") "C: USER anna\nS: -ERR no such user\nHANG\n", "USER", 1, REFUSED },
  { "pop3/pass-refused", POSTWEG_POP3, PASSWORD, "anna", "geheim", POP3 ("S: USER\n") "C: USER anna\nS: +OK\nC: PASS\nS: -ERR [AUTH] wrong\nHANG\n", "USER", 1, REFUSED },
  { "pop3/without-capa", POSTWEG_POP3, PASSWORD, "anna", "geheim", "S: +OK hi\nC: CAPA\nS: -ERR what\nC: USER anna\nS: +OK\nC: PASS geheim\nS: +OK\n" POP3_BEHIND, "USER", 1, WORKS },
  { "pop3/neither-user-nor-sasl", POSTWEG_POP3, PASSWORD, "anna", "geheim", POP3 ("S: UIDL\n") "HANG\n", NULL, 0, POSTWEG_STAGE_AUTH, POSTWEG_ERROR_AUTH_NOT_OFFERED },
  { "pop3/apop", POSTWEG_POP3, ENCRYPTED, "mrose", "tanstaaf", "S: +OK POP3 server ready <1896.697170952@dbc.mtview.ca.us>\nC: CAPA\nS: -ERR\nC: APOP mrose c4c9334bac560ecc979e58001b3e22fb\nS: +OK\n" POP3_BEHIND, "APOP", 1, WORKS },
  { "pop3/apop-not-offered", POSTWEG_POP3, ENCRYPTED, "mrose", "tanstaaf", "S: +OK ready <no timestamp>\nC: CAPA\nS: -ERR\nHANG\n", NULL, 0, POSTWEG_STAGE_AUTH, POSTWEG_ERROR_NO_MECHANISM },
  { "pop3/cram-before-apop", POSTWEG_POP3, ENCRYPTED, "tim", "tanstaaftanstaaf", "S: +OK hi <1.2@x>\nC: CAPA\nS: +OK\nS: SASL CRAM-MD5\nS: .\nC: AUTH CRAM-MD5\nS: + PDE4OTYuNjk3MTcwOTUyQHBvc3RvZmZpY2UucmVzdG9uLm1jaS5uZXQ+\nC+ dGltIGI5MTNhNjAyYzdlZGE3YTQ5NWI0ZTZlNzMzNGQzODkw\nS: +OK\n" POP3_BEHIND, "CRAM-MD5", 1, WORKS },
  { "pop3/long-token-not-at-once", POSTWEG_POP3, OAUTH2, "anna", "0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789", POP3 ("S: SASL XOAUTH2\n") "C: AUTH XOAUTH2\nS: +\nC+ dXNlcj1hbm5h\nS: +OK\n" POP3_BEHIND, "XOAUTH2", 1, WORKS },
  /* SMTP */
  { "smtp/plain", POSTWEG_SMTP, PASSWORD, "anna", "geheim", SMTP ("LOGIN PLAIN") "C: AUTH PLAIN " ANNA_GEHEIM "\nS: 235 ok\n" SMTP_BEHIND, "PLAIN", 1, WORKS },
  { "smtp/login", POSTWEG_SMTP, PASSWORD, "anna", "geheim", SMTP ("LOGIN") "C: AUTH LOGIN\nS: 334 VXNlcm5hbWU6\nC+ YW5uYQ==\nS: 334 UGFzc3dvcmQ6\nC+ Z2VoZWlt\nS: 235 ok\n" SMTP_BEHIND, "LOGIN", 1, WORKS },
  { "smtp/login-odd-prompts", POSTWEG_SMTP, PASSWORD, "anna", "geheim", SMTP ("LOGIN") "C: AUTH LOGIN\nS: 334 VXNlciBOYW1lAA==\nC+ YW5uYQ==\nS: 334 UGFzc3dvcmQA\nC+ Z2VoZWlt\nS: 235 ok\n" SMTP_BEHIND, "LOGIN", 1, WORKS },
  { "smtp/login-third-question", POSTWEG_SMTP, PASSWORD, "anna", "geheim", SMTP ("LOGIN") "C: AUTH LOGIN\nS: 334 VXNlcm5hbWU6\nC+\nS: 334 UGFzc3dvcmQ6\nC+\nS: 334 bW9yZT8=\nC+ *\nHANG\n", "LOGIN", 1, POSTWEG_STAGE_AUTH, POSTWEG_ERROR_MALFORMED },
  { "smtp/auth-in-two-lines", POSTWEG_SMTP, PASSWORD, "anna", "geheim", "S: 220 hi\nC: EHLO\nS: 250-hi\nS: 250-AUTH=LOGIN\nS: 250 AUTH PLAIN\nC: AUTH PLAIN\nS: 235 ok\n" SMTP_BEHIND, "PLAIN", 1, WORKS },
  { "smtp/504-then-login", POSTWEG_SMTP, PASSWORD, "anna", "geheim", SMTP ("PLAIN LOGIN") "C: AUTH PLAIN\nS: 504 5.5.4 what\nC: AUTH LOGIN\nS: 334 VXNlcm5hbWU6\nC+\nS: 334 UGFzc3dvcmQ6\nC+\nS: 235 ok\n" SMTP_BEHIND, "LOGIN", 2, WORKS },
  { "smtp/504-twice-is-the-end", POSTWEG_SMTP, ENCRYPTED, "anna", "geheim", SMTP ("SCRAM-SHA-256 SCRAM-SHA-1 CRAM-MD5") "C: AUTH SCRAM-SHA-256\nS: 504 5.5.4 what\nC: AUTH SCRAM-SHA-1\nS: 504 5.5.4 what\nHANG\n", "SCRAM-SHA-1", 2, REFUSED },
  { "smtp/535-is-final", POSTWEG_SMTP, PASSWORD, "anna", "geheim", SMTP ("PLAIN LOGIN") "C: AUTH PLAIN\nS: 535 5.7.8 no\nHANG\n", "PLAIN", 1, REFUSED },
  { "smtp/454-is-final", POSTWEG_SMTP, PASSWORD, "anna", "geheim", SMTP ("PLAIN LOGIN") "C: AUTH PLAIN\nS: 454 4.7.0 later\nHANG\n", "PLAIN", 1, REFUSED },
  { "smtp/xoauth2-refused", POSTWEG_SMTP, OAUTH2, "anna", "tok", SMTP ("PLAIN XOAUTH2") "C: AUTH XOAUTH2\nS: 334 eyJzdGF0dXMiOiI0MDEiLCJzY29wZSI6Im1haWwifQ==\nC+\nS: 535 5.7.8 no\nHANG\n", "XOAUTH2", 1, REFUSED, "\"scope\":\"mail\"" },
  { "smtp/no-sign-in", POSTWEG_SMTP, POSTWEG_AUTH_NONE, "", "geheim", SMTP ("PLAIN") SMTP_BEHIND, NULL, 0, WORKS },
  { "smtp/empty-password", POSTWEG_SMTP, PASSWORD, "anna", "", SMTP ("PLAIN") "C: AUTH PLAIN AGFubmEA\nS: 535 no\nHANG\n", "PLAIN", 1, REFUSED },
};
/* clang-format on */

static PostwegPractice *
start (const char *script)
{
  PostwegPracticeOptions options = { .script = script };
  g_autoptr (GError) error = NULL;
  PostwegPractice *practice = postweg_practice_start (&options, &error);

  g_assert_no_error (error);
  return practice;
}

/* Without encryption: loopback counts as protected, and TLS is not what is tested here. */
static PostwegEvidence *
probe (PostwegPractice *practice, const Row *row, const char *sender)
{
  g_autoptr (PostwegServer) server = postweg_server_new (
      row->protocol, "127.0.0.1", postweg_practice_port (practice), POSTWEG_PLAIN, row->user);
  g_autoptr (PostwegSecret) secret = postweg_secret_new (row->secret);
  g_autoptr (PostwegTrust) trust = postweg_trust_new (NULL, NULL);
  PostwegProbe request = { .server = server,
                           .secret = secret,
                           .sender = sender,
                           .trust = trust,
                           .until = POSTWEG_STAGE_ARRIVAL,
                           .test_ms = 10000 };

  server->auth = row->auth;
  return postweg_probe_run (&request, NULL);
}

static void
test_row (gconstpointer data)
{
  const Row *row = data;
  g_autoptr (PostwegPractice) practice = start (row->script);
  g_autoptr (PostwegEvidence) evidence = probe (practice, row, NULL);
  g_autofree char *complaint = postweg_practice_complaint (practice);
  const PostwegStep *failure = postweg_evidence_failure (evidence);
  const PostwegStep *auth = postweg_evidence_step (evidence, POSTWEG_STAGE_AUTH);

  g_assert_cmpstr (complaint, ==, NULL);
  g_assert_cmpstr (evidence->mechanism, ==, row->mechanism);
  g_assert_cmpuint (evidence->login_attempts, ==, row->attempts);
  g_assert_cmpstr (failure != NULL ? postweg_stage_name (failure->stage) : "dns", ==,
                   postweg_stage_name (row->failed));
  g_assert_cmpstr (postweg_error_name (failure != NULL ? failure->error : POSTWEG_OK), ==,
                   postweg_error_name (row->error));
  g_assert_cmpint (postweg_evidence_works (evidence), ==, row->failed == POSTWEG_STAGE_DNS);
  if (row->detail != NULL)
    g_assert_nonnull (strstr (auth->detail, row->detail));
}

static PostwegEvidence *
probe_script (PostwegProtocol protocol, const char *script, const char *sender, char **heard)
{
  const Row row = { .protocol = protocol, .user = "anna", .secret = "geheim" };
  g_autoptr (PostwegPractice) practice = start (script);
  PostwegEvidence *evidence = probe (practice, &row, sender);

  /* the farewell is not waited for: it may still be on its way */
  for (guint i = 0; heard != NULL && i < 100; i++)
    {
      *heard = postweg_practice_heard (practice);
      if (g_str_has_suffix (*heard, "QUIT\n") || g_str_has_suffix (*heard, "LOGOUT\n"))
        break;
      g_clear_pointer (heard, g_free);
      g_usleep (10 * 1000);
    }
  return evidence;
}

#define IMAP_IN                                                                                              \
  IMAP ("SASL-IR AUTH=PLAIN QUOTA SPECIAL-USE LIST-EXTENDED") "C: AUTHENTICATE\nS: {tag} OK\nC: EXAMINE\n"

static void
test_folders (void)
{
  static const struct {
    const char *answers; /* to LIST */
    const char *folders, *sent;
  } table[] = {
    { "", "", NULL },
    { "S: * LIST () \"/\" INBOX\n", "INBOX", NULL },
    { "S: * LIST (\\\\Sent) \"/\" \"Sent Mail\"\nS: * LIST () \"/\" INBOX\n", "Sent Mail|INBOX",
      "Sent Mail" },
    { "S: * LIST (\\\\HasNoChildren \\\\Sent) \".\" INBOX.Gesendet\n", "INBOX.Gesendet", "INBOX.Gesendet" },
    { "S: * LIST (\\\\Sent) \"/\" One\nS: * LIST (\\\\Sent) \"/\" Two\n", "One|Two", "One" },
    { "S: * LIST () \"/\" \"Entw&APw-rfe\"\n", "Entwürfe", NULL },
    { "S: * LIST () NIL Archive\n", "Archive", NULL },
    { "S: * LIST () \"/\" {5}\nS: a\\\\b\"c\n", "a\\b\"c", NULL },
    { "S: * LSUB () \"/\" Not\nS: * STATUS INBOX (MESSAGES 3)\nS: * LIST nonsense\n", "", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *script =
          g_strconcat (IMAP_IN "S: * 7 EXISTS\nS: {tag} OK\nC: LIST\n", table[i].answers,
                       "S: {tag} OK\nC: GETQUOTAROOT\nS: {tag} NO none\nC: LOGOUT\n", NULL);
      g_autoptr (PostwegEvidence) evidence = probe_script (POSTWEG_IMAP, script, NULL, NULL);
      g_autofree char *folders = g_strjoinv ("|", evidence->mailbox.folders);

      g_assert_true (postweg_evidence_works (evidence));
      g_assert_cmpuint (evidence->mailbox.messages, ==, 7);
      g_assert_cmpstr (folders, ==, table[i].folders);
      g_assert_cmpstr (evidence->mailbox.sent_folder, ==, table[i].sent);
    }
}

static void
test_quota (void)
{
  static const struct {
    const char *quota; /* the answer */
    guint percent;
    PostwegStepVerdict verdict;
  } table[] = {
    { "S: * QUOTA \"\" (STORAGE 10 1000)\n", 1, POSTWEG_STEP_OK },
    { "S: * QUOTA \"\" (STORAGE 949 1000)\n", 94, POSTWEG_STEP_OK },
    { "S: * QUOTA \"\" (STORAGE 950 1000)\n", 95, POSTWEG_STEP_NOTE },
    { "S: * QUOTA \"\" (STORAGE 1000 1000)\n", 100, POSTWEG_STEP_NOTE },
    { "S: * QUOTA \"\" (STORAGE 9000 1000)\n", 100, POSTWEG_STEP_NOTE },
    { "S: * QUOTA \"\" (STORAGE 5 0)\n", 0, POSTWEG_STEP_OK },
    { "S: * QUOTA \"\" (MESSAGE 5 5)\n", 0, POSTWEG_STEP_OK },
    { "S: * QUOTA \"\" (MESSAGE 5 5 STORAGE 99 100)\n", 99, POSTWEG_STEP_NOTE },
    { "S: * QUOTA \"\" ()\n", 0, POSTWEG_STEP_OK },
    { "S: * QUOTA nonsense\n", 0, POSTWEG_STEP_OK },
    { "", 0, POSTWEG_STEP_OK },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *script = g_strconcat (IMAP_IN "S: {tag} OK\nC: LIST\nS: {tag} OK\nC: GETQUOTAROOT\n",
                                             table[i].quota, "S: {tag} OK\nC: LOGOUT\n", NULL);
      g_autoptr (PostwegEvidence) evidence = probe_script (POSTWEG_IMAP, script, NULL, NULL);

      g_test_message ("%s", table[i].quota);
      g_assert_cmpuint (evidence->mailbox.quota_percent, ==, table[i].percent);
      g_assert_cmpstr (
          postweg_step_verdict_name (postweg_evidence_step (evidence, POSTWEG_STAGE_MAILBOX)->verdict), ==,
          postweg_step_verdict_name (table[i].verdict));
    }
}

/* What may be asked depends on what the server said after the sign-in, not before. */
static void
test_capabilities_change (void)
{
  g_autofree char *heard = NULL;
  g_autoptr (PostwegEvidence) evidence = probe_script (
      POSTWEG_IMAP,
      IMAP ("SASL-IR AUTH=PLAIN QUOTA SPECIAL-USE LIST-EXTENDED") "C: AUTHENTICATE\nS: {tag} OK [CAPABILITY "
                                                                  "IMAP4rev1] in\n"
                                                                  "C: EXAMINE\nS: {tag} OK\nC: LIST\nS: "
                                                                  "{tag} OK\nC: LOGOUT\n",
      NULL, &heard);

  g_assert_true (postweg_evidence_works (evidence));
  g_assert_null (strstr (heard, "SPECIAL-USE"));
  g_assert_null (strstr (heard, "GETQUOTAROOT"));
}

static void
test_uidl (void)
{
  static const struct {
    const char *behind;
    guint messages;
    gboolean uidl;
    const char *detail;
  } table[] = {
    { "C: STAT\nS: +OK 2 300\nC: UIDL 1\nS: +OK 1 x\nC: QUIT\n", 2, TRUE, "2 messages, UIDL" },
    { "C: STAT\nS: +OK 2 300\nC: UIDL 1\nS: -ERR unknown\nC: QUIT\n", 2, FALSE, "2 messages, no UIDL" },
    { "C: STAT\nS: +OK 0 0\nC: UIDL\nS: +OK\nS: .\nC: QUIT\n", 0, TRUE, "0 messages, UIDL" },
    { "C: STAT\nS: +OK 0 0\nC: UIDL\nS: -ERR\nC: QUIT\n", 0, FALSE, "0 messages, no UIDL" },
    { "C: STAT\nS: +OK 99999999999 1\nC: UIDL 1\nS: +OK 1 x\nC: QUIT\n", G_MAXUINT, TRUE,
      "4294967295 messages, UIDL" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *script =
          g_strconcat (POP3 ("S: SASL PLAIN\n") "C: AUTH PLAIN\nS: +OK\n", table[i].behind, NULL);
      g_autoptr (PostwegEvidence) evidence = probe_script (POSTWEG_POP3, script, NULL, NULL);

      g_assert_true (postweg_evidence_works (evidence));
      g_assert_cmpuint (evidence->mailbox.messages, ==, table[i].messages);
      g_assert_cmpint (evidence->mailbox.uidl, ==, table[i].uidl);
      g_assert_cmpstr (postweg_evidence_step (evidence, POSTWEG_STAGE_MAILBOX)->detail, ==, table[i].detail);
    }
}

static void
test_sender (void)
{
  static const struct {
    const char *extensions, *sender, *heard;
    PostwegStepVerdict verdict;
  } table[] = {
    { "250-SIZE 1000\n", "anna@firm.example",
      "MAIL FROM:<anna@firm.example>\nRCPT TO:<anna@firm.example>\nRSET\nQUIT\n", POSTWEG_STEP_OK },
    { "250-PIPELINING\n", "anna@firm.example",
      "MAIL FROM:<anna@firm.example>\nRCPT TO:<anna@firm.example>\nRSET\nQUIT\n", POSTWEG_STEP_OK },
    { "250-SMTPUTF8\n", "änna@firm.example",
      "MAIL FROM:<änna@firm.example> SMTPUTF8\nRCPT TO:<änna@firm.example>\nRSET\nQUIT\n", POSTWEG_STEP_OK },
    { "250-SMTPUTF8\n", "anna@firm.example",
      "MAIL FROM:<anna@firm.example>\nRCPT TO:<anna@firm.example>\nRSET\nQUIT\n", POSTWEG_STEP_OK },
    { "250-SIZE\n", "", "QUIT\n", POSTWEG_STEP_SKIPPED },
    { "250-SIZE\n", NULL, "QUIT\n", POSTWEG_STEP_SKIPPED },
    { "250-SIZE\n", "no address", "QUIT\n", POSTWEG_STEP_SKIPPED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *script = g_strconcat (
          "S: 220 hi\nC: EHLO\nS: 250-hi\nS: ", table[i].extensions,
          "S: 250 AUTH PLAIN\nC: AUTH PLAIN\nS: 235 ok\nLOOP\nON QUIT\nCLOSE\nON\nS: 250 ok\nEND\n", NULL);
      g_autofree char *heard = NULL;
      g_autoptr (PostwegEvidence) evidence = probe_script (POSTWEG_SMTP, script, table[i].sender, &heard);
      const char *behind = strstr (heard, "AUTH PLAIN");

      g_assert_true (postweg_evidence_works (evidence));
      g_assert_cmpstr (strchr (behind, '\n') + 1, ==, table[i].heard);
      g_assert_cmpint (postweg_evidence_step (evidence, POSTWEG_STAGE_SENDER)->verdict, ==, table[i].verdict);
      g_assert_cmpint (postweg_evidence_step (evidence, POSTWEG_STAGE_RECIPIENT)->verdict, ==,
                       table[i].verdict);
      g_assert_null (strstr (heard, "DATA"));
    }
}

static void
test_size_limit (void)
{
  static const struct {
    const char *size;
    guint64 limit;
  } table[] = {
    { "250-SIZE 10240000", 10240000 },
    { "250-SIZE", 0 },
    { "250-SIZE 0", 0 },
    { "250-size 5", 5 },
    { "250-SIZE many", 0 },
    { "250-XSIZE 7", 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *script =
          g_strconcat ("S: 220 hi\nC: EHLO\nS: 250-hi\nS: ", table[i].size,
                       "\nS: 250 AUTH PLAIN\nC: AUTH PLAIN\nS: 235 ok\nC: QUIT\n", NULL);
      g_autoptr (PostwegEvidence) evidence = probe_script (POSTWEG_SMTP, script, NULL, NULL);

      g_assert_cmpuint (evidence->mailbox.size_limit, ==, table[i].limit);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strconcat ("/probe/sign-in/", rows[i].name, NULL);

      g_test_add_data_func (path, &rows[i], test_row);
    }
  g_test_add_func ("/probe/sign-in/folders", test_folders);
  g_test_add_func ("/probe/sign-in/quota", test_quota);
  g_test_add_func ("/probe/sign-in/capabilities-change", test_capabilities_change);
  g_test_add_func ("/probe/sign-in/uidl", test_uidl);
  g_test_add_func ("/probe/sign-in/sender", test_sender);
  g_test_add_func ("/probe/sign-in/size-limit", test_size_limit);
  g_test_set_nonfatal_assertions ();
  return g_test_run ();
}
