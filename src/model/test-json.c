/* The result of a test as JSON: both sides, and the findings. */
#include "model/json-build.h"
#include "model/json.h"

static void
add_step (JsonBuilder *builder, const PostwegStep *step)
{
  json_builder_begin_object (builder);
  postweg_json_string (builder, "stage", postweg_stage_name (step->stage));
  postweg_json_string (builder, "verdict", postweg_step_verdict_name (step->verdict));
  postweg_json_int (builder, "ms", step->ms);
  if (step->address != NULL)
    postweg_json_string (builder, "address", step->address);
  if (step->error != POSTWEG_OK)
    postweg_json_string (builder, "error", postweg_error_name (step->error));
  postweg_json_string (builder, "detail", step->detail);
  json_builder_end_object (builder);
}

static void
add_steps (JsonBuilder *builder, const GPtrArray *steps)
{
  postweg_json_array (builder, "steps");
  for (guint i = 0; i < steps->len; i++)
    add_step (builder, g_ptr_array_index (steps, i));
  json_builder_end_array (builder);
}

static void
add_date (JsonBuilder *builder, const char *member, gint64 seconds)
{
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_utc (seconds);
  g_autofree char *text = date != NULL ? g_date_time_format_iso8601 (date) : NULL;

  postweg_json_string (builder, member, text);
}

static void
add_link (JsonBuilder *builder, const PostwegCertLink *link)
{
  json_builder_begin_object (builder);
  postweg_json_string (builder, "subject", link->subject);
  postweg_json_string (builder, "issuer", link->issuer);
  postweg_json_strv (builder, "names", link->names);
  add_date (builder, "not_before", link->not_before);
  add_date (builder, "not_after", link->not_after);
  postweg_json_string (builder, "key", link->key);
  postweg_json_int (builder, "bits", link->bits);
  postweg_json_string (builder, "signature", link->signature);
  postweg_json_string (builder, "sha256", link->fingerprint);
  json_builder_end_object (builder);
}

static void
add_faults (JsonBuilder *builder, guint faults)
{
  static const char *const names[] = { "name-mismatch",  "expired",    "not-yet-valid",  "self-signed",
                                       "unknown-issuer", "incomplete", "issuer-expired", "too-weak",
                                       "wrong-purpose",  "revoked",    "other" };

  postweg_json_array (builder, "faults");
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if ((faults & (1u << i)) != 0)
      json_builder_add_string_value (builder, names[i]);
  json_builder_end_array (builder);
}

static JsonNode *
certificate (const PostwegTlsFacts *tls)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  if (tls == NULL || tls->chain->len == 0)
    return json_node_new (JSON_NODE_NULL);
  json_builder_begin_object (builder);
  postweg_json_string (builder, "host", tls->host);
  postweg_json_string (builder, "version", tls->version);
  postweg_json_string (builder, "cipher", tls->cipher);
  postweg_json_bool (builder, "trusted", tls->faults == 0);
  add_faults (builder, tls->faults);
  postweg_json_string (builder, "refusal", tls->refusal);
  postweg_json_array (builder, "chain");
  for (guint i = 0; i < tls->chain->len; i++)
    add_link (builder, g_ptr_array_index (tls->chain, i));
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}

static void
add_server (JsonBuilder *builder, const PostwegServer *server)
{
  postweg_json_string (builder, "protocol", postweg_protocol_name (server->protocol));
  postweg_json_string (builder, "host", server->host);
  postweg_json_int (builder, "port", server->port);
  postweg_json_string (builder, "security", postweg_security_name (server->security));
  postweg_json_string (builder, "user", server->user);
}

static void
add_transcript (JsonBuilder *builder, const GPtrArray *dialogue)
{
  postweg_json_array (builder, "transcript");
  for (guint i = 0; i < dialogue->len; i++)
    {
      const PostwegDialogueLine *line = g_ptr_array_index (dialogue, i);
      g_autofree char *text = g_strdup_printf (
          "%s %s%s", line->from_server ? "S:" : "C:", line->encrypted ? "" : "(plain) ", line->text);

      json_builder_add_string_value (builder, text);
    }
  json_builder_end_array (builder);
}

/* Where the side stands: the stage that failed or was left out, else none. */
static const PostwegStep *
deciding_step (const PostwegEvidence *evidence)
{
  const PostwegStep *failure = postweg_evidence_failure (evidence);

  for (guint i = 0; failure == NULL && i < evidence->steps->len; i++)
    {
      const PostwegStep *step = g_ptr_array_index (evidence->steps, i);

      if (step->verdict == POSTWEG_STEP_SKIPPED && step->error != POSTWEG_OK)
        failure = step;
    }
  return failure;
}

JsonNode *
postweg_evidence_to_json (const PostwegEvidence *evidence, const char *cause, gboolean transcript)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  const PostwegStep *step;
  g_autofree char *words = NULL;

  if (evidence == NULL)
    return json_node_new (JSON_NODE_NULL);
  step = deciding_step (evidence);
  words = step != NULL && step->reply != NULL ? postweg_reply_words (step->reply) : NULL;
  json_builder_begin_object (builder);
  add_server (builder, evidence->server);
  postweg_json_string (builder, "verdict", postweg_side_verdict_name (evidence));
  postweg_json_string (builder, "cause", cause);
  postweg_json_string (builder, "stage", step != NULL ? postweg_stage_name (step->stage) : NULL);
  postweg_json_string (builder, "reply", words);
  postweg_json_int (builder, "elapsed_ms", evidence->elapsed_ms);
  add_steps (builder, evidence->steps);
  postweg_json_strv (builder, "capabilities", evidence->capabilities);
  postweg_json_node (builder, "certificate", certificate (evidence->tls));
  postweg_json_int (builder, "login_attempts", evidence->login_attempts);
  if (transcript)
    add_transcript (builder, evidence->dialogue);
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}

/* What a finding says, with or without an account behind it. */
static void
add_words (JsonBuilder *builder, const PostwegFinding *finding)
{
  postweg_json_string (builder, "cause", finding->cause);
  postweg_json_string (builder, "side", postweg_side_name (finding->side));
  postweg_json_string (builder, "who", postweg_who_name (finding->who));
  postweg_json_string (builder, "confidence", postweg_confidence_name (finding->confidence));
  postweg_json_string (builder, "headline", finding->headline);
  postweg_json_string (builder, "explanation", finding->explanation);
  postweg_json_string (builder, "remedy", finding->remedy);
}

JsonNode *
postweg_finding_to_json (const PostwegFinding *finding)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  add_words (builder, finding);
  postweg_json_strings (builder, "evidence", finding->evidence);
  postweg_json_node (builder, "mended",
                     finding->mended != NULL ? postweg_account_to_json (finding->mended)
                                             : json_node_new (JSON_NODE_NULL));
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}

JsonNode *
postweg_causes_to_json (const GPtrArray *findings)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  postweg_json_array (builder, "causes");
  for (guint i = 0; i < findings->len; i++)
    {
      json_builder_begin_object (builder);
      add_words (builder, g_ptr_array_index (findings, i));
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}

/* A side's cause is that of the first finding about it, when the side does not simply work. */
static const char *
cause_of (const PostwegTestResult *result, PostwegSide side, const PostwegEvidence *evidence)
{
  if (evidence == NULL)
    return NULL;
  for (guint i = 0; i < result->findings->len; i++)
    {
      const PostwegFinding *finding = g_ptr_array_index (result->findings, i);

      if (finding->side == side || finding->side == POSTWEG_BOTH)
        return finding->cause;
    }
  return NULL;
}

JsonNode *
postweg_test_result_to_json (const PostwegTestResult *result, gboolean transcript)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  postweg_json_string (builder, "verdict", postweg_verdict_name (result->verdict));
  postweg_json_node (builder, "incoming",
                     postweg_evidence_to_json (
                         result->incoming, cause_of (result, POSTWEG_RECEIVE, result->incoming), transcript));
  postweg_json_node (builder, "outgoing",
                     postweg_evidence_to_json (
                         result->outgoing, cause_of (result, POSTWEG_SEND, result->outgoing), transcript));
  postweg_json_array (builder, "findings");
  for (guint i = 0; i < result->findings->len; i++)
    json_builder_add_value (builder, postweg_finding_to_json (g_ptr_array_index (result->findings, i)));
  json_builder_end_array (builder);
  if (result->ports != NULL)
    postweg_json_node (builder, "ports", postweg_port_map_to_json (result->ports));
  if (result->delivery != NULL)
    postweg_json_node (builder, "delivery", postweg_delivery_to_json (result->delivery));
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}
