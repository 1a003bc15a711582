/* Every value of the command-line contract as JSON, member by member, as scripts of other people read it. */
#include "model/json.h"
#include <string.h>

/* Compact, in the order of the contract; ` stands for a quotation mark, so that the rows can be read. */
static void
assert_json (JsonNode *node, const char *expected)
{
  g_autofree char *text = json_to_string (node, FALSE);
  g_autofree char *quoted = g_strdelimit (g_strdup (expected), "`", '"');

  json_node_unref (node);
  g_assert_cmpstr (text, ==, quoted);
}

#define IMAP_SERVER                                                                                          \
  "{`protocol`:`imap`,`host`:`imap.firm.example`,`port`:993,`security`:`tls`,`user`:`anna`,`auth`:"          \
  "`password`}"
#define SMTP_SERVER                                                                                          \
  "{`protocol`:`smtp`,`host`:`smtp.firm.example`,`port`:587,`security`:`starttls`,`user`:`anna`,`auth`:"     \
  "`oauth2`}"
#define KEEPS "{`keep_on_server`:true,`delete_after_days`:0,`delete_when_deleted`:false}"
#define ACCOUNT                                                                                              \
  "{`name`:`Anna`,`address`:`anna@firm.example`,`incoming`:" IMAP_SERVER ",`outgoing`:" SMTP_SERVER          \
  ",`pop`:" KEEPS "}"

static PostwegAccount *
account_new (void)
{
  g_autoptr (PostwegServer) in =
      postweg_server_new (POSTWEG_IMAP, "imap.firm.example", 0, POSTWEG_TLS, "anna");
  g_autoptr (PostwegServer) out =
      postweg_server_new (POSTWEG_SMTP, "smtp.firm.example", 0, POSTWEG_STARTTLS, "anna");

  out->auth = POSTWEG_AUTH_OAUTH2;
  return postweg_account_new ("Anna", "anna@firm.example", in, out);
}

static void
test_account (void)
{
  g_autoptr (PostwegAccount) account = account_new ();
  g_autoptr (PostwegAccount) empty = postweg_account_new ("", "", NULL, NULL);
  PostwegPopOptions pop = { FALSE, 14, TRUE };

  assert_json (postweg_account_to_json (account), ACCOUNT);
  assert_json (postweg_account_to_json (empty),
               "{`name`:``,`address`:``,`incoming`:null,`outgoing`:null,`pop`:" KEEPS "}");
  assert_json (postweg_pop_options_to_json (&pop),
               "{`keep_on_server`:false,`delete_after_days`:14,`delete_when_deleted`:true}");
  assert_json (postweg_server_to_json (NULL), "null");
}

/* What is written can be read again, and is the same. */
static void
test_account_there_and_back (void)
{
  static const char *const names[] = { "Anna", "", "Ännchen “Ä” O'Neil", "a\"b\\c", "日本 <x@y>" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (PostwegAccount) account = account_new ();
      g_autoptr (PostwegAccount) again = NULL;
      g_autoptr (JsonNode) node = NULL;
      g_autofree char *text = NULL;
      g_autoptr (GError) error = NULL;

      g_free (account->name);
      account->name = g_strdup (names[i]);
      account->incoming->protocol = POSTWEG_POP3;
      account->pop = (PostwegPopOptions){ i % 2 == 0, i * 7, i % 3 == 0 };
      node = postweg_account_to_json (account);
      text = postweg_json_text (node);
      g_assert_true (g_str_has_suffix (text, "}\n"));
      again = postweg_account_from_json (text, -1, &error);
      g_assert_no_error (error);
      g_assert_true (postweg_account_equal (account, again));
    }
}

static PostwegStep *
step_new (PostwegStage stage, PostwegStepVerdict verdict, PostwegError error, guint ms, const char *detail)
{
  PostwegStep *step = postweg_step_new (stage, verdict, error);

  step->ms = ms;
  g_free (step->detail);
  step->detail = g_strdup (detail);
  return step;
}

static void
add_line (PostwegEvidence *evidence, gboolean from_server, gboolean encrypted, const char *text)
{
  PostwegDialogueLine *line = g_new0 (PostwegDialogueLine, 1);

  *line = (PostwegDialogueLine){ from_server, encrypted, 1, g_strdup (text) };
  g_ptr_array_add (evidence->dialogue, line);
}

static PostwegEvidence *
evidence_new (void)
{
  static const char *const capabilities[] = { "IMAP4REV1", "IDLE", NULL };
  g_autoptr (PostwegAccount) account = account_new ();
  PostwegEvidence *evidence = postweg_evidence_new (account->incoming);
  PostwegStep *refused =
      step_new (POSTWEG_STAGE_AUTH, POSTWEG_STEP_FAILED, POSTWEG_ERROR_REJECTED, 7, "PLAIN");

  refused->address = g_strdup ("192.0.2.7");
  refused->reply = g_new0 (PostwegReply, 1);
  refused->reply->status = g_strdup ("NO");
  refused->reply->response_code = g_strdup ("AUTHENTICATIONFAILED");
  refused->reply->text = g_strdup ("Sorry,\nno");
  g_ptr_array_add (evidence->steps,
                   step_new (POSTWEG_STAGE_DNS, POSTWEG_STEP_OK, POSTWEG_OK, 3, "192.0.2.7"));
  g_ptr_array_add (evidence->steps, refused);
  g_ptr_array_add (evidence->steps,
                   step_new (POSTWEG_STAGE_MAILBOX, POSTWEG_STEP_SKIPPED, POSTWEG_OK, 0, ""));
  add_line (evidence, TRUE, FALSE, "* OK hi");
  add_line (evidence, FALSE, TRUE, "a LOGIN ••••");
  evidence->capabilities = g_strdupv ((char **) capabilities);
  evidence->login_attempts = 1;
  evidence->elapsed_ms = 10;
  return evidence;
}

#define SIDE_HEAD                                                                                            \
  "{`protocol`:`imap`,`host`:`imap.firm.example`,`port`:993,`security`:`tls`,`user`:`anna`,`verdict`:"       \
  "`fails`,"
#define SIDE_BODY                                                                                            \
  "`stage`:`auth`,`reply`:`NO [AUTHENTICATIONFAILED] Sorry, no`,`elapsed_ms`:10,`steps`:[{`stage`:`dns`,"    \
  "`verdict`:`ok`,`ms`:3,`detail`:`192.0.2.7`},{`stage`:`auth`,`verdict`:`failed`,`ms`:7,`address`:"         \
  "`192.0.2.7`,`error`:`rejected`,`detail`:`PLAIN`},{`stage`:`mailbox`,`verdict`:`skipped`,`ms`:0,"          \
  "`detail`:``}],`capabilities`:[`IMAP4REV1`,`IDLE`],`certificate`:null,`login_attempts`:1"

static void
test_side (void)
{
  g_autoptr (PostwegEvidence) evidence = evidence_new ();

  assert_json (postweg_evidence_to_json (evidence, "wrong-credentials", FALSE),
               SIDE_HEAD "`cause`:`wrong-credentials`," SIDE_BODY "}");
  assert_json (postweg_evidence_to_json (evidence, NULL, TRUE),
               SIDE_HEAD "`cause`:null," SIDE_BODY ",`transcript`:[`S: (plain) * OK hi`,`C: a LOGIN ••••`]}");
  assert_json (postweg_evidence_to_json (NULL, NULL, TRUE), "null");
}

/* Each fault has a name of its own, in the order of the bits. */
static void
test_certificate (void)
{
  static const char *const names[] = { "name-mismatch",  "expired",    "not-yet-valid",  "self-signed",
                                       "unknown-issuer", "incomplete", "issuer-expired", "too-weak",
                                       "wrong-purpose",  "revoked",    "other" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (PostwegEvidence) evidence = evidence_new ();
      PostwegCertLink *link = g_new0 (PostwegCertLink, 1);
      g_autoptr (JsonNode) node = NULL;
      JsonObject *certificate;
      JsonObject *first;

      evidence->tls = postweg_tls_facts_new ("imap.firm.example");
      evidence->tls->version = g_strdup ("TLS1.3");
      evidence->tls->faults = 1u << i;
      link->subject = g_strdup ("CN=imap.firm.example");
      link->names = g_strsplit ("imap.firm.example *.firm.example", " ", -1);
      link->not_after = 1000000000;
      link->bits = 256;
      g_ptr_array_add (evidence->tls->chain, link);
      node = postweg_evidence_to_json (evidence, NULL, FALSE);
      certificate = json_object_get_object_member (json_node_get_object (node), "certificate");
      g_assert_cmpuint (json_array_get_length (json_object_get_array_member (certificate, "faults")), ==, 1);
      g_assert_cmpstr (
          json_array_get_string_element (json_object_get_array_member (certificate, "faults"), 0), ==,
          names[i]);
      g_assert_false (json_object_get_boolean_member (certificate, "trusted"));
      g_assert_cmpstr (json_object_get_string_member (certificate, "version"), ==, "TLS1.3");
      first = json_array_get_object_element (json_object_get_array_member (certificate, "chain"), 0);
      g_assert_cmpstr (json_object_get_string_member (first, "not_after"), ==, "2001-09-09T01:46:40Z");
      g_assert_cmpstr (json_object_get_string_member (first, "not_before"), ==, "1970-01-01T00:00:00Z");
      g_assert_cmpint (json_object_get_int_member (first, "bits"), ==, 256);
      g_assert_true (json_object_get_null_member (first, "sha256"));
    }
}

static PostwegFinding *
finding_new (const char *cause, PostwegSide side)
{
  PostwegFinding *finding = postweg_finding_new (cause);

  finding->side = side;
  finding->who = POSTWEG_WHO_PROVIDER;
  finding->confidence = POSTWEG_LIKELY;
  finding->headline = g_strdup ("H");
  finding->explanation = g_strdup ("E");
  finding->remedy = g_strdup ("R");
  g_ptr_array_add (finding->evidence, g_strdup ("seen"));
  return finding;
}

#define FINDING(cause, side, mended)                                                                         \
  "{`cause`:`" cause "`,`side`:`" side "`,`who`:`provider`,`confidence`:`likely`,`headline`:`H`,"            \
  "`explanation`:`E`,`remedy`:`R`,`evidence`:[`seen`],`mended`:" mended "}"

static void
test_finding (void)
{
  g_autoptr (PostwegFinding) finding = finding_new ("cert-expired", POSTWEG_BOTH);
  g_autoptr (PostwegFinding) copy = NULL;

  assert_json (postweg_finding_to_json (finding), FINDING ("cert-expired", "both", "null"));
  finding->mended = account_new ();
  copy = postweg_finding_copy (finding);
  assert_json (postweg_finding_to_json (copy), FINDING ("cert-expired", "both", ACCOUNT));
}

/* The cause of a side is that of the first finding about it. */
static void
test_result (void)
{
  static const struct {
    PostwegSide first, second;
    const char *incoming, *outgoing; /* NULL: null */
  } table[] = {
    { POSTWEG_RECEIVE, POSTWEG_SEND, "cert-expired", "server-slow" },
    { POSTWEG_SEND, POSTWEG_RECEIVE, "server-slow", "cert-expired" },
    { POSTWEG_BOTH, POSTWEG_SEND, "cert-expired", "cert-expired" },
    { POSTWEG_SEND, POSTWEG_SEND, NULL, "cert-expired" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (PostwegAccount) account = account_new ();
      g_autoptr (PostwegTestResult) result = postweg_test_result_new (account);
      g_autoptr (JsonNode) node = NULL;
      JsonObject *object;

      result->verdict = POSTWEG_VERDICT_NOTHING_WORKS;
      result->incoming = evidence_new ();
      result->outgoing = evidence_new ();
      g_ptr_array_add (result->findings, finding_new ("cert-expired", table[i].first));
      g_ptr_array_add (result->findings, finding_new ("server-slow", table[i].second));
      node = postweg_test_result_to_json (result, FALSE);
      object = json_node_get_object (node);
      g_assert_cmpstr (json_object_get_string_member (object, "verdict"), ==, "nothing-works");
      g_assert_cmpstr (json_object_get_string_member_with_default (
                           json_object_get_object_member (object, "incoming"), "cause", NULL),
                       ==, table[i].incoming);
      g_assert_cmpstr (json_object_get_string_member_with_default (
                           json_object_get_object_member (object, "outgoing"), "cause", NULL),
                       ==, table[i].outgoing);
      g_assert_cmpuint (json_array_get_length (json_object_get_array_member (object, "findings")), ==, 2);
    }
}

static void
test_result_of_nothing (void)
{
  g_autoptr (PostwegAccount) account = postweg_account_new ("", "", NULL, NULL);
  g_autoptr (PostwegTestResult) result = postweg_test_result_new (account);

  assert_json (postweg_test_result_to_json (result, TRUE),
               "{`verdict`:`not-tested`,`incoming`:null,`outgoing`:null,`findings`:[]}");
}

static PostwegFoundServer *
found_new (PostwegProtocol protocol, const char *host, const char *source)
{
  g_autoptr (PostwegServer) server = postweg_server_new (protocol, host, 0, POSTWEG_TLS, "anna");
  PostwegFoundServer *found = postweg_found_server_new (server, source, "tls");

  found->n_auths = 2;
  found->auths[0] = POSTWEG_AUTH_OAUTH2;
  found->auths[1] = POSTWEG_AUTH_PASSWORD;
  return found;
}

#define FOUND(host, port, source)                                                                            \
  "{`host`:`" host "`,`port`:" port ",`security`:`tls`,`user`:`anna`,`auth`:[`oauth2`,`password`],"          \
  "`source`:`" source "`,`trust`:`tls`"

static void
test_discovery (void)
{
  static const PostwegPrerequisite demands[] = { { "app-password", "imap", "https://help.example",
                                                   "2024-05" } };
  static const PostwegProvider provider = {
    .id = "p", .name = "Provider", .prerequisites = demands, .n_prerequisites = 1
  };
  g_autoptr (PostwegDiscovery) discovery = postweg_discovery_new ();

  discovery->outcome = POSTWEG_OUTCOME_FOUND;
  discovery->source = "table";
  discovery->trust = "table";
  discovery->provider = &provider;
  g_ptr_array_add (discovery->servers, found_new (POSTWEG_IMAP, "a.example", "table"));
  g_ptr_array_add (discovery->servers, found_new (POSTWEG_SMTP, "s.example", "table"));
  g_ptr_array_add (discovery->servers, found_new (POSTWEG_IMAP, "b.example", "srv"));
  assert_json (
      postweg_discovery_to_json (discovery),
      "{`outcome`:`found`,`source`:`table`,`trust`:`table`,`provider`:`Provider`,`imap`:" FOUND (
          "a.example", "993",
          "table") "},`pop3`:null,`smtp`:" FOUND ("s.example", "465",
                                                  "table") "},"
                                                           "`prerequisites`:[{`code`:`app-password`,`"
                                                           "protocol`:`imap`,`url`:`https://"
                                                           "help.example`,`since`:"
                                                           "`2024-05`}],`alternatives`:[" FOUND (
                                                               "b.example", "993",
                                                               "srv") ",`protocol`:`imap`}],`conflicts`:[],`"
                                                                      "meant`:null,`asked`:[],`looked_at`:[],"
                                                                      "`askable`:[]}");
}

/* What a look showed, who was and could be asked, and what the sources disagree about. */
static void
test_discovery_extras (void)
{
  g_autoptr (PostwegDiscovery) discovery = postweg_discovery_new ();
  PostwegFoundServer *found = found_new (POSTWEG_IMAP, "a.example", "srv");
  PostwegConflict *conflict = g_new (PostwegConflict, 1);
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *text = NULL;

  found->check = POSTWEG_CHECK_CERT_MISMATCH;
  *conflict = (PostwegConflict){ POSTWEG_IMAP,           "host", g_strdup ("a.example"),
                                 g_strdup ("b.example"), "srv",  "ispdb" };
  g_ptr_array_add (discovery->servers, found);
  g_ptr_array_add (discovery->conflicts, conflict);
  g_ptr_array_add (discovery->asked, g_strdup ("autoconfig.firm.example"));
  g_ptr_array_add (discovery->askable, postweg_askable_new ("db.example", POSTWEG_CONSENT_ALL));
  node = postweg_discovery_to_json (discovery);
  text = json_to_string (node, FALSE);
  g_assert_nonnull (strstr (text, "\"check\":\"cert-mismatch\""));
  g_assert_nonnull (strstr (text, "\"conflicts\":[{\"protocol\":\"imap\",\"field\":\"host\","
                                  "\"chosen\":{\"value\":\"a.example\",\"source\":\"srv\"},"
                                  "\"other\":{\"value\":\"b.example\",\"source\":\"ispdb\"}}]"));
  g_assert_nonnull (strstr (text, "\"asked\":[\"autoconfig.firm.example\"]"));
  g_assert_nonnull (strstr (text, "\"askable\":[{\"host\":\"db.example\",\"consent\":\"all\"}]"));
}

static void
test_discovery_outcomes (void)
{
  static const struct {
    PostwegOutcome outcome;
    const char *code, *text;
  } table[] = {
    { POSTWEG_OUTCOME_FOUND, NULL, "found" },
    { POSTWEG_OUTCOME_CONFIRM, NULL, "confirm" },
    { POSTWEG_OUTCOME_MANUAL, NULL, "manual" },
    { POSTWEG_OUTCOME_EXPLAIN, "needs-bridge", "explain:needs-bridge" },
    { POSTWEG_OUTCOME_EXPLAIN, "typo:gmail.com", "explain:typo:gmail.com" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (PostwegDiscovery) discovery = postweg_discovery_new ();
      g_autofree char *expected = g_strdup_printf (
          "{`outcome`:`%s`,`source`:null,`trust`:null,`provider`:null,`imap`:null,`pop3`:null,`smtp`:null,"
          "`prerequisites`:[],`alternatives`:[],`conflicts`:[],`meant`:null,`asked`:[],`looked_at`:[],`"
          "askable`:[]}",
          table[i].text);

      discovery->outcome = table[i].outcome;
      discovery->code = g_strdup (table[i].code);
      assert_json (postweg_discovery_to_json (discovery), expected);
    }
}

static void
test_advice (void)
{
  g_autoptr (PostwegAdvice) advice = postweg_advice_new ();

  advice->recommend = POSTWEG_POP3;
  advice->clear = TRUE;
  advice->pop = (PostwegPopOptions){ TRUE, 0, FALSE };
  g_ptr_array_add (advice->reasons, g_strdup ("one"));
  g_ptr_array_add (advice->reasons, g_strdup ("two"));
  g_ptr_array_add (advice->provider_notes, g_strdup ("three"));
  assert_json (postweg_advice_to_json (advice),
               "{`recommend`:`pop3`,`clear`:true,`reasons`:[`one`,`two`],`against`:[],`pop`:" KEEPS
               ",`provider_notes`:[`three`]}");
}

static void
test_programs (void)
{
  g_autoptr (GPtrArray) programs = g_ptr_array_new_with_free_func ((GDestroyNotify) postweg_program_free);
  PostwegProgram *program = postweg_program_new ("thunderbird", "Thunderbird (Flatpak)", "/p");

  assert_json (postweg_programs_to_json (programs), "{`programs`:[]}");
  program->is_default = program->read_only = TRUE;
  g_ptr_array_add (program->accounts, postweg_stored_account_new ("account1", account_new (), "odd"));
  g_ptr_array_add (programs, program);
  assert_json (postweg_programs_to_json (programs),
               "{`programs`:[{`program`:`thunderbird`,`name`:`Thunderbird (Flatpak)`,`profile`:`/p`,"
               "`default`:true,`running`:false,`read_only`:true,`note`:``,`accounts`:[{`id`:`account1`,"
               "`account`:" ACCOUNT ",`note`:`odd`}]}]}");
  g_assert_null (postweg_program_account (program, "account2"));
  g_assert_cmpstr (postweg_program_account (program, "account1")->note, ==, "odd");
}

static void
test_plan (void)
{
  g_autoptr (PostwegPlan) plan = postweg_plan_new ("thunderbird", "Thunderbird", "/p");
  g_autoptr (GBytes) before = g_bytes_new_static ("a\n", 2);
  g_autoptr (GBytes) after = g_bytes_new_static ("a\nb\xff\n", 5);

  postweg_plan_add_file (plan, "/p/prefs.js", before, after, 0600);
  postweg_plan_add_file (plan, "/p/new", NULL, after, 0600);
  g_ptr_array_add (plan->left_to_do, g_strdup ("Enter the password."));
  plan->undo = g_strdup ("7");
  assert_json (postweg_plan_to_json (plan),
               "{`program`:`thunderbird`,`profile`:`/p`,`changes`:[{`target`:`/p/prefs.js`,`action`:`modify`,"
               "`before`:`a\\n`,`after`:`a\\nb\uFFFD\\n`,`backup`:null},{`target`:`/p/new`,`action`:`create`,"
               "`before`:null,`after`:`a\\nb\uFFFD\\n`,`backup`:null}],`notes`:[],`left_to_do`:[`Enter the "
               "password.`],`undo`:`7`}");
}

int
main (int argc, char **argv)
{
  static const struct {
    const char *path;
    void (*test) (void);
  } tests[] = {
    { "account", test_account },
    { "account/there-and-back", test_account_there_and_back },
    { "side", test_side },
    { "certificate", test_certificate },
    { "finding", test_finding },
    { "result", test_result },
    { "result/of-nothing", test_result_of_nothing },
    { "discovery", test_discovery },
    { "discovery/outcomes", test_discovery_outcomes },
    { "discovery/extras", test_discovery_extras },
    { "advice", test_advice },
    { "programs", test_programs },
    { "plan", test_plan },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autofree char *path = g_strconcat ("/model/json/", tests[i].path, NULL);

      g_test_add_func (path, tests[i].test);
    }
  return g_test_run ();
}
