/* Each account as one line: JSON, and CSV for spreadsheets. */
#include "model/json.h"
#include "model/json-build.h"
#include "report/batch.h"
#include <string.h>

/* JSON */

static void
move_member (JsonObject *object G_GNUC_UNUSED, const char *name, JsonNode *node, gpointer builder)
{
  postweg_json_node (builder, name, json_node_ref (node));
}

static void
add_json (const PostwegBatchEntry *entry, GString *parts[POSTWEG_BATCH_PARTS])
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *text = NULL;

  json_builder_begin_object (builder);
  postweg_json_int (builder, "line", entry->line);
  postweg_json_string (builder, "address", entry->address);
  if (entry->result != NULL)
    {
      g_autoptr (JsonNode) test = postweg_test_result_to_json (entry->result, FALSE);

      json_object_foreach_member (json_node_get_object (test), move_member, builder);
    }
  if (entry->error != NULL)
    postweg_json_string (builder, "error", entry->error);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  text = json_to_string (root, FALSE);
  g_string_append (parts[0], text);
  g_string_append_c (parts[0], '\n');
}

static void
nothing (guint part G_GNUC_UNUSED, const PostwegBatchSummary *summary G_GNUC_UNUSED,
         GString *text G_GNUC_UNUSED)
{
}

const PostwegBatchFormat postweg_batch_json = { "json", 1, nothing, add_json, NULL };

/* CSV */

/* In quotation marks (RFC 4180 2.7). What a spreadsheet would take for a formula gets an apostrophe in front. */
static void
append_field (GString *line, const char *text)
{
  g_string_append (line, line->len > 0 && line->str[line->len - 1] != '\n' ? ",\"" : "\"");
  if (*text != '\0' && strchr ("=+-@\t\r", *text) != NULL)
    g_string_append_c (line, '\'');
  for (; *text != '\0'; text++)
    {
      if (*text == '"')
        g_string_append_c (line, '"');
      g_string_append_c (line, *text);
    }
  g_string_append_c (line, '"');
}

static void
append_number (GString *line, guint number)
{
  g_string_append_printf (line, "%s%u", line->len > 0 ? "," : "", number);
}

static void
csv_header (guint part G_GNUC_UNUSED, const PostwegBatchSummary *summary G_GNUC_UNUSED, GString *text)
{
  g_string_append (
      text,
      "line,address,verdict,incoming,outgoing,cause,side,who,confidence,headline,remedy,reply,ms,error\r\n");
}

/* The server's words on the side that the answer is about. */
static char *
reply_of (const PostwegBatchEntry *entry, const PostwegFinding *answer)
{
  const PostwegEvidence *evidence =
      answer->side == POSTWEG_SEND ? entry->result->outgoing : entry->result->incoming;
  const PostwegStep *step = evidence != NULL ? postweg_evidence_failure (evidence) : NULL;

  return step != NULL && step->reply != NULL ? postweg_reply_words (step->reply) : g_strdup ("");
}

static void
append_answer (GString *line, const PostwegBatchEntry *entry)
{
  const PostwegFinding *answer = postweg_batch_answer (entry);
  g_autofree char *reply = answer != NULL ? reply_of (entry, answer) : g_strdup ("");

  append_field (line, answer != NULL ? answer->cause : "");
  append_field (line, answer != NULL ? postweg_side_name (answer->side) : "");
  append_field (line, answer != NULL ? postweg_who_name (answer->who) : "");
  append_field (line, answer != NULL ? postweg_confidence_name (answer->confidence) : "");
  append_field (line, answer != NULL ? answer->headline : "");
  append_field (line, answer != NULL ? answer->remedy : "");
  append_field (line, reply);
}

static void
add_csv (const PostwegBatchEntry *entry, GString *parts[POSTWEG_BATCH_PARTS])
{
  g_autoptr (GString) line = g_string_new (NULL);
  const PostwegTestResult *result = entry->result;

  append_number (line, entry->line);
  append_field (line, entry->address);
  append_field (line, postweg_verdict_name (postweg_batch_verdict (entry)));
  append_field (
      line, result != NULL && result->incoming != NULL ? postweg_side_verdict_name (result->incoming) : "");
  append_field (
      line, result != NULL && result->outgoing != NULL ? postweg_side_verdict_name (result->outgoing) : "");
  append_answer (line, entry);
  append_number (line, entry->ms);
  append_field (line, entry->error != NULL ? entry->error : "");
  g_string_append (line, "\r\n");
  g_string_append_len (parts[0], line->str, (gssize) line->len);
}

const PostwegBatchFormat postweg_batch_csv = { "csv", 1, csv_header, add_csv, NULL };
