/* The result of a test as a text for others. */
#include "report/report.h"
#include "checkup/checkup.h"
#include "checkup/postweg-paths.h"

/* Returns: what is the same for every text about this result; made: (transfer full) */
static PostwegReportOptions
options_of (const PostwegTestResult *result, gboolean with_addresses)
{
  return (PostwegReportOptions){ .provider = postweg_checkup_account_provider (result->account),
                                 .with_addresses = with_addresses,
                                 .version = POSTWEG_VERSION,
                                 .made = g_date_time_new_now_local () };
}

char *
postweg_checkup_report (const PostwegTestResult *result, const char *format, gboolean with_addresses)
{
  PostwegReportFormat known;
  PostwegReportOptions options;
  char *text;

  if (!postweg_report_format_from_name (format, &known))
    return NULL;
  options = options_of (result, with_addresses);
  text = postweg_report_write (result, known, &options);
  g_date_time_unref (options.made);
  return text;
}

gboolean
postweg_checkup_knows_report (const char *format)
{
  PostwegReportFormat known;

  return postweg_report_format_from_name (format, &known);
}

char *
postweg_checkup_letter (const PostwegTestResult *result)
{
  PostwegReportOptions options = options_of (result, TRUE);
  char *text = postweg_letter_write (result, &options);

  g_date_time_unref (options.made);
  return text;
}
