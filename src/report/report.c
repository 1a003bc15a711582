/* The report as a whole, in each of its formats. */
#include "report/report.h"
#include "diagnose/words-result.h"
#include "model/json-build.h"
#include "model/json.h"
#include "report/sections.h"
#include <glib/gi18n-lib.h>
#include <string.h>

static const char *const format_names[] = { "markdown", "html", "json" };

gboolean
postweg_report_format_from_name (const char *name, PostwegReportFormat *format)
{
  for (guint i = 0; i < G_N_ELEMENTS (format_names); i++)
    if (strcmp (format_names[i], name) == 0)
      {
        *format = (PostwegReportFormat) i;
        return TRUE;
      }
  return FALSE;
}

static PostwegDocument *
compose (const PostwegTestResult *result, PostwegBlacken *blacken, const PostwegReportOptions *options)
{
  /* TRANSLATORS: the code of the language that these texts are in: “en”, “de” */
  PostwegDocument *document = postweg_document_new (_("Postweg report"), C_ ("language", "en"));
  PostwegPaper paper = { document, blacken };
  g_autofree char *when = g_date_time_format (options->made, "%F %H:%M %Z");
  g_autofree char *made = g_strdup_printf (_("Made on %s with Postweg %s."), when, options->version);
  g_autofree char *verdict = postweg_words_verdict (result);
  g_autofree char *black = postweg_blacken_text (blacken, verdict);

  postweg_document_heading (document, 1, _("Postweg report"));
  postweg_document_paragraph (document, black);
  postweg_document_paragraph (document, made);
  if (blacken != NULL)
    postweg_document_paragraph (document, _("Addresses, user names, own servers and numeric addresses are left out. No password is in this report."));
  postweg_section_findings (&paper, result);
  postweg_section_side (&paper, _("Receiving"), result->incoming);
  postweg_section_side (&paper, _("Sending"), result->outgoing);
  postweg_section_delivery (&paper, result->delivery);
  postweg_section_ports (&paper, result->ports);
  postweg_section_dialogue (&paper, _("Dialogue with the incoming server"), result->incoming);
  postweg_section_dialogue (&paper, _("Dialogue with the outgoing server"), result->outgoing);
  return document;
}

static char *
write_json (const PostwegTestResult *result, PostwegBlacken *blacken, const PostwegReportOptions *options)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *made = g_date_time_format_iso8601 (options->made);
  JsonNode *test = postweg_test_result_to_json (result, TRUE);

  json_builder_begin_object (builder);
  postweg_json_string (builder, "program", "Postweg");
  postweg_json_string (builder, "version", options->version);
  postweg_json_string (builder, "made", made);
  postweg_json_bool (builder, "blackened", blacken != NULL);
  postweg_json_node (builder, "test", blacken != NULL ? postweg_blacken_json (blacken, test) : test);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  return postweg_json_text (root);
}

char *
postweg_report_write (const PostwegTestResult *result, PostwegReportFormat format,
                      const PostwegReportOptions *options)
{
  g_autoptr (PostwegBlacken) blacken =
      options->with_addresses ? NULL : postweg_blacken_for (result, options->provider);
  g_autoptr (PostwegDocument) document = NULL;

  if (format == POSTWEG_REPORT_JSON)
    return write_json (result, blacken, options);
  document = compose (result, blacken, options);
  return format == POSTWEG_REPORT_HTML ? postweg_document_to_html (document)
                                       : postweg_document_to_markdown (document);
}
