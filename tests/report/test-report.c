/* A report and a letter for every cause there is: complete, and with nothing in them that tells who somebody is. */
#include "report/report.h"
#include "../diagnose/cause-rows-replies.h"
#include "../diagnose/cause-rows-wire.h"
#include <json-glib/json-glib.h>

static const char *const formats[] = { "markdown", "html", "json" };
/* Of the person in the rows, whose servers are his own. */
static const char *const personal[] = { "anna", "example.org", "@example", "boss@" };

/* The texts of a stage, with the account's findings. Returns: (transfer full) */
static PostwegTestResult *
result_of (Stage *stage)
{
  PostwegTestResult *result = postweg_test_result_new (stage->account);
  g_autoptr (GPtrArray) wishes = NULL;

  g_ptr_array_unref (result->findings);
  g_ptr_array_unref (result->observations);
  result->findings = postweg_diagnose (&stage->the_case, &wishes);
  result->observations = g_ptr_array_ref (stage->observations);
  result->incoming = (PostwegEvidence *) stage->the_case.incoming;
  result->outgoing = (PostwegEvidence *) stage->the_case.outgoing;
  result->verdict = postweg_verdict_of (result->incoming, result->outgoing);
  return result;
}

/* The stage owns the evidence. */
static void
result_done (PostwegTestResult *result)
{
  result->incoming = result->outgoing = NULL;
  postweg_test_result_free (result);
}

static void
assert_nothing_personal (const char *report)
{
  g_autofree char *lower = g_utf8_strdown (report, -1);

  for (guint i = 0; i < G_N_ELEMENTS (personal); i++)
    if (strstr (lower, personal[i]) != NULL)
      g_test_fail_printf ("“%s” stands in the report: %.120s", personal[i],
                          MAX (lower, strstr (lower, personal[i]) - 60));
}

static void
report_row (gconstpointer data)
{
  const Row *row = data;
  g_autoptr (GDateTime) made = g_date_time_new_utc (2026, 11, 23, 10, 0, 0);
  PostwegReportOptions options = { .version = "1.0", .made = made, .provider = row->scene.provider };
  Stage stage;
  PostwegTestResult *result;

  stage_set (&stage, &row->scene);
  result = result_of (&stage);
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      PostwegReportFormat format;
      g_autofree char *black = NULL, *plain = NULL;

      g_assert_true (postweg_report_format_from_name (formats[i], &format));
      options.with_addresses = FALSE;
      black = postweg_report_write (result, format, &options);
      options.with_addresses = TRUE;
      plain = postweg_report_write (result, format, &options);
      g_assert_true (g_utf8_validate (black, -1, NULL));
      assert_nothing_personal (black);
      g_assert_nonnull (strstr (plain, "example"));
      g_assert_nonnull (strstr (black, row->cause));
    }
  result_done (result);
  stage_clear (&stage);
}

static void
letter_row (gconstpointer data)
{
  const Row *row = data;
  g_autoptr (GDateTime) made = g_date_time_new_utc (2026, 11, 23, 10, 0, 0);
  PostwegReportOptions options = { .version = "1.0", .made = made };
  Stage stage;
  PostwegTestResult *result;
  const PostwegStep *failure;
  g_autofree char *letter = NULL;

  stage_set (&stage, &row->scene);
  result = result_of (&stage);
  letter = postweg_letter_write (result, &options);
  if (result->verdict != POSTWEG_VERDICT_WORKS)
    {
      g_assert_true (g_str_has_prefix (letter, "Subject: E-mail for "));
      g_assert_nonnull (strstr (letter, stage.account->address));
      g_assert_nonnull (strstr (letter, "2026-11-23 10:00 UTC"));
      g_assert_null (strpbrk (letter, "{}"));
    }
  failure = result->outgoing != NULL ? postweg_evidence_failure (result->outgoing) : NULL;
  if (letter != NULL && failure != NULL && failure->reply != NULL)
    {
      g_autofree char *words = postweg_reply_words (failure->reply);

      g_assert_nonnull (strstr (letter, words));
    }
  result_done (result);
  stage_clear (&stage);
}

static void
no_letter_about_nothing (void)
{
  g_autoptr (GDateTime) made = g_date_time_new_utc (2026, 11, 23, 10, 0, 0);
  const PostwegReportOptions options = { .version = "1.0", .made = made };
  const Scene healthy = { .no_in = FALSE };
  Stage stage;
  PostwegTestResult *result;

  stage_set (&stage, &healthy);
  result = result_of (&stage);
  g_assert_cmpuint (result->findings->len, ==, 0);
  g_assert_null (postweg_letter_write (result, &options));
  result_done (result);
  stage_clear (&stage);
}

static void
json_can_be_read (void)
{
  g_autoptr (GDateTime) made = g_date_time_new_utc (2026, 11, 23, 10, 0, 0);
  const PostwegReportOptions options = { .version = "1.0", .made = made };
  const Scene scene = { .out = { SAYS (AUTH, "535 5.7.8 anna@example.org: no") } };
  Stage stage;
  PostwegTestResult *result;
  g_autofree char *text = NULL;
  g_autoptr (JsonNode) root = NULL;
  JsonObject *object;

  stage_set (&stage, &scene);
  result = result_of (&stage);
  text = postweg_report_write (result, POSTWEG_REPORT_JSON, &options);
  root = json_from_string (text, NULL);
  object = json_node_get_object (root);
  g_assert_cmpstr (json_object_get_string_member (object, "made"), ==, "2026-11-23T10:00:00Z");
  g_assert_true (json_object_get_boolean_member (object, "blackened"));
  g_assert_cmpstr (json_object_get_string_member (json_object_get_object_member (object, "test"), "verdict"),
                   ==, "receive-only");
  result_done (result);
  stage_clear (&stage);
}

static void
unknown_format (void)
{
  PostwegReportFormat format;

  g_assert_false (postweg_report_format_from_name ("pdf", &format));
  g_assert_false (postweg_report_format_from_name ("", &format));
}

static void
add_rows (const Row *rows, guint n_rows)
{
  for (guint i = 0; i < n_rows; i++)
    {
      g_autofree char *report = g_strdup_printf ("/report/report/%s/%u", rows[i].cause, i);
      g_autofree char *letter = g_strdup_printf ("/report/letter/%s/%u", rows[i].cause, i);

      g_test_add_data_func (report, &rows[i], report_row);
      g_test_add_data_func (letter, &rows[i], letter_row);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add_rows (wire_rows, G_N_ELEMENTS (wire_rows));
  add_rows (reply_rows, G_N_ELEMENTS (reply_rows));
  g_test_add_func ("/report/letter/nothing", no_letter_about_nothing);
  g_test_add_func ("/report/report/json", json_can_be_read);
  g_test_add_func ("/report/report/unknown-format", unknown_format);
  return g_test_run ();
}
