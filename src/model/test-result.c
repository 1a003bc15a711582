/* The result of a test and the verdict over both sides. */
#include "model/test-result.h"

PostwegTestResult *
postweg_test_result_new (const PostwegAccount *account)
{
  PostwegTestResult *result = g_new0 (PostwegTestResult, 1);

  result->account = postweg_account_copy (account);
  result->verdict = POSTWEG_VERDICT_NOT_TESTED;
  result->observations = g_ptr_array_new_with_free_func ((GDestroyNotify) postweg_observation_free);
  result->findings = g_ptr_array_new_with_free_func ((GDestroyNotify) postweg_finding_free);
  return result;
}

void
postweg_test_result_free (PostwegTestResult *result)
{
  if (result == NULL)
    return;
  postweg_account_free (result->account);
  postweg_evidence_free (result->incoming);
  postweg_evidence_free (result->outgoing);
  g_ptr_array_unref (result->observations);
  g_clear_pointer (&result->ports, g_ptr_array_unref);
  postweg_delivery_free (result->delivery);
  g_ptr_array_unref (result->findings);
  g_free (result);
}

const char *
postweg_verdict_name (PostwegVerdict verdict)
{
  static const char *const names[] = {
    "works", "works-with-note", "receive-only", "send-only", "nothing-works", "not-tested",
  };

  return names[verdict];
}

typedef enum { SIDE_LEFT_OUT, SIDE_NOT_TESTED, SIDE_FAILS, SIDE_NOTE, SIDE_WORKS } SideVerdict;

static gboolean
has_note (const PostwegEvidence *evidence)
{
  for (guint i = 0; i < evidence->steps->len; i++)
    if (((const PostwegStep *) g_ptr_array_index (evidence->steps, i))->verdict == POSTWEG_STEP_NOTE)
      return TRUE;
  return FALSE;
}

static SideVerdict
side_verdict (const PostwegEvidence *evidence)
{
  const PostwegStep *failure;

  if (evidence == NULL)
    return SIDE_LEFT_OUT;
  failure = postweg_evidence_failure (evidence);
  if (failure != NULL)
    return failure->error == POSTWEG_ERROR_OUT_OF_TIME ? SIDE_NOT_TESTED : SIDE_FAILS;
  if (!postweg_evidence_works (evidence))
    return SIDE_NOT_TESTED;
  return has_note (evidence) ? SIDE_NOTE : SIDE_WORKS;
}

const char *
postweg_side_verdict_name (const PostwegEvidence *evidence)
{
  static const char *const names[] = { "not-tested", "not-tested", "fails", "note", "works" };

  return names[side_verdict (evidence)];
}

PostwegVerdict
postweg_verdict_of (const PostwegEvidence *incoming, const PostwegEvidence *outgoing)
{
  static const PostwegVerdict table[][5] = {
    /* rows: receiving; columns: sending left out, not tested, fails, note, works */
    [SIDE_LEFT_OUT] = { POSTWEG_VERDICT_NOT_TESTED, POSTWEG_VERDICT_NOT_TESTED, POSTWEG_VERDICT_NOTHING_WORKS,
                        POSTWEG_VERDICT_WORKS_WITH_NOTE, POSTWEG_VERDICT_WORKS },
    [SIDE_NOT_TESTED] = { POSTWEG_VERDICT_NOT_TESTED, POSTWEG_VERDICT_NOT_TESTED, POSTWEG_VERDICT_NOT_TESTED,
                          POSTWEG_VERDICT_NOT_TESTED, POSTWEG_VERDICT_NOT_TESTED },
    [SIDE_FAILS] = { POSTWEG_VERDICT_NOTHING_WORKS, POSTWEG_VERDICT_NOT_TESTED, POSTWEG_VERDICT_NOTHING_WORKS,
                     POSTWEG_VERDICT_SEND_ONLY, POSTWEG_VERDICT_SEND_ONLY },
    [SIDE_NOTE] = { POSTWEG_VERDICT_WORKS_WITH_NOTE, POSTWEG_VERDICT_NOT_TESTED, POSTWEG_VERDICT_RECEIVE_ONLY,
                    POSTWEG_VERDICT_WORKS_WITH_NOTE, POSTWEG_VERDICT_WORKS_WITH_NOTE },
    [SIDE_WORKS] = { POSTWEG_VERDICT_WORKS, POSTWEG_VERDICT_NOT_TESTED, POSTWEG_VERDICT_RECEIVE_ONLY,
                     POSTWEG_VERDICT_WORKS_WITH_NOTE, POSTWEG_VERDICT_WORKS },
  };

  return table[side_verdict (incoming)][side_verdict (outgoing)];
}
