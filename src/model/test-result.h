/* The verdict about an account: both sides, and the findings with the answer first. */
#pragma once
#include "model/finding.h"
#include "model/port-map.h"

typedef enum {
  POSTWEG_VERDICT_WORKS,
  POSTWEG_VERDICT_WORKS_WITH_NOTE,
  POSTWEG_VERDICT_RECEIVE_ONLY,
  POSTWEG_VERDICT_SEND_ONLY,
  POSTWEG_VERDICT_NOTHING_WORKS,
  POSTWEG_VERDICT_NOT_TESTED,
} PostwegVerdict;

typedef struct {
  PostwegAccount *account;
  PostwegVerdict verdict;
  PostwegEvidence *incoming; /* NULL: this side was left out */
  PostwegEvidence *outgoing; /* NULL: this side was left out */
  GPtrArray *observations;   /* PostwegObservation */
  GPtrArray *ports;          /* PostwegPort, in the order of the map; NULL: no map was asked for */
  PostwegDelivery *delivery; /* one mail to oneself; NULL: not asked for */
  GPtrArray *findings;       /* PostwegFinding, the answer first; empty when all is well */
} PostwegTestResult;

PostwegTestResult *postweg_test_result_new (const PostwegAccount *account);
void postweg_test_result_free (PostwegTestResult *result);
const char *postweg_verdict_name (PostwegVerdict verdict); /* "works" … "not-tested" */
/* Works out the verdict from both sides. A side that was left out does not count against it. */
PostwegVerdict postweg_verdict_of (const PostwegEvidence *incoming, const PostwegEvidence *outgoing);
/* Returns: "works" "note" "fails" "not-tested" for one side */
const char *postweg_side_verdict_name (const PostwegEvidence *evidence);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PostwegTestResult, postweg_test_result_free)
