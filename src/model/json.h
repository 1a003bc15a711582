/* The values of the command-line contract as JSON. Everything returned is (transfer full). */
#pragma once
#include "model/account-json.h"
#include "model/advice.h"
#include "model/discovery.h"
#include "model/plan.h"
#include "model/program.h"
#include "model/test-result.h"

/* transcript: with the blackened dialogue of both sides. */
JsonNode *postweg_test_result_to_json (const PostwegTestResult *result, gboolean transcript);
JsonNode *postweg_evidence_to_json (const PostwegEvidence *evidence, const char *cause, gboolean transcript);
/* map: PostwegPort */
JsonNode *postweg_port_map_to_json (const GPtrArray *map);
/* What became of one mail to oneself. */
JsonNode *postweg_delivery_to_json (const PostwegDelivery *delivery);
JsonNode *postweg_finding_to_json (const PostwegFinding *finding);
/* findings: PostwegFinding, as causes of a pasted text */
JsonNode *postweg_causes_to_json (const GPtrArray *findings);
JsonNode *postweg_discovery_to_json (const PostwegDiscovery *discovery);
JsonNode *postweg_advice_to_json (const PostwegAdvice *advice);
/* programs: PostwegProgram */
JsonNode *postweg_programs_to_json (const GPtrArray *programs);
/* Contents are text; what is no UTF-8 is shown with replacement characters. */
JsonNode *postweg_plan_to_json (const PostwegPlan *plan);
/* Pretty-printed, with a line break at the end. */
char *postweg_json_text (JsonNode *node);
