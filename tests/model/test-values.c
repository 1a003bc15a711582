/* Verdicts, changes shown as lines, names of codes, and results as JSON. */
#include "model/json.h"
#include <string.h>

typedef enum { OUT, NOTHING, FAILS, NOTE, WORKS } Side;

static PostwegEvidence *
evidence_of (Side side, PostwegProtocol protocol)
{
  static const PostwegStepVerdict verdicts[] = { POSTWEG_STEP_OK, POSTWEG_STEP_SKIPPED, POSTWEG_STEP_FAILED,
                                                 POSTWEG_STEP_NOTE, POSTWEG_STEP_OK };
  static const PostwegError errors[] = { POSTWEG_OK, POSTWEG_ERROR_NO_SECRET, POSTWEG_ERROR_REJECTED,
                                         POSTWEG_OK, POSTWEG_OK };
  g_autoptr (PostwegServer) server = postweg_server_new (protocol, "h.example.org", 0, POSTWEG_TLS, "a");
  PostwegEvidence *evidence;

  if (side == OUT)
    return NULL;
  evidence = postweg_evidence_new (server);
  g_ptr_array_add (evidence->steps, postweg_step_new (POSTWEG_STAGE_DNS, POSTWEG_STEP_OK, POSTWEG_OK));
  g_ptr_array_add (evidence->steps, postweg_step_new (protocol == POSTWEG_SMTP ? POSTWEG_STAGE_RECIPIENT
                                                                               : POSTWEG_STAGE_MAILBOX,
                                                      verdicts[side], errors[side]));
  return evidence;
}

static void
test_verdicts (void)
{
  static const struct {
    Side in, out;
    const char *verdict;
  } table[] = {
    { WORKS, WORKS, "works" },         { WORKS, FAILS, "receive-only" },   { FAILS, WORKS, "send-only" },
    { FAILS, FAILS, "nothing-works" }, { NOTE, WORKS, "works-with-note" }, { WORKS, NOTE, "works-with-note" },
    { NOTE, FAILS, "receive-only" },   { NOTHING, WORKS, "not-tested" },   { WORKS, NOTHING, "not-tested" },
    { NOTHING, FAILS, "not-tested" },  { OUT, OUT, "not-tested" },         { OUT, WORKS, "works" },
    { WORKS, OUT, "works" },           { OUT, FAILS, "nothing-works" },    { FAILS, OUT, "nothing-works" },
    { OUT, NOTE, "works-with-note" },  { NOTHING, OUT, "not-tested" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (PostwegEvidence) in = evidence_of (table[i].in, POSTWEG_IMAP);
      g_autoptr (PostwegEvidence) out = evidence_of (table[i].out, POSTWEG_SMTP);

      g_assert_cmpstr (postweg_verdict_name (postweg_verdict_of (in, out)), ==, table[i].verdict);
    }
}

/* A side that ran out of time was not tested; it does not fail. */
static void
test_out_of_time (void)
{
  g_autoptr (PostwegEvidence) in = evidence_of (FAILS, POSTWEG_IMAP);
  g_autoptr (PostwegEvidence) out = evidence_of (WORKS, POSTWEG_SMTP);

  ((PostwegStep *) g_ptr_array_index (in->steps, 1))->error = POSTWEG_ERROR_OUT_OF_TIME;
  g_assert_cmpstr (postweg_side_verdict_name (in), ==, "not-tested");
  g_assert_cmpstr (postweg_verdict_name (postweg_verdict_of (in, out)), ==, "not-tested");
}

static void
test_change_lines (void)
{
  static const struct {
    const char *before, *after, *lines;
  } table[] = {
    { "a\nb\nc\n", "a\nx\nc\n", "- b|+ x" },
    { NULL, "a\nb\n", "+ a|+ b" },
    { "a\n", NULL, "- a" },
    { "a\n", "a\n", "" },
    { "a\na\n", "a\n", "- a" },
    { "b\na\n", "a\nb\n", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      PostwegChange change = {
        .before =
            table[i].before != NULL ? g_bytes_new_static (table[i].before, strlen (table[i].before)) : NULL,
        .after = table[i].after != NULL ? g_bytes_new_static (table[i].after, strlen (table[i].after)) : NULL,
      };
      g_autoptr (GPtrArray) lines = postweg_change_lines (&change);
      g_autofree char *joined = NULL;

      g_ptr_array_add (lines, NULL);
      joined = g_strjoinv ("|", (char **) lines->pdata);
      g_assert_cmpstr (joined, ==, table[i].lines);
      g_clear_pointer (&change.before, g_bytes_unref);
      g_clear_pointer (&change.after, g_bytes_unref);
    }
}

static void
test_names (void)
{
  for (int code = POSTWEG_OK; code <= POSTWEG_ERROR_UNSUPPORTED; code++)
    g_assert_cmpuint (strlen (postweg_error_name ((PostwegError) code)), >, 0);
  for (int stage = 0; stage < POSTWEG_N_STAGES; stage++)
    g_assert_cmpuint (strlen (postweg_stage_name ((PostwegStage) stage)), >, 0);
}

static void
test_user_forms (void)
{
  static const struct {
    PostwegUserForm form;
    const char *user;
  } table[] = {
    { POSTWEG_USER_ADDRESS, "a.b@example.org" },
    { POSTWEG_USER_LOCAL, "a.b" },
    { POSTWEG_USER_LOCAL_DOMAIN, "a.b.example.org" },
    { POSTWEG_USER_OTHER, "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *user = postweg_user_form_apply (table[i].form, "a.b@example.org");

      g_assert_cmpstr (user, ==, table[i].user);
    }
}

/* The members that the contract names are there, with the right kind. */
static void
test_result_json (void)
{
  g_autoptr (PostwegServer) in = postweg_server_new (POSTWEG_IMAP, "h.example.org", 0, POSTWEG_TLS, "a");
  g_autoptr (PostwegAccount) account = postweg_account_new ("A", "a@example.org", in, NULL);
  g_autoptr (PostwegTestResult) result = postweg_test_result_new (account);
  PostwegFinding *finding = postweg_finding_new ("wrong-credentials");
  g_autoptr (JsonNode) node = NULL;
  JsonObject *side;

  result->incoming = evidence_of (FAILS, POSTWEG_IMAP);
  result->verdict = POSTWEG_VERDICT_NOTHING_WORKS;
  finding->side = POSTWEG_RECEIVE;
  finding->headline = g_strdup ("h");
  g_ptr_array_add (result->findings, finding);
  node = postweg_test_result_to_json (result, TRUE);
  g_assert_cmpstr (json_object_get_string_member (json_node_get_object (node), "verdict"), ==,
                   "nothing-works");
  g_assert_true (json_object_get_null_member (json_node_get_object (node), "outgoing"));
  side = json_object_get_object_member (json_node_get_object (node), "incoming");
  g_assert_cmpstr (json_object_get_string_member (side, "cause"), ==, "wrong-credentials");
  g_assert_cmpstr (json_object_get_string_member (side, "stage"), ==, "mailbox");
  g_assert_cmpint (json_object_get_int_member (side, "login_attempts"), ==, 0);
  g_assert_true (json_object_get_null_member (side, "certificate"));
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (side, "steps")), ==, 2);
  g_assert_true (json_object_has_member (side, "transcript"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/values/verdicts", test_verdicts);
  g_test_add_func ("/model/values/out-of-time", test_out_of_time);
  g_test_add_func ("/model/values/change-lines", test_change_lines);
  g_test_add_func ("/model/values/names", test_names);
  g_test_add_func ("/model/values/user-forms", test_user_forms);
  g_test_add_func ("/model/values/result-json", test_result_json);
  return g_test_run ();
}
