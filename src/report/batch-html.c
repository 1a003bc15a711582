/* A page for the help desk: how many work, why others do not, and every account with those that fail first. Loads and runs nothing. */
#include "report/batch.h"
#include <glib/gi18n-lib.h>
#include <string.h>

enum { FAILS, NOT_TESTED, WORKS, N_PARTS };

static const char style[] =
    ":root{color-scheme:light dark}"
    "body{font:16px/1.5 system-ui,sans-serif;max-width:80rem;margin:2rem auto;padding:0 1rem}"
    "table{border-collapse:collapse;width:100%;margin:1rem 0 2rem}"
    "caption{text-align:start;font-size:1.25rem;font-weight:bold;margin-bottom:.5rem}"
    "th,td{text-align:start;vertical-align:top;padding:.3rem .8rem .3rem 0;border-bottom:1px solid "
    "#8884;overflow-wrap:anywhere}"
    "thead th{position:sticky;top:0;background:Canvas}"
    "td.n{text-align:end;font-variant-numeric:tabular-nums}"
    ".bad{font-weight:bold}"
    "@media print{body{margin:0;max-width:none}thead th{position:static}}";

static void
append (GString *text, const char *tag, const char *content)
{
  g_autofree char *escaped = g_markup_escape_text (content, -1);
  const char *end = strchr (tag, ' ');

  g_string_append_printf (text, "<%s>%s</%.*s>", tag, escaped,
                          end != NULL ? (int) (end - tag) : (int) strlen (tag), tag);
}

static void
append_count (GString *text, guint n)
{
  char number[16];

  g_snprintf (number, sizeof number, "%u", n);
  append (text, "td class=\"n\"", number);
}

static void
append_table (GString *text, const char *caption, const char *const *headings)
{
  g_string_append (text, "<table>\n");
  append (text, "caption", caption);
  g_string_append (text, "\n<thead><tr>");
  for (guint i = 0; headings[i] != NULL; i++)
    append (text, "th scope=\"col\"", _(headings[i]));
  g_string_append (text, "</tr></thead>\n<tbody>\n");
}

static void
append_verdicts (GString *text, const PostwegBatchSummary *summary)
{
  static const char *const headings[] = { N_ ("Result"), N_ ("Accounts"), NULL };

  append_table (text, _("Overview"), headings);
  for (PostwegVerdict verdict = POSTWEG_VERDICT_WORKS; verdict <= POSTWEG_VERDICT_NOT_TESTED; verdict++)
    {
      if (summary->verdicts[verdict] == 0)
        continue;
      g_string_append (text, "<tr>");
      append (text, "th scope=\"row\"", postweg_batch_verdict_words (verdict));
      append_count (text, summary->verdicts[verdict]);
      g_string_append (text, "</tr>\n");
    }
  g_string_append (text, "</tbody></table>\n");
}

static void
append_causes (GString *text, const PostwegBatchSummary *summary)
{
  static const char *const headings[] = { N_ ("What was found"), N_ ("Accounts"), N_ ("What to do"),
                                                                                      N_ ("Example"), NULL };
  g_autoptr (GPtrArray) causes = postweg_batch_summary_causes (summary);

  if (causes->len == 0)
    return;
  append_table (text, _("By Cause"), headings);
  for (guint i = 0; i < causes->len; i++)
    {
      const PostwegBatchCause *cause = g_ptr_array_index (causes, i);

      g_string_append (text, "<tr>");
      append (text, "th scope=\"row\"", cause->headline);
      append_count (text, cause->n);
      append (text, "td", cause->remedy);
      append (text, "td", cause->example);
      g_string_append (text, "</tr>\n");
    }
  g_string_append (text, "</tbody></table>\n");
}

static void
append_head (GString *text, const PostwegBatchSummary *summary)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *date = g_date_time_format (now, "%x %H:%M");
  g_autofree char *made = g_strdup_printf (_("Tested on %s"), date);

  /* nothing may be loaded or run, whatever the texts say */
  g_string_append_printf (text,
                          "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n"
                          "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                          "style-src 'unsafe-inline'\">\n"
                          "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n",
                          C_ ("language", "en"));
  append (text, "title", _("E-Mail Accounts"));
  g_string_append_printf (text, "\n<style>%s</style>\n</head>\n<body>\n<main>\n", style);
  append (text, "h1", _("E-Mail Accounts"));
  append (text, "p", made);
  if (summary->stopped)
    append (text, "p", _("The test was stopped before the end of the list."));
}

static void
begin (guint part, const PostwegBatchSummary *summary, GString *text)
{
  static const char *const headings[] = { N_ ("Line"),
                                              N_ ("Address"),
                                                  N_ ("Result"),
                                                      N_ ("Receiving"),
                                                          N_ ("Sending"),
                                                              N_ ("What was found"),
                                                                  NULL };

  if (part != FAILS)
    return;
  append_head (text, summary);
  append_verdicts (text, summary);
  append_causes (text, summary);
  append_table (text, _("All Accounts"), headings);
}

static const char *
side_words (const PostwegEvidence *evidence)
{
  static const char *const words[][2] = {
    { "works", N_ ("works") }, { "note", N_ ("works, with a note") }, { "fails", N_ ("does not work") } };
  const char *verdict = evidence != NULL ? postweg_side_verdict_name (evidence) : "";

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (strcmp (words[i][0], verdict) == 0)
      return _(words[i][1]);
  return _("not tested");
}

static guint
part_of (PostwegVerdict verdict)
{
  if (verdict == POSTWEG_VERDICT_NOT_TESTED)
    return NOT_TESTED;
  return verdict <= POSTWEG_VERDICT_WORKS_WITH_NOTE ? WORKS : FAILS;
}

static void
add (const PostwegBatchEntry *entry, GString *parts[POSTWEG_BATCH_PARTS])
{
  PostwegVerdict verdict = postweg_batch_verdict (entry);
  const PostwegFinding *answer = postweg_batch_answer (entry);
  GString *text = parts[part_of (verdict)];
  const char *found = answer != NULL ? answer->headline : entry->error;

  g_string_append (text, "<tr>");
  append_count (text, entry->line);
  append (text, "th scope=\"row\"", entry->address);
  append (text, part_of (verdict) == FAILS ? "td class=\"bad\"" : "td",
          postweg_batch_verdict_words (verdict));
  append (text, "td", side_words (entry->result != NULL ? entry->result->incoming : NULL));
  append (text, "td", side_words (entry->result != NULL ? entry->result->outgoing : NULL));
  append (text, "td", found != NULL ? found : "");
  g_string_append (text, "</tr>\n");
}

static void
end (const PostwegBatchSummary *summary G_GNUC_UNUSED, GString *text)
{
  g_string_append (text, "</tbody></table>\n</main>\n</body>\n</html>\n");
}

const PostwegBatchFormat postweg_batch_html = { "html", N_PARTS, begin, add, end };

const PostwegBatchFormat *
postweg_batch_format (const char *name)
{
  static const PostwegBatchFormat *const formats[] = { &postweg_batch_json, &postweg_batch_csv,
                                                       &postweg_batch_html, &postweg_batch_prometheus };

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    if (name == NULL || strcmp (formats[i]->name, name) == 0)
      return formats[i];
  return NULL;
}
