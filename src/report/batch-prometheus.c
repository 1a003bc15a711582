/* Metrics in the text format of Prometheus (version 0.0.4), as node_exporter's textfile collector reads them: no times, each metric in
 * one piece, no series twice. */
#include "report/batch.h"
#include <string.h>

enum { WORKS, SECONDS, N_PARTS };

static void
append_label (GString *text, const char *name, const char *value)
{
  g_string_append_printf (text, "%s%s=\"", text->str[text->len - 1] == '{' ? "" : ",", name);
  for (; *value != '\0'; value++)
    {
      if (strchr ("\\\"\n", *value) != NULL)
        g_string_append_c (text, '\\');
      g_string_append_c (text, *value == '\n' ? 'n' : *value);
    }
  g_string_append_c (text, '"');
}

static void
append_account (GString *text, const char *metric, const PostwegBatchEntry *entry)
{
  g_string_append_printf (text, "%s{", metric);
  append_label (text, "address", entry->address);
  if (entry->again)
    {
      char number[16];

      g_snprintf (number, sizeof number, "%u", entry->line);
      append_label (text, "line", number);
    }
}

static void
append_help (GString *text, const char *metric, const char *help)
{
  g_string_append_printf (text, "# HELP %s %s\n# TYPE %s gauge\n", metric, help, metric);
}

static void
begin (guint part, const PostwegBatchSummary *summary G_GNUC_UNUSED, GString *text)
{
  if (part == WORKS)
    append_help (text, "postweg_account_works", "Whether this side of the account works (1) or not (0).");
  else
    append_help (text, "postweg_check_seconds", "How long the test of the account took.");
}

static void
add_side (GString *text, const PostwegBatchEntry *entry, PostwegSide side)
{
  const PostwegTestResult *result = entry->result;
  const PostwegEvidence *evidence = side == POSTWEG_RECEIVE ? result->incoming : result->outgoing;
  const char *verdict = evidence != NULL ? postweg_side_verdict_name (evidence) : "not-tested";

  if (strcmp (verdict, "not-tested") == 0)
    return;
  append_account (text, "postweg_account_works", entry);
  append_label (text, "side", postweg_side_name (side));
  g_string_append_printf (text, "} %d\n", strcmp (verdict, "fails") != 0);
}

static void
add (const PostwegBatchEntry *entry, GString *parts[POSTWEG_BATCH_PARTS])
{
  if (entry->result == NULL)
    return;
  add_side (parts[WORKS], entry, POSTWEG_RECEIVE);
  add_side (parts[WORKS], entry, POSTWEG_SEND);
  append_account (parts[SECONDS], "postweg_check_seconds", entry);
  g_string_append_printf (parts[SECONDS], "} %u.%03u\n", entry->ms / 1000, entry->ms % 1000);
}

static void
end (const PostwegBatchSummary *summary, GString *text)
{
  g_autoptr (GPtrArray) causes = postweg_batch_summary_causes (summary);

  append_help (text, "postweg_accounts_total", "Accounts by verdict.");
  for (PostwegVerdict verdict = POSTWEG_VERDICT_WORKS; verdict <= POSTWEG_VERDICT_NOT_TESTED; verdict++)
    {
      g_string_append (text, "postweg_accounts_total{");
      append_label (text, "verdict", postweg_verdict_name (verdict));
      g_string_append_printf (text, "} %u\n", summary->verdicts[verdict]);
    }
  append_help (text, "postweg_accounts_by_cause", "Accounts by the first cause that was found.");
  for (guint i = 0; i < causes->len; i++)
    {
      const PostwegBatchCause *cause = g_ptr_array_index (causes, i);

      g_string_append (text, "postweg_accounts_by_cause{");
      append_label (text, "cause", *cause->cause != '\0' ? cause->cause : "bad-line");
      g_string_append_printf (text, "} %u\n", cause->n);
    }
  append_help (text, "postweg_batch_complete",
               "Whether the whole list was tested (1) or the run was stopped (0).");
  g_string_append_printf (text, "postweg_batch_complete %d\n", !summary->stopped);
}

const PostwegBatchFormat postweg_batch_prometheus = { "prometheus", N_PARTS, begin, add, end };
