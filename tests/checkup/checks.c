/* Running whole tests of accounts through the one door, many at once. */
#include "checks.h"
#include "model/json.h"
#include <string.h>

Check *
check_new (PostwegServer *incoming, PostwegServer *outgoing, const char *address, const char *password)
{
  Check *check = g_new0 (Check, 1);
  g_autoptr (PostwegSecret) secret = password != NULL ? postweg_secret_new (password) : NULL;

  check->account = postweg_account_new ("Anna", address, incoming, outgoing);
  check->credentials = secret != NULL ? postweg_credentials_new (secret, NULL, NULL) : NULL;
  check->side = POSTWEG_BOTH;
  check->timeout_s = 40;
  postweg_server_free (incoming);
  postweg_server_free (outgoing);
  return check;
}

void
check_free (Check *check)
{
  if (check == NULL)
    return;
  postweg_account_free (check->account);
  postweg_credentials_free (check->credentials);
  postweg_test_result_free (check->result);
  g_free (check);
}

typedef struct {
  GMainLoop *loop;
  guint pending;
} Crowd;

typedef struct {
  Crowd *crowd;
  Check *check;
  gint64 begun;
} Member;

static void
count_step (PostwegSide side, const PostwegStep *step G_GNUC_UNUSED, gpointer data)
{
  ((Member *) data)->check->steps[side]++;
}

static void
count_so_far (const PostwegTestResult *result, gpointer data)
{
  g_assert_nonnull (result->findings);
  ((Member *) data)->check->so_far++;
}

static void
tested (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer data)
{
  Member *member = data;
  g_autoptr (GError) error = NULL;

  member->check->result = postweg_checkup_test_finish (result, &error);
  g_assert_no_error (error);
  member->check->took_us = g_get_monotonic_time () - member->begun;
  if (--member->crowd->pending == 0)
    g_main_loop_quit (member->crowd->loop);
}

void
checks_run (GPtrArray *checks, const char *trust_file)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autofree Member *members = g_new0 (Member, checks->len);
  Crowd crowd = { loop, checks->len };

  for (guint i = 0; i < checks->len; i++)
    {
      Check *check = g_ptr_array_index (checks, i);
      PostwegTestRequest *request = postweg_test_request_new (check->account, check->credentials);
      PostwegTestWatch watch = { .step = count_step, .so_far = count_so_far, .data = &members[i] };

      members[i] = (Member){ &crowd, check, g_get_monotonic_time () };
      request->trust_file = g_strdup (trust_file);
      request->side = check->side;
      request->allow_plaintext = check->allow_plaintext;
      request->timeout_s = check->timeout_s;
      postweg_checkup_test (request, &watch, NULL, tested, &members[i]);
    }
  g_main_loop_run (loop);
}

void
check_run (Check *check, const char *trust_file)
{
  g_autoptr (GPtrArray) checks = g_ptr_array_new ();

  g_ptr_array_add (checks, check);
  checks_run (checks, trust_file);
}

const PostwegFinding *
check_answer (const Check *check)
{
  const GPtrArray *findings = check->result->findings;

  return findings->len > 0 ? g_ptr_array_index (findings, 0) : NULL;
}

static void
tell_side (const char *name, const PostwegEvidence *evidence)
{
  for (guint i = 0; evidence != NULL && i < evidence->steps->len; i++)
    {
      const PostwegStep *step = g_ptr_array_index (evidence->steps, i);

      g_test_message ("%s %s %s %s %u ms %s", name, postweg_stage_name (step->stage),
                      postweg_step_verdict_name (step->verdict), postweg_error_name (step->error), step->ms,
                      step->reply != NULL ? step->reply->text : step->detail);
    }
}

void
check_tell (const Check *check)
{
  tell_side ("receive", check->result->incoming);
  tell_side ("send", check->result->outgoing);
  for (guint i = 0; i < check->result->findings->len; i++)
    {
      const PostwegFinding *finding = g_ptr_array_index (check->result->findings, i);

      g_test_message ("%s, %s, %s: %s / %s", finding->cause, postweg_side_name (finding->side),
                      postweg_confidence_name (finding->confidence), finding->headline, finding->remedy);
    }
}

gboolean
holds_secret (const char *text, const char *secret)
{
  gsize length = strlen (secret);

  if (text == NULL)
    return FALSE;
  if (strstr (text, secret) != NULL)
    return TRUE;
  /* three positions of the text within base64's groups; the groups at both ends may be shared with other bytes */
  for (gsize skip = 0; skip < 3; skip++)
    {
      gsize whole = (length - skip) / 3 * 3;
      g_autofree char *base64 = g_base64_encode ((const guchar *) secret + skip, whole);

      if (strstr (text, base64) != NULL)
        return TRUE;
    }
  return FALSE;
}

static void
check_words (const PostwegFinding *finding)
{
  g_assert_cmpstr (finding->headline, !=, "");
  g_assert_cmpstr (finding->explanation, !=, "");
  g_assert_cmpstr (finding->remedy, !=, "");
  g_assert_cmpuint (finding->evidence->len, >, 0);
  g_assert_null (strstr (finding->headline, "  "));
  g_assert_true (finding->mended == NULL || finding->mended->incoming != NULL ||
                 finding->mended->outgoing != NULL);
}

void
check_rules (const Check *check, const char *secret)
{
  const PostwegTestResult *result = check->result;
  const PostwegEvidence *sides[] = { result->incoming, result->outgoing };
  g_autoptr (JsonNode) node = postweg_test_result_to_json (result, TRUE);
  g_autofree char *json = postweg_json_text (node);

  g_assert_false (holds_secret (json, secret));
  for (guint i = 0; i < G_N_ELEMENTS (sides); i++)
    if (sides[i] != NULL)
      {
        g_assert_cmpuint (sides[i]->login_attempts, <=, 2);
        g_assert_cmpuint (check->steps[i], ==, sides[i]->steps->len);
      }
  for (guint i = 0; i < result->findings->len; i++)
    check_words (g_ptr_array_index (result->findings, i));
  g_assert_cmpuint (check->so_far, >=, 1);
}
