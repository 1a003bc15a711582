/* Whatever a server does: no crash, an answer to every failure, never a proven wrong password, and an end to the wishes. */
#include "diagnose/causes.h"
#include "evidence-build.h"

#define ROUNDS 4000
#define MAX_ROUNDS_OF_LOOKS 3

static const char *const replies[] = {
  "",
  "535 5.7.8 no",
  "a NO",
  "a NO [AUTHENTICATIONFAILED] x",
  "-ERR",
  "-ERR [AUTH] x",
  "* BYE",
  "421 4.7.0 later",
  "550 5.1.1 x",
  "999",
  "554 5.7.1 <x>: Relay access denied",
  "a BAD \xef\xbf\xbd",
  "530 5.7.0 Must issue a STARTTLS command first",
  "250 fine",
  "a OK [CAPABILITY IMAP4rev1] ok",
  "454 4.7.0 Temporary authentication failure",
  "{host} %s %n {port}",
  "535 5.7.8 eyJzdGF0dXMiOiI0MDEifQ==",
  "a NO eyJ",
  "***;;;|||!",
};
static const char *const users[] = { "-", "anna", "anna@example.org", "@", "a@b@c" };
static const char *const hosts[] = {
  "imap.example.org", "smtp.example.org", "x", ".", "smtp.office365.com", "::1", "127.0.0.1", "a..b"
};
static const char *const words[] = {
  "", "PLAIN LOGIN", "XOAUTH2", "STARTTLS LOGINDISABLED", "AUTH-RESP-CODE STLS", "XXXXXXXA", "CRAM-MD5"
};
static const char *const versions[] = { NULL, "TLS1.0", "TLS1.2", "TLS1.3" };
static const int alerts[] = { 0, 40, 42, 70, 71, 80, 112, 116, 120 };

static const PostwegProviderServer servers[] = {
  { POSTWEG_SMTP,
    "smtp.office365.com",
    587,
    POSTWEG_STARTTLS,
    POSTWEG_USER_ADDRESS,
    1,
    { POSTWEG_AUTH_OAUTH2 } },
  { POSTWEG_IMAP, "imap.example.org", 993, POSTWEG_TLS, POSTWEG_USER_LOCAL, 0, { 0 } },
};
static const PostwegPrerequisite demands[] = { { "imap-enable", "", "", "" },
                                               { "app-password", "smtp", "", "" },
                                               { "unheard-of", "", "", "" } };
static const PostwegProvider provider = { .id = "outlook",
                                          .servers = servers,
                                          .n_servers = 2,
                                          .prerequisites = demands,
                                          .n_prerequisites = 3,
                                          .quirks = POSTWEG_QUIRK_SMTP_OWN_SWITCH };

#define PICK(from) from[g_test_rand_int_range (0, G_N_ELEMENTS (from))]

static void
randomise (Spec *spec, PostwegProtocol protocol)
{
  *spec = (Spec){ .protocol = protocol,
                  .host = PICK (hosts),
                  .user = PICK (users),
                  .tls = PICK (versions),
                  .alert = PICK (alerts),
                  .reply = PICK (replies),
                  .plain = PICK (words),
                  .capabilities = PICK (words),
                  .mechanisms = PICK (words) };
  spec->security = (PostwegSecurity) g_test_rand_int_range (0, 3);
  spec->port = (guint16) g_test_rand_int_range (0, 65536);
  spec->auth = (PostwegAuth) g_test_rand_int_range (0, 4);
  spec->stage = (PostwegStage) g_test_rand_int_range (0, POSTWEG_N_STAGES);
  spec->error = (PostwegError) g_test_rand_int_range (0, POSTWEG_ERROR_UNSUPPORTED + 1);
  spec->faults = (guint) g_test_rand_int_range (0, 1 << 11);
  spec->speaks = (PostwegSpeaks) g_test_rand_int_range (0, POSTWEG_SPEAKS_OTHER + 1);
  spec->ipv6 = (PostwegError) g_test_rand_int_range (0, POSTWEG_ERROR_OUT_OF_TIME + 1);
  spec->percent = (guint) g_test_rand_int_range (0, 101);
  spec->slow_ms = (guint) g_test_rand_int_range (0, 9000);
  spec->logins = (guint) g_test_rand_int_range (0, 3);
  spec->greeting = PICK (replies);
  spec->mechanism = PICK (words);
}

static void
check_finding (const PostwegCase *the_case, const PostwegFinding *finding)
{
  PostwegSide side = postweg_cause_side (postweg_cause_from_slug (finding->cause));
  const PostwegAccount *mended = finding->mended;

  g_assert_true (side == POSTWEG_BOTH || side == finding->side);
  g_assert_cmpstr (finding->headline, !=, "");
  g_assert_cmpstr (finding->explanation, !=, "");
  g_assert_cmpstr (finding->remedy, !=, "");
  if (strcmp (finding->cause, "wrong-credentials") == 0)
    g_assert_cmpint (finding->confidence, !=, POSTWEG_PROVEN);
  if (mended != NULL)
    g_assert_false (postweg_account_equal (mended, the_case->account));
}

static gboolean
fails (const PostwegEvidence *evidence)
{
  return evidence != NULL && postweg_evidence_failure (evidence) != NULL;
}

static void
check_findings (const PostwegCase *the_case, const GPtrArray *findings)
{
  if (fails (the_case->incoming) || fails (the_case->outgoing))
    g_assert_cmpuint (findings->len, >, 0);
  for (guint i = 0; i < findings->len; i++)
    check_finding (the_case, g_ptr_array_index (findings, i));
}

/* Looks at everything that is wished for, with random results, and asks again. */
static void
look_and_ask_again (Stage *stage)
{
  for (guint round = 0; round <= MAX_ROUNDS_OF_LOOKS; round++)
    {
      g_autoptr (GPtrArray) findings = NULL, wishes = NULL;

      findings = postweg_diagnose (&stage->the_case, &wishes);
      check_findings (&stage->the_case, findings);
      if (wishes->len == 0)
        return;
      g_assert_cmpuint (round, <, MAX_ROUNDS_OF_LOOKS);
      for (guint i = 0; i < wishes->len; i++)
        {
          const PostwegWish *wish = g_ptr_array_index (wishes, i);
          Spec spec;

          randomise (&spec, wish->server->protocol);
          spec.host = wish->server->host;
          spec.port = wish->server->port;
          spec.security = wish->server->security;
          g_ptr_array_add (stage->observations,
                           postweg_observation_new (wish->look, wish->side, spec_build (&spec)));
        }
    }
}

static void
anything (void)
{
  for (guint i = 0; i < ROUNDS; i++)
    {
      Scene scene = { .provider = g_test_rand_bit () ? &provider : NULL, .address = PICK (users) };
      Stage stage;

      randomise (&scene.in, g_test_rand_bit () ? POSTWEG_IMAP : POSTWEG_POP3);
      randomise (&scene.out, POSTWEG_SMTP);
      scene.no_in = g_test_rand_int_range (0, 8) == 0;
      scene.no_out = g_test_rand_int_range (0, 8) == 0;
      scene.other_password = g_test_rand_bit ();
      stage_set (&stage, &scene);
      look_and_ask_again (&stage);
      stage_clear (&stage);
    }
}

/* A probe may stop before it has anything at all. */
static void
next_to_nothing (void)
{
  g_autoptr (PostwegServer) server =
      postweg_server_new (POSTWEG_IMAP, "imap.example.org", 0, POSTWEG_TLS, NULL);

  for (PostwegError error = POSTWEG_ERROR_NO_SUCH_HOST; error <= POSTWEG_ERROR_UNSUPPORTED; error++)
    for (PostwegStage at = POSTWEG_STAGE_DNS; at < POSTWEG_N_STAGES; at++)
      {
        g_autoptr (PostwegEvidence) evidence = postweg_evidence_new (server);
        const PostwegCase the_case = { .incoming = evidence };
        g_autoptr (GPtrArray) findings = NULL, wishes = NULL;

        g_ptr_array_add (evidence->steps, postweg_step_new (at, POSTWEG_STEP_FAILED, error));
        findings = postweg_diagnose (&the_case, &wishes);
        g_assert_cmpuint (findings->len, >, 0);
      }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/diagnose/random/anything", anything);
  g_test_add_func ("/diagnose/random/next-to-nothing", next_to_nothing);
  return g_test_run ();
}
